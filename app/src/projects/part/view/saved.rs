//! Looks that are kept under a name: chosen from a menu, saved for oneself or for everybody.

use domain::{
    Fault,
    projects::{
        look::{PlanLook, SavedView},
        permission::EditProjects,
    },
};
use leptos::prelude::*;
use serde_json::{Value, json};

use super::Shown;
use crate::kit::{
    Button, ButtonKind, Checkbox, Dialog, DialogActions, Field, Form, Guard, Icon, IconButton, Menu, MenuItem,
    MenuLine, Switch, TextInput, Toaster,
};

/// The views of this plan, and the way to ask for them anew.
#[derive(Clone, Copy)]
struct Kept {
    shown: Shown,
    all: RwSignal<Vec<SavedView>>,
    toaster: Toaster,
}

impl Kept {
    /// Asks for the views. The page of a plan that is shown is the browser's: they come by the API, as the plan does.
    fn load(self) {
        #[cfg(feature = "hydrate")]
        leptos::task::spawn_local(async move {
            let path = format!("/projects/{}/views?limit=200", self.shown.project);
            match crate::kit::api::get::<domain::Page<SavedView>>(&path).await {
                Ok(page) => drop(self.all.try_set(page.items)),
                Err(fault) => self.toaster.fault(&fault),
            }
        });
        #[cfg(not(feature = "hydrate"))]
        let _ = (self.shown.project, self.toaster);
    }

    /// Does something to a view, says so, and shows what became of it; `refused` is told why where it is not done.
    fn act(self, method: &'static str, path: String, body: Value, say: String, refused: Callback<Option<Fault>>) {
        #[cfg(feature = "hydrate")]
        leptos::task::spawn_local(async move {
            let path = format!("/projects/{}/views{path}", self.shown.project);
            let fault = crate::kit::api::tell(method, &path, &body).await.err();
            if fault.is_none() {
                self.toaster.say(say);
            }
            refused.try_run(fault);
            self.load();
        });
        #[cfg(not(feature = "hydrate"))]
        let _ = (method, path, body, say, refused);
    }

    /// As [`act`](Self::act), where no form shows a refusal.
    fn change(self, method: &'static str, path: String, body: Value, say: String) {
        let refused = Callback::new(move |fault: Option<Fault>| {
            if let Some(fault) = fault {
                self.toaster.fault(&fault);
            }
        });
        self.act(method, path, body, say, refused);
    }
}

/// The menu of the views.
#[component]
pub fn SavedViews(shown: Shown) -> impl IntoView {
    let kept = Kept { shown, all: RwSignal::new(Vec::new()), toaster: expect_context::<Toaster>() };
    Effect::new(move |_| kept.load());
    let (saving, managing) = (RwSignal::new(false), RwSignal::new(false));
    let item = move |view: SavedView| {
        let look = StoredValue::new(view.look);
        let checked =
            Signal::derive(move || shown.looked.look.with(|now| look.with_value(|look| without_day(now) == *look)));
        let name = if view.mine { view.name } else { format!("{} ({})", view.name, view.owner_name) };
        view! { <MenuItem checked on_press=move || look.with_value(|look| shown.looked.show(look, false))>{name}</MenuItem> }
    };
    let none = move || kept.all.with(Vec::is_empty).then(|| view! { <p class="menu-note">"No view is saved yet."</p> });
    view! {
        <Menu id="saved-views" label="Saved views" icon=Icon::Eye>
            <div class="menu-scroll" role="presentation">
                {move || kept.all.get().into_iter().map(item).collect_view()}
                {none}
            </div>
            <MenuLine/>
            <MenuItem icon=Icon::Plus on_press=move || saving.set(true)>"Save this view"</MenuItem>
            <MenuItem icon=Icon::Settings disabled=Signal::derive(move || kept.all.with(Vec::is_empty)) on_press=move || managing.set(true)>"Manage views"</MenuItem>
        </Menu>
        <Dialog open=saving title="Save this view"><SaveForm kept open=saving/></Dialog>
        <Dialog open=managing title="Saved views"><Manage kept/></Dialog>
    }
    .into_any()
}

