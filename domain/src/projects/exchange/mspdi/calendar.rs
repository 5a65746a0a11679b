//! Working calendars: base calendars, days of the week, exceptions and weeks of their own.

use std::collections::{HashMap, HashSet};

use roxmltree::Node;

use super::{child, date, elements, group, text_of};
use crate::{
    Minute,
    projects::{
        calendar::{Calendar, Window},
        exchange::draft::PlanDraft,
        operation::EXCEPTIONS_MAX,
        view::ImportProblem,
    },
};

/// How deep a calendar may be based on others.
const DEEPEST: usize = 8;

/// Days that an exception may last.
const LONGEST: i64 = 100 * 366;

/// The calendars that the draft took, by their numbers in the file.
pub(super) struct Calendars<'a, 'input> {
    nodes: HashMap<&'a str, Node<'a, 'input>>,
    taken: HashMap<&'a str, usize>,
    refused: HashMap<&'a str, String>,
    own: Option<&'a str>,
}

impl<'a, 'input> Calendars<'a, 'input> {
    /// Reads the project's calendar and all that are not somebody's own. The project's must be usable; another that is
    /// not is refused where a task names it.
    pub(super) fn read(root: Node<'a, 'input>, draft: &mut PlanDraft) -> Result<Self, ImportProblem> {
        let nodes: HashMap<&str, Node<'a, 'input>> =
            group(root, "Calendars").filter_map(|node| Some((text_of(node, "UID")?, node))).collect();
        let first = || group(root, "Calendars").find_map(|node| text_of(node, "UID"));
        let own = text_of(root, "CalendarUID").filter(|uid| nodes.contains_key(uid)).or_else(first);
        let named: Vec<&str> = group(root, "Tasks").filter_map(|node| text_of(node, "CalendarUID")).collect();
        let base = |node: &Node<'a, '_>| text_of(*node, "IsBaseCalendar") != Some("0");
        let below = |of_base: bool| -> HashSet<&str> {
            let others = nodes.values().filter(|node| base(node) == of_base);
            others.filter_map(|node| text_of(*node, "BaseCalendarUID")).collect()
        };
        let (bases, somebodys) = (below(true), below(false));
        // What nothing but calendars of resources is based on is theirs.
        let base = |uid: &str, node: &Node<'a, '_>| base(node) && (bases.contains(uid) || !somebodys.contains(uid));
        let mut calendars = Self { nodes: nodes.clone(), taken: HashMap::new(), refused: HashMap::new(), own };
        let others = group(root, "Calendars").filter_map(|node| text_of(node, "UID").map(|uid| (uid, node)));
        let others = others.filter(|(uid, node)| base(uid, node) || named.contains(uid)).map(|(uid, _)| uid);
        for uid in own.into_iter().chain(others.filter(|uid| Some(*uid) != own)) {
            let Some(node) = nodes.get(uid) else { continue };
            let name = text_of(*node, "Name").filter(|name| !name.is_empty()).unwrap_or("Calendar");
            let mut problems = Vec::new();
            let read = resolve(uid, &nodes, DEEPEST, &mut problems)
                .and_then(|calendar| calendar.check().map(|()| calendar).map_err(|fault| fault.to_string()));
            match read {
                Ok(calendar) => {
                    calendars.taken.insert(uid, draft.calendars.len());
                    draft.calendars.push((name.chars().take(200).collect(), calendar.in_shifts()));
                    let cell = |reason| ImportProblem::cell(0, "Calendars", format!("{name}: {reason}"));
                    draft.problems.extend(problems.into_iter().map(cell));
                }
                Err(reason) if Some(uid) == own => {
                    return Err(ImportProblem::cell(0, "Calendars", format!("{name}: {reason}")));
                }
                Err(reason) => {
                    draft.notes.push(ImportProblem::cell(0, "Calendars", format!("{name} is left out: {reason}")));
                    calendars.refused.insert(uid, format!("the calendar {name} cannot be used: {reason}"));
                }
            }
        }
        draft.own_calendar = own.and_then(|uid| calendars.taken.get(uid).copied());
        Ok(calendars)
    }

