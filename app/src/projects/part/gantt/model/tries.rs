//! What is tried while something is dragged: shown, scheduled and not stored.

use domain::{
    Minute,
    projects::{
        operation::TaskMove,
        plan::{ConstraintKind, Direction, Task, TaskKind, TaskMode},
    },
};

use super::Model;

impl Model {
    /// True while something is shown that is not stored.
    pub fn is_trying(&self) -> bool {
        !self.tried.is_empty()
    }

    /// Shows what a new start would do to the whole network. Nothing is stored. False where nothing is new.
    pub fn try_move(&mut self, task: u32, start: Minute) -> bool {
        self.try_moves(&[(task, start)])
    }

    /// As [`try_move`](Self::try_move), for several tasks at once: the network is scheduled once.
    pub fn try_moves(&mut self, moves: &[(u32, Minute)]) -> bool {
        let mut new = false;
        for (task, start) in moves {
            if let Some(tried) = self.moved(*task, *start) {
                new |= self.put(*task, tried);
            }
        }
        self.reschedule(new)
    }

    /// The constraint that holds a task where hands put it.
    pub fn hold(&self) -> ConstraintKind {
        ConstraintKind::default().put_by_hand(self.document.head.direction)
    }

    pub(super) fn moved(&self, task: u32, start: Minute) -> Option<Task> {
        let mut tried = self.untried(task);
        if tried.kind == TaskKind::Summary || tried.actual_start.is_some() {
            return None;
        }
        tried.level_from = None;
        if tried.mode == TaskMode::Manual {
            tried.manual_start = Some(start);
        } else {
            tried.constraint = tried.constraint.put_by_hand(self.document.head.direction);
            tried.constraint_at = Some(start);
        }
        Some(tried)
    }

    /// Shows what another finish would do, so many minutes behind the start on the task's clock. Pauses stay, as far as
    /// they lie within the work. False where nothing is new.
    pub fn try_stretch(&mut self, task: u32, span: i64) -> bool {
        let mut tried = self.untried(task);
        tried.duration = tried.work_within(span.max(0));
        tried.splits.retain(|split| split.after_minutes < tried.duration);
        let new = tried.kind == TaskKind::Task && self.put(task, tried);
        self.reschedule(new)
    }

    /// Shows what another start would do while `until` stays where it is: the end of the bar, or of its first part where
    /// pauses follow. The work before it grows or shrinks. What holds the start later holds it here, too. False where
    /// nothing is new.
    pub fn try_begin(&mut self, task: u32, start: Minute, until: Minute) -> bool {
        let before = self.scheduler.task(task).clone();
        let backward = self.document.head.direction == Direction::Backward;
        let tried = if backward { Some(self.untried(task)) } else { self.moved(task, start) };
        let Some(mut tried) = tried.filter(|tried| tried.kind == TaskKind::Task) else { return false };
        let mut begin = start;
        if !backward {
            let moved = self.put(task, tried.clone());
            self.reschedule(moved);
            begin = self.schedule.tasks[task as usize].start;
        }
        let first = self.work_between(task, begin, until);
        if first > 0 {
            let longer = first - tried.splits.first().map_or(tried.duration, |split| split.after_minutes);
            tried.duration += longer;
            tried.splits.iter_mut().for_each(|split| split.after_minutes += longer);
        }
        let other = self.put(task, tried);
        self.reschedule(other);
        *self.scheduler.task(task) != before
    }

    /// Shows what a pause of another length would do; the parts join where nothing is left of it. False where nothing
    /// is new.
    pub fn try_pause(&mut self, task: u32, place: usize, minutes: i64) -> bool {
        let mut tried = self.untried(task);
        if place >= tried.splits.len() {
            return false;
        }
        if minutes > 0 {
            tried.splits[place].pause_minutes = minutes;
        } else {
            tried.splits.remove(place);
        }
        let new = self.put(task, tried);
        self.reschedule(new)
    }

    pub(super) fn untried(&self, task: u32) -> Task {
        self.stored(task).clone()
    }

    /// A task as it is stored, whatever is tried.
    pub fn stored(&self, task: u32) -> &Task {
        self.tried.get(&task).unwrap_or_else(|| self.scheduler.task(task))
    }

    pub(super) fn put(&mut self, task: u32, tried: Task) -> bool {
        if *self.scheduler.task(task) == tried {
            return false;
        }
        self.tried.entry(task).or_insert_with(|| self.scheduler.task(task).clone());
        self.scheduler.set_task(task, tried);
        true
    }

    pub(super) fn reschedule(&mut self, new: bool) -> bool {
        if new {
            self.schedule = self.scheduler.run();
            if self.staff.is_quick() {
                self.staff.measure(&self.schedule);
            }
        }
        new
    }

    /// The tried starts that are not the stored ones.
    pub fn tried_moves(&self) -> Vec<TaskMove> {
        let moved = self.tried.iter().filter_map(|(task, kept)| {
            let tried = self.scheduler.task(*task);
            let start = if tried.mode == TaskMode::Manual { tried.manual_start } else { tried.constraint_at };
            let id = self.document.tasks[*task as usize].id;
            (tried != kept).then_some(TaskMove { id, start: start? })
        });
        moved.collect()
    }

    /// Forgets the try.
    pub fn cancel(&mut self) {
        if self.tried.is_empty() {
            return;
        }
        for (task, kept) in std::mem::take(&mut self.tried) {
            self.scheduler.set_task(task, kept);
        }
        self.schedule = self.scheduler.run();
        self.staff.measure(&self.schedule);
    }
}
