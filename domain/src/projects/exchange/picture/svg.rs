//! The few shapes of which a chart is drawn, as SVG. Numbers have two decimals, so that the same plan gives the same
//! bytes everywhere.

use std::fmt::{Display, Write as _};

use super::super::export::mspdi::escape;

/// Where a line of text is held.
#[derive(Clone, Copy)]
pub(super) enum Hold {
    Start,
    Middle,
    End,
}

/// How a line of text looks.
#[derive(Clone, Copy)]
pub(super) struct Ink {
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) colour: &'static str,
    pub(super) hold: Hold,
}

impl Ink {
    pub(super) const fn plain(size: f64, colour: &'static str) -> Self {
        Self { size, bold: false, colour, hold: Hold::Start }
    }

    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) const fn held(self, hold: Hold) -> Self {
        Self { hold, ..self }
    }
}

/// A drawing that grows.
pub(super) struct Svg {
    text: String,
}

impl Svg {
    pub(super) fn new((width, height): (f64, f64)) -> Self {
        let mut svg = Self { text: String::with_capacity(64 * 1_024) };
        let _ = write!(
            svg.text,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.2}pt\" height=\"{height:.2}pt\" \
             viewBox=\"0 0 {width:.2} {height:.2}\" font-family=\"'Noto Sans', 'DejaVu Sans', sans-serif\">"
        );
        svg.rect((0.0, 0.0, width, height), "#ffffff");
        svg
    }

    pub(super) fn finish(mut self) -> String {
        self.text.push_str("</svg>");
        self.text
    }

    /// Names a rectangle outside of which what follows under [`Svg::within`] is not drawn.
    pub(super) fn window(&mut self, name: &str, (x, y, width, height): (f64, f64, f64, f64)) {
        let _ = write!(
            self.text,
            "<clipPath id=\"{name}\"><rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{width:.2}\" height=\"{height:.2}\"/></clipPath>"
        );
    }

    pub(super) fn within(&mut self, name: &str, draw: impl FnOnce(&mut Self)) {
        self.group(format_args!("clip-path=\"url(#{name})\""), draw);
    }

    pub(super) fn scaled(&mut self, (x, y): (f64, f64), scale: f64, draw: impl FnOnce(&mut Self)) {
        self.group(format_args!("transform=\"translate({x:.2} {y:.2}) scale({scale:.5})\""), draw);
    }

    fn group(&mut self, attributes: impl Display, draw: impl FnOnce(&mut Self)) {
        let _ = write!(self.text, "<g {attributes}>");
        draw(self);
        self.text.push_str("</g>");
    }

    pub(super) fn rect(&mut self, (x, y, width, height): (f64, f64, f64, f64), colour: &str) {
        let _ = write!(
            self.text,
            "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{:.2}\" height=\"{:.2}\" fill=\"{colour}\"/>",
            width.max(0.0),
            height.max(0.0)
        );
    }

    /// A bar with round corners.
    pub(super) fn bar(
        &mut self,
        (x, y, width, height): (f64, f64, f64, f64),
        colour: &str,
        opacity: f64,
        edge: Option<&str>,
    ) {
        let _ = write!(
            self.text,
            "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" rx=\"1.5\" fill=\"{colour}\""
        );
        if opacity < 1.0 {
            let _ = write!(self.text, " fill-opacity=\"{opacity:.2}\"");
        }
        if let Some(edge) = edge {
            let _ = write!(self.text, " stroke=\"{edge}\" stroke-width=\"0.9\"");
        }
        self.text.push_str("/>");
    }

    /// A filled shape by its corners.
    pub(super) fn shape(&mut self, corners: &[(f64, f64)], colour: &str, edge: Option<&str>) {
        let _ = write!(self.text, "<path d=\"{}Z\" fill=\"{colour}\"", Way(corners));
        if let Some(edge) = edge {
            let _ = write!(self.text, " stroke=\"{edge}\" stroke-width=\"0.9\"");
        }
        self.text.push_str("/>");
    }

    /// Lines of one colour in one stroke.
    pub(super) fn lines<'a>(&mut self, lines: impl IntoIterator<Item = &'a [(f64, f64)]>, colour: &str, width: f64) {
        let from = self.text.len();
        self.text.push_str("<path d=\"");
        let begun = self.text.len();
        for line in lines {
            let _ = write!(self.text, "{}", Way(line));
        }
        if self.text.len() == begun {
            self.text.truncate(from);
            return;
        }
        let _ = write!(self.text, "\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"/>");
    }

    /// A line of text on its base line.
    pub(super) fn words(&mut self, (x, y): (f64, f64), ink: Ink, words: &str) {
        if words.is_empty() {
            return;
        }
        let _ = write!(self.text, "<text x=\"{x:.2}\" y=\"{y:.2}\"{}", Look(ink));
        match ink.hold {
            Hold::Start => {}
            Hold::Middle => self.text.push_str(" text-anchor=\"middle\""),
            Hold::End => self.text.push_str(" text-anchor=\"end\""),
        }
        self.text.push('>');
        self.letters(words);
        self.text.push_str("</text>");
    }

    /// Words and then others, one line whatever letters the reader's machine has.
    pub(super) fn headline(&mut self, (x, y): (f64, f64), parts: [(Ink, &str); 2]) {
        let _ = write!(self.text, "<text x=\"{x:.2}\" y=\"{y:.2}\">");
        for ((ink, words), gap) in parts.into_iter().zip([0, 10]) {
            let _ = write!(self.text, "<tspan dx=\"{gap}\"{}>", Look(ink));
            self.letters(words);
            self.text.push_str("</tspan>");
        }
        self.text.push_str("</text>");
    }

    fn letters(&mut self, words: &str) {
        for letter in words.chars() {
            match escape(letter) {
                // Lines and tabs of a name are blanks on paper.
                None if letter.is_whitespace() => self.text.push(' '),
                None => self.text.push(letter),
                Some(instead) => self.text.push_str(instead),
            }
        }
    }
}

/// Size, colour and weight as attributes.
struct Look(Ink);

impl Display for Look {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Ink { size, bold, colour, .. } = self.0;
        write!(f, " font-size=\"{size}\" fill=\"{colour}\"")?;
        if bold { f.write_str(" font-weight=\"600\"") } else { Ok(()) }
    }
}

/// Corners as the way of a pen.
struct Way<'a>(&'a [(f64, f64)]);

impl Display for Way<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, (x, y)) in self.0.iter().enumerate() {
            write!(f, "{}{x:.2} {y:.2}", if index == 0 { 'M' } else { 'L' })?;
        }
        Ok(())
    }
}
