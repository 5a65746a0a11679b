//! PSPLIB's `.sm` format: one project, one mode, four renewable resources.

use std::fmt;

use super::draft::PlanDraft;
use crate::projects::{
    calendar::Calendar,
    level::{Demand, LevelProblem, Resource},
    operation::TaskDraft,
    plan::{LagUnit, Link, LinkKind, Plan, Task, TaskKind},
};

/// Bytes that a file may have; the largest of the library has a twentieth of it.
const LONGEST: usize = 1 << 20;

/// A project of the library. One unit of its time is one minute around the clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PsplibProject {
    pub jobs: Vec<PsplibJob>,
    /// How much there is of each resource.
    pub capacities: Vec<u32>,
    /// The published length of the critical path with unlimited resources.
    pub mpm_time: i64,
}

/// A job; the first is the source, the last the sink.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PsplibJob {
    pub duration: i64,
    pub demands: Vec<u32>,
    /// Indices of the jobs behind it.
    pub successors: Vec<usize>,
}

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadFault {
    pub line: usize,
    pub reason: String,
}

impl fmt::Display for ReadFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl std::error::Error for ReadFault {}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Head,
    Information,
    Precedence,
    Durations,
    Availability,
}

/// Reads a file.
///
/// # Errors
/// The line that cannot be read, and why.
pub fn read(text: &str) -> Result<PsplibProject, ReadFault> {
    let fault = |line: usize, reason: &str| ReadFault { line, reason: reason.to_owned() };
    if text.len() > LONGEST {
        return Err(fault(1, "the file is larger than 1 MiB"));
    }
    let mut project = PsplibProject { jobs: Vec::new(), capacities: Vec::new(), mpm_time: 0 };
    let mut section = Section::Head;
    for (number, line) in (1..).zip(text.lines()) {
        section = match line.split(':').next().unwrap_or_default().trim() {
            "PROJECT INFORMATION" => Section::Information,
            "PRECEDENCE RELATIONS" => Section::Precedence,
            "REQUESTS/DURATIONS" => Section::Durations,
            "RESOURCEAVAILABILITIES" => Section::Availability,
            _ => section,
        };
        let words: Vec<i64> = line.split_whitespace().map_while(|word| word.parse().ok()).collect();
        let count = line.split_whitespace().count();
        if section == Section::Head || words.is_empty() || words.len() != count {
            continue;
        }
        let row = row(&mut project, section, &words);
        row.map_err(|reason| fault(number, reason))?;
    }
    if project.jobs.len() < 2 {
        return Err(fault(1, "there are no jobs; is this a PSPLIB file with one mode?"));
    }
    let count = project.jobs.len();
    if project.jobs.iter().any(|job| job.successors.iter().any(|next| *next >= count)) {
        return Err(fault(1, "a job names a successor that is not there"));
    }
    Ok(project)
}

fn row(project: &mut PsplibProject, section: Section, words: &[i64]) -> Result<(), &'static str> {
    match (section, words) {
        (Section::Information, [_, _, _, _, _, mpm_time]) => project.mpm_time = *mpm_time,
        (Section::Precedence, [job, modes, count, successors @ ..]) => {
            if *job != project.jobs.len() as i64 + 1 {
                return Err("jobs must stand in order");
            }
            if *modes != 1 {
                return Err("jobs with several modes are not read");
            }
            if *count != successors.len() as i64 {
                return Err("the number of successors does not fit their list");
            }
            let successors =
                successors.iter().map(|next| usize::try_from(*next - 1).map_err(|_| "a job has a number from 1"));
            project.jobs.push(PsplibJob { successors: successors.collect::<Result<_, _>>()?, ..PsplibJob::default() });
        }
        (Section::Durations, [job, _, duration, demands @ ..]) => {
            let index = usize::try_from(*job - 1).map_err(|_| "a job has a number from 1")?;
            let job = project.jobs.get_mut(index).ok_or("this job has no row under PRECEDENCE RELATIONS")?;
            if *duration < 0 {
                return Err("a duration is not below zero");
            }
            job.duration = *duration;
            job.demands = numbers(demands)?;
        }
        (Section::Availability, capacities) => project.capacities = numbers(capacities)?,
        _ => {}
    }
    Ok(())
}

fn numbers(words: &[i64]) -> Result<Vec<u32>, &'static str> {
    words.iter().map(|word| u32::try_from(*word).map_err(|_| "an amount is not below zero")).collect()
}

impl PsplibProject {
    /// The project as a draft in which a unit of time is a working day.
    #[must_use]
    pub fn draft(&self, name: &str) -> PlanDraft {
        let rows = (1..).zip(&self.jobs).map(|(number, job)| {
            let kind = if job.duration == 0 { TaskKind::Milestone } else { TaskKind::Task };
            (0, TaskDraft { name: format!("Job {number}"), kind, duration: job.duration * 480, ..TaskDraft::default() })
        });
        let links = self.jobs.iter().enumerate().flat_map(|(from, job)| {
            job.successors.iter().map(move |to| (from, *to, LinkKind::FinishToStart, 0, LagUnit::Working))
        });
        PlanDraft { name: name.to_owned(), rows: rows.collect(), links: links.collect(), ..PlanDraft::default() }
    }

    /// What levelling is asked for `plan`, which is [`plan`](Self::plan): every resource of the file, nothing locked.
    #[must_use]
    pub fn level_problem<'a>(&self, plan: &'a Plan) -> LevelProblem<'a> {
        let resource = |capacity: &u32| Resource { capacity: i64::from(*capacity), calendar: None };
        let demands = (0_u32..).zip(&self.jobs).flat_map(|(task, job)| {
            let needs = (0_u32..).zip(&job.demands).filter(|(_, units)| **units > 0);
            needs.map(move |(resource, units)| Demand { task, resource, units: i64::from(*units) })
        });
        LevelProblem {
            plan,
            resources: self.capacities.iter().map(resource).collect(),
            demands: demands.collect(),
            bookings: Vec::new(),
            locked: Vec::new(),
            priorities: Vec::new(),
        }
    }

    /// The plan that begins with minute 0, without its resources. Jobs without duration are milestones.
    #[must_use]
    pub fn plan(&self) -> Plan {
        let kind = |job: &PsplibJob| if job.duration == 0 { TaskKind::Milestone } else { TaskKind::Task };
        let links = (0_u32..).zip(&self.jobs).flat_map(|(predecessor, job)| {
            job.successors.iter().filter_map(move |next| {
                Some(Link {
                    predecessor,
                    successor: u32::try_from(*next).ok()?,
                    kind: LinkKind::FinishToStart,
                    lag: 0,
                    lag_unit: LagUnit::Working,
                })
            })
        });
        Plan {
            calendars: vec![Calendar::around_the_clock()],
            tasks: self
                .jobs
                .iter()
                .map(|job| Task { kind: kind(job), duration: job.duration, ..Task::default() })
                .collect(),
            links: links.collect(),
            ..Plan::default()
        }
    }
}
