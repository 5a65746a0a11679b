//! Paging: every list has an end.

use serde::{Deserialize, Serialize};

/// What part of a list is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default)]
pub struct PageRequest {
    /// Rows on the page, 1 to 500 (a plan's rows: to 2,000); 50 when absent.
    pub limit: Option<u32>,
    /// Where the page before ended, as its `next_cursor` said.
    pub cursor: Option<String>,
    /// Only rows that contain this text.
    pub search: Option<String>,
    /// Only rows with this status.
    pub status: Option<String>,
    /// Field to sort by; a leading `-` turns the order.
    pub sort: Option<String>,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Rows in the whole list.
    pub total: u64,
    /// Hand this in as `cursor` for the page after; absent on the last.
    pub next_cursor: Option<String>,
}
