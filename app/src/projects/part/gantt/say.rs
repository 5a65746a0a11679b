//! What is read aloud of what hands did.

use leptos::prelude::*;

use super::chart::GanttHandle;
use crate::kit::day;

impl GanttHandle {
    /// Reads aloud where a task starts now.
    pub(super) fn say_moved(self, task: u32) {
        let text = self.with(|chart| {
            let name = &chart.model.document().tasks.get(task as usize)?.name;
            Some(format!("{name} starts on {}", day(chart.model.schedule().tasks.get(task as usize)?.start)))
        });
        self.said.set(text.unwrap_or_default());
    }

    /// Reads aloud in how many parts a task is worked now, and until when.
    pub(super) fn say_parts(self, task: u32) {
        let text = self.with(|chart| {
            let name = &chart.model.document().tasks.get(task as usize)?.name;
            let finish = day(chart.model.schedule().tasks.get(task as usize)?.finish);
            Some(match chart.model.scheduler().task(task).splits.len() {
                0 => format!("{name} is worked in one go until {finish}"),
                pauses => format!("{name} is worked in {} parts until {finish}", pauses + 1),
            })
        });
        self.said.set(text.unwrap_or_default());
    }
}
