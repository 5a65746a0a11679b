//! What the chart shows: rows in order, dates as scheduled, and a try that is not stored yet. No browser in here.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{
    Fault, Minute, TaskId,
    projects::{
        baseline::{BaselineTask, Variance, by_task},
        document::PlanDocument,
        look::RowFilter,
        operation::{Delta, Operation, TaskMove},
        plan::{ConstraintKind, Direction, LinkKind, Task, TaskKind, TaskMode},
        resource::{ResourceBooking, ResourceRecord},
        schedule::{Binding, Conflict, Schedule, Scheduler},
    },
};

use super::{
    super::{amount::Unit, fork::Outcome},
    staff::Staff,
    ties::Ties,
};

/// The plan, its schedule, and the rows that are open.
pub struct Model {
    document: PlanDocument,
    scheduler: Scheduler,
    schedule: Schedule,
    codes: Vec<String>,
    levels: Vec<u16>,
    has_children: Vec<bool>,
    progress: Vec<u8>,
    /// Task by visible row.
    rows: Vec<u32>,
    /// Visible row by task; `u32::MAX` for a row inside a closed summary.
    row_of: Vec<u32>,
    closed: HashSet<TaskId>,
    /// Which rows are asked for; all where absent.
    filter: Option<RowFilter>,
    position: HashMap<TaskId, u32>,
    /// Links as pairs of tasks, with whether they start and end at the start of a bar.
    links: Vec<DrawnLink>,
    /// The links from both of their ends.
    ties: Ties,
    /// Tasks that are tried otherwise, as they are stored.
    tried: BTreeMap<u32, Task>,
    staff: Staff,
    /// Names of departments, in order: their place gives them their colour.
    departments: Vec<String>,
    /// What the plan is compared with: a baseline that somebody chose.
    baseline: Option<Ghost>,
    /// The plan as it is stored, while another is tried: what is tried is compared with it before all else.
    before_try: Option<Ghost>,
}

/// Dates of another state, drawn behind the bars: a baseline, or the plan before a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ghost {
    pub title: String,
    pub rows: HashMap<TaskId, BaselineTask>,
}

/// A link as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawnLink {
    /// Its place among the links of the plan.
    pub index: u32,
    pub from: u32,
    pub to: u32,
    pub from_start: bool,
    pub to_start: bool,
}

impl Model {
    /// A model of the plan, as it is looked at now.
    ///
    /// # Errors
    /// What cannot be scheduled.
    pub fn new(document: PlanDocument, now: Minute) -> Result<Self, Fault> {
        let scheduler = Scheduler::new(&document.to_plan()).map_err(|fault| document.explain(&fault))?;
        let schedule = scheduler.run();
        let mut model = Self {
            document,
            scheduler,
            schedule,
            codes: Vec::new(),
            levels: Vec::new(),
            has_children: Vec::new(),
            progress: Vec::new(),
            rows: Vec::new(),
            row_of: Vec::new(),
            closed: HashSet::new(),
            filter: None,
            position: HashMap::new(),
            links: Vec::new(),
            ties: Ties::default(),
            tried: BTreeMap::new(),
            staff: Staff::new(now),
            departments: Vec::new(),
            baseline: None,
            before_try: None,
        };
        model.index();
        Ok(model)
    }

