//! The plan of a file as a picture: a bar for each row, on a line of time.

use chrono::{Datelike, Days, Months, NaiveDate};
use domain::{
    Minute,
    projects::view::{ImportPreview, ImportRow},
};
use leptos::prelude::*;

use crate::kit::day;

/// Bars in a picture; of a larger plan every so-manieth row is drawn.
const MOST_BARS: usize = 1_000;
/// Height of a row, and of the picture at most, in pixels.
const ROW: usize = 11;
const MOST_HEIGHT: usize = 220;
/// Lines of time at most.
const MOST_TICKS: usize = 8;

/// Is the row one that spans the rows below it?
pub(super) fn is_summary(rows: &[ImportRow], index: usize) -> bool {
    let Some(next) = rows.get(index + 1) else { return false };
    next.code.strip_prefix(&rows[index].code).is_some_and(|rest| rest.starts_with('.'))
}

/// Bars by row; the figures stand in the table below.
#[component]
pub fn Picture(#[prop(into)] found: Signal<ImportPreview>) -> impl IntoView {
    move || {
        found.with(|found| {
            let bars = bars(found);
            let height = (bars.len() * ROW).clamp(ROW * 2, MOST_HEIGHT);
            let label = format!(
                "{} rows from {} to {}; {} are critical",
                found.rows.len(),
                day(found.start),
                day(found.finish),
                found.rows.iter().filter(|row| row.critical).count(),
            );
            let ticks = ticks(found.start, found.finish);
            let lines = ticks.iter().map(|(at, _)| view! { <line x1=*at x2=*at y1="0" y2=bars.len() * 10></line> }).collect_view();
            let words = ticks
                .iter()
                .map(|(at, word)| view! { <span style=format!("inset-inline-start:{:.2}%", at / 10.0)>{word.clone()}</span> })
                .collect_view();
            let count = bars.len();
            let drawn = bars.into_iter().enumerate().map(|(row, bar)| {
                let (y, tall) = (row * 10, if bar.kind == "summary" { 3 } else { 6 });
                view! { <rect class=bar.kind x=bar.from y=y + 2 width=bar.width height=tall></rect> }
            });
            view! {
                <figure class="import-picture">
                    <div class="import-axis" aria-hidden="true">{words}</div>
                    <svg
                        role="img"
                        aria-label=label
                        viewBox=format!("0 0 1000 {}", count * 10)
                        preserveAspectRatio="none"
                        style=format!("block-size:{height}px")
                    >
                        {lines}
                        {drawn.collect_view()}
                    </svg>
                </figure>
            }
        })
    }
}

#[derive(Debug, PartialEq)]
struct Bar {
    kind: &'static str,
    from: f64,
    width: f64,
}

/// Where a moment stands, of a thousand.
fn place(at: Minute, start: Minute, finish: Minute) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "minutes of a century fit 53 bits")]
    let share = (at.0 - start.0) as f64 / (finish.0 - start.0).max(1) as f64;
    (share * 1_000.0).clamp(0.0, 1_000.0)
}

fn bars(found: &ImportPreview) -> Vec<Bar> {
    let step = found.rows.len().div_ceil(MOST_BARS).max(1);
    let rows = found.rows.iter().enumerate().step_by(step);
    rows.map(|(index, row)| {
        let from = place(row.start, found.start, found.finish);
        let to = place(row.finish, found.start, found.finish);
        let kind = match (is_summary(&found.rows, index), row.critical) {
            (true, _) => "summary",
            (false, true) => "critical",
            (false, false) => "task",
        };
        // A milestone is a moment and still to be seen.
        let width = (to - from).max(4.0);
        Bar { kind, from: from.min(1_000.0 - width), width }
    })
    .collect()
}

/// Lines of time with their words: weeks in a short plan, else months.
fn ticks(start: Minute, finish: Minute) -> Vec<(f64, String)> {
    let (first, last) = (start.date(), finish.date());
    let days = (last - first).num_days();
    let mut at = Vec::new();
    if days <= 56 {
        let monday = first + Days::new(u64::from((7 - first.weekday().num_days_from_monday()) % 7));
        let mut next = Some(monday);
        while let Some(date) = next.filter(|date| *date <= last && at.len() < MOST_TICKS) {
            at.push((date, date.format("%-d %b").to_string()));
            next = date.checked_add_days(Days::new(7));
        }
    } else {
        let step = [1_u32, 2, 3, 6, 12, 24, 60, 120, 240]
            .into_iter()
            .find(|step| days / 30 / i64::from(*step) < MOST_TICKS as i64)
            .unwrap_or(600);
        let mut next = first.with_day(1).and_then(|date| date.checked_add_months(Months::new(1)));
        while let Some(date) = next.filter(|date: &NaiveDate| *date <= last && at.len() < MOST_TICKS) {
            at.push((date, date.format(if step < 12 { "%b %Y" } else { "%Y" }).to_string()));
            next = date.checked_add_months(Months::new(step));
        }
    }
    at.into_iter().map(|(date, word)| (place(Minute::from_date(date), start, finish), word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Minute {
        text.parse().expect("a date")
    }

    fn row(code: &str, start: &str, finish: &str) -> ImportRow {
        let (start, finish) = (at(start), at(finish));
        ImportRow { code: code.into(), name: code.into(), duration_minutes: 0, start, finish, critical: code == "1.2" }
    }

    #[test]
    fn bars_stand_where_their_dates_are() {
        let rows = vec![
            row("1", "2026-01-05", "2026-01-15"),
            row("1.1", "2026-01-05", "2026-01-10"),
            row("1.2", "2026-01-10", "2026-01-15"),
            row("2", "2026-01-15", "2026-01-15"),
        ];
        let (name, links, problems, notes) = (String::new(), 0, Vec::new(), Vec::new());
        let (start, finish) = (at("2026-01-05"), at("2026-01-15"));
        let found = ImportPreview { name, start, finish, rows, links, problems, notes, table: None };
        let bars = bars(&found);
        assert_eq!(bars.iter().map(|bar| bar.kind).collect::<Vec<_>>(), ["summary", "task", "critical", "task"]);
        assert_eq!((bars[2].from, bars[2].width), (500.0, 500.0));
        assert_eq!((bars[3].from, bars[3].width), (996.0, 4.0), "a milestone at the end is still to be seen");
    }

    #[test]
    fn a_short_plan_has_weeks_and_a_long_one_months() {
        let words =
            |from: &str, to: &str| ticks(at(from), at(to)).into_iter().map(|(_, word)| word).collect::<Vec<_>>();
        assert_eq!(words("2026-01-06", "2026-01-27"), ["12 Jan", "19 Jan", "26 Jan"]);
        assert_eq!(words("2026-01-06", "2026-05-02"), ["Feb 2026", "Mar 2026", "Apr 2026", "May 2026"]);
        assert!(words("1970-01-01", "2200-01-01").len() <= MOST_TICKS);
    }
}
