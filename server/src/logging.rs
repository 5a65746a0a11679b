//! Logs: JSON lines for machines, short lines for a terminal.

use std::io::IsTerminal;

use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

/// Starts logging to standard error. `RUST_LOG` chooses what; `TAKT_LOG=json|text` how, JSON where nobody watches.
pub fn start() {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,sea_orm_migration=warn,tower_sessions=warn"));
    let json = std::env::var("TAKT_LOG").map_or_else(|_| !std::io::stderr().is_terminal(), |style| style == "json");
    let registry = tracing_subscriber::registry().with(filter);
    // A second start, as in tests, keeps the first.
    let _ = if json {
        registry
            .with(fmt::layer().json().flatten_event(true).with_current_span(true).with_writer(std::io::stderr))
            .try_init()
    } else {
        registry.with(fmt::layer().compact().with_target(false).with_writer(std::io::stderr)).try_init()
    };
}
