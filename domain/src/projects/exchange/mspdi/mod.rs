//! MS Project XML.

mod baseline;
mod calendar;
mod dates;
mod link;
mod part;
mod recurrence;
mod row;
mod shift;
mod staff;
mod task;

use roxmltree::{Document, Node, ParsingOptions};

use super::{
    draft::{PlanDraft, UNNAMED},
    export::mspdi as ours,
};
use crate::{
    Minute,
    projects::{plan::Direction, view::ImportProblem},
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
    let places = staff::resources(root, &fields, &calendars, &mut draft);
    let work = staff::assignments(root, &places, &mut draft);
    let nodes: Vec<Node<'_, '_>> = group(root, "Tasks").collect();
    let mut rows = row::Rows::new(fields, calendars, work);
    for (number, node) in (1..).zip(&nodes) {
        if is_project_row(*node) {
            project_row(*node, &mut draft)?;
            rows.project(*node);
        } else if !is_blank(*node) {
            rows.take((*node, number), is_childless(*node, &nodes[number..]), &mut draft);
        }
    }
    rows.finish(&nodes, &mut draft);
    Ok(draft)
}

/// A row without anything in it.
fn is_blank(node: Node<'_, '_>) -> bool {
    text_of(node, "IsNull") == Some("1")
}

/// True where none of the rows that follow stands below it.
fn is_childless(node: Node<'_, '_>, rest: &[Node<'_, '_>]) -> bool {
    let level =
        |node: Node<'_, '_>| text_of(node, "OutlineLevel").and_then(|level| level.parse::<i64>().ok()).unwrap_or(1);
    rest.iter().find(|next| !is_blank(**next)).is_none_or(|next| level(*next) <= level(node))
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
        name: name.unwrap_or(UNNAMED).to_owned(),
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
    priority: Option<&'a str>,
    pauses: Option<&'a str>,
    levelled: Option<&'a str>,
    baselines: Option<&'a str>,
    kind: Option<&'a str>,
    called: Option<&'a str>,
}

impl<'a> Fields<'a> {
    fn of(root: Node<'a, '_>) -> Self {
        let field = |field: ours::Field| {
            let named = |node: &Node<'a, '_>| text_of(*node, "Alias") == Some(field.alias);
            group(root, "ExtendedAttributes").find(named).and_then(|node| text_of(node, "FieldID"))
        };
        Self {
            status: field(ours::STATUS),
            department: field(ours::DEPARTMENT),
            priority: field(ours::PRIORITY),
            pauses: field(ours::PAUSES),
            levelled: field(ours::LEVELLED),
            baselines: field(ours::BASELINES),
            kind: field(ours::KIND),
            called: field(ours::CALLED),
        }
    }
}

/// What stands in a text field.
fn attribute_of<'a>(node: Node<'a, '_>, field: &str) -> Option<&'a str> {
    let own = elements(node).filter(|element| element.tag_name().name() == "ExtendedAttribute");
    own.filter(|own| text_of(*own, "FieldID") == Some(field)).find_map(|own| text_of(own, "Value"))
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
                Err(ImportProblem::cell(row, name, format!("{} is outside 1970 to 2200", at.day_in_words())))
            }
        }
    }
}
