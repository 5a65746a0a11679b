//! What only a browser can do, behind functions that exist on both sides and do nothing on the server.

/// Loads another page of the server, so that it arrives with whoever is signed in now.
pub fn go_to(path: &str) {
    #[cfg(feature = "hydrate")]
    if let Some(window) = web_sys::window() {
        let _ = window.location().assign(path);
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = path;
}

/// Offers `text` as a file to save.
pub fn save_text(name: &str, mime: &str, text: &str) {
    #[cfg(feature = "hydrate")]
    let _ = save(name, mime, text);
    #[cfg(not(feature = "hydrate"))]
    let _ = (name, mime, text);
}

/// Starts the download of an address of ours.
pub fn open_file(address: &str) {
    go_to(address);
}

/// An address of ours with the host by which this page was reached; none on the server.
pub fn full_address(path: &str) -> Option<String> {
    #[cfg(feature = "hydrate")]
    {
        let origin = web_sys::window()?.location().origin().ok()?;
        Some(format!("{origin}{path}"))
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = path;
        None
    }
}

/// Puts text where it can be pasted from.
pub fn copy_text(text: &str) {
    #[cfg(feature = "hydrate")]
    if let Some(window) = web_sys::window() {
        let _ = window.navigator().clipboard().write_text(text);
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = text;
}

/// Whether an event happened on what a selector finds.
pub fn is_on(event: &leptos::ev::Event, selector: &str) -> bool {
    use leptos::{wasm_bindgen::JsCast, web_sys::Element};
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.closest(selector).is_ok_and(|found| found.is_some()))
}

/// Says the whole text of a cell that is cut, beside the pointer that comes over it; of a cell that shows all it has, the
/// row may say something else.
pub fn tell_cut(event: &leptos::ev::MouseEvent) {
    #[cfg(feature = "hydrate")]
    {
        use leptos::wasm_bindgen::JsCast;
        let over = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let Some(cell) = over.and_then(|over| over.closest("[role=gridcell]").ok().flatten()) else { return };
        // Names share their cell with what opens and closes the row.
        let text = cell.query_selector(".text").ok().flatten().unwrap_or_else(|| cell.clone());
        let _ = if text.scroll_width() > text.client_width() {
            cell.set_attribute("title", text.text_content().unwrap_or_default().trim())
        } else {
            cell.remove_attribute("title")
        };
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = event;
}

/// Notes a moment, for whoever measures how long a page takes.
#[cfg(feature = "hydrate")]
pub fn mark(name: &str) {
    let _ = web_sys::window().and_then(|window| window.performance()).map(|clock| clock.mark(name));
}

/// An id that sorts by time and that nobody else draws. Rows are named where they are made, before the server knows them.
pub fn new_id() -> uuid::Uuid {
    #[cfg(feature = "hydrate")]
    {
        let mut bytes = [0_u8; 16];
        if let Some(crypto) = web_sys::window().and_then(|window| window.crypto().ok()) {
            let _ = crypto.get_random_values_with_u8_array(&mut bytes);
        }
        let millis = now_ms().unwrap_or_default();
        bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
        uuid::Builder::from_bytes(bytes)
            .with_version(uuid::Version::SortRand)
            .with_variant(uuid::Variant::RFC4122)
            .into_uuid()
    }
    #[cfg(not(feature = "hydrate"))]
    uuid::Uuid::nil()
}

/// Runs `act` for each key pressed in the page, while the owner lives.
pub fn on_key(act: impl Fn(leptos::ev::KeyboardEvent) + 'static) {
    #[cfg(feature = "hydrate")]
    {
        let handle = leptos::prelude::window_event_listener(leptos::ev::keydown, act);
        leptos::prelude::on_cleanup(move || handle.remove());
    }
    #[cfg(not(feature = "hydrate"))]
    drop(act);
}

/// Writes an attribute of the `html` element and remembers it in a cookie for a year, so that the server's next page
/// has it from the start.
pub(crate) fn remember_on_page(attribute: &str, cookie: &str, value: &str) {
    #[cfg(feature = "hydrate")]
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        use leptos::wasm_bindgen::JsCast;
        if let Some(root) = document.document_element() {
            let _ = root.set_attribute(attribute, value);
            tell_canvases();
        }
        if let Ok(document) = document.dyn_into::<web_sys::HtmlDocument>() {
            let _ = document.set_cookie(&format!("{cookie}={value}; path=/; max-age=31536000; samesite=lax"));
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (attribute, cookie, value);
}

/// What is painted on a canvas does not follow style sheets; it listens for `takt-look`.
#[cfg(feature = "hydrate")]
fn tell_canvases() {
    if let (Some(window), Ok(event)) = (web_sys::window(), web_sys::Event::new("takt-look")) {
        let _ = window.dispatch_event(&event);
    }
}

/// Runs `act` when the system turns dark or light, as long as the page is open.
#[cfg(feature = "hydrate")]
pub(crate) fn on_system_theme(act: impl Fn() + 'static) {
    use leptos::wasm_bindgen::{JsCast, closure::Closure};
    let query = web_sys::window().and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok().flatten());
    if let Some(query) = query {
        let turned = Closure::<dyn Fn()>::new(move || {
            act();
            tell_canvases();
        });
        query.set_onchange(Some(turned.as_ref().unchecked_ref()));
        turned.forget();
        // Without a reference the browser may drop the query with its listener.
        std::mem::forget(query);
    }
}

/// An attribute of the `html` element.
#[cfg(feature = "hydrate")]
pub(crate) fn page_attribute(name: &str) -> Option<String> {
    web_sys::window()?.document()?.document_element()?.get_attribute(name)
}

/// Milliseconds since 1970, where there is a browser.
pub(crate) fn now_ms() -> Option<i64> {
    #[cfg(feature = "hydrate")]
    #[expect(clippy::cast_possible_truncation, reason = "a date in milliseconds fits 53 bits")]
    {
        Some(js_sys::Date::now() as i64)
    }
    #[cfg(not(feature = "hydrate"))]
    None
}

/// Moves the focus to the first element that matches.
pub(crate) fn focus_first(selector: &str) {
    #[cfg(feature = "hydrate")]
    {
        use leptos::wasm_bindgen::JsCast;
        let found = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|page| page.query_selector(selector).ok()?);
        if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = element.focus();
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = selector;
}

/// True where a key goes into a field and is no shortcut.
pub(crate) fn is_typing(event: &leptos::ev::KeyboardEvent) -> bool {
    #[cfg(feature = "hydrate")]
    {
        use leptos::wasm_bindgen::JsCast;
        let Some(element) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
            return false;
        };
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
            || element.has_attribute("contenteditable")
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = event;
        false
    }
}

/// Whether keys belong to where the focus is rather than to the page: a field, or a dialog in front of it.
pub(crate) fn is_elsewhere(event: &leptos::ev::KeyboardEvent) -> bool {
    #[cfg(feature = "hydrate")]
    {
        use leptos::wasm_bindgen::JsCast;
        let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let in_dialog = element.is_some_and(|element| element.closest("dialog").is_ok_and(|dialog| dialog.is_some()));
        in_dialog || is_typing(event)
    }
    #[cfg(not(feature = "hydrate"))]
    is_typing(event)
}

#[cfg(feature = "hydrate")]
fn save(name: &str, mime: &str, text: &str) -> Result<(), wasm_bindgen::JsValue> {
    use leptos::wasm_bindgen::JsCast;
    let kind = web_sys::BlobPropertyBag::new();
    kind.set_type(mime);
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&text.into()), &kind)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let link = document.create_element("a")?.unchecked_into::<web_sys::HtmlAnchorElement>();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&address)
}

/// A text as a value in the query of an address; the slashes of a path stay.
pub(crate) fn encoded(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::with_capacity(text.len()), |mut done, byte| {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            done.push(char::from(byte));
        } else {
            let _ = write!(done, "%{byte:02X}");
        }
        done
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_path_with_a_query_comes_back_whole() {
        assert_eq!(super::encoded("/projects?search=a b&sort=-name"), "/projects%3Fsearch%3Da%20b%26sort%3D-name");
    }
}