    fn index(&mut self) {
        self.position = self.document.positions();
        self.codes = self.document.codes();
        self.levels =
            self.codes.iter().map(|code| u16::try_from(code.matches('.').count()).unwrap_or(u16::MAX)).collect();
        self.progress = self.document.task_progress();
        self.has_children = vec![false; self.document.tasks.len()];
        for task in &self.document.tasks {
            if let Some(parent) = task.parent_id.and_then(|id| self.position.get(&id)) {
                self.has_children[*parent as usize] = true;
            }
        }
        self.links = self
            .document
            .links
            .iter()
            .zip(0..)
            .filter_map(|(link, index)| {
                Some(DrawnLink {
                    index,
                    from: *self.position.get(&link.predecessor_id)?,
                    to: *self.position.get(&link.successor_id)?,
                    from_start: matches!(link.kind, LinkKind::StartToStart | LinkKind::StartToFinish),
                    to_start: matches!(link.kind, LinkKind::StartToStart | LinkKind::FinishToStart),
                })
            })
            .collect();
        self.ties = Ties::new(&self.document, &self.position);
        self.departments = self.document.tasks.iter().filter_map(|task| task.department.clone()).collect();
        self.departments.sort_unstable();
        self.departments.dedup();
        self.staff.index(&self.document);
        self.staff.measure(&self.schedule);
        self.open_rows();
    }

    fn open_rows(&mut self) {
        self.rows.clear();
        self.row_of = vec![u32::MAX; self.document.tasks.len()];
        let kept = self.filter.as_ref().map(|filter| self.kept(filter));
        let mut hidden_below: Option<u16> = None;
        for (index, task) in (0_u32..).zip(&self.document.tasks) {
            let level = self.levels[index as usize];
            if hidden_below.is_some_and(|above| level > above) {
                continue;
            }
            hidden_below = self.closed.contains(&task.id).then_some(level);
            if kept.as_ref().is_some_and(|kept| !kept[index as usize]) {
                continue;
            }
            self.row_of[index as usize] = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
            self.rows.push(index);
        }
    }

    /// Shows only rows that are asked for, below their summaries; all where absent.
    pub fn set_filter(&mut self, filter: Option<RowFilter>) {
        self.filter = filter;
        self.open_rows();
    }

    /// For each row, whether it or one below it is asked for.
    pub fn kept(&self, filter: &RowFilter) -> Vec<bool> {
        let rows = self.document.tasks.iter().zip(&self.schedule.tasks);
        let mut kept: Vec<bool> = rows.map(|(task, slot)| filter.fits(task, slot)).collect();
        // Backward: a summary stands before the rows below it.
        for (index, task) in self.document.tasks.iter().enumerate().rev() {
            if let Some(parent) = task.parent_id.and_then(|id| self.position.get(&id)).filter(|_| kept[index]) {
                kept[*parent as usize] = true;
            }
        }
        kept
    }

    pub fn document(&self) -> &PlanDocument {
        &self.document
    }

    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    pub fn scheduler(&self) -> &Scheduler {
        &self.scheduler
    }

    /// The place of a department among those of the plan.
    pub fn department(&self, name: &str) -> Option<usize> {
        self.departments.binary_search_by(|known| known.as_str().cmp(name)).ok()
    }

    /// Departments of the plan, in order.
    pub fn departments(&self) -> &[String] {
        &self.departments
    }

    pub fn staff(&self) -> &Staff {
        &self.staff
    }

    /// Resources of the organisation, and what other projects have taken of them.
    pub fn set_staff(&mut self, known: Vec<ResourceRecord>, bookings: Vec<ResourceBooking>) {
        self.staff.set(known, bookings);
        self.staff.index(&self.document);
        self.staff.measure(&self.schedule);
    }

    /// What the plan is compared with.
    pub fn ghost(&self) -> Option<&Ghost> {
        self.before_try.as_ref().or(self.baseline.as_ref())
    }

    pub fn set_baseline(&mut self, ghost: Option<Ghost>) {
        self.baseline = ghost;
    }

    pub fn set_before_try(&mut self, ghost: Option<Ghost>) {
        self.before_try = ghost;
    }

    /// The dates that are shown, to be compared with later.
    pub fn snapshot(&self) -> HashMap<TaskId, BaselineTask> {
        by_task(&self.document.baseline_rows(&self.schedule, &self.scheduler))
    }

    /// True where a link leaves no room between the dates that are shown.
    pub fn is_driving(&self, link: &DrawnLink) -> bool {
        self.scheduler.is_driving(link.index, &self.schedule.tasks)
    }

