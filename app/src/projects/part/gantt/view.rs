//! The component: rows in the page, bars on the canvas, hands on both.

#[cfg(feature = "hydrate")]
use domain::{
    LinkId,
    projects::{
        operation::TaskMove,
        plan::{LagUnit, LinkKind},
    },
};
use domain::{
    Minute, TaskId,
    projects::{
        document::PlanDocument,
        operation::{Delta, Operation, TaskDraft, TaskPatch},
        plan::TaskKind,
    },
};
#[cfg(feature = "hydrate")]
use leptos::ev;
use leptos::{html, prelude::*};
use uuid::Uuid;

#[cfg(feature = "hydrate")]
use super::paint;
use super::{
    model::Model,
    scale::{Scale, Zoom},
};
use crate::kit::{Button, Glyph, Icon, IconButton, Size, day};

/// Height of a row in pixels; the canvas draws with the same.
const ROW: f64 = 28.0;
/// Height of the time axis and of the table's head.
const HEAD: f64 = 44.0;
/// Pixels at a bar's end that stretch it.
const EDGE: f64 = 7.0;
/// Rows that the server renders, and the first paint shows.
const FIRST_ROWS: usize = 40;

/// What is being dragged.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Drag {
    Move { task: u32, from: f64, start: Minute },
    Stretch { task: u32, from: f64, finish: Minute },
    Link { task: u32, from_start: bool },
}

/// Everything that changes sixty times a second; the page's signals are told only when the table must change.
pub struct Chart {
    model: Model,
    scale: Scale,
    drag: Option<Drag>,
    selected: Option<u32>,
    hovered: Option<u32>,
    critical: bool,
    linking: Option<(f64, f64, f64, f64)>,
    now: Minute,
    #[cfg(feature = "hydrate")]
    palette: paint::Palette,
    waiting: bool,
}

/// What the page may do with the chart.
#[derive(Clone, Copy)]
pub struct GanttHandle {
    chart: StoredValue<Chart>,
    tick: RwSignal<u64>,
    left: RwSignal<f64>,
    top: RwSignal<f64>,
    canvas: NodeRef<html::Canvas>,
    body: NodeRef<html::Div>,
    /// The task that is selected, for the panel beside the chart.
    pub selected: RwSignal<Option<TaskId>>,
    /// What was done last, read aloud.
    said: RwSignal<String>,
}

impl GanttHandle {
    /// A chart of this plan; `None` where it cannot be scheduled.
    #[must_use]
    pub fn new(plan: PlanDocument, now: Minute) -> Option<Self> {
        let origin = Minute((plan.head.start.day() - 2) * Minute::DAY);
        let model = Model::new(plan).ok()?;
        let chart = Chart {
            model,
            scale: Scale { origin, zoom: Zoom::default() },
            drag: None,
            selected: None,
            hovered: None,
            critical: true,
            linking: None,
            now,
            #[cfg(feature = "hydrate")]
            palette: paint::Palette::default(),
            waiting: false,
        };
        Some(Self {
            chart: StoredValue::new(chart),
            tick: RwSignal::new(0),
            left: RwSignal::new(0.0),
            top: RwSignal::new(0.0),
            canvas: NodeRef::new(),
            body: NodeRef::new(),
            selected: RwSignal::new(None),
            said: RwSignal::new(String::new()),
        })
    }

    fn with<T>(self, read: impl FnOnce(&Chart) -> T) -> T {
        self.chart.with_value(read)
    }

    fn change<T>(self, write: impl FnOnce(&mut Chart) -> T) -> T {
        self.chart.try_update_value(write).expect("a chart lives as long as its page")
    }

    /// Reads the model as it is now. Tracks.
    pub fn read<T>(self, read: impl FnOnce(&Model) -> T) -> T {
        self.tick.track();
        self.with(|chart| read(&chart.model))
    }

