//! The chart as a picture: a plan and its schedule become pages of SVG, which others turn into PDF and pixels.
//!
//! Everything is drawn from the same values as on the screen, in the light look. The same plan, options and date give
//! the same bytes.

mod axis;
mod bars;
mod frame;
mod layout;
mod svg;
mod table;
mod text;

use std::collections::HashMap;

use super::paper::PictureOptions;
use crate::{
    Fault, Minute, UserId,
    projects::{
        calendar::{Calendar, WorkClock},
        document::{PlanDocument, TaskRecord, TaskStatus},
        plan::TaskKind,
        schedule::{Schedule, Scheduler, Slot},
    },
};
use layout::Layout;
use svg::Svg;

/// Colours of the light look.
mod colour {
    use crate::projects::document::TaskStatus;

    pub(super) const TEXT: &str = "#17181c";
    pub(super) const MUTED: &str = "#5a5e69";
    pub(super) const LINE: &str = "#e3e4e9";
    pub(super) const STRONG: &str = "#c3c6cf";
    pub(super) const SHADE: &str = "#f1f1f4";
    pub(super) const HEAD: &str = "#f7f7f9";
    pub(super) const ACCENT: &str = "#0b6b73";
    pub(super) const DANGER: &str = "#c5283a";

    /// The six that always mean the same.
    pub(super) const fn of(status: TaskStatus) -> &'static str {
        match status {
            TaskStatus::NotStarted => "#8d919c",
            TaskStatus::Processing => "#2563eb",
            TaskStatus::Waiting => "#e07b12",
            TaskStatus::Production => "#7c3aed",
            TaskStatus::Accepted => "#18945a",
            TaskStatus::AtRisk => "#d92d3f",
        }
    }
}

/// What stands around the chart.
#[derive(Clone, Debug, Default)]
pub struct TitleBlock {
    pub organization: String,
    /// On the plant's wall clock: when it is printed, and where today's line stands.
    pub now: Minute,
    /// Which past state it is, where it is one.
    pub as_of: Option<String>,
}

/// A chart, laid out and ready to be drawn page by page.
pub struct Picture<'a> {
    plan: &'a PlanDocument,
    rows: Vec<Row<'a>>,
    links: Vec<Arrow>,
    calendar: Calendar,
    layout: Layout,
    title: TitleBlock,
    plain: bool,
}

impl std::fmt::Debug for Picture<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture of {} on {} pages", self.plan.head.code, self.pages())
    }
}

/// A row with what is said about it.
struct Row<'a> {
    task: &'a TaskRecord,
    slot: &'a Slot,
    code: String,
    level: usize,
    progress: u8,
    duration: String,
    people: String,
    /// When it works: its time between pauses.
    pieces: Vec<(Minute, Minute)>,
}

impl Row<'_> {
    fn overdue(&self, now: Minute) -> bool {
        self.progress < 100 && self.slot.finish < now && self.task.kind != TaskKind::Summary
    }
}

/// A link by the rows that it ties.
struct Arrow {
    from: usize,
    to: usize,
    from_start: bool,
    to_start: bool,
    critical: bool,
}

impl<'a> Picture<'a> {
    /// Lays out a plan. `person` says what somebody is called.
    ///
    /// # Errors
    /// `InvalidInput` by field where there is more than can be drawn.
    pub fn new(
        plan: &'a PlanDocument,
        schedule: &'a Schedule,
        person: impl Fn(UserId) -> Option<String>,
        title: TitleBlock,
        options: &PictureOptions,
    ) -> Result<Self, Fault> {
        let layout = Layout::new(options, plan.tasks.len(), extent(plan, schedule))?;
        let calendar = plan.calendar();
        let clock = WorkClock::new(&calendar);
        let day = calendar.minutes_per_day();
        let codes = plan.codes();
        let progress = plan.task_progress();
        let scheduler = Scheduler::new(&plan.to_plan()).map_err(|fault| plan.explain(&fault))?;
        let rows = plan.tasks.iter().zip(&schedule.tasks).zip(codes).zip(progress).zip(0..);
        let rows = rows.map(|((((task, slot), code), progress), index)| Row {
            task,
            slot,
            level: code.matches('.').count(),
            code,
            progress,
            duration: duration(task, slot, &clock, day),
            people: task.assignees.iter().filter_map(|id| person(*id)).collect::<Vec<_>>().join(", "),
            pieces: scheduler.pieces(index, slot.start, slot.finish),
        });
        let rows: Vec<Row<'_>> = rows.collect();
        let driving = |link: u32| !options.plain && scheduler.is_driving(link, &schedule.tasks);
        let links = arrows(plan, &rows, driving);
        Ok(Self { plan, rows, links, calendar, layout, title, plain: options.plain })
    }

    /// How many pages there are.
    #[must_use]
    pub const fn pages(&self) -> usize {
        self.layout.pages()
    }

