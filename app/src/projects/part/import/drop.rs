//! Where the file comes in: dropped anywhere on the page, or chosen.

use leptos::{ev, prelude::*};

use super::Import;
use crate::kit::{Button, Glyph, Icon, Size};

/// The page as a drop target, with the field that takes a press and the keyboard on top.
#[component]
pub fn DropTarget(import: Import, children: Children) -> impl IntoView {
    // Moving between the elements of the page leaves one and enters another.
    let depth = RwSignal::new(0_i32);
    let over = move |event: ev::DragEvent| event.prevent_default();
    let dropped = move |event: ev::DragEvent| {
        event.prevent_default();
        depth.set(0);
        take_dropped(import, &event);
    };
    view! {
        <div
            class="import"
            data-over=move || (depth.get() > 0).to_string()
            on:dragenter=move |_| depth.update(|depth| *depth += 1)
            on:dragleave=move |_| depth.update(|depth| *depth = (*depth - 1).max(0))
            on:dragover=over
            on:drop=dropped
        >
            <FileField import/>
            {children()}
        </div>
    }
    .into_any()
}

#[component]
fn FileField(import: Import) -> impl IntoView {
    let name = move || import.file.get().map_or_else(|| "Choose a file, or drop it here".to_owned(), |file| file.name);
    let about = move || {
        import.file.get().map_or_else(
            || {
                "MS Project XML, Excel, CSV or PSPLIB, up to 16 MiB. You see what it becomes before anything is stored."
                    .to_owned()
            },
            |file| format!("{}. Choose or drop another file to begin anew.", size(file.bytes)),
        )
    };
    let fault = move || {
        let shown = |fault: domain::Fault| {
            let of_file = fault.message_for("file").map(super::sentence);
            // What belongs to no field of this page is said here, too: it is about the file.
            of_file.or_else(|| (!on_another_field(&fault)).then(|| rest(&fault)))
        };
        let stored = |fault: domain::Fault| fault.message_for("file").map(super::sentence);
        import.refused.get().and_then(shown).or_else(|| import.unstored.get().and_then(stored))
    };
    let invalid = move || fault().is_some();
    let again = Callback::new(move |()| import.look());
    view! {
        <div class="import-choice">
        <div class="import-file" data-chosen=move || import.file.get().is_some().to_string() data-invalid=move || invalid().to_string()>
            <Glyph icon=Icon::Upload size=20/>
            <label for="import-file">
                <strong>{name}</strong>
                <span id="import-about">{about}</span>
            </label>
            <input
                id="import-file"
                type="file"
                accept=".xml,.csv,.txt,.tsv,.xlsx,.xls,.ods,.sm"
                aria-invalid=move || invalid().to_string()
                aria-describedby="import-about import-fault"
                node_ref=import.input
                on:change=move |_| import.take()
            />
        </div>
        <div class="import-state">
            <p class="field-fault" id="import-fault" role="alert">{fault}</p>
            <Show when=move || import.refused.get().is_some_and(|fault| fault.kind.status() >= 500)>
                <Button size=Size::Small icon=Icon::Refresh on_press=again>"Try again"</Button>
            </Show>
            <div role="status">
                <Show when=move || import.reading.get()>
                    <p class="import-reading">
                        <progress aria-label="Reading the file"></progress>
                        {move || import.file.get().map(|file| format!("Reading {} …", file.name))}
                    </p>
                </Show>
            </div>
        </div>
        </div>
    }
    .into_any()
}

/// True where a field further down shows it.
fn on_another_field(fault: &domain::Fault) -> bool {
    fault.fields.iter().any(|field| field.field.starts_with("mapping."))
}

fn rest(fault: &domain::Fault) -> String {
    let messages: Vec<_> = fault.fields.iter().map(|field| field.message.as_str()).collect();
    if messages.is_empty() { fault.detail.clone() } else { messages.join(" ") }
}

/// `1.4 MB`, `12 KB`.
fn size(bytes: f64) -> String {
    if bytes >= 1_000_000.0 {
        format!("{:.1} MB", bytes / 1_000_000.0)
    } else {
        format!("{:.0} KB", (bytes / 1_000.0).ceil().max(1.0))
    }
}

#[cfg(feature = "hydrate")]
fn take_dropped(import: Import, event: &ev::DragEvent) {
    let files = event.data_transfer().and_then(|dropped| dropped.files()).filter(|files| files.length() > 0);
    if let (Some(files), Some(input)) = (files, import.input.get_untracked()) {
        input.set_files(Some(&files));
        import.take();
    }
}

#[cfg(not(feature = "hydrate"))]
fn take_dropped(_: Import, _: &ev::DragEvent) {}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_are_told_in_three_digits() {
        assert_eq!([super::size(10.0), super::size(12_345.0), super::size(2_345_678.0)], ["1 KB", "13 KB", "2.3 MB"]);
    }
}
