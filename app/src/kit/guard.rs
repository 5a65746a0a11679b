//! Who is signed in, and what they see. Hiding a button is courtesy; the gate on the server is the law.

use domain::{Module, access::Permission, identity::Me};
use leptos::prelude::*;

/// Who is signed in; a context of the whole application.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    me: RwSignal<Option<Me>>,
}

impl Session {
    /// Nobody yet.
    #[must_use]
    pub fn new() -> Self {
        Self { me: RwSignal::new(None) }
    }

    /// Says who it is, or that it is nobody.
    pub fn set(self, me: Option<Me>) {
        if self.me.get_untracked() != me {
            self.me.set(me);
        }
    }

    /// Who it is.
    #[must_use]
    pub fn me(self) -> Option<Me> {
        self.me.get()
    }

    /// True where the role holds `P` and its module is open.
    #[must_use]
    pub fn may<P: Permission>(self) -> bool {
        self.me.with(|me| me.as_ref().is_some_and(|me| me.may(P::CODE, P::MODULE)))
    }

    /// True where the module is open.
    #[must_use]
    pub fn has(self, module: Module) -> bool {
        self.me.with(|me| me.as_ref().is_some_and(|me| me.module(module).is_open()))
    }
}

impl Default for Session {
    fn default() -> Self {
        Self::new()
    }
}

/// Who is signed in, for pages behind the gate.
#[must_use]
pub fn use_me() -> Signal<Option<Me>> {
    let session = expect_context::<Session>();
    Signal::derive(move || session.me())
}

/// Shows its children to those who hold the permission: `<Guard needs=EditProjects>`.
#[component]
pub fn Guard<P: Permission>(
    needs: P,
    /// In their place for everybody else.
    #[prop(optional, into)]
    otherwise: ViewFn,
    children: ChildrenFn,
) -> impl IntoView {
    let _ = needs;
    let session = expect_context::<Session>();
    let allowed = Memo::new(move |_| session.may::<P>());
    view! { <Show when=move || allowed.get() fallback=move || otherwise.run()>{children()}</Show> }
}
