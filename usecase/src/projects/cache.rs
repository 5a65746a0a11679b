//! Plans in memory, by project. An entry is good for exactly one revision, so nothing has to be invalidated.

use std::sync::Arc;

use domain::{
    OrganizationId, ProjectId,
    projects::{document::PlanDocument, schedule::Schedule, workload::PlanWork},
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

/// Tasks that all cached past states may have together. A past state never changes.
const PAST_TASKS: u64 = 100_000;

/// Tasks that everything that is kept of what plans need may have together.
const WORK: u64 = 400_000;

/// The plans that were used last, what was asked for lately of whom, and the past states that were looked at last.
#[derive(Clone, Debug)]
pub(crate) struct PlanCache {
    current: Cache<(OrganizationId, ProjectId), Arc<CurrentPlan>>,
    past: Cache<(OrganizationId, ProjectId, i64), Arc<CurrentPlan>>,
    /// Each with the revision that it is good for.
    work: Cache<(OrganizationId, ProjectId), (i64, Arc<PlanWork>)>,
}

impl Default for PlanCache {
    fn default() -> Self {
        let tasks = |plan: &Arc<CurrentPlan>| u32::try_from(plan.document.tasks.len() + 1).unwrap_or(u32::MAX);
        Self {
            current: Cache::builder().max_capacity(TASKS).weigher(move |_, plan| tasks(plan)).build(),
            past: Cache::builder().max_capacity(PAST_TASKS).weigher(move |_, plan| tasks(plan)).build(),
            work: Cache::builder()
                .max_capacity(WORK)
                .weigher(|_, (_, work): &(i64, Arc<PlanWork>)| u32::try_from(work.len() + 1).unwrap_or(u32::MAX))
                .build(),
        }
    }
}

impl PlanCache {
    pub(crate) fn get(
        &self,
        organization: OrganizationId,
        project: ProjectId,
        revision: i64,
    ) -> Option<Arc<CurrentPlan>> {
        self.current.get(&(organization, project)).filter(|plan| plan.document.head.revision == revision)
    }

    pub(crate) fn put(&self, organization: OrganizationId, plan: &Arc<CurrentPlan>) {
        self.current.insert((organization, plan.document.head.id), Arc::clone(plan));
    }

    pub(crate) fn past(
        &self,
        organization: OrganizationId,
        project: ProjectId,
        revision: i64,
    ) -> Option<Arc<CurrentPlan>> {
        self.past.get(&(organization, project, revision))
    }

    pub(crate) fn keep_past(&self, organization: OrganizationId, plan: &Arc<CurrentPlan>) {
        let head = &plan.document.head;
        self.past.insert((organization, head.id, head.revision), Arc::clone(plan));
    }

    pub(crate) fn work(
        &self,
        organization: OrganizationId,
        project: ProjectId,
        revision: i64,
    ) -> Option<Arc<PlanWork>> {
        self.work.get(&(organization, project)).filter(|(at, _)| *at == revision).map(|(_, work)| work)
    }

    pub(crate) fn keep_work(
        &self,
        organization: OrganizationId,
        project: ProjectId,
        revision: i64,
        work: &Arc<PlanWork>,
    ) {
        self.work.insert((organization, project), (revision, Arc::clone(work)));
    }
}
