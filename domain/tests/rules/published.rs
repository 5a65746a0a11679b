//! Worked examples with published answers.

use std::{fs, path::PathBuf};

use domain::{
    Minute,
    projects::{
        calendar::Calendar,
        exchange::psplib,
        plan::{LagUnit, Link, LinkKind, Plan, Task},
        schedule::{Schedule, Scheduler},
    },
};

pub(super) fn shared() -> Option<PathBuf> {
    let here = std::env::var_os("TAKT_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared"), PathBuf::from);
    let folder = here.join("reference/psplib");
    folder.is_dir().then_some(folder)
}

#[test]
fn every_psplib_project_has_its_published_length() {
    let Some(folder) = shared() else {
        eprintln!("the PSPLIB files are not on this machine: nothing was compared");
        return;
    };
    let mut compared = 0;
    for file in fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()) {
        if file.extension().is_some_and(|ending| ending == "sm") {
            let project = psplib::read(&fs::read_to_string(&file).expect("a text")).expect("a project");
            let schedule = Scheduler::new(&project.plan()).expect("a plan").run();
            assert_eq!(schedule.length, project.mpm_time, "{}", file.display());
            compared += 1;
        }
    }
    assert_eq!(compared, 96);
}

/// Tasks by letter, each with its duration in days and its predecessors' letters.
fn network(rows: &[(char, i64, &str)]) -> Plan {
    let place =
        |letter: char| u32::try_from(rows.iter().position(|row| row.0 == letter).expect("a letter")).expect("small");
    let links = rows.iter().flat_map(|(letter, _, before)| {
        before.chars().map(move |earlier| Link {
            predecessor: place(earlier),
            successor: place(*letter),
            kind: LinkKind::FinishToStart,
            lag: 0,
            lag_unit: LagUnit::Working,
        })
    });
    Plan {
        calendars: vec![Calendar::around_the_clock()],
        tasks: rows.iter().map(|row| Task { duration: row.1, ..Task::default() }).collect(),
        links: links.collect(),
        ..Plan::default()
    }
}

fn run(plan: &Plan) -> Schedule {
    Scheduler::new(plan).expect("a plan").run()
}

const CONSTRUCTION: [(char, i64, &str); 14] = [
    ('A', 2, ""),
    ('B', 10, "A"),
    ('C', 13, "A"),
    ('D', 12, "A"),
    ('E', 12, "B"),
    ('F', 7, "B"),
    ('G', 10, "D"),
    ('H', 16, "D"),
    ('I', 6, "F"),
    ('J', 12, "CG"),
    ('K', 5, "I"),
    ('L', 8, "EK"),
    ('M', 5, "H"),
    ('N', 3, "JLM"),
];

#[test]
fn the_construction_network_takes_forty_one_days() {
    let schedule = run(&network(&CONSTRUCTION));
    assert_eq!(schedule.length, 41);
    let floats: Vec<i64> = schedule.tasks.iter().map(|slot| slot.total_float).collect();
    assert_eq!(floats, [0, 0, 11, 2, 6, 0, 2, 3, 0, 2, 0, 0, 3, 0]);
    let critical: String =
        CONSTRUCTION.iter().zip(&schedule.tasks).filter(|(_, slot)| slot.critical).map(|(row, _)| row.0).collect();
    assert_eq!(critical, "ABFIKLN");
}

#[test]
fn the_same_network_with_start_to_start_links_takes_thirty_eight() {
    // The same, but L waits for I as well.
    let mut rows = CONSTRUCTION;
    rows[11] = ('L', 8, "EIK");
    let mut plan = network(&rows);
    let place = |letter: char| u32::try_from(letter as usize - 'A' as usize).expect("small");
    for (before, after) in [('A', 'B'), ('G', 'J'), ('I', 'K')] {
        let link =
            plan.links.iter_mut().find(|link| (link.predecessor, link.successor) == (place(before), place(after)));
        link.expect("a link").kind = LinkKind::StartToStart;
    }
    assert_eq!(run(&plan).length, 38);
}

#[test]
fn general_foundry_takes_fifteen_weeks() {
    let schedule = run(&network(&[
        ('A', 2, ""),
        ('B', 3, ""),
        ('C', 2, "A"),
        ('D', 4, "B"),
        ('E', 4, "C"),
        ('F', 3, "C"),
        ('G', 5, "DE"),
        ('H', 2, "FG"),
    ]));
    assert_eq!(schedule.length, 15);
    let floats: Vec<i64> = schedule.tasks.iter().map(|slot| slot.total_float).collect();
    assert_eq!(floats, [0, 1, 0, 1, 0, 6, 0, 0]);
}

