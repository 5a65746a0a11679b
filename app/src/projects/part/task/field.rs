//! Fields that follow the plan until somebody types, and store what was typed when they are left. A refusal stands
//! under its field, and what was typed stays in it.

use std::time::Duration;

use domain::{Fault, projects::amount::Unit};
use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};

use crate::kit::{Choice, DateInput, Field, NumberInput, Select, TextArea, TextInput};

/// Browsers tell of a date while it is still being typed.
const PAUSE: Duration = Duration::from_millis(700);

/// What is typed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// With the unit behind it.
    Number(&'static str),
    Date,
    Lines,
}

/// Stores what was typed, or says why not.
pub type Store = Callback<String, Result<(), Fault>>;

/// The message of a refusal for the field of this name.
pub fn message_of(fault: &Fault, name: &str) -> String {
    let first = || fault.fields.first().map(|field| field.message.clone());
    fault.message_for(name).map(str::to_owned).or_else(first).unwrap_or_else(|| fault.detail.clone())
}

/// Fields of a panel that hold what was refused, each by its message.
#[derive(Clone, Copy, Default)]
pub struct Refusals(RwSignal<Vec<RwSignal<Option<String>>>>);

impl Refusals {
    /// True while there is one, followed.
    pub fn is_any(self) -> bool {
        self.0.with(|all| all.iter().any(|message| message.try_with(Option::is_some) == Some(true)))
    }
}

/// Tells the panel around a field, where there is one, what the field says.
fn heed(message: RwSignal<Option<String>>) {
    if let Some(Refusals(all)) = use_context::<Refusals>() {
        all.update(|all| all.push(message));
        on_cleanup(move || {
            all.try_update(|all| all.retain(|one| *one != message));
        });
    }
}

/// A field that is typed into.
#[component]
pub fn Kept(
    label: &'static str,
    /// As the plan spells it; refusals are found by it.
    name: &'static str,
    #[prop(default = Kind::Text)] kind: Kind,
    #[prop(optional)] optional: bool,
    #[prop(into)] shown: Signal<String>,
    #[prop(into)] store: Store,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// The id of a list of suggestions.
    #[prop(optional)]
    list: Option<&'static str>,
) -> impl IntoView {
    let value = RwSignal::new(shown.get_untracked());
    let seen = StoredValue::new(shown.get_untracked());
    let message = RwSignal::new(None::<String>);
    heed(message);
    Effect::new(move |_| {
        let now = shown.get();
        let before = seen.get_value();
        if now == before {
            return;
        }
        seen.set_value(now.clone());
        let typed = value.get_untracked();
        if typed == before {
            value.set(now);
            message.set(None);
        } else if typed != now {
            let now = if now.is_empty() { "empty".to_owned() } else { format!("'{now}'") };
            message.set(Some(format!("Somebody made this {now} meanwhile. Leave the field to store yours.")));
        }
    });
    let commit = move || {
        let typed = value.get_untracked();
        if typed == seen.get_value() {
            message.set(None);
            return;
        }
        match store.run(typed) {
            Ok(()) => {
                message.set(None);
                value.set(shown.get_untracked());
            }
            Err(fault) => message.set(Some(message_of(&fault, name))),
        }
    };
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    on_cleanup(stop);
    let changed = move |_| {
        stop();
        if kind == Kind::Date {
            waiting.set_value(set_timeout_with_handle(commit, PAUSE).ok());
        } else {
            commit();
        }
    };
    let left = move |_| {
        stop();
        commit();
    };
    let keyed = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" if kind != Kind::Lines => {
            stop();
            commit();
        }
        "Escape" if value.get_untracked() != seen.get_value() => {
            event.stop_propagation();
            value.set(seen.get_value());
            message.set(None);
        }
        _ => {}
    };
    let input = move || match kind {
        Kind::Text => match list {
            Some(list) => view! { <TextInput value autocomplete="off" disabled list/> }.into_any(),
            None => view! { <TextInput value autocomplete="off" disabled/> }.into_any(),
        },
        Kind::Number(unit) => view! { <NumberInput value unit disabled/> }.into_any(),
        Kind::Date => view! { <DateInput value disabled/> }.into_any(),
        Kind::Lines => view! { <TextArea value rows=3 disabled/> }.into_any(),
    };
    // Made inside the field, which tells an input its name.
    view! {
        <div class="kept" on:change=changed on:focusout=left on:keydown=keyed>
            <Field label name optional message>{input()}</Field>
        </div>
    }
    .into_any()
}

