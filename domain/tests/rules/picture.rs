//! The chart as a picture, and as a calendar.

use chrono::DateTime;
use domain::{
    CalendarId, Minute, ProjectId, UserId,
    projects::{
        document::PlanDocument,
        exchange::{
            ical::{self, FeedPlan},
            paper::{Fit, Orientation, Paper, PictureOptions, Zoom},
            picture::{Picture, TitleBlock},
            template::built_in,
        },
        operation::{Operation, TaskDraft},
        plan::TaskKind,
        schedule::Schedule,
        view::NewProject,
    },
};
use uuid::Uuid;

fn at(text: &str) -> Minute {
    text.parse().expect("a date")
}

/// A plan of `rows` tasks of a day each, one a day later than the other.
fn plan(rows: u128) -> (PlanDocument, Schedule) {
    let new =
        NewProject { name: "Die <7> & \"sons\"".to_owned(), start: at("2026-01-05T08:00"), ..NewProject::default() };
    let mut plan =
        PlanDocument::create(ProjectId(Uuid::from_u128(1)), CalendarId(Uuid::from_u128(2)), "P-1".to_owned(), new)
            .expect("a project");
    let mut tasks = Vec::new();
    for number in 0..rows {
        let draft = TaskDraft { name: format!("Task {number} <冲压>"), manual_start: None, ..TaskDraft::default() };
        tasks.push(draft.record(
            domain::TaskId(Uuid::from_u128(100 + number)),
            None,
            i64::try_from(number).expect("few") * 1_000,
        ));
    }
    plan.apply(&Operation::Import { tasks, links: vec![], calendars: vec![] }).expect("rows");
    let schedule = plan.schedule().expect("dates");
    (plan, schedule)
}

fn title() -> TitleBlock {
    TitleBlock { organization: "Acme".to_owned(), now: at("2026-01-06T12:00"), as_of: None }
}

fn nobody(_: UserId) -> Option<String> {
    None
}

#[test]
fn every_page_of_every_template_is_well_formed_and_always_the_same() {
    for template in built_in() {
        let schedule = template.plan.schedule().expect("dates");
        for fit in [Fit::Width, Fit::Page, Fit::None] {
            for paper in [None, Some(Paper::A4), Some(Paper::A1), Some(Paper::Letter)] {
                for orientation in [Orientation::Landscape, Orientation::Portrait] {
                    let options = PictureOptions { paper, orientation, fit, ..PictureOptions::default() };
                    let picture =
                        Picture::new(&template.plan, &schedule, nobody, title(), &options).expect("a picture");
                    for page in 0..picture.pages() {
                        let svg = picture.page(page).expect("a page");
                        roxmltree::Document::parse(&svg).expect("well formed");
                        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{}", template.slug);
                        assert_eq!(picture.page(page).as_deref(), Some(svg.as_str()));
                    }
                    assert_eq!(picture.page(picture.pages()), None);
                }
            }
        }
    }
}

#[test]
fn every_row_is_on_exactly_one_page_beside_each_piece_of_time() {
    let (plan, schedule) = plan(100);
    let options = PictureOptions { paper: Some(Paper::A4), ..PictureOptions::default() };
    let picture = Picture::new(&plan, &schedule, nobody, title(), &options).expect("a picture");
    let pages: Vec<String> = (0..picture.pages()).filter_map(|page| picture.page(page)).collect();
    assert!(pages.len() > 2, "{}", pages.len());
    for number in 0..100 {
        let name = format!(">Task {number} &lt;冲压&gt;<");
        assert_eq!(pages.iter().filter(|page| page.contains(&name)).count(), 1, "{name}");
    }
    assert!(pages.iter().all(|page| page.contains("Die &lt;7&gt; &amp;") && page.contains(">January 2026<")));
    assert!(pages[0].contains("Page 1 of"));

    let tiled = PictureOptions { fit: Fit::None, zoom: Some(Zoom::Day), to: Some(at("2026-06-01")), ..options };
    let picture = Picture::new(&plan, &schedule, nobody, title(), &tiled).expect("a picture");
    let named = (0..picture.pages()).filter_map(|page| picture.page(page)).filter(|page| page.contains(">Task 3 &lt;"));
    assert!(named.count() > 3, "the table stands beside each piece of time");
}

#[test]
fn what_cannot_be_drawn_says_what_would_help() {
    let (plan, schedule) = plan(2_000);
    let refused = |options: PictureOptions| {
        let fault = Picture::new(&plan, &schedule, nobody, title(), &options).expect_err("too much");
        (fault.fields[0].field.clone(), fault.fields[0].message.clone())
    };
    let a4 = PictureOptions { paper: Some(Paper::A4), ..PictureOptions::default() };
    let (field, message) = refused(PictureOptions { fit: Fit::Page, ..a4 });
    assert_eq!(field, "fit");
    assert!(message.contains("2000 rows on one page of A4"), "{message}");
    let (field, message) =
        refused(PictureOptions { fit: Fit::None, zoom: Some(Zoom::Day), to: Some(at("2060-01-01")), ..a4 });
    assert_eq!(field, "fit");
    assert!(message.contains("pages; 400 is the limit"), "{message}");
    assert_eq!(refused(PictureOptions { to: Some(at("2026-01-01")), from: Some(at("2026-02-01")), ..a4 }).0, "to");
    assert_eq!(refused(PictureOptions { from: Some(at("1970-01-01")), to: Some(at("2199-01-01")), ..a4 }).0, "from");
}

#[test]
fn a_calendar_has_whole_days_moments_and_times() {
    let (mut plan, _) = plan(2);
    let milestone =
        TaskDraft { name: "Ready, at last; really".to_owned(), kind: TaskKind::Milestone, ..TaskDraft::default() };
    let hours = TaskDraft { name: "Set up".to_owned(), duration: 120, ..TaskDraft::default() };
    for (number, draft) in [(200_u128, milestone), (201, hours)] {
        let id = domain::TaskId(Uuid::from_u128(number));
        plan.apply(&Operation::AddTask { id, parent_id: None, after: None, task: Box::new(draft) }).expect("a row");
    }
    let schedule = plan.schedule().expect("dates");
    let feed = FeedPlan {
        document: &plan,
        schedule: &schedule,
        changed: DateTime::from_timestamp(1_767_600_000, 0).expect("an instant"),
    };
    let text = ical::write("Die 7", [feed], |_| true, |project| format!("https://takt.example/projects/{project}"));
    assert!(text.ends_with("END:VCALENDAR\r\n") && text.split("\r\n").all(|line| line.len() <= 75));
    let plain = text.replace("\r\n ", "");
    assert!(plain.contains("DTSTART;VALUE=DATE:20260105\r\nDTEND;VALUE=DATE:20260106\r\n"), "{plain}");
    assert!(plain.contains("DTSTART:20260105T080000\r\nSUMMARY:Ready\\, at last\\; really\r\n"), "{plain}");
    assert!(plain.contains("DTSTART:20260105T080000\r\nDTEND:20260105T100000\r\nSUMMARY:Set up\r\n"), "{plain}");
    assert_eq!(plain.matches("BEGIN:VEVENT").count(), 4);
    let none = ical::write("Die 7", [feed], |_| false, |_| String::new());
    assert_eq!(none.matches("BEGIN:VEVENT").count(), 0);
}
