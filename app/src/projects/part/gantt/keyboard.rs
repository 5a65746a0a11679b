//! Everything that the mouse does, from the keyboard. Keys act on the picked rows, or, once the arrow to the right has
//! gone into them, on one cell.

use domain::{Minute, TaskId};
use leptos::{prelude::*, web_sys::KeyboardEvent};

use super::{
    acts::{Acts, Beside},
    cell::Field,
    chart::GanttHandle,
    hands::Point,
    select::Pick,
};

/// A key and what is held with it.
struct Pressed {
    key: String,
    alt: bool,
    shift: bool,
    ctrl: bool,
}

/// Does what the key means, and takes it from the browser where it means something.
pub fn key(acts: Acts, event: &KeyboardEvent) {
    let pressed = Pressed {
        key: event.key(),
        alt: event.alt_key(),
        shift: event.shift_key(),
        ctrl: event.ctrl_key() || event.meta_key(),
    };
    let cell = acts.handle.hands.cell.get_untracked();
    let used = cell.is_some_and(|field| in_cell(acts, field, &pressed))
        || go(acts.handle, &pressed)
        || (acts.can_edit && change(acts, &pressed))
        || look(acts, &pressed);
    if used {
        event.prevent_default();
        // Letters that mean something here are no shortcuts of the page.
        event.stop_propagation();
    }
}

/// Keys of a single cell: walking between cells, and typing.
fn in_cell(acts: Acts, field: Field, pressed: &Pressed) -> bool {
    let hands = acts.handle.hands;
    if pressed.alt || pressed.ctrl {
        return false;
    }
    let begin = |begun: Option<&str>| {
        let marked = acts.handle.marked.get_untracked().filter(|_| acts.can_edit);
        if marked.is_some() {
            hands.type_into(marked, field, begun.map(str::to_owned));
        }
        marked.is_some()
    };
    match pressed.key.as_str() {
        "ArrowRight" if !pressed.shift => {
            hands.cell.set(field.beside(1).or(Some(field)));
            true
        }
        "ArrowLeft" if !pressed.shift => {
            hands.cell.set(field.beside(-1));
            true
        }
        "Home" => {
            hands.cell.set(Field::ALL.first().copied());
            true
        }
        "End" => {
            hands.cell.set(Field::ALL.last().copied());
            true
        }
        "Tab" => beside(acts.handle, field, if pressed.shift { -1 } else { 1 }),
        "Enter" | "F2" => begin(None),
        "Backspace" | "Delete" => begin(Some("")),
        letter if letter.chars().count() == 1 => begin(Some(letter)),
        _ => false,
    }
}

/// The next cell, in the next row behind the last one; false at the ends of the table, where the key leaves it.
pub fn beside(handle: GanttHandle, field: Field, by: isize) -> bool {
    let next = field.beside(by);
    let ends = if by > 0 { Field::ALL.first() } else { Field::ALL.last() };
    if next.is_none() && !step(handle, by, Pick::Only) {
        return false;
    }
    handle.hands.cell.set(next.or(ends.copied()));
    true
}

/// Walking and picking.
fn go(handle: GanttHandle, pressed: &Pressed) -> bool {
    const PAGE: isize = 15;
    let how = if pressed.shift { Pick::Range } else { Pick::Only };
    match pressed.key.as_str() {
        "ArrowDown" | "ArrowUp" if pressed.ctrl && !pressed.alt => {
            let by = if pressed.key == "ArrowDown" { 1 } else { -1 };
            if let Some((row, task)) = neighbour(handle, by) {
                handle.walk_to(task);
                handle.show_row(row);
                handle.show_bar(task);
            }
            true
        }
        "ArrowDown" if !pressed.alt => {
            if !step(handle, 1, how) && !pressed.shift {
                crate::kit::focus_first(".gantt-add");
            }
            true
        }
        "ArrowUp" | "PageDown" | "PageUp" | "Home" | "End" if !pressed.alt => {
            let by = match pressed.key.as_str() {
                "ArrowUp" => -1,
                "PageDown" => PAGE,
                "PageUp" => -PAGE,
                "Home" => isize::MIN / 2,
                _ => isize::MAX / 2,
            };
            step(handle, by, how);
            true
        }
        "a" | "A" if pressed.ctrl => {
            handle.pick_all();
            true
        }
        " " if pressed.ctrl => {
            if let Some(task) = handle.with(|chart| chart.selected) {
                handle.pick(task, Pick::Toggle);
            }
            true
        }
        "Escape" => {
            escape(handle);
            true
        }
        "ArrowRight" | "ArrowLeft" if !pressed.alt && !pressed.shift && !pressed.ctrl => {
            fold(handle, pressed.key == "ArrowRight");
            true
        }
        _ => false,
    }
}

/// Changing the plan.
fn change(acts: Acts, pressed: &Pressed) -> bool {
    let Pressed { key, alt, shift, ctrl } = pressed;
    let (alt, shift, ctrl) = (*alt, *shift, *ctrl);
    let right = key == "ArrowRight";
    match key.as_str() {
        "z" if ctrl && !shift => acts.on_undo.run(()),
        "z" | "Z" | "y" if ctrl => acts.on_redo.run(()),
        "ArrowRight" if alt && shift => acts.indent(),
        "ArrowLeft" if alt && shift => acts.outdent(),
        "ArrowUp" | "ArrowDown" if alt && shift => acts.step(key == "ArrowDown"),
        "ArrowRight" | "ArrowLeft" if alt => acts.shift(if right { 1 } else { -1 }),
        "ArrowRight" | "ArrowLeft" if shift => acts.stretch(if right { 1 } else { -1 }),
        "Enter" | "F2" if !ctrl => {
            let marked = acts.handle.marked.get_untracked();
            if marked.is_some() {
                acts.handle.hands.type_into(marked, Field::Name, None);
            }
        }
        "Insert" if !ctrl && !shift => acts.add(Beside::Below),
        "Delete" if !ctrl && !shift => acts.remove(),
        "S" if shift && !ctrl && !alt => acts.split(None),
        "J" if shift && !ctrl && !alt => acts.join(None),
        _ => return false,
    }
    true
}

