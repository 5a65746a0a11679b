//! The list of projects.

use std::collections::BTreeSet;

use domain::{
    Minute, Module, Page, PageRequest,
    projects::{
        document::{ProjectStatus, TaskStatus},
        permission::{DeleteProjects, EditProjects},
        view::ProjectRow,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use super::super::{
    calls,
    part::{
        copy::{CopyDialog, CopySource},
        new_project::NewProjectDialog,
        project::{Leaving, Listed, status_code},
        room_tabs::RoomTabs,
    },
};
use crate::{
    admin::{Refused, WhereOpen},
    kit::{
        Asked, Avatar, Button, ButtonKind, ButtonLink, CallError, Choice, Column, ColumnChooser, EmptyState, Export,
        Guard, Icon, Loading, Menu, MenuItem, Pager, ProgressBar, SearchBox, Select, Session, SortHeader, Table,
        Toolbar, day, encoded, when_open,
    },
};

const COLUMNS: [Column; 6] = [
    Column { key: "manager", title: "Manager" },
    Column { key: "start", title: "Start" },
    Column { key: "target", title: "Target" },
    Column { key: "progress", title: "Progress" },
    Column { key: "tasks", title: "Tasks" },
    Column { key: "overdue", title: "Overdue" },
];

type Hidden = RwSignal<BTreeSet<&'static str>>;

/// `/projects?search=…&status=…&sort=…`: what is chosen stands in the address.
#[component]
pub fn ListPage() -> impl IntoView {
    view! { <WhereOpen module=Module::Projects><List/></WhereOpen> }.into_any()
}

#[component]
fn List() -> impl IntoView {
    let Asked { search, status, sort, cursor, page: asked } = Asked::new(50, None);
    let projects = Resource::new(move || asked.get(), asked_for);
    let adding = RwSignal::new(false);
    let (copying, copied) = (RwSignal::new(false), RwSignal::new(None::<CopySource>));
    let copy = Callback::new(move |source| {
        copied.set(Some(source));
        copying.set(true);
    });
    let acts = RowActs { copy, listed: Listed::new(Callback::new(move |()| projects.refetch())) };
    let hidden: Hidden = RwSignal::new(BTreeSet::new());
    let is_plain = move || {
        asked.with_untracked(|asked| asked.search.is_none() && asked.status.is_none() && asked.cursor.is_none())
    };
    let page = move || {
        Suspend::new(async move {
            match projects.await {
                Ok(page) if page.items.is_empty() && is_plain() => view! { <NoProjects adding/> }.into_any(),
                Ok(page) => {
                    let deleted = asked.with_untracked(is_deleted);
                    view! { <Projects page cursor sort hidden acts deleted/> }.into_any()
                }
                Err(CallError(fault)) => {
                    let retry = Callback::new(move |()| projects.refetch());
                    view! { <Refused module=Module::Projects fault retry/> }.into_any()
                }
            }
        })
    };
    let session = expect_context::<Session>();
    let statuses = Signal::derive(move || {
        let mut statuses = vec![Choice::new("", "Every status")];
        statuses.extend(ProjectStatus::ALL.map(|each| Choice::new(status_code(each), each.title())));
        if session.may::<DeleteProjects>() {
            statuses.push(Choice::new(DELETED, "Deleted"));
        }
        statuses
    });
    let files = Signal::derive(move || vec![("CSV".to_owned(), asked.with(file_address))]);
    let columns = move || {
        view! { <ColumnChooser key="projects" columns=COLUMNS.to_vec() hidden/> <Export id="projects-files" formats=files/> }
    };
    view! {
        <Title text="Projects"/>
        <header class="page-head">
            <h1>"Projects"</h1>
            <div class="page-actions">
                <Guard needs=EditProjects>
                    <ButtonLink href="/projects/import" icon=Icon::Upload>"Import"</ButtonLink>
                    <Button kind=ButtonKind::Primary icon=Icon::Plus on_press=move || adding.set(true)>"New project"</Button>
                </Guard>
            </div>
        </header>
        <RoomTabs/>
        <Toolbar actions=columns>
            <SearchBox value=search label="Search projects"/>
            <Select value=status choices=statuses label="Status"/>
        </Toolbar>
        <Transition fallback=|| view! { <Loading/> }>{page}</Transition>
        {when_open(move || adding.get(), move || add(adding))}
        {when_open(move || copying.get(), move || copy_dialog(copying, copied))}
        {when_open(move || acts.listed.edited.open.get(), move || change(acts.listed))}
        {when_open(move || acts.listed.deleting.get(), move || delete(acts.listed))}
    }
    .into_any()
}

/// What the filter of statuses calls projects that were deleted.
const DELETED: &str = "deleted";

fn is_deleted(asked: &PageRequest) -> bool {
    asked.status.as_deref() == Some(DELETED)
}

async fn asked_for(asked: PageRequest) -> Result<Page<ProjectRow>, CallError> {
    if is_deleted(&asked) { calls::deleted(asked).await } else { calls::list(asked).await }
}

/// What the menu of a row does.
#[derive(Clone, Copy)]
struct RowActs {
    copy: Callback<CopySource>,
    listed: Listed,
}

#[lazy]
fn add(open: RwSignal<bool>) -> AnyView {
    view! { <NewProjectDialog open/> }.into_any()
}

#[lazy]
fn copy_dialog(open: RwSignal<bool>, source: RwSignal<Option<CopySource>>) -> AnyView {
    view! { <CopyDialog open source/> }.into_any()
}

#[lazy]
fn change(listed: Listed) -> AnyView {
    listed.form()
}

#[lazy]
fn delete(listed: Listed) -> AnyView {
    listed.question()
}

/// Where the whole list that is asked for is a file.
fn file_address(asked: &PageRequest) -> String {
    let parts = [("search", &asked.search), ("status", &asked.status), ("sort", &asked.sort)];
    let parts = parts.into_iter().filter_map(|(key, value)| Some(format!("{key}={}", encoded(value.as_deref()?))));
    let query = parts.collect::<Vec<_>>().join("&");
    format!("/api/v1/projects/export?{query}")
}

#[component]
fn NoProjects(adding: RwSignal<bool>) -> impl IntoView {
    view! {
        <EmptyState icon=Icon::Gantt title="No projects yet" text="Begin an empty plan, or bring one from MS Project, Excel or CSV.">
            <Guard needs=EditProjects>
                <ButtonLink href="/projects/import" icon=Icon::Upload>"Import a plan"</ButtonLink>
                <Button kind=ButtonKind::Primary icon=Icon::Plus on_press=move || adding.set(true)>"New project"</Button>
            </Guard>
        </EmptyState>
    }
}

#[component]
fn Projects(
    page: Page<ProjectRow>,
    cursor: RwSignal<Option<String>>,
    sort: RwSignal<Option<String>>,
    hidden: Hidden,
    acts: RowActs,
    deleted: bool,
) -> impl IntoView {
    let shows = move |key: &'static str| move || !hidden.get().contains(key);
    let head = move || {
        view! {
            <SortHeader field="code" sort>"Code"</SortHeader>
            <SortHeader field="name" sort>"Name"</SortHeader>
            <SortHeader field="status" sort>"Status"</SortHeader>
            <Show when=shows("manager")><th scope="col" class="spare">"Manager"</th></Show>
            <Show when=shows("start")><SortHeader field="start" sort spare=true>"Start"</SortHeader></Show>
            <Show when=shows("target")><SortHeader field="target_end" sort>"Target"</SortHeader></Show>
            <SortHeader field="finish" sort>"Forecast"</SortHeader>
            <Show when=shows("progress")><SortHeader field="progress" sort>"Progress"</SortHeader></Show>
            <Show when=shows("tasks")><th scope="col" class="numeric spare">"Tasks"</th></Show>
            <Show when=shows("overdue")><th scope="col" class="numeric spare">"Overdue"</th></Show>
            <Guard needs=EditProjects><th scope="col"><span class="sr-only">"Actions"</span></th></Guard>
        }
    };
    let shown = page.items.len() as u64;
    view! {
        <div class="projects-list">
            <Table label="Projects" head>
                {page.items.into_iter().map(|row| view! { <Row row hidden acts deleted/> }).collect_view()}
            </Table>
        </div>
        <Pager cursor next=Signal::stored(page.next_cursor) total=page.total shown/>
    }
    .into_any()
}

#[component]
fn Row(row: ProjectRow, hidden: Hidden, acts: RowActs, deleted: bool) -> impl IntoView {
    let shows = move |key: &'static str| move || !hidden.get().contains(key);
    let late = row.target_end.is_some_and(|end| row.finish.0 > end.0 + Minute::DAY);
    let status = if late {
        TaskStatus::AtRisk
    } else if row.progress == 100 {
        TaskStatus::Accepted
    } else {
        TaskStatus::Processing
    };
    let manager = row.manager_name.map(|name| StoredValue::new(name));
    let (start, target) = (row.start, row.target_end);
    let id = row.id;
    let source = StoredValue::new(CopySource { id, name: row.name.clone(), start });
    let leaving = StoredValue::new(Leaving { id, code: row.code.clone(), name: row.name.clone() });
    let name = if deleted {
        row.name.clone().into_any()
    } else {
        view! { <A href=format!("/projects/{}", row.id)>{row.name.clone()}</A> }.into_any()
    };
    let menu = move || {
        if deleted {
            let back = move || acts.listed.bring_back(leaving.get_value());
            return view! { <MenuItem icon=Icon::Undo on_press=back>"Bring back"</MenuItem> }.into_any();
        }
        view! {
            <MenuItem icon=Icon::Pencil on_press=move || acts.listed.edit(id)>"Edit…"</MenuItem>
            <MenuItem icon=Icon::Copy on_press=move || acts.copy.run(source.get_value())>"Copy…"</MenuItem>
            <Guard needs=DeleteProjects>
                <MenuItem icon=Icon::Trash danger=true on_press=move || acts.listed.delete(leaving.get_value())>"Delete…"</MenuItem>
            </Guard>
        }
        .into_any()
    };
    view! {
        <tr>
            <td class="code">{row.code}</td>
            <td>{name}</td>
            <td><span class="pill" data-project=status_code(row.status)>{row.status.title()}</span></td>
            <Show when=shows("manager")>
                <td class="spare">{manager.map(|name| view! { <span class="cell-person"><Avatar name=name.get_value() size=24/>{name.get_value()}</span> })}</td>
            </Show>
            <Show when=shows("start")><td class="spare">{day(start)}</td></Show>
            <Show when=shows("target")><td>{target.map(day)}</td></Show>
            <td class:late=late>{day(row.finish)}{late.then_some(" (late)")}</td>
            <Show when=shows("progress")><td><ProgressBar value=row.progress label="Progress" status/></td></Show>
            <Show when=shows("tasks")><td class="numeric spare">{row.tasks}</td></Show>
            <Show when=shows("overdue")><td class="numeric spare" class:late={row.overdue > 0}>{row.overdue}</td></Show>
            <Guard needs=EditProjects>
                <td class="cell-actions">
                    <Menu id=format!("row-{}", source.with_value(|source| source.id)) label=source.with_value(|source| format!("Actions for {}", source.name)) icon=Icon::More bare=true>
                        {menu()}
                    </Menu>
                </td>
            </Guard>
        </tr>
    }
    .into_any()
}
