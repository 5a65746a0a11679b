//! Moving several tasks together: those of a selection, or those below a summary.

use std::collections::HashSet;

use domain::{
    Minute, TaskId,
    projects::{
        operation::{Operation, TaskMove},
        plan::{Direction, TaskKind, TaskMode},
        schedule::Binding,
    },
};

use super::{chart::Chart, model::Model};

/// The tasks that a move of these rows moves, each with where it stands. Rows below a summary go with it. A task that
/// only waits for another one of them follows by itself, so that no constraint is left behind; one that has begun stays.
pub fn movers(model: &Model, rows: &HashSet<TaskId>) -> Vec<(u32, Minute)> {
    let plan = model.document();
    let mut named = vec![false; plan.tasks.len()];
    for (index, record) in (0_u32..).zip(&plan.tasks) {
        let above = model.scheduler().task(index).parent;
        named[index as usize] = rows.contains(&record.id) || above.is_some_and(|above| named[above as usize]);
    }
    let follows = |index: u32| {
        let task = model.scheduler().task(index);
        let led = match model.schedule().tasks[index as usize].binding {
            Binding::Predecessor { link } | Binding::SummaryPredecessor { link } => {
                model.links().get(link as usize).is_some_and(|link| named[link.from as usize])
            }
            _ => false,
        };
        let free = task.mode == TaskMode::Auto && !task.constraint.needs_date();
        led && free && plan.head.direction == Direction::Forward
    };
    let moves = (0_u32..).zip(&model.schedule().tasks).filter(|(index, _)| {
        let task = model.scheduler().task(*index);
        named[*index as usize] && task.kind != TaskKind::Summary && task.actual_start.is_none() && !follows(*index)
    });
    moves.map(|(index, slot)| (index, slot.start)).collect()
}

/// Where each of them stands so many working minutes later, or earlier, by its own calendar.
pub fn shifted(model: &Model, movers: &[(u32, Minute)], minutes: i64) -> Vec<(u32, Minute)> {
    let moved = movers.iter().map(|(task, start)| {
        let clock = model.scheduler().clock(*task);
        (*task, if minutes == 0 { *start } else { clock.start_at(clock.work_before(*start) + minutes) })
    });
    moved.collect()
}

/// The operation that moves rows by whole working days, for the keyboard. Where nothing of them can move, it is the one
/// that will be refused with the reason.
pub fn by_days(model: &Model, rows: &HashSet<TaskId>, days: i64) -> Operation {
    let plan = model.document();
    let day = plan.calendar().minutes_per_day();
    let mut movers = movers(model, rows);
    if movers.is_empty() {
        let named = (0_u32..).zip(&plan.tasks).filter(|(_, record)| rows.contains(&record.id));
        movers = named.map(|(index, _)| (index, model.schedule().tasks[index as usize].start)).collect();
    }
    let moves = shifted(model, &movers, days * day).into_iter();
    let moves = moves.map(|(task, start)| TaskMove { id: plan.tasks[task as usize].id, start });
    Operation::MoveTasks { moves: moves.collect() }
}

/// Finds who moves along with a task that is taken hold of: the others that are picked, and what stands below a summary.
/// False where nobody can move.
pub fn gather(chart: &mut Chart, task: u32) -> bool {
    let model = &chart.model;
    let record = &model.document().tasks[task as usize];
    let alone = !chart.selection.is_among(record.id);
    if alone && record.kind != TaskKind::Summary {
        chart.group.clear();
        return true;
    }
    let moved = if alone { movers(model, &[record.id].into()) } else { movers(model, chart.selection.ids()) };
    let held = |(task, start): (u32, Minute)| (model.document().tasks[task as usize].id, start);
    chart.group = moved.into_iter().map(held).collect();
    !chart.group.is_empty()
}

/// How many tasks are moved together, and what keeps the first of those that stand elsewhere than asked.
pub fn said(chart: &Chart) -> String {
    let stays = |task: &u32| {
        let asked = chart.model.scheduler().task(*task);
        let asked = asked.manual_start.or(asked.constraint_at);
        asked.is_some_and(|asked| asked != chart.model.schedule().tasks[*task as usize].start)
    };
    let all = chart.group.len();
    let mut held = chart.group.iter().filter_map(|(id, _)| chart.model.position(*id)).filter(stays);
    let moved = if all == 1 { "1 task moves".to_owned() } else { format!("{all} tasks move") };
    match held.next() {
        Some(first) => format!("{moved}, {} not all the way\n{}", held.count() + 1, chart.model.why(first)),
        None => moved,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::model::tests::*, *};

    #[test]
    fn a_summary_takes_its_rows_along_and_followers_follow_by_themselves() {
        let model = model();
        let moved = |ids: &[u128]| -> Vec<u32> {
            let ids = ids.iter().map(|id| task(*id)).collect();
            movers(&model, &ids).into_iter().map(|(task, _)| task).collect()
        };
        assert_eq!(moved(&[10]), [1, 2]);
        assert_eq!(moved(&[13]), [3]);
        assert_eq!(moved(&[11, 13]), [1], "the second waits for the first");
    }

    #[test]
    fn a_selection_keeps_its_gaps_in_working_time() {
        let mut model = model();
        let friday = "2026-01-09T08:00".parse().expect("a date");
        model.try_move(2, friday);
        let rows = movers(&model, &HashSet::from([task(11), task(12)]));
        let later: Vec<String> = shifted(&model, &rows, 480).iter().map(|(_, start)| start.to_string()).collect();
        assert_eq!(later, ["2026-01-06T08:00:00", "2026-01-12T08:00:00"]);
    }
}
