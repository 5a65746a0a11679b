//! Who may do what: permissions are types, roles are data.

mod role;

use serde::{Deserialize, Serialize};

use crate::{Fault, Module};

pub use role::BuiltInRole;

/// A right to do one thing in one room. Each room lists its own once, with [`permissions!`](crate::permissions).
pub trait Permission: Send + Sync + 'static {
    /// The room.
    const MODULE: Module;
    /// The act, in the words of the room: `view`, `edit`, `close_work_orders`.
    const ACTION: &'static str;
    /// `projects.view`: what roles hold and the database stores.
    const CODE: &'static str;
}

/// A permission as data, for lists and checks by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PermissionInfo {
    pub code: &'static str,
    pub module: Module,
    pub action: &'static str,
    /// What it allows, in a few words.
    pub title: &'static str,
    /// Built-in roles that hold it in a new organisation, beside the owner, who holds all.
    pub roles: &'static [BuiltInRole],
}

/// Lists the permissions of one room: a type for each, and `PERMISSIONS` with all of them.
#[macro_export]
macro_rules! permissions {
    ($module:ident, $slug:literal: $($(#[$doc:meta])* $name:ident = $action:literal, $title:literal, [$($role:ident),*];)+) => {
        $(
            $(#[$doc])*
            #[doc = $title]
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub struct $name;

            impl $crate::access::Permission for $name {
                const MODULE: $crate::Module = $crate::Module::$module;
                const ACTION: &'static str = $action;
                const CODE: &'static str = concat!($slug, ".", $action);
            }
        )+

        /// Every permission of this room.
        pub const PERMISSIONS: &[$crate::access::PermissionInfo] = &[$(
            $crate::access::PermissionInfo {
                code: concat!($slug, ".", $action),
                module: $crate::Module::$module,
                action: $action,
                title: $title,
                roles: &[$($crate::access::BuiltInRole::$role),*],
            },
        )+];
    };
}

/// Permissions of the administration room.
pub mod admin {
    crate::permissions! { Admin, "admin":
        ViewOrganization = "view_organization", "See the organisation, its people and modules", [Admin, Manager];
        EditOrganization = "edit_organization", "Change the name and the trade of the organisation", [Admin];
        ManageModules = "manage_modules", "Switch modules on and off", [Admin];
        ManagePeople = "manage_people", "Invite people and change their roles", [Admin];
        ViewAudit = "view_audit", "Read the audit log", [Admin, Manager];
    }
}

/// Every permission of every room.
#[must_use]
pub fn all() -> Vec<PermissionInfo> {
    [crate::projects::permission::PERMISSIONS, admin::PERMISSIONS].concat()
}

/// How a module stands with an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ModuleState {
    /// Paid, or always on.
    Active,
    /// Free until its trial ends.
    Trial,
    /// The trial ended and nobody subscribed.
    TrialOver,
    /// Subscribed or in trial, but switched off.
    Off,
    /// Never subscribed.
    Absent,
}

impl ModuleState {
    /// True where the module's endpoints answer.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Active | Self::Trial)
    }

    /// `Ok` where the module's endpoints answer.
    ///
    /// # Errors
    /// `TrialOver` or `ModuleInactive`, with the module's name in the sentence.
    pub fn check(self, module: Module) -> Result<(), Fault> {
        use crate::FaultKind;
        match self {
            Self::Active | Self::Trial => Ok(()),
            Self::TrialOver => Err(Fault::because(
                FaultKind::TrialOver,
                format!("The trial of {} is over. Subscribe to go on; your data is kept.", module.title()),
            )),
            Self::Off | Self::Absent => Err(Fault::because(
                FaultKind::ModuleInactive,
                format!("{} is not active for your organisation. Your data is kept.", module.title()),
            )),
        }
    }
}
