//! Drawing the chart: only what is on the screen, in one go.

use domain::{
    Minute,
    projects::{document::TaskStatus, plan::TaskKind},
};
use leptos::prelude::{document, window};
use web_sys::CanvasRenderingContext2d;

use super::{
    model::{DrawnLink, Model},
    scale::{Scale, Zoom},
};

/// Height of a row in pixels; the table's rows are as high.
pub const ROW: f64 = 28.0;
/// Height of the time axis.
pub const HEAD: f64 = 44.0;
/// Height of a bar.
const BAR: f64 = 16.0;

/// Colours from the style sheet, read again when the theme changes.
#[derive(Clone, Debug, Default)]
pub struct Palette {
    surface: String,
    shade: String,
    line: String,
    text: String,
    muted: String,
    accent: String,
    danger: String,
    status: [String; 6],
    font: String,
}

impl Palette {
    /// As the page has them now.
    pub fn read() -> Self {
        let styles = document().document_element().and_then(|root| window().get_computed_style(&root).ok().flatten());
        let token = |name: &str| {
            let value = styles.as_ref().and_then(|styles| styles.get_property_value(name).ok());
            value.map(|value| value.trim().to_owned()).unwrap_or_default()
        };
        Self {
            surface: token("--surface"),
            shade: token("--surface-2"),
            line: token("--border"),
            text: token("--text"),
            muted: token("--text-muted"),
            accent: token("--accent"),
            danger: token("--danger"),
            status: STATUSES.map(|status| token(&format!("--status-{}", status.code().replace('_', "-")))),
            font: "12px system-ui, sans-serif".to_owned(),
        }
    }

    fn of(&self, status: TaskStatus) -> &str {
        STATUSES.iter().position(|each| *each == status).map_or("", |index| &self.status[index])
    }
}

const STATUSES: [TaskStatus; 6] = TaskStatus::ALL;

/// What is on the screen.
#[derive(Clone, Copy, Debug)]
pub struct Viewport {
    pub width: f64,
    pub height: f64,
    pub left: f64,
    pub top: f64,
    pub now: Minute,
    pub critical: bool,
    pub selected: Option<u32>,
    pub hovered: Option<u32>,
    /// A link on its way from a bar's end to the pointer.
    pub linking: Option<(f64, f64, f64, f64)>,
}

