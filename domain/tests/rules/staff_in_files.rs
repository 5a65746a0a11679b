//! Who and what works, as files say it: of MS Project, of ours, and of ours after somebody has changed them there.

use domain::{
    Minute, ResourceId, TaskId, UserId,
    projects::{
        baseline::{Baseline, BaselineHead, BaselineTask},
        document::PlanDocument,
        exchange::{
            self, PlanDraft, export,
            levelled::LevelReport,
            staff::{Known, Register, ResourceDraft},
            table,
        },
        level::LevelOptions,
        operation::{Operation, TaskPatch},
        plan::Split,
        resource::{Assignment, ResourceKind, ResourceRecord},
        view::ImportProblem,
    },
};
use uuid::Uuid;

use super::{export::register, import::ids};

fn presses() -> PlanDraft {
    exchange::mspdi::read(include_str!("../fixtures/presses.xml")).expect("a file")
}

fn at(text: &str) -> Minute {
    text.parse().expect("a date")
}

fn said(problems: &[ImportProblem]) -> Vec<String> {
    problems.iter().map(|problem| format!("{} {}: {}", problem.row, problem.column, problem.reason)).collect()
}

/// Elements in the order of Microsoft's schema, as far as we write them. MS Project refuses a file that has them
/// otherwise.
const ORDERS: [(&str, &str); 9] = [
    (
        "Task",
        "UID ID Name Active Manual Type IsNull WBS OutlineNumber OutlineLevel Priority Start Finish Duration ManualStart \
         ManualFinish ManualDuration DurationFormat EffortDriven Milestone Summary Critical EarlyStart EarlyFinish LateStart LateFinish FreeSlack \
         TotalSlack PercentComplete ActualStart ActualFinish ActualDuration RemainingDuration ConstraintType CalendarUID ConstraintDate Deadline \
         LevelingCanSplit LevelingDelay LevelingDelayFormat IgnoreResourceCalendar Notes PredecessorLink \
         ExtendedAttribute Baseline",
    ),
    ("Resource", "UID ID Name Type Group MaxUnits CanLevel CalendarUID ExtendedAttribute"),
    (
        "Assignment",
        "UID TaskUID ResourceUID PercentWorkComplete ActualFinish ActualStart ActualWork Finish RemainingWork Start Units Work WorkContour ExtendedAttribute \
         TimephasedData",
    ),
    ("Calendar", "UID Name IsBaseCalendar BaseCalendarUID WeekDays Exceptions"),
    ("Exception", "EnteredByOccurrences TimePeriod Occurrences Name Type DayWorking WorkingTimes"),
    ("PredecessorLink", "PredecessorUID Type CrossProject LinkLag LagFormat"),
    ("Baseline", "Number Start Finish Duration DurationFormat"),
    ("TimephasedData", "Type UID Start Finish Unit Value"),
    (
        "Project",
        "SaveVersion Name Title ScheduleFromStart StartDate FinishDate CalendarUID MinutesPerDay MinutesPerWeek \
         DaysPerMonth NewTasksAreManual ExtendedAttributes Calendars Tasks Resources Assignments",
    ),
];

/// Panics where MS Project would refuse the file.
pub fn stands_in_the_order_of_the_schema(text: &str) {
    let document = roxmltree::Document::parse(text).expect("XML");
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let Some((name, order)) = ORDERS.iter().find(|(name, _)| node.tag_name().name() == *name) else { continue };
        let order: Vec<&str> = order.split_whitespace().collect();
        let place = |child: &str| order.iter().position(|known| *known == child);
        let children =
            node.children().filter(roxmltree::Node::is_element).map(|child| child.tag_name().name().to_owned());
        let places: Vec<usize> =
            children.map(|child| place(&child).unwrap_or_else(|| panic!("{name} has no {child}"))).collect();
        assert!(places.is_sorted(), "{name}: {places:?}");
    }
}

