//! Rows, one after the other, and what is said of all of them together.

use std::collections::{BTreeSet, HashMap};

use roxmltree::Node;

use super::{
    Fields, attribute_of,
    baseline::Agreed,
    calendar::Calendars,
    dates::Told,
    link::{self, Places},
    part::{self, Clocks},
    shift::Shifts,
    staff::Work,
    task, text_of,
};
use crate::projects::{
    exchange::draft::{Outline, PlanDraft},
    operation::TaskDraft,
    plan::{ConstraintKind, Direction},
    view::ImportProblem,
};

/// What is gathered while rows are read.
pub(super) struct Rows<'a, 'input> {
    fields: Fields<'a>,
    calendars: Calendars<'a, 'input>,
    /// By the number of the task in the file.
    work: HashMap<&'a str, Work>,
    places: Places<'a>,
    /// Rows that follow what is not in the file.
    held: BTreeSet<usize>,
    told: Told,
    shifts: Shifts,
    agreed: Agreed<'a>,
    clocks: Clocks,
    outline: Outline,
}

impl<'a, 'input> Rows<'a, 'input> {
    pub(super) fn new(fields: Fields<'a>, calendars: Calendars<'a, 'input>, work: HashMap<&'a str, Work>) -> Self {
        Self {
            fields,
            calendars,
            work,
            places: Places::default(),
            held: BTreeSet::new(),
            told: Told::default(),
            shifts: Shifts::default(),
            agreed: Agreed::default(),
            clocks: Clocks::default(),
            outline: Outline::default(),
        }
    }

    /// Takes the row of the project itself.
    pub(super) fn project(&mut self, node: Node<'a, '_>) {
        self.agreed.names = self.fields.baselines.and_then(|field| attribute_of(node, field)).unwrap_or_default();
    }

    /// Takes the next row; where it is `childless`, none of the file stands below it.
    pub(super) fn take(&mut self, (node, number): (Node<'a, '_>, usize), childless: bool, draft: &mut PlanDraft) {
        let (level, read) = task::read((node, number), childless, &self.fields, &self.calendars, &mut draft.notes);
        let (depth, orphan) = self.outline.place(level, read.is_ok());
        match read {
            Ok((task, calendar)) => {
                if is_inserted(node, childless) {
                    self.held.insert(draft.rows.len());
                }
                self.keep((node, number), (depth, task), calendar, draft);
                if orphan {
                    draft.notes.push(ImportProblem::cell(number, "OutlineLevel", "the row above it is left out"));
                }
            }
            // Nothing is wrong with it: it is left out on purpose.
            Err(problems) if problems.is_empty() => {
                let foreign = text_of(node, "ExternalTask") == Some("1");
                let left = if foreign { &mut self.places.foreign } else { &mut self.places.idle };
                left.extend(text_of(node, "UID"));
            }
            Err(problems) => draft.problems.extend(problems),
        }
    }

    fn keep(
        &mut self,
        (node, number): (Node<'a, '_>, usize),
        (depth, mut task): (usize, TaskDraft),
        own: Option<usize>,
        draft: &mut PlanDraft,
    ) {
        let row = draft.rows.len();
        let uid = text_of(node, "UID");
        let work = uid.and_then(|uid| self.work.remove(uid)).unwrap_or_default();
        let calendar = if said_here(node, &self.fields) {
            own
        } else {
            self.shifts.calendar((node, number), (&task, own), &work, draft)
        };
        let known = (&task, calendar);
        task.splits = part::read((node, number), known, &work.spans, &self.fields, &mut self.clocks, draft);
        let levelled = task::levelled(node, number, &task, &self.fields, &mut draft.notes);
        levelled.map(|at| draft.levelled.insert(row, at));
        if !work.needs.is_empty() {
            draft.needs.insert(row, work.needs);
        }
        self.agreed.read(node, row);
        self.told.read(node, number);
        uid.map(|uid| self.places.rows.insert(uid, row));
        calendar.map(|index| draft.row_calendars.insert(row, index));
        draft.rows.push((depth, task));
    }

    /// Links, baselines, and the dates of all rows together.
    pub(super) fn finish(self, nodes: &[Node<'_, '_>], draft: &mut PlanDraft) {
        let mut held = self.held;
        held.extend(link::read(nodes, &self.places, draft));
        draft.baselines = self.agreed.drafts();
        self.shifts.note(draft);
        self.told.hold(&held, draft);
        if draft.direction == Direction::Backward {
            // There it says nothing: everything stands as late as it can.
            let late = |task: &&mut TaskDraft| task.constraint == ConstraintKind::AsLateAsPossible;
            let tasks = draft.rows.iter_mut().map(|(_, task)| task).filter(late);
            tasks.for_each(|task| task.constraint = ConstraintKind::AsSoonAsPossible);
        }
        self.told.start_earlier(draft);
        self.told.compare(draft);
    }
}

/// A whole project that stands in this one as a row.
fn is_inserted(node: Node<'_, '_>, childless: bool) -> bool {
    let flag = |name: &str| text_of(node, name) == Some("1");
    let named = text_of(node, "SubprojectName").is_some_and(|name| !name.is_empty());
    childless && (named || flag("IsSubproject") || flag("Summary"))
}

/// True where we wrote the row: its calendar is said in so many words.
fn said_here(node: Node<'_, '_>, fields: &Fields<'_>) -> bool {
    fields.status.is_some_and(|field| attribute_of(node, field).is_some())
}
