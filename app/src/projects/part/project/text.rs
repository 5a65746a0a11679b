//! What is typed about a project, and what it means. Everything that is wrong is told at once.

use domain::{
    Fault, FieldFault, Minute, ProjectId, UserId,
    projects::{
        document::{ProjectHead, ProjectStatus},
        operation::ProjectPatch,
        plan::Direction,
        view::NewProject,
    },
};
use leptos::prelude::*;
use uuid::Uuid;

/// Fields of a project as they are typed.
#[derive(Clone, Copy)]
pub struct ProjectText {
    pub code: RwSignal<String>,
    pub name: RwSignal<String>,
    pub description: RwSignal<String>,
    pub start: RwSignal<String>,
    pub target: RwSignal<String>,
    pub status: RwSignal<String>,
    pub manager: RwSignal<String>,
    pub direction: RwSignal<String>,
}

impl ProjectText {
    /// As the project is.
    pub fn of(head: &ProjectHead) -> Self {
        Self {
            code: RwSignal::new(head.code.clone()),
            name: RwSignal::new(head.name.clone()),
            description: RwSignal::new(head.description.clone()),
            start: RwSignal::new(head.start.date().to_string()),
            target: RwSignal::new(written(head.target_end)),
            status: RwSignal::new(status_code(head.status).to_owned()),
            manager: RwSignal::new(head.manager_id.map(|id| id.to_string()).unwrap_or_default()),
            direction: RwSignal::new(direction_code(head.direction).to_owned()),
        }
    }

    /// A project that is not there yet, from today on.
    pub fn new(today: Minute) -> Self {
        let text = Self::of(&blank(today));
        text.code.set(String::new());
        text
    }

    /// The project as it would be.
    ///
    /// # Errors
    /// `InvalidInput` with every field.
    pub fn read(self, before: &ProjectHead) -> Result<ProjectHead, Fault> {
        self.read_coded(before, self.code.get_untracked().trim())
    }

    fn read_coded(self, before: &ProjectHead, code: &str) -> Result<ProjectHead, Fault> {
        let mut wrong = Vec::new();
        let start = typed_day("start_date", &self.start.get_untracked(), Some(before.start), &mut wrong);
        if start.is_none() && wrong.is_empty() {
            wrong.push(fault("start_date", "Say when the work starts."));
        }
        let is_start_known = wrong.is_empty();
        let target = typed_day("target_end_date", &self.target.get_untracked(), before.target_end, &mut wrong);
        let head = ProjectHead {
            code: code.to_owned(),
            name: self.name.get_untracked().trim().to_owned(),
            description: self.description.get_untracked(),
            status: status_of(&self.status.get_untracked()),
            start: start.unwrap_or(before.start),
            target_end: target,
            direction: direction_of(&self.direction.get_untracked()),
            manager_id: self.manager.get_untracked().parse::<UserId>().ok(),
            ..before.clone()
        };
        if let Err(refusal) = head.check() {
            let known: Vec<String> = wrong.iter().map(|fault| fault.field.clone()).collect();
            // Against a start that is not known no target is wrong.
            let is_news = |fault: &FieldFault| {
                !known.contains(&fault.field) && (is_start_known || fault.field != "target_end_date")
            };
            wrong.extend(refusal.fields.into_iter().filter(is_news));
        }
        Fault::collect(wrong).map(|()| head)
    }

    /// The new project; without a code it gets the next number.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_new(self) -> Result<NewProject, Fault> {
        let before = blank(Minute::default());
        let code = Some(self.code.get_untracked().trim().to_owned()).filter(|code| !code.is_empty());
        let typed = self.read_coded(&before, code.as_ref().unwrap_or(&before.code))?;
        let ProjectHead { name, start, target_end, .. } = typed;
        Ok(NewProject { name, code, start, target_end, ..NewProject::default() })
    }
}

/// The fields that differ.
pub fn changes(before: &ProjectHead, after: &ProjectHead) -> ProjectPatch {
    fn new<T: PartialEq + Clone>(before: &T, after: &T) -> Option<T> {
        (before != after).then(|| after.clone())
    }
    ProjectPatch {
        code: new(&before.code, &after.code),
        name: new(&before.name, &after.name),
        description: new(&before.description, &after.description),
        status: new(&before.status, &after.status),
        start: new(&before.start, &after.start),
        direction: new(&before.direction, &after.direction),
        target_end: new(&before.target_end, &after.target_end),
        manager_id: new(&before.manager_id, &after.manager_id),
        calendar_id: None,
        seen: None,
    }
}

