//! The list of projects.

use domain::{FaultKind, Module, PageRequest, projects::{document::ProjectStatus, view::ProjectRow}};
use leptos::{html, prelude::*};
use leptos_router::{components::A, hooks::{query_signal, use_query_map}};

use super::super::{calls, part::new_project::NewProjectDialog};
use crate::{
    admin::ModuleOff,
    kit::{Empty, Failed, Icon, Loading, Progress, day},
    shell::{self, SignedIn, on_fault},
};

/// `/projects?search=…&status=…&sort=…`: what is chosen stands in the address.
#[component]
pub fn ListPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let value = |name: &str| query.get().get(name).filter(|value| !value.is_empty());
        PageRequest { limit: Some(50), cursor: value("cursor"), search: value("search"), status: value("status"), sort: value("sort") }
    });
    let projects = Resource::new(move || asked.get(), calls::list);
    let (search, set_search) = query_signal::<String>("search");
    let (status, set_status) = query_signal::<String>("status");
    let dialog = NodeRef::<html::Dialog>::new();
    let open_dialog = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            #[cfg(feature = "hydrate")]
            let _ = dialog.show_modal();
            #[cfg(not(feature = "hydrate"))]
            let _ = dialog;
        }
    };
    let may_edit = move || shell::me().is_some_and(|me| me.may("projects.edit", Module::Projects));
    let page = move || {
        projects.get().map(|answer| match answer {
            Ok(page) if page.items.is_empty() && asked.get() == (PageRequest { limit: Some(50), ..PageRequest::default() }) => view! {
                <Empty title="No projects yet">
                    <p>"Make the first one; its plan opens at once."</p>
                </Empty>
            }
            .into_any(),
            Ok(page) => view! {
                <Rows rows=page.items />
                <footer class="pager">
                    <span>{page.total}" projects"</span>
                    {page.next_cursor.map(|cursor| view! { <A href=format!("/projects?cursor={cursor}")>"Next page"</A> })}
                </footer>
            }
            .into_any(),
            Err(error) if matches!(error.0.kind, FaultKind::ModuleInactive | FaultKind::TrialOver) => {
                view! { <ModuleOff module=Module::Projects /> }.into_any()
            }
            Err(error) => {
                on_fault(&error.0);
                view! { <Failed fault=error.0 /> }.into_any()
            }
        })
    };
    view! {
        <leptos_meta::Title text="Projects · Takt" />
        <SignedIn>
            <header class="head">
                <h1>"Projects"</h1>
                <Show when=may_edit>
                    <button type="button" class="primary" on:click=open_dialog><Icon name="plus" />"New project"</button>
                </Show>
            </header>
            <div class="filters" role="search">
                <label class="search">
                    <Icon name="search" />
                    <input
                        type="search"
                        aria-label="Search projects"
                        placeholder="Name or code"
                        prop:value=move || search.get().unwrap_or_default()
                        on:change:target=move |event| set_search.set(Some(event.target().value()).filter(|text| !text.is_empty()))
                    />
                </label>
                <select aria-label="Status" on:change:target=move |event| set_status.set(Some(event.target().value()).filter(|text| !text.is_empty()))>
                    <option value="">"Every status"</option>
                    {ProjectStatus::ALL
                        .map(|each| {
                            let code = status_code(each);
                            view! { <option value=code selected=move || status.get().as_deref() == Some(code)>{each.title()}</option> }
                        })
                        .collect_view()}
                </select>
            </div>
            <Transition fallback=|| view! { <Loading /> }>{page}</Transition>
        </SignedIn>
        <NewProjectDialog dialog=dialog />
    }
    .into_any()
}

const fn status_code(status: ProjectStatus) -> &'static str {
    match status {
        ProjectStatus::Planned => "planned",
        ProjectStatus::Active => "active",
        ProjectStatus::OnHold => "on_hold",
        ProjectStatus::Done => "done",
        ProjectStatus::Cancelled => "cancelled",
    }
}

#[component]
fn Rows(rows: Vec<ProjectRow>) -> impl IntoView {
    let head = |label: &'static str, sort: &'static str| view! { <th><A href=format!("/projects?sort={sort}")>{label}</A></th> };
    view! {
        <div class="scroll">
            <table class="rows">
                <thead>
                    <tr>
                        {head("Code", "code")}
                        {head("Name", "name")}
                        {head("Status", "status")}
                        <th>"Manager"</th>
                        {head("Start", "start")}
                        {head("Target", "target_end")}
                        {head("Forecast", "finish")}
                        {head("Progress", "-progress")}
                        <th class="number">"Tasks"</th>
                        <th class="number">"Overdue"</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(|row| view! { <RowView row=row /> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn RowView(row: ProjectRow) -> impl IntoView {
    let late = row.target_end.is_some_and(|end| row.finish.0 > end.0 + domain::Minute::DAY);
    view! {
        <tr>
            <td class="code">{row.code}</td>
            <td><A href=format!("/projects/{}", row.id)>{row.name}</A></td>
            <td><span class="pill" data-project=status_code(row.status)>{row.status.title()}</span></td>
            <td>{row.manager_name.unwrap_or_default()}</td>
            <td>{day(row.start)}</td>
            <td>{row.target_end.map(day)}</td>
            <td class:late=late>{day(row.finish)}{late.then_some(" (late)")}</td>
            <td><Progress value=row.progress /></td>
            <td class="number">{row.tasks}</td>
            <td class="number" class:late=row.overdue.gt(&0)>{row.overdue}</td>
        </tr>
    }
    .into_any()
}
