//! Calendar links: made, shown once, taken away.

use domain::{
    ProjectId,
    projects::feed::{FeedState, NewFeed},
};
use leptos::prelude::*;

use super::super::calls;
use crate::kit::{
    Button, ButtonKind, CallError, Dialog, FailedState, Icon, Loading, Moment, Toaster, copy_text, full_address,
};

/// A dialog with the link to this plan and the one to all of one's own tasks.
#[component]
pub fn FeedDialog(open: RwSignal<bool>, id: ProjectId) -> impl IntoView {
    view! {
        <Dialog open title="Calendar link">
            <p class="field-hint">
                "Outlook, Google Calendar, Apple Calendar and others show tasks as events and follow the plan, usually within an hour. Whoever knows a link can read it without signing in: treat it like a password."
            </p>
            <FeedLink project=Some(id) title="Tasks of this project" text="Every task and milestone of this plan."/>
            <FeedLink project=None title="My tasks in all projects" text="What is assigned to you, wherever it is planned."/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn FeedLink(project: Option<ProjectId>, title: &'static str, text: &'static str) -> impl IntoView {
    let make = Action::new(move |(): &()| calls::make_feed(project));
    let revoke = Action::new(move |(): &()| calls::revoke_feed(project));
    let state = LocalResource::new(move || {
        make.version().track();
        revoke.version().track();
        calls::feed(project)
    });
    // What was made just now, until it is taken away again.
    let shown = RwSignal::new(None::<NewFeed>);
    Effect::new(move || {
        if let Some(Ok(made)) = make.value().get() {
            shown.set(Some(made));
        }
    });
    Effect::new(move || {
        if matches!(revoke.value().get(), Some(Ok(()))) {
            shown.set(None);
        }
    });
    let fault = move || {
        let made = make.value().get().and_then(Result::err);
        made.or_else(|| revoke.value().get().and_then(Result::err)).map(|CallError(fault)| fault.to_string())
    };
    let pending = Signal::derive(move || make.pending().get() || revoke.pending().get());
    let act = move |there: bool| {
        let label = if there { "Make a new link" } else { "Make a link" };
        let kind = if there { ButtonKind::Secondary } else { ButtonKind::Primary };
        view! {
            <div class="feed-actions">
                <Button kind pending on_press=move || { make.dispatch(()); }>{label}</Button>
                {there.then(|| view! { <Button pending on_press=move || { revoke.dispatch(()); }>"Revoke"</Button> })}
            </div>
        }
    };
    let standing = move |FeedState { feed }: FeedState| {
        let there = feed.is_some();
        view! {
            {feed.map(|feed| view! {
                <p class="field-hint">"Made " <Moment at=feed.made_at ago=true/> ". A new link ends the one before."</p>
            })}
            {act(there)}
        }
    };
    view! {
        <section class="feed" aria-label=title>
            <h3>{title}</h3>
            <p>{text}</p>
            {move || shown.get().map(|made| view! { <Secret made/> })}
            <p class="field-fault" role="alert">{fault}</p>
            {move || match state.get() {
                None => view! { <Loading lines=1/> }.into_any(),
                Some(Ok(state)) => standing(state).into_any(),
                Some(Err(CallError(fault))) => view! { <FailedState fault/> }.into_any(),
            }}
        </section>
    }
    .into_any()
}

/// The address, shown this once.
#[component]
fn Secret(made: NewFeed) -> impl IntoView {
    let address = full_address(&made.path).unwrap_or(made.url);
    let toaster = expect_context::<Toaster>();
    let text = address.clone();
    let copy = Callback::new(move |()| {
        copy_text(&text);
        toaster.say("The calendar link is copied.");
    });
    let subscribe = address.replacen("https://", "webcal://", 1).replacen("http://", "webcal://", 1);
    view! {
        <div class="feed-secret">
            <input class="input" type="text" readonly aria-label="Calendar link" value=address/>
            <Button icon=Icon::Copy on_press=copy>"Copy"</Button>
        </div>
        <p class="field-hint">
            "Copy it now: it is not shown again. "
            <a href=subscribe>"Open in a calendar program"</a>
        </p>
    }
    .into_any()
}
