//! `takt schedule FILE`

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, Result, bail};
use clap::Args;
use domain::{
    Minute,
    projects::exchange::{psplib, report::ScheduleReport},
};
use usecase::{Clock, SystemClock};

#[derive(Args, Debug)]
pub struct ScheduleArgs {
    /// An MS Project XML (.xml), CSV (.csv), Excel (.xlsx) or PSPLIB (.sm) file.
    file: PathBuf,
    /// Print JSON instead of a table.
    #[arg(long)]
    json: bool,
}

pub fn run(args: &ScheduleArgs) -> Result<ExitCode> {
    let report = report(&args.file)?;
    if args.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print!("{}", report.table());
    }
    Ok(ExitCode::SUCCESS)
}

fn report(file: &PathBuf) -> Result<ScheduleReport> {
    let bytes = std::fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if name.to_lowercase().ends_with(".sm") {
        let library = psplib::read(&String::from_utf8(bytes).context("the file is not UTF-8 text")?)?;
        return Ok(ScheduleReport::of_library(name, &library)?);
    }
    let draft = usecase::projects::read_file(name, &bytes, None).map_err(|problem| anyhow::anyhow!("{problem}"))?;
    // A schedule of half a plan would be a wrong answer.
    if !draft.problems.is_empty() {
        let lines: Vec<String> = draft.problems.iter().map(ToString::to_string).collect();
        bail!("{} cells cannot be read:\n  {}", lines.len(), lines.join("\n  "));
    }
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
    Ok(ScheduleReport::of_plan(&draft.starting(today).document(id)?)?)
}
