//! What is sent and what is heard.

use std::{collections::VecDeque, rc::Rc};

use domain::{
    Fault, FaultKind, UserId,
    projects::{document::PlanDocument, view::Applied},
};
use leptos::prelude::*;
use serde_json::json;

use super::{
    super::{
        live::{self, PlanChanged},
        together::Together,
    },
    PlanSync, Unsent, Waiting,
};
use crate::kit::{api, keep, kept};

/// Milliseconds between attempts to reach the server again.
const PAUSE_MS: i32 = 2_000;

impl PlanSync {
    /// Goes on sending what waited when the page was loaded again. The server knows by its key what it has done already.
    pub(super) fn send_on(self) {
        let waited: VecDeque<Waiting> = kept(&self.kept_as("unsent")).unwrap_or_default();
        if waited.is_empty() {
            return;
        }
        for (_, operations) in &waited {
            // What no longer fits, the server refuses as well, and says so.
            let _ = self.handle.apply_all(operations);
        }
        self.unsent.with_value(|unsent| *unsent.borrow_mut() = waited);
        self.astray.set_value(true);
        self.begin_sending();
    }

    /// Steps that wait outlive a reload of the page.
    fn remember_unsent(self, unsent: &Unsent) {
        let unsent = unsent.borrow();
        keep(&self.kept_as("unsent"), (!unsent.is_empty()).then_some(&*unsent));
    }

    pub(super) fn begin_sending(self) {
        let unsent = self.unsent.with_value(Rc::clone);
        self.remember_unsent(&unsent);
        if !self.busy.get_untracked() {
            self.busy.set(true);
            leptos::task::spawn_local(self.send(unsent));
        }
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
                    self.remember_unsent(&unsent);
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
                // What was done after it may stand without it; the server says so of each.
                Err(fault) => {
                    unsent.borrow_mut().pop_front();
                    self.remember_unsent(&unsent);
                    if here {
                        self.waiting.set(0);
                        self.astray.set_value(true);
                        self.toaster.fault(&fault);
                    }
                }
            }
        }
        let here = self.busy.try_set(false).is_none();
        if here && self.astray.try_update_value(std::mem::take) == Some(true) {
            self.reload();
        }
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
                // What does not fit here, the server may refuse as well; what it makes of it is seen afterwards.
                if self.handle.apply_all(&operations).is_err() {
                    self.astray.set_value(true);
                }
            }
        });
    }

    pub(super) fn listen(self, together: Together) {
        let own = self.me;
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
        live::listen(events, move || self.reload(), self.connected);
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

/// Nothing speaks against the step but the moment. It may be stored with its answer lost, or be carried out still: the
/// key keeps it from being done twice.
const fn may_pass_later(kind: FaultKind) -> bool {
    matches!(kind, FaultKind::Unavailable | FaultKind::RateLimited | FaultKind::RequestInProgress)
}

pub(super) async fn pause(milliseconds: i32) {
    let waited = js_sys::Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(waited).await;
}
