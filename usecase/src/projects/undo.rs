//! Taking back one's own steps, and doing them again.

use domain::{
    Fault, FaultKind, OperationId, ProjectId,
    projects::{operation::Delta, permission::EditProjects, view::Applied},
};
use entity::projects::operation;
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, Order, Set};
use serde_json::Value;

use super::{
    operate::{Step, commit},
    store,
};
use crate::{Grant, db::OrgTx, fault::internal, gate::Pass};

/// Takes back the named step, or one's own latest.
///
/// # Errors
/// `Conflict` where there is nothing to take back, where it is somebody else's, or where somebody built on it: the
/// sentence names the row and both values.
pub async fn undo(grant: &Grant<EditProjects>, id: ProjectId, named: Option<OperationId>) -> Result<Applied, Fault> {
    turn(grant, id, named, &["do", "redo"], "undo").await
}

/// Does again what one took back last, unless one has done something else since.
///
/// # Errors
/// As [`undo`].
pub async fn redo(grant: &Grant<EditProjects>, id: ProjectId, named: Option<OperationId>) -> Result<Applied, Fault> {
    turn(grant, id, named, &["undo"], "redo").await
}

async fn turn(
    grant: &Grant<EditProjects>,
    id: ProjectId,
    named: Option<OperationId>,
    kinds: &[&str],
    kind: &'static str,
) -> Result<Applied, Fault> {
    let pass = grant.pass();
    let tx = pass.begin().await?;
    let row = store::project_row(&tx, id, true).await?;
    let step = find(&tx, grant, id, named, kinds, kind).await?;
    let before = store::current(pass, &tx, &row).await?;
    let delta: Delta =
        serde_json::from_value(step.delta.clone()).map_err(|error| internal("reading a stored step", error))?;
    let inverse = delta.inverse();
    let mut document = before.document.clone();
    let applied = match document.apply_delta(&inverse) {
        Err(fault) if named.is_none() && fault.kind == FaultKind::Conflict => {
            drop(tx);
            return Err(pass_over(pass, &step, kind, fault).await?);
        }
        applied => applied?,
    };
    let summary = step.summary.trim_start_matches("Undid: ").trim_start_matches("Redid: ");
    let word = if kind == "undo" { "Undid" } else { "Redid" };
    let step =
        Step { kind, of: Some(step.id), summary: format!("{word}: {summary}"), operations: Value::Array(Vec::new()) };
    commit(pass, tx, &before, document, applied, step).await
}

/// Leaves a step that others built on as it is, so that the next undo goes on to the one before it. The step has itself
/// as what undid it, which no other step ever has.
async fn pass_over(pass: &Pass, step: &operation::Model, kind: &str, fault: Fault) -> Result<Fault, Fault> {
    let tx = pass.begin().await?;
    let passed = operation::ActiveModel { undone_by: Set(Some(step.id)), ..ActiveModelTrait::default() };
    tx.update::<operation::Entity>(passed, operation::Column::Id.eq(step.id)).await?;
    tx.commit().await?;
    let said = format!("“{}” stays: {} The next {kind} goes on to the step before.", step.summary, fault.detail);
    Ok(Fault { detail: said, ..fault })
}

async fn find(
    tx: &OrgTx,
    grant: &Grant<EditProjects>,
    id: ProjectId,
    named: Option<OperationId>,
    kinds: &[&str],
    kind: &str,
) -> Result<operation::Model, Fault> {
    let mine = || {
        Condition::all().add(operation::Column::ProjectId.eq(id.0)).add(operation::Column::ActorId.eq(grant.user().0))
    };
    let nothing = || Fault::because(FaultKind::Conflict, format!("There is nothing of yours to {kind}."));
    let mut select = tx
        .select::<operation::Entity>()
        .filter(mine())
        .filter(operation::Column::Kind.is_in(kinds.iter().copied()))
        .filter(operation::Column::UndoneBy.is_null());
    if let Some(named) = named {
        select = select.filter(operation::Column::Id.eq(named.0));
    }
    let step = select.order_by(operation::Column::Revision, Order::Desc).limit(1).one().await?.ok_or_else(nothing)?;
    if kind == "redo" {
        let since = tx
            .select::<operation::Entity>()
            .filter(mine())
            .filter(operation::Column::Kind.eq("do"))
            .filter(operation::Column::Revision.gt(step.revision))
            .count()
            .await?;
        if since > 0 {
            return Err(Fault::because(FaultKind::Conflict, "You have done something else since."));
        }
    }
    Ok(step)
}
