//! Making plans and changing them.

use std::{collections::HashSet, sync::Arc};

use domain::{
    Fault, FaultKind, Module, OperationId, ProjectId, TaskId, UserId,
    projects::{
        document::{PlanDocument, ProjectHead, TaskStatus},
        operation::{Delta, Operation, TaskPatch},
        permission::{EditProjects, ReportProgress, ViewProjects},
        view::{Applied, NewProject},
    },
};
use entity::projects::{operation, project};
use sea_orm::{ActiveModelTrait, ColumnTrait, Set};
use serde_json::json;
use uuid::Uuid;

use super::{CurrentPlan, rows, store, together};
use crate::{
    Grant, LiveEvent,
    db::OrgTx,
    gate::Pass,
    trace::{self, Actor, Note},
};

/// A new, empty project with a standard working calendar.
///
/// # Errors
/// `InvalidInput` by field; `Conflict` on `code`.
pub async fn create(grant: &Grant<EditProjects>, new: NewProject) -> Result<ProjectHead, Fault> {
    let tx = grant.pass().begin().await?;
    let plan = create_in(grant.pass(), &tx, new).await?;
    tx.commit().await?;
    Ok(plan.document.head.clone())
}

pub(super) async fn create_in(pass: &Pass, tx: &OrgTx, new: NewProject) -> Result<Arc<CurrentPlan>, Fault> {
    let code = code_of(tx, new.code.as_deref()).await?;
    let document = PlanDocument::create(ProjectId(Uuid::now_v7()), domain::CalendarId(Uuid::now_v7()), code, new)?;
    store_new(pass, tx, document, None).await
}

/// The code that was asked for, or the next number.
pub(super) async fn code_of(tx: &OrgTx, asked: Option<&str>) -> Result<String, Fault> {
    match asked.map(str::trim).filter(|code| !code.is_empty()) {
        Some(code) => Ok(code.to_owned()),
        None => free_code(tx).await,
    }
}

/// Stores a new project with everything that is in its plan already. `after` says what it was made after.
pub(super) async fn store_new(
    pass: &Pass,
    tx: &OrgTx,
    document: PlanDocument,
    after: Option<&str>,
) -> Result<Arc<CurrentPlan>, Fault> {
    let nothing = PlanDocument { head: document.head.clone(), calendars: vec![], tasks: vec![], links: vec![] };
    let everything = nothing.way_to(&document);
    let schedule = document.schedule_within()?;
    let plan = Arc::new(CurrentPlan { document, schedule });
    let now = pass.now();
    let head = &plan.document.head;
    let row = project::ActiveModel {
        id: Set(head.id.0),
        created_at: Set(now),
        updated_at: Set(now),
        deleted_at: Set(None),
        ..figures(&plan)
    };
    tx.insert::<project::Entity>(row).await?;
    store::save(tx, None, &plan, &everything).await?;
    let note = Note {
        module: Module::Projects,
        verb: "project.created",
        subject: "project",
        subject_id: Some(head.id.0),
        summary: match after {
            Some(after) => format!("{} {} was created after {after}", head.code, head.name),
            None => format!("{} {} was created", head.code, head.name),
        },
        before: None,
        after: Some(json!(head)),
    };
    trace::note(tx, &Actor::of(&pass.access, &pass.origin, now), note).await?;
    trace::announce(tx, "projects.created", json!({ "project_id": head.id }), now).await?;
    Ok(plan)
}

/// `P-0001` and up: one more than the organisation has ever had.
async fn free_code(tx: &OrgTx) -> Result<String, Fault> {
    let mut number = tx.select::<project::Entity>().count().await? + 1;
    loop {
        let code = format!("P-{number:04}");
        let taken = tx.select::<project::Entity>().filter(project::Column::Code.eq(&code)).count().await?;
        if taken == 0 {
            return Ok(code);
        }
        number += 1;
    }
}

/// The plan with everything that a screen needs.
///
/// # Errors
/// `NotFound`.
pub async fn load_plan(grant: &Grant<ViewProjects>, id: ProjectId) -> Result<Arc<CurrentPlan>, Fault> {
    let tx = grant.db().snapshot().await?;
    let row = store::project_row(&tx, id, false).await?;
    store::current(grant.pass(), &tx, &row).await
}

