//! Navigation, and a place for the page.

use domain::{Module, Tier};
use leptos::prelude::*;
use leptos_router::{components::{A, Redirect}, hooks::use_location};

use super::Visitor;
use crate::{identity::calls, kit::{Icon, Toasts}};

/// Paths that nobody needs to be signed in for.
const OPEN: [&str; 4] = ["/login", "/register", "/forgot", "/reset"];

/// The frame: navigation for those who are signed in, nothing for those who are about to.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let path = use_location().pathname;
    let open = Memo::new(move |_| OPEN.contains(&path.get().as_str()) || path.get().starts_with("/bench"));
    view! {
        <a class="skip" href="#main">"Skip to the page"</a>
        <Suspense>
            <Show when=move || !open.get()>
                <Navigation />
            </Show>
        </Suspense>
        {children()}
        <Toasts />
    }
    .into_any()
}

/// The page of somebody who is signed in; others go to the log-in and come back.
#[component]
pub fn SignedIn(children: ChildrenFn) -> impl IntoView {
    let location = use_location();
    let children = StoredValue::new(children);
    let inside = move || {
        let visitor = use_context::<Visitor>()?.0.get()?;
        Some(match visitor {
            Ok(Some(_)) => children.with_value(|children| children()).into_any(),
            _ => view! { <Redirect path=format!("/login?next={}", location.pathname.get_untracked()) /> }.into_any(),
        })
    };
    view! {
        <main id="main" class="page">
            <Suspense fallback=|| view! { <crate::kit::Loading /> }>{inside}</Suspense>
        </main>
    }
    .into_any()
}

/// Rooms that have pages, with their icon.
const ROOMS: [(Module, &str); 1] = [(Module::Projects, "projects")];

#[component]
fn Navigation() -> impl IntoView {
    let leave = Action::new(|(): &()| calls::log_out());
    Effect::new(move || {
        if matches!(leave.value().get(), Some(Ok(()))) {
            #[cfg(feature = "hydrate")]
            let _ = window().location().set_href("/login");
        }
    });
    let shown = move || {
        let me = super::me()?;
        let rooms = ROOMS
            .into_iter()
            .filter(|(module, _)| module.tier() != Tier::Sold || me.module(*module).is_open())
            .map(|(module, icon)| view! { <li><A href=format!("/{}", module.slug())><Icon name=icon /><span>{module.title()}</span></A></li> })
            .collect_view();
        let people = me.may("admin.view_organization", Module::Admin).then(|| {
            view! {
                <li><A href="/modules"><Icon name="modules" /><span>"Modules"</span></A></li>
                <li><A href="/people"><Icon name="people" /><span>"People"</span></A></li>
            }
        });
        Some(view! {
            <nav class="side" aria-label="Main">
                <p class="organization"><strong>{me.organization.name.clone()}</strong><span>"Takt"</span></p>
                <ul>
                    <li><A href="/" exact=true><Icon name="home" /><span>"Dashboard"</span></A></li>
                    {rooms}
                    {people}
                </ul>
                <div class="person">
                    <span class="who"><strong>{me.user.name.clone()}</strong><span>{me.user.role.clone()}</span></span>
                    <button class="quiet" type="button" aria-label="Change between light and dark" on:click=|_| turn_theme()><Icon name="theme" /></button>
                    <button class="quiet" type="button" aria-label="Log out" on:click=move |_| { leave.dispatch(()); }><Icon name="out" /></button>
                </div>
            </nav>
        })
    };
    view! { {shown} }.into_any()
}

/// Light, dark, and back; kept on this device.
fn turn_theme() {
    #[cfg(feature = "hydrate")]
    {
        let Some(root) = document().document_element() else { return };
        let system_dark = window().match_media("(prefers-color-scheme: dark)").ok().flatten().is_some_and(|query| query.matches());
        let dark = root.get_attribute("data-theme").map_or(system_dark, |theme| theme == "dark");
        let next = if dark { "light" } else { "dark" };
        let _ = root.set_attribute("data-theme", next);
        if let Ok(Some(storage)) = window().local_storage() {
            let _ = storage.set_item("theme", next);
        }
        if let Ok(event) = web_sys::Event::new("takt-theme") {
            let _ = window().dispatch_event(&event);
        }
    }
}
