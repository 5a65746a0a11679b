//! A point in time on the plant's wall clock, to the minute.

use std::{fmt, str::FromStr};

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// Minutes since 1970-01-01 00:00 on the plant's wall clock.
///
/// Plans are kept in local time, as planners and MS Project write them: "Monday 08:00" stays Monday 08:00 when
/// daylight saving changes. Instants (who did what when) are UTC and use `chrono::DateTime<Utc>` instead.
/// Serialised as `2026-01-05T08:00:00`; a bare date is read as its midnight.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(value_type = String, format = "date-time-local", example = "2026-01-05T08:00:00")
)]
pub struct Minute(pub i64);

impl Minute {
    /// Minutes in a day.
    pub const DAY: i64 = 24 * 60;
    /// First minute that a plan may name: 1970-01-01 00:00.
    pub const MIN: Self = Self(0);
    /// Last minute that a plan may name: 2200-12-31 23:59.
    pub const MAX: Self = Self(84_370 * Self::DAY + Self::DAY - 1);

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn day(self) -> i64 {
        self.0.div_euclid(Self::DAY)
    }

    /// Minutes since midnight, 0 to 1439.
    #[must_use]
    pub const fn minute_of_day(self) -> i64 {
        self.0.rem_euclid(Self::DAY)
    }

    /// Monday is 0, Sunday is 6. (1970-01-01 was a Thursday.)
    #[must_use]
    pub const fn weekday(self) -> usize {
        (self.day() + 3).rem_euclid(7) as usize
    }

    /// True where plans may name this minute: 1970 to 2200.
    #[must_use]
    pub const fn in_range(self) -> bool {
        self.0 >= Self::MIN.0 && self.0 <= Self::MAX.0
    }

    /// Midnight of the given date.
    #[must_use]
    pub fn from_date(date: NaiveDate) -> Self {
        Self::from_datetime(date.and_hms_opt(0, 0, 0).unwrap_or_default())
    }

    /// The wall-clock time, seconds dropped.
    #[must_use]
    pub fn from_datetime(at: NaiveDateTime) -> Self {
        Self(at.and_utc().timestamp().div_euclid(60))
    }

    /// As a calendar date and time without a zone.
    #[must_use]
    pub fn datetime(self) -> NaiveDateTime {
        DateTime::from_timestamp(self.0 * 60, 0).unwrap_or_default().naive_utc()
    }

    /// The date alone.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        self.datetime().date()
    }

    /// The moment as people read it: `21 Nov 2026, 14:05`.
    #[must_use]
    pub fn in_words(self) -> String {
        self.datetime().format("%-d %b %Y, %H:%M").to_string()
    }

    /// The day as people read it: `21 Nov 2026`.
    #[must_use]
    pub fn day_in_words(self) -> String {
        in_words(self.date())
    }
}

/// A day as people read it, on every page and in every message: `21 Nov 2026`.
#[must_use]
pub fn in_words(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.datetime().format("%Y-%m-%dT%H:%M:%S"))
    }
}

impl fmt::Debug for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.datetime().format("%Y-%m-%dT%H:%M"))
    }
}

impl FromStr for Minute {
    type Err = String;

    /// Reads `2026-01-05`, `2026-01-05T08:00`, `2026-01-05 08:00`, with or without seconds, and tolerates a
    /// trailing `Z`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let trimmed = text.trim().trim_end_matches('Z');
        if let Ok(date) = NaiveDate::parse_from_str(trimmed, "%Y-%m-%d") {
            return Ok(Self::from_date(date));
        }
        ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M"]
            .iter()
            .find_map(|format| NaiveDateTime::parse_from_str(trimmed, format).ok())
            .map(Self::from_datetime)
            .ok_or_else(|| format!("'{text}' is not a date such as 2026-01-05 or 2026-01-05T08:00"))
    }
}

impl Serialize for Minute {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Minute {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_and_its_text_are_the_same_minute() {
        let minute: Minute = "2026-01-05T08:30".parse().expect("a date");
        assert_eq!(minute.to_string(), "2026-01-05T08:30:00");
        assert_eq!((minute.weekday(), minute.minute_of_day()), (0, 510));
        assert_eq!("2026-01-05".parse::<Minute>().expect("a date").minute_of_day(), 0);
        assert_eq!(Minute::MAX.to_string(), "2200-12-31T23:59:00");
    }
}
