//! A plan on its way in: rows by number, before they have ids.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use uuid::Uuid;

use super::{
    column::Column,
    staff::{Need, ResourceDraft},
};
use crate::{
    CalendarId, Fault, LinkId, Minute, ProjectId, TaskId,
    projects::{
        baseline::BaselineTask,
        calendar::Calendar,
        document::{CalendarRecord, LinkRecord, PlanDocument, TaskRecord},
        operation::{Operation, TaskDraft},
        plan::{Direction, LagUnit, LinkKind, TaskKind},
        view::{ImportProblem, NewProject},
    },
};

/// What a plan is called whose file does not say.
pub(super) const UNNAMED: &str = "Imported plan";

/// What a file says: rows, links and calendars by index, and the cells that could not be read.
#[derive(Clone, Debug, Default)]
pub struct PlanDraft {
    pub(super) name: String,
    pub(super) description: String,
    /// Minute 0 where the file names no start.
    pub(super) start: Minute,
    pub(super) target_end: Option<Minute>,
    pub(super) direction: Direction,
    /// Names and working times.
    pub(super) calendars: Vec<(String, Calendar)>,
    /// Which of them is the project's.
    pub(super) own_calendar: Option<usize>,
    /// Each with the level of its outline, from 0; a row stands behind the row that it belongs to.
    pub(super) rows: Vec<(usize, TaskDraft)>,
    /// Calendars of rows that have one of their own.
    pub(super) row_calendars: BTreeMap<usize, usize>,
    /// What rows call the calendar that they work by.
    pub(super) calendar_names: BTreeMap<usize, String>,
    /// Where levelling put rows.
    pub(super) levelled: BTreeMap<usize, Minute>,
    /// Who and what the file names.
    pub(super) resources: Vec<ResourceDraft>,
    /// What rows need of them.
    pub(super) needs: BTreeMap<usize, Vec<Need>>,
    /// Plans as they were once agreed.
    pub(super) baselines: Vec<BaselineDraft>,
    pub(super) links: Vec<(usize, usize, LinkKind, i64, LagUnit)>,
    /// What could not be read. The rows and links of these cells are not among the others.
    pub problems: Vec<ImportProblem>,
    /// What was read otherwise than it stands there, or left out on purpose: nothing is guessed silently.
    pub notes: Vec<ImportProblem>,
}

/// A plan as it was once agreed, by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BaselineDraft {
    pub name: String,
    /// Index of the row, start, finish and minutes of work.
    pub(super) rows: Vec<(usize, Minute, Minute, i64)>,
}

impl BaselineDraft {
    /// The rows, once they have ids.
    #[must_use]
    pub fn tasks(&self, ids: &[TaskId]) -> Vec<BaselineTask> {
        let rows = self.rows.iter().filter_map(|(row, start, finish, duration_minutes)| {
            let (start, finish, duration_minutes) = (*start, *finish, *duration_minutes);
            Some(BaselineTask { task_id: *ids.get(*row)?, start, finish, duration_minutes })
        });
        rows.collect()
    }
}

impl PlanDraft {
    /// What the file calls the plan.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// True where no row could be read.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// When it starts; minute 0 where the file does not say.
    #[must_use]
    pub const fn start(&self) -> Minute {
        self.start
    }

    /// The same, starting `at` where the file does not say when.
    #[must_use]
    pub fn starting(mut self, at: Minute) -> Self {
        if self.start.0 == 0 {
            self.start = at;
        }
        self
    }

