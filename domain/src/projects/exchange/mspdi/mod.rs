//! MS Project XML.

mod calendar;
mod task;

use std::collections::{HashMap, HashSet};

use roxmltree::{Document, Node, ParsingOptions};

use super::{
    draft::{Links, Outline, PlanDraft},
    export::mspdi::{DEPARTMENT_FIELD, STATUS_FIELD},
};
use crate::{
    Minute,
    projects::{
        plan::{Direction, TaskKind},
        view::ImportProblem,
    },
};

/// Bytes that a file may have.
const LONGEST: usize = 64 << 20;
/// Elements and texts that a file may have: a file full of tiny elements would take many times its size.
const MOST_NODES: u32 = 6_000_000;

/// Reads a plan.
///
/// # Errors
/// Why the file as a whole cannot be read.
pub fn read(text: &str) -> Result<PlanDraft, ImportProblem> {
    if text.len() > LONGEST {
        return Err(ImportProblem::file(format!("the file is larger than {} MiB", LONGEST >> 20)));
    }
    // Documents that define entities are refused: a plan needs none, and they can grow without bounds.
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text.trim_start_matches('\u{feff}'), options)
        .map_err(|error| ImportProblem::file(format!("this is not XML: {error}")))?;
    let root = document.root_element();
    if root.tag_name().name() != "Project" {
        return Err(ImportProblem::file("this is not MS Project XML: its root is not Project"));
    }
    let mut draft = head(root)?;
    let calendars = calendar::Calendars::read(root, &mut draft)?;
    let fields = Fields::of(root);
    let people = people(root);
    let nodes: Vec<Node<'_, '_>> = group(root, "Tasks").collect();
    let mut place = HashMap::new();
    let mut idle = HashSet::new();
    let mut outline = Outline::default();
    for (number, node) in (1..).zip(&nodes) {
        if is_project_row(*node) {
            project_row(*node, &mut draft)?;
        } else if text_of(*node, "IsNull") != Some("1") {
            let (level, read) = task::read(*node, number, &fields, &calendars, &mut draft.notes);
            let (depth, orphan) = outline.place(level, read.is_ok());
            match read {
                Ok((task, calendar)) => {
                    let row = draft.rows.len();
                    if orphan {
                        draft.notes.push(ImportProblem::cell(number, "OutlineLevel", "the row above it is left out"));
                    }
                    if let Some(uid) = text_of(*node, "UID") {
                        place.insert(uid, row);
                        people.get(uid).map(|names| draft.people.insert(row, names.clone()));
                    }
                    calendar.map(|index| draft.row_calendars.insert(row, index));
                    draft.rows.push((depth, task));
                }
                Err(problems) => {
                    // Nothing is wrong with it: it is left out on purpose.
                    if problems.is_empty() {
                        idle.extend(text_of(*node, "UID"));
                    }
                    draft.problems.extend(problems);
                }
            }
        }
    }
    links(&nodes, &place, &idle, &mut draft);
    Ok(draft)
}

/// Row 0 is the project itself. It is the only one at level 0.
fn is_project_row(node: Node<'_, '_>) -> bool {
    match text_of(node, "OutlineLevel") {
        Some(level) => level == "0",
        None => text_of(node, "UID") == Some("0"),
    }
}

fn head(root: Node<'_, '_>) -> Result<PlanDraft, ImportProblem> {
    let name = ["Title", "Name"].into_iter().find_map(|element| text_of(root, element).filter(|name| !name.is_empty()));
    let mut draft = PlanDraft {
        name: name.unwrap_or("Imported plan").to_owned(),
        start: date(root, "StartDate", 0)?.unwrap_or_default(),
        ..PlanDraft::default()
    };
    if text_of(root, "ScheduleFromStart") == Some("0") {
        draft.direction = Direction::Backward;
        draft.target_end = date(root, "FinishDate", 0)?;
        if draft.target_end.is_none() {
            return Err(ImportProblem::cell(0, "FinishDate", "a plan that counts backward needs its finish"));
        }
        // The start of such a plan is worked out; a target before it would be refused.
        if draft.target_end.is_some_and(|end| end < draft.start) {
            draft.start = draft.target_end.unwrap_or_default();
        }
    } else if draft.start.0 == 0 {
        draft.notes.push(ImportProblem::cell(0, "StartDate", "the file names no start"));
    }
    Ok(draft)
}