    /// How far a task has come off what it is compared with.
    pub fn variance(&self, task: u32) -> Option<Variance> {
        let was = self.ghost()?.rows.get(&self.document.tasks.get(task as usize)?.id)?;
        Some(was.variance(&self.scheduler, task, self.schedule.tasks[task as usize]))
    }

    /// Tasks by visible row.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The visible row of a task.
    pub fn row_of(&self, task: u32) -> Option<u32> {
        self.row_of.get(task as usize).copied().filter(|row| *row != u32::MAX)
    }

    pub fn links(&self) -> &[DrawnLink] {
        &self.links
    }

    pub fn code(&self, task: u32) -> &str {
        &self.codes[task as usize]
    }

    pub fn level(&self, task: u32) -> u16 {
        self.levels[task as usize]
    }

    pub fn progress(&self, task: u32) -> u8 {
        self.progress[task as usize]
    }

    pub fn has_children(&self, task: u32) -> bool {
        self.has_children[task as usize]
    }

    pub fn is_closed(&self, task: u32) -> bool {
        self.closed.contains(&self.document.tasks[task as usize].id)
    }

    pub fn position(&self, id: TaskId) -> Option<u32> {
        self.position.get(&id).copied()
    }

    /// Opens or closes a summary.
    pub fn toggle(&mut self, task: u32) {
        let id = self.document.tasks[task as usize].id;
        if !self.closed.remove(&id) {
            self.closed.insert(id);
        }
        self.open_rows();
    }

    /// Summaries whose rows are hidden.
    pub fn closed(&self) -> impl Iterator<Item = TaskId> {
        self.closed.iter().copied()
    }

    /// Hides the rows of these summaries, and shows all others.
    pub fn close_all(&mut self, closed: impl IntoIterator<Item = TaskId>) {
        self.closed = closed.into_iter().collect();
        self.open_rows();
    }

    /// True while something is shown that is not stored.
    pub fn is_trying(&self) -> bool {
        !self.tried.is_empty()
    }

    /// Shows what a new start would do to the whole network. Nothing is stored. False where nothing is new.
    pub fn try_move(&mut self, task: u32, start: Minute) -> bool {
        self.try_moves(&[(task, start)])
    }

    /// As [`try_move`](Self::try_move), for several tasks at once: the network is scheduled once.
    pub fn try_moves(&mut self, moves: &[(u32, Minute)]) -> bool {
        let mut new = false;
        for (task, start) in moves {
            if let Some(tried) = self.moved(*task, *start) {
                new |= self.put(*task, tried);
            }
        }
        self.reschedule(new)
    }

    /// The constraint that holds a task where hands put it.
    pub fn hold(&self) -> ConstraintKind {
        match self.document.head.direction {
            Direction::Forward => ConstraintKind::StartNoEarlierThan,
            Direction::Backward => ConstraintKind::StartNoLaterThan,
        }
    }

    fn moved(&self, task: u32, start: Minute) -> Option<Task> {
        let mut tried = self.untried(task);
        if tried.kind == TaskKind::Summary || tried.actual_start.is_some() {
            return None;
        }
        tried.level_from = None;
        if tried.mode == TaskMode::Manual {
            tried.manual_start = Some(start);
        } else {
            tried.constraint = self.hold();
            tried.constraint_at = Some(start);
        }
        Some(tried)
    }

    /// Shows what another finish would do, so many minutes behind the start on the task's clock. Pauses stay, as far as
    /// they lie within the work. False where nothing is new.
    pub fn try_stretch(&mut self, task: u32, span: i64) -> bool {
        let mut tried = self.untried(task);
        tried.duration = tried.work_within(span.max(0));
        tried.splits.retain(|split| split.after_minutes < tried.duration);
        let new = tried.kind == TaskKind::Task && self.put(task, tried);
        self.reschedule(new)
    }

