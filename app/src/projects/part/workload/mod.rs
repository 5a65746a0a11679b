//! The load of people, departments and machines over all projects: who is asked for how much, in days, weeks or months.

mod grid;
mod parts;
mod words;

use chrono::NaiveDate;
use domain::{
    Fault, Module,
    projects::{
        resource::ResourceKind,
        workload::{ColumnStep, LoadAsked, LoadGrid, LoadState},
    },
};
use leptos::prelude::*;

use self::{
    grid::Grid,
    parts::{Chosen, PartsDialog},
};
use super::super::calls;
use crate::{
    admin::Refused,
    kit::{
        Asked, Button, CallError, Checkbox, Choice, EmptyState, Icon, IconButton, Loading, Pager, SearchBox, Select,
        Size, Toolbar, date, in_address, wall_clock,
    },
};

/// Resources on a page.
const ROWS: u32 = 50;

/// The answer that stands on the page; none before the first.
type Shown = RwSignal<Option<Result<LoadGrid, Fault>>>;

/// `?step=…&from=…&kind=…&over=…&search=…&numbers=…`
#[derive(Clone, Copy)]
struct Look {
    step: RwSignal<String>,
    from: RwSignal<String>,
    kind: RwSignal<String>,
    /// `yes`, or nothing.
    over: RwSignal<String>,
    /// `percent`, or nothing for hours.
    numbers: RwSignal<String>,
}

impl Look {
    fn in_address() -> Self {
        let [step, from, kind, over, numbers] = ["step", "from", "kind", "over", "numbers"].map(in_address);
        Self { step, from, kind, over, numbers }
    }

    fn step(self) -> ColumnStep {
        self.step.with(|code| ColumnStep::from_code(code)).unwrap_or_default()
    }

    /// The first day that is shown. Tracks.
    fn first(self) -> NaiveDate {
        let step = self.step();
        let asked = self.from.with(|from| from.parse().ok());
        step.begin(asked.unwrap_or_else(|| step.around(wall_clock().date())))
    }

    fn asked(self) -> LoadAsked {
        let (step, first) = (self.step(), self.first());
        let kind = self.kind.with(|wanted| ResourceKind::ALL.into_iter().find(|kind| code(*kind) == wanted));
        LoadAsked {
            from: Some(first),
            to: Some(step.last(first)),
            step,
            kind,
            over: self.over.with(|over| over == "yes"),
        }
    }

    /// Half of what is shown stays, so that nobody loses the place.
    fn walk(self, forward: bool) {
        let (step, first) = untrack(|| (self.step(), self.first()));
        let half = step.usual() / 2;
        self.from.set(step.later(first, if forward { half } else { -half }).to_string());
    }

    fn is_percent(self) -> bool {
        self.numbers.with(|numbers| numbers == "percent")
    }
}

const fn code(kind: ResourceKind) -> &'static str {
    match kind {
        ResourceKind::Person => "person",
        ResourceKind::Department => "department",
        ResourceKind::Machine => "machine",
    }
}

/// The load, what is asked of it, and what a cell is made of.
#[component]
pub fn Workload() -> impl IntoView {
    let Asked { search, cursor, page, .. } = Asked::new(ROWS, None);
    let look = Look::in_address();
    let asked = Memo::new(move |_| look.asked());
    Effect::watch(move || asked.get(), move |_, _, _| cursor.set(None), false);
    let again = RwSignal::new(0_u32);
    let load = LocalResource::new(move || {
        again.track();
        calls::load(asked.get(), page.get())
    });
    // What was shown stays until the next is there.
    let shown: Shown = RwSignal::new(None);
    let waiting = RwSignal::new(true);
    Effect::new(move || {
        if let Some(answer) = load.get() {
            shown.set(Some(answer.map_err(|CallError(fault)| fault)));
            waiting.set(false);
        }
    });
    Effect::watch(move || (asked.get(), page.get()), move |_, _, _| waiting.set(true), false);
    let chosen = RwSignal::new(None::<Chosen>);
    let open = RwSignal::new(false);
    let choose = Callback::new(move |one: Chosen| {
        chosen.set(Some(one));
        open.set(true);
    });
    let body = move || {
        let percent = look.is_percent();
        shown.with(|shown| match shown {
            None => view! { <Loading lines=8/> }.into_any(),
            Some(Err(fault)) => {
                let retry = Callback::new(move |()| again.update(|again| *again += 1));
                view! { <Refused module=Module::Projects fault=fault.clone() retry/> }.into_any()
            }
            Some(Ok(grid)) if grid.items.is_empty() => nothing(look).into_any(),
            Some(Ok(grid)) => view! { <Grid grid=grid.clone() percent pending=waiting choose/> }.into_any(),
        })
    };
    let next = of(shown, |grid| grid.next_cursor.clone());
    let (total, rows) = (of(shown, |grid| grid.total), of(shown, |grid| grid.items.len() as u64));
    view! {
        <section class="load" aria-label="Load">
            <Asking look search/>
            <Walking look shown/>
            {body}
            <Show when=move || { total.get() > u64::from(ROWS) }><Pager cursor next total shown=rows/></Show>
            <Legend/>
        </section>
        <PartsDialog open chosen/>
    }
    .into_any()
}

