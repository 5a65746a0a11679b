//! Projects: plans, tasks, links, schedules.

mod baseline;
mod copy;
mod feed;
mod file;
mod overview;
mod resource;
mod together;

pub use feed::feed_routes;

use std::{sync::LazyLock, time::Duration};

use axum::{
    Json,
    body::Body,
    extract::Query,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use domain::{
    Fault, FaultKind, LinkId, Minute, OperationId, OrganizationId, Page, PageRequest, ProjectId, TaskId,
    projects::{
        document::{LinkRecord, PlanDocument, ProjectHead, TaskRow, TaskStatus},
        operation::{Operation, ProjectPatch, TaskDraft, TaskPatch},
        permission::{DeleteProjects, EditProjects, ReportProgress, ViewProjects},
        plan::{LagUnit, LinkKind},
        schedule::{Binding, Conflict},
        view::{ActivityRow, Applied, NewProject, ProjectRow},
    },
};
use moka::sync::Cache;
use serde::{Deserialize, Serialize};
use usecase::projects::{self as verbs, CurrentPlan};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::http::{Door, JsonBody, Permit, Row, problem::Problem};

pub fn routes() -> OpenApiRouter<Door> {
    old_routes()
        .routes(routes!(plan))
        .routes(routes!(operate))
        .merge(copy::routes())
        .merge(file::routes())
        .merge(overview::routes())
        .routes(routes!(undo))
        .routes(routes!(redo))
        .routes(routes!(activity))
        .routes(routes!(schedule))
        .routes(routes!(list_links, add_link))
        .routes(routes!(edit_link, remove_link))
        .routes(routes!(task, edit_task, remove_task))
        .merge(resource::routes())
        .merge(baseline::routes())
        .merge(together::routes())
        .routes(routes!(report_progress))
}

/// What the old system had, too.
pub fn old_routes() -> OpenApiRouter<Door> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show, edit, delete))
        .routes(routes!(list_tasks, add_task))
}

/// Answers that are still true, by what was asked and the revision that it was asked at.
static ANSWERS: LazyLock<Cache<(OrganizationId, String, i64), Bytes>> = LazyLock::new(|| {
    Cache::builder()
        .weigher(|_, body: &Bytes| u32::try_from(body.len()).unwrap_or(u32::MAX))
        .max_capacity(64 * 1024 * 1024)
        .time_to_idle(Duration::from_secs(600))
        .build()
});

/// The kept answer where there is one, else a new one; `304` where the client has it already.
async fn kept(
    organization: OrganizationId,
    asked: String,
    revision: i64,
    headers: &HeaderMap,
    make: impl AsyncFnOnce() -> Result<Bytes, Fault>,
) -> Result<Response, Problem> {
    let etag = format!("W/\"{revision}\"");
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes());
    let key = (organization, asked, revision);
    let body = match ANSWERS.get(&key) {
        _ if known => Bytes::new(),
        Some(body) => body,
        None => {
            let body = make().await?;
            ANSWERS.insert(key, body.clone());
            body
        }
    };
    let mut response = Response::new(Body::from(body));
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        answer.insert(header::ETAG, etag);
    }
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    Ok(response)
}

fn bytes(value: &impl Serialize) -> Result<Bytes, Fault> {
    // Boxed, so that a kept answer takes no more room than it has bytes.
    serde_json::to_vec(value)
        .map(|body| Bytes::from(body.into_boxed_slice()))
        .map_err(|_| Fault::new(FaultKind::Internal))
}

/// The version in `If-Match`: `"3"`, or none.
fn if_match(headers: &HeaderMap) -> Result<Option<i64>, Fault> {
    let Some(value) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(None);
    }
    let number = text.trim_start_matches("W/").trim_matches('"').parse();
    number.map(Some).map_err(|_| Fault::because(FaultKind::StaleVersion, format!("{text} is no version of this row.")))
}

fn tagged(status: StatusCode, version: i64, body: &impl Serialize) -> Response {
    let etag = format!("\"{version}\"");
    (status, [(header::ETAG, etag)], Json(body)).into_response()
}

/// Which state of a plan; the present one where nothing is said.
#[derive(Deserialize)]
struct Past {
    #[serde(default)]
    at: Option<String>,
}

