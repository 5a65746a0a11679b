//! Shifts over midnight. A calendar holds such a shift in two windows, one before midnight and one behind it; it belongs to
//! the day that it begins.
//!
//! So what is said of a day takes away, or puts in its place, the shifts that begin on it: the night before runs to its
//! end, and of a night that does not begin nothing is left behind midnight either.

use std::{borrow::Cow, collections::BTreeMap};

use chrono::{Datelike, NaiveDate};

use super::{Calendar, Window};

/// Longest shift over midnight, in minutes: twelve hours. What is longer is two shifts, or work around the clock.
pub const NIGHT_MAX: u16 = 720;
/// Midnight at the end of a day.
pub const MIDNIGHT: u16 = 1_440;

impl Calendar {
    /// Until when, on a day of the week (Monday is 0), the shift goes on that began the day before.
    #[must_use]
    pub fn night_until(&self, weekday: usize) -> Option<u16> {
        let evening = self.week[(weekday + 6) % 7].last().filter(|window| window.to == MIDNIGHT)?;
        let morning = self.week[weekday].first().filter(|window| window.from == 0 && window.to < MIDNIGHT)?;
        (evening.from > 0 && MIDNIGHT - evening.from + morning.to <= NIGHT_MAX).then_some(morning.to)
    }

    /// Working time of a day, where a shift that begins the day before may go on until `night` says.
    pub(in crate::projects) fn worked(
        &self,
        date: NaiveDate,
        night: impl Fn(usize) -> Option<u16>,
    ) -> Cow<'_, [Window]> {
        let weekday = date.weekday().num_days_from_monday() as usize;
        let usual = &self.week[weekday];
        let day_before = date.pred_opt().and_then(|date| self.exceptions.get(&date));
        match (self.exceptions.get(&date), day_before) {
            (None, None) => Cow::Borrowed(usual),
            (Some(own), Some(_)) => Cow::Borrowed(own),
            (Some(own), None) => match night(weekday) {
                Some(until) => Cow::Owned(with_morning(own, until)),
                None => Cow::Borrowed(own),
            },
            (None, Some(before)) => {
                let begins = before.last().is_some_and(|window| window.to == MIDNIGHT);
                match night(weekday).filter(|_| !begins) {
                    Some(until) => Cow::Owned(without_morning(usual, until)),
                    None => Cow::Borrowed(usual),
                }
            }
        }
    }

    /// Every day that is worked otherwise than its weekday, with all that is worked from midnight to midnight.
    #[must_use]
    pub fn other_days(&self) -> BTreeMap<NaiveDate, Vec<Window>> {
        self.other_days_by(|weekday| self.night_until(weekday))
    }

    fn other_days_by(&self, night: impl Fn(usize) -> Option<u16>) -> BTreeMap<NaiveDate, Vec<Window>> {
        let mut days = BTreeMap::new();
        for date in self.exceptions.keys() {
            days.insert(*date, self.worked(*date, &night).into_owned());
            let Some(next) = date.succ_opt().filter(|next| !self.exceptions.contains_key(next)) else { continue };
            if let Cow::Owned(windows) = self.worked(next, &night) {
                days.insert(next, windows);
            }
        }
        days
    }

    /// The calendar of somebody who works by `others`, too: who is there around the clock is away for the shifts that begin
    /// on a day of absence, and it is the others that know of shifts.
    #[must_use]
    pub(in crate::projects) fn beside<'a>(&self, others: impl IntoIterator<Item = &'a Self>) -> Self {
        if self.exceptions.is_empty() {
            return self.clone();
        }
        let others: Vec<&Self> = others.into_iter().collect();
        let through = |weekday: usize, until: u16| {
            let evening = self.week[(weekday + 6) % 7].last().is_some_and(|window| window.to == MIDNIGHT);
            evening && self.week[weekday].first().is_some_and(|window| window.from == 0 && window.to >= until)
        };
        let night = |weekday: usize| {
            let theirs = others.iter().filter_map(|calendar| calendar.night_until(weekday));
            self.night_until(weekday).or_else(|| theirs.filter(|until| through(weekday, *until)).max())
        };
        Self { exceptions: self.other_days_by(night), ..self.clone() }
    }

    /// The same working time in as few days as need to be said, where every day was said from midnight to midnight.
    #[must_use]
    pub fn in_shifts(&self) -> Self {
        let mut told = self.clone();
        for (date, windows) in &self.exceptions {
            let weekday = date.weekday().num_days_from_monday() as usize;
            let (Some(until), Some(before)) = (self.night_until(weekday), date.pred_opt()) else { continue };
            // The days before have been told already.
            if told.exceptions.contains_key(&before) {
                if *windows == without_morning(&self.week[weekday], until) {
                    told.exceptions.remove(date);
                }
            } else if let Some((first, rest)) = windows.split_first()
                && *first == (Window { from: 0, to: until })
            {
                told.exceptions.insert(*date, rest.to_vec());
            }
        }
        // What was said by hand may look like it and mean something else.
        if told.other_days() == self.other_days() { told } else { self.clone() }
    }
}

