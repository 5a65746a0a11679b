//! Files that people bring: what they say, and every cell that cannot be read.

use domain::{
    CalendarId, Minute, ProjectId, UserId,
    projects::{
        document::{PlanDocument, TaskStatus},
        exchange::{self, PlanDraft, column, staff::Known, table},
        operation::Operation,
        plan::{ConstraintKind, Direction, LagUnit, LinkKind, TaskKind, TaskMode},
        schedule::Schedule,
        view::{ImportProblem, NewProject},
    },
};
use uuid::Uuid;

pub fn ids() -> impl FnMut() -> Uuid {
    let mut number = 0;
    move || {
        number += 1;
        Uuid::from_u128(number)
    }
}

fn draft(name: &str) -> PlanDraft {
    let path = format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    exchange::read(name, &std::fs::read(path).expect("a fixture")).expect("a file")
}

fn plan(draft: PlanDraft) -> (PlanDocument, Schedule) {
    let plan = draft.document(ids()).expect("a plan");
    let schedule = plan.schedule().expect("a schedule");
    (plan, schedule)
}

fn at(text: &str) -> Minute {
    text.parse().expect("a date")
}

/// Who and what the file names.
fn named(draft: &PlanDraft) -> Vec<&str> {
    draft.resources().iter().map(|resource| resource.name.as_str()).collect()
}

/// `row column: reason`, as the preview shows them.
fn said(problems: &[ImportProblem]) -> Vec<String> {
    problems.iter().map(|problem| format!("{} {}: {}", problem.row, problem.column, problem.reason)).collect()
}

/// `from→to kind lag`, by row from 1.
fn links(plan: &PlanDocument) -> Vec<String> {
    let at = plan.positions();
    let mut links: Vec<String> = plan
        .links
        .iter()
        .map(|link| {
            let unit = if link.lag_unit == LagUnit::Elapsed { "e" } else { "" };
            let (from, to) = (at[&link.predecessor_id] + 1, at[&link.successor_id] + 1);
            format!("{from}→{to} {:?} {}{unit}m", link.kind, link.lag_minutes)
        })
        .collect();
    links.sort();
    links
}

fn csv(text: &str) -> PlanDraft {
    table::read_csv(text).expect("a table")
}

#[test]
fn ms_project_xml_keeps_what_a_plan_is_made_of() {
    let draft = draft("die.xml");
    assert_eq!(said(&draft.problems), [""; 0]);
    assert_eq!(
        said(&draft.notes),
        [
            "0 Resources: plans here have no material and no cost; left out: Steel",
            "7 Active: the task is inactive and left out",
            "8 PredecessorUID: the link to a task that is left out is left out too",
        ]
    );
    assert_eq!(named(&draft), ["Ann", "Bo"]);
    let (plan, _) = plan(draft);
    assert_eq!((plan.head.name.as_str(), plan.head.description.as_str()), ("Die 7", "Door panel, left"));
    assert_eq!((plan.head.start, plan.head.target_end), (at("2026-01-05T08:00"), Some(at("2026-02-27T17:00"))));
    assert_eq!(plan.codes(), ["1", "1.1", "1.2", "1.3", "2", "3"]);
    let [build, mill, harden, cool, tryout, accepted] = &plan.tasks[..] else { panic!("six rows") };
    assert_eq!((build.kind, build.progress, build.actual_start), (TaskKind::Summary, 0, None));
    assert_eq!((mill.name.as_str(), mill.duration, mill.progress, mill.priority), ("Mill & drill", 990, 25, 700));
    assert_eq!((mill.status, mill.department.as_deref()), (TaskStatus::Production, Some("Tool shop")));
    assert_eq!(
        (harden.constraint, harden.constraint_at),
        (ConstraintKind::StartNoEarlierThan, Some(at("2026-01-08T06:00")))
    );
    assert_eq!((cool.elapsed, cool.duration, cool.deadline), (true, 2_880, Some(at("2026-01-20T17:00"))));
    assert_eq!((tryout.mode, tryout.manual_start), (TaskMode::Manual, Some(at("2026-01-26T08:00"))));
    assert_eq!((accepted.kind, accepted.constraint), (TaskKind::Milestone, ConstraintKind::AsLateAsPossible));
    assert_eq!(
        links(&plan),
        ["2→3 FinishToStart 480m", "3→4 FinishToStart 1440em", "4→5 StartToStart -120m", "5→6 FinishToFinish 0m",]
    );
}