/// Everybody is somebody and every machine is there; the ids count from 1.
fn everything(draft: &mut PlanDraft) -> Vec<ResourceRecord> {
    let mut known: Vec<ResourceRecord> = Vec::new();
    draft.assign(|wanted| {
        let id = Uuid::from_u128(known.len() as u128 + 1);
        let kind = wanted.kind.unwrap_or_default();
        known.push(wanted.record(ResourceId(id), kind));
        Some(if kind == ResourceKind::Person { Known::Person(UserId(id)) } else { Known::Resource(ResourceId(id)) })
    });
    known
}

fn pause(after_minutes: i64, pause_minutes: i64) -> Split {
    Split { after_minutes, pause_minutes }
}

#[test]
fn resources_of_ms_project_are_read_with_how_much_and_when() {
    let draft = presses();
    let told: Vec<_> = draft
        .resources()
        .iter()
        .map(|ResourceDraft { name, email, kind, capacity, calendar }| {
            (name.as_str(), email.as_deref(), *kind, *capacity, calendar.is_some())
        })
        .collect();
    assert_eq!(
        told,
        [
            ("Ann", Some("ann@acme.example"), None, Some(100), false),
            ("Press 1", None, Some(ResourceKind::Machine), Some(250), true),
            ("Bo", None, None, Some(50), true),
            ("Cy", None, None, None, false),
        ]
    );
    let night = draft.resources()[1].calendar.as_ref().expect("a calendar");
    assert_eq!((night.week[0][0].from, night.week[0][0].to), (1_080, 1_440));
    let mut draft = draft;
    everything(&mut draft);
    let plan = draft.clone().document(ids()).expect("a plan");
    let named: Vec<&str> = plan.calendars.iter().map(|record| record.name.as_str()).collect();
    assert_eq!(named, ["Standard", "Working time of Bo"], "the night shift is the press's");
    let (ann, press) = (Uuid::from_u128(1), Uuid::from_u128(2));
    assert_eq!(plan.tasks[0].assignees, [UserId(ann)]);
    let need = |id: Uuid, units: i64| Assignment { resource_id: ResourceId(id), units };
    assert_eq!(plan.tasks[0].assignments, [need(ann, 50), need(press, 125)]);
    assert_eq!((plan.tasks[3].assignees.len(), plan.tasks[3].assignments[0].units), (1, 33));
    assert_eq!(
        said(&draft.notes),
        [
            "0 Resources: plans here have no material and no cost; left out: Steel, Travel",
            "0 Assignments: '0' units of Press 1 on task 2 are left out",
            "0 Assignments: 0.333 units of Bo are read in whole percent",
            "0 Assignments: resource 77 is not in the file; assignments of it that are left out: 1",
            "0 CalendarUID: MS Project has row 5 work when those on it do; here it has the calendar Working time of Bo",
            "0 : no task of the file needs Cy; they are left out",
        ]
    );
}

#[test]
fn what_ms_project_split_levelled_and_locked_stays_so() {
    let mut draft = presses();
    everything(&mut draft);
    assert_eq!(draft.baselines().iter().map(|baseline| baseline.name.as_str()).collect::<Vec<_>>(), ["Baseline"]);
    let plan = draft.document(ids()).expect("a plan");
    let [split, levelled, stopped, away] = &plan.tasks[..] else { panic!("four rows") };
    assert_eq!(split.splits, [pause(480, 480)]);
    assert_eq!((levelled.level_from, levelled.locked, levelled.priority), (Some(at("2026-01-08T08:00")), true, 1_000));
    assert_eq!(stopped.splits, [pause(240, 240)]);
    assert_eq!(away.splits, [], "whoever is on the task is not there on Wednesday; the task does not pause");
    let schedule = plan.schedule().expect("a schedule");
    let finishes: Vec<Minute> = schedule.tasks.iter().map(|slot| slot.finish).collect();
    let told = ["2026-01-07T12:00", "2026-01-08T17:00", "2026-01-06T12:00", "2026-01-08T17:00"].map(at);
    assert_eq!(finishes, told, "as the file says");
}

