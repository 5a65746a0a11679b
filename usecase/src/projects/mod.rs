//! Projects: plans, their operations, their undo.

mod activity;
mod baseline;
mod cache;
mod comment;
mod export;
mod import;
mod level;
mod list;
mod mine;
mod operate;
mod paging;
mod portfolio;
mod resource;
mod rows;
mod saved_view;
mod store;
mod together;
mod undo;

pub use activity::{activity, people, task_activity};
pub use baseline::{baseline, baselines, remove_baseline, rename_baseline, restore_baseline, take_baseline};
pub use cache::CurrentPlan;
pub(crate) use cache::PlanCache;
pub use comment::{add_comment, comments};
pub use export::{ExportedFile, export_list, export_plan};
pub use import::{ImportFile, create_from_file, import_into, known, preview_file, read_file};
pub use level::{clear_levelling, level, preview_levelling};
pub use list::{list, list_revision, plan_revision, task_rows};
pub use mine::my_tasks;
pub use operate::{create, delete, load_plan, operate, report_progress};
pub(crate) use paging::{page_of, window};
pub use portfolio::portfolio;
pub use resource::{bookings, remove_resource, resources, save_resource};
pub use saved_view::{change_view, remove_view, save_view, saved_views, share_view};
pub use together::{tell_presence, watch, watchers};
pub use undo::{redo, undo};
