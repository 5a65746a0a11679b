//! The frame of those who are signed in. Others go to log in and come back.

use leptos::prelude::*;
use leptos_router::{
    components::{Outlet, Redirect},
    hooks::use_location,
};

use super::{Entry, Overlays, navigation::SideNavigation, palette::Palette, shortcuts::Shortcuts};
use crate::kit::{
    Avatar, ButtonKind, CallError, Density, FailedState, Glyph, Icon, IconButton, KeyHint, Loading, Look, Menu,
    MenuItem, MenuLine, Session, Theme, encoded, go_to, use_me,
};

#[component]
pub fn Frame() -> impl IntoView {
    let Entry(entry) = expect_context::<Entry>();
    let session = expect_context::<Session>();
    let location = use_location();
    let back = move || {
        let path = location.pathname.get_untracked();
        let search = location.search.get_untracked();
        match (path.as_str(), search.as_str()) {
            ("/", "") => "/login".to_owned(),
            (path, "") => format!("/login?next={}", encoded(path)),
            (path, search) => format!("/login?next={}", encoded(&format!("{path}?{search}"))),
        }
    };
    // A transition, so that nothing that loads later, a page or a list in a dialog, takes the frame off the screen and puts it
    // back: a dialog that was open in it would come back as one that is not on top of everything.
    view! {
        <Transition fallback=|| view! { <div class="page"><Loading/></div> }>
            {move || Suspend::new(async move {
                match entry.await {
                    Ok(Some(me)) => {
                        session.set(Some(me));
                        view! { <SignedIn/> }.into_any()
                    }
                    Ok(None) => view! { <Redirect path=back()/> }.into_any(),
                    Err(CallError(fault)) => {
                        let retry = Callback::new(|()| go_to(""));
                        view! { <FailedState fault retry/> }.into_any()
                    }
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn SignedIn() -> impl IntoView {
    let overlays = expect_context::<Overlays>();
    view! {
        <div class="frame" data-drawer=move || overlays.drawer.get().to_string()>
            <TopBar/>
            <SideNavigation/>
            <div class="scrim" aria-hidden="true" on:click=move |_| overlays.drawer.set(false)></div>
            <main class="page" id="main" tabindex="-1">
                <Outlet/>
            </main>
        </div>
        <Palette/>
        <Shortcuts/>
    }
}

#[component]
fn TopBar() -> impl IntoView {
    let overlays = expect_context::<Overlays>();
    let me = use_me();
    let organization = move || me.get().map(|me| me.organization.name).unwrap_or_default();
    let open_drawer = Callback::new(move |()| overlays.drawer.update(|open| *open = !*open));
    view! {
        <header class="top">
            <div class="top-start">
                <div class="top-drawer"><IconButton icon=Icon::Menu label="Navigation" on_press=open_drawer/></div>
                <a class="brand" href="/" aria-label="Takt, to the dashboard"><BrandMark/></a>
                <span class="top-organization">{organization}</span>
            </div>
            <button class="top-search" type="button" aria-keyshortcuts="Control+K" on:click=move |_| overlays.palette.set(true)>
                <Glyph icon=Icon::Search/>
                <span>"Search or jump to"</span>
                <KeyHint keys="Ctrl K"/>
            </button>
            <div class="top-end">
                <IconButton icon=Icon::Question label="Keyboard shortcuts" kind=ButtonKind::Quiet on_press=Callback::new(move |()| overlays.shortcuts.set(true))/>
                <UserMenu/>
            </div>
        </header>
    }
}

/// Bars that keep time.
#[component]
pub(crate) fn BrandMark() -> impl IntoView {
    view! {
        <svg class="brand-mark" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
            <rect width="24" height="24" rx="6" fill="currentColor"></rect>
            <path d="M5 7h8M8 12h9M12 17h7" stroke="var(--on-accent)" stroke-width="2.500" stroke-linecap="round"></path>
        </svg>
        <span class="brand-name">"Takt"</span>
    }
}

#[component]
fn UserMenu() -> impl IntoView {
    let me = use_me();
    let look = expect_context::<Look>();
    let name = Memo::new(move |_| me.get().map(|me| me.user.name).unwrap_or_default());
    let email = move || me.get().map(|me| me.user.email).unwrap_or_default();
    let face = move || {
        view! { {move || view! { <Avatar name=name.get()/> }} <Glyph icon=Icon::ChevronDown size=12/> }.into_any()
    };
    let leave = Action::new(|(): &()| crate::identity::calls::log_out());
    Effect::new(move |_| {
        if leave.value().get().is_some() {
            go_to("/login");
        }
    });
    let is_floor = Signal::derive(move || look.density.get() == Density::Floor);
    let turn_density = Callback::new(move |()| {
        look.set_density(if is_floor.get_untracked() { Density::Office } else { Density::Floor })
    });
    let themes = Theme::ALL.map(|theme| {
        let icon = match theme {
            Theme::Auto => Icon::Globe,
            Theme::Light => Icon::Sun,
            Theme::Dark => Icon::Moon,
        };
        let is_it = Signal::derive(move || look.theme.get() == theme);
        let choose = Callback::new(move |()| look.set_theme(theme));
        view! { <MenuItem icon checked=is_it on_press=choose>{theme.title()}</MenuItem> }
    });
    view! {
        <Menu id="user-menu" label="Your account" trigger=face>
            <div class="menu-who"><strong>{move || name.get()}</strong><span>{email}</span></div>
            <MenuLine/>
            {themes.into_iter().collect_view()}
            <MenuItem icon=Icon::Factory checked=is_floor on_press=turn_density>"Shop-floor mode"</MenuItem>
            <MenuLine/>
            <MenuItem icon=Icon::Settings on_press=Callback::new(|()| go_to("/settings"))>"Settings"</MenuItem>
            <MenuItem icon=Icon::LogOut on_press=Callback::new(move |()| { leave.dispatch(()); })>"Log out"</MenuItem>
        </Menu>
    }
}
