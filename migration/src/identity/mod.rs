//! Organisations, people, roles, modules, sessions and tokens.

pub(crate) mod m20261121_000001_identity;
pub(crate) mod m20261121_000010_edit_organization;