    /// Width and height of every page, in points.
    #[must_use]
    pub const fn size(&self) -> (f64, f64) {
        self.layout.sheet
    }

    /// One page as SVG, from 0; none behind the last.
    #[must_use]
    pub fn page(&self, page: usize) -> Option<String> {
        if page >= self.pages() {
            return None;
        }
        let Layout { sheet, frame: edge, scale, columns, chart, .. } = self.layout;
        let rows = self.layout.rows_of(page);
        let height = layout::HEAD + layout::width_of(rows.len()) * layout::ROW;
        let mut svg = Svg::new(sheet);
        let outside = (sheet.0 / edge, sheet.1 / edge);
        svg.scaled((0.0, 0.0), edge, |svg| frame::title(self, outside, svg));
        svg.scaled((layout::MARGIN * edge, (layout::MARGIN + layout::TITLE) * edge), scale, |svg| {
            svg.window("chart", (columns.width(), layout::HEAD, chart, height - layout::HEAD));
            svg.window("axis", (columns.width(), 0.0, chart, layout::HEAD));
            svg.within("chart", |svg| {
                svg.scaled((columns.width() - self.layout.left_of(page), layout::HEAD), 1.0, |svg| {
                    axis::ground(self, page, svg);
                    bars::links(self, rows.clone(), svg);
                    bars::draw(self, rows.clone(), svg);
                    axis::today(self, rows.len(), svg);
                });
            });
            svg.within("axis", |svg| {
                svg.scaled((columns.width() - self.layout.left_of(page), 0.0), 1.0, |svg| axis::head(self, page, svg));
            });
            table::draw(self, rows, svg);
        });
        svg.scaled((0.0, 0.0), edge, |svg| frame::foot(self, outside, page, svg));
        Some(svg.finish())
    }
}

/// First and last moment that something stands at.
fn extent(plan: &PlanDocument, schedule: &Schedule) -> (Minute, Minute) {
    let ends = plan.tasks.iter().filter_map(|task| task.deadline).chain(plan.head.target_end);
    let finish = ends.chain([schedule.finish]).max().unwrap_or(schedule.finish);
    (schedule.start.min(plan.head.start), finish.max(plan.head.start))
}

/// `5 d`, `4 h`, `30 min`; of a summary the working time that it spans.
fn duration(task: &TaskRecord, slot: &Slot, clock: &WorkClock, day: i64) -> String {
    let (minutes, day, suffix) = match task.kind {
        TaskKind::Milestone => return String::new(),
        TaskKind::Summary => (clock.between(slot.start, slot.finish), day, ""),
        TaskKind::Task if task.elapsed => (task.duration, Minute::DAY, "e"),
        TaskKind::Task => (task.duration, day, ""),
    };
    let tenths = |unit: i64| {
        let tenths = (minutes * 10 + unit / 2) / unit;
        if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
    };
    match minutes {
        minutes if minutes >= day => format!("{} {suffix}d", tenths(day)),
        minutes if minutes >= 60 => format!("{} {suffix}h", tenths(60)),
        minutes => format!("{minutes} {suffix}min"),
    }
}

/// `driving` says which links leave no room.
fn arrows(plan: &PlanDocument, rows: &[Row<'_>], driving: impl Fn(u32) -> bool) -> Vec<Arrow> {
    use crate::projects::plan::LinkKind::{FinishToFinish, StartToFinish, StartToStart};
    let places: HashMap<_, usize> = plan.tasks.iter().enumerate().map(|(index, task)| (task.id, index)).collect();
    let critical = |row: usize| rows[row].slot.critical && rows[row].progress < 100;
    let links = plan.links.iter().zip(0..).filter_map(|(link, index)| {
        let (from, to) = (*places.get(&link.predecessor_id)?, *places.get(&link.successor_id)?);
        Some(Arrow {
            from,
            to,
            from_start: matches!(link.kind, StartToStart | StartToFinish),
            to_start: !matches!(link.kind, FinishToFinish | StartToFinish),
            critical: critical(from) && critical(to) && driving(index),
        })
    });
    links.collect()
}

/// `12 Mar 2026`: the same in every language of the paper's reader who knows the months.
fn date(at: Minute) -> String {
    at.date().format("%-d %b %Y").to_string()
}

/// The day on which work that ends at midnight was done.
fn last_day(slot: &Slot) -> Minute {
    if slot.finish > slot.start && slot.finish.minute_of_day() == 0 { Minute(slot.finish.0 - 1) } else { slot.finish }
}

/// Statuses that the rows have, in the order of a board.
fn statuses(rows: &[Row<'_>], now: Minute) -> impl Iterator<Item = TaskStatus> {
    // What is overdue is red, whatever its status.
    let bars = rows.iter().filter(|row| row.task.kind != TaskKind::Summary && !row.overdue(now));
    let seen: std::collections::BTreeSet<TaskStatus> = bars.map(|row| row.task.status).collect();
    TaskStatus::ALL.into_iter().filter(move |status| seen.contains(status))
}
