//! Toasts: what has just happened, with undo one press away.

use std::{sync::Arc, time::Duration};

use domain::Fault;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{Button, ButtonKind, Glyph, Icon, IconButton, Size};

const SECONDS: u64 = 6;
const SECONDS_WITH_UNDO: u64 = 12;

#[derive(Clone)]
struct Toast {
    id: u64,
    text: String,
    failed: bool,
    undo: Option<Undo>,
}

/// Kept by the toast itself: what offered it, a dialog for instance, may have gone by the time somebody takes it up.
type Undo = Arc<dyn Fn() + Send + Sync>;

/// Says things; a context of the whole application (`expect_context::<Toaster>()`).
#[derive(Clone, Copy)]
pub struct Toaster {
    toasts: RwSignal<Vec<Toast>>,
    next: StoredValue<u64>,
}

impl Toaster {
    /// One for the application.
    #[must_use]
    pub fn new() -> Self {
        Self { toasts: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }

    /// Says what was done.
    pub fn say(self, text: impl Into<String>) {
        self.push(text.into(), false, None);
    }

    /// Says what was done and offers to undo it.
    pub fn undoable(self, text: impl Into<String>, undo: impl Fn() + Send + Sync + 'static) {
        self.push(text.into(), false, Some(Arc::new(undo)));
    }

    /// Says what failed.
    pub fn fault(self, fault: &Fault) {
        self.push(fault.said(), true, None);
    }

    fn push(self, text: String, failed: bool, undo: Option<Undo>) {
        let seconds = if undo.is_some() || failed { SECONDS_WITH_UNDO } else { SECONDS };
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.toasts.update(|toasts| {
            // Three at a time; more would cover the page.
            if toasts.len() > 2 {
                toasts.remove(0);
            }
            toasts.push(Toast { id, text, failed, undo });
        });
        set_timeout(move || self.drop(id), Duration::from_secs(seconds));
    }

    /// Nothing that is said can be undone any more: the page was left, or something else was done since.
    pub fn withdraw(self) {
        self.toasts.update(|toasts| toasts.retain(|toast| toast.undo.is_none()));
    }

    fn drop(self, id: u64) {
        let _ = self.toasts.try_update(|toasts| toasts.retain(|toast| toast.id != id));
    }
}

impl Default for Toaster {
    fn default() -> Self {
        Self::new()
    }
}

/// The corner in which toasts appear; screen readers hear them.
#[component]
pub fn Toasts() -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let path = use_location().pathname;
    Effect::watch(move || path.get(), move |_, _, _| toaster.withdraw(), false);
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toaster.toasts.get() key=|toast| toast.id let:toast>
                <ToastCard toaster toast/>
            </For>
        </div>
    }
}

#[component]
fn ToastCard(toaster: Toaster, toast: Toast) -> impl IntoView {
    let id = toast.id;
    let close = Callback::new(move |()| toaster.drop(id));
    let undo = toast.undo.map(|undo| {
        let act = Callback::new(move |()| {
            undo();
            toaster.drop(id);
        });
        view! { <Button kind=ButtonKind::Quiet size=Size::Small icon=Icon::Undo on_press=act>"Undo"</Button> }
    });
    view! {
        <div class="toast" data-failed=toast.failed.to_string()>
            <Glyph icon=if toast.failed { Icon::Alert } else { Icon::CheckCircle }/>
            <p>{toast.text}</p>
            {undo}
            <IconButton icon=Icon::X label="Dismiss" size=Size::Small on_press=close/>
        </div>
    }
}
