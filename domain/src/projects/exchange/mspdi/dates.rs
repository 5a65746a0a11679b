//! The dates that MS Project found, beside those that come out here.

use std::collections::BTreeSet;

use roxmltree::Node;

use super::date;
use crate::{
    Minute,
    projects::{
        calendar::WorkClock,
        exchange::draft::{PlanDraft, parents},
        operation::TaskDraft,
        plan::{ConstraintKind, Direction, LinkKind, TaskKind, TaskMode},
        schedule::Scheduler,
        view::ImportProblem,
    },
};

/// Rows whose dates differ that are noted one by one.
const NAMED: usize = 10;

/// Start and finish of each row as the file has them, with the number of the row in the file.
#[derive(Default)]
pub(super) struct Told {
    rows: Vec<(usize, Option<(Minute, Minute)>)>,
}

impl Told {
    /// Takes the dates of the next row.
    pub(super) fn read(&mut self, node: Node<'_, '_>, number: usize) {
        self.rows.push((number, dates(node)));
    }

    fn start(&self, row: usize) -> Option<Minute> {
        self.rows[row].1.map(|(start, _)| start)
    }

    /// Rows that follow something which is not in the file start no earlier than they did there.
    pub(super) fn hold(&self, held: &BTreeSet<usize>, draft: &mut PlanDraft) {
        for row in held {
            let start = self.start(*row).filter(|start| *start > draft.start);
            let task = &mut draft.rows[*row].1;
            if let Some(start) = start.filter(|_| is_free(task) && task.constraint == ConstraintKind::AsSoonAsPossible)
            {
                (task.constraint, task.constraint_at) = (ConstraintKind::StartNoEarlierThan, Some(start));
                let note = "it follows what is not in the file and is held where it starts there";
                draft.notes.push(ImportProblem::cell(self.rows[*row].0, "Start", note));
            }
        }
    }

    /// MS Project lets rows stand before the project's start: those that a date holds there, and those that follow them.
    /// Here nothing that moves does, so such a plan starts with the first of them. What hung on its start is held there.
    pub(super) fn start_earlier(&self, draft: &mut PlanDraft) {
        if draft.direction == Direction::Backward || draft.start.0 == 0 {
            return;
        }
        let leaf = leaves(draft);
        let free = |row: &usize| leaf[*row] && is_free(&draft.rows[*row].1);
        let early = (0..draft.rows.len()).filter(free).filter(|row| is_soon(&draft.rows[*row].1));
        let Some(first) = early.filter_map(|row| self.start(row)).min().filter(|first| *first < draft.start) else {
            return;
        };
        let waits = waiting(draft);
        let hangs = |row: &usize| {
            let own = draft.rows[*row].1.constraint == ConstraintKind::AsSoonAsPossible;
            own && !waits[*row] && self.start(*row).is_none_or(|start| start >= draft.start)
        };
        let hanging: Vec<usize> = (0..draft.rows.len()).filter(free).filter(hangs).collect();
        let named = std::mem::replace(&mut draft.start, first);
        for row in &hanging {
            let task = &mut draft.rows[*row].1;
            (task.constraint, task.constraint_at) = (ConstraintKind::StartNoEarlierThan, Some(named));
        }
        let held = match hanging.len() {
            0 => String::new(),
            1 => "; the row that hung on that start is held there".to_owned(),
            rows => format!("; the {rows} rows that hung on that start are held there"),
        };
        let note = format!(
            "rows stand before {}, the start of the file, so the plan starts on {}{held}",
            shown(named),
            shown(first)
        );
        draft.notes.push(ImportProblem::cell(0, "StartDate", note));
    }

    /// Notes the rows that come out at other dates than the file has.
    pub(super) fn compare(&self, draft: &mut PlanDraft) {
        if self.rows.iter().all(|(_, told)| told.is_none()) {
            return;
        }
        let mut number = 0_u128;
        let plan = draft.clone().document(|| {
            number += 1;
            uuid::Uuid::from_u128(number)
        });
        // What cannot be scheduled at all is said elsewhere.
        let Some(scheduler) = plan.ok().and_then(|plan| Scheduler::new(&plan.to_plan()).ok()) else { return };
        let slots = scheduler.run().tasks;
        let mut others = 0;
        for (index, (slot, (number, told))) in (0_u32..).zip(slots.iter().zip(&self.rows)) {
            let Some((start, finish)) = told.filter(|_| scheduler.task(index).kind != TaskKind::Summary) else {
                continue;
            };
            let clock = Some(scheduler.clock(index)).filter(|_| !scheduler.task(index).elapsed);
            if same(clock, slot.start, start) && same(clock, slot.finish, finish) {
                continue;
            }
            others += 1;
            if others <= NAMED {
                let (here, there) = ((slot.start, slot.finish), (start, finish));
                let period = |(start, finish)| format!("{} to {}", shown(start), shown(finish));
                let note = format!("comes out at {}; MS Project has {}", period(here), period(there));
                draft.notes.push(ImportProblem::cell(*number, "Start", note));
            }
        }
        if others > NAMED {
            let note = format!("{} rows more come out at other dates than MS Project has", others - NAMED);
            draft.notes.push(ImportProblem::file(note));
        }
    }
}

/// Start and finish that the file has.
pub(super) fn dates(node: Node<'_, '_>) -> Option<(Minute, Minute)> {
    let at = |name: &str| date(node, name, 0).ok().flatten();
    at("Start").zip(at("Finish")).filter(|(start, finish)| start <= finish)
}

fn shown(at: Minute) -> String {
    at.datetime().format("%Y-%m-%d %H:%M").to_string()
}

/// Friday evening and Monday morning are the same moment where nobody works between them. The seconds that MS Project
/// counts make a minute at most.
fn same(clock: Option<&WorkClock>, one: Minute, other: Minute) -> bool {
    let apart = |minutes: i64| minutes.abs() <= 1;
    apart(one.0 - other.0) || clock.is_some_and(|clock| apart(clock.between(one, other)))
}

/// Links and constraints move it.
fn is_free(task: &TaskDraft) -> bool {
    task.mode == TaskMode::Auto && task.actual_start.is_none() && task.kind != TaskKind::Summary
}

/// It stands as early as it can, or as a date lets it.
const fn is_soon(task: &TaskDraft) -> bool {
    use ConstraintKind::{AsSoonAsPossible, FinishNoEarlierThan, StartNoEarlierThan};
    matches!(task.constraint, AsSoonAsPossible | StartNoEarlierThan | FinishNoEarlierThan)
}

/// Rows without rows below them.
fn leaves(draft: &PlanDraft) -> Vec<bool> {
    let below = draft.rows.iter().skip(1).map(|(level, _)| Some(*level)).chain([None]);
    draft.rows.iter().zip(below).map(|((level, _), below)| below.is_none_or(|below| below <= *level)).collect()
}

/// Rows whose start, or the start of a row above them, waits for another.
fn waiting(draft: &PlanDraft) -> Vec<bool> {
    let mut waits = vec![false; draft.rows.len()];
    for (_, to, kind, ..) in &draft.links {
        waits[*to] |= matches!(kind, LinkKind::FinishToStart | LinkKind::StartToStart);
    }
    for (row, parent) in parents(&draft.rows).into_iter().enumerate() {
        waits[row] |= parent.is_some_and(|parent| waits[parent]);
    }
    waits
}
