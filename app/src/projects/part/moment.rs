//! What a date without a time means in a plan.

use chrono::NaiveDate;
use domain::{
    CalendarId, Minute,
    projects::{calendar::Calendar, document::PlanDocument},
};

/// When work begins on a day, or ends, by a calendar of the plan; by its usual one where none is named.
pub fn moment(plan: &PlanDocument, calendar: Option<CalendarId>, date: NaiveDate, end: bool) -> Minute {
    let own = calendar.and_then(|id| plan.calendars.iter().find(|record| record.id == id));
    on(&own.map_or_else(|| plan.calendar(), |record| record.calendar.clone()), date, end)
}

fn on(calendar: &Calendar, date: NaiveDate, end: bool) -> Minute {
    let midnight = Minute::from_date(date);
    let windows = calendar.windows(midnight);
    let minute = if end {
        // Midnight at the end of a day would be read as the next day.
        windows.last().map_or(Minute::DAY - 1, |window| i64::from(window.to).min(Minute::DAY - 1))
    } else {
        windows.first().map_or(0, |window| i64::from(window.from))
    };
    Minute(midnight.0 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_means_the_working_day() {
        let calendar = Calendar::standard();
        let at = |date: &str, end| on(&calendar, date.parse().expect("a date"), end).to_string();
        assert_eq!(at("2026-01-05", false), "2026-01-05T08:00:00");
        assert_eq!(at("2026-01-05", true), "2026-01-05T17:00:00");
        assert_eq!(at("2026-01-04", true), "2026-01-04T23:59:00", "a Sunday");
        assert_eq!(
            on(&Calendar::around_the_clock(), "2026-01-05".parse().expect("a date"), true).date().to_string(),
            "2026-01-05"
        );
    }
}