#[test]
fn calendars_are_based_on_each_other() {
    let (plan, schedule) = plan(draft("die.xml"));
    let named: Vec<&str> = plan.calendars.iter().map(|record| record.name.as_str()).collect();
    assert_eq!(named, ["Tool shop", "Standard", "Furnace"]);
    let own = plan.calendar();
    let off = |date: &str| own.windows(at(date)).is_empty();
    assert!(off("2026-01-06"), "an old-style exception of the calendar below");
    assert!(off("2026-01-15") && off("2026-01-16") && !off("2026-01-14"));
    assert!(off("2027-05-01") && off("2028-05-01"), "every first of May");
    assert_eq!(own.week[4].iter().map(|window| (window.from, window.to)).collect::<Vec<_>>(), [(360, 720)]);
    // Milling: Monday 8 h, Tuesday off, Wednesday 8 h, Thursday half an hour; a lag of 8 h round the clock in the
    // furnace's own time; 20 h there.
    assert_eq!(schedule.tasks[1].finish, at("2026-01-08T08:30"));
    assert_eq!((schedule.tasks[2].start, schedule.tasks[2].finish), (at("2026-01-08T16:30"), at("2026-01-09T12:30")));
}

#[test]
fn a_plan_that_counts_backward_stays_one() {
    let text = "<Project><StartDate>2026-01-05T08:00:00</StartDate><ScheduleFromStart>0</ScheduleFromStart>\
        <FinishDate>2026-02-27T17:00:00</FinishDate><Tasks><Task><UID>1</UID><Name>Mill</Name>\
        <Duration>PT8H0M0S</Duration></Task></Tasks></Project>";
    let (plan, schedule) = plan(exchange::mspdi::read(text).expect("a file"));
    assert_eq!((plan.head.direction, plan.head.target_end), (Direction::Backward, Some(at("2026-02-27T17:00"))));
    assert_eq!(schedule.tasks[0].start, at("2026-02-27T08:00"));
}

#[test]
fn what_ms_project_says_otherwise_is_not_guessed() {
    let read = |task: &str| {
        let tasks = format!("<Task><UID>1</UID><Name>Mill</Name><Duration>PT8H0M0S</Duration></Task>{task}");
        let text = format!("<Project><StartDate>2026-01-05T08:00:00</StartDate><Tasks>{tasks}</Tasks></Project>");
        let draft = exchange::mspdi::read(&text).expect("a file");
        said(&[draft.problems.clone(), draft.notes.clone()].concat())
    };
    let task = |rest: &str| read(&format!("<Task><UID>2</UID><Name>Grind</Name>{rest}</Task>"));
    let link = |rest: &str| {
        task(&format!(
            "<Duration>PT8H</Duration><PredecessorLink><PredecessorUID>1</PredecessorUID>{rest}</PredecessorLink>"
        ))
    };
    assert_eq!(task(""), ["2 Duration: the duration is missing"]);
    assert_eq!(task("<Duration>two days</Duration>"), ["2 Duration: 'two days' is not a duration such as PT8H0M0S"]);
    assert_eq!(
        task("<Duration>PT8H</Duration><PercentComplete>120</PercentComplete>"),
        ["2 PercentComplete: progress is 0 to 100; this is 120"]
    );
    assert_eq!(
        task("<Duration>PT8H</Duration><ConstraintType>4</ConstraintType>"),
        ["2 ConstraintDate: This constraint needs a date."]
    );
    assert_eq!(
        task("<Duration>PT8H</Duration><Deadline>2300-01-01T00:00:00</Deadline>"),
        ["2 Deadline: 1 Jan 2300 is outside 1970 to 2200"]
    );
    assert_eq!(task("<Duration>PT9999999H</Duration>"), ["2 Duration: A duration is at most a hundred years."]);
    assert_eq!(task("<Duration>PT8H</Duration><CalendarUID>7</CalendarUID>"), [""; 0], "no calendars at all");
    assert_eq!(
        task("<Duration>PT8H</Duration><Milestone>1</Milestone>"),
        ["2 Milestone: a milestone with a duration is read as a task"]
    );
    assert_eq!(
        link("<Type>1</Type><LinkLag>50</LinkLag><LagFormat>19</LagFormat>"),
        ["2 LinkLag: 50 % of the predecessor are read as 240 minutes"]
    );
    assert_eq!(
        link("<CrossProject>1</CrossProject>"),
        ["2 PredecessorUID: the predecessor is in another project; the link is left out"]
    );
    assert_eq!(link("<Type>9</Type>"), ["2 Type: 9 is none of the four link types"]);
    let two = "<PredecessorLink><PredecessorUID>1</PredecessorUID></PredecessorLink>";
    assert_eq!(
        task(&format!("<Duration>PT8H</Duration>{two}{two}")),
        ["2 PredecessorUID: these tasks are linked that way already"]
    );
}

