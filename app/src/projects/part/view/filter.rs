//! What is asked of the rows: words, statuses, people, departments, dates. All of it stands in the address.

use domain::projects::{
    document::TaskStatus,
    lane::departments,
    look::{PlanLook, Who},
    plan::TaskKind,
};
use leptos::prelude::*;

use super::Shown;
use crate::kit::{Button, ButtonKind, DateInput, Glyph, Icon, Menu, SearchBox, Size, date};

/// The filters of all views, what is on, and how many rows are left.
#[component]
pub fn FilterBar(shown: Shown) -> impl IntoView {
    let look = shown.looked.look;
    let text = RwSignal::new(look.with_untracked(|look| look.text.clone()));
    Effect::new(move |_| {
        let now = look.with(|look| look.text.clone());
        if text.get_untracked() != now {
            text.set(now);
        }
    });
    Effect::watch(
        move || text.get(),
        move |text, _, _| shown.looked.change(|look| look.text = text.trim().to_owned()),
        false,
    );
    let total = Memo::new(move |_| {
        shown.handle.read(|model| model.document().tasks.iter().filter(|task| task.kind != TaskKind::Summary).count())
    });
    let count = move || {
        let (rows, total) = (shown.rows.with(Vec::len), total.get());
        if rows == total { format!("{total} tasks") } else { format!("{rows} of {total} tasks") }
    };
    let dated = RwSignal::new(false);
    view! {
        <div class="view-filters" role="search" aria-label="Filter">
            <SearchBox value=text label="Search tasks"/>
            <Statuses shown/>
            <People shown/>
            <Departments shown/>
            <Others shown dated/>
            <Show when=move || dated.get() || look.with(|look| look.from.is_some() || look.to.is_some())>
                <Dates shown/>
            </Show>
            <span class="view-count" role="status">{count}</span>
        </div>
        <Chips shown/>
    }
    .into_any()
}

/// A menu of things that are on or off; it stays open while one chooses.
#[component]
pub fn Checks<F, T>(
    id: &'static str,
    label: &'static str,
    #[prop(default = Icon::Filter)] icon: Icon,
    /// Value and title.
    #[prop(into)]
    choices: Signal<Vec<(String, String)>>,
    is_on: F,
    toggle: T,
) -> impl IntoView
where
    F: Fn(&str) -> bool + Copy + Send + Sync + 'static,
    T: Fn(String) + Copy + Send + Sync + 'static,
{
    let is_on = Callback::new(move |value: String| is_on(&value));
    let toggle = Callback::new(toggle);
    view! { <CheckMenu id label icon choices is_on toggle/> }
}

#[component]
fn CheckMenu(
    id: &'static str,
    label: &'static str,
    icon: Icon,
    choices: Signal<Vec<(String, String)>>,
    is_on: Callback<String, bool>,
    toggle: Callback<String>,
) -> impl IntoView {
    let item = move |(value, title): (String, String)| {
        let value = StoredValue::new(value);
        view! {
            <button
                type="button"
                class="menu-item"
                role="menuitemcheckbox"
                tabindex="-1"
                aria-checked=move || is_on.run(value.get_value()).to_string()
                on:click=move |_| toggle.run(value.get_value())
            >
                <span>{title}</span>
                <span class="menu-check" data-on=move || is_on.run(value.get_value()).to_string()><Glyph icon=Icon::Check/></span>
            </button>
        }
    };
    view! {
        <Menu id label icon>
            <div class="menu-scroll" role="presentation">{move || choices.get().into_iter().map(item).collect_view()}</div>
        </Menu>
    }
    .into_any()
}

/// Takes it out of the list, or puts it in.
fn flip<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if let Some(index) = list.iter().position(|each| *each == value) {
        list.remove(index);
    } else {
        list.push(value);
    }
}

fn status_of(code: &str) -> Option<TaskStatus> {
    TaskStatus::ALL.into_iter().find(|status| status.code() == code)
}

#[component]
fn Statuses(shown: Shown) -> impl IntoView {
    let look = shown.looked.look;
    let choices = TaskStatus::ALL.map(|status| (status.code().to_owned(), status.title().to_owned())).to_vec();
    let is_on = move |code: &str| look.with(|look| look.statuses.iter().any(|status| status.code() == code));
    let toggle = move |code: String| {
        if let Some(status) = status_of(&code) {
            shown.looked.change(|look| flip(&mut look.statuses, status));
        }
    };
    view! { <Checks id="filter-status" label="Status" choices is_on toggle/> }
}

#[component]
fn People(shown: Shown) -> impl IntoView {
    let look = shown.looked.look;
    let choices = Signal::derive(move || {
        let mut choices = vec![("me".to_owned(), "Mine".to_owned()), ("nobody".to_owned(), "Nobody's".to_owned())];
        shown.colleagues.with(|all| choices.extend(all.iter().map(|one| (one.id.to_string(), one.name.clone()))));
        choices
    });
    let is_on = move |who: &str| {
        let who = who.parse::<Who>().ok();
        look.with(|look| who.is_some_and(|who| look.people.contains(&who)))
    };
    let toggle = move |who: String| {
        if let Ok(who) = who.parse::<Who>() {
            shown.looked.change(|look| flip(&mut look.people, who));
        }
    };
    view! { <Checks id="filter-people" label="People" icon=Icon::Users choices is_on toggle/> }
}