#[test]
fn taylors_arcs_have_their_published_dates() {
    // Arcs 1-2, 1-3, 2-4, 3-4, 3-5, 4-5, 5-6.
    let schedule = run(&network(&[
        ('a', 7, ""),
        ('b', 10, ""),
        ('c', 6, "a"),
        ('d', 5, "b"),
        ('e', 4, "b"),
        ('f', 3, "cd"),
        ('g', 2, "ef"),
    ]));
    let dates: Vec<_> = schedule
        .tasks
        .iter()
        .map(|slot| (slot.start.0, slot.finish.0, slot.late_start.0, slot.late_finish.0, slot.total_float))
        .collect();
    let published = [
        (0, 7, 2, 9, 2),
        (0, 10, 0, 10, 0),
        (7, 13, 9, 15, 2),
        (10, 15, 10, 15, 0),
        (10, 14, 14, 18, 4),
        (15, 18, 15, 18, 0),
        (18, 20, 18, 20, 0),
    ];
    assert_eq!(dates, published);
    // Problem 2: arcs 1-2, 1-3, 1-4, 2-5, 2-6, 3-5, 4-5, 4-7, 5-7, 5-8, 6-9, 7-8, 8-9.
    let schedule = run(&network(&[
        ('a', 8, ""),
        ('b', 10, ""),
        ('c', 9, ""),
        ('d', 6, "a"),
        ('e', 4, "a"),
        ('f', 5, "b"),
        ('g', 0, "c"),
        ('h', 7, "c"),
        ('i', 12, "dfg"),
        ('j', 15, "dfg"),
        ('k', 18, "e"),
        ('l', 4, "hi"),
        ('m', 7, "jl"),
    ]));
    assert_eq!(schedule.length, 38);
    let slack: Vec<i64> = schedule.tasks.iter().map(|slot| slot.total_float).collect();
    assert_eq!(slack, [1, 0, 6, 1, 8, 0, 6, 11, 0, 1, 8, 0, 0]);
}

fn at(text: &str) -> Minute {
    text.parse().expect("a date")
}

fn plan(start: &str, calendar: Calendar, tasks: Vec<Task>, links: Vec<Link>) -> Plan {
    Plan { start: at(start), calendars: vec![calendar], tasks, links, ..Plan::default() }
}

fn days(count: i64) -> Task {
    Task { duration: count * 1440, ..Task::default() }
}

fn link(predecessor: u32, successor: u32, kind: LinkKind, lag: i64, lag_unit: LagUnit) -> Link {
    Link { predecessor, successor, kind, lag, lag_unit }
}

/// First and last day of a task, as whole days are written.
fn span(schedule: &Schedule, task: usize) -> (String, String) {
    let slot = &schedule.tasks[task];
    (slot.start.date().to_string(), Minute(slot.finish.0 - 1).date().to_string())
}

#[test]
fn taskjugglers_gaps_fall_on_their_dates() {
    // Durations are calendar weeks; working lags count eight hours a day, Monday to Friday, nine to five.
    let mut calendar = Calendar::standard();
    for day in &mut calendar.week[..5] {
        *day = vec![
            domain::projects::calendar::Window { from: 540, to: 720 },
            domain::projects::calendar::Window { from: 720, to: 1020 },
        ];
    }
    let week = Task { duration: 7 * 1440, elapsed: true, ..Task::default() };
    let effort = Task { duration: 40 * 60, ..Task::default() };
    let tasks = vec![week.clone(), week.clone(), week.clone(), week.clone(), week.clone(), week.clone(), week, effort];
    use LinkKind::{FinishToStart, StartToStart};
    let links = vec![
        link(0, 1, FinishToStart, 0, LagUnit::Working),
        link(1, 2, FinishToStart, 7 * 1440, LagUnit::Elapsed),
        link(2, 3, FinishToStart, 40 * 60, LagUnit::Working),
        link(3, 4, StartToStart, 0, LagUnit::Working),
        link(3, 5, StartToStart, 40 * 60, LagUnit::Working),
        link(6, 7, StartToStart, 40 * 60, LagUnit::Working),
    ];
    let schedule = run(&plan("2007-04-02", calendar, tasks, links));
    let dates = |task: usize| (schedule.tasks[task].start, schedule.tasks[task].finish);
    assert_eq!(dates(0), (at("2007-04-02"), at("2007-04-09")));
    assert_eq!(dates(1), (at("2007-04-09"), at("2007-04-16")));
    assert_eq!(dates(2), (at("2007-04-23"), at("2007-04-30")));
    assert_eq!(dates(3), (at("2007-05-04T17:00"), at("2007-05-11T17:00")));
    assert_eq!(dates(4), dates(3));
    assert_eq!(dates(5), (at("2007-05-11T17:00"), at("2007-05-18T17:00")));
    assert_eq!(dates(7), (at("2007-04-09T09:00"), at("2007-04-13T17:00")));
}

