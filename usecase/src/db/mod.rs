//! The only place that talks to the database. Rows of an organisation are reached through [`OrgDb`] and [`OrgTx`],
//! which come from a grant and never leave the organisation; accounts are found through [`RealmTx`] before an
//! organisation is known.
//!
//! *Invariant:* nothing here hands out a sea-orm connection.

mod connect;
mod org;
mod realm;
mod select;

pub use connect::{Database, migrate};
pub use org::{OrgDb, OrgTx};
pub(crate) use realm::RealmTx;
pub use select::OrgSelect;
