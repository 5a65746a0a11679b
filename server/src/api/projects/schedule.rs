//! What the scheduler makes of a plan.

use axum::{extract::Query, http::HeaderMap, response::Response};
use domain::{
    Minute, ProjectId, TaskId,
    projects::{
        permission::ViewProjects,
        schedule::{Binding, Conflict},
    },
};
use serde::Serialize;
use usecase::projects::{self as verbs, CurrentPlan};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Past,
    answer::{bytes, kept},
};
use crate::http::{Door, Permit, Row, problem::Problem};

pub(super) fn routes() -> OpenApiRouter<Door> {
    OpenApiRouter::new().routes(routes!(schedule))
}

/// A task on the schedule.
#[derive(Serialize, ToSchema)]
struct ScheduledTask {
    id: TaskId,
    /// Place in the outline: `1.2.3`.
    code: String,
    name: String,
    start: Minute,
    finish: Minute,
    /// Latest start that does not move the project's finish.
    late_start: Minute,
    late_finish: Minute,
    /// Working minutes that the task can slip before the project does; below zero when it is too late.
    total_float_minutes: i64,
    /// Working minutes that the task can slip before another task does.
    free_float_minutes: i64,
    critical: bool,
    binding: Binding,
}

/// What the scheduler makes of a plan.
#[derive(Serialize, ToSchema)]
struct ScheduleView {
    start: Minute,
    finish: Minute,
    /// Working minutes on the project's calendar from start to finish.
    length_minutes: i64,
    /// FNV-1a over every date and float: two schedules with the same digest are the same to the bit.
    digest: String,
    critical_path: Vec<TaskId>,
    /// What cannot be met. Tasks are named by their place in `tasks`.
    conflicts: Vec<Conflict>,
    /// In outline order.
    tasks: Vec<ScheduledTask>,
}

impl ScheduleView {
    fn of(plan: &CurrentPlan) -> Self {
        let CurrentPlan { document, schedule } = plan;
        let rows = document.tasks.iter().zip(document.codes()).zip(&schedule.tasks);
        let tasks: Vec<_> = rows
            .map(|((task, code), slot)| ScheduledTask {
                id: task.id,
                code,
                name: task.name.clone(),
                start: slot.start,
                finish: slot.finish,
                late_start: slot.late_start,
                late_finish: slot.late_finish,
                total_float_minutes: slot.total_float,
                free_float_minutes: slot.free_float,
                critical: slot.critical,
                binding: slot.binding,
            })
            .collect();
        Self {
            start: schedule.start,
            finish: schedule.finish,
            length_minutes: schedule.length,
            digest: format!("{:016x}", schedule.digest()),
            critical_path: tasks.iter().filter(|task| task.critical).map(|task| task.id).collect(),
            conflicts: schedule.conflicts.clone(),
            tasks,
        }
    }
}

/// What the scheduler makes of the plan: dates, floats, the critical path, and what cannot be met.
#[utoipa::path(get, path = "/projects/{id}/schedule", tag = "projects", params(("id" = ProjectId, Path), ("at" = Option<String>, Query, description = "A past state: a revision such as `12`, or an instant such as `2026-03-12T14:02:00Z`")), responses((status = 200, body = ScheduleView)))]
async fn schedule(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
    Query(Past { at }): Query<Past>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let revision = verbs::revision_at(&grant, id, at.as_deref()).await?;
    kept(grant.organization(), format!("schedule {id}"), revision, &headers, async || {
        let plan = verbs::plan_at(&grant, id, revision).await?;
        bytes(&ScheduleView::of(&plan))
    })
    .await
}
