//! Working calendars: base calendars, days of the week, exceptions and weeks of their own.

use std::collections::{BTreeMap, HashMap, HashSet};

use roxmltree::Node;

use super::{
    child, elements, group,
    recurrence::{occurrences, period},
    text_of,
};
use crate::{
    Minute,
    projects::{
        calendar::{Calendar, Window},
        exchange::draft::PlanDraft,
        operation::{CALENDARS_MAX, EXCEPTIONS_MAX},
        view::ImportProblem,
    },
};

/// How deep a calendar may be based on others.
const DEEPEST: usize = 8;

/// Days that all working weeks together may last, so that a file cannot keep its reader busy for long.
const MOST_DAYS_OF_WEEKS: i64 = 1_000_000;

/// The calendars that the draft took, by their numbers in the file.
pub(super) struct Calendars<'a, 'input> {
    nodes: HashMap<&'a str, Node<'a, 'input>>,
    taken: HashMap<&'a str, usize>,
    refused: HashMap<&'a str, String>,
    own: Option<&'a str>,
}

impl<'a, 'input> Calendars<'a, 'input> {
    /// Reads the project's calendar and all that are not somebody's own. The project's must be usable; where a task names
    /// another that is not, the project's takes its place.
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
            let read = resolve(uid, &nodes, &mut problems)
                .and_then(|calendar| calendar.check().map(|()| calendar).map_err(|fault| fault.to_string()));
            let read = read.and_then(|calendar| match draft.calendars.len() {
                0..CALENDARS_MAX => Ok(calendar),
                _ => Err(format!("a plan has at most {CALENDARS_MAX} calendars")),
            });
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
        let calendar = resolve(uid, &self.nodes, &mut problems)?;
        calendar.check().map_err(|fault| fault.to_string())?;
        problems.into_iter().next().map_or(Ok(Some(calendar.in_shifts())), Err)
    }

    /// The calendar that a task names, or why the project's takes its place.
    pub(super) fn used(&self, uid: &str) -> Result<Option<usize>, String> {
        let missing = || format!("calendar {uid} is not in the file");
        match self.taken.get(uid) {
            Some(index) => Ok(Some(*index)),
            // Files without calendars name the usual one by number all the same.
            None if self.own.is_none() => Ok(None),
            None => Err(self.refused.get(uid).cloned().unwrap_or_else(missing)),
        }
    }
}

/// A calendar on its way in. Exceptions count more than working weeks, those of the calendar below included.
#[derive(Default)]
struct Layers {
    week: [Vec<Window>; 7],
    weeks: BTreeMap<i64, Vec<Window>>,
    exceptions: BTreeMap<i64, Vec<Window>>,
    /// Days that were read, those that are said twice included.
    days: usize,
    days_of_weeks: i64,
}

impl Layers {
    fn put(&mut self, day: i64, times: &[Window]) -> Result<(), String> {
        self.days += 1;
        if self.days > EXCEPTIONS_MAX {
            return Err(format!("it has more than {EXCEPTIONS_MAX} days of exceptions"));
        }
        self.exceptions.insert(day, times.to_vec());
        Ok(())
    }

    /// Weeks that differ for a while. Days on which they do not differ are no exceptions.
    fn weeks(&mut self, node: Node<'_, '_>) -> Result<(), String> {
        for week in group(node, "WorkWeeks") {
            let mut times: [Option<Vec<Window>>; 7] = Default::default();
            for day in group(week, "WeekDays") {
                if let Some(kind @ 1..=7) = text_of(day, "DayType").and_then(|kind| kind.parse::<usize>().ok()) {
                    times[(kind + 5) % 7] = Some(windows(day)?);
                }
            }
            let days = period(week)?;
            self.days_of_weeks += days.end() - days.start();
            if self.days_of_weeks > MOST_DAYS_OF_WEEKS {
                return Err("its working weeks are too many days".to_owned());
            }
            for day in days {
                let weekday = Minute(day * Minute::DAY).weekday();
                if let Some(times) = times[weekday].as_ref().filter(|times| **times != self.week[weekday]) {
                    self.weeks.insert(day, times.clone());
                }
            }
        }
        Ok(())
    }

    fn calendar(self, problems: &mut Vec<String>) -> Calendar {
        let date = |day: i64| Minute(day * Minute::DAY).date();
        let exceptions = self.exceptions.into_iter().map(|(day, times)| (date(day), times));
        let mut calendar = Calendar { week: self.week, exceptions: exceptions.collect() };
        for (day, times) in self.weeks {
            if calendar.exceptions.len() >= EXCEPTIONS_MAX {
                problems.push(format!("its working weeks are read until {}; later ones are too many days", date(day)));
                break;
            }
            calendar.exceptions.entry(date(day)).or_insert(times);
        }
        calendar
    }
}

/// A calendar upon the one that it is based on.
fn resolve(uid: &str, nodes: &HashMap<&str, Node<'_, '_>>, problems: &mut Vec<String>) -> Result<Calendar, String> {
    layers(uid, nodes, DEEPEST, problems).map(|layers| layers.calendar(problems))
}

fn layers(
    uid: &str,
    nodes: &HashMap<&str, Node<'_, '_>>,
    depth: usize,
    problems: &mut Vec<String>,
) -> Result<Layers, String> {
    let node = nodes.get(uid).ok_or_else(|| format!("calendar {uid} is not in the file"))?;
    let below = text_of(*node, "BaseCalendarUID").filter(|base| !matches!(*base, "-1" | "0") && *base != uid);
    let mut layers = match below {
        Some(_) if depth == 0 => return Err("calendars are based on each other in a circle".to_owned()),
        Some(base) => layers(base, nodes, depth - 1, problems)?,
        None => Layers { week: Calendar::standard().week, ..Layers::default() },
    };
    let renewed = child(*node, "Exceptions").is_some();
    for day in group(*node, "WeekDays") {
        match text_of(day, "DayType").and_then(|kind| kind.parse::<usize>().ok()) {
            // Newer files say the same again under Exceptions.
            Some(0) if renewed => {}
            Some(0) => {
                let times = windows(day)?;
                for date in period(day)? {
                    layers.put(date, &times)?;
                }
            }
            // Sunday is 1 there and 6 here.
            Some(kind @ 1..=7) => layers.week[(kind + 5) % 7] = windows(day)?,
            _ => problems.push("a day of the week is none of the seven".to_owned()),
        }
    }
    layers.weeks(*node)?;
    let mut exceptions = Vec::new();
    for exception in group(*node, "Exceptions") {
        match occurrences(exception)? {
            Some((weight, dates)) => exceptions.push((weight, dates, windows(exception)?)),
            None => {
                let name = text_of(exception, "Name").unwrap_or("without a name");
                problems.push(format!("the recurring exception {name} is not read; enter its days one by one"));
            }
        }
    }
    exceptions.sort_by_key(|(weight, ..)| *weight);
    for (_, dates, times) in exceptions {
        for date in dates {
            layers.put(date, &times)?;
        }
    }
    Ok(layers)
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
