//! The pages of the room that look over all projects.

use leptos::prelude::*;

use crate::kit::{TabLink, TabLinks};

/// List, portfolio, and one's own tasks.
#[component]
pub fn RoomTabs() -> impl IntoView {
    let link = |href: &str, title: &str| TabLink { href: href.to_owned(), title: title.to_owned(), exact: true };
    let links = vec![
        link("/projects", "List"),
        link("/projects/portfolio", "Portfolio"),
        link("/projects/my-tasks", "My tasks"),
    ];
    view! { <TabLinks label="Projects" links/> }
}
