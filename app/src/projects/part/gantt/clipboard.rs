//! Rows to and from other programs, and from one place of a plan to another.

use domain::{
    Fault, ResourceId, TaskId,
    projects::{
        document::PlanDocument,
        exchange::{clip::Clip, staff::Register, table},
        operation::Operation,
        resource::{ResourceKind, ResourceRecord},
        view::{ImportProblem, Person},
    },
};
use leptos::{ev::ClipboardEvent, prelude::*};

use super::acts::Acts;
use crate::kit::{Session, new_id};

/// Problems that are named before the rest is counted.
const NAMED: usize = 3;

#[lazy]
fn taken(clipboard: Clipboard, text: String, html: String) {
    clipboard.take_read(&text, &html);
}

/// The way to the clipboard of the system.
#[derive(Clone, Copy)]
pub struct Clipboard {
    acts: Acts,
    /// Colleagues, for the column of people.
    people: StoredValue<Vec<Person>>,
    session: Option<Session>,
}

impl Clipboard {
    pub fn new(acts: Acts) -> Self {
        Self { acts, people: StoredValue::new(Vec::new()), session: use_context::<Session>() }
    }

    /// Asks who works here, once; cells have names, plans have numbers.
    pub fn learn_names(self) {
        // A chart that is shown to nobody in particular has no colleagues.
        let somebody = self.session.is_some_and(|session| untrack(|| session.me()).is_some());
        if !somebody || self.people.with_value(|people| !people.is_empty()) {
            return;
        }
        leptos::task::spawn_local(async move {
            if let Ok(people) = crate::projects::calls::people().await {
                let _ = self.people.try_set_value(people);
            }
        });
    }

    /// Gives the picked rows away, as cells and as they are; false where nothing is picked.
    pub fn copy(self, event: &ClipboardEvent) -> bool {
        let picked = self.acts.handle.picked();
        if picked.is_empty() {
            return false;
        }
        let copied = self.acts.handle.with(|chart| {
            let plan = chart.model.document();
            let register = self.register(chart.model.staff().known());
            Clip::of(plan, &picked).copied(plan, chart.model.schedule(), &register)
        });
        put(event, &copied.text, &copied.html)
    }

    pub fn cut(self, event: &ClipboardEvent) -> bool {
        let copied = self.acts.can_edit && self.copy(event);
        if copied {
            self.acts.remove();
        }
        copied
    }

    /// Takes rows behind the marked one, as one step.
    pub fn paste(self, event: &ClipboardEvent) -> bool {
        let (text, html) = got(event);
        self.take(text, html)
    }

    /// As [`paste`](Self::paste), of what was read otherwise.
    pub fn take(self, text: String, html: String) -> bool {
        if self.acts.can_edit {
            // Reading what other programs wrote is a part of its own; it comes with the first paste.
            leptos::task::spawn_local(async move { taken(self, text, html).await });
        }
        self.acts.can_edit
    }

    fn take_read(self, text: &str, html: &str) {
        if !self.acts.handle.is_there() {
            return;
        }
        let read =
            self.acts.handle.with(|chart| self.read(chart.model.document(), chart.model.staff().known(), text, html));
        let (import, notes) = match read {
            Ok(read) => read,
            Err(problems) => {
                let text = format!("Nothing was pasted. {}", named(&problems));
                return self.acts.toaster.fault(&Fault::field("rows", text));
            }
        };
        let Operation::Import { tasks, .. } = &import else { return };
        let count = tasks.len();
        let roots: Vec<TaskId> = tasks.iter().filter(|task| task.parent_id.is_none()).map(|task| task.id).collect();
        let marked = self.acts.handle.with(|chart| {
            let task = chart.model.document().tasks.get(chart.selected? as usize)?;
            Some((task.id, task.parent_id))
        });
        let place = marked.map(|(after, parent_id)| Operation::PlaceTasks {
            ids: roots.clone(),
            parent_id,
            after: Some(after),
        });
        if self.acts.all(std::iter::once(import).chain(place).collect()) {
            self.acts.handle.pick_these(&roots);
            let rows = if count == 1 { "1 row was".to_owned() } else { format!("{count} rows were") };
            // What was read otherwise than it stood there, or left out.
            let but = if notes.is_empty() { String::new() } else { format!(" But {}.", named(&notes)) };
            self.acts.offer_undo(format!("{rows} pasted.{but}"));
        }
    }