#[component]
fn Departments(shown: Shown) -> impl IntoView {
    let look = shown.looked.look;
    let choices = Signal::derive(move || {
        let names = shown.handle.read(|model| departments(model.document()));
        let mut choices: Vec<_> = names.into_iter().map(|name| (name.clone(), name)).collect();
        choices.push((String::new(), "No department".to_owned()));
        choices
    });
    let is_on = move |name: &str| look.with(|look| look.departments.iter().any(|each| each == name));
    let toggle = move |name: String| shown.looked.change(|look| flip(&mut look.departments, name));
    view! { <Checks id="filter-department" label="Department" icon=Icon::Factory choices is_on toggle/> }
}

/// Critical, overdue, open; and whether dates are asked for.
#[component]
fn Others(shown: Shown, dated: RwSignal<bool>) -> impl IntoView {
    let look = shown.looked.look;
    let choices =
        [("critical", "Critical only"), ("overdue", "Overdue only"), ("open", "Hide done"), ("dates", "Between dates")]
            .map(|(key, title)| (key.to_owned(), title.to_owned()))
            .to_vec();
    let is_on = move |key: &str| {
        look.with(|look| match key {
            "critical" => look.critical,
            "overdue" => look.overdue,
            "open" => look.open,
            _ => dated.get() || look.from.is_some() || look.to.is_some(),
        })
    };
    let toggle = move |key: String| match key.as_str() {
        "critical" => shown.looked.change(|look| look.critical = !look.critical),
        "overdue" => shown.looked.change(|look| look.overdue = !look.overdue),
        "open" => shown.looked.change(|look| look.open = !look.open),
        _ => {
            let on = untrack(|| is_on("dates"));
            dated.set(!on);
            if on {
                shown.looked.change(|look| (look.from, look.to) = (None, None));
            }
        }
    };
    view! { <Checks id="filter-more" label="More" choices is_on toggle/> }
}

#[component]
fn Dates(shown: Shown) -> impl IntoView {
    let look = shown.looked.look;
    let [from, to] = [false, true].map(|end| {
        let of = move |look: &PlanLook| {
            let date = if end { look.to } else { look.from };
            date.map(|date| date.to_string()).unwrap_or_default()
        };
        let value = RwSignal::new(look.with_untracked(of));
        Effect::new(move |_| value.set(look.with(of)));
        let store = move |text: &String| {
            let date = text.parse().ok();
            shown.looked.change(|look| if end { look.to = date } else { look.from = date });
        };
        Effect::watch(move || value.get(), move |text, _, _| store(text), false);
        value
    });
    view! {
        <span class="view-dates">
            <DateInput value=from label="From"/>
            <DateInput value=to label="To"/>
        </span>
    }
}

/// What is on, each with the way to take it off.
#[component]
fn Chips(shown: Shown) -> impl IntoView {
    let look = shown.looked.look;
    let chip = move |(title, without): (String, PlanLook)| {
        let label = format!("Take the filter {title} off");
        view! {
            <li>
                <button type="button" class="view-chip" aria-label=label on:click=move |_| shown.looked.show(&without, true)>
                    {title}<Glyph icon=Icon::X size=12/>
                </button>
            </li>
        }
    };
    let list = move || look.with(|look| chips(shown, look)).into_iter().map(chip).collect_view();
    view! {
        <Show when=move || look.with(PlanLook::is_filtered)>
            <ul class="view-chips" aria-label="Filters that are on">
                {list}
                <li>
                    <Button kind=ButtonKind::Quiet size=Size::Small on_press=move || shown.looked.show(&look.with_untracked(PlanLook::unfiltered), true)>
                        "Clear"
                    </Button>
                </li>
            </ul>
        </Show>
    }
    .into_any()
}

/// Each filter by name, and the look without it.
fn chips(shown: Shown, look: &PlanLook) -> Vec<(String, PlanLook)> {
    let mut chips = Vec::new();
    let mut add = |title: String, without: &dyn Fn(&mut PlanLook)| {
        let mut other = look.clone();
        without(&mut other);
        chips.push((title, other));
    };
    if !look.text.is_empty() {
        add(format!("“{}”", look.text), &|look| look.text.clear());
    }
    for status in &look.statuses {
        add(status.title().to_owned(), &|look| flip(&mut look.statuses, *status));
    }
    for who in &look.people {
        let title = match who {
            Who::Me => "Mine".to_owned(),
            Who::Nobody => "Nobody's".to_owned(),
            Who::Person(id) => shown.name_of(*id),
        };
        add(title, &|look| flip(&mut look.people, *who));
    }
    for name in &look.departments {
        let title = if name.is_empty() { "No department" } else { name };
        add(title.to_owned(), &|look| flip(&mut look.departments, name.clone()));
    }
    if look.critical {
        add("Critical".to_owned(), &|look| look.critical = false);
    }
    if look.overdue {
        add("Overdue".to_owned(), &|look| look.overdue = false);
    }
    if look.open {
        add("Not done".to_owned(), &|look| look.open = false);
    }
    if let Some(from) = look.from {
        add(format!("From {}", date(from)), &|look| look.from = None);
    }
    if let Some(to) = look.to {
        add(format!("To {}", date(to)), &|look| look.to = None);
    }
    chips
}
