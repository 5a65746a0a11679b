//! What a first visit downloads.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// Which file is which.
pub const MANIFEST: &str = "manifest.json";

/// Bytes over the line that a first visit may cost.
const BUDGET: u64 = 900_000;

const RECORD: &str = "docs/benchmarks.md";
const MARKS: (&str, &str) = ("<!-- client-sizes -->", "<!-- /client-sizes -->");

/// Bytes on the disk and over the line.
#[derive(Clone, Copy, Default)]
struct Size {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Size {
    fn of(site: &Path, address: &str) -> Result<Self> {
        let bytes = |suffix: &str| {
            let path = site.join(format!("{}{suffix}", address.trim_start_matches('/')));
            fs::metadata(&path)
                .map(|about| about.len())
                .with_context(|| format!("{} is missing: build with --release", path.display()))
        };
        Ok(Self { raw: bytes("")?, gzip: bytes(".gz")?, brotli: bytes(".br")? })
    }

    fn plus(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }

    /// A row of a table, in kilobytes of 1,000.
    fn row(self, name: &str) -> String {
        let kb = |bytes: u64| format!("{}.{} KB", bytes / 1_000, bytes % 1_000 / 100);
        format!("| {name} | {} | {} | {} |\n", kb(self.raw), kb(self.gzip), kb(self.brotli))
    }
}

/// Prints the sizes, writes them down where `record`, and refuses a client over the budget where `strict`.
pub fn report(site: &Path, record: bool, strict: bool) -> Result<()> {
    let manifest: Value = serde_json::from_slice(&fs::read(site.join(MANIFEST)).context("the client is not built")?)?;
    let size = |name: &str| Size::of(site, manifest[name].as_str().context("the manifest names every file")?);
    let mut table = String::from("| File | Raw | gzip | Brotli |\n|---|---:|---:|---:|\n");
    let mut first = Size::default();
    for (title, name) in
        [("WebAssembly", "wasm"), ("JavaScript", "js"), ("Loader of parts", "loader"), ("Style", "css")]
    {
        let size = size(name)?;
        first = first.plus(size);
        table += &size.row(title);
    }
    table += &first.row("**First visit**");
    let mut later = Size::default();
    let parts = manifest["parts"].as_array().context("the manifest names every part")?;
    for part in parts.iter().filter_map(Value::as_str) {
        later = later.plus(Size::of(site, part)?);
    }
    table += &later.row(&format!("{} parts, each loaded when shown", parts.len()));
    table += &size("echarts")?.row("Charts, loaded when shown");
    println!("\n{table}");
    if record {
        let text = fs::read_to_string(RECORD).with_context(|| format!("reading {RECORD}"))?;
        let (head, rest) = text.split_once(MARKS.0).with_context(|| format!("{} is missing", MARKS.0))?;
        let (_, tail) = rest.split_once(MARKS.1).with_context(|| format!("{} is missing", MARKS.1))?;
        fs::write(RECORD, format!("{head}{}\n{table}{}{tail}", MARKS.0, MARKS.1))?;
    }
    ensure!(!strict || first.brotli <= BUDGET, "a first visit costs {} bytes, the budget is {BUDGET}", first.brotli);
    Ok(())
}
