//! What a bar is about, said beside a mouse that rests on it.

use domain::projects::{
    plan::TaskKind,
    resource::{Departments, called},
};
use leptos::{leptos_dom::helpers::set_timeout, web_sys::PointerEvent};

use super::{
    chart::{Chart, GanttHandle},
    grip::{place, under},
};
use crate::kit::day;

/// Milliseconds that the mouse rests.
const REST_MS: u64 = 450;

/// The mouse is here: over a bar, it may come to rest.
pub fn moved(handle: GanttHandle, event: &PointerEvent) {
    let at = place(event);
    let over = under(handle, at.1).filter(|found| at.0 >= found.from - 2.0 && at.0 <= found.to + 2.0);
    let over = over.map(|found| found.task).filter(|_| event.pointer_type() == "mouse");
    let (asked, gone) = handle.change(|chart| {
        let over = over.filter(|_| chart.drag.is_none());
        let gone = chart.tip.is_some_and(|(_, task)| Some(task) != over);
        if gone {
            chart.tip = None;
        }
        chart.tip_asked = over.map(|task| (task, at));
        (over.filter(|_| chart.tip.is_none()), gone)
    });
    if gone {
        handle.paint_soon();
    }
    if let Some(task) = asked {
        set_timeout(
            move || {
                let rested = handle.try_change(|chart| {
                    let rested = chart.tip_asked == Some((task, at)) && chart.drag.is_none();
                    if rested {
                        chart.tip = Some((at, task));
                    }
                    rested
                });
                if rested == Some(true) {
                    handle.paint_soon();
                }
            },
            std::time::Duration::from_millis(REST_MS),
        );
    }
}

/// The mouse has left the chart, or takes hold of something.
pub fn left(handle: GanttHandle) {
    if handle.change(|chart| (chart.tip_asked.take(), chart.tip.take())).1.is_some() {
        handle.paint_soon();
    }
}

/// Name, dates, how far, who, and why here.
pub fn text(chart: &Chart, task: u32) -> Option<String> {
    let model = &chart.model;
    let (record, slot) = (model.document().tasks.get(task as usize)?, model.schedule().tasks.get(task as usize)?);
    let mut lines = vec![format!("{} {}", model.code(task), record.name)];
    lines.push(if record.kind == TaskKind::Milestone {
        day(slot.start)
    } else {
        format!("{} – {}, {}", day(slot.start), day(slot.finish), model.duration_text(task))
    });
    let progress = model.progress(task);
    lines.push(match record.kind {
        TaskKind::Summary => format!("{progress} % done"),
        _ => format!("{progress} % done, {}", record.status.title().to_lowercase()),
    });
    let known = model.staff().known();
    let needs = Departments::of(known).needs(&record.assignees, &record.assignments, record.department.as_deref());
    if !needs.is_empty() {
        lines.push(needs.iter().map(|need| called(known, need.resource_id)).collect::<Vec<_>>().join(", "));
    }
    if progress < 100 {
        if slot.finish < chart.now {
            lines.push("Overdue".to_owned());
        }
        lines.push(match slot.total_float {
            _ if slot.critical => "Critical: any delay moves the finish".to_owned(),
            float if float > 0 => format!("{} of slack", model.amount_text(float)),
            _ => String::new(),
        });
        lines.push(model.why(task));
    }
    if let Some(deadline) = record.deadline {
        lines.push(format!("Deadline {}", day(deadline)));
    }
    lines.retain(|line| !line.is_empty());
    Some(lines.join("\n"))
}