/// Looking closer.
fn look(acts: Acts, pressed: &Pressed) -> bool {
    if pressed.ctrl || pressed.alt {
        return false;
    }
    let handle = acts.handle;
    match pressed.key.as_str() {
        " " => handle.select(handle.with(|chart| chart.selected)),
        "l" | "L" => return handle.open_links_of_marked(),
        "+" | "=" => handle.zoom_to(handle.with(|chart| chart.scale.day) * 1.5),
        "0" => handle.fit(),
        "-" => handle.zoom_to(handle.with(|chart| chart.scale.day) / 1.5),
        "ContextMenu" => handle.open_menu(None),
        "F10" if pressed.shift => handle.open_menu(None),
        _ => return false,
    }
    true
}

/// Takes back one thing: what is carried or dragged, then the cell, then the selection, then
/// the panel.
fn escape(handle: GanttHandle) {
    let hands = handle.hands;
    if hands.carrying.get_untracked() {
        hands.carrying.set(false);
        hands.landing.set(None);
    } else if handle.with(|chart| chart.drag.is_some()) {
        handle.give_up_and_return();
    } else if hands.cell.get_untracked().is_some() {
        hands.cell.set(None);
    } else if !handle.pick_less() {
        handle.selected.set(None);
        handle.give_up();
    }
}

/// Opens a closed summary, then goes into the cells; closes an open one, then goes to the row above.
fn fold(handle: GanttHandle, inward: bool) {
    let Some(task) = handle.with(|chart| chart.selected) else { return };
    let (folds, above) = handle.with(|chart| {
        let model = &chart.model;
        let folds = model.has_children(task) && model.is_closed(task) == inward;
        (folds, model.scheduler().task(task).parent)
    });
    if folds {
        handle.change(|chart| chart.model.toggle(task));
        handle.refresh();
    } else if inward {
        handle.hands.cell.set(Some(Field::Name));
    } else if let Some(above) = above {
        handle.mark(Some(above));
        if let Some(row) = handle.with(|chart| chart.model.row_of(above)) {
            handle.show_row(row as usize);
            handle.show_bar(above);
        }
    }
}

/// The row so many rows away, at most the first or the last; none where that is this one.
fn neighbour(handle: GanttHandle, by: isize) -> Option<(usize, u32)> {
    handle.with(|chart| {
        let rows = chart.model.rows();
        let here = chart.selected.and_then(|task| chart.model.row_of(task)).map(|row| row as usize);
        let last = rows.len().checked_sub(1)?;
        let row = match here {
            Some(here) => isize::try_from(here).ok()?.saturating_add(by).clamp(0, isize::try_from(last).ok()?),
            None if by < 0 => isize::try_from(last).ok()?,
            None => 0,
        };
        let row = usize::try_from(row).ok()?;
        (Some(row) != here).then(|| (row, rows[row]))
    })
}

/// Marks the row so many rows away and keeps it in view.
pub fn step(handle: GanttHandle, by: isize, how: Pick) -> bool {
    let Some((row, task)) = neighbour(handle, by) else { return false };
    if how == Pick::Only {
        handle.mark(Some(task))
    } else {
        handle.pick(task, how)
    }
    handle.show_row(row);
    handle.show_bar(task);
    true
}

impl GanttHandle {
    /// Marks a row without picking it.
    fn walk_to(self, task: u32) {
        let id = self.change(|chart| {
            chart.selected = Some(task);
            chart.model.document().tasks[task as usize].id
        });
        self.marked.set(Some(id));
        self.panel_follows();
        self.paint_soon();
    }

    /// Marks the row of a task and brings it into view.
    pub(super) fn open_row(self, id: TaskId) {
        let place = self.with(|chart| chart.model.position(id).map(|task| (task, chart.model.row_of(task))));
        if let Some((task, row)) = place {
            self.mark(Some(task));
            if let Some(row) = row {
                self.show_row(row as usize);
            }
        }
    }

    /// Opens the menu of the picked rows, at a point of the window or beside the marked row.
    pub(super) fn open_menu(self, at: Option<Point>) {
        self.hands.menu_on.set(None);
        if let Some(at) = at.or_else(|| self.beside_marked()) {
            self.hands.menu_at.set(Some(at));
        }
    }

    /// Opens the menu of a place without rows, at a moment where the chart is empty.
    pub(super) fn open_place_menu(self, at: Point, on: Option<Minute>) {
        self.hands.menu_on.set(on);
        self.hands.place_at.set(Some(at));
    }

    /// Below the name of the marked row, in the window.
    pub(super) fn beside_marked(self) -> Option<Point> {
        #[cfg(feature = "hydrate")]
        {
            use super::chart::{HEAD, ROW};
            let body = self.body.get_untracked()?.get_bounding_client_rect();
            let row = self.with(|chart| chart.model.row_of(chart.selected?))?;
            let y = body.top() + HEAD + f64::from(row + 1) * ROW - self.top.get_untracked();
            Some((body.left() + 72.0, y))
        }
        #[cfg(not(feature = "hydrate"))]
        None
    }
}
