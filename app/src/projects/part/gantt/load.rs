//! The load under the chart: who and what is asked for how much, on the same time axis.

#[cfg(any(test, feature = "hydrate"))]
use domain::Minute;
use domain::projects::{amount::decimal, level::LoadStep, resource::ResourceKind};
use leptos::{html, prelude::*};

use super::{chart::GanttHandle, staff::ResourceLoad};
use crate::kit::{Avatar, Glyph, Icon, IconButton, Size};

/// Height of a resource's row in pixels; list and canvas draw with the same.
const ROW: f64 = 44.0;

/// What is asked for most in a stretch of time.
#[cfg(any(test, feature = "hydrate"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Column {
    from: Minute,
    to: Minute,
    used: i64,
    /// Of `used`, what other projects have booked.
    booked: i64,
    /// Of `used`, what is beyond the capacity at that time.
    over: i64,
}

/// Columns of `width` minutes between two moments, each as high as the most that is asked for in it; the steps
/// themselves where the width is 0.
#[cfg(any(test, feature = "hydrate"))]
fn columns(steps: &[LoadStep], from: Minute, to: Minute, width: i64) -> Vec<Column> {
    let first = steps.partition_point(|step| step.to <= from);
    let seen = steps[first..].iter().take_while(|step| step.from < to).filter(|step| step.used > 0);
    let column = |step: &LoadStep, from, to| Column {
        from,
        to,
        used: step.used,
        booked: step.booked,
        // What others alone ask for too much is theirs to settle.
        over: if step.is_overload() { step.used - step.capacity } else { 0 },
    };
    if width == 0 {
        return seen.map(|step| column(step, step.from, step.to)).collect();
    }
    let mut columns: Vec<Column> = Vec::new();
    for step in seen {
        let mut begin = step.from.max(from).0.div_euclid(width) * width;
        while begin < step.to.min(to).0 {
            let here = column(step, Minute(begin), Minute(begin + width));
            match columns.last_mut() {
                Some(last) if last.from == here.from => {
                    if here.used > last.used {
                        (last.used, last.booked) = (here.used, here.booked);
                    }
                    last.over = last.over.max(here.over);
                }
                _ => columns.push(here),
            }
            begin += width;
        }
    }
    columns
}

/// Resources with their load; nothing where the plan needs nobody.
#[component]
pub fn LoadPanel(handle: GanttHandle) -> impl IntoView {
    let loads = Memo::new(move |_| handle.read_dates(|model| model.staff().loads().to_vec()));
    let canvas = NodeRef::<html::Canvas>::new();
    #[cfg(feature = "hydrate")]
    draw_always(handle, loads, canvas);
    let close = move || handle.load.set(false);
    let rows = move || loads.get().into_iter().map(|load| view! { <Row handle load/> }).collect_view();
    let height = move || {
        #[expect(clippy::cast_precision_loss, reason = "a few hundred resources")]
        let height = loads.with(Vec::len) as f64 * ROW;
        format!("block-size:{height}px")
    };
    view! {
        <section class="gantt-load" aria-label="Load">
            <header class="gantt-load-head">
                <h2>"Load"</h2>
                <span class="muted" title=move || total(&loads.get())>{move || total(&loads.get())}</span>
                <Legend/>
                <IconButton icon=Icon::X label="Hide the load" size=Size::Small on_press=close/>
            </header>
            <div class="gantt-load-body">
                <Show when=move || !loads.with(Vec::is_empty) fallback=|| view! {
                    <p class="muted gantt-load-empty">"Give tasks to people, departments or machines, and their load stands here."</p>
                }>
                    <ul class="gantt-load-list" style=height>{rows}</ul>
                    <canvas class="gantt-load-canvas" style=height aria-hidden="true" node_ref=canvas></canvas>
                </Show>
            </div>
        </section>
    }
    .into_any()
}

/// Names that are told; more are counted.
const NAMES: usize = 3;

