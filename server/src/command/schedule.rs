//! `takt schedule FILE`

use std::{
    path::PathBuf,
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use clap::Args;
use domain::{
    Minute, ResourceId, UserId,
    projects::{
        document::PlanDocument,
        exchange::{
            levelled::LevelReport,
            psplib::{self, PsplibProject},
            report::ScheduleReport,
            staff::Known,
        },
        level::LevelOptions,
        resource::{ResourceKind, ResourceRecord},
    },
};
use usecase::{Clock, SystemClock};

#[derive(Args, Debug)]
pub struct ScheduleArgs {
    /// An MS Project XML (.xml), CSV (.csv), Excel (.xlsx) or PSPLIB (.sm) file.
    file: PathBuf,
    /// Print JSON instead of a table.
    #[arg(long)]
    json: bool,
    /// Level: nobody and nothing that the file names is asked for more than the file says there is.
    #[arg(long)]
    level: bool,
    /// Milliseconds that levelling may search.
    #[arg(long, default_value_t = 1_000, requires = "level")]
    time_limit_ms: u64,
    /// Schedules that levelling tries at most; without a limit of time the same number gives the same plan everywhere.
    #[arg(long, requires = "level")]
    rounds: Option<u32>,
    /// Where chance begins.
    #[arg(long, default_value_t = 1, requires = "level")]
    seed: u64,
}

pub fn run(args: &ScheduleArgs) -> Result<ExitCode> {
    let file = read(&args.file)?;
    let (json, table) = if args.level {
        let report = level(args, &file)?;
        (serde_json::to_string_pretty(&report)?, report.table())
    } else {
        let report = match &file {
            File::Library(name, library) => ScheduleReport::of_library(name, library)?,
            File::Plan(plan, _) => ScheduleReport::of_plan(plan)?,
        };
        (serde_json::to_string_pretty(&report)?, report.table())
    };
    if args.json {
        println!("{json}");
    } else {
        print!("{table}");
    }
    Ok(ExitCode::SUCCESS)
}

fn level(args: &ScheduleArgs, file: &File) -> Result<LevelReport> {
    let options = LevelOptions { seed: args.seed, most_rounds: args.rounds.unwrap_or(u32::MAX) };
    let begun = Instant::now();
    let most = Duration::from_millis(args.time_limit_ms);
    let mut still = || begun.elapsed() < most;
    Ok(match file {
        File::Library(name, library) => LevelReport::of_library(name, library, options, &mut still)?,
        File::Plan(plan, known) => LevelReport::of_plan(plan, known, options, &mut still)?,
    })
}

/// What the file holds.
enum File {
    Library(String, PsplibProject),
    /// With who and what it names: how much of each there is, and when.
    Plan(Box<PlanDocument>, Vec<ResourceRecord>),
}

fn read(file: &PathBuf) -> Result<File> {
    let bytes = std::fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if name.to_lowercase().ends_with(".sm") {
        let library = psplib::read(&String::from_utf8(bytes).context("the file is not UTF-8 text")?)?;
        return Ok(File::Library(name.to_owned(), library));
    }
    let mut draft = usecase::projects::read_file(name, &bytes, None).map_err(|problem| anyhow::anyhow!("{problem}"))?;
    // A schedule of half a plan would be a wrong answer.
    if !draft.problems.is_empty() {
        let lines: Vec<String> = draft.problems.iter().map(ToString::to_string).collect();
        bail!("{} cells cannot be read:\n  {}", lines.len(), lines.join("\n  "));
    }
    // Here everybody whom the file names is somebody, and every machine is there.
    let mut known: Vec<ResourceRecord> = Vec::new();
    draft.assign(|wanted| {
        let id = uuid::Uuid::from_u128(known.len() as u128 + 1);
        let kind = wanted.kind.unwrap_or_default();
        known.push(wanted.record(ResourceId(id), kind));
        Some(if kind == ResourceKind::Person { Known::Person(UserId(id)) } else { Known::Resource(ResourceId(id)) })
    });
    // Without an organisation there are no calendars but the file's own.
    draft.work_by(|_| None);
    for note in &draft.notes {
        eprintln!("note: {note}");
    }
    // A file without a start begins today, at the beginning of the day: the same answer all day long.
    let today = Minute::from_datetime(SystemClock.now().date_naive().and_time(chrono::NaiveTime::MIN));
    let mut number = 0_u128;
    let id = || {
        number += 1;
        uuid::Uuid::from_u128(number)
    };
    Ok(File::Plan(Box::new(draft.starting(today).document(id)?), known))
}
