//! What people say about a task.

use domain::{
    CommentId, Fault, Module, Page, PageRequest, ProjectId, TaskId, UserId,
    projects::{
        permission::{ReportProgress, ViewProjects},
        view::Comment,
    },
};
use entity::{identity::user, projects::comment};
use sea_orm::{ColumnTrait, Condition, Order, Set};
use serde_json::json;
use uuid::Uuid;

use super::{
    page_of, store,
    together::{self, known_task},
    window,
};
use crate::{
    Grant, LiveEvent,
    db::OrgTx,
    trace::{self, Actor, Note},
};

/// Characters that a comment may have.
const LONGEST: usize = 5_000;
/// People that a comment may speak to.
const MOST_MENTIONS: usize = 50;

/// Comments on a task, oldest first.
///
/// # Errors
/// `NotFound`.
pub async fn comments(
    grant: &Grant<ViewProjects>,
    project: ProjectId,
    task: TaskId,
    page: &PageRequest,
) -> Result<Page<Comment>, Fault> {
    let (limit, offset) = window(page, 200)?;
    let tx = grant.db().snapshot().await?;
    store::project_row(&tx, project, false).await?;
    known_task(&tx, project, task).await?;
    let which =
        || Condition::all().add(comment::Column::ProjectId.eq(project.0)).add(comment::Column::TaskId.eq(task.0));
    let total = tx.select::<comment::Entity>().filter(which()).count().await?;
    let found = tx
        .select::<comment::Entity>()
        .filter(which())
        .order_by(comment::Column::Id, Order::Asc)
        .limit(limit)
        .offset(offset)
        .all()
        .await?;
    tx.commit().await?;
    Ok(page_of(found.into_iter().map(view).collect(), total, limit, offset))
}

/// Says something about a task.
///
/// # Errors
/// `NotFound`; `InvalidInput` on `body`.
pub async fn add_comment(
    grant: &Grant<ReportProgress>,
    project: ProjectId,
    task: TaskId,
    body: &str,
    mentions: &[UserId],
) -> Result<Comment, Fault> {
    let body = body.trim();
    let length = body.chars().count();
    if length == 0 || length > LONGEST {
        return Err(Fault::field("body", format!("A comment has 1 to {LONGEST} characters; this has {length}.")));
    }
    let pass = grant.pass();
    let tx = pass.begin().await?;
    store::project_row(&tx, project, false).await?;
    let name = known_task(&tx, project, task).await?;
    let mentions = addressed(&tx, mentions).await?;
    let row = comment::Model {
        id: Uuid::now_v7(),
        organization_id: pass.access.organization_id.0,
        project_id: project.0,
        task_id: task.0,
        author_id: pass.access.user_id.0,
        author_name: pass.access.user_name.clone(),
        body: body.to_owned(),
        created_at: grant.now(),
        mentions: Some(json!(mentions)),
    };
    tx.insert::<comment::Entity>(comment::ActiveModel { id: Set(row.id), ..row.clone().into() }).await?;
    let note = Note {
        module: Module::Projects,
        verb: "task.commented",
        subject: "task",
        subject_id: Some(task.0),
        summary: format!("{} commented on {name}", row.author_name),
        before: None,
        after: Some(json!({ "body": body })),
    };
    trace::note(&tx, &Actor::of(&pass.access, &pass.origin, grant.now()), note).await?;
    // Whoever speaks of a task, or is spoken to, hears how it goes on.
    let me = pass.access.user_id;
    let involved = mentions.iter().copied().chain([me]).collect();
    let watching = together::add_watchers(&tx, project, task, involved, grant.now()).await?;
    let watchers: Vec<UserId> = watching.into_iter().filter(|user| *user != me).collect();
    let told = json!({
        "project_id": project, "task_id": task, "comment_id": row.id, "mentions": mentions, "watchers": watchers,
    });
    let announced = trace::announce(&tx, "projects.commented", told, grant.now()).await?;
    tx.commit().await?;
    let comment = view(row);
    pass.services.live.publish(LiveEvent {
        organization: pass.access.organization_id,
        name: "projects.commented".into(),
        id: comment.id.to_string(),
        payload: json!({
            "project_id": project, "task_id": task, "task_name": name, "comment": comment, "watchers": watchers,
        })
        .to_string()
        .into(),
        announced: Some(announced),
    });
    Ok(comment)
}

/// The people who are spoken to.
async fn addressed(tx: &OrgTx, mentions: &[UserId]) -> Result<Vec<UserId>, Fault> {
    let mut people = mentions.to_vec();
    people.sort_unstable();
    people.dedup();
    if people.len() > MOST_MENTIONS {
        return Err(Fault::field("mentions", format!("A comment speaks to at most {MOST_MENTIONS} people.")));
    }
    let here = user::Column::Id.is_in(people.iter().map(|user| user.0));
    if !people.is_empty() && tx.select::<user::Entity>().filter(here).count().await? < people.len() as u64 {
        return Err(Fault::field("mentions", "One of these people is not in your organisation."));
    }
    Ok(people)
}

fn view(row: comment::Model) -> Comment {
    Comment {
        id: CommentId(row.id),
        task_id: TaskId(row.task_id),
        author_id: UserId(row.author_id),
        author_name: row.author_name,
        body: row.body,
        mentions: row.mentions.and_then(|mentions| serde_json::from_value(mentions).ok()).unwrap_or_default(),
        created_at: row.created_at,
    }
}
