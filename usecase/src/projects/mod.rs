//! Projects: plans, their operations, their undo.

mod activity;
mod cache;
mod comment;
mod copy;
mod export;
mod feed;
mod import;
mod list;
mod operate;
mod paging;
mod past;
mod picture;
mod rows;
mod store;
mod undo;

pub use activity::{activity, people};
pub use cache::CurrentPlan;
pub(crate) use cache::PlanCache;
pub use comment::{add_comment, comments};
pub use copy::{copy, create_from_template, delete_template, save_template, templates};
pub use export::{ExportAsked, ExportedFile, export_list, export_plan};
pub use feed::{feed_state, make_feed, read_feed, revoke_feed};
pub use import::{ImportFile, create_from_file, import_into, known, preview_file, read_file};
pub use list::{list, list_revision, plan_revision, task_rows};
pub use operate::{create, delete, load_plan, operate, report_progress};
pub(crate) use paging::{page_of, window};
pub use past::{load_plan_at, past_state, plan_at, restore, revision_at};
pub use picture::{PictureAsked, preview_picture};
pub use undo::{redo, undo};
