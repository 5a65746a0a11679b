//! The time axis: minutes to pixels and back, and the lines between days, weeks and months.

use chrono::{Datelike, Months, NaiveDate};
use domain::Minute;

/// How much time a screen shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zoom {
    Day,
    #[default]
    Week,
    Month,
    Quarter,
}

impl Zoom {
    /// Every step, from near to far.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Quarter];

    /// What people call it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Day => "Day",
            Self::Week => "Week",
            Self::Month => "Month",
            Self::Quarter => "Quarter",
        }
    }

    /// Pixels of a day.
    pub const fn day_width(self) -> f64 {
        match self {
            Self::Day => 240.0,
            Self::Week => 32.0,
            Self::Month => 9.0,
            Self::Quarter => 3.0,
        }
    }
}

/// A time axis from its origin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    pub origin: Minute,
    /// Pixels of a day.
    pub day: f64,
}

impl Scale {
    /// Nearest and farthest, in pixels of a day.
    const RANGE: (f64, f64) = (0.8, 480.0);

    /// The usual step from this origin.
    pub fn new(origin: Minute) -> Self {
        Self { origin, day: Zoom::default().day_width() }
    }

    /// Makes a day this wide, within what can be read.
    pub const fn set_day(&mut self, width: f64) {
        self.day = width.clamp(Self::RANGE.0, Self::RANGE.1);
    }

    /// Pixels of a day at which everything from the origin to `finish` has room in `room` pixels, with names beside the
    /// last bars; never nearer than the usual step.
    pub fn fitting(&self, finish: Minute, room: f64) -> f64 {
        /// Room for the name of the last bar.
        const BESIDE: f64 = 110.0;
        #[expect(clippy::cast_precision_loss, reason = "days of a plan are few")]
        let days = ((finish.0 - self.origin.0) as f64 / Minute::DAY as f64).max(1.0);
        ((room - BESIDE).max(BESIDE) / days).clamp(Self::RANGE.0, Zoom::default().day_width())
    }

    /// The step whose units have room at this width.
    pub fn zoom(&self) -> Zoom {
        match self.day {
            day if day >= 70.0 => Zoom::Day,
            day if day >= 18.0 => Zoom::Week,
            day if day >= 7.0 => Zoom::Month,
            _ => Zoom::Quarter,
        }
    }

    /// Pixels from the origin.
    #[expect(clippy::cast_precision_loss, reason = "pixels need no more than 52 bits")]
    pub fn x(&self, at: Minute) -> f64 {
        (at.0 - self.origin.0) as f64 * self.day / Minute::DAY as f64
    }

    /// The minute at a pixel.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "pixels need no more than 52 bits"
    )]
    pub fn at(&self, x: f64) -> Minute {
        Minute(self.origin.0 + (x * Minute::DAY as f64 / self.day).round() as i64)
    }

    /// What a drag snaps to: an hour up close, a day from afar.
    pub fn snap(&self) -> i64 {
        if self.zoom() == Zoom::Day { 60 } else { Minute::DAY }
    }

    /// True where hours have room.
    fn shows_hours(&self) -> bool {
        self.day >= 216.0
    }

    /// Hours of the day, as many as have room.
    fn hours(&self, from: Minute, to: Minute) -> Vec<(Minute, String)> {
        let step = [1, 2, 3, 4, 6].into_iter().find(|hours| self.day * f64::from(*hours) / 24.0 >= 42.0).unwrap_or(6);
        let step = i64::from(step) * 60;
        let first = Minute(from.day() * Minute::DAY);
        let hours = std::iter::successors(Some(first), |at| Some(Minute(at.0 + step)));
        let shown = hours.take_while(|at| *at < to).take(500).skip_while(|at| at.0 + step <= from.0);
        shown.map(|at| (at, format!("{}:00", at.minute_of_day() / 60))).collect()
    }

    /// Starts of the coarse units (months, quarters, years) that touch the span, each with its label.
    pub fn coarse(&self, from: Minute, to: Minute) -> Vec<(Minute, String)> {
        if self.shows_hours() {
            return units(from.date(), to, |date| date.succ_opt(), |date| date.format("%A, %-d %B %Y").to_string());
        }
        let months = match self.zoom() {
            Zoom::Day | Zoom::Week => 1,
            Zoom::Month => 3,
            Zoom::Quarter => 12,
        };
        let first = from.date().with_day(1).unwrap_or_default();
        let first = first.with_month0(first.month0() / months * months).unwrap_or(first);
        units(
            first,
            to,
            |date| date.checked_add_months(Months::new(months)),
            |date| match months {
                12 => date.format("%Y").to_string(),
                3 => format!("Q{} {}", date.month0() / 3 + 1, date.year()),
                _ => date.format("%B %Y").to_string(),
            },
        )
    }

    /// Starts of the fine units (days, weeks, months) that touch the span, each with its label.
    pub fn fine(&self, from: Minute, to: Minute) -> Vec<(Minute, String)> {
        let date = from.date();
        if self.shows_hours() {
            return self.hours(from, to);
        }
        match self.zoom() {
            Zoom::Day => units(date, to, |date| date.succ_opt(), |date| date.format("%a %-d").to_string()),
            Zoom::Week => units(date, to, |date| date.succ_opt(), |date| date.day().to_string()),
            Zoom::Month => {
                let monday = date - chrono::TimeDelta::days(i64::from(date.weekday().num_days_from_monday()));
                let week = chrono::Days::new(7);
                units(monday, to, |date| date.checked_add_days(week), |date| date.format("%-d %b").to_string())
            }
            Zoom::Quarter => {
                let first = date.with_day(1).unwrap_or(date);
                let next = |date: NaiveDate| date.checked_add_months(Months::new(1));
                units(first, to, next, |date| date.format("%b").to_string())
            }
        }
    }
}

