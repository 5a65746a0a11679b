//! Coming in: register, log in, forgotten password.

pub mod calls;
mod page;

pub use page::{ForgotPage, LoginPage, RegisterPage, ResetPage};
