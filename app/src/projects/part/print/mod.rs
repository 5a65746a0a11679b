//! The chart on paper: what is chosen, a look at the first page, and the ways to take it.

mod choice;

use domain::{
    ProjectId,
    projects::{exchange::paper::PictureOptions, view::PicturePreview},
};
use leptos::prelude::*;

use self::choice::{Chosen, Paperwork};
use super::super::calls;
use crate::kit::{CallError, Dialog, FailedState, Glyph, Icon, Loading};

/// A dialog with a preview. A past state is printed as it was, by its revision.
#[component]
pub fn PrintDialog(open: RwSignal<bool>, id: ProjectId, #[prop(optional, into)] at: Option<String>) -> impl IntoView {
    let at = StoredValue::new(at);
    view! {
        <Dialog open title="Print, PDF or picture" wide=true>
            <Print id at=at.get_value()/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn Print(id: ProjectId, at: Option<String>) -> impl IntoView {
    let chosen = Chosen::new();
    let options = Memo::new(move |_| chosen.options());
    let past = at.clone();
    let preview = LocalResource::new(move || {
        let (options, at) = (options.get(), past.clone());
        async move {
            match options {
                Ok(options) => calls::picture(id, at, options).await,
                Err(fault) => Err(CallError(fault)),
            }
        }
    });
    let at = StoredValue::new(at);
    // Nowhere while something is wrong: a link without an address cannot be followed.
    let address = move |format: &str, rest: &str| {
        let options = options.get().ok()?;
        Some(at.with_value(|at| address(id, at.as_deref(), format, &options, rest)))
    };
    let fault = Signal::derive(move || options.get().err());
    let off = move || fault.with(Option::is_some).then_some("true");
    view! {
        <div class="print">
            <div class="print-choices">
                <Paperwork chosen fault/>
                <div class="print-actions">
                    <a class="button button-primary" download="" role="link" aria-disabled=off href=move || address("pdf", "")>
                        <Glyph icon=Icon::Download/><span class="button-text">"PDF"</span>
                    </a>
                    <a class="button" role="link" aria-disabled=off href=move || address("pdf", "&inline=true") target="_blank" rel="noopener">
                        <Glyph icon=Icon::Contract/><span class="button-text">"Print"</span>
                    </a>
                    <a class="button" download="" role="link" aria-disabled=off href=move || address("png", "")>
                        <Glyph icon=Icon::Download/><span class="button-text">"PNG"</span>
                    </a>
                    <a class="button" download="" role="link" aria-disabled=off href=move || address("svg", "")>
                        <Glyph icon=Icon::Download/><span class="button-text">"SVG"</span>
                    </a>
                </div>
                <p class="field-hint">"PDF and print follow the paper; PNG and SVG hold the whole chart on one sheet."</p>
            </div>
            <div class="print-preview" role="region" aria-label="First page" tabindex="0" aria-live="polite">
                {move || match preview.get() {
                    None => view! { <Loading/> }.into_any(),
                    Some(Ok(page)) => view! { <Sheet page/> }.into_any(),
                    Some(Err(_)) if off().is_some() => view! { <p class="muted">"Mend what is marked, and the first page stands here."</p> }.into_any(),
                    Some(Err(CallError(fault))) => view! { <FailedState fault/> }.into_any(),
                }}
            </div>
        </div>
    }
    .into_any()
}

/// The first page, and how many there are.
#[component]
fn Sheet(page: PicturePreview) -> impl IntoView {
    let pages = if page.pages == 1 { "1 page".to_owned() } else { format!("{} pages", page.pages) };
    // Our own drawing, with every name escaped by the server that drew it.
    view! {
        <div class="paper-sheet" role="img" aria-label="Preview of the first page" inner_html=page.svg></div>
        <p class="field-hint">{pages}</p>
    }
}

/// Where the file is. Pixels and drawings hold the whole chart: paper would cut it into pages.
fn address(id: ProjectId, at: Option<&str>, format: &str, options: &PictureOptions, rest: &str) -> String {
    let said = serde_json::to_value(options).unwrap_or_default();
    let names = ["paper", "orientation", "fit", "zoom", "from", "to"];
    let names = if format == "pdf" { &names[..] } else { &names[3..] };
    let words = names.iter().filter_map(|name| Some(format!("&{name}={}", said.get(name)?.as_str()?)));
    let plain = if options.plain { "&critical=false" } else { "" };
    let at = at.map(|at| format!("&at={at}")).unwrap_or_default();
    format!("/api/v1/projects/{id}/export?format={format}{}{plain}{at}{rest}", words.collect::<String>())
}
