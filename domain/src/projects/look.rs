//! How somebody looks at the rows of a plan: which view, which rows, in which order. A look stands in the address as a
//! whole, so that a link shows the same to whoever gets it, and it can be kept under a name.

use std::{fmt, str::FromStr};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    document::{TaskRecord, TaskStatus, check_name},
    plan::TaskKind,
    schedule::Slot,
};
use crate::{Fault, Minute, SavedViewId, UserId};

/// A way to show the rows of a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PlanView {
    #[default]
    Gantt,
    Table,
    Board,
    Calendar,
    Departments,
    People,
}

impl PlanView {
    /// Every view, in the order of the tabs.
    pub const ALL: [Self; 6] = [Self::Gantt, Self::Table, Self::Board, Self::Calendar, Self::Departments, Self::People];

    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Gantt => "Gantt",
            Self::Table => "Table",
            Self::Board => "Board",
            Self::Calendar => "Calendar",
            Self::Departments => "Departments",
            Self::People => "People",
        }
    }

    /// The spelling in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Gantt => "gantt",
            Self::Table => "table",
            Self::Board => "board",
            Self::Calendar => "calendar",
            Self::Departments => "departments",
            Self::People => "people",
        }
    }
}

/// Whose tasks are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Who {
    /// Whoever looks: the same look shows everybody their own.
    Me,
    /// Tasks that nobody has.
    Nobody,
    Person(UserId),
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Me => f.write_str("me"),
            Self::Nobody => f.write_str("nobody"),
            Self::Person(id) => id.fmt(f),
        }
    }
}

impl FromStr for Who {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "me" => Ok(Self::Me),
            "nobody" => Ok(Self::Nobody),
            id => id.parse().map(Self::Person).map_err(|_| format!("'{id}' is nobody's id, nor 'me' or 'nobody'")),
        }
    }
}

impl TryFrom<String> for Who {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Who> for String {
    fn from(who: Who) -> Self {
        who.to_string()
    }
}

/// A view and what it shows. Of each list a row needs to meet one; empty lists and unset fields ask for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct PlanLook {
    pub view: PlanView,
    /// Words that name, department or notes hold.
    pub text: String,
    pub statuses: Vec<TaskStatus>,
    /// `me`, `nobody`, or ids of people.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub people: Vec<Who>,
    /// Names; empty for tasks of no department.
    pub departments: Vec<String>,
    pub critical: bool,
    pub overdue: bool,
    /// Without what is done.
    pub open: bool,
    /// Tasks that are worked on on this day or later.
    pub from: Option<NaiveDate>,
    /// Tasks that are worked on on this day or before.
    pub to: Option<NaiveDate>,
    /// Columns of the table, in order; the usual ones where empty.
    pub columns: Vec<String>,
    /// Columns of the chart's table, in order, each with its pixels where somebody chose them: `name~280`; the usual ones
    /// where empty.
    pub chart: Vec<String>,
    /// Column that the table is sorted by, `-` before it to turn; the outline where empty.
    pub sort: String,
    /// The calendar shows a week rather than a month.
    pub week: bool,
    /// The day around which the calendar is open; today where absent.
    pub day: Option<NaiveDate>,
}

/// Longest text to look for, in characters.
const TEXT_MAX: usize = 200;
/// Entries that a list of a look may have.
const LIST_MAX: usize = 200;

impl PlanLook {
    /// The look that an address holds. `all` gives every value of a key; what makes no sense is left out.
    #[must_use]
    pub fn read(all: impl Fn(&str) -> Vec<String>) -> Self {
        let first = |key: &str| all(key).into_iter().next().unwrap_or_default();
        let is_on = |key: &str| first(key) == "1";
        let view = first("view");
        let list = |key: &str| first(key).split('.').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let status = |code: String| TaskStatus::ALL.into_iter().find(|status| status.code() == code);
        Self {
            view: PlanView::ALL.into_iter().find(|each| each.code() == view).unwrap_or_default(),
            text: first("q"),
            statuses: all("status").into_iter().filter_map(status).collect(),
            people: all("person").into_iter().filter_map(|who| who.parse().ok()).collect(),
            departments: all("department"),
            critical: is_on("critical"),
            overdue: is_on("overdue"),
            open: is_on("open"),
            from: first("from").parse().ok(),
            to: first("to").parse().ok(),
            columns: list("columns"),
            chart: list("chart"),
            sort: first("sort"),
            week: first("span") == "week",
            day: first("day").parse().ok(),
        }
    }