    /// Applies an operation here and now, as the server will.
    ///
    /// # Errors
    /// What the server would refuse, too.
    pub fn apply(self, operation: &Operation) -> Result<Delta, domain::Fault> {
        let applied = self.change(|chart| chart.model.apply(operation));
        self.refresh();
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

    /// Redraws table and canvas.
    fn refresh(self) {
        self.tick.update(|tick| *tick += 1);
        self.paint_soon();
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
                    self.paint();
                }
            });
        }
    }

    #[cfg(feature = "hydrate")]
    fn paint(self) {
        use wasm_bindgen::JsCast;
        let Some(canvas) = self.canvas.get_untracked() else { return };
        let (width, height) = (f64::from(canvas.client_width()), f64::from(canvas.client_height()));
        let ratio = window().device_pixel_ratio();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a canvas has some thousand pixels"
        )]
        let (wide, high) = ((width * ratio) as u32, (height * ratio) as u32);
        if canvas.width() != wide || canvas.height() != high {
            canvas.set_width(wide);
            canvas.set_height(high);
        }
        let Ok(Some(context)) = canvas.get_context("2d") else { return };
        let Ok(context) = context.dyn_into::<web_sys::CanvasRenderingContext2d>() else { return };
        let _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
        let (left, top) = (self.left.get_untracked(), self.top.get_untracked());
        self.with(|chart| {
            let view = paint::Viewport {
                width,
                height,
                left,
                top,
                now: chart.now,
                critical: chart.critical,
                selected: chart.selected,
                hovered: chart.hovered,
                linking: chart.linking,
            };
            paint::paint(&context, &chart.model, chart.scale, &view, &chart.palette);
        });
    }

    /// Marks a row; its panel stays closed, so that nothing moves under a pointer that is about to drag.
    fn mark(self, task: Option<u32>) {
        self.change(|chart| chart.selected = task);
        self.refresh();
    }

    /// Marks a row and opens its panel.
    fn select(self, task: Option<u32>) {
        let id = self.change(|chart| {
            chart.selected = task;
            task.and_then(|task| chart.model.document().tasks.get(task as usize)).map(|task| task.id)
        });
        self.selected.set(id);
        self.refresh();
    }

    /// Pixels from the plan's origin to its end, with room behind it.
    fn width(self) -> f64 {
        self.with(|chart| chart.scale.x(chart.model.schedule().finish) + 60.0 * chart.scale.zoom.day_width().max(8.0))
    }

    /// Shows this moment near the left edge.
    fn scroll_to(self, at: Minute) {
        if let Some(body) = self.body.get_untracked() {
            let x = self.with(|chart| chart.scale.x(at)) - 80.0;
            #[expect(clippy::cast_possible_truncation, reason = "pixels")]
            body.set_scroll_left(x as i32);
        }
    }

    fn zoom(self, zoom: Zoom) {
        let left = self.left.get_untracked();
        let at = self.change(|chart| {
            let at = chart.scale.at(left + 80.0);
            chart.scale.zoom = zoom;
            at
        });
        self.refresh();
        #[cfg(feature = "hydrate")]
        request_animation_frame(move || self.scroll_to(at));
        #[cfg(not(feature = "hydrate"))]
        self.scroll_to(at);
    }
}

/// An id that sorts by time and that nobody else draws.
pub fn new_id() -> Uuid {
    #[cfg(feature = "hydrate")]
    {
        let mut bytes = [0_u8; 16];
        if let Ok(crypto) = window().crypto() {
            let _ = crypto.get_random_values_with_u8_array(&mut bytes);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "milliseconds since 1970 fit 48 bits"
        )]
        let millis = js_sys::Date::now() as u64;
        bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
        uuid::Builder::from_bytes(bytes)
            .with_version(uuid::Version::SortRand)
            .with_variant(uuid::Variant::RFC4122)
            .into_uuid()
    }
    #[cfg(not(feature = "hydrate"))]
    Uuid::nil()
}