/// A field that is chosen from; stored at once.
#[component]
pub fn Pick(
    label: &'static str,
    name: &'static str,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    #[prop(into)] shown: Signal<String>,
    #[prop(into)] store: Store,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let value = RwSignal::new(shown.get_untracked());
    let message = RwSignal::new(None::<String>);
    Effect::new(move |_| value.set(shown.get()));
    let changed = move |_| match store.run(value.get_untracked()) {
        Ok(()) => message.set(None),
        Err(fault) => {
            message.set(Some(message_of(&fault, name)));
            value.set(shown.get_untracked());
        }
    };
    view! {
        <div class="kept" on:change=changed>
            <Field label name message><Select value choices disabled/></Field>
        </div>
    }
    .into_any()
}

/// A span of time: minutes, and whether nights and days off count.
pub type Span = (i64, bool);

/// A number and its unit.
#[component]
pub fn Amount(
    /// What it is the amount of; read aloud before the unit, too.
    #[prop(into)]
    label: String,
    name: &'static str,
    #[prop(into)] shown: Signal<Span>,
    #[prop(into)] day: Signal<i64>,
    #[prop(into)] store: Callback<Span, Result<(), Fault>>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Says what is wrong where no field of its own does.
    #[prop(optional, into)]
    report: Option<RwSignal<Option<String>>>,
) -> impl IntoView {
    let best = move || {
        let ((minutes, elapsed), day) = (shown.get_untracked(), day.get_untracked());
        Unit::of(minutes, elapsed, day)
    };
    // In the unit that stands there already, where that says it.
    let written = move |unit: Unit| {
        let ((minutes, elapsed), day) = (shown.get_untracked(), day.get_untracked());
        let same = unit.is_elapsed() == elapsed;
        let unit = if same && unit.number(minutes, day).is_some() { unit } else { best() };
        (unit.number(minutes, day).unwrap_or_default(), unit.code().to_owned())
    };
    let (number, unit) = written(best());
    let seen = StoredValue::new((number.clone(), unit.clone()));
    let (number, unit) = (RwSignal::new(number), RwSignal::new(unit));
    let message = report.unwrap_or_else(|| RwSignal::new(None));
    heed(message);
    let follow = move || {
        let (text, code) = written(Unit::from_code(&unit.get_untracked()));
        seen.set_value((text.clone(), code.clone()));
        number.set(text);
        unit.set(code);
    };
    Effect::watch(
        move || (shown.get(), day.get()),
        move |_, _, _| {
            let untouched = seen.with_value(|seen| *seen == (number.get_untracked(), unit.get_untracked()));
            if untouched {
                follow();
            }
        },
        false,
    );
    let commit = move || {
        let (text, code) = (number.get_untracked(), unit.get_untracked());
        if seen.with_value(|seen| *seen == (text.clone(), code.clone())) {
            message.set(None);
            return;
        }
        let unit = Unit::from_code(&code);
        let read = unit.read(&text, day.get_untracked()).map_err(|message| Fault::field(name, message));
        match read.and_then(|minutes| store.run((minutes, unit.is_elapsed()))) {
            Ok(()) => {
                message.set(None);
                follow();
            }
            Err(fault) => message.set(Some(message_of(&fault, name))),
        }
    };
    let keyed = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => commit(),
        "Escape" if seen.with_value(|seen| *seen != (number.get_untracked(), unit.get_untracked())) => {
            event.stop_propagation();
            follow();
            message.set(None);
        }
        _ => {}
    };
    let units = Unit::ALL.map(|unit| Choice::new(unit.code(), unit.title())).to_vec();
    let unit_label = format!("Unit of {label}");
    let both = move |label: String, inside: bool| {
        let number_label = (!inside).then_some(label);
        view! {
            <div class="amount">
                {match number_label {
                    Some(label) => view! { <NumberInput value=number label disabled/> }.into_any(),
                    None => view! { <NumberInput value=number disabled/> }.into_any(),
                }}
            </div>
        }
    };
    let field = if report.is_some() {
        both(label, false).into_any()
    } else {
        view! { <Field label=label.clone() name message>{both(label, true)}</Field> }.into_any()
    };
    view! {
        <div class="kept pair-amount" on:change=move |_| commit() on:keydown=keyed>
            {field}
            <Select value=unit choices=units label=unit_label disabled/>
        </div>
    }
    .into_any()
}
