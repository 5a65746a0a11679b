//! Days, weeks and months beside each other.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{Fault, Minute};

/// Columns that may stand beside each other.
pub const COLUMNS_MAX: usize = 400;

/// How much time a column has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ColumnStep {
    #[default]
    Day,
    /// Monday to Sunday.
    Week,
    Month,
}

impl ColumnStep {
    /// Every step, the finest first.
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    /// As addresses spell it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The step with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// What people call its columns.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Day => "Days",
            Self::Week => "Weeks",
            Self::Month => "Months",
        }
    }

    /// Columns where nobody says how many: four weeks, a quarter and a bit, a year.
    #[must_use]
    pub const fn usual(self) -> i32 {
        match self {
            Self::Day => 28,
            Self::Week => 16,
            Self::Month => 12,
        }
    }

    /// The first day of the column that a day lies in.
    #[must_use]
    pub fn begin(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Day => day,
            Self::Week => {
                let days = chrono::Days::new(u64::from(day.weekday().num_days_from_monday()));
                day.checked_sub_days(days).unwrap_or(day)
            }
            Self::Month => day.with_day(1).unwrap_or(day),
        }
    }

    /// Where columns begin that show the present: this Monday, or the first of this month.
    #[must_use]
    pub fn around(self, today: NaiveDate) -> NaiveDate {
        if self == Self::Day { Self::Week.begin(today) } else { self.begin(today) }
    }

    /// The last day of as many columns as there usually are, from that of a day on.
    #[must_use]
    pub fn last(self, first: NaiveDate) -> NaiveDate {
        let end = self.later(self.begin(first), self.usual());
        end.pred_opt().unwrap_or(end)
    }

    /// So many columns later, or earlier; the day itself where time ends.
    #[must_use]
    pub fn later(self, day: NaiveDate, columns: i32) -> NaiveDate {
        let (many, days) = (columns.unsigned_abs(), |days: u32| chrono::Days::new(u64::from(days)));
        let moved = match (self, columns >= 0) {
            (Self::Day, true) => day.checked_add_days(days(many)),
            (Self::Day, false) => day.checked_sub_days(days(many)),
            (Self::Week, true) => day.checked_add_days(days(many.saturating_mul(7))),
            (Self::Week, false) => day.checked_sub_days(days(many.saturating_mul(7))),
            (Self::Month, true) => day.checked_add_months(Months::new(many)),
            (Self::Month, false) => day.checked_sub_months(Months::new(many)),
        };
        moved.unwrap_or(day)
    }
}

/// Stretches of whole days, one behind the other.
///
/// *Invariant:* at least one, each with at least one day, all in the years that a plan may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// Midnights: one more than there are columns.
    bounds: Vec<Minute>,
}

impl Columns {
    /// The columns from that of the first day to that of the last.
    ///
    /// # Errors
    /// `InvalidInput` on `from` or `to`.
    pub fn new(step: ColumnStep, first: NaiveDate, last: NaiveDate) -> Result<Self, Fault> {
        check(first, last)?;
        let mut bounds = Vec::new();
        let mut day = step.begin(first);
        while day <= last {
            bounds.push(Minute::from_date(day));
            if bounds.len() > COLUMNS_MAX {
                let title = step.title().to_lowercase();
                return Err(Fault::field("to", format!("At most {COLUMNS_MAX} {title} stand beside each other.")));
            }
            day = step.later(day, 1);
        }
        bounds.push(Minute::from_date(day));
        Ok(Self { bounds })
    }

    /// One column of all these days.
    ///
    /// # Errors
    /// `InvalidInput` on `from` or `to`.
    pub fn one(first: NaiveDate, last: NaiveDate) -> Result<Self, Fault> {
        check(first, last)?;
        let end = Minute(Minute::from_date(last).0 + Minute::DAY);
        Ok(Self { bounds: vec![Minute::from_date(first), end] })
    }

    /// Beginning and end of each.
    pub fn spans(&self) -> impl Iterator<Item = (Minute, Minute)> {
        self.bounds.iter().copied().zip(self.bounds.iter().copied().skip(1))
    }

    /// The first midnight.
    #[must_use]
    pub fn from(&self) -> Minute {
        self.bounds.first().copied().unwrap_or_default()
    }

    /// The midnight behind the last day.
    #[must_use]
    pub fn to(&self) -> Minute {
        self.bounds.last().copied().unwrap_or_default()
    }
}

fn check(first: NaiveDate, last: NaiveDate) -> Result<(), Fault> {
    for (field, day) in [("from", first), ("to", last)] {
        if !Minute::from_date(day).in_range() {
            return Err(Fault::field(field, "Plans know the years 1970 to 2200."));
        }
    }
    if last < first {
        let (first, last) = (crate::in_words(first), crate::in_words(last));
        return Err(Fault::field("to", format!("{last} is before {first}.")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn columns(step: ColumnStep, first: &str, last: &str) -> Vec<String> {
        let columns = Columns::new(step, date(first), date(last)).expect("columns");
        columns.spans().map(|(from, to)| format!("{} {}", from.date(), (to.0 - from.0) / Minute::DAY)).collect()
    }

    #[test]
    fn columns_are_whole_weeks_and_months() {
        assert_eq!(columns(ColumnStep::Day, "2026-02-28", "2026-03-01"), ["2026-02-28 1", "2026-03-01 1"]);
        assert_eq!(columns(ColumnStep::Week, "2026-11-18", "2026-11-23"), ["2026-11-16 7", "2026-11-23 7"]);
        assert_eq!(columns(ColumnStep::Month, "2026-01-31", "2026-02-01"), ["2026-01-01 31", "2026-02-01 28"]);
        let one = Columns::one(date("2026-11-18"), date("2026-11-18")).expect("a day");
        assert_eq!(one.spans().map(|(from, to)| to.0 - from.0).collect::<Vec<_>>(), [Minute::DAY]);
    }

    #[test]
    fn what_cannot_be_columns_is_refused_by_field() {
        let refused = |step, first, last| {
            let fault = Columns::new(step, date(first), date(last)).expect_err("refused");
            (fault.fields[0].field.clone(), fault.fields[0].message.clone())
        };
        let (field, message) = refused(ColumnStep::Day, "2026-01-02", "2026-01-01");
        assert_eq!((field.as_str(), message.as_str()), ("to", "1 Jan 2026 is before 2 Jan 2026."));
        let (field, message) = refused(ColumnStep::Day, "2026-01-01", "2027-02-05");
        assert_eq!((field.as_str(), message.as_str()), ("to", "At most 400 days stand beside each other."));
        assert!(Columns::new(ColumnStep::Day, date("2026-01-01"), date("2027-02-04")).is_ok());
        assert_eq!(refused(ColumnStep::Month, "1969-12-31", "2026-01-01").0, "from");
        assert_eq!(refused(ColumnStep::Month, "2026-01-01", "2201-01-01").0, "to");
    }
}