/// A view that is kept shows its calendar around today, whenever that is.
fn without_day(look: &PlanLook) -> PlanLook {
    PlanLook { day: None, ..look.clone() }
}

#[component]
fn SaveForm(kept: Kept, open: RwSignal<bool>) -> impl IntoView {
    let (name, shared) = (RwSignal::new(String::new()), RwSignal::new(false));
    let (fault, pending) = (RwSignal::new(None::<Fault>), RwSignal::new(false));
    let done = Callback::new(move |refused: Option<Fault>| {
        pending.set(false);
        open.set(refused.is_some());
        fault.set(refused);
    });
    let save = Callback::new(move |()| {
        pending.set(true);
        let look = kept.shown.looked.look.with_untracked(without_day);
        let name = name.get_untracked();
        let body = json!({ "name": name, "look": look, "shared": shared.get_untracked() });
        kept.act("POST", String::new(), body, format!("{name} is saved."), done);
    });
    view! {
        <Form name="view" on_submit=save fault=fault pending=pending>
            <Field label="Name" name="name" hint="View, filters, columns and order are kept.">
                <TextInput value=name autocomplete="off" autofocus=true/>
            </Field>
            <Guard needs=EditProjects>
                <Checkbox checked=shared label="Everybody who sees this project sees the view"/>
            </Guard>
            <DialogActions>
                <Button on_press=move || open.set(false)>"Cancel"</Button>
                <Button kind=ButtonKind::Primary submit=true pending=pending>"Save"</Button>
            </DialogActions>
        </Form>
    }
    .into_any()
}

#[component]
fn Manage(kept: Kept) -> impl IntoView {
    view! {
        <ul class="kept-views">
            <For each=move || kept.all.get() key=|view| (view.id, view.shared, view.name.clone()) let:view>
                <li><One kept view/></li>
            </For>
        </ul>
    }
    .into_any()
}

#[component]
fn One(kept: Kept, view: SavedView) -> impl IntoView {
    let (mine, shared) = (view.mine, view.shared);
    let path = StoredValue::new(format!("/{}", view.id));
    let name = RwSignal::new(view.name.clone());
    let title = StoredValue::new(view.name);
    let rename = move |_| {
        let (now, before) = (name.get_untracked(), title.get_value());
        if now.trim() != before {
            kept.change("PATCH", path.get_value(), json!({ "name": now }), format!("{before} is called {now} now."));
        }
    };
    let replace = move || {
        let look = kept.shown.looked.look.with_untracked(without_day);
        kept.change(
            "PATCH",
            path.get_value(),
            json!({ "look": look }),
            format!("{} keeps what is shown now.", title.get_value()),
        );
    };
    let share = Callback::new(move |_: (bool,)| {
        let said = if shared { "is your own again" } else { "is shared" };
        let path = format!("{}/shared", path.get_value());
        kept.change("PUT", path, json!({ "shared": !shared }), format!("{} {said}.", title.get_value()));
    });
    let remove =
        move || kept.change("DELETE", path.get_value(), Value::Null, format!("{} is removed.", title.get_value()));
    let label = format!("Name of the view {}", title.get_value());
    view! {
        {if mine {
            view! { <span class="kept-name" on:change=rename><TextInput value=name label autocomplete="off"/></span> }.into_any()
        } else {
            view! { <span class="kept-name">{title.get_value()}" "<span class="field-hint">{view.owner_name}</span></span> }.into_any()
        }}
        <Guard needs=EditProjects>
            <span class="kept-shared">
                <Switch on=shared label=format!("Share {}", title.get_value()) on_change=share/>
                "Shared"
            </span>
        </Guard>
        {mine.then(|| view! {
            <IconButton icon=Icon::Refresh label=format!("Keep what is shown now as {}", title.get_value()) on_press=replace/>
            <IconButton icon=Icon::Trash label=format!("Remove {}", title.get_value()) on_press=remove/>
        })}
    }
    .into_any()
}
