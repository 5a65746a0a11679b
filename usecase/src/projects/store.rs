//! Plans out of the database and what changed back into it.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use domain::{
    Fault, FaultKind, ProjectId, ResourceId, TaskId, UserId,
    projects::{
        document::{PlanDocument, TaskRecord},
        operation::{Delta, RowChange},
        resource::Assignment,
        schedule::Slot,
    },
};
use entity::projects::{assignee, assignment, calendar, link, project, task};
use sea_orm::{ActiveModelTrait, ColumnTrait, Order, Set};
use serde_json::json;
use uuid::Uuid;

use super::{CurrentPlan, rows};
use crate::{db::OrgTx, gate::Pass};

/// The project's row, held until the transaction ends where `hold`.
///
/// # Errors
/// `NotFound` where there is none, where it is deleted, or where it is another organisation's.
pub(super) async fn project_row(tx: &OrgTx, id: ProjectId, hold: bool) -> Result<project::Model, Fault> {
    let select = tx
        .select::<project::Entity>()
        .filter(project::Column::Id.eq(id.0))
        .filter(project::Column::DeletedAt.is_null());
    let select = if hold { select.for_update() } else { select };
    select.one().await?.ok_or_else(Fault::not_found)
}

/// The plan at the revision of `row`, from memory where it is there.
pub(super) async fn current(pass: &Pass, tx: &OrgTx, row: &project::Model) -> Result<Arc<CurrentPlan>, Fault> {
    let organization = pass.access.organization_id;
    if let Some(known) = pass.services.plans.get(organization, ProjectId(row.id), row.revision) {
        return Ok(known);
    }
    let document = load(tx, row).await?;
    let schedule = document.schedule()?;
    let plan = Arc::new(CurrentPlan { document, schedule });
    pass.services.plans.put(organization, &plan);
    Ok(plan)
}

async fn load(tx: &OrgTx, row: &project::Model) -> Result<PlanDocument, Fault> {
    let calendars = tx
        .select::<calendar::Entity>()
        .filter(calendar::Column::ProjectId.eq(row.id))
        .order_by(calendar::Column::Id, Order::Asc)
        .all()
        .await?;
    let links = tx
        .select::<link::Entity>()
        .filter(link::Column::ProjectId.eq(row.id))
        .order_by(link::Column::Id, Order::Asc)
        .all()
        .await?;
    let tasks = tx.select::<task::Entity>().filter(task::Column::ProjectId.eq(row.id)).all().await?;
    let mut needs = needs(tx, &[row.id]).await?;
    let tasks = tasks.into_iter().map(|task| rows::task_record(task, &mut needs)).collect::<Result<Vec<_>, _>>()?;
    Ok(PlanDocument::assemble(
        rows::head(row)?,
        calendars.into_iter().map(rows::calendar_record).collect::<Result<_, _>>()?,
        tasks,
        links.iter().map(rows::link_record).collect::<Result<_, _>>()?,
    ))
}

/// Who and what the tasks of these projects need.
pub(super) async fn needs(tx: &OrgTx, projects: &[Uuid]) -> Result<rows::Needs, Fault> {
    let assignees = tx
        .select::<assignee::Entity>()
        .filter(assignee::Column::ProjectId.is_in(projects.iter().copied()))
        .order_by(assignee::Column::Position, Order::Asc)
        .all()
        .await?;
    let assignments = tx
        .select::<assignment::Entity>()
        .filter(assignment::Column::ProjectId.is_in(projects.iter().copied()))
        .order_by(assignment::Column::Position, Order::Asc)
        .all()
        .await?;
    let mut needs = rows::Needs::default();
    for assigned in assignees {
        needs.assignees.entry(assigned.task_id).or_default().push(UserId(assigned.user_id));
    }
    for needed in assignments {
        let assignment = Assignment { resource_id: ResourceId(needed.resource_id), units: needed.units };
        needs.assignments.entry(needed.task_id).or_default().push(assignment);
    }
    Ok(needs)
}

