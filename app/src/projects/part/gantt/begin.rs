//! The start of a task that is pulled while its end stays: with pauses, the end of its first part, and all that follows.

use domain::{
    Minute,
    projects::{
        operation::{Operation, TaskPatch},
        plan::{Direction, TaskKind},
    },
};

use super::{acts::Acts, model::Model};
use crate::kit::day;

/// From when until when a task works before its first pause, or altogether; none where it is no task.
pub fn first_piece(model: &Model, task: u32) -> Option<(Minute, Minute)> {
    let slot = model.schedule().tasks[task as usize];
    let is_task = model.stored(task).kind == TaskKind::Task;
    model.scheduler().pieces(task, slot.start, slot.finish).first().copied().filter(|_| is_task)
}

/// Why a task cannot begin at another time: work on it has begun.
pub fn begun(model: &Model, task: u32) -> Option<String> {
    let at = model.stored(task).actual_start?;
    Some(format!("Work began on {}: its start is a fact", day(at)))
}

/// The operations, one step, that the start which is tried comes to.
pub fn tried_begin(model: &Model, task: u32) -> Vec<Operation> {
    let record = &model.document().tasks[task as usize];
    let tried = model.scheduler().task(task);
    if !model.is_trying() || tried.duration == record.duration {
        return Vec::new();
    }
    let longer = if record.splits.is_empty() {
        Operation::StretchTask { id: record.id, duration_minutes: tried.duration }
    } else {
        // There is more work, or less, before each of the pauses.
        let (duration, splits) = (Some(tried.duration), Some(tried.splits.clone()));
        let patch = TaskPatch { duration, splits, ..TaskPatch::default() };
        Operation::EditTask { id: record.id, version: None, patch: Box::new(patch) }
    };
    // Counted back from the finish, a longer task begins earlier by itself.
    if model.document().head.direction == Direction::Backward {
        return vec![longer];
    }
    let moves = model.tried_moves();
    if moves.is_empty() { Vec::new() } else { vec![Operation::MoveTasks { moves }, longer] }
}

impl Acts {
    /// Lets the marked task begin a working day later, or earlier, while its finish stays.
    pub fn begin(self, days: i64) {
        let Some(task) = self.handle.with(|chart| chart.selected) else { return };
        if let Some(reason) = self.handle.with(|chart| begun(&chart.model, task)) {
            return self.toaster.say(format!("{reason}."));
        }
        let operations = self.handle.change(|chart| {
            let model = &mut chart.model;
            let Some((start, until)) = first_piece(model, task) else { return Vec::new() };
            let asked = asked(model, task, start, days);
            // Of the work something is left.
            if model.work_between(task, asked, until) <= 0 {
                return Vec::new();
            }
            model.try_begin(task, asked, until);
            let operations = tried_begin(model, task);
            model.cancel();
            operations
        });
        if self.all(operations) {
            self.handle.say_moved(task);
        }
    }
}

fn asked(model: &Model, task: u32, start: Minute, days: i64) -> Minute {
    if model.stored(task).elapsed {
        return Minute(start.0 + days * Minute::DAY);
    }
    let clock = model.scheduler().clock(task);
    clock.start_at(clock.work_before(start) + days * model.document().calendar().minutes_per_day())
}
