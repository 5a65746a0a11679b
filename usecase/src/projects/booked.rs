//! What the tasks of projects need and when they work: what the load over all projects is made of, and what others leave
//! to one of them.

use std::{collections::HashMap, sync::Arc};

use domain::{
    CalendarId, Fault, Minute, ProjectId, TaskId,
    projects::{
        calendar::Calendar,
        permission::ViewProjects,
        plan::{Direction, Split},
        resource::{Assignment, Departments, ResourceBooking, ResourceRecord},
        workload::{PlanWork, Work},
    },
};
use entity::projects::{calendar, project, task};
use sea_orm::{ColumnTrait, Condition, FromQueryResult, Order, QuerySelect};
use uuid::Uuid;

use super::{resource, rows, store};
use crate::{Grant, db::OrgTx, fault::internal, gate::Pass};

/// Projects that are read at once.
const AT_ONCE: usize = 50;
/// Tasks that a booking is made of; beyond them nobody looks at the whole anyway.
const MOST_BOOKINGS: usize = 20_000;

/// What each of these projects asks for, from memory where it is known at their revision.
pub(super) async fn work_of(pass: &Pass, tx: &OrgTx, projects: &[project::Model]) -> Result<Vec<Arc<PlanWork>>, Fault> {
    let (organization, plans) = (pass.access.organization_id, &pass.services.plans);
    let mut found: HashMap<Uuid, Arc<PlanWork>> = HashMap::new();
    let mut missing = Vec::new();
    for row in projects {
        match plans.work(organization, ProjectId(row.id), row.revision) {
            Some(work) => drop(found.insert(row.id, work)),
            None => missing.push(row),
        }
    }
    for some in missing.chunks(AT_ONCE) {
        for (row, work) in some.iter().zip(read(tx, some).await?) {
            let work = Arc::new(work);
            plans.keep_work(organization, ProjectId(row.id), row.revision, &work);
            found.insert(row.id, work);
        }
    }
    Ok(projects.iter().filter_map(|row| found.remove(&row.id)).collect())
}

/// What the load needs of a task.
#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    project_id: Uuid,
    start: i64,
    finish: i64,
    elapsed: bool,
    splits: Option<serde_json::Value>,
    calendar_id: Option<Uuid>,
    progress: i32,
    department: Option<String>,
}

/// The dates that the scheduler gave the tasks stand in their rows, so that no plan has to be scheduled.
async fn read(tx: &OrgTx, projects: &[&project::Model]) -> Result<Vec<PlanWork>, Fault> {
    let ids: Vec<Uuid> = projects.iter().map(|row| row.id).collect();
    let tasks: Vec<Row> = tx
        .select::<task::Entity>()
        .filter(task::Column::ProjectId.is_in(ids.iter().copied()))
        .filter(task::Column::Kind.eq("task"))
        .columns(|select| {
            use task::Column as C;
            let own = [C::Id, C::ProjectId, C::Start, C::Finish, C::Elapsed, C::Splits, C::CalendarId];
            select.columns(own).columns([C::Progress, C::Department])
        })
        .await?;
    let calendars = tx
        .select::<calendar::Entity>()
        .filter(calendar::Column::ProjectId.is_in(ids.iter().copied()))
        .order_by(calendar::Column::Id, Order::Asc)
        .all()
        .await?;
    let mut needs = store::needs(tx, &ids).await?;
    let mut clocks: HashMap<Uuid, Clocks> = projects.iter().map(|row| (row.id, Clocks::new(row))).collect();
    for row in calendars {
        if let Some(clocks) = clocks.get_mut(&row.project_id) {
            clocks.add(row)?;
        }
    }
    let mut work: HashMap<Uuid, Vec<Work>> = HashMap::new();
    for row in tasks {
        let calendar = clocks.get(&row.project_id).map_or(0, |clocks| clocks.place(row.calendar_id));
        let one = Work {
            assignees: needs.assignees.remove(&row.id).unwrap_or_default(),
            assignments: needs.assignments.remove(&row.id).unwrap_or_default(),
            task_id: TaskId(row.id),
            start: Minute(row.start),
            finish: Minute(row.finish),
            calendar: (!row.elapsed).then_some(calendar),
            splits: splits(row.splits)?,
            done: row.progress >= 100,
            department: row.department,
        };
        work.entry(row.project_id).or_default().push(one);
    }
    let plan = |row: &&project::Model| {
        let calendars = clocks.remove(&row.id).map(|clocks| clocks.calendars).unwrap_or_default();
        PlanWork::new(&calendars, work.remove(&row.id).unwrap_or_default())
    };
    Ok(projects.iter().map(plan).collect())
}

