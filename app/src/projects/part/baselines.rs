//! Baselines: taking them, naming them, and comparing the plan with one.

use domain::{
    BaselineId, Fault, ProjectId,
    projects::baseline::{BaselineHead, by_task},
};
use leptos::prelude::*;

use super::{
    gantt::{GanttHandle, Ghost},
    sync::PlanSync,
};
use crate::{
    kit::{
        Button, ButtonKind, CallError, Dialog, EmptyState, Field, Form, Icon, IconButton, Moment, Size, TextInput,
        Toaster, day,
    },
    projects::calls,
};

/// What the dialog works with.
#[derive(Clone, Copy)]
struct Shelf {
    project: ProjectId,
    handle: GanttHandle,
    sync: PlanSync,
    toaster: Toaster,
    can_edit: bool,
    /// The one that the plan is compared with.
    chosen: RwSignal<Option<BaselineId>>,
    /// Counts changes of the list.
    changed: RwSignal<u32>,
}

impl Shelf {
    fn choose(self, head: Option<BaselineHead>) {
        let Some(head) = head else {
            self.chosen.set(None);
            return self.handle.compare(None);
        };
        leptos::task::spawn_local(async move {
            if let Err(fault) = compare_with(self.handle, self.project, head.id).await {
                self.toaster.fault(&fault);
            }
        });
    }

    fn remove(self, head: BaselineHead) {
        leptos::task::spawn_local(async move {
            if let Err(CallError(fault)) = calls::remove_baseline(self.project, head.id, false).await {
                return self.toaster.fault(&fault);
            }
            if self.chosen.try_get_untracked().flatten() == Some(head.id) {
                self.choose(None);
            }
            self.listed();
            let back = move || {
                leptos::task::spawn_local(async move {
                    if let Err(CallError(fault)) = calls::remove_baseline(self.project, head.id, true).await {
                        self.toaster.fault(&fault);
                    }
                    self.listed();
                });
            };
            self.toaster.undoable(format!("{} was removed.", head.name), back);
        });
    }

    /// The list has changed; nobody may be looking at it any more.
    fn listed(self) {
        let _ = self.changed.try_update(|count| *count += 1);
    }
}

/// Compares again with a baseline that was compared when the page was left; one that is gone, or that cannot be had now, is
/// compared no longer.
#[cfg(feature = "hydrate")]
#[lazy]
pub fn compare_again(handle: GanttHandle, project: ProjectId, id: BaselineId) {
    leptos::task::spawn_local(async move {
        if compare_with(handle, project, id).await.is_err() {
            let _ = handle.baseline.try_set(None);
        }
    });
}

/// Compares the plan with one of its baselines; says why where that cannot be had.
async fn compare_with(handle: GanttHandle, project: ProjectId, id: BaselineId) -> Result<(), Fault> {
    let baseline = calls::one_baseline(project, id).await.map_err(|CallError(fault)| fault)?;
    // Who has left the page meanwhile wants it no more.
    if handle.baseline.try_set(Some(id)).is_none() {
        handle.compare(Some(Ghost { title: baseline.head.name, rows: by_task(&baseline.rows) }));
    }
    Ok(())
}

