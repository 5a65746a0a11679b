//! Cells that are typed into: what stands in them while somebody types, and what the typed text comes to.

use std::collections::HashSet;

use domain::{
    Fault, LinkId, Minute, TaskId,
    projects::{
        amount,
        document::{LinkRecord, TaskRecord, TaskStatus},
        exchange::table,
        operation::{Operation, TaskMove, TaskPatch},
        plan::{ConstraintKind, LagUnit, LinkKind, TaskKind, TaskMode},
    },
};
use uuid::Uuid;

use super::{super::moment::moment, field::Field, model::Model};

/// What stands in a cell when somebody begins to type.
pub fn written(model: &Model, task: u32, field: Field) -> String {
    let record = &model.document().tasks[task as usize];
    let slot = &model.schedule().tasks[task as usize];
    let date = |at: Minute| at.date().to_string();
    match field {
        Field::Name => record.name.clone(),
        Field::Duration if record.elapsed && record.duration % 60 == 0 => format!("{} eh", record.duration / 60),
        Field::Duration if record.elapsed => format!("{} em", record.duration),
        Field::Duration => amount::written(record.duration, model.document().calendar().minutes_per_day()),
        Field::Start => date(slot.start),
        Field::Finish => date(slot.finish),
        Field::Progress => model.progress(task).to_string(),
        Field::Predecessors => model.predecessors(task),
        Field::Status => record.status.title().to_owned(),
        Field::Department => record.department.clone().unwrap_or_default(),
        Field::Priority => record.priority.to_string(),
        Field::Deadline => record.deadline.map(date).unwrap_or_default(),
        Field::ConstraintDate => record.constraint_at.map(date).unwrap_or_default(),
        Field::ActualStart => record.actual_start.map(date).unwrap_or_default(),
        Field::ActualFinish => record.actual_finish.map(date).unwrap_or_default(),
    }
}

/// True where a summary says it of itself; the rest follows from the rows below it.
const fn is_of_summary(field: Field) -> bool {
    matches!(field, Field::Name | Field::Predecessors | Field::Department | Field::Deadline | Field::ConstraintDate)
}

/// What the typed text comes to, as one act.
///
/// # Errors
/// Why it cannot be done, for the cell.
pub fn typed(
    model: &Model,
    task: u32,
    field: Field,
    text: &str,
    id: impl FnMut() -> Uuid,
) -> Result<Vec<Operation>, Fault> {
    let record = &model.document().tasks[task as usize];
    // A summary without rows is as long as somebody says, and then it is a task.
    let led = record.kind == TaskKind::Summary && (field != Field::Duration || model.has_children(task));
    if led && !is_of_summary(field) {
        return Err(Fault::field(field.code(), "A summary follows the rows below it; change those."));
    }
    let refused = |message: String| Fault::field(field.code(), message);
    match field {
        Field::Name => {
            Ok(vec![patched(record, TaskPatch { name: Some(text.trim().to_owned()), ..Default::default() })])
        }
        Field::Duration => {
            let day = model.document().calendar().minutes_per_day();
            let (minutes, elapsed) = table::read_duration(text, day).map_err(|reason| refused(sentence(&reason)))?;
            // As in other planners: what takes no time is a milestone, and a milestone that takes time is a task.
            let kind = Some(if minutes == 0 { TaskKind::Milestone } else { TaskKind::Task });
            let patch = TaskPatch { duration: Some(minutes), elapsed: Some(elapsed), kind, ..TaskPatch::default() };
            Ok(vec![patched(record, patch)])
        }
        Field::Start => start(model, task, text).map_err(refused),
        Field::Finish => finish(model, task, text).map_err(refused),
        Field::Progress => {
            let number = text.trim().trim_end_matches('%').trim().parse::<u8>().ok().filter(|percent| *percent <= 100);
            let progress = number.ok_or_else(|| refused("Progress is 0 to 100.".to_owned()))?;
            Ok(vec![patched(record, TaskPatch { progress: Some(progress), ..TaskPatch::default() })])
        }
        Field::Predecessors => waits(model, record.id, text, id).map_err(refused),
        field => fact(model, record, field, text.trim()).map(|patch| vec![patched(record, patch)]).map_err(refused),
    }
}

