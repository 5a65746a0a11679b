//! Where everything stands: sheets, columns of the table, the time on the axis, rows on pages.

use super::super::paper::{Fit, Orientation, Paper, PictureOptions, Zoom};
use crate::{Fault, Minute};

/// Edge that stays white.
pub(super) const MARGIN: f64 = 28.0;
/// The line with the project's name.
pub(super) const TITLE: f64 = 26.0;
/// Legend, date and number of the page.
pub(super) const FOOT: f64 = 30.0;
/// The time axis: two rows of headings.
pub(super) const HEAD: f64 = 28.0;
/// A row of the plan.
pub(super) const ROW: f64 = 15.0;

/// Rows of a plan that is drawn.
const ROWS_MAX: usize = 20_000;
/// Pages of a file.
const PAGES_MAX: usize = 400;
/// Days on an axis: a hundred years.
const DAYS_MAX: i64 = 36_525;
/// Widest sheet without paper.
const SHEET_MAX: f64 = 6_000.0;
/// A row is never printed smaller than this, in points.
const ROW_MIN: f64 = 1.5;
/// Nor larger than so many times its usual size.
const GROWTH_MAX: f64 = 2.5;

/// Widths of the columns: code, name, duration, start, finish, per cent.
#[derive(Clone, Copy)]
pub(super) struct Columns(pub(super) [f64; 6]);

impl Columns {
    fn of(name: f64) -> Self {
        Self([34.0, name, 38.0, 54.0, 54.0, 28.0])
    }

    pub(super) fn width(self) -> f64 {
        self.0.iter().sum()
    }

    /// Left edge of a column.
    pub(super) fn left(self, column: usize) -> f64 {
        self.0[..column].iter().sum()
    }
}

/// How a plan lies on its pages. Measures below a sheet are before `scale`.
#[derive(Clone, Copy)]
pub(super) struct Layout {
    pub(super) sheet: (f64, f64),
    /// How much larger the edge, the title and the legend are than on A4: a poster is read from further away.
    pub(super) frame: f64,
    pub(super) scale: f64,
    pub(super) columns: Columns,
    /// Width of the time axis on one page.
    pub(super) chart: f64,
    /// Width of a day.
    pub(super) day: f64,
    pub(super) from: Minute,
    pub(super) to: Minute,
    pub(super) rows: usize,
    pub(super) rows_per_page: usize,
    /// Pages side by side.
    pub(super) across: usize,
    /// Pages one below the other.
    pub(super) down: usize,
}

impl Layout {
    /// Finds room for `rows` rows between `start` and `finish`.
    ///
    /// # Errors
    /// `InvalidInput` by field where there is too much to draw, with what would help.
    pub(super) fn new(options: &PictureOptions, rows: usize, (start, finish): (Minute, Minute)) -> Result<Self, Fault> {
        if rows > ROWS_MAX {
            return Err(Fault::field(
                "format",
                format!("A picture has at most {ROWS_MAX} rows; this plan has {rows}."),
            ));
        }
        let (from, to) = window(options, start, finish)?;
        let days = width(to.0 - from.0) / width(Minute::DAY);
        let layout = match options.paper {
            None => Self::sheet(options, rows, (from, to), days),
            Some(paper) => Self::on_paper(paper, options, rows, (from, to), days)?,
        };
        if layout.pages() > PAGES_MAX {
            let message = format!(
                "This would be {} pages; {PAGES_MAX} is the limit. Take larger paper, a shorter window, or fit it to the width.",
                layout.pages()
            );
            return Err(Fault::field("fit", message));
        }
        Ok(layout)
    }

    pub(super) const fn pages(&self) -> usize {
        self.across * self.down
    }

    /// One sheet, as large as it must be.
    fn sheet(options: &PictureOptions, rows: usize, (from, to): (Minute, Minute), days: f64) -> Self {
        let columns = Columns::of(220.0);
        let rest = 2.0 * MARGIN + columns.width();
        let chart = (days * natural(options.zoom, days)).clamp(420.0, SHEET_MAX - rest);
        let height = 2.0 * MARGIN + TITLE + FOOT + HEAD + width_of(rows.max(1)) * ROW;
        let sheet = (rest + chart, height);
        Self {
            sheet,
            frame: 1.0,
            scale: 1.0,
            columns,
            chart,
            day: chart / days,
            from,
            to,
            rows,
            rows_per_page: rows.max(1),
            across: 1,
            down: 1,
        }
    }