#[test]
fn a_file_that_could_hurt_is_refused() {
    let refused = |text: &str| exchange::read("plan.xml", text.as_bytes()).expect_err("refused").reason;
    assert!(refused("<!DOCTYPE x [<!ENTITY a 'b'>]><Project/>").contains("not XML"));
    assert!(refused("<html/>").contains("not MS Project XML"));
    let deep = format!("{}{}", "<a>".repeat(300_000), "</a>".repeat(300_000));
    assert!(refused(&deep).contains("not"), "deep nesting neither overflows nor passes");
    let calendar = |days: &str| {
        let calendar = format!("<Calendar><UID>1</UID><Name>Empty</Name>{days}</Calendar>");
        format!("<Project><CalendarUID>1</CalendarUID><Calendars>{calendar}</Calendars></Project>")
    };
    let off: String =
        (1..=7).map(|day| format!("<WeekDay><DayType>{day}</DayType><DayWorking>0</DayWorking></WeekDay>")).collect();
    assert!(refused(&calendar(&format!("<WeekDays>{off}</WeekDays>"))).contains("No weekday has working time"));
    assert!(refused(&calendar("<BaseCalendarUID>2</BaseCalendarUID>")).contains("not in the file"));
    let exception = |from: &str, to: &str| {
        let period = format!("<TimePeriod><FromDate>{from}</FromDate><ToDate>{to}</ToDate></TimePeriod>");
        calendar(&format!(
            "<Exceptions><Exception>{period}<Type>1</Type><DayWorking>0</DayWorking></Exception></Exceptions>"
        ))
    };
    assert!(refused(&exception("1970-01-01", "2200-12-31")).contains("century"));
    assert!(refused(&exception("1970-01-01", "2010-12-31")).contains("days of exceptions"));
    assert!(exchange::read("plan.pdf", b"").expect_err("refused").reason.contains("plan.pdf"));
}

#[test]
fn calendars_in_a_circle_are_refused() {
    let calendar = |uid: u8, base: u8| {
        format!("<Calendar><UID>{uid}</UID><Name>C{uid}</Name><BaseCalendarUID>{base}</BaseCalendarUID></Calendar>")
    };
    let text = format!(
        "<Project><CalendarUID>1</CalendarUID><Calendars>{}{}</Calendars></Project>",
        calendar(1, 2),
        calendar(2, 1)
    );
    assert!(exchange::mspdi::read(&text).expect_err("a circle").reason.contains("circle"));
}