fn splits(stored: Option<serde_json::Value>) -> Result<Vec<Split>, Fault> {
    let splits = stored.map(serde_json::from_value).transpose();
    Ok(splits.map_err(|error| internal("reading stored pauses", error))?.unwrap_or_default())
}

/// The calendars of a project, its own at the first place.
struct Clocks {
    own: Option<CalendarId>,
    calendars: Vec<Calendar>,
    places: HashMap<Uuid, u32>,
}

impl Clocks {
    fn new(row: &project::Model) -> Self {
        let own = row.calendar_id.map(CalendarId);
        Self { own, calendars: vec![Calendar::standard()], places: HashMap::new() }
    }

    fn add(&mut self, row: calendar::Model) -> Result<(), Fault> {
        let record = rows::calendar_record(row)?;
        if self.own == Some(record.id) {
            self.calendars[0] = record.calendar.clone();
        }
        self.places.insert(record.id.0, u32::try_from(self.calendars.len()).unwrap_or(0));
        self.calendars.push(record.calendar);
        Ok(())
    }

    fn place(&self, calendar: Option<Uuid>) -> u32 {
        calendar.and_then(|id| self.places.get(&id).copied()).unwrap_or(0)
    }
}

/// When the resources work for other projects that are planned or under way, from the start of this one on.
///
/// # Errors
/// `NotFound`.
pub async fn bookings(grant: &Grant<ViewProjects>, id: ProjectId) -> Result<Vec<ResourceBooking>, Fault> {
    let tx = grant.db().snapshot().await?;
    let row = store::project_row(&tx, id, false).await?;
    let found = booked(grant.pass(), &tx, &row, &resource::all(&tx).await?).await?;
    tx.commit().await?;
    Ok(found)
}

pub(super) async fn booked(
    pass: &Pass,
    tx: &OrgTx,
    here: &project::Model,
    known: &[ResourceRecord],
) -> Result<Vec<ResourceBooking>, Fault> {
    // A plan that counts backward may come to begin before the start that was written down.
    let from = if here.direction == rows::word(Direction::Backward) { Minute::MIN.0 } else { here.start };
    let others = Condition::all()
        .add(project::Column::Id.ne(here.id))
        .add(project::Column::DeletedAt.is_null())
        .add(project::Column::Status.is_in(["planned", "active"]))
        .add(project::Column::Finish.gt(from));
    let others = tx.select::<project::Entity>().filter(others).order_by(project::Column::Id, Order::Asc).all().await?;
    let plans = work_of(pass, tx, &others).await?;
    let departments = Departments::of(known);
    let open = plans.iter().flat_map(|plan| plan.tasks());
    let open = open.filter(|(work, _)| !work.done && work.finish.0 > from).take(MOST_BOOKINGS);
    let booking = |(work, pieces): (&Work, &[(Minute, Minute)])| {
        let needs = departments.needs(&work.assignees, &work.assignments, work.department.as_deref());
        let booking = |Assignment { resource_id, units }: &Assignment| {
            let (resource_id, units) = (*resource_id, *units);
            pieces.iter().map(move |(from, to)| ResourceBooking { resource_id, from: *from, to: *to, units })
        };
        needs.iter().flat_map(booking).collect::<Vec<_>>()
    };
    Ok(open.flat_map(booking).collect())
}
