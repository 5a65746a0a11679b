//! Where the client's files are, and when to embed them anew.

use std::{env, path::PathBuf};

fn main() {
    // A plain `cargo build`, or an editor's, finds the folder of this clone; scripts/run names it.
    let site = env::var_os("TAKT_SITE").map_or_else(
        || PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../site"),
        PathBuf::from,
    );
    println!("cargo:rustc-env=TAKT_SITE={}", site.display());
    println!("cargo:rerun-if-env-changed=TAKT_SITE");
    // Only an optimised server carries the files; others read the folder. The manifest changes with every file.
    if env::var("PROFILE").as_deref() == Ok("release") {
        println!("cargo:rerun-if-changed={}", site.join("manifest.json").display());
    } else {
        println!("cargo:rerun-if-changed=build.rs");
    }
}