    /// The same, called as the file is where the file does not say how.
    #[must_use]
    pub fn named_after(mut self, file: &str) -> Self {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem).trim();
        if self.name == UNNAMED && !stem.is_empty() {
            self.name = stem.to_owned();
        }
        self
    }

    /// The project that the file describes.
    #[must_use]
    pub fn project(&self) -> NewProject {
        NewProject {
            name: self.name.chars().take(200).collect(),
            description: self.description.clone(),
            start: self.start,
            target_end: self.target_end,
            direction: self.direction,
            ..NewProject::default()
        }
    }

    /// Who and what the file names, in its order.
    #[must_use]
    pub fn resources(&self) -> &[ResourceDraft] {
        &self.resources
    }

    /// What rows call the calendars that they work by.
    pub fn calendar_names(&self) -> impl Iterator<Item = &str> {
        let names: BTreeSet<&str> = self.calendar_names.values().map(String::as_str).collect();
        names.into_iter()
    }

    /// Gives rows the calendars that they name; `known` says what is called so here. Where nothing is, they work by the
    /// project's, and a note says so.
    pub fn work_by(&mut self, known: impl Fn(&str) -> Option<(String, Calendar)>) {
        let mut places: BTreeMap<String, Option<usize>> = BTreeMap::new();
        let mut without: BTreeMap<String, usize> = BTreeMap::new();
        for (row, name) in std::mem::take(&mut self.calendar_names) {
            let place = *places.entry(name.clone()).or_insert_with(|| {
                self.calendars.push(known(&name)?);
                Some(self.calendars.len() - 1)
            });
            match place {
                Some(place) => drop(self.row_calendars.insert(row, place)),
                None => *without.entry(name).or_default() += 1,
            }
        }
        self.notes.extend(without.into_iter().map(|(name, rows)| {
            let reason = format!("no calendar here is called {name}; {rows} rows work by the project's");
            ImportProblem::cell(0, Column::Calendar.code(), reason)
        }));
    }

    /// Plans as they were once agreed, in the order of the file.
    #[must_use]
    pub fn baselines(&self) -> &[BaselineDraft] {
        &self.baselines
    }

    /// The plan, with ids from `id`. Its first calendar is the project's where the ids grow.
    ///
    /// # Errors
    /// What the plan as a whole refuses, such as a circle.
    pub fn document(self, mut id: impl FnMut() -> Uuid) -> Result<PlanDocument, Fault> {
        let calendar = CalendarId(id());
        let mut plan = PlanDocument::create(ProjectId(id()), calendar, "IMPORT".to_owned(), self.project())?;
        let operation = self.operation(&plan, id);
        plan.apply(&operation)?;
        Ok(plan)
    }

    /// Everything as one step for `plan`. In a plan without rows the file's calendar takes the place of the plan's own;
    /// among other rows it comes beside it, and the new rows work by it, so that the file's dates stay what they were.
    #[must_use]
    pub fn operation(self, plan: &PlanDocument, mut id: impl FnMut() -> Uuid) -> Operation {
        let takes_place = plan.tasks.is_empty();
        let mut calendars = Vec::new();
        let mut numbers = Vec::with_capacity(self.calendars.len());
        for (index, (name, calendar)) in self.calendars.into_iter().enumerate() {
            let place = plan.head.calendar_id.filter(|_| takes_place && self.own_calendar == Some(index));
            let alike = |record: &&CalendarRecord| record.calendar == calendar && place.is_none();
            let named = plan.calendars.iter().filter(alike).find(|record| record.name == name);
            let same = named.or_else(|| plan.calendars.iter().find(alike));
            let number = place.or(same.map(|record| record.id)).unwrap_or_else(|| CalendarId(id()));
            if same.is_none() {
                calendars.push(CalendarRecord { id: number, name, calendar, version: 1 });
            }
            numbers.push(number);
        }
        let usual = self.own_calendar.and_then(|index| numbers.get(index).copied());
        let usual = usual.filter(|id| !takes_place && plan.head.calendar_id != Some(*id));
        let own: BTreeMap<usize, CalendarId> =
            self.row_calendars.iter().filter_map(|(row, index)| Some((*row, *numbers.get(*index)?))).collect();
        let mut tasks = records(self.rows, |row| own.get(&row).copied().or(usual), &mut id);
        for (row, at) in self.levelled {
            tasks[row].level_from = Some(at);
        }
        let links = self.links.into_iter().filter_map(|(from, to, kind, lag_minutes, lag_unit)| {
            let (predecessor_id, successor_id) = (tasks.get(from)?.id, tasks.get(to)?.id);
            Some(LinkRecord { id: LinkId(id()), predecessor_id, successor_id, kind, lag_minutes, lag_unit, version: 1 })
        });
        let links = links.collect();
        Operation::Import { tasks, links, calendars }
    }
}

