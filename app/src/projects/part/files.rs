//! Everything by which a plan leaves its page: files, paper, calendars, copies, templates.

use domain::{
    ProjectId,
    projects::{document::ProjectHead, permission::EditProjects},
};
use leptos::prelude::*;

use super::{
    copy::{CopyDialog, CopySource, TemplateDialog},
    feed::FeedDialog,
    print::PrintDialog,
};
use crate::kit::{Guard, Icon, Menu, MenuItem, MenuLine, open_file, when_open};

/// The menu "Save as" and the dialogs behind it.
#[component]
pub fn PlanFiles(id: ProjectId, #[prop(into)] head: Signal<ProjectHead>) -> impl IntoView {
    let [printing, subscribing, copying, keeping] = [(); 4].map(|()| RwSignal::new(false));
    let source =
        Signal::derive(move || head.with(|head| Some(CopySource { id, name: head.name.clone(), start: head.start })));
    let file = move |title: &'static str, format: &'static str| {
        let act = Callback::new(move |()| open_file(&table_address(id, format)));
        view! { <MenuItem icon=Icon::File on_press=act>{title}</MenuItem> }
    };
    view! {
        <Menu id="plan-files" label="Save as" icon=Icon::Download>
            <MenuItem icon=Icon::Contract on_press=move || printing.set(true)>"Print, PDF or picture…"</MenuItem>
            <MenuLine/>
            {file("MS Project XML", "xml")}
            {file("Excel", "xlsx")}
            {file("CSV", "csv")}
            <MenuLine/>
            <MenuItem icon=Icon::Link on_press=move || subscribing.set(true)>"Calendar link…"</MenuItem>
            <Guard needs=EditProjects>
                <MenuItem icon=Icon::Copy on_press=move || copying.set(true)>"Copy of the project…"</MenuItem>
                <MenuItem icon=Icon::Archive on_press=move || keeping.set(true)>"Template…"</MenuItem>
            </Guard>
        </Menu>
        {when_open(move || printing.get(), move || print(printing, id))}
        {when_open(move || subscribing.get(), move || subscribe(subscribing, id))}
        {when_open(move || copying.get(), move || copy(copying, source))}
        {when_open(move || keeping.get(), move || keep(keeping, id, head))}
    }
    .into_any()
}

#[lazy]
fn print(open: RwSignal<bool>, id: ProjectId) -> AnyView {
    view! { <PrintDialog open id/> }.into_any()
}

#[lazy]
fn subscribe(open: RwSignal<bool>, id: ProjectId) -> AnyView {
    view! { <FeedDialog open id/> }.into_any()
}

#[lazy]
fn copy(open: RwSignal<bool>, source: Signal<Option<CopySource>>) -> AnyView {
    view! { <CopyDialog open source/> }.into_any()
}

#[lazy]
fn keep(open: RwSignal<bool>, id: ProjectId, head: Signal<ProjectHead>) -> AnyView {
    view! { <TemplateDialog open id name=Signal::derive(move || head.get().name)/> }.into_any()
}

fn table_address(id: ProjectId, format: &str) -> String {
    format!("/api/v1/projects/{id}/export?format={format}")
}