fn project_row(node: Node<'_, '_>, draft: &mut PlanDraft) -> Result<(), ImportProblem> {
    draft.description = text_of(node, "Notes").unwrap_or_default().to_owned();
    if draft.direction == Direction::Forward {
        draft.target_end = date(node, "Deadline", 0)?.filter(|end| *end >= draft.start);
    }
    Ok(())
}

/// Text fields of the file that hold what MS Project has no place for, by our names on them.
struct Fields<'a> {
    status: Option<&'a str>,
    department: Option<&'a str>,
}

impl<'a> Fields<'a> {
    fn of(root: Node<'a, '_>) -> Self {
        let field = |alias: &str| {
            let named = |node: &Node<'a, '_>| text_of(*node, "Alias") == Some(alias);
            group(root, "ExtendedAttributes").find(named).and_then(|node| text_of(node, "FieldID"))
        };
        Self { status: field(STATUS_FIELD.1), department: field(DEPARTMENT_FIELD.1) }
    }
}

/// Names of the people of each task, by the task's number in the file. Machines hold no hands, material and cost are
/// no people.
fn people<'a>(root: Node<'a, '_>) -> HashMap<&'a str, Vec<String>> {
    let names: HashMap<&str, &str> = group(root, "Resources")
        .filter(|node| !matches!(text_of(*node, "Type"), Some("0" | "2")))
        .filter_map(|node| Some((text_of(node, "UID")?, text_of(node, "Name").filter(|name| !name.is_empty())?)))
        .collect();
    let mut people: HashMap<&str, Vec<String>> = HashMap::new();
    for node in group(root, "Assignments") {
        let name = text_of(node, "ResourceUID").and_then(|uid| names.get(uid));
        if let (Some(task), Some(name)) = (text_of(node, "TaskUID"), name) {
            people.entry(task).or_default().push((*name).to_owned());
        }
    }
    people
}

/// Links between rows. In MS Project those to inactive tasks hold nothing up, so they are no loss.
fn links(nodes: &[Node<'_, '_>], place: &HashMap<&str, usize>, idle: &HashSet<&str>, draft: &mut PlanDraft) {
    let mut known = Links::new(&draft.rows);
    for (number, node) in (1..).zip(nodes) {
        let Some(to) = text_of(*node, "UID").and_then(|uid| place.get(uid)) else { continue };
        for element in elements(*node).filter(|element| element.tag_name().name() == "PredecessorLink") {
            if text_of(element, "PredecessorUID").is_some_and(|uid| idle.contains(uid)) {
                let note = "the link to a task that is left out is left out too";
                draft.notes.push(ImportProblem::cell(number, "PredecessorUID", note));
                continue;
            }
            let read = task::link(element, number).and_then(|(from, kind, lag, unit)| {
                let cell = |reason: String| ImportProblem::cell(number, "PredecessorUID", reason);
                let from = *place.get(from).ok_or_else(|| cell(format!("task {from} is not among the rows")))?;
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
}

fn elements<'a, 'input>(node: Node<'a, 'input>) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(Node::is_element)
}

fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    elements(node).find(|element| element.tag_name().name() == name)
}

/// Elements of the child called `name`.
fn group<'a, 'input>(node: Node<'a, 'input>, name: &str) -> impl Iterator<Item = Node<'a, 'input>> {
    child(node, name).into_iter().flat_map(elements)
}

fn text_of<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    child(node, name).and_then(|element| element.text()).map(str::trim)
}

fn date(node: Node<'_, '_>, name: &str, row: usize) -> Result<Option<Minute>, ImportProblem> {
    match text_of(node, name) {
        None | Some("" | "NA") => Ok(None),
        Some(text) => {
            let at: Minute = text.parse().map_err(|reason: String| ImportProblem::cell(row, name, reason))?;
            if at.in_range() {
                Ok(Some(at))
            } else {
                Err(ImportProblem::cell(row, name, format!("{} is outside 1970 to 2200", at.date())))
            }
        }
    }
}
