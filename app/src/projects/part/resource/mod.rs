//! Who and what can work: what is typed about it, and when it is away.

mod absence;
mod edit;
mod form;
mod kept;
mod words;

pub use absence::{Absence, AbsenceDialog};
pub use edit::Edit;
pub use form::ResourceForm;
pub use words::there;
