//! The load in words: hours, percents, days.

use chrono::{Datelike, NaiveDate};
use domain::projects::{
    amount::decimal,
    workload::{ColumnStep, LoadAmount, LoadState},
};

use crate::kit::date;

/// Minutes times units that make an hour of one whole.
const HOUR: i64 = 60 * 100;

/// `8`, `7.5`: rounded to a tenth of an hour, since nobody plans finer; nothing is rounded away.
pub fn number(amount: i64) -> String {
    let tenths = (amount * 10 + HOUR / 2) / HOUR;
    if amount > 0 && tenths == 0 { "< 0.1".to_owned() } else { decimal(tenths * 10) }
}

/// `8 h`, `7.5 h`.
pub fn hours(amount: i64) -> String {
    format!("{} h", number(amount))
}

/// What stands in a cell.
pub fn short(amount: &LoadAmount, percent: bool) -> String {
    match (amount.state(), amount.percent()) {
        (LoadState::Off, _) => String::new(),
        (LoadState::Away, _) => "away".to_owned(),
        (LoadState::Free, _) => "–".to_owned(),
        (_, Some(share)) if percent => format!("{share} %"),
        _ => hours(amount.used),
    }
}

/// All of it, as a sentence goes on behind a name.
pub fn told(amount: &LoadAmount) -> String {
    let there = match (amount.state(), amount.percent()) {
        (LoadState::Off, _) => return "not there".to_owned(),
        (LoadState::Away, _) => return "away".to_owned(),
        (LoadState::Free, _) => format!("free, {}", hours(amount.available)),
        (_, Some(share)) => format!("{} of {}, {share} %", hours(amount.used), hours(amount.available)),
        (_, None) => format!("{}, though not there", hours(amount.used)),
    };
    let over = if amount.over > 0 { format!(", {} too much", hours(amount.over)) } else { String::new() };
    let away = if amount.away > 0 { format!(", {} away", hours(amount.away)) } else { String::new() };
    format!("{there}{over}{away}")
}

/// The two lines at the head of a column: `Mon`, `16 Nov`; `Week 47`, `16 Nov`; `Nov`, `2026`.
pub fn head(step: ColumnStep, first: NaiveDate) -> [String; 2] {
    let day = || first.format("%-d %b").to_string();
    match step {
        ColumnStep::Day => [first.format("%a").to_string(), day()],
        ColumnStep::Week => [format!("Week {}", first.iso_week().week()), day()],
        ColumnStep::Month => [first.format("%b").to_string(), first.year().to_string()],
    }
}

/// The days of a column: `Mon, 16 Nov 2026`; `16 Nov 2026 to 22 Nov 2026`; `November 2026`.
pub fn days(step: ColumnStep, first: NaiveDate, last: NaiveDate) -> String {
    match step {
        ColumnStep::Day => format!("{}, {}", first.format("%a"), date(first)),
        ColumnStep::Week => format!("{} to {}", date(first), date(last)),
        ColumnStep::Month => first.format("%B %Y").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 8 * HOUR;

    fn amount(used: i64, available: i64, over: i64, away: i64) -> LoadAmount {
        LoadAmount { used, available, over, away }
    }

    #[test]
    fn hours_are_rounded_but_never_away() {
        let said = [0, HOUR, 450 * 100, 33 * 10, 1, DAY * 21].map(hours);
        assert_eq!(said, ["0 h", "1 h", "7.5 h", "0.1 h", "< 0.1 h", "168 h"]);
    }

    #[test]
    fn a_cell_says_what_its_colour_says() {
        let said = |of: LoadAmount| (short(&of, false), short(&of, true), told(&of));
        let words = |short: &str, percent: &str, told: &str| (short.to_owned(), percent.to_owned(), told.to_owned());
        assert_eq!(said(amount(0, 0, 0, 0)), words("", "", "not there"));
        assert_eq!(said(amount(0, 0, 0, DAY)), words("away", "away", "away"));
        assert_eq!(said(amount(0, DAY, 0, 0)), words("–", "–", "free, 8 h"));
        assert_eq!(said(amount(DAY / 4, DAY, 0, 0)), words("2 h", "25 %", "2 h of 8 h, 25 %"));
        let over = amount(DAY * 3 / 2, DAY, DAY / 2, 0);
        assert_eq!(said(over), words("12 h", "150 %", "12 h of 8 h, 150 %, 4 h too much"));
        let absent = amount(DAY, 0, DAY, DAY);
        assert_eq!(said(absent), words("8 h", "8 h", "8 h, though not there, 8 h too much, 8 h away"));
    }

    #[test]
    fn columns_are_named_by_their_days() {
        let first = NaiveDate::from_ymd_opt(2026, 11, 16).unwrap_or_default();
        let last = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap_or_default();
        assert_eq!(
            ColumnStep::ALL.map(|step| head(step, first).join(" ")),
            ["Mon 16 Nov", "Week 47 16 Nov", "Nov 2026"]
        );
        let days = ColumnStep::ALL.map(|step| days(step, first, last));
        assert_eq!(days, ["Mon, 16 Nov 2026", "16 Nov 2026 to 22 Nov 2026", "November 2026"]);
    }
}
