//! Takt: one binary. `takt serve` is the product; the rest sets it up and looks after it.

use clap::Parser;

fn main() -> std::process::ExitCode {
    server::command::main(server::command::Command::parse())
}
