//! What pages of the administration show.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::{AuditId, Module, Money, UserId, access::ModuleState};

/// A module as it is offered to an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModuleOffer {
    pub module: Module,
    pub title: String,
    pub description: String,
    pub price_per_month: Money,
    pub trial_days: u32,
    pub state: ModuleState,
    pub trial_ends_at: Option<DateTime<Utc>>,
}

/// A person in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonRow {
    pub id: UserId,
    pub name: String,
    pub email: String,
    /// Code of the role.
    pub role: String,
}

/// One act, as the audit log keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditRow {
    pub id: AuditId,
    pub sequence: i64,
    pub at: DateTime<Utc>,
    pub actor_name: String,
    pub origin: String,
    pub verb: String,
    pub subject: String,
    pub subject_id: Option<Uuid>,
    pub summary: String,
    pub before: Option<Value>,
    pub after: Option<Value>,
    /// SHA-256 over the row before and every field of this one.
    pub hash: String,
}