#[test]
fn the_old_systems_table_is_read() {
    let draft = draft("old-system.csv");
    assert_eq!(said(&draft.problems), [""; 0]);
    assert_eq!(
        said(&draft.notes),
        ["0 start: 3 rows name a start and predecessors; the predecessors say when they start"]
    );
    let (plan, schedule) = plan(draft);
    assert_eq!(plan.codes(), ["1", "1.1", "1.2", "1.3", "2"]);
    assert_eq!(links(&plan), ["2→3 FinishToStart 0m", "3→4 FinishToStart 0m", "4→5 FinishToStart 0m"]);
    assert_eq!(schedule.finish, at("2026-01-14T17:00"), "as the file says");
    assert_eq!(plan.tasks[1].notes, "Coolant on, both sides");
    assert_eq!(plan.tasks[3].kind, TaskKind::Milestone);
}

#[test]
fn a_german_table_in_an_old_code_page_is_read() {
    let draft = draft("german.csv");
    assert_eq!(said(&draft.problems), [""; 0]);
    assert!(said(&draft.notes).iter().any(|note| note.contains("Windows-1252")));
    assert_eq!(named(&draft), ["Jürgen"]);
    let (plan, schedule) = plan(draft);
    let names: Vec<&str> = plan.tasks.iter().map(|task| task.name.as_str()).collect();
    assert_eq!(names, ["Werkzeug", "Fräsen", "Schleifen", "Abnahme"]);
    assert_eq!(plan.codes(), ["1", "1.1", "1.2", "2"], "by blanks before the names");
    assert_eq!((plan.tasks[1].duration, plan.tasks[2].duration), (960, 720));
    assert_eq!(links(&plan), ["2→3 FinishToStart 240m", "3→4 FinishToStart 0m"]);
    assert_eq!(schedule.finish, at("2026-01-08T17:00"));
}

#[test]
fn every_bad_cell_is_named_and_the_rest_is_read() {
    let draft = draft("bad-cells.csv");
    assert_eq!(
        said(&draft.problems),
        [
            "3 duration: 'two days' is not a duration such as 3d, 4h or 90m",
            "4 name: a task needs a name",
            "5 start: '31.02.2026' is not a date such as 2026-01-31, 31.01.2026 or 01/31/2026",
            "6 finish: 1 Jan 2026 is before the start 1 Feb 2026",
            "7 progress: '150' is not 0 to 100",
            "11 level: 'one' is not a level such as 1",
            "8 predecessors: there is no task '99' among the rows",
            "9 predecessors: row 3 is left out",
            "10 predecessors: a task cannot wait for itself",
        ]
    );
    let (plan, _) = plan(draft);
    let names: Vec<&str> = plan.tasks.iter().map(|task| task.name.as_str()).collect();
    assert_eq!(names, ["Build", "Coat", "Pack", "Ship"]);
    assert_eq!(links(&plan), ["4→3 FinishToStart 480m"]);
}

#[test]
fn rows_of_a_row_that_is_left_out_do_not_slip_below_a_stranger() {
    let draft = csv("level,name,duration,progress\n1,Other,1d,\n2,Kept,1d,\n1,Phase,1d,150\n2,Mill,1d,\n");
    assert!(said(&draft.notes).contains(&"5 level: the row above it is left out".to_owned()));
    assert_eq!(plan(draft).0.codes(), ["1", "1.1", "2"]);
}

#[test]
fn rows_may_stand_in_any_order() {
    let draft = csv("wbs,name,duration\n2,Ship,1d\n1.2,Grind,1d\n1,Build,\n1.1.1,Setup,1d\n1.2.1,Rough,1d\n");
    assert_eq!(said(&draft.notes)[0], "5 code: the row above 1.1.1 is missing; it stands higher");
    let (plan, _) = plan(draft);
    let outline: Vec<String> =
        plan.codes().into_iter().zip(&plan.tasks).map(|(code, task)| format!("{code} {}", task.name)).collect();
    assert_eq!(outline, ["1 Ship", "2 Build", "2.1 Grind", "2.1.1 Rough", "2.2 Setup"]);
    let draft = csv("id,name,parent,duration\na,Mill,b,1d\nb,Build,,\nc,Loop,d,1d\nd,Hole,c,1d\ne,Lost,x,1d\n");
    assert_eq!(
        said(&draft.problems),
        [
            "6 parent: there is no row 'x'",
            "4 parent: the row stands below itself",
            "5 parent: the row stands below itself",
        ]
    );
}

