//! What lies behind and over the bars: another state to compare with, pauses, the progress line, other people.

use domain::{
    Minute,
    projects::{document::TaskRecord, plan::TaskKind},
};

use super::{
    chart::{Chart, ColourBy, HEAD, Other, ROW},
    paint::{Canvas, diamond, rounded, row_top},
    pauses::parts,
};

/// Height of a bar of the state that is compared with.
const GHOST: f64 = 4.0;

/// The colour of a bar that neither hurries nor is late.
pub fn colour<'a>(chart: &'a Chart, record: &TaskRecord) -> &'a str {
    match chart.colour_by {
        ColourBy::Status => chart.palette.of(record.status),
        ColourBy::Department => {
            let place = record.department.as_ref().and_then(|name| chart.model.department(name));
            place
                .map_or(chart.palette.muted.as_str(), |place| &chart.palette.series[place % chart.palette.series.len()])
        }
    }
}

/// Where the task was in the state that is compared with, as a thin bar under its own.
pub fn ghost(canvas: &Canvas<'_>, task: u32, y: f64) {
    let Canvas { context, chart, .. } = *canvas;
    let Some(ghost) = chart.model.ghost() else { return };
    let record = &chart.model.document().tasks[task as usize];
    let Some(was) = ghost.rows.get(&record.id) else { return };
    let (from, to) = (canvas.x(was.start), canvas.x(was.finish));
    if from > canvas.width || to < 0.0 {
        return;
    }
    context.set_global_alpha(0.65);
    context.set_fill_style_str(&chart.palette.muted);
    if record.kind == TaskKind::Milestone {
        diamond(context, from, y);
    } else {
        rounded(context, from, y, (to - from).max(2.0), GHOST);
    }
    context.set_global_alpha(1.0);
}

/// The parts of a bar between its pauses, as `(x, width)`, with a dotted line through the pauses.
pub fn pieces(canvas: &Canvas<'_>, task: u32, x: f64, width: f64) -> Vec<(f64, f64)> {
    let Canvas { context, chart, .. } = *canvas;
    if chart.model.scheduler().task(task).splits.is_empty() {
        return vec![(x, width)];
    }
    let parts = parts(&chart.model, chart.scale, task).into_iter();
    let pieces: Vec<(f64, f64)> = parts.map(|(from, to)| (from - canvas.left, (to - from).max(2.0))).collect();
    if let Some(y) = chart.model.row_of(task).map(|row| row_top(row, canvas.top) + ROW / 2.0) {
        context.set_stroke_style_str(&chart.palette.muted);
        let _ = context.set_line_dash(&js_sys::Array::of2(&2.into(), &3.into()));
        context.begin_path();
        for pair in pieces.windows(2) {
            context.move_to(pair[0].0 + pair[0].1, y);
            context.line_to(pair[1].0, y);
        }
        context.stroke();
        let _ = context.set_line_dash(&js_sys::Array::new());
    }
    pieces
}

/// From row to row where the work has got to: left of today what is behind, right of it what is ahead.
pub fn progress_line(canvas: &Canvas<'_>) {
    let Canvas { context, chart, .. } = *canvas;
    if !chart.progress_line {
        return;
    }
    let now = canvas.x(chart.now);
    context.set_stroke_style_str(&chart.palette.accent);
    context.set_line_width(1.5);
    context.begin_path();
    context.move_to(now, HEAD);
    for row in canvas.rows.clone() {
        let task = chart.model.rows()[row as usize];
        let y = row_top(row, canvas.top);
        context.line_to(now, y);
        if let Some(at) = reached(chart, task) {
            context.line_to(canvas.x(at), y + ROW / 2.0);
        }
        context.line_to(now, y + ROW);
    }
    context.line_to(now, canvas.height);
    context.stroke();
}

/// Where a task that should be under way has got to. What is finished as planned, or not due yet, says nothing.
fn reached(chart: &Chart, task: u32) -> Option<Minute> {
    let slot = chart.model.schedule().tasks.get(task as usize)?;
    let progress = i64::from(chart.model.progress(task));
    if chart.model.document().tasks[task as usize].kind == TaskKind::Summary {
        return None;
    }
    let at = Minute(slot.start.0 + (slot.finish.0 - slot.start.0) * progress / 100);
    let behind = progress < 100 && at < chart.now && slot.start < chart.now;
    let ahead = progress > 0 && at > chart.now;
    (behind || ahead).then_some(at)
}

/// Other people: their row in their colour, their pointer with their name.
pub fn others(canvas: &Canvas<'_>) {
    let chart = canvas.chart;
    for other in &chart.others {
        row_of(canvas, other);
        pointer(canvas, other);
    }
}

fn row_of(canvas: &Canvas<'_>, other: &Other) {
    let Canvas { context, chart, .. } = *canvas;
    let task = other.editing.or(other.task).and_then(|id| chart.model.position(id));
    let Some(row) = task.and_then(|task| chart.model.row_of(task)).filter(|row| canvas.rows.contains(row)) else {
        return;
    };
    let colour = &chart.palette.series[other.colour % chart.palette.series.len()];
    let y = row_top(row, canvas.top);
    context.set_fill_style_str(colour);
    context.fill_rect(0.0, y, 3.0, ROW - 1.0);
    context.set_global_alpha(if other.editing.is_some() { 0.16 } else { 0.08 });
    context.fill_rect(0.0, y, canvas.width, ROW - 1.0);
    context.set_global_alpha(1.0);
    let text = if other.editing.is_some() { format!("{} is changing this", other.name) } else { other.name.clone() };
    let wide = context.measure_text(&text).map_or(0.0, |text| text.width());
    context.set_fill_style_str(colour);
    let _ = context.fill_text(&text, canvas.width - wide - 8.0, y + ROW / 2.0);
}

fn pointer(canvas: &Canvas<'_>, other: &Other) {
    let Canvas { context, chart, .. } = *canvas;
    let Some((task, at)) = other.over else { return };
    let row = chart.model.position(task).and_then(|task| chart.model.row_of(task));
    let Some(row) = row.filter(|row| canvas.rows.contains(row)) else { return };
    let (x, y) = (canvas.x(at), row_top(row, canvas.top) + ROW / 2.0);
    if x < 0.0 || x > canvas.width {
        return;
    }
    let colour = &chart.palette.series[other.colour % chart.palette.series.len()];
    context.set_fill_style_str(colour);
    context.begin_path();
    context.move_to(x, y);
    context.line_to(x + 5.0, y + 13.0);
    context.line_to(x + 11.0, y + 8.0);
    context.close_path();
    context.fill();
    let wide = context.measure_text(&other.name).map_or(0.0, |text| text.width()) + 10.0;
    rounded(context, x + 8.0, y + 12.0, wide, 18.0);
    context.set_fill_style_str(&chart.palette.surface);
    let _ = context.fill_text(&other.name, x + 13.0, y + 21.5);
}
