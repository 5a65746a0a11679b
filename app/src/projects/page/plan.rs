//! The plan of one project.

use domain::{
    FaultKind, Minute, Module, Page, PageRequest, ProjectId,
    projects::{
        document::{PlanDocument, ProjectHead},
        operation::Operation,
        permission::{DeleteProjects, EditProjects},
        view::ActivityRow,
    },
};
use leptos::prelude::*;
use leptos_router::{
    components::A,
    hooks::{use_params_map, use_query_map},
};

use super::super::{
    calls,
    part::{
        baselines::BaselinesDialog,
        calendar::WorkingTime,
        files::PlanFiles,
        gantt::{Gantt, GanttHandle},
        levelling::LevelDialog,
        project::{Edited, edit_in_plan, leave_plan},
        sync::PlanSync,
        task::{Drafts, TaskPanel},
        together::{Here, Together},
        view::{Shown, ViewBar, Views},
        what_if::WhatIf,
    },
};
use super::{heading::Heading, past::PastPlan};
#[cfg(feature = "hydrate")]
use crate::kit::mark;
use crate::{
    admin::Refused,
    kit::{
        CallError, FailedState, Icon, IconButton, Loaded, Loading, Menu, MenuItem, MenuLine, Moment, Session, Toaster,
        day, later, wall_clock, when_open,
    },
};

/// `/projects/:id`
#[component]
pub fn PlanPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.get().get("id").and_then(|id| id.parse::<ProjectId>().ok()));
    let head = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => calls::head(id).await,
                None => Err(domain::Fault::not_found().into()),
            }
        },
    );
    let query = use_query_map();
    let at = Memo::new(move |_| query.get().get("at").filter(|at| !at.is_empty()));
    let shown = move || {
        let at = at.get();
        Suspend::new(async move {
            match (head.await, at) {
                (Ok(head), Some(at)) => view! { <PastPlan head at/> }.into_any(),
                (Ok(head), None) => view! { <Opened head/> }.into_any(),
                (Err(CallError(fault)), _) => {
                    let retry = Callback::new(move |()| head.refetch());
                    view! { <Refused module=Module::Projects fault retry/> }.into_any()
                }
            }
        })
    };
    // A transition, so that what the panel loads later never takes the chart off the page.
    view! { <Transition fallback=|| view! { <Loading/> }>{shown}</Transition> }.into_any()
}

/// The page of a project whose plan is on its way. The plan itself comes beside the page rather than in it: the browser
/// asks for it before the program has arrived, and what only the chart reads is not written out as a page.
#[component]
fn Opened(head: ProjectHead) -> impl IntoView {
    let id = head.id;
    let arrived = RwSignal::new(None::<Result<(), domain::Fault>>);
    let plan = StoredValue::new(None::<PlanDocument>);
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        leptos::task::spawn_local(async move {
            let answer = crate::kit::api::get::<PlanDocument>(&format!("/projects/{id}/plan")).await;
            // Who has left the page meanwhile wants it no more.
            let _ = arrived.try_set(Some(answer.map(|loaded| plan.set_value(Some(loaded)))));
        });
    });
    let waiting = head.clone();
    let shown = move || match arrived.get() {
        None => view! { <Heading head=waiting.clone()/><div class="plan"><Loading/></div> }.into_any(),
        Some(Err(fault)) => view! { <FailedState fault/> }.into_any(),
        Some(Ok(())) => match plan.try_update_value(Option::take).flatten() {
            Some(plan) => view! { <Plan plan/> }.into_any(),
            None => ().into_any(),
        },
    };
    let address = format!("/api/v1/projects/{id}/plan");
    let preload = is_preloaded(&address)
        .then(|| view! { <leptos_meta::Link rel="preload" as_="fetch" href=address crossorigin="anonymous"/> });
    view! {
        <leptos_meta::Title text=head.name.clone()/>
        {preload}
        {shown}
    }
    .into_any()
}

/// True on the server, and in the browser on the page that the server made. A link that the browser adds later loads the
/// plan a second time and leaves an answer behind that a later visit would take for the present one.
fn is_preloaded(address: &str) -> bool {
    #[cfg(feature = "hydrate")]
    {
        let link = format!("link[rel=preload][href='{address}']");
        document().query_selector(&link).is_ok_and(|found| found.is_some())
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = address;
        true
    }
}

