//! The roles that every organisation starts with.

use serde::{Deserialize, Serialize};

/// A built-in role. What each may do is stored as data when an organisation is made, so that it can be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BuiltInRole {
    Owner,
    Admin,
    Manager,
    Employee,
    Client,
    Supplier,
    /// The operator's, in no organisation.
    SuperAdmin,
}

impl BuiltInRole {
    /// The roles that an organisation gets.
    pub const OF_ORGANIZATION: [Self; 6] =
        [Self::Owner, Self::Admin, Self::Manager, Self::Employee, Self::Client, Self::Supplier];

    /// The spelling in tokens, the API and the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Manager => "manager",
            Self::Employee => "employee",
            Self::Client => "client",
            Self::Supplier => "supplier",
            Self::SuperAdmin => "super_admin",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Admin => "Administrator",
            Self::Manager => "Manager",
            Self::Employee => "Employee",
            Self::Client => "Client",
            Self::Supplier => "Supplier",
            Self::SuperAdmin => "Operator",
        }
    }
}
