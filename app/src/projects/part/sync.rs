//! The plan here and the plan on the server. What somebody does is shown at once and sent in order, one step after the
//! other; without a connection steps wait and are sent when it is back. What colleagues do arrives between.

use std::{cell::RefCell, collections::VecDeque, rc::Rc};

use domain::{Fault, ProjectId, projects::operation::Operation};
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    fork::{Fork, Outcome, Tried},
    gantt::{GanttHandle, Ghost},
    together::Together,
};
use crate::kit::{Toaster, new_id};
#[cfg(feature = "hydrate")]
use {
    super::live::PlanChanged,
    crate::kit::api,
    domain::{
        FaultKind, UserId,
        projects::{document::PlanDocument, view::Applied},
    },
    serde_json::json,
};

/// Milliseconds between attempts to reach the server again.
#[cfg(feature = "hydrate")]
const PAUSE_MS: i32 = 2_000;

/// Steps that are shown and not stored yet, each with the key by which the server knows a repetition.
type Unsent = Rc<RefCell<VecDeque<(Uuid, Vec<Operation>)>>>;

/// Keeps both the same.
#[derive(Clone, Copy)]
pub struct PlanSync {
    id: ProjectId,
    handle: GanttHandle,
    toaster: Toaster,
    unsent: StoredValue<Unsent, LocalStorage>,
    /// A step of one's own is on its way.
    busy: RwSignal<bool>,
    /// Steps that wait for a connection.
    pub waiting: RwSignal<usize>,
    /// The stream of what colleagues do is open.
    pub connected: RwSignal<bool>,
    /// What is tried, while something is.
    fork: StoredValue<Option<Fork>, LocalStorage>,
    /// Steps that are tried; `None` while the plan is what is stored.
    pub trying: RwSignal<Option<usize>>,
}

impl PlanSync {
    pub fn new(id: ProjectId, handle: GanttHandle, toaster: Toaster, together: Together) -> Self {
        let unsent = StoredValue::new_local(Unsent::default());
        let (busy, waiting) = (RwSignal::new(false), RwSignal::new(0));
        let sync = Self {
            id,
            handle,
            toaster,
            unsent,
            busy,
            waiting,
            connected: RwSignal::new(true),
            fork: StoredValue::new_local(None),
            trying: RwSignal::new(None),
        };
        #[cfg(feature = "hydrate")]
        {
            sync.listen(together);
            sync.try_on();
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = together;
        sync
    }

    /// Shows a step and sends it.
    ///
    /// # Errors
    /// What the server would refuse, too. Then nothing is shown and nothing sent.
    pub fn attempt(self, operation: Operation) -> Result<(), Fault> {
        self.attempt_all(vec![operation])
    }

    /// As [`attempt`](Self::attempt), for an act that is several operations: all or none of them, as one step.
    ///
    /// # Errors
    /// As [`attempt`](Self::attempt).
    pub fn attempt_all(self, operations: Vec<Operation>) -> Result<(), Fault> {
        if operations.is_empty() {
            return Ok(());
        }
        self.handle.apply_all(&operations)?;
        if self.trying.get_untracked().is_some() {
            self.keep_trying(operations);
            return Ok(());
        }
        self.send_soon(operations);
        Ok(())
    }

    /// Sends what is shown already.
    fn send_soon(self, operations: Vec<Operation>) {
        self.unsent.with_value(|unsent| unsent.borrow_mut().push_back((new_id(), operations)));
        self.send_waiting();
    }

    /// Sends what waits, unless something is under way; what is under way calls this when it is done.
    fn send_waiting(self) {
        #[cfg(feature = "hydrate")]
        {
            let unsent = self.unsent.with_value(Rc::clone);
            if !self.busy.get_untracked() && !unsent.borrow().is_empty() {
                self.busy.set(true);
                leptos::task::spawn_local(self.send(unsent));
            }
        }
    }

    /// Takes back one's own latest step, or does it again, behind everything that waits.
    pub fn turn(self, back: bool) {
        if self.trying.get_untracked().is_some() {
            return self.turn_tried(back);
        }
        #[cfg(feature = "hydrate")]
        leptos::task::spawn_local(async move {
            while self.busy.try_get_untracked() == Some(true) {
                pause(30).await;
            }
            if self.busy.try_set(true).is_some() {
                return;
            }
            let verb = if back { "undo" } else { "redo" };
            let answer: Result<Applied, Fault> = api::post(&format!("/projects/{}/{verb}", self.id), &json!({})).await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(applied) if self.handle.apply_delta(applied.revision, &applied.delta) => {}
                Ok(_) => self.reload(),
                Err(fault) => self.toaster.fault(&fault),
            }
            // What was done meanwhile.
            self.send_waiting();
        });
        #[cfg(not(feature = "hydrate"))]
        let _ = back;
    }
}

