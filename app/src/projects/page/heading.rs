//! The head of a plan's page.

use domain::projects::document::ProjectHead;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::kit::day;

/// Which project, and its dates.
#[component]
pub fn Heading(
    #[prop(into)] head: Signal<ProjectHead>,
    #[prop(optional, into)] finish: Option<Signal<String>>,
    #[prop(optional, into)] late: Signal<bool>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="page-head plan-head">
            <div>
                <p class="crumbs"><A href="/projects">"Projects"</A></p>
                <h1>{move || head.get().name}<span class="plan-code">{move || head.get().code}</span></h1>
            </div>
            <dl class="plan-dates">
                <div><dt>"Start"</dt><dd>{move || day(head.get().start)}</dd></div>
                <div><dt>"Target"</dt><dd>{move || head.get().target_end.map_or_else(|| "None".to_owned(), day)}</dd></div>
                <div><dt>"Finish"</dt><dd class:late=late>{move || finish.map_or_else(|| "…".to_owned(), |finish| finish.get())}</dd></div>
            </dl>
            <div class="page-actions">{children.map(|children| children())}</div>
        </header>
    }
    .into_any()
}
