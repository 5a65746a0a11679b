//! A new task, drawn below the last row.

use domain::{
    Minute, TaskId,
    projects::operation::{Operation, TaskDraft},
};

use super::{
    chart::{Chart, HEAD, ROW},
    paint::{Canvas, row_top},
};
use crate::kit::{day, new_id};

/// True where the canvas has no rows any more.
pub fn is_free(chart: &Chart, y: f64, top: f64) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "rows of a plan")]
    let rows = chart.model.rows().len() as f64;
    y > HEAD && y - HEAD + top >= rows * ROW
}

/// Shows the bar from one pixel to the other, in working time and in the steps of a drag.
pub fn stretch(chart: &mut Chart, from: f64, to: f64) -> Option<String> {
    let (scale, snap) = (chart.scale, chart.scale.snap());
    let step = |x: f64, up: i64| Minute((scale.at(x).0 + up).div_euclid(snap) * snap);
    let clock = chart.model.scheduler().project_clock();
    let start = clock.next_start(step(from.min(to), 0));
    let finish = clock.previous_finish(step(from.max(to), snap - 1));
    // A press that stays where it is draws nothing.
    chart.sketch = ((from - to).abs() > 3.0 && start < finish).then_some((start, finish));
    chart.sketch.map(|(start, finish)| format!("{} – {}", day(start), day(finish)))
}

/// The task that the drawn bar becomes.
pub fn task(chart: &Chart) -> Option<(TaskId, Operation)> {
    let (start, finish) = chart.sketch?;
    let draft = TaskDraft {
        name: "New task".to_owned(),
        duration: chart.model.scheduler().project_clock().between(start, finish),
        constraint: chart.model.hold(),
        constraint_at: Some(start),
        ..TaskDraft::default()
    };
    let id = TaskId(new_id());
    Some((id, Operation::AddTask { id, parent_id: None, after: None, task: Box::new(draft) }))
}

/// The bar that is being drawn.
pub fn paint(canvas: &Canvas<'_>) {
    let Canvas { context, chart, top, .. } = *canvas;
    let Some((start, finish)) = chart.sketch else { return };
    let row = u32::try_from(chart.model.rows().len()).unwrap_or(u32::MAX);
    let (x, y) = (canvas.x(start), row_top(row, top) + 6.0);
    context.set_fill_style_str(&chart.palette.accent);
    context.set_global_alpha(0.5);
    context.fill_rect(x, y, canvas.x(finish) - x, ROW - 12.0);
    context.set_global_alpha(1.0);
}
