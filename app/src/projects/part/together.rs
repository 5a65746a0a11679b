//! The others who look at the same plan: where they are, and what they say.

use domain::{
    ProjectId, TaskId, UserId,
    projects::view::{Comment, Presence},
};
use leptos::prelude::*;
use serde::Deserialize;
use uuid::Uuid;

use super::gantt::{GanttHandle, Other};
use crate::kit::{Avatar, Session, Toaster, new_id};

/// Milliseconds between two tellings at least, while somebody listens.
#[cfg(feature = "hydrate")]
const PAUSE_MS: i32 = 500;
/// Milliseconds between signs of life.
#[cfg(feature = "hydrate")]
const PULSE_MS: u64 = 10_000;
/// Milliseconds after which somebody who says nothing has left.
const GONE_MS: f64 = 25_000.0;

/// What the server tells of somebody.
#[derive(Deserialize)]
struct Told {
    project_id: ProjectId,
    user: Author,
    here: Presence,
}

#[derive(Deserialize)]
struct Author {
    id: UserId,
    name: String,
}

/// A comment, as it is told.
#[derive(Deserialize)]
struct Said {
    project_id: ProjectId,
    task_id: TaskId,
    #[serde(default)]
    task_name: String,
    #[serde(default)]
    comment: Option<Comment>,
    #[serde(default)]
    watchers: Vec<UserId>,
}

/// Who is here, and telling them where one is oneself.
#[derive(Clone, Copy)]
pub struct Together {
    project: ProjectId,
    handle: GanttHandle,
    toaster: Toaster,
    window: Uuid,
    own: Option<UserId>,
    others: RwSignal<Vec<Other>>,
    /// The task that somebody has just spoken of, and a count that tells one time from the next.
    pub commented: RwSignal<Option<(TaskId, u32)>>,
}

impl Together {
    pub fn new(project: ProjectId, handle: GanttHandle, toaster: Toaster) -> Self {
        let own = use_context::<Session>().and_then(|session| untrack(|| session.me())).map(|me| me.user.id);
        let others = RwSignal::new(Vec::new());
        let commented = RwSignal::new(None);
        let together = Self { project, handle, toaster, window: new_id(), own, others, commented };
        #[cfg(feature = "hydrate")]
        together.tell();
        together
    }

    /// Takes in where somebody is.
    pub fn heard(self, text: &str) {
        let Ok(Told { project_id, user, here }) = serde_json::from_str::<Told>(text) else { return };
        if project_id != self.project || here.window == self.window {
            return;
        }
        let now = now();
        let before = self.others.with_untracked(Vec::len);
        self.others.update(|others| {
            others.retain(|other| other.window != here.window && now - other.heard < GONE_MS);
            if !here.gone {
                others.push(Other {
                    window: here.window,
                    colour: colour(user.id),
                    name: user.name,
                    task: here.task,
                    editing: here.editing,
                    over: here.over.zip(here.at),
                    heard: now,
                });
                others.sort_by(|one, other| (&one.name, one.window).cmp(&(&other.name, other.window)));
            }
        });
        self.handle.set_others(self.others.get_untracked());
        // Whoever has just come wants to know who is here.
        #[cfg(feature = "hydrate")]
        if self.others.with_untracked(Vec::len) > before {
            self.send(false);
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = before;
    }

    /// Takes in what somebody says.
    pub fn heard_comment(self, text: &str) {
        let Ok(said) = serde_json::from_str::<Said>(text) else { return };
        if said.project_id != self.project {
            return;
        }
        self.commented.update(|last| *last = Some((said.task_id, last.map_or(0, |(_, count)| count + 1))));
        let (Some(comment), Some(own)) = (said.comment, self.own) else { return };
        if comment.author_id == own {
            return;
        }
        if comment.mentions.contains(&own) {
            self.toaster.say(format!("{} speaks to you at {}.", comment.author_name, said.task_name));
        } else if said.watchers.contains(&own) {
            self.toaster.say(format!("{} commented on {}, which you watch.", comment.author_name, said.task_name));
        }
    }
}

/// The same person has the same colour in every window.
fn colour(user: UserId) -> usize {
    user.0.as_bytes().iter().fold(0, |sum, byte| sum + usize::from(*byte)) % 8
}

#[cfg(feature = "hydrate")]
fn now() -> f64 {
    js_sys::Date::now()
}

#[cfg(not(feature = "hydrate"))]
fn now() -> f64 {
    0.0
}

#[cfg(feature = "hydrate")]
impl Together {
    /// Tells now and then, and soon after something changes while somebody listens.
    fn tell(self) {
        let soon = StoredValue::new(false);
        let handle = self.handle;
        Effect::new(move |first: Option<()>| {
            let _ = handle.marked();
            handle.pointing.track();
            handle.holding.track();
            let alone = self.others.with_untracked(Vec::is_empty);
            if first.is_some() && (alone || soon.get_value()) {
                return;
            }
            soon.set_value(true);
            set_timeout(
                move || {
                    if soon.try_set_value(false).is_none() {
                        self.send(false);
                    }
                },
                std::time::Duration::from_millis(u64::try_from(PAUSE_MS).unwrap_or_default()),
            );
        });
        let pulse = set_interval_with_handle(
            move || {
                let now = now();
                if self.others.with_untracked(|others| others.iter().any(|other| now - other.heard >= GONE_MS)) {
                    self.others.update(|others| others.retain(|other| now - other.heard < GONE_MS));
                    self.handle.set_others(self.others.get_untracked());
                }
                self.send(false);
            },
            std::time::Duration::from_millis(PULSE_MS),
        );
        on_cleanup(move || {
            if let Ok(pulse) = pulse {
                pulse.clear();
            }
            self.send(true);
        });
    }

    fn send(self, gone: bool) {
        let over = self.handle.pointing.try_get_untracked().flatten();
        let here = Presence {
            window: self.window,
            task: self.handle.marked_now(),
            editing: self.handle.holding.try_get_untracked().flatten(),
            over: over.map(|(task, _)| task),
            at: over.map(|(_, at)| at),
            gone,
        };
        let path = format!("/projects/{}/presence", self.project);
        leptos::task::spawn_local(async move {
            // A telling that is lost is followed by another.
            let _ = crate::kit::api::post::<()>(&path, &here).await;
        });
    }
}

/// Faces of the others.
#[component]
pub fn Here(together: Together) -> impl IntoView {
    let faces = move || {
        let mut seen: Vec<Other> = together.others.get();
        seen.dedup_by(|one, other| one.name == other.name);
        seen.into_iter()
            .map(|other| {
                let title = format!("{} is here", other.name);
                let said = title.clone();
                view! {
                    <li style=format!("--ring-colour:var(--series-{})", other.colour + 1) title=title>
                        <Avatar name=other.name size=28/>
                        <span class="sr-only">{said}</span>
                    </li>
                }
            })
            .collect_view()
    };
    view! { <ul class="here" aria-label="Also here" aria-live="polite">{faces}</ul> }.into_any()
}