    /// Shows what another start would do while `until` stays where it is: the end of the bar, or of its first part where
    /// pauses follow. The work before it grows or shrinks. What holds the start later holds it here, too. False where
    /// nothing is new.
    pub fn try_begin(&mut self, task: u32, start: Minute, until: Minute) -> bool {
        let before = self.scheduler.task(task).clone();
        let backward = self.document.head.direction == Direction::Backward;
        let tried = if backward { Some(self.untried(task)) } else { self.moved(task, start) };
        let Some(mut tried) = tried.filter(|tried| tried.kind == TaskKind::Task) else { return false };
        let mut begin = start;
        if !backward {
            let moved = self.put(task, tried.clone());
            self.reschedule(moved);
            begin = self.schedule.tasks[task as usize].start;
        }
        let first = self.work_between(task, begin, until);
        if first > 0 {
            let longer = first - tried.splits.first().map_or(tried.duration, |split| split.after_minutes);
            tried.duration += longer;
            tried.splits.iter_mut().for_each(|split| split.after_minutes += longer);
        }
        let other = self.put(task, tried);
        self.reschedule(other);
        *self.scheduler.task(task) != before
    }

    /// Minutes of work from one moment to the other as the task counts them: by its calendar, or on the wall.
    pub fn work_between(&self, task: u32, from: Minute, to: Minute) -> i64 {
        if self.scheduler.task(task).elapsed { to.0 - from.0 } else { self.scheduler.clock(task).between(from, to) }
    }

    /// Shows what a pause of another length would do; the parts join where nothing is left of it. False where nothing
    /// is new.
    pub fn try_pause(&mut self, task: u32, place: usize, minutes: i64) -> bool {
        let mut tried = self.untried(task);
        if place >= tried.splits.len() {
            return false;
        }
        if minutes > 0 {
            tried.splits[place].pause_minutes = minutes;
        } else {
            tried.splits.remove(place);
        }
        let new = self.put(task, tried);
        self.reschedule(new)
    }

    fn untried(&self, task: u32) -> Task {
        self.stored(task).clone()
    }

    /// A task as it is stored, whatever is tried.
    pub fn stored(&self, task: u32) -> &Task {
        self.tried.get(&task).unwrap_or_else(|| self.scheduler.task(task))
    }

    fn put(&mut self, task: u32, tried: Task) -> bool {
        if *self.scheduler.task(task) == tried {
            return false;
        }
        self.tried.entry(task).or_insert_with(|| self.scheduler.task(task).clone());
        self.scheduler.set_task(task, tried);
        true
    }

    fn reschedule(&mut self, new: bool) -> bool {
        if new {
            self.schedule = self.scheduler.run();
            if self.staff.is_quick() {
                self.staff.measure(&self.schedule);
            }
        }
        new
    }

    /// The tried starts that are not the stored ones.
    pub fn tried_moves(&self) -> Vec<TaskMove> {
        let moved = self.tried.iter().filter_map(|(task, kept)| {
            let tried = self.scheduler.task(*task);
            let start = if tried.mode == TaskMode::Manual { tried.manual_start } else { tried.constraint_at };
            let id = self.document.tasks[*task as usize].id;
            (tried != kept).then_some(TaskMove { id, start: start? })
        });
        moved.collect()
    }

    /// Forgets the try.
    pub fn cancel(&mut self) {
        if self.tried.is_empty() {
            return;
        }
        for (task, kept) in std::mem::take(&mut self.tried) {
            self.scheduler.set_task(task, kept);
        }
        self.schedule = self.scheduler.run();
        self.staff.measure(&self.schedule);
    }

    /// Applies operations here, all or none, as the server will.
    ///
    /// # Errors
    /// What the server would refuse, too.
    pub fn apply_all(&mut self, operations: &[Operation]) -> Result<(), Fault> {
        self.cancel();
        let delta = self.document.apply_all(operations)?;
        self.recompute();
        let within = self.document.check_dates(&self.schedule);
        if within.is_err() {
            self.document.take_back(&delta);
            self.recompute();
        }
        within
    }