#[test]
fn predecessors_are_read_by_the_name_that_the_file_uses() {
    let read = |text: &str| links(&plan(csv(text)).0);
    // MS Project's own: numbers of rows, although there are codes too.
    let text = "wbs,name,duration,predecessors\n1,Build,,\n1.1,Mill,1d,\n2,Ship,1d,2\n";
    assert_eq!(read(text), ["2→3 FinishToStart 0m"]);
    let note = "0 predecessors: predecessors are read as row numbers, not as outline codes".to_owned();
    assert!(said(&csv(text).notes).contains(&note));
    assert_eq!(
        read("wbs,name,duration,predecessors\n1,Build,,\n1.1,Mill,1d,\n1.2,Ship,1d,1.1FF-2h\n"),
        ["2→3 FinishToFinish -120m"]
    );
    assert_eq!(
        read("id,name,duration,predecessors\nT-01,Mill,1d,\nT-02,Ship,1d,T-01SS+1 day\n"),
        ["1→2 StartToStart 480m"]
    );
    assert_eq!(read("name,duration,predecessors\nMill,1d,\nShip,1d,Mill\n"), ["1→2 FinishToStart 0m"]);
    assert_eq!(
        read("name,duration,predecessors\nA,1d,\nB,1d,\nC,1d,\"1FS+1,5d,2SF+2ed\"\n"),
        ["1→3 FinishToStart 720m", "2→3 StartToFinish 2880em",]
    );
    let percent = csv("name,duration,predecessors\nA,1d,\nB,1d,1FS+50%\n");
    assert!(percent.problems[0].reason.contains("percent"));
    let twice = csv("id,name,duration,predecessors\nx,A,1d,\nx,B,1d,\ny,C,1d,x\n");
    assert_eq!(said(&twice.problems), ["4 predecessors: two rows are called 'x'"]);
}

#[test]
fn what_had_to_be_decided_is_noted() {
    let notes = |text: &str| said(&csv(text).notes).join("\n");
    assert!(notes("name,start,duration\nA,03/04/2026,1\n").contains("month, day, year"));
    assert!(notes("name,start,duration\nA,25/12/2026,1\n").contains("day, month, year"));
    assert!(notes("name,progress,duration\nA,0.5,1\n").contains("0.5 is 50 %"));
    assert!(notes("name\nA\n").contains("a working day is taken"));
    assert!(notes("name,type,status,duration\nA,epic,purple,1\n").contains("'epic' is not known"));
    assert!(notes("name,type,duration\nA,milestone,2\n").contains("a milestone takes no time"));
}

#[test]
fn somebody_may_choose_the_columns() {
    let rows = table::split_csv("Was;Wie lange;Wann\nMill;8;05/01/2026\n").expect("rows");
    assert!(table::read_rows(&rows).expect_err("no names").reason.contains("names"));
    let mapping =
        r#"{"heading": 0, "columns": ["name", "duration", "start"], "duration_unit": "hours", "day_first": true}"#;
    let mapping: column::ColumnMapping = serde_json::from_str(mapping).expect("a mapping");
    let (plan, schedule) = plan(table::read_mapped(&rows, &mapping).expect("a table"));
    assert_eq!((plan.tasks[0].duration, schedule.tasks[0].finish), (480, at("2026-01-05T17:00")));
    let twice = column::ColumnMapping { columns: vec![Some(column::Column::Name); 2], ..mapping };
    assert_eq!(table::read_mapped(&rows, &twice).expect_err("twice").column, "name");
}

#[test]
fn a_circle_in_a_file_is_named() {
    let draft = csv("name,duration,predecessors\nCut,1d,2\nPress,1d,1\n");
    let fault = draft.document(ids()).expect_err("a circle");
    assert!(fault.detail.contains("1 Cut") && fault.detail.contains("2 Press"), "{}", fault.detail);
}

