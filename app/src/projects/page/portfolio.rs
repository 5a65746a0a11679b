//! All projects side by side on one time axis.

use domain::{
    Minute, Module,
    projects::{
        document::ProjectStatus,
        overview::{Portfolio, PortfolioRow},
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use super::super::{
    calls,
    part::{axis::Axis, project::status_code, room_tabs::RoomTabs},
};
use crate::{
    admin::{Refused, WhereOpen},
    kit::{
        Asked, CallError, Choice, EmptyState, Icon, Loading, Pager, SearchBox, Select, SortHeader, Table, Toolbar, day,
        in_address, later,
    },
};

/// `/projects/portfolio?search=…&status=…&group=…&sort=…`
#[component]
pub fn PortfolioPage() -> impl IntoView {
    view! { <WhereOpen module=Module::Projects>{later(projects)}</WhereOpen> }.into_any()
}

#[lazy]
fn projects() -> AnyView {
    view! { <Projects/> }.into_any()
}

#[component]
fn Projects() -> impl IntoView {
    let group = in_address("group");
    let Asked { search, status, sort, cursor, page: asked } = Asked::new(100, Some("start"));
    let portfolio = Resource::new(move || asked.get(), calls::portfolio_page);
    let page = move || {
        Suspend::new(async move {
            match portfolio.await {
                Ok(portfolio) => view! { <Shown portfolio cursor sort group/> }.into_any(),
                Err(CallError(fault)) => {
                    let retry = Callback::new(move |()| portfolio.refetch());
                    view! { <Refused module=Module::Projects fault retry/> }.into_any()
                }
            }
        })
    };
    let mut statuses = vec![Choice::new("", "Every status")];
    statuses.extend(ProjectStatus::ALL.map(|each| Choice::new(status_code(each), each.title())));
    let groups =
        vec![Choice::new("", "Not grouped"), Choice::new("status", "By status"), Choice::new("manager", "By manager")];
    view! {
        <Title text="Portfolio"/>
        <header class="page-head"><h1>"Portfolio"</h1></header>
        <RoomTabs/>
        <Toolbar>
            <SearchBox value=search label="Search projects"/>
            <Select value=status choices=statuses label="Status"/>
            <Select value=group choices=groups label="Group"/>
        </Toolbar>
        <Transition fallback=|| view! { <Loading/> }>{page}</Transition>
    }
    .into_any()
}

#[component]
fn Shown(
    portfolio: Portfolio,
    cursor: RwSignal<Option<String>>,
    sort: RwSignal<Option<String>>,
    group: RwSignal<String>,
) -> impl IntoView {
    let totals = portfolio.totals;
    let tile = |label: &'static str, value: u64, warns: bool| {
        view! { <div class="tile" data-warns=(warns && value > 0).to_string()><dt>{label}</dt><dd>{value}</dd></div> }
    };
    let tiles = view! {
        <dl class="tiles tiles-four">
            {tile("Projects", totals.projects, false)}
            {tile("Behind their target", totals.late, true)}
            {tile("Overdue tasks", totals.overdue_tasks, true)}
            {tile("Critical tasks", totals.critical_tasks, false)}
        </dl>
    };
    if portfolio.projects.is_empty() {
        let text = "No project is asked for. Search for something else, or take a filter away.";
        return view! { {tiles}<EmptyState icon=Icon::Gantt title="No projects" text/> }.into_any();
    }
    let rows = StoredValue::new(portfolio.projects);
    let axis = rows.with_value(|rows| {
        Axis::around(rows.iter().flat_map(|row| {
            let project = &row.project;
            [project.start, project.finish, project.target_end.unwrap_or(project.finish)]
        }))
    });
    let today = portfolio.today;
    let head = move || {
        let mark = |(at, name): (Minute, String)| view! { <span class="axis-mark" style=format!("inset-inline-start:{:.3}%", axis.place(at))>{name}</span> };
        view! {
            <SortHeader field="code" sort spare=true>"Code"</SortHeader>
            <SortHeader field="name" sort>"Name"</SortHeader>
            <SortHeader field="status" sort>"Status"</SortHeader>
            <SortHeader field="progress" sort numeric=true spare=true>"Progress"</SortHeader>
            <SortHeader field="finish" sort>"Forecast"</SortHeader>
            <th scope="col" class="portfolio-axis">
                <span class="sr-only">"Time"</span>
                <span class="portfolio-marks" aria-hidden="true">{axis.marks().into_iter().map(mark).collect_view()}</span>
            </th>
        }
    };
    let body = move || {
        let by = group.get();
        rows.with_value(|rows| grouped(rows, &by))
            .into_iter()
            .map(|(title, rows)| {
                let count = rows.len();
                view! {
                    {title.map(|title| view! {
                        <tr class="table-group"><th colspan="6" scope="colgroup">{title}" "<span class="badge">{count}</span></th></tr>
                    })}
                    {rows.into_iter().map(|row| view! { <Project row axis today/> }).collect_view()}
                }
            })
            .collect_view()
    };
    let shown = rows.with_value(Vec::len) as u64;
    view! {
        {tiles}
        <div class="portfolio"><Table label="Portfolio" head>{body}</Table></div>
        <Pager cursor next=Signal::stored(portfolio.next_cursor) total=portfolio.total shown/>
    }
    .into_any()
}

/// The rows of the page below the titles of their groups; without titles where nothing groups them.
fn grouped(rows: &[PortfolioRow], by: &str) -> Vec<(Option<String>, Vec<PortfolioRow>)> {
    let title = |row: &PortfolioRow| match by {
        "status" => Some(row.project.status.title().to_owned()),
        "manager" => Some(row.project.manager_name.clone().unwrap_or_else(|| "No manager".to_owned())),
        _ => None,
    };
    // Statuses in the order of a project's life, managers by name.
    let order = |title: &Option<String>| {
        let place = ProjectStatus::ALL.into_iter().position(|status| title.as_deref() == Some(status.title()));
        (place, title.clone())
    };
    let mut groups: Vec<(Option<String>, Vec<PortfolioRow>)> = Vec::new();
    for row in rows {
        let title = title(row);
        let own = order(&title);
        let place = groups.partition_point(|(other, _)| order(other) < own);
        match groups.get_mut(place).filter(|(other, _)| *other == title) {
            Some((_, rows)) => rows.push(row.clone()),
            None => groups.insert(place, (title, vec![row.clone()])),
        }
    }
    groups
}

/// `1 milestone`, `2 milestones`.
fn counted(number: u64, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}

#[component]
fn Project(row: PortfolioRow, axis: Axis, today: Minute) -> impl IntoView {
    let project = row.project;
    let late = project.target_end.filter(|end| project.finish.0 > end.0 + Minute::DAY);
    let span = move |from: Minute, to: Minute| {
        let (from, to) = (axis.place(from), axis.place(to));
        format!("inset-inline-start:{from:.3}%;inline-size:{:.3}%", (to - from).max(0.3))
    };
    let milestone = |name: String, at: Minute, done: bool| {
        let title = format!("{name}, {}{}", day(at), if done { ", done" } else { "" });
        view! { <span class="portfolio-milestone" data-done=done.to_string() style=format!("inset-inline-start:{:.3}%", axis.place(at)) title=title></span> }
    };
    let told = format!(
        "{} to {}{}, {} % done, {}, {}",
        day(project.start),
        day(project.finish),
        project.target_end.map(|end| format!(", target {}", day(end))).unwrap_or_default(),
        project.progress,
        counted(row.milestones.len() as u64, "milestone"),
        counted(project.overdue, "overdue task"),
    );
    let title = told.clone();
    view! {
        <tr>
            <td class="code spare">{project.code}</td>
            <td><A href=format!("/projects/{}", project.id)>{project.name}</A></td>
            <td><span class="pill" data-project=status_code(project.status)>{project.status.title()}</span></td>
            <td class="numeric spare">{project.progress}" %"</td>
            <td class:late=late.is_some()>{day(project.finish)}{late.map(|_| " (late)")}</td>
            <td class="portfolio-axis">
                <a class="portfolio-track" href=format!("/projects/{}", project.id) tabindex="-1" title=title>
                    <span class="sr-only">{told}</span>
                    {axis.holds(today).then(|| view! { <span class="axis-today" style=format!("inset-inline-start:{:.3}%", axis.place(today))></span> })}
                    <span class="portfolio-bar" style=span(project.start, late.unwrap_or(project.finish).min(project.finish))></span>
                    {late.map(|end| view! { <span class="portfolio-bar portfolio-late" style=span(end, project.finish)></span> })}
                    <span class="portfolio-done" style=move || {
                        let done = project.start.0 + (project.finish.0 - project.start.0) * i64::from(project.progress) / 100;
                        span(project.start, Minute(done))
                    }></span>
                    {project.target_end.map(|end| view! { <span class="portfolio-target" style=format!("inset-inline-start:{:.3}%", axis.place(end)) title=format!("Target {}", day(end))></span> })}
                    {row.milestones.into_iter().map(|one| milestone(one.name, one.at, one.done)).collect_view()}
                </a>
            </td>
        </tr>
    }
    .into_any()
}