    fn on_paper(
        paper: Paper,
        options: &PictureOptions,
        rows: usize,
        (from, to): (Minute, Minute),
        days: f64,
    ) -> Result<Self, Fault> {
        let (short, long) = paper.sides();
        let sheet = if options.orientation == Orientation::Landscape { (long, short) } else { (short, long) };
        let frame = (short / Paper::A4.sides().0).sqrt();
        let (room, tall) = (sheet.0 - 2.0 * MARGIN * frame, sheet.1 - (2.0 * MARGIN + TITLE + FOOT) * frame);
        let columns = Columns::of((room * 0.22).clamp(96.0, 240.0));
        let scale = if options.fit == Fit::Page {
            let scale = (tall / (HEAD + width_of(rows) * ROW)).min(GROWTH_MAX);
            if scale * ROW < ROW_MIN {
                let message = format!(
                    "{rows} rows on one page of {} would be too small to read. Take larger paper, or fit it to the width.",
                    paper.title()
                );
                return Err(Fault::field("fit", message));
            }
            // The bars have at least as much room as the table.
            scale.min(room / (2.0 * columns.width()))
        } else {
            1.0
        };
        let chart = room / scale - columns.width();
        let day = if options.fit == Fit::None { natural(options.zoom, days) } else { chart / days };
        let rows_per_page = whole((tall / scale - HEAD) / ROW).max(1);
        // A hair of rounding makes no page of its own.
        let across = if options.fit == Fit::None { whole((days * day / chart - 1e-6).ceil()).max(1) } else { 1 };
        let down = if options.fit == Fit::Page { 1 } else { rows.div_ceil(rows_per_page).max(1) };
        let rows_per_page = if options.fit == Fit::Page { rows.max(1) } else { rows_per_page };
        Ok(Self { sheet, frame, scale, columns, chart, day, from, to, rows, rows_per_page, across, down })
    }

    /// Where a moment stands on the axis that all pages share.
    pub(super) fn x(&self, at: Minute) -> f64 {
        width(at.0 - self.from.0) / width(Minute::DAY) * self.day
    }

    /// What moment stands there, down to the day.
    pub(super) fn day_at(&self, x: f64) -> i64 {
        self.from.day() + span((x / self.day).floor())
    }

    /// Rows of a page.
    pub(super) fn rows_of(&self, page: usize) -> std::ops::Range<usize> {
        let first = page / self.across * self.rows_per_page;
        first.min(self.rows)..(first + self.rows_per_page).min(self.rows)
    }

    /// Left edge of a page on the axis.
    pub(super) fn left_of(&self, page: usize) -> f64 {
        width_of(page % self.across) * self.chart
    }
}

/// The time that is shown: what was asked for, or the plan with some air around it.
fn window(options: &PictureOptions, start: Minute, finish: Minute) -> Result<(Minute, Minute), Fault> {
    let days = finish.day() - start.day();
    let midnight = |day: i64| Minute(day * Minute::DAY);
    let from = options.from.unwrap_or_else(|| midnight(start.day() - 1 - days / 60));
    let to = options.to.unwrap_or_else(|| midnight(finish.day() + 3 + days / 20));
    if to.0 - from.0 < Minute::DAY {
        return Err(Fault::field("to", "The window ends at least a day after it begins."));
    }
    if (to.0 - from.0) / Minute::DAY > DAYS_MAX {
        return Err(Fault::field("from", "More than a hundred years are no chart; give a window."));
    }
    Ok((midnight(from.day()), to))
}

/// Width of a day where the time is not made to fit.
fn natural(zoom: Option<Zoom>, days: f64) -> f64 {
    match zoom {
        Some(Zoom::Day) => 16.0,
        Some(Zoom::Week) => 5.0,
        Some(Zoom::Month) => 1.6,
        Some(Zoom::Quarter) => 0.6,
        None if days <= 50.0 => 16.0,
        None if days <= 250.0 => 5.0,
        None if days <= 1_000.0 => 1.6,
        None => 0.6,
    }
}

#[expect(clippy::cast_precision_loss, reason = "minutes and rows of a plan are small beside 2^53")]
pub(super) const fn width(number: i64) -> f64 {
    number as f64
}

#[expect(clippy::cast_precision_loss, reason = "rows and pages are few")]
pub(super) const fn width_of(number: usize) -> f64 {
    number as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what a page can have")]
fn whole(number: f64) -> usize {
    number.clamp(0.0, 1e6) as usize
}

#[expect(clippy::cast_possible_truncation, reason = "days of an axis are at most a hundred years")]
fn span(number: f64) -> i64 {
    number.clamp(-1e6, 1e6) as i64
}
