//! Days that are otherwise than their weekdays: holidays, shutdowns, Saturdays that are worked.

use leptos::prelude::*;

use super::{
    form::{CalendarForm, Exception},
    week::Spans,
};
use crate::kit::{Button, Choice, DateInput, Icon, IconButton, Select, Size, focus_first};

#[component]
pub fn Exceptions(
    form: CalendarForm,
    can_edit: bool,
    /// What stands here, said where nothing does.
    #[prop(default = "Holidays, shutdowns and Saturdays that are worked stand here.")]
    hint: &'static str,
    /// A day without work.
    #[prop(default = "Closed")]
    off: &'static str,
) -> impl IntoView {
    let add = Callback::new(move |()| {
        let key = form.add_exception();
        request_animation_frame(move || focus_first(&format!("[data-exception='{key}'] input")));
    });
    let row = move |exception: Exception| view! { <Row form exception can_edit off/> };
    view! {
        <section class="exceptions" aria-labelledby="calendar-exceptions">
            <header>
                <h3 id="calendar-exceptions">"Other days"</h3>
                {can_edit.then(|| view! { <Button size=Size::Small icon=Icon::Plus on_press=add>"Day or days"</Button> })}
            </header>
            <Show when=move || form.exceptions.with(Vec::is_empty)>
                <p class="field-hint">{hint}</p>
            </Show>
            <ul><For each=move || form.exceptions.get() key=|exception| exception.key children=row/></ul>
        </section>
    }
    .into_any()
}

#[component]
fn Row(form: CalendarForm, exception: Exception, can_edit: bool, off: &'static str) -> impl IntoView {
    let key = exception.key;
    let message = Memo::new(move |_| {
        let index = form.exceptions.with(|all| all.iter().position(|other| other.key == key))?;
        form.message(&format!("exceptions.{index}"))
    });
    let fault_id = format!("exception-{key}-fault");
    let remove = move || form.exceptions.update(|all| all.retain(|other| other.key != key));
    let works = move || exception.kind.get() == "hours";
    // A day with other hours needs some.
    Effect::watch(
        move || exception.kind.get(),
        move |kind, _, _| {
            if kind == "hours" && exception.spans.with_untracked(Vec::is_empty) {
                form.add_span(exception.spans);
            }
        },
        false,
    );
    let kinds = vec![Choice::new("closed", off), Choice::new("hours", "Other hours")];
    let of = Signal::derive(move || exception.from.get());
    let name = Signal::derive(move || {
        let from = exception.from.get();
        if from.is_empty() { "Remove this day".to_owned() } else { format!("Remove {from}") }
    });
    view! {
        <li class="exception" data-exception=key data-invalid=move || message.get().is_some().to_string()>
            <div class="exception-days">
                <DateInput value=exception.from label="From" invalid=Signal::derive(move || message.get().is_some()) describedby=fault_id.clone()/>
                <span aria-hidden="true">"–"</span>
                <DateInput value=exception.to label="To, left empty for one day"/>
                <Select value=exception.kind choices=kinds label="What these days are"/>
                {can_edit.then(|| view! { <IconButton icon=Icon::X label=name size=Size::Small on_press=remove/> })}
            </div>
            <Show when=works>
                <Spans form spans=exception.spans of message describes=format!("exception-{key}-fault") can_edit/>
            </Show>
            <p class="field-fault" id=fault_id role="alert">{message}</p>
        </li>
    }
    .into_any()
}
