//! Levelling: what can be asked for, and the search for it. What is found is tried out first, like any what-if.

use domain::{
    Fault, ProjectId, ResourceId,
    projects::{
        document::PlanDocument,
        level::{LevelOptions, Leveller},
        operation::Operation,
        resource::{ResourceBooking, ResourceRecord, called},
        view::LevelRequest,
    },
};
use leptos::prelude::*;

use super::{
    gantt::{GanttHandle, Model},
    sync::PlanSync,
};
use crate::{
    kit::{Button, ButtonKind, CallError, Checkbox, Choice, Dialog, DialogActions, Field, Select, Toaster},
    projects::calls,
};

/// Milliseconds of the quick search, which runs in this window.
const QUICK_MS: f64 = 300.0;

/// Asks how to level, searches, and shows what was found as something that is tried.
#[component]
pub fn LevelDialog(open: RwSignal<bool>, project: ProjectId, handle: GanttHandle, sync: PlanSync) -> impl IntoView {
    view! {
        <Dialog open title="Level the plan">
            <LevelForm open project handle sync/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn LevelForm(open: RwSignal<bool>, project: ProjectId, handle: GanttHandle, sync: PlanSync) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let search = RwSignal::new("quick".to_owned());
    let others = RwSignal::new(true);
    let fault = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    // The server knows the plan as it is stored, not what is tried.
    let trying = move || sync.trying.get().is_some_and(|steps| steps > 0);
    let choices = Signal::derive(move || {
        let mut choices = vec![Choice::new("quick", "Quick (0.3 s)")];
        if !trying() {
            choices.push(Choice::new("3000", "Thorough (3 s)"));
            choices.push(Choice::new("10000", "Long (10 s)"));
        }
        choices
    });
    let found = move |result: Result<Operation, Fault>| {
        if busy.try_set(false).is_some() {
            return;
        }
        match result.and_then(|operation| show(sync, handle, toaster, operation)) {
            Ok(()) => open.set(false),
            Err(refused) => fault.set(Some(refused.said())),
        }
    };
    let start = move |()| {
        fault.set(None);
        busy.set(true);
        let (long, with_others) = (search.get_untracked().parse().ok(), others.get_untracked());
        leptos::task::spawn_local(async move {
            let result = match long {
                Some(limit) if !untrack(trying) => {
                    let how = LevelRequest { time_limit_ms: Some(limit), ..LevelRequest::default() };
                    calls::find_levelled(project, how).await.map_err(|CallError(fault)| fault)
                }
                _ => {
                    // A frame, so that the button is seen to work.
                    shown().await;
                    quick(handle, with_others)
                }
            };
            found(result);
        });
    };
    let clear = move |()| {
        let cleared = sync.attempt(Operation::LevelTasks { starts: Vec::new() });
        match cleared {
            Ok(()) => open.set(false),
            Err(refused) => fault.set(Some(refused.said())),
        }
    };
    let levelled = untrack(|| handle.read(|model| model.document().tasks.iter().any(|task| task.level_from.is_some())));
    let backward = untrack(|| handle.read(Model::is_backward));
    let what = if backward {
        "The finish stays: tasks move to when whoever and whatever they need is free before."
    } else {
        "Tasks wait until whoever and whatever they need is free."
    };
    let needed = untrack(|| handle.read(|model| !model.staff().loads().is_empty()));
    view! {
        <p>
            {what}" Links, calendars and capacities are kept; tasks that have begun, that must be on a date, or that are locked stay where they are. Higher priority goes first."
        </p>
        {(!needed).then(|| view! {
            <p class="field-fault">"No task needs anybody yet: give tasks to people, departments or machines first."</p>
        })}
        <Field label="Search" name="search"><Select value=search choices/></Field>
        <Checkbox checked=others label="Leave people and machines to other projects where those have them"/>
        <p class="field-fault" role="alert">{move || fault.get()}</p>
        <DialogActions>
            {levelled.then(|| view! { <Button on_press=clear>"Clear the levelling"</Button> })}
            <Button on_press=move || open.set(false)>"Cancel"</Button>
            <Button kind=ButtonKind::Primary pending=busy disabled=Signal::derive(move || !needed) on_press=start>"Preview"</Button>
        </DialogActions>
    }
    .into_any()
}

/// Shows what was found as a step that is tried; applying it is the planner's word.
fn show(sync: PlanSync, handle: GanttHandle, toaster: Toaster, operation: Operation) -> Result<(), Fault> {
    let waits = match &operation {
        Operation::LevelTasks { starts } => starts.len(),
        _ => 0,
    };
    let before = handle.read_untracked(Model::outcome);
    if waits == 0 && before.overload == 0 {
        toaster.say("Nobody is asked for too much; there is nothing to level.");
        return Ok(());
    }
    sync.fork();
    sync.attempt(operation)?;
    handle.load.set(true);
    // Where tasks went is seen at once.
    handle.fit();
    Ok(())
}

/// A search of a few hundred milliseconds, here.
fn quick(handle: GanttHandle, with_others: bool) -> Result<Operation, Fault> {
    let (plan, known, bookings) = untrack(|| {
        handle.read(|model| {
            let staff = model.staff();
            let bookings = if with_others { staff.bookings().to_vec() } else { Vec::new() };
            (model.document().clone(), staff.known().to_vec(), bookings)
        })
    });
    let until = now() + QUICK_MS;
    level(&plan, &known, &bookings, &mut || now() < until)
}

fn level(
    plan: &PlanDocument,
    known: &[ResourceRecord],
    bookings: &[ResourceBooking],
    still: &mut dyn FnMut() -> bool,
) -> Result<Operation, Fault> {
    let staffing = plan.staff(known, bookings);
    let called = |id: ResourceId| called(known, id).to_owned();
    let problem = staffing.problem();
    let leveller = Leveller::new(&problem).map_err(|fault| staffing.explain(plan, called, &fault))?;
    let levelled = leveller.run(LevelOptions { seed: 1, most_rounds: u32::MAX }, still);
    Ok(staffing.operation(plan, &levelled))
}

#[cfg(feature = "hydrate")]
fn now() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

#[cfg(not(feature = "hydrate"))]
fn now() -> f64 {
    f64::INFINITY
}

/// Waits until the page has been drawn.
async fn shown() {
    #[cfg(feature = "hydrate")]
    {
        let drawn = js_sys::Promise::new(&mut |resolve, _| {
            request_animation_frame(move || {
                let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 0);
            });
        });
        let _ = wasm_bindgen_futures::JsFuture::from(drawn).await;
    }
}
