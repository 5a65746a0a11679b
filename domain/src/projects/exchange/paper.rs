//! How a chart is put on paper: what a request says and what a dialog offers.

use serde::{Deserialize, Serialize};

use crate::Minute;

/// A size of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Paper {
    A4,
    A3,
    A2,
    A1,
    A0,
    Letter,
    Tabloid,
}

impl Paper {
    /// Every size, as a dialog lists them.
    pub const ALL: [Self; 7] = [Self::A4, Self::A3, Self::A2, Self::A1, Self::A0, Self::Letter, Self::Tabloid];

    /// The spelling in an address.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::A3 => "a3",
            Self::A2 => "a2",
            Self::A1 => "a1",
            Self::A0 => "a0",
            Self::Letter => "letter",
            Self::Tabloid => "tabloid",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::A3 => "A3",
            Self::A2 => "A2",
            Self::A1 => "A1",
            Self::A0 => "A0",
            Self::Letter => "Letter",
            Self::Tabloid => "Tabloid",
        }
    }

    /// Short and long side, in points of a seventy-second of an inch.
    #[must_use]
    pub const fn sides(self) -> (f64, f64) {
        match self {
            Self::A4 => (595.28, 841.89),
            Self::A3 => (841.89, 1_190.55),
            Self::A2 => (1_190.55, 1_683.78),
            Self::A1 => (1_683.78, 2_383.94),
            Self::A0 => (2_383.94, 3_370.39),
            Self::Letter => (612.0, 792.0),
            Self::Tabloid => (792.0, 1_224.0),
        }
    }
}

/// Which side of the paper is up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Orientation {
    #[default]
    Landscape,
    Portrait,
}

/// How the chart finds room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Fit {
    /// The whole time on the width of a page; rows go on on further pages.
    #[default]
    Width,
    /// Everything on one page.
    Page,
    /// Time and rows go on on further pages, to be put side by side.
    None,
}

/// How wide a day is where the time is not made to fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Zoom {
    Day,
    Week,
    Month,
    Quarter,
}

/// What a picture shows and on what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PictureOptions {
    /// None: one sheet, as large as the chart.
    pub paper: Option<Paper>,
    pub orientation: Orientation,
    pub fit: Fit,
    pub zoom: Option<Zoom>,
    /// First and last moment of the time axis; the whole plan where absent.
    pub from: Option<Minute>,
    pub to: Option<Minute>,
    /// The critical path is not marked.
    pub plain: bool,
}