#[component]
fn Plan(plan: PlanDocument) -> impl IntoView {
    let id = plan.head.id;
    #[cfg(feature = "hydrate")]
    mark("takt.loaded");
    let Some(handle) = GanttHandle::new(plan, wall_clock()) else {
        return view! { <FailedState fault=domain::Fault::new(FaultKind::Internal)/> }.into_any();
    };
    #[cfg(feature = "hydrate")]
    mark("takt.scheduled");
    let session = expect_context::<Session>();
    let toaster = expect_context::<Toaster>();
    let can_edit = untrack(|| session.may::<EditProjects>());
    let can_delete = untrack(|| session.may::<DeleteProjects>());
    // What the project is; its plan may change as often as it likes.
    let head = Memo::new(move |_| {
        handle.read(|model| ProjectHead { revision: 0, version: 0, ..model.document().head.clone() })
    });
    let together = Together::new(id, handle, toaster);
    let sync = PlanSync::new(id, handle, toaster, together);
    staff(id, handle, sync);
    let finish = Signal::derive(move || handle.read_dates(|model| day(model.schedule().finish)));
    let late = Signal::derive(move || {
        handle.read_dates(|model| {
            model.document().head.target_end.is_some_and(|end| model.schedule().finish.0 > end.0 + Minute::DAY)
        })
    });
    let shown = Shown::new(id, handle, can_edit, sync);
    // The panel is opened first of all and must open without a connection, too; it comes once the chart stands.
    #[cfg(feature = "hydrate")]
    set_timeout(
        || {
            let _ = lazy_preload!(task);
        },
        std::time::Duration::from_millis(300),
    );
    provide_context(Drafts::default());
    let activity = RwSignal::new(false);
    let [working_time, levelling, baselines, leaving] = [(); 4].map(|()| RwSignal::new(false));
    let project = Edited::new();
    let edit_project = move || project.begin(Some(handle.read_untracked(|model| model.document().head.clone())));
    let trying = Signal::derive(move || sync.trying.get().is_some());
    // The page's own: an offer to undo outlives the dialog that made it.
    let on_undo = Callback::new(move |()| sync.turn(true));
    view! {
        <leptos_meta::Title text=move || head.get().name/>
        <Heading head finish=finish late=late>
            <Connection sync/>
            <Here together/>
            <Menu id="plan-tools" label="Plan" icon=Icon::Settings>
                {can_edit.then(|| view! { <MenuItem icon=Icon::Pencil on_press=edit_project>"Project…"</MenuItem> })}
                <MenuItem icon=Icon::Calendar on_press=move || working_time.set(true)>"Working time"</MenuItem>
                <MenuItem icon=Icon::Flag on_press=move || baselines.set(true)>"Baselines"</MenuItem>
                {can_edit.then(|| view! {
                    <MenuItem icon=Icon::Users on_press=move || levelling.set(true)>"Level…"</MenuItem>
                    <MenuItem icon=Icon::Question disabled=trying on_press=move || sync.fork()>"What if…"</MenuItem>
                })}
                <MenuItem icon=Icon::Clock on_press=move || activity.update(|shown| *shown = !*shown)>"Activity"</MenuItem>
                {can_delete.then(|| view! {
                    <MenuLine/>
                    <MenuItem icon=Icon::Trash danger=true on_press=move || leaving.set(true)>"Delete the project…"</MenuItem>
                })}
            </Menu>
            <PlanFiles id head/>
        </Heading>
        <WhatIf sync handle/>
        <ViewBar shown/>
        <div class="plan">
            <Views shown>
                <Gantt
                    handle=handle
                    can_edit=can_edit
                    attempt=move |operations| sync.attempt_all(operations)
                    on_undo
                    on_redo=move |()| sync.turn(false)
                    whole=true
                />
            </Views>
            <Show when=move || handle.selected.get().is_some()>{later(move || task(id, handle, can_edit, sync, together))}</Show>
            <Show when=move || activity.get()><Activity project=id open=activity/></Show>
        </div>
        {when_open(move || project.open.get(), move || change(project, handle, sync, on_undo))}
        {when_open(move || leaving.get(), move || leave(leaving, handle))}
        {when_open(move || levelling.get(), move || level(levelling, id, handle, sync))}
        {when_open(move || baselines.get(), move || compare(baselines, id, handle, sync, can_edit))}
        {when_open(move || working_time.get(), move || calendars(working_time, handle, can_edit, sync, on_undo))}
    }
    .into_any()
}