/// Who is asked for too much from now on, those for whom it is most first.
fn total(loads: &[ResourceLoad]) -> String {
    let mut over: Vec<(i64, &str)> =
        loads.iter().filter(|load| load.over > 0).map(|load| (load.over, load.name.as_str())).collect();
    over.sort_by_key(|(minutes, _)| std::cmp::Reverse(*minutes));
    if over.is_empty() {
        return "From now on this plan asks nobody for too much.".to_owned();
    }
    let names = over.iter().take(NAMES).map(|(minutes, name)| format!("{name} by {}", hours(*minutes)));
    let names = names.collect::<Vec<_>>().join(", ");
    match over.len().saturating_sub(NAMES) {
        0 => format!("Asked for too much: {names}."),
        more => format!("Asked for too much: {names}, and {more} more."),
    }
}

/// What the colours under the chart say.
#[component]
fn Legend() -> impl IntoView {
    let key = |key: &'static str, text: &'static str| {
        view! { <li><span class="load-key" data-key=key aria-hidden="true"></span>{text}</li> }
    };
    view! {
        <ul class="gantt-load-legend" aria-label="Colours">
            {key("own", "this plan")}
            {key("booked", "other projects")}
            {key("over", "more than there is")}
            {key("line", "how much there is")}
        </ul>
    }
}

/// Minutes as people say them when hours matter.
pub fn hours(minutes: i64) -> String {
    if minutes % 60 == 0 || minutes > 600 { format!("{} h", minutes / 60) } else { format!("{minutes} min") }
}

#[component]
fn Row(handle: GanttHandle, load: ResourceLoad) -> impl IntoView {
    let face = match load.kind {
        ResourceKind::Person => view! { <Avatar name=load.name.clone() size=24/> }.into_any(),
        ResourceKind::Department => view! { <Glyph icon=Icon::Users size=20/> }.into_any(),
        ResourceKind::Machine => view! { <Glyph icon=Icon::Press size=20/> }.into_any(),
    };
    let too_much = load.over > 0;
    let most = format!("At most {} of {}", decimal(load.peak), decimal(load.capacity));
    // What was too much in the past is told by the columns; nobody can change it any more.
    let said = if too_much { format!("{most}, {} too much", hours(load.over)) } else { most };
    let label = format!("Next time that {} is asked for too much", load.name);
    let steps = StoredValue::new(load.steps);
    let id = load.id;
    let next = move || {
        let from = handle.with(|chart| chart.scale.at(handle.left.get_untracked() + 90.0));
        let all =
            || steps.with_value(|steps| steps.iter().filter(|step| step.is_overload()).copied().collect::<Vec<_>>());
        let (before, after): (Vec<LoadStep>, Vec<LoadStep>) = all().into_iter().partition(|step| step.from <= from);
        if let Some(step) = after.first().or(before.first()) {
            handle.scroll_to(step.from);
            let task = handle.with(|chart| {
                let slots = &chart.model.schedule().tasks;
                chart.model.staff().tasks_at(id, step.from, step.to, slots).first().copied()
            });
            handle.mark_and_show(task);
        }
    };
    view! {
        <li data-over=too_much.to_string()>
            {face}
            <span class="gantt-load-name"><strong>{load.name}</strong><span>{said}</span></span>
            {too_much.then(|| view! { <IconButton icon=Icon::ArrowRight label size=Size::Small on_press=next/> })}
        </li>
    }
    .into_any()
}

/// Draws whenever dates, rows, time axis or colours change.
#[cfg(feature = "hydrate")]
fn draw_always(handle: GanttHandle, loads: Memo<Vec<ResourceLoad>>, canvas: NodeRef<html::Canvas>) {
    Effect::new(move |_| {
        handle.structure();
        handle.scaled.track();
        handle.left.track();
        handle.resized.track();
        loads.track();
        if let Some(canvas) = canvas.get() {
            request_animation_frame(move || {
                if let Some(loads) = loads.try_get_untracked() {
                    draw(handle, &loads, &canvas);
                }
            });
        }
    });
}

