//! Hands on the chart: mouse, pen and fingers. A press takes hold of a bar, each frame shows what it comes to, and
//! letting go is one operation. A finger takes hold by resting on a bar, since moving it scrolls.

use domain::projects::operation::Operation;
#[cfg(feature = "hydrate")]
use leptos::prelude::*;
use leptos::web_sys::{MouseEvent, PointerEvent};

use super::chart::GanttHandle;
#[cfg(feature = "hydrate")]
use super::{
    begin::begun,
    chart::{Chart, HEAD},
    drag::{Drag, attempt, dropped, percent_at, said},
    draw,
    field::Field,
    grip::{arrow_at, grip, place, point, under},
    paint,
    select::Pick,
    together,
};

/// Milliseconds that a finger rests before it takes hold.
#[cfg(feature = "hydrate")]
const HOLD_MS: u64 = 350;

pub fn press(handle: GanttHandle, can_edit: bool, event: &PointerEvent) {
    #[cfg(feature = "hydrate")]
    {
        let at = place(event);
        // The other buttons open the menu.
        if event.button() != 0 {
            return;
        }
        handle.change(|chart| chart.fingers = event.pointer_type() == "touch");
        let Some(found) = under(handle, at.1) else {
            // A panel that is open keeps its row.
            if !handle.pick_less() && handle.selected.get_untracked().is_none() {
                handle.mark(None);
            }
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
        let at = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        if let Some(found) = under(handle, at.1) {
            handle.take_hold(found.task);
            handle.ask_at(at, event);
        } else {
            let moment = handle.with(|chart| chart.scale.at(at.0 + handle.left.get_untracked()));
            handle.open_place_menu((f64::from(event.client_x()), f64::from(event.client_y())), Some(moment));
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = handle;
}

/// Opens the panel of the bar that was pressed twice.
pub fn pressed_twice(handle: GanttHandle, event: &MouseEvent) {
    #[cfg(feature = "hydrate")]
    {
        let x = f64::from(event.offset_x());
        let found = under(handle, f64::from(event.offset_y()));
        if let Some(found) = found.filter(|found| x >= found.from && x <= found.to) {
            handle.select(Some(found.task));
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (handle, event);
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
    let place = handle.place();
    handle.change(|chart| {
        chart.drag = Some(drag);
        chart.held_from = Some(place);
    });
    event.prevent_default();
}

/// A finger that rests takes hold; one that moves meanwhile scrolls, and the browser cancels the pointer.
#[cfg(feature = "hydrate")]
fn hold(handle: GanttHandle, drag: Drag, at: (f64, f64)) {
    handle.change(|chart| chart.resting = Some(at));
    set_timeout(
        move || {
            let Some(place) = handle.is_there().then(|| handle.place()) else { return };
            let held = handle.try_change(|chart| {
                let rests = chart.resting.take() == Some(at);
                if rests {
                    chart.drag = Some(drag);
                    chart.pointed = Some(at);
                    chart.held_from = Some(place);
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
        handle.change(|chart| chart.fingers &= event.pointer_type() == "touch");
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
        chart.dragged_to = Some(at);
        if let Drag::Draw { from } = drag {
            chart.hint = draw::stretch(chart, from, at.0 + left).map(|text| (at.0, at.1, text));
            return false;
        }
        let Some(task) = drag.row(&chart.model) else { return false };
        if let Drag::Link { from_start, .. } = drag {
            let (x, y) = end_of(chart, task, from_start, (left, handle.top.get_untracked())).unwrap_or(at);
            chart.linking = Some((x, y, at.0, at.1));
            return false;
        }
        if let Drag::Progress { task: held, .. } = drag {
            let percent = percent_at(chart, task, at.0 + left).unwrap_or_default();
            chart.drag = Some(Drag::Progress { task: held, percent });
            chart.hint = Some((at.0, at.1, format!("{percent} % done")));
            return false;
        }
        let changed = attempt(chart, drag, task, at.0 + left);
        chart.hint = said(chart, drag, task).map(|text| (at.0, at.1, text));
        changed
    });
    if dates {
        handle.dates_changed();
    }
}

/// The point where a link leaves a bar.
#[cfg(feature = "hydrate")]
fn end_of(chart: &Chart, task: u32, at_start: bool, (left, top): (f64, f64)) -> Option<(f64, f64)> {
    let (x, y, width, height) = paint::bar_rect(&chart.model, chart.scale, task, left, top)?;
    Some((if at_start { x } else { x + width }, y + height / 2.0))
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

pub fn release(handle: GanttHandle, event: &PointerEvent, operate: &dyn Fn(Vec<Operation>) -> bool) {
    #[cfg(feature = "hydrate")]
    {
        let at = place(event);
        if handle.with(|chart| chart.drag.is_some()) {
            // What is dropped is what the pointer points at, also where no frame came between.
            handle.change(|chart| chart.pointed = Some(at));
            follow(handle);
        }
        handle.change(|chart| chart.resting = None);
        let drag = handle.change(|chart| chart.drag.take());
        // A press on an arrow that stays there asks for the link, also where a new link could have begun.
        let pressed = handle.change(|chart| chart.selection.pressed_link.take());
        if let Some(link) = pressed.filter(|link| arrow_at(handle, at, drag) == Some(*link)) {
            handle.give_up();
            return handle.open_link(link, Some((f64::from(event.client_x()), f64::from(event.client_y()))));
        }
        let Some(drag) = drag else { return };
        let drawn = handle.with(draw::task);
        let found = under(handle, at.1);
        let operations = handle.with(|chart| dropped(chart, drag, at.0, found));
        let refused = handle.with(|chart| begun(&chart.model, drag.row(&chart.model)?));
        handle.give_up();
        if let Some(reason) = refused.filter(|_| matches!(drag, Drag::Begin { .. })) {
            handle.said.set(reason);
        }
        match (drag, operations.is_empty(), drawn) {
            (Drag::Draw { .. }, _, Some((id, operation))) => {
                if operate(vec![operation]) {
                    handle.open_row(id);
                    handle.hands.type_into(Some(id), Field::Name, None);
                }
            }
            (Drag::Draw { .. } | Drag::Link { .. }, true, _) => {}
            (_, false, _) => {
                let done = operate(operations);
                let row = handle.with(|chart| drag.row(&chart.model)).filter(|_| done);
                match (drag, row) {
                    (Drag::Move { .. } | Drag::Begin { .. }, Some(task)) => handle.say_moved(task),
                    (Drag::Pause { .. }, Some(task)) => handle.say_parts(task),
                    _ => {}
                }
            }
            // A finger that rested and moved nothing asks what can be done; a press that moved nothing picks the task alone.
            _ if event.pointer_type() == "touch" => {
                handle.ask_at(at, event);
            }
            _ => handle.mark(handle.with(|chart| chart.selected)),
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (handle, event, operate);
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
