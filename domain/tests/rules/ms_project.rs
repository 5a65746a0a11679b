//! Files with the shapes that MS Project writes: they are read as a whole, and their dates come out as it found them.

use domain::{
    Minute,
    projects::{
        document::PlanDocument,
        exchange::{self, PlanDraft, export, staff::Register},
        plan::{ConstraintKind, LagUnit, TaskKind},
        schedule::Schedule,
    },
};

use super::import::ids;

fn at(text: &str) -> Minute {
    text.parse().expect("a date")
}

/// A file that starts on Monday, 5 January 2026.
fn file(calendars: &str, tasks: &str, rest: &str) -> PlanDraft {
    let text = format!(
        "<Project><StartDate>2026-01-05T08:00:00</StartDate><CalendarUID>1</CalendarUID><Calendars><Calendar><UID>1</UID>\
         <Name>Standard</Name></Calendar>{calendars}</Calendars><Tasks>{tasks}</Tasks>{rest}</Project>"
    );
    let draft = exchange::mspdi::read(&text).expect("a file");
    assert_eq!(draft.problems, [], "everything is read");
    draft
}

fn task(uid: u32, duration: &str, rest: &str) -> String {
    format!("<Task><UID>{uid}</UID><ID>{uid}</ID><Name>T{uid}</Name><Duration>{duration}</Duration>{rest}</Task>")
}

fn dates(start: &str, finish: &str) -> String {
    format!("<Start>2026-{start}:00</Start><Finish>2026-{finish}:00</Finish>")
}

fn after(uid: u32) -> String {
    format!("<PredecessorLink><PredecessorUID>{uid}</PredecessorUID><Type>1</Type></PredecessorLink>")
}

fn notes(draft: &PlanDraft) -> Vec<String> {
    draft.notes.iter().map(|note| format!("{} {}: {}", note.row, note.column, note.reason)).collect()
}

fn plan(draft: PlanDraft) -> (PlanDocument, Schedule) {
    let plan = draft.document(ids()).expect("a plan");
    let schedule = plan.schedule().expect("a schedule");
    (plan, schedule)
}

/// `01-05T08:00 to 01-05T17:00`, row by row.
fn shown(schedule: &Schedule) -> Vec<String> {
    let moment = |at: Minute| at.datetime().format("%m-%dT%H:%M").to_string();
    schedule.tasks.iter().map(|slot| format!("{} to {}", moment(slot.start), moment(slot.finish))).collect()
}

/// Monday to Friday from 22:00 to 06:00, for a resource called Night, and Day, who is off on Tuesday, 6 January.
fn staff(assigned: &str) -> (String, String) {
    let time = |from: &str, to: &str| {
        format!("<WorkingTime><FromTime>{from}:00</FromTime><ToTime>{to}:00</ToTime></WorkingTime>")
    };
    let day = |kind: usize, times: String| {
        format!(
            "<WeekDay><DayType>{kind}</DayType><DayWorking>1</DayWorking><WorkingTimes>{times}</WorkingTimes></WeekDay>"
        )
    };
    let early = time("00:00", "06:00");
    let (late, whole) = (time("22:00", "00:00"), early.clone() + &time("22:00", "00:00"));
    let week = day(2, late) + &(3..=6).map(|kind| day(kind, whole.clone())).collect::<String>() + &day(7, early);
    let off = "<Exceptions><Exception><TimePeriod><FromDate>2026-01-06T00:00:00</FromDate><ToDate>2026-01-06T23:59:00\
        </ToDate></TimePeriod><Type>1</Type><DayWorking>0</DayWorking></Exception></Exceptions>";
    let own = |uid: usize, name: &str, base: usize, rest: &str| {
        format!(
            "<Calendar><UID>{uid}</UID><Name>{name}</Name><IsBaseCalendar>0</IsBaseCalendar>\
             <BaseCalendarUID>{base}</BaseCalendarUID>{rest}</Calendar>"
        )
    };
    let shift = format!("<Calendar><UID>2</UID><Name>Night shift</Name><WeekDays>{week}</WeekDays></Calendar>");
    let calendars = shift + &own(3, "Night", 2, "") + &own(4, "Day", 1, off);
    let resource = |uid: usize, name: &str, calendar: usize| {
        format!("<Resource><UID>{uid}</UID><Name>{name}</Name><CalendarUID>{calendar}</CalendarUID></Resource>")
    };
    let resources = resource(1, "Night", 3) + &resource(2, "Day", 4);
    (calendars, format!("<Resources>{resources}</Resources><Assignments>{assigned}</Assignments>"))
}

