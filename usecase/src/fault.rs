//! Where a database's words become a sentence for a person. The operator's half is logged here, once.

use domain::{Fault, FaultKind};
use sea_orm::{DbErr, SqlErr};

/// A constraint, the field it speaks of, and what to say.
const CONSTRAINTS: [(&str, &str, &str, &str); 9] = [
    ("users_email", "users.email", "email", "This address is already in use."),
    ("operators_email", "operators.email", "email", "This address is already in use."),
    ("organizations_slug", "organizations.slug", "organization_name", "This name is taken."),
    ("projects_code", "projects.code", "code", "Another project has this code."),
    (
        "project_resources_name",
        "project_resources.organization_id, project_resources.kind",
        "name",
        "There is one of this name already.",
    ),
    (
        "project_baselines_name",
        "project_baselines.organization_id, project_baselines.project_id",
        "name",
        "Another baseline has this name.",
    ),
    ("project_views_name", "project_views.", "name", "You have a view of this name already."),
    ("project_templates_name", "project_templates.name", "name", "A template is called that already."),
    ("project_links_pair", "project_links.", "successor_id", "These tasks are linked that way already."),
];

/// The fault that a person sees for a database error. The unique index is the validator: its violation becomes a
/// message under the field.
pub(crate) fn from_db(error: &DbErr) -> Fault {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(message)) => CONSTRAINTS
            .iter()
            .find(|(name, columns, ..)| message.contains(name) || message.contains(columns))
            .map_or_else(
                || Fault::because(FaultKind::Conflict, "A row with this identity exists already."),
                |(_, _, field, say)| Fault::because(FaultKind::Conflict, *say).and_field(*field, *say),
            ),
        Some(SqlErr::ForeignKeyConstraintViolation(_)) => {
            Fault::because(FaultKind::InvalidInput, "Something that this refers to does not exist.")
        }
        _ if is_busy(error) => unavailable("The database is busy; try again in a moment."),
        _ => {
            tracing::error!(error = %error, "database error");
            Fault::new(FaultKind::Internal)
        }
    }
}

/// Postgres tells a serialisation failure or deadlock, SQLite that somebody holds the lock.
fn is_busy(error: &DbErr) -> bool {
    let text = error.to_string();
    text.contains("database is locked") || text.contains("deadlock detected") || text.contains("could not serialize")
}

/// Our own fault; the cause goes to the log and nowhere else.
pub(crate) fn internal(context: &str, error: impl std::fmt::Display) -> Fault {
    tracing::error!(%error, context, "internal fault");
    Fault::new(FaultKind::Internal)
}

/// Not now, with the reason.
#[must_use]
pub fn unavailable(why: &str) -> Fault {
    Fault::because(FaultKind::Unavailable, why)
}
