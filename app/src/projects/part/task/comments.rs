//! What people say about the task, whom they speak to, and who wants to hear it.

use domain::{
    ProjectId, TaskId, UserId,
    projects::{
        resource::ResourceKind,
        view::{Comment, Person},
    },
};
use leptos::prelude::*;

use super::{super::together::Together, Drafts, edit::Edit};
use crate::{
    kit::{Avatar, Button, CallError, Icon, Moment, Session, Size, TextArea, Toaster},
    projects::calls,
};

/// People that are offered at a time.
const MOST: usize = 6;

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
    let said = move || list.get().and_then(Result::ok).map(|page| page.items).unwrap_or_default();
    view! {
        <section class="comments" aria-labelledby="task-comments">
            <header class="comments-head"><h3 id="task-comments">"Comments"</h3><Watch project task said=say.version().into()/></header>
            <ul>{move || said().into_iter().map(comment).collect_view()}</ul>
            <form on:submit=move |event| { event.prevent_default(); say.dispatch(body.get_untracked()); }>
                <TextArea value=body rows=2 label="Comment" placeholder="Say something; @ speaks to somebody"/>
                <Spoken body people/>
                <p class="field-fault" role="alert">{fault}</p>
                <Button submit=true pending=say.pending()>"Comment"</Button>
            </form>
        </section>
    }
    .into_any()
}

/// What is being typed behind the last `@`, where that may become a name.
fn fragment(text: &str) -> Option<&str> {
    let (before, typed) = text.rsplit_once('@')?;
    let begins = before.chars().next_back().is_none_or(char::is_whitespace);
    (begins && typed.chars().count() <= 30 && !typed.contains('\n')).then_some(typed)
}

/// Everybody whose name stands behind an `@`.
fn mentioned(text: &str, people: &[Person]) -> Vec<UserId> {
    people.iter().filter(|person| text.contains(&format!("@{}", person.name))).map(|person| person.id).collect()
}

/// The text with the names of those who are spoken to set apart.
fn marked(comment: &Comment, people: &[Person]) -> Vec<AnyView> {
    let names = people.iter().filter(|person| comment.mentions.contains(&person.id));
    let names: Vec<String> = names.map(|person| format!("@{}", person.name)).collect();
    let mut parts = Vec::new();
    let mut rest = comment.body.as_str();
    while let Some((at, name)) = names.iter().filter_map(|name| Some((rest.find(name.as_str())?, name))).min() {
        parts.push(rest[..at].to_owned().into_any());
        parts.push(view! { <span class="mention">{name.clone()}</span> }.into_any());
        rest = &rest[at + name.len()..];
    }
    parts.push(rest.to_owned().into_any());
    parts
}

/// People who may be meant, as buttons under the text.
#[component]
fn Spoken(body: RwSignal<String>, people: Memo<Vec<Person>>) -> impl IntoView {
    let meant = Memo::new(move |_| {
        let text = body.get();
        let Some(typed) = fragment(&text).map(str::to_lowercase) else { return Vec::new() };
        people.with(|people| {
            let fits = people.iter().filter(|person| {
                let name = person.name.to_lowercase();
                name.split_whitespace().any(|word| word.starts_with(&typed)) || name.starts_with(&typed)
            });
            // A name that stands there in full asks for nothing any more.
            fits.filter(|person| !typed.starts_with(&person.name.to_lowercase())).take(MOST).cloned().collect()
        })
    });
    let choose = move |name: &str| {
        body.update(|text| {
            if let Some(at) = text.rfind('@') {
                text.truncate(at);
                text.push('@');
                text.push_str(name);
                text.push(' ');
            }
        });
    };
    let offer = move |person: Person| {
        let name = person.name.clone();
        view! {
            <li><Button size=Size::Small on_press=move || choose(&name)>{person.name}</Button></li>
        }
    };
    view! {
        <Show when=move || !meant.with(Vec::is_empty)>
            <ul class="spoken" aria-label="Speak to">{move || meant.get().into_iter().map(offer).collect_view()}</ul>
        </Show>
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

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_name_behind_an_at_is_spoken_to() {
        let person = |number: u128, name: &str| Person { id: UserId(Uuid::from_u128(number)), name: name.into() };
        let people = [person(1, "Ann Lee"), person(2, "Bo")];
        assert_eq!(mentioned("See @Ann Lee, and Bo", &people), [people[0].id]);
        assert_eq!((fragment("Hi @An"), fragment("a@b.example"), fragment("Hi")), (Some("An"), None, None));
    }
}
