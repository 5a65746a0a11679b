//! What is asked of the rows: words, statuses, people, departments, dates. All of it stands in the address.

use chrono::NaiveDate;
use domain::projects::{
    document::TaskStatus,
    look::{PlanLook, Who},
};
use leptos::prelude::*;

use super::{
    super::column::COLUMNS,
    Shown,
    columns::{chosen, toggled},
    lane::departments,
};
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
    let total = Memo::new(move |_| shown.handle.read(|model| model.document().leaves().count()));
    let count = move || {
        let (rows, total) = (shown.rows.with(Vec::len), total.get());
        match total {
            1 if rows == 1 => "1 task".to_owned(),
            _ if rows == total => format!("{total} tasks"),
            _ => format!("{rows} of {total} tasks"),
        }
    };
    // A memo: the fields stay while one types into them.
    let dated = Memo::new(move |_| look.with(|look| look.from.is_some() || look.to.is_some()));
    view! {
        <div class="view-filters" role="search" aria-label="Filter">
            <SearchBox value=text label="Search tasks"/>
            {[Asked::Status, Asked::People, Asked::Department, Asked::More].map(|asked| view! { <Checks shown asked/> }).collect_view()}
            {move || dated.get().then(|| view! { <Dates shown/> })}
            <span class="view-count" role="status">{count}</span>
        </div>
        <Chips shown/>
    }
    .into_any()
}

/// What a menu of filters is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Status,
    People,
    Department,
    More,
    Columns,
}

const MORE: [(&str, &str); 4] =
    [("critical", "Critical only"), ("overdue", "Overdue only"), ("open", "Hide done"), ("dates", "Between dates")];

impl Asked {
    const fn face(self) -> (&'static str, &'static str, Icon) {
        match self {
            Self::Status => ("filter-status", "Status", Icon::Filter),
            Self::People => ("filter-people", "People", Icon::Users),
            Self::Department => ("filter-department", "Department", Icon::Factory),
            Self::More => ("filter-more", "More", Icon::Filter),
            Self::Columns => ("plan-columns", "Columns", Icon::Columns),
        }
    }

    /// Values and titles.
    fn choices(self, shown: Shown) -> Vec<(String, String)> {
        let owned = |(value, title): (&str, &str)| (value.to_owned(), title.to_owned());
        match self {
            Self::Status => TaskStatus::ALL.map(|status| owned((status.code(), status.title()))).to_vec(),
            Self::People => {
                let mut choices = [("me", "Mine"), ("nobody", "Nobody's")].map(owned).to_vec();
                shown
                    .colleagues
                    .with(|all| choices.extend(all.iter().map(|one| (one.id.to_string(), one.name.clone()))));
                choices
            }
            Self::Department => {
                let names = shown.handle.read(|model| departments(model.document()));
                let mut choices: Vec<_> = names.into_iter().map(|name| (name.clone(), name)).collect();
                choices.push(owned(("", "No department")));
                choices
            }
            Self::More => MORE.map(owned).to_vec(),
            Self::Columns => COLUMNS.iter().map(|column| owned((column.key, column.title))).collect(),
        }
    }

    fn is_on(self, look: &PlanLook, value: &str) -> bool {
        match (self, value) {
            (Self::Status, code) => look.statuses.iter().any(|status| status.code() == code),
            (Self::People, who) => look.people.iter().any(|each| each.to_string() == who),
            (Self::Department, name) => look.departments.iter().any(|each| each == name),
            (Self::Columns, key) => chosen(&look.columns).iter().any(|column| column.key == key),
            (Self::More, "critical") => look.critical,
            (Self::More, "overdue") => look.overdue,
            (Self::More, "open") => look.open,
            (Self::More, _) => look.from.is_some() || look.to.is_some(),
        }
    }

    /// On where it was off. Dates begin with today.
    fn toggle(self, look: &mut PlanLook, value: &str, today: NaiveDate) {
        match (self, value) {
            (Self::Status, code) => {
                TaskStatus::ALL
                    .into_iter()
                    .filter(|status| status.code() == code)
                    .for_each(|status| flip(&mut look.statuses, status));
            }
            (Self::People, who) => who.parse::<Who>().into_iter().for_each(|who| flip(&mut look.people, who)),
            (Self::Department, name) => flip(&mut look.departments, name.to_owned()),
            (Self::Columns, key) => look.columns = toggled(&look.columns, key),
            (Self::More, "critical") => look.critical = !look.critical,
            (Self::More, "overdue") => look.overdue = !look.overdue,
            (Self::More, "open") => look.open = !look.open,
            (Self::More, _) if look.from.is_some() || look.to.is_some() => (look.from, look.to) = (None, None),
            (Self::More, _) => look.from = Some(today),
        }
    }
}

/// Takes it out of the list, or puts it in.
fn flip<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if let Some(index) = list.iter().position(|each| *each == value) {
        list.remove(index);
    } else {
        list.push(value);
    }
}

/// A menu of things that are on or off; it stays open while one chooses.
#[component]
pub fn Checks(shown: Shown, asked: Asked) -> impl IntoView {
    let looked = shown.looked;
    let (id, label, icon) = asked.face();
    let item = move |(value, title): (String, String)| {
        let value = StoredValue::new(value);
        let is_on = move || value.with_value(|value| looked.look.with(|look| asked.is_on(look, value))).to_string();
        let press =
            move |_| value.with_value(|value| looked.change(|look| asked.toggle(look, value, shown.now().date())));
        view! {
            <button type="button" class="menu-item" role="menuitemcheckbox" tabindex="-1" aria-checked=is_on on:click=press>
                <span>{title}</span>
                <span class="menu-check"><Glyph icon=Icon::Check/></span>
            </button>
        }
    };
    view! {
        <Menu id label icon>
            <div class="menu-scroll" role="presentation">{move || asked.choices(shown).into_iter().map(item).collect_view()}</div>
        </Menu>
    }
    .into_any()
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
    let list = move || {
        let chips = look.with(|look| chips(shown, look));
        (!chips.is_empty()).then(|| {
            view! {
                <ul class="view-chips" aria-label="Filters that are on">
                    {chips.into_iter().map(chip).collect_view()}
                    <li>
                        <Button kind=ButtonKind::Quiet size=Size::Small on_press=move || shown.looked.show(&look.with_untracked(PlanLook::unfiltered), true)>
                            "Clear"
                        </Button>
                    </li>
                </ul>
            }
        })
    };
    view! { {list} }.into_any()
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
