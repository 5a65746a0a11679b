//! The people of the organisation.

use domain::{
    Fault, Page, PageRequest,
    access::{BuiltInRole, admin::ManagePeople},
    admin::PersonRow,
    identity::PASSWORD_MIN,
};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    admin::calls,
    kit::{
        Avatar, Button, ButtonKind, CallError, Choice, Dialog, DialogActions, Field, Form, Guard, Icon, Loaded, Pager,
        Select, Table, TextInput, TextKind, Toaster,
    },
};

/// `/people`
#[component]
pub fn PeoplePage() -> impl IntoView {
    let cursor = RwSignal::new(None::<String>);
    let adding = RwSignal::new(false);
    let people = Resource::new(
        move || cursor.get(),
        |cursor| calls::list_people(PageRequest { limit: Some(50), cursor, ..PageRequest::default() }),
    );
    let added = Callback::new(move |()| people.refetch());
    view! {
        <Title text="People"/>
        <header class="page-head">
            <div>
                <h1>"People"</h1>
                <p class="page-lead">"Who works here, and in which role."</p>
            </div>
            <div class="page-actions">
                <Guard needs=ManagePeople>
                    <Button kind=ButtonKind::Primary icon=Icon::Plus on_press=Callback::new(move |()| adding.set(true))>"Add a person"</Button>
                </Guard>
            </div>
        </header>
        <Loaded from=people children={move |page: Page<PersonRow>| {
            let shown = page.items.len() as u64;
            view! {
                <Table label="People" head=|| view! { <th scope="col">"Name"</th><th scope="col">"E-mail"</th><th scope="col">"Role"</th> }>
                    {page.items.into_iter().map(|person| view! { <Row person/> }).collect_view()}
                </Table>
                <Pager cursor next=Signal::stored(page.next_cursor) total=page.total shown/>
            }
        }}/>
        <Dialog open=adding title="Add a person">
            <AddPerson open=adding added/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn Row(person: PersonRow) -> impl IntoView {
    let role = BuiltInRole::OF_ORGANIZATION.into_iter().find(|role| role.code() == person.role);
    view! {
        <tr>
            <td><span class="cell-person"><Avatar name=person.name.clone() size=24/>{person.name}</span></td>
            <td>{person.email}</td>
            <td>{role.map_or(person.role, |role| role.title().to_owned())}</td>
        </tr>
    }
}

#[component]
fn AddPerson(open: RwSignal<bool>, added: Callback<()>) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let [name, email, password] = [(); 3].map(|()| RwSignal::new(String::new()));
    let role = RwSignal::new(BuiltInRole::Employee.code().to_owned());
    let add = Action::new(move |(): &()| {
        calls::add_person(name.get_untracked(), email.get_untracked(), role.get_untracked(), password.get_untracked())
    });
    Effect::new(move |_| {
        if matches!(add.value().get(), Some(Ok(()))) {
            toaster.say(format!("{} was added.", name.get_untracked()));
            open.set(false);
            added.run(());
        }
    });
    let fault = Signal::derive(move || -> Option<Fault> {
        add.value().get().and_then(Result::err).map(|CallError(fault)| fault)
    });
    let roles: Vec<_> =
        BuiltInRole::OF_ORGANIZATION.into_iter().skip(1).map(|role| Choice::new(role.code(), role.title())).collect();
    view! {
        <Form name="person" on_submit=Callback::new(move |()| { add.dispatch(()); }) fault pending=add.pending()>
            <Field label="Name" name="name"><TextInput value=name autocomplete="off" autofocus=true/></Field>
            <Field label="E-mail" name="email"><TextInput value=email kind=TextKind::Email autocomplete="off"/></Field>
            <Field label="Role" name="role"><Select value=role choices=roles/></Field>
            <Field label="First password" name="password" hint=format!("At least {PASSWORD_MIN} characters. They can change it by mail.")>
                <TextInput value=password kind=TextKind::Password autocomplete="new-password"/>
            </Field>
            <DialogActions>
                <Button on_press=Callback::new(move |()| open.set(false))>"Cancel"</Button>
                <Button kind=ButtonKind::Primary submit=true pending=add.pending()>"Add"</Button>
            </DialogActions>
        </Form>
    }
}
