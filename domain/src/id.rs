//! Identifiers: one type for each kind of row, so that a task cannot be handed in where a project is meant.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(value: Uuid) -> Self {
                Self(value)
            }
        }
    )+};
}

ids! {
    /// An organisation: the tenant.
    OrganizationId,
    /// A person with a log-in, in one organisation.
    UserId,
    /// A role, built in or made by the organisation.
    RoleId,
    /// A project.
    ProjectId,
    /// A task, milestone or summary row of a project.
    TaskId,
    /// A dependency between two tasks of one project.
    LinkId,
    /// A working calendar.
    CalendarId,
    /// A machine or a department that tasks need; a person has the id of their log-in.
    ResourceId,
    /// A plan as it was once agreed.
    BaselineId,
    /// A comment on a task.
    CommentId,
    /// A template that an organisation keeps.
    TemplateId,
    /// One stored operation on a plan; also what an undo names.
    OperationId,
    /// A row of the audit log.
    AuditId,
    /// A look at a plan that is kept under a name.
    SavedViewId,
}
