//! Projects made after others, and templates.

use domain::{
    Fault, FaultKind, Minute, Module, ProjectId, TemplateId,
    projects::{
        copy::{CopyProject, Keep},
        document::{PlanDocument, ProjectHead},
        exchange::template::built_in,
        permission::EditProjects,
        template::{FromTemplate, NewTemplate, Template},
    },
};
use entity::projects::template;
use sea_orm::{ColumnTrait, FromQueryResult, Order, QuerySelect, Set};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    operate::{code_of, store_new},
    store,
};
use crate::{
    Grant,
    db::OrgTx,
    fault::internal,
    trace::{self, Actor, Note},
};

/// Templates that an organisation may keep.
const MOST_TEMPLATES: u64 = 200;

/// A new project after one that is here. Ids are new, dates move with the start, progress begins anew unless it is kept.
///
/// # Errors
/// `NotFound`; `InvalidInput` by field; `Conflict` on `code`.
pub async fn copy(grant: &Grant<EditProjects>, id: ProjectId, new: CopyProject) -> Result<ProjectHead, Fault> {
    let tx = grant.pass().begin().await?;
    let row = store::project_row(&tx, id, false).await?;
    let plan = store::current(grant.pass(), &tx, &row).await?;
    let head = make(grant, &tx, &plan.document, &new, &row.code).await?;
    tx.commit().await?;
    Ok(head)
}

async fn make(
    grant: &Grant<EditProjects>,
    tx: &OrgTx,
    original: &PlanDocument,
    new: &CopyProject,
    after: &str,
) -> Result<ProjectHead, Fault> {
    let code = code_of(tx, new.code.as_deref()).await?;
    let document = original.copied(code, new, Uuid::now_v7)?;
    let plan = store_new(grant.pass(), tx, document, Some(after)).await?;
    Ok(plan.document.head.clone())
}

/// A new project after a template.
///
/// # Errors
/// `InvalidInput` by field, on `template` where there is none; `Conflict` on `code`.
pub async fn create_from_template(grant: &Grant<EditProjects>, new: FromTemplate) -> Result<ProjectHead, Fault> {
    let tx = grant.pass().begin().await?;
    let (name, mut plan) = find(&tx, &new.template).await?;
    // The target is said, not taken over: it stays where it is when the dates move.
    let shift = (new.start.day() - plan.head.start.day()) * Minute::DAY;
    plan.head.target_end = new.target_end.map(|end| Minute(end.0 - shift));
    let head = make(grant, &tx, &plan, &new.copy(), &format!("the template {name}")).await?;
    tx.commit().await?;
    Ok(head)
}

/// The name and the plan of a template.
async fn find(tx: &OrgTx, named: &str) -> Result<(String, PlanDocument), Fault> {
    if let Some(shipped) = built_in().iter().find(|template| template.slug == named) {
        return Ok((shipped.named().name, shipped.plan.clone()));
    }
    let unknown = || Fault::field("template", "There is no such template.");
    let id: Uuid = named.parse().map_err(|_| unknown())?;
    let row = tx.select::<template::Entity>().filter(template::Column::Id.eq(id)).one().await?.ok_or_else(unknown)?;
    let plan = serde_json::from_value(row.plan).map_err(|error| internal("reading a stored template", error))?;
    Ok((row.name, plan))
}

#[derive(FromQueryResult)]
struct Listed {
    summary: Value,
}

/// Templates: one's own by name, then those that come with the program.
///
/// # Errors
/// The database's error as a fault.
pub async fn templates(grant: &Grant<EditProjects>) -> Result<Vec<Template>, Fault> {
    let rows: Vec<Listed> = grant
        .db()
        .select::<template::Entity>()
        .order_by(template::Column::Name, Order::Asc)
        .limit(MOST_TEMPLATES)
        .columns(|select| select.column(template::Column::Summary))
        .await?;
    let own = rows
        .into_iter()
        .map(|row| serde_json::from_value(row.summary).map_err(|error| internal("reading a stored template", error)));
    let shipped = built_in().iter().map(|one| one.plan.as_template(one.slug.to_owned(), one.named(), true));
    own.chain(shipped).collect()
}

/// Keeps a project's plan as a template: its rows, links, calendars and durations, without people, progress and dates
/// that are nobody's wish any more.
///
/// # Errors
/// `NotFound`; `InvalidInput` by field; `Conflict` on `name` where a template is called that already.
pub async fn save_template(grant: &Grant<EditProjects>, id: ProjectId, new: NewTemplate) -> Result<Template, Fault> {
    let new = new.checked()?;
    let pass = grant.pass();
    let tx = pass.begin().await?;
    let row = store::project_row(&tx, id, false).await?;
    if tx.select::<template::Entity>().count().await? >= MOST_TEMPLATES {
        let message = format!("An organisation keeps at most {MOST_TEMPLATES} templates; delete one first.");
        return Err(Fault::because(FaultKind::Conflict, message));
    }
    let plan = store::current(pass, &tx, &row).await?;
    let bare = CopyProject {
        name: new.name.clone(),
        code: None,
        start: None,
        keep: Keep { assignees: false, deadlines: false, ..Keep::default() },
    };
    let plan = plan.document.copied(row.code.clone(), &bare, Uuid::now_v7)?;
    let id = TemplateId(Uuid::now_v7());
    let template = plan.as_template(id.to_string(), new, false)?;
    let row = template::ActiveModel {
        id: Set(id.0),
        name: Set(template.name.clone()),
        description: Set(template.description.clone()),
        category: Set(template.category.clone()),
        plan: Set(json!(plan)),
        summary: Set(json!(template)),
        created_at: Set(grant.now()),
        ..sea_orm::ActiveModelTrait::default()
    };
    tx.insert::<template::Entity>(row).await?;
    leave(grant, &tx, "template.saved", id, &template.name).await?;
    tx.commit().await?;
    Ok(template)
}

/// Deletes one of the organisation's templates. Projects made after it stay as they are.
///
/// # Errors
/// `NotFound`.
pub async fn delete_template(grant: &Grant<EditProjects>, id: TemplateId) -> Result<(), Fault> {
    let tx = grant.pass().begin().await?;
    let here = || template::Column::Id.eq(id.0);
    let row = tx.select::<template::Entity>().filter(here()).one().await?.ok_or_else(Fault::not_found)?;
    tx.delete::<template::Entity>(here()).await?;
    leave(grant, &tx, "template.deleted", id, &row.name).await?;
    tx.commit().await
}

async fn leave(
    grant: &Grant<EditProjects>,
    tx: &OrgTx,
    verb: &'static str,
    id: TemplateId,
    name: &str,
) -> Result<(), Fault> {
    let pass = grant.pass();
    let word = verb.rsplit('.').next().unwrap_or_default();
    let note = Note {
        module: Module::Projects,
        verb,
        subject: "template",
        subject_id: Some(id.0),
        summary: format!("The template {name} was {word}"),
        before: None,
        after: Some(json!({ "name": name })),
    };
    let now = grant.now();
    trace::note(tx, &Actor::of(&pass.access, &pass.origin, now), note).await?;
    let told = json!({ "template_id": id, "what": word });
    trace::announce(tx, "projects.template_changed", told, now).await.map(drop)
}
