//! `takt schedule FILE`

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, Result, bail};
use clap::Args;
use domain::projects::{
    exchange::psplib,
    plan::Plan,
    schedule::{Schedule, Scheduler},
};
use serde_json::{Value, json};

#[derive(Args, Debug)]
pub struct ScheduleArgs {
    /// An MS Project XML (.xml), CSV (.csv), Excel (.xlsx) or PSPLIB (.sm) file.
    file: PathBuf,
    /// Print JSON instead of a table.
    #[arg(long)]
    json: bool,
}

/// A plan from a file, with what its rows are called.
struct Named {
    plan: Plan,
    rows: Vec<(String, String)>,
    /// Times are units of a library file rather than dates.
    units: bool,
}

pub fn run(args: &ScheduleArgs) -> Result<ExitCode> {
    let named = read(&args.file)?;
    let scheduler = Scheduler::new(&named.plan).map_err(|fault| {
        let called = |task: u32| {
            named
                .rows
                .get(task as usize)
                .map_or_else(|| format!("row {}", task + 1), |(code, name)| format!("{code} {name}"))
        };
        anyhow::anyhow!("{}", fault.sentence(called))
    })?;
    let schedule = scheduler.run();
    if args.json {
        println!("{}", serde_json::to_string_pretty(&report(&named, &schedule))?);
    } else {
        print_table(&named, &schedule);
    }
    Ok(ExitCode::SUCCESS)
}

fn read(file: &PathBuf) -> Result<Named> {
    let bytes = std::fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if name.to_lowercase().ends_with(".sm") {
        let project = psplib::read(&String::from_utf8(bytes).context("the file is not UTF-8 text")?)?;
        let rows = (1..=project.jobs.len()).map(|job| (job.to_string(), format!("Job {job}"))).collect();
        return Ok(Named { plan: project.plan(), rows, units: true });
    }
    let draft = usecase::projects::read_file(name, &bytes).map_err(|problem| anyhow::anyhow!("{problem}"))?;
    // A schedule of half a plan would be a wrong answer.
    if !draft.problems.is_empty() {
        let lines: Vec<String> = draft.problems.iter().map(ToString::to_string).collect();
        bail!("{} cells cannot be read:\n  {}", lines.len(), lines.join("\n  "));
    }
    let mut number = 0_u128;
    let id = || {
        number += 1;
        uuid::Uuid::from_u128(number)
    };
    Ok(named(draft.document(id).map_err(|fault| anyhow::anyhow!("{fault}"))?))
}

fn named(document: domain::projects::document::PlanDocument) -> Named {
    let rows =
        document.codes().into_iter().zip(&document.tasks).map(|(code, task)| (code, task.name.clone())).collect();
    Named { plan: document.to_plan(), rows, units: false }
}

fn report(named: &Named, schedule: &Schedule) -> Value {
    let time = |at: domain::Minute| if named.units { json!(at.0) } else { json!(at) };
    let tasks: Vec<Value> = named
        .rows
        .iter()
        .zip(&schedule.tasks)
        .zip(&named.plan.tasks)
        .map(|(((code, name), slot), task)| {
            json!({
                "code": code, "name": name, "type": task.kind,
                "start": time(slot.start), "finish": time(slot.finish),
                "late_start": time(slot.late_start), "late_finish": time(slot.late_finish),
                "total_float": slot.total_float, "free_float": slot.free_float, "critical": slot.critical,
            })
        })
        .collect();
    json!({
        "start": time(schedule.start), "finish": time(schedule.finish),
        "length": schedule.length, "unit": if named.units { "unit" } else { "working minute" },
        "conflicts": schedule.conflicts, "tasks": tasks,
    })
}

fn print_table(named: &Named, schedule: &Schedule) {
    let time = |at: domain::Minute| if named.units { at.0.to_string() } else { format!("{at:?}") };
    println!("{:<10} {:<40} {:<17} {:<17} {:>8} {:>8}  critical", "code", "name", "start", "finish", "total", "free");
    for ((code, name), slot) in named.rows.iter().zip(&schedule.tasks) {
        let short: String = name.chars().take(40).collect();
        let mark = if slot.critical { "yes" } else { "" };
        println!(
            "{code:<10} {short:<40} {:<17} {:<17} {:>8} {:>8}  {mark}",
            time(slot.start),
            time(slot.finish),
            slot.total_float,
            slot.free_float
        );
    }
    let unit = if named.units { "units" } else { "working minutes" };
    println!("\n{} to {}: {} {unit}", time(schedule.start), time(schedule.finish), schedule.length);
}
