//! What the chart says of a task in words.

use domain::projects::{amount::Unit, plan::TaskKind, schedule::Binding};

use super::Model;

impl Model {
    /// Why a task starts where it does, and what is wrong with that.
    pub fn why(&self, task: u32) -> String {
        let reason = self.reason(task);
        if self.breaks_link(task) { format!("{reason} It does not wait for what is before it.") } else { reason }
    }

    fn reason(&self, task: u32) -> String {
        let name = |index: u32| format!("{} {}", self.codes[index as usize], self.document.tasks[index as usize].name);
        let by_link = |link: u32| {
            self.links.get(link as usize).map_or_else(
                || "It waits for another task.".to_owned(),
                |link| format!("It waits for {}.", name(link.from)),
            )
        };
        match self.schedule.tasks[task as usize].binding {
            Binding::ProjectStart => "It starts with the project.".to_owned(),
            Binding::Predecessor { link } => by_link(link),
            Binding::SummaryPredecessor { link } => format!("The summary above waits. {}", by_link(link)),
            Binding::Constraint => {
                let held = self.scheduler.task(task);
                let at = held.constraint_at.map(|at| format!(" {}", at.day_in_words())).unwrap_or_default();
                format!("Its constraint holds it here: {}{at}.", held.constraint.title().to_lowercase())
            }
            Binding::SummaryConstraint => "The constraint of the summary above holds it here.".to_owned(),
            Binding::Manual => "It was put here by hand.".to_owned(),
            Binding::Actual => "It has begun already.".to_owned(),
            Binding::AsLateAsPossible => "As late as possible without moving what follows.".to_owned(),
            Binding::Children => "It starts with the first task below it.".to_owned(),
            Binding::Resource => {
                let when = if self.is_backward() { "afterwards" } else { "before" };
                match self.staff.held_by(task, &self.schedule.tasks, self.is_backward()) {
                    Some((who, other)) => format!("{who} is busy with {} {when}.", name(other)),
                    None => format!("What it needs is taken {when}."),
                }
            }
            Binding::ProjectFinish => "The plan counts back from the project's finish.".to_owned(),
        }
    }

    /// Predecessors of a task, as planners write them: `3FS+2d`.
    pub fn predecessors(&self, task: u32) -> String {
        self.ties.predecessors(&self.document, &self.codes, task)
    }

    /// What waits for a task, as planners write it.
    pub fn successors(&self, task: u32) -> String {
        self.ties.successors(&self.document, &self.codes, task)
    }

    /// A duration as planners write it: `3 d`, `2 h`, `45 min`.
    pub fn duration_text(&self, task: u32) -> String {
        // A row that is about to leave the page may ask once more for a task that has gone.
        let (Some(record), Some(slot)) =
            (self.document.tasks.get(task as usize), self.schedule.tasks.get(task as usize))
        else {
            return String::new();
        };
        let minutes = match record.kind {
            TaskKind::Milestone => return "–".to_owned(),
            TaskKind::Summary => self.scheduler.project_clock().between(slot.start, slot.finish),
            // As it is tried.
            TaskKind::Task if record.elapsed => {
                let (minutes, day) = (self.scheduler.task(task).duration, self.document.calendar().minutes_per_day());
                let unit = Unit::of(minutes, true, day);
                return match unit.number(minutes, day) {
                    Some(number) => format!("{number} {}", unit.code()),
                    None => format!("{minutes} emin"),
                };
            }
            TaskKind::Task => self.scheduler.task(task).duration,
        };
        self.amount_text(minutes)
    }

    /// Working minutes as planners write them.
    pub fn amount_text(&self, minutes: i64) -> String {
        let day = self.document.calendar().minutes_per_day();
        match minutes {
            minutes if minutes % day == 0 => format!("{} d", minutes / day),
            minutes if minutes > day => format!("{}.{} d", minutes / day, (minutes % day) * 10 / day),
            minutes if minutes % 60 == 0 => format!("{} h", minutes / 60),
            minutes => format!("{minutes} min"),
        }
    }
}