/// Applies operations, all or none, as one step that can be undone.
///
/// `base` is the revision that the caller saw. Operations say what to do rather than what to overwrite, so they are
/// applied to the plan as it is now; edits of the same field that cross are told by the version of the row.
///
/// # Errors
/// `NotFound`, `StaleVersion` with both values, `DependencyCycle` with the tasks, `InvalidInput` by field.
pub async fn operate(
    grant: &Grant<EditProjects>,
    id: ProjectId,
    base: Option<i64>,
    operations: Vec<Operation>,
) -> Result<Applied, Fault> {
    apply(grant.pass(), id, base, operations).await
}

/// As [`operate`], for steps that were worked out from one state of the plan and are good for no other.
pub(super) async fn operate_at(
    grant: &Grant<EditProjects>,
    id: ProjectId,
    revision: i64,
    operations: Vec<Operation>,
) -> Result<Applied, Fault> {
    let pass = grant.pass();
    let tx = pass.begin().await?;
    let row = store::project_row(&tx, id, true).await?;
    if row.revision != revision {
        let detail = format!("Somebody changed the plan meanwhile; it is at revision {} now. Try again.", row.revision);
        return Err(Fault::because(FaultKind::StaleVersion, detail));
    }
    carry_out(pass, tx, &row, operations).await
}

/// What an employee may change of a task: how far it is.
///
/// # Errors
/// As [`operate`].
pub async fn report_progress(
    grant: &Grant<ReportProgress>,
    id: ProjectId,
    task: TaskId,
    progress: Option<u8>,
    status: Option<TaskStatus>,
) -> Result<Applied, Fault> {
    let patch = TaskPatch { progress, status, ..TaskPatch::default() };
    apply(grant.pass(), id, None, vec![Operation::EditTask { id: task, version: None, patch: Box::new(patch) }]).await
}

async fn apply(pass: &Pass, id: ProjectId, base: Option<i64>, operations: Vec<Operation>) -> Result<Applied, Fault> {
    let tx = pass.begin().await?;
    let row = store::project_row(&tx, id, true).await?;
    if base.is_some_and(|base| base > row.revision) {
        return Err(Fault::field("base_revision", format!("The plan is at revision {}.", row.revision)));
    }
    carry_out(pass, tx, &row, operations).await
}

async fn carry_out(pass: &Pass, tx: OrgTx, row: &project::Model, operations: Vec<Operation>) -> Result<Applied, Fault> {
    let before = store::current(pass, &tx, row).await?;
    let written = write_all(pass, &tx, &before, &operations).await?;
    tx.commit().await?;
    Ok(written.tell(pass))
}

/// Stores what the operations make of the plan as one step, in a transaction that does more.
pub(super) async fn write_all(
    pass: &Pass,
    tx: &OrgTx,
    before: &CurrentPlan,
    operations: &[Operation],
) -> Result<Written, Fault> {
    let mut document = before.document.clone();
    let delta = document.apply_all(operations)?;
    let step =
        Step { kind: "do", of: None, summary: summary(operations, &before.document), operations: json!(operations) };
    write(pass, tx, before, document, delta, step).await
}

/// How a change came about.
pub(super) struct Step {
    pub(super) kind: &'static str,
    pub(super) of: Option<Uuid>,
    pub(super) summary: String,
    pub(super) operations: serde_json::Value,
}

/// Stores a changed plan with its operation, its note and its announcement, and tells everyone who looks at it.
pub(super) async fn commit(
    pass: &Pass,
    tx: OrgTx,
    before: &CurrentPlan,
    document: PlanDocument,
    delta: Delta,
    step: Step,
) -> Result<Applied, Fault> {
    let written = write(pass, &tx, before, document, delta, step).await?;
    tx.commit().await?;
    Ok(written.tell(pass))
}

/// A change that is in a transaction and that nobody knows of yet.
#[must_use]
pub(super) struct Written {
    applied: Applied,
    /// The plan and what is told of it; nothing where nothing changed.
    news: Option<(Arc<CurrentPlan>, LiveEvent)>,
}

impl Written {
    /// Tells everyone who looks at the plan. The transaction has been committed.
    pub(super) fn tell(self, pass: &Pass) -> Applied {
        if let Some((plan, event)) = self.news {
            pass.services.plans.put(pass.access.organization_id, &plan);
            pass.services.live.publish(event);
        }
        self.applied
    }
}