/// A page of projects.
#[derive(Serialize, ToSchema)]
struct ProjectList {
    projects: Vec<ProjectRow>,
    /// Rows in the whole list.
    total: u64,
    /// Hand this in as `cursor` for the page after; `null` on the last.
    next_cursor: Option<String>,
}

/// A project, with the figures of its plan.
#[derive(Serialize, ToSchema)]
struct ProjectView {
    #[serde(flatten)]
    head: ProjectHead,
    /// 0 to 100, weighted by duration.
    progress: u8,
    /// When the plan ends, as scheduled.
    finish: Minute,
    task_count: usize,
}

impl ProjectView {
    fn of(plan: &CurrentPlan) -> Self {
        Self {
            head: plan.document.head.clone(),
            progress: plan.document.progress(),
            finish: plan.schedule.finish,
            task_count: plan.document.tasks.len(),
        }
    }
}

/// A page of tasks.
#[derive(Serialize, ToSchema)]
struct TaskList {
    tasks: Vec<TaskRow>,
    /// Rows in the whole list.
    total: u64,
    /// Hand this in as `cursor` for the page after; `null` on the last.
    next_cursor: Option<String>,
}

/// Projects of the organisation. `search`, `status`, `sort`, `limit` and `cursor` choose which.
#[utoipa::path(get, path = "/projects", tag = "projects", params(PageRequest), responses((status = 200, body = ProjectList)))]
async fn list(
    Permit { grant }: Permit<ViewProjects>,
    Query(page): Query<PageRequest>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let revision = verbs::list_revision(&grant).await?;
    kept(grant.organization(), format!("projects {page:?}"), revision, &headers, async || {
        let page = verbs::list(&grant, &page).await?;
        bytes(&ProjectList { projects: page.items, total: page.total, next_cursor: page.next_cursor })
    })
    .await
}

/// Create a project.
#[utoipa::path(post, path = "/projects", tag = "projects", request_body = NewProject, responses((status = 201, body = ProjectHead), (status = 409)))]
async fn create(
    Permit { grant }: Permit<EditProjects>,
    JsonBody(new): JsonBody<NewProject>,
) -> Result<Response, Problem> {
    let head = verbs::create(&grant, new).await?;
    let place = format!("/api/v1/projects/{}", head.id);
    let mut response = tagged(StatusCode::CREATED, head.version, &head);
    if let Ok(place) = HeaderValue::from_str(&place) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    Ok(response)
}

/// One project, with the figures of its plan.
#[utoipa::path(get, path = "/projects/{id}", tag = "projects", params(("id" = ProjectId, Path), ("at" = Option<String>, Query, description = "A past state: a revision such as `12`, or an instant such as `2026-03-12T14:02:00Z`")), responses((status = 200, body = ProjectView)))]
async fn show(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
    Query(Past { at }): Query<Past>,
) -> Result<Response, Problem> {
    let plan = verbs::load_plan_at(&grant, id, at.as_deref()).await?;
    Ok(tagged(StatusCode::OK, plan.document.head.version, &ProjectView::of(&plan)))
}

/// Change a project. `If-Match` with its version refuses to overwrite what somebody else changed.
#[utoipa::path(patch, path = "/projects/{id}", tag = "projects", params(("id" = ProjectId, Path)), request_body = ProjectPatch, responses((status = 200, body = ProjectView), (status = 412)))]
async fn edit(
    Permit { grant }: Permit<EditProjects>,
    view: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
    headers: HeaderMap,
    JsonBody(patch): JsonBody<ProjectPatch>,
) -> Result<Response, Problem> {
    let version = if_match(&headers)?;
    verbs::operate(&grant, id, None, vec![Operation::EditProject { version, patch: Box::new(patch) }]).await?;
    let plan = verbs::load_plan(&view.grant, id).await?;
    Ok(tagged(StatusCode::OK, plan.document.head.version, &ProjectView::of(&plan)))
}

