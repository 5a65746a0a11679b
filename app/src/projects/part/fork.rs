//! What if: a plan that is tried out. Steps are shown and kept in this window, none is stored until all are applied as
//! one.

use domain::{
    Fault, Minute,
    projects::{document::PlanDocument, operation::Operation},
};
use serde::{Deserialize, Serialize};

/// A plan and what is tried with it.
#[derive(Clone)]
pub struct Fork {
    /// The plan as it is stored.
    pub base: PlanDocument,
    pub tried: Tried,
    /// What the base comes to.
    pub before: Outcome,
}

/// The steps, as they outlive a reload of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    pub steps: Vec<Vec<Operation>>,
    /// Steps that were taken back, last one last.
    pub undone: Vec<Vec<Operation>>,
}

/// What a state of the plan comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// What a plan that counts backward is about.
    pub start: Minute,
    pub finish: Minute,
    /// True where the plan counts backward: its finish stays, and its start says how good it is.
    pub backward: bool,
    /// Minutes in which somebody or something is asked for too much.
    pub overload: i64,
    /// Tasks that end behind their deadline.
    pub late: usize,
}

impl Fork {
    /// The base with every step, and how many steps no longer fit: those are dropped.
    #[must_use]
    pub fn replay(&mut self) -> (PlanDocument, usize) {
        let mut plan = self.base.clone();
        let before = self.tried.steps.len();
        self.tried.steps.retain(|step| plan.apply_all(step).is_ok());
        (plan, before - self.tried.steps.len())
    }

    /// Takes back the last step, or does it again.
    ///
    /// # Errors
    /// `Conflict` where there is none.
    pub fn turn(&mut self, back: bool) -> Result<(), Fault> {
        let Tried { steps, undone } = &mut self.tried;
        let (from, to) = if back { (steps, undone) } else { (undone, steps) };
        let nothing = if back { "Nothing has been tried yet." } else { "Nothing was taken back." };
        let step = from.pop().ok_or_else(|| Fault::because(domain::FaultKind::Conflict, nothing))?;
        to.push(step);
        Ok(())
    }

    /// Every operation, in order.
    #[must_use]
    pub fn operations(&self) -> Vec<Operation> {
        self.tried.steps.iter().flatten().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        CalendarId, ProjectId, TaskId,
        projects::{operation::TaskDraft, view::NewProject},
    };
    use uuid::Uuid;

    use super::*;

    fn fork() -> Fork {
        let new =
            NewProject { name: "Line".into(), start: "2026-01-05".parse().expect("a date"), ..NewProject::default() };
        let ids = (ProjectId(Uuid::from_u128(1)), CalendarId(Uuid::from_u128(2)));
        let base = PlanDocument::create(ids.0, ids.1, "P".into(), new).expect("a plan");
        Fork { base, tried: Tried::default(), before: Outcome::default() }
    }

    fn add(number: u128) -> Vec<Operation> {
        let draft = TaskDraft { name: format!("T{number}"), ..TaskDraft::default() };
        let id = TaskId(Uuid::from_u128(number));
        vec![Operation::AddTask { id, parent_id: None, after: None, task: Box::new(draft) }]
    }

    #[test]
    fn steps_are_tried_taken_back_and_tried_again() {
        let mut fork = fork();
        fork.tried.steps = vec![add(10), add(11)];
        assert_eq!(fork.replay().0.tasks.len(), 2);
        fork.turn(true).expect("taken back");
        assert_eq!(fork.replay().0.tasks.len(), 1);
        fork.turn(false).expect("again");
        assert_eq!(fork.operations().len(), 2);
        assert!(fork.turn(false).is_err());
        assert!(fork.base.tasks.is_empty());
    }

    #[test]
    fn a_step_that_no_longer_fits_is_dropped_and_counted() {
        let mut fork = fork();
        let gone = Operation::RemoveTasks { ids: vec![TaskId(Uuid::from_u128(99))] };
        fork.tried.steps = vec![add(10), vec![gone], add(11)];
        let (plan, dropped) = fork.replay();
        assert_eq!((plan.tasks.len(), dropped, fork.tried.steps.len()), (2, 1, 2));
    }
}
