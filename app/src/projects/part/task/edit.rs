//! The task that is being edited, as it is now.

use chrono::NaiveDate;
use domain::{
    Fault, Minute, TaskId,
    projects::{
        document::TaskRecord,
        operation::{Operation, TaskPatch},
        schedule::Slot,
    },
};
use leptos::prelude::*;

use super::super::{gantt::GanttHandle, moment::moment};

/// A task, and the way to change it.
#[derive(Clone, Copy)]
pub struct Edit {
    pub handle: GanttHandle,
    pub task: TaskId,
    /// As it is now; as it was last, should somebody take it away.
    pub record: Memo<TaskRecord>,
    /// Where the scheduler puts it.
    pub slot: Memo<Slot>,
    /// Minutes of a working day of this plan.
    pub day: Memo<i64>,
    attempt: Callback<Operation, Result<(), Fault>>,
}

impl Edit {
    pub(super) fn new(
        handle: GanttHandle,
        record: TaskRecord,
        attempt: Callback<Operation, Result<(), Fault>>,
    ) -> Self {
        let task = record.id;
        let record = Memo::new(move |before: Option<&TaskRecord>| {
            let now = handle.read(|model| model.document().task(task).cloned());
            now.or_else(|| before.cloned()).unwrap_or_else(|| record.clone())
        });
        let slot = Memo::new(move |before: Option<&Slot>| {
            let now = handle.read(|model| Some(model.schedule().tasks[model.position(task)? as usize]));
            now.or_else(|| before.copied()).unwrap_or_default()
        });
        let day = Memo::new(move |_| handle.read(|model| model.document().calendar().minutes_per_day()));
        Self { handle, task, record, slot, day, attempt }
    }

    /// Does it, or says why not.
    pub fn attempt(self, operation: Operation) -> Result<(), Fault> {
        self.attempt.run(operation)
    }

    /// Changes fields of the task as they are shown here.
    pub fn patch(self, patch: TaskPatch) -> Result<(), Fault> {
        let patch = self.record.with_untracked(|record| patch.seen_in(record));
        self.attempt(Operation::EditTask { id: self.task, version: None, patch: Box::new(patch) })
    }

    /// Something about the task, followed.
    pub fn shown<T: PartialEq + Send + Sync + 'static>(
        self,
        read: impl Fn(&TaskRecord) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.record.with(&read))
    }

    /// When work begins on a day, or ends, by the task's own calendar: what a date without a time means.
    pub fn moment(self, date: NaiveDate, end: bool) -> Minute {
        let own = self.record.with_untracked(|record| record.calendar_id);
        self.handle.read_untracked(|model| moment(model.document(), own, date, end))
    }
}
