//! The time: days off, lines, headings, today.

use chrono::{Datelike, NaiveDate};

use super::{
    Picture, colour,
    layout::{HEAD, Layout, ROW, width_of},
    svg::{Hold, Ink, Svg},
    text,
};
use crate::Minute;

/// What a heading of the axis spans.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
}

/// Coarse and fine headings for a width of a day.
fn units(day: f64) -> (Unit, Unit) {
    match day {
        day if day >= 9.0 => (Unit::Month, Unit::Day),
        day if day >= 2.6 => (Unit::Month, Unit::Week),
        day if day >= 0.55 => (Unit::Year, Unit::Month),
        day if day >= 0.18 => (Unit::Year, Unit::Quarter),
        _ => (Unit::Decade, Unit::Year),
    }
}

impl Unit {
    /// The first day of the span in which `date` lies.
    fn begin(self, date: NaiveDate) -> NaiveDate {
        let first = |year: i32, month: u32| NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(date);
        match self {
            Self::Day => date,
            Self::Week => date - chrono::Days::new(u64::from(date.weekday().num_days_from_monday())),
            Self::Month => first(date.year(), date.month()),
            Self::Quarter => first(date.year(), date.month0() / 3 * 3 + 1),
            Self::Year => first(date.year(), 1),
            Self::Decade => first(date.year().div_euclid(10) * 10, 1),
        }
    }

    /// The first day behind it.
    fn next(self, begin: NaiveDate) -> NaiveDate {
        let months = |count: u32| begin.checked_add_months(chrono::Months::new(count)).unwrap_or(NaiveDate::MAX);
        match self {
            Self::Day => begin + chrono::Days::new(1),
            Self::Week => begin + chrono::Days::new(7),
            Self::Month => months(1),
            Self::Quarter => months(3),
            Self::Year => months(12),
            Self::Decade => months(120),
        }
    }

    /// What the heading says, from the longest to the shortest.
    fn names(self, begin: NaiveDate) -> Vec<String> {
        let form = |pattern: &str| begin.format(pattern).to_string();
        match self {
            Self::Day => vec![form("%-d")],
            Self::Week => vec![form("Week %-V"), form("W%-V"), form("%-V")],
            Self::Month => vec![form("%B %Y"), form("%b %Y"), form("%b"), form("%-m")],
            Self::Quarter => vec![format!("Q{}", begin.month0() / 3 + 1)],
            Self::Year => vec![form("%Y"), form("%y")],
            Self::Decade => vec![format!("{}s", begin.year())],
        }
    }
}

/// Spans that a page shows, with their edges on the axis.
fn spans(layout: &Layout, page: usize, unit: Unit) -> impl Iterator<Item = (NaiveDate, f64, f64)> {
    let (left, right) = (layout.left_of(page), layout.left_of(page) + layout.chart);
    let first = Minute(layout.day_at(left) * Minute::DAY).date();
    let layout = *layout;
    std::iter::successors(Some(unit.begin(first)), move |begin| Some(unit.next(*begin)))
        .map(move |begin| (begin, layout.x(Minute::from_date(begin)), layout.x(Minute::from_date(unit.next(begin)))))
        .take_while(move |(_, from, _)| *from < right)
}

/// Days off and the lines of both headings, behind the rows.
pub(super) fn ground(picture: &Picture<'_>, page: usize, svg: &mut Svg) {
    let layout = &picture.layout;
    let rows = layout.rows_of(page).len();
    let height = width_of(rows) * ROW;
    let (left, right) = (layout.left_of(page), layout.left_of(page) + layout.chart);
    // Narrower than that, weekends are a grey veil over everything.
    if layout.day >= 1.0 {
        let mut off: Option<(f64, f64)> = None;
        for day in layout.day_at(left)..=layout.day_at(right) {
            let at = Minute(day * Minute::DAY);
            let free = picture.calendar.windows(at).is_empty();
            let (from, to) = (layout.x(at), layout.x(at) + layout.day);
            off = match off {
                Some((begin, _)) if free => Some((begin, to)),
                None if free => Some((from, to)),
                Some((begin, end)) => {
                    svg.rect((begin, 0.0, end - begin, height), colour::SHADE);
                    None
                }
                None => None,
            };
        }
        if let Some((begin, end)) = off {
            svg.rect((begin, 0.0, end - begin, height), colour::SHADE);
        }
    }
    let (coarse, fine) = units(layout.day);
    for (unit, ink) in [(fine, colour::LINE), (coarse, colour::STRONG)] {
        let ticks: Vec<[(f64, f64); 2]> =
            spans(layout, page, unit).map(|(_, from, _)| [(from, 0.0), (from, height)]).collect();
        svg.lines(ticks.iter().map(<[_; 2]>::as_slice), ink, 0.5);
    }
    let lines: Vec<[(f64, f64); 2]> =
        (1..=rows).map(|row| [(left, width_of(row) * ROW), (right, width_of(row) * ROW)]).collect();
    svg.lines(lines.iter().map(<[_; 2]>::as_slice), colour::LINE, 0.4);
}

/// Both rows of headings.
pub(super) fn head(picture: &Picture<'_>, page: usize, svg: &mut Svg) {
    let layout = &picture.layout;
    let (left, right) = (layout.left_of(page), layout.left_of(page) + layout.chart);
    svg.rect((left, 0.0, layout.chart, HEAD), colour::HEAD);
    let (coarse, fine) = units(layout.day);
    let rows =
        [(coarse, 0.0, Ink::plain(7.5, colour::TEXT).bold()), (fine, HEAD / 2.0, Ink::plain(7.0, colour::MUTED))];
    for (unit, top, ink) in rows {
        for (begin, from, to) in spans(layout, page, unit) {
            svg.lines([[(from, top), (from, top + HEAD / 2.0)].as_slice()], colour::STRONG, 0.5);
            // A heading stays on the page as long as its span does.
            let (from, to) = (from.max(left), to.min(right));
            let room = to - from - 4.0;
            let name = unit.names(begin).into_iter().find(|name| text::width(name, ink.size) <= room);
            let Some(name) = name else { continue };
            if unit == fine {
                svg.words(((from + to) / 2.0, top + 9.8), ink.held(Hold::Middle), &name);
            } else {
                svg.words((from + 3.0, top + 9.8), ink, &name);
            }
        }
    }
    let edges = [[(left, HEAD / 2.0), (right, HEAD / 2.0)], [(left, HEAD), (right, HEAD)]];
    svg.lines(edges.iter().map(<[_; 2]>::as_slice), colour::STRONG, 0.5);
}

/// The line of today, where it is on the axis at all.
pub(super) fn today(picture: &Picture<'_>, rows: usize, svg: &mut Svg) {
    let layout = &picture.layout;
    if picture.title.now < layout.from || picture.title.now > layout.to {
        return;
    }
    let x = layout.x(picture.title.now);
    svg.lines([[(x, 0.0), (x, width_of(rows) * ROW)].as_slice()], colour::ACCENT, 1.0);
}
