//! Plans that people take away: MS Project XML and CSV.

pub mod mspdi;
pub mod table;

use serde::Deserialize;

use crate::{UserId, projects::document::TaskRecord};

/// What kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// MS Project XML.
    Xml,
    Csv,
    Xlsx,
    /// The chart on paper, with text that can be selected.
    Pdf,
    /// The chart as pixels.
    Png,
    /// One page of the chart as a drawing.
    Svg,
}

/// Names of the people of a task; whoever has no name any more is called by id, so that nobody disappears.
fn people(task: &TaskRecord, person: &impl Fn(UserId) -> Option<String>) -> Vec<String> {
    task.assignees.iter().map(|id| person(*id).unwrap_or_else(|| id.to_string())).collect()
}
