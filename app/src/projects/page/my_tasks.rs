//! What I have to do, over all projects; how far it is can be said right here.

use domain::{
    Module, Page, PageRequest,
    projects::{
        document::TaskStatus,
        overview::{Due, MyTask},
        permission::ReportProgress,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use serde_json::json;

use super::super::{
    calls,
    part::{room_tabs::RoomTabs, spoken::SpokenToYou},
};
use crate::{
    admin::{Refused, WhereOpen},
    kit::{
        Asked, CallError, Choice, EmptyState, Icon, Loading, NumberInput, Pager, ProgressBar, SearchBox, Select,
        Session, StatusPill, Table, Toaster, Toolbar, day, later,
    },
};

/// `/projects/my-tasks?search=…&status=…`
#[component]
pub fn MyTasksPage() -> impl IntoView {
    view! { <WhereOpen module=Module::Projects>{later(my_tasks)}</WhereOpen> }.into_any()
}

#[lazy]
fn my_tasks() -> AnyView {
    view! { <MyTasks/> }.into_any()
}

#[component]
fn MyTasks() -> impl IntoView {
    let Asked { search, status, cursor, page: asked, .. } = Asked::new(100, None);
    // Said here, a task may go from one group to another, and from one list to the other.
    let said = RwSignal::new(0_u32);
    let open = Resource::new(move || (asked.get(), said.get()), |(page, _)| calls::my_tasks(page));
    let done = Resource::new(
        move || (asked.get().search, status.get().is_empty(), said.get()),
        |(search, wanted, _)| async move {
            if !wanted {
                return Ok(Page { items: Vec::new(), total: 0, next_cursor: None });
            }
            let page =
                PageRequest { limit: Some(20), search, status: Some("done".to_owned()), ..PageRequest::default() };
            calls::my_tasks(page).await
        },
    );
    let page = move || {
        Suspend::new(async move {
            match (open.await, done.await) {
                (Ok(open), Ok(done)) => view! { <Groups open done cursor said/> }.into_any(),
                (Err(CallError(fault)), _) | (_, Err(CallError(fault))) => {
                    let retry = Callback::new(move |()| open.refetch());
                    view! { <Refused module=Module::Projects fault retry/> }.into_any()
                }
            }
        })
    };
    let mut statuses = vec![Choice::new("", "Every status")];
    statuses.extend(TaskStatus::ALL.map(|each| Choice::new(each.code(), each.title())));
    view! {
        <Title text="My tasks"/>
        <header class="page-head"><h1>"My tasks"</h1></header>
        <RoomTabs/>
        <SpokenToYou/>
        <Toolbar>
            <SearchBox value=search label="Search my tasks"/>
            <Select value=status choices=statuses label="Status"/>
        </Toolbar>
        <Transition fallback=|| view! { <Loading/> }>{page}</Transition>
    }
    .into_any()
}

#[component]
fn Groups(
    open: Page<MyTask>,
    done: Page<MyTask>,
    cursor: RwSignal<Option<String>>,
    said: RwSignal<u32>,
) -> impl IntoView {
    if open.items.is_empty() && done.items.is_empty() {
        let text = "Tasks that somebody gives to you in a plan appear here, with the day by which they are due.";
        return view! { <EmptyState icon=Icon::CheckCircle title="Nothing to do" text/> }.into_any();
    }
    let shown = open.items.len() as u64;
    let all: Vec<MyTask> = open.items.into_iter().chain(done.items).collect();
    let head = || {
        view! {
            <th scope="col">"Task"</th>
            <th scope="col">"Project"</th>
            <th scope="col" class="spare">"Start"</th>
            <th scope="col">"Finish"</th>
            <th scope="col">"Status"</th>
            <th scope="col">"Progress"</th>
        }
    };
    let group = move |due: Due| {
        let tasks: Vec<MyTask> = all.iter().filter(|task| task.due == due).cloned().collect();
        let count = tasks.len();
        (count > 0).then(|| {
            view! {
                <tr class="table-group" data-due=(due == Due::Overdue).to_string()>
                    <th colspan="6" scope="colgroup">{due.title()}" "<span class="badge">{count}</span></th>
                </tr>
                {tasks.into_iter().map(|task| view! { <Line task said/> }).collect_view()}
            }
        })
    };
    view! {
        <Table label="My tasks" head>{Due::ALL.map(group).collect_view()}</Table>
        <Pager cursor next=Signal::stored(open.next_cursor) total=open.total shown/>
    }
    .into_any()
}

#[component]
fn Line(task: MyTask, said: RwSignal<u32>) -> impl IntoView {
    let session = expect_context::<Session>();
    let toaster = expect_context::<Toaster>();
    let may = untrack(|| session.may::<ReportProgress>());
    let (project, id) = (task.project_id, task.id);
    let name = StoredValue::new(task.name.clone());
    let report = Callback::new(move |body: serde_json::Value| {
        #[cfg(feature = "hydrate")]
        leptos::task::spawn_local(async move {
            match crate::kit::api::tell("PUT", &format!("/projects/{project}/tasks/{id}/progress"), &body).await {
                Ok(()) => toaster.say(format!("{} is stored.", name.get_value())),
                Err(fault) => toaster.fault(&fault),
            }
            let _ = said.try_update(|said| *said += 1);
        });
        #[cfg(not(feature = "hydrate"))]
        let _ = (body, project, id, name, toaster, said);
    });
    let status = if may {
        let value = RwSignal::new(task.status.code().to_owned());
        let choices = TaskStatus::ALL.map(|each| Choice::new(each.code(), each.title())).to_vec();
        let chosen = move |_| report.run(json!({ "status": value.get_untracked() }));
        view! { <span class="task-status" data-status=move || value.get() on:change=chosen><Select value choices label=format!("Status of {}", task.name)/></span> }
            .into_any()
    } else {
        view! { <StatusPill status=task.status/> }.into_any()
    };
    let progress = if may {
        view! { <Progress task=task.clone() report/> }.into_any()
    } else {
        view! { <ProgressBar value=task.progress label="Progress" status=task.status/> }.into_any()
    };
    let overdue = task.due == Due::Overdue;
    let marks = match (task.milestone, task.critical && task.progress < 100) {
        (true, true) => " · milestone, critical",
        (true, false) => " · milestone",
        (false, true) => " · critical",
        (false, false) => "",
    };
    view! {
        <tr>
            <td><A href=format!("/projects/{project}?q={}", crate::kit::encoded(&task.name))>{task.name.clone()}</A><span class="field-hint">{marks}</span></td>
            <td class="cell-cut" title=task.project_name.clone()><span class="code">{task.project_code}</span>" "{task.project_name.clone()}</td>
            <td class="spare">{day(task.start)}</td>
            <td class:late=overdue>{day(task.finish)}</td>
            <td>{status}</td>
            <td>{progress}</td>
        </tr>
    }
    .into_any()
}

/// A number that is stored when it is left or confirmed, beside its bar.
#[component]
fn Progress(task: MyTask, report: Callback<serde_json::Value>) -> impl IntoView {
    let value = RwSignal::new(task.progress.to_string());
    let before = task.progress;
    let percent = move || value.get().trim().parse::<u8>().ok().filter(|percent| *percent <= 100);
    // Told when the field is left, not while one types; what was typed stays to be mended.
    let wrong = RwSignal::new(false);
    let store = move |_| {
        let now = untrack(percent);
        wrong.set(now.is_none());
        if let Some(now) = now.filter(|now| *now != before) {
            report.run(json!({ "progress": now }));
        }
    };
    let message = format!("progress-{}-fault", task.id);
    let told = message.clone();
    view! {
        <span class="task-progress" on:change=store>
            <ProgressBar value=Signal::derive(move || percent().unwrap_or(before)) label=format!("Progress of {}", task.name) status=task.status bare=true/>
            <NumberInput value label=format!("Percent done of {}", task.name) unit="%" invalid=wrong describedby=told/>
            <span class="field-fault" id=message aria-live="polite">{move || wrong.get().then_some("Progress is 0 to 100.")}</span>
        </span>
    }
    .into_any()
}
