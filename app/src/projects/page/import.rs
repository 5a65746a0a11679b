//! Bringing a plan from a file: choose, say what the columns hold, look, confirm. Nothing is stored before the last step.

use domain::{Fault, FaultKind, Module, projects::permission::EditProjects};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use super::super::part::import::{Columns, DropTarget, Found, Import};
use crate::{
    admin::WhereOpen,
    kit::{FailedState, Guard, later},
};

/// `/projects/import`
#[component]
pub fn ImportPage() -> impl IntoView {
    view! { <WhereOpen module=Module::Projects>{later(import_plan)}</WhereOpen> }.into_any()
}

#[lazy]
fn import_plan() -> AnyView {
    view! { <ImportPlan/> }.into_any()
}

#[component]
fn ImportPlan() -> impl IntoView {
    let import = Import::new();
    let refused = || view! { <FailedState fault=Fault::new(FaultKind::NotPermitted)/> }.into_any();
    view! {
        <Title text="Import a plan"/>
        <header class="page-head">
            <div>
                <p class="crumbs"><A href="/projects">"Projects"</A></p>
                <h1>"Import a plan"</h1>
            </div>
        </header>
        <Guard needs=EditProjects otherwise=refused>
            <DropTarget import>
                <Columns import/>
                <Found import/>
            </DropTarget>
        </Guard>
    }
    .into_any()
}
