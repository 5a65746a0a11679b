//! Rows in another order or at another level, as operations. No browser in here.

use std::collections::HashSet;

use domain::{
    TaskId,
    projects::{document::PlanDocument, operation::Operation},
};

/// The picked rows that do not stand below a picked one: they take the others along.
pub fn roots(plan: &PlanDocument, picked: &[TaskId]) -> Vec<TaskId> {
    taken(plan, picked).0
}

/// The picked roots, and every row that goes where they go.
pub fn taken(plan: &PlanDocument, picked: &[TaskId]) -> (Vec<TaskId>, HashSet<TaskId>) {
    let picked: HashSet<TaskId> = picked.iter().copied().collect();
    let mut inside: HashSet<TaskId> = HashSet::new();
    let mut roots = Vec::new();
    for task in &plan.tasks {
        let below = task.parent_id.is_some_and(|parent| inside.contains(&parent));
        if below || picked.contains(&task.id) {
            inside.insert(task.id);
            if !below {
                roots.push(task.id);
            }
        }
    }
    (roots, inside)
}

/// The picked roots by the row above them, in outline order.
fn families(plan: &PlanDocument, picked: &[TaskId]) -> Vec<(Option<TaskId>, Vec<TaskId>)> {
    let mut families: Vec<(Option<TaskId>, Vec<TaskId>)> = Vec::new();
    let positions = plan.positions();
    for id in roots(plan, picked) {
        let parent = positions.get(&id).and_then(|index| plan.tasks[*index as usize].parent_id);
        match families.iter_mut().find(|(known, _)| *known == parent) {
            Some((_, ids)) => ids.push(id),
            None => families.push((parent, vec![id])),
        }
    }
    families
}

/// Each row goes below the row before it that stays.
pub fn indent(plan: &PlanDocument, picked: &[TaskId]) -> Vec<Operation> {
    let mut below: Vec<(TaskId, Vec<TaskId>)> = Vec::new();
    let going: HashSet<TaskId> = roots(plan, picked).into_iter().collect();
    for (parent, _) in families(plan, picked) {
        let mut above = None;
        for sibling in plan.children(parent) {
            match above {
                _ if !going.contains(&sibling.id) => above = Some(sibling.id),
                Some(above) => match below.last_mut().filter(|(known, _)| *known == above) {
                    Some((_, ids)) => ids.push(sibling.id),
                    None => below.push((above, vec![sibling.id])),
                },
                None => {}
            }
        }
    }
    let place = |(parent, ids): (TaskId, Vec<TaskId>)| {
        let after = plan.children(Some(parent)).map(|child| child.id).filter(|id| !going.contains(id)).last();
        Operation::PlaceTasks { ids, parent_id: Some(parent), after }
    };
    below.into_iter().map(place).collect()
}

/// Each row goes behind the row above it.
pub fn outdent(plan: &PlanDocument, picked: &[TaskId]) -> Vec<Operation> {
    let families = families(plan, picked).into_iter();
    let places = families.filter_map(|(parent, ids)| {
        let parent = plan.task(parent?)?;
        Some(Operation::PlaceTasks { ids, parent_id: parent.parent_id, after: Some(parent.id) })
    });
    places.collect()
}

/// The rows go before the sibling above them, or behind the one below.
pub fn step(plan: &PlanDocument, picked: &[TaskId], down: bool) -> Option<Operation> {
    let (parent_id, ids) = families(plan, picked).into_iter().next()?;
    let siblings: Vec<TaskId> = plan.children(parent_id).map(|task| task.id).collect();
    let place = |id: Option<&TaskId>| siblings.iter().position(|sibling| Some(sibling) == id);
    let after = if down {
        let next = siblings.get(place(ids.last())? + 1..)?.iter().find(|id| !ids.contains(id))?;
        Some(*next)
    } else {
        let free: Vec<TaskId> =
            siblings[..place(ids.first())?].iter().rev().filter(|id| !ids.contains(id)).copied().collect();
        free.first()?;
        free.get(1).copied()
    };
    Some(Operation::PlaceTasks { ids, parent_id, after })
}

/// True where the rows stand there already, so that nothing would change.
pub fn stand_there(plan: &PlanDocument, ids: &[TaskId], parent: Option<TaskId>, after: Option<TaskId>) -> bool {
    let siblings: Vec<TaskId> = plan.children(parent).map(|task| task.id).collect();
    let first = after.map_or(Some(0), |after| siblings.iter().position(|id| *id == after).map(|place| place + 1));
    first.and_then(|first| siblings.get(first..first + ids.len())).is_some_and(|there| there == ids)
}

#[cfg(test)]
mod tests {
    use super::{super::model::tests::*, *};

    /// Names in outline order, each behind dots for its level.
    fn outline(plan: &PlanDocument) -> String {
        let rows = plan.tasks.iter().zip(plan.codes());
        rows.map(|(task, code)| format!("{}{}", ".".repeat(code.matches('.').count()), task.name))
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn after(operations: &[Operation]) -> String {
        let mut model = model();
        model.apply_all(operations).expect("placed");
        outline(model.document())
    }

    #[test]
    fn rows_go_in_and_out_together() {
        let model = model();
        let plan = model.document();
        assert_eq!(outline(plan), "T10 .T11 .T12 T13");
        assert_eq!(after(&indent(plan, &[task(12), task(13)])), "T10 .T11 ..T12 .T13");
        assert_eq!(after(&outdent(plan, &[task(11), task(12)])), "T10 T11 T12 T13");
        assert_eq!(indent(plan, &[task(10), task(11)]), [], "nothing stands above");
        assert_eq!(roots(plan, &[task(12), task(10), task(13)]), [task(10), task(13)]);
    }

    #[test]
    fn rows_step_over_their_neighbours() {
        let model = model();
        let plan = model.document();
        let step = |ids: &[TaskId], down| step(plan, ids, down).map(|operation| after(&[operation]));
        assert_eq!(step(&[task(12)], false).as_deref(), Some("T10 .T12 .T11 T13"));
        assert_eq!(step(&[task(10)], true).as_deref(), Some("T13 T10 .T11 .T12"));
        assert_eq!((step(&[task(10)], false), step(&[task(11), task(12)], true)), (None, None));
        assert!(stand_there(plan, &[task(12)], Some(task(10)), Some(task(11))));
        assert!(!stand_there(plan, &[task(12)], Some(task(10)), None));
    }
}