#[lazy]
fn task(id: ProjectId, handle: GanttHandle, can_edit: bool, sync: PlanSync, together: Together) -> AnyView {
    let attempt = move |operation: Operation| sync.attempt(operation);
    view! { <TaskPanel project=id handle can_edit attempt together/> }.into_any()
}

#[lazy]
fn change(project: Edited, handle: GanttHandle, sync: PlanSync, on_undo: Callback<()>) -> AnyView {
    edit_in_plan(project, handle, sync, on_undo)
}

#[lazy]
fn leave(open: RwSignal<bool>, handle: GanttHandle) -> AnyView {
    leave_plan(open, handle)
}

#[lazy]
fn level(open: RwSignal<bool>, id: ProjectId, handle: GanttHandle, sync: PlanSync) -> AnyView {
    view! { <LevelDialog open project=id handle sync/> }.into_any()
}

#[lazy]
fn compare(open: RwSignal<bool>, id: ProjectId, handle: GanttHandle, sync: PlanSync, can_edit: bool) -> AnyView {
    view! { <BaselinesDialog open project=id handle sync can_edit/> }.into_any()
}

#[lazy]
fn calendars(
    open: RwSignal<bool>,
    handle: GanttHandle,
    can_edit: bool,
    sync: PlanSync,
    on_undo: Callback<()>,
) -> AnyView {
    let attempt = move |operation: Operation| sync.attempt(operation);
    view! { <WorkingTime open handle can_edit attempt on_undo/> }.into_any()
}

/// Asks who and what can work, and what other projects have taken of it; the chart does not wait for the answer.
fn staff(id: ProjectId, handle: GanttHandle, sync: PlanSync) {
    Effect::new(move |_| {
        leptos::task::spawn_local(async move {
            let (Ok(known), Ok(bookings)) = (calls::resources().await, calls::bookings(id).await) else { return };
            // Who has left the page meanwhile wants it no more.
            if handle.is_there() {
                sync.know_staff(known.items, bookings);
            }
        });
    });
}

/// Says that the server cannot be reached, and how much waits for it.
#[component]
fn Connection(sync: PlanSync) -> impl IntoView {
    let words = move || match sync.waiting.get() {
        0 if sync.connected.get() => None,
        0 => Some("Reconnecting".to_owned()),
        1 => Some("Offline: 1 change waits".to_owned()),
        many => Some(format!("Offline: {many} changes wait")),
    };
    view! { <div role="status">{move || words().map(|words| view! { <p class="badge" data-status="waiting">{words}</p> })}</div> }
        .into_any()
}

#[component]
fn Activity(project: ProjectId, open: RwSignal<bool>) -> impl IntoView {
    let steps = Resource::new(
        || (),
        move |()| calls::activity(project, PageRequest { limit: Some(50), ..PageRequest::default() }),
    );
    view! {
        <aside class="task-panel" aria-label="Activity">
            <header class="task-panel-head">
                <h2>"Activity"</h2>
                <IconButton icon=Icon::X label="Close" on_press=move || open.set(false)/>
            </header>
            <Loaded from=steps children={move |page: Page<ActivityRow>| {
                view! { <ol class="steps">{page.items.into_iter().map(|step| view! { <Step project step/> }).collect_view()}</ol> }
            }}/>
        </aside>
    }
    .into_any()
}

#[component]
fn Step(project: ProjectId, step: ActivityRow) -> impl IntoView {
    view! {
        <li data-undone=step.undone.to_string()>
            <strong>{step.actor_name}</strong>
            <span>{step.summary}</span>
            <span class="step-foot">
                <Moment at=step.at ago=true/>
                <A href=format!("/projects/{project}?at={}", step.revision) attr:aria-label=format!("Show the plan as of revision {}", step.revision)>"Show"</A>
            </span>
        </li>
    }
}
