//! What a new project begins with: nothing, or a template.

use domain::projects::template::Template;
use leptos::prelude::*;

use super::super::calls;
use crate::kit::{Button, ButtonKind, Choice, ConfirmDialog, Field, Select, Size, Toaster};

/// The choice, with a few words about the one that is chosen.
#[component]
pub fn Beginning(chosen: RwSignal<String>) -> impl IntoView {
    let delete = Action::new(move |id: &String| {
        let id = id.parse().ok();
        async move {
            match id {
                Some(id) => calls::delete_template(id).await,
                None => Ok(()),
            }
        }
    });
    let templates = LocalResource::new(move || {
        delete.version().track();
        calls::templates()
    });
    let toaster = expect_context::<Toaster>();
    Effect::new(move || match delete.value().get() {
        Some(Ok(())) => chosen.set(String::new()),
        Some(Err(error)) => toaster.fault(&error.0),
        None => {}
    });
    let known = Signal::derive(move || templates.get().and_then(Result::ok).unwrap_or_default());
    let choices = Signal::derive(move || {
        let mut choices = vec![Choice::new("", "An empty plan")];
        choices.extend(known.get().into_iter().map(|one| Choice::new(one.id, one.name)));
        choices
    });
    let picked = Memo::new(move |_| known.get().into_iter().find(|one| one.id == chosen.get()));
    view! {
        <Field label="Begin with" name="template"><Select value=chosen choices/></Field>
        {move || picked.get().map(|template| view! { <Facts template delete/> })}
    }
    .into_any()
}

#[component]
fn Facts(template: Template, delete: Action<String, Result<(), crate::kit::CallError>>) -> impl IntoView {
    let Template { id, name, description, category, built_in, tasks, links, days, phases } = template;
    let asking = RwSignal::new(false);
    let id = StoredValue::new(id);
    let remove = Callback::new(move |()| {
        asking.set(false);
        delete.dispatch(id.get_value());
    });
    let category = Some(category).filter(|category| !category.is_empty());
    view! {
        <div class="template" role="note" aria-label="About this template">
            {(!description.is_empty()).then(|| view! { <p>{description}</p> })}
            <p class="template-facts">
                {category.map(|category| view! { <strong>{category}</strong> })}
                <span>{format!("{tasks} tasks")}</span>
                <span>{format!("{links} links")}</span>
                <span>{format!("{days} working days")}</span>
            </p>
            <ol class="template-phases">{phases.into_iter().map(|phase| view! { <li>{phase}</li> }).collect_view()}</ol>
            {(!built_in).then(|| view! {
                <Button kind=ButtonKind::Quiet size=Size::Small on_press=move || asking.set(true)>"Delete this template"</Button>
                <ConfirmDialog
                    open=asking
                    title="Delete the template"
                    message=format!("{name} is deleted. Projects that were made after it stay as they are.")
                    confirm="Delete template"
                    danger=true
                    on_confirm=remove
                />
            })}
        </div>
    }
    .into_any()
}