    /// Who and what has a name: colleagues, and what else can be given work.
    fn register(self, known: &[ResourceRecord]) -> Register {
        let person =
            |person: &Person| ResourceRecord::whole(ResourceId(person.id.0), ResourceKind::Person, person.name.clone());
        let people: Vec<ResourceRecord> = self.people.with_value(|people| people.iter().map(person).collect());
        Register::new(known.iter().cloned().chain(people))
    }

    /// The rows as one step, and what was not taken as it stood there.
    fn read(
        self,
        plan: &PlanDocument,
        known: &[ResourceRecord],
        text: &str,
        html: &str,
    ) -> Result<(Operation, Vec<ImportProblem>), Vec<ImportProblem>> {
        if let Some(clip) = Clip::read(html) {
            return Ok((clip.operation(plan, new_id), Vec::new()));
        }
        let mut draft = table::read_pasted(text, plan.calendar().minutes_per_day()).map_err(|problem| vec![problem])?;
        if !draft.problems.is_empty() {
            return Err(draft.problems);
        }
        let register = self.register(known);
        draft.assign(|wanted| register.find(wanted));
        let notes = std::mem::take(&mut draft.notes);
        Ok((draft.operation(plan, new_id), notes))
    }
}

/// What is to be said about cells: the first few in full.
fn named(problems: &[ImportProblem]) -> String {
    let more = problems.len().saturating_sub(NAMED);
    let mut text: Vec<String> = problems.iter().take(NAMED).map(ToString::to_string).collect();
    if more > 0 {
        text.push(format!("and {more} more"));
    }
    text.join("; ")
}

#[cfg(feature = "hydrate")]
fn put(event: &ClipboardEvent, text: &str, html: &str) -> bool {
    event
        .clipboard_data()
        .is_some_and(|data| data.set_data("text/plain", text).and_then(|()| data.set_data("text/html", html)).is_ok())
}

#[cfg(feature = "hydrate")]
fn got(event: &ClipboardEvent) -> (String, String) {
    let read = |kind: &str| event.clipboard_data().and_then(|data| data.get_data(kind).ok()).unwrap_or_default();
    (read("text/plain"), read("text/html"))
}

#[cfg(not(feature = "hydrate"))]
const fn put(_: &ClipboardEvent, _: &str, _: &str) -> bool {
    false
}

#[cfg(not(feature = "hydrate"))]
const fn got(_: &ClipboardEvent) -> (String, String) {
    (String::new(), String::new())
}

/// Copies or cuts for a menu, as if the keys had been pressed.
pub fn as_if_by_keys(handle: super::GanttHandle, command: &str) {
    super::editor::focus_table(handle);
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast as _;
        if let Ok(page) = document().dyn_into::<web_sys::HtmlDocument>() {
            let _ = page.exec_command(command);
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = command;
}

/// Reads the clipboard for a menu; the browser may ask whether it is allowed.
pub fn paste_for_menu(clipboard: Clipboard) {
    #[cfg(feature = "hydrate")]
    leptos::task::spawn_local(async move {
        let text = wasm_bindgen_futures::JsFuture::from(window().navigator().clipboard().read_text()).await;
        match text.ok().and_then(|text| text.as_string()) {
            Some(text) => drop(clipboard.take(text, String::new())),
            None => clipboard.acts.toaster.say("The browser does not give the clipboard away here; press Ctrl+V."),
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = clipboard;
}
