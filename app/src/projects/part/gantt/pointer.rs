//! Hands on the chart: mouse, pen and fingers. A press takes hold of a bar, each frame shows what it comes to, and
//! letting go is one operation. A finger takes hold by resting on a bar, since moving it scrolls.

#[cfg(feature = "hydrate")]
use domain::{
    LinkId,
    projects::{
        operation::TaskPatch,
        plan::{LagUnit, LinkKind},
    },
};
use domain::{Minute, projects::operation::Operation};
#[cfg(feature = "hydrate")]
use leptos::prelude::*;
use leptos::web_sys::{MouseEvent, PointerEvent};

#[cfg(feature = "hydrate")]
use super::{
    cell::Field,
    chart::{Chart, HEAD},
    draw,
    grip::{Found, arrow_at, grip, place, point, under},
    paint,
    pauses::{parts, paused, share_at},
    select::Pick,
    together,
};
use super::{chart::GanttHandle, pauses::LaterPart};
#[cfg(feature = "hydrate")]
use crate::kit::{day, new_id};

/// Milliseconds that a finger rests before it takes hold.
#[cfg(feature = "hydrate")]
const HOLD_MS: u64 = 350;

/// What is being dragged. `from` counts from the plan's origin, so that the chart may scroll meanwhile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Drag {
    Move {
        task: u32,
        from: f64,
        start: Minute,
    },
    Stretch {
        task: u32,
        from: f64,
        finish: Minute,
    },
    /// A part behind a pause, which grows or shrinks with it.
    Pause {
        task: u32,
        from: f64,
        part: LaterPart,
    },
    /// Percent done, as it is being set.
    Progress {
        task: u32,
        percent: u8,
    },
    Link {
        task: u32,
        from_start: bool,
    },
    /// A new bar, below the last row.
    Draw {
        from: f64,
    },
}

impl Drag {
    /// The task that is held.
    #[cfg(feature = "hydrate")]
    pub const fn task(&self) -> Option<u32> {
        match self {
            Self::Move { task, .. }
            | Self::Stretch { task, .. }
            | Self::Pause { task, .. }
            | Self::Progress { task, .. }
            | Self::Link { task, .. } => Some(*task),
            Self::Draw { .. } => None,
        }
    }
}