/// A task of two days on half a press, with a pause, locked and levelled.
fn ours() -> (PlanDocument, String) {
    let mut draft = table::read_csv("name,start\nPress,2026-01-05\n").expect("a table");
    draft.assign(|_| None);
    let mut plan = draft.document(ids()).expect("a plan");
    let patch = TaskPatch {
        duration: Some(960),
        splits: Some(vec![pause(240, 480)]),
        locked: Some(true),
        priority: Some(700),
        level_from: Some(Some(at("2026-01-08T08:00"))),
        assignments: Some(vec![Assignment { resource_id: ResourceId(Uuid::from_u128(101)), units: 50 }]),
        ..TaskPatch::default()
    };
    let id = plan.tasks[0].id;
    plan.apply(&Operation::EditTask { id, version: None, patch: Box::new(patch) }).expect("edited");
    let schedule = plan.schedule().expect("a schedule");
    let text = export::mspdi::write(&plan, &schedule, &register(), &[]);
    (plan, text)
}

fn back(text: &str) -> (PlanDocument, Vec<String>) {
    let mut draft = exchange::mspdi::read(text).expect("a file");
    assert_eq!(said(&draft.problems), [""; 0]);
    let register = register();
    draft.assign(|wanted| register.find(wanted));
    let notes = said(&draft.notes);
    (draft.document(ids()).expect("a plan"), notes)
}

#[test]
fn ms_project_reads_the_same_in_its_own_words() {
    let (_, text) = ours();
    for element in [
        "<Priority>1000</Priority>",
        "<FieldID>188743737</FieldID><Value>700</Value>",
        "<LevelingCanSplit>0</LevelingCanSplit><LevelingDelay>43200</LevelingDelay><LevelingDelayFormat>8</LevelingDelayFormat>",
        "<Group>Machine</Group><MaxUnits>2.75</MaxUnits><CanLevel>1</CanLevel><CalendarUID>3</CalendarUID>",
        "<UID>3</UID><Name>Press 1</Name><IsBaseCalendar>0</IsBaseCalendar><BaseCalendarUID>2</BaseCalendarUID>",
        "<RemainingWork>PT8H0M0S</RemainingWork><Start>2026-01-08T08:00:00</Start><Units>0.5</Units><Work>PT8H0M0S</Work><WorkContour>8</WorkContour>",
        "<Type>1</Type><UID>1</UID><Start>2026-01-08T08:00:00</Start><Finish>2026-01-08T12:00:00</Finish><Unit>2</Unit><Value>PT2H0M0S</Value>",
        "<Type>1</Type><UID>1</UID><Start>2026-01-08T12:00:00</Start><Finish>2026-01-09T13:00:00</Finish><Unit>2</Unit><Value>PT0H0M0S</Value>",
        "<FieldID>188743740</FieldID><Value>8h after 4h</Value>",
    ] {
        assert!(text.contains(element), "{element}\n{text}");
    }
}

#[test]
fn what_was_changed_in_ms_project_counts_and_is_noted() {
    let (plan, text) = ours();
    let (same, notes) = back(&text);
    assert_eq!((&same.tasks[0].splits, same.tasks[0].level_from), (&plan.tasks[0].splits, plan.tasks[0].level_from));
    assert_eq!(notes, [""; 0]);
    // The pause was taken out, and levelling cleared.
    let gap = text.find("<Start>2026-01-08T12:00:00</Start><Finish>2026-01-09T13:00:00</Finish>").expect("the pause");
    let zero = gap + text[gap..].find("PT0H0M0S").expect("no work");
    let edited = format!("{}PT4H0M0S{}", &text[..zero], &text[zero + 8..]);
    let edited =
        edited.replace("<LevelingDelay>43200<", "<LevelingDelay>0<").replace("<Priority>1000<", "<Priority>600<");
    let (changed, notes) = back(&edited);
    let task = &changed.tasks[0];
    assert_eq!((task.splits.len(), task.level_from, task.locked, task.priority), (0, None, false, 600));
    let told = ["pauses have been changed", "levelled anew", "comes out at 2026-01-05 08:00"];
    assert!(notes.len() == 3 && notes.iter().zip(told).all(|(note, told)| note.contains(told)), "{notes:?}");
}

