//! What is being dragged, what it comes to while the pointer moves, and the step that letting go is. Tasks are held by
//! what they are rather than by where they stand: rows come, go and change places under a drag.

#[cfg(feature = "hydrate")]
use domain::{
    LinkId,
    projects::{
        operation::{Operation, TaskPatch},
        plan::{LagUnit, LinkKind},
    },
};
use domain::{Minute, TaskId};

#[cfg(feature = "hydrate")]
use super::{
    begin::{begun, tried_begin},
    chart::Chart,
    grip::Found,
    pauses::{parts, paused, share_at},
    together,
};
use super::{model::Model, pauses::LaterPart};
#[cfg(feature = "hydrate")]
use crate::kit::{day, new_id};

/// What is being dragged. `from` counts from the plan's origin, so that the chart may scroll meanwhile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Drag {
    Move {
        task: TaskId,
        from: f64,
        start: Minute,
    },
    /// The end of a bar, whose start stays.
    Stretch {
        task: TaskId,
        from: f64,
        finish: Minute,
    },
    /// The start of a bar, whose end stays; with pauses, that of its first part, and all that follows.
    Begin {
        task: TaskId,
        from: f64,
        start: Minute,
        until: Minute,
    },
    /// A part behind a pause, which grows or shrinks with it.
    Pause {
        task: TaskId,
        from: f64,
        part: LaterPart,
    },
    /// Percent done, as it is being set.
    Progress {
        task: TaskId,
        percent: u8,
    },
    Link {
        task: TaskId,
        from_start: bool,
    },
    /// A new bar, below the last row.
    Draw {
        from: f64,
    },
}

impl Drag {
    /// The task that is held.
    pub const fn task(&self) -> Option<TaskId> {
        match self {
            Self::Move { task, .. }
            | Self::Stretch { task, .. }
            | Self::Begin { task, .. }
            | Self::Pause { task, .. }
            | Self::Progress { task, .. }
            | Self::Link { task, .. } => Some(*task),
            Self::Draw { .. } => None,
        }
    }

    /// Where the held task stands in the plan now.
    pub fn row(&self, model: &Model) -> Option<u32> {
        self.task().and_then(|id| model.position(id))
    }

    /// True while what is held is still there.
    pub fn holds(&self, model: &Model) -> bool {
        match self {
            Self::Draw { .. } => true,
            Self::Pause { part, .. } => self.row(model).is_some_and(|task| {
                let pauses = &model.stored(task).splits;
                pauses.get(part.place).is_some_and(|pause| pause.pause_minutes == part.pause)
            }),
            _ => self.row(model).is_some(),
        }
    }
}

/// Tries what the pointer asks for; true where it asks for something else than in the frame before.
#[cfg(feature = "hydrate")]
pub fn attempt(chart: &mut Chart, drag: Drag, task: u32, here: f64) -> bool {
    let (scale, snap) = (chart.scale, chart.scale.snap());
    let by = |from: f64| (scale.at(here - from).0 - scale.origin.0 + snap / 2).div_euclid(snap) * snap;
    match drag {
        Drag::Move { from, start, .. } => {
            let clock = chart.model.scheduler().clock(task);
            let asked = clock.next_start(Minute(start.0 + by(from)));
            if asked == start && !chart.model.is_trying() {
                return false;
            }
            if chart.group.is_empty() {
                return chart.model.try_move(task, asked);
            }
            let here = |(id, start): &(TaskId, Minute)| Some((chart.model.position(*id)?, *start));
            let group: Vec<(u32, Minute)> = chart.group.iter().filter_map(here).collect();
            let moves = together::shifted(&chart.model, &group, clock.between(start, asked));
            chart.model.try_moves(&moves)
        }
        Drag::Stretch { from, finish, .. } => {
            let start = chart.model.schedule().tasks[task as usize].start;
            let span = chart.model.work_between(task, start, Minute(finish.0 + by(from)));
            chart.model.try_stretch(task, span)
        }
        Drag::Begin { from, start, until, .. } => {
            let asked = Minute(start.0 + by(from));
            let on_the_wall = chart.model.scheduler().task(task).elapsed;
            let asked = if on_the_wall { asked } else { chart.model.scheduler().clock(task).next_start(asked) };
            // Of the bar something is left.
            if (asked == start && !chart.model.is_trying()) || chart.model.work_between(task, asked, until) <= 0 {
                return false;
            }
            chart.model.try_begin(task, asked, until)
        }
        Drag::Pause { from, part, .. } => {
            let longer = chart.model.scheduler().clock(task).between(part.begin, Minute(part.begin.0 + by(from)));
            if longer == 0 && !chart.model.is_trying() {
                return false;
            }
            chart.model.try_pause(task, part.place, part.pause + longer)
        }
        Drag::Link { .. } | Drag::Progress { .. } | Drag::Draw { .. } => false,
    }
}

