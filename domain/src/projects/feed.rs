//! Calendar links: a secret address under which somebody's calendar program reads tasks.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A calendar link that exists. Its secret is shown once, when it is made, and known to nobody afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Feed {
    pub made_at: DateTime<Utc>,
}

/// Whether there is a calendar link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedState {
    /// None where there is none.
    pub feed: Option<Feed>,
}

/// A calendar link that was just made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewFeed {
    /// The whole address. It is not shown again.
    pub url: String,
    /// The same without the host, for who reached us by another name.
    pub path: String,
    pub made_at: DateTime<Utc>,
}
