//! Projects: plans, tasks, links, schedules.

mod file;

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
    Fault, FaultKind, LinkId, OperationId, OrganizationId, PageRequest, ProjectId, TaskId,
    projects::{
        document::{PlanDocument, TaskStatus},
        operation::{Operation, ProjectPatch, TaskDraft, TaskPatch},
        permission::{DeleteProjects, EditProjects, ReportProgress, ViewProjects},
        plan::{LagUnit, LinkKind},
        view::{Applied, NewProject},
    },
};
use moka::sync::Cache;
use serde::Deserialize;
use serde_json::{Value, json};
use usecase::projects::{self as verbs, CurrentPlan};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::http::{Door, JsonBody, Permit, Row, problem::Problem};

pub fn routes() -> OpenApiRouter<Door> {
    old_routes()
        .routes(routes!(plan))
        .routes(routes!(operate))
        .merge(file::routes())
        .routes(routes!(undo))
        .routes(routes!(redo))
        .routes(routes!(activity))
        .routes(routes!(schedule))
        .routes(routes!(list_links, add_link))
        .routes(routes!(edit_link, remove_link))
        .routes(routes!(task, edit_task, remove_task))
        .routes(routes!(comments, comment))
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

fn bytes(value: &impl serde::Serialize) -> Result<Bytes, Fault> {
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

fn tagged(status: StatusCode, version: i64, body: Value) -> Response {
    let etag = format!("\"{version}\"");
    (status, [(header::ETAG, etag)], Json(body)).into_response()
}

/// Projects of the organisation. `search`, `status`, `sort`, `limit` and `cursor` choose which.
#[utoipa::path(get, path = "/projects", tag = "projects", responses((status = 200, body = Object), (status = 401), (status = 403)))]
async fn list(
    Permit { grant }: Permit<ViewProjects>,
    Query(page): Query<PageRequest>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let revision = verbs::list_revision(&grant).await?;
    kept(grant.organization(), format!("projects {page:?}"), revision, &headers, async || {
        let page = verbs::list(&grant, &page).await?;
        bytes(&json!({ "projects": page.items, "total": page.total, "next_cursor": page.next_cursor }))
    })
    .await
}

/// Create a project.
#[utoipa::path(post, path = "/projects", tag = "projects", request_body = Object, responses((status = 201, body = Object), (status = 409), (status = 422)))]
async fn create(
    Permit { grant }: Permit<EditProjects>,
    JsonBody(new): JsonBody<NewProject>,
) -> Result<Response, Problem> {
    let head = verbs::create(&grant, new).await?;
    let place = format!("/api/v1/projects/{}", head.id);
    let mut response = tagged(StatusCode::CREATED, head.version, json!(head));
    if let Ok(place) = HeaderValue::from_str(&place) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    Ok(response)
}

/// One project, with the figures of its plan.
#[utoipa::path(get, path = "/projects/{id}", tag = "projects", params(("id" = Uuid, Path)), responses((status = 200, body = Object), (status = 404)))]
async fn show(Permit { grant }: Permit<ViewProjects>, Row(id): Row<ProjectId>) -> Result<Response, Problem> {
    let plan = verbs::load_plan(&grant, id).await?;
    Ok(tagged(StatusCode::OK, plan.document.head.version, project_body(&plan)))
}

fn project_body(plan: &CurrentPlan) -> Value {
    let mut body = json!(plan.document.head);
    body["progress"] = json!(plan.document.progress());
    body["finish"] = json!(plan.schedule.finish);
    body["task_count"] = json!(plan.document.tasks.len());
    body
}

/// Change a project. `If-Match` with its version refuses to overwrite what somebody else changed.
#[utoipa::path(patch, path = "/projects/{id}", tag = "projects", params(("id" = Uuid, Path)), request_body = Object, responses((status = 200, body = Object), (status = 404), (status = 412), (status = 422)))]
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
    Ok(tagged(StatusCode::OK, plan.document.head.version, project_body(&plan)))
}

/// Delete a project.
#[utoipa::path(delete, path = "/projects/{id}", tag = "projects", params(("id" = Uuid, Path)), responses((status = 204), (status = 404), (status = 412)))]
async fn delete(
    Permit { grant }: Permit<DeleteProjects>,
    Row(id): Row<ProjectId>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    verbs::delete(&grant, id, if_match(&headers)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The whole plan as a client edits it: head, calendars, tasks and links.
#[utoipa::path(get, path = "/projects/{id}/plan", tag = "projects", params(("id" = Uuid, Path)), responses((status = 200, body = Object), (status = 404)))]
async fn plan(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let revision = verbs::plan_revision(&grant, id).await?;
    kept(grant.organization(), format!("plan {id}"), revision, &headers, async || {
        bytes(&verbs::load_plan(&grant, id).await?.document)
    })
    .await
}

/// Tasks in outline order with the dates that the scheduler gives them.
#[utoipa::path(get, path = "/projects/{id}/tasks", tag = "projects", params(("id" = Uuid, Path)), responses((status = 200, body = Object), (status = 404)))]
async fn list_tasks(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
    Query(page): Query<PageRequest>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let revision = verbs::plan_revision(&grant, id).await?;
    kept(grant.organization(), format!("tasks {id} {page:?}"), revision, &headers, async || {
        let page = verbs::task_rows(&grant, id, &page).await?;
        bytes(&json!({ "tasks": page.items, "total": page.total, "next_cursor": page.next_cursor }))
    })
    .await
}

/// A task to be added, and where.
#[derive(Deserialize)]
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
#[utoipa::path(post, path = "/projects/{id}/tasks", tag = "projects", params(("id" = Uuid, Path)), request_body = Object, responses((status = 201, body = Object), (status = 404), (status = 422)))]
async fn add_task(
    Permit { grant }: Permit<EditProjects>,
    view: Permit<ViewProjects>,
    Row(project): Row<ProjectId>,
    JsonBody(new): JsonBody<NewTask>,
) -> Result<Response, Problem> {
    let id = new.id.unwrap_or_else(|| TaskId(Uuid::now_v7()));
    let operation = Operation::AddTask { id, parent_id: new.parent_id, after: new.after, task: Box::new(new.task) };
    verbs::operate(&grant, project, None, vec![operation]).await?;
    let (version, body) = task_body(&*verbs::load_plan(&view.grant, project).await?, id)?;
    Ok(tagged(StatusCode::CREATED, version, body))
}

fn task_body(plan: &CurrentPlan, id: TaskId) -> Result<(i64, Value), Fault> {
    let row = plan.document.row(&plan.schedule, id).ok_or_else(Fault::not_found)?;
    Ok((row.task.version, json!(row)))
}

/// One task.
#[utoipa::path(get, path = "/projects/{id}/tasks/{task_id}", tag = "projects", params(("id" = Uuid, Path), ("task_id" = Uuid, Path)), responses((status = 200, body = Object), (status = 404)))]
async fn task(
    Permit { grant }: Permit<ViewProjects>,
    Row((project, id)): Row<(ProjectId, TaskId)>,
) -> Result<Response, Problem> {
    let (version, body) = task_body(&*verbs::load_plan(&grant, project).await?, id)?;
    Ok(tagged(StatusCode::OK, version, body))
}

/// Change a task. `If-Match` with its version refuses to overwrite what somebody else changed.
#[utoipa::path(patch, path = "/projects/{id}/tasks/{task_id}", tag = "projects", params(("id" = Uuid, Path), ("task_id" = Uuid, Path)), request_body = Object, responses((status = 200, body = Object), (status = 404), (status = 412), (status = 422)))]
async fn edit_task(
    Permit { grant }: Permit<EditProjects>,
    view: Permit<ViewProjects>,
    Row((project, id)): Row<(ProjectId, TaskId)>,
    headers: HeaderMap,
    JsonBody(patch): JsonBody<TaskPatch>,
) -> Result<Response, Problem> {
    let version = if_match(&headers)?;
    verbs::operate(&grant, project, None, vec![Operation::EditTask { id, version, patch: Box::new(patch) }]).await?;
    let (version, body) = task_body(&*verbs::load_plan(&view.grant, project).await?, id)?;
    Ok(tagged(StatusCode::OK, version, body))
}

/// Remove a task with everything below it.
#[utoipa::path(delete, path = "/projects/{id}/tasks/{task_id}", tag = "projects", params(("id" = Uuid, Path), ("task_id" = Uuid, Path)), responses((status = 204), (status = 404)))]
async fn remove_task(
    Permit { grant }: Permit<EditProjects>,
    Row((project, id)): Row<(ProjectId, TaskId)>,
) -> Result<StatusCode, Problem> {
    verbs::operate(&grant, project, None, vec![Operation::RemoveTasks { ids: vec![id] }]).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How far a task is.
#[derive(Deserialize)]
struct Progress {
    progress: Option<u8>,
    status: Option<TaskStatus>,
}

/// Report how far a task is; employees may.
#[utoipa::path(put, path = "/projects/{id}/tasks/{task_id}/progress", tag = "projects", params(("id" = Uuid, Path), ("task_id" = Uuid, Path)), request_body = Object, responses((status = 200, body = Object), (status = 404), (status = 422)))]
async fn report_progress(
    Permit { grant }: Permit<ReportProgress>,
    Row((project, id)): Row<(ProjectId, TaskId)>,
    JsonBody(how): JsonBody<Progress>,
) -> Result<Json<Applied>, Problem> {
    Ok(Json(verbs::report_progress(&grant, project, id, how.progress, how.status).await?))
}

/// Links of a plan.
#[utoipa::path(get, path = "/projects/{id}/links", tag = "projects", params(("id" = Uuid, Path)), responses((status = 200, body = Object), (status = 404)))]
async fn list_links(Permit { grant }: Permit<ViewProjects>, Row(id): Row<ProjectId>) -> Result<Json<Value>, Problem> {
    let plan = verbs::load_plan(&grant, id).await?;
    Ok(Json(json!({ "links": plan.document.links, "total": plan.document.links.len() })))
}

/// A link to be added.
#[derive(Deserialize)]
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
#[utoipa::path(post, path = "/projects/{id}/links", tag = "projects", params(("id" = Uuid, Path)), request_body = Object, responses((status = 201, body = Object), (status = 404), (status = 422)))]
async fn add_link(
    Permit { grant }: Permit<EditProjects>,
    Row(project): Row<ProjectId>,
    JsonBody(new): JsonBody<NewLink>,
) -> Result<Response, Problem> {
    let NewLink { id, predecessor_id, successor_id, kind, lag_minutes, lag_unit } = new;
    let id = id.unwrap_or_else(|| LinkId(Uuid::now_v7()));
    let operation = Operation::AddLink { id, predecessor_id, successor_id, kind, lag_minutes, lag_unit };
    let applied = verbs::operate(&grant, project, None, vec![operation]).await?;
    Ok(tagged(StatusCode::CREATED, 1, link_body(&applied)))
}

fn link_body(applied: &Applied) -> Value {
    applied.delta.links.first().and_then(|change| change.after.as_ref()).map_or(Value::Null, |link| json!(link))
}

/// A link to be changed.
#[derive(Deserialize)]
struct LinkPatch {
    #[serde(rename = "type", alias = "kind", default)]
    kind: Option<LinkKind>,
    #[serde(default, alias = "lag")]
    lag_minutes: Option<i64>,
    #[serde(default)]
    lag_unit: Option<LagUnit>,
}

/// Change how one task waits for another.
#[utoipa::path(patch, path = "/projects/{id}/links/{link_id}", tag = "projects", params(("id" = Uuid, Path), ("link_id" = Uuid, Path)), request_body = Object, responses((status = 200, body = Object), (status = 404), (status = 412), (status = 422)))]
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
#[utoipa::path(delete, path = "/projects/{id}/links/{link_id}", tag = "projects", params(("id" = Uuid, Path), ("link_id" = Uuid, Path)), responses((status = 204), (status = 404)))]
async fn remove_link(
    Permit { grant }: Permit<EditProjects>,
    Row((project, id)): Row<(ProjectId, LinkId)>,
) -> Result<StatusCode, Problem> {
    verbs::operate(&grant, project, None, vec![Operation::RemoveLink { id }]).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the scheduler makes of the plan: dates, floats, the critical path, and what cannot be met.
#[utoipa::path(get, path = "/projects/{id}/schedule", tag = "projects", params(("id" = Uuid, Path)), responses((status = 200, body = Object), (status = 404)))]
async fn schedule(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let revision = verbs::plan_revision(&grant, id).await?;
    kept(grant.organization(), format!("schedule {id}"), revision, &headers, async || {
        let plan = verbs::load_plan(&grant, id).await?;
        bytes(&schedule_body(&plan.document, &plan.schedule))
    })
    .await
}

fn schedule_body(document: &PlanDocument, schedule: &domain::projects::schedule::Schedule) -> Value {
    let codes = document.codes();
    let tasks: Vec<Value> = document
        .tasks
        .iter()
        .zip(&codes)
        .zip(&schedule.tasks)
        .map(|((task, code), slot)| {
            json!({
                "id": task.id, "code": code, "name": task.name, "start": slot.start, "finish": slot.finish,
                "late_start": slot.late_start, "late_finish": slot.late_finish,
                "total_float_minutes": slot.total_float, "free_float_minutes": slot.free_float,
                "critical": slot.critical, "binding": slot.binding,
            })
        })
        .collect();
    let critical: Vec<_> =
        document.tasks.iter().zip(&schedule.tasks).filter(|(_, slot)| slot.critical).map(|(task, _)| task.id).collect();
    json!({
        "start": schedule.start, "finish": schedule.finish, "length_minutes": schedule.length,
        "digest": format!("{:016x}", schedule.digest()),
        "critical_path": critical, "conflicts": schedule.conflicts, "tasks": tasks,
    })
}

/// Operations to be applied.
#[derive(Deserialize)]
struct Operations {
    /// The revision that the client saw.
    #[serde(default)]
    base_revision: Option<i64>,
    operations: Vec<Operation>,
}

/// Apply operations, all or none, as one step that can be undone: the same that the browser sends.
#[utoipa::path(post, path = "/projects/{id}/operations", tag = "projects", params(("id" = Uuid, Path)), request_body = Object, responses((status = 200, body = Object), (status = 404), (status = 409), (status = 412), (status = 422)))]
async fn operate(
    Permit { grant }: Permit<EditProjects>,
    Row(id): Row<ProjectId>,
    JsonBody(body): JsonBody<Operations>,
) -> Result<Json<Applied>, Problem> {
    Ok(Json(verbs::operate(&grant, id, body.base_revision, body.operations).await?))
}

/// Which step to take back or do again; one's own latest when absent.
#[derive(Default, Deserialize)]
struct Turn {
    #[serde(default)]
    operation_id: Option<OperationId>,
}

/// Take back one's own latest step, or the named one.
#[utoipa::path(post, path = "/projects/{id}/undo", tag = "projects", params(("id" = Uuid, Path)), request_body = Object, responses((status = 200, body = Object), (status = 404), (status = 409)))]
async fn undo(
    Permit { grant }: Permit<EditProjects>,
    Row(id): Row<ProjectId>,
    JsonBody(turn): JsonBody<Turn>,
) -> Result<Json<Applied>, Problem> {
    Ok(Json(verbs::undo(&grant, id, turn.operation_id).await?))
}

/// Do again what one took back last.
#[utoipa::path(post, path = "/projects/{id}/redo", tag = "projects", params(("id" = Uuid, Path)), request_body = Object, responses((status = 200, body = Object), (status = 404), (status = 409)))]
async fn redo(
    Permit { grant }: Permit<EditProjects>,
    Row(id): Row<ProjectId>,
    JsonBody(turn): JsonBody<Turn>,
) -> Result<Json<Applied>, Problem> {
    Ok(Json(verbs::redo(&grant, id, turn.operation_id).await?))
}

/// What was done to the plan, newest first, with before and after.
#[utoipa::path(get, path = "/projects/{id}/activity", tag = "projects", params(("id" = Uuid, Path)), responses((status = 200, body = Object), (status = 404)))]
async fn activity(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Value>, Problem> {
    Ok(Json(json!(verbs::activity(&grant, id, &page).await?)))
}

/// Comments on a task, oldest first.
#[utoipa::path(get, path = "/projects/{id}/tasks/{task_id}/comments", tag = "projects", params(("id" = Uuid, Path), ("task_id" = Uuid, Path)), responses((status = 200, body = Object), (status = 404)))]
async fn comments(
    Permit { grant }: Permit<ViewProjects>,
    Row((project, id)): Row<(ProjectId, TaskId)>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Value>, Problem> {
    Ok(Json(json!(verbs::comments(&grant, project, id, &page).await?)))
}

/// A comment to be made.
#[derive(Deserialize)]
struct NewComment {
    body: String,
}

/// Comment on a task.
#[utoipa::path(post, path = "/projects/{id}/tasks/{task_id}/comments", tag = "projects", params(("id" = Uuid, Path), ("task_id" = Uuid, Path)), request_body = Object, responses((status = 201, body = Object), (status = 404), (status = 422)))]
async fn comment(
    Permit { grant }: Permit<ReportProgress>,
    Row((project, id)): Row<(ProjectId, TaskId)>,
    JsonBody(new): JsonBody<NewComment>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let made = verbs::add_comment(&grant, project, id, &new.body).await?;
    Ok((StatusCode::CREATED, Json(json!(made))))
}
