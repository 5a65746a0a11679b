//! Plans as they were once agreed: taken, named, compared, taken away and brought back.

use std::collections::HashSet;

use domain::{
    BaselineId, Fault, FaultKind, Minute, Module, Page, PageRequest, ProjectId,
    projects::{
        baseline::{BASELINES_MAX, Baseline, BaselineHead, BaselineTask},
        permission::{EditProjects, ViewProjects},
        schedule::Scheduler,
    },
};
use entity::projects::baseline;
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, Order, Set};
use serde_json::json;
use uuid::Uuid;

use super::{page_of, store, window};
use crate::{
    Grant, LiveEvent,
    db::OrgTx,
    fault::internal,
    trace::{self, Actor, Note},
};

/// Baselines of a project, newest first.
///
/// # Errors
/// `NotFound`; `InvalidInput` on `limit` or `cursor`.
pub async fn baselines(
    grant: &Grant<ViewProjects>,
    project: ProjectId,
    page: &PageRequest,
) -> Result<Page<BaselineHead>, Fault> {
    let (limit, offset) = window(page, BASELINES_MAX as u64)?;
    let tx = grant.db().snapshot().await?;
    store::project_row(&tx, project, false).await?;
    let total = tx.select::<baseline::Entity>().filter(of(project)).count().await?;
    let found = tx
        .select::<baseline::Entity>()
        .filter(of(project))
        .order_by(baseline::Column::TakenAt, Order::Desc)
        .order_by(baseline::Column::Id, Order::Desc)
        .limit(limit)
        .offset(offset)
        .all()
        .await?;
    tx.commit().await?;
    Ok(page_of(found.iter().map(head).collect(), total, limit, offset))
}

/// One baseline with its rows.
///
/// # Errors
/// `NotFound`.
pub async fn baseline(grant: &Grant<ViewProjects>, project: ProjectId, id: BaselineId) -> Result<Baseline, Fault> {
    let tx = grant.db().snapshot().await?;
    store::project_row(&tx, project, false).await?;
    let row = row(&tx, project, id, false).await?;
    tx.commit().await?;
    with_rows(row)
}

fn with_rows(row: baseline::Model) -> Result<Baseline, Fault> {
    let head = head(&row);
    let rows = serde_json::from_value(row.rows).map_err(|error| internal("reading a stored baseline", error))?;
    Ok(Baseline { head, rows })
}

/// Keeps the plan as it is now under a name.
///
/// # Errors
/// `NotFound`; `InvalidInput` or `Conflict` on `name`.
pub async fn take_baseline(grant: &Grant<EditProjects>, project: ProjectId, name: &str) -> Result<BaselineHead, Fault> {
    BaselineHead::check_name(name)?;
    let pass = grant.pass();
    let tx = pass.begin().await?;
    let project_row = store::project_row(&tx, project, true).await?;
    if tx.select::<baseline::Entity>().filter(of(project)).count().await? >= BASELINES_MAX as u64 {
        return Err(Fault::field("name", format!("A project has at most {BASELINES_MAX} baselines; remove one.")));
    }
    let plan = store::current(pass, &tx, &project_row).await?;
    let scheduler = Scheduler::new(&plan.document.to_plan()).map_err(|fault| plan.document.explain(&fault))?;
    let rows = plan.document.baseline_rows(&plan.schedule, &scheduler);
    let now = grant.now();
    let kept = BaselineHead {
        id: BaselineId(Uuid::now_v7()),
        name: name.trim().to_owned(),
        taken_at: now,
        taken_by: pass.access.user_name.clone(),
        revision: project_row.revision,
        finish: plan.schedule.finish,
        tasks: rows.len() as u64,
        version: 1,
    };
    insert(&tx, project, &kept, json!(rows)).await?;
    tell(grant, tx, project, "baseline.taken", (None, Some(&kept))).await?;
    Ok(kept)
}

/// Stores a baseline with its rows.
async fn insert(tx: &OrgTx, project: ProjectId, kept: &BaselineHead, rows: serde_json::Value) -> Result<(), Fault> {
    let row = baseline::ActiveModel {
        id: Set(kept.id.0),
        project_id: Set(project.0),
        name: Set(kept.name.clone()),
        taken_at: Set(kept.taken_at),
        taken_by: Set(kept.taken_by.clone()),
        revision: Set(kept.revision),
        finish: Set(kept.finish.0),
        tasks: Set(i64::try_from(kept.tasks).unwrap_or(i64::MAX)),
        rows: Set(rows),
        version: Set(1),
        deleted_at: Set(None),
        ..ActiveModelTrait::default()
    };
    tx.insert::<baseline::Entity>(row).await
}

