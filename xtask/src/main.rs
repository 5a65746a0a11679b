//! Builds the client: cargo, wasm-bindgen at exactly the locked version, wasm-opt, hashed names, compressed siblings.

mod client;
mod pack;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Builds the client of Takt")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Build the client into site/.
    Client {
        /// Small and compressed, as people get it.
        #[arg(long)]
        release: bool,
        /// Write the sizes into docs/benchmarks.md.
        #[arg(long)]
        record: bool,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().verb {
        Verb::Client { release, record } => client::build(release, record),
    }
}