/// How far along its bar a pixel lies, in steps of five percent.
#[cfg(feature = "hydrate")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
pub fn percent_at(chart: &Chart, task: u32, here: f64) -> Option<u8> {
    chart.model.schedule().tasks.get(task as usize)?;
    let share = share_at(&parts(&chart.model, chart.scale, task), here);
    Some((share * 20.0).round() as u8 * 5)
}

/// Where the task stands now, and what keeps it from where the pointer wants it.
#[cfg(feature = "hydrate")]
pub fn said(chart: &Chart, drag: Drag, task: u32) -> Option<String> {
    if let Some(reason) = begun(&chart.model, task).filter(|_| matches!(drag, Drag::Begin { .. })) {
        return Some(reason);
    }
    if !chart.model.is_trying() {
        return None;
    }
    let slot = chart.model.schedule().tasks[task as usize];
    let mut text = format!("{} – {}", day(slot.start), day(slot.finish));
    if !chart.group.is_empty() {
        return Some(format!("{text}\n{}", together::said(chart)));
    }
    if let Drag::Pause { part, .. } = drag {
        let (now, before) = (&chart.model.scheduler().task(task).splits, &chart.model.stored(task).splits);
        let left = now.get(part.place).filter(|_| now.len() == before.len());
        let left = left.map_or_else(
            || "The parts join".to_owned(),
            |split| format!("Pause of {}", chart.model.amount_text(split.pause_minutes)),
        );
        return Some(format!("{left}\n{text}"));
    }
    let asked = chart.model.scheduler().task(task);
    let asked = asked.manual_start.or(asked.constraint_at);
    if matches!(drag, Drag::Move { .. } | Drag::Begin { .. }) && asked.is_some_and(|asked| asked != slot.start) {
        text.push('\n');
        text.push_str(&chart.model.why(task));
    }
    if let Some(given_way) = gives_way(chart, task) {
        text.push('\n');
        text.push_str(&given_way);
    }
    if let Some(left) = left_behind(chart, task) {
        text.push('\n');
        text.push_str(&left);
    }
    Some(text)
}

/// The constraint that the new start takes the place of.
#[cfg(feature = "hydrate")]
fn gives_way(chart: &Chart, task: u32) -> Option<String> {
    let (before, now) = (chart.model.stored(task), chart.model.scheduler().task(task));
    let lost = before.constraint.needs_date() && before.constraint != now.constraint;
    let at = before.constraint_at.filter(|_| lost)?;
    Some(format!("“{} {}” gives way.", before.constraint.title(), day(at)))
}

/// A follower that was put by hand, or has begun, and does not come along.
#[cfg(feature = "hydrate")]
fn left_behind(chart: &Chart, task: u32) -> Option<String> {
    let model = &chart.model;
    let follower = model.links().iter().find(|link| link.from == task && model.breaks_link(link.to))?.to;
    Some(format!("{} stays, and does not wait any more.", model.document().tasks[follower as usize].name))
}

/// The operations, one step, that a drop is; none where it changes nothing.
#[cfg(feature = "hydrate")]
pub fn dropped(chart: &Chart, drag: Drag, x: f64, found: Option<Found>) -> Vec<Operation> {
    let Some(task) = drag.row(&chart.model) else { return Vec::new() };
    let record = &chart.model.document().tasks[task as usize];
    let tried = chart.model.is_trying();
    let moved = || {
        let moves = chart.model.tried_moves();
        (!moves.is_empty()).then_some(Operation::MoveTasks { moves })
    };
    let stretched = || {
        let duration_minutes = chart.model.scheduler().task(task).duration;
        (duration_minutes != record.duration).then_some(Operation::StretchTask { id: record.id, duration_minutes })
    };
    let one = match drag {
        Drag::Move { .. } => moved().filter(|_| tried),
        Drag::Stretch { .. } => stretched().filter(|_| tried),
        Drag::Begin { .. } => return tried_begin(&chart.model, task),
        Drag::Pause { .. } => {
            let splits = &chart.model.scheduler().task(task).splits;
            (tried && *splits != record.splits).then(|| paused(record.id, splits.clone()))
        }
        Drag::Progress { percent, .. } => {
            let patch = TaskPatch { progress: Some(percent), ..TaskPatch::default() };
            (percent != record.progress).then(|| Operation::EditTask {
                id: record.id,
                version: None,
                patch: Box::new(patch),
            })
        }
        Drag::Link { from_start, .. } => found.filter(|found| found.task != task).map(|to| {
            let to_start = x < f64::midpoint(to.from, to.to);
            let kind = match (from_start, to_start) {
                (false, true) => LinkKind::FinishToStart,
                (true, true) => LinkKind::StartToStart,
                (false, false) => LinkKind::FinishToFinish,
                (true, false) => LinkKind::StartToFinish,
            };
            let (id, lag_unit) = (LinkId(new_id()), LagUnit::Working);
            let successor_id = chart.model.document().tasks[to.task as usize].id;
            Operation::AddLink { id, predecessor_id: record.id, successor_id, kind, lag_minutes: 0, lag_unit }
        }),
        Drag::Draw { .. } => None,
    };
    one.into_iter().collect()
}
