//! Colours of the canvas.

use domain::projects::document::TaskStatus;
use leptos::prelude::{document, window};

/// Colours from the style sheet, read again when the theme changes.
#[derive(Clone, Debug, Default)]
pub struct Palette {
    pub surface: String,
    pub shade: String,
    pub line: String,
    pub text: String,
    pub muted: String,
    pub accent: String,
    pub danger: String,
    status: [String; 6],
    /// Colours that say nothing but which is which: departments, people.
    pub series: [String; 8],
    pub font: String,
}

impl Palette {
    /// As the page has them now.
    pub fn read() -> Self {
        let styles = document().document_element().and_then(|root| window().get_computed_style(&root).ok().flatten());
        let token = |name: &str| {
            let value = styles.as_ref().and_then(|styles| styles.get_property_value(name).ok());
            value.map(|value| value.trim().to_owned()).unwrap_or_default()
        };
        Self {
            surface: token("--surface"),
            shade: token("--surface-2"),
            line: token("--border"),
            text: token("--text"),
            muted: token("--text-muted"),
            accent: token("--accent"),
            danger: token("--danger"),
            status: TaskStatus::ALL.map(|status| token(&format!("--status-{}", status.code().replace('_', "-")))),
            series: [1, 2, 3, 4, 5, 6, 7, 8].map(|number| token(&format!("--series-{number}"))),
            font: "12px system-ui, sans-serif".to_owned(),
        }
    }

    /// The colour of a status.
    pub fn of(&self, status: TaskStatus) -> &str {
        TaskStatus::ALL.iter().position(|each| *each == status).map_or("", |index| &self.status[index])
    }
}