pub fn press(handle: GanttHandle, can_edit: bool, event: &PointerEvent) {
    #[cfg(feature = "hydrate")]
    {
        let at = place(event);
        // The other buttons open the menu.
        if event.button() != 0 {
            return;
        }
        let Some(found) = under(handle, at.1) else {
            handle.mark(None);
            let top = handle.top.get_untracked();
            if can_edit && handle.with(|chart| draw::is_free(chart, at.1, top)) {
                take(handle, Drag::Draw { from: at.0 + handle.left.get_untracked() }, event);
            }
            return;
        };
        let drag = grip(handle, at.0, found);
        let link = arrow_at(handle, at, drag);
        handle.change(|chart| chart.selection.pressed_link = link);
        if drag.is_none() && link.is_some() {
            return;
        }
        match Pick::of(event.ctrl_key() || event.meta_key(), event.shift_key()) {
            Pick::Only => handle.take_hold(found.task),
            several => return handle.pick(found.task, several),
        }
        let Some(drag) = drag.filter(|_| can_edit) else { return };
        if matches!(drag, Drag::Move { .. }) && !handle.change(|chart| together::gather(chart, found.task)) {
            return;
        }
        take(handle, drag, event);
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (handle, can_edit, event);
}

/// Opens the menu of what lies under the pointer. A finger that rests takes hold instead.
pub fn asked(handle: GanttHandle, event: &MouseEvent) {
    event.prevent_default();
    #[cfg(feature = "hydrate")]
    if handle.with(|chart| chart.drag.is_none() && chart.resting.is_none()) {
        if let Some(found) = under(handle, f64::from(event.offset_y())) {
            handle.take_hold(found.task);
        }
        handle.ask_at((f64::from(event.offset_x()), f64::from(event.offset_y())), event);
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = handle;
}

#[cfg(feature = "hydrate")]
impl GanttHandle {
    /// Opens the menu at the pointer; what lies on a bar is asked for the moment there.
    fn ask_at(self, (x, y): (f64, f64), event: &MouseEvent) {
        let on_bar = under(self, y).is_some_and(|found| x >= found.from && x <= found.to);
        let moment = on_bar.then(|| self.with(|chart| chart.scale.at(x + self.left.get_untracked())));
        self.open_menu(Some((f64::from(event.client_x()), f64::from(event.client_y()))));
        self.hands.menu_on.set(moment);
    }
}

/// Takes hold at once, or, for a finger, once it has rested.
#[cfg(feature = "hydrate")]
fn take(handle: GanttHandle, drag: Drag, event: &PointerEvent) {
    if event.pointer_type() == "touch" {
        return hold(handle, drag, place(event));
    }
    if let Some(canvas) = handle.canvas.get_untracked() {
        let _ = canvas.set_pointer_capture(event.pointer_id());
    }
    handle.change(|chart| chart.drag = Some(drag));
    event.prevent_default();
}

/// A finger that rests takes hold; one that moves meanwhile scrolls, and the browser cancels the pointer.
#[cfg(feature = "hydrate")]
fn hold(handle: GanttHandle, drag: Drag, at: (f64, f64)) {
    handle.change(|chart| chart.resting = Some(at));
    set_timeout(
        move || {
            let held = handle.try_change(|chart| {
                let rests = chart.resting.take() == Some(at);
                if rests {
                    chart.drag = Some(drag);
                    chart.pointed = Some(at);
                }
                rests
            });
            if held == Some(true) {
                handle.paint_soon();
            }
        },
        std::time::Duration::from_millis(HOLD_MS),
    );
}

pub fn moved(handle: GanttHandle, event: &PointerEvent) {
    #[cfg(feature = "hydrate")]
    {
        let at = place(event);
        handle.point_at(at);
        if handle.with(|chart| chart.drag.is_some()) {
            handle.change(|chart| chart.pointed = Some(at));
            return handle.paint_soon();
        }
        let far = |rest: (f64, f64)| (rest.0 - at.0).hypot(rest.1 - at.1) > 8.0;
        handle.change(|chart| chart.resting = chart.resting.filter(|rest| !far(*rest)));
        let found = under(handle, at.1);
        let hovered = found.map(|found| found.task);
        let near = arrow_at(handle, at, found.and_then(|found| grip(handle, at.0, found)));
        if handle.with(|chart| (chart.hovered, chart.selection.near_link)) != (hovered, near) {
            handle.change(|chart| (chart.hovered, chart.selection.near_link) = (hovered, near));
            handle.paint_soon();
        }
        point(handle, at, found);
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (handle, event);
}

/// Shows what the drag comes to: once a frame, however many events the pointer sends.
#[cfg(feature = "hydrate")]
pub fn follow(handle: GanttHandle) {
    let Some(at) = handle.change(|chart| chart.pointed.take()) else { return };
    scroll_at_edge(handle, at);
    let left = handle.left.get_untracked();
    let dates = handle.change(|chart| {
        let Some(drag) = chart.drag else { return false };
        if let Drag::Link { task, from_start } = drag {
            let (x, y) = end_of(chart, task, from_start, (left, handle.top.get_untracked())).unwrap_or(at);
            chart.linking = Some((x, y, at.0, at.1));
            return false;
        }
        if let Drag::Progress { task, .. } = drag {
            let percent = percent_at(chart, task, at.0 + left).unwrap_or_default();
            chart.drag = Some(Drag::Progress { task, percent });
            chart.hint = Some((at.0, at.1, format!("{percent} % done")));
            return false;
        }
        if let Drag::Draw { from } = drag {
            chart.hint = draw::stretch(chart, from, at.0 + left).map(|text| (at.0, at.1, text));
            return false;
        }
        let changed = attempt(chart, drag, at.0 + left);
        chart.hint = said(chart, drag).map(|text| (at.0, at.1, text));
        changed
    });
    if dates {
        handle.dates_changed();
    }
}

/// How far along its bar a pixel lies, in steps of five percent.
#[cfg(feature = "hydrate")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
fn percent_at(chart: &Chart, task: u32, here: f64) -> Option<u8> {
    chart.model.schedule().tasks.get(task as usize)?;
    let share = share_at(&parts(&chart.model, chart.scale, task), here);
    Some((share * 20.0).round() as u8 * 5)
}

/// The point where a link leaves a bar.
#[cfg(feature = "hydrate")]
fn end_of(chart: &Chart, task: u32, at_start: bool, (left, top): (f64, f64)) -> Option<(f64, f64)> {
    let (x, y, width, height) = paint::bar_rect(&chart.model, chart.scale, task, left, top)?;
    Some((if at_start { x } else { x + width }, y + height / 2.0))
}

/// Tries what the pointer asks for; true where it asks for something else than in the frame before.
#[cfg(feature = "hydrate")]
fn attempt(chart: &mut Chart, drag: Drag, here: f64) -> bool {
    let (scale, snap) = (chart.scale, chart.scale.snap());
    let by = |from: f64| (scale.at(here - from).0 - scale.origin.0 + snap / 2).div_euclid(snap) * snap;
    match drag {
        Drag::Move { task, from, start } => {
            let clock = chart.model.scheduler().clock(task);
            let asked = clock.next_start(Minute(start.0 + by(from)));
            if asked == start && !chart.model.is_trying() {
                return false;
            }
            if chart.group.is_empty() {
                return chart.model.try_move(task, asked);
            }
            let moves = together::shifted(&chart.model, &chart.group, clock.between(start, asked));
            chart.model.try_moves(&moves)
        }
        Drag::Stretch { task, from, finish } => {
            let start = chart.model.schedule().tasks[task as usize].start;
            let work = chart.model.scheduler().clock(task).between(start, Minute(finish.0 + by(from)));
            chart.model.try_stretch(task, work)
        }
        Drag::Pause { task, from, part } => {
            let longer = chart.model.scheduler().clock(task).between(part.begin, Minute(part.begin.0 + by(from)));
            if longer == 0 && !chart.model.is_trying() {
                return false;
            }
            chart.model.try_pause(task, part.place, part.pause + longer)
        }
        Drag::Link { .. } | Drag::Progress { .. } | Drag::Draw { .. } => false,
    }
}

/// Where the task stands now, and what keeps it from where the pointer wants it.
#[cfg(feature = "hydrate")]
fn said(chart: &Chart, drag: Drag) -> Option<String> {
    let (Drag::Move { task, .. } | Drag::Stretch { task, .. } | Drag::Pause { task, .. }) = drag else { return None };
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
    if matches!(drag, Drag::Move { .. }) && asked.is_some_and(|asked| asked != slot.start) {
        text.push('\n');
        text.push_str(&chart.model.why(task));
    }
    Some(text)
}

/// Time runs on under a pointer that waits at the edge.
#[cfg(feature = "hydrate")]
fn scroll_at_edge(handle: GanttHandle, at: (f64, f64)) {
    const NEAR: f64 = 24.0;
    const STEP: i32 = 14;
    let (Some(canvas), Some(body)) = (handle.canvas.get_untracked(), handle.body.get_untracked()) else { return };
    if handle.with(|chart| chart.drag.is_none()) {
        return;
    }
    let across = match at.0 {
        x if x > f64::from(canvas.client_width()) - NEAR => STEP,
        x if x < NEAR => -STEP,
        _ => 0,
    };
    let down = match at.1 {
        y if y > f64::from(canvas.client_height()) - NEAR => STEP,
        y if y < HEAD => -STEP,
        _ => 0,
    };
    if (across, down) != (0, 0) {
        let before = (body.scroll_left(), body.scroll_top());
        body.set_scroll_left(before.0 + across);
        body.set_scroll_top(before.1 + down);
        if before != (body.scroll_left(), body.scroll_top()) {
            handle.scrolled();
            handle.change(|chart| chart.pointed = Some(at));
        }
    }
}

pub fn release(handle: GanttHandle, event: &PointerEvent, operate: &dyn Fn(Operation) -> bool) {
    #[cfg(feature = "hydrate")]
    {
        let at = place(event);
        if handle.with(|chart| chart.drag.is_some()) {
            // What is dropped is what the pointer points at, also where no frame came between.
            handle.change(|chart| chart.pointed = Some(at));
            follow(handle);
        }
        let tapped = handle.change(|chart| chart.resting.take()).is_some();
        let drag = handle.change(|chart| chart.drag.take());
        // A press on an arrow that stays there asks for the link, also where a new link could have begun.
        let pressed = handle.change(|chart| chart.selection.pressed_link.take());
        if let Some(link) = pressed.filter(|link| arrow_at(handle, at, drag) == Some(*link)) {
            handle.give_up();
            return handle.open_link(link, Some((f64::from(event.client_x()), f64::from(event.client_y()))));
        }
        let Some(drag) = drag else {
            if tapped {
                handle.select(handle.with(|chart| chart.selected));
            }
            return;
        };
        let drawn = handle.with(draw::task);
        let operation = handle.with(|chart| dropped(chart, drag, at.0, under(handle, at.1)));
        handle.give_up();
        match (drag, operation, drawn) {
            (Drag::Draw { .. }, _, Some((id, operation))) => {
                if operate(operation) {
                    handle.open_row(id);
                    handle.hands.type_into(Some(id), Field::Name, None);
                }
            }
            (Drag::Draw { .. } | Drag::Link { .. }, None, _) => {}
            (_, Some(operation), _) => {
                let done = operate(operation);
                match drag {
                    Drag::Move { task, .. } if done => handle.say_moved(task),
                    Drag::Pause { task, .. } if done => handle.say_parts(task),
                    _ => {}
                }
            }
            // A finger that rested and moved nothing asks what can be done; a press that moved nothing, for the task.
            _ if event.pointer_type() == "touch" => {
                handle.ask_at(at, event);
            }
            _ => handle.select(handle.with(|chart| chart.selected)),
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (handle, event, operate);
}

/// The one operation that a drop is.
#[cfg(feature = "hydrate")]
fn dropped(chart: &Chart, drag: Drag, x: f64, found: Option<Found>) -> Option<Operation> {
    let record = |task: u32| &chart.model.document().tasks[task as usize];
    match drag {
        Drag::Move { .. } | Drag::Stretch { .. } | Drag::Pause { .. } if !chart.model.is_trying() => None,
        Drag::Draw { .. } => None,
        Drag::Move { .. } => {
            let moves = chart.model.tried_moves();
            (!moves.is_empty()).then_some(Operation::MoveTasks { moves })
        }
        Drag::Stretch { task, .. } => {
            let duration_minutes = chart.model.scheduler().task(task).duration;
            let record = record(task);
            (duration_minutes != record.duration).then_some(Operation::StretchTask { id: record.id, duration_minutes })
        }
        Drag::Pause { task, .. } => {
            let splits = &chart.model.scheduler().task(task).splits;
            let record = record(task);
            (*splits != record.splits).then(|| paused(record.id, splits.clone()))
        }
        Drag::Progress { task, percent } => {
            let record = record(task);
            let patch = TaskPatch { progress: Some(percent), ..TaskPatch::default() };
            (percent != record.progress).then(|| Operation::EditTask {
                id: record.id,
                version: None,
                patch: Box::new(patch),
            })
        }
        Drag::Link { task: from, from_start } => {
            let to = found.filter(|found| found.task != from)?;
            let to_start = x < f64::midpoint(to.from, to.to);
            let kind = match (from_start, to_start) {
                (false, true) => LinkKind::FinishToStart,
                (true, true) => LinkKind::StartToStart,
                (false, false) => LinkKind::FinishToFinish,
                (true, false) => LinkKind::StartToFinish,
            };
            let (predecessor_id, successor_id) = (record(from).id, record(to.task).id);
            let (id, lag_unit) = (LinkId(new_id()), LagUnit::Working);
            Some(Operation::AddLink { id, predecessor_id, successor_id, kind, lag_minutes: 0, lag_unit })
        }
    }
}

/// The browser took the pointer for itself, to scroll.
pub fn cancelled(handle: GanttHandle) {
    #[cfg(feature = "hydrate")]
    handle.change(|chart| chart.resting = None);
    handle.give_up();
}

/// Fingers that drag or pinch must not scroll. Two fingers zoom around the point between them.
#[cfg(feature = "hydrate")]
pub fn touched(handle: GanttHandle, event: &web_sys::TouchEvent) {
    let touches = event.touches();
    let (Some(first), Some(second)) = (touches.get(0), touches.get(1)) else {
        handle.change(|chart| chart.pinch = None);
        if handle.with(|chart| chart.drag.is_some()) {
            event.prevent_default();
        }
        return;
    };
    event.prevent_default();
    let (x1, x2) = (f64::from(first.client_x()), f64::from(second.client_x()));
    let apart = (x1 - x2).hypot(f64::from(first.client_y() - second.client_y())).max(1.0);
    let edge = handle.canvas.get_untracked().map_or(0.0, |canvas| canvas.get_bounding_client_rect().left());
    let (begun, width) = handle.change(|chart| *chart.pinch.get_or_insert((apart, chart.scale.day)));
    handle.zoom(width * apart / begun, f64::midpoint(x1, x2) - edge);
}

/// Ctrl and the wheel zoom where the pointer is.
#[cfg(feature = "hydrate")]
pub fn wheel(handle: GanttHandle, event: &web_sys::WheelEvent) {
    if !event.ctrl_key() && !event.meta_key() {
        return;
    }
    event.prevent_default();
    let width = handle.with(|chart| chart.scale.day);
    handle.zoom(width * (-event.delta_y() / 300.0).exp(), f64::from(event.offset_x()));
}
