//! Which files the page loads.

use serde::{Deserialize, Serialize};

/// Addresses of the client's files, as the build wrote them, and what the operator allows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Site {
    pub js: String,
    pub wasm: String,
    /// Loads parts of the program when they are shown.
    pub loader: String,
    pub css: String,
    pub echarts: String,
    /// Pages for measuring are open.
    pub bench: bool,
}

impl Site {
    /// Opens or closes the pages for measuring.
    #[must_use]
    pub fn with_bench(self, bench: bool) -> Self {
        Self { bench, ..self }
    }
}
