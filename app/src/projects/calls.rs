//! Server functions of the projects.

use domain::{
    Page, PageRequest, ProjectId, TaskId,
    projects::{
        document::ProjectHead,
        overview::{MyTask, Portfolio},
        view::{ActivityRow, Comment, NewProject, Person, ProjectRow},
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
pub async fn add_comment(id: ProjectId, task: TaskId, body: String) -> Result<Comment, CallError> {
    Ok(usecase::projects::add_comment(&permit()?, id, task, &body).await?)
}

/// Who can be given work.
#[server(prefix = "/fn", endpoint = "projects/people", input = Json, output = Json)]
pub async fn people() -> Result<Vec<Person>, CallError> {
    Ok(usecase::projects::people(&permit()?).await?)
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