#[test]
fn baselines_travel_by_name_and_number() {
    let (plan, _) = ours();
    let taken = |number: u128, name: &str, start: &str| {
        let row = BaselineTask {
            task_id: plan.tasks[0].id,
            start: at(start),
            finish: at("2026-02-02T17:00"),
            duration_minutes: 485,
        };
        let head = BaselineHead {
            id: domain::BaselineId(Uuid::from_u128(number)),
            name: name.to_owned(),
            taken_at: chrono::DateTime::UNIX_EPOCH,
            taken_by: String::new(),
            revision: 1,
            finish: row.finish,
            tasks: 1,
            version: 1,
        };
        Baseline { head, rows: vec![row] }
    };
    let all = [taken(2, "Ordered, again", "2026-01-12T08:00"), taken(1, "As ordered", "2026-01-05T08:00")];
    let text = export::mspdi::write(&plan, &plan.schedule().expect("a schedule"), &register(), &all);
    stands_in_the_order_of_the_schema(&text);
    let draft = exchange::mspdi::read(&text).expect("a file");
    let read = draft.baselines();
    assert_eq!(
        read.iter().map(|baseline| baseline.name.as_str()).collect::<Vec<_>>(),
        ["Ordered, again", "As ordered"]
    );
    let ids: Vec<TaskId> = plan.tasks.iter().map(|task| task.id).collect();
    assert_eq!([read[0].tasks(&ids), read[1].tasks(&ids)], [all[0].rows.clone(), all[1].rows.clone()]);
}

#[test]
fn a_file_is_levelled_by_its_own_resources() {
    let task = |uid: usize| {
        format!(
            "<Task><UID>{uid}</UID><Name>T{uid}</Name><OutlineLevel>1</OutlineLevel><Duration>PT8H0M0S</Duration></Task>"
        )
    };
    let assigned = |uid: usize| {
        format!(
            "<Assignment><UID>{uid}</UID><TaskUID>{uid}</TaskUID><ResourceUID>1</ResourceUID><Units>1</Units></Assignment>"
        )
    };
    let file = |units: &str| {
        let tasks: String = (1..=4).map(task).collect();
        let assignments: String = (1..=4).map(assigned).collect();
        format!(
            "<Project><StartDate>2026-01-05T08:00:00</StartDate><Tasks>{tasks}</Tasks><Resources><Resource><UID>1</UID>\
             <Name>Presses</Name><Type>1</Type>{units}</Resource></Resources><Assignments>{assignments}</Assignments></Project>"
        )
    };
    let length = |units: &str| {
        let mut draft = exchange::mspdi::read(&file(units)).expect("a file");
        let known = everything(&mut draft);
        let plan = draft.document(ids()).expect("a plan");
        let options = LevelOptions { seed: 1, most_rounds: 20 };
        LevelReport::of_plan(&plan, &known, options, &mut || true).expect("levelled").makespan
    };
    assert_eq!(length(""), 4 * 480, "a whole where nothing is said");
    assert_eq!(length("<MaxUnits>2</MaxUnits>"), 2 * 480);
    assert_eq!(length("<MaxUnits>4.0</MaxUnits>"), 480);
}

