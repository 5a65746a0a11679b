//! Files that people bring and take away.

mod draft;
pub mod mspdi;
pub mod psplib;
pub mod table;

pub use draft::ReadFault;
