//! How much of one resource is in use over time: steps at moments, for any calendar.

use crate::Minute;

/// *Invariant:* moments rise; the last step uses what stays used for ever, which is nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Timeline {
    /// From this moment on, so much is used; nothing before the first.
    steps: Vec<(Minute, i64)>,
}

impl Timeline {
    /// Becomes the other, keeping its memory.
    pub(super) fn copy(&mut self, other: &Self) {
        self.steps.clone_from(&other.steps);
    }

    /// Uses `units` more from one moment to the other.
    pub(super) fn take(&mut self, from: Minute, to: Minute, units: i64) {
        let first = self.cut(from);
        let last = self.cut(to);
        for step in &mut self.steps[first..last] {
            step.1 += units;
        }
    }

    /// The place of the step that begins at `at`, made where there is none.
    fn cut(&mut self, at: Minute) -> usize {
        let place = self.steps.partition_point(|step| step.0 < at);
        if self.steps.get(place).is_none_or(|step| step.0 > at) {
            let used = if place == 0 { 0 } else { self.steps[place - 1].1 };
            self.steps.insert(place, (at, used));
        }
        place
    }

    /// The end of the last time between two moments in which more than `spare` is used.
    pub(super) fn blocked(&self, from: Minute, to: Minute, spare: i64) -> Option<Minute> {
        let end = self.steps.partition_point(|step| step.0 < to);
        let begin = self.steps[..end].partition_point(|step| step.0 <= from).saturating_sub(1);
        let last = self.steps[begin..end].iter().rposition(|step| step.1 > spare)? + begin;
        // Nothing is used for ever, so a step that uses something has a step behind it.
        let after = self.steps[last..].iter().find(|step| step.1 <= spare)?;
        (after.0 > from).then_some(after.0)
    }

    /// The beginning of the first time between two moments in which more than `spare` is used.
    pub(super) fn blocks(&self, from: Minute, to: Minute, spare: i64) -> Option<Minute> {
        let end = self.steps.partition_point(|step| step.0 < to);
        let begin = self.steps[..end].partition_point(|step| step.0 <= from).saturating_sub(1);
        let first = self.steps[begin..end].iter().position(|step| step.1 > spare)? + begin;
        let before = self.steps[..first].iter().rposition(|step| step.1 <= spare);
        Some(self.steps[before.map_or(0, |place| place + 1)].0)
    }
}
