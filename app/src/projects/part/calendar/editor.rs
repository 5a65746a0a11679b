//! One calendar: name, week, exceptions, and what is done with it.

use domain::projects::operation::Operation;
use leptos::prelude::*;

use super::{Desk, Use, exceptions::Exceptions, form::CalendarForm, week::Week};
use crate::kit::{Button, ButtonKind, DialogActions, Field, Form, Glyph, Icon, TextInput};

#[component]
pub fn Editor(desk: Desk, form: CalendarForm, can_edit: bool) -> impl IntoView {
    let save = Callback::new(move |()| {
        form.fault.set(None);
        // Said below, where undo is: a toast lies behind the dialog.
        let stored = form.read().and_then(|calendar| desk.attempt.run(Operation::SetCalendar { calendar }));
        match stored {
            Ok(()) => {
                form.overtaken.set(false);
                form.saved.set(true);
            }
            Err(fault) => form.fault.set(Some(fault)),
        }
    });
    let fault = Signal::derive(move || form.fault_of_form());
    form.focus_faults("calendar".to_owned());
    view! {
        <div class="calendars-editor">
            <Form name="calendar" on_submit=save fault>
                <fieldset disabled=!can_edit>
                    <legend class="sr-only">"The calendar"</legend>
                    <Show when=move || form.overtaken.get()>
                        <div class="notice" role="status">
                            <Glyph icon=Icon::Info/>
                            <p>"Somebody changed this calendar meanwhile. Save to replace theirs with yours, or discard yours."</p>
                        </div>
                    </Show>
                    <Field label="Name" name="name"><TextInput value=form.name autocomplete="off"/></Field>
                    <Usage desk form can_edit/>
                    <Week form can_edit/>
                    <Exceptions form can_edit/>
                </fieldset>
                {can_edit.then(|| view! { <Actions desk form/> })}
            </Form>
        </div>
    }
    .into_any()
}

/// Who works by it.
#[component]
fn Usage(desk: Desk, form: CalendarForm, can_edit: bool) -> impl IntoView {
    let used = desk.used(form.id);
    let said = move || match used.get() {
        Use { by_project: true, by_tasks: 0 } => "The project works by it.".to_owned(),
        Use { by_project: true, by_tasks } => format!("The project works by it, and {} by choice.", tasks(by_tasks)),
        Use { by_project: false, by_tasks: 0 } => "Nothing works by it yet.".to_owned(),
        Use { by_project: false, by_tasks } => format!("{} by it.", tasks(by_tasks)),
    };
    let make_own = Callback::new(move |()| {
        if let Err(fault) = desk.make_own(form.id, &form.name.get_untracked()) {
            form.fault.set(Some(fault));
        }
    });
    let offered = move || can_edit && !used.get().by_project && !form.is_new.get();
    view! {
        <div class="calendars-use">
            <p class="field-hint">{said}</p>
            <Show when=offered>
                <Button size=crate::kit::Size::Small on_press=make_own>"Make it the project's"</Button>
            </Show>
        </div>
    }
}

fn tasks(count: usize) -> String {
    if count == 1 { "1 task works".to_owned() } else { format!("{count} tasks work") }
}

#[component]
fn Actions(desk: Desk, form: CalendarForm) -> impl IntoView {
    let used = desk.used(form.id);
    let remove = Callback::new(move |()| {
        if form.is_new.get_untracked() {
            desk.forget(form.id);
        } else if let Err(fault) = desk.remove(form.id, &form.name.get_untracked()) {
            form.fault.set(Some(fault));
        }
    });
    let in_use = Signal::derive(move || used.get() != Use::default());
    let unchanged = Signal::derive(move || !form.changed.get());
    let undo = Callback::new(move |()| {
        form.saved.set(false);
        desk.undo.run(());
    });
    view! {
        <DialogActions>
            <span class="grow">
                <Button icon=Icon::Trash disabled=in_use on_press=remove>"Remove"</Button>
                <Show when=move || in_use.get()><span class="field-hint">"In use, so it stays."</span></Show>
            </span>
            <span role="status">{move || (form.saved.get() && !form.changed.get()).then_some("Saved")}</span>
            <Show when=move || form.saved.get() && !form.changed.get()>
                <Button kind=ButtonKind::Quiet icon=Icon::Undo on_press=undo>"Undo"</Button>
            </Show>
            <Show when=move || form.changed.get() && !form.is_new.get()>
                <Button on_press=move || form.discard()>"Discard changes"</Button>
            </Show>
            <Button kind=ButtonKind::Primary submit=true disabled=unchanged>"Save"</Button>
        </DialogActions>
    }
}
