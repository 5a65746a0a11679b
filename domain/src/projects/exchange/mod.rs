//! Files that people bring and take away.

pub mod psplib;
