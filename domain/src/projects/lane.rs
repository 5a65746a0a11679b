//! Tasks side by side: by status on a board, by department, by person. A task of two people stands in both lanes.

use std::collections::BTreeMap;

use super::{
    document::{PlanDocument, TaskRecord, TaskStatus},
    look::is_overdue,
    schedule::Schedule,
};
use crate::Minute;

/// Tasks that belong together, in the order in which they start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lane {
    /// Code of the status, name of the department or id of the person; empty for tasks that have none.
    pub key: String,
    /// By their place in the plan.
    pub tasks: Vec<u32>,
    pub overdue: usize,
    /// Minutes of work that are left.
    pub remaining: i64,
    /// 0 to 100, weighted by duration.
    pub progress: u8,
}

/// One lane for each status, in the order of a board, also where it is empty.
#[must_use]
pub fn by_status(plan: &PlanDocument, schedule: &Schedule, rows: &[u32], now: Minute) -> Vec<Lane> {
    let mut lanes = group(plan, schedule, rows, now, |task| vec![task.status.code().to_owned()]);
    let mut of = |status: TaskStatus| {
        lanes.remove(status.code()).unwrap_or_else(|| Lane { key: status.code().to_owned(), ..Lane::default() })
    };
    TaskStatus::ALL.into_iter().map(&mut of).collect()
}

/// One lane for each department that has tasks, by name; those without one last.
#[must_use]
pub fn by_department(plan: &PlanDocument, schedule: &Schedule, rows: &[u32], now: Minute) -> Vec<Lane> {
    last_without(group(plan, schedule, rows, now, |task| vec![task.department.clone().unwrap_or_default()]))
}

/// One lane for each person who has tasks, by id; tasks that nobody has last.
#[must_use]
pub fn by_person(plan: &PlanDocument, schedule: &Schedule, rows: &[u32], now: Minute) -> Vec<Lane> {
    last_without(group(plan, schedule, rows, now, |task| {
        if task.assignees.is_empty() {
            return vec![String::new()];
        }
        task.assignees.iter().map(ToString::to_string).collect()
    }))
}

/// Names of the departments of a plan, in order.
#[must_use]
pub fn departments(plan: &PlanDocument) -> Vec<String> {
    let names: std::collections::BTreeSet<&String> =
        plan.tasks.iter().filter_map(|task| task.department.as_ref()).collect();
    names.into_iter().cloned().collect()
}

fn last_without(mut lanes: BTreeMap<String, Lane>) -> Vec<Lane> {
    let without = lanes.remove("");
    lanes.into_values().chain(without).collect()
}

fn group(
    plan: &PlanDocument,
    schedule: &Schedule,
    rows: &[u32],
    now: Minute,
    keys: impl Fn(&TaskRecord) -> Vec<String>,
) -> BTreeMap<String, Lane> {
    let mut lanes: BTreeMap<String, (Lane, i64, i64)> = BTreeMap::new();
    let mut in_time = rows.to_vec();
    in_time.sort_by_key(|index| {
        schedule.tasks.get(*index as usize).map_or((Minute(0), Minute(0)), |slot| (slot.start, slot.finish))
    });
    for index in in_time {
        let (Some(task), Some(slot)) = (plan.tasks.get(index as usize), schedule.tasks.get(index as usize)) else {
            continue;
        };
        let progress = i64::from(task.progress);
        for key in keys(task) {
            let (lane, done, weight) = lanes.entry(key).or_default();
            lane.tasks.push(index);
            lane.overdue += usize::from(is_overdue(task, slot, now));
            lane.remaining += task.duration * (100 - progress) / 100;
            // A milestone counts a little, so that a lane of milestones alone has progress, too.
            *done += task.duration.max(1) * progress;
            *weight += task.duration.max(1);
        }
    }
    let finished = |(key, (lane, done, weight)): (String, (Lane, i64, i64))| {
        let progress = u8::try_from(done / weight.max(1)).unwrap_or(0);
        (key.clone(), Lane { key, progress, ..lane })
    };
    lanes.into_iter().map(finished).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        CalendarId, ProjectId, TaskId, UserId,
        projects::{
            operation::{Operation, TaskDraft},
            view::NewProject,
        },
    };

    fn plan() -> (PlanDocument, Schedule) {
        let new =
            NewProject { name: "Die".into(), start: "2026-01-05".parse().expect("a date"), ..NewProject::default() };
        let (id, calendar) = (ProjectId(Uuid::from_u128(1)), CalendarId(Uuid::from_u128(2)));
        let mut plan = PlanDocument::create(id, calendar, "D".into(), new).expect("a plan");
        let [anna, bruno] = [100, 101].map(|id| UserId(Uuid::from_u128(id)));
        let rows = [
            ("Cut", Some("Press"), vec![anna, bruno], 50, TaskStatus::Processing, 960),
            ("Form", Some("Press"), vec![anna], 0, TaskStatus::NotStarted, 480),
            ("Ship", None, vec![], 100, TaskStatus::Accepted, 480),
        ];
        for (number, (name, department, assignees, progress, status, duration)) in rows.into_iter().enumerate() {
            let department = department.map(str::to_owned);
            let draft = TaskDraft {
                name: name.into(),
                department,
                assignees,
                progress,
                status,
                duration,
                ..TaskDraft::default()
            };
            let id = TaskId(Uuid::from_u128(10 + number as u128));
            plan.apply(&Operation::AddTask { id, parent_id: None, after: None, task: Box::new(draft) }).expect("a row");
        }
        let schedule = plan.schedule().expect("dates");
        (plan, schedule)
    }

    fn told(lanes: Vec<Lane>) -> Vec<(String, Vec<u32>, i64, u8)> {
        lanes.into_iter().map(|lane| (lane.key, lane.tasks, lane.remaining, lane.progress)).collect()
    }

    #[test]
    fn a_board_has_every_column_and_knows_what_is_left() {
        let (plan, schedule) = plan();
        let lanes = by_status(&plan, &schedule, &[0, 1, 2], Minute(0));
        assert_eq!(lanes.iter().map(|lane| lane.tasks.len()).collect::<Vec<_>>(), [1, 1, 0, 0, 0, 1]);
        assert_eq!((lanes[0].remaining, lanes[1].remaining, lanes[5].remaining), (480, 480, 0));
    }

    #[test]
    fn departments_come_by_name_and_tasks_without_one_last() {
        let (plan, schedule) = plan();
        let lanes = told(by_department(&plan, &schedule, &[0, 1, 2], Minute(0)));
        assert_eq!(lanes, [("Press".to_owned(), vec![1, 0], 960, 33), (String::new(), vec![2], 0, 100)]);
        assert_eq!(departments(&plan), ["Press"]);
    }

    #[test]
    fn a_task_of_two_people_stands_in_both_lanes_and_late_ones_are_counted() {
        let (plan, schedule) = plan();
        let lanes = by_person(&plan, &schedule, &[0, 1, 2], "2026-02-01".parse().expect("a date"));
        assert_eq!(lanes.iter().map(|lane| lane.tasks.clone()).collect::<Vec<_>>(), [vec![1, 0], vec![0], vec![2]]);
        assert_eq!(lanes.iter().map(|lane| lane.overdue).collect::<Vec<_>>(), [2, 1, 0]);
    }
}