/// What a new project is before anything is typed. Its code stands for the number that it will get.
fn blank(start: Minute) -> ProjectHead {
    ProjectHead {
        id: ProjectId(Uuid::nil()),
        code: "P".to_owned(),
        name: String::new(),
        description: String::new(),
        status: ProjectStatus::default(),
        start,
        target_end: None,
        direction: Direction::default(),
        calendar_id: None,
        manager_id: None,
        version: 0,
        revision: 0,
    }
}

fn written(day: Option<Minute>) -> String {
    day.map(|at| at.date().to_string()).unwrap_or_default()
}

/// The day that is typed, at the hour of the one before; none where nothing is, or what is no day.
fn typed_day(field: &str, text: &str, before: Option<Minute>, wrong: &mut Vec<FieldFault>) -> Option<Minute> {
    if text.is_empty() {
        return None;
    }
    match text.parse::<Minute>() {
        Ok(at) => Some(Minute(at.day() * Minute::DAY + before.map_or(0, Minute::minute_of_day))),
        Err(message) => {
            wrong.push(fault(field, message));
            None
        }
    }
}

fn fault(field: &str, message: impl Into<String>) -> FieldFault {
    FieldFault { field: field.to_owned(), message: message.into() }
}

/// The spelling of a status in forms, in addresses and in style sheets.
pub const fn status_code(status: ProjectStatus) -> &'static str {
    match status {
        ProjectStatus::Planned => "planned",
        ProjectStatus::Active => "active",
        ProjectStatus::OnHold => "on_hold",
        ProjectStatus::Done => "done",
        ProjectStatus::Cancelled => "cancelled",
    }
}

fn status_of(code: &str) -> ProjectStatus {
    ProjectStatus::ALL.into_iter().find(|status| status_code(*status) == code).unwrap_or_default()
}

pub const fn direction_code(direction: Direction) -> &'static str {
    match direction {
        Direction::Forward => "forward",
        Direction::Backward => "backward",
    }
}

fn direction_of(code: &str) -> Direction {
    if code == direction_code(Direction::Backward) { Direction::Backward } else { Direction::Forward }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> ProjectHead {
        ProjectHead { name: "Die".into(), ..blank("2026-01-05T08:00".parse().expect("a date")) }
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        Owner::new().with(|| {
            let text = ProjectText::of(&head());
            text.name.set(" ".into());
            text.code.set(String::new());
            text.start.set(String::new());
            text.target.set("2025-01-01".into());
            let fault = text.read(&head()).expect_err("refused");
            let fields: Vec<&str> = fault.fields.iter().map(|fault| fault.field.as_str()).collect();
            assert_eq!(fields, ["start_date", "name", "code"]);
            text.start.set("2026-02-02".into());
            let fault = text.read(&head()).expect_err("refused");
            let message = fault.message_for("target_end_date");
            assert_eq!(message, Some("The target 1 Jan 2025 is before the start 2 Feb 2026."));
        });
    }

    #[test]
    fn only_what_was_typed_is_changed_and_a_day_keeps_its_hour() {
        Owner::new().with(|| {
            let before = head();
            let text = ProjectText::of(&before);
            assert_eq!(changes(&before, &text.read(&before).expect("as it was")), ProjectPatch::default());
            text.start.set("2026-01-12".into());
            text.status.set("on_hold".into());
            let patch = changes(&before, &text.read(&before).expect("a project"));
            assert_eq!(patch.changed(&before), ["status", "start"]);
            assert_eq!(patch.start, Some("2026-01-12T08:00".parse().expect("a date")));
        });
    }

    #[test]
    fn a_new_project_without_a_code_asks_for_the_next_number() {
        Owner::new().with(|| {
            let text = ProjectText::new("2026-01-05".parse().expect("a date"));
            assert_eq!(text.read_new().expect_err("no name").fields.len(), 1);
            text.name.set("Die".into());
            assert_eq!(text.read_new().expect("a project").code, None);
            text.code.set("D-1".into());
            assert_eq!(text.read_new().expect("a project").code.as_deref(), Some("D-1"));
        });
    }
}
