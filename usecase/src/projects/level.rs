//! Levelling on the server: the same search as in the browser, for programs and for plans that take long.

use std::time::{Duration, Instant};

use domain::{
    Fault, ProjectId, ResourceId,
    projects::{
        document::PlanDocument,
        exchange::levelled::{LevelPreview, LevelReport, LevelResult},
        level::{LevelOptions, Leveller},
        operation::Operation,
        permission::{EditProjects, ViewProjects},
        resource::{ResourceBooking, ResourceRecord, called},
        view::{Applied, LevelRequest},
    },
};

use super::{
    booked::booked,
    operate::{self, operate},
    resource, store,
};
use crate::{Grant, fault::internal};

/// Milliseconds that a search may take.
const MOST_MS: u64 = 10_000;

/// What levelling would make of the plan: nobody and nothing is asked for more than there is, other projects included.
/// Nothing is stored.
///
/// # Errors
/// `NotFound`; `InvalidInput` for what cannot be levelled, by name.
pub async fn preview_levelling(
    grant: &Grant<ViewProjects>,
    id: ProjectId,
    how: LevelRequest,
) -> Result<LevelPreview, Fault> {
    let tx = grant.db().snapshot().await?;
    let row = store::project_row(&tx, id, false).await?;
    let plan = store::current(grant.pass(), &tx, &row).await?;
    let known = resource::all(&tx).await?;
    let bookings = booked(grant.pass(), &tx, &row, &known).await?;
    tx.commit().await?;
    let (report, operation) = search(plan.document.clone(), known, bookings, how).await?;
    Ok(LevelPreview { report, operation })
}

/// Levels the plan and stores it, as one step that can be undone.
///
/// # Errors
/// As [`preview_levelling`]; `StaleVersion` where the plan was changed while it was being levelled.
pub async fn level(grant: &Grant<EditProjects>, id: ProjectId, how: LevelRequest) -> Result<LevelResult, Fault> {
    let pass = grant.pass();
    let tx = grant.db().snapshot().await?;
    let row = store::project_row(&tx, id, false).await?;
    let plan = store::current(pass, &tx, &row).await?;
    let known = resource::all(&tx).await?;
    let bookings = booked(pass, &tx, &row, &known).await?;
    tx.commit().await?;
    let (report, operation) = search(plan.document.clone(), known, bookings, how).await?;
    let applied = operate::operate_at(grant, id, row.revision, vec![operation]).await?;
    Ok(LevelResult { report, applied })
}

/// Takes back what levelling did, wherever it was done.
///
/// # Errors
/// `NotFound`.
pub async fn clear_levelling(grant: &Grant<EditProjects>, id: ProjectId) -> Result<Applied, Fault> {
    operate(grant, id, None, vec![Operation::LevelTasks { starts: Vec::new() }]).await
}

async fn search(
    document: PlanDocument,
    known: Vec<ResourceRecord>,
    bookings: Vec<ResourceBooking>,
    how: LevelRequest,
) -> Result<(LevelReport, Operation), Fault> {
    let limit = how.time_limit_ms.unwrap_or(1_000);
    if !(1..=MOST_MS).contains(&limit) {
        return Err(Fault::field("time_limit_ms", format!("A search takes 1 to {MOST_MS} milliseconds.")));
    }
    let options = LevelOptions { seed: how.seed.unwrap_or(1), most_rounds: how.rounds.unwrap_or(u32::MAX) };
    let work = move || {
        let staffing = document.staff(&known, &bookings);
        let called = |id: ResourceId| called(&known, id).to_owned();
        let problem = staffing.problem();
        let leveller = Leveller::new(&problem).map_err(|fault| staffing.explain(&document, called, &fault))?;
        let until = Instant::now() + Duration::from_millis(limit);
        let levelled = leveller.run(options, &mut || Instant::now() < until);
        let operation = staffing.operation(&document, &levelled);
        Ok((LevelReport::of_staffing(&document, &staffing, &levelled), operation))
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| internal("levelling a plan", error))?
}
