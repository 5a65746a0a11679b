//! Takt: one binary. `takt serve` is the product; the rest sets it up and looks after it.

use clap::Parser;

/// Gives memory back after a large import or a hundred log-ins, which glibc's allocator keeps.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    server::command::main(server::command::Command::parse())
}
