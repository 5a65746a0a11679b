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
use leptos_meta::provide_meta_context;
use leptos_router::{
    components::{Route, Router, Routes},
    path,
};

pub use site::Site;

/// The application.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    shell::provide();
    view! {
        <Router>
            <shell::Frame>
                <Routes fallback=|| view! { <home::NotFound /> }.into_any()>
                    <Route path=path!("/") view=home::DashboardPage />
                    <Route path=path!("/login") view=identity::LoginPage />
                    <Route path=path!("/register") view=identity::RegisterPage />
                    <Route path=path!("/forgot") view=identity::ForgotPage />
                    <Route path=path!("/reset") view=identity::ResetPage />
                    <Route path=path!("/modules") view=admin::ModulesPage />
                    <Route path=path!("/people") view=admin::PeoplePage />
                    <Route path=path!("/off/:module") view=admin::ModuleOffPage />
                    <Route path=path!("/projects") view=projects::ListPage />
                    <Route path=path!("/projects/:id") view=projects::PlanPage />
                </Routes>
            </shell::Frame>
        </Router>
    }
}
