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

use super::{
    columns::TableColumns,
    drag::Drag,
    hands::Hands,
    model::{Ghost, Model},
    scale::Scale,
    select::Selection,
};
#[cfg(feature = "hydrate")]
use super::{palette::Palette, scale::Zoom};
use crate::kit::day;

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
    waiting: bool,
    /// How often the canvas was drawn.
    drawn: u64,
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

    /// The row that is marked, followed.
    #[must_use]
    pub fn marked(self) -> Option<TaskId> {
        self.marked.get()
    }

    /// The row that is marked, as it is now; none where the page has gone.
    #[must_use]
    pub fn marked_now(self) -> Option<TaskId> {
        self.marked.try_get_untracked().flatten()
    }

    /// Marks a row by its place in the plan.
    pub fn mark_row(self, task: u32) {
        self.mark(Some(task));
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

    /// Where the chart is scrolled to.
    #[must_use]
    pub fn place(self) -> (f64, f64) {
        (self.left.get_untracked(), self.top.get_untracked())
    }

    /// Scrolls to where the chart was before something else stood in its place.
    pub fn scroll_back(self, (left, top): (f64, f64)) {
        if let Some(body) = self.body.get_untracked() {
            #[expect(clippy::cast_possible_truncation, reason = "pixels")]
            let (left, top) = (left as i32, top as i32);
            body.set_scroll_left(left);
            body.set_scroll_top(top);
            self.scrolled();
        }
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

    /// Tells where the pointer is and what it holds, where somebody else wants to know.
    #[cfg(feature = "hydrate")]
    pub(super) fn point_at(self, (x, y): (f64, f64)) {
        if self.with(|chart| chart.others.is_empty()) {
            return;
        }
        let (left, top) = (self.left.get_untracked(), self.top.get_untracked());
        let (here, held) = self.with(|chart| {
            let id = |task: u32| chart.model.document().tasks.get(task as usize).map(|task| task.id);
            let over = chart.row_at(y, top).and_then(id);
            let held = chart.drag.as_ref().and_then(Drag::task);
            (over.map(|over| (over, chart.scale.at(x + left))), held)
        });
        if self.pointing.get_untracked() != here {
            self.pointing.set(here);
        }
        if self.holding.get_untracked() != held {
            self.holding.set(held);
        }
    }

    /// Marks a row and brings it into view.
    pub(super) fn mark_and_show(self, task: Option<u32>) {
        self.mark(task);
        let row = task.and_then(|task| self.with(|chart| chart.model.row_of(task)));
        if let Some(row) = row {
            self.show_row(row as usize);
        }
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
        self.structure.update(|count| *count += 1);
        // Once the rows know that they are others: what is given up tells of dates, which rows that go would ask for.
        self.keep_hold();
        self.moved();
    }

    /// A drag goes on with what it holds, wherever that stands now, and is given up where it is gone.
    fn keep_hold(self) {
        let gone = self.change(|chart| {
            let Some(drag) = chart.drag else { return false };
            let model = &chart.model;
            chart.group.retain(|(id, _)| model.position(*id).is_some());
            // What was tried went with the old plan; it is tried again in the new one.
            chart.pointed = chart.pointed.or(chart.dragged_to);
            !drag.holds(model)
        });
        let emptied = self.hands.carrying.get_untracked() && self.with(|chart| chart.selection.ids().is_empty());
        if emptied {
            self.hands.carrying.set(false);
            self.hands.landing.set(None);
        }
        if gone {
            self.give_up();
        }
        if gone || emptied {
            self.hands.word.set(Some("What you were dragging was changed or removed meanwhile."));
        }
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

    /// Takes over where the window scrolled to.
    pub(super) fn scrolled(self) {
        if let Some(body) = self.body.get_untracked() {
            self.left.set(f64::from(body.scroll_left()));
            self.top.set(f64::from(body.scroll_top()));
            self.paint_soon();
        }
    }

    /// Draws in the next frame, once, however often it is asked.
    pub fn paint_soon(self) {
        #[cfg(feature = "hydrate")]
        {
            if self.change(|chart| std::mem::replace(&mut chart.waiting, true)) {
                return;
            }
            request_animation_frame(move || {
                if self.chart.try_update_value(|chart| chart.waiting = false).is_some() {
                    super::pointer::follow(self);
                    self.paint();
                }
            });
        }
        #[cfg(not(feature = "hydrate"))]
        self.change(|chart| chart.waiting = false);
    }

    #[cfg(feature = "hydrate")]
    pub(super) fn paint(self) {
        let Some(canvas) = self.canvas.get_untracked() else { return };
        let (width, height) = (f64::from(canvas.client_width()), f64::from(canvas.client_height()));
        let Some(context) = super::paint::sharp(&canvas, width, height) else { return };
        let (left, top) = (self.left.get_untracked(), self.top.get_untracked());
        self.change(|chart| {
            super::paint::paint(&context, chart, (left, top, width, height));
            chart.drawn += 1;
            if chart.drawn == 1 {
                // For whoever measures how long a plan takes to open.
                crate::kit::mark("takt.painted");
            }
        });
    }

    /// True once the canvas shows the plan.
    #[cfg(feature = "hydrate")]
    #[must_use]
    pub fn is_drawn(self) -> bool {
        self.with(|chart| chart.drawn > 0)
    }

    /// Left edge, top, width and height of a task's bar in the browser's window.
    #[cfg(feature = "hydrate")]
    #[must_use]
    pub fn bar_in_window(self, id: TaskId) -> Option<(f64, f64, f64, f64)> {
        let canvas = self.canvas.get_untracked()?.get_bounding_client_rect();
        let (left, top) = (self.left.get_untracked(), self.top.get_untracked());
        let (x, y, width, height) = self.with(|chart| {
            let task = chart.model.position(id)?;
            super::paint::bar_rect(&chart.model, chart.scale, task, left, top)
        })?;
        Some((canvas.left() + x, canvas.top() + y, width, height))
    }

    /// Marks a row. A panel that is open goes with it; one that is closed stays closed, so that nothing moves under a
    /// pointer that is about to drag or to be pressed again.
    pub(super) fn mark(self, task: Option<u32>) {
        let id = self.change(|chart| {
            chart.selected = task;
            let id = task.and_then(|task| chart.model.document().tasks.get(task as usize)).map(|task| task.id);
            chart.selection.only(id);
            id
        });
        self.marked.set(id);
        self.panel_follows();
        self.hands.picked();
        self.paint_soon();
    }

    /// The panel, where it is open, shows the marked row.
    pub(super) fn panel_follows(self) {
        let (marked, open) = (self.marked.get_untracked(), self.selected.get_untracked());
        if marked.is_some() && open.is_some() && open != marked {
            self.selected.set(marked);
        }
    }

    /// Closes the panel; keys act on the rows again.
    pub fn close(self) {
        self.selected.set(None);
        super::editor::focus_table(self);
    }

    /// Marks a row and opens its panel.
    pub(super) fn select(self, task: Option<u32>) {
        self.mark(task);
        self.selected.set(self.marked.get_untracked());
    }

    /// Marks the row of a task, opens its panel and brings it into view.
    pub fn open(self, id: TaskId) {
        let place = self.with(|chart| {
            let task = chart.model.position(id)?;
            Some((task, chart.model.row_of(task)))
        });
        if let Some((task, row)) = place {
            self.select(Some(task));
            if let Some(row) = row {
                self.show_row(row as usize);
                self.show_bar(task);
            }
        }
    }

    /// Pixels from the plan's origin to its end, with room behind it.
    pub(super) fn width(self) -> f64 {
        self.with(|chart| chart.scale.x(chart.model.schedule().finish) + 60.0 * chart.scale.day.max(8.0))
    }

    /// Shows this moment near the left edge.
    pub(super) fn scroll_to(self, at: Minute) {
        if let Some(body) = self.body.get_untracked() {
            let x = self.with(|chart| chart.scale.x(at)) - 80.0;
            #[expect(clippy::cast_possible_truncation, reason = "pixels")]
            body.set_scroll_left(x as i32);
        }
    }

    /// Shows a day this wide, keeping the moment that stands `keep` pixels from the left edge where it is.
    pub(super) fn zoom(self, width: f64, keep: f64) {
        let left = self.left.get_untracked();
        let at = self.change(|chart| {
            let at = chart.scale.at(left + keep);
            chart.scale.set_day(width);
            chart.scale.x(at)
        });
        self.structure.update(|count| *count += 1);
        let there = move || {
            if let Some(body) = self.body.get_untracked() {
                #[expect(clippy::cast_possible_truncation, reason = "pixels")]
                body.set_scroll_left((at - keep) as i32);
            }
            self.paint_soon();
        };
        #[cfg(feature = "hydrate")]
        request_animation_frame(there);
        #[cfg(not(feature = "hydrate"))]
        there();
    }

    /// Shows a day this wide around what matters most of what is in sight: the marked bar, today, or the first moment.
    pub(super) fn zoom_to(self, width: f64) {
        let Some(canvas) = self.canvas.get_untracked() else { return };
        let (left, room) = (self.left.get_untracked(), f64::from(canvas.client_width()));
        let keep = self.with(|chart| {
            let slot = chart.selected.and_then(|task| chart.model.schedule().tasks.get(task as usize));
            let seen = |at: Minute| Some(chart.scale.x(at) - left).filter(|x| (0.0..room).contains(x));
            slot.and_then(|slot| seen(slot.start)).or_else(|| seen(chart.now))
        });
        self.zoom(width, keep.unwrap_or(0.0));
    }

    /// Shows the whole plan at once, as far as that can be read.
    pub fn fit(self) {
        let Some(canvas) = self.canvas.get_untracked() else { return };
        let room = f64::from(canvas.client_width());
        self.zoom(self.with(|chart| chart.scale.fitting(chart.model.schedule().finish, room)), 0.0);
        if let Some(body) = self.body.get_untracked() {
            body.set_scroll_left(0);
            self.scrolled();
        }
    }

    /// The first look at a plan: all of it, or what is under way where all of it would be dust.
    #[cfg(feature = "hydrate")]
    pub(super) fn first_look(self) {
        if self.change(|chart| std::mem::replace(&mut chart.seen, true)) {
            return;
        }
        self.fit();
        let (tiny, now, inside) = self.with(|chart| {
            let inside = chart.scale.origin < chart.now && chart.now < chart.model.schedule().finish;
            (chart.scale.day < Zoom::Quarter.day_width(), chart.now, inside)
        });
        if tiny {
            self.zoom(Zoom::Month.day_width(), 0.0);
            if inside {
                request_animation_frame(move || self.scroll_to(now));
            }
        }
    }

    /// Reads aloud where a task starts now.
    pub(super) fn say_moved(self, task: u32) {
        let text = self.with(|chart| {
            let name = &chart.model.document().tasks.get(task as usize)?.name;
            Some(format!("{name} starts on {}", day(chart.model.schedule().tasks.get(task as usize)?.start)))
        });
        self.said.set(text.unwrap_or_default());
    }

    /// Reads aloud in how many parts a task is worked now, and until when.
    pub(super) fn say_parts(self, task: u32) {
        let text = self.with(|chart| {
            let name = &chart.model.document().tasks.get(task as usize)?.name;
            let finish = day(chart.model.schedule().tasks.get(task as usize)?.finish);
            Some(match chart.model.scheduler().task(task).splits.len() {
                0 => format!("{name} is worked in one go until {finish}"),
                pauses => format!("{name} is worked in {} parts until {finish}", pauses + 1),
            })
        });
        self.said.set(text.unwrap_or_default());
    }

    /// Brings a bar into view that lies wholly beside it.
    pub(super) fn show_bar(self, task: u32) {
        let Some(canvas) = self.canvas.get_untracked() else { return };
        let (left, room) = (self.left.get_untracked(), f64::from(canvas.client_width()));
        let hidden = self.with(|chart| {
            let slot = chart.model.schedule().tasks.get(task as usize)?;
            let (from, to) = (chart.scale.x(slot.start) - left, chart.scale.x(slot.finish) - left);
            (to < 0.0 || from > room).then_some(slot.start)
        });
        if let Some(start) = hidden {
            self.scroll_to(start);
        }
    }

    /// Keeps a row in view.
    pub(super) fn show_row(self, row: usize) {
        let Some(body) = self.body.get_untracked() else { return };
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "pixels")]
        let (top, room) = ((row as f64 * ROW) as i32, body.client_height() - (HEAD + ROW) as i32);
        if top < body.scroll_top() {
            body.set_scroll_top(top);
        } else if top > body.scroll_top() + room {
            body.set_scroll_top(top - room);
        }
    }

    /// Takes back what was not dropped yet, and how far the chart scrolled along.
    pub(super) fn give_up_and_return(self) {
        let place = self.with(|chart| chart.held_from);
        self.give_up();
        if let Some(place) = place {
            self.scroll_back(place);
        }
    }

    /// Takes back what was not dropped yet.
    pub(super) fn give_up(self) {
        self.change(|chart| {
            chart.drag = None;
            chart.pointed = None;
            chart.dragged_to = None;
            chart.held_from = None;
            chart.linking = None;
            chart.hint = None;
            chart.sketch = None;
            chart.group.clear();
            chart.model.cancel();
        });
        if self.holding.get_untracked().is_some() {
            self.holding.set(None);
        }
        self.moved();
    }
}