/// Baselines of the plan.
#[component]
pub fn BaselinesDialog(
    open: RwSignal<bool>,
    project: ProjectId,
    handle: GanttHandle,
    sync: PlanSync,
    can_edit: bool,
) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let (chosen, changed) = (handle.baseline, RwSignal::new(0));
    let shelf = Shelf { project, handle, sync, toaster, can_edit, chosen, changed };
    view! {
        <Dialog open title="Baselines">
            <Baselines shelf/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn Baselines(shelf: Shelf) -> impl IntoView {
    let list = LocalResource::new(move || {
        shelf.changed.track();
        calls::baselines(shelf.project)
    });
    let rows = move || {
        list.get().map(|found| match found {
            Ok(page) if page.items.is_empty() => view! {
                <EmptyState icon=Icon::Flag title="No baseline yet" text="Take one when the plan is agreed; later you see how far it has come off."/>
            }
            .into_any(),
            Ok(page) => {
                let rows = page.items.into_iter().map(|head| view! { <Row shelf head/> }).collect_view();
                view! {
                    <div role="radiogroup" aria-label="Compare with"><ul class="baselines">
                        <li>
                            <label class="check">
                                <input type="radio" name="baseline" prop:checked=move || shelf.chosen.get().is_none() on:change=move |_| shelf.choose(None)/>
                                "Compare with nothing"
                            </label>
                        </li>
                        {rows}
                    </ul></div>
                }
                .into_any()
            }
            Err(CallError(fault)) => view! { <p class="field-fault" role="alert">{fault.detail}</p> }.into_any(),
        })
    };
    view! {
        {rows}
        {shelf.can_edit.then(|| view! { <Take shelf/> })}
    }
    .into_any()
}

#[component]
fn Take(shelf: Shelf) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let take = Action::new(move |(): &()| calls::take_baseline(shelf.project, name.get_untracked()));
    let fault = Signal::derive(move || take.value().get().and_then(Result::err).map(|CallError(fault)| fault));
    Effect::new(move |_| {
        if let Some(Ok(head)) = take.value().get() {
            name.set(String::new());
            shelf.listed();
            shelf.choose(Some(head));
        }
    });
    // What is tried is not the plan; a baseline of it would be of something that nobody has agreed to.
    let trying = Signal::derive(move || shelf.sync.trying.get().is_some());
    view! {
        <Form name="baseline" on_submit=Callback::new(move |()| { take.dispatch(()); }) fault pending=take.pending()>
            <div class="baseline-new">
                <Field label="Keep the plan as it is now, as" name="name"><TextInput value=name autocomplete="off"/></Field>
                <Button kind=ButtonKind::Primary submit=true pending=take.pending() disabled=trying>"Take a baseline"</Button>
            </div>
            <Show when=move || trying.get()><p class="muted">"Apply or discard what you try first."</p></Show>
        </Form>
    }
    .into_any()
}

#[component]
fn Row(shelf: Shelf, head: BaselineHead) -> impl IntoView {
    let id = head.id;
    let renaming = RwSignal::new(false);
    let shown = head.clone();
    let kept = StoredValue::new(head.clone());
    let choose = move |_| shelf.choose(Some(kept.get_value()));
    let remove = move || shelf.remove(kept.get_value());
    let acts = move || {
        shelf.can_edit.then(|| {
            let name = kept.with_value(|head| head.name.clone());
            view! {
                <IconButton icon=Icon::Pencil label=format!("Rename {name}") size=Size::Small on_press=move || renaming.set(true)/>
                <IconButton icon=Icon::Trash label=format!("Remove {name}") size=Size::Small on_press=remove/>
            }
        })
    };
    view! {
        <li>
            <Show when=move || !renaming.get() fallback=move || view! { <Rename shelf head=kept.get_value() renaming/> }>
                <label class="check">
                    <input type="radio" name="baseline" prop:checked=move || shelf.chosen.get() == Some(id) on:change=choose/>
                    <strong>{shown.name.clone()}</strong>
                </label>
                {acts}
            </Show>
            <p class="muted">
                {format!("{} rows, finish {}, by {}, ", head.tasks, day(head.finish), head.taken_by)}<Moment at=head.taken_at/>
            </p>
        </li>
    }
    .into_any()
}

#[component]
fn Rename(shelf: Shelf, head: BaselineHead, renaming: RwSignal<bool>) -> impl IntoView {
    let name = RwSignal::new(head.name.clone());
    let rename =
        Action::new(move |(): &()| calls::rename_baseline(shelf.project, head.id, head.version, name.get_untracked()));
    let fault = Signal::derive(move || rename.value().get().and_then(Result::err).map(|CallError(fault)| fault));
    Effect::new(move |_| {
        if matches!(rename.value().get(), Some(Ok(_))) {
            shelf.listed();
        }
    });
    view! {
        <Form name="baseline-name" on_submit=Callback::new(move |()| { rename.dispatch(()); }) fault pending=rename.pending()>
            <div class="baseline-new">
                <Field label="Name" name="name"><TextInput value=name autocomplete="off" autofocus=true/></Field>
                <Button on_press=move || renaming.set(false)>"Cancel"</Button>
                <Button kind=ButtonKind::Primary submit=true pending=rename.pending()>"Rename"</Button>
            </div>
        </Form>
    }
    .into_any()
}
