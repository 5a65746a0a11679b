//! Server functions of the projects.

use chrono::NaiveDate;
use domain::{
    BaselineId, Page, PageRequest, ProjectId, ResourceId, TaskId, TemplateId, UserId,
    projects::{
        baseline::{Baseline, BaselineHead},
        copy::CopyProject,
        document::ProjectHead,
        exchange::paper::PictureOptions,
        feed::{FeedState, NewFeed},
        operation::{Operation, ProjectPatch},
        overview::{Mention, MyTask, Portfolio},
        resource::{ResourceBooking, ResourceRecord},
        template::{FromTemplate, NewTemplate, Template},
        view::{
            ActivityRow, Applied, Comment, LevelRequest, NewProject, PastState, Person, PicturePreview, ProjectRow,
        },
        workload::{LoadAsked, LoadGrid, LoadParts},
    },
};
use leptos::prelude::*;
use server_fn::codec::Json;

use crate::kit::CallError;
#[cfg(feature = "ssr")]
use crate::server_side::permit;

/// Projects on a page.
#[server(prefix = "/fn", endpoint = "projects/list", input = Json, output = Json)]
pub async fn list(page: PageRequest) -> Result<Page<ProjectRow>, CallError> {
    Ok(usecase::projects::list(&permit()?, &page).await?)
}

/// A new project.
#[server(prefix = "/fn", endpoint = "projects/create", input = Json, output = Json)]
pub async fn create(new: NewProject) -> Result<ProjectHead, CallError> {
    Ok(usecase::projects::create(&permit()?, new).await?)
}

/// What a project is, apart from its plan.
#[server(prefix = "/fn", endpoint = "projects/head", input = Json, output = Json)]
pub async fn head(id: ProjectId) -> Result<ProjectHead, CallError> {
    Ok(usecase::projects::load_plan(&permit()?, id).await?.document.head.clone())
}

/// Changes what a project is.
#[server(prefix = "/fn", endpoint = "projects/edit", input = Json, output = Json)]
pub async fn edit(id: ProjectId, patch: ProjectPatch) -> Result<Applied, CallError> {
    let operation = Operation::EditProject { version: None, patch: Box::new(patch) };
    Ok(usecase::projects::operate(&permit()?, id, None, vec![operation]).await?)
}

/// Takes a project out of every list.
#[server(prefix = "/fn", endpoint = "projects/delete", input = Json, output = Json)]
pub async fn delete(id: ProjectId) -> Result<(), CallError> {
    Ok(usecase::projects::delete(&permit()?, id, None).await?)
}

/// Projects that were deleted.
#[server(prefix = "/fn", endpoint = "projects/deleted", input = Json, output = Json)]
pub async fn deleted(page: PageRequest) -> Result<Page<ProjectRow>, CallError> {
    Ok(usecase::projects::deleted(&permit()?, &page).await?)
}

/// Brings a deleted project back.
#[server(prefix = "/fn", endpoint = "projects/undelete", input = Json, output = Json)]
pub async fn undelete(id: ProjectId) -> Result<ProjectHead, CallError> {
    Ok(usecase::projects::undelete(&permit()?, id).await?)
}

/// Takes back what one did last to a project.
#[server(prefix = "/fn", endpoint = "projects/undo", input = Json, output = Json)]
pub async fn undo(id: ProjectId) -> Result<Applied, CallError> {
    Ok(usecase::projects::undo(&permit()?, id, None).await?)
}

/// What was done to a plan.
#[server(prefix = "/fn", endpoint = "projects/activity", input = Json, output = Json)]
pub async fn activity(id: ProjectId, page: PageRequest) -> Result<Page<ActivityRow>, CallError> {
    Ok(usecase::projects::activity(&permit()?, id, &page).await?)
}

/// Comments on a task.
#[server(prefix = "/fn", endpoint = "projects/comments", input = Json, output = Json)]
pub async fn comments(id: ProjectId, task: TaskId) -> Result<Page<Comment>, CallError> {
    let page = PageRequest { limit: Some(200), ..PageRequest::default() };
    Ok(usecase::projects::comments(&permit()?, id, task, &page).await?)
}

/// Says something about a task.
#[server(prefix = "/fn", endpoint = "projects/comment", input = Json, output = Json)]
pub async fn add_comment(
    id: ProjectId,
    task: TaskId,
    body: String,
    mentions: Vec<UserId>,
) -> Result<Comment, CallError> {
    Ok(usecase::projects::add_comment(&permit()?, id, task, &body, &mentions).await?)
}

/// What was said to whoever asks, over all projects.
#[server(prefix = "/fn", endpoint = "projects/mentions", input = Json, output = Json)]
pub async fn mentions(page: PageRequest) -> Result<Page<Mention>, CallError> {
    Ok(usecase::projects::mentions(&permit()?, &page).await?)
}

