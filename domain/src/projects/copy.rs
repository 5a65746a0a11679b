//! A plan made after another: a copy of a project, or a project of a template.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    document::{CalendarRecord, LinkRecord, PlanDocument, ProjectHead, ProjectStatus, TaskRecord, TaskStatus},
    plan::{ConstraintKind, Direction, TaskMode},
};
use crate::{CalendarId, Fault, LinkId, Minute, ProjectId, TaskId};

/// What a copy takes along besides rows, outline, durations, links and calendars, which it always has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Keep {
    /// Who does what, and who manages the project.
    pub assignees: bool,
    /// Progress, statuses and actual dates.
    pub progress: bool,
    /// Constraints that name a date, moved with the start.
    pub constraints: bool,
    /// Deadlines of tasks and the target of the project, moved with the start.
    pub deadlines: bool,
    pub notes: bool,
}

impl Default for Keep {
    fn default() -> Self {
        Self { assignees: true, progress: false, constraints: true, deadlines: true, notes: true }
    }
}

/// A project to be made after another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({ "name": "Die 8", "start_date": "2026-09-07", "keep": { "assignees": false } }))
)]
pub struct CopyProject {
    pub name: String,
    /// The next number is taken where absent.
    #[serde(default)]
    pub code: Option<String>,
    /// When the copy starts; as the original where absent.
    #[serde(default, rename = "start_date", alias = "start")]
    pub start: Option<Minute>,
    #[serde(default)]
    pub keep: Keep,
}

impl PlanDocument {
    /// The same plan for another project, with ids from `id`, which must grow. Every date moves by whole days, as many as lie
    /// between the two starts, so that the time of day and what lies between the dates stay. Exceptions of calendars
    /// stay where they are: a holiday does not move with a project.
    ///
    /// # Errors
    /// `InvalidInput` by field, such as a date that would come to lie behind 2200.
    pub fn copied(&self, code: String, new: &CopyProject, mut id: impl FnMut() -> Uuid) -> Result<Self, Fault> {
        let start = new.start.unwrap_or(self.head.start);
        let shift = Shift { minutes: (start.day() - self.head.start.day()) * Minute::DAY, keep: new.keep };
        let head = ProjectId(id());
        let calendars: HashMap<CalendarId, CalendarId> =
            self.calendars.iter().map(|record| (record.id, CalendarId(id()))).collect();
        let tasks: HashMap<TaskId, TaskId> = self.tasks.iter().map(|task| (task.id, TaskId(id()))).collect();
        let own = |id: Option<CalendarId>| id.and_then(|id| calendars.get(&id).copied());
        let head =
            ProjectHead { id: head, code, name: new.name.trim().to_owned(), start, ..self.copied_head(&shift, own) };
        head.check()?;
        let rows = self.tasks.iter().map(|task| {
            let copy = shift.task(task);
            TaskRecord {
                id: tasks[&task.id],
                parent_id: task.parent_id.and_then(|id| tasks.get(&id).copied()),
                calendar_id: own(task.calendar_id),
                ..copy
            }
        });
        let rows: Vec<TaskRecord> = rows.collect();
        for task in &rows {
            task.check().map_err(|fault| of_row(&task.name, fault))?;
        }
        let links = self.links.iter().filter_map(|link| {
            let (predecessor_id, successor_id) = (*tasks.get(&link.predecessor_id)?, *tasks.get(&link.successor_id)?);
            Some(LinkRecord { id: LinkId(id()), predecessor_id, successor_id, version: 1, ..link.clone() })
        });
        let links = links.collect();
        let calendars = self.calendars.iter().map(|record| CalendarRecord {
            id: calendars[&record.id],
            version: 1,
            ..record.clone()
        });
        Ok(Self::assemble(head, calendars.collect(), rows, links))
    }

    fn copied_head(&self, shift: &Shift, own: impl Fn(Option<CalendarId>) -> Option<CalendarId>) -> ProjectHead {
        // A plan that counts backward has no dates without the day that it counts from.
        let target = shift.keep.deadlines || self.head.direction == Direction::Backward;
        ProjectHead {
            status: ProjectStatus::Planned,
            target_end: self.head.target_end.filter(|_| target).map(|at| shift.at(at)),
            calendar_id: own(self.head.calendar_id),
            manager_id: self.head.manager_id.filter(|_| shift.keep.assignees),
            version: 1,
            revision: 0,
            ..self.head.clone()
        }
    }
}

/// How far dates move, and what stays with the original.
struct Shift {
    minutes: i64,
    keep: Keep,
}

impl Shift {
    const fn at(&self, at: Minute) -> Minute {
        Minute(at.0.saturating_add(self.minutes))
    }

    fn task(&self, task: &TaskRecord) -> TaskRecord {
        let Keep { assignees, progress, constraints, deadlines, notes } = self.keep;
        let moved = |at: Option<Minute>| at.map(|at| self.at(at));
        let mut copy = TaskRecord {
            constraint_at: moved(task.constraint_at),
            deadline: moved(task.deadline).filter(|_| deadlines),
            manual_start: moved(task.manual_start),
            actual_start: moved(task.actual_start).filter(|_| progress),
            actual_finish: moved(task.actual_finish).filter(|_| progress),
            // What levelling found holds among the projects of then.
            level_from: None,
            version: 1,
            ..task.clone()
        };
        if !constraints && task.mode == TaskMode::Auto && task.constraint.needs_date() {
            copy.constraint = ConstraintKind::AsSoonAsPossible;
            copy.constraint_at = None;
        }
        if !progress {
            copy.progress = 0;
            copy.status = TaskStatus::NotStarted;
        }
        if !assignees {
            copy.assignees.clear();
        }
        if !notes {
            copy.notes.clear();
        }
        copy
    }
}

/// The refusal of a row, with its name, at the field by which it can be put right: the start.
fn of_row(name: &str, mut fault: Fault) -> Fault {
    for field in &mut fault.fields {
        field.message = format!("{name}: {}", field.message);
        "start_date".clone_into(&mut field.field);
    }
    fault
}
