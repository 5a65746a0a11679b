//! Resources, and what tasks need of them.

use std::collections::{BTreeMap, HashMap};

use roxmltree::Node;

use super::{Fields, attribute_of, calendar::Calendars, elements, group, text_of};
use crate::{
    Minute,
    projects::{
        calendar::Calendar,
        exchange::{
            draft::PlanDraft,
            export::mspdi::{PART_BOTH, PART_ID, PART_NEEDED, plain_name},
            staff::{Need, ResourceDraft},
        },
        resource::{ResourceKind, UNITS_MAX, WHOLE},
        view::ImportProblem,
    },
};

/// When somebody works on a task: the place of the resource, and stretches of time.
pub(super) type Spans = (Option<usize>, Vec<(Minute, Minute)>);

/// What the file says of the work on one task.
#[derive(Default)]
pub(super) struct Work {
    pub(super) needs: Vec<Need>,
    /// By assignment.
    pub(super) spans: Vec<Spans>,
}

/// Reads the resources into the draft. Material and cost are nobody's work.
pub(super) fn resources<'a>(
    root: Node<'a, '_>,
    fields: &Fields<'_>,
    calendars: &Calendars<'_, '_>,
    draft: &mut PlanDraft,
) -> HashMap<&'a str, Option<usize>> {
    let mut places = HashMap::new();
    let mut matter = Vec::new();
    for node in group(root, "Resources").filter(|node| text_of(*node, "IsNull") != Some("1")) {
        let name = text_of(node, "Name").filter(|name| !name.is_empty());
        let (Some(uid), Some(name)) = (text_of(node, "UID"), name) else { continue };
        // Ours, while the name is the one that we gave.
        let called = fields.called.and_then(|field| attribute_of(node, field));
        let name = called.filter(|called| plain_name(called) == name).unwrap_or(name);
        let costs = text_of(node, "IsCostResource") == Some("1");
        if costs || matches!(text_of(node, "Type"), Some("0" | "2")) {
            matter.push(name);
            places.insert(uid, None);
            continue;
        }
        places.insert(uid, Some(draft.resources.len()));
        let resource = resource(node, name, fields, calendars, &mut draft.notes);
        draft.resources.push(resource);
    }
    if !matter.is_empty() {
        let note = format!("plans here have no material and no cost; left out: {}", matter.join(", "));
        draft.notes.push(ImportProblem::cell(0, "Resources", note));
    }
    places
}

fn resource(
    node: Node<'_, '_>,
    name: &str,
    fields: &Fields<'_>,
    calendars: &Calendars<'_, '_>,
    notes: &mut Vec<ImportProblem>,
) -> ResourceDraft {
    let mut note = |reason: String| notes.push(ImportProblem::cell(0, "Resources", format!("{name}: {reason}")));
    let capacity = text_of(node, "MaxUnits").and_then(|text| match hundredths(text) {
        Some((units, exact)) if units <= UNITS_MAX => {
            if !exact {
                note(format!("{text} units are read as {units} %"));
            }
            Some(units)
        }
        _ => {
            note(format!("'{text}' is no number of units; a whole is taken"));
            None
        }
    });
    let periods = group(node, "AvailabilityPeriods").filter_map(|period| text_of(period, "AvailableUnits"));
    let periods: std::collections::HashSet<&str> = periods.collect();
    if periods.len() > 1 {
        note("how much of it there is changes with time, which is not read; MaxUnits counts".to_owned());
    }
    let calendar = text_of(node, "CalendarUID").filter(|uid| !uid.starts_with('-'));
    let calendar = calendar.map_or(Ok(None), |uid| calendars.of_resource(uid)).unwrap_or_else(|reason: String| {
        note(format!("its calendar is not used: {reason}"));
        None::<Calendar>
    });
    let said = fields.kind.and_then(|field| attribute_of(node, field)).or_else(|| text_of(node, "Group"));
    let kind = said.and_then(|said| ResourceKind::ALL.into_iter().find(|kind| kind.title().eq_ignore_ascii_case(said)));
    let email = text_of(node, "EmailAddress").filter(|email| !email.is_empty());
    ResourceDraft { name: name.to_owned(), email: email.map(str::to_owned), kind, capacity, calendar }
}

