//! The usual week: windows of work for each day.

use leptos::prelude::*;

use super::{
    form::{CalendarForm, Span},
    text::{DAYS, length},
};
use crate::kit::{Button, ButtonKind, Icon, IconButton, Size, TextInput};

#[component]
pub fn Week(form: CalendarForm, can_edit: bool) -> impl IntoView {
    let copy = Callback::new(move |()| (1..5).for_each(|day| form.copy_day(0, day)));
    let days = (0..7).map(|day| view! { <Day form day can_edit/> }).collect_view();
    view! {
        <section class="week" aria-labelledby="calendar-week">
            <header>
                <h3 id="calendar-week">"Week"</h3>
                {can_edit.then(|| view! { <Button kind=ButtonKind::Quiet size=Size::Small icon=Icon::Copy on_press=copy>"Monday for Tuesday to Friday"</Button> })}
            </header>
            {days}
        </section>
    }
    .into_any()
}

#[component]
fn Day(form: CalendarForm, day: usize, can_edit: bool) -> impl IntoView {
    let spans = form.day(day);
    let field = format!("week.{day}");
    let fault_id = format!("week-{day}-fault");
    let message = Memo::new(move |_| form.message(&field));
    let total = move || {
        let typed: Vec<_> = spans.get().iter().map(|span| (span.from.get(), span.to.get())).collect();
        length(&typed)
    };
    view! {
        <div class="week-day" role="group" aria-label=DAYS[day] data-invalid=move || message.get().is_some().to_string()>
            <span class="week-name" aria-hidden="true">{DAYS[day]}</span>
            <Spans form spans of=DAYS[day] message describes=fault_id.clone() can_edit/>
            <span class="week-total">{total}</span>
            <p class="field-fault" id=fault_id role="alert">{message}</p>
        </div>
    }
    .into_any()
}

/// Windows of a day, with one more and one less.
#[component]
pub fn Spans(
    form: CalendarForm,
    spans: RwSignal<Vec<Span>>,
    /// The day they are of, for screen readers.
    #[prop(into)]
    of: Signal<String>,
    message: Memo<Option<String>>,
    /// Id of the message.
    describes: String,
    can_edit: bool,
) -> impl IntoView {
    let describes = StoredValue::new(describes);
    let span = move |span: Span| {
        let name = move |what: &str| {
            let index = spans.with_untracked(|spans| spans.iter().position(|other| other.key == span.key));
            format!("{} {what}, window {}", of.get_untracked(), index.unwrap_or_default() + 1)
        };
        let remove = move || spans.update(|spans| spans.retain(|other| other.key != span.key));
        view! {
            <span class="window">
                <Clock value=span.from label=name("from") message describes=describes.get_value()/>
                <span aria-hidden="true">"–"</span>
                <Clock value=span.to label=name("to") message describes=describes.get_value()/>
                {can_edit.then(|| view! { <IconButton icon=Icon::X label=name("remove") size=Size::Small on_press=remove/> })}
            </span>
        }
    };
    let add = Callback::new(move |()| form.add_span(spans));
    view! {
        <div class="windows">
            <For each=move || spans.get() key=|span| span.key children=span/>
            {can_edit.then(|| {
                let label = Signal::derive(move || format!("{}: add working time", of.get()));
                view! { <IconButton icon=Icon::Plus label size=Size::Small on_press=add/> }
            })}
        </div>
    }
    .into_any()
}

/// A time of day as it is typed.
#[component]
fn Clock(value: RwSignal<String>, label: String, message: Memo<Option<String>>, describes: String) -> impl IntoView {
    let marked = Signal::derive(move || message.get().is_some());
    view! { <TextInput value label placeholder="00:00" autocomplete="off" invalid=marked describedby=describes/> }
}