/// Stores what changed from `before` to `after`: the rows of the delta, and the dates of every task that moved.
pub(super) async fn save(
    tx: &OrgTx,
    before: Option<&CurrentPlan>,
    after: &CurrentPlan,
    delta: &Delta,
) -> Result<(), Fault> {
    let project = after.document.head.id;
    save_calendars(tx, project, delta).await?;
    let gone: Vec<_> = delta
        .links
        .iter()
        .filter(|change| change.after.is_none())
        .filter_map(|change| change.before.as_ref())
        .collect();
    delete_links(tx, gone.iter().map(|link| link.id.0).collect()).await?;
    save_tasks(tx, project, after, delta).await?;
    save_dates(tx, before, after, delta).await?;
    let kept = delta
        .links
        .iter()
        .filter_map(|change| change.after.as_ref())
        .map(|link| rows::link_row(project, link))
        .collect();
    let columns = [link::Column::Kind, link::Column::Lag, link::Column::LagUnit, link::Column::Version];
    tx.upsert_all::<link::Entity>(kept, link::Column::Id, &columns).await
}

async fn save_calendars(tx: &OrgTx, project: ProjectId, delta: &Delta) -> Result<(), Fault> {
    let kept = delta.calendars.iter().filter_map(|change| change.after.as_ref());
    let kept = kept.map(|record| rows::calendar_row(project, record)).collect::<Result<Vec<_>, _>>()?;
    let columns = [calendar::Column::Name, calendar::Column::Pattern, calendar::Column::Version];
    tx.upsert_all::<calendar::Entity>(kept, calendar::Column::Id, &columns).await?;
    let gone = removed(&delta.calendars, |record| record.id.0);
    if !gone.is_empty() {
        tx.delete::<calendar::Entity>(calendar::Column::Id.is_in(gone)).await?;
    }
    Ok(())
}

async fn delete_links(tx: &OrgTx, gone: Vec<Uuid>) -> Result<(), Fault> {
    for chunk in gone.chunks(CHUNK) {
        tx.delete::<link::Entity>(link::Column::Id.is_in(chunk.iter().copied())).await?;
    }
    Ok(())
}

/// Ids in one statement.
const CHUNK: usize = 5_000;

fn removed<T>(changes: &[RowChange<T>], id: impl Fn(&T) -> Uuid) -> Vec<Uuid> {
    changes.iter().filter(|change| change.after.is_none()).filter_map(|change| change.before.as_ref()).map(id).collect()
}

async fn save_tasks(tx: &OrgTx, project: ProjectId, after: &CurrentPlan, delta: &Delta) -> Result<(), Fault> {
    for chunk in removed(&delta.tasks, |task| task.id.0).chunks(CHUNK) {
        tx.delete::<task::Entity>(task::Column::Id.is_in(chunk.iter().copied())).await?;
    }
    let slots = slots(after);
    let kept = delta.tasks.iter().filter_map(|change| change.after.as_ref());
    let changed = kept.filter_map(|task| Some(rows::task_row(project, task, slots.get(&task.id)?))).collect();
    tx.upsert_all::<task::Entity>(changed, task::Column::Id, &TASK_COLUMNS).await?;
    save_assignees(tx, project, delta).await?;
    save_assignments(tx, project, delta).await
}

/// Everything of a task that can change.
const TASK_COLUMNS: [task::Column; 28] = [
    task::Column::ParentId,
    task::Column::Rank,
    task::Column::Name,
    task::Column::Kind,
    task::Column::Mode,
    task::Column::Status,
    task::Column::Progress,
    task::Column::Duration,
    task::Column::Elapsed,
    task::Column::CalendarId,
    task::Column::ConstraintKind,
    task::Column::ConstraintAt,
    task::Column::Deadline,
    task::Column::ManualStart,
    task::Column::ActualStart,
    task::Column::ActualFinish,
    task::Column::Priority,
    task::Column::Department,
    task::Column::Notes,
    task::Column::Version,
    task::Column::Start,
    task::Column::Finish,
    task::Column::TotalFloat,
    task::Column::Critical,
    task::Column::ProjectId,
    task::Column::Splits,
    task::Column::Locked,
    task::Column::LevelFrom,
];

