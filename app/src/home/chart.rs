//! The pictures of the dashboard.

use charming::{
    Chart as Drawing,
    component::{Axis, Grid, Legend},
    element::{
        AxisLabel, AxisLine, AxisTick, AxisType, Color, ItemStyle, Label, LineStyle, SplitLine, TextStyle, Tooltip,
        Trigger,
    },
    series::{Bar, Pie},
};
use domain::{
    home::WeekCount,
    projects::document::{StatusCount, TaskStatus},
};
use leptos::prelude::*;

use crate::kit::{Chart, Figures, Ink, date};

/// Tasks that end in a week: done, and still open.
#[component]
pub(super) fn WeekChart(weeks: Vec<WeekCount>) -> impl IntoView {
    let rows =
        weeks.iter().map(|week| vec![date(week.monday.date()), week.done.to_string(), week.open.to_string()]).collect();
    let figures = Figures { head: ["Week from", "Done", "Open"].map(str::to_owned).to_vec(), rows };
    let draw = move |ink: Ink| draw_weeks(&weeks, &ink);
    view! { <Chart id="chart-weeks" label="Tasks that end, by week" figures=Signal::stored(figures) draw/> }
}

/// Tasks by status.
#[component]
pub(super) fn StatusChart(counts: Vec<StatusCount>) -> impl IntoView {
    let rows = counts.iter().map(|count| vec![count.status.title().to_owned(), count.tasks.to_string()]).collect();
    let figures = Figures { head: ["Status", "Tasks"].map(str::to_owned).to_vec(), rows };
    let draw = move |ink: Ink| draw_statuses(&counts, &ink);
    view! { <Chart id="chart-statuses" label="Tasks by status" figures=Signal::stored(figures) draw/> }
}

fn draw_weeks(weeks: &[WeekCount], ink: &Ink) -> Drawing {
    let labels: Vec<String> = weeks.iter().map(|week| week.monday.date().format("%-d %b").to_string()).collect();
    let bar = |name: &str, colour: String, values: Vec<i64>| {
        Bar::new()
            .name(name)
            .stack("tasks")
            .bar_width(24)
            .item_style(ItemStyle::new().color(Color::Value(colour)))
            .data(values)
    };
    let words = || AxisLabel::new().color(Color::Value(ink.muted.clone()));
    let line = |colour: &str| LineStyle::new().color(Color::Value(colour.to_owned()));
    Drawing::new()
        .grid(Grid::new().left(32).right(8).top(36).bottom(24))
        .legend(legend(ink))
        .tooltip(tooltip(ink, Trigger::Axis))
        .x_axis(
            Axis::new()
                .type_(AxisType::Category)
                .data(labels)
                .axis_label(words())
                .axis_line(AxisLine::new().show(false))
                .axis_tick(AxisTick::new().show(false)),
        )
        .y_axis(
            Axis::new()
                .type_(AxisType::Value)
                .min_interval(1)
                .axis_label(words())
                .split_line(SplitLine::new().line_style(line(&ink.line))),
        )
        .series(bar("Done", ink.of(TaskStatus::Accepted), weeks.iter().map(|week| whole(week.done)).collect()))
        .series(bar("Open", ink.of(TaskStatus::Processing), weeks.iter().map(|week| whole(week.open)).collect()))
}

fn draw_statuses(counts: &[StatusCount], ink: &Ink) -> Drawing {
    let colours = counts.iter().map(|count| Color::Value(ink.of(count.status))).collect();
    let slices: Vec<(i64, &str)> =
        counts.iter().filter(|count| count.tasks > 0).map(|count| (whole(count.tasks), count.status.title())).collect();
    let colours: Vec<Color> = counts
        .iter()
        .zip::<Vec<Color>>(colours)
        .filter(|(count, _)| count.tasks > 0)
        .map(|(_, colour)| colour)
        .collect();
    Drawing::new()
        .color(colours)
        .legend(legend(ink).right(0).top("middle").orient(charming::element::Orient::Vertical))
        .tooltip(tooltip(ink, Trigger::Item))
        .series(
            Pie::new()
                .center(vec!["32%", "50%"])
                .radius(vec!["52%", "80%"])
                .label(Label::new().show(false))
                .item_style(ItemStyle::new().border_color(Color::Value(ink.surface.clone())).border_width(2))
                .data(slices),
        )
}

fn legend(ink: &Ink) -> Legend {
    let text = TextStyle::new().color(Color::Value(ink.muted.clone()));
    Legend::new().top(0).right(0).item_width(10).item_height(10).text_style(text)
}

fn tooltip(ink: &Ink, trigger: Trigger) -> Tooltip {
    Tooltip::new()
        .trigger(trigger)
        .background_color(Color::Value(ink.surface.clone()))
        .border_color(Color::Value(ink.line.clone()))
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
