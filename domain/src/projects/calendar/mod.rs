//! Working calendars: a week pattern with several windows a day, and exceptions by date.

mod clock;
mod days;
mod shift;

use std::{borrow::Cow, collections::BTreeMap, fmt};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use clock::WorkClock;
pub use days::WorkDays;
pub use shift::{MIDNIGHT, NIGHT_MAX};

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
    /// The shifts that begin on a date instead of those of its weekday; an empty list is a day off. A night that began the
    /// day before is none of its business ([`shift`]).
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

    /// Working time of a day from midnight to midnight, in windows.
    #[must_use]
    pub fn windows(&self, at: Minute) -> Cow<'_, [Window]> {
        self.worked(at.date(), |weekday| self.night_until(weekday))
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

#[cfg(test)]
mod tests {
    use super::*;

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
