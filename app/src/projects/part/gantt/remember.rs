//! How somebody looks at a plan, kept in this window over a reload of the page.

use domain::{BaselineId, TaskId};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use serde::{Deserialize, Serialize};

use super::{
    super::baselines::compare_again,
    chart::{ColourBy, GanttHandle},
    columns::Columns,
};
use crate::kit::{keep, kept};

#[derive(Serialize, Deserialize)]
struct Look {
    /// Pixels of a day.
    day: f64,
    /// Where the chart is scrolled to.
    place: (f64, f64),
    closed: Vec<TaskId>,
    /// Width of the table, where somebody chose one.
    table: Option<f64>,
    load: bool,
    critical: bool,
    progress_line: bool,
    by_department: bool,
    /// Columns of the table; the usual ones where empty.
    #[serde(default)]
    columns: Vec<String>,
    /// The baseline that is compared.
    #[serde(default)]
    baseline: Option<BaselineId>,
}

/// Shows the plan as it was looked at last in this window, and remembers how it is looked at from now on.
pub fn remember(handle: GanttHandle, table: RwSignal<Option<f64>>) {
    let key = format!("takt.look.{}", handle.read_untracked(|model| model.document().head.id));
    if let Some(look) = kept::<Look>(&key) {
        handle.change(|chart| {
            chart.seen = true;
            chart.scale.set_day(look.day);
            chart.critical = look.critical;
            chart.progress_line = look.progress_line;
            chart.colour_by = if look.by_department { ColourBy::Department } else { ColourBy::Status };
            chart.model.close_all(look.closed);
        });
        handle.load.set(look.load);
        // The address goes before, where it says something.
        if handle.columns.all.with_untracked(|columns| *columns == Columns::default()) {
            handle.columns.all.set(Columns::read(&look.columns));
        }
        if let Some(baseline) = look.baseline {
            // At once, so that a reload before it has come does not forget it.
            handle.baseline.set(Some(baseline));
            let project = handle.read_untracked(|model| model.document().head.id);
            leptos::task::spawn_local(async move { compare_again(handle, project, baseline).await });
        }
        table.set(look.table);
        handle.refresh();
        // The rows must have their room before they can be scrolled to.
        request_animation_frame(move || handle.scroll_back(look.place));
    }
    Effect::watch(
        move || {
            handle.baseline.track();
            handle.columns.all.track();
            (
                handle.structure(),
                handle.scaled.get(),
                handle.left.get(),
                handle.top.get(),
                table.get(),
                handle.load.get(),
            )
        },
        move |_, _, waiting: Option<Option<TimeoutHandle>>| {
            if let Some(waiting) = waiting.flatten() {
                waiting.clear();
            }
            let key = key.clone();
            let store = move || {
                let look = handle.try_change(|chart| Look {
                    day: chart.scale.day,
                    place: (0.0, 0.0),
                    closed: chart.model.closed().collect(),
                    table: None,
                    load: false,
                    critical: chart.critical,
                    progress_line: chart.progress_line,
                    by_department: chart.colour_by == ColourBy::Department,
                    columns: Vec::new(),
                    baseline: None,
                });
                if let Some(look) = look {
                    let look = Look {
                        place: handle.place(),
                        table: table.get_untracked(),
                        load: handle.load.get_untracked(),
                        columns: handle.columns.all.with_untracked(Columns::words),
                        baseline: handle.baseline.get_untracked(),
                        ..look
                    };
                    keep(&key, Some(&look));
                }
            };
            // Once it rests: scrolling tells of itself in every frame.
            set_timeout_with_handle(store, std::time::Duration::from_millis(300)).ok()
        },
        false,
    );
}
