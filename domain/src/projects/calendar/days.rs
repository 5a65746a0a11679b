//! Working time counted by days, for questions that are too few for a [`WorkClock`](super::WorkClock)'s table.

use std::{collections::BTreeMap, ops::Range};

use chrono::NaiveDate;

use super::{Calendar, MIDNIGHT, Window, length};
use crate::Minute;

impl Calendar {
    /// True where the week has no hours of its own: on all but the other days, every minute of it works.
    #[must_use]
    pub fn is_always(&self) -> bool {
        let whole = |day: &Vec<Window>| matches!(day[..], [Window { from: 0, to: MIDNIGHT }]);
        self.week.iter().all(whole)
    }
}

/// The days of a calendar, each from midnight to midnight.
#[derive(Clone, Debug)]
pub struct WorkDays {
    week: [Vec<Window>; 7],
    other: BTreeMap<NaiveDate, Vec<Window>>,
}

impl WorkDays {
    #[must_use]
    pub fn new(calendar: &Calendar) -> Self {
        Self { week: calendar.week.clone(), other: calendar.other_days() }
    }

    /// The stretches of working time between two moments, in order.
    pub fn stretches(&self, from: Minute, to: Minute) -> impl Iterator<Item = (Minute, Minute)> {
        let last = if from < to { Minute(to.0 - 1).day() } else { from.day() - 1 };
        (from.day()..=last).flat_map(move |day| {
            let midnight = day * Minute::DAY;
            let other = if self.other.is_empty() { None } else { self.other.get(&Minute(midnight).date()) };
            let windows = other.unwrap_or(&self.week[Minute(midnight).weekday()]);
            windows.iter().filter_map(move |window| {
                let begin = Minute(midnight + i64::from(window.from)).max(from);
                let end = Minute(midnight + i64::from(window.to)).min(to);
                (begin < end).then_some((begin, end))
            })
        })
    }

    /// Working minutes of whole days, by their number since 1970.
    #[must_use]
    pub fn minutes(&self, days: Range<i64>) -> i64 {
        let others = self.others(&days).map(|(usual, other)| other - usual).sum::<i64>();
        self.usual_minutes(days) + others
    }

    /// Working minutes that these days lack, since they are otherwise than their weekdays: absences, holidays.
    #[must_use]
    pub fn minutes_away(&self, days: &Range<i64>) -> i64 {
        self.others(days).map(|(usual, other)| (usual - other).max(0)).sum()
    }

    fn usual_minutes(&self, days: Range<i64>) -> i64 {
        let usual = |day: i64| length(&self.week[Minute(day * Minute::DAY).weekday()]);
        let weeks = (days.end - days.start).max(0) / 7;
        let rest = days.start + weeks * 7..days.end;
        weeks * self.week.iter().map(|day| length(day)).sum::<i64>() + rest.map(usual).sum::<i64>()
    }

    /// Minutes of each other day: as its weekday is, and as it is itself.
    fn others(&self, days: &Range<i64>) -> impl Iterator<Item = (i64, i64)> {
        let date = |day: i64| Minute(day * Minute::DAY).date();
        let there = if days.is_empty() { None } else { Some(date(days.start)..date(days.end)) };
        let other = there.into_iter().flat_map(|days| self.other.range(days));
        other.map(|(date, windows)| (length(&self.week[Minute::from_date(*date).weekday()]), length(windows)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::projects::calendar::WorkClock;

    fn at(text: &str) -> Minute {
        text.parse().expect("a date")
    }

    #[test]
    fn days_count_as_a_clock_does() {
        let mut nights = Calendar::standard();
        nights.week = std::array::from_fn(|_| vec![Window { from: 0, to: 360 }, Window { from: 1320, to: 1440 }]);
        for mut calendar in [Calendar::standard(), nights] {
            let date = |text: &str| text.parse().expect("a date");
            calendar.exceptions.insert(date("2026-01-09"), Vec::new());
            calendar.exceptions.insert(date("2026-01-10"), vec![Window { from: 400, to: 600 }]);
            let (clock, days) = (WorkClock::new(&calendar), WorkDays::new(&calendar));
            for (from, to) in [("2026-01-05", "2026-01-19"), ("2026-01-09", "2026-01-10"), ("2026-01-10", "2026-01-10")]
            {
                let (from, to) = (at(from), at(to));
                assert_eq!(days.minutes(from.day()..to.day()), clock.between(from, to));
                let (from, to) = (Minute(from.0 + 500), Minute(to.0 + 400));
                assert!(days.stretches(from, to).eq(clock.stretches(from, to)));
            }
        }
        let mut calendar = Calendar::standard();
        calendar.exceptions.insert(at("2026-01-09").date(), Vec::new());
        calendar.exceptions.insert(at("2026-01-10").date(), vec![Window { from: 360, to: 600 }]);
        let days = at("2026-01-05").day()..at("2026-01-19").day();
        assert_eq!(WorkDays::new(&calendar).minutes_away(&days), 480, "a Saturday with hours of its own lacks nothing");
        assert!(Calendar::around_the_clock().is_always() && !calendar.is_always());
    }
}
