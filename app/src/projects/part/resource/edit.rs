//! The form of one resource: what it is, how much of it there is, and when.

use domain::{
    FaultKind,
    projects::resource::{ResourceKind, ResourceRecord},
};
use leptos::prelude::*;

use super::{
    super::{
        super::calls,
        calendar::{Exceptions, Week},
    },
    form::ResourceForm,
    kept::Kept,
};
use crate::kit::{
    Button, ButtonKind, CallError, Choice, DialogActions, Field, Form, Glyph, Icon, NumberInput, Select, TextInput,
};

#[component]
pub fn Edit(
    form: ResourceForm,
    /// It was stored: as it was before, and as it is now.
    #[prop(into)]
    on_stored: Callback<(ResourceRecord, ResourceRecord)>,
    /// Somebody else has stored another state.
    #[prop(into)]
    on_stale: Callback<()>,
    #[prop(into)] on_cancel: Callback<()>,
) -> impl IntoView {
    let record = form.stored.get_untracked();
    let (is_person, is_new) = (record.kind == ResourceKind::Person, record.version == 0);
    let save = Action::new(move |(): &()| {
        form.hours.fault.set(None);
        let wanted = form.read();
        async move {
            let stored = match wanted {
                Ok(wanted) => calls::save_resource(wanted).await,
                Err(fault) => Err(CallError(fault)),
            };
            match stored {
                Ok(stored) => on_stored.run((form.stored.get_untracked(), stored)),
                Err(CallError(fault)) => {
                    if fault.kind == FaultKind::StaleVersion {
                        on_stale.run(());
                    }
                    form.hours.fault.set(Some(fault));
                }
            }
        }
    });
    let name =
        if record.version == 0 && !is_person { "resource-new".to_owned() } else { format!("resource-{}", record.id.0) };
    form.hours.focus_faults(name.clone());
    let own = Memo::new(move |_| form.there.get() == "own");
    view! {
        <div class="calendars-editor">
            <Form
                name
                on_submit=Callback::new(move |()| { save.dispatch(()); })
                fault=Signal::derive(move || form.hours.fault_of_form())
                pending=save.pending()
            >
                <fieldset>
                    <legend class="sr-only">"The resource"</legend>
                    <Show when=move || form.overtaken.get()>
                        <div class="notice" role="status">
                            <Glyph icon=Icon::Info/>
                            <p>"Somebody changed this meanwhile. What you did not touch shows theirs; store yours, or discard it."</p>
                        </div>
                    </Show>
                    <Basics form is_person is_new/>
                    <Show when=move || own.get()>
                        <Week form=form.hours can_edit=true/>
                        <p class="field-hint">"A shift over midnight is one line: from 22:00 to 06:00."</p>
                    </Show>
                    <Exceptions form=form.hours can_edit=true hint="Vacation, maintenance and Saturdays that are worked stand here." off="Away"/>
                    <Kept form=form.hours/>
                </fieldset>
                <DialogActions>
                    <span class="grow">
                        <Show when=move || form.changed.get()>
                            <Button on_press=move || form.discard()>"Discard changes"</Button>
                        </Show>
                    </span>
                    <Button on_press=on_cancel>"Cancel"</Button>
                    <Button kind=ButtonKind::Primary submit=true pending=save.pending()>"Store"</Button>
                </DialogActions>
            </Form>
        </div>
    }
    .into_any()
}

#[component]
fn Basics(form: ResourceForm, is_person: bool, is_new: bool) -> impl IntoView {
    let kinds = vec![Choice::new("machine", "Machine"), Choice::new("department", "Department")];
    let theres = vec![Choice::new("always", "Whenever the task works"), Choice::new("own", "At hours of its own")];
    view! {
        <div class="resource-basics">
            {(!is_person).then(|| view! {
                <Field label="Name" name="name"><TextInput value=form.name autocomplete="off" autofocus=is_new/></Field>
            })}
            {(!is_person && is_new).then(|| view! { <Field label="Kind" name="kind"><Select value=form.kind choices=kinds/></Field> })}
            <Field label="How many" name="capacity" hint="1 is one person or one machine; 0.5 is half of one.">
                <NumberInput value=form.many/>
            </Field>
            <Field label="There" name="calendar"><Select value=form.there choices=theres/></Field>
        </div>
    }
    .into_any()
}