/// Delete a project.
#[utoipa::path(delete, path = "/projects/{id}", tag = "projects", params(("id" = ProjectId, Path)), responses((status = 204), (status = 412)))]
async fn delete(
    Permit { grant }: Permit<DeleteProjects>,
    Row(id): Row<ProjectId>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    verbs::delete(&grant, id, if_match(&headers)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The whole plan as a client edits it: head, calendars, tasks and links.
#[utoipa::path(get, path = "/projects/{id}/plan", tag = "projects", params(("id" = ProjectId, Path), ("at" = Option<String>, Query, description = "A past state: a revision such as `12`, or an instant such as `2026-03-12T14:02:00Z`")), responses((status = 200, body = PlanDocument)))]
async fn plan(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
    Query(Past { at }): Query<Past>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let revision = verbs::revision_at(&grant, id, at.as_deref()).await?;
    kept(grant.organization(), format!("plan {id}"), revision, &headers, async || {
        bytes(&verbs::plan_at(&grant, id, revision).await?.document)
    })
    .await
}

/// Tasks in outline order with the dates that the scheduler gives them.
#[utoipa::path(get, path = "/projects/{id}/tasks", tag = "projects", params(("id" = ProjectId, Path), PageRequest, ("at" = Option<String>, Query, description = "A past state: a revision such as `12`, or an instant such as `2026-03-12T14:02:00Z`")), responses((status = 200, body = TaskList)))]
async fn list_tasks(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
    Query(page): Query<PageRequest>,
    Query(Past { at }): Query<Past>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let revision = verbs::revision_at(&grant, id, at.as_deref()).await?;
    kept(grant.organization(), format!("tasks {id} {page:?}"), revision, &headers, async || {
        let page = verbs::task_rows(&*verbs::plan_at(&grant, id, revision).await?, &page)?;
        bytes(&TaskList { tasks: page.items, total: page.total, next_cursor: page.next_cursor })
    })
    .await
}

/// A task to be added, and where.
#[derive(Deserialize, ToSchema)]
struct NewTask {
    /// Chosen by the client where it must be known before the answer.
    #[serde(default)]
    id: Option<TaskId>,
    #[serde(default)]
    parent_id: Option<TaskId>,
    #[serde(default)]
    after: Option<TaskId>,
    #[serde(flatten)]
    task: TaskDraft,
}

/// Add a task, last below its parent unless `after` says where.
#[utoipa::path(post, path = "/projects/{id}/tasks", tag = "projects", params(("id" = ProjectId, Path)), request_body = NewTask, responses((status = 201, body = TaskRow)))]
async fn add_task(
    Permit { grant }: Permit<EditProjects>,
    view: Permit<ViewProjects>,
    Row(project): Row<ProjectId>,
    JsonBody(new): JsonBody<NewTask>,
) -> Result<Response, Problem> {
    let id = new.id.unwrap_or_else(|| TaskId(Uuid::now_v7()));
    let operation = Operation::AddTask { id, parent_id: new.parent_id, after: new.after, task: Box::new(new.task) };
    verbs::operate(&grant, project, None, vec![operation]).await?;
    let row = task_row(&*verbs::load_plan(&view.grant, project).await?, id)?;
    Ok(tagged(StatusCode::CREATED, row.task.version, &row))
}

fn task_row(plan: &CurrentPlan, id: TaskId) -> Result<TaskRow, Fault> {
    plan.document.row(&plan.schedule, id).ok_or_else(Fault::not_found)
}

/// One task.
#[utoipa::path(get, path = "/projects/{id}/tasks/{task_id}", tag = "projects", params(("id" = ProjectId, Path), ("task_id" = TaskId, Path)), responses((status = 200, body = TaskRow)))]
async fn task(
    Permit { grant }: Permit<ViewProjects>,
    Row((project, id)): Row<(ProjectId, TaskId)>,
) -> Result<Response, Problem> {
    let row = task_row(&*verbs::load_plan(&grant, project).await?, id)?;
    Ok(tagged(StatusCode::OK, row.task.version, &row))
}

/// Change a task. `If-Match` with its version refuses to overwrite what somebody else changed.
#[utoipa::path(patch, path = "/projects/{id}/tasks/{task_id}", tag = "projects", params(("id" = ProjectId, Path), ("task_id" = TaskId, Path)), request_body = TaskPatch, responses((status = 200, body = TaskRow), (status = 412)))]
async fn edit_task(
    Permit { grant }: Permit<EditProjects>,
    view: Permit<ViewProjects>,
    Row((project, id)): Row<(ProjectId, TaskId)>,
    headers: HeaderMap,
    JsonBody(patch): JsonBody<TaskPatch>,
) -> Result<Response, Problem> {
    let version = if_match(&headers)?;
    verbs::operate(&grant, project, None, vec![Operation::EditTask { id, version, patch: Box::new(patch) }]).await?;
    let row = task_row(&*verbs::load_plan(&view.grant, project).await?, id)?;
    Ok(tagged(StatusCode::OK, row.task.version, &row))
}

/// Remove a task with everything below it.
#[utoipa::path(delete, path = "/projects/{id}/tasks/{task_id}", tag = "projects", params(("id" = ProjectId, Path), ("task_id" = TaskId, Path)), responses((status = 204)))]
async fn remove_task(
    Permit { grant }: Permit<EditProjects>,
    Row((project, id)): Row<(ProjectId, TaskId)>,
) -> Result<StatusCode, Problem> {
    verbs::operate(&grant, project, None, vec![Operation::RemoveTasks { ids: vec![id] }]).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How far a task is.
#[derive(Deserialize, ToSchema)]
struct Progress {
    progress: Option<u8>,
    status: Option<TaskStatus>,
}

/// Report how far a task is; employees may.
#[utoipa::path(put, path = "/projects/{id}/tasks/{task_id}/progress", tag = "projects", params(("id" = ProjectId, Path), ("task_id" = TaskId, Path)), request_body = Progress, responses((status = 200, body = Applied)))]
async fn report_progress(
    Permit { grant }: Permit<ReportProgress>,
    Row((project, id)): Row<(ProjectId, TaskId)>,
    JsonBody(how): JsonBody<Progress>,
) -> Result<Json<Applied>, Problem> {
    Ok(Json(verbs::report_progress(&grant, project, id, how.progress, how.status).await?))
}

/// All links of a plan.
#[derive(Serialize, ToSchema)]
struct LinkList {
    links: Vec<LinkRecord>,
    total: usize,
}

/// Links of a plan.
#[utoipa::path(get, path = "/projects/{id}/links", tag = "projects", params(("id" = ProjectId, Path)), responses((status = 200, body = LinkList)))]
async fn list_links(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
) -> Result<Json<LinkList>, Problem> {
    let links = verbs::load_plan(&grant, id).await?.document.links.clone();
    Ok(Json(LinkList { total: links.len(), links }))
}

/// A link to be added.
#[derive(Deserialize, ToSchema)]
struct NewLink {
    #[serde(default)]
    id: Option<LinkId>,
    #[serde(alias = "predecessor")]
    predecessor_id: TaskId,
    #[serde(alias = "successor")]
    successor_id: TaskId,
    #[serde(rename = "type", alias = "kind", default)]
    kind: LinkKind,
    #[serde(default, alias = "lag")]
    lag_minutes: i64,
    #[serde(default)]
    lag_unit: LagUnit,
}

/// Let one task wait for another. A circle is refused with its tasks.
#[utoipa::path(post, path = "/projects/{id}/links", tag = "projects", params(("id" = ProjectId, Path)), request_body = NewLink, responses((status = 201, body = LinkRecord)))]
async fn add_link(
    Permit { grant }: Permit<EditProjects>,
    Row(project): Row<ProjectId>,
    JsonBody(new): JsonBody<NewLink>,
) -> Result<Response, Problem> {
    let NewLink { id, predecessor_id, successor_id, kind, lag_minutes, lag_unit } = new;
    let id = id.unwrap_or_else(|| LinkId(Uuid::now_v7()));
    let operation = Operation::AddLink { id, predecessor_id, successor_id, kind, lag_minutes, lag_unit };
    let applied = verbs::operate(&grant, project, None, vec![operation]).await?;
    let made = applied.delta.links.into_iter().find_map(|change| change.after);
    let link = made.ok_or_else(|| Fault::because(FaultKind::Conflict, "These tasks are linked that way already."))?;
    Ok(tagged(StatusCode::CREATED, link.version, &link))
}

/// A link to be changed.
#[derive(Deserialize, ToSchema)]
struct LinkPatch {
    #[serde(rename = "type", alias = "kind", default)]
    kind: Option<LinkKind>,
    #[serde(default, alias = "lag")]
    lag_minutes: Option<i64>,
    #[serde(default)]
    lag_unit: Option<LagUnit>,
}

/// Change how one task waits for another.
#[utoipa::path(patch, path = "/projects/{id}/links/{link_id}", tag = "projects", params(("id" = ProjectId, Path), ("link_id" = LinkId, Path)), request_body = LinkPatch, responses((status = 200, body = Applied), (status = 412)))]
async fn edit_link(
    Permit { grant }: Permit<EditProjects>,
    Row((project, id)): Row<(ProjectId, LinkId)>,
    headers: HeaderMap,
    JsonBody(patch): JsonBody<LinkPatch>,
) -> Result<Json<Applied>, Problem> {
    let LinkPatch { kind, lag_minutes, lag_unit } = patch;
    let operation = Operation::EditLink { id, version: if_match(&headers)?, kind, lag_minutes, lag_unit };
    Ok(Json(verbs::operate(&grant, project, None, vec![operation]).await?))
}

/// Take a link away.
#[utoipa::path(delete, path = "/projects/{id}/links/{link_id}", tag = "projects", params(("id" = ProjectId, Path), ("link_id" = LinkId, Path)), responses((status = 204)))]
async fn remove_link(
    Permit { grant }: Permit<EditProjects>,
    Row((project, id)): Row<(ProjectId, LinkId)>,
) -> Result<StatusCode, Problem> {
    verbs::operate(&grant, project, None, vec![Operation::RemoveLink { id }]).await?;
    Ok(StatusCode::NO_CONTENT)
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

/// Operations to be applied.
#[derive(Deserialize, ToSchema)]
struct Operations {
    /// The revision that the client saw.
    #[serde(default)]
    base_revision: Option<i64>,
    operations: Vec<Operation>,
}

/// Apply operations, all or none, as one step that can be undone: the same that the browser sends.
#[utoipa::path(post, path = "/projects/{id}/operations", tag = "projects", params(("id" = ProjectId, Path)), request_body = Operations, responses((status = 200, body = Applied), (status = 409), (status = 412)))]
async fn operate(
    Permit { grant }: Permit<EditProjects>,
    Row(id): Row<ProjectId>,
    JsonBody(body): JsonBody<Operations>,
) -> Result<Json<Applied>, Problem> {
    Ok(Json(verbs::operate(&grant, id, body.base_revision, body.operations).await?))
}

/// Which step to take back or do again; one's own latest when absent.
#[derive(Default, Deserialize, ToSchema)]
struct Turn {
    #[serde(default)]
    operation_id: Option<OperationId>,
}

/// Take back one's own latest step, or the named one.
#[utoipa::path(post, path = "/projects/{id}/undo", tag = "projects", params(("id" = ProjectId, Path)), request_body = Turn, responses((status = 200, body = Applied), (status = 409)))]
async fn undo(
    Permit { grant }: Permit<EditProjects>,
    Row(id): Row<ProjectId>,
    JsonBody(turn): JsonBody<Turn>,
) -> Result<Json<Applied>, Problem> {
    Ok(Json(verbs::undo(&grant, id, turn.operation_id).await?))
}

/// Do again what one took back last.
#[utoipa::path(post, path = "/projects/{id}/redo", tag = "projects", params(("id" = ProjectId, Path)), request_body = Turn, responses((status = 200, body = Applied), (status = 409)))]
async fn redo(
    Permit { grant }: Permit<EditProjects>,
    Row(id): Row<ProjectId>,
    JsonBody(turn): JsonBody<Turn>,
) -> Result<Json<Applied>, Problem> {
    Ok(Json(verbs::redo(&grant, id, turn.operation_id).await?))
}

/// What was done to the plan, newest first, with before and after.
#[utoipa::path(get, path = "/projects/{id}/activity", tag = "projects", params(("id" = ProjectId, Path), PageRequest), responses((status = 200, body = Page<ActivityRow>)))]
async fn activity(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<ActivityRow>>, Problem> {
    Ok(Json(verbs::activity(&grant, id, &page).await?))
}