#[test]
fn the_report_of_a_plan_that_counts_backward_tells_of_its_start() {
    let task = |uid: usize, name: &str, hours: usize| {
        format!(
            "<Task><UID>{uid}</UID><Name>{name}</Name><OutlineLevel>1</OutlineLevel><Duration>PT{hours}H</Duration></Task>"
        )
    };
    let assigned = |uid: usize| {
        format!("<Assignment><UID>{uid}</UID><TaskUID>{uid}</TaskUID><ResourceUID>1</ResourceUID></Assignment>")
    };
    let text = format!(
        "<Project><ScheduleFromStart>0</ScheduleFromStart><StartDate>2026-01-05T08:00:00</StartDate>\
         <FinishDate>2026-01-16T17:00:00</FinishDate><Tasks>{}{}</Tasks><Resources><Resource><UID>1</UID><Name>Anna</Name>\
         <Type>1</Type></Resource></Resources><Assignments>{}{}</Assignments></Project>",
        task(1, "Form", 16),
        task(2, "Cut", 8),
        assigned(1),
        assigned(2)
    );
    let mut draft = exchange::mspdi::read(&text).expect("a file");
    let known = everything(&mut draft);
    let plan = draft.document(ids()).expect("a plan");
    let options = LevelOptions { seed: 1, most_rounds: 20 };
    let report = LevelReport::of_plan(&plan, &known, options, &mut || true).expect("levelled");
    assert_eq!((report.makespan, report.lower_bound, report.length_before), (3 * 480, 3 * 480, 2 * 480));
    let table = report.table();
    assert!(table.contains("2026-01-14 08:00 to 2026-01-16 17:00"), "{table}");
    assert!(table.ends_with("start 2026-01-14 08:00 instead of 2026-01-15 08:00\n"), "{table}");
}

#[test]
fn a_table_of_ms_project_gives_people_their_tasks_and_machines_their_units() {
    let text = "Task Name,Duration,Resource Names,Pauses,Locked\nPress,2d,\"Person 1[50%],Press 1[25%];Nobody\",1d after 4h,yes\nForm,1d,Person 2[3 kg],1d after 2d,perhaps\n";
    let mut draft = table::read_csv(text).expect("a table");
    assert_eq!(said(&draft.problems), [""; 0]);
    let register = register();
    draft.assign(|wanted| register.find(wanted));
    let notes = said(&draft.notes).join("\n");
    for note in [
        "nobody here is called Nobody",
        "3 resources: '3 kg' of Person 2 is not an amount",
        "3 locked: 'perhaps' is not known",
        "3 pauses: what does not lie within the work is left out",
    ] {
        assert!(notes.contains(note), "{notes}");
    }
    let plan = draft.starting(at("2026-01-05")).document(ids()).expect("a plan");
    let id = |number: u128| Uuid::from_u128(number);
    let need = |number: u128, units: i64| Assignment { resource_id: ResourceId(id(number)), units };
    assert_eq!(plan.tasks[0].assignees, [UserId(id(1))]);
    assert_eq!(plan.tasks[0].assignments, [need(1, 50), need(101, 25)]);
    assert_eq!((plan.tasks[0].splits.clone(), plan.tasks[0].locked), (vec![pause(240, 480)], true));
    assert_eq!((plan.tasks[1].assignees.clone(), plan.tasks[1].assignments.len()), (vec![UserId(id(2))], 0));
}

#[test]
fn where_people_have_a_column_of_their_own_the_others_are_only_needed() {
    let text = "name,days,assignee,resources\nPress,1,Person 1,\"Person 2; Press 1[50%]\"\n";
    let mut draft = table::read_csv(text).expect("a table");
    let register: Register = register();
    draft.assign(|wanted| register.find(wanted));
    let plan = draft.starting(at("2026-01-05")).document(ids()).expect("a plan");
    let told: Vec<(u128, i64)> =
        plan.tasks[0].assignments.iter().map(|need| (need.resource_id.0.as_u128(), need.units)).collect();
    assert_eq!((plan.tasks[0].assignees.len(), told), (1, vec![(2, 100), (101, 50)]));
}
