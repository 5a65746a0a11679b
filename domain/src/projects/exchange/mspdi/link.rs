//! Links between rows.

use std::collections::{BTreeSet, HashMap, HashSet};

use roxmltree::Node;

use super::{
    elements,
    task::{is_elapsed, minutes},
    text_of,
};
use crate::projects::{
    exchange::draft::{Links, PlanDraft},
    plan::{LagUnit, LinkKind, TaskKind},
    view::ImportProblem,
};

/// What rows became: the place of each that stays by its number in the file, those that hold nothing up in MS Project,
/// and those that stand for tasks of other projects.
#[derive(Default)]
pub(super) struct Places<'a> {
    pub(super) rows: HashMap<&'a str, usize>,
    pub(super) idle: HashSet<&'a str>,
    pub(super) foreign: HashSet<&'a str>,
}

/// Who is waited for, how, and for how long.
type Link<'a> = (&'a str, LinkKind, i64, LagUnit);

/// Reads the links. Comes back with the rows that wait for a task of another project, which stays there.
pub(super) fn read(nodes: &[Node<'_, '_>], places: &Places<'_>, draft: &mut PlanDraft) -> BTreeSet<usize> {
    let mut known = Links::new(&draft.rows);
    let durations: HashMap<&str, i64> = nodes.iter().filter_map(duration).collect();
    let mut waits = BTreeSet::new();
    for (number, node) in (1..).zip(nodes) {
        let Some(to) = text_of(*node, "UID").and_then(|uid| places.rows.get(uid)) else { continue };
        for element in elements(*node).filter(|element| element.tag_name().name() == "PredecessorLink") {
            let mut note = |column: &str, reason: &str| draft.notes.push(ImportProblem::cell(number, column, reason));
            let from = text_of(element, "PredecessorUID");
            if from.is_some_and(|uid| places.idle.contains(uid)) {
                note("PredecessorUID", "the link to a task that is left out is left out too");
                continue;
            }
            if text_of(element, "CrossProject") == Some("1") || from.is_some_and(|uid| places.foreign.contains(uid)) {
                note("PredecessorUID", "the predecessor is in another project; the link is left out");
                waits.insert(*to);
                continue;
            }
            let read = link(element, number, &durations, &mut note).and_then(|(from, kind, lag, unit)| {
                let cell = |reason: String| ImportProblem::cell(number, "PredecessorUID", reason);
                let from = *places.rows.get(from).ok_or_else(|| cell(format!("task {from} is not among the rows")))?;
                known.check(from, *to, kind).map_err(|reason| cell(reason.to_owned()))?;
                Ok((from, *to, kind, lag, unit))
            });
            match read {
                Ok(link) => draft.links.push(link),
                Err(problem) => draft.problems.push(problem),
            }
        }
    }
    for (row, (level, task)) in draft.rows.iter().enumerate() {
        let childless = draft.rows.get(row + 1).is_none_or(|(below, _)| below <= level);
        if task.kind == TaskKind::Summary && childless {
            let note = format!("{} is a summary without rows below it", task.name);
            draft.notes.push(ImportProblem::file(note));
        }
    }
    waits
}

fn duration<'a>(node: &Node<'a, '_>) -> Option<(&'a str, i64)> {
    let (minutes, _) = minutes(text_of(*node, "Duration")?).ok()?;
    Some((text_of(*node, "UID")?, minutes))
}

fn link<'a>(
    node: Node<'a, '_>,
    row: usize,
    durations: &HashMap<&str, i64>,
    note: &mut impl FnMut(&str, &str),
) -> Result<Link<'a>, ImportProblem> {
    let from = text_of(node, "PredecessorUID")
        .ok_or_else(|| ImportProblem::cell(row, "PredecessorLink", "the predecessor is missing"))?;
    let kind = match text_of(node, "Type").unwrap_or("1") {
        "0" => LinkKind::FinishToFinish,
        "1" => LinkKind::FinishToStart,
        "2" => LinkKind::StartToFinish,
        "3" => LinkKind::StartToStart,
        other => return Err(ImportProblem::cell(row, "Type", format!("{other} is none of the four link types"))),
    };
    let lag = text_of(node, "LinkLag").unwrap_or("0");
    let wrong = || ImportProblem::cell(row, "LinkLag", format!("'{lag}' is not a whole number of tenths of minutes"));
    let number: i64 = lag.parse().map_err(|_| wrong())?;
    let format = text_of(node, "LagFormat").and_then(|format| format.parse().ok()).unwrap_or(7);
    // Percent, elapsed percent, and the same where they are estimated.
    if let 19 | 20 | 51 | 52 = format {
        let whole = durations.get(from).copied().unwrap_or(0);
        let minutes = whole.checked_mul(number).ok_or_else(wrong)?;
        let minutes = (minutes + 50 * minutes.signum()) / 100;
        if number != 0 {
            note("LinkLag", &format!("{number} % of the predecessor are read as {minutes} minutes"));
        }
        let unit = if matches!(format, 20 | 52) { LagUnit::Elapsed } else { LagUnit::Working };
        return Ok((from, kind, minutes, unit));
    }
    let unit = if is_elapsed(format) { LagUnit::Elapsed } else { LagUnit::Working };
    Ok((from, kind, number / 10, unit))
}
