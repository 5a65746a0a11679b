//! Who and what can work: people, departments, machines, how much of each there is, and how much all projects ask for.

use domain::{
    Module, Page, ResourceId,
    projects::{
        amount::decimal,
        document::TaskStatus,
        permission::ManageResources,
        resource::{ResourceKind, ResourceRecord},
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::super::{
    calls,
    part::{
        resource::{Absence, AbsenceDialog, Edit, ResourceForm, there},
        room_tabs::RoomTabs,
        workload::Workload,
    },
};
use crate::{
    admin::{Refused, WhereOpen},
    kit::{
        Badge, Button, ButtonKind, CallError, Dialog, Guard, Icon, IconButton, Loading, Size, Table, Toaster, later,
        new_id,
    },
};

/// `/projects/resources`, and with `?view=load` what is asked for of each.
#[component]
pub fn ResourcesPage() -> impl IntoView {
    view! { <WhereOpen module=Module::Projects>{later(resources)}</WhereOpen> }.into_any()
}

#[lazy]
fn resources() -> AnyView {
    view! { <Resources/> }.into_any()
}

#[lazy]
fn load() -> AnyView {
    view! { <Workload/> }.into_any()
}

/// What the dialogs work with. It lives as long as the page: closing a dialog loses nothing that was typed.
#[derive(Clone, Copy)]
struct Desk {
    open: RwSignal<bool>,
    /// Resources that were opened, each with what was typed.
    forms: RwSignal<Vec<ResourceForm>>,
    chosen: RwSignal<Option<ResourceForm>>,
    absence: Absence,
    changed: RwSignal<u32>,
    toaster: Toaster,
    /// Owns what the forms hold.
    owner: StoredValue<Owner>,
}

impl Desk {
    fn edit(self, record: ResourceRecord) {
        let form = self.form(record.id).filter(|form| form.changed.get_untracked());
        let form = form.unwrap_or_else(|| {
            let id = record.id;
            let form = self.owner.with_value(|owner| owner.with(|| ResourceForm::new(owner.clone(), record)));
            self.forget(id);
            self.forms.update(|forms| forms.push(form));
            form
        });
        self.chosen.set(Some(form));
        self.open.set(true);
    }

    /// A resource that is not there yet; the one that somebody has begun to type, if so.
    fn add(self) {
        let begun = self.forms.with_untracked(|forms| {
            let new = |form: &&ResourceForm| is_new(&form.stored.get_untracked());
            forms.iter().find(new).map(|form| form.stored.get_untracked())
        });
        let new = || ResourceRecord::whole(ResourceId(new_id()), ResourceKind::Machine, String::new());
        self.edit(begun.unwrap_or_else(new));
    }

    fn form(self, id: ResourceId) -> Option<ResourceForm> {
        self.forms
            .with_untracked(|forms| forms.iter().find(|form| form.stored.with_untracked(|of| of.id == id)).copied())
    }

    fn forget(self, id: ResourceId) {
        self.forms.update(|forms| forms.retain(|form| form.stored.with_untracked(|of| of.id != id)));
    }

    /// True where something was typed about it that is not stored. Tracks.
    fn is_begun(self, id: ResourceId) -> bool {
        let of = |form: &&ResourceForm| form.stored.with(|of| of.id == id);
        self.forms.with(|forms| forms.iter().find(of).is_some_and(|form| form.changed.get()))
    }

    fn listed(self) {
        let _ = self.changed.try_update(|count| *count += 1);
    }

    /// What is typed follows what is stored.
    fn follow(self, records: &[ResourceRecord]) {
        for record in records {
            if let Some(form) = self.form(record.id) {
                form.follow(record);
            }
        }
        self.absence.follow(records);
    }

    /// Says that it was stored, and offers to go back.
    fn stored(self, before: ResourceRecord, now: ResourceRecord, said: String) {
        self.listed();
        self.toaster.undoable(said, move || self.undo(before.clone(), now.clone()));
    }

    fn undo(self, before: ResourceRecord, now: ResourceRecord) {
        leptos::task::spawn_local(async move {
            let undone = if is_new(&before) {
                calls::remove_resource(now.id, now.version).await
            } else {
                calls::save_resource(ResourceRecord { version: now.version, ..before }).await.map(drop)
            };
            if let Err(CallError(fault)) = undone {
                self.toaster.fault(&fault);
            }
            self.listed();
        });
    }

    fn remove(self, record: ResourceRecord) {
        leptos::task::spawn_local(async move {
            if let Err(CallError(fault)) = calls::remove_resource(record.id, record.version).await {
                return self.toaster.fault(&fault);
            }
            self.forget(record.id);
            self.listed();
            let back = move || {
                let again = ResourceRecord { version: 0, ..record.clone() };
                leptos::task::spawn_local(async move {
                    if let Err(CallError(fault)) = calls::save_resource(again).await {
                        self.toaster.fault(&fault);
                    }
                    self.listed();
                });
            };
            self.toaster.undoable("It was taken away.", back);
        });
    }
}

/// Nothing of it is stored. A person is there by having a log-in.
fn is_new(record: &ResourceRecord) -> bool {
    record.version == 0 && record.kind != ResourceKind::Person
}

#[component]
fn Resources() -> impl IntoView {
    let desk = Desk {
        open: RwSignal::new(false),
        forms: RwSignal::new(Vec::new()),
        chosen: RwSignal::new(None),
        absence: Absence::new(),
        changed: RwSignal::new(0),
        toaster: expect_context::<Toaster>(),
        owner: StoredValue::new(Owner::current().unwrap_or_default()),
    };
    let query = use_query_map();
    let is_load = Memo::new(move |_| query.with(|query| query.get("view").as_deref() == Some("load")));
    let add = move || desk.add();
    let body = move || if is_load.get() { later(load) } else { view! { <Listed desk/> }.into_any() };
    view! {
        <Title text="Resources"/>
        <header class="page-head">
            <div>
                <h1>"Resources"</h1>
                <p class="page-lead">"People, departments and machines: how much of each there is, and when. Plans are levelled by it."</p>
            </div>
            <div class="page-actions">
                <Shows is_load/>
                <Guard needs=ManageResources>
                    <Button kind=ButtonKind::Primary icon=Icon::Plus on_press=add>"Add a machine or department"</Button>
                </Guard>
            </div>
        </header>
        <RoomTabs/>
        {body}
        <Dialog open=desk.open title=Signal::derive(move || desk.chosen.get().map(title).unwrap_or_default()) wide=true>
            {move || desk.chosen.get().map(|form| view! { <Editing desk form/> })}
        </Dialog>
        <AbsenceDialog absence=desk.absence on_stored=move |(before, now, said)| desk.stored(before, now, said) on_stale=move |()| desk.listed()/>
    }
    .into_any()
}

/// Two ways to look at resources, each with an address.
#[component]
fn Shows(is_load: Memo<bool>) -> impl IntoView {
    let here = move |load: bool| (is_load.get() == load).then_some("page");
    view! {
        <nav class="segments" aria-label="Resources">
            <a href="/projects/resources" aria-current=move || here(false)>"List"</a>
            <a href="/projects/resources?view=load" aria-current=move || here(true)>"Load"</a>
        </nav>
    }
}

#[component]
fn Listed(desk: Desk) -> impl IntoView {
    let list = LocalResource::new(move || {
        desk.changed.track();
        calls::resources()
    });
    Effect::new(move |_| list.with(|page| page.iter().flatten().for_each(|page| desk.follow(&page.items))));
    move || match list.get() {
        None => view! { <Loading/> }.into_any(),
        Some(Ok(page)) => view! { <List desk page/> }.into_any(),
        Some(Err(CallError(fault))) => {
            let retry = Callback::new(move |()| desk.listed());
            view! { <Refused module=Module::Projects fault retry/> }.into_any()
        }
    }
}

fn title(form: ResourceForm) -> String {
    form.stored
        .with(|record| if is_new(record) { "Add a machine or department".to_owned() } else { record.name.clone() })
}

#[component]
fn Editing(desk: Desk, form: ResourceForm) -> impl IntoView {
    let stored = move |(before, now): (ResourceRecord, ResourceRecord)| {
        desk.open.set(false);
        desk.forget(now.id);
        let said = format!("{} is stored.", now.name);
        desk.stored(before, now, said);
    };
    view! { <Edit form on_stored=stored on_stale=move |()| desk.listed() on_cancel=move |()| desk.open.set(false)/> }
        .into_any()
}

#[component]
fn List(desk: Desk, page: Page<ResourceRecord>) -> impl IntoView {
    let row = move |record: ResourceRecord| {
        let (id, name) = (record.id, record.name.clone());
        let unsaved =
            move || desk.is_begun(id).then(|| view! { <Badge status=TaskStatus::Waiting>"Not saved"</Badge> });
        view! {
            <tr>
                <td>{name} " " {unsaved}</td>
                <td>{record.kind.title()}</td>
                <td class="number">{decimal(record.capacity)}</td>
                <td class="resource-there">{there(&record)}</td>
                <td class="cell-actions"><Guard needs=ManageResources><RowActs desk record=record.clone()/></Guard></td>
            </tr>
        }
    };
    let head = || {
        view! {
            <th scope="col">"Name"</th><th scope="col">"Kind"</th><th scope="col" class="number">"How many"</th>
            <th scope="col">"There"</th><th scope="col"><span class="sr-only">"Acts"</span></th>
        }
    };
    view! { <Table label="Resources" head>{page.items.into_iter().map(row).collect_view()}</Table> }.into_any()
}

#[component]
fn RowActs(desk: Desk, record: ResourceRecord) -> impl IntoView {
    let name = record.name.clone();
    let can_go = record.kind != ResourceKind::Person;
    let record = StoredValue::new(record);
    view! {
        <IconButton icon=Icon::Calendar label=format!("Absence of {name}") size=Size::Small on_press=move || desk.absence.ask(record.get_value())/>
        <IconButton icon=Icon::Pencil label=format!("Change {name}") size=Size::Small on_press=move || desk.edit(record.get_value())/>
        {can_go.then(|| view! {
            <IconButton icon=Icon::Trash label=format!("Take {name} away") size=Size::Small on_press=move || desk.remove(record.get_value())/>
        })}
    }
    .into_any()
}
