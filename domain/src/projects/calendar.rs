//! Working calendars: a week pattern with several windows a day, and exceptions by date.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Working time within a day, in minutes since midnight: `from < to`, `to` at most 1440.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Window {
    pub from: u16,
    pub to: u16,
}

/// A working calendar.
///
/// *Invariant (checked by [`Calendar::check`]):* windows of a day are sorted and do not touch or overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Monday first.
    pub week: [Vec<Window>; 7],
    /// What holds on a date instead of its weekday; an empty list is a day off.
    pub exceptions: BTreeMap<NaiveDate, Vec<Window>>,
}
