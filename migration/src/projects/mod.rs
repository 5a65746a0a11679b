//! Projects, their plans and what was done to them.

pub(crate) mod m20261121_000003_projects;
pub(crate) mod m20261121_000010_project_views;
pub(crate) mod m20261121_000011_feeds;
pub(crate) mod m20261121_000011_templates;
pub(crate) mod m20261121_000020_resources;