    /// What the dates that are shown come to.
    pub fn outcome(&self) -> Outcome {
        let late = self.schedule.conflicts.iter().filter(|conflict| matches!(conflict, Conflict::Deadline { .. }));
        Outcome { finish: self.schedule.finish, overload: self.staff.overload(), late: late.count() }
    }

    /// Applies a colleague's step.
    ///
    /// # Errors
    /// `Conflict` where the plan here is another; then it must be loaded again.
    pub fn apply_delta(&mut self, delta: &Delta) -> Result<(), Fault> {
        self.tried.clear();
        let applied = self.document.apply_delta(delta);
        self.recompute();
        applied.map(drop)
    }

    /// Replaces the plan, keeping what is open.
    pub fn replace(&mut self, document: PlanDocument) {
        self.tried.clear();
        self.document = document;
        self.recompute();
    }

    /// The revision that this plan is at.
    pub fn set_revision(&mut self, revision: i64) {
        self.document.head.revision = revision;
    }

    fn recompute(&mut self) {
        if let Ok(scheduler) = Scheduler::new(&self.document.to_plan()) {
            self.scheduler = scheduler;
        }
        self.schedule = self.scheduler.run();
        self.index();
    }

    /// Why a task starts where it does, in a sentence.
    pub fn why(&self, task: u32) -> String {
        let name = |index: u32| format!("{} {}", self.codes[index as usize], self.document.tasks[index as usize].name);
        let by_link = |link: u32| {
            self.links.get(link as usize).map_or_else(
                || "It waits for another task.".to_owned(),
                |link| format!("It waits for {}.", name(link.from)),
            )
        };
        match self.schedule.tasks[task as usize].binding {
            Binding::ProjectStart => "It starts with the project.".to_owned(),
            Binding::Predecessor { link } => by_link(link),
            Binding::SummaryPredecessor { link } => format!("The summary above waits. {}", by_link(link)),
            Binding::Constraint => "Its constraint holds it here.".to_owned(),
            Binding::SummaryConstraint => "The constraint of the summary above holds it here.".to_owned(),
            Binding::Manual => "It was put here by hand.".to_owned(),
            Binding::Actual => "It has begun already.".to_owned(),
            Binding::AsLateAsPossible => "As late as possible without moving what follows.".to_owned(),
            Binding::Children => "It starts with the first task below it.".to_owned(),
            Binding::Resource => match self.staff.held_by(task, &self.schedule.tasks) {
                Some((who, other)) => format!("{who} is busy with {} before.", name(other)),
                None => "What it needs is taken before.".to_owned(),
            },
            Binding::ProjectFinish => "The plan counts back from the project's finish.".to_owned(),
        }
    }

    /// Predecessors of a task, as planners write them: `3FS+2d`.
    pub fn predecessors(&self, task: u32) -> String {
        self.ties.predecessors(&self.document, &self.codes, task)
    }

    /// What waits for a task, as planners write it.
    pub fn successors(&self, task: u32) -> String {
        self.ties.successors(&self.document, &self.codes, task)
    }

    /// A duration as planners write it: `3 d`, `2 h`, `45 min`.
    pub fn duration_text(&self, task: u32) -> String {
        // A row that is about to leave the page may ask once more for a task that has gone.
        let (Some(record), Some(slot)) =
            (self.document.tasks.get(task as usize), self.schedule.tasks.get(task as usize))
        else {
            return String::new();
        };
        let minutes = match record.kind {
            TaskKind::Milestone => return "–".to_owned(),
            TaskKind::Summary => self.scheduler.project_clock().between(slot.start, slot.finish),
            // As it is tried.
            TaskKind::Task if record.elapsed => {
                let (minutes, day) = (self.scheduler.task(task).duration, self.document.calendar().minutes_per_day());
                let unit = Unit::of(minutes, true, day);
                return match unit.number(minutes, day) {
                    Some(number) => format!("{number} {}", unit.code()),
                    None => format!("{minutes} emin"),
                };
            }
            TaskKind::Task => self.scheduler.task(task).duration,
        };
        self.amount_text(minutes)
    }

