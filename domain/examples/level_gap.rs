//! How far levelling stays behind the published best of the PSPLIB projects, set by set.
//!
//! `cargo run --release -p domain --features exchange --example level_gap -- --ms 50 [--rounds 1000] [--seed 1] [folder]`

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use domain::projects::{
    exchange::psplib::{self, PsplibProject},
    level::{LevelOptions, Levelled, Leveller},
};

/// What is added up for a set.
#[derive(Default)]
struct Sum {
    projects: u32,
    solved: u32,
    gap: f64,
    rounds: u64,
    spent: Duration,
    longest: Duration,
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let place = words.iter().position(|word| word == name)?;
        words.get(place + 1)?.parse::<u64>().ok()
    };
    let milliseconds = value("--ms").unwrap_or(50);
    let seed = value("--seed").unwrap_or(1);
    let folder = words.iter().rev().find(|word| Path::new(word).is_dir()).map_or_else(psplib_folder, PathBuf::from);
    let best = best(&folder);
    let budget = Duration::from_millis(milliseconds);
    let levels = [
        ("serial".to_owned(), 0, Duration::MAX),
        ("justified".to_owned(), 1, Duration::MAX),
        ("20 samples".to_owned(), 21, Duration::MAX),
        match value("--rounds") {
            Some(rounds) => (format!("{rounds} rounds"), u32::try_from(rounds).unwrap_or(u32::MAX), Duration::MAX),
            None => (format!("{milliseconds} ms"), u32::MAX, budget),
        },
    ];
    println!(
        "{:<6}{:<12}{:>9}{:>8}{:>9}{:>10}{:>10}{:>10}",
        "set", "level", "projects", "best", "gap %", "rounds", "mean ms", "most ms"
    );
    for (name, most_rounds, budget) in levels {
        let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
        for (instance, (low, _)) in &best {
            let Ok(text) = fs::read_to_string(folder.join(format!("{instance}.sm"))) else { continue };
            let project = psplib::read(&text).expect("a PSPLIB project");
            let begin = Instant::now();
            let levelled = level(&project, seed, most_rounds, &mut || begin.elapsed() < budget);
            let spent = begin.elapsed();
            let length = levelled.finish_after.0;
            assert!(levelled.overloads_after == 0 && length >= *low, "{instance}: {length} is below {low}");
            let sum = sums.entry(set(instance)).or_default();
            sum.projects += 1;
            sum.gap += gap(length, best[instance].1);
            sum.solved += u32::from(length <= best[instance].1);
            sum.rounds += u64::from(levelled.rounds);
            sum.spent += spent;
            sum.longest = sum.longest.max(spent);
        }
        for (set, sum) in sums {
            let count = f64::from(sum.projects);
            println!(
                "{set:<6}{name:<12}{:>9}{:>8}{:>9.3}{:>10}{:>10.2}{:>10.2}",
                sum.projects,
                sum.solved,
                sum.gap / count,
                sum.rounds / u64::from(sum.projects),
                sum.spent.as_secs_f64() * 1000.0 / count,
                sum.longest.as_secs_f64() * 1000.0,
            );
        }
    }
}

fn level(project: &PsplibProject, seed: u64, most_rounds: u32, still: &mut dyn FnMut() -> bool) -> Levelled {
    let plan = project.plan();
    Leveller::new(&project.level_problem(&plan)).expect("a problem").run(LevelOptions { seed, most_rounds }, still)
}

fn gap(length: i64, best: i64) -> f64 {
    (length - best) as f64 * 100.0 / best as f64
}

/// `j30` of `j301_1`: a parameter number of one or two digits stands behind the size.
fn set(instance: &str) -> String {
    let size = if instance.starts_with("j120") { 4 } else { 3 };
    instance.chars().take(size).collect()
}

/// Lower and upper bound by project; alike where the optimum is proven. `82..87` is a range, `..87` an upper bound alone.
fn best(folder: &Path) -> BTreeMap<String, (i64, i64)> {
    let text = fs::read_to_string(folder.join("optimum.csv")).expect("optimum.csv beside the projects");
    let row = |line: &str| {
        let (name, length) = line.split_once([',', ';'])?;
        let (low, high) = length.trim().split_once("..").unwrap_or((length.trim(), length.trim()));
        let low = if low.is_empty() { 0 } else { low.parse().ok()? };
        Some((name.trim().trim_end_matches(".sm").to_owned(), (low, high.parse().ok()?)))
    };
    text.lines().filter_map(row).collect()
}

fn psplib_folder() -> PathBuf {
    let shared = std::env::var_os("TAKT_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared"), PathBuf::from);
    shared.join("reference/psplib")
}
