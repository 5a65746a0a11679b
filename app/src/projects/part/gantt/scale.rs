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
            Self::Day => 120.0,
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
    pub zoom: Zoom,
}

impl Scale {
    /// Pixels from the origin.
    #[expect(clippy::cast_precision_loss, reason = "pixels need no more than 52 bits")]
    pub fn x(&self, at: Minute) -> f64 {
        (at.0 - self.origin.0) as f64 * self.zoom.day_width() / Minute::DAY as f64
    }

    /// The minute at a pixel.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "pixels need no more than 52 bits"
    )]
    pub fn at(&self, x: f64) -> Minute {
        Minute(self.origin.0 + (x * Minute::DAY as f64 / self.zoom.day_width()).round() as i64)
    }

    /// What a drag snaps to: an hour up close, a day from afar.
    pub const fn snap(&self) -> i64 {
        if matches!(self.zoom, Zoom::Day) { 60 } else { Minute::DAY }
    }

    /// Starts of the coarse units (months, quarters, years) that touch the span, each with its label.
    pub fn coarse(&self, from: Minute, to: Minute) -> Vec<(Minute, String)> {
        let months = match self.zoom {
            Zoom::Day | Zoom::Week => 1,
            Zoom::Month => 3,
            Zoom::Quarter => 12,
        };
        let first = from.date().with_day(1).unwrap_or_default();
        let first = first.with_month0(first.month0() / months * months).unwrap_or(first);
        self.units(
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
        match self.zoom {
            Zoom::Day => self.units(date, to, |date| date.succ_opt(), |date| date.format("%a %-d").to_string()),
            Zoom::Week => self.units(date, to, |date| date.succ_opt(), |date| date.day().to_string()),
            Zoom::Month => {
                let monday = date - chrono::TimeDelta::days(i64::from(date.weekday().num_days_from_monday()));
                self.units(
                    monday,
                    to,
                    |date| date.checked_add_days(chrono::Days::new(7)),
                    |date| date.format("%-d %b").to_string(),
                )
            }
            Zoom::Quarter => {
                let first = date.with_day(1).unwrap_or(date);
                self.units(
                    first,
                    to,
                    |date| date.checked_add_months(Months::new(1)),
                    |date| date.format("%b").to_string(),
                )
            }
        }
    }

    fn units(
        &self,
        first: NaiveDate,
        to: Minute,
        next: impl Fn(NaiveDate) -> Option<NaiveDate>,
        label: impl Fn(NaiveDate) -> String,
    ) -> Vec<(Minute, String)> {
        let dates =
            std::iter::successors(Some(first), |date| next(*date)).take_while(|date| Minute::from_date(*date) < to);
        dates.take(2_000).map(|date| (Minute::from_date(date), label(date))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(zoom: Zoom) -> Scale {
        Scale { origin: "2026-01-05".parse().expect("a date"), zoom }
    }

    #[test]
    fn pixels_and_minutes_are_inverse() {
        for zoom in Zoom::ALL {
            let at = "2026-03-17T08:00".parse().expect("a date");
            let found = scale(zoom).at(scale(zoom).x(at));
            assert!((found.0 - at.0).abs() <= 1, "{zoom:?}");
        }
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
