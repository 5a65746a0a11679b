//! The chart's state and the handle by which page, table, canvas and keyboard share it.

use domain::{
    BaselineId, Minute, TaskId,
    projects::{
        document::PlanDocument,
        look::RowFilter,
        operation::{Delta, Operation},
        resource::{ResourceBooking, ResourceRecord},
    },
};
use leptos::{html, prelude::*};
use uuid::Uuid;

#[cfg(feature = "hydrate")]
use super::palette::Palette;
use super::{
    columns::TableColumns,
    drag::Drag,
    hands::Hands,
    model::{Ghost, Model},
    scale::Scale,
    select::Selection,
};

/// Height of a row in pixels; table and canvas draw with the same.
pub const ROW: f64 = 28.0;
/// Height of the time axis and of the table's head.
pub const HEAD: f64 = 44.0;
/// Rows that are drawn before the window's height is known.
const FIRST_ROWS: usize = 24;

/// What the colour of a bar says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColourBy {
    #[default]
    Status,
    Department,
}

/// Somebody else who looks at the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    pub window: Uuid,
    pub name: String,
    /// Which of the palette's colours.
    pub colour: usize,
    /// The task whose row they have marked.
    pub task: Option<TaskId>,
    /// The task that they are changing.
    pub editing: Option<TaskId>,
    /// Where their pointer is.
    pub over: Option<(TaskId, Minute)>,
    /// Milliseconds, by this window's clock, when they were last heard.
    pub heard: f64,
}

/// Everything that changes sixty times a second; the page's signals are told only when the page must change.
pub struct Chart {
    pub model: Model,
    pub scale: Scale,
    pub drag: Option<Drag>,
    /// Where the pointer was last, until the next frame looks at it.
    pub pointed: Option<(f64, f64)>,
    /// Where the pointer was when the drag was shown last.
    pub dragged_to: Option<(f64, f64)>,
    /// Where the chart was scrolled to when the drag began.
    pub held_from: Option<(f64, f64)>,
    /// Where a finger rests that may take hold.
    pub resting: Option<(f64, f64)>,
    /// Two fingers: how far apart they were, and how wide a day was.
    pub pinch: Option<(f64, f64)>,
    pub selected: Option<u32>,
    pub selection: Selection,
    /// Tasks that move along with the one that is dragged, each with where it stood.
    pub group: Vec<(TaskId, Minute)>,
    /// A bar that is being drawn below the last row.
    pub sketch: Option<(Minute, Minute)>,
    pub hovered: Option<u32>,
    /// Fingers were the last on the chart, not a mouse.
    pub fingers: bool,
    pub critical: bool,
    pub colour_by: ColourBy,
    /// How far everything is, as a line from row to row.
    pub progress_line: bool,
    pub others: Vec<Other>,
    pub linking: Option<(f64, f64, f64, f64)>,
    /// What the drag comes to, said beside the pointer.
    pub hint: Option<(f64, f64, String)>,
    /// Where the mouse rests, and on which bar.
    pub tip: Option<((f64, f64), u32)>,
    /// Where the mouse may come to rest.
    pub tip_asked: Option<(u32, (f64, f64))>,
    /// Whoever looks may change the plan.
    pub can_edit: bool,
    pub now: Minute,
    #[cfg(feature = "hydrate")]
    pub palette: Palette,
    /// Somebody has seen the plan: how near it is shown is theirs from here on.
    pub seen: bool,
    pub(super) waiting: bool,
    /// How often the canvas was drawn.
    pub(super) drawn: u64,
}

impl Chart {
    /// The task whose row lies at this height of the canvas, where the rows are scrolled by `top` pixels.
    pub fn row_at(&self, y: f64, top: f64) -> Option<u32> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row number above zero")]
        let row = ((y - HEAD + top) / ROW).floor().max(0.0) as usize;
        self.model.rows().get(row).filter(|_| y > HEAD).copied()
    }
}

