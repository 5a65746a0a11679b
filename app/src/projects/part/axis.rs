//! A time axis of bars that stand below each other: a few marks with their names, whatever the span.

use chrono::{Datelike, Months, NaiveDate};

use domain::Minute;

/// From a first to a last moment, as parts of a hundred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    from: Minute,
    to: Minute,
}

impl Axis {
    /// An axis of whole days around the moments, with a little room.
    #[must_use]
    pub fn around(moments: impl IntoIterator<Item = Minute>) -> Self {
        let (mut first, mut last) = (i64::MAX, i64::MIN);
        for at in moments {
            first = first.min(at.day());
            last = last.max(at.day() + 1);
        }
        if first > last {
            (first, last) = (0, 1);
        }
        let room = (last - first) / 50 + 1;
        Self { from: Minute((first - room) * Minute::DAY), to: Minute((last + room) * Minute::DAY) }
    }

    /// Where a moment stands, 0 to 100; what lies outside stands at the edge.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a place on a screen needs no more than 52 bits")]
    pub fn place(&self, at: Minute) -> f64 {
        let whole = (self.to.0 - self.from.0).max(1);
        let part = (at.0 - self.from.0).clamp(0, whole);
        part as f64 * 100.0 / whole as f64
    }

    /// True where the moment lies on the axis.
    #[must_use]
    pub fn holds(&self, at: Minute) -> bool {
        self.from <= at && at < self.to
    }

    /// Starts of days, weeks, months, quarters or years, with their names: the finest unit that gives no more than 14 marks.
    #[must_use]
    pub fn marks(&self) -> Vec<(Minute, String)> {
        let days = (self.to.0 - self.from.0) / Minute::DAY;
        if days <= 98 {
            let monday = self.from.day() - self.from.weekday() as i64 + 7;
            // A few days are named one by one.
            let (first, step) = if days <= 10 { (self.from.day(), 1) } else { (monday, 7) };
            let weeks = (first..self.to.day()).step_by(step).map(|day| Minute(day * Minute::DAY));
            return weeks.map(|at| (at, at.date().format("%-d %b").to_string())).collect();
        }
        let months = match days {
            ..=420 => 1,
            421..=1_260 => 3,
            _ => 12 * u32::try_from(days / 5_110 + 1).unwrap_or(1),
        };
        let first = self.from.date().with_day(1).unwrap_or_default();
        let first = first.with_month0(first.month0() / months.min(12) * months.min(12)).unwrap_or(first);
        let dates = std::iter::successors(Some(first), |date| date.checked_add_months(Months::new(months)));
        let name = |date: NaiveDate| match months {
            1 if date.month0() > 0 => date.format("%b").to_string(),
            1 => date.format("%b %Y").to_string(),
            3 => format!("Q{} {}", date.month0() / 3 + 1, date.year()),
            _ => date.year().to_string(),
        };
        dates
            .map(|date| (Minute::from_date(date), name(date)))
            .take_while(|(at, _)| *at < self.to)
            .filter(|(at, _)| self.holds(*at))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(from: &str, to: &str) -> Axis {
        Axis::around([from, to].map(|text| text.parse().expect("a date")))
    }

    #[test]
    fn moments_stand_between_the_edges() {
        let axis = axis("2026-01-05T08:00", "2026-01-16T17:00");
        let place = |text: &str| axis.place(text.parse().expect("a date"));
        assert!(place("2026-01-05T08:00") > 0.0 && place("2026-01-16T17:00") < 100.0);
        assert!((place("2020-01-01") - 0.0).abs() < f64::EPSILON && (place("2030-01-01") - 100.0).abs() < f64::EPSILON);
    }

    #[test]
    fn there_are_never_more_marks_than_can_be_read() {
        let names = |from: &str, to: &str| axis(from, to).marks().into_iter().map(|(_, name)| name).collect::<Vec<_>>();
        assert_eq!(names("2026-01-05", "2026-01-16"), ["5 Jan", "12 Jan"]);
        assert_eq!(names("2026-11-20", "2027-04-01")[..3], ["Dec", "Jan 2027", "Feb"]);
        assert_eq!(names("2026-01-15", "2027-08-01")[0], "Q2 2026");
        for to in ["2026-03-20", "2026-12-31", "2028-06-01", "2036-01-01", "2199-01-01"] {
            assert!((1..=16).contains(&names("2026-01-15", to).len()), "{to}: {:?}", names("2026-01-15", to));
        }
        assert_eq!(Axis::around([]).marks().len(), 3);
    }
}
