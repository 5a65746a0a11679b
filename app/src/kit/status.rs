//! Small things that say how something stands.

use domain::projects::document::TaskStatus;
use leptos::prelude::*;

/// A status: a dot in its colour and a word, never the colour alone.
#[component]
pub fn StatusPill(
    #[prop(into)] status: Signal<TaskStatus>,
    /// The room's own word for it.
    #[prop(optional, into)]
    label: MaybeProp<String>,
) -> impl IntoView {
    view! {
        <span class="pill" data-status=move || status.get().code()>
            {move || label.get().unwrap_or_else(|| status.get().title().to_owned())}
        </span>
    }
}

/// How far something is, 0 to 100.
#[component]
pub fn ProgressBar(
    #[prop(into)] value: Signal<u8>,
    /// Of what, for screen readers.
    #[prop(into)]
    label: String,
    #[prop(optional, into)] status: MaybeProp<TaskStatus>,
    /// Without the number beside it.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    let percent = move || value.get().min(100);
    view! {
        <div class="progress" data-status=move || status.get().unwrap_or(TaskStatus::Processing).code()>
            <div
                class="progress-track"
                role="progressbar"
                aria-label=label
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=move || percent().to_string()
            >
                <div class="progress-fill" style:inline-size=move || format!("{}%", percent())></div>
            </div>
            {(!bare).then(|| view! { <span class="progress-number">{move || format!("{}%", percent())}</span> })}
        </div>
    }
}

/// Two initials on a colour that the name decides.
#[component]
pub fn Avatar(#[prop(into)] name: String, #[prop(default = 28)] size: u16) -> impl IntoView {
    let initials: String =
        name.split_whitespace().filter_map(|word| word.chars().next()).take(2).flat_map(char::to_uppercase).collect();
    let hue = name.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % 6;
    view! {
        <span class="avatar" data-hue=hue.to_string() style:--avatar-size=format!("{size}px") title=name aria-hidden="true">
            {initials}
        </span>
    }
}

/// A count or a word beside something.
#[component]
pub fn Badge(
    /// The colour of one of the statuses; neutral without.
    #[prop(optional, into)]
    status: Option<TaskStatus>,
    children: Children,
) -> impl IntoView {
    view! { <span class="badge" data-status=status.map(TaskStatus::code)>{children()}</span> }
}

/// Keys to press: `Ctrl K` is two keys together, `g p` two after one another.
#[component]
pub fn KeyHint(#[prop(into)] keys: String) -> impl IntoView {
    view! {
        <span class="keys">
            {keys.split(' ').map(|key| view! { <kbd>{key.to_owned()}</kbd> }).collect_view()}
        </span>
    }
}
