//! The one way that dates are written.

use chrono::{DateTime, Utc};
use domain::Minute;

/// `5 Jan 2026`
#[must_use]
pub fn day(at: Minute) -> String {
    at.datetime().format("%-d %b %Y").to_string()
}

/// `5 Jan 2026, 08:30` in UTC, for what happened.
#[must_use]
pub fn instant(at: DateTime<Utc>) -> String {
    at.format("%-d %b %Y, %H:%M").to_string()
}
