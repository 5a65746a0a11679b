//! Rows of the database and records of the plan, each as the other.

use std::collections::HashMap;

use domain::{
    CalendarId, Fault, LinkId, Minute, ProjectId, TaskId, UserId,
    projects::{
        document::{CalendarRecord, LinkRecord, ProjectHead, TaskRecord},
        resource::Assignment,
        schedule::Slot,
    },
};
use entity::projects::{calendar, link, project, task};
use sea_orm::{ActiveModelTrait, Set};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fault::internal;

/// The word that stands for a value of an enum, as in JSON.
pub(super) fn word<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The value that a stored word stands for.
pub(super) fn meaning<T: DeserializeOwned>(word: &str) -> Result<T, Fault> {
    serde_json::from_value(Value::String(word.to_owned())).map_err(|error| internal("reading a stored word", error))
}

pub(super) fn head(row: &project::Model) -> Result<ProjectHead, Fault> {
    Ok(ProjectHead {
        id: ProjectId(row.id),
        code: row.code.clone(),
        name: row.name.clone(),
        description: row.description.clone(),
        status: meaning(&row.status)?,
        start: Minute(row.start),
        target_end: row.target_end.map(Minute),
        direction: meaning(&row.direction)?,
        calendar_id: row.calendar_id.map(CalendarId),
        manager_id: row.manager_id.map(UserId),
        version: row.version,
        revision: row.revision,
    })
}

pub(super) fn head_row(head: &ProjectHead) -> project::ActiveModel {
    project::ActiveModel {
        code: Set(head.code.clone()),
        name: Set(head.name.clone()),
        description: Set(head.description.clone()),
        status: Set(word(head.status)),
        start: Set(head.start.0),
        target_end: Set(head.target_end.map(|at| at.0)),
        direction: Set(word(head.direction)),
        calendar_id: Set(head.calendar_id.map(|id| id.0)),
        manager_id: Set(head.manager_id.map(|id| id.0)),
        version: Set(head.version),
        revision: Set(head.revision),
        ..ActiveModelTrait::default()
    }
}

pub(super) fn calendar_record(row: calendar::Model) -> Result<CalendarRecord, Fault> {
    let pattern = serde_json::from_value(row.pattern).map_err(|error| internal("reading a stored calendar", error))?;
    Ok(CalendarRecord { id: CalendarId(row.id), name: row.name, calendar: pattern, version: row.version })
}

pub(super) fn calendar_row(project: ProjectId, record: &CalendarRecord) -> Result<calendar::ActiveModel, Fault> {
    let pattern = serde_json::to_value(&record.calendar).map_err(|error| internal("storing a calendar", error))?;
    Ok(calendar::ActiveModel {
        id: Set(record.id.0),
        project_id: Set(project.0),
        name: Set(record.name.clone()),
        pattern: Set(pattern),
        version: Set(record.version),
        ..ActiveModelTrait::default()
    })
}

pub(super) fn link_record(row: &link::Model) -> Result<LinkRecord, Fault> {
    Ok(LinkRecord {
        id: LinkId(row.id),
        predecessor_id: TaskId(row.predecessor_id),
        successor_id: TaskId(row.successor_id),
        kind: meaning(&row.kind)?,
        lag_minutes: row.lag,
        lag_unit: meaning(&row.lag_unit)?,
        version: row.version,
    })
}

pub(super) fn link_row(project: ProjectId, record: &LinkRecord) -> link::ActiveModel {
    link::ActiveModel {
        id: Set(record.id.0),
        project_id: Set(project.0),
        predecessor_id: Set(record.predecessor_id.0),
        successor_id: Set(record.successor_id.0),
        kind: Set(word(record.kind)),
        lag: Set(record.lag_minutes),
        lag_unit: Set(word(record.lag_unit)),
        version: Set(record.version),
        ..ActiveModelTrait::default()
    }
}

/// Who and what the tasks need, by task.
#[derive(Default)]
pub(super) struct Needs {
    pub(super) assignees: HashMap<Uuid, Vec<UserId>>,
    pub(super) assignments: HashMap<Uuid, Vec<Assignment>>,
}

pub(super) fn task_record(row: task::Model, needs: &mut Needs) -> Result<TaskRecord, Fault> {
    let splits = row.splits.map(serde_json::from_value).transpose();
    Ok(TaskRecord {
        assignees: needs.assignees.remove(&row.id).unwrap_or_default(),
        assignments: needs.assignments.remove(&row.id).unwrap_or_default(),
        splits: splits.map_err(|error| internal("reading stored pauses", error))?.unwrap_or_default(),
        locked: row.locked,
        level_from: row.level_from.map(Minute),
        id: TaskId(row.id),
        parent_id: row.parent_id.map(TaskId),
        rank: row.rank,
        name: row.name,
        kind: meaning(&row.kind)?,
        mode: meaning(&row.mode)?,
        status: meaning(&row.status)?,
        progress: u8::try_from(row.progress).map_err(|error| internal("reading a stored progress", error))?,
        duration: row.duration,
        elapsed: row.elapsed,
        calendar_id: row.calendar_id.map(CalendarId),
        constraint: meaning(&row.constraint_kind)?,
        constraint_at: row.constraint_at.map(Minute),
        deadline: row.deadline.map(Minute),
        manual_start: row.manual_start.map(Minute),
        actual_start: row.actual_start.map(Minute),
        actual_finish: row.actual_finish.map(Minute),
        priority: row.priority,
        department: row.department,
        notes: row.notes,
        version: row.version,
    })
}

pub(super) fn task_row(project: ProjectId, record: &TaskRecord, slot: &Slot) -> task::ActiveModel {
    task::ActiveModel {
        id: Set(record.id.0),
        project_id: Set(project.0),
        parent_id: Set(record.parent_id.map(|id| id.0)),
        rank: Set(record.rank),
        name: Set(record.name.clone()),
        kind: Set(word(record.kind)),
        mode: Set(word(record.mode)),
        status: Set(word(record.status)),
        progress: Set(i32::from(record.progress)),
        duration: Set(record.duration),
        elapsed: Set(record.elapsed),
        calendar_id: Set(record.calendar_id.map(|id| id.0)),
        constraint_kind: Set(word(record.constraint)),
        constraint_at: Set(record.constraint_at.map(|at| at.0)),
        deadline: Set(record.deadline.map(|at| at.0)),
        manual_start: Set(record.manual_start.map(|at| at.0)),
        actual_start: Set(record.actual_start.map(|at| at.0)),
        actual_finish: Set(record.actual_finish.map(|at| at.0)),
        priority: Set(record.priority),
        department: Set(record.department.clone()),
        notes: Set(record.notes.clone()),
        version: Set(record.version),
        start: Set(slot.start.0),
        finish: Set(slot.finish.0),
        total_float: Set(slot.total_float),
        critical: Set(slot.critical),
        splits: Set((!record.splits.is_empty()).then(|| json!(record.splits))),
        locked: Set(record.locked),
        level_from: Set(record.level_from.map(|at| at.0)),
        ..ActiveModelTrait::default()
    }
}
