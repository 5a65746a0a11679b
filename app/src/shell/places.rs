//! Where one can go: the one list behind navigation, palette and jumps.

use domain::{Module, identity::Me};

use crate::kit::Icon;

/// A page with an address of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub title: &'static str,
    pub path: &'static str,
    pub icon: Icon,
    /// Pressed after `g`.
    pub key: Option<&'static str>,
    /// Other words that people look for.
    pub words: &'static str,
    /// The room that must be open.
    module: Option<Module>,
    /// The permission that must be held.
    needs: Option<&'static str>,
    pub group: Group,
}

/// A part of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Work,
    Organization,
    /// Only found by the palette.
    Hidden,
}

/// Rooms with pages, in the order of the navigation.
const PLACES: [Place; 11] = [
    Place {
        title: "Dashboard",
        path: "/",
        icon: Icon::Dashboard,
        key: Some("d"),
        words: "home overview figures start",
        module: None,
        needs: None,
        group: Group::Work,
    },
    Place {
        title: "Projects",
        path: "/projects",
        icon: Icon::Gantt,
        key: Some("p"),
        words: "plans gantt tasks schedule",
        module: Some(Module::Projects),
        needs: Some("projects.view"),
        group: Group::Work,
    },
    Place {
        title: "My tasks",
        path: "/projects/my-tasks",
        icon: Icon::CheckCircle,
        key: Some("t"),
        words: "to do today overdue mine assigned",
        module: Some(Module::Projects),
        needs: Some("projects.view"),
        group: Group::Hidden,
    },
    Place {
        title: "Portfolio",
        path: "/projects/portfolio",
        icon: Icon::Chart,
        key: Some("o"),
        words: "all projects side by side roadmap milestones",
        module: Some(Module::Projects),
        needs: Some("projects.view"),
        group: Group::Hidden,
    },
    Place {
        title: "Resources",
        path: "/projects/resources",
        icon: Icon::Users,
        key: None,
        words: "people departments machines presses capacity working time levelling",
        module: Some(Module::Projects),
        needs: Some("projects.view"),
        group: Group::Hidden,
    },
    Place {
        title: "Load",
        path: "/projects/resources?view=load",
        icon: Icon::Chart,
        key: None,
        words: "workload overbooked overallocated utilisation resources people departments machines all projects",
        module: Some(Module::Projects),
        needs: Some("projects.view"),
        group: Group::Hidden,
    },
    Place {
        title: "Import a plan",
        path: "/projects/import",
        icon: Icon::Upload,
        key: None,
        words: "ms project xml excel csv psplib upload",
        module: Some(Module::Projects),
        needs: Some("projects.edit"),
        group: Group::Hidden,
    },
    Place {
        title: "Modules",
        path: "/modules",
        icon: Icon::Blocks,
        key: Some("m"),
        words: "subscription trial price switch",
        module: Some(Module::Admin),
        needs: Some("admin.view_organization"),
        group: Group::Organization,
    },
    Place {
        title: "People",
        path: "/people",
        icon: Icon::Users,
        key: Some("u"),
        words: "users roles invite team",
        module: Some(Module::Admin),
        needs: Some("admin.view_organization"),
        group: Group::Organization,
    },
    Place {
        title: "Settings",
        path: "/settings",
        icon: Icon::Settings,
        key: Some("s"),
        words: "profile organisation theme dark light density",
        module: None,
        needs: None,
        group: Group::Organization,
    },
    Place {
        title: "API documentation",
        path: "/docs",
        icon: Icon::Link,
        key: None,
        words: "swagger openapi rest developer",
        module: None,
        needs: None,
        group: Group::Hidden,
    },
];

/// The places that `me` may go to. Of always-open rooms only the permission counts.
pub(super) fn open_to(me: &Me) -> Vec<Place> {
    let may = |place: &Place| {
        let open =
            place.module.is_none_or(|module| module.tier() == domain::Tier::AlwaysOn || me.module(module).is_open());
        open && place.needs.is_none_or(|code| me.permissions.iter().any(|held| held == code))
    };
    PLACES.into_iter().filter(may).collect()
}
