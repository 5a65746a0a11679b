//! The form for a new project.

use domain::{
    Fault,
    projects::{document::ProjectHead, template::FromTemplate, view::NewProject},
};
use leptos::prelude::*;

use super::{super::calls, beginning::Beginning};
use crate::kit::{Button, ButtonKind, CallError, DateInput, Dialog, DialogActions, Field, Form, TextInput, go_to};

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
    let [name, code, start, target, template] = [(); 5].map(|()| RwSignal::new(String::new()));
    let create = Action::new(move |(): &()| {
        let new = read(&name.get_untracked(), &code.get_untracked(), &start.get_untracked(), &target.get_untracked());
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
            <Field label="Name" name="name"><TextInput value=name autocomplete="off" autofocus=true/></Field>
            <Field label="Code" name="code" hint="Left empty, the next number is taken." optional=true>
                <TextInput value=code autocomplete="off"/>
            </Field>
            <Field label="Start" name="start_date"><DateInput value=start/></Field>
            <Field label="Target end" name="target_end_date" hint="A plan that ends later is shown as late." optional=true>
                <DateInput value=target/>
            </Field>
            <Beginning chosen=template/>
            <DialogActions>
                <Button on_press=move || open.set(false)>"Cancel"</Button>
                <Button kind=ButtonKind::Primary submit=true pending=create.pending()>"Create"</Button>
            </DialogActions>
        </Form>
    }
}

/// What was typed, as a project.
fn read(name: &str, code: &str, start: &str, target: &str) -> Result<NewProject, Fault> {
    let day = |field: &str, text: &str| text.parse().map_err(|message: String| Fault::field(field, message));
    Ok(NewProject {
        name: name.to_owned(),
        code: Some(code.trim().to_owned()).filter(|code| !code.is_empty()),
        start: if start.is_empty() {
            return Err(Fault::field("start_date", "Say when the work starts."));
        } else {
            day("start_date", start)?
        },
        target_end: if target.is_empty() { None } else { Some(day("target_end_date", target)?) },
        ..NewProject::default()
    })
}

/// The same project, beginning with a template.
fn after(template: String, new: NewProject) -> FromTemplate {
    let NewProject { name, code, start, target_end, .. } = new;
    FromTemplate { template, name, code, start, target_end }
}
