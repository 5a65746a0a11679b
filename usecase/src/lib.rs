//! Everything an authorised person may do, in one organisation, in one transaction.
//!
//! A verb takes its [`Grant`] first, loads, lets `domain` decide, saves, notes and commits. Nothing here knows of HTTP
//! or of pages.

pub mod admin;
mod clock;
pub mod db;
mod fault;
mod gate;
pub mod home;
pub mod identity;
mod limits;
mod live;
pub mod projects;
pub mod relay;
pub mod repeat;
mod services;
mod trace;

pub use clock::{Clock, FixedClock, SystemClock};
pub use fault::unavailable;
pub use gate::{Access, Caller, Grant, Origin, Via};
pub use limits::{LimitSettings, Limits, Standing};
pub use live::{Live, LiveEvent};
pub use services::{Mailer, Services, Settings, TracingMailer};
