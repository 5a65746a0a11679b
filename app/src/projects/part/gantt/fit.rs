//! How wide a column must be for everything that stands in it, in rows that are seen and in those that are not.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::{
    super::column::Column,
    chart::GanttHandle,
    columns::{LEAST, MOST},
    row::text,
};

/// Room on both sides of a text, and the line beside it.
const SIDES: f64 = 18.0;
/// What else stands in some cells: the grip, what opens a summary, the dot of a status.
const GRIP: f64 = 12.0;
const TWISTY: f64 = 22.0;
const PILL: f64 = 28.0;
/// How far a level is from the next.
const LEVEL: f64 = 16.0;

/// Pixels that the title and every row ask for.
pub fn fitting(handle: GanttHandle, column: &'static Column) -> u16 {
    let Some(pen) = pen() else { return column.narrow };
    let font = |selector: &str, weight: &str| {
        let element = document().query_selector(selector).ok().flatten();
        let styles = element.and_then(|element| window().get_computed_style(&element).ok().flatten());
        let read =
            |name: &str| styles.as_ref().and_then(|styles| styles.get_property_value(name).ok()).unwrap_or_default();
        pen.set_font(&format!("{weight} {} {}", read("font-size"), read("font-family")));
    };
    // Digits of tables are all as wide as a nought.
    let wide = |text: &str| {
        let text: String = text.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect();
        pen.measure_text(&text).map_or(0.0, |measured| measured.width())
    };
    font(".gantt-head", "500");
    let mut widest = wide(column.title) + SIDES;
    // Summaries are written so; the few pixels too many elsewhere do not show.
    font(".gantt-rows", if column.key == "name" { "600" } else { "400" });
    handle.with(|chart| {
        for task in chart.model.rows() {
            let beside = match column.key {
                "code" => GRIP,
                "status" => PILL,
                "name" => TWISTY + LEVEL * f64::from(chart.model.level(*task)),
                _ => 0.0,
            };
            widest = widest.max(wide(&text(chart, *task, column)) + beside + SIDES);
        }
    });
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the widest column")]
    let pixels = widest.ceil().clamp(f64::from(LEAST), f64::from(MOST)) as u16;
    pixels
}

/// A canvas that nobody sees.
fn pen() -> Option<web_sys::CanvasRenderingContext2d> {
    let canvas = document().create_element("canvas").ok()?.dyn_into::<web_sys::HtmlCanvasElement>().ok()?;
    canvas.get_context("2d").ok()??.dyn_into().ok()
}