#[test]
fn people_are_found_by_name_or_noted() {
    let mut draft = draft("die.xml");
    draft.assign(|wanted| (wanted.name == "Ann").then_some(Known::Person(UserId(Uuid::from_u128(7)))));
    assert!(said(&draft.notes).iter().any(|note| note.contains("nobody here is called Bo;")));
    assert_eq!(plan(draft).0.tasks[1].assignees, [UserId(Uuid::from_u128(7))]);
}

#[test]
fn rows_among_others_keep_working_by_the_calendar_of_their_file() {
    let start = at("2026-01-05");
    let new = NewProject { name: "Line".to_owned(), start, ..NewProject::default() };
    let create = || {
        PlanDocument::create(
            ProjectId(Uuid::from_u128(900)),
            CalendarId(Uuid::from_u128(901)),
            "L".to_owned(),
            new.clone(),
        )
    };
    // In a plan without rows the file's calendar takes the place of the standard one.
    let mut empty = create().expect("a plan");
    let operation = draft("die.xml").operation(&empty, ids());
    empty.apply(&operation).expect("imported");
    assert_eq!(empty.calendar().week[4].len(), 1);
    assert_eq!(empty.tasks[1].calendar_id, None);
    // Among other rows it comes beside, and the plan's own stays.
    let mut full = create().expect("a plan");
    let own = csv("name,duration\nA,1d\n").operation(&full, ids());
    full.apply(&own).expect("imported");
    let before = full.calendar();
    let mut more = ids();
    let operation = draft("die.xml").operation(&full, || Uuid::from_u128(more().as_u128() + 5_000));
    let delta = full.apply(&operation).expect("imported");
    assert_eq!(full.calendar(), before);
    let mill = &full.tasks[2];
    let by = full.calendars.iter().find(|record| Some(record.id) == mill.calendar_id).expect("a calendar");
    assert_eq!((mill.name.as_str(), by.name.as_str()), ("Mill & drill", "Tool shop"));
    full.apply_delta(&delta.inverse()).expect("one step back");
    assert_eq!((full.tasks.len(), full.calendars.len()), (1, 1));
}

#[test]
fn a_library_file_becomes_working_days() {
    let text = "PROJECT INFORMATION:\npronr.  #jobs rel.date duedate tardcost  MPM-Time\n    1      1      0       9        0        9\n\
        PRECEDENCE RELATIONS:\njobnr.    #modes  #successors   successors\n   1        1          1           2\n   2        1          1           3\n   3        1          0\n\
        REQUESTS/DURATIONS:\njobnr. mode duration  R 1\n  1      1     0       0\n  2      1     9       1\n  3      1     0       0\n\
        RESOURCEAVAILABILITIES:\n  R 1\n   4\n";
    let draft = exchange::read("x.sm", text.as_bytes()).expect("a file");
    assert!(said(&draft.notes).iter().any(|note| note.contains("working day")));
    let operation = draft.starting(at("2026-01-05")).document(ids()).expect("a plan");
    assert_eq!(operation.tasks[1].duration, 9 * 480);
    assert_eq!(operation.links.iter().filter(|link| link.kind == LinkKind::FinishToStart).count(), 2);
}

#[test]
fn an_import_is_one_operation_that_survives_its_json() {
    let plan = draft("die.xml").document(ids()).expect("a plan");
    let operation = Operation::Import { tasks: plan.tasks, links: plan.links, calendars: plan.calendars };
    let json = serde_json::to_string(&operation).expect("JSON");
    assert_eq!(serde_json::from_str::<Operation>(&json).expect("an operation"), operation);
}

#[test]
fn a_plan_without_a_name_is_called_as_its_file() {
    let named = |file: &str| csv("name\nCut\n").named_after(file).name().to_owned();
    assert_eq!([named("Press line 3.csv"), named(".csv"), named("plan")], ["Press line 3", "Imported plan", "plan"]);
    let told = "<Project><Name>Die 4711</Name><Tasks/></Project>";
    assert_eq!(exchange::mspdi::read(told).expect("a file").named_after("other.xml").name(), "Die 4711");
}
