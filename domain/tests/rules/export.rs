//! Files that people take away: they come back as the same plan.

use std::{collections::BTreeSet, time::Instant};

use domain::{
    CalendarId, LinkId, Minute, ProjectId, ResourceId, TaskId, UserId,
    projects::{
        calendar::{Calendar, Window},
        document::{CalendarRecord, LinkRecord, PlanDocument, ProjectStatus, TaskRecord, TaskStatus},
        exchange::{
            self, export,
            levelled::LevelReport,
            report::ScheduleReport,
            staff::{Known, Register},
        },
        level::LevelOptions,
        operation::{Operation, TaskDraft},
        plan::{ConstraintKind, Direction, LagUnit, LinkKind, Split, TaskKind, TaskMode},
        resource::{Assignment, ResourceKind, ResourceRecord},
        view::NewProject,
    },
};
use proptest::prelude::*;
use uuid::Uuid;

use super::import::ids;

/// The first machine and the department are not always there; names have signs of every notation in them.
const THINGS: [(u128, &str); 4] =
    [(101, "Press 1"), (102, "Mill; [left], \"new\""), (103, "\"Q\" & <Co>"), (104, "Shop")];

/// Eight people, three machines and a department.
pub fn register() -> Register {
    let id = |number: u128| ResourceId(Uuid::from_u128(number));
    let people = (1..=8).map(|number| {
        let person = ResourceRecord::whole(id(number), ResourceKind::Person, format!("Person {number}"));
        let half = number == 2;
        ResourceRecord { capacity: if half { 50 } else { 100 }, calendar: half.then(Calendar::standard), ..person }
    });
    let things = THINGS.map(|(number, name)| {
        let kind = if number == 104 { ResourceKind::Department } else { ResourceKind::Machine };
        let mut calendar = Calendar::standard();
        calendar.week[5] = vec![Window { from: 360, to: 600 }];
        calendar.exceptions.insert("2026-01-07".parse().expect("a date"), Vec::new());
        let capacity = if number == 101 { 275 } else { 100 };
        let own = matches!(number, 101 | 104).then_some(calendar);
        ResourceRecord { capacity, calendar: own, ..ResourceRecord::whole(id(number), kind, name.to_owned()) }
    });
    Register::new(people.chain(things))
}

/// Out as MS Project XML and in again.
fn there_and_back(plan: &PlanDocument) -> PlanDocument {
    let schedule = plan.schedule().expect("a schedule");
    let register = register();
    let text = export::mspdi::write(plan, &schedule, &register, &[]);
    if plan.tasks.len() < 100 {
        super::staff_in_files::stands_in_the_order_of_the_schema(&text);
    }
    let mut draft = exchange::mspdi::read(&text).expect("a file");
    assert_eq!((draft.problems.clone(), draft.notes.clone()), (vec![], vec![]), "{text}");
    for resource in draft.resources() {
        let kind = resource.kind.expect("the file says what it is");
        let Some(Known::Person(UserId(id)) | Known::Resource(ResourceId(id))) = register.find(resource) else {
            panic!("{resource:?}")
        };
        assert_eq!(Some(&resource.record(ResourceId(id), kind)), register.record(ResourceId(id)));
    }
    draft.assign(|wanted| register.find(wanted));
    assert_eq!(draft.notes, []);
    draft.document(ids()).expect("a plan")
}

/// The assignments of a task in the order of their resources, which says nothing.
fn sorted(task: &TaskRecord) -> Vec<Assignment> {
    let mut needs = task.assignments.clone();
    needs.sort_by_key(|need| need.resource_id);
    needs
}

