//! Builds the client: cargo, wasm-bindgen at exactly the locked version, wasm-opt, hashed names, compressed siblings.

mod client;
mod pack;
mod sizes;

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
    },
    /// Say what a first visit downloads; needs a client built with --release.
    Sizes {
        /// Write it into docs/benchmarks.md.
        #[arg(long)]
        record: bool,
        /// Fail where it is over the budget.
        #[arg(long)]
        strict: bool,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().verb {
        Verb::Client { release } => {
            client::build(release)?;
            if release { sizes::report(&client::site(), false, false) } else { Ok(()) }
        }
        Verb::Sizes { record, strict } => sizes::report(&client::site(), record, strict),
    }
}
