//! The doors of Takt: pages, server functions, the JSON API, live events, and the command line.

pub mod api;
pub mod command;
pub mod config;
pub mod http;
mod logging;
