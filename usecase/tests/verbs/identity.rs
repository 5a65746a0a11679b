//! Registering, signing in, staying signed in, and the gate.

use chrono::TimeDelta;
use domain::{
    FaultKind, Industry, Module, PageRequest,
    access::{
        ModuleState,
        admin::{EditOrganization, ManageModules, ManagePeople, ViewAudit, ViewOrganization},
    },
    admin::OrganizationPatch,
    identity::{Credentials, Registration},
    projects::permission::{EditProjects, ViewProjects},
};
use usecase::{admin, identity};

use crate::{
    house::{House, origin},
    on_both,
};

fn credentials(email: &str, password: &str) -> Credentials {
    Credentials { email: email.to_owned(), password: password.to_owned() }
}

on_both! {
    async fn a_new_organisation_tries_the_modules_of_its_industry(house: &House) {
        let org = house.organization("Acme Presses").await;
        let me = identity::me(&org.owner).expect("signed in");
        assert_eq!(me.organization.slug, "acme-presses");
        assert_eq!(me.module(Module::Press), ModuleState::Trial);
        assert_eq!(me.module(Module::Crm), ModuleState::Absent);
        assert!(org.owner.permit::<EditProjects>().is_ok());
    }

    async fn an_address_registers_once(house: &House) {
        house.organization("Acme").await;
        let again = Registration {
            organization_name: "Acme".into(), owner_name: "Eve".into(), owner_email: "OLGA@acme.example".into(),
            owner_password: "correct horse".into(), industry: None,
        };
        let fault = identity::register(&house.services, &again, &origin()).await.expect_err("in use");
        assert_eq!((fault.kind, fault.fields[0].field.as_str()), (FaultKind::Conflict, "owner_email"));
    }

    async fn a_second_organisation_of_the_same_name_gets_a_subdomain_of_its_own(house: &House) {
        house.organization("Acme").await;
        let other = Registration {
            organization_name: "Acme".into(), owner_name: "Ben".into(), owner_email: "ben@other.example".into(),
            owner_password: "correct horse".into(), industry: None,
        };
        let who = identity::register(&house.services, &other, &origin()).await.expect("a new organisation");
        assert_eq!(identity::me_of(&house.services, &who).organization.slug, "acme-2");
    }

    async fn a_wrong_password_and_an_unknown_address_get_the_same_answer(house: &House) {
        house.organization("Acme").await;
        let wrong = identity::log_in(&house.services, &credentials("olga@acme.example", "battery staple"), None).await;
        let unknown = identity::log_in(&house.services, &credentials("nobody@acme.example", "battery staple"), None).await;
        assert_eq!(wrong.expect_err("wrong password"), unknown.expect_err("unknown address"));
        let right = identity::log_in(&house.services, &credentials(" Olga@ACME.example", "correct horse"), None).await;
        assert!(right.is_ok());
    }

    async fn the_subdomain_of_another_organisation_does_not_let_in(house: &House) {
        house.organization("Acme").await;
        house.organization("Borg").await;
        let at = |slug| identity::log_in(&house.services, const { &Credentials { email: String::new(), password: String::new() } }, slug);
        assert_eq!(at(Some("acme")).await.expect_err("empty").kind, FaultKind::WrongCredentials);
        let given = credentials("olga@acme.example", "correct horse");
        assert!(identity::log_in(&house.services, &given, Some("acme")).await.is_ok());
        let elsewhere = identity::log_in(&house.services, &given, Some("borg")).await;
        assert_eq!(elsewhere.expect_err("not here").kind, FaultKind::WrongCredentials);
    }

    async fn a_refresh_token_that_comes_twice_ends_its_family(house: &House) {
        house.organization("Acme").await;
        let who = identity::log_in(&house.services, &credentials("olga@acme.example", "correct horse"), None).await.expect("in");
        let first = identity::issue(&house.services, &who).await.expect("tokens");
        let second = identity::refresh(&house.services, &first.refresh_token).await.expect("rotated");
        house.clock.advance(TimeDelta::seconds(60));
        let reused = identity::refresh(&house.services, &first.refresh_token).await;
        assert_eq!(reused.expect_err("reused").kind, FaultKind::SessionExpired);
        let family = identity::refresh(&house.services, &second.refresh_token).await;
        assert_eq!(family.expect_err("its family is revoked").kind, FaultKind::SessionExpired);
    }

    async fn two_tabs_that_refresh_at_once_both_stay_signed_in(house: &House) {
        house.organization("Acme").await;
        let who = identity::log_in(&house.services, &credentials("olga@acme.example", "correct horse"), None).await.expect("in");
        let first = identity::issue(&house.services, &who).await.expect("tokens");
        identity::refresh(&house.services, &first.refresh_token).await.expect("one tab");
        identity::refresh(&house.services, &first.refresh_token).await.expect("the other, a moment later");
    }

    async fn an_access_token_lives_fifteen_minutes(house: &House) {
        house.organization("Acme").await;
        let who = identity::log_in(&house.services, &credentials("olga@acme.example", "correct horse"), None).await.expect("in");
        let pair = identity::issue(&house.services, &who).await.expect("tokens");
        let knock = async || identity::caller_of_token(&house.services, &pair.access_token, None, origin()).await.expect("a caller");
        assert!(knock().await.permit::<ViewProjects>().is_ok());
        house.clock.advance(TimeDelta::minutes(15));
        assert_eq!(knock().await.permit::<ViewProjects>().expect_err("over").kind, FaultKind::SessionExpired);
        let forged = identity::caller_of_token(&house.services, "eyJ.x.y", None, origin()).await.expect("a caller");
        assert_eq!(forged.permit::<ViewProjects>().expect_err("forged").kind, FaultKind::NotSignedIn);
        let refresh_as_access = identity::caller_of_token(&house.services, &pair.refresh_token, None, origin()).await.expect("a caller");
        assert_eq!(refresh_as_access.permit::<ViewProjects>().expect_err("another type").kind, FaultKind::NotSignedIn);
    }

    async fn a_module_that_is_off_or_over_is_closed(house: &House) {
        let org = house.organization("Acme").await;
        let manage = org.owner.permit::<ManageModules>().expect("an owner may");
        admin::set_module(&manage, Module::Projects, false).await.expect("off");
        let caller = house.caller(org.access().user_id).await;
        assert_eq!(caller.permit::<ViewProjects>().expect_err("off").kind, FaultKind::ModuleInactive);
        admin::set_module(&manage, Module::Projects, true).await.expect("on");
        let caller = house.caller(org.access().user_id).await;
        assert!(caller.permit::<ViewProjects>().is_ok());
        house.clock.advance(TimeDelta::days(30));
        assert_eq!(caller.permit::<ViewProjects>().expect_err("over").kind, FaultKind::TrialOver);
        assert!(caller.permit::<ViewOrganization>().is_ok(), "administration is always on");
    }

    async fn a_role_may_what_it_holds_and_no_more(house: &House) {
        let org = house.organization("Acme").await;
        let employee = org.person("employee").await;
        assert!(employee.permit::<ViewProjects>().is_ok());
        assert_eq!(employee.permit::<EditProjects>().expect_err("no").kind, FaultKind::NotPermitted);
        assert_eq!(employee.permit::<ManagePeople>().expect_err("no").kind, FaultKind::NotPermitted);
        let supplier = org.person("supplier").await;
        assert_eq!(supplier.permit::<ViewProjects>().expect_err("no").kind, FaultKind::NotPermitted);
    }

    async fn people_of_another_organisation_do_not_exist(house: &House) {
        let acme = house.organization("Acme").await;
        let borg = house.organization("Borg").await;
        let manage = acme.owner.permit::<ManagePeople>().expect("an owner may");
        let stranger = borg.access().user_id;
        assert_eq!(admin::change_role(&manage, stranger, "admin").await.expect_err("not here").kind, FaultKind::NotFound);
        let view = acme.owner.permit::<ViewOrganization>().expect("an owner may");
        let people = admin::list_people(&view, &PageRequest::default()).await.expect("people");
        assert_eq!(people.items.iter().map(|row| row.email.as_str()).collect::<Vec<_>>(), ["olga@acme.example"]);
    }

    async fn an_organisation_is_renamed_and_keeps_its_subdomain(house: &House) {
        let org = house.organization("Acme").await;
        let other = house.organization("Borg").await;
        let colleague = org.person("admin").await;
        let edit = colleague.permit::<EditOrganization>().expect("an administrator may");
        let patch = OrganizationPatch { name: Some(" Acme Presses ".into()), industry: Some(Industry::ToolMaking) };
        admin::edit_organization(&edit, &patch).await.expect("changed");
        admin::edit_organization(&edit, &patch).await.expect("the same again changes nothing");
        let seen = identity::me(&house.caller(org.access().user_id).await).expect("signed in").organization;
        assert_eq!((seen.name.as_str(), seen.slug.as_str(), seen.industry.as_str()), ("Acme Presses", "acme", "tool_making"));
        let elsewhere = identity::me(&house.caller(other.access().user_id).await).expect("signed in").organization;
        assert_eq!((elsewhere.name.as_str(), elsewhere.industry.as_str()), ("Borg", "press_shop"));
        let log = admin::audit_log(&org.owner.permit::<ViewAudit>().expect("an owner may"), &PageRequest::default()).await.expect("the log");
        let renamed: Vec<_> = log.items.iter().filter(|row| row.verb == "tenant.changed").collect();
        assert_eq!(renamed.iter().map(|row| row.summary.as_str()).collect::<Vec<_>>(), ["Acme is called Acme Presses"]);
        assert_eq!(renamed[0].before, Some(serde_json::json!({ "name": "Acme", "industry": "press_shop" })));
    }

    async fn an_organisation_is_renamed_by_its_administrators_and_to_a_name(house: &House) {
        let org = house.organization("Acme").await;
        let manager = org.person("manager").await;
        assert_eq!(manager.permit::<EditOrganization>().expect_err("no").kind, FaultKind::NotPermitted);
        let edit = org.owner.permit::<EditOrganization>().expect("an owner may");
        let blank = OrganizationPatch { name: Some("  ".into()), industry: None };
        let fault = admin::edit_organization(&edit, &blank).await.expect_err("no name");
        assert_eq!((fault.kind, fault.fields[0].field.as_str()), (FaultKind::InvalidInput, "name"));
        assert_eq!(identity::me(&org.owner).expect("signed in").organization.name, "Acme");
    }

    async fn a_reset_link_works_once(house: &House) {
        house.organization("Acme").await;
        identity::send_reset(&house.services, "olga@acme.example").await.expect("sent");
        identity::send_reset(&house.services, "nobody@acme.example").await.expect("said nothing");
        let letters = house.letters.0.lock().expect("letters").clone();
        assert_eq!(letters.len(), 1);
        let token = letters[0].1.split("token=").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a link").to_owned();
        let weak = identity::reset_password(&house.services, &token, "short", &origin()).await;
        assert_eq!(weak.expect_err("weak").fields[0].field, "password");
        identity::reset_password(&house.services, &token, "battery staple", &origin()).await.expect("changed");
        let again = identity::reset_password(&house.services, &token, "battery staple", &origin()).await;
        assert_eq!(again.expect_err("used").fields[0].field, "token");
        assert!(identity::log_in(&house.services, &credentials("olga@acme.example", "battery staple"), None).await.is_ok());
    }

    async fn the_audit_chain_is_whole_and_shows_a_forged_row(house: &House) {
        let org = house.organization("Acme").await;
        let manage = org.owner.permit::<ManageModules>().expect("an owner may");
        admin::set_module(&manage, Module::Press, false).await.expect("off");
        let audit = org.owner.permit::<ViewAudit>().expect("an owner may");
        assert_eq!(admin::check_chain(&audit).await.expect("checked"), None);
        let log = admin::audit_log(&audit, &PageRequest::default()).await.expect("the log");
        assert_eq!(log.items.iter().map(|row| row.verb.as_str()).collect::<Vec<_>>(), ["module.switched_off", "tenant.created"]);
        let behind = sea_orm::Database::connect(house.url()).await.expect("behind the gate");
        let forge = "update audit_log set summary = 'nothing happened' where verb = 'tenant.created'";
        sea_orm::ConnectionTrait::execute_unprepared(&behind, forge).await.expect("forged");
        assert_eq!(admin::check_chain(&audit).await.expect("checked"), Some(log.items[1].id));
    }

    async fn who_runs_the_installation_sees_organisations_and_closes_their_doors(house: &House) {
        let acme = house.organization("Acme").await;
        house.organization("Borg").await;
        identity::create_operator(&house.services, "root@takt.example", "Root", "correct horse")
            .await
            .expect("an operator");
        let nobody = || usecase::Caller::nobody(house.services.clone(), FaultKind::NotSignedIn, origin());
        let log_in = async |password: &str| {
            identity::log_in_operator(&house.services, &credentials("root@takt.example", password)).await
        };
        assert_eq!(log_in("battery staple").await.expect_err("wrong").kind, FaultKind::WrongCredentials);
        let member = credentials("olga@acme.example", "correct horse");
        assert_eq!(
            identity::log_in_operator(&house.services, &member).await.expect_err("a member").kind,
            FaultKind::WrongCredentials
        );
        let (token, _) = log_in("correct horse").await.expect("in");
        // A token of one kind is never taken for the other.
        let caller = identity::caller_of_token(&house.services, &token, None, origin()).await.expect("a caller");
        assert_eq!(caller.permit::<ViewProjects>().expect_err("no member").kind, FaultKind::NotSignedIn);
        let as_member = identity::operator_of_token(&acme.owner, None, origin()).await.expect_err("a member");
        assert_eq!(as_member.kind, FaultKind::NotPermitted);
        let operator = identity::operator_of_token(&nobody(), Some(&token), origin()).await.expect("an operator");
        let page = PageRequest { search: Some("acm".into()), ..PageRequest::default() };
        let found = identity::tenants(&operator, &page).await.expect("a list");
        assert_eq!((found.total, found.items[0].slug.as_str(), found.items[0].people), (1, "acme", 1));
        let closed = identity::set_tenant_active(&operator, found.items[0].id, false).await.expect("closed");
        assert!(!closed.active);
        let owner = house.caller(acme.access().user_id).await;
        assert_eq!(owner.permit::<ViewProjects>().expect_err("closed").kind, FaultKind::OrganizationInactive);
        identity::set_tenant_active(&operator, closed.id, true).await.expect("open");
        let owner = house.caller(acme.access().user_id).await;
        let entries = admin::audit_log(&owner.permit::<ViewAudit>().expect("may look"), &PageRequest::default())
            .await
            .expect("a log");
        assert_eq!(
            entries.items.iter().take(2).map(|entry| entry.actor_name.as_str()).collect::<Vec<_>>(),
            ["Root", "Root"]
        );
        house.clock.advance(TimeDelta::minutes(16));
        let over = identity::operator_of_token(&nobody(), Some(&token), origin()).await.expect_err("over");
        assert_eq!(over.kind, FaultKind::SessionExpired);
    }
}

#[tokio::test]
async fn postgres_itself_hides_other_organisations() {
    use sea_orm::{ConnectionTrait, Statement, TransactionTrait};
    let Some(house) = House::on_postgres().await else { return };
    let acme = house.organization("Acme").await;
    house.organization("Borg").await;
    let owner = sea_orm::Database::connect(house.url()).await.expect("a connection");
    let tx = owner.begin().await.expect("a transaction");
    tx.execute_unprepared("set local role takt_app").await.expect("the application's role");
    let count = async |sql: &str| -> i64 {
        let row = tx.query_one_raw(Statement::from_string(sea_orm::DbBackend::Postgres, sql)).await.expect("a query");
        row.expect("a row").try_get_by_index(0).expect("a number")
    };
    assert_eq!(count("select count(*) from users").await, 0, "no organisation named: nothing to see");
    let name = format!("select set_config('app.organization_id', '{}', true)", acme.access().organization_id);
    tx.execute_unprepared(&name).await.expect("named");
    assert_eq!(count("select count(*) from users").await, 1);
    assert_eq!(count("select count(*) from audit_log").await, 1);
    assert!(tx.execute_unprepared("update audit_log set summary = ''").await.is_err(), "the log is only appended to");
}