/// What if.
impl PlanSync {
    /// From now on steps are shown and not stored.
    pub fn fork(self) {
        if self.trying.get_untracked().is_none() {
            self.begin(Tried::default());
        }
    }

    fn begin(self, tried: Tried) {
        let base = self.handle.document();
        let ghost = Ghost { title: "The plan as it is stored".to_owned(), rows: self.handle.snapshot() };
        let fork = Fork { base, tried, before: self.handle.outcome() };
        self.fork.set_value(Some(fork));
        self.handle.compare(Some(ghost));
        self.show_tried();
    }

    /// What the stored plan comes to, while another is tried.
    #[must_use]
    pub fn before(self) -> Option<Outcome> {
        self.trying.track();
        self.fork.with_value(|fork| fork.as_ref().map(|fork| fork.before))
    }

    /// Makes what was tried the plan, as one step.
    pub fn apply_fork(self) {
        let Some(fork) = self.end() else { return };
        let operations = fork.operations();
        if operations.is_empty() {
            return;
        }
        if let Err(fault) = self.handle.apply_all(&operations) {
            return self.toaster.fault(&fault);
        }
        self.send_soon(operations);
        let undo = Callback::new(move |()| self.turn(true));
        self.toaster.undoable("What you tried is the plan now.", undo);
    }

    /// Forgets what was tried.
    pub fn discard_fork(self) {
        let Some(fork) = self.end() else { return };
        if !fork.tried.steps.is_empty() {
            let again = Callback::new(move |()| self.begin(fork.tried.clone()));
            self.toaster.undoable("What you tried is forgotten.", again);
        }
    }

    fn end(self) -> Option<Fork> {
        let fork = self.fork.try_update_value(Option::take).flatten()?;
        self.trying.set(None);
        self.remember(None);
        self.handle.compare(None);
        self.handle.replace(fork.base.clone());
        Some(fork)
    }

    fn keep_trying(self, operations: Vec<Operation>) {
        self.fork.update_value(|fork| {
            if let Some(fork) = fork {
                fork.tried.steps.push(operations);
                fork.tried.undone.clear();
            }
        });
        self.tried_changed();
    }

    fn turn_tried(self, back: bool) {
        let turned = self.fork.try_update_value(|fork| fork.as_mut().map(|fork| fork.turn(back))).flatten();
        match turned {
            Some(Err(fault)) => self.toaster.fault(&fault),
            Some(Ok(())) => self.show_tried(),
            None => {}
        }
    }

    /// Shows the stored plan with every step that is tried.
    fn show_tried(self) {
        let Some((plan, dropped)) = self.fork.try_update_value(|fork| fork.as_mut().map(Fork::replay)).flatten() else {
            return;
        };
        self.handle.replace(plan);
        if dropped > 0 {
            self.toaster.say(format!("The plan has changed; {dropped} of the steps you tried no longer fit."));
        }
        self.tried_changed();
    }

    fn tried_changed(self) {
        let tried = self.fork.with_value(|fork| fork.as_ref().map(|fork| fork.tried.clone()));
        self.trying.set(tried.as_ref().map(|tried| tried.steps.len()));
        self.remember(tried);
    }

    /// What is tried outlives a reload of the page, in this window.
    fn remember(self, tried: Option<Tried>) {
        #[cfg(feature = "hydrate")]
        {
            let Ok(Some(storage)) = window().session_storage() else { return };
            let key = format!("takt.fork.{}", self.id);
            let _ = match tried.and_then(|tried| serde_json::to_string(&tried).ok()) {
                Some(text) => storage.set_item(&key, &text),
                None => storage.remove_item(&key),
            };
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = tried;
    }
}

#[cfg(feature = "hydrate")]
impl PlanSync {
    /// Goes on with what was tried before the page was loaded again.
    fn try_on(self) {
        let Ok(Some(storage)) = window().session_storage() else { return };
        let kept = storage.get_item(&format!("takt.fork.{}", self.id)).ok().flatten();
        if let Some(tried) = kept.and_then(|text| serde_json::from_str(&text).ok()) {
            self.begin(tried);
        }
    }

    /// Puts another stored plan under what is tried.
    fn rebase(self, base: PlanDocument) {
        self.fork.update_value(|fork| {
            if let Some(fork) = fork {
                fork.base = base;
            }
        });
        self.show_tried();
    }

