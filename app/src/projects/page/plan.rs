//! The plan of one project.

use domain::{
    FaultKind, Minute, Module, PageRequest, ProjectId,
    projects::{document::PlanDocument, operation::Operation},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};

use super::super::{
    calls,
    part::{
        gantt::{Gantt, GanttHandle},
        task_panel::TaskPanel,
    },
};
use crate::{
    admin::ModuleOff,
    kit::{Failed, Loading, day, instant, toast},
    shell::{self, SignedIn, on_fault},
};

/// `/projects/:id`
#[component]
pub fn PlanPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.get().get("id").and_then(|id| id.parse::<ProjectId>().ok()));
    let plan = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => calls::plan(id).await,
                None => Err(domain::Fault::not_found().into()),
            }
        },
    );
    let shown = move || {
        plan.get().map(|answer| match answer {
            Ok(plan) => view! { <Plan plan=plan /> }.into_any(),
            Err(error) if matches!(error.0.kind, FaultKind::ModuleInactive | FaultKind::TrialOver) => {
                view! { <ModuleOff module=Module::Projects /> }.into_any()
            }
            Err(error) => {
                on_fault(&error.0);
                view! { <Failed fault=error.0 /> }.into_any()
            }
        })
    };
    view! { <SignedIn><Suspense fallback=|| view! { <Loading /> }>{shown}</Suspense></SignedIn> }.into_any()
}

/// Now, on the wall clock of this browser; on the server the chart is not drawn.
fn now() -> Minute {
    #[cfg(feature = "hydrate")]
    {
        let date = js_sys::Date::new_0();
        #[expect(clippy::cast_possible_truncation, reason = "minutes since 1970")]
        let minutes = (date.get_time() / 60_000.0 - date.get_timezone_offset()) as i64;
        Minute(minutes)
    }
    #[cfg(not(feature = "hydrate"))]
    Minute::default()
}

#[component]
fn Plan(plan: PlanDocument) -> impl IntoView {
    let head = plan.head.clone();
    let id = head.id;
    let Some(handle) = GanttHandle::new(plan, now()) else {
        return view! { <Failed fault=domain::Fault::new(FaultKind::Internal) /> }.into_any();
    };
    let can_edit = shell::me().is_some_and(|me| me.may("projects.edit", Module::Projects));
    let connected = RwSignal::new(true);
    let reload = Action::new_local(move |(): &()| async move {
        if let Ok(plan) = calls::plan(id).await {
            handle.replace(plan);
        }
    });
    let send = Action::new_local(move |operation: &Operation| {
        let operation = operation.clone();
        async move {
            match calls::operate(id, Some(handle.revision()), vec![operation]).await {
                Ok(applied) => handle.stored(applied.revision),
                Err(error) => {
                    on_fault(&error.0);
                    toast(error.0.to_string(), true);
                    reload.dispatch(());
                }
            }
        }
    });
    let operate = move |operation: Operation| match handle.apply(&operation) {
        Ok(_) => {
            send.dispatch(operation);
        }
        Err(fault) => toast(fault.to_string(), true),
    };
    let turn = Action::new_local(move |back: &bool| {
        let back = *back;
        async move {
            let answer = if back { calls::undo(id, None).await } else { calls::redo(id, None).await };
            match answer {
                Ok(applied) if handle.apply_delta(applied.revision, &applied.delta) => {}
                Ok(_) => {
                    reload.dispatch(());
                }
                Err(error) => {
                    on_fault(&error.0);
                    toast(error.0.detail, true);
                }
            }
        }
    });
    #[cfg(feature = "hydrate")]
    {
        use super::super::part::live;
        let own = shell::me().map(|me| me.user.id);
        live::listen(
            move |change: live::PlanChanged| {
                let known = handle.revision() >= change.revision;
                if change.project_id != id || known || (Some(change.user.id) == own && send.pending().get_untracked()) {
                    return;
                }
                if handle.apply_delta(change.revision, &change.delta) {
                    toast(format!("{} changed the plan.", change.user.name), false);
                } else {
                    reload.dispatch(());
                }
            },
            move || {
                reload.dispatch(());
            },
            connected,
        );
    }
    let finish = move || handle.read(|model| day(model.schedule().finish));
    let late = move || handle.read(|model| model.document().head.target_end.is_some_and(|end| model.schedule().finish.0 > end.0 + Minute::DAY));
    let activity = RwSignal::new(false);
    view! {
        <leptos_meta::Title text=format!("{} · Takt", head.name) />
        <header class="head plan-head">
            <p class="crumbs"><A href="/projects">"Projects"</A></p>
            <h1><span class="code">{head.code.clone()}</span>{head.name.clone()}</h1>
            <dl>
                <dt>"Start"</dt><dd>{day(head.start)}</dd>
                <dt>"Target"</dt><dd>{head.target_end.map_or_else(|| "–".to_owned(), day)}</dd>
                <dt>"Finish"</dt><dd class:late=late>{finish}</dd>
            </dl>
            <Show when=move || !connected.get()><p class="offline" role="status">"Reconnecting…"</p></Show>
            <button type="button" class="quiet" aria-pressed=move || activity.get().to_string() on:click=move |_| activity.update(|shown| *shown = !*shown)>"Activity"</button>
        </header>
        <div class="plan">
            <Gantt
                handle=handle
                can_edit=can_edit
                on_operation=operate
                on_undo=move |()| { turn.dispatch(true); }
                on_redo=move |()| { turn.dispatch(false); }
            />
            <Show when=move || handle.selected.get().is_some()>
                <TaskPanel project=id handle=handle can_edit=can_edit on_operation=operate />
            </Show>
            <Show when=move || activity.get()><Activity project=id /></Show>
        </div>
    }
    .into_any()
}

#[component]
fn Activity(project: ProjectId) -> impl IntoView {
    let steps = LocalResource::new(move || calls::activity(project, PageRequest { limit: Some(50), ..PageRequest::default() }));
    view! {
        <aside class="task-panel" aria-label="Activity">
            <h2>"Activity"</h2>
            <ol class="recent">
                {move || steps.get().and_then(Result::ok).map(|page| {
                    page.items
                        .into_iter()
                        .map(|step| view! { <li class:undone=step.undone><strong>{step.actor_name}</strong><span>{step.summary}</span><time>{instant(step.at)}</time></li> })
                        .collect_view()
                })}
            </ol>
        </aside>
    }
    .into_any()
}
