//! Projects: plans, their operations, their undo.

mod activity;
mod cache;
mod comment;
mod export;
mod import;
mod list;
mod mine;
mod operate;
mod paging;
mod portfolio;
mod rows;
mod saved_view;
mod store;
mod undo;

pub use activity::{activity, people};
pub use cache::CurrentPlan;
pub(crate) use cache::PlanCache;
pub use comment::{add_comment, comments};
pub use export::{ExportedFile, export_list, export_plan};
pub use import::{ImportFile, create_from_file, import_into, known, preview_file, read_file};
pub use list::{list, list_revision, plan_revision, task_rows};
pub use mine::my_tasks;
pub use operate::{create, delete, load_plan, operate, report_progress};
pub(crate) use paging::{page_of, window};
pub use portfolio::portfolio;
pub use saved_view::{change_view, remove_view, save_view, saved_views, share_view};
pub use undo::{redo, undo};
