//! A plan as it was at a step of its history: to be looked at, printed, and brought back.

use domain::{
    Fault, FaultKind,
    projects::{
        document::{PlanDocument, ProjectHead},
        operation::Operation,
        permission::EditProjects,
        view::PastState,
    },
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_navigate};

use super::{
    super::{
        calls,
        part::{
            gantt::{Gantt, GanttHandle},
            print::PrintDialog,
            task::TaskPanel,
        },
    },
    heading::Heading,
};
use crate::kit::{
    Button, ButtonKind, CallError, FailedState, Glyph, Guard, Icon, Loaded, Loading, Moment, Toaster, day, later,
    wall_clock,
};

/// `/projects/:id?at=12`
#[component]
pub fn PastPlan(head: ProjectHead, at: String) -> impl IntoView {
    let id = head.id;
    let arrived = RwSignal::new(None::<Result<(), Fault>>);
    let plan = StoredValue::new(None::<PlanDocument>);
    #[cfg(feature = "hydrate")]
    {
        let at = crate::kit::encoded(&at);
        Effect::new(move || {
            let path = format!("/projects/{id}/plan?at={at}");
            leptos::task::spawn_local(async move {
                let answer = crate::kit::api::get::<PlanDocument>(&path).await;
                // Who has left the page meanwhile wants it no more.
                let _ = arrived.try_set(Some(answer.map(|loaded| plan.set_value(Some(loaded)))));
            });
        });
    }
    let named = head.name.clone();
    let state = at.clone();
    let shown = move || match arrived.get() {
        None => view! { <Heading head=head.clone()/><div class="plan"><Loading/></div> }.into_any(),
        Some(Err(fault)) => view! { <FailedState fault/><BackToNow id/> }.into_any(),
        Some(Ok(())) => match plan.try_update_value(Option::take).flatten() {
            Some(plan) => {
                let at = state.clone();
                later(move || as_it_was(plan, at))
            }
            None => ().into_any(),
        },
    };
    view! { <leptos_meta::Title text=named/>{shown} }.into_any()
}

#[lazy]
fn as_it_was(plan: PlanDocument, at: String) -> AnyView {
    view! { <Shown plan at/> }.into_any()
}

#[component]
fn BackToNow(id: domain::ProjectId) -> impl IntoView {
    view! { <A href=format!("/projects/{id}") attr:class="button"><Glyph icon=Icon::ArrowLeft/>"Back to now"</A> }
}

#[component]
fn Shown(plan: PlanDocument, at: String) -> impl IntoView {
    let head = plan.head.clone();
    let (id, revision) = (head.id, head.revision);
    let Some(handle) = GanttHandle::new(plan, wall_clock()) else {
        return view! { <FailedState fault=Fault::new(FaultKind::Internal)/> }.into_any();
    };
    let finish = Signal::derive(move || handle.read_dates(|model| day(model.schedule().finish)));
    let printing = RwSignal::new(false);
    let refuse = move |_: Operation| Err(Fault::because(FaultKind::Conflict, "What was is only to be looked at."));
    view! {
        <Heading head finish>
            <Button icon=Icon::Contract on_press=move || printing.set(true)>"Print, PDF or picture"</Button>
        </Heading>
        <Banner id revision at/>
        <div class="plan" data-past="true">
            <Gantt handle can_edit=false attempt=|_| Ok(()) on_undo=|()| () on_redo=|()| () whole=true/>
            <Show when=move || handle.selected.get().is_some()>
                <TaskPanel project=id handle can_edit=false attempt=refuse/>
            </Show>
        </div>
        <PrintDialog open=printing id at=revision.to_string()/>
    }
    .into_any()
}

/// Which state this is, and the ways on.
#[component]
fn Banner(id: domain::ProjectId, revision: i64, at: String) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let state = Resource::new(|| (), move |()| calls::past(id, at.clone()));
    let restore = Action::new(move |(): &()| calls::restore(id, revision.to_string()));
    let navigate = use_navigate();
    Effect::new(move || match restore.value().get() {
        Some(Ok(_)) => {
            toaster.say(format!("The plan is as it was at revision {revision}. Undo takes that back."));
            navigate(&format!("/projects/{id}"), leptos_router::NavigateOptions::default());
        }
        Some(Err(CallError(fault))) => toaster.fault(&fault),
        None => {}
    });
    let words = move |state: PastState| {
        view! {
            <p>
                "As of " <Moment at=state.at/> {state.actor_name.map(|name| format!(" by {name}"))}
                <span class="past-what">{state.summary}</span>
            </p>
        }
    };
    view! {
        <div class="notice past" data-tone="info" role="status">
            <Glyph icon=Icon::Clock/>
            <div class="past-words"><Loaded from=state lines=1 children=words/></div>
            <BackToNow id/>
            <Guard needs=EditProjects>
                <Button kind=ButtonKind::Primary pending=restore.pending() on_press=move || { restore.dispatch(()); }>
                    "Restore this state"
                </Button>
            </Guard>
        </div>
    }
    .into_any()
}
