//! Elements and text.

use std::fmt::{Display, Write as _};

/// Text that grows by elements.
pub(super) struct Xml {
    pub(super) text: String,
}

impl Xml {
    pub(super) fn group(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        let _ = write!(self.text, "<{name}>");
        inside(self);
        let _ = writeln!(self.text, "</{name}>");
    }

    pub(super) fn leaf(&mut self, name: &str, value: impl Display) {
        let _ = write!(self.text, "<{name}>");
        let from = self.text.len();
        let _ = write!(self.text, "{value}");
        if self.text[from..].contains(|letter| escape(letter).is_some()) {
            let raw = self.text.split_off(from);
            for letter in raw.chars() {
                match escape(letter) {
                    Some(instead) => self.text.push_str(instead),
                    None => self.text.push(letter),
                }
            }
        }
        let _ = write!(self.text, "</{name}>");
    }
}

/// What stands for a letter that XML has a use for or cannot hold at all. A carriage return would come back as a line
/// feed.
pub(in super::super::super) const fn escape(letter: char) -> Option<&'static str> {
    match letter {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\r' => Some("&#13;"),
        '\n' | '\t' => None,
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => Some(""),
        _ => None,
    }
}
