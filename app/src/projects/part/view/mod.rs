//! Views on the same rows: one plan in memory, one queue of steps behind all of them. What is done in one is seen in
//! the others, here and at colleagues.

mod address;
mod card;
mod carry;
mod columns;
mod filter;
mod hidden;
mod lane;
mod lanes;
mod month;
mod saved;
mod sheet;
mod wall;

use domain::{
    Minute, ProjectId, UserId,
    projects::{
        look::{PlanView, RowFilter},
        operation::Operation,
        plan::TaskKind,
        view::Person,
    },
};
use leptos::{ev::KeyboardEvent, leptos_dom::helpers::TimeoutHandle, prelude::*};

use self::{
    address::Looked,
    filter::FilterBar,
    hidden::Hidden,
    lanes::{Kind, Lanes},
    month::Month,
    saved::SavedViews,
    sheet::Sheet,
};
use super::{
    super::calls,
    gantt::{Columns, GanttHandle},
    sync::PlanSync,
};
use crate::kit::{Icon, IconButton, Size, Tab, Tabs, Toaster, browser, later};

/// What every view needs: the plan, how it is looked at, and the way to change it.
#[derive(Clone, Copy)]
pub struct Shown {
    pub project: ProjectId,
    pub handle: GanttHandle,
    pub looked: Looked,
    pub can_edit: bool,
    pub sync: PlanSync,
    /// Absent where all rows are asked for.
    filter: Memo<Option<RowFilter>>,
    /// Tasks and milestones that are asked for, by their place in the plan.
    rows: Memo<Vec<u32>>,
    colleagues: RwSignal<Vec<Person>>,
    toaster: Toaster,
}

impl Shown {
    /// The plan as the address looks at it.
    pub fn new(project: ProjectId, handle: GanttHandle, can_edit: bool, sync: PlanSync) -> Self {
        let looked = Looked::new();
        let filter = Memo::new(move |_| {
            looked.look.with(|look| look.is_filtered().then(|| look.filter(looked.me, handle.now())))
        });
        let rows = Memo::new(move |_| {
            filter.with(|filter| {
                handle.read(|model| {
                    let rows = (0_u32..).zip(&model.document().tasks).zip(&model.schedule().tasks);
                    rows.filter(|((_, task), slot)| {
                        task.kind != TaskKind::Summary && filter.as_ref().is_none_or(|filter| filter.fits(task, slot))
                    })
                    .map(|((index, _), _)| index)
                    .collect::<Vec<_>>()
                })
            })
        });
        keep_columns(looked, handle);
        let colleagues = RwSignal::new(Vec::new());
        Effect::new(move |_| {
            leptos::task::spawn_local(async move {
                let _ = colleagues.try_set(calls::people().await.unwrap_or_default());
            });
        });
        Effect::new(move |before: Option<Option<RowFilter>>| {
            let filter = filter.get();
            if before.unwrap_or_default() != filter {
                handle.set_filter(filter.clone());
            }
            filter
        });
        Self { project, handle, looked, can_edit, sync, filter, rows, colleagues, toaster: expect_context::<Toaster>() }
    }

    fn view(self) -> PlanView {
        self.looked.look.with(|look| look.view)
    }

    fn now(self) -> Minute {
        self.handle.now()
    }

    fn name_of(self, id: UserId) -> String {
        let known = self.colleagues.with(|all| all.iter().find(|one| one.id == id).map(|one| one.name.clone()));
        known.unwrap_or_else(|| if self.colleagues.with(Vec::is_empty) { "…" } else { "Somebody who left" }.to_owned())
    }

    /// Does it here and now, and sends it; says why not where it is refused.
    fn operate(self, operation: Operation) {
        if self.can_edit
            && let Err(fault) = self.sync.attempt(operation)
        {
            self.toaster.fault(&fault);
        }
    }
}

/// The columns of the chart's table stand in the address, so that a link shows the same and a view keeps them. At first, where
/// the address says nothing of them, they are those that this window remembers.
fn keep_columns(looked: Looked, handle: GanttHandle) {
    let columns = handle.columns.all;
    let said = Memo::new(move |_| looked.look.with(|look| look.chart.clone()));
    let first = said.get_untracked();
    if !first.is_empty() {
        columns.set(Columns::read(&first));
    }
    Effect::watch(
        move || said.get(),
        move |said, _, _| {
            let said = Columns::read(said);
            if columns.with_untracked(|columns| *columns != said) {
                columns.set(said);
            }
        },
        false,
    );
    Effect::new(move |waiting: Option<Option<TimeoutHandle>>| {
        if let Some(waiting) = waiting.flatten() {
            waiting.clear();
        }
        let words = columns.with(Columns::words);
        let store = move || {
            // Who has left the page meanwhile has another address.
            if said.try_get_untracked().is_some_and(|said| said != words) {
                looked.change(|look| look.chart = words);
            }
        };
        // Once it rests: a browser refuses addresses that change with every key that is held.
        set_timeout_with_handle(store, std::time::Duration::from_millis(250)).ok()
    });
}

