//! What pages of the administration show.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::{AuditId, Fault, Industry, Module, Money, OrganizationId, UserId, access::ModuleState, identity};

/// Changes of an organisation; an absent field stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct OrganizationPatch {
    pub name: Option<String>,
    pub industry: Option<Industry>,
}

impl OrganizationPatch {
    /// # Errors
    /// `InvalidInput` with the field.
    pub fn check(&self) -> Result<(), Fault> {
        let fault = self.name.as_deref().and_then(|name| identity::check_name("name", name, "the organisation"));
        Fault::collect(fault.into_iter().collect())
    }
}

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

/// An organisation, as who runs the installation sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TenantRow {
    pub id: OrganizationId,
    pub name: String,
    /// The subdomain.
    pub slug: String,
    pub industry: String,
    /// False while the operator keeps its doors closed.
    pub active: bool,
    pub people: u64,
    pub created_at: DateTime<Utc>,
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
