//! The working time of a plan: its calendars, each with a week and with days that are otherwise.

mod editor;
mod exceptions;
mod form;
mod text;
mod week;

use domain::{
    CalendarId, Fault,
    projects::{
        document::CalendarRecord,
        operation::{Operation, ProjectPatch},
    },
};
use leptos::prelude::*;

use self::editor::Editor;
pub use self::{
    exceptions::Exceptions,
    form::CalendarForm,
    text::{CalendarText, hours},
    week::Week,
};
use super::gantt::GanttHandle;
use crate::kit::{Badge, Button, Dialog, Icon, Size, Toaster, new_id};

/// What the dialog works with. It lives as long as the plan's page, so that a dialog closed by mistake opens again with
/// everything that was typed.
#[derive(Clone, Copy)]
struct Desk {
    handle: GanttHandle,
    attempt: Callback<Operation, Result<(), Fault>>,
    undo: Callback<()>,
    toaster: Toaster,
    forms: RwSignal<Vec<CalendarForm>>,
    /// The calendar that is looked at.
    open: RwSignal<Option<CalendarId>>,
    /// Owns what the forms hold.
    owner: StoredValue<Owner>,
}

/// How often a calendar is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Use {
    by_project: bool,
    by_tasks: usize,
}

impl Desk {
    /// Does it and offers to undo it; a refusal is for the form.
    fn store(self, operation: Operation, said: String) -> Result<(), Fault> {
        self.attempt.run(operation)?;
        let undo = self.undo;
        self.toaster.undoable(said, move || undo.run(()));
        Ok(())
    }

    fn form(self, id: CalendarId) -> Option<CalendarForm> {
        self.forms.with(|forms| forms.iter().find(|form| form.id == id).copied())
    }

    /// A new calendar with the week of the project's own.
    fn add(self) {
        let calendar = untrack(|| self.handle.read(|model| model.document().calendar()));
        let week = domain::projects::calendar::Calendar { week: calendar.week, ..Default::default() };
        let record = CalendarRecord { id: CalendarId(new_id()), name: String::new(), calendar: week, version: 0 };
        let form = self.owner.with_value(|owner| owner.with(|| CalendarForm::new(owner.clone(), &record, true)));
        self.forms.update(|forms| forms.push(form));
        self.open.set(Some(record.id));
    }

    fn forget(self, id: CalendarId) {
        self.forms.update(|forms| forms.retain(|form| form.id != id));
        if self.open.get_untracked() == Some(id) {
            self.open.set(self.forms.with_untracked(|forms| forms.first().map(|form| form.id)));
        }
    }

    fn remove(self, id: CalendarId, name: &str) -> Result<(), Fault> {
        self.store(Operation::RemoveCalendar { id }, format!("{name} was removed."))?;
        self.forget(id);
        Ok(())
    }

    fn make_own(self, id: CalendarId, name: &str) -> Result<(), Fault> {
        let patch = ProjectPatch { calendar_id: Some(Some(id)), ..ProjectPatch::default() };
        let operation = Operation::EditProject { version: None, patch: Box::new(patch) };
        self.store(operation, format!("The project works by {name}."))
    }

    fn used(self, id: CalendarId) -> Memo<Use> {
        Memo::new(move |_| {
            self.handle.read(|model| {
                let plan = model.document();
                let by_tasks = plan.tasks.iter().filter(|task| task.calendar_id == Some(id)).count();
                Use { by_project: plan.head.calendar_id == Some(id), by_tasks }
            })
        })
    }

    /// Forms follow the plan, except where somebody has typed into them.
    fn follow(self, records: &[CalendarRecord]) {
        for record in records {
            let known = self.forms.with_untracked(|forms| forms.iter().find(|form| form.id == record.id).copied());
            match known {
                Some(form) => form.follow(record),
                None => {
                    let made = |owner: &Owner| owner.with(|| CalendarForm::new(owner.clone(), record, false));
                    let form = self.owner.with_value(made);
                    self.forms.update(|forms| forms.push(form));
                }
            }
        }
        let here = |form: &CalendarForm| records.iter().any(|record| record.id == form.id);
        let gone: Vec<CalendarForm> =
            self.forms.with_untracked(|forms| forms.iter().filter(|form| !here(form)).copied().collect());
        for form in gone {
            if form.is_new.get_untracked() {
                continue;
            }
            if form.changed.get_untracked() {
                // What was typed can still be stored, as a calendar of its own.
                form.is_new.set(true);
            } else {
                self.forget(form.id);
            }
        }
        if self.open.get_untracked().is_none() {
            let own = untrack(|| self.handle.read(|model| model.document().head.calendar_id));
            self.open.set(own.or_else(|| records.first().map(|record| record.id)));
        }
    }
}

/// The dialog with the calendars of a plan.
#[component]
pub fn WorkingTime(
    open: RwSignal<bool>,
    handle: GanttHandle,
    can_edit: bool,
    #[prop(into)] attempt: Callback<Operation, Result<(), Fault>>,
    #[prop(into)] on_undo: Callback<()>,
) -> impl IntoView {
    let owner = StoredValue::new(Owner::current().unwrap_or_default());
    let desk = Desk {
        handle,
        attempt,
        undo: on_undo,
        toaster: expect_context::<Toaster>(),
        forms: RwSignal::new(Vec::new()),
        open: RwSignal::new(None),
        owner,
    };
    let records = Memo::new(move |_| handle.read(|model| model.document().calendars.clone()));
    Effect::new(move |_| desk.follow(&records.get()));
    view! {
        <Dialog open title="Working time" wide=true>
            <div class="calendars">
                <List desk can_edit/>
                {move || desk.open.get().and_then(|id| desk.form(id)).map(|form| view! { <Editor desk form can_edit/> })}
            </div>
        </Dialog>
    }
    .into_any()
}

#[component]
fn List(desk: Desk, can_edit: bool) -> impl IntoView {
    let item = move |form: CalendarForm| {
        let used = desk.used(form.id);
        let name = move || {
            let name = form.name.get();
            if name.trim().is_empty() { "New calendar".to_owned() } else { name }
        };
        view! {
            <li>
                <button
                    type="button"
                    class="calendars-item"
                    aria-current=move || (desk.open.get() == Some(form.id)).then_some("true")
                    on:click=move |_| desk.open.set(Some(form.id))
                >
                    <span>{name}</span>
                    {move || used.get().by_project.then(|| view! { <Badge>"Project"</Badge> })}
                    {move || form.changed.get().then(|| view! { <Badge status=domain::projects::document::TaskStatus::Waiting>"Not saved"</Badge> })}
                </button>
            </li>
        }
    };
    view! {
        <nav class="calendars-list" aria-label="Calendars">
            <ul><For each=move || desk.forms.get() key=|form| form.id children=item/></ul>
            {can_edit.then(|| view! { <Button size=Size::Small icon=Icon::Plus on_press=move || desk.add()>"Calendar"</Button> })}
        </nav>
    }
    .into_any()
}