/// Who can be given work.
#[server(prefix = "/fn", endpoint = "projects/people", input = Json, output = Json)]
pub async fn people() -> Result<Vec<Person>, CallError> {
    Ok(usecase::projects::people(&permit()?).await?)
}

/// What was done to one task.
#[server(prefix = "/fn", endpoint = "projects/task-activity", input = Json, output = Json)]
pub async fn task_activity(id: ProjectId, task: TaskId) -> Result<Page<ActivityRow>, CallError> {
    let page = PageRequest { limit: Some(50), ..PageRequest::default() };
    Ok(usecase::projects::task_activity(&permit()?, id, task, &page).await?)
}

/// Who watches a task.
#[server(prefix = "/fn", endpoint = "projects/watchers", input = Json, output = Json)]
pub async fn watchers(id: ProjectId, task: TaskId) -> Result<Vec<Person>, CallError> {
    Ok(usecase::projects::watchers(&permit()?, id, task).await?)
}

/// Watches a task, or no longer.
#[server(prefix = "/fn", endpoint = "projects/watch", input = Json, output = Json)]
pub async fn watch(id: ProjectId, task: TaskId, on: bool) -> Result<(), CallError> {
    Ok(usecase::projects::watch(&permit()?, id, task, on).await?)
}

/// Baselines of a project.
#[server(prefix = "/fn", endpoint = "projects/baselines", input = Json, output = Json)]
pub async fn baselines(id: ProjectId) -> Result<Page<BaselineHead>, CallError> {
    let page = PageRequest { limit: Some(50), ..PageRequest::default() };
    Ok(usecase::projects::baselines(&permit()?, id, &page).await?)
}

/// A baseline with its rows.
#[server(prefix = "/fn", endpoint = "projects/one-baseline", input = Json, output = Json)]
pub async fn one_baseline(id: ProjectId, baseline: BaselineId) -> Result<Baseline, CallError> {
    Ok(usecase::projects::baseline(&permit()?, id, baseline).await?)
}

/// Keeps the plan as it is now.
#[server(prefix = "/fn", endpoint = "projects/take-baseline", input = Json, output = Json)]
pub async fn take_baseline(id: ProjectId, name: String) -> Result<BaselineHead, CallError> {
    Ok(usecase::projects::take_baseline(&permit()?, id, &name).await?)
}

/// Calls a baseline something else.
#[server(prefix = "/fn", endpoint = "projects/rename-baseline", input = Json, output = Json)]
pub async fn rename_baseline(
    id: ProjectId,
    baseline: BaselineId,
    version: i64,
    name: String,
) -> Result<BaselineHead, CallError> {
    Ok(usecase::projects::rename_baseline(&permit()?, id, baseline, Some(version), &name).await?)
}

/// Takes a baseline away, or brings it back.
#[server(prefix = "/fn", endpoint = "projects/remove-baseline", input = Json, output = Json)]
pub async fn remove_baseline(id: ProjectId, baseline: BaselineId, back: bool) -> Result<(), CallError> {
    if back {
        usecase::projects::restore_baseline(&permit()?, id, baseline).await?;
    } else {
        usecase::projects::remove_baseline(&permit()?, id, baseline, None).await?;
    }
    Ok(())
}

/// People, departments and machines.
#[server(prefix = "/fn", endpoint = "projects/resources", input = Json, output = Json)]
pub async fn resources() -> Result<Page<ResourceRecord>, CallError> {
    let page = PageRequest { limit: Some(2_000), ..PageRequest::default() };
    Ok(usecase::projects::resources(&permit()?, &page).await?)
}

/// Adds or changes a resource.
#[server(prefix = "/fn", endpoint = "projects/save-resource", input = Json, output = Json)]
pub async fn save_resource(resource: ResourceRecord) -> Result<ResourceRecord, CallError> {
    Ok(usecase::projects::save_resource(&permit()?, resource).await?)
}

/// Takes a resource away.
#[server(prefix = "/fn", endpoint = "projects/remove-resource", input = Json, output = Json)]
pub async fn remove_resource(id: ResourceId, version: i64) -> Result<(), CallError> {
    Ok(usecase::projects::remove_resource(&permit()?, id, Some(version)).await?)
}

/// When resources work for other projects.
#[server(prefix = "/fn", endpoint = "projects/bookings", input = Json, output = Json)]
pub async fn bookings(id: ProjectId) -> Result<Vec<ResourceBooking>, CallError> {
    Ok(usecase::projects::bookings(&permit()?, id).await?)
}

/// What a long search for a levelled plan comes to. Nothing is stored.
#[server(prefix = "/fn", endpoint = "projects/find-levelled", input = Json, output = Json)]
pub async fn find_levelled(id: ProjectId, how: LevelRequest) -> Result<Operation, CallError> {
    Ok(usecase::projects::preview_levelling(&permit()?, id, how).await?.operation)
}