    /// Working minutes as planners write them.
    pub fn amount_text(&self, minutes: i64) -> String {
        let day = self.document.calendar().minutes_per_day();
        match minutes {
            minutes if minutes % day == 0 => format!("{} d", minutes / day),
            minutes if minutes > day => format!("{}.{} d", minutes / day, (minutes % day) * 10 / day),
            minutes if minutes % 60 == 0 => format!("{} h", minutes / 60),
            minutes => format!("{minutes} min"),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use domain::{
        CalendarId, LinkId, ProjectId,
        projects::{
            look::PlanLook,
            operation::{TaskDraft, TaskPatch},
            plan::{LagUnit, Split},
            view::NewProject,
        },
    };
    use uuid::Uuid;

    use super::*;

    pub(in super::super) fn task(number: u128) -> TaskId {
        TaskId(Uuid::from_u128(number))
    }

    pub(in super::super) fn model() -> Model {
        let new =
            NewProject { name: "Press".into(), start: "2026-01-05".parse().expect("a date"), ..NewProject::default() };
        let plan = PlanDocument::create(ProjectId(Uuid::from_u128(1)), CalendarId(Uuid::from_u128(2)), "P".into(), new)
            .expect("a plan");
        let mut model = Model::new(plan, Minute::default()).expect("a model");
        for (number, parent) in [(10, None), (11, Some(10)), (12, Some(10)), (13, None)] {
            let draft = TaskDraft { name: format!("T{number}"), ..TaskDraft::default() };
            let add = Operation::AddTask {
                id: task(number),
                parent_id: parent.map(task),
                after: None,
                task: Box::new(draft),
            };
            model.apply_all(&[add]).expect("a row");
        }
        let link = Operation::AddLink {
            id: LinkId(Uuid::from_u128(20)),
            predecessor_id: task(11),
            successor_id: task(13),
            kind: LinkKind::FinishToStart,
            lag_minutes: 480,
            lag_unit: LagUnit::Working,
        };
        model.apply_all(&[link]).expect("a link");
        model
    }

    #[test]
    fn closing_a_summary_hides_what_is_below_it() {
        let mut model = model();
        assert_eq!(model.rows(), [0, 1, 2, 3]);
        model.toggle(0);
        assert_eq!(model.rows(), [0, 3]);
        assert_eq!((model.row_of(1), model.row_of(3)), (None, Some(1)));
    }

    #[test]
    fn a_filter_keeps_the_summaries_above_what_it_finds() {
        let mut model = model();
        let look = |text: &str| PlanLook { text: text.to_owned(), ..PlanLook::default() };
        model.set_filter(Some(look("t12").filter(None, Minute(0))));
        assert_eq!((model.rows(), model.row_of(2), model.row_of(3)), (&[0, 2][..], Some(1), None));
        model.toggle(0);
        assert_eq!(model.rows(), [0]);
        model.set_filter(None);
        assert_eq!(model.rows(), [0, 3]);
    }

    #[test]
    fn a_try_moves_everything_behind_it_and_leaves_no_trace() {
        let mut model = model();
        let before = model.schedule().clone();
        model.try_move(1, "2026-01-07T08:00".parse().expect("a date"));
        assert_eq!(model.schedule().tasks[3].start, "2026-01-09T08:00".parse().expect("a date"));
        model.cancel();
        assert_eq!(*model.schedule(), before);
    }

    #[test]
    fn several_moves_are_one_try() {
        let mut model = model();
        let start = "2026-01-13T08:00".parse().expect("a date");
        assert!(model.try_moves(&[(1, start), (2, start)]));
        assert!(!model.try_moves(&[(1, start), (2, start)]), "nothing is new");
        let moves = model.tried_moves();
        assert_eq!(moves.iter().map(|one| one.id).collect::<Vec<_>>(), [task(11), task(12)]);
        let shown = model.schedule().digest();
        model.apply_all(&[Operation::MoveTasks { moves }]).expect("moved");
        assert_eq!(model.schedule().digest(), shown);
    }

    #[test]
    fn a_start_is_pulled_while_the_finish_stays() {
        let mut model = model();
        let longer = |number, duration_minutes| Operation::StretchTask { id: task(number), duration_minutes };
        model.apply_all(&[longer(12, 1_440), longer(13, 960)]).expect("longer");
        let slot = |model: &Model, row: usize| (model.schedule().tasks[row].start, model.schedule().tasks[row].finish);
        let ((_, end), (held, last)) = (slot(&model, 2), slot(&model, 3));
        let start: Minute = "2026-01-06T08:00".parse().expect("a date");
        assert!(model.try_begin(2, start, end));
        assert!(!model.try_begin(2, start, end), "nothing is new");
        assert_eq!((slot(&model, 2), model.scheduler().task(2).duration), ((start, end), 960));
        let shown = model.schedule().digest();
        model.apply_all(&[Operation::MoveTasks { moves: model.tried_moves() }, longer(12, 960)]).expect("stored");
        assert_eq!(model.schedule().digest(), shown);
        model.try_begin(3, start, last);
        assert_eq!(slot(&model, 3), (held, last), "it waits for another");
    }

    #[test]
    fn the_part_before_a_pause_is_pulled_at_its_start() {
        let mut model = model();
        let at = |text: &str| text.parse::<Minute>().expect("a date");
        let longer = Operation::StretchTask { id: task(12), duration_minutes: 1_440 };
        let paused = |after_minutes, duration| {
            let splits = Some(vec![Split { after_minutes, pause_minutes: 480 }]);
            let patch = TaskPatch { splits, duration, ..TaskPatch::default() };
            Operation::EditTask { id: task(12), version: None, patch: Box::new(patch) }
        };
        model.apply_all(&[longer, paused(960, None)]).expect("two days, a pause and one day");
        let finish = model.schedule().tasks[2].finish;
        assert_eq!(finish, at("2026-01-08T17:00"));
        // Until Tuesday evening; from Tuesday morning on.
        assert!(model.try_begin(2, at("2026-01-06T08:00"), at("2026-01-06T17:00")));
        assert_eq!(model.schedule().tasks[2].finish, finish, "what lies behind the pause stays");
        let shown = model.schedule().digest();
        let moves = model.tried_moves();
        model.apply_all(&[Operation::MoveTasks { moves }, paused(480, Some(960))]).expect("stored");
        assert_eq!(model.schedule().digest(), shown);
    }

    #[test]
    fn a_start_on_the_wall_is_pulled_by_hours_on_the_wall() {
        let mut model = model();
        let at = |text: &str| text.parse::<Minute>().expect("a date");
        let patch = TaskPatch { elapsed: Some(true), duration: Some(2_880), ..TaskPatch::default() };
        let elapsed = Operation::EditTask { id: task(12), version: None, patch: Box::new(patch) };
        model.apply_all(&[elapsed]).expect("two days on the wall");
        assert_eq!(model.duration_text(2), "2 ed");
        let finish = model.schedule().tasks[2].finish;
        assert!(model.try_begin(2, at("2026-01-05T20:00"), finish));
        assert_eq!((model.scheduler().task(2).duration, model.schedule().tasks[2].finish), (1_680, finish));
    }

    #[test]
    fn what_is_tried_is_what_is_stored() {
        let mut model = model();
        let start = "2026-01-13T08:00".parse().expect("a date");
        model.try_move(1, start);
        let shown = model.schedule().clone();
        model.apply_all(&[Operation::MoveTask { id: task(11), start }]).expect("moved");
        assert_eq!(model.schedule().digest(), shown.digest());
        assert_eq!(model.predecessors(3), "1.1FS+1d");
    }
}
