//! Whom a comment speaks to: names behind an `@`, offered while they are typed.

use domain::{
    UserId,
    projects::view::{Comment, Person},
};
use leptos::{ev::KeyboardEvent, prelude::*};

/// People that are offered at a time.
const MOST: usize = 6;

/// Who may be meant by what is being typed, and which of them Enter chooses.
#[derive(Clone, Copy)]
pub struct Meant {
    body: RwSignal<String>,
    people: Memo<Vec<Person>>,
    active: RwSignal<usize>,
    /// The text for which nobody is wanted.
    declined: RwSignal<Option<String>>,
}

impl Meant {
    pub fn new(body: RwSignal<String>, people: Memo<Vec<Person>>) -> Self {
        let declined = RwSignal::new(None::<String>);
        let active = RwSignal::new(0);
        let meant = Memo::new(move |_| {
            let text = body.get();
            if declined.with(|declined| declined.as_ref() == Some(&text)) {
                return Vec::new();
            }
            people.with(|people| offered(&text, people))
        });
        Effect::new(move || {
            meant.track();
            active.set(0);
        });
        Self { body, people: meant, active, declined }
    }

    /// The element of the name that Enter chooses; absent while none is offered.
    pub fn active_id(self) -> Option<String> {
        let place = self.active.get();
        self.people.with(|people| people.get(place).map(|person| option_id(person.id)))
    }

    /// Walks, chooses or declines; false for a key that means something else here.
    pub fn key(self, event: &KeyboardEvent) -> bool {
        let many = self.people.with_untracked(Vec::len);
        if many == 0 || event.is_composing() || event.ctrl_key() || event.meta_key() {
            return false;
        }
        let place = self.active.get_untracked().min(many - 1);
        match event.key().as_str() {
            "ArrowDown" => self.active.set((place + 1) % many),
            "ArrowUp" => self.active.set((place + many - 1) % many),
            "Enter" | "Tab" if !event.shift_key() => {
                let name = self.people.with_untracked(|people| people.get(place).map(|person| person.name.clone()));
                self.choose(&name.unwrap_or_default());
            }
            "Escape" => self.declined.set(Some(self.body.get_untracked())),
            _ => return false,
        }
        true
    }

    fn choose(self, name: &str) {
        self.body.update(|text| {
            if let Some(at) = text.rfind('@') {
                text.truncate(at);
                text.push('@');
                text.push_str(name);
                text.push(' ');
            }
        });
    }
}

fn option_id(id: UserId) -> String {
    format!("mention-{id}")
}

/// What is being typed behind the last `@`, where that may become a name.
fn fragment(text: &str) -> Option<&str> {
    let (before, typed) = text.rsplit_once('@')?;
    let begins = before.chars().next_back().is_none_or(char::is_whitespace);
    (begins && typed.chars().count() <= 30 && !typed.contains('\n')).then_some(typed)
}

/// Everybody whose name stands behind an `@`.
pub fn mentioned(text: &str, people: &[Person]) -> Vec<UserId> {
    people.iter().filter(|person| text.contains(&format!("@{}", person.name))).map(|person| person.id).collect()
}

/// The text with the names of those who are spoken to set apart.
pub fn marked(comment: &Comment, people: &[Person]) -> Vec<AnyView> {
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

/// People whose name begins, at any of its words, with what is typed behind the `@`.
fn offered(text: &str, people: &[Person]) -> Vec<Person> {
    let Some(typed) = fragment(text).map(str::to_lowercase) else { return Vec::new() };
    let fits = people.iter().filter(|person| {
        let name = person.name.to_lowercase();
        name.split_whitespace().any(|word| word.starts_with(&typed)) || name.starts_with(&typed)
    });
    // A name that stands there in full asks for nothing any more.
    fits.filter(|person| !typed.starts_with(&person.name.to_lowercase())).take(MOST).cloned().collect()
}

/// People who may be meant, under the text. The focus stays in the text.
#[component]
pub fn Offered(meant: Meant) -> impl IntoView {
    let offer = move |(place, person): (usize, Person)| {
        let name = person.name.clone();
        let is_active = move || meant.active.get() == place;
        view! {
            <li
                id=option_id(person.id)
                role="option"
                aria-selected=move || is_active().to_string()
                // Before the text loses the focus.
                on:mousedown=move |event| {
                    event.prevent_default();
                    meant.choose(&name);
                }
            >
                {person.name}
            </li>
        }
    };
    let all = move || meant.people.get().into_iter().enumerate().map(offer).collect_view();
    view! {
        <ul id="task-mentions" class="mentions" role="listbox" aria-label="Speak to" hidden=move || meant.people.with(Vec::is_empty)>
            {all}
        </ul>
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
        let names = |text: &str| offered(text, &people).into_iter().map(|person| person.name).collect::<Vec<_>>();
        assert_eq!((names("Hi @le"), names("@bo"), names("@Bo ")), (vec!["Ann Lee".to_owned()], vec![], vec![]));
        assert_eq!((fragment("Hi @An"), fragment("a@b.example"), fragment("Hi")), (Some("An"), None, None));
    }
}