/// What the page may do with the chart.
#[derive(Clone, Copy)]
pub struct GanttHandle {
    chart: StoredValue<Chart>,
    /// Rows, names, links: anything but dates.
    structure: RwSignal<u64>,
    /// Dates, which follow every frame of a drag.
    dates: RwSignal<u64>,
    /// How near the plan is shown: no row changes with it.
    pub(super) scaled: RwSignal<u64>,
    pub(super) left: RwSignal<f64>,
    pub(super) top: RwSignal<f64>,
    /// Rows that the window has room for.
    pub(super) room: RwSignal<usize>,
    pub(super) canvas: NodeRef<html::Canvas>,
    pub(super) body: NodeRef<html::Div>,
    /// The row that is marked.
    pub(super) marked: RwSignal<Option<TaskId>>,
    /// The task that is open in the panel beside the chart.
    pub selected: RwSignal<Option<TaskId>>,
    /// What was done last, read aloud.
    pub(super) said: RwSignal<String>,
    /// What hands are at.
    pub(super) hands: Hands,
    /// The load stands under the chart.
    pub load: RwSignal<bool>,
    /// The baseline that is compared, or will be once it has come.
    pub baseline: RwSignal<Option<BaselineId>>,
    /// The columns of the table.
    pub columns: TableColumns,
    /// Counts changes of the window's size and of its colours.
    pub(super) resized: RwSignal<u32>,
    /// Where the pointer is on the chart: the row's task and the moment.
    pub pointing: RwSignal<Option<(TaskId, Minute)>>,
    /// The task that is held by the pointer.
    pub holding: RwSignal<Option<TaskId>>,
}

impl GanttHandle {
    /// A chart of this plan; `None` where it cannot be scheduled.
    #[must_use]
    pub fn new(plan: PlanDocument, now: Minute) -> Option<Self> {
        let origin = Minute((plan.head.start.day() - 2) * Minute::DAY);
        let chart = Chart {
            model: Model::new(plan, now).ok()?,
            scale: Scale::new(origin),
            drag: None,
            pointed: None,
            dragged_to: None,
            held_from: None,
            resting: None,
            pinch: None,
            selected: None,
            selection: Selection::default(),
            group: Vec::new(),
            sketch: None,
            hovered: None,
            fingers: false,
            critical: true,
            colour_by: ColourBy::default(),
            progress_line: false,
            others: Vec::new(),
            linking: None,
            hint: None,
            tip: None,
            tip_asked: None,
            can_edit: false,
            now,
            #[cfg(feature = "hydrate")]
            palette: Palette::read(),
            seen: false,
            waiting: false,
            drawn: 0,
        };
        let (chart, structure) = (StoredValue::new(chart), RwSignal::new(0));
        let compared = move || {
            structure.track();
            chart.with_value(|chart: &Chart| chart.model.ghost().is_some())
        };
        Some(Self {
            chart,
            structure,
            dates: RwSignal::new(0),
            scaled: RwSignal::new(0),
            left: RwSignal::new(0.0),
            top: RwSignal::new(0.0),
            room: RwSignal::new(FIRST_ROWS),
            canvas: NodeRef::new(),
            body: NodeRef::new(),
            marked: RwSignal::new(None),
            selected: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            hands: Hands::new(),
            load: RwSignal::new(false),
            baseline: RwSignal::new(None),
            columns: TableColumns::new(compared),
            resized: RwSignal::new(0),
            pointing: RwSignal::new(None),
            holding: RwSignal::new(None),
        })
    }

    pub(super) fn with<T>(self, read: impl FnOnce(&Chart) -> T) -> T {
        self.chart.with_value(read)
    }

    pub(super) fn change<T>(self, write: impl FnOnce(&mut Chart) -> T) -> T {
        self.chart.try_update_value(write).expect("a chart lives as long as its page")
    }

    /// As [`change`](Self::change), for what comes later than the page may live.
    #[cfg(feature = "hydrate")]
    pub(super) fn try_change<T>(self, write: impl FnOnce(&mut Chart) -> T) -> Option<T> {
        self.chart.try_update_value(write)
    }

    /// Reads the plan as it is stored. Tracks operations, not the frames of a drag.
    pub fn read<T>(self, read: impl FnOnce(&Model) -> T) -> T {
        self.structure.track();
        self.with(|chart| read(&chart.model))
    }

    /// Reads dates as they are shown. Tracks every frame of a drag.
    pub fn read_dates<T>(self, read: impl FnOnce(&Model) -> T) -> T {
        self.dates.track();
        self.with(|chart| read(&chart.model))
    }

    /// Follows every frame of a drag.
    pub(super) fn follow_dates(self) {
        self.dates.track();
    }

    /// How often the rows changed; a row that shows more than dates is drawn anew when this grows.
    pub fn structure(self) -> u64 {
        self.structure.get()
    }

    /// Now, as the chart was opened.
    #[must_use]
    pub fn now(self) -> Minute {
        self.with(|chart| chart.now)
    }

    /// Reads the plan once.
    pub fn read_untracked<T>(self, read: impl FnOnce(&Model) -> T) -> T {
        self.with(|chart| read(&chart.model))
    }

