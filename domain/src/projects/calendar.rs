//! Working calendars: a week pattern with several windows a day, and exceptions by date; and the arithmetic on them.

use std::{collections::BTreeMap, fmt, ops::Range};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::Minute;

/// Working time within a day, in minutes since midnight: `from < to`, `to` at most 1440.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Window {
    pub from: u16,
    pub to: u16,
}

/// A working calendar.
///
/// *Invariant (checked by [`Calendar::check`]):* windows of a day are sorted and do not overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Calendar {
    /// Monday first.
    pub week: [Vec<Window>; 7],
    /// What holds on a date instead of its weekday; an empty list is a day off.
    pub exceptions: BTreeMap<NaiveDate, Vec<Window>>,
}

/// Why a calendar cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarFault {
    /// A window that ends before it starts, or after midnight.
    Window { day: String, window: Window },
    /// Two windows of a day overlap or stand in the wrong order.
    Overlap { day: String },
    /// No weekday has working time, so nothing would ever end.
    NoWork,
}

impl fmt::Display for CalendarFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        match self {
            Self::Window { day, window } => {
                write!(
                    f,
                    "{day}: working time from {} to {} does not end after it starts.",
                    clock(window.from),
                    clock(window.to)
                )
            }
            Self::Overlap { day } => write!(f, "{day}: working times overlap or stand in the wrong order."),
            Self::NoWork => f.write_str("No weekday has working time; a task on this calendar would never end."),
        }
    }
}

const DAY_NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

impl Calendar {
    /// Monday to Friday, 08:00 to 12:00 and 13:00 to 17:00.
    #[must_use]
    pub fn standard() -> Self {
        let day = vec![Window { from: 480, to: 720 }, Window { from: 780, to: 1020 }];
        let mut week: [Vec<Window>; 7] = std::array::from_fn(|_| day.clone());
        week[5].clear();
        week[6].clear();
        Self { week, exceptions: BTreeMap::new() }
    }

    /// Every minute of every day.
    #[must_use]
    pub fn around_the_clock() -> Self {
        Self { week: std::array::from_fn(|_| vec![Window { from: 0, to: 1440 }]), exceptions: BTreeMap::new() }
    }

    /// Monday to Friday from midnight to midnight: whole days.
    #[must_use]
    pub fn whole_days() -> Self {
        let mut calendar = Self::around_the_clock();
        calendar.week[5].clear();
        calendar.week[6].clear();
        calendar
    }

    /// # Errors
    /// The first thing that is wrong, with its day.
    pub fn check(&self) -> Result<(), CalendarFault> {
        for (windows, name) in self.week.iter().zip(DAY_NAMES) {
            check_day(windows, || name.to_owned())?;
        }
        for (date, windows) in &self.exceptions {
            check_day(windows, || date.to_string())?;
        }
        if self.week.iter().all(Vec::is_empty) { Err(CalendarFault::NoWork) } else { Ok(()) }
    }

    /// Working time of a day, in windows.
    #[must_use]
    pub fn windows(&self, at: Minute) -> &[Window] {
        self.exceptions.get(&at.date()).unwrap_or(&self.week[at.weekday()])
    }

    /// True where the week has no hours of its own: on all but the other days, every minute of it works.
    #[must_use]
    pub fn is_always(&self) -> bool {
        let whole = |day: &Vec<Window>| matches!(day[..], [Window { from: 0, to: 1440 }]);
        self.week.iter().all(whole)
    }

