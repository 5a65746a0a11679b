//! What an organisation should know this morning.

use domain::home::Dashboard;
use leptos::prelude::*;
use leptos_router::components::A;

use super::{calls, chart::WeekChart};
use crate::{
    kit::{Empty, Failed, Loading, instant},
    shell::{SignedIn, on_fault},
};

/// `/`
#[component]
pub fn DashboardPage() -> impl IntoView {
    let figures = Resource::new(|| (), |()| calls::load_dashboard());
    view! {
        <leptos_meta::Title text="Dashboard · Takt" />
        <SignedIn>
            <header class="head"><h1>"Dashboard"</h1></header>
            <Suspense fallback=|| view! { <Loading /> }>
                {move || figures.get().map(|answer| match answer {
                    Ok(figures) => view! { <Figures figures=figures /> }.into_any(),
                    Err(error) => {
                        on_fault(&error.0);
                        view! { <Failed fault=error.0 /> }.into_any()
                    }
                })}
            </Suspense>
        </SignedIn>
    }
    .into_any()
}

#[component]
fn Figures(figures: Dashboard) -> impl IntoView {
    let tile = |label: &'static str, value: String, bad: bool| {
        view! { <div class="tile" class:bad=bad><dt>{label}</dt><dd>{value}</dd></div> }
    };
    let total: u64 = figures.by_status.iter().map(|count| count.tasks).sum();
    let nothing = total == 0 && figures.active_projects == 0;
    let statuses = figures
        .by_status
        .iter()
        .map(|count| {
            let share = count.tasks * 1_000 / total.max(1);
            view! {
                <li data-status=count.status.code()>
                    <span class="name">{count.status.title()}</span>
                    <span class="bar"><span style=format!("inline-size:{}.{}%", share / 10, share % 10)></span></span>
                    <span class="number">{count.tasks}</span>
                </li>
            }
        })
        .collect_view();
    let recent = figures
        .recent
        .into_iter()
        .map(|happening| {
            view! {
                <li>
                    <A href=format!("/projects/{}", happening.project_id)>{happening.project_name}</A>
                    <span>{format!("{}: {}", happening.actor_name, happening.summary)}</span>
                    <time>{instant(happening.at)}</time>
                </li>
            }
        })
        .collect_view();
    view! {
        <dl class="tiles">
            {tile("Active projects", figures.active_projects.to_string(), false)}
            {tile("Behind their target", figures.late_projects.to_string(), figures.late_projects > 0)}
            {tile("Due this week", figures.tasks_due_this_week.to_string(), false)}
            {tile("Overdue", figures.tasks_overdue.to_string(), figures.tasks_overdue > 0)}
            {tile("At risk", figures.tasks_at_risk.to_string(), figures.tasks_at_risk > 0)}
            {tile("Average progress", format!("{} %", figures.average_progress), false)}
        </dl>
        <Show when=move || nothing>
            <Empty title="Nothing is planned yet">
                <p>"Make a project, or bring one from MS Project, Excel or CSV."</p>
                <p><A href="/projects" attr:class="button primary">"Go to projects"</A></p>
            </Empty>
        </Show>
        <div class="panels">
            <section class="panel"><h2>"Tasks that end, by week"</h2><WeekChart weeks=figures.by_week.clone() /></section>
            <section class="panel"><h2>"Tasks by status"</h2><ul class="status-bars">{statuses}</ul></section>
            <section class="panel wide"><h2>"Lately"</h2><ul class="recent">{recent}</ul></section>
        </div>
    }
    .into_any()
}

/// There is no such page.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <leptos_meta::Title text="Not found · Takt" />
        <main class="page" id="main">
            <Empty title="There is nothing at this address">
                <p><A href="/">"Go to the dashboard"</A></p>
            </Empty>
        </main>
    }
    .into_any()
}