    /// Shows only rows that are asked for; all where absent.
    pub fn set_filter(self, filter: Option<RowFilter>) {
        self.change(|chart| chart.model.set_filter(filter));
        self.refresh();
    }

    /// Applies operations here and now, all or none, as the server will.
    ///
    /// # Errors
    /// What the server would refuse, too.
    pub fn apply_all(self, operations: &[Operation]) -> Result<(), domain::Fault> {
        let applied = self.change(|chart| chart.model.apply_all(operations));
        // What is refused changes no row: a row that is made anew under a mouse that is being pressed hears no click.
        if applied.is_ok() {
            self.refresh();
        } else {
            self.moved();
        }
        applied
    }

    /// Applies a colleague's step, or one's own that came back; false where the plan must be loaded again.
    #[must_use]
    pub fn apply_delta(self, revision: i64, delta: &Delta) -> bool {
        let applied = self.change(|chart| {
            let next = chart.model.document().head.revision + 1 == revision;
            let fits = next && chart.model.apply_delta(delta).is_ok();
            if fits {
                chart.model.set_revision(revision);
            }
            fits
        });
        self.refresh();
        applied
    }

    /// Notes that one's own step is stored.
    pub fn stored(self, revision: i64) {
        self.change(|chart| chart.model.set_revision(revision));
    }

    /// The revision that the plan here is at.
    #[must_use]
    pub fn revision(self) -> i64 {
        self.with(|chart| chart.model.document().head.revision)
    }

    /// Shows another state of the plan.
    pub fn replace(self, plan: PlanDocument) {
        self.change(|chart| chart.model.replace(plan));
        self.refresh();
    }

    /// False where the page has gone meanwhile.
    #[must_use]
    pub fn is_there(self) -> bool {
        self.marked.try_get_untracked().is_some()
    }

    /// Resources of the organisation, and what other projects have taken of them.
    pub fn set_staff(self, known: Vec<ResourceRecord>, bookings: Vec<ResourceBooking>) {
        self.change(|chart| chart.model.set_staff(known, bookings));
        self.refresh();
    }

    /// Draws a baseline behind the bars, and how far the plan has come off it; or no longer.
    pub fn compare(self, baseline: Option<Ghost>) {
        self.change(|chart| chart.model.set_baseline(baseline));
        self.refresh();
    }

    /// As [`compare`](Self::compare), with the plan as it is stored while another is tried. A baseline waits meanwhile.
    pub fn compare_try(self, stored: Option<Ghost>) {
        self.change(|chart| chart.model.set_before_try(stored));
        self.refresh();
    }

    /// What the plan is compared with, by name.
    #[must_use]
    pub fn compared(self) -> Option<String> {
        self.read(|model| model.ghost().map(|ghost| ghost.title.clone()))
    }

    /// What the colours of bars say.
    pub fn colour_by(self, by: ColourBy) {
        self.change(|chart| chart.colour_by = by);
        self.refresh();
    }

    /// How far everything is, as a line from row to row.
    pub fn show_progress_line(self, shown: bool) {
        self.change(|chart| chart.progress_line = shown);
        self.refresh();
    }

    /// Who else looks at the plan, and where.
    pub fn set_others(self, others: Vec<Other>) {
        self.change(|chart| chart.others = others);
        self.paint_soon();
    }

    /// Redraws table and canvas.
    pub(super) fn refresh(self) {
        // Positions move when rows come and go; ids stay.
        self.change(|chart| {
            let id = self.marked.get_untracked();
            chart.selected = id.and_then(|id| chart.model.position(id));
            let model = &chart.model;
            chart.selection.retain(|id| model.position(id).is_some());
        });
        let open = self.selected.get_untracked();
        if open.is_some_and(|id| self.with(|chart| chart.model.position(id).is_none())) {
            self.selected.set(None);
        }
        self.hands.picked();
        self.rows_changed();
        // Once the rows know that they are others: what is given up tells of dates, which rows that go would ask for.
        self.keep_hold();
        self.moved();
    }

    /// Tells what shows rows in the page.
    pub(super) fn rows_changed(self) {
        self.structure.update(|count| *count += 1);
    }

    /// Redraws what shows dates.
    pub(super) fn moved(self) {
        self.dates_changed();
        self.paint_soon();
    }

    /// Tells what shows dates in the page; the canvas is being drawn.
    pub(super) fn dates_changed(self) {
        self.dates.update(|count| *count += 1);
    }
}
