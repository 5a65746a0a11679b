//! The days of an exception: in a row, or coming back by some rule.

use std::ops::RangeInclusive;

use chrono::{Datelike, Months, NaiveDate};
use roxmltree::Node;

use super::{child, date, text_of};
use crate::{Minute, projects::view::ImportProblem};

/// Days that an exception may last.
const LONGEST: i64 = 100 * 366;

/// How much an exception counts where several name one day: less what comes back every week, then every month, every
/// year, every few days, and most what does not come back at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    Weekly,
    Monthly,
    Yearly,
    Daily,
    Once,
}

/// Days of a time period, since 1970.
pub(super) fn period(node: Node<'_, '_>) -> Result<RangeInclusive<i64>, String> {
    let said = |reason: ImportProblem| reason.reason;
    let period = child(node, "TimePeriod").ok_or("an exception has no days")?;
    let from = date(period, "FromDate", 0).map_err(said)?.ok_or("an exception has no first day")?;
    let to = date(period, "ToDate", 0).map_err(said)?.ok_or("an exception has no last day")?;
    if to < from {
        return Err(format!("an exception ends on {} before it starts on {}", to.day_in_words(), from.day_in_words()));
    }
    if to.day() - from.day() > LONGEST {
        return Err(format!(
            "an exception from {} to {} lasts longer than a century",
            from.day_in_words(),
            to.day_in_words()
        ));
    }
    Ok(from.day()..=to.day())
}

/// The days of an exception and how much they count. `None` where it comes back by a rule that is not known.
pub(super) fn occurrences(node: Node<'_, '_>) -> Result<Option<(Weight, Vec<i64>)>, String> {
    let number = |name: &str| text_of(node, name).and_then(|text| text.parse::<i64>().ok());
    let days = period(node)?;
    let every = usize::try_from(number("Period").unwrap_or(1)).unwrap_or(1).max(1);
    let day_of_month = number("MonthDay").unwrap_or(-1);
    let (item, position) = (number("MonthItem").unwrap_or(-1), number("MonthPosition").unwrap_or(-1));
    let start = date_of(*days.start());
    // MS Project counts months from 0.
    let yearly = || {
        let month = u32::try_from(number("Month").unwrap_or(-1) + 1).unwrap_or(0);
        NaiveDate::from_ymd_opt(start.year(), month, 1)
    };
    let (weight, found) = match number("Type").unwrap_or(1) {
        1 | 7 => (Weight::Daily, days.step_by(every).collect()),
        2 => (Weight::Yearly, by_month(&days, yearly(), 12, |month| nth_day(month, day_of_month))),
        3 => (Weight::Yearly, by_month(&days, yearly(), 12, |month| nth_weekday(month, item, position))),
        4 => {
            // The first of them is the first such day that comes.
            let late = i64::from(start.day()) > day_of_month;
            let first = start.with_day(1).and_then(|month| month.checked_add_months(Months::new(u32::from(late))));
            (Weight::Monthly, by_month(&days, first, every, |month| nth_day(month, day_of_month)))
        }
        5 => (Weight::Monthly, by_month(&days, start.with_day(1), every, |month| nth_weekday(month, item, position))),
        6 => (Weight::Weekly, weekly(days, every, number("DaysOfWeek").unwrap_or(0))),
        _ => return Ok(None),
    };
    let once = found.len() == 1 || (weight == Weight::Daily && every == 1);
    Ok(Some((if once { Weight::Once } else { weight }, found)))
}

fn date_of(day: i64) -> NaiveDate {
    Minute(day * Minute::DAY).date()
}

/// A bit for each day of the week, Sunday first; weeks are counted from the first.
fn weekly(days: RangeInclusive<i64>, every: usize, bits: i64) -> Vec<i64> {
    let place = |day: i64| (Minute(day * Minute::DAY).weekday() as i64 + 1) % 7;
    let sunday = days.start() - place(*days.start());
    let every = i64::try_from(every).unwrap_or(i64::MAX);
    days.filter(|day| bits >> place(*day) & 1 == 1 && (day - sunday) / 7 % every == 0).collect()
}