fn with_morning(windows: &[Window], until: u16) -> Vec<Window> {
    let mut all = vec![Window { from: 0, to: until }];
    for window in windows {
        match all.last_mut() {
            Some(last) if window.from <= last.to => last.to = last.to.max(window.to),
            _ => all.push(*window),
        }
    }
    all
}

fn without_morning(windows: &[Window], until: u16) -> Vec<Window> {
    let left = windows.iter().filter(|window| window.to > until);
    left.map(|window| Window { from: window.from.max(until), ..*window }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Minute, projects::calendar::WorkClock};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn at(text: &str) -> Minute {
        text.parse().expect("a moment")
    }

    fn window(from: u16, to: u16) -> Window {
        Window { from: from * 60, to: to * 60 }
    }

    /// Nights from Monday to Friday, 22:00 to 06:00.
    fn nights() -> Calendar {
        let mut calendar = Calendar::default();
        for weekday in 0..5 {
            calendar.week[weekday].push(window(22, 24));
            calendar.week[weekday + 1].insert(0, window(0, 6));
        }
        calendar
    }

    #[test]
    fn a_day_off_takes_away_the_night_that_begins_on_it_and_no_other() {
        let mut calendar = nights();
        // A Wednesday.
        calendar.exceptions.insert(day("2026-01-07"), Vec::new());
        let clock = WorkClock::new(&calendar);
        let hours = |from: &str, to: &str| clock.between(at(from), at(to)) / 60;
        assert_eq!(hours("2026-01-06T12:00", "2026-01-07T12:00"), 8, "Tuesday's night runs to its end");
        assert_eq!(hours("2026-01-07T12:00", "2026-01-08T12:00"), 0, "Wednesday's does not begin");
        assert_eq!(hours("2026-01-08T12:00", "2026-01-09T12:00"), 8, "Thursday's is as usual");
        assert_eq!(calendar.windows(at("2026-01-07")).into_owned(), [window(0, 6)]);
        assert_eq!(calendar.windows(at("2026-01-08")).into_owned(), [window(22, 24)]);
    }

    #[test]
    fn a_week_off_begins_and_ends_with_its_shifts() {
        let mut calendar = nights();
        for date in ["2026-01-12", "2026-01-13", "2026-01-14", "2026-01-15", "2026-01-16"] {
            calendar.exceptions.insert(day(date), Vec::new());
        }
        let clock = WorkClock::new(&calendar);
        // The Saturday before ends with Friday's night; the one behind it has none.
        assert_eq!(clock.between(at("2026-01-10"), at("2026-01-19T12:00")), 6 * 60);
        assert_eq!(clock.next_start(at("2026-01-10T06:00")), at("2026-01-19T22:00"));
    }

    #[test]
    fn other_hours_stand_beside_the_end_of_the_night_before() {
        let mut calendar = nights();
        calendar.exceptions.insert(day("2026-01-07"), vec![window(8, 12)]);
        assert_eq!(calendar.windows(at("2026-01-07")).into_owned(), [window(0, 6), window(8, 12)]);
        calendar.exceptions.insert(day("2026-01-07"), vec![window(5, 12), window(20, 24)]);
        assert_eq!(calendar.windows(at("2026-01-07")).into_owned(), [window(0, 12), window(20, 24)]);
        assert_eq!(calendar.windows(at("2026-01-08")).into_owned(), [window(0, 6), window(22, 24)], "it goes on");
    }

    #[test]
    fn who_is_there_around_the_clock_is_away_for_whole_shifts() {
        let mut anna = Calendar::around_the_clock();
        anna.exceptions.insert(day("2026-01-07"), Vec::new());
        assert_eq!(anna.beside([&Calendar::standard()]), anna, "days end at midnight where nobody works then");
        let clock = WorkClock::new(&anna.beside([&Calendar::standard(), &nights()]));
        assert!(clock.is_working(at("2026-01-07T05:59")) && !clock.is_working(at("2026-01-07T06:00")));
        assert!(!clock.is_working(at("2026-01-08T05:59")) && clock.is_working(at("2026-01-08T06:00")));
        assert_eq!(anna.beside([&nights()]).beside([&nights()]), anna.beside([&nights()]));
    }

    #[test]
    fn days_from_midnight_to_midnight_are_told_in_shifts() {
        let mut calendar = nights();
        calendar.exceptions.insert(day("2026-01-07"), Vec::new());
        calendar.exceptions.insert(day("2026-01-09"), vec![window(8, 12)]);
        let by_days = Calendar { exceptions: calendar.other_days(), ..calendar.clone() };
        assert_eq!(by_days.exceptions.len(), 4);
        assert_eq!(by_days.in_shifts(), calendar);
        assert_eq!(by_days.other_days(), calendar.other_days());
        assert_eq!(Calendar::standard().in_shifts(), Calendar::standard());
    }
}
