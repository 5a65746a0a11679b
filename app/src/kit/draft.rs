//! What was typed survives a session that ends: forms are kept in the tab's storage on the way to log-in and filled in
//! again on the way back.

#[cfg(feature = "hydrate")]
use leptos::wasm_bindgen::JsCast;

/// Keeps every named field of every form with a draft, then goes to log-in and back here afterwards. Passwords and
/// files are never kept.
#[cfg(feature = "hydrate")]
pub(crate) fn sign_in_again() {
    let Some(window) = web_sys::window() else { return };
    let location = window.location();
    let path = location.pathname().unwrap_or_default();
    if path == "/login" {
        return;
    }
    keep_all();
    let here = format!("{path}{}", location.search().unwrap_or_default());
    let next: String = js_sys::encode_uri_component(&here).into();
    super::go_to(&format!("/login?next={next}"));
}

/// Fills the form `name` with what was kept of it, once.
#[cfg(feature = "hydrate")]
pub(crate) fn restore(form: &web_sys::HtmlFormElement, name: &str) {
    let Some(storage) = storage() else { return };
    let key = key(name);
    let Ok(Some(kept)) = storage.get_item(&key) else { return };
    let _ = storage.remove_item(&key);
    let Ok(values) = serde_json::from_str::<Vec<(String, String)>>(&kept) else { return };
    for (name, value) in values {
        let Some(field) = form.elements().named_item(&name) else { continue };
        let Some(event) = write(&field, &value) else { continue };
        if let Ok(event) = new_bubbling(event) {
            let _ = field.dispatch_event(&event);
        }
    }
}

#[cfg(feature = "hydrate")]
fn keep_all() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Ok(forms) = document.query_selector_all("form[data-draft]") else { return };
    for index in 0..forms.length() {
        let Some(form) = forms.item(index).and_then(|node| node.dyn_into::<web_sys::HtmlFormElement>().ok()) else {
            continue;
        };
        let Some(name) = form.get_attribute("data-draft") else { continue };
        let fields = form.elements();
        let values: Vec<_> =
            (0..fields.length()).filter_map(|index| fields.item(index)).filter_map(|field| read(&field)).collect();
        if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(&values)) {
            let _ = storage.set_item(&key(&name), &text);
        }
    }
}

#[cfg(feature = "hydrate")]
fn read(field: &web_sys::Element) -> Option<(String, String)> {
    let name = field.get_attribute("name").filter(|name| !name.is_empty())?;
    let value = if let Some(input) = field.dyn_ref::<web_sys::HtmlInputElement>() {
        match input.type_().as_str() {
            "password" | "file" | "hidden" => return None,
            "checkbox" => input.checked().to_string(),
            _ => input.value(),
        }
    } else if let Some(select) = field.dyn_ref::<web_sys::HtmlSelectElement>() {
        select.value()
    } else {
        field.dyn_ref::<web_sys::HtmlTextAreaElement>()?.value()
    };
    Some((name, value))
}

/// Writes the value and names the event that tells the page of it.
#[cfg(feature = "hydrate")]
fn write(field: &web_sys::Element, value: &str) -> Option<&'static str> {
    if let Some(input) = field.dyn_ref::<web_sys::HtmlInputElement>() {
        if input.type_() == "checkbox" {
            input.set_checked(value == "true");
            return Some("change");
        }
        input.set_value(value);
        Some("input")
    } else if let Some(select) = field.dyn_ref::<web_sys::HtmlSelectElement>() {
        select.set_value(value);
        Some("change")
    } else {
        field.dyn_ref::<web_sys::HtmlTextAreaElement>()?.set_value(value);
        Some("input")
    }
}

#[cfg(feature = "hydrate")]
fn new_bubbling(kind: &str) -> Result<web_sys::Event, wasm_bindgen::JsValue> {
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    web_sys::Event::new_with_event_init_dict(kind, &init)
}

#[cfg(feature = "hydrate")]
fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// Keeps a value for this window, over a reload of the page; or no longer.
#[cfg(feature = "hydrate")]
pub(crate) fn keep<T: serde::Serialize>(key: &str, value: Option<&T>) {
    let Some(storage) = storage() else { return };
    let _ = match value.and_then(|value| serde_json::to_string(value).ok()) {
        Some(text) => storage.set_item(key, &text),
        None => storage.remove_item(key),
    };
}

/// What was kept for this window.
#[cfg(feature = "hydrate")]
pub(crate) fn kept<T: serde::de::DeserializeOwned>(key: &str) -> Option<T> {
    serde_json::from_str(&storage()?.get_item(key).ok()??).ok()
}

#[cfg(feature = "hydrate")]
fn key(name: &str) -> String {
    let path = web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default();
    format!("takt-draft:{path}:{name}")
}