fn units(
    first: NaiveDate,
    to: Minute,
    next: impl Fn(NaiveDate) -> Option<NaiveDate>,
    label: impl Fn(NaiveDate) -> String,
) -> Vec<(Minute, String)> {
    let dates = std::iter::successors(Some(first), |date| next(*date));
    let shown = dates.take_while(|date| Minute::from_date(*date) < to).take(2_000);
    shown.map(|date| (Minute::from_date(date), label(date))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(zoom: Zoom) -> Scale {
        Scale { origin: "2026-01-05".parse().expect("a date"), day: zoom.day_width() }
    }

    #[test]
    fn pixels_and_minutes_are_inverse() {
        for zoom in Zoom::ALL {
            let at = "2026-03-17T08:00".parse().expect("a date");
            let found = scale(zoom).at(scale(zoom).x(at));
            assert!((found.0 - at.0).abs() <= 1, "{zoom:?}");
            assert_eq!(scale(zoom).zoom(), zoom);
        }
    }

    #[test]
    fn a_plan_is_fitted_into_the_room_that_there_is() {
        let scale = scale(Zoom::Week);
        let after = |days: i64| Minute(scale.origin.0 + days * Minute::DAY);
        assert!((scale.fitting(after(100), 610.0) - 5.0).abs() < 1e-9);
        assert!((scale.fitting(after(2), 610.0) - 32.0).abs() < 1e-9, "no nearer than weeks");
        assert!((scale.fitting(after(50_000), 610.0) - 0.8).abs() < 1e-9, "no farther than can be read");
    }

    #[test]
    fn hours_are_named_where_they_have_room() {
        let scale = Scale { day: 300.0, ..scale(Zoom::Day) };
        let (from, to) = ("2026-02-20T05:00".parse().expect("a date"), "2026-02-20T17:00".parse().expect("a date"));
        let names = |units: Vec<(Minute, String)>| units.into_iter().map(|(_, name)| name).collect::<Vec<_>>();
        assert_eq!(names(scale.coarse(from, to)), ["Friday, 20 February 2026"]);
        assert_eq!(names(scale.fine(from, to)), ["4:00", "8:00", "12:00", "16:00"]);
    }

    #[test]
    fn units_have_their_names() {
        let (from, to) = ("2026-02-20".parse().expect("a date"), "2026-04-02".parse().expect("a date"));
        let names = |units: Vec<(Minute, String)>| units.into_iter().map(|(_, name)| name).collect::<Vec<_>>();
        assert_eq!(names(scale(Zoom::Week).coarse(from, to)), ["February 2026", "March 2026", "April 2026"]);
        assert_eq!(names(scale(Zoom::Month).coarse(from, to)), ["Q1 2026", "Q2 2026"]);
        assert_eq!(names(scale(Zoom::Quarter).fine(from, to)), ["Feb", "Mar", "Apr"]);
    }
}