    /// When a resource works, where that is not whenever the project does.
    pub(super) fn of_resource(&self, uid: &str) -> Result<Option<Calendar>, String> {
        let Some(node) = self.nodes.get(uid) else { return Ok(None) };
        let below = text_of(*node, "BaseCalendarUID").filter(|base| !matches!(*base, "-1" | "0"));
        let changes = ["WeekDays", "WorkWeeks", "Exceptions"].iter().any(|part| group(*node, part).next().is_some());
        let usual = below.is_none_or(|base| Some(base) == self.own);
        if Some(uid) == self.own || (usual && !changes) {
            return Ok(None);
        }
        let mut problems = Vec::new();
        let calendar = resolve(uid, &self.nodes, DEEPEST, &mut problems)?;
        calendar.check().map_err(|fault| fault.to_string())?;
        problems.into_iter().next().map_or(Ok(Some(calendar.in_shifts())), Err)
    }

    /// The calendar that a task names.
    pub(super) fn used(&self, uid: &str, row: usize) -> Result<Option<usize>, ImportProblem> {
        let missing = || format!("calendar {uid} is not in the file");
        match self.taken.get(uid) {
            Some(index) => Ok(Some(*index)),
            // Files without calendars name the usual one by number all the same.
            None if self.own.is_none() => Ok(None),
            None => {
                let reason = self.refused.get(uid).cloned().unwrap_or_else(missing);
                Err(ImportProblem::cell(row, "CalendarUID", reason))
            }
        }
    }
}

/// A calendar upon the one that it is based on.
fn resolve<'a>(
    uid: &str,
    nodes: &HashMap<&'a str, Node<'a, '_>>,
    depth: usize,
    problems: &mut Vec<String>,
) -> Result<Calendar, String> {
    let node = nodes.get(uid).ok_or_else(|| format!("calendar {uid} is not in the file"))?;
    let below = text_of(*node, "BaseCalendarUID").filter(|base| !matches!(*base, "-1" | "0") && *base != uid);
    let mut calendar = match below {
        Some(_) if depth == 0 => return Err("calendars are based on each other in a circle".to_owned()),
        Some(base) => resolve(base, nodes, depth - 1, problems)?,
        None => Calendar::standard(),
    };
    let mut days = 0;
    let renewed = child(*node, "Exceptions").is_some();
    for day in group(*node, "WeekDays") {
        match text_of(day, "DayType").and_then(|kind| kind.parse::<usize>().ok()) {
            // Newer files say the same again under Exceptions.
            Some(0) if renewed => {}
            Some(0) => {
                let times = windows(day)?;
                for date in period(day)? {
                    put(&mut calendar, date, &times, &mut days)?;
                }
            }
            // Sunday is 1 there and 6 here.
            Some(kind @ 1..=7) => calendar.week[(kind + 5) % 7] = windows(day)?,
            _ => problems.push("a day of the week is none of the seven".to_owned()),
        }
    }
    weeks(*node, &mut calendar, &mut days)?;
    for exception in group(*node, "Exceptions") {
        match occurrences(exception)? {
            Some(dates) => {
                let times = windows(exception)?;
                for date in dates {
                    put(&mut calendar, date, &times, &mut days)?;
                }
            }
            None => {
                let name = text_of(exception, "Name").unwrap_or("without a name");
                problems.push(format!("the recurring exception {name} is not read; enter its days one by one"));
            }
        }
    }
    Ok(calendar)
}

fn put(calendar: &mut Calendar, day: i64, times: &[Window], days: &mut usize) -> Result<(), String> {
    *days += 1;
    if *days > EXCEPTIONS_MAX {
        return Err(format!("it has more than {EXCEPTIONS_MAX} days of exceptions"));
    }
    calendar.exceptions.insert(Minute(day * Minute::DAY).date(), times.to_vec());
    Ok(())
}

/// Weeks that differ for a while; what an exception says counts more.
fn weeks(node: Node<'_, '_>, calendar: &mut Calendar, days: &mut usize) -> Result<(), String> {
    for week in group(node, "WorkWeeks") {
        let mut times: [Option<Vec<Window>>; 7] = Default::default();
        for day in group(week, "WeekDays") {
            if let Some(kind @ 1..=7) = text_of(day, "DayType").and_then(|kind| kind.parse::<usize>().ok()) {
                times[(kind + 5) % 7] = Some(windows(day)?);
            }
        }
        for day in period(week)? {
            if let Some(times) = &times[Minute(day * Minute::DAY).weekday()] {
                put(calendar, day, times, days)?;
            }
        }
    }
    Ok(())
}

