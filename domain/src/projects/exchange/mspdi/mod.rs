//! MS Project XML.

mod calendar;
mod part;
mod staff;
mod task;

use std::collections::{BTreeMap, HashMap, HashSet};

use roxmltree::{Document, Node, ParsingOptions};

use super::{
    draft::{BaselineDraft, Links, Outline, PlanDraft},
    export::mspdi as ours,
    notation,
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
    let places = staff::resources(root, &fields, &calendars, &mut draft);
    let mut work = staff::assignments(root, &places, &mut draft);
    let mut clocks = part::Clocks::default();
    let mut agreed = Agreed::default();
    let nodes: Vec<Node<'_, '_>> = group(root, "Tasks").collect();
    let mut place = HashMap::new();
    let mut idle = HashSet::new();
    let mut outline = Outline::default();
    for (number, node) in (1..).zip(&nodes) {
        if is_project_row(*node) {
            project_row(*node, &mut draft)?;
            agreed.names = fields.baselines.and_then(|field| attribute_of(*node, field)).unwrap_or_default();
        } else if text_of(*node, "IsNull") != Some("1") {
            let (level, read) = task::read(*node, number, &fields, &calendars, &mut draft.notes);
            let (depth, orphan) = outline.place(level, read.is_ok());
            match read {
                Ok((mut task, calendar)) => {
                    let row = draft.rows.len();
                    let work = text_of(*node, "UID").and_then(|uid| work.remove(uid)).unwrap_or_default();
                    let told = (&task, calendar);
                    task.splits = part::read((*node, number), told, &work.spans, &fields, &mut clocks, &mut draft);
                    let levelled = task::levelled(*node, number, &task, &fields, &mut draft.notes);
                    levelled.map(|at| draft.levelled.insert(row, at));
                    if !work.needs.is_empty() {
                        draft.needs.insert(row, work.needs);
                    }
                    agreed.read(*node, row);
                    if orphan {
                        draft.notes.push(ImportProblem::cell(number, "OutlineLevel", "the row above it is left out"));
                    }
                    if let Some(uid) = text_of(*node, "UID") {
                        place.insert(uid, row);
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
    draft.baselines = agreed.drafts();
    Ok(draft)
}

/// Baselines by their numbers, while rows are read.
#[derive(Default)]
struct Agreed<'a> {
    /// Ours, in the order of the numbers.
    names: &'a str,
    rows: BTreeMap<usize, Vec<(usize, Minute, Minute, i64)>>,
}

impl Agreed<'_> {
    fn read(&mut self, node: Node<'_, '_>, row: usize) {
        for baseline in elements(node).filter(|element| element.tag_name().name() == "Baseline") {
            let at = |name: &str| date(baseline, name, 0).ok().flatten();
            let number = text_of(baseline, "Number").and_then(|number| number.parse().ok());
            let minutes = text_of(baseline, "Duration").and_then(|text| task::minutes(text).ok());
            if let (Some(number), Some(start), Some(finish)) = (number, at("Start"), at("Finish")) {
                let minutes = minutes.map_or(0, |(minutes, _)| minutes);
                self.rows.entry(number).or_default().push((row, start, finish, minutes));
            }
        }
    }

    /// MS Project calls them Baseline, Baseline 1 and so on.
    fn drafts(self) -> Vec<BaselineDraft> {
        let names = notation::read_needs(self.names);
        let usual = |number: usize| if number == 0 { "Baseline".to_owned() } else { format!("Baseline {number}") };
        let name = |number: usize| names.get(number).map_or_else(|| usual(number), |(name, _)| name.clone());
        self.rows.into_iter().map(|(number, rows)| BaselineDraft { name: name(number), rows }).collect()
    }
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
    priority: Option<&'a str>,
    pauses: Option<&'a str>,
    levelled: Option<&'a str>,
    baselines: Option<&'a str>,
    kind: Option<&'a str>,
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
        }
    }
}

/// What stands in a text field.
fn attribute_of<'a>(node: Node<'a, '_>, field: &str) -> Option<&'a str> {
    let own = elements(node).filter(|element| element.tag_name().name() == "ExtendedAttribute");
    own.filter(|own| text_of(*own, "FieldID") == Some(field)).find_map(|own| text_of(own, "Value"))
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
                Err(ImportProblem::cell(row, name, format!("{} is outside 1970 to 2200", at.day_in_words())))
            }
        }
    }
}
