//! The first page: what an organisation should know this morning.

use std::collections::BTreeMap;

use domain::{
    Fault, Minute,
    home::{Dashboard, Happening, WeekCount},
    projects::{
        document::{StatusCount, TaskStatus},
        permission::ViewProjects,
    },
};
use entity::projects::{operation, project, task};
use sea_orm::{ColumnTrait, Condition, FromQueryResult, Order, QuerySelect, sea_query::Query};

use crate::{Grant, db::OrgTx};

#[derive(FromQueryResult)]
struct Count {
    word: String,
    rows: i64,
}

#[derive(FromQueryResult)]
struct Finish {
    finish: i64,
}

/// Weeks of the chart: what was planned to end and what did.
const WEEKS: i64 = 8;

/// Key figures of all running projects.
///
/// # Errors
/// The database's error as a fault.
pub async fn dashboard(grant: &Grant<ViewProjects>) -> Result<Dashboard, Fault> {
    let now = Minute::from_datetime(grant.now().naive_utc());
    let week_end = Minute((now.day() - now.weekday() as i64 + 7) * Minute::DAY);
    let tx = grant.db().snapshot().await?;
    let running = tx
        .select::<project::Entity>()
        .filter(project::Column::DeletedAt.is_null())
        .filter(project::Column::Status.is_in(["planned", "active", "on_hold"]))
        .all()
        .await?;
    let ids: Vec<_> = running.iter().map(|row| row.id).collect();
    let of_running =
        || Condition::all().add(task::Column::ProjectId.is_in(ids.clone())).add(task::Column::Kind.ne("summary"));
    let open = || of_running().add(task::Column::Progress.lt(100));
    let count = async |which: Condition| tx.select::<task::Entity>().filter(which).count().await;
    let due_this_week = open().add(task::Column::Finish.gte(now.0)).add(task::Column::Finish.lt(week_end.0));
    let words: Vec<Count> = tx
        .select::<task::Entity>()
        .filter(of_running())
        .columns(|select| {
            select
                .column_as(task::Column::Status, "word")
                .column_as(task::Column::Id.count(), "rows")
                .group_by(task::Column::Status)
        })
        .await?;
    let weight: i64 = running.iter().map(|row| row.task_count).sum();
    let progress: i64 = running.iter().map(|row| i64::from(row.progress) * row.task_count).sum();
    let dashboard = Dashboard {
        active_projects: running.iter().filter(|row| row.status == "active").count() as u64,
        late_projects: running
            .iter()
            .filter(|row| row.target_end.is_some_and(|end| row.finish > end + Minute::DAY))
            .count() as u64,
        tasks_due_this_week: count(due_this_week).await?,
        tasks_overdue: count(open().add(task::Column::Finish.lt(now.0))).await?,
        tasks_at_risk: count(open().add(task::Column::Status.eq("at_risk"))).await?,
        average_progress: u8::try_from(progress / weight.max(1)).unwrap_or(0),
        by_status: TaskStatus::ALL
            .into_iter()
            .map(|status| StatusCount {
                status,
                tasks: words
                    .iter()
                    .find(|row| row.word == status.code())
                    .map_or(0, |row| u64::try_from(row.rows).unwrap_or(0)),
            })
            .collect(),
        by_week: weeks(&tx, of_running(), now).await?,
        recent: recent(&tx).await?,
    };
    tx.commit().await?;
    Ok(dashboard)
}

/// Tasks that end in each of the weeks around now, done and still open.
async fn weeks(tx: &OrgTx, which: Condition, now: Minute) -> Result<Vec<WeekCount>, Fault> {
    let monday = |at: Minute| at.day() - at.weekday() as i64;
    let first = monday(now) - 7 * (WEEKS / 2);
    let span = || {
        which
            .clone()
            .add(task::Column::Finish.gte(first * Minute::DAY))
            .add(task::Column::Finish.lt((first + 7 * WEEKS) * Minute::DAY))
    };
    let finishes = async |which: Condition| -> Result<BTreeMap<i64, u64>, Fault> {
        let rows: Vec<Finish> =
            tx.select::<task::Entity>().filter(which).columns(|select| select.column(task::Column::Finish)).await?;
        let mut weeks = BTreeMap::new();
        for row in rows {
            *weeks.entry(monday(Minute(row.finish))).or_default() += 1;
        }
        Ok(weeks)
    };
    let done = finishes(span().add(task::Column::Progress.gte(100))).await?;
    let open = finishes(span().add(task::Column::Progress.lt(100))).await?;
    Ok((0..WEEKS)
        .map(|week| first + 7 * week)
        .map(|day| WeekCount {
            monday: Minute(day * Minute::DAY),
            done: done.get(&day).copied().unwrap_or(0),
            open: open.get(&day).copied().unwrap_or(0),
        })
        .collect())
}

async fn recent(tx: &OrgTx) -> Result<Vec<Happening>, Fault> {
    let present = Query::select()
        .column(project::Column::Id)
        .from(project::Entity)
        .and_where(project::Column::OrganizationId.eq(tx.organization().0))
        .and_where(project::Column::DeletedAt.is_null())
        .to_owned();
    let steps = tx
        .select::<operation::Entity>()
        .filter(operation::Column::ProjectId.in_subquery(present))
        .order_by(operation::Column::At, Order::Desc)
        .limit(8)
        .all()
        .await?;
    let projects = tx
        .select::<project::Entity>()
        .filter(project::Column::Id.is_in(steps.iter().map(|step| step.project_id)))
        .all()
        .await?;
    Ok(steps
        .into_iter()
        .filter_map(|step| {
            let project = projects.iter().find(|row| row.id == step.project_id)?;
            Some(Happening {
                at: step.at,
                actor_name: step.actor_name,
                summary: step.summary,
                project_id: step.project_id.into(),
                project_name: project.name.clone(),
            })
        })
        .collect())
}
