//! Verbs on real databases: SQLite always, PostgreSQL where `TAKT_TEST_POSTGRES` names a server.

mod files;
mod house;
mod identity;
mod past;
mod projects;
mod relay;
mod repeat;
mod staffing;
mod views;
mod workload;