/// What each task needs, by the task's number in the file.
pub(super) fn assignments<'a>(
    root: Node<'a, '_>,
    places: &HashMap<&str, Option<usize>>,
    draft: &mut PlanDraft,
) -> HashMap<&'a str, Work> {
    let mut work: HashMap<&str, Work> = HashMap::new();
    let mut strangers: BTreeMap<&str, usize> = BTreeMap::new();
    for node in group(root, "Assignments") {
        let (Some(task), Some(uid)) = (text_of(node, "TaskUID"), text_of(node, "ResourceUID")) else { continue };
        let place = match places.get(uid) {
            // Left out with a note.
            Some(None) => continue,
            Some(Some(place)) => Some(*place),
            None => {
                // A number below zero is nobody.
                if !uid.starts_with('-') && uid != "0" {
                    *strangers.entry(uid).or_default() += 1;
                }
                None
            }
        };
        let known = work.entry(task).or_default();
        known.spans.push((place, spans(node)));
        let Some(resource) = place else { continue };
        let name = &draft.resources[resource].name;
        match need(node, resource) {
            Ok((need, inexact)) => {
                if let Some(text) = inexact {
                    let note = format!("{text} units of {name} are read in whole percent");
                    draft.notes.push(ImportProblem::cell(0, "Assignments", note));
                }
                known.needs.push(need);
            }
            Err(text) => {
                let note = format!("'{text}' units of {name} on task {task} are left out");
                draft.notes.push(ImportProblem::cell(0, "Assignments", note));
            }
        }
    }
    for (uid, count) in strangers {
        let note = format!("resource {uid} is not in the file; assignments of it that are left out: {count}");
        draft.notes.push(ImportProblem::cell(0, "Assignments", note));
    }
    work
}

/// What one assignment says, with its units where they are not whole percents; or units that nobody can be needed by.
fn need<'a>(node: Node<'a, '_>, resource: usize) -> Result<(Need, Option<&'a str>), &'a str> {
    let text = text_of(node, "Units").unwrap_or("1");
    let (units, exact) = hundredths(text).filter(|(units, _)| (1..=UNITS_MAX).contains(units)).ok_or(text)?;
    let (given, said) = match attribute_of(node, PART_ID) {
        Some(PART_NEEDED) => (Some(false), true),
        Some(PART_BOTH) => (Some(true), true),
        _ => (None, units != WHOLE),
    };
    Ok((Need { resource, given, units: said.then_some(units) }, (!exact).then_some(text)))
}

/// When there is work: timephased data of actual and remaining work whose value is not zero.
fn spans(node: Node<'_, '_>) -> Vec<(Minute, Minute)> {
    let data = elements(node).filter(|element| element.tag_name().name() == "TimephasedData");
    let data = data.filter(|data| matches!(text_of(*data, "Type"), Some("1" | "2")));
    let data = data.filter(|data| {
        let value = text_of(*data, "Value").unwrap_or_default();
        value.bytes().any(|digit| matches!(digit, b'1'..=b'9'))
    });
    let at = |data: Node<'_, '_>, name: &str| text_of(data, name)?.parse::<Minute>().ok();
    data.filter_map(|data| Some((at(data, "Start")?, at(data, "Finish")?))).filter(|(from, to)| from < to).collect()
}

/// A decimal number in hundredths, and whether that is exact.
fn hundredths(text: &str) -> Option<(i64, bool)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !digits(whole) || !digits(fraction) {
        return None;
    }
    let (kept, rest) = fraction.split_at(fraction.len().min(2));
    let hundredths: i64 = format!("0{whole}{kept:0<2}").parse().ok()?;
    let round = rest.as_bytes().first().is_some_and(|digit| *digit >= b'5');
    Some((hundredths.checked_add(i64::from(round))?, rest.bytes().all(|digit| digit == b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_exact() {
        let read = ["1", "0.5", "1.25", "0.333", "0.335", ".07", "2.0000", "1000"].map(hundredths);
        let exact = |units| Some((units, true));
        assert_eq!(
            read,
            [
                exact(100),
                exact(50),
                exact(125),
                Some((33, false)),
                Some((34, false)),
                exact(7),
                exact(200),
                exact(100_000)
            ]
        );
        for wrong in ["", ".", "-1", "1,5", "1e3", "half", "99999999999999999999"] {
            assert_eq!(hundredths(wrong), None, "{wrong}");
        }
    }
}