/// One's own tasks over all plans.
#[server(prefix = "/fn", endpoint = "projects/my-tasks", input = Json, output = Json)]
pub async fn my_tasks(page: PageRequest) -> Result<Page<MyTask>, CallError> {
    Ok(usecase::projects::my_tasks(&permit()?, &page).await?)
}

/// All projects side by side.
#[server(prefix = "/fn", endpoint = "projects/portfolio", input = Json, output = Json)]
pub async fn portfolio_page(page: PageRequest) -> Result<Portfolio, CallError> {
    Ok(usecase::projects::portfolio(&permit()?, &page).await?)
}

/// The first page of the chart on paper.
#[server(prefix = "/fn", endpoint = "projects/picture", input = Json, output = Json)]
pub async fn picture(id: ProjectId, at: Option<String>, options: PictureOptions) -> Result<PicturePreview, CallError> {
    Ok(usecase::projects::preview_picture(&permit()?, id, at.as_deref(), options).await?)
}

/// Which step made a state of a plan.
#[server(prefix = "/fn", endpoint = "projects/past", input = Json, output = Json)]
pub async fn past(id: ProjectId, at: String) -> Result<PastState, CallError> {
    Ok(usecase::projects::past_state(&permit()?, id, &at).await?)
}

/// Makes a past state the present one.
#[server(prefix = "/fn", endpoint = "projects/restore", input = Json, output = Json)]
pub async fn restore(id: ProjectId, at: String) -> Result<Applied, CallError> {
    Ok(usecase::projects::restore(&permit()?, id, &at).await?)
}

/// A project after another.
#[server(prefix = "/fn", endpoint = "projects/copy", input = Json, output = Json)]
pub async fn copy(id: ProjectId, new: CopyProject) -> Result<ProjectHead, CallError> {
    Ok(usecase::projects::copy(&permit()?, id, new).await?)
}

/// Plans to begin with.
#[server(prefix = "/fn", endpoint = "projects/templates", input = Json, output = Json)]
pub async fn templates() -> Result<Vec<Template>, CallError> {
    Ok(usecase::projects::templates(&permit()?).await?)
}

/// A project after a template.
#[server(prefix = "/fn", endpoint = "projects/create_from_template", input = Json, output = Json)]
pub async fn create_from_template(new: FromTemplate) -> Result<ProjectHead, CallError> {
    Ok(usecase::projects::create_from_template(&permit()?, new).await?)
}

/// Keeps a plan as a template.
#[server(prefix = "/fn", endpoint = "projects/save_template", input = Json, output = Json)]
pub async fn save_template(id: ProjectId, new: NewTemplate) -> Result<Template, CallError> {
    Ok(usecase::projects::save_template(&permit()?, id, new).await?)
}

/// Deletes a template.
#[server(prefix = "/fn", endpoint = "projects/delete_template", input = Json, output = Json)]
pub async fn delete_template(id: TemplateId) -> Result<(), CallError> {
    Ok(usecase::projects::delete_template(&permit()?, id).await?)
}

/// Whether there is a calendar link: to a project, or to one's own tasks.
#[server(prefix = "/fn", endpoint = "projects/feed", input = Json, output = Json)]
pub async fn feed(project: Option<ProjectId>) -> Result<FeedState, CallError> {
    Ok(usecase::projects::feed_state(&permit()?, project).await?)
}

/// Makes a calendar link.
#[server(prefix = "/fn", endpoint = "projects/make_feed", input = Json, output = Json)]
pub async fn make_feed(project: Option<ProjectId>) -> Result<NewFeed, CallError> {
    Ok(usecase::projects::make_feed(&permit()?, project).await?)
}

/// Takes a calendar link away.
#[server(prefix = "/fn", endpoint = "projects/revoke_feed", input = Json, output = Json)]
pub async fn revoke_feed(project: Option<ProjectId>) -> Result<(), CallError> {
    Ok(usecase::projects::revoke_feed(&permit()?, project).await?)
}

/// The load of people, departments and machines over all projects.
#[server(prefix = "/fn", endpoint = "projects/load", input = Json, output = Json)]
pub async fn load(asked: LoadAsked, page: PageRequest) -> Result<LoadGrid, CallError> {
    Ok(usecase::projects::load(&permit()?, asked, &page).await?)
}

/// What the load of one of them is made of.
#[server(prefix = "/fn", endpoint = "projects/load-of", input = Json, output = Json)]
pub async fn load_of(
    id: ResourceId,
    from: NaiveDate,
    to: NaiveDate,
    page: PageRequest,
) -> Result<LoadParts, CallError> {
    Ok(usecase::projects::load_of(&permit()?, id, (from, to), &page).await?)
}