fn records(
    rows: Vec<(usize, TaskDraft)>,
    calendar: impl Fn(usize) -> Option<CalendarId>,
    id: &mut impl FnMut() -> Uuid,
) -> Vec<TaskRecord> {
    let levels: Vec<usize> = rows.iter().map(|(level, _)| *level).collect();
    let mut open: Vec<TaskId> = Vec::new();
    let mut tasks = Vec::with_capacity(rows.len());
    for (index, (level, mut draft)) in rows.into_iter().enumerate() {
        // A level that jumps by two stands below the row before it.
        open.truncate(level.min(open.len()));
        if levels.get(index + 1).is_some_and(|below| *below > level) {
            draft.kind = TaskKind::Summary;
        }
        draft.calendar_id = calendar(index);
        let task = TaskId(id());
        let rank = i64::try_from(index + 1).unwrap_or(i64::MAX >> 20) << 20;
        tasks.push(draft.record(task, open.last().copied(), rank));
        open.push(task);
    }
    tasks
}

/// Keeps track of who stands below whom while rows are read, those that are left out included, so that their rows do
/// not slip below a stranger.
#[derive(Default)]
pub(super) struct Outline {
    /// Levels of the file and whether the row stays, from the top down to the row before.
    open: Vec<(usize, bool)>,
}

impl Outline {
    /// Takes the next row. Says at which level it stands once the rows that are left out are gone, and whether one
    /// above it is.
    pub(super) fn place(&mut self, level: usize, stays: bool) -> (usize, bool) {
        while self.open.last().is_some_and(|(above, _)| *above >= level) {
            self.open.pop();
        }
        let depth = self.open.iter().filter(|(_, stays)| *stays).count();
        let orphan = self.open.last().is_some_and(|(_, stays)| !stays);
        self.open.push((level, stays));
        (depth, orphan)
    }
}

/// What the row itself refuses, such as a name that is too long, by column.
pub(super) fn refusals(row: usize, task: &TaskDraft, column: impl Fn(&str) -> String) -> Vec<ImportProblem> {
    match task.record(TaskId(Uuid::nil()), None, 0).check() {
        Ok(()) => Vec::new(),
        Err(fault) => {
            let cell =
                |field: &crate::FieldFault| ImportProblem::cell(row, &column(&field.field), field.message.clone());
            fault.fields.iter().map(cell).collect()
        }
    }
}

/// The row above each.
pub(super) fn parents(rows: &[(usize, TaskDraft)]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let above = rows.iter().enumerate().map(|(index, (level, _))| {
        open.truncate((*level).min(open.len()));
        let above = open.last().copied();
        open.push(index);
        above
    });
    above.collect()
}

/// Takes the links that a plan can have; says why it cannot have the others.
pub(super) struct Links {
    parents: Vec<Option<usize>>,
    pairs: HashSet<(usize, usize, LinkKind)>,
}

impl Links {
    pub(super) fn new(rows: &[(usize, TaskDraft)]) -> Self {
        Self { parents: parents(rows), pairs: HashSet::new() }
    }

    pub(super) fn check(&mut self, from: usize, to: usize, kind: LinkKind) -> Result<(), &'static str> {
        if from == to {
            return Err("a task cannot wait for itself");
        }
        if self.below(from, to) || self.below(to, from) {
            return Err("a row and one below it cannot wait for each other");
        }
        if self.pairs.insert((from, to, kind)) { Ok(()) } else { Err("these tasks are linked that way already") }
    }

    fn below(&self, row: usize, above: usize) -> bool {
        let mut here = self.parents[row];
        while let Some(index) = here {
            if index == above {
                return true;
            }
            here = self.parents[index];
        }
        false
    }
}