    /// The stretches of working time between two moments, in order. For many questions to one calendar make a
    /// [`WorkClock`]; for few, this needs no table.
    pub fn stretches(&self, from: Minute, to: Minute) -> impl Iterator<Item = (Minute, Minute)> {
        let last = if from < to { Minute(to.0 - 1).day() } else { from.day() - 1 };
        (from.day()..=last).flat_map(move |day| {
            let midnight = day * Minute::DAY;
            let other = if self.exceptions.is_empty() { None } else { self.exceptions.get(&Minute(midnight).date()) };
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
    pub fn minutes_of(&self, days: Range<i64>) -> i64 {
        let exceptions = self.exceptions_of(&days).map(|(usual, other)| other - usual).sum::<i64>();
        self.usual_minutes(days) + exceptions
    }

    /// Working minutes that these days lack, since they are otherwise than their weekdays: absences, holidays.
    #[must_use]
    pub fn minutes_away(&self, days: &Range<i64>) -> i64 {
        self.exceptions_of(days).map(|(usual, other)| (usual - other).max(0)).sum()
    }

    fn usual_minutes(&self, days: Range<i64>) -> i64 {
        let usual = |day: i64| length(&self.week[Minute(day * Minute::DAY).weekday()]);
        let weeks = (days.end - days.start).max(0) / 7;
        let rest = days.start + weeks * 7..days.end;
        weeks * self.week.iter().map(|day| length(day)).sum::<i64>() + rest.map(usual).sum::<i64>()
    }

    /// Minutes of each other day: as its weekday is, and as it is itself.
    fn exceptions_of(&self, days: &Range<i64>) -> impl Iterator<Item = (i64, i64)> {
        let date = |day: i64| Minute(day * Minute::DAY).date();
        let there = if days.is_empty() { None } else { Some(date(days.start)..date(days.end)) };
        let other = there.into_iter().flat_map(|days| self.exceptions.range(days));
        other.map(|(date, windows)| (length(&self.week[Minute::from_date(*date).weekday()]), length(windows)))
    }

    /// Working minutes of the longest usual weekday: what "a day" means in a duration. 480 where there is none.
    #[must_use]
    pub fn minutes_per_day(&self) -> i64 {
        self.week.iter().map(|day| length(day)).max().filter(|minutes| *minutes > 0).unwrap_or(480)
    }
}

fn check_day(windows: &[Window], name: impl Fn() -> String) -> Result<(), CalendarFault> {
    if let Some(window) = windows.iter().find(|window| window.from >= window.to || window.to > 1440) {
        return Err(CalendarFault::Window { day: name(), window: *window });
    }
    if windows.windows(2).any(|pair| pair[0].to > pair[1].from) {
        return Err(CalendarFault::Overlap { day: name() });
    }
    Ok(())
}

fn length(windows: &[Window]) -> i64 {
    windows.iter().map(|window| i64::from(window.to - window.from)).sum()
}

/// Days that a clock knows: 1970 to 2330, so that a century of work behind the last date still ends somewhere.
const DAYS: usize = 131_490;

/// A calendar made ready for arithmetic. Work is counted in minutes since 1970; every question is a look-up or a
/// search over days that gallops from a good guess.
#[derive(Clone, Debug)]
pub struct WorkClock {
    week: [Vec<Window>; 7],
    exceptions: Vec<(i64, Vec<Window>)>,
    /// Working minutes before each day.
    before: Vec<i32>,
    /// Every minute works: sums are differences.
    continuous: bool,
}

impl WorkClock {
    /// Makes a calendar ready.
    #[must_use]
    pub fn new(calendar: &Calendar) -> Self {
        let exceptions: Vec<(i64, Vec<Window>)> = calendar
            .exceptions
            .iter()
            .map(|(date, windows)| (Minute::from_date(*date).day(), windows.clone()))
            .collect();
        let usual: [i64; 7] = std::array::from_fn(|day| length(&calendar.week[day]));
        let mut before = Vec::with_capacity(DAYS + 1);
        let mut sum = 0_i64;
        let mut next = exceptions.iter().filter(|(day, _)| *day >= 0).peekable();
        for day in 0..DAYS {
            before.push(i32::try_from(sum).unwrap_or(i32::MAX));
            sum += match next.next_if(|(exception, _)| *exception == day as i64) {
                Some((_, windows)) => length(windows),
                // 1970-01-01 was a Thursday.
                None => usual[(day + 3) % 7],
            };
        }
        before.push(i32::try_from(sum).unwrap_or(i32::MAX));
        let continuous = exceptions.is_empty() && usual.iter().all(|minutes| *minutes == Minute::DAY);
        Self { week: calendar.week.clone(), exceptions, before, continuous }
    }

    fn windows(&self, day: usize) -> &[Window] {
        if !self.exceptions.is_empty()
            && let Ok(index) = self.exceptions.binary_search_by_key(&(day as i64), |(day, _)| *day)
        {
            return &self.exceptions[index].1;
        }
        &self.week[(day + 3) % 7]
    }

    fn sum(&self, day: usize) -> i64 {
        i64::from(self.before[day])
    }

    /// Working minutes from 1970 to `at`.
    #[must_use]
    pub fn work_before(&self, at: Minute) -> i64 {
        if self.continuous {
            return at.0.max(0);
        }
        if at.0 <= 0 {
            return 0;
        }
        let day = usize::try_from(at.day()).unwrap_or(0);
        if day >= DAYS {
            return self.sum(DAYS);
        }
        let minute = at.minute_of_day();
        let within: i64 = self
            .windows(day)
            .iter()
            .map(|window| (minute.min(i64::from(window.to)) - i64::from(window.from)).max(0))
            .sum();
        self.sum(day) + within
    }

    /// The last day before which less than `work` minutes were worked (`strict`), or at most `work`.
    fn day_of(&self, work: i64, strict: bool) -> usize {
        let enough = |day: usize| if strict { self.sum(day) >= work } else { self.sum(day) > work };
        // Most calendars work between a tenth and the whole of the time: the average finds the neighbourhood.
        let total = self.sum(DAYS).max(1);
        let guess =
            usize::try_from(i128::from(work.clamp(0, total)) * DAYS as i128 / i128::from(total)).unwrap_or(0).min(DAYS);
        let (mut low, mut high, mut step) = (guess, guess, 1_usize);
        while low > 0 && enough(low) {
            low = low.saturating_sub(step);
            step *= 2;
        }
        step = 1;
        while high < DAYS && !enough(high) {
            high = (high + step).min(DAYS);
            step *= 2;
        }
        let span = &self.before[low..=high];
        let found = span.partition_point(|sum| if strict { i64::from(*sum) < work } else { i64::from(*sum) <= work });
        (low + found).saturating_sub(1).min(DAYS - 1)
    }

    /// When the minute of work after the first `work` minutes begins: a start.
    #[must_use]
    pub fn start_at(&self, work: i64) -> Minute {
        if self.continuous {
            return Minute(work.max(0));
        }
        let day = self.day_of(work.max(0), false);
        let mut left = work.max(0) - self.sum(day);
        for window in self.windows(day) {
            let size = i64::from(window.to - window.from);
            if left < size {
                return Minute(day as i64 * Minute::DAY + i64::from(window.from) + left);
            }
            left -= size;
        }
        Minute(DAYS as i64 * Minute::DAY)
    }

    /// When the first `work` minutes have been worked: a finish.
    #[must_use]
    pub fn finish_at(&self, work: i64) -> Minute {
        if self.continuous {
            return Minute(work.max(0));
        }
        if work <= 0 {
            return Minute(0);
        }
        let day = self.day_of(work, true);
        let mut left = work - self.sum(day);
        for window in self.windows(day) {
            let size = i64::from(window.to - window.from);
            if left <= size {
                return Minute(day as i64 * Minute::DAY + i64::from(window.from) + left);
            }
            left -= size;
        }
        Minute(DAYS as i64 * Minute::DAY)
    }

    /// The first working minute at or after `at`.
    #[must_use]
    pub fn next_start(&self, at: Minute) -> Minute {
        if self.continuous || self.is_working(at) { at } else { self.start_at(self.work_before(at)) }
    }

    /// The last end of a working minute at or before `at`.
    #[must_use]
    pub fn previous_finish(&self, at: Minute) -> Minute {
        if self.continuous { at } else { self.finish_at(self.work_before(at)) }
    }

    /// True where work goes on at `at`.
    #[must_use]
    pub fn is_working(&self, at: Minute) -> bool {
        if at.0 < 0 || at.day() >= DAYS as i64 {
            return false;
        }
        let minute = at.minute_of_day();
        let day = usize::try_from(at.day()).unwrap_or(0);
        self.windows(day).iter().any(|window| i64::from(window.from) <= minute && minute < i64::from(window.to))
    }

    /// The stretches of working time between two moments, in order.
    pub fn stretches(&self, from: Minute, to: Minute) -> impl Iterator<Item = (Minute, Minute)> {
        let whole = self.continuous && from < to;
        let (first, last) = if whole || from >= to { (1, 0) } else { (from.day().max(0), Minute(to.0 - 1).day()) };
        let days = (first..=last.min(DAYS as i64 - 1)).flat_map(move |day| {
            let midnight = day * Minute::DAY;
            let windows = usize::try_from(day).map_or(&[] as &[Window], |day| self.windows(day));
            windows.iter().filter_map(move |window| {
                let begin = Minute(midnight + i64::from(window.from)).max(from);
                let end = Minute(midnight + i64::from(window.to)).min(to);
                (begin < end).then_some((begin, end))
            })
        });
        whole.then_some((from, to)).into_iter().chain(days)
    }

    /// True where every minute of every day works.
    #[must_use]
    pub const fn is_continuous(&self) -> bool {
        self.continuous
    }

    /// When `work` minutes that begin at `start` are done.
    #[must_use]
    pub fn finish_of(&self, start: Minute, work: i64) -> Minute {
        if work <= 0 { start } else { self.finish_at(self.work_before(start) + work) }
    }

    /// When `work` minutes that are done at `finish` begin.
    #[must_use]
    pub fn start_of(&self, finish: Minute, work: i64) -> Minute {
        if work <= 0 { finish } else { self.start_at(self.work_before(finish) - work) }
    }

    /// Working minutes from one to the other; below zero where `to` is before `from`.
    #[must_use]
    pub fn between(&self, from: Minute, to: Minute) -> i64 {
        self.work_before(to) - self.work_before(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Minute {
        text.parse().expect("a date")
    }

    #[test]
    fn work_skips_nights_breaks_and_weekends() {
        let clock = WorkClock::new(&Calendar::standard());
        assert_eq!(clock.finish_of(at("2026-01-09T08:00"), 480), at("2026-01-09T17:00"));
        assert_eq!(clock.finish_of(at("2026-01-09T16:00"), 120), at("2026-01-12T09:00"));
        assert_eq!(clock.start_of(at("2026-01-12T09:00"), 120), at("2026-01-09T16:00"));
        assert_eq!(clock.next_start(at("2026-01-09T17:00")), at("2026-01-12T08:00"));
        assert_eq!(clock.previous_finish(at("2026-01-12T08:00")), at("2026-01-09T17:00"));
        assert_eq!(clock.between(at("2026-01-12T08:00"), at("2026-01-09T08:00")), -480);
    }

    #[test]
    fn forty_eight_hours_before_christmas_eve_begin_on_the_seventeenth() {
        // frePPLe's example of working hours: 08:00 to 17:00 with an hour for lunch.
        let clock = WorkClock::new(&Calendar::standard());
        assert_eq!(clock.start_of(at("2025-12-24T17:00"), 48 * 60), at("2025-12-17T08:00"));
        assert_eq!(clock.finish_of(at("2023-12-15T08:00"), 48 * 60), at("2023-12-22T17:00"));
    }

    #[test]
    fn an_exception_counts_instead_of_its_weekday() {
        let mut calendar = Calendar::standard();
        let date = |text: &str| text.parse().expect("a date");
        calendar.exceptions.insert(date("2026-01-09"), Vec::new());
        calendar.exceptions.insert(date("2026-01-10"), vec![Window { from: 360, to: 600 }]);
        let clock = WorkClock::new(&calendar);
        assert_eq!(clock.finish_of(at("2026-01-08T08:00"), 480 + 240), at("2026-01-10T10:00"));
    }

    #[test]
    fn a_calendar_counts_as_its_clock_does() {
        let mut calendar = Calendar::standard();
        let date = |text: &str| text.parse().expect("a date");
        calendar.exceptions.insert(date("2026-01-09"), Vec::new());
        calendar.exceptions.insert(date("2026-01-10"), vec![Window { from: 360, to: 600 }]);
        let clock = WorkClock::new(&calendar);
        for (from, to) in [("2026-01-05", "2026-01-19"), ("2026-01-09", "2026-01-10"), ("2026-01-10", "2026-01-10")] {
            let (from, to) = (at(from), at(to));
            assert_eq!(calendar.minutes_of(from.day()..to.day()), clock.between(from, to));
            let (from, to) = (Minute(from.0 + 500), Minute(to.0 + 400));
            assert!(calendar.stretches(from, to).eq(clock.stretches(from, to)));
        }
        let days = at("2026-01-05").day()..at("2026-01-19").day();
        assert_eq!(calendar.minutes_away(&days), 480, "a Saturday with hours of its own lacks nothing");
        assert!(Calendar::around_the_clock().is_always() && !calendar.is_always());
    }

    #[test]
    fn every_minute_is_found_again() {
        let mut calendar = Calendar::standard();
        calendar.week[5] = vec![Window { from: 0, to: 1440 }];
        let clock = WorkClock::new(&calendar);
        for work in (0..2_000_000).step_by(997) {
            assert_eq!(clock.work_before(clock.start_at(work)), work);
            assert_eq!(clock.work_before(clock.finish_at(work)), work);
            assert!(clock.is_working(clock.start_at(work)));
        }
    }

    #[test]
    fn faults_name_the_day() {
        let mut calendar = Calendar::standard();
        calendar.week[1] = vec![Window { from: 600, to: 540 }];
        assert!(
            calendar.check().expect_err("turned").to_string().starts_with("Tuesday: working time from 10:00 to 09:00")
        );
        assert_eq!(Calendar::default().check(), Err(CalendarFault::NoWork));
    }
}
