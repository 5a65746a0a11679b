//! What was said to whoever looks: comments that name them, over all plans.

use domain::{Page, PageRequest, projects::overview::Mention};
use leptos::prelude::*;
use leptos_router::components::A;

use super::super::calls;
use crate::kit::{Avatar, CallError, Moment, Pager, encoded};

/// Few at a time: the tasks below are what the page is for.
const AT_ONCE: u32 = 5;

/// The comments, newest first; nothing where nobody has said anything.
#[component]
pub fn SpokenToYou() -> impl IntoView {
    let cursor = RwSignal::new(None::<String>);
    let page = LocalResource::new(move || {
        calls::mentions(PageRequest { limit: Some(AT_ONCE), cursor: cursor.get(), ..PageRequest::default() })
    });
    // The page before stays until the next is there.
    let found = RwSignal::new(None::<Page<Mention>>);
    let fault = RwSignal::new(None::<String>);
    Effect::new(move || match page.get() {
        Some(Ok(page)) => found.set(Some(page)),
        Some(Err(CallError(refusal))) => fault.set(Some(refusal.detail)),
        None => {}
    });
    let total = Signal::derive(move || found.with(|page| page.as_ref().map_or(0, |page| page.total)));
    let next = Signal::derive(move || found.with(|page| page.as_ref().and_then(|page| page.next_cursor.clone())));
    let shown = Signal::derive(move || found.with(|page| page.as_ref().map_or(0, |page| page.items.len() as u64)));
    let list = move || found.get().into_iter().flat_map(|page| page.items).map(said).collect_view();
    view! {
        <Show when=move || fault.with(Option::is_some)><p class="field-fault" role="alert">{move || fault.get()}</p></Show>
        <Show when=move || { total.get() > 0 }>
            <section class="mentions" aria-labelledby="spoken-to-you">
                <h2 id="spoken-to-you">"Spoken to you"</h2>
                <ul>{list}</ul>
                <Show when=move || { total.get() > u64::from(AT_ONCE) }><Pager cursor next total shown/></Show>
            </section>
        </Show>
    }
    .into_any()
}

fn said(mention: Mention) -> impl IntoView {
    let Mention { project_id, project_code, project_name, task_name, author_name, body, created_at, .. } = mention;
    view! {
        <li>
            <Avatar name=author_name.clone() size=24/>
            <div>
                <p class="mention-of">
                    <strong>{author_name}</strong>
                    " about "
                    <A href=format!("/projects/{project_id}?q={}", encoded(&task_name))>{task_name}</A>
                    <span class="muted">{project_code}" "{project_name}</span>
                    <Moment at=created_at ago=true/>
                </p>
                <p class="mention-said">{body}</p>
            </div>
        </li>
    }
}