fn assigned(task: u32, resource: u32) -> String {
    format!("<Assignment><TaskUID>{task}</TaskUID><ResourceUID>{resource}</ResourceUID><Units>1</Units></Assignment>")
}

#[test]
fn a_task_works_when_those_on_it_do() {
    let tasks = [
        task(1, "PT16H0M0S", &dates("01-05T22:00", "01-07T06:00")),
        task(2, "PT16H0M0S", &dates("01-05T08:00", "01-07T17:00")),
        // Day and night together: a shift on Monday, its night, and half of what Tuesday night has.
        task(3, "PT20H0M0S", &dates("01-05T08:00", "01-07T02:00")),
        // Whoever is on it makes no difference to these dates.
        task(4, "PT8H0M0S", &dates("01-05T08:00", "01-05T17:00")),
        task(
            5,
            "PT8H0M0S",
            &(dates("01-05T08:00", "01-05T17:00")
                + "<CalendarUID>1</CalendarUID>\
            <IgnoreResourceCalendar>1</IgnoreResourceCalendar>"),
        ),
    ];
    let all = [(1, 1), (2, 2), (3, 1), (3, 2), (4, 2), (5, 1)].map(|(task, resource)| assigned(task, resource));
    let (calendars, staff) = staff(&all.concat());
    let draft = file(&calendars, &tasks.concat(), &staff);
    assert_eq!(
        notes(&draft),
        [
            "0 CalendarUID: MS Project has row 1 work when those on it do; here it has the calendar Working time of Night",
            "0 CalendarUID: MS Project has row 2 work when those on it do; here it has the calendar Working time of Day",
            "0 CalendarUID: MS Project has row 3 work when those on it do; here it has the calendar Working time of Night, Day",
        ]
    );
    let (plan, schedule) = plan(draft);
    assert_eq!(
        shown(&schedule),
        [
            "01-05T22:00 to 01-07T06:00",
            "01-05T08:00 to 01-07T17:00",
            "01-05T08:00 to 01-07T02:00",
            "01-05T08:00 to 01-05T17:00",
            "01-05T08:00 to 01-05T17:00",
        ]
    );
    assert_eq!(plan.tasks.iter().filter(|task| task.calendar_id.is_none()).count(), 1);
}

#[test]
fn what_stands_before_the_start_of_the_project_stays_there() {
    let early = "<ConstraintType>4</ConstraintType><ConstraintDate>2025-12-29T08:00:00</ConstraintDate>";
    let tasks = [
        task(1, "PT8H0M0S", &format!("<Start>2025-12-29T08:00:00</Start><Finish>2025-12-29T17:00:00</Finish>{early}")),
        task(
            2,
            "PT8H0M0S",
            &format!("<Start>2025-12-30T08:00:00</Start><Finish>2025-12-30T17:00:00</Finish>{}", after(1)),
        ),
        task(3, "PT8H0M0S", &dates("01-05T08:00", "01-05T17:00")),
        task(4, "PT8H0M0S", &(dates("01-06T08:00", "01-06T17:00") + &after(3))),
    ];
    let draft = file("", &tasks.concat(), "");
    assert_eq!(
        notes(&draft),
        [
            "0 StartDate: rows stand before 2026-01-05 08:00, the start of the file, so the plan starts on 2025-12-29 08:00; \
          the row that hung on that start is held there"
        ]
    );
    let (plan, schedule) = plan(draft);
    assert_eq!(plan.head.start, at("2025-12-29T08:00"));
    let constraints: Vec<_> = plan.tasks.iter().map(|task| task.constraint_at).collect();
    assert_eq!(constraints, [Some(at("2025-12-29T08:00")), None, Some(at("2026-01-05T08:00")), None]);
    assert_eq!(
        shown(&schedule),
        [
            "12-29T08:00 to 12-29T17:00",
            "12-30T08:00 to 12-30T17:00",
            "01-05T08:00 to 01-05T17:00",
            "01-06T08:00 to 01-06T17:00",
        ]
    );
}

