//! The navigation at the side: only what is open and permitted.

use domain::access::ModuleState;
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_location};

use super::{
    Overlays,
    places::{self, Group, Place},
};
use crate::kit::{Glyph, date, use_me};

#[component]
pub(super) fn SideNavigation() -> impl IntoView {
    let me = use_me();
    let overlays = expect_context::<Overlays>();
    let location = use_location();
    // Going somewhere closes the drawer.
    Effect::new(move |_| {
        location.pathname.track();
        overlays.drawer.set(false);
    });
    let of = move |group: Group| {
        let places = me.get().map(|me| places::open_to(&me)).unwrap_or_default();
        places.into_iter().filter(|place| place.group == group).map(|place| view! { <Entry place/> }).collect_view()
    };
    view! {
        <nav class="side" aria-label="Main">
            <ul>{move || of(Group::Work)}</ul>
            <h2 class="side-title">"Organisation"</h2>
            <ul>{move || of(Group::Organization)}</ul>
            <TrialNote/>
        </nav>
    }
}

#[component]
fn Entry(place: Place) -> impl IntoView {
    view! {
        <li>
            <A href=place.path exact={place.path == "/"} attr:class="side-link" attr:title=place.title>
                <Glyph icon=place.icon size=18/>
                <span>{place.title}</span>
            </A>
        </li>
    }
}

/// When the first trial ends, while there is one.
#[component]
fn TrialNote() -> impl IntoView {
    let me = use_me();
    let end = Memo::new(move |_| {
        let ends = me
            .get()?
            .modules
            .into_iter()
            .filter(|module| module.state == ModuleState::Trial)
            .filter_map(|module| module.trial_ends_at);
        ends.min()
    });
    move || {
        end.get().map(|end| {
            view! {
                <a class="side-note" href="/modules">
                    <strong>"Trial"</strong>
                    <span>{format!("until {}", date(end.date_naive()))}</span>
                </a>
            }
        })
    }
}
