//! What hands are at, as far as the page shows it: the cell that keys act on, what is being typed, what lies open.

use domain::{LinkId, Minute, TaskId};
use leptos::prelude::*;

use super::{super::column::Column, field::Field, landing::Landing};

/// A point in the browser's window.
pub type Point = (f64, f64);

/// Signals that table, canvas and what lies on them share.
#[derive(Clone, Copy)]
pub struct Hands {
    /// Grows when other rows are picked.
    picks: RwSignal<u64>,
    /// The column that keys act on; none while they act on whole rows.
    pub cell: RwSignal<Option<&'static Column>>,
    pub typing: RwSignal<Option<Typing>>,
    /// The link that is open, and where.
    pub link: RwSignal<Option<LinkId>>,
    pub link_at: RwSignal<Option<Point>>,
    /// Where the menu of the picked rows is open.
    pub menu_at: RwSignal<Option<Point>>,
    /// The moment that a menu was asked for: on a bar, or where the chart is empty.
    pub menu_on: RwSignal<Option<Minute>>,
    /// Where the menu of an empty place is open.
    pub place_at: RwSignal<Option<Point>>,
    /// Pixels by which the table is scrolled to the side.
    pub across: RwSignal<f64>,
    /// Rows are being carried: where they would land.
    pub carrying: RwSignal<bool>,
    pub landing: RwSignal<Option<Landing>>,
    /// Something that hands did not ask for and must hear of.
    pub word: RwSignal<Option<&'static str>>,
}

/// What is being typed, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typing {
    /// The row; none for a row that is not there yet.
    pub task: Option<TaskId>,
    pub field: Field,
    /// What was typed to begin with, in place of what stands there.
    pub begun: Option<String>,
}

impl Hands {
    pub(super) fn new() -> Self {
        Self {
            picks: RwSignal::new(0),
            cell: RwSignal::new(None),
            typing: RwSignal::new(None),
            link: RwSignal::new(None),
            link_at: RwSignal::new(None),
            menu_at: RwSignal::new(None),
            menu_on: RwSignal::new(None),
            place_at: RwSignal::new(None),
            across: RwSignal::new(0.0),
            carrying: RwSignal::new(false),
            landing: RwSignal::new(None),
            word: RwSignal::new(None),
        }
    }

    /// Tells that other rows are picked.
    pub(super) fn picked(self) {
        self.picks.update(|count| *count += 1);
    }

    /// Follows which rows are picked.
    pub(super) fn track_picks(self) {
        self.picks.track();
    }

    /// Types into a cell.
    pub(super) fn type_into(self, task: Option<TaskId>, field: Field, begun: Option<String>) {
        self.typing.set(Some(Typing { task, field, begun }));
    }
}
