//! What an organisation should know this morning.

use domain::{
    Module,
    home::{Dashboard, Happening},
    projects::permission::{EditProjects, ViewProjects},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use super::{
    calls,
    chart::{StatusChart, WeekChart},
};
use crate::{
    admin::ModuleOff,
    kit::{Avatar, ButtonKind, ButtonLink, EmptyState, Guard, Icon, Loaded, Moment, Session},
};

/// `/`
#[component]
pub fn DashboardPage() -> impl IntoView {
    let session = expect_context::<Session>();
    let name = move || {
        session.me().map(|me| me.user.name.split(' ').next().unwrap_or_default().to_owned()).unwrap_or_default()
    };
    view! {
        <Title text="Dashboard"/>
        <header class="page-head">
            <div>
                <h1>"Dashboard"</h1>
                <p class="page-lead">"Good to see you, "{name}"."</p>
            </div>
            <div class="page-actions">
                <Guard needs=EditProjects>
                    <ButtonLink href="/projects/import" icon=Icon::Upload>"Import a plan"</ButtonLink>
                    <ButtonLink href="/projects" kind=ButtonKind::Primary icon=Icon::Gantt>"Projects"</ButtonLink>
                </Guard>
            </div>
        </header>
        {move || {
            if session.may::<ViewProjects>() {
                view! { <Figures/> }.into_any()
            } else if session.has(Module::Projects) {
                let text = "Your role sees no projects. Ask an administrator if that is wrong.";
                view! { <EmptyState icon=Icon::Lock title="Nothing to show" text/> }.into_any()
            } else {
                view! { <ModuleOff module=Module::Projects/> }.into_any()
            }
        }}
    }
    .into_any()
}

#[component]
fn Figures() -> impl IntoView {
    let dashboard = Resource::new(|| (), |()| calls::dashboard());
    view! {
        <Loaded from=dashboard children={move |dashboard: Dashboard| {
            let tasks: u64 = dashboard.by_status.iter().map(|count| count.tasks).sum();
            if tasks == 0 && dashboard.active_projects == 0 {
                view! { <NothingPlanned/> }.into_any()
            } else {
                view! { <Board dashboard/> }.into_any()
            }
        }}/>
    }
}

#[component]
fn NothingPlanned() -> impl IntoView {
    let text =
        "Bring a plan from MS Project, Excel or CSV, or begin an empty one. The figures of all projects appear here.";
    view! {
        <EmptyState icon=Icon::Gantt title="Nothing is planned yet" text>
            <ButtonLink href="/projects/import" icon=Icon::Upload>"Import a plan"</ButtonLink>
            <ButtonLink href="/projects" kind=ButtonKind::Primary icon=Icon::Plus>"New project"</ButtonLink>
        </EmptyState>
    }
}

#[component]
fn Board(dashboard: Dashboard) -> impl IntoView {
    let recent = dashboard.recent.into_iter().map(|happening| view! { <Line happening/> }).collect_view();
    view! {
        <dl class="tiles">
            <Tile label="Active projects" value=dashboard.active_projects/>
            <Tile label="Behind their target" value=dashboard.late_projects warns=true/>
            <Tile label="Tasks due this week" value=dashboard.tasks_due_this_week/>
            <Tile label="Overdue tasks" value=dashboard.tasks_overdue warns=true/>
            <Tile label="Tasks at risk" value=dashboard.tasks_at_risk warns=true/>
            <Tile label="Average progress" value=u64::from(dashboard.average_progress) unit="%"/>
        </dl>
        <div class="panels">
            <section class="panel panel-wide">
                <h2>"Tasks that end, by week"</h2>
                <WeekChart weeks=dashboard.by_week/>
            </section>
            <section class="panel">
                <h2>"Tasks by status"</h2>
                <StatusChart counts=dashboard.by_status/>
            </section>
            <section class="panel panel-full">
                <h2>"Recent changes"</h2>
                <ol class="happenings">{recent}</ol>
            </section>
        </div>
    }
}

/// A key figure; one that warns is red unless it is zero.
#[component]
fn Tile(
    label: &'static str,
    value: u64,
    #[prop(optional)] unit: &'static str,
    #[prop(optional)] warns: bool,
) -> impl IntoView {
    view! {
        <div class="tile" data-warns=(warns && value > 0).to_string()>
            <dt>{label}</dt>
            <dd>{value}{(!unit.is_empty()).then(|| view! { <span class="tile-unit">{unit}</span> })}</dd>
        </div>
    }
}

#[component]
fn Line(happening: Happening) -> impl IntoView {
    view! {
        <li>
            <Avatar name=happening.actor_name.clone() size=24/>
            <span class="happening-text"><strong>{happening.actor_name}</strong>" "{happening.summary}</span>
            <A href=format!("/projects/{}", happening.project_id)>{happening.project_name}</A>
            <Moment at=happening.at ago=true/>
        </li>
    }
}

/// There is no such page.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <Title text="Not found"/>
        <main class="page page-alone" id="main">
            <EmptyState icon=Icon::Search title="There is nothing at this address" text="The page was moved or removed, or the address has a typing error.">
                <ButtonLink href="/" kind=ButtonKind::Primary icon=Icon::Home>"To the dashboard"</ButtonLink>
            </EmptyState>
        </main>
    }
    .into_any()
}
