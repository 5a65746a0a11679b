//! The gate: what is not checked does not compile.
//!
//! A [`Caller`] knocks; [`Caller::permit`] is the only maker of a [`Grant`]; a grant is the only door to a database.

mod access;
mod caller;
mod grant;
#[cfg(doctest)]
mod refusals;

pub use access::Access;
pub use caller::{Caller, Origin, Via};
pub use grant::Grant;
pub(crate) use grant::Pass;
