//! The pages of the room that look over all projects.

use leptos::prelude::*;

use crate::kit::{TabLink, TabLinks};

/// List, portfolio, one's own tasks, and who and what can work.
#[component]
pub fn RoomTabs() -> impl IntoView {
    let link = |href: &str, title: &str| TabLink { href: href.to_owned(), title: title.to_owned(), exact: true };
    let links = vec![
        link("/projects", "List"),
        link("/projects/portfolio", "Portfolio"),
        link("/projects/my-tasks", "My tasks"),
        link("/projects/resources", "Resources"),
    ];
    view! { <TabLinks label="Projects" links/> }
}