#[test]
fn what_follows_other_projects_is_held_where_it_stood() {
    let outer = "<ExternalTask>1</ExternalTask>";
    let tasks = [
        task(1, "PT8H0M0S", &(dates("01-05T08:00", "01-06T17:00") + outer)),
        task(2, "PT8H0M0S", &(dates("01-08T08:00", "01-08T17:00") + &after(1))),
        task(
            3,
            "PT8H0M0S",
            &(dates("01-09T08:00", "01-09T17:00")
                + "<PredecessorLink><PredecessorUID>900</PredecessorUID>\
            <CrossProject>1</CrossProject></PredecessorLink>"),
        ),
        // A project that was inserted: its rows are in a file of their own.
        task(4, "PT16H0M0S", &(dates("01-12T08:00", "01-13T17:00") + "<Summary>1</Summary>")),
    ];
    let draft = file("", &tasks.concat(), "");
    assert_eq!(
        notes(&draft),
        [
            "1 ExternalTask: the task of another project is left out",
            "4 Summary: the rows below it are not in the file; it is read as one task",
            "2 PredecessorUID: the predecessor is in another project; the link is left out",
            "3 PredecessorUID: the predecessor is in another project; the link is left out",
            "2 Start: it follows what is not in the file and is held where it starts there",
            "3 Start: it follows what is not in the file and is held where it starts there",
            "4 Start: it follows what is not in the file and is held where it starts there",
        ]
    );
    let (plan, schedule) = plan(draft);
    assert!(plan.tasks.iter().all(|task| task.constraint == ConstraintKind::StartNoEarlierThan));
    assert_eq!(plan.tasks[2].kind, TaskKind::Task);
    let told = ["01-08T08:00 to 01-08T17:00", "01-09T08:00 to 01-09T17:00", "01-12T08:00 to 01-13T17:00"];
    assert_eq!(shown(&schedule), told);
}

#[test]
fn lags_in_percent_become_minutes() {
    let lag = |number: i64, format: u8| {
        format!(
            "<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type><LinkLag>{number}</LinkLag>\
             <LagFormat>{format}</LagFormat></PredecessorLink>"
        )
    };
    let tasks = [
        task(1, "PT16H0M0S", ""),
        task(2, "PT8H0M0S", &lag(50, 19)),
        task(3, "PT8H0M0S", &lag(-25, 51)),
        task(4, "PT8H0M0S", &lag(10, 20)),
        task(5, "PT8H0M0S", &lag(0, 19)),
    ];
    let draft = file("", &tasks.concat(), "");
    assert_eq!(
        notes(&draft),
        [
            "2 LinkLag: 50 % of the predecessor are read as 480 minutes",
            "3 LinkLag: -25 % of the predecessor are read as -240 minutes",
            "4 LinkLag: 10 % of the predecessor are read as 96 minutes",
        ]
    );
    let (plan, _) = plan(draft);
    let lags: Vec<_> = plan.links.iter().map(|link| (link.lag_minutes, link.lag_unit)).collect();
    let working = |minutes| (minutes, LagUnit::Working);
    assert_eq!(lags, [working(480), working(-240), (96, LagUnit::Elapsed), working(0)]);
}

