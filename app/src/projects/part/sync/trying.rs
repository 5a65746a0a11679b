//! What if: steps that are shown and not stored.

use domain::projects::{
    operation::Operation,
    resource::{ResourceBooking, ResourceRecord},
};
use leptos::prelude::*;

use super::{
    super::{
        fork::{Fork, Outcome, Tried},
        gantt::{Ghost, Model},
    },
    PlanSync,
};
#[cfg(feature = "hydrate")]
use {
    super::super::live::PlanChanged,
    crate::kit::{keep, kept},
    domain::projects::document::PlanDocument,
};

impl PlanSync {
    /// From now on steps are shown and not stored.
    pub fn fork(self) {
        if self.trying.get_untracked().is_none() {
            self.begin(Tried::default());
        }
    }

    fn begin(self, tried: Tried) {
        let (base, rows, before) =
            self.handle.read_untracked(|model| (model.document().clone(), model.snapshot(), model.outcome()));
        let ghost = Ghost { title: "The plan as it is stored".to_owned(), rows };
        let fork = Fork { base, tried, before };
        self.fork.set_value(Some(fork));
        self.handle.compare_try(Some(ghost));
        self.show_tried();
    }

    /// Takes in who and what can work, which is known only after the chart stands. What is tried may have been there before:
    /// what the stored plan comes to is counted again, or it would seem that it asked too much of nobody.
    pub fn know_staff(self, known: Vec<ResourceRecord>, bookings: Vec<ResourceBooking>) {
        self.handle.set_staff(known, bookings);
        if self.trying.get_untracked().is_some() {
            self.measure();
            self.show_tried();
        }
    }

    /// Counts again what the stored plan comes to.
    fn measure(self) {
        let Some(base) = self.fork.with_value(|fork| fork.as_ref().map(|fork| fork.base.clone())) else { return };
        self.handle.replace(base);
        let before = self.handle.read_untracked(Model::outcome);
        self.fork.update_value(|fork| {
            if let Some(fork) = fork {
                fork.before = before;
            }
        });
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
        self.toaster.undoable("What you tried is the plan now.", move || self.turn(true));
    }

    /// Forgets what was tried.
    pub fn discard_fork(self) {
        let Some(fork) = self.end() else { return };
        if !fork.tried.steps.is_empty() {
            self.toaster.undoable("What you tried is forgotten.", move || self.begin(fork.tried.clone()));
        }
    }

    fn end(self) -> Option<Fork> {
        let fork = self.fork.try_update_value(Option::take).flatten()?;
        self.trying.set(None);
        self.remember(None);
        self.handle.compare_try(None);
        self.handle.replace(fork.base.clone());
        Some(fork)
    }

    pub(super) fn keep_trying(self, operations: Vec<Operation>) {
        self.fork.update_value(|fork| {
            if let Some(fork) = fork {
                fork.tried.steps.push(operations);
                fork.tried.undone.clear();
            }
        });
        self.tried_changed();
    }

    pub(super) fn turn_tried(self, back: bool) {
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
        keep(&self.kept_as("fork"), tried.as_ref());
        #[cfg(not(feature = "hydrate"))]
        let _ = tried;
    }
}

#[cfg(feature = "hydrate")]
impl PlanSync {
    /// Goes on with what was tried before the page was loaded again.
    pub(super) fn try_on(self) {
        if let Some(tried) = kept(&self.kept_as("fork")) {
            self.begin(tried);
        }
    }

    /// Puts another stored plan under what is tried.
    pub(super) fn rebase(self, base: PlanDocument) {
        self.fork.update_value(|fork| {
            if let Some(fork) = fork {
                fork.base = base;
            }
        });
        self.measure();
        self.show_tried();
    }

    /// Goes on with what is tried when the stored plan changes under it.
    pub(super) fn heard_while_trying(self, change: &PlanChanged) {
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
            Some(true) => {
                self.measure();
                self.show_tried();
            }
            Some(false) => self.reload(),
            None => {}
        }
    }
}
