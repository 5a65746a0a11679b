//! Tasks by week, drawn by charming in the browser; a table says the same to everyone else.

use domain::home::WeekCount;
use leptos::prelude::*;

use crate::kit::day;

/// Weeks, done and still open.
#[component]
pub fn WeekChart(weeks: Vec<WeekCount>) -> impl IntoView {
    let id = "chart-weeks";
    let drawn = weeks.clone();
    Effect::new(move || {
        #[cfg(feature = "hydrate")]
        draw(id, &drawn);
        #[cfg(not(feature = "hydrate"))]
        let _ = &drawn;
    });
    view! {
        <div class="chart" id=id aria-hidden="true"></div>
        <details class="chart-data">
            <summary>"The same as a table"</summary>
            <table>
                <thead><tr><th>"Week from"</th><th>"Done"</th><th>"Open"</th></tr></thead>
                <tbody>
                    {weeks
                        .into_iter()
                        .map(|week| view! { <tr><td>{day(week.monday)}</td><td class="number">{week.done}</td><td class="number">{week.open}</td></tr> })
                        .collect_view()}
                </tbody>
            </table>
        </details>
    }
    .into_any()
}

#[cfg(feature = "hydrate")]
fn draw(id: &'static str, weeks: &[WeekCount]) {
    use charming::{
        Chart, WasmRenderer,
        component::{Axis, Grid, Legend},
        element::{AxisType, Color, ItemStyle, Tooltip, Trigger},
        series::Bar,
    };
    use wasm_bindgen::{JsCast, closure::Closure};

    let styles = document().document_element().and_then(|root| window().get_computed_style(&root).ok().flatten());
    let colour = |name: &str| Color::Value(styles.as_ref().and_then(|styles| styles.get_property_value(name).ok()).unwrap_or_default().trim().to_owned());
    let labels: Vec<String> = weeks.iter().map(|week| week.monday.datetime().format("%-d %b").to_string()).collect();
    let count = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    let bar = |name: &str, token: &str, values: Vec<i64>| Bar::new().name(name).stack("tasks").item_style(ItemStyle::new().color(colour(token))).data(values);
    let chart = Chart::new()
        .grid(Grid::new().left(36).right(8).top(36).bottom(24))
        .legend(Legend::new().top(0).right(0))
        .tooltip(Tooltip::new().trigger(Trigger::Axis))
        .x_axis(Axis::new().type_(AxisType::Category).data(labels))
        .y_axis(Axis::new().type_(AxisType::Value))
        .series(bar("Done", "--status-accepted", weeks.iter().map(|week| count(week.done)).collect()))
        .series(bar("Open", "--status-processing", weeks.iter().map(|week| count(week.open)).collect()));
    let render = move || {
        // Without the picture the table still says everything.
        let _ = WasmRenderer::new_opt(None, None).render(id, &chart);
    };
    let known = js_sys::Reflect::has(&window(), &"echarts".into()).unwrap_or(false);
    if known {
        return render();
    }
    let Some(address) = document().document_element().and_then(|root| root.get_attribute("data-echarts")) else { return };
    let Ok(script) = document().create_element("script") else { return };
    let _ = script.set_attribute("src", &address);
    let loaded = Closure::once_into_js(render);
    let _ = script.add_event_listener_with_callback("load", loaded.unchecked_ref());
    if let Some(head) = document().head() {
        let _ = head.append_child(&script);
    }
}
