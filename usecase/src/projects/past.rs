//! Plans as they were, by walking back along the stored steps; and an older state as the next one.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{
    Fault, ProjectId,
    projects::{
        operation::Delta,
        permission::{EditProjects, ViewProjects},
        view::{Applied, PastState},
    },
};
use entity::projects::{operation, project};
use sea_orm::{ColumnTrait, Condition, FromQueryResult, Order, QuerySelect};
use serde_json::Value;

use super::{
    CurrentPlan, load_plan,
    operate::{Step, commit},
    store,
};
use crate::{Grant, db::OrgTx, fault::internal, gate::Pass};

/// Steps that are read at once.
const CHUNK: u64 = 500;

/// Which state somebody asks for.
enum At {
    Revision(i64),
    Instant(DateTime<Utc>),
}

impl At {
    fn read(text: &str) -> Result<Self, Fault> {
        // In an address a plus is a blank.
        let text = text.trim().replace(' ', "+");
        if let Ok(revision) = text.parse() {
            return Ok(Self::Revision(revision));
        }
        let instant = DateTime::parse_from_rfc3339(&text).map_err(|_| {
            Fault::field("at", "Name a revision such as 12, or an instant such as 2026-03-12T14:02:00Z.")
        })?;
        Ok(Self::Instant(instant.to_utc()))
    }
}

/// The revision that a plan was at: `at` is a revision, or an instant by RFC 3339; absent, it is the present one.
///
/// # Errors
/// `NotFound`; `InvalidInput` on `at` where it cannot be read or the plan was not there then.
pub async fn revision_at(grant: &Grant<ViewProjects>, id: ProjectId, at: Option<&str>) -> Result<i64, Fault> {
    let Some(at) = at.filter(|at| !at.is_empty()) else { return super::plan_revision(grant, id).await };
    let tx = grant.db().snapshot().await?;
    let row = store::project_row(&tx, id, false).await?;
    let revision = resolve(grant.pass(), &tx, &row, &At::read(at)?).await?;
    tx.commit().await?;
    Ok(revision)
}

async fn resolve(pass: &Pass, tx: &OrgTx, row: &project::Model, at: &At) -> Result<i64, Fault> {
    let refused = |message: String| Err(Fault::field("at", message));
    match at {
        At::Revision(revision) if (0..=row.revision).contains(revision) => Ok(*revision),
        At::Revision(_) => refused(format!("This plan has the revisions 0 to {}.", row.revision)),
        At::Instant(at) if *at < row.created_at => {
            refused(format!("This plan began at {}.", row.created_at.format("%Y-%m-%dT%H:%M:%SZ")))
        }
        At::Instant(at) if *at > pass.now() => refused("Nobody knows yet what the plan will be then.".to_owned()),
        At::Instant(at) => {
            let step = tx
                .select::<operation::Entity>()
                .filter(operation::Column::ProjectId.eq(row.id))
                .filter(operation::Column::At.lte(*at))
                .order_by(operation::Column::Revision, Order::Desc)
                .limit(1)
                .one()
                .await?;
            Ok(step.map_or(0, |step| step.revision))
        }
    }
}

/// The plan at a revision that [`revision_at`] gave.
///
/// # Errors
/// `NotFound`.
pub async fn plan_at(grant: &Grant<ViewProjects>, id: ProjectId, revision: i64) -> Result<Arc<CurrentPlan>, Fault> {
    let pass = grant.pass();
    if let Some(known) = pass.services.plans.past(pass.access.organization_id, id, revision) {
        // Whether the project is there at all is still to be asked.
        super::plan_revision(grant, id).await?;
        return Ok(known);
    }
    let tx = grant.db().snapshot().await?;
    let row = store::project_row(&tx, id, false).await?;
    let plan = if row.revision <= revision {
        store::current(pass, &tx, &row).await?
    } else {
        past(pass, &tx, &row, revision).await?
    };
    tx.commit().await?;
    Ok(plan)
}

