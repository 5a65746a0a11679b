//! What the rows of a plan come to.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{PlanDocument, TaskRecord, TaskStatus};
use crate::{
    Minute,
    projects::{plan::TaskKind, schedule::Schedule},
};

/// How many tasks have a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusCount {
    pub status: TaskStatus,
    pub tasks: u64,
}

impl PlanDocument {
    /// Progress by row, 0 to 100. A summary has the average of the tasks below it, weighted by duration; milestones
    /// count only where there is nothing else.
    #[must_use]
    pub fn task_progress(&self) -> Vec<u8> {
        let positions: HashMap<_, usize> =
            self.tasks.iter().enumerate().map(|(index, task)| (task.id, index)).collect();
        let mut done = vec![(0_i128, 0_i128, 0_i64, 0_i64); self.tasks.len()];
        let mut progress: Vec<u8> = self.tasks.iter().map(|task| task.progress).collect();
        for (index, task) in self.tasks.iter().enumerate().rev() {
            let (weighted, weight, plain, count) = done[index];
            let own = if task.kind == TaskKind::Summary && count > 0 {
                progress[index] = average(weighted, weight, plain, count);
                (weighted, weight, plain, count)
            } else {
                (
                    i128::from(task.progress) * i128::from(task.duration),
                    i128::from(task.duration),
                    i64::from(task.progress),
                    1,
                )
            };
            if let Some(parent) = task.parent_id.and_then(|id| positions.get(&id)) {
                let sum = &mut done[*parent];
                *sum = (sum.0 + own.0, sum.1 + own.1, sum.2 + own.2, sum.3 + own.3);
            }
        }
        progress
    }

    /// Tasks and milestones: every row but the summaries.
    pub fn leaves(&self) -> impl Iterator<Item = &TaskRecord> {
        self.tasks.iter().filter(|task| task.kind != TaskKind::Summary)
    }

    /// Progress of the whole, 0 to 100, weighted by duration.
    #[must_use]
    pub fn progress(&self) -> u8 {
        let sum = self.leaves().fold((0_i128, 0_i128, 0_i64, 0_i64), |sum, task| {
            let weight = i128::from(task.duration);
            (sum.0 + i128::from(task.progress) * weight, sum.1 + weight, sum.2 + i64::from(task.progress), sum.3 + 1)
        });
        average(sum.0, sum.1, sum.2, sum.3)
    }

    /// Tasks by status, without summaries.
    #[must_use]
    pub fn status_counts(&self) -> Vec<StatusCount> {
        TaskStatus::ALL
            .into_iter()
            .map(|status| StatusCount {
                status,
                tasks: self.leaves().filter(|task| task.status == status).count() as u64,
            })
            .collect()
    }

    /// Tasks that should have been finished before `now` and are not.
    #[must_use]
    pub fn overdue(&self, schedule: &Schedule, now: Minute) -> u64 {
        let late = |(task, finish): &(&TaskRecord, Minute)| {
            task.kind != TaskKind::Summary && task.progress < 100 && *finish < now
        };
        self.tasks.iter().zip(schedule.tasks.iter().map(|slot| slot.finish)).filter(late).count() as u64
    }
}

/// Weighted where there is weight, plain where there are only moments.
fn average(weighted: i128, weight: i128, plain: i64, count: i64) -> u8 {
    let value = if weight > 0 { weighted / weight } else { i128::from(plain / count.max(1)) };
    u8::try_from(value.clamp(0, 100)).unwrap_or(0)
}
