//! The entrance: register, log in, a new password.

pub mod calls;
mod page;

pub use page::{ForgotPage, LoginPage, RegisterPage, ResetPage};
