//! A plan on its way in: rows by number, before they have ids.

use std::fmt;

use uuid::Uuid;

use crate::{
    CalendarId, Fault, LinkId, Minute, ProjectId, TaskId,
    projects::{
        calendar::Calendar,
        document::{CalendarRecord, LinkRecord, PlanDocument},
        operation::{Operation, TaskDraft},
        plan::{LagUnit, LinkKind, TaskKind},
        view::NewProject,
    },
};

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadFault {
    /// Row of the table or number of the task, from 1; 0 for the file as a whole.
    pub row: usize,
    /// Column or element.
    pub column: String,
    pub reason: String,
}

impl ReadFault {
    pub(super) fn file(reason: impl Into<String>) -> Self {
        Self { row: 0, column: String::new(), reason: reason.into() }
    }

    pub(super) fn cell(row: usize, column: &str, reason: impl Into<String>) -> Self {
        Self { row, column: column.to_owned(), reason: reason.into() }
    }
}

impl fmt::Display for ReadFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.row > 0 {
            write!(f, "row {}, {}: ", self.row, self.column)?;
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for ReadFault {}

/// Rows, links and calendars by index.
#[derive(Clone, Debug, Default)]
pub(super) struct PlanDraft {
    pub(super) name: String,
    pub(super) start: Minute,
    pub(super) calendar: Option<Calendar>,
    /// Each with the level of its outline, from 0.
    pub(super) rows: Vec<(usize, TaskDraft)>,
    pub(super) links: Vec<(usize, usize, LinkKind, i64, LagUnit)>,
}

impl PlanDraft {
    /// The plan, with ids counted from `first`.
    pub(super) fn document(self, first: u128) -> Result<PlanDocument, ReadFault> {
        let mut next = first;
        let mut id = || {
            next += 1;
            Uuid::from_u128(next)
        };
        let new = NewProject { name: self.name, start: self.start, ..NewProject::default() };
        let calendar_id = CalendarId(id());
        let refused = |fault: Fault| ReadFault::file(fault.to_string());
        let mut plan = PlanDocument::create(ProjectId(id()), calendar_id, "IMPORT".to_owned(), new).map_err(refused)?;
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
        plan.apply(&import).map_err(refused)?;
        Ok(plan)
    }
}
