//! Cells of the table: which there are, what stands in them while somebody types, and what the typed text comes to.

use std::collections::HashSet;

use domain::{
    Fault, LinkId, Minute, TaskId,
    projects::{
        document::{LinkRecord, TaskRecord},
        exchange::table,
        operation::{Operation, TaskMove, TaskPatch},
        plan::{ConstraintKind, LagUnit, LinkKind, TaskKind, TaskMode},
    },
};
use uuid::Uuid;

use super::{super::amount, model::Model};

/// A column that is typed into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    Name,
    Duration,
    Start,
    Finish,
    Progress,
    Predecessors,
}

impl Field {
    /// Every column, in the order of the table.
    pub const ALL: [Self; 6] =
        [Self::Name, Self::Duration, Self::Start, Self::Finish, Self::Progress, Self::Predecessors];

    /// The spelling in the page.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Duration => "duration",
            Self::Start => "start",
            Self::Finish => "finish",
            Self::Progress => "progress",
            Self::Predecessors => "predecessors",
        }
    }

    /// What is typed there, read aloud.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Name of the task",
            Self::Duration => "Duration of the task",
            Self::Start => "Start of the task",
            Self::Finish => "Finish of the task",
            Self::Progress => "Percent done",
            Self::Predecessors => "Predecessors of the task",
        }
    }

    /// What may be typed there.
    pub const fn example(self) -> &'static str {
        match self {
            Self::Name => "",
            Self::Duration => "3d, 4h, 2w",
            Self::Start | Self::Finish => "2026-01-31",
            Self::Progress => "0 to 100",
            Self::Predecessors => "3FS+2d, 1.2SS",
        }
    }

    /// The column with this spelling.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == code)
    }

    /// The column so many places to the right, or left.
    pub fn beside(self, by: isize) -> Option<Self> {
        let here = Self::ALL.iter().position(|field| *field == self)?;
        Self::ALL.get(here.checked_add_signed(by)?).copied()
    }
}

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
    }
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
    if led && !matches!(field, Field::Name | Field::Predecessors) {
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
    }
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
