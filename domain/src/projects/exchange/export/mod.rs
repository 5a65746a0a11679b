//! Plans that people take away: MS Project XML and CSV.

pub mod mspdi;
pub mod table;

use serde::Deserialize;

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
