//! Everything that the mouse does, from the keyboard. Keys act on the picked rows, or, once the arrow to the right has
//! gone into them, on one cell.

use domain::{Minute, TaskId};
use leptos::{prelude::*, web_sys::KeyboardEvent};

use super::{
    super::column::Column,
    acts::{Acts, Beside},
    chart::GanttHandle,
    field::Field,
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
    let cell = acts.handle.cell_now();
    let used = cell.is_some_and(|column| in_cell(acts, column, &pressed))
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
fn in_cell(acts: Acts, column: &'static Column, pressed: &Pressed) -> bool {
    let hands = acts.handle.hands;
    if pressed.alt || pressed.ctrl {
        return false;
    }
    let begin = |begun: Option<&str>| {
        let marked = acts.handle.marked.get_untracked().filter(|_| acts.can_edit);
        match (marked, Field::of(column)) {
            (Some(_), Some(field)) => hands.type_into(marked, field, begun.map(str::to_owned)),
            // Taken all the same: what is meant for a cell must not remove the row.
            (Some(_), None) => acts.toaster.say(format!("{} follows from the plan and is not typed.", column.title)),
            (None, _) => return false,
        }
        true
    };
    let walked = walked(acts.handle);
    let here = walked.iter().position(|each| each.key == column.key);
    let beside = |by: isize| walked.get(here?.checked_add_signed(by)?).copied();
    match pressed.key.as_str() {
        "ArrowRight" if !pressed.shift => {
            hands.cell.set(beside(1).or(Some(column)));
            true
        }
        "ArrowLeft" if !pressed.shift => {
            hands.cell.set(beside(-1));
            true
        }
        "Home" => {
            hands.cell.set(walked.first().copied());
            true
        }
        "End" => {
            hands.cell.set(walked.last().copied());
            true
        }
        "Tab" => tab(acts.handle, column, if pressed.shift { -1 } else { 1 }),
        "Enter" | "F2" => begin(None),
        "Backspace" | "Delete" => begin(Some("")),
        letter if letter.chars().count() == 1 && letter != " " => begin(Some(letter)),
        _ => false,
    }
}

/// The columns that arrow keys go through: all that are shown but the numbers, which name the rows.
fn walked(handle: GanttHandle) -> Vec<&'static Column> {
    handle.columns.shown.with_untracked(|shown| shown.iter().copied().filter(|column| column.key != "code").collect())
}

/// The next cell that is typed into, in the next row behind the last one; false at the ends of the table, where the key
/// leaves it.
pub fn tab(handle: GanttHandle, column: &Column, by: isize) -> bool {
    let shown = handle.columns.shown.get_untracked();
    let typed = |column: &&&'static Column| Field::of(column).is_some();
    let here = shown.iter().position(|each| each.key == column.key).unwrap_or_default();
    let (next, end) = if by > 0 {
        (shown.iter().skip(here + 1).find(typed), shown.iter().find(typed))
    } else {
        (shown[..here].iter().rfind(typed), shown.iter().rfind(typed))
    };
    if next.is_none() && !step(handle, by, Pick::Only) {
        return false;
    }
    handle.hands.cell.set(next.or(end).copied());
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
        "ArrowRight" | "ArrowLeft" if shift && ctrl => acts.begin(if right { 1 } else { -1 }),
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
        handle.hands.cell.set(Field::Name.column());
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
    /// The column that keys act on; none once it is hidden.
    fn cell_now(self) -> Option<&'static Column> {
        let cell = self.hands.cell.get_untracked()?;
        self.columns.shown.with_untracked(|shown| shown.contains(&cell)).then_some(cell)
    }

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