/// The day that `meant` finds in every few months from the first.
fn by_month(
    days: &RangeInclusive<i64>,
    first: Option<NaiveDate>,
    every: usize,
    meant: impl Fn(NaiveDate) -> Option<NaiveDate>,
) -> Vec<i64> {
    let last = date_of(*days.end());
    let step = Months::new(u32::try_from(every).unwrap_or(u32::MAX));
    let months = std::iter::successors(first, |month| month.checked_add_months(step));
    let found = months.take_while(|month| *month <= last).filter_map(meant);
    found.map(|day| Minute::from_date(day).day()).filter(|day| days.contains(day)).collect()
}

/// The day with this number, or the last one of a month that is shorter.
fn nth_day(month: NaiveDate, number: i64) -> Option<NaiveDate> {
    let wanted = u32::try_from(number).ok()?;
    (1..=31)
        .contains(&wanted)
        .then(|| (28..=wanted).rev().find_map(|day| month.with_day(day)))?
        .or(month.with_day(wanted))
}

/// The first to fourth or the last of the days that `item` means: any, working days, weekends, or one day of the week.
fn nth_weekday(month: NaiveDate, item: i64, position: i64) -> Option<NaiveDate> {
    let meant = |day: &NaiveDate| {
        let place = i64::from(day.weekday().num_days_from_sunday());
        match item {
            0 => true,
            1 => (1..=5).contains(&place),
            2 => matches!(place, 0 | 6),
            _ => place == item - 3,
        }
    };
    let mut days = month.iter_days().take_while(|day| day.month() == month.month()).filter(meant);
    match position {
        0..=3 => days.nth(usize::try_from(position).ok()?),
        4 => days.last(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The days of an exception between two dates.
    fn days(from: &str, to: &str, rule: &str) -> (Weight, Vec<String>) {
        let text = format!(
            "<Exception><TimePeriod><FromDate>{from}T00:00:00</FromDate><ToDate>{to}T23:59:00</ToDate></TimePeriod>{rule}</Exception>"
        );
        let document = roxmltree::Document::parse(&text).expect("XML");
        let (weight, days) = occurrences(document.root_element()).expect("a period").expect("a known rule");
        (weight, days.into_iter().map(|day| date_of(day).to_string()).collect())
    }

    #[test]
    fn exceptions_come_back_by_days_weeks_months_and_years() {
        let told = |days: &[&str]| days.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(
            days("2026-02-01", "2026-02-10", "<Type>7</Type><Period>3</Period>"),
            (Weight::Daily, told(&["2026-02-01", "2026-02-04", "2026-02-07", "2026-02-10"]))
        );
        assert_eq!(
            days("2026-01-05", "2026-01-07", "<Type>1</Type>"),
            (Weight::Once, told(&["2026-01-05", "2026-01-06", "2026-01-07"]))
        );
        // Fridays of every second week, counted from the week of the first day.
        assert_eq!(
            days("2026-01-03", "2026-02-08", "<Type>6</Type><Period>2</Period><DaysOfWeek>32</DaysOfWeek>"),
            (Weight::Weekly, told(&["2026-01-16", "2026-01-30"]))
        );
        assert_eq!(
            days("2026-01-15", "2026-07-31", "<Type>4</Type><Period>2</Period><MonthDay>12</MonthDay>"),
            (Weight::Monthly, told(&["2026-02-12", "2026-04-12", "2026-06-12"]))
        );
        assert_eq!(
            days("2026-01-01", "2026-04-30", "<Type>4</Type><Period>1</Period><MonthDay>31</MonthDay>"),
            (Weight::Monthly, told(&["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]))
        );
        // The second Friday, and the last Monday.
        let second = "<Type>5</Type><Period>1</Period><MonthItem>8</MonthItem><MonthPosition>1</MonthPosition>";
        assert_eq!(days("2026-01-10", "2026-03-31", second), (Weight::Monthly, told(&["2026-02-13", "2026-03-13"])));
        let last = "<Type>3</Type><Month>4</Month><MonthItem>4</MonthItem><MonthPosition>4</MonthPosition>";
        assert_eq!(days("2026-01-01", "2027-12-31", last), (Weight::Yearly, told(&["2026-05-25", "2027-05-31"])));
        let may = "<Type>2</Type><Month>4</Month><MonthDay>1</MonthDay>";
        assert_eq!(days("2026-01-01", "2026-12-31", may), (Weight::Once, told(&["2026-05-01"])));
        assert_eq!(
            days("2026-01-01", "2026-12-31", "<Type>2</Type><Month>12</Month><MonthDay>1</MonthDay>").1,
            [""; 0]
        );
    }
}
