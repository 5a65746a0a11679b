//! The calendars that a plan works by.

use super::{Delta, RowChange};
use crate::{
    CalendarId, Fault, FaultKind,
    projects::document::{CalendarRecord, PlanDocument, check_name},
};

/// Calendars that a plan may have. Each costs half a megabyte while the plan is scheduled.
pub const CALENDARS_MAX: usize = 100;
/// Exceptions that a calendar may have: a holiday every week for a century.
pub const EXCEPTIONS_MAX: usize = 5_300;

impl PlanDocument {
    pub(super) fn check_calendar(&self, id: Option<CalendarId>) -> Result<(), Fault> {
        if id.is_some_and(|id| !self.calendars.iter().any(|record| record.id == id)) {
            return Err(Fault::field("calendar_id", "This calendar is not in this project."));
        }
        Ok(())
    }

    pub(super) fn set_calendar(&mut self, record: &CalendarRecord) -> Result<Delta, Fault> {
        check_name("name", &record.name, "calendar")?;
        record.calendar.check().map_err(|fault| Fault::field("calendar", fault.to_string()))?;
        if record.calendar.exceptions.len() > EXCEPTIONS_MAX {
            return Err(Fault::field("calendar", format!("A calendar has at most {EXCEPTIONS_MAX} exceptions.")));
        }
        let place = self.calendars.iter().position(|other| other.id == record.id);
        if place.is_none() && self.calendars.len() >= CALENDARS_MAX {
            return Err(Fault::field("calendars", format!("A plan has at most {CALENDARS_MAX} calendars.")));
        }
        let before = place.map(|index| self.calendars[index].clone());
        let version = before.as_ref().map_or(1, |before| before.version + 1);
        let after = CalendarRecord { version, ..record.clone() };
        match place {
            Some(index) => self.calendars[index] = after.clone(),
            None => self.calendars.push(after.clone()),
        }
        self.sort_calendars();
        Ok(Delta { calendars: vec![RowChange { before, after: Some(after) }], ..Delta::default() })
    }

    pub(super) fn remove_calendar(&mut self, id: CalendarId) -> Result<Delta, Fault> {
        let index = self.calendars.iter().position(|record| record.id == id).ok_or_else(Fault::not_found)?;
        let used = self.head.calendar_id == Some(id) || self.tasks.iter().any(|task| task.calendar_id == Some(id));
        if used {
            return Err(Fault::because(FaultKind::Conflict, "This calendar is in use."));
        }
        let before = self.calendars.remove(index);
        Ok(Delta { calendars: vec![RowChange { before: Some(before), after: None }], ..Delta::default() })
    }
}
