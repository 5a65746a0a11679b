//! A link that is being drawn: where it may begin, where it would end, and what it would be.

use domain::projects::plan::TaskKind;

use super::{
    drag::Drag,
    paint::{Canvas, bar_rect, bubble},
};

/// Pixels between a bar's end and the knob beside it.
const BESIDE: f64 = 8.0;

/// The knobs of a bar under the pointer, from which links are drawn.
pub fn knobs(canvas: &Canvas<'_>, (x, y, width, height): (f64, f64, f64, f64)) {
    let Canvas { context, chart, .. } = *canvas;
    context.set_line_width(1.5);
    context.set_stroke_style_str(&chart.palette.accent);
    context.set_fill_style_str(&chart.palette.surface);
    for place in [x - BESIDE, x + width + BESIDE] {
        dot(canvas, place, y + height / 2.0);
        context.stroke();
    }
}

fn dot(canvas: &Canvas<'_>, x: f64, y: f64) {
    canvas.context.begin_path();
    let _ = canvas.context.arc(x, y, 4.0, 0.0, std::f64::consts::TAU);
    canvas.context.fill();
}

/// The line to the pointer, and the bar that it would reach.
pub fn paint(canvas: &Canvas<'_>) {
    let Canvas { context, chart, left, top, .. } = *canvas;
    let Some((x1, y1, x2, y2)) = chart.linking else { return };
    let accent = chart.palette.accent.as_str();
    context.set_stroke_style_str(accent);
    context.set_line_width(2.0);
    context.begin_path();
    context.move_to(x1, y1);
    context.line_to(x2, y2);
    context.stroke();
    let Some(Drag::Link { task, from_start }) = chart.drag else { return };
    let Some(task) = chart.model.position(task) else { return };
    let reached = chart.row_at(y2, top).filter(|to| *to != task);
    let Some((to, bar)) = reached.and_then(|to| Some((to, bar_rect(&chart.model, chart.scale, to, left, top)?))) else {
        return;
    };
    let (x, y, width, height) = bar;
    context.stroke_rect(x - 2.0, y - 2.0, width + 4.0, height + 4.0);
    let to_start = x2 < x + width / 2.0;
    context.set_fill_style_str(accent);
    dot(canvas, if to_start { x } else { x + width }, y + height / 2.0);
    let name = |task: u32| &chart.model.document().tasks[task as usize];
    let end = |start: bool| if start { "start" } else { "finish" };
    let mut text = format!("{} → {}\n{} to {}", name(task).name, name(to).name, end(from_start), end(to_start));
    if name(to).kind == TaskKind::Summary && !to_start {
        text.push_str("\nNothing waits for the finish of a summary");
    }
    bubble(canvas, (x2, y2), &text);
}