#[test]
fn names_that_are_missing_or_too_long_lose_no_row() {
    let long = "a".repeat(255);
    let tasks = [
        "<Task><UID>7</UID><ID>1</ID><Duration>PT8H0M0S</Duration></Task>".to_owned(),
        format!("<Task><UID>8</UID><ID>2</ID><Name>{long}</Name><Duration>PT8H0M0S</Duration></Task>"),
        task(3, "PT8H0M0S", "<CalendarUID>99</CalendarUID>"),
    ];
    let draft = file("", &tasks.concat(), "");
    assert_eq!(
        notes(&draft),
        [
            "1 Name: the task has no name; it is called Task 1 here",
            "2 Name: what stands behind 200 characters is left out",
            "3 CalendarUID: calendar 99 is not in the file; the project's calendar takes its place",
        ]
    );
    let (plan, _) = plan(draft);
    let names: Vec<usize> = plan.tasks.iter().map(|task| task.name.len()).collect();
    assert_eq!((names, plan.tasks[0].name.as_str()), (vec![6, 200, 2], "Task 1"));
}

#[test]
fn dates_that_come_out_otherwise_are_noted() {
    let tasks = [
        task(1, "PT8H0M0S", &dates("01-05T08:00", "01-05T17:00")),
        // Friday evening and Monday morning are one moment, and a minute is what seconds may come to.
        task(2, "PT40H0M0S", &dates("01-05T08:00", "01-12T08:00")),
        task(3, "PT0H59M42S", &dates("01-05T08:00", "01-05T08:59")),
        task(4, "PT8H0M0S", &dates("01-07T08:00", "01-07T17:00")),
    ];
    let draft = file("", &tasks.concat(), "");
    assert_eq!(
        notes(&draft),
        [
            "3 Duration: plans count minutes; the seconds are rounded",
            "4 Start: comes out at 2026-01-05 08:00 to 2026-01-05 17:00; MS Project has 2026-01-07 08:00 to 2026-01-07 17:00",
        ]
    );
}

#[test]
fn of_several_exceptions_on_a_day_the_rarest_counts() {
    let exception = |rule: &str, from: &str, to: &str, works: bool| {
        let times = "<WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>10:00:00</ToTime></WorkingTime></WorkingTimes>";
        format!(
            "<Exception><TimePeriod><FromDate>2026-{from}T00:00:00</FromDate><ToDate>2026-{to}T23:59:00</ToDate></TimePeriod>\
             {rule}<DayWorking>{}</DayWorking>{}</Exception>",
            u8::from(works),
            if works { times } else { "" }
        )
    };
    let fridays = "<Type>6</Type><Period>1</Period><DaysOfWeek>32</DaysOfWeek>";
    let ninth = "<Type>4</Type><Period>1</Period><MonthDay>9</MonthDay>";
    let weeks = "<WorkWeeks><WorkWeek><TimePeriod><FromDate>2026-01-01T00:00:00</FromDate><ToDate>2026-01-31T23:59:00\
        </ToDate></TimePeriod><WeekDays><WeekDay><DayType>6</DayType><DayWorking>0</DayWorking></WeekDay></WeekDays>\
        </WorkWeek></WorkWeeks>";
    let exceptions = [
        exception("<Type>1</Type>", "01-23", "01-23", false),
        exception(ninth, "01-01", "02-28", false),
        exception(fridays, "01-09", "01-30", true),
    ];
    let calendars = format!(
        "<Calendar><UID>2</UID><Name>Below</Name><Exceptions>{}</Exceptions></Calendar><Calendar><UID>3</UID>\
         <Name>Above</Name><BaseCalendarUID>2</BaseCalendarUID>{weeks}</Calendar>",
        exceptions.concat()
    );
    let (plan, _) = plan(file(&calendars, &task(1, "PT8H0M0S", "<CalendarUID>3</CalendarUID>"), ""));
    let above = plan.calendars.iter().find(|record| record.name == "Above").expect("a calendar");
    let works = |day: &str| above.calendar.windows(at(&format!("2026-{day}"))).len();
    // No weeks of the calendar above undo an exception below.
    assert_eq!(["01-02", "01-09", "01-16", "01-23", "01-30", "02-06", "02-09"].map(works), [0, 0, 1, 0, 1, 2, 0]);
}

