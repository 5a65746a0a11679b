//! The plan here and the plan on the server. What somebody does is shown at once and sent in order, one step after the
//! other; without a connection steps wait and are sent when it is back. What colleagues do arrives between.

mod trying;
#[cfg(feature = "hydrate")]
mod wire;

use std::{cell::RefCell, collections::VecDeque, rc::Rc};

use domain::{Fault, ProjectId, UserId, projects::operation::Operation};
use leptos::prelude::*;
use uuid::Uuid;

use super::{fork::Fork, gantt::GanttHandle, together::Together};
use crate::kit::{Session, Toaster, new_id};
#[cfg(feature = "hydrate")]
use {crate::kit::api, domain::projects::view::Applied, serde_json::json, wire::pause};

/// Steps that are shown and not stored yet, each with the key by which the server knows a repetition.
type Unsent = Rc<RefCell<VecDeque<Waiting>>>;
type Waiting = (Uuid, Vec<Operation>);

/// Keeps both the same.
#[derive(Clone, Copy)]
pub struct PlanSync {
    id: ProjectId,
    me: Option<UserId>,
    handle: GanttHandle,
    toaster: Toaster,
    unsent: StoredValue<Unsent, LocalStorage>,
    /// What is shown may not be what the server makes of it; the plan is loaded again once everything is sent.
    astray: StoredValue<bool>,
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
        let me = use_context::<Session>().and_then(|session| untrack(|| session.me())).map(|me| me.user.id);
        let sync = Self {
            id,
            me,
            handle,
            toaster,
            unsent,
            astray: StoredValue::new(false),
            busy,
            waiting,
            connected: RwSignal::new(true),
            fork: StoredValue::new_local(None),
            trying: RwSignal::new(None),
        };
        #[cfg(feature = "hydrate")]
        {
            sync.listen(together);
            sync.send_on();
            sync.try_on();
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = together;
        sync
    }

    /// Where this window keeps something of this plan: for whoever is signed in, and nobody after them.
    fn kept_as(self, what: &str) -> String {
        let me = self.me.map(|me| me.to_string()).unwrap_or_default();
        format!("takt.{what}.{}.{me}", self.id)
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
        self.toaster.withdraw();
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
        #[cfg(feature = "hydrate")]
        self.begin_sending();
    }

    /// Takes back one's own latest step, or does it again, behind everything that waits.
    pub fn turn(self, back: bool) {
        self.toaster.withdraw();
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
            // What was done meanwhile waited for this.
            if self.unsent.with_value(|unsent| !unsent.borrow().is_empty()) {
                self.begin_sending();
            }
        });
        #[cfg(not(feature = "hydrate"))]
        let _ = back;
    }
}