    /// Keys and values of the address, in one order: two looks that are the same have the same address.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let mut put = |key: &'static str, value: String| {
            if !value.is_empty() {
                pairs.push((key, value));
            }
        };
        let on = |is_on: bool| if is_on { "1".to_owned() } else { String::new() };
        let date = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
        put("view", if self.view == PlanView::Gantt { String::new() } else { self.view.code().to_owned() });
        put("q", self.text.clone());
        self.statuses.iter().for_each(|status| put("status", status.code().to_owned()));
        self.people.iter().for_each(|who| put("person", who.to_string()));
        put("critical", on(self.critical));
        put("overdue", on(self.overdue));
        put("open", on(self.open));
        put("from", date(self.from));
        put("to", date(self.to));
        put("columns", self.columns.join("."));
        put("chart", self.chart.join("."));
        put("sort", self.sort.clone());
        put("span", if self.week { "week".to_owned() } else { String::new() });
        put("day", date(self.day));
        // An empty name is one, too: no department.
        pairs.extend(self.departments.iter().map(|name| ("department", name.clone())));
        pairs
    }

    /// The same look at all rows.
    #[must_use]
    pub fn unfiltered(&self) -> Self {
        let Self { view, columns, chart, sort, week, day, .. } = self.clone();
        Self { view, columns, chart, sort, week, day, ..Self::default() }
    }

    /// True where some rows may be left out.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        *self != self.unfiltered()
    }

    /// What decides over rows, for `me`, at `now`.
    #[must_use]
    pub fn filter(&self, me: Option<UserId>, now: Minute) -> RowFilter {
        let words = self.text.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let plain = Self { text: String::new(), ..self.clone() };
        RowFilter { only_text: !plain.is_filtered(), look: plain, words, me, now }
    }

    /// # Errors
    /// `InvalidInput` on `look`.
    pub fn check(&self) -> Result<(), Fault> {
        let longest = self.departments.iter().chain(&self.columns).chain(&self.chart).chain([&self.text, &self.sort]);
        let long = longest.map(|text| text.chars().count()).max().unwrap_or(0);
        let columns = self.columns.len().max(self.chart.len());
        let many = [self.statuses.len(), self.people.len(), self.departments.len(), columns];
        if long > TEXT_MAX || many.into_iter().any(|count| count > LIST_MAX) {
            let message =
                format!("A view keeps texts of at most {TEXT_MAX} characters and lists of at most {LIST_MAX}.");
            return Err(Fault::field("look", message));
        }
        Ok(())
    }
}

/// Decides which rows are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFilter {
    look: PlanLook,
    words: Vec<String>,
    only_text: bool,
    me: Option<UserId>,
    now: Minute,
}

impl RowFilter {
    /// True where the row is asked for. A summary has no people and no progress of its own: it is found by its words.
    #[must_use]
    pub fn fits(&self, task: &TaskRecord, slot: &Slot) -> bool {
        let Self { look, words, only_text, .. } = self;
        if task.kind == TaskKind::Summary && (words.is_empty() || !*only_text) {
            return *only_text && words.is_empty();
        }
        let done = task.progress >= 100 || task.status == TaskStatus::Accepted;
        (look.statuses.is_empty() || look.statuses.contains(&task.status))
            && (!look.critical || is_critical(task, slot))
            && (!look.overdue || is_overdue(task, slot, self.now))
            && !(look.open && done)
            && look.from.is_none_or(|from| slot.finish >= Minute::from_date(from))
            && look.to.is_none_or(|to| slot.start.0 < Minute::from_date(to).0 + Minute::DAY)
            && (look.people.is_empty() || look.people.iter().any(|who| self.has(task, *who)))
            && (look.departments.is_empty()
                || look.departments.iter().any(|name| name == task.department.as_deref().unwrap_or_default()))
            && self.says(task)
    }

    fn has(&self, task: &TaskRecord, who: Who) -> bool {
        match who {
            Who::Nobody => task.assignees.is_empty(),
            Who::Me => self.me.is_some_and(|me| task.assignees.contains(&me)),
            Who::Person(id) => task.assignees.contains(&id),
        }
    }

    fn says(&self, task: &TaskRecord) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let department = task.department.as_deref().unwrap_or_default();
        let text = format!("{} {department} {}", task.name, task.notes).to_lowercase();
        self.words.iter().all(|word| text.contains(word.as_str()))
    }
}

/// True where a day lost on the task is a day lost on the project: never of what is done.
#[must_use]
pub const fn is_critical(task: &TaskRecord, slot: &Slot) -> bool {
    slot.critical && task.progress < 100
}

/// True where the task should have been finished before `now` and is not.
#[must_use]
pub fn is_overdue(task: &TaskRecord, slot: &Slot, now: Minute) -> bool {
    task.kind != TaskKind::Summary && task.progress < 100 && slot.finish < now
}

