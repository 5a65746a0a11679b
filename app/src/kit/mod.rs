//! The pieces that pages are made of: one of each.

mod call;
mod date;
mod field;
mod icon;
mod state;
mod toast;

pub use call::CallError;
#[cfg(feature = "hydrate")]
pub use call::fetch_json;
pub use date::{day, instant};
pub use field::{Field, SelectField, TextField};
pub use icon::Icon;
pub use state::{Empty, Failed, Loading, Progress, StatusPill};
pub use toast::{ToastList, Toasts, toast};
