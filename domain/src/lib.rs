//! Pure rules and values of Takt: no input or output, no clock, no randomness, no framework.
//!
//! *Invariant:* everything here compiles to native code and to WebAssembly and gives the same answer in both.

pub mod access;
pub mod admin;
mod fault;
pub mod home;
mod id;
pub mod identity;
mod industry;
mod minute;
mod module;
mod money;
mod page;
pub mod projects;

pub use fault::{Fault, FaultKind, FieldFault};
pub use id::*;
pub use industry::Industry;
pub use minute::{Minute, in_words};
pub use module::{Module, Tier};
pub use money::Money;
pub use page::{Page, PageRequest};