/// What is known of a task beyond when it is worked on. Nothing takes away what may be absent.
fn fact(model: &Model, record: &TaskRecord, field: Field, text: &str) -> Result<TaskPatch, String> {
    let same = TaskPatch::default();
    let date = |end: bool, near: Option<Minute>| -> Result<Option<Minute>, String> {
        if text.is_empty() {
            return Ok(None);
        }
        let near = near.unwrap_or(model.schedule().start);
        let at = table::read_date(text, near).map_err(|reason| sentence(&reason))?;
        let whole_day = at.minute_of_day() == 0;
        Ok(Some(if whole_day { moment(model.document(), record.calendar_id, at.date(), end) } else { at }))
    };
    Ok(match field {
        Field::Status => TaskPatch { status: Some(status(text)?), ..same },
        Field::Department => TaskPatch { department: Some((!text.is_empty()).then(|| text.to_owned())), ..same },
        Field::Priority => {
            let number = text.parse::<i32>().ok().filter(|number| (0..=1000).contains(number));
            TaskPatch { priority: Some(number.ok_or("Priority is 0 to 1000; 500 is usual.")?), ..same }
        }
        Field::Deadline => TaskPatch { deadline: Some(date(true, record.deadline)?), ..same },
        Field::ConstraintDate if !record.constraint.needs_date() => {
            return Err("The constraint of this task has no date; choose another one first.".to_owned());
        }
        Field::ConstraintDate => {
            use ConstraintKind::{FinishNoEarlierThan, FinishNoLaterThan, MustFinishOn};
            let end = matches!(record.constraint, FinishNoEarlierThan | FinishNoLaterThan | MustFinishOn);
            match date(end, record.constraint_at)? {
                Some(at) => TaskPatch { constraint_at: Some(Some(at)), ..same },
                None => TaskPatch { constraint: Some(ConstraintKind::AsSoonAsPossible), ..same },
            }
        }
        Field::ActualStart => TaskPatch { actual_start: Some(date(false, record.actual_start)?), ..same },
        Field::ActualFinish => TaskPatch { actual_finish: Some(date(true, record.actual_finish)?), ..same },
        Field::Name | Field::Duration | Field::Start | Field::Finish | Field::Progress | Field::Predecessors => same,
    })
}

/// The status that begins with these letters.
fn status(text: &str) -> Result<TaskStatus, String> {
    let wanted = text.to_lowercase();
    let begins = |status: &TaskStatus| status.title().to_lowercase().starts_with(&wanted);
    let found = (!wanted.is_empty()).then(|| TaskStatus::ALL.into_iter().find(begins)).flatten();
    found.ok_or_else(|| format!("A status is {}.", TaskStatus::ALL.map(TaskStatus::title).join(", ")))
}

fn patched(record: &TaskRecord, patch: TaskPatch) -> Operation {
    Operation::EditTask { id: record.id, version: None, patch: Box::new(patch.seen_in(record)) }
}

/// A day without a time is when work begins on it. Nothing lets go of the date.
fn start(model: &Model, task: u32, text: &str) -> Result<Vec<Operation>, String> {
    let record = &model.document().tasks[task as usize];
    if text.trim().is_empty() && record.mode == TaskMode::Auto {
        let patch = TaskPatch { constraint: Some(ConstraintKind::AsSoonAsPossible), ..TaskPatch::default() };
        return Ok(vec![patched(record, patch)]);
    }
    let near = model.schedule().tasks[task as usize].start;
    let at = table::read_date(text, near).map_err(|reason| sentence(&reason))?;
    let start = if at.minute_of_day() == 0 { model.scheduler().clock(task).next_start(at) } else { at };
    Ok(vec![Operation::MoveTasks { moves: vec![TaskMove { id: record.id, start }] }])
}

/// The task takes the working time from its start to the end of that day.
fn finish(model: &Model, task: u32, text: &str) -> Result<Vec<Operation>, String> {
    let record = &model.document().tasks[task as usize];
    if record.kind == TaskKind::Milestone {
        return Err("A milestone takes no time; give it a duration first.".to_owned());
    }
    let slot = &model.schedule().tasks[task as usize];
    let at = table::read_date(text, slot.finish).map_err(|reason| sentence(&reason))?;
    let end = if at.minute_of_day() == 0 { Minute(at.0 + Minute::DAY) } else { at };
    let minutes =
        if record.elapsed { end.0 - slot.start.0 } else { model.scheduler().clock(task).between(slot.start, end) };
    let minutes = model.stored(task).work_within(minutes);
    if minutes <= 0 {
        return Err(format!("No working time lies between the start {} and {}.", slot.start.date(), at.date()));
    }
    Ok(vec![Operation::StretchTask { id: record.id, duration_minutes: minutes }])
}

/// The links that are written, in place of those that are there: what stays is kept or changed, the rest comes and goes.
fn waits(model: &Model, task: TaskId, text: &str, mut id: impl FnMut() -> Uuid) -> Result<Vec<Operation>, String> {
    let plan = model.document();
    let day = plan.calendar().minutes_per_day();
    let wanted = table::read_waits(&plan.codes(), text, day).map_err(|reason| sentence(&reason))?;
    let mut left: Vec<&LinkRecord> = plan.links.iter().filter(|link| link.successor_id == task).collect();
    let mut take = |from: TaskId, kind: Option<LinkKind>| {
        let place =
            left.iter().position(|link| link.predecessor_id == from && kind.is_none_or(|kind| link.kind == kind));
        place.map(|place| left.remove(place))
    };
    let mut wanted: Vec<(TaskId, LinkKind, i64, LagUnit)> =
        wanted.into_iter().map(|(row, kind, lag, unit)| (plan.tasks[row].id, kind, lag, unit)).collect();
    let mut seen = HashSet::new();
    wanted.retain(|(from, kind, ..)| seen.insert((*from, *kind)));
    // Links of the same type first, so that one that changes its type takes what is left.
    let mut matched: Vec<Option<&LinkRecord>> =
        wanted.iter().map(|(from, kind, ..)| take(*from, Some(*kind))).collect();
    for (link, (from, ..)) in matched.iter_mut().zip(&wanted).filter(|(link, _)| link.is_none()) {
        *link = take(*from, None);
    }
    let mut operations: Vec<Operation> = left.iter().map(|link| Operation::RemoveLink { id: link.id }).collect();
    for (link, (predecessor_id, kind, lag_minutes, lag_unit)) in matched.into_iter().zip(wanted) {
        match link {
            Some(link) if (link.kind, link.lag_minutes, link.lag_unit) == (kind, lag_minutes, lag_unit) => {}
            Some(link) => operations.push(Operation::EditLink {
                id: link.id,
                version: None,
                kind: Some(kind),
                lag_minutes: Some(lag_minutes),
                lag_unit: Some(lag_unit),
            }),
            None => operations.push(Operation::AddLink {
                id: LinkId(id()),
                predecessor_id,
                successor_id: task,
                kind,
                lag_minutes,
                lag_unit,
            }),
        }
    }
    Ok(operations)
}

