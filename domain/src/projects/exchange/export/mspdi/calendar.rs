//! Working calendars: the plan's, and those of resources that do not work whenever the project does.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::{LONGEST_CALENDAR, plain_name, staff::Staff, xml::Xml};
use crate::{
    CalendarId,
    projects::{
        calendar::{Calendar, Window},
        document::PlanDocument,
    },
};

/// The number of the project's own calendar.
pub(super) const PROJECT: usize = 1;

/// Calendars by the numbers that they have in the file.
///
/// A resource works by a calendar of its own, as MS Project has it, which changes nothing of a base calendar; that base
/// is none of the plan's, so that the plan's calendars stay what they are.
pub(super) struct Calendars {
    /// The plan's, from 1, the project's own first, and behind them those that resources work by.
    list: Vec<(String, Calendar)>,
    numbers: HashMap<CalendarId, usize>,
    /// Of each resource that has one: its name, its place in the list of resources, the number of its base.
    own: Vec<(String, usize, usize)>,
}

impl Calendars {
    pub(super) fn of(plan: &PlanDocument, staff: &Staff<'_>) -> Self {
        let own = |id: CalendarId| plan.head.calendar_id == Some(id);
        let mut records: Vec<_> = plan.calendars.iter().collect();
        records.sort_by_key(|record| !own(record.id));
        let mut list = Vec::new();
        if !records.first().is_some_and(|record| own(record.id)) {
            list.push(("Standard".to_owned(), Calendar::standard()));
        }
        let numbers = (list.len() + 1..).zip(&records).map(|(number, record)| (record.id, number)).collect();
        list.extend(records.iter().map(|record| (record.name.clone(), record.calendar.clone())));
        let (shared, mut own) = (list.len(), Vec::new());
        for (place, name, calendar) in staff.calendars() {
            let known = list[shared..].iter().position(|(_, known)| known == calendar);
            let base = shared + known.unwrap_or(list.len() - shared) + 1;
            if known.is_none() {
                list.push((format!("Working time of {name}"), calendar.clone()));
            }
            own.push((plain_name(name), place, base));
        }
        // MS Project cuts longer names, and has no two calendars of one name.
        let mut taken = HashSet::new();
        let mut unique = |name: &mut String| {
            let whole = std::mem::take(name);
            let cut = |most: usize| whole.chars().take(most).collect::<String>();
            let numbered = |number: usize| {
                let number = format!(" {number}");
                cut(LONGEST_CALENDAR - number.len()) + &number
            };
            let names = std::iter::once(cut(LONGEST_CALENDAR)).chain((2..).map(numbered));
            if let Some(free) = names.into_iter().find(|name| taken.insert(name.to_lowercase())) {
                *name = free;
            }
        };
        list.iter_mut().for_each(|(name, _)| unique(name));
        own.iter_mut().for_each(|(name, ..)| unique(name));
        Self { list, numbers, own }
    }

    /// The number of a calendar of the plan.
    pub(super) fn number(&self, id: CalendarId) -> Option<usize> {
        self.numbers.get(&id).copied()
    }

    /// The number of the calendar of a resource.
    pub(super) fn of_resource(&self, place: usize) -> Option<usize> {
        self.own.iter().position(|(_, resource, _)| *resource == place).map(|index| self.list.len() + index + 1)
    }

    /// What "a day" means in the project.
    pub(super) fn minutes_per_day(&self) -> i64 {
        self.list.first().map_or(480, |(_, calendar)| calendar.minutes_per_day())
    }

    pub(super) fn write(&self, xml: &mut Xml) {
        for (number, (name, calendar)) in (1_usize..).zip(&self.list) {
            xml.group("Calendar", |xml| {
                xml.leaf("UID", number);
                xml.leaf("Name", name);
                xml.leaf("IsBaseCalendar", 1);
                xml.leaf("BaseCalendarUID", -1);
                xml.group("WeekDays", |xml| {
                    // Sunday is 1 there and 6 here.
                    for kind in 1..=7_usize {
                        xml.group("WeekDay", |xml| {
                            xml.leaf("DayType", kind);
                            day(xml, &calendar.week[(kind + 5) % 7]);
                        });
                    }
                });
                // There a day is one from midnight to midnight, nights that began before included.
                let days = calendar.other_days();
                if !days.is_empty() {
                    xml.group("Exceptions", |xml| exceptions(xml, &days));
                }
            });
        }
        for (number, (name, _, base)) in (self.list.len() + 1..).zip(&self.own) {
            xml.group("Calendar", |xml| {
                xml.leaf("UID", number);
                xml.leaf("Name", name);
                xml.leaf("IsBaseCalendar", 0);
                xml.leaf("BaseCalendarUID", base);
            });
        }
    }
}

fn day(xml: &mut Xml, windows: &[Window]) {
    xml.leaf("DayWorking", u8::from(!windows.is_empty()));
    if windows.is_empty() {
        return;
    }
    // Midnight as an end is written as the next day's beginning.
    let clock = |minute: u16| format!("{:02}:{:02}:00", minute % 1_440 / 60, minute % 60);
    xml.group("WorkingTimes", |xml| {
        for window in windows {
            xml.group("WorkingTime", |xml| {
                xml.leaf("FromTime", clock(window.from));
                xml.leaf("ToTime", clock(window.to));
            });
        }
    });
}

/// Days in a row that work alike are one exception, as MS Project writes a week of holidays.
fn exceptions(xml: &mut Xml, exceptions: &BTreeMap<NaiveDate, Vec<Window>>) {
    let mut runs: Vec<(NaiveDate, NaiveDate, &Vec<Window>)> = Vec::new();
    for (date, windows) in exceptions {
        match runs.last_mut() {
            Some((_, last, same)) if last.succ_opt() == Some(*date) && *same == windows => *last = *date,
            _ => runs.push((*date, *date, windows)),
        }
    }
    for (first, last, windows) in runs {
        xml.group("Exception", |xml| {
            xml.leaf("EnteredByOccurrences", 0);
            xml.group("TimePeriod", |xml| {
                xml.leaf("FromDate", format_args!("{first}T00:00:00"));
                xml.leaf("ToDate", format_args!("{last}T23:59:00"));
            });
            xml.leaf("Occurrences", (last - first).num_days() + 1);
            xml.leaf("Type", 1);
            day(xml, windows);
        });
    }
}