/// The baselines that were taken last, newest first, with their rows.
pub(super) async fn latest(tx: &OrgTx, project: ProjectId) -> Result<Vec<Baseline>, Fault> {
    let found = tx
        .select::<baseline::Entity>()
        .filter(of(project))
        .order_by(baseline::Column::TakenAt, Order::Desc)
        .order_by(baseline::Column::Id, Order::Desc)
        .limit(MOST_IN_A_FILE)
        .all()
        .await?;
    found.into_iter().map(with_rows).collect()
}

/// Baselines that a file has room for.
const MOST_IN_A_FILE: u64 = 11;

/// Keeps what a file says was once agreed, newest first, in a project that is being made of it. Nobody looks at it yet.
pub(super) async fn keep(
    grant: &Grant<EditProjects>,
    tx: &OrgTx,
    project: ProjectId,
    drafts: Vec<(String, Vec<BaselineTask>)>,
) -> Result<(), Fault> {
    let mut names = HashSet::new();
    let revision = store::project_row(tx, project, true).await?.revision;
    for (name, rows) in drafts.into_iter().rev().filter(|(_, rows)| !rows.is_empty()) {
        let short: String = name.trim().chars().take(NAME_KEPT).collect();
        let same = (2..).map(|number| format!("{short} ({number})"));
        let Some(name) = std::iter::once(short.clone()).chain(same).find(|name| !names.contains(name)) else {
            continue;
        };
        names.insert(name.clone());
        let kept = BaselineHead {
            id: BaselineId(Uuid::now_v7()),
            name,
            taken_at: grant.now(),
            taken_by: grant.pass().access.user_name.clone(),
            revision,
            finish: rows.iter().map(|row| row.finish).max().unwrap_or_default(),
            tasks: rows.len() as u64,
            version: 1,
        };
        BaselineHead::check_name(&kept.name)?;
        insert(tx, project, &kept, json!(rows)).await?;
        note(grant, tx, project, "baseline.taken", (None, Some(&kept))).await?;
    }
    Ok(())
}

/// Characters of a name that are kept, so that there is room for a number behind them.
const NAME_KEPT: usize = 190;

/// Calls a baseline something else.
///
/// # Errors
/// `NotFound`; `InvalidInput` or `Conflict` on `name`; `StaleVersion`.
pub async fn rename_baseline(
    grant: &Grant<EditProjects>,
    project: ProjectId,
    id: BaselineId,
    version: Option<i64>,
    name: &str,
) -> Result<BaselineHead, Fault> {
    BaselineHead::check_name(name)?;
    let tx = grant.pass().begin().await?;
    store::project_row(&tx, project, false).await?;
    let before = head(&row(&tx, project, id, true).await?);
    fresh(&before, version)?;
    let after = BaselineHead { name: name.trim().to_owned(), version: before.version + 1, ..before.clone() };
    let changed = baseline::ActiveModel {
        name: Set(after.name.clone()),
        version: Set(after.version),
        ..ActiveModelTrait::default()
    };
    tx.update::<baseline::Entity>(changed, baseline::Column::Id.eq(id.0)).await?;
    tell(grant, tx, project, "baseline.renamed", (Some(&before), Some(&after))).await?;
    Ok(after)
}

/// Takes a baseline away; [`restore_baseline`] brings it back.
///
/// # Errors
/// `NotFound`; `StaleVersion`.
pub async fn remove_baseline(
    grant: &Grant<EditProjects>,
    project: ProjectId,
    id: BaselineId,
    version: Option<i64>,
) -> Result<(), Fault> {
    let tx = grant.pass().begin().await?;
    store::project_row(&tx, project, false).await?;
    let before = head(&row(&tx, project, id, true).await?);
    fresh(&before, version)?;
    let gone = baseline::ActiveModel { deleted_at: Set(Some(grant.now())), ..ActiveModelTrait::default() };
    tx.update::<baseline::Entity>(gone, baseline::Column::Id.eq(id.0)).await?;
    tell(grant, tx, project, "baseline.removed", (Some(&before), None)).await
}