async fn write(
    pass: &Pass,
    tx: &OrgTx,
    before: &CurrentPlan,
    mut document: PlanDocument,
    delta: Delta,
    step: Step,
) -> Result<Written, Fault> {
    let id = document.head.id;
    if delta.is_empty() {
        let revision = before.document.head.revision;
        let applied = Applied { revision, operation_id: OperationId(Uuid::nil()), delta };
        return Ok(Written { applied, news: None });
    }
    document.head.revision = before.document.head.revision + 1;
    let schedule = document.schedule_within()?;
    let after = Arc::new(CurrentPlan { document, schedule });
    store::save(tx, Some(before), &after, &delta).await?;
    let now = pass.now();
    let row = project::ActiveModel { updated_at: Set(now), ..figures(&after) };
    tx.update::<project::Entity>(row, project::Column::Id.eq(id.0)).await?;
    let revision = after.document.head.revision;
    let operation_id = OperationId(Uuid::now_v7());
    let stored = operation::ActiveModel {
        id: Set(operation_id.0),
        project_id: Set(id.0),
        revision: Set(revision),
        actor_id: Set(Some(pass.access.user_id.0)),
        actor_name: Set(pass.access.user_name.clone()),
        at: Set(now),
        kind: Set(step.kind.to_owned()),
        of_id: Set(step.of),
        undone_by: Set(None),
        summary: Set(step.summary.clone()),
        operations: Set(step.operations),
        delta: Set(json!(delta)),
        ..ActiveModelTrait::default()
    };
    tx.insert::<operation::Entity>(stored).await?;
    if let Some(of) = step.of {
        let done = operation::ActiveModel { undone_by: Set(Some(operation_id.0)), ..ActiveModelTrait::default() };
        tx.update::<operation::Entity>(done, operation::Column::Id.eq(of)).await?;
    }
    let summary = step.summary;
    let (old, new) = delta.sides();
    let note = Note {
        module: Module::Projects,
        verb: match step.kind {
            "undo" => "plan.change_undone",
            "redo" => "plan.change_redone",
            _ => "plan.changed",
        },
        subject: "project",
        subject_id: Some(id.0),
        summary: summary.clone(),
        before: Some(old),
        after: Some(new),
    };
    trace::note(tx, &Actor::of(&pass.access, &pass.origin, now), note).await?;
    let touched = delta.tasks.iter().filter_map(|change| change.after.as_ref()).map(|task| task.id);
    let watching =
        if delta.tasks.len() <= TOLD_ROWS { together::of(tx, id, touched.collect()).await? } else { Vec::new() };
    let watchers: HashSet<UserId> =
        watching.into_iter().map(|(_, user)| user).filter(|user| *user != pass.access.user_id).collect();
    let told = json!({
        "project_id": id, "revision": revision, "operation_id": operation_id, "watchers": watchers,
    });
    let announced = trace::announce(tx, "projects.plan_changed", told, now).await?;
    let mut payload = json!({
        "project_id": id,
        "revision": revision,
        "operation_id": operation_id,
        "user": { "id": pass.access.user_id, "name": pass.access.user_name },
        "summary": summary,
        "watchers": watchers,
    });
    if delta.tasks.len() + delta.links.len() <= TOLD_ROWS {
        payload["delta"] = json!(delta);
    }
    let event = LiveEvent {
        organization: pass.access.organization_id,
        name: "projects.plan_changed".into(),
        id: format!("{id}:{revision}"),
        payload: payload.to_string().into(),
        announced: Some(announced),
    };
    Ok(Written { applied: Applied { revision, operation_id, delta }, news: Some((after, event)) })
}

/// Rows of a change that are sent to everyone who looks; after a larger one they load the plan, which costs less than
/// keeping such changes for readers who are slow.
const TOLD_ROWS: usize = 400;

/// The columns of a project that follow from its plan.
fn figures(plan: &CurrentPlan) -> project::ActiveModel {
    let tasks = plan.document.leaves().count();
    let critical = plan.schedule.tasks.iter().filter(|slot| slot.critical).count();
    project::ActiveModel {
        finish: Set(plan.schedule.finish.0),
        progress: Set(i32::from(plan.document.progress())),
        task_count: Set(i64::try_from(tasks).unwrap_or(i64::MAX)),
        critical_count: Set(i64::try_from(critical).unwrap_or(i64::MAX)),
        ..rows::head_row(&plan.document.head)
    }
}

/// What was done, in a sentence for the activity list.
fn summary(operations: &[Operation], before: &PlanDocument) -> String {
    let first = operations.first().map(|operation| operation.describe(before)).unwrap_or_default();
    match operations.len() {
        0 | 1 => first,
        many => format!("{first}, and {} more", many - 1),
    }
}
