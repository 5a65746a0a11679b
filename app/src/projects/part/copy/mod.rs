//! A project after another, and a plan kept as a template.

mod keep;

use domain::{
    Fault, Minute, ProjectId,
    projects::{
        copy::{CopyProject, Keep},
        document::ProjectHead,
        template::{NewTemplate, Template},
    },
};
use leptos::prelude::*;

use self::keep::{Kept, KeptFields};
use super::super::calls;
use crate::kit::{
    Button, ButtonKind, CallError, DateInput, Dialog, DialogActions, Field, Form, TextArea, TextInput, Toaster, go_to,
};

/// What is copied.
#[derive(Clone, Debug, PartialEq)]
pub struct CopySource {
    pub id: ProjectId,
    pub name: String,
    pub start: Minute,
}

/// A dialog that copies a project and opens the copy.
#[component]
pub fn CopyDialog(open: RwSignal<bool>, #[prop(into)] source: Signal<Option<CopySource>>) -> impl IntoView {
    view! {
        <Dialog open title="Copy the project">
            {move || source.get().map(|source| view! { <CopyForm open source/> })}
        </Dialog>
    }
    .into_any()
}

#[component]
fn CopyForm(open: RwSignal<bool>, source: CopySource) -> impl IntoView {
    let name = RwSignal::new(format!("Copy of {}", source.name).chars().take(200).collect::<String>());
    let code = RwSignal::new(String::new());
    let start = RwSignal::new(source.start.date().to_string());
    let kept = Kept::new(Keep::default());
    let id = source.id;
    let usual = source.start.minute_of_day();
    let make = Action::new(move |(): &()| {
        let new = read(&name.get_untracked(), &code.get_untracked(), &start.get_untracked(), usual, kept.read());
        async move { calls::copy(id, new.map_err(CallError)?).await }
    });
    let fault = Signal::derive(move || make.value().get().and_then(Result::err).map(|CallError(fault)| fault));
    Effect::new(move |_| {
        if let Some(Ok(ProjectHead { id, .. })) = make.value().get() {
            go_to(&format!("/projects/{id}"));
        }
    });
    view! {
        <Form name="copy" on_submit=Callback::new(move |()| { make.dispatch(()); }) fault pending=make.pending()>
            <Field label="Name" name="name"><TextInput value=name autocomplete="off" autofocus=true/></Field>
            <Field label="Code" name="code" hint="Left empty, the next number is taken." optional=true>
                <TextInput value=code autocomplete="off"/>
            </Field>
            <Field label="Start" name="start_date" hint="Every date moves by as many days as the start.">
                <DateInput value=start/>
            </Field>
            <KeptFields kept/>
            <DialogActions>
                <Button on_press=move || open.set(false)>"Cancel"</Button>
                <Button kind=ButtonKind::Primary submit=true pending=make.pending()>"Copy"</Button>
            </DialogActions>
        </Form>
    }
}

fn read(name: &str, code: &str, start: &str, minute: i64, keep: Keep) -> Result<CopyProject, Fault> {
    let start = if start.is_empty() {
        None
    } else {
        let day: Minute = start.parse().map_err(|message: String| Fault::field("start_date", message))?;
        // Work begins at the hour at which it began in the original.
        Some(Minute(day.day() * Minute::DAY + minute))
    };
    let code = Some(code.trim().to_owned()).filter(|code| !code.is_empty());
    Ok(CopyProject { name: name.to_owned(), code, start, keep })
}

/// A dialog that keeps a plan as a template.
#[component]
pub fn TemplateDialog(open: RwSignal<bool>, id: ProjectId, #[prop(into)] name: Signal<String>) -> impl IntoView {
    view! {
        <Dialog open title="Keep as a template">
            <TemplateForm open id name=name.get_untracked()/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn TemplateForm(open: RwSignal<bool>, id: ProjectId, name: String) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let name = RwSignal::new(name);
    let [category, description] = [(); 2].map(|()| RwSignal::new(String::new()));
    let keep = Action::new(move |(): &()| {
        let new = NewTemplate {
            name: name.get_untracked(),
            description: description.get_untracked(),
            category: category.get_untracked(),
        };
        calls::save_template(id, new)
    });
    let fault = Signal::derive(move || keep.value().get().and_then(Result::err).map(|CallError(fault)| fault));
    Effect::new(move |_| {
        if let Some(Ok(Template { name, .. })) = keep.value().get() {
            toaster.say(format!("{name} is a template now. New projects can begin with it."));
            open.set(false);
        }
    });
    view! {
        <Form name="template" on_submit=Callback::new(move |()| { keep.dispatch(()); }) fault pending=keep.pending()>
            <p class="field-hint">"Rows, links, calendars and durations are kept; people, progress and deadlines are not."</p>
            <Field label="Name" name="name"><TextInput value=name autocomplete="off" autofocus=true/></Field>
            <Field label="Category" name="category" hint="Such as Tooling or Maintenance." optional=true>
                <TextInput value=category autocomplete="off"/>
            </Field>
            <Field label="Description" name="description" optional=true><TextArea value=description rows=3/></Field>
            <DialogActions>
                <Button on_press=move || open.set(false)>"Cancel"</Button>
                <Button kind=ButtonKind::Primary submit=true pending=keep.pending()>"Keep"</Button>
            </DialogActions>
        </Form>
    }
}