async fn save_assignees(tx: &OrgTx, project: ProjectId, delta: &Delta) -> Result<(), Fault> {
    let people = |task: Option<&TaskRecord>| task.map(|task| task.assignees.clone()).unwrap_or_default();
    let changed = |change: &&RowChange<TaskRecord>| {
        change.after.is_some() && people(change.before.as_ref()) != people(change.after.as_ref())
    };
    let changed: Vec<&TaskRecord> =
        delta.tasks.iter().filter(changed).filter_map(|change| change.after.as_ref()).collect();
    for chunk in changed.chunks(CHUNK) {
        tx.delete::<assignee::Entity>(assignee::Column::TaskId.is_in(chunk.iter().map(|task| task.id.0))).await?;
    }
    let rows = changed.iter().flat_map(|task| {
        (0_i32..).zip(&task.assignees).map(move |(position, user)| assignee::ActiveModel {
            project_id: Set(project.0),
            task_id: Set(task.id.0),
            user_id: Set(user.0),
            position: Set(position),
            ..ActiveModelTrait::default()
        })
    });
    tx.insert_all::<assignee::Entity>(rows.collect()).await.map_err(|fault| match fault.kind {
        FaultKind::InvalidInput => Fault::field("assignees", "One of these people is not in your organisation."),
        _ => fault,
    })
}

async fn save_assignments(tx: &OrgTx, project: ProjectId, delta: &Delta) -> Result<(), Fault> {
    let needs = |task: Option<&TaskRecord>| task.map(|task| task.assignments.clone()).unwrap_or_default();
    let changed = |change: &&RowChange<TaskRecord>| {
        change.after.is_some() && needs(change.before.as_ref()) != needs(change.after.as_ref())
    };
    let changed: Vec<&TaskRecord> =
        delta.tasks.iter().filter(changed).filter_map(|change| change.after.as_ref()).collect();
    let wanted = changed.iter().flat_map(|task| task.assignments.iter().map(|assignment| assignment.resource_id));
    super::resource::known(tx, wanted.collect()).await?;
    for chunk in changed.chunks(CHUNK) {
        tx.delete::<assignment::Entity>(assignment::Column::TaskId.is_in(chunk.iter().map(|task| task.id.0))).await?;
    }
    let rows = changed.iter().flat_map(|task| {
        (0_i32..).zip(&task.assignments).map(move |(position, needed)| assignment::ActiveModel {
            project_id: Set(project.0),
            task_id: Set(task.id.0),
            resource_id: Set(needed.resource_id.0),
            units: Set(needed.units),
            position: Set(position),
            ..ActiveModelTrait::default()
        })
    });
    tx.insert_all::<assignment::Entity>(rows.collect()).await
}

fn slots(plan: &CurrentPlan) -> HashMap<TaskId, &Slot> {
    plan.document.tasks.iter().map(|task| task.id).zip(&plan.schedule.tasks).collect()
}

/// The dates of tasks that moved without being edited themselves, in one statement.
async fn save_dates(tx: &OrgTx, before: Option<&CurrentPlan>, after: &CurrentPlan, delta: &Delta) -> Result<(), Fault> {
    let Some(before) = before else { return Ok(()) };
    let known = slots(before);
    let edited: HashSet<TaskId> =
        delta.tasks.iter().filter_map(|change| change.after.as_ref()).map(|task| task.id).collect();
    let shown = |slot: &Slot| (slot.start, slot.finish, slot.total_float, slot.critical);
    let moved: Vec<_> = after
        .document
        .tasks
        .iter()
        .zip(&after.schedule.tasks)
        .filter(|(task, slot)| !edited.contains(&task.id) && known.get(&task.id).is_none_or(|old| shown(old) != shown(slot)))
        .map(|(task, slot)| {
            json!({ "id": task.id.0.simple().to_string(), "s": slot.start.0, "f": slot.finish.0, "t": slot.total_float, "c": slot.critical })
        })
        .collect();
    if moved.is_empty() {
        return Ok(());
    }
    let sqlite = "update project_tasks set start = j.s, finish = j.f, total_float = j.t, critical = j.c from (
            select unhex(value->>'id') as id, value->>'s' as s, value->>'f' as f, value->>'t' as t, value->>'c' as c from json_each(?1)
        ) as j where project_tasks.id = j.id and organization_id = :organization";
    let postgres = "update project_tasks set start = j.s, finish = j.f, total_float = j.t, critical = j.c
        from jsonb_to_recordset($1::jsonb) as j(id uuid, s bigint, f bigint, t bigint, c boolean)
        where project_tasks.id = j.id and organization_id = :organization";
    tx.bulk(sqlite, postgres, vec![serde_json::Value::Array(moved).to_string().into()]).await.map(drop)
}
