//! Calendars that the rows of a table name, among those that are here.

use std::collections::HashMap;

use domain::{
    Fault,
    projects::{
        calendar::Calendar,
        document::{CalendarRecord, PlanDocument},
        exchange::PlanDraft,
        permission::EditProjects,
        view::ImportProblem,
    },
};
use entity::projects::{calendar, project};
use sea_orm::{ColumnTrait, Order};

use super::rows;
use crate::Grant;

/// Calendars of one name that are looked at.
const MOST: u64 = 1_000;

/// Gives rows the calendars that they name: those of the plan, else those of the organisation's other projects. Of
/// several that are called the same the newest counts, and a note says so.
pub(super) async fn settle(
    grant: &Grant<EditProjects>,
    plan: Option<&PlanDocument>,
    draft: &mut PlanDraft,
) -> Result<(), Fault> {
    let names: Vec<String> = draft.calendar_names().map(str::to_owned).collect();
    if names.is_empty() {
        return Ok(());
    }
    let tx = grant.db().snapshot().await?;
    let found = tx
        .select::<calendar::Entity>()
        .filter(calendar::Column::Name.is_in(names))
        .order_by(calendar::Column::Id, Order::Desc)
        .limit(MOST)
        .all()
        .await?;
    let present = project::Column::Id.is_in(found.iter().map(|row| row.project_id));
    let present = tx.select::<project::Entity>().filter(present).filter(project::Column::DeletedAt.is_null()).all();
    let present: Vec<_> = present.await?.into_iter().map(|row| row.id).collect();
    tx.commit().await?;
    let mut newest: HashMap<String, Calendar> = HashMap::new();
    let mut several: Vec<String> = Vec::new();
    for row in found.into_iter().filter(|row| present.contains(&row.project_id)) {
        let record = rows::calendar_record(row)?;
        match newest.get(&record.name) {
            Some(known) if *known == record.calendar => {}
            Some(_) if several.contains(&record.name) => {}
            Some(_) => several.push(record.name),
            None => drop(newest.insert(record.name, record.calendar)),
        }
    }
    let own = |name: &str| {
        let same = |known: &&CalendarRecord| known.name.to_lowercase() == name.to_lowercase();
        let known = plan.and_then(|plan| plan.calendars.iter().find(same))?;
        Some((known.name.clone(), known.calendar.clone()))
    };
    several.retain(|name| own(name).is_none());
    draft.work_by(|name| own(name).or_else(|| Some((name.to_owned(), newest.get(name)?.clone()))));
    draft.notes.extend(several.into_iter().map(|name| {
        ImportProblem::cell(0, "calendar", format!("several calendars here are called {name}; the newest counts"))
    }));
    Ok(())
}
