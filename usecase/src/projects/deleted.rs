//! Projects that are taken out of every list, listed apart, and brought back.

use domain::{
    Fault, FaultKind, Module, Page, PageRequest, ProjectId,
    projects::{document::ProjectHead, permission::DeleteProjects, view::ProjectRow},
};
use entity::projects::project;
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, Set};
use serde_json::json;

use super::{
    list::{containing, list_of},
    rows, store,
};
use crate::{
    Grant,
    trace::{self, Actor, Note},
};

/// Takes a project out of every list. Its rows stay, so that [`undelete`] brings it back as it was.
///
/// # Errors
/// `NotFound`; `StaleVersion` where somebody changed it since.
pub async fn delete(grant: &Grant<DeleteProjects>, id: ProjectId, version: Option<i64>) -> Result<(), Fault> {
    let tx = grant.pass().begin().await?;
    let row = store::project_row(&tx, id, true).await?;
    if let Some(version) = version.filter(|version| *version != row.version) {
        let detail = format!("You saw version {version} of {}; it is at version {} now.", row.code, row.version);
        return Err(Fault::because(FaultKind::StaleVersion, detail));
    }
    let now = grant.now();
    let gone = project::ActiveModel { deleted_at: Set(Some(now)), updated_at: Set(now), ..ActiveModelTrait::default() };
    tx.update::<project::Entity>(gone, project::Column::Id.eq(id.0)).await?;
    let pass = grant.pass();
    let note = Note {
        module: Module::Projects,
        verb: "project.deleted",
        subject: "project",
        subject_id: Some(id.0),
        summary: format!("{} {} was deleted", row.code, row.name),
        before: Some(json!(rows::head(&row)?)),
        after: None,
    };
    trace::note(&tx, &Actor::of(&pass.access, &pass.origin, now), note).await?;
    trace::announce(&tx, "projects.deleted", json!({ "project_id": id }), now).await?;
    tx.commit().await
}

/// Brings back a project that was deleted, with everything that it had.
///
/// # Errors
/// `NotFound` where there is none or it was not deleted; `Conflict` on `code` where another project has it by now.
pub async fn undelete(grant: &Grant<DeleteProjects>, id: ProjectId) -> Result<ProjectHead, Fault> {
    let tx = grant.pass().begin().await?;
    let gone = Condition::all().add(project::Column::Id.eq(id.0)).add(project::Column::DeletedAt.is_not_null());
    let row = tx.select::<project::Entity>().filter(gone).for_update().one().await?.ok_or_else(Fault::not_found)?;
    let now = grant.now();
    let back = project::ActiveModel { deleted_at: Set(None), updated_at: Set(now), ..ActiveModelTrait::default() };
    tx.update::<project::Entity>(back, project::Column::Id.eq(id.0)).await?;
    let (pass, head) = (grant.pass(), rows::head(&row)?);
    let note = Note {
        module: Module::Projects,
        verb: "project.undeleted",
        subject: "project",
        subject_id: Some(id.0),
        summary: format!("{} {} was brought back", row.code, row.name),
        before: None,
        after: Some(json!(head)),
    };
    trace::note(&tx, &Actor::of(&pass.access, &pass.origin, now), note).await?;
    trace::announce(&tx, "projects.undeleted", json!({ "project_id": id }), now).await?;
    tx.commit().await?;
    Ok(head)
}

/// Deleted projects, those that went last first; searched, sorted and paged like the others.
///
/// # Errors
/// `InvalidInput` on `sort`, `limit` or `cursor`.
pub async fn deleted(grant: &Grant<DeleteProjects>, page: &PageRequest) -> Result<Page<ProjectRow>, Fault> {
    let gone = || Condition::all().add(project::Column::DeletedAt.is_not_null()).add_option(containing(page));
    list_of(grant, page, gone).await
}
