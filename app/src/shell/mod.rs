//! The frame around every page: document, navigation, palette, shortcuts, and who is signed in.

mod connection;
#[cfg(feature = "ssr")]
mod document;
mod frame;
mod navigation;
mod palette;
mod places;
mod shortcuts;

#[cfg(feature = "ssr")]
pub use document::document;
pub(crate) use frame::BrandMark;
pub use frame::Frame;

use domain::identity::Me;
use leptos::prelude::*;

use crate::{
    identity::calls,
    kit::{CallError, Look, Session, Toaster, Toasts},
};

/// Who is signed in, asked once for each page that is loaded; logging in and out load a page.
#[derive(Clone, Copy)]
pub(crate) struct Entry(Resource<Result<Option<Me>, CallError>>);

/// What may lie over the page.
#[derive(Clone, Copy)]
pub(crate) struct Overlays {
    pub palette: RwSignal<bool>,
    pub shortcuts: RwSignal<bool>,
    /// The navigation on a phone.
    pub drawer: RwSignal<bool>,
}

/// Gives pages what they share.
pub(crate) fn provide() {
    let look = Look::remembered();
    #[cfg(feature = "hydrate")]
    look.follow_system();
    provide_context(look);
    provide_context(Toaster::new());
    provide_context(Session::new());
    provide_context(Entry(Resource::new_blocking(|| (), |()| calls::me())));
    provide_context(Overlays {
        palette: RwSignal::new(false),
        shortcuts: RwSignal::new(false),
        drawer: RwSignal::new(false),
    });
}

/// What every page has, signed in or not: the way past the navigation, toasts, the state of the connection.
#[component]
pub(crate) fn Edges() -> impl IntoView {
    // Tests and assistive scripts wait for this: from here on the page answers.
    #[cfg(feature = "hydrate")]
    Effect::new(|| {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-hydrated", "true");
        }
    });
    view! {
        <a class="skip" href="#main">"Skip to content"</a>
        <connection::Connection/>
        <Toasts/>
    }
}

/// Asks again who is signed in and what is open, after something changed that.
pub(crate) async fn ask_again(session: Session) {
    if let Ok(me) = calls::me().await {
        session.set(me);
    }
}
