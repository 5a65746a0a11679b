//! Tasks side by side: by status on a board, by department, by person. A task of two people stands in both lanes.

use domain::{
    Minute,
    projects::{
        document::{PlanDocument, TaskRecord, TaskStatus},
        look::is_overdue,
        schedule::{Schedule, Slot},
    },
};

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
    let mut lanes = group(plan, schedule, rows, now, &|task| vec![task.status.code().to_owned()]);
    let of = |status: TaskStatus| {
        let known = lanes.iter().position(|lane| lane.key == status.code());
        let empty = Lane { key: status.code().to_owned(), ..Lane::default() };
        known.map_or(empty, |index| lanes.swap_remove(index))
    };
    TaskStatus::ALL.into_iter().map(of).collect()
}

/// One lane for each department that has tasks, by name; those without one last.
#[must_use]
pub fn by_department(plan: &PlanDocument, schedule: &Schedule, rows: &[u32], now: Minute) -> Vec<Lane> {
    group(plan, schedule, rows, now, &|task| vec![task.department.clone().unwrap_or_default()])
}

/// One lane for each person who has tasks, by id; tasks that nobody has last.
#[must_use]
pub fn by_person(plan: &PlanDocument, schedule: &Schedule, rows: &[u32], now: Minute) -> Vec<Lane> {
    group(plan, schedule, rows, now, &|task| match &task.assignees[..] {
        [] => vec![String::new()],
        people => people.iter().map(ToString::to_string).collect(),
    })
}

/// Names of the departments of a plan, in order.
#[must_use]
pub fn departments(plan: &PlanDocument) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in plan.tasks.iter().filter_map(|task| task.department.as_ref()) {
        if let Err(place) = names.binary_search(name) {
            names.insert(place, name.clone());
        }
    }
    names
}

/// Lanes by key, what has none last.
fn group(
    plan: &PlanDocument,
    schedule: &Schedule,
    rows: &[u32],
    now: Minute,
    keys: &dyn Fn(&TaskRecord) -> Vec<String>,
) -> Vec<Lane> {
    let mut lanes: Vec<(Lane, i64, i64)> = Vec::new();
    for (.., index) in
        in_time(rows.iter().map(|row| (*row, schedule.tasks[*row as usize])), |slot| (slot.start.0, slot.finish.0))
    {
        let (task, slot) = (&plan.tasks[index as usize], &schedule.tasks[index as usize]);
        let progress = i64::from(task.progress);
        for key in keys(task) {
            let order = |lane: &Lane| (lane.key.is_empty(), lane.key.as_str()).cmp(&(key.is_empty(), key.as_str()));
            let place = lanes.binary_search_by(|(lane, ..)| order(lane)).unwrap_or_else(|place| {
                lanes.insert(place, (Lane { key: key.clone(), ..Lane::default() }, 0, 0));
                place
            });
            let (lane, done, weight) = &mut lanes[place];
            lane.tasks.push(index);
            lane.overdue += usize::from(is_overdue(task, slot, now));
            lane.remaining += task.duration * (100 - progress) / 100;
            // A milestone counts a little, so that a lane of milestones alone has progress, too.
            *done += task.duration.max(1) * progress;
            *weight += task.duration.max(1);
        }
    }
    let finished = |(lane, done, weight): (Lane, i64, i64)| Lane {
        progress: u8::try_from(done / weight.max(1)).unwrap_or(0),
        ..lane
    };
    lanes.into_iter().map(finished).collect()
}

/// Tasks, given by place and slot, in the order of two numbers of their slots.
pub(super) fn in_time(
    tasks: impl Iterator<Item = (u32, Slot)>,
    order: fn(&Slot) -> (i64, i64),
) -> Vec<(i64, i64, u32)> {
    let keyed = tasks.map(|(task, slot)| {
        let (first, second) = order(&slot);
        (first, second, task)
    });
    let mut keyed: Vec<_> = keyed.collect();
    keyed.sort_unstable();
    keyed
}

#[cfg(test)]
mod tests {
    use domain::{
        CalendarId, ProjectId, TaskId, UserId,
        projects::{
            operation::{Operation, TaskDraft},
            view::NewProject,
        },
    };
    use uuid::Uuid;

    use super::*;

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
