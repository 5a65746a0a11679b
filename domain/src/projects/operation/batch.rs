//! Several operations as one act.

use super::{Delta, Operation};
use crate::{Fault, projects::document::PlanDocument};

impl PlanDocument {
    /// Applies operations in order, all or none.
    ///
    /// # Errors
    /// As [`apply`](Self::apply); of several, the fields say which operation was refused.
    pub fn apply_all(&mut self, operations: &[Operation]) -> Result<Delta, Fault> {
        let mut done: Vec<Delta> = Vec::with_capacity(operations.len());
        for (index, operation) in operations.iter().enumerate() {
            match self.apply(operation) {
                Ok(delta) => done.push(delta),
                Err(fault) => {
                    for delta in done.iter().rev() {
                        self.take_back(delta);
                    }
                    return Err(at(index, operations.len(), fault));
                }
            }
        }
        Ok(joined(done))
    }
}

/// Changes that follow each other, as one. Neighbours are joined first, so that a thousand changes are not gone through
/// a thousand times.
fn joined(mut deltas: Vec<Delta>) -> Delta {
    while deltas.len() > 1 {
        let mut pairs = Vec::with_capacity(deltas.len().div_ceil(2));
        let mut rest = deltas.into_iter();
        while let Some(first) = rest.next() {
            pairs.push(match rest.next() {
                Some(next) => first.then(next),
                None => first,
            });
        }
        deltas = pairs;
    }
    deltas.pop().unwrap_or_default()
}

/// Which operation of several was refused.
fn at(index: usize, of: usize, mut fault: Fault) -> Fault {
    if of > 1 {
        for field in &mut fault.fields {
            field.field = format!("operations[{index}].{}", field.field);
        }
    }
    fault
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        CalendarId, ProjectId, TaskId,
        projects::{operation::TaskDraft, view::NewProject},
    };

    fn task(number: u128) -> TaskId {
        TaskId(Uuid::from_u128(number))
    }

    fn added(number: u128, name: &str) -> Operation {
        let draft = TaskDraft { name: name.to_owned(), ..TaskDraft::default() };
        Operation::AddTask { id: task(number), parent_id: None, after: None, task: Box::new(draft) }
    }

    #[test]
    fn what_is_refused_in_the_middle_leaves_no_trace() {
        let new = NewProject { name: "Die".into(), start: "2026-01-05".parse().expect("a date"), ..Default::default() };
        let (id, calendar) = (ProjectId(Uuid::from_u128(1)), CalendarId(Uuid::from_u128(2)));
        let mut plan = PlanDocument::create(id, calendar, "D".into(), new).expect("a plan");
        plan.apply_all(&[added(10, "Cut"), added(11, "Form")]).expect("two rows");
        let before = plan.clone();
        let below = Operation::PlaceTasks { ids: vec![task(11)], parent_id: Some(task(10)), after: None };
        let stretch = Operation::StretchTask { id: task(11), duration_minutes: 60 };
        let fault = plan.apply_all(&[below, stretch, added(12, " ")]).expect_err("no name");
        assert_eq!(fault.fields[0].field, "operations[2].name");
        assert_eq!(plan, before);
    }
}
