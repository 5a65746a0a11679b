//! What lies under the pointer, and what a press there would take hold of.

use domain::{LinkId, Minute, projects::plan::TaskKind};
use leptos::{prelude::*, web_sys::PointerEvent};

use super::{
    begin::{begun, first_piece},
    chart::{Chart, GanttHandle},
    drag::Drag,
    draw, link, paint,
    pauses::{LaterPart, along, later_part, parts},
};

/// Pixels that a pointer needs to take hold of something.
#[derive(Clone, Copy)]
struct Reach {
    /// At a bar's end, which stretch it.
    edge: f64,
    /// At its start; fewer, since most presses there mean to move it.
    begin: f64,
    /// Around a bar's lower rim, and around the end of its progress, which set progress.
    rim: f64,
    /// Beside a bar's end, where links begin.
    beside: f64,
}

const MOUSE: Reach = Reach { edge: 7.0, begin: 5.0, rim: 6.0, beside: 14.0 };
/// On the bar that is marked, whose handles are seen; a finger on any other moves it.
const FINGER: Reach = Reach { edge: 14.0, begin: 14.0, rim: 12.0, beside: 28.0 };

impl Reach {
    fn of(chart: &Chart, task: u32) -> Self {
        if chart.fingers && chart.selected == Some(task) { FINGER } else { MOUSE }
    }
}

/// A task under the pointer, and the ends of its bar on the canvas.
#[derive(Clone, Copy)]
pub struct Found {
    pub task: u32,
    pub from: f64,
    pub to: f64,
    /// The pointer lies on the lower rim of the bar, where progress is set.
    rim: bool,
}

/// The row at this height.
pub fn under(handle: GanttHandle, y: f64) -> Option<Found> {
    let (left, top) = (handle.left.get_untracked(), handle.top.get_untracked());
    handle.with(|chart| {
        let task = chart.row_at(y, top)?;
        let (from, above, width, height) = paint::bar_rect(&chart.model, chart.scale, task, left, top)?;
        let reach = Reach::of(chart, task).rim;
        let rim = y > above + height - reach && y < above + height + reach;
        Some(Found { task, from, to: from + width, rim })
    })
}

/// Where on the canvas an event happened.
pub fn place(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.offset_x()), f64::from(event.offset_y()))
}

/// What a press here would take hold of. Outside the bar, beside its ends, links begin; at the end inside, it is
/// stretched; between, it is moved, or where it is a part behind a pause, the pause is made longer or shorter.
pub fn grip(handle: GanttHandle, x: f64, Found { task, from, to, rim }: Found) -> Option<Drag> {
    let (reach, id, kind, percent, reached) = handle.with(|chart| {
        let record = &chart.model.document().tasks[task as usize];
        let percent = chart.model.progress(task);
        (
            Reach::of(chart, task),
            record.id,
            record.kind,
            percent,
            along(&parts(&chart.model, chart.scale, task), percent),
        )
    });
    if rim && kind == TaskKind::Task && (x + handle.left.get_untracked() - reached).abs() < reach.rim {
        return Some(Drag::Progress { task: id, percent });
    }
    let inside = x >= from && x <= to;
    if x < from - reach.beside || x > to + reach.beside || (kind == TaskKind::Summary && !inside) {
        return None;
    }
    let slot = handle.with(|chart| chart.model.schedule().tasks[task as usize]);
    let here = x + handle.left.get_untracked();
    let part = part_at(handle, task, here);
    // Of a short part something is left to take hold of.
    let edge = part.map_or(reach.edge, |part| {
        let begin = handle.with(|chart| chart.scale.x(part.begin)) - handle.left.get_untracked();
        reach.edge.min((to - begin) / 3.0)
    });
    Some(if x < from || x > to {
        Drag::Link { task: id, from_start: x < from }
    } else if x > to - edge && to - from > 2.0 * reach.edge && kind != TaskKind::Summary {
        Drag::Stretch { task: id, from: here, finish: slot.finish }
    } else if let Some(until) = first_part(handle, task, reach).filter(|_| x < from + reach.begin) {
        Drag::Begin { task: id, from: here, start: slot.start, until }
    } else if let Some(part) = part {
        Drag::Pause { task: id, from: here, part }
    } else {
        Drag::Move { task: id, from: here, start: slot.start }
    })
}

/// The end of a bar that can be stretched at its start, or of its first part where pauses follow. None where it is too
/// short to be told from one that is moved. Rows that are picked together move as they are.
fn first_part(handle: GanttHandle, task: u32, reach: Reach) -> Option<Minute> {
    handle.with(|chart| {
        let model = &chart.model;
        let (from, until) = first_piece(model, task)?;
        let together = chart.selection.is_among(model.document().tasks[task as usize].id);
        let wide = chart.scale.x(until) - chart.scale.x(from);
        (!together && wide > 3.0 * reach.begin).then_some(until)
    })
}

/// The part behind a pause at a pixel. Rows that are picked together move as they are.
fn part_at(handle: GanttHandle, task: u32, here: f64) -> Option<LaterPart> {
    handle.with(|chart| {
        let together = chart.selection.is_among(chart.model.document().tasks[task as usize].id);
        let part = later_part(&chart.model, task, chart.scale.at(here));
        part.filter(|_| !together)
    })
}

/// The link under the pointer. Bars lie above arrows; beside them, where links begin, arrows are there as well.
pub fn arrow_at(handle: GanttHandle, at: (f64, f64), drag: Option<Drag>) -> Option<LinkId> {
    if matches!(drag, None | Some(Drag::Link { .. })) { link::at(handle, at) } else { None }
}

fn has_begun(handle: GanttHandle, task: u32) -> bool {
    handle.with(|chart| begun(&chart.model, task).is_some())
}

/// The pointer says what a press would do.
pub fn point(handle: GanttHandle, at: (f64, f64), found: Option<Found>) {
    let Some(canvas) = handle.canvas.get_untracked() else { return };
    let top = handle.top.get_untracked();
    let (near_link, is_free, can_edit) =
        handle.with(|chart| (chart.selection.near_link.is_some(), draw::is_free(chart, at.1, top), chart.can_edit));
    // Who only reads takes hold of nothing.
    let shape = match found.filter(|_| can_edit).and_then(|found| grip(handle, at.0, found)) {
        Some(Drag::Move { .. }) => "grab",
        Some(Drag::Begin { .. }) if found.is_some_and(|found| has_begun(handle, found.task)) => "not-allowed",
        Some(Drag::Stretch { .. } | Drag::Begin { .. } | Drag::Pause { .. }) => "ew-resize",
        Some(Drag::Progress { .. }) => "col-resize",
        Some(Drag::Link { .. } | Drag::Draw { .. }) => "crosshair",
        None if near_link => "pointer",
        None if is_free && can_edit => "crosshair",
        None => "default",
    };
    let style: &web_sys::HtmlElement = canvas.as_ref();
    let _ = style.style().set_property("cursor", shape);
}
