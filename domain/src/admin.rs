//! What pages of the administration show.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Module, Money, UserId, access::ModuleState};

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