/// Something of what is shown.
fn of<T: Default + Send + Sync + 'static>(shown: Shown, what: fn(&LoadGrid) -> T) -> Signal<T> {
    Signal::derive(move || {
        shown.with(|shown| shown.as_ref().and_then(|shown| shown.as_ref().ok()).map(what)).unwrap_or_default()
    })
}

/// Which resources.
#[component]
fn Asking(look: Look, search: RwSignal<String>) -> impl IntoView {
    let mut kinds = vec![Choice::new("", "Every kind")];
    kinds.extend(ResourceKind::ALL.map(|kind| Choice::new(code(kind), grid::many(kind))));
    let only = RwSignal::new(untrack(|| look.over.with(|over| over == "yes")));
    let told = move |only: &bool, _: Option<&bool>, _: Option<()>| {
        look.over.set(if *only { "yes" } else { "" }.to_owned());
    };
    Effect::watch(move || only.get(), told, false);
    let actions = move || {
        let percent = Memo::new(move |_| look.is_percent());
        let way = move |title: &'static str, value: &'static str| {
            let pressed = move || (percent.get() == (value == "percent")).to_string();
            view! { <button type="button" aria-pressed=pressed on:click=move |_| look.numbers.set(value.to_owned())>{title}</button> }
        };
        view! {
            <div class="segments" role="group" aria-label="Numbers">{way("Hours", "")}{way("Percent", "percent")}</div>
        }
    };
    view! {
        <Toolbar actions>
            <SearchBox value=search label="Search resources"/>
            <Select value=look.kind choices=kinds label="Kind"/>
            <Checkbox checked=only label="Only overbooked"/>
        </Toolbar>
    }
    .into_any()
}

/// Which days.
#[component]
fn Walking(look: Look, shown: Shown) -> impl IntoView {
    let step = Memo::new(move |_| look.step());
    let steps = ColumnStep::ALL.map(|each| {
        let value = if each == ColumnStep::default() { "" } else { each.code() };
        let press = move |_| look.step.set(value.to_owned());
        view! { <button type="button" aria-pressed=move || (step.get() == each).to_string() on:click=press>{each.title()}</button> }
    });
    let period = move || {
        let first = look.first();
        format!("{} to {}", date(first), date(look.step().last(first)))
    };
    let over = of(shown, |grid| match grid.overbooked {
        0 => "Nobody is asked for too much.".to_owned(),
        1 => "1 is asked for too much.".to_owned(),
        many => format!("{many} are asked for too much."),
    });
    view! {
        <div class="load-days" role="toolbar" aria-label="Days">
            <div class="segments" role="group" aria-label="Columns">{steps.into_iter().collect_view()}</div>
            <IconButton icon=Icon::ChevronLeft label="Earlier" size=Size::Small on_press=move || look.walk(false)/>
            <Button size=Size::Small on_press=move || look.from.set(String::new())>"Today"</Button>
            <IconButton icon=Icon::ChevronRight label="Later" size=Size::Small on_press=move || look.walk(true)/>
            <strong>{period}</strong>
            <span class="muted" role="status">{move || over.get()}</span>
        </div>
    }
    .into_any()
}

fn nothing(look: Look) -> impl IntoView {
    let (title, text) = if look.over.with_untracked(|over| over == "yes") {
        ("Nobody is asked for too much", "In these days there is enough of everybody and everything that is shown.")
    } else {
        ("No resources", "Nobody and nothing is called that. Search for something else, or take a filter away.")
    };
    view! { <EmptyState icon=Icon::Users title text/> }
}

/// What colours and hatching say.
#[component]
fn Legend() -> impl IntoView {
    let key = |state: LoadState, text: &'static str| {
        view! { <li><span class="load-mark" data-load=grid::state(state) aria-hidden="true"></span>{text}</li> }
    };
    view! {
        <ul class="load-legend" aria-label="Colours">
            {key(LoadState::Free, "free")}
            {key(LoadState::Partly, "partly taken")}
            {key(LoadState::Full, "full")}
            {key(LoadState::Over, "more than there is at some time")}
            {key(LoadState::Off, "not there")}
            {key(LoadState::Away, "away")}
        </ul>
    }
}