/// The tabs of the views, and what is asked of their rows.
#[component]
pub fn ViewBar(shown: Shown) -> impl IntoView {
    let looked = shown.looked;
    let selected = RwSignal::new(untrack(|| shown.view()).code());
    Effect::new(move |_| {
        let code = shown.view().code();
        if selected.get_untracked() != code {
            selected.set(code);
        }
    });
    Effect::watch(
        move || selected.get(),
        move |code, _, _| {
            let view = PlanView::ALL.into_iter().find(|view| view.code() == *code).unwrap_or_default();
            let mut look = looked.look.get_untracked();
            look.view = view;
            looked.show(&look, false);
        },
        false,
    );
    let tabs = PlanView::ALL.map(|view| Tab::new(view.code(), view.title())).to_vec();
    view! {
        <div class="view-bar">
            <div class="view-tabs">
                <Tabs label="Views" tabs selected/>
                <SavedViews shown/>
            </div>
            <FilterBar shown/>
            <Hidden shown/>
        </div>
    }
    .into_any()
}

/// The view that is chosen. The chart, once it was opened, stays where it is behind the others.
#[component]
pub fn Views(shown: Shown, children: ChildrenFn) -> impl IntoView {
    let handle = shown.handle;
    let view = Memo::new(move |_| shown.view());
    let opened =
        Memo::new(move |before: Option<&bool>| before.copied().unwrap_or(false) || view.get() == PlanView::Gantt);
    let place = StoredValue::new(None::<(f64, f64)>);
    Effect::new(move |before: Option<PlanView>| {
        let now = view.get();
        if before == Some(PlanView::Gantt) && now != PlanView::Gantt {
            place.set_value(Some(handle.place()));
        } else if let Some(place) = place.get_value().filter(|_| now == PlanView::Gantt) {
            request_animation_frame(move || handle.scroll_back(place));
        }
        now
    });
    // Of the window: after something was dragged, the focus is nowhere.
    browser::on_key(move |event: KeyboardEvent| {
        let key = event.key().to_lowercase();
        let wanted = (event.ctrl_key() || event.meta_key()) && matches!(key.as_str(), "z" | "y");
        if wanted && shown.can_edit && !event.default_prevented() && !browser::is_elsewhere(&event) {
            event.prevent_default();
            shown.sync.turn(key == "z" && !event.shift_key());
        }
    });
    let other = move || match view.get() {
        PlanView::Gantt => ().into_any(),
        PlanView::Table => later(move || sheet(shown)),
        PlanView::Board => later(move || lanes(shown, Kind::Status)),
        PlanView::Calendar => later(move || month(shown)),
        PlanView::Departments => later(move || lanes(shown, Kind::Department)),
        PlanView::People => later(move || lanes(shown, Kind::Person)),
    };
    view! {
        <div class="plan-view">
            <div class="plan-gantt" hidden=move || view.get() != PlanView::Gantt>
                <Show when=move || opened.get()>{children()}</Show>
            </div>
            {other}
        </div>
    }
    .into_any()
}

#[lazy]
fn sheet(shown: Shown) -> AnyView {
    view! { <Sheet shown/> }.into_any()
}

#[lazy]
fn lanes(shown: Shown, kind: Kind) -> AnyView {
    view! { <Lanes shown kind/> }.into_any()
}

#[lazy]
fn month(shown: Shown) -> AnyView {
    view! { <Month shown/> }.into_any()
}

/// Takes back and does again, where no chart has these buttons.
#[component]
fn Turns(shown: Shown) -> impl IntoView {
    shown.can_edit.then(|| {
        view! {
            <IconButton icon=Icon::Undo label="Undo (Ctrl+Z)" size=Size::Small on_press=move || shown.sync.turn(true)/>
            <IconButton icon=Icon::Redo label="Redo (Ctrl+Shift+Z)" size=Size::Small on_press=move || shown.sync.turn(false)/>
        }
    })
}
