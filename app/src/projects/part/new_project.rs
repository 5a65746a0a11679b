//! The form for a new project.

use domain::projects::{document::ProjectHead, template::FromTemplate, view::NewProject};
use leptos::prelude::*;

use super::{super::calls, beginning::Beginning, project::ProjectText};
use crate::kit::{
    Button, ButtonKind, CallError, DateInput, Dialog, DialogActions, Field, Form, TextInput, go_to, wall_clock,
};

/// A dialog with the form; a new project opens its plan.
#[component]
pub fn NewProjectDialog(open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open title="New project">
            <NewProjectForm open/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn NewProjectForm(open: RwSignal<bool>) -> impl IntoView {
    let text = ProjectText::new(wall_clock());
    let template = RwSignal::new(String::new());
    let create = Action::new(move |(): &()| {
        let new = text.read_new();
        let template = template.get_untracked();
        async move {
            let new = new.map_err(CallError)?;
            if template.is_empty() {
                calls::create(new).await
            } else {
                calls::create_from_template(after(template, new)).await
            }
        }
    });
    let fault = Signal::derive(move || create.value().get().and_then(Result::err).map(|CallError(fault)| fault));
    Effect::new(move |_| {
        if let Some(Ok(ProjectHead { id, .. })) = create.value().get() {
            go_to(&format!("/projects/{id}"));
        }
    });
    view! {
        <Form name="project" on_submit=Callback::new(move |()| { create.dispatch(()); }) fault pending=create.pending()>
            <Field label="Name" name="name"><TextInput value=text.name autocomplete="off" autofocus=true/></Field>
            <Field label="Code" name="code" hint="Left empty, the next number is taken." optional=true>
                <TextInput value=text.code autocomplete="off"/>
            </Field>
            <Field label="Start" name="start_date"><DateInput value=text.start/></Field>
            <Field label="Target end" name="target_end_date" hint="A plan that ends later is shown as late." optional=true>
                <DateInput value=text.target/>
            </Field>
            <Beginning chosen=template/>
            <DialogActions>
                <Button on_press=move || open.set(false)>"Cancel"</Button>
                <Button kind=ButtonKind::Primary submit=true pending=create.pending()>"Create"</Button>
            </DialogActions>
        </Form>
    }
}

/// The same project, beginning with a template.
fn after(template: String, new: NewProject) -> FromTemplate {
    let NewProject { name, code, start, target_end, .. } = new;
    FromTemplate { template, name, code, start, target_end }
}