/// Everything that MS Project XML carries, without ids: rows by place, calendars by what they are.
fn content(plan: &PlanDocument) -> serde_json::Value {
    let at = plan.positions();
    let calendar = |id: CalendarId| {
        let record = plan.calendars.iter().find(|record| record.id == id).expect("a calendar");
        serde_json::json!([record.name, record.calendar])
    };
    let tasks: Vec<_> = plan
        .tasks
        .iter()
        .map(|task| {
            let mut json = serde_json::to_value(task).expect("JSON");
            json["parent_id"] = serde_json::json!(task.parent_id.map(|id| at[&id]));
            json["calendar_id"] = serde_json::json!(task.calendar_id.map(calendar));
            json["assignments"] = serde_json::json!(sorted(task));
            if plan.head.direction == Direction::Backward && task.constraint == ConstraintKind::AsLateAsPossible {
                // There everything stands as late as it can.
                json["constraint"] = serde_json::json!(ConstraintKind::AsSoonAsPossible);
            }
            for field in ["id", "rank", "version"] {
                json.as_object_mut().expect("an object").remove(field);
            }
            if task.kind == TaskKind::Summary {
                // Worked out from the rows below.
                json["progress"] = 0.into();
            }
            json
        })
        .collect();
    let links: BTreeSet<String> = plan
        .links
        .iter()
        .map(|link| {
            let ends = (at[&link.predecessor_id], at[&link.successor_id]);
            format!("{ends:?} {:?} {} {:?}", link.kind, link.lag_minutes, link.lag_unit)
        })
        .collect();
    let calendars: BTreeSet<String> = plan.calendars.iter().map(|record| calendar(record.id).to_string()).collect();
    let head = &plan.head;
    serde_json::json!({
        "name": head.name, "description": head.description, "start": head.start, "target_end": head.target_end,
        "direction": head.direction, "calendar": plan.calendar(), "calendars": calendars, "tasks": tasks, "links": links,
    })
}

#[test]
fn import_export_import_gives_the_same_plan() {
    let text = include_str!("../fixtures/die.xml");
    let mut draft = exchange::mspdi::read(text).expect("a file");
    draft.assign(|wanted| Some(Known::Person(UserId(Uuid::from_u128(if wanted.name == "Ann" { 7 } else { 8 })))));
    let first = draft.document(ids()).expect("a plan");
    let second = there_and_back(&first);
    assert_eq!(content(&first), content(&second));
    assert_eq!(first.schedule().expect("a schedule"), second.schedule().expect("a schedule"));
}

#[test]
fn ms_project_finds_its_elements() {
    let plan =
        exchange::mspdi::read(include_str!("../fixtures/die.xml")).expect("a file").document(ids()).expect("a plan");
    let text = export::mspdi::write(&plan, &plan.schedule().expect("a schedule"), &register(), &[]);
    for element in [
        "<Name>Mill &amp; drill</Name>",
        "<Duration>PT16H30M0S</Duration>",
        "<PredecessorUID>3</PredecessorUID><Type>1</Type><CrossProject>0</CrossProject><LinkLag>14400</LinkLag><LagFormat>6</LagFormat>",
        "<ConstraintType>4</ConstraintType>",
        "<FromDate>2026-01-15T00:00:00</FromDate><ToDate>2026-01-16T23:59:00</ToDate>",
        "<Alias>Takt status</Alias>",
    ] {
        assert!(text.contains(element), "{element}");
    }
}