/// A look that is kept under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedView {
    pub id: SavedViewId,
    pub name: String,
    pub look: PlanLook,
    /// Everybody who sees the project sees it.
    pub shared: bool,
    /// Whoever asks has saved it.
    pub mine: bool,
    pub owner_name: String,
    pub updated_at: DateTime<Utc>,
}

/// A look to be kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({ "name": "Late in the tool shop", "look": { "view": "board", "overdue": true } }))
)]
#[serde(default)]
pub struct NewSavedView {
    pub name: String,
    pub look: PlanLook,
    /// At once for everybody who sees the project; whoever asks for it must be one who edits plans.
    pub shared: bool,
}

impl NewSavedView {
    /// # Errors
    /// `InvalidInput` on `name` or `look`.
    pub fn check(&self) -> Result<(), Fault> {
        check_name("name", &self.name, "view")?;
        self.look.check()
    }
}

/// What changes of a saved view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct SavedViewPatch {
    pub name: Option<String>,
    pub look: Option<PlanLook>,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{TaskId, projects::operation::TaskDraft};

    fn look(query: &[(&str, &str)]) -> PlanLook {
        PlanLook::read(|key| {
            query.iter().filter(|(known, _)| *known == key).map(|(_, value)| (*value).to_owned()).collect()
        })
    }

    fn task(draft: &TaskDraft) -> TaskRecord {
        draft.record(TaskId(Uuid::from_u128(1)), None, 0)
    }

    fn slot(start: &str, finish: &str) -> Slot {
        let at = |text: &str| text.parse().expect("a date");
        let mut slot = Slot::default();
        (slot.start, slot.finish) = (at(start), at(finish));
        slot
    }

    #[test]
    fn an_address_and_its_look_are_the_same() {
        let id = Uuid::from_u128(7).to_string();
        let query = [
            ("view", "table"),
            ("q", "die 7, left"),
            ("status", "waiting"),
            ("status", "at_risk"),
            ("person", "me"),
            ("person", &id),
            ("overdue", "1"),
            ("from", "2026-01-05"),
            ("columns", "code.name"),
            ("chart", "name~280.start"),
            ("sort", "-finish"),
            ("department", ""),
            ("department", "Tool, die & mould"),
        ];
        let pairs = look(&query).pairs();
        let same: Vec<(&str, &str)> = pairs.iter().map(|(key, value)| (*key, value.as_str())).collect();
        assert_eq!(same, query);
        assert_eq!(
            look(&[("view", "cube"), ("status", "lost"), ("from", "soon"), ("person", "x")]),
            PlanLook::default()
        );
    }

    #[test]
    fn rows_must_meet_one_of_each_list() {
        let me = UserId(Uuid::from_u128(7));
        let now = "2026-01-10".parse().expect("a date");
        let cut = task(&TaskDraft { name: "Cut blanks".into(), assignees: vec![me], ..TaskDraft::default() });
        let slot = slot("2026-01-05T08:00", "2026-01-06T17:00");
        let fits = |query: &[(&str, &str)]| look(query).filter(Some(me), now).fits(&cut, &slot);
        assert!(fits(&[]) && fits(&[("q", "BLANKS cut")]) && fits(&[("person", "me"), ("person", "nobody")]));
        assert!(fits(&[("overdue", "1"), ("open", "1"), ("department", ""), ("status", "not_started")]));
        assert!(fits(&[("from", "2026-01-06"), ("to", "2026-01-06")]) && fits(&[("to", "2026-01-05")]));
        assert!(!fits(&[("q", "cut die")]) && !fits(&[("person", "nobody")]) && !fits(&[("critical", "1")]));
        assert!(
            !fits(&[("from", "2026-01-07")]) && !fits(&[("to", "2026-01-04")]) && !fits(&[("department", "Press")])
        );
    }

    #[test]
    fn a_summary_is_found_by_its_words_only() {
        let phase = task(&TaskDraft { name: "Phase".into(), kind: TaskKind::Summary, ..TaskDraft::default() });
        let fits = |query: &[(&str, &str)]| look(query).filter(None, Minute(0)).fits(&phase, &Slot::default());
        assert!(fits(&[]) && fits(&[("q", "phase")]));
        assert!(!fits(&[("q", "phase"), ("open", "1")]) && !fits(&[("status", "not_started")]));
    }

    #[test]
    fn a_view_that_would_fill_the_house_is_refused() {
        let view = |text: String| NewSavedView {
            name: "Mine".into(),
            look: PlanLook { text, ..PlanLook::default() },
            ..NewSavedView::default()
        };
        assert!(view("die".into()).check().is_ok());
        assert_eq!(view("x".repeat(201)).check().expect_err("too long").fields[0].field, "look");
        assert_eq!(NewSavedView::default().check().expect_err("no name").fields[0].field, "name");
    }
}