#[cfg(feature = "hydrate")]
fn draw(handle: GanttHandle, loads: &[ResourceLoad], canvas: &web_sys::HtmlCanvasElement) {
    let (width, height) = (f64::from(canvas.client_width()), f64::from(canvas.client_height()));
    let Some(context) = super::paint::sharp(canvas, width, height) else { return };
    let left = handle.left.get_untracked();
    handle.with(|chart| {
        let (scale, colours) = (chart.scale, &chart.palette);
        let (from, to) = (scale.at(left), scale.at(left + width));
        let unit = match scale.day {
            day if day >= 70.0 => 0,
            day if day >= 3.0 => Minute::DAY,
            _ => 7 * Minute::DAY,
        };
        context.set_fill_style_str(&colours.surface);
        context.fill_rect(0.0, 0.0, width, height);
        for (load, row) in loads.iter().zip(0_i32..) {
            let bottom = f64::from(row + 1) * ROW - 1.0;
            #[expect(clippy::cast_precision_loss, reason = "percents")]
            let high = |units: i64| units as f64 / load.peak.max(load.capacity).max(1) as f64 * (ROW - 10.0);
            for column in columns(&load.steps, from, to, unit) {
                let (x, end) = (scale.x(column.from) - left, scale.x(column.to) - left);
                let wide = (end - x - if unit > 0 { 1.0 } else { 0.0 }).max(1.0);
                let over = column.over.clamp(0, column.used);
                context.set_global_alpha(0.35);
                context.set_fill_style_str(&colours.muted);
                context.fill_rect(x, bottom - high(column.booked), wide, high(column.booked));
                context.set_global_alpha(0.75);
                context.set_fill_style_str(&colours.accent);
                let own = (column.used - over - column.booked).max(0);
                context.fill_rect(x, bottom - high(column.booked + own), wide, high(own));
                context.set_global_alpha(1.0);
                context.set_fill_style_str(&colours.danger);
                context.fill_rect(x, bottom - high(column.used), wide, high(over));
            }
            context.set_stroke_style_str(&colours.muted);
            let _ = context.set_line_dash(&js_sys::Array::of2(&4.into(), &3.into()));
            line(&context, width, (bottom - high(load.capacity)).round() + 0.5);
            let _ = context.set_line_dash(&js_sys::Array::new());
            context.set_stroke_style_str(&colours.line);
            line(&context, width, bottom + 0.5);
        }
        let now = scale.x(chart.now) - left;
        context.set_fill_style_str(&colours.danger);
        context.fill_rect(now.round(), 0.0, 1.5, height);
    });
}

#[cfg(feature = "hydrate")]
fn line(context: &web_sys::CanvasRenderingContext2d, width: f64, y: f64) {
    context.begin_path();
    context.move_to(0.0, y);
    context.line_to(width, y);
    context.stroke();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_as_high_as_the_most_in_it() {
        let step = |from, to, used| LoadStep { from: Minute(from), to: Minute(to), used, booked: 0, capacity: 100 };
        let steps = [step(480, 720, 100), step(720, 780, 0), step(780, 1020, 200), step(1920, 2400, 50)];
        let days = columns(&steps, Minute(0), Minute(3 * Minute::DAY), Minute::DAY);
        let seen: Vec<_> = days.iter().map(|column| (column.from.0, column.used, column.over)).collect();
        assert_eq!(seen, [(0, 200, 100), (1440, 50, 0)]);
        assert_eq!(columns(&steps, Minute(0), Minute(1440), 0).len(), 2);
        assert_eq!(columns(&steps, Minute(1000), Minute(1440), 0).len(), 1);
    }

    #[test]
    fn hours_are_said_as_people_say_them() {
        assert_eq!((hours(480), hours(90), hours(6_001)), ("8 h".into(), "90 min".into(), "100 h".into()));
    }
}
