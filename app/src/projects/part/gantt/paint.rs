//! Drawing the chart: only what is on the screen, in one go.

use domain::{Minute, projects::plan::TaskKind};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::{
    axis,
    chart::{Chart, HEAD, ROW},
    drag::Drag,
    draw, layers, link, linking,
    model::{DrawnLink, Model},
    palette::Palette,
    pauses::{along, parts},
    scale::Scale,
    tip,
};

/// Height of a bar.
const BAR: f64 = 16.0;

/// What one drawing needs, worked out once.
pub struct Canvas<'a> {
    pub context: &'a CanvasRenderingContext2d,
    pub chart: &'a Chart,
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
    pub from: Minute,
    pub to: Minute,
    pub rows: std::ops::Range<u32>,
    pub coarse: Vec<(Minute, String)>,
}

impl Canvas<'_> {
    /// Where a moment stands on the canvas.
    pub fn x(&self, at: Minute) -> f64 {
        self.chart.scale.x(at) - self.left
    }
}

/// Draws everything: `(left, top, width, height)` of what is on the screen.
pub fn paint(context: &CanvasRenderingContext2d, chart: &Chart, (left, top, width, height): (f64, f64, f64, f64)) {
    let (from, to) = (chart.scale.at(left), chart.scale.at(left + width));
    let coarse = chart.scale.coarse(from, to);
    let rows = visible_rows(&chart.model, top, height);
    let canvas = Canvas { context, chart, left, top, width, height, from, to, rows, coarse };
    context.set_fill_style_str(&chart.palette.surface);
    context.fill_rect(0.0, 0.0, width, height);
    context.set_font(&chart.palette.font);
    context.set_text_baseline("middle");
    axis::shade(&canvas);
    axis::grid(&canvas);
    links(&canvas);
    link::paint_lit(&canvas);
    for row in canvas.rows.clone() {
        bar(&canvas, row);
    }
    draw::paint(&canvas);
    axis::today(&canvas);
    layers::progress_line(&canvas);
    layers::others(&canvas);
    axis::head(&canvas);
    linking::paint(&canvas);
    if let Some((x, y, text)) = &chart.hint {
        bubble(&canvas, (*x, *y), text);
    } else if let Some((at, task)) = chart.tip.filter(|_| chart.drag.is_none())
        && let Some(text) = tip::text(chart, task)
    {
        bubble(&canvas, at, &text);
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rows on a screen are few and above zero")]
fn visible_rows(model: &Model, top: f64, height: f64) -> std::ops::Range<u32> {
    let first = (top / ROW).floor().max(0.0) as u32;
    let last = ((top + height - HEAD) / ROW).ceil().max(0.0) as u32;
    first..last.min(u32::try_from(model.rows().len()).unwrap_or(u32::MAX))
}

/// The top of a row on the canvas.
pub fn row_top(row: u32, top: f64) -> f64 {
    HEAD + f64::from(row) * ROW - top
}

/// Left edge, top, width and height of a task's bar on the canvas.
pub fn bar_rect(model: &Model, scale: Scale, task: u32, left: f64, top: f64) -> Option<(f64, f64, f64, f64)> {
    let row = model.row_of(task)?;
    let slot = &model.schedule().tasks[task as usize];
    let x = scale.x(slot.start) - left;
    let width = (scale.x(slot.finish) - left - x).max(2.0);
    Some((x, row_top(row, top) + (ROW - BAR) / 2.0, width, BAR))
}

/// A canvas whose points are as fine as the screen's; emptied where its size has changed.
pub fn sharp(canvas: &HtmlCanvasElement, width: f64, height: f64) -> Option<CanvasRenderingContext2d> {
    use wasm_bindgen::JsCast;
    let ratio = leptos::prelude::window().device_pixel_ratio();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a canvas has some thousand pixels")]
    let (wide, high) = ((width * ratio) as u32, (height * ratio) as u32);
    if canvas.width() != wide || canvas.height() != high {
        canvas.set_width(wide);
        canvas.set_height(high);
    }
    let context = canvas.get_context("2d").ok()??.dyn_into::<CanvasRenderingContext2d>().ok()?;
    let _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
    Some(context)
}

fn bar(canvas: &Canvas<'_>, row: u32) {
    let Canvas { context, chart, .. } = *canvas;
    let (model, colours) = (&chart.model, &chart.palette);
    let task = model.rows()[row as usize];
    let record = &model.document().tasks[task as usize];
    let slot = &model.schedule().tasks[task as usize];
    let Some((x, y, width, height)) = bar_rect(model, chart.scale, task, canvas.left, canvas.top) else { return };
    let selected = chart.selected == Some(task) || chart.selection.contains(record.id);
    if selected || chart.hovered == Some(task) {
        context.set_global_alpha(if selected { 0.10 } else { 0.05 });
        context.set_fill_style_str(&colours.accent);
        context.fill_rect(0.0, row_top(row, canvas.top), canvas.width, ROW - 1.0);
        context.set_global_alpha(1.0);
    }
    layers::ghost(canvas, task, y + height);
    if x > canvas.width || x + width < -400.0 {
        return;
    }
    let progress = match chart.drag {
        Some(Drag::Progress { task: held, percent }) if held == record.id => percent,
        _ => model.progress(task),
    };
    let overdue = progress < 100 && slot.finish < chart.now;
    // What is done can delay nothing any more.
    let critical = chart.critical && slot.critical && progress < 100;
    let colour = if overdue { colours.danger.as_str() } else { layers::colour(chart, record) };
    context.set_fill_style_str(colour);
    match record.kind {
        TaskKind::Milestone => {
            diamond(context, x, y + height / 2.0);
            if critical {
                context.set_stroke_style_str(&colours.danger);
                context.set_line_width(1.5);
                context.stroke();
            }
        }
        TaskKind::Summary => {
            context.set_fill_style_str(&colours.text);
            context.fill_rect(x, y + 3.0, width, 4.0);
            context.fill_rect(x, y + 3.0, 3.0, 9.0);
            context.fill_rect(x + width - 3.0, y + 3.0, 3.0, 9.0);
        }
        TaskKind::Task => {
            let pieces = layers::pieces(canvas, task, x, width);
            context.set_global_alpha(0.35);
            for (x, width) in &pieces {
                rounded(context, *x, y, *width, height);
            }
            context.set_global_alpha(1.0);
            let mut left = pieces.iter().map(|(_, width)| width).sum::<f64>() * f64::from(progress) / 100.0;
            left = left.max(3.0_f64.min(width));
            for (x, width) in &pieces {
                rounded(context, *x, y, left.min(*width), height);
                left = (left - width).max(0.0);
            }
            if critical || selected {
                context.set_stroke_style_str(if critical { &colours.danger } else { colour });
                context.set_line_width(if selected { 2.5 } else { 1.5 });
                for (x, width) in &pieces {
                    context.stroke_rect(*x, y, *width, height);
                }
            }
            let at_hand = chart.hovered == Some(task) || (chart.fingers && selected);
            if at_hand && chart.can_edit && chart.drag.is_none() {
                linking::knobs(canvas, (x, y, width, height));
            }
            if at_hand && width > 24.0 {
                let reached = along(&parts(model, chart.scale, task), progress) - canvas.left;
                handle(context, reached, y + height, colours);
            }
        }
    }
    if let Some(deadline) = record.deadline {
        context.set_fill_style_str(if slot.finish > deadline { &colours.danger } else { &colours.muted });
        let _ = context.fill_text("▾", canvas.x(deadline) - 4.0, y + 2.0);
    }
    let mut label = x + width + 14.0;
    if progress < 100 && (model.staff().is_over(task) || model.breaks_link(task)) {
        context.set_fill_style_str(&colours.danger);
        let _ = context.fill_text("⚠", label, y + height / 2.0 + 0.5);
        label += 16.0;
    }
    context.set_fill_style_str(&colours.text);
    let _ = context.fill_text(&record.name, label, y + height / 2.0 + 0.5);
}

pub fn rounded(context: &CanvasRenderingContext2d, x: f64, y: f64, width: f64, height: f64) {
    context.begin_path();
    let _ = context.round_rect_with_f64(x, y, width, height, 3.0);
    context.fill();
}

/// Where progress is taken hold of.
fn handle(context: &CanvasRenderingContext2d, x: f64, y: f64, colours: &Palette) {
    context.begin_path();
    context.move_to(x, y - 5.0);
    context.line_to(x + 5.0, y + 3.0);
    context.line_to(x - 5.0, y + 3.0);
    context.close_path();
    context.set_fill_style_str(&colours.surface);
    context.fill();
    context.set_stroke_style_str(&colours.text);
    context.set_line_width(1.0);
    context.stroke();
}

pub fn diamond(context: &CanvasRenderingContext2d, x: f64, y: f64) {
    context.begin_path();
    context.move_to(x, y - 8.0);
    context.line_to(x + 8.0, y);
    context.line_to(x, y + 8.0);
    context.line_to(x - 8.0, y);
    context.close_path();
    context.fill();
}

/// Arrows between bars, where one end of them is on the screen or they pass through it.
fn links(canvas: &Canvas<'_>) {
    let Canvas { context, chart, .. } = *canvas;
    let (model, rows) = (&chart.model, &canvas.rows);
    let slots = &model.schedule().tasks;
    let critical = |task: u32| slots[task as usize].critical && model.progress(task) < 100;
    let seen = model.links().iter().filter(|link| {
        let (Some(from), Some(to)) = (model.row_of(link.from), model.row_of(link.to)) else { return false };
        !((from < rows.start && to < rows.start) || (from >= rows.end && to >= rows.end))
    });
    let (hot, cold): (Vec<&DrawnLink>, Vec<&DrawnLink>) =
        seen.partition(|link| chart.critical && critical(link.from) && critical(link.to) && model.is_driving(link));
    context.set_line_width(1.0);
    for (links, colour) in [(cold, &chart.palette.muted), (hot, &chart.palette.danger)] {
        context.set_stroke_style_str(colour);
        context.begin_path();
        for link in links {
            arrow(canvas, *link);
        }
        context.stroke();
    }
}

/// One arrow, as a part of the path that is being drawn.
pub fn arrow(canvas: &Canvas<'_>, link: DrawnLink) {
    let Canvas { context, chart, left, top, .. } = *canvas;
    let Some(way) = link::route(chart, link, (left, top)) else { return };
    let [(x1, y1), .., (x2, y2)] = *way.corners() else { return };
    if x1.max(x2) < -20.0 || x1.min(x2) > canvas.width + 20.0 {
        return;
    }
    context.move_to(x1, y1);
    for (x, y) in &way.corners()[1..] {
        context.line_to(*x, *y);
    }
    let tip = if link.to_start { -4.0 } else { 4.0 };
    context.move_to(x2 + tip, y2 - 4.0);
    context.line_to(x2, y2);
    context.line_to(x2 + tip, y2 + 4.0);
}

/// Words beside the pointer, never outside the canvas.
pub fn bubble(canvas: &Canvas<'_>, (x, y): (f64, f64), text: &str) {
    let Canvas { context, chart, .. } = *canvas;
    let lines: Vec<&str> = text.lines().collect();
    let width = |line: &&str| context.measure_text(line).map_or(0.0, |text| text.width());
    let wide = lines.iter().map(width).fold(0.0, f64::max) + 20.0;
    #[expect(clippy::cast_precision_loss, reason = "two or three lines")]
    let high = lines.len() as f64 * 18.0 + 10.0;
    let left = (x + 14.0).min(canvas.width - wide - 4.0).max(4.0);
    let top = if y + 18.0 + high > canvas.height { y - high - 10.0 } else { y + 18.0 };
    context.set_fill_style_str(&chart.palette.text);
    rounded(context, left, top, wide, high);
    context.set_fill_style_str(&chart.palette.surface);
    for (line, row) in lines.iter().zip(0_i32..) {
        let _ = context.fill_text(line, left + 10.0, top + 14.0 + f64::from(row) * 18.0);
    }
}
