//! Forward and backward pass.