    /// Sends what waits, in order, until nothing does; also when the page has gone meanwhile.
    async fn send(self, unsent: Unsent) {
        loop {
            let next = unsent.borrow().front().cloned();
            let Some((key, operations)) = next else { break };
            let body = json!({ "operations": operations });
            let path = format!("/projects/{}/operations", self.id);
            let answer: Result<Applied, Fault> = api::post_once(&path, key, &body).await;
            let here = self.busy.try_get_untracked().is_some();
            match answer {
                Ok(applied) => {
                    unsent.borrow_mut().pop_front();
                    if here {
                        self.waiting.set(0);
                        self.settle(applied.revision);
                    }
                }
                Err(fault) if may_pass_later(fault.kind) => {
                    if here {
                        self.waiting.set(unsent.borrow().len());
                    }
                    pause(PAUSE_MS).await;
                }
                Err(fault) => {
                    unsent.borrow_mut().clear();
                    if here {
                        self.waiting.set(0);
                        self.toaster.fault(&fault);
                        self.reload();
                    }
                }
            }
        }
        let _ = self.busy.try_set(false);
    }

    /// One's own step is stored at this revision.
    fn settle(self, revision: i64) {
        let known = self.handle.revision();
        if revision == known + 1 {
            self.handle.stored(revision);
        } else if revision > known {
            // A colleague's step lies between and was not seen here yet.
            self.reload();
        }
    }

    /// Takes the plan as the server has it, with what is not sent yet on top.
    pub fn reload(self) {
        leptos::task::spawn_local(async move {
            let answer = api::get::<PlanDocument>(&format!("/projects/{}/plan", self.id)).await;
            let (Ok(plan), Some(_)) = (answer, self.busy.try_get_untracked()) else { return };
            if self.trying.get_untracked().is_some() {
                return self.rebase(plan);
            }
            self.handle.replace(plan);
            for (_, operations) in self.unsent.with_value(|unsent| unsent.borrow().clone()) {
                // What no longer fits, the server refuses as well, and says so.
                let _ = self.handle.apply_all(&operations);
            }
        });
    }

    fn listen(self, together: Together) {
        let own =
            use_context::<crate::kit::Session>().and_then(|session| untrack(|| session.me())).map(|me| me.user.id);
        let changed = move |text: String| {
            if let Ok(change) = serde_json::from_str(&text) {
                self.heard(own, &change);
            }
        };
        let events: Vec<(&str, Callback<String>)> = vec![
            ("projects.plan_changed", Callback::new(changed)),
            ("projects.presence", Callback::new(move |text: String| together.heard(&text))),
            ("projects.commented", Callback::new(move |text: String| together.heard_comment(&text))),
        ];
        super::live::listen(events, move || self.reload(), self.connected);
        let leaving = window_event_listener(leptos::ev::beforeunload, move |event| {
            if self.waiting.get_untracked() > 0 {
                event.prevent_default();
            }
        });
        on_cleanup(move || leaving.remove());
    }

    fn heard(self, own: Option<UserId>, change: &PlanChanged) {
        let mine = Some(change.user.id) == own;
        if change.project_id == self.id && self.trying.get_untracked().is_some() {
            return self.heard_while_trying(change);
        }
        let known = self.handle.revision() >= change.revision;
        // One's own steps come back with the answer to them.
        if change.project_id != self.id || known || (mine && self.busy.get_untracked()) {
            return;
        }
        if change.delta.as_ref().is_some_and(|delta| self.handle.apply_delta(change.revision, delta)) {
            if !mine {
                let watched = own.is_some_and(|own| change.watchers.contains(&own));
                let text = match (&change.summary, watched) {
                    (Some(summary), true) => format!("{}: {summary}. You watch this task.", change.user.name),
                    (Some(summary), false) => format!("{}: {summary}.", change.user.name),
                    (None, _) => format!("{} changed the plan.", change.user.name),
                };
                self.toaster.say(text);
            }
        } else {
            self.reload();
        }
    }
}

/// A stored plan goes on under what is tried.
#[cfg(feature = "hydrate")]
impl PlanSync {
    fn heard_while_trying(self, change: &PlanChanged) {
        let next = self.fork.try_update_value(|fork| {
            let base = &mut fork.as_mut()?.base;
            if base.head.revision >= change.revision {
                return None;
            }
            let fits = base.head.revision + 1 == change.revision
                && change.delta.as_ref().is_some_and(|delta| base.apply_delta(delta).is_ok());
            if fits {
                base.head.revision = change.revision;
            }
            Some(fits)
        });
        match next.flatten() {
            Some(true) => self.show_tried(),
            Some(false) => self.reload(),
            None => {}
        }
    }
}

/// Nothing speaks against the step but the moment. It may be stored with its answer lost, or be carried out still: the
/// key keeps it from being done twice.
#[cfg(feature = "hydrate")]
const fn may_pass_later(kind: FaultKind) -> bool {
    matches!(kind, FaultKind::Unavailable | FaultKind::RateLimited | FaultKind::RequestInProgress)
}

#[cfg(feature = "hydrate")]
async fn pause(milliseconds: i32) {
    let waited = js_sys::Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(waited).await;
}
