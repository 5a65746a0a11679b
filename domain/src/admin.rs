//! What pages of the administration show.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Fault, Industry, Module, Money, UserId, access::ModuleState, identity};

/// Changes of an organisation; an absent field stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
pub struct PersonRow {
    pub id: UserId,
    pub name: String,
    pub email: String,
    /// Code of the role.
    pub role: String,
}
