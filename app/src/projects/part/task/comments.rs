//! What people say about the task.

use domain::{ProjectId, TaskId, projects::view::Comment};
use leptos::prelude::*;

use crate::{
    kit::{Avatar, Button, Moment, TextArea},
    projects::calls,
};

#[component]
pub fn Comments(project: ProjectId, task: TaskId) -> impl IntoView {
    let body = RwSignal::new(String::new());
    let say = Action::new(move |text: &String| calls::add_comment(project, task, text.clone(), Vec::new()));
    let list = LocalResource::new(move || {
        say.version().track();
        calls::comments(project, task)
    });
    Effect::new(move || {
        if matches!(say.value().get(), Some(Ok(_))) {
            body.set(String::new());
        }
    });
    let fault = move || say.value().get().and_then(Result::err).map(|error| error.0.to_string());
    let comment = |comment: Comment| {
        view! {
            <li>
                <Avatar name=comment.author_name.clone() size=24/>
                <div><strong>{comment.author_name}</strong>" "<Moment at=comment.created_at ago=true/><p>{comment.body}</p></div>
            </li>
        }
    };
    let said = move || list.get().and_then(Result::ok).map(|page| page.items).unwrap_or_default();
    view! {
        <section class="comments" aria-labelledby="task-comments">
            <h3 id="task-comments">"Comments"</h3>
            <ul>{move || said().into_iter().map(comment).collect_view()}</ul>
            <form on:submit=move |event| { event.prevent_default(); say.dispatch(body.get_untracked()); }>
                <TextArea value=body rows=2 label="Comment" placeholder="Say something"/>
                <p class="field-fault" role="alert">{fault}</p>
                <Button submit=true pending=say.pending()>"Comment"</Button>
            </form>
        </section>
    }
    .into_any()
}
