//! What people say about the task, whom they speak to, and who wants to hear it.

use domain::{
    ProjectId, TaskId, UserId,
    projects::{
        resource::ResourceKind,
        view::{Comment, Person},
    },
};
use leptos::{ev::KeyboardEvent, prelude::*};

use super::{
    super::together::Together,
    Drafts,
    edit::Edit,
    mention::{Meant, Offered, marked, mentioned},
};
use crate::{
    kit::{Avatar, Button, CallError, Icon, Moment, Session, Size, TextArea, Toaster},
    projects::calls,
};

#[component]
pub fn Comments(project: ProjectId, edit: Edit, together: Together) -> impl IntoView {
    let task: TaskId = edit.task;
    let drafts = expect_context::<Drafts>().0;
    let body = RwSignal::new(drafts.try_update_value(|drafts| drafts.remove(&task)).flatten().unwrap_or_default());
    on_cleanup(move || {
        if let Some(begun) = body.try_get_untracked().filter(|begun| !begun.is_empty()) {
            drafts.try_update_value(|drafts| drafts.insert(task, begun));
        }
    });
    let people = Memo::new(move |_| {
        edit.handle.read(|model| {
            let known = model.staff().known().iter().filter(|record| record.kind == ResourceKind::Person);
            known.map(|record| Person { id: UserId(record.id.0), name: record.name.clone() }).collect::<Vec<_>>()
        })
    });
    let say = Action::new(move |text: &String| {
        let mentions = people.with_untracked(|people| mentioned(text, people));
        calls::add_comment(project, task, text.clone(), mentions)
    });
    let list = LocalResource::new(move || {
        say.version().track();
        // Somebody else's word about this task.
        if let Some((spoken_of, count)) = together.commented.get() {
            let _ = (spoken_of == task).then_some(count);
        }
        calls::comments(project, task)
    });
    Effect::new(move || {
        if matches!(say.value().get(), Some(Ok(_))) {
            body.set(String::new());
        }
    });
    let fault = move || say.value().get().and_then(Result::err).map(|error| error.0.to_string());
    let comment = move |comment: Comment| {
        let text = people.with_untracked(|people| marked(&comment, people));
        view! {
            <li>
                <Avatar name=comment.author_name.clone() size=24/>
                <div><strong>{comment.author_name}</strong>" "<Moment at=comment.created_at ago=true/><p>{text}</p></div>
            </li>
        }
    };
    let meant = Meant::new(body, people);
    let send = move || {
        if !body.with_untracked(|text| text.trim().is_empty()) && !say.pending().get_untracked() {
            say.dispatch(body.get_untracked());
        }
    };
    let key = move |event: KeyboardEvent| {
        if meant.key(&event) {
            event.prevent_default();
            // Escape closes the list, not the panel.
            event.stop_propagation();
        } else if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            send();
        }
    };
    let said = move || list.get().and_then(Result::ok).map(|page| page.items).unwrap_or_default();
    view! {
        <section class="comments" aria-labelledby="task-comments">
            <header class="comments-head"><h3 id="task-comments">"Comments"</h3><Watch project task said=say.version().into()/></header>
            <ul>{move || said().into_iter().map(comment).collect_view()}</ul>
            <form on:submit=move |event| { event.prevent_default(); send(); } on:keydown=key>
                <TextArea
                    value=body
                    rows=2
                    label="Comment"
                    placeholder="Say something; @ speaks to somebody"
                    attr:aria-keyshortcuts="Control+Enter"
                    attr:aria-autocomplete="list"
                    attr:aria-controls="task-mentions"
                    attr:aria-activedescendant=move || meant.active_id()
                />
                <Offered meant/>
                <p class="field-fault" role="alert">{fault}</p>
                <Button submit=true pending=say.pending()>"Comment"</Button>
            </form>
        </section>
    }
    .into_any()
}

/// Who watches the task, and whether one does oneself.
#[component]
fn Watch(project: ProjectId, task: TaskId, said: Signal<usize>) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let own = use_context::<Session>().and_then(|session| untrack(|| session.me())).map(|me| me.user.id);
    let changed = RwSignal::new(0_u32);
    let watchers = LocalResource::new(move || {
        said.track();
        changed.track();
        calls::watchers(project, task)
    });
    let all = move || watchers.get().and_then(Result::ok).unwrap_or_default();
    let watching = Signal::derive(move || all().iter().any(|person| Some(person.id) == own));
    let turn = move || {
        let on = !watching.get_untracked();
        leptos::task::spawn_local(async move {
            if let Err(CallError(fault)) = calls::watch(project, task, on).await {
                toaster.fault(&fault);
            }
            let _ = changed.try_update(|count| *count += 1);
        });
    };
    let names = move || {
        let names: Vec<String> = all().into_iter().map(|person| person.name).collect();
        if names.is_empty() {
            "Nobody watches this task".to_owned()
        } else {
            format!("Watched by {}", names.join(", "))
        }
    };
    view! {
        <span title=names>
            {move || {
                let (icon, label) = if watching.get() { (Icon::EyeOff, "Watch no longer") } else { (Icon::Eye, "Watch") };
                let count = all().len();
                let text = if count > 0 { format!("{label} ({count})") } else { label.to_owned() };
                view! { <Button size=Size::Small icon=icon on_press=turn>{text}</Button> }
            }}
        </span>
    }
    .into_any()
}