/// The chart with its toolbar. What people do comes out as operations.
#[component]
pub fn Gantt(
    handle: GanttHandle,
    can_edit: bool,
    #[prop(into)] on_operation: Callback<Operation>,
    #[prop(into)] on_undo: Callback<()>,
    #[prop(into)] on_redo: Callback<()>,
) -> impl IntoView {
    let operate = move |operation: Operation| {
        if can_edit {
            on_operation.run(operation);
        }
    };
    on_browser(handle, operate);
    let rename = RwSignal::new(None::<TaskId>);
    view! {
        <section class="gantt" aria-label="Plan">
            <Toolbar handle=handle can_edit=can_edit operate=Callback::new(operate) on_undo=on_undo on_redo=on_redo />
            <div
                class="gantt-body"
                node_ref=handle.body
                on:scroll=move |_| {
                    if let Some(body) = handle.body.get_untracked() {
                        handle.left.set(f64::from(body.scroll_left()));
                        handle.top.set(f64::from(body.scroll_top()));
                        handle.paint_soon();
                    }
                }
            >
                <div
                    class="gantt-extent"
                    style=move || {
                        handle.tick.track();
                        let rows = handle.with(|chart| chart.model.rows().len());
                        format!("--rows:{rows};--time:{:.0}px", handle.width())
                    }
                >
                    <div class="gantt-window">
                        <Table handle=handle can_edit=can_edit rename=rename operate=Callback::new(operate) on_undo=on_undo on_redo=on_redo />
                        <canvas
                            class="gantt-canvas"
                            aria-hidden="true"
                            node_ref=handle.canvas
                            on:pointerdown=move |event| press(handle, can_edit, &event)
                            on:pointermove=move |event| drag(handle, &event)
                            on:pointerup=move |event| release(handle, &event, &operate)
                            on:pointercancel=move |_| give_up(handle)
                        ></canvas>
                    </div>
                </div>
            </div>
            <p class="sr-only" aria-live="polite">{move || handle.said.get()}</p>
        </section>
    }
    .into_any()
}