/// A reason as a sentence.
fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    let first = letters.next().map(char::to_uppercase);
    let text: String = first.into_iter().flatten().chain(letters).collect();
    if text.ends_with('.') { text } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::{super::model::tests::*, *};

    fn type_into(row: u32, field: Field, text: &str) -> Result<Model, String> {
        let mut model = model();
        let mut number = 50;
        let operations = typed(&model, row, field, text, || {
            number += 1;
            Uuid::from_u128(number)
        });
        let stored = operations.and_then(|operations| model.apply_all(&operations));
        stored.map_err(|fault| fault.fields[0].message.clone())?;
        Ok(model)
    }

    #[test]
    fn durations_and_dates_are_typed_as_planners_write_them() {
        let model = type_into(1, Field::Duration, "2 w").expect("a duration");
        assert_eq!(written(&model, 1, Field::Duration), "10 d");
        assert_eq!(model.document().tasks[1].duration, 4_800);
        let model = type_into(1, Field::Finish, "2026-01-07").expect("a finish");
        assert_eq!(model.document().tasks[1].duration, 3 * 480);
        let model = type_into(1, Field::Start, "10 Jan").expect("a Saturday");
        assert_eq!(written(&model, 1, Field::Start), "2026-01-12");
        assert_eq!(
            type_into(1, Field::Duration, "0").expect("a milestone").document().tasks[1].kind,
            TaskKind::Milestone
        );
        let message = type_into(1, Field::Finish, "2026-01-04").err().expect("refused");
        assert_eq!(message, "No working time lies between the start 2026-01-05 and 2026-01-04.");
        assert!(type_into(0, Field::Duration, "3d").is_err(), "a summary");
        assert!(type_into(1, Field::Progress, "120").is_err());
    }

    #[test]
    fn what_is_known_of_a_task_is_typed_too() {
        let at = |text: &str| Some(text.parse::<Minute>().expect("a date"));
        let model = type_into(1, Field::Deadline, "9 Jan").expect("a deadline");
        assert_eq!(model.document().tasks[1].deadline, at("2026-01-09T17:00"), "the end of work on that day");
        let model = type_into(1, Field::ActualStart, "2026-01-06").expect("a start");
        assert_eq!(model.document().tasks[1].actual_start, at("2026-01-06T08:00"));
        let model = type_into(1, Field::Status, "wait").expect("a status");
        assert_eq!(written(&model, 1, Field::Status), "Waiting");
        let model = type_into(1, Field::Department, " Press shop ").expect("a department");
        assert_eq!(model.document().tasks[1].department.as_deref(), Some("Press shop"));
        assert_eq!(type_into(1, Field::Deadline, "").expect("none").document().tasks[1].deadline, None);
        assert!(type_into(1, Field::Priority, "1001").is_err() && type_into(1, Field::Status, "").is_err());
        assert!(type_into(1, Field::ConstraintDate, "9 Jan").is_err(), "as soon as possible has no date");
        assert!(type_into(0, Field::Department, "Press shop").is_ok() && type_into(0, Field::Priority, "1").is_err());
    }

    #[test]
    fn predecessors_are_one_act_that_keeps_what_stays() {
        // The fourth row waits for 1.1, a day behind it.
        let model = type_into(3, Field::Predecessors, "1.1FS+1d, 1.2SS").expect("a link more");
        assert_eq!((model.predecessors(3).as_str(), model.document().links.len()), ("1.1FS+1d, 1.2SS", 2));
        let model = type_into(3, Field::Predecessors, "1.1FF-4h").expect("another type");
        assert_eq!(model.predecessors(3), "1.1FF-4h");
        assert_eq!(model.document().links[0].id, LinkId(Uuid::from_u128(20)), "the same link");
        assert_eq!(type_into(3, Field::Predecessors, "").expect("none").document().links, []);
        let message = type_into(3, Field::Predecessors, "9").err().expect("refused");
        assert_eq!(message, "There is no task '9' among the rows.");
        let mut circle = type_into(1, Field::Predecessors, "2").err().expect("refused");
        circle.truncate(28);
        assert_eq!(circle, "These tasks wait for each ot");
    }
}
