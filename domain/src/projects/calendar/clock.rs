//! The arithmetic on a working calendar: when work ends that begins here, and how much lies between two moments.

use super::{Calendar, Window, length};
use crate::Minute;

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
        let days = calendar.other_days().into_iter();
        let exceptions = days.map(|(date, windows)| (Minute::from_date(date).day(), windows));
        Self::of(calendar.week.clone(), exceptions.collect())
    }

    /// Exceptions stand in the order of their days.
    fn of(week: [Vec<Window>; 7], exceptions: Vec<(i64, Vec<Window>)>) -> Self {
        let usual: [i64; 7] = std::array::from_fn(|day| length(&week[day]));
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
        Self { week, exceptions, before, continuous }
    }

    /// The same working time where time runs the other way: what was the last minute that a plan may name is the first.
    #[must_use]
    pub(in crate::projects) fn turned(&self) -> Self {
        let reversed = |windows: &[Window]| {
            let turned = windows.iter().rev().map(|window| Window { from: 1440 - window.to, to: 1440 - window.from });
            turned.collect::<Vec<_>>()
        };
        let day = |day: i64| Minute::MAX.day() - day;
        // Day 4 was a Monday.
        let week = std::array::from_fn(|weekday| {
            reversed(&self.week[Minute(day(weekday as i64 + 4) * Minute::DAY).weekday()])
        });
        let exceptions = self.exceptions.iter().rev().map(|(at, windows)| (day(*at), reversed(windows))).collect();
        Self::of(week, exceptions)
    }

    /// From here on one week is like the other.
    #[must_use]
    pub(in crate::projects) fn repeats_from(&self) -> Minute {
        Minute(self.exceptions.last().map_or(0, |(day, _)| (day + 1) * Minute::DAY))
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
    fn a_clock_that_is_turned_works_the_same_minutes_from_behind() {
        let mut calendar = Calendar::standard();
        calendar.week[4] = vec![Window { from: 0, to: 360 }, Window { from: 1_320, to: 1_440 }];
        calendar.exceptions.insert("2026-01-07".parse().expect("a date"), vec![Window { from: 540, to: 600 }]);
        let clock = WorkClock::new(&calendar);
        let turned = clock.turned();
        let end = Minute::MAX.0 + 1;
        for minute in (at("2026-01-01").0..at("2026-02-01").0).step_by(30) {
            assert_eq!(turned.is_working(Minute(end - minute - 1)), clock.is_working(Minute(minute)), "{minute}");
        }
        let (from, to) = (at("2026-01-02T10:00"), at("2026-01-30T10:00"));
        assert_eq!(turned.between(Minute(end - to.0), Minute(end - from.0)), clock.between(from, to));
        assert_eq!(turned.turned().start_at(1_000_000), clock.start_at(1_000_000));
    }
}
