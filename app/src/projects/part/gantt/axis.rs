//! Time behind and above the bars: days off, grid, heading, today.

use domain::Minute;

use super::{
    chart::{HEAD, ROW},
    paint::{Canvas, row_top},
    scale::Zoom,
};

/// Days off in a quieter colour, where a day is wide enough to see.
pub fn shade(canvas: &Canvas<'_>) {
    let (scale, colours) = (canvas.chart.scale, &canvas.chart.palette);
    let zoom = scale.zoom();
    if zoom == Zoom::Quarter {
        return;
    }
    let calendar = canvas.chart.model.document().calendar();
    canvas.context.set_fill_style_str(&colours.shade);
    for day in canvas.from.day()..=canvas.to.day() {
        let start = Minute(day * Minute::DAY);
        let windows = calendar.windows(start);
        let x = |minute: i64| canvas.x(Minute(start.0 + minute));
        let block = |from: f64, to: f64| canvas.context.fill_rect(from, HEAD, to - from, canvas.height);
        if windows.is_empty() {
            block(x(0), x(Minute::DAY));
        } else if zoom == Zoom::Day {
            let mut free = 0;
            for window in windows.iter() {
                block(x(free), x(i64::from(window.from)));
                free = i64::from(window.to);
            }
            block(x(free), x(Minute::DAY));
        }
    }
}

pub fn grid(canvas: &Canvas<'_>) {
    let context = canvas.context;
    context.set_stroke_style_str(&canvas.chart.palette.line);
    context.set_line_width(1.0);
    context.begin_path();
    for (at, _) in &canvas.coarse {
        let x = canvas.x(*at).round() + 0.5;
        context.move_to(x, HEAD);
        context.line_to(x, canvas.height);
    }
    for row in canvas.rows.clone() {
        let y = (row_top(row, canvas.top) + ROW).round() - 0.5;
        context.move_to(0.0, y);
        context.line_to(canvas.width, y);
    }
    context.stroke();
}

pub fn head(canvas: &Canvas<'_>) {
    let (context, colours) = (canvas.context, &canvas.chart.palette);
    context.set_fill_style_str(&colours.surface);
    context.fill_rect(0.0, 0.0, canvas.width, HEAD);
    context.set_stroke_style_str(&colours.line);
    context.begin_path();
    context.move_to(0.0, HEAD - 0.5);
    context.line_to(canvas.width, HEAD - 0.5);
    context.set_fill_style_str(&colours.text);
    for (index, (at, label)) in canvas.coarse.iter().enumerate() {
        let x = canvas.x(*at);
        context.move_to(x.round() + 0.5, 4.0);
        context.line_to(x.round() + 0.5, HEAD);
        // The label of the unit that began outside stays at the edge until the next one pushes it out.
        let wide = context.measure_text(label).map_or(0.0, |text| text.width());
        let end = canvas.coarse.get(index + 1).map_or(f64::MAX, |(next, _)| canvas.x(*next) - 8.0 - wide);
        let _ = context.fill_text(label, (x.max(0.0) + 6.0).min(end), 12.0);
    }
    context.set_fill_style_str(&colours.muted);
    for (at, label) in canvas.chart.scale.fine(canvas.from, canvas.to) {
        let _ = context.fill_text(&label, canvas.x(at) + 4.0, 32.0);
    }
    context.stroke();
}

pub fn today(canvas: &Canvas<'_>) {
    let x = canvas.x(canvas.chart.now).round() + 0.5;
    if x < 0.0 || x > canvas.width {
        return;
    }
    let context = canvas.context;
    context.set_stroke_style_str(&canvas.chart.palette.danger);
    context.set_line_width(1.5);
    context.begin_path();
    context.move_to(x, HEAD);
    context.line_to(x, canvas.height);
    context.stroke();
}
