//! The frame around every page: document, navigation, who is signed in.

#[cfg(feature = "ssr")]
mod document;
mod frame;

#[cfg(feature = "ssr")]
pub use document::document;
pub use frame::{Frame, SignedIn};

use domain::{Fault, identity::Me};
use leptos::prelude::*;

use crate::{identity::calls, kit::{CallError, ToastList}};

/// Who is signed in, for every page.
#[derive(Clone, Copy)]
pub struct Visitor(pub Resource<Result<Option<Me>, CallError>>);

/// Gives pages what they share.
pub fn provide() {
    ToastList::provide();
    provide_context(Visitor(Resource::new_blocking(|| (), |()| calls::who_am_i())));
}

/// The one who is signed in, once known. Tracks.
#[must_use]
pub fn me() -> Option<Me> {
    use_context::<Visitor>()?.0.get()?.ok().flatten()
}

/// Sends people to the log-in when their session is over, and back to this page afterwards.
pub fn on_fault(fault: &Fault) {
    #[cfg(feature = "hydrate")]
    if fault.kind.status() == 401 {
        let location = window().location();
        let here = format!("{}{}", location.pathname().unwrap_or_default(), location.search().unwrap_or_default());
        let next = String::from(js_sys::encode_uri_component(&here));
        let _ = location.set_href(&format!("/login?next={next}"));
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = fault;
}
