//! Hours outlive a session that ends: forms keep what has a name, and the many fields of a week have none.

use leptos::prelude::*;

use super::super::calendar::{CalendarForm, CalendarText};

/// Everything that was typed about the hours, as one field that nobody sees. A form with a draft keeps it.
#[component]
pub fn Kept(form: CalendarForm) -> impl IntoView {
    let written = move || serde_json::to_string(&form.text()).unwrap_or_default();
    let back = move |text: String| {
        if let Ok(typed) = serde_json::from_str::<CalendarText>(&text) {
            form.retype(&typed);
        }
    };
    view! {
        <textarea name="hours" hidden aria-label="Hours" tabindex="-1" prop:value=written on:input=move |event| back(event_target_value(&event))></textarea>
    }
    .into_any()
}