#[test]
fn names_that_look_like_formulas_or_markup_stay_text() {
    let new = NewProject { name: "P".to_owned(), start: Minute(29_459_520), ..NewProject::default() };
    let mut plan =
        PlanDocument::create(ProjectId(Uuid::nil()), CalendarId(Uuid::max()), "P".to_owned(), new).expect("a plan");
    let names =
        ["=HYPERLINK(\"http://x\")", "+1", "@SUM(A1)", "'quoted", "a;b,\"c\"\nd", "<Task/>&amp;", "-5", "\u{1}x"];
    for (number, name) in (1..).zip(names) {
        let draft = TaskDraft { name: name.to_owned(), notes: name.to_owned(), ..TaskDraft::default() };
        let id = TaskId(Uuid::from_u128(number));
        plan.apply(&Operation::AddTask { id, parent_id: None, after: None, task: Box::new(draft) }).expect("a row");
    }
    let schedule = plan.schedule().expect("a schedule");
    let csv = export::table::write_csv(&plan, &schedule, &register());
    let rows = exchange::table::split_csv(&csv).expect("rows");
    assert!(rows.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{csv}");
    let back = exchange::table::read_csv(&csv).expect("a table").document(ids()).expect("a plan");
    let read: Vec<&str> = back.tasks.iter().map(|task| task.name.as_str()).collect();
    assert_eq!(read, names);
    let back = there_and_back(&plan);
    assert_eq!(back.tasks[5].name, "<Task/>&amp;");
    assert_eq!(back.tasks[7].name, "x", "XML has no place for control characters");
}

#[test]
fn a_table_comes_back_with_its_outline_and_links() {
    let plan =
        exchange::mspdi::read(include_str!("../fixtures/die.xml")).expect("a file").document(ids()).expect("a plan");
    let csv = export::table::write_csv(&plan, &plan.schedule().expect("a schedule"), &register());
    let draft = exchange::table::read_csv(&csv).expect("a table");
    assert_eq!(draft.problems, []);
    let back = draft.document(ids()).expect("a plan");
    assert_eq!(plan.codes(), back.codes());
    let told = |plan: &PlanDocument| -> Vec<_> {
        plan.tasks
            .iter()
            .map(|task| {
                (task.name.clone(), task.kind, task.duration, task.elapsed, task.status, task.department.clone())
            })
            .collect()
    };
    assert_eq!(told(&plan), told(&back));
    assert_eq!(content(&plan)["links"], content(&back)["links"]);
}

#[test]
fn the_report_says_when_and_how_critical() {
    let text = "name,duration,start,predecessors,deadline\nMill,2d,2026-01-05,,\nDrill,1d,,,\nShip,0,,1;2,\nTell,1d,,,2026-01-05 12:00\n";
    let plan = exchange::table::read_csv(text).expect("a table").document(ids()).expect("a plan");
    let report = ScheduleReport::of_plan(&plan).expect("a report");
    let json = serde_json::to_value(&report).expect("JSON");
    assert_eq!(
        (json["start"].clone(), json["finish"].clone(), json["length"].clone(), json["unit"].clone()),
        ("2026-01-05T08:00:00".into(), "2026-01-06T17:00:00".into(), 960.into(), "working_minute".into())
    );
    let drill = &json["tasks"][1];
    assert_eq!(
        (drill["row"].clone(), drill["code"].clone(), drill["type"].clone()),
        (2.into(), "2".into(), "task".into())
    );
    assert_eq!(drill["free_float_minutes"], 480);
    assert_eq!(json["conflicts"], serde_json::json!(["4 Tell ends behind its deadline."]));
    assert_eq!(serde_json::from_value::<ScheduleReport>(json).expect("a report"), report);
    let table = report.table();
    assert!(table.contains("2026-01-05 08:00 to 2026-01-06 17:00: 960 working minutes"), "{table}");
    assert!(table.lines().any(|line| line.starts_with("1     Mill") && line.ends_with("yes")), "{table}");
}

#[test]
fn the_report_of_a_library_file_counts_its_units() {
    let text = "PROJECT INFORMATION:\npronr.  #jobs rel.date duedate tardcost  MPM-Time\n    1      1      0       9        0        9\n\
        PRECEDENCE RELATIONS:\njobnr.    #modes  #successors   successors\n   1        1          2           2 3\n   2        1          1           4\n   3        1          1           4\n   4        1          0\n\
        REQUESTS/DURATIONS:\njobnr. mode duration  R 1\n  1      1     0       0\n  2      1     9       1\n  3      1     4       1\n  4      1     0       0\n\
        RESOURCEAVAILABILITIES:\n  R 1\n   4\n";
    let library = exchange::psplib::read(text).expect("a file");
    let report = ScheduleReport::of_library("x.sm", &library).expect("a report");
    let json = serde_json::to_value(&report).expect("JSON");
    assert_eq!((json["length"].clone(), json["unit"].clone()), (9.into(), "unit".into()));
    assert_eq!((json["tasks"][2]["start"].clone(), json["tasks"][2]["total_float"].clone()), (0.into(), 5.into()));
    assert_eq!(serde_json::from_value::<ScheduleReport>(json).expect("a report"), report);
    assert!(report.table().contains("0 to 9: 9 units"));
}

#[test]
fn levelling_says_who_had_to_wait() {
    let text = "name,duration,start,assignee\nMill,2d,2026-01-05,Ann\nDrill,1d,2026-01-05,Ann\nShip,1d,2026-01-05,Bo\n";
    let mut draft = exchange::table::read_csv(text).expect("a table");
    draft.assign(|wanted| Some(Known::Person(UserId(Uuid::from_u128(u128::from(wanted.name.as_bytes()[0]))))));
    let plan = draft.document(ids()).expect("a plan");
    let options = LevelOptions { seed: 1, most_rounds: 50 };
    let report = LevelReport::of_plan(&plan, &[], options, &mut || true).expect("a report");
    assert_eq!((report.length_before, report.makespan, report.lower_bound), (960, 1_440, 1_440));
    assert_eq!((report.overload_before, report.overload_after), (480, 0));
    assert_eq!(report.tasks.iter().filter(|task| task.moved).count(), 1);
    assert!(report.table().contains("1440 working minutes"), "{}", report.table());
}

/// The limit is for a slow machine; it would take far longer if anything were quadratic.
#[test]
fn ten_thousand_rows_go_out_and_come_in() {
    let new = NewProject { name: "P".to_owned(), start: Minute(29_459_520), ..NewProject::default() };
    let mut plan =
        PlanDocument::create(ProjectId(Uuid::nil()), CalendarId(Uuid::max()), "P".to_owned(), new).expect("a plan");
    let task = |number: u128| TaskId(Uuid::from_u128(number));
    let rows = (1..=10_000_u128).zip(1_i64..).map(|(number, rank)| {
        TaskDraft { name: format!("Task {number}"), ..TaskDraft::default() }.record(task(number), None, rank << 20)
    });
    let links = (2..=10_000_u128).map(|number| LinkRecord {
        id: LinkId(Uuid::from_u128(number)),
        predecessor_id: task(number - 1),
        successor_id: task(number),
        kind: LinkKind::StartToStart,
        lag_minutes: 1,
        lag_unit: LagUnit::Working,
        version: 1,
    });
    let import = Operation::Import { tasks: rows.collect(), links: links.collect(), calendars: vec![] };
    plan.apply(&import).expect("imported");
    let before = Instant::now();
    assert_eq!(content(&there_and_back(&plan)), content(&plan));
    let csv = export::table::write_csv(&plan, &plan.schedule().expect("a schedule"), &register());
    assert_eq!(exchange::table::read_csv(&csv).expect("a table").document(ids()).expect("a plan").links.len(), 9_999);
    assert!(before.elapsed().as_secs() < 10, "{:?}", before.elapsed());
}

fn minute() -> impl Strategy<Value = Minute> {
    (29_459_520_i64..29_900_000).prop_map(Minute)
}

fn text() -> impl Strategy<Value = String> {
    "[ -~äöü€\n]{0,12}".prop_map(|text| text.trim().to_owned())
}

fn calendar() -> impl Strategy<Value = Calendar> {
    let day = prop_oneof![
        Just(Vec::new()),
        Just(vec![Window { from: 0, to: 1_440 }]),
        (0_u16..700, 701_u16..1_440)
            .prop_map(|(from, to)| vec![Window { from, to: 700 }, Window { from: 700.max(from + 1), to }]),
    ];
    let exceptions = prop::collection::btree_map(
        (20_460_i64..20_500).prop_map(|day| Minute(day * Minute::DAY).date()),
        day.clone(),
        0..6,
    );
    (prop::collection::vec(day, 6), exceptions).prop_map(|(days, exceptions)| {
        let mut calendar = Calendar::standard();
        for (place, day) in days.into_iter().enumerate() {
            calendar.week[place + 1] = day;
        }
        Calendar { exceptions, ..calendar }
    })
}

prop_compose! {
    fn row()(
        name in "[ -~]{0,10}x", kind in 0..4, manual in any::<bool>(), status in 0..6_usize, progress in 0_u8..=100,
        duration in 0_i64..20_000, elapsed in any::<bool>(), own in prop::option::of(0..3_usize), constraint in 0..8_usize,
        dates in (minute(), prop::option::of(minute()), minute(), prop::option::of(minute())), priority in 0..=1_000,
        words in (prop::option::of("[a-zA-Z]{1,8}|shop"), text()), people in prop::collection::btree_set(1_u128..5, 0..3),
        needs in prop::collection::btree_map(prop::sample::select(vec![1_u128, 2, 3, 6, 101, 102, 103, 104]), prop_oneof![Just(100_i64), 1_i64..500], 0..4),
        pauses in prop::collection::vec((1_i64..4_000, 1_i64..3_000), 0..4), locked in any::<bool>(),
        level_from in prop::option::of(minute()), above in prop::option::of(any::<prop::sample::Index>()),
    ) -> (TaskRecord, Option<usize>, Option<prop::sample::Index>) {
        let kinds = [
            ConstraintKind::AsSoonAsPossible, ConstraintKind::AsLateAsPossible, ConstraintKind::StartNoEarlierThan,
            ConstraintKind::StartNoLaterThan, ConstraintKind::FinishNoEarlierThan, ConstraintKind::FinishNoLaterThan,
            ConstraintKind::MustStartOn, ConstraintKind::MustFinishOn,
        ];
        let (constraint_at, deadline, put, began) = dates;
        let draft = TaskDraft {
            name, kind: if kind == 0 { TaskKind::Milestone } else { TaskKind::Task },
            mode: if manual { TaskMode::Manual } else { TaskMode::Auto }, status: TaskStatus::ALL[status], progress,
            duration, elapsed, constraint: kinds[constraint], constraint_at: Some(constraint_at), deadline,
            manual_start: manual.then_some(put), actual_start: began,
            actual_finish: began.filter(|_| progress == 100).map(|at| Minute(at.0 + 60)), priority,
            department: words.0, notes: words.1, calendar_id: None,
            assignees: people.into_iter().map(|number| UserId(Uuid::from_u128(number))).collect(),
            assignments: needs.into_iter().map(|(number, units)| Assignment { resource_id: ResourceId(Uuid::from_u128(number)), units }).collect(),
            splits: pauses.into_iter().scan(0, |after, (work, pause_minutes)| {
                *after += work;
                Some(Split { after_minutes: *after, pause_minutes })
            }).collect(),
            locked,
        };
        (TaskRecord { level_from, ..draft.record(TaskId(Uuid::nil()), None, 0) }, own, above)
    }
}

prop_compose! {
    fn plan()(
        rows in prop::collection::vec(row(), 0..14),
        calendars in prop::collection::vec(calendar(), 2),
        ties in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..4_usize, -3_000_i64..3_000, any::<bool>()), 0..12),
        target in prop::option::of(minute()), backward in any::<bool>(), description in text(),
    ) -> PlanDocument {
        let direction = if backward && target.is_some() { Direction::Backward } else { Direction::Forward };
        let new = NewProject {
            name: "Line".to_owned(), start: Minute(29_459_520), target_end: target, direction, description,
            status: ProjectStatus::Active, ..NewProject::default()
        };
        let calendar = |number: u128| CalendarId(Uuid::from_u128(1_000 + number));
        let mut plan = PlanDocument::create(ProjectId(Uuid::nil()), calendar(0), "L".to_owned(), new).expect("a plan");
        for (number, working) in (1..).zip(calendars) {
            let record = CalendarRecord { id: calendar(number), name: format!("Shift {number}"), calendar: working, version: 1 };
            plan.apply(&Operation::SetCalendar { calendar: record }).expect("a calendar");
        }
        let mut tasks: Vec<TaskRecord> = Vec::new();
        for (place, (mut task, own, above)) in rows.into_iter().enumerate() {
            task.id = TaskId(Uuid::from_u128(place as u128 + 1));
            task.rank = place as i64;
            task.calendar_id = own.map(|number| calendar(number as u128));
            task.parent_id = above.filter(|_| place > 0).map(|above| tasks[above.index(place)].id);
            tasks.push(task);
        }
        // A summary has no moments of its own.
        let parents: BTreeSet<TaskId> = tasks.iter().filter_map(|task| task.parent_id).collect();
        for task in tasks.iter_mut().filter(|task| parents.contains(&task.id)) {
            task.mode = TaskMode::Auto;
            (task.manual_start, task.actual_start, task.actual_finish) = (None, None, None);
        }
        plan.apply(&Operation::Import { tasks, links: vec![], calendars: vec![] }).expect("rows");
        for (number, (from, to, kind, lag_minutes, elapsed)) in (1..).zip(ties) {
            if plan.tasks.is_empty() {
                break;
            }
            let kinds = [LinkKind::FinishToStart, LinkKind::StartToStart, LinkKind::FinishToFinish, LinkKind::StartToFinish];
            let end = |index: prop::sample::Index| plan.tasks[index.index(plan.tasks.len())].id;
            let link = Operation::AddLink {
                id: LinkId(Uuid::from_u128(number)), predecessor_id: end(from), successor_id: end(to), kind: kinds[kind],
                lag_minutes, lag_unit: if elapsed { LagUnit::Elapsed } else { LagUnit::Working },
            };
            let _ = plan.apply(&link);
        }
        plan
    }
}