#[test]
fn ganttprojects_finish_to_finish_links_fall_on_their_days() {
    let round = Calendar::around_the_clock;
    // Its Friday is the one before its Monday: 2026-01-02; Tuesday is 2026-01-06.
    let on = |date: &str, duration: i64| Task {
        constraint: domain::projects::plan::ConstraintKind::StartNoEarlierThan,
        constraint_at: Some(at(date)),
        ..days(duration)
    };
    let ff = |lag: i64| vec![link(0, 1, LinkKind::FinishToFinish, lag * 1440, LagUnit::Working)];
    let schedule = run(&plan("2026-01-02", round(), vec![on("2026-01-06", 1), on("2026-01-02", 2)], ff(0)));
    assert_eq!(span(&schedule, 1).0, "2026-01-05", "Monday");
    let schedule = run(&plan("2026-01-02", round(), vec![on("2026-01-06", 1), on("2026-01-02", 2)], ff(2)));
    assert_eq!(span(&schedule, 1).0, "2026-01-07", "Wednesday");
    let weekend = Calendar::whole_days();
    let schedule = run(&plan("2026-01-02", weekend, vec![on("2026-01-02", 1), on("2026-01-02", 1)], ff(2)));
    assert_eq!(span(&schedule, 1).0, "2026-01-06", "Tuesday");
}

#[test]
fn ganttprojects_chains_and_diamonds_fall_on_their_days() {
    let fs = |from, to| link(from, to, LinkKind::FinishToStart, 0, LagUnit::Working);
    let schedule =
        run(&plan("2026-01-05", Calendar::whole_days(), vec![days(1), days(1), days(1)], vec![fs(0, 1), fs(1, 2)]));
    assert_eq!([0, 1, 2].map(|task| span(&schedule, task).0), ["2026-01-05", "2026-01-06", "2026-01-07"]);
    let tasks = vec![days(1), days(1), days(1), days(1), days(1)];
    let links = vec![fs(0, 1), fs(1, 2), fs(0, 3), fs(2, 4), fs(3, 4)];
    let schedule = run(&plan("2026-01-05", Calendar::whole_days(), tasks, links));
    let starts = [0, 1, 2, 3, 4].map(|task| span(&schedule, task).0);
    assert_eq!(starts, ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-06", "2026-01-08"]);
}

#[test]
fn openprojects_working_days_are_kept() {
    let fs = |lag: i64| vec![link(0, 1, LinkKind::FinishToStart, lag * 1440, LagUnit::Working)];
    // 2026-01-05 is a Monday. The predecessor grows to Thursday; the follower works Friday, Monday, Tuesday.
    let schedule = run(&plan("2026-01-05", Calendar::whole_days(), vec![days(4), days(3)], fs(0)));
    assert_eq!(span(&schedule, 1), ("2026-01-09".to_owned(), "2026-01-13".to_owned()));
    let schedule = run(&plan("2026-01-05", Calendar::whole_days(), vec![days(5), days(1)], fs(0)));
    assert_eq!(span(&schedule, 1).0, "2026-01-12");
    let schedule = run(&plan("2026-01-09", Calendar::whole_days(), vec![days(1), days(1)], fs(2)));
    assert_eq!(span(&schedule, 1).0, "2026-01-14", "the lag counts working days");
    let schedule = run(&plan("2026-01-05", Calendar::whole_days(), vec![days(1), days(3)], fs(3)));
    assert_eq!(span(&schedule, 1), ("2026-01-09".to_owned(), "2026-01-13".to_owned()));
}

#[test]
fn branches_of_equal_length_are_both_critical() {
    let fs = |from, to| link(from, to, LinkKind::FinishToStart, 0, LagUnit::Working);
    let links = vec![fs(0, 1), fs(0, 2), fs(1, 3), fs(2, 3)];
    let tasks = vec![days(1), days(2), days(2), days(1), days(4), days(3)];
    let schedule = run(&plan("2026-01-05", Calendar::whole_days(), tasks, links));
    let critical: Vec<bool> = schedule.tasks.iter().map(|slot| slot.critical).collect();
    // The last two are linked to nothing: one ends with the project, one before.
    assert_eq!(critical, [true, true, true, true, true, false]);
}