/// Brings back a baseline that was taken away.
///
/// # Errors
/// `NotFound`; `Conflict` on `name` where another one has it by now.
pub async fn restore_baseline(
    grant: &Grant<EditProjects>,
    project: ProjectId,
    id: BaselineId,
) -> Result<BaselineHead, Fault> {
    let tx = grant.pass().begin().await?;
    store::project_row(&tx, project, false).await?;
    let gone = Condition::all().add(named(project, id)).add(baseline::Column::DeletedAt.is_not_null());
    let row = tx.select::<baseline::Entity>().filter(gone).for_update().one().await?.ok_or_else(Fault::not_found)?;
    let back = head(&row);
    let restored = baseline::ActiveModel { deleted_at: Set(None), ..ActiveModelTrait::default() };
    tx.update::<baseline::Entity>(restored, baseline::Column::Id.eq(id.0)).await?;
    tell(grant, tx, project, "baseline.restored", (None, Some(&back))).await?;
    Ok(back)
}

fn named(project: ProjectId, id: BaselineId) -> Condition {
    Condition::all().add(baseline::Column::ProjectId.eq(project.0)).add(baseline::Column::Id.eq(id.0))
}

fn of(project: ProjectId) -> Condition {
    Condition::all().add(baseline::Column::ProjectId.eq(project.0)).add(baseline::Column::DeletedAt.is_null())
}

async fn row(tx: &OrgTx, project: ProjectId, id: BaselineId, hold: bool) -> Result<baseline::Model, Fault> {
    let here = Condition::all().add(of(project)).add(baseline::Column::Id.eq(id.0));
    let select = tx.select::<baseline::Entity>().filter(here);
    let select = if hold { select.for_update() } else { select };
    select.one().await?.ok_or_else(Fault::not_found)
}

fn fresh(before: &BaselineHead, version: Option<i64>) -> Result<(), Fault> {
    if version.is_some_and(|version| version != before.version) {
        let detail = format!("The baseline is called {} by now, at version {}.", before.name, before.version);
        return Err(Fault::because(FaultKind::StaleVersion, detail));
    }
    Ok(())
}

fn head(row: &baseline::Model) -> BaselineHead {
    BaselineHead {
        id: BaselineId(row.id),
        name: row.name.clone(),
        taken_at: row.taken_at,
        taken_by: row.taken_by.clone(),
        revision: row.revision,
        finish: Minute(row.finish),
        tasks: u64::try_from(row.tasks).unwrap_or_default(),
        version: row.version,
    }
}

/// Notes what was done, commits, and tells everyone who looks at the plan.
async fn tell(
    grant: &Grant<EditProjects>,
    tx: OrgTx,
    project: ProjectId,
    verb: &'static str,
    (before, after): (Option<&BaselineHead>, Option<&BaselineHead>),
) -> Result<(), Fault> {
    let pass = grant.pass();
    let Some((told, announced)) = note(grant, &tx, project, verb, (before, after)).await? else { return Ok(()) };
    tx.commit().await?;
    pass.services.live.publish(LiveEvent {
        organization: pass.access.organization_id,
        name: "projects.baselines_changed".into(),
        id: announced.to_string(),
        payload: told.to_string().into(),
        announced: Some(announced),
    });
    Ok(())
}

/// Notes what was done and announces it: what is told, and its number.
async fn note(
    grant: &Grant<EditProjects>,
    tx: &OrgTx,
    project: ProjectId,
    verb: &'static str,
    (before, after): (Option<&BaselineHead>, Option<&BaselineHead>),
) -> Result<Option<(serde_json::Value, Uuid)>, Fault> {
    let pass = grant.pass();
    let Some(about) = after.or(before) else { return Ok(None) };
    let what = verb.trim_start_matches("baseline.");
    let note = Note {
        module: Module::Projects,
        verb,
        subject: "project",
        subject_id: Some(project.0),
        summary: format!("The baseline {} was {what}", about.name),
        before: before.map(|head| json!(head)),
        after: after.map(|head| json!(head)),
    };
    trace::note(tx, &Actor::of(&pass.access, &pass.origin, grant.now()), note).await?;
    let told = json!({ "project_id": project, "baseline_id": about.id });
    let announced = trace::announce(tx, "projects.baselines_changed", told.clone(), grant.now()).await?;
    Ok(Some((told, announced)))
}
