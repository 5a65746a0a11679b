//! All projects side by side.

use domain::{
    Fault, Minute, PageRequest,
    projects::{
        overview::{Portfolio, PortfolioMilestone, PortfolioRow, PortfolioTotals},
        permission::ViewProjects,
    },
};
use entity::projects::{project, task};
use sea_orm::{ColumnTrait, Condition, FromQueryResult, Order, QuerySelect};
use uuid::Uuid;

use super::list::{asked_for, list, today};
use crate::Grant;

/// Milestones that are shown of a project.
const MILESTONES: usize = 40;

#[derive(FromQueryResult)]
struct Figures {
    id: Uuid,
    finish: i64,
    target_end: Option<i64>,
    critical_count: i64,
}

#[derive(FromQueryResult)]
struct Moment {
    project_id: Uuid,
    name: String,
    finish: i64,
    progress: i32,
}

/// Projects as [`list`] chooses and sorts them, with their milestones, and what all that are asked for come to.
///
/// # Errors
/// `InvalidInput` on `sort`, `limit` or `cursor`.
pub async fn portfolio(grant: &Grant<ViewProjects>, page: &PageRequest) -> Result<Portfolio, Fault> {
    let projects = list(grant, page).await?;
    let now = today(grant);
    let tx = grant.db().snapshot().await?;
    let figures: Vec<Figures> = tx
        .select::<project::Entity>()
        .filter(asked_for(page))
        .columns(|select| {
            select
                .column(project::Column::Id)
                .column(project::Column::Finish)
                .column(project::Column::TargetEnd)
                .column(project::Column::CriticalCount)
        })
        .await?;
    let overdue = Condition::all()
        .add(task::Column::ProjectId.is_in(figures.iter().map(|row| row.id)))
        .add(task::Column::Finish.lt(now.0))
        .add(task::Column::Progress.lt(100))
        .add(task::Column::Kind.ne("summary"));
    let overdue_tasks = tx.select::<task::Entity>().filter(overdue).count().await?;
    let moments: Vec<Moment> = tx
        .select::<task::Entity>()
        .filter(task::Column::ProjectId.is_in(projects.items.iter().map(|row| row.id.0)))
        .filter(task::Column::Kind.eq("milestone"))
        .order_by(task::Column::Finish, Order::Asc)
        .order_by(task::Column::Id, Order::Asc)
        .columns(|select| {
            select
                .column(task::Column::ProjectId)
                .column(task::Column::Name)
                .column(task::Column::Finish)
                .column(task::Column::Progress)
        })
        .await?;
    tx.commit().await?;
    let milestones = |id: Uuid| {
        let own = moments.iter().filter(|moment| moment.project_id == id).take(MILESTONES);
        own.map(|moment| PortfolioMilestone {
            name: moment.name.clone(),
            at: Minute(moment.finish),
            done: moment.progress >= 100,
        })
        .collect()
    };
    let late = |row: &&Figures| row.target_end.is_some_and(|end| row.finish > end + Minute::DAY);
    let critical: i64 = figures.iter().map(|row| row.critical_count).sum();
    let totals = PortfolioTotals {
        projects: figures.len() as u64,
        late: figures.iter().filter(late).count() as u64,
        overdue_tasks,
        critical_tasks: u64::try_from(critical).unwrap_or(0),
    };
    let (total, next_cursor) = (projects.total, projects.next_cursor);
    let projects = projects.items.into_iter();
    let projects = projects.map(|project| PortfolioRow { milestones: milestones(project.id.0), project }).collect();
    Ok(Portfolio { projects, total, next_cursor, totals, today: now })
}
