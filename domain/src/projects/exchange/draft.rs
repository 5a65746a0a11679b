//! A plan on its way in: rows by number, before they have ids.

use uuid::Uuid;

use crate::{
    CalendarId, Fault, LinkId, Minute, ProjectId, TaskId,
    projects::{
        calendar::Calendar,
        document::{CalendarRecord, LinkRecord, PlanDocument},
        operation::{Operation, TaskDraft},
        plan::{LagUnit, LinkKind, TaskKind},
        view::{ImportProblem, NewProject},
    },
};

/// What a file says: rows, links and a calendar by index, and the cells that could not be read.
#[derive(Clone, Debug, Default)]
pub struct PlanDraft {
    pub(super) name: String,
    pub(super) start: Minute,
    pub(super) calendar: Option<Calendar>,
    /// Each with the level of its outline, from 0.
    pub(super) rows: Vec<(usize, TaskDraft)>,
    pub(super) links: Vec<(usize, usize, LinkKind, i64, LagUnit)>,
    /// What could not be read. The rows of these cells are not among the others.
    pub problems: Vec<ImportProblem>,
}

impl PlanDraft {
    /// What the file calls the plan.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// When it starts.
    #[must_use]
    pub const fn start(&self) -> Minute {
        self.start
    }

    /// The plan, with ids from `id`.
    ///
    /// # Errors
    /// What the plan as a whole refuses, such as a circle.
    pub fn document(self, mut id: impl FnMut() -> Uuid) -> Result<PlanDocument, Fault> {
        let new = NewProject { name: self.name, start: self.start, ..NewProject::default() };
        let calendar_id = CalendarId(id());
        let mut plan = PlanDocument::create(ProjectId(id()), calendar_id, "IMPORT".to_owned(), new)?;
        let mut open: Vec<TaskId> = Vec::new();
        let mut ids = Vec::with_capacity(self.rows.len());
        let mut tasks = Vec::with_capacity(self.rows.len());
        let levels: Vec<usize> = self.rows.iter().map(|(level, _)| *level).collect();
        for (index, (level, mut draft)) in self.rows.into_iter().enumerate() {
            // A level that jumps by two stands below the row before it.
            open.truncate(level.min(open.len()));
            if levels.get(index + 1).is_some_and(|below| *below > level) {
                draft.kind = TaskKind::Summary;
            }
            let task = TaskId(id());
            let rank = i64::try_from(index + 1).unwrap_or(i64::MAX) << 20;
            tasks.push(draft.record(task, open.last().copied(), rank));
            open.push(task);
            ids.push(task);
        }
        let links = self.links.into_iter().map(|(from, to, kind, lag_minutes, lag_unit)| LinkRecord {
            id: LinkId(id()),
            predecessor_id: ids[from],
            successor_id: ids[to],
            kind,
            lag_minutes,
            lag_unit,
            version: 1,
        });
        let links = links.collect();
        let calendars = self.calendar.map(|calendar| CalendarRecord {
            id: calendar_id,
            name: "Standard".to_owned(),
            calendar,
            version: 1,
        });
        let import = Operation::Import { tasks, links, calendars: calendars.into_iter().collect() };
        plan.apply(&import)?;
        Ok(plan)
    }
}
