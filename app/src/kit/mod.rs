//! The parts that every page is made of: one button, one field, one date, one dialog. A second way to do one of these
//! belongs here as an option of the first.
//!
//! *Invariant:* a part renders the same markup on the server and in the browser; what only a browser can do happens in
//! effects and event handlers, through [`browser`].

#[cfg(feature = "hydrate")]
pub mod api;
mod asked;
pub(crate) mod browser;
mod button;
pub mod call;
mod chart;
mod choice;
mod date;
mod dialog;
mod draft;
mod field;
mod guard;
mod icon;
mod input;
mod later;
mod look;
mod menu;
mod popover;
mod state;
mod status;
mod table;
mod tabs;
mod toast;

pub use asked::{Asked, in_address};
#[cfg(feature = "hydrate")]
pub(crate) use browser::mark;
pub use browser::{copy_text, full_address, go_to, new_id, on_key, open_file, save_text};
pub(crate) use browser::{encoded, focus_first, is_on, is_typing, tell_cut};
pub use button::{Button, ButtonKind, ButtonLink, IconButton, Size};
pub use call::CallError;
pub use chart::{Chart, Figures, Ink};
pub use choice::{Checkbox, Choice, Select, Switch};
pub use date::{Day, Moment, date, day, instant, wall_clock};
pub use dialog::{ConfirmDialog, Dialog, DialogActions};
#[cfg(feature = "hydrate")]
pub(crate) use draft::{keep, kept};
pub use field::{Field, Form};
pub use guard::{Guard, Session, use_me};
pub use icon::{Glyph, Icon};
pub use input::{DateInput, NumberInput, TextArea, TextInput, TextKind};
pub(crate) use later::{later, when_open};
pub use look::{Density, Look, Theme};
pub use menu::{Menu, MenuItem, MenuLine};
pub use popover::Popover;
pub use state::{EmptyState, FailedState, Loaded, Loading, Skeleton};
pub use status::{Avatar, Badge, KeyHint, ProgressBar, StatusPill};
pub use table::{Column, ColumnChooser, Export, Pager, SearchBox, SortHeader, Table, Toolbar};
pub use tabs::{Tab, TabLink, TabLinks, Tabs};
pub use toast::{Toaster, Toasts};
