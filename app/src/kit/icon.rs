//! Icons: few, drawn with one stroke, inside the page.

use leptos::prelude::*;

/// An icon by name. It says nothing by itself: the text beside it, or the button's label, does.
#[component]
pub fn Icon(name: &'static str) -> impl IntoView {
    let path = match name {
        "home" => "M3 11 12 4l9 7M5 10v10h5v-6h4v6h5V10",
        "projects" => "M4 6h9M4 12h14M8 18h12",
        "modules" => "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
        "people" => "M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM2 21a7 7 0 0 1 14 0M16 3.5a4 4 0 0 1 0 7.5M22 21a7 7 0 0 0-4-6.3",
        "plus" => "M12 5v14M5 12h14",
        "undo" => "M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3",
        "redo" => "m15 14 5-5-5-5M20 9H10a6 6 0 0 0 0 12h3",
        "upload" => "M12 16V4m-5 5 5-5 5 5M4 20h16",
        "search" => "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm5-2 5 5",
        "close" => "M6 6l12 12M18 6 6 18",
        "theme" => "M12 3a9 9 0 1 0 9 9 7 7 0 0 1-9-9Z",
        "out" => "M10 4H5v16h5M15 8l4 4-4 4M19 12H9",
        "trash" => "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13",
        "chevron" => "m9 6 6 6-6 6",
        "link" => "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
        "indent" => "M4 6h16M10 12h10M10 18h10M4 10l3 3-3 3",
        "outdent" => "M4 6h16M10 12h10M10 18h10M7 10l-3 3 3 3",
        "alert" => "M12 4 2 20h20L12 4Zm0 6v4m0 3v.5",
        _ => "M12 12h.01",
    };
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">
            <path d=path />
        </svg>
    }
}