proptest! {
    #[test]
    fn every_plan_comes_back_from_ms_project_xml(plan in plan()) {
        let back = there_and_back(&plan);
        prop_assert_eq!(content(&back), content(&plan));
        let (one, two) = (plan.schedule().expect("a schedule"), back.schedule().expect("a schedule"));
        prop_assert_eq!(one.tasks.iter().map(|slot| (slot.start, slot.finish, slot.total_float)).collect::<Vec<_>>(),
            two.tasks.iter().map(|slot| (slot.start, slot.finish, slot.total_float)).collect::<Vec<_>>());
    }

    /// A table has no working time; whatever else there is a column for comes back, and goes out again as it came.
    #[test]
    fn what_rows_say_comes_back_from_a_table(plan in plan()) {
        let register = register();
        let csv = export::table::write_csv(&plan, &plan.schedule().expect("a schedule"), &register);
        let mut draft = exchange::table::read_csv(&csv).expect("a table");
        prop_assert_eq!(&draft.problems, &[]);
        draft.assign(|wanted| register.find(wanted));
        draft.work_by(|name| {
            let known = plan.calendars.iter().find(|record| record.name == name)?;
            Some((known.name.clone(), known.calendar.clone()))
        });
        prop_assert!(!draft.notes.iter().any(|note| note.column == "calendar"), "{:?}", draft.notes);
        let back = draft.document(ids()).expect("a plan");
        let works_by = |plan: &PlanDocument, task: &TaskRecord| {
            let own = task.calendar_id.and_then(|id| plan.calendars.iter().find(|record| record.id == id));
            own.map(|record| record.calendar.clone())
        };
        let told = |plan: &PlanDocument| -> Vec<_> {
            plan.tasks.iter().map(|task| {
                let needs = (task.assignees.clone(), sorted(task), task.department.clone());
                let held = (task.constraint, task.constraint_at, task.deadline, task.mode, task.actual_start, task.actual_finish);
                let works = (task.duration, task.elapsed, task.splits.clone(), works_by(plan, task));
                (task.name.clone(), works, held, task.priority, task.locked, task.level_from, needs)
            }).collect()
        };
        prop_assert_eq!(told(&back), told(&plan), "{}", csv);
    }

    /// Whatever stands in a file: it is read or refused, never a crash, and what is read makes a plan or names why not.
    #[test]
    fn no_table_breaks_the_reader(cells in prop::collection::vec(prop::collection::vec("[ -~]{0,8}|[0-9]{1,20}[dhw]?|=.*|[0-9]FS[+-][0-9]d", 6), 0..12)) {
        let heading = ["name", "duration", "start", "predecessors", "wbs", "progress"].map(str::to_owned).to_vec();
        let rows: Vec<Vec<String>> = std::iter::once(heading).chain(cells).collect();
        if let Ok(draft) = exchange::table::read_rows(&rows) {
            let _ = draft.starting(Minute(29_459_520)).document(ids());
        }
    }

    #[test]
    fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for name in ["a.csv", "a.xml", "a.sm"] {
            let _ = exchange::read(name, &bytes);
        }
    }
}
