//! Plans in memory, by project. An entry is good for exactly one revision, so nothing has to be invalidated.

use std::sync::Arc;

use domain::{
    OrganizationId, ProjectId,
    projects::{document::PlanDocument, schedule::Schedule},
};
use moka::sync::Cache;

/// Tasks that all cached plans may have together.
const TASKS: u64 = 400_000;

/// A plan and what the scheduler makes of it.
#[derive(Debug)]
pub struct CurrentPlan {
    pub document: PlanDocument,
    pub schedule: Schedule,
}

/// The plans that were used last.
#[derive(Clone, Debug)]
pub(crate) struct PlanCache(Cache<(OrganizationId, ProjectId), Arc<CurrentPlan>>);

impl Default for PlanCache {
    fn default() -> Self {
        let weigh = |_: &_, plan: &Arc<CurrentPlan>| u32::try_from(plan.document.tasks.len() + 1).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(TASKS).weigher(weigh).build())
    }
}

impl PlanCache {
    pub(crate) fn get(
        &self,
        organization: OrganizationId,
        project: ProjectId,
        revision: i64,
    ) -> Option<Arc<CurrentPlan>> {
        self.0.get(&(organization, project)).filter(|plan| plan.document.head.revision == revision)
    }

    pub(crate) fn put(&self, organization: OrganizationId, plan: &Arc<CurrentPlan>) {
        self.0.insert((organization, plan.document.head.id), Arc::clone(plan));
    }
}