/// Draws everything.
pub fn paint(context: &CanvasRenderingContext2d, model: &Model, scale: Scale, view: &Viewport, colours: &Palette) {
    let Viewport { width, height, .. } = *view;
    context.set_fill_style_str(&colours.surface);
    context.fill_rect(0.0, 0.0, width, height);
    context.set_font(&colours.font);
    context.set_text_baseline("middle");
    let from = scale.at(view.left);
    let to = scale.at(view.left + width);
    shade(context, model, scale, view, colours, (from, to));
    let rows = visible_rows(model, view);
    grid(context, scale, view, colours, (from, to), rows.clone());
    links(context, model, scale, view, colours, &rows);
    for row in rows {
        bar(context, model, scale, view, colours, row);
    }
    if let Some((x1, y1, x2, y2)) = view.linking {
        context.set_stroke_style_str(&colours.accent);
        context.set_line_width(2.0);
        context.begin_path();
        context.move_to(x1, y1);
        context.line_to(x2, y2);
        context.stroke();
    }
    today(context, scale, view, colours);
    head(context, scale, view, colours, (from, to));
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rows on a screen are few and above zero")]
fn visible_rows(model: &Model, view: &Viewport) -> std::ops::Range<u32> {
    let first = (view.top / ROW).floor().max(0.0) as u32;
    let last = ((view.top + view.height - HEAD) / ROW).ceil().max(0.0) as u32;
    first..last.min(u32::try_from(model.rows().len()).unwrap_or(u32::MAX))
}

/// The top of a row on the canvas.
pub fn row_top(row: u32, top: f64) -> f64 {
    HEAD + f64::from(row) * ROW - top
}

/// Days off in a quieter colour, where a day is wide enough to see.
fn shade(
    context: &CanvasRenderingContext2d,
    model: &Model,
    scale: Scale,
    view: &Viewport,
    colours: &Palette,
    (from, to): (Minute, Minute),
) {
    if scale.zoom == Zoom::Quarter {
        return;
    }
    let calendar = model.document().calendar();
    context.set_fill_style_str(&colours.shade);
    for day in from.day()..=to.day() {
        let start = Minute(day * Minute::DAY);
        let windows = calendar.windows(start);
        let x = |minute: i64| scale.x(Minute(start.0 + minute)) - view.left;
        if windows.is_empty() {
            context.fill_rect(x(0), HEAD, x(Minute::DAY) - x(0), view.height);
        } else if scale.zoom == Zoom::Day {
            let mut free = 0;
            for window in windows {
                context.fill_rect(x(free), HEAD, x(i64::from(window.from)) - x(free), view.height);
                free = i64::from(window.to);
            }
            context.fill_rect(x(free), HEAD, x(Minute::DAY) - x(free), view.height);
        }
    }
}

fn grid(
    context: &CanvasRenderingContext2d,
    scale: Scale,
    view: &Viewport,
    colours: &Palette,
    (from, to): (Minute, Minute),
    rows: std::ops::Range<u32>,
) {
    context.set_stroke_style_str(&colours.line);
    context.set_line_width(1.0);
    context.begin_path();
    for (at, _) in scale.coarse(from, to) {
        let x = (scale.x(at) - view.left).round() + 0.5;
        context.move_to(x, HEAD);
        context.line_to(x, view.height);
    }
    for row in rows {
        let y = (row_top(row, view.top) + ROW).round() - 0.5;
        context.move_to(0.0, y);
        context.line_to(view.width, y);
    }
    context.stroke();
}

fn head(
    context: &CanvasRenderingContext2d,
    scale: Scale,
    view: &Viewport,
    colours: &Palette,
    (from, to): (Minute, Minute),
) {
    context.set_fill_style_str(&colours.surface);
    context.fill_rect(0.0, 0.0, view.width, HEAD);
    context.set_stroke_style_str(&colours.line);
    context.begin_path();
    context.move_to(0.0, HEAD - 0.5);
    context.line_to(view.width, HEAD - 0.5);
    context.set_fill_style_str(&colours.text);
    for (at, label) in scale.coarse(from, to) {
        let x = scale.x(at) - view.left;
        context.move_to(x.round() + 0.5, 4.0);
        context.line_to(x.round() + 0.5, HEAD);
        let _ = context.fill_text(&label, x.max(0.0) + 6.0, 12.0);
    }
    context.set_fill_style_str(&colours.muted);
    for (at, label) in scale.fine(from, to) {
        let _ = context.fill_text(&label, scale.x(at) - view.left + 4.0, 32.0);
    }
    context.stroke();
}

fn today(context: &CanvasRenderingContext2d, scale: Scale, view: &Viewport, colours: &Palette) {
    let x = (scale.x(view.now) - view.left).round() + 0.5;
    if x < 0.0 || x > view.width {
        return;
    }
    context.set_stroke_style_str(&colours.danger);
    context.set_line_width(1.5);
    context.begin_path();
    context.move_to(x, HEAD);
    context.line_to(x, view.height);
    context.stroke();
}

/// Left edge, top, width and height of a task's bar on the canvas.
pub fn bar_rect(model: &Model, scale: Scale, task: u32, left: f64, top: f64) -> Option<(f64, f64, f64, f64)> {
    let row = model.row_of(task)?;
    let slot = &model.schedule().tasks[task as usize];
    let x = scale.x(slot.start) - left;
    let width = (scale.x(slot.finish) - left - x).max(2.0);
    Some((x, row_top(row, top) + (ROW - BAR) / 2.0, width, BAR))
}

fn bar(context: &CanvasRenderingContext2d, model: &Model, scale: Scale, view: &Viewport, colours: &Palette, row: u32) {
    let task = model.rows()[row as usize];
    let record = &model.document().tasks[task as usize];
    let slot = &model.schedule().tasks[task as usize];
    let Some((x, y, width, height)) = bar_rect(model, scale, task, view.left, view.top) else { return };
    if view.selected == Some(task) || view.hovered == Some(task) {
        context.set_global_alpha(if view.selected == Some(task) { 0.10 } else { 0.05 });
        context.set_fill_style_str(&colours.accent);
        context.fill_rect(0.0, row_top(row, view.top), view.width, ROW - 1.0);
        context.set_global_alpha(1.0);
    }
    if x > view.width || x + width < -400.0 {
        return;
    }
    let progress = model.progress(task);
    let overdue = progress < 100 && slot.finish < view.now;
    // What is done can delay nothing any more.
    let critical = view.critical && slot.critical && progress < 100;
    let colour = if overdue || critical { colours.danger.as_str() } else { colours.of(record.status) };
    context.set_fill_style_str(colour);
    match record.kind {
        TaskKind::Milestone => diamond(context, x, y + height / 2.0),
        TaskKind::Summary => {
            context.set_fill_style_str(&colours.text);
            context.fill_rect(x, y + 3.0, width, 4.0);
            context.fill_rect(x, y + 3.0, 3.0, 9.0);
            context.fill_rect(x + width - 3.0, y + 3.0, 3.0, 9.0);
        }
        TaskKind::Task => {
            context.set_global_alpha(0.35);
            rounded(context, x, y, width, height);
            context.set_global_alpha(1.0);
            rounded(context, x, y, (width * f64::from(progress) / 100.0).max(3.0_f64.min(width)), height);
            if critical || view.selected == Some(task) {
                context.set_stroke_style_str(colour);
                context.set_line_width(1.5);
                context.stroke_rect(x, y, width, height);
            }
        }
    }
    if let Some(deadline) = record.deadline {
        let at = scale.x(deadline) - view.left;
        context.set_fill_style_str(if slot.finish > deadline { &colours.danger } else { &colours.muted });
        let _ = context.fill_text("▾", at - 4.0, y + 2.0);
    }
    context.set_fill_style_str(&colours.text);
    let _ = context.fill_text(&record.name, x + width + 8.0, y + height / 2.0 + 0.5);
}

fn rounded(context: &CanvasRenderingContext2d, x: f64, y: f64, width: f64, height: f64) {
    context.begin_path();
    let _ = context.round_rect_with_f64(x, y, width, height, 3.0);
    context.fill();
}

fn diamond(context: &CanvasRenderingContext2d, x: f64, y: f64) {
    context.begin_path();
    context.move_to(x, y - 8.0);
    context.line_to(x + 8.0, y);
    context.line_to(x, y + 8.0);
    context.line_to(x - 8.0, y);
    context.close_path();
    context.fill();
}

/// Arrows between bars, where one end of them is on the screen.
fn links(
    context: &CanvasRenderingContext2d,
    model: &Model,
    scale: Scale,
    view: &Viewport,
    colours: &Palette,
    rows: &std::ops::Range<u32>,
) {
    context.set_line_width(1.0);
    for critical in [false, true] {
        context.set_stroke_style_str(if critical { &colours.danger } else { &colours.muted });
        context.set_fill_style_str(if critical { &colours.danger } else { &colours.muted });
        context.begin_path();
        for link in model.links() {
            let (Some(from), Some(to)) = (model.row_of(link.from), model.row_of(link.to)) else { continue };
            let beside = (from < rows.start && to < rows.start) || (from >= rows.end && to >= rows.end);
            let hot = view.critical
                && model.schedule().tasks[link.from as usize].critical
                && model.schedule().tasks[link.to as usize].critical;
            if !beside && hot == critical {
                arrow(context, model, scale, view, *link);
            }
        }
        context.stroke();
    }
}

fn arrow(context: &CanvasRenderingContext2d, model: &Model, scale: Scale, view: &Viewport, link: DrawnLink) {
    let (Some(from), Some(to)) =
        (bar_rect(model, scale, link.from, view.left, view.top), bar_rect(model, scale, link.to, view.left, view.top))
    else {
        return;
    };
    let x1 = if link.from_start { from.0 } else { from.0 + from.2 };
    let x2 = if link.to_start { to.0 } else { to.0 + to.2 };
    let (y1, y2) = (from.1 + from.3 / 2.0, to.1 + to.3 / 2.0);
    let out = if link.from_start { x1 - 8.0 } else { x1 + 8.0 };
    let into = if link.to_start { x2 - 8.0 } else { x2 + 8.0 };
    context.move_to(x1, y1);
    context.line_to(out, y1);
    if (link.to_start && out > into) || (!link.to_start && out < into) {
        let between = if y2 > y1 { y2 - ROW / 2.0 } else { y2 + ROW / 2.0 };
        context.line_to(out, between);
        context.line_to(into, between);
        context.line_to(into, y2);
    } else {
        context.line_to(out, y2);
    }
    context.line_to(x2, y2);
    let tip = if link.to_start { -4.0 } else { 4.0 };
    context.move_to(x2 + tip, y2 - 4.0);
    context.line_to(x2, y2);
    context.line_to(x2 + tip, y2 + 4.0);
}
