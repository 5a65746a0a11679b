//! Who and what can work: people, departments, machines, and how much of each there is.

use domain::{
    Fault, Module, Page, ResourceId,
    projects::{
        calendar::Calendar,
        permission::ManageResources,
        resource::{ResourceKind, ResourceRecord, WHOLE},
    },
};
use leptos::prelude::*;
use leptos_meta::Title;

use super::super::{
    calls,
    part::{amount::decimal, room_tabs::RoomTabs},
};
use crate::{
    admin::{Refused, WhereOpen},
    kit::{
        Button, ButtonKind, CallError, Choice, Dialog, DialogActions, Field, Form, Guard, Icon, IconButton, Loading,
        NumberInput, Select, Size, Table, TextInput, Toaster, later, new_id,
    },
};

/// `/projects/resources`
#[component]
pub fn ResourcesPage() -> impl IntoView {
    view! { <WhereOpen module=Module::Projects>{later(resources)}</WhereOpen> }.into_any()
}

#[lazy]
fn resources() -> AnyView {
    view! { <Resources/> }.into_any()
}

/// What the dialog is open for.
#[derive(Clone, Copy)]
struct Desk {
    open: RwSignal<bool>,
    chosen: RwSignal<Option<ResourceRecord>>,
    changed: RwSignal<u32>,
    toaster: Toaster,
}

impl Desk {
    fn edit(self, record: ResourceRecord) {
        self.chosen.set(Some(record));
        self.open.set(true);
    }

    fn listed(self) {
        let _ = self.changed.try_update(|count| *count += 1);
    }

