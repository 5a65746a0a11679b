//! Arrows between bars: the way that they take, and which of them lies under the pointer.

use domain::LinkId;

use super::{
    chart::{Chart, GanttHandle, ROW},
    hands::Point,
    model::DrawnLink,
    paint::{Canvas, bar_rect},
};

/// Pixels beside an arrow that belong to it.
const NEAR: f64 = 5.0;

/// The corners of an arrow on the canvas, from bar to bar.
pub struct Route {
    corners: [Point; 6],
    count: usize,
}

impl Route {
    pub fn corners(&self) -> &[Point] {
        &self.corners[..self.count]
    }
}

/// The way of an arrow; none where one of its bars is not shown.
pub fn route(chart: &Chart, link: DrawnLink, (left, top): Point) -> Option<Route> {
    let rect = |task: u32| bar_rect(&chart.model, chart.scale, task, left, top);
    let (from, to) = (rect(link.from)?, rect(link.to)?);
    let x1 = if link.from_start { from.0 } else { from.0 + from.2 };
    let x2 = if link.to_start { to.0 } else { to.0 + to.2 };
    let (y1, y2) = (from.1 + from.3 / 2.0, to.1 + to.3 / 2.0);
    let out = if link.from_start { x1 - 8.0 } else { x1 + 8.0 };
    let into = if link.to_start { x2 - 8.0 } else { x2 + 8.0 };
    Some(if (link.to_start && out > into) || (!link.to_start && out < into) {
        let between = if y2 > y1 { y2 - ROW / 2.0 } else { y2 + ROW / 2.0 };
        Route { corners: [(x1, y1), (out, y1), (out, between), (into, between), (into, y2), (x2, y2)], count: 6 }
    } else {
        Route { corners: [(x1, y1), (out, y1), (out, y2), (x2, y2), (0.0, 0.0), (0.0, 0.0)], count: 4 }
    })
}

/// The link whose arrow passes here.
pub fn at(handle: GanttHandle, (x, y): Point) -> Option<LinkId> {
    use leptos::prelude::GetUntracked;
    let (left, top) = (handle.left.get_untracked(), handle.top.get_untracked());
    handle.with(|chart| {
        let row_of = |task: u32| chart.model.row_of(task).map(|row| super::paint::row_top(row, top));
        let passes = |link: &DrawnLink| {
            let (Some(from), Some(to)) = (row_of(link.from), row_of(link.to)) else { return false };
            y >= from.min(to) && y <= from.max(to) + ROW
        };
        let near = |link: &DrawnLink| {
            let way = route(chart, *link, (left, top));
            way.is_some_and(|way| way.corners().windows(2).any(|pair| distance((x, y), pair[0], pair[1]) <= NEAR))
        };
        let links = chart.model.links().iter().zip(&chart.model.document().links);
        // The last is drawn on top.
        links.rev().find(|(link, _)| passes(link) && near(link)).map(|(_, record)| record.id)
    })
}

/// From a point to a line that runs along or across.
fn distance((x, y): Point, (x1, y1): Point, (x2, y2): Point) -> f64 {
    let across = (x - x.clamp(x1.min(x2), x1.max(x2))).abs();
    let along = (y - y.clamp(y1.min(y2), y1.max(y2))).abs();
    across.hypot(along)
}

/// The arrows that are open or under the pointer, on top of the others.
pub fn paint_lit(canvas: &Canvas<'_>) {
    let Canvas { context, chart, .. } = *canvas;
    let selection = &chart.selection;
    if selection.link.is_none() && selection.near_link.is_none() {
        return;
    }
    context.set_stroke_style_str(&chart.palette.accent);
    context.set_line_width(2.5);
    context.begin_path();
    for (link, record) in chart.model.links().iter().zip(&chart.model.document().links) {
        if selection.link == Some(record.id) || selection.near_link == Some(record.id) {
            super::paint::arrow(canvas, *link);
        }
    }
    context.stroke();
    context.set_line_width(1.0);
}