/// Colours, size and first drawing; again when the theme or the window changes.
fn on_browser(handle: GanttHandle, _operate: impl Fn(Operation) + Copy + 'static) {
    #[cfg(feature = "hydrate")]
    {
        let colours = move || {
            handle.change(|chart| chart.palette = paint::Palette::read());
            handle.paint_soon();
        };
        Effect::new(move || {
            if handle.canvas.get().is_some() {
                colours();
            }
        });
        let theme = window_event_listener(ev::Custom::<web_sys::Event>::new("takt-look"), move |_| colours());
        let observer = StoredValue::new_local(watch_size(handle));
        on_cleanup(move || {
            theme.remove();
            observer.with_value(|(observer, _)| observer.disconnect());
        });
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = handle;
}

/// A canvas that changes its size is empty until it is drawn again: when a panel opens, when the window changes.
#[cfg(feature = "hydrate")]
fn watch_size(handle: GanttHandle) -> (web_sys::ResizeObserver, wasm_bindgen::closure::Closure<dyn Fn()>) {
    use wasm_bindgen::JsCast;
    let redraw = wasm_bindgen::closure::Closure::<dyn Fn()>::new(move || handle.paint_soon());
    let observer = web_sys::ResizeObserver::new(redraw.as_ref().unchecked_ref())
        .expect("every browser that runs WebAssembly has it");
    let watched = observer.clone();
    Effect::new(move || {
        if let Some(canvas) = handle.canvas.get() {
            watched.observe(&canvas);
        }
    });
    (observer, redraw)
}

#[component]
fn Toolbar(
    handle: GanttHandle,
    can_edit: bool,
    operate: Callback<Operation>,
    on_undo: Callback<()>,
    on_redo: Callback<()>,
) -> impl IntoView {
    let zoom = RwSignal::new(Zoom::default());
    let critical = RwSignal::new(true);
    let add = Callback::new(move |()| operate.run(added(handle)));
    let edit = can_edit.then(|| {
        view! {
            <Button size=Size::Small icon=Icon::Plus on_press=add>"Task"</Button>
            <IconButton icon=Icon::Undo label="Undo (Ctrl+Z)" size=Size::Small on_press=on_undo/>
            <IconButton icon=Icon::Redo label="Redo (Ctrl+Shift+Z)" size=Size::Small on_press=on_redo/>
            <IconButton icon=Icon::Outdent label="Outdent (Alt+Shift+Left)" size=Size::Small on_press=move || place(handle, false, &|operation| operate.run(operation))/>
            <IconButton icon=Icon::Indent label="Indent (Alt+Shift+Right)" size=Size::Small on_press=move || place(handle, true, &|operation| operate.run(operation))/>
        }
    });
    view! {
        <div class="gantt-tools" role="toolbar" aria-label="Chart">
            {edit}
            <span class="grow"></span>
            <Button size=Size::Small on_press=move || handle.scroll_to(handle.with(|chart| chart.now))>"Today"</Button>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=critical
                    on:change:target=move |event| {
                        critical.set(event.target().checked());
                        handle.change(|chart| chart.critical = critical.get_untracked());
                        handle.paint_soon();
                    }
                />
                "Critical path"
            </label>
            <div class="segments" role="group" aria-label="Zoom">
                {Zoom::ALL
                    .map(|each| {
                        view! {
                            <button type="button" aria-pressed=move || (zoom.get() == each).to_string() on:click=move |_| { zoom.set(each); handle.zoom(each); }>
                                {each.title()}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
        </div>
    }
    .into_any()
}

/// A new task behind the selected one, or at the end.
fn added(handle: GanttHandle) -> Operation {
    let (parent_id, after) = handle.with(|chart| {
        let selected = chart.selected.and_then(|task| chart.model.document().tasks.get(task as usize));
        (selected.and_then(|task| task.parent_id), selected.map(|task| task.id))
    });
    let draft = TaskDraft { name: "New task".to_owned(), ..TaskDraft::default() };
    Operation::AddTask { id: TaskId(new_id()), parent_id, after, task: Box::new(draft) }
}

/// Indents below the sibling before, or outdents behind the parent.
fn place(handle: GanttHandle, inward: bool, operate: &dyn Fn(Operation)) {
    let operation = handle.with(|chart| {
        let plan = chart.model.document();
        let task = plan.tasks.get(chart.selected? as usize)?;
        if inward {
            let siblings: Vec<TaskId> = plan.children(task.parent_id).map(|sibling| sibling.id).collect();
            let index = siblings.iter().position(|id| *id == task.id)?;
            let above = *siblings.get(index.checked_sub(1)?)?;
            let last = plan.children(Some(above)).last().map(|child| child.id);
            Some(Operation::PlaceTasks { ids: vec![task.id], parent_id: Some(above), after: last })
        } else {
            let parent = plan.task(task.parent_id?)?;
            Some(Operation::PlaceTasks { ids: vec![task.id], parent_id: parent.parent_id, after: Some(parent.id) })
        }
    });
    if let Some(operation) = operation {
        operate(operation);
    }
}

#[component]
fn Table(
    handle: GanttHandle,
    can_edit: bool,
    rename: RwSignal<Option<TaskId>>,
    operate: Callback<Operation>,
    on_undo: Callback<()>,
    on_redo: Callback<()>,
) -> impl IntoView {
    // The table changes only when another row comes into view, not with every pixel.
    let first = Memo::new(move |_| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row number above zero")]
        let first = (handle.top.get() / ROW).floor().max(0.0) as usize;
        first
    });
    let rows = move || {
        handle.tick.track();
        let first = first.get();
        handle.with(|chart| {
            let range = chart.model.rows().iter().enumerate().skip(first).take(FIRST_ROWS);
            range
                .map(|(row, task)| {
                    row_view(handle, &chart.model, row, *task, chart.selected == Some(*task), rename, operate)
                })
                .collect_view()
        })
    };
    let count = move || {
        handle.tick.track();
        handle.with(|chart| chart.model.rows().len() + 1)
    };
    view! {
        <div
            class="gantt-table"
            role="treegrid"
            aria-label="Tasks"
            aria-rowcount=count
            tabindex="0"
            on:keydown=move |event| key(handle, can_edit, rename, &|operation| operate.run(operation), on_undo, on_redo, &event)
        >
            <div class="gantt-head" role="row">
                <span role="columnheader" class="c-code">"#"</span>
                <span role="columnheader" class="c-name">"Task"</span>
                <span role="columnheader" class="c-duration">"Duration"</span>
                <span role="columnheader" class="c-date">"Start"</span>
                <span role="columnheader" class="c-date">"Finish"</span>
                <span role="columnheader" class="c-progress">"%"</span>
                <span role="columnheader" class="c-pred">"After"</span>
            </div>
            <div class="gantt-rows" role="rowgroup" style=move || format!("transform:translateY({}px)", -(handle.top.get() % ROW))>{rows}</div>
        </div>
    }
    .into_any()
}

fn row_view(
    handle: GanttHandle,
    model: &Model,
    row: usize,
    task: u32,
    selected: bool,
    rename: RwSignal<Option<TaskId>>,
    operate: Callback<Operation>,
) -> impl IntoView + use<> {
    let record = &model.document().tasks[task as usize];
    let slot = &model.schedule().tasks[task as usize];
    let id = record.id;
    let level = model.level(task);
    let summary = record.kind == TaskKind::Summary;
    let twisty = model.has_children(task).then(|| {
        let closed = model.is_closed(task);
        view! {
            <button
                type="button"
                class="twisty"
                tabindex="-1"
                aria-label=if closed { "Open" } else { "Close" }
                data-closed=closed.to_string()
                on:click=move |event| {
                    event.stop_propagation();
                    handle.change(|chart| chart.model.toggle(task));
                    handle.refresh();
                }
            >
                <Glyph icon=Icon::ChevronRight size=14/>
            </button>
        }
    });
    let name = record.name.clone();
    let editing = rename.get_untracked() == Some(id);
    let cell = if editing {
        view! { <NameInput id=id name=name.clone() rename=rename handle=handle operate=operate /> }.into_any()
    } else {
        view! { <span class="text" on:dblclick=move |_| { rename.set(Some(id)); handle.refresh(); }>{name}</span> }
            .into_any()
    };
    view! {
        <div
            class="gantt-row"
            role="row"
            class:summary=summary
            class:critical=slot.critical
            aria-rowindex=(row + 2).to_string()
            attr:aria-level=(level + 1).to_string()
            aria-selected=selected.to_string()
            data-task=id.to_string()
            title=model.why(task)
            on:click=move |_| handle.select(Some(task))
        >
            <span role="gridcell" class="c-code">{model.code(task).to_owned()}</span>
            <span role="gridcell" class="c-name" style=format!("--level:{level}")>{twisty}{cell}</span>
            <span role="gridcell" class="c-duration">{model.duration_text(task)}</span>
            <span role="gridcell" class="c-date">{day(slot.start)}</span>
            <span role="gridcell" class="c-date">{day(slot.finish)}</span>
            <span role="gridcell" class="c-progress">{model.progress(task)}</span>
            <span role="gridcell" class="c-pred">{model.predecessors(task)}</span>
        </div>
    }
}

#[component]
fn NameInput(
    id: TaskId,
    name: String,
    rename: RwSignal<Option<TaskId>>,
    handle: GanttHandle,
    operate: Callback<Operation>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let before = name.clone();
    Effect::new(move || {
        if let Some(input) = input.get() {
            let _ = input.focus();
            input.select();
        }
    });
    let done = move |text: Option<String>| {
        if rename.get_untracked() != Some(id) {
            return;
        }
        rename.set(None);
        handle.refresh();
        if let Some(text) = text.filter(|text| *text != before) {
            let patch = TaskPatch { name: Some(text), ..TaskPatch::default() };
            operate.run(Operation::EditTask { id, version: None, patch: Box::new(patch) });
        }
    };
    let done = StoredValue::new_local(done);
    // The input leaves the page while it still has the focus, and says so once more.
    let finish = move |text: Option<String>| {
        let _ = done.try_with_value(|done| done(text));
    };
    view! {
        <input
            class="inline"
            aria-label="Name of the task"
            node_ref=input
            value=name
            on:keydown=move |event| {
                event.stop_propagation();
                match event.key().as_str() {
                    "Enter" => finish(Some(event_target_value(&event))),
                    "Escape" => finish(None),
                    _ => {}
                }
            }
            on:blur=move |event| finish(Some(event_target_value(&event)))
        />
    }
    .into_any()
}

/// Everything that the mouse does, from the keyboard.
fn key(
    handle: GanttHandle,
    can_edit: bool,
    rename: RwSignal<Option<TaskId>>,
    operate: &dyn Fn(Operation),
    on_undo: Callback<()>,
    on_redo: Callback<()>,
    event: &web_sys_event::KeyboardEvent,
) {
    let (alt, shift, ctrl) = (event.alt_key(), event.shift_key(), event.ctrl_key() || event.meta_key());
    let selected = handle.with(|chart| chart.selected);
    let used = match (event.key().as_str(), selected) {
        ("ArrowDown", _) if !alt => step(handle, 1),
        ("ArrowUp", _) if !alt => step(handle, -1),
        ("z", _) if ctrl && !shift && can_edit => {
            on_undo.run(());
            true
        }
        ("z" | "Z" | "y", _) if ctrl && can_edit => {
            on_redo.run(());
            true
        }
        ("ArrowRight" | "ArrowLeft", Some(_)) if alt && shift && can_edit => {
            place(handle, event.key() == "ArrowRight", operate);
            true
        }
        ("ArrowRight" | "ArrowLeft", Some(task)) if alt && can_edit => {
            let days = if event.key() == "ArrowRight" { 1 } else { -1 };
            operate(handle.with(|chart| chart.model.shifted(task, days)));
            say_moved(handle, task);
            true
        }
        ("ArrowRight" | "ArrowLeft", Some(task)) if shift && can_edit => {
            let longer = if event.key() == "ArrowRight" { 1 } else { -1 };
            let operation = handle.with(|chart| {
                let record = &chart.model.document().tasks[task as usize];
                let day = chart.model.document().calendar().minutes_per_day();
                Operation::StretchTask { id: record.id, duration_minutes: (record.duration + longer * day).max(0) }
            });
            operate(operation);
            true
        }
        ("ArrowRight" | "ArrowLeft", Some(task)) => {
            let open = event.key() == "ArrowRight";
            handle.change(|chart| {
                if chart.model.has_children(task) && chart.model.is_closed(task) == open {
                    chart.model.toggle(task);
                }
            });
            handle.refresh();
            true
        }
        ("Enter" | "F2", Some(task)) if can_edit => {
            rename.set(handle.with(|chart| chart.model.document().tasks.get(task as usize).map(|task| task.id)));
            handle.refresh();
            true
        }
        ("Insert", _) if can_edit => {
            operate(added(handle));
            true
        }
        ("Delete", Some(task)) if can_edit => {
            let id = handle.with(|chart| chart.model.document().tasks.get(task as usize).map(|task| task.id));
            handle.select(None);
            if let Some(id) = id {
                operate(Operation::RemoveTasks { ids: vec![id] });
            }
            true
        }
        ("Escape", _) => {
            give_up(handle);
            true
        }
        _ => false,
    };
    if used {
        event.prevent_default();
    }
}

/// Selects the row above or below and keeps it in view.
fn step(handle: GanttHandle, by: i32) -> bool {
    let next = handle.with(|chart| {
        let rows = chart.model.rows();
        let here = chart.selected.and_then(|task| chart.model.row_of(task)).map_or(-1, i64::from);
        let last = i64::try_from(rows.len()).unwrap_or(i64::MAX) - 1;
        let row = usize::try_from((here + i64::from(by)).clamp(0, last.max(0))).unwrap_or(0);
        rows.get(row).map(|task| (row, *task))
    });
    let Some((row, task)) = next else { return false };
    handle.select(Some(task));
    if let Some(body) = handle.body.get_untracked() {
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "pixels")]
        let (top, room) = ((row as f64 * ROW) as i32, body.client_height() - (HEAD + ROW) as i32);
        if top < body.scroll_top() {
            body.set_scroll_top(top);
        } else if top > body.scroll_top() + room {
            body.set_scroll_top(top - room);
        }
    }
    true
}

fn say_moved(handle: GanttHandle, task: u32) {
    let text = handle.with(|chart| {
        let name = &chart.model.document().tasks.get(task as usize)?.name;
        Some(format!("{name} starts on {}", day(chart.model.schedule().tasks.get(task as usize)?.start)))
    });
    handle.said.set(text.unwrap_or_default());
}

mod web_sys_event {
    pub use leptos::web_sys::{KeyboardEvent, PointerEvent};
}

/// What lies under the pointer: the task, and which part of its bar.
#[cfg(feature = "hydrate")]
fn under(handle: GanttHandle, y: f64) -> Option<(u32, f64, f64)> {
    let (left, top) = (handle.left.get_untracked(), handle.top.get_untracked());
    handle.with(|chart| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row number above zero")]
        let row = ((y - HEAD + top) / ROW).floor().max(0.0) as usize;
        let task = *chart.model.rows().get(row).filter(|_| y > HEAD)?;
        let (start, _, width, _) = paint::bar_rect(&chart.model, chart.scale, task, left, top)?;
        Some((task, start, start + width))
    })
}

fn press(handle: GanttHandle, can_edit: bool, event: &web_sys_event::PointerEvent) {
    #[cfg(feature = "hydrate")]
    {
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let Some((task, from, to)) = under(handle, y) else { return handle.select(None) };
        handle.mark(Some(task));
        let fixed = handle.with(|chart| chart.model.document().tasks[task as usize].kind == TaskKind::Summary);
        if !can_edit || fixed || x < from - 14.0 || x > to + 14.0 {
            return;
        }
        if let Some(canvas) = handle.canvas.get_untracked() {
            let _ = canvas.set_pointer_capture(event.pointer_id());
        }
        let slot = handle.with(|chart| chart.model.schedule().tasks[task as usize]);
        // Outside the bar, beside its ends, links begin; at the end inside, it is stretched; between, it is moved.
        let drag = if x < from || x > to {
            Drag::Link { task, from_start: x < from }
        } else if x > to - EDGE && to - from > 2.0 * EDGE {
            Drag::Stretch { task, from: x, finish: slot.finish }
        } else {
            Drag::Move { task, from: x, start: slot.start }
        };
        handle.change(|chart| chart.drag = Some(drag));
        event.prevent_default();
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (handle, can_edit, event, EDGE);
}

fn drag(handle: GanttHandle, event: &web_sys_event::PointerEvent) {
    #[cfg(feature = "hydrate")]
    {
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let found = under(handle, y);
        let Some(drag) = handle.with(|chart| chart.drag) else {
            let hovered = found.map(|(task, ..)| task);
            if handle.with(|chart| chart.hovered) != hovered {
                handle.change(|chart| chart.hovered = hovered);
                handle.paint_soon();
            }
            return point(handle, x, found);
        };
        handle.change(|chart| {
            let scale = chart.scale;
            let by = |from: f64| scale.at(x - from).0 - scale.origin.0;
            let snap = scale.snap();
            match drag {
                Drag::Move { task, from, start } => {
                    let moved = (by(from) + snap / 2).div_euclid(snap) * snap;
                    let clock = chart.model.scheduler().clock(task);
                    let start = clock.next_start(Minute(start.0 + moved));
                    chart.model.try_move(task, start);
                }
                Drag::Stretch { task, from, finish } => {
                    let moved = (by(from) + snap / 2).div_euclid(snap) * snap;
                    let start = chart.model.schedule().tasks[task as usize].start;
                    let work = chart.model.scheduler().clock(task).between(start, Minute(finish.0 + moved));
                    chart.model.try_stretch(task, work.max(0));
                }
                Drag::Link { .. } => {
                    let (x1, y1) = chart.linking.map_or((x, y), |(x1, y1, ..)| (x1, y1));
                    chart.linking = Some((x1, y1, x, y));
                }
            }
        });
        if matches!(drag, Drag::Link { .. }) {
            handle.paint_soon();
        } else {
            handle.refresh();
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (handle, event);
}

/// The pointer says what a press would do.
#[cfg(feature = "hydrate")]
fn point(handle: GanttHandle, x: f64, found: Option<(u32, f64, f64)>) {
    let Some(canvas) = handle.canvas.get_untracked() else { return };
    let shape = match found {
        Some((_, from, to)) if x >= from && x <= to => {
            if x > to - EDGE {
                "ew-resize"
            } else {
                "grab"
            }
        }
        Some((_, from, to)) if x > from - 14.0 && x < to + 14.0 => "crosshair",
        _ => "default",
    };
    let style: &web_sys::HtmlElement = canvas.as_ref();
    let _ = style.style().set_property("cursor", shape);
}

fn release(handle: GanttHandle, event: &web_sys_event::PointerEvent, operate: &dyn Fn(Operation)) {
    #[cfg(feature = "hydrate")]
    {
        let Some(drag) = handle.change(|chart| chart.drag.take()) else { return };
        let found = under(handle, f64::from(event.offset_y()));
        let operation = handle.with(|chart| dropped(chart, drag, f64::from(event.offset_x()), found));
        handle.change(|chart| {
            chart.linking = None;
            chart.model.cancel();
        });
        handle.refresh();
        if operation.is_none() && !matches!(drag, Drag::Link { .. }) {
            // A press that moved nothing asks for the task itself.
            let marked = handle.with(|chart| chart.selected);
            handle.select(marked);
        }
        if let Some(operation) = operation {
            operate(operation);
            if let Drag::Move { task, .. } = drag {
                say_moved(handle, task);
            }
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (handle, event, operate);
}

/// The one operation that a drop is.
#[cfg(feature = "hydrate")]
fn dropped(chart: &Chart, drag: Drag, x: f64, found: Option<(u32, f64, f64)>) -> Option<Operation> {
    let id = |task: u32| chart.model.document().tasks[task as usize].id;
    let task = chart.model.scheduler();
    match drag {
        Drag::Move { task: index, start, .. } => {
            let at = task.task(index).constraint_at.or(task.task(index).manual_start)?;
            (chart.model.schedule().tasks[index as usize].start != start || at != start)
                .then(|| Operation::MoveTasks { moves: vec![TaskMove { id: id(index), start: at }] })
                .filter(|_| task.task(index) != &original(chart, index))
        }
        Drag::Stretch { task: index, .. } => {
            let duration_minutes = task.task(index).duration;
            (duration_minutes != chart.model.document().tasks[index as usize].duration)
                .then(|| Operation::StretchTask { id: id(index), duration_minutes })
        }
        Drag::Link { task: from, from_start } => {
            let (to, start, finish) = found.filter(|(to, ..)| *to != from)?;
            let to_start = x < f64::midpoint(start, finish);
            let kind = match (from_start, to_start) {
                (false, true) => LinkKind::FinishToStart,
                (true, true) => LinkKind::StartToStart,
                (false, false) => LinkKind::FinishToFinish,
                (true, false) => LinkKind::StartToFinish,
            };
            let (predecessor_id, successor_id) = (id(from), id(to));
            Some(Operation::AddLink {
                id: LinkId(new_id()),
                predecessor_id,
                successor_id,
                kind,
                lag_minutes: 0,
                lag_unit: LagUnit::Working,
            })
        }
    }
}

/// The task as the plan has it, without the try.
#[cfg(feature = "hydrate")]
fn original(chart: &Chart, index: u32) -> domain::projects::plan::Task {
    let record = &chart.model.document().tasks[index as usize];
    let tried = chart.model.scheduler().task(index).clone();
    domain::projects::plan::Task {
        constraint: record.constraint,
        constraint_at: record.constraint_at,
        manual_start: record.manual_start,
        ..tried
    }
}

/// Takes back what was not dropped yet.
fn give_up(handle: GanttHandle) {
    handle.change(|chart| {
        chart.drag = None;
        chart.linking = None;
        chart.model.cancel();
    });
    handle.refresh();
}
