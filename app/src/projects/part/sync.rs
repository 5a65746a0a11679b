//! The plan here and the plan on the server. What somebody does is shown at once and sent in order, one step after the
//! other; without a connection steps wait and are sent when it is back. What colleagues do arrives between.

use std::{cell::RefCell, collections::VecDeque, rc::Rc};

use domain::{Fault, ProjectId, projects::operation::Operation};
use leptos::prelude::*;
use uuid::Uuid;

use super::gantt::GanttHandle;
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
}

impl PlanSync {
    pub fn new(id: ProjectId, handle: GanttHandle, toaster: Toaster) -> Self {
        let unsent = StoredValue::new_local(Unsent::default());
        let (busy, waiting) = (RwSignal::new(false), RwSignal::new(0));
        let sync = Self { id, handle, toaster, unsent, busy, waiting, connected: RwSignal::new(true) };
        #[cfg(feature = "hydrate")]
        sync.listen();
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
        self.handle.apply(&operations)?;
        self.unsent.with_value(|unsent| unsent.borrow_mut().push_back((new_id(), operations)));
        #[cfg(feature = "hydrate")]
        if !self.busy.get_untracked() {
            self.busy.set(true);
            let unsent = self.unsent.with_value(Rc::clone);
            leptos::task::spawn_local(self.send(unsent));
        }
        Ok(())
    }

    /// Takes back one's own latest step, or does it again, behind everything that waits.
    pub fn turn(self, back: bool) {
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
        });
        #[cfg(not(feature = "hydrate"))]
        let _ = back;
    }
}

#[cfg(feature = "hydrate")]
impl PlanSync {
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
            self.handle.replace(plan);
            for (_, operations) in self.unsent.with_value(|unsent| unsent.borrow().clone()) {
                // What no longer fits, the server refuses as well, and says so.
                let _ = self.handle.apply(&operations);
            }
        });
    }

    fn listen(self) {
        let own =
            use_context::<crate::kit::Session>().and_then(|session| untrack(|| session.me())).map(|me| me.user.id);
        super::live::listen(move |change| self.heard(own, &change), move || self.reload(), self.connected);
        let leaving = window_event_listener(leptos::ev::beforeunload, move |event| {
            if self.waiting.get_untracked() > 0 {
                event.prevent_default();
            }
        });
        on_cleanup(move || leaving.remove());
    }

    fn heard(self, own: Option<UserId>, change: &PlanChanged) {
        let mine = Some(change.user.id) == own;
        let known = self.handle.revision() >= change.revision;
        // One's own steps come back with the answer to them.
        if change.project_id != self.id || known || (mine && self.busy.get_untracked()) {
            return;
        }
        if change.delta.as_ref().is_some_and(|delta| self.handle.apply_delta(change.revision, delta)) {
            if !mine {
                self.toaster.say(format!("{} changed the plan.", change.user.name));
            }
        } else {
            self.reload();
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
