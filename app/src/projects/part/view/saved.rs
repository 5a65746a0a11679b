//! Looks that are kept under a name: chosen from a menu, saved for oneself or for everybody.

use domain::projects::{
    look::{NewSavedView, PlanLook, SavedView, SavedViewPatch},
    permission::EditProjects,
};
use leptos::prelude::*;

use super::{super::super::calls, Shown};
use crate::kit::{
    Button, ButtonKind, CallError, Checkbox, Dialog, DialogActions, Field, Form, Guard, Icon, IconButton, Menu,
    MenuItem, MenuLine, Switch, TextInput, Toaster,
};

/// The views of this plan, and the way to ask for them anew.
#[derive(Clone, Copy)]
struct Kept {
    shown: Shown,
    all: RwSignal<Vec<SavedView>>,
    toaster: Toaster,
}

impl Kept {
    fn load(self) {
        leptos::task::spawn_local(async move {
            match calls::views(self.shown.project).await {
                Ok(page) => drop(self.all.try_set(page.items)),
                Err(CallError(fault)) => self.toaster.fault(&fault),
            }
        });
    }

    /// Does something to a view and shows what became of it.
    fn after<T>(self, done: impl Future<Output = Result<T, CallError>> + 'static, say: String) {
        leptos::task::spawn_local(async move {
            match done.await {
                Ok(_) => self.toaster.say(say),
                Err(CallError(fault)) => self.toaster.fault(&fault),
            }
            self.load();
        });
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
    let id = kept.shown.project;
    let save = Action::new(move |(): &()| {
        let look = kept.shown.looked.look.with_untracked(without_day);
        let (new, shared) = (NewSavedView { name: name.get_untracked(), look }, shared.get_untracked());
        async move {
            let view = calls::save_view(id, new).await?;
            if shared {
                calls::share_view(id, view.id, true).await?;
            }
            Ok::<_, CallError>(view.name)
        }
    });
    let fault = Signal::derive(move || save.value().get().and_then(Result::err).map(|CallError(fault)| fault));
    Effect::new(move |_| {
        if let Some(Ok(name)) = save.value().get() {
            open.set(false);
            kept.toaster.say(format!("{name} is saved."));
            kept.load();
        }
    });
    view! {
        <Form name="view" on_submit=Callback::new(move |()| { save.dispatch(()); }) fault pending=save.pending()>
            <Field label="Name" name="name" hint="View, filters, columns and order are kept.">
                <TextInput value=name autocomplete="off" autofocus=true/>
            </Field>
            <Guard needs=EditProjects>
                <Checkbox checked=shared label="Everybody who sees this project sees the view"/>
            </Guard>
            <DialogActions>
                <Button on_press=move || open.set(false)>"Cancel"</Button>
                <Button kind=ButtonKind::Primary submit=true pending=save.pending()>"Save"</Button>
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
    let (project, id, mine, shared) = (kept.shown.project, view.id, view.mine, view.shared);
    let name = RwSignal::new(view.name.clone());
    let title = StoredValue::new(view.name);
    let rename = move |_| {
        let (now, before) = (name.get_untracked(), title.get_value());
        if now.trim() != before {
            let patch = SavedViewPatch { name: Some(now.clone()), look: None };
            kept.after(calls::change_view(project, id, patch), format!("{before} is called {now} now."));
        }
    };
    let replace = move || {
        let patch = SavedViewPatch { name: None, look: Some(kept.shown.looked.look.with_untracked(without_day)) };
        kept.after(calls::change_view(project, id, patch), format!("{} keeps what is shown now.", title.get_value()));
    };
    let share = move |(): ()| {
        let said = if shared { "is your own again" } else { "is shared" };
        kept.after(calls::share_view(project, id, !shared), format!("{} {said}.", title.get_value()));
    };
    let remove = move || kept.after(calls::remove_view(project, id), format!("{} is removed.", title.get_value()));
    let label = format!("Name of the view {}", title.get_value());
    view! {
        {if mine {
            view! { <span class="kept-name" on:change=rename><TextInput value=name label autocomplete="off"/></span> }.into_any()
        } else {
            view! { <span class="kept-name">{title.get_value()}" "<span class="field-hint">{view.owner_name}</span></span> }.into_any()
        }}
        <Guard needs=EditProjects>
            <span class="kept-shared">
                <Switch on=shared label=format!("Share {}", title.get_value()) on_change=Callback::new(move |_: (bool,)| share(()))/>
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