/// As [`plan_at`], at the state that `at` names.
///
/// # Errors
/// As [`revision_at`].
pub async fn load_plan_at(
    grant: &Grant<ViewProjects>,
    id: ProjectId,
    at: Option<&str>,
) -> Result<Arc<CurrentPlan>, Fault> {
    match at.filter(|at| !at.is_empty()) {
        None => load_plan(grant, id).await,
        Some(at) => plan_at(grant, id, revision_at(grant, id, Some(at)).await?).await,
    }
}

/// The step that brought a plan into the state that `at` names.
///
/// # Errors
/// As [`revision_at`].
pub async fn past_state(grant: &Grant<ViewProjects>, id: ProjectId, at: &str) -> Result<PastState, Fault> {
    let tx = grant.db().snapshot().await?;
    let row = store::project_row(&tx, id, false).await?;
    let revision = resolve(grant.pass(), &tx, &row, &At::read(at)?).await?;
    let which =
        Condition::all().add(operation::Column::ProjectId.eq(id.0)).add(operation::Column::Revision.eq(revision));
    let step = tx.select::<operation::Entity>().filter(which).one().await?;
    tx.commit().await?;
    Ok(match step {
        Some(step) => PastState { revision, at: step.at, actor_name: Some(step.actor_name), summary: step.summary },
        None => PastState { revision, at: row.created_at, actor_name: None, summary: "The plan as it was made".into() },
    })
}

#[derive(FromQueryResult)]
struct Stored {
    delta: Value,
}

async fn past(pass: &Pass, tx: &OrgTx, row: &project::Model, revision: i64) -> Result<Arc<CurrentPlan>, Fault> {
    let organization = pass.access.organization_id;
    if let Some(known) = pass.services.plans.past(organization, ProjectId(row.id), revision) {
        return Ok(known);
    }
    let now = store::current(pass, tx, row).await?;
    let mut steps: Vec<Delta> = Vec::new();
    loop {
        let chunk: Vec<Stored> = tx
            .select::<operation::Entity>()
            .filter(operation::Column::ProjectId.eq(row.id))
            .filter(operation::Column::Revision.gt(revision))
            .filter(operation::Column::Revision.lte(row.revision))
            .order_by(operation::Column::Revision, Order::Desc)
            .limit(CHUNK)
            .offset(steps.len() as u64)
            .columns(|select| select.column(operation::Column::Delta))
            .await?;
        let last = (chunk.len() as u64) < CHUNK;
        for Stored { delta } in chunk {
            steps.push(serde_json::from_value(delta).map_err(|error| internal("reading a stored step", error))?);
        }
        if last {
            break;
        }
    }
    let document = now.document.clone().before_steps(revision, steps);
    let schedule = document.schedule()?;
    let plan = Arc::new(CurrentPlan { document, schedule });
    pass.services.plans.keep_past(organization, &plan);
    Ok(plan)
}

/// Makes an older state the present one, as one step that can be undone.
///
/// # Errors
/// As [`revision_at`]; `Conflict` where a code is another project's by now.
pub async fn restore(grant: &Grant<EditProjects>, id: ProjectId, at: &str) -> Result<Applied, Fault> {
    let pass = grant.pass();
    let at = At::read(at)?;
    let tx = pass.begin().await?;
    let row = store::project_row(&tx, id, true).await?;
    let revision = resolve(pass, &tx, &row, &at).await?;
    let before = store::current(pass, &tx, &row).await?;
    let then = if revision == row.revision { Arc::clone(&before) } else { past(pass, &tx, &row, revision).await? };
    let mut document = before.document.clone();
    let delta = document.apply_delta(&before.document.way_to(&then.document))?;
    let summary = format!("Restored the plan as it was at revision {revision}");
    let step = Step { kind: "do", of: None, summary, operations: Value::Array(Vec::new()) };
    commit(pass, tx, &before, document, delta, step).await
}
