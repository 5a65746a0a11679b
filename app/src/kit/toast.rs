//! Short messages that go by themselves, read aloud by assistive technology.

use leptos::prelude::*;

/// A message on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Message {
    number: u64,
    text: String,
    bad: bool,
}

/// The messages that are shown.
#[derive(Clone, Copy)]
pub struct ToastList(RwSignal<Vec<Message>>);

impl ToastList {
    /// An empty list, given to every page below.
    pub fn provide() {
        provide_context(Self(RwSignal::new(Vec::new())));
    }
}

/// Says something. `bad` stays longer.
pub fn toast(text: impl Into<String>, bad: bool) {
    let Some(ToastList(list)) = use_context::<ToastList>() else { return };
    let number = list.with_untracked(|list| list.last().map_or(0, |last| last.number + 1));
    list.update(|list| list.push(Message { number, text: text.into(), bad }));
    let seconds = if bad { 10 } else { 4 };
    set_timeout(
        move || list.update(|list| list.retain(|message| message.number != number)),
        std::time::Duration::from_secs(seconds),
    );
}

/// Where the messages appear.
#[component]
pub fn Toasts() -> impl IntoView {
    let list = use_context::<ToastList>().map(|list| list.0);
    view! {
        <div class="toasts" aria-live="polite">
            <For
                each=move || list.map(|list| list.get()).unwrap_or_default()
                key=|message| message.number
                children=|message| view! { <p class="toast" class:bad=message.bad>{message.text}</p> }
            />
        </div>
    }
    .into_any()
}