/// Days of a time period, since 1970.
fn period(node: Node<'_, '_>) -> Result<std::ops::RangeInclusive<i64>, String> {
    let said = |reason: ImportProblem| reason.reason;
    let period = child(node, "TimePeriod").ok_or("an exception has no days")?;
    let from = date(period, "FromDate", 0).map_err(said)?.ok_or("an exception has no first day")?;
    let to = date(period, "ToDate", 0).map_err(said)?.ok_or("an exception has no last day")?;
    if to < from {
        let (from, to) = (from.day_in_words(), to.day_in_words());
        return Err(format!("an exception ends on {to} before it starts on {from}"));
    }
    if to.day() - from.day() > LONGEST {
        let (from, to) = (from.day_in_words(), to.day_in_words());
        return Err(format!("an exception from {from} to {to} lasts longer than a century"));
    }
    Ok(from.day()..=to.day())
}

/// The days of an exception: in a row, every few days, on days of the week, or every year. `None` where it comes back
/// in another way.
fn occurrences(node: Node<'_, '_>) -> Result<Option<Vec<i64>>, String> {
    let number = |name: &str| text_of(node, name).and_then(|text| text.parse::<i64>().ok());
    let days = period(node)?;
    let start = *days.start();
    let every = number("Period").unwrap_or(1).max(1);
    let date = |day: i64| Minute(day * Minute::DAY).date();
    Ok(match number("Type").unwrap_or(1) {
        1 => Some(days.filter(|day| (day - start) % every == 0).collect()),
        2 => {
            use chrono::Datelike;
            let (month, month_day) = (number("Month").unwrap_or(-1), number("MonthDay").unwrap_or(-1));
            let mut found: Vec<i64> = Vec::new();
            for year in date(start).year()..=date(*days.end()).year() {
                let month = u32::try_from(month + 1).unwrap_or(0);
                let day = chrono::NaiveDate::from_ymd_opt(year, month, u32::try_from(month_day).unwrap_or(0));
                found.extend(day.map(|day| Minute::from_date(day).day()).filter(|day| days.contains(day)));
            }
            Some(found)
        }
        // A bit for each day of the week, Sunday first; weeks are counted from the first.
        6 => {
            let bits = number("DaysOfWeek").unwrap_or(0);
            let sunday = start - (Minute(start * Minute::DAY).weekday() as i64 + 1) % 7;
            let on = |day: &i64| {
                let place = (Minute(*day * Minute::DAY).weekday() + 1) % 7;
                bits >> place & 1 == 1 && (day - sunday) / 7 % every == 0
            };
            Some(days.filter(on).collect())
        }
        _ => None,
    })
}

/// Working times of a day.
fn windows(day: Node<'_, '_>) -> Result<Vec<Window>, String> {
    let mut found = Vec::new();
    if text_of(day, "DayWorking") == Some("0") {
        return Ok(found);
    }
    let times = child(day, "WorkingTimes");
    for time in times.into_iter().flat_map(elements) {
        let clock = |name: &str| -> Result<u16, String> {
            let text = text_of(time, name).unwrap_or_default();
            let mut parts = text.split(':').map(str::parse::<u16>);
            match (parts.next(), parts.next()) {
                (Some(Ok(hour)), Some(Ok(minute))) if hour < 24 && minute < 60 => Ok(hour * 60 + minute),
                (Some(Ok(24)), Some(Ok(0))) => Ok(1_440),
                _ => Err(format!("'{text}' is not a time of day")),
            }
        };
        // MS Project writes empty lines of its dialog as elements without times.
        if child(time, "FromTime").is_none() && child(time, "ToTime").is_none() {
            continue;
        }
        let (from, to) = (clock("FromTime")?, clock("ToTime")?);
        // Midnight as an end is the end of the day.
        found.push(Window { from, to: if to == 0 { 1_440 } else { to } });
    }
    if found.is_empty() && text_of(day, "DayWorking") == Some("1") {
        return Ok(Calendar::standard().week[0].clone());
    }
    found.sort_unstable();
    Ok(found)
}