    fn remove(self, record: ResourceRecord) {
        leptos::task::spawn_local(async move {
            if let Err(CallError(fault)) = calls::remove_resource(record.id, record.version).await {
                return self.toaster.fault(&fault);
            }
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

#[component]
fn Resources() -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let (open, chosen, changed) = (RwSignal::new(false), RwSignal::new(None), RwSignal::new(0));
    let desk = Desk { open, chosen, changed, toaster };
    let list = LocalResource::new(move || {
        changed.track();
        calls::resources()
    });
    let add = move || {
        desk.edit(ResourceRecord::whole(ResourceId(new_id()), ResourceKind::Machine, String::new()));
    };
    let rows = move || match list.get() {
        None => view! { <Loading/> }.into_any(),
        Some(Ok(page)) => view! { <List desk page/> }.into_any(),
        Some(Err(CallError(fault))) => {
            let retry = Callback::new(move |()| desk.listed());
            view! { <Refused module=Module::Projects fault retry/> }.into_any()
        }
    };
    view! {
        <Title text="Resources"/>
        <header class="page-head">
            <div>
                <h1>"Resources"</h1>
                <p class="page-lead">"People, departments and machines: how much of each there is, and when. Plans are levelled by it."</p>
            </div>
            <div class="page-actions">
                <Guard needs=ManageResources>
                    <Button kind=ButtonKind::Primary icon=Icon::Plus on_press=add>"Add a machine or department"</Button>
                </Guard>
            </div>
        </header>
        <RoomTabs/>
        {rows}
        <Dialog open title=Signal::derive(move || title(chosen.get().as_ref()))>
            {move || chosen.get().map(|record| view! { <Edit desk record/> })}
        </Dialog>
    }
    .into_any()
}

fn title(record: Option<&ResourceRecord>) -> String {
    match record {
        Some(record) if record.version > 0 || record.kind == ResourceKind::Person => record.name.clone(),
        _ => "Add a machine or department".to_owned(),
    }
}

#[component]
fn List(desk: Desk, page: Page<ResourceRecord>) -> impl IntoView {
    let row = move |record: ResourceRecord| {
        let (edited, removed) = (record.clone(), record.clone());
        let there = record.calendar.is_some();
        let name = record.name.clone();
        let can_go = record.kind != ResourceKind::Person;
        view! {
            <tr>
                <td>{record.name}</td>
                <td>{record.kind.title()}</td>
                <td class="number">{decimal(record.capacity)}</td>
                <td>{if there { "By working time of its own" } else { "Whenever the task works" }}</td>
                <td class="cell-actions">
                    <Guard needs=ManageResources>
                        <IconButton icon=Icon::Pencil label=format!("Change {name}") size=Size::Small on_press={
                            let edited = edited.clone();
                            move || desk.edit(edited.clone())
                        }/>
                        {can_go.then(|| {
                            let removed = removed.clone();
                            view! { <IconButton icon=Icon::Trash label=format!("Take {name} away") size=Size::Small on_press=move || desk.remove(removed.clone())/> }
                        })}
                    </Guard>
                </td>
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
fn Edit(desk: Desk, record: ResourceRecord) -> impl IntoView {
    let name = RwSignal::new(record.name.clone());
    let kind = RwSignal::new(if record.kind == ResourceKind::Department { "department" } else { "machine" }.to_owned());
    let many = RwSignal::new(decimal(record.capacity));
    let there = RwSignal::new(if record.calendar.is_some() { "own" } else { "always" }.to_owned());
    let (is_person, is_new) = (record.kind == ResourceKind::Person, record.version == 0);
    let kept = StoredValue::new(record);
    let save = Action::new(move |(): &()| {
        let before = kept.get_value();
        let wanted = capacity(&many.get_untracked()).map(|capacity| ResourceRecord {
            name: name.get_untracked(),
            kind: match kind.get_untracked().as_str() {
                _ if is_person => ResourceKind::Person,
                "department" => ResourceKind::Department,
                _ => ResourceKind::Machine,
            },
            capacity,
            calendar: (there.get_untracked() != "always")
                .then(|| before.calendar.clone().unwrap_or_else(Calendar::standard)),
            ..before
        });
        async move { calls::save_resource(wanted.map_err(CallError)?).await }
    });
    let fault = Signal::derive(move || save.value().get().and_then(Result::err).map(|CallError(fault)| fault));
    Effect::new(move |_| {
        if let Some(Ok(saved)) = save.value().get() {
            desk.open.set(false);
            desk.listed();
            desk.toaster.say(format!("{} is stored.", saved.name));
        }
    });
    let kinds = vec![Choice::new("machine", "Machine"), Choice::new("department", "Department")];
    let own = if kept.with_value(|record| record.calendar.is_some()) {
        "Its own working time"
    } else {
        "Monday to Friday, 8 to 17"
    };
    let theres = vec![Choice::new("always", "Whenever the task works"), Choice::new("own", own)];
    view! {
        <Form name="resource" on_submit=Callback::new(move |()| { save.dispatch(()); }) fault pending=save.pending()>
            {(!is_person).then(|| view! {
                <Field label="Name" name="name"><TextInput value=name autocomplete="off" autofocus=true/></Field>
            })}
            {(!is_person && is_new).then(|| view! { <Field label="Kind" name="kind"><Select value=kind choices=kinds/></Field> })}
            <Field label="How many" name="capacity" hint="1 is one person or one machine; 0.5 is half of one.">
                <NumberInput value=many/>
            </Field>
            <Field label="There" name="calendar"><Select value=there choices=theres/></Field>
            <DialogActions>
                <Button on_press=move || desk.open.set(false)>"Cancel"</Button>
                <Button kind=ButtonKind::Primary submit=true pending=save.pending()>"Store"</Button>
            </DialogActions>
        </Form>
    }
    .into_any()
}

/// A number of people or machines, in percent.
fn capacity(text: &str) -> Result<i64, Fault> {
    let wrong = || Fault::field("capacity", format!("'{}' is no number of people or machines.", text.trim()));
    let typed = text.trim().replace(',', ".");
    let (whole, part) = typed.split_once('.').unwrap_or((typed.as_str(), ""));
    let hundredths = format!("{part:0<2}");
    if hundredths.len() > 2 {
        return Err(Fault::field("capacity", "Hundredths are enough: 0.25 is a quarter of one."));
    }
    let whole: i64 = whole.parse().map_err(|_| wrong())?;
    let part: i64 = hundredths.parse().map_err(|_| wrong())?;
    whole.checked_mul(WHOLE).map(|whole| whole + part).filter(|units| *units >= 0).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_people_is_read_as_it_is_shown() {
        for units in [0, 50, 100, 250, 125, 2_400] {
            assert_eq!(capacity(&decimal(units)).ok(), Some(units));
        }
        assert_eq!(capacity(" 2,5 ").ok(), Some(250));
        assert!(capacity("many").is_err() && capacity("1.234").is_err() && capacity("-1").is_err());
    }
}
