//! The pages of Takt, on the server and in the browser.

#![recursion_limit = "512"]

pub mod admin;
pub mod home;
pub mod identity;
pub mod kit;
pub mod projects;
#[cfg(feature = "ssr")]
pub mod server_side;
pub mod shell;
mod site;

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

pub use site::Site;

/// The application. Pages with an answer of their own (a redirect, a status) are sent when they are whole.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    shell::provide();
    let titled = |title: String| if title.is_empty() { "Takt".to_owned() } else { format!("{title} · Takt") };
    view! {
        <Title formatter=titled/>
        <Router>
            <shell::Edges/>
            <Routes fallback=|| view! { <home::NotFoundPage/> }>
                <Route path=path!("/login") view=identity::LoginPage ssr=SsrMode::Async/>
                <Route path=path!("/register") view=identity::RegisterPage ssr=SsrMode::Async/>
                <Route path=path!("/forgot") view=identity::ForgotPage ssr=SsrMode::Async/>
                <Route path=path!("/reset") view=identity::ResetPage ssr=SsrMode::Async/>
                <Route path=path!("/bench/gantt") view=projects::BenchPage ssr=SsrMode::Async/>
                <ParentRoute path=path!("") view=shell::Frame>
                    <Route path=path!("") view=home::DashboardPage ssr=SsrMode::Async/>
                    <Route path=path!("modules") view=admin::ModulesPage ssr=SsrMode::Async/>
                    <Route path=path!("off/:module") view=admin::ModuleOffPage ssr=SsrMode::Async/>
                    <Route path=path!("people") view=admin::PeoplePage ssr=SsrMode::Async/>
                    <Route path=path!("projects") view=projects::ListPage ssr=SsrMode::Async/>
                    <Route path=path!("projects/import") view=projects::ImportPage ssr=SsrMode::Async/>
                    <Route path=path!("projects/my-tasks") view=projects::MyTasksPage ssr=SsrMode::Async/>
                    <Route path=path!("projects/portfolio") view=projects::PortfolioPage ssr=SsrMode::Async/>
                    <Route path=path!("projects/resources") view=projects::ResourcesPage ssr=SsrMode::Async/>
                    <Route path=path!("projects/:id") view=projects::PlanPage ssr=SsrMode::Async/>
                    <Route path=path!("settings") view=admin::SettingsPage ssr=SsrMode::Async/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}