/// The file as it goes out again.
fn out(draft: PlanDraft) -> String {
    let (plan, schedule) = plan(draft);
    let text = export::mspdi::write(&plan, &schedule, &Register::default(), &[]);
    super::staff_in_files::stands_in_the_order_of_the_schema(&text);
    text
}

#[test]
fn what_is_done_goes_out_as_the_work_of_somebody_or_nobody() {
    let tasks = [
        task(1, "PT8H0M0S", "<PercentComplete>50</PercentComplete>"),
        task(2, "PT8H0M0S", ""),
        task(3, "PT0H0M0S", "<Milestone>1</Milestone><PercentComplete>100</PercentComplete>"),
        task(4, "PT8H0M0S", "<Manual>1</Manual><ManualStart>2026-01-07T08:00:00</ManualStart>"),
    ];
    let text = out(file("", &tasks.concat(), ""));
    for element in [
        "<ActualDuration>PT4H0M0S</ActualDuration><RemainingDuration>PT4H0M0S</RemainingDuration>",
        "<TaskUID>1</TaskUID><ResourceUID>-65535</ResourceUID><PercentWorkComplete>50</PercentWorkComplete>\
         <ActualStart>2026-01-05T08:00:00</ActualStart><ActualWork>PT4H0M0S</ActualWork>",
        "<TaskUID>3</TaskUID><ResourceUID>-65535</ResourceUID><PercentWorkComplete>100</PercentWorkComplete>\
         <ActualFinish>2026-01-05T08:00:00</ActualFinish>",
        "<ManualStart>2026-01-07T08:00:00</ManualStart><ManualFinish>2026-01-07T17:00:00</ManualFinish>\
         <ManualDuration>PT8H0M0S</ManualDuration>",
    ] {
        assert!(text.contains(element), "{element}\n{text}");
    }
    assert!(!text.contains("<TaskUID>2<") && !text.contains("<TaskUID>4<"), "{text}");
}

#[test]
fn ms_project_is_told_that_a_plan_counts_backward() {
    let text = "<Project><ScheduleFromStart>0</ScheduleFromStart><StartDate>2026-01-05T08:00:00</StartDate>\
        <FinishDate>2026-02-27T17:00:00</FinishDate><Tasks><Task><UID>1</UID><Name>Mill</Name><Duration>PT8H0M0S</Duration>\
        <ConstraintType>1</ConstraintType></Task></Tasks></Project>";
    let draft = exchange::mspdi::read(text).expect("a file");
    let text = out(draft.clone());
    assert!(text.contains("<ConstraintType>1</ConstraintType>"), "as late as possible: {text}");
    assert_eq!(plan(draft).0.tasks[0].constraint, ConstraintKind::AsSoonAsPossible, "here that goes without saying");
}

#[test]
fn names_of_calendars_fit_ms_project() {
    let named = |uid: u32, name: &str| {
        let off = format!("<WeekDay><DayType>{uid}</DayType><DayWorking>0</DayWorking></WeekDay>");
        format!("<Calendar><UID>{uid}</UID><Name>{name}</Name><WeekDays>{off}</WeekDays></Calendar>")
    };
    let long = "Shift ".repeat(10);
    let calendars = named(2, &long) + &named(3, &long) + &named(4, "standard");
    let text = out(file(&calendars, &task(1, "PT8H0M0S", ""), ""));
    let draft = exchange::mspdi::read(&text).expect("a file");
    let (plan, _) = plan(draft);
    let names: Vec<&str> = plan.calendars.iter().map(|record| record.name.as_str()).collect();
    let cut = &long[..51];
    assert_eq!(names, ["Standard", cut, &format!("{} 2", &long[..49]), "standard 2"]);
}
