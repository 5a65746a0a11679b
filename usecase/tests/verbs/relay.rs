//! What was announced is published, whatever happens in between.

use std::sync::Mutex;

use async_trait::async_trait;
use chrono::TimeDelta;
use domain::{
    Fault, FaultKind, OrganizationId, ProjectId,
    projects::{
        operation::{Operation, ProjectPatch},
        permission::EditProjects,
        view::NewProject,
    },
};
use usecase::{
    Grant, projects,
    relay::{self, Announcement, EventBus},
};

use crate::{house::House, on_both};

/// Remembers what it was given, and takes nothing of one organisation.
#[derive(Default)]
struct Ears {
    heard: Mutex<Vec<(OrganizationId, String)>>,
    deaf_to: Option<OrganizationId>,
}

#[async_trait]
impl EventBus for Ears {
    async fn publish(&self, announcement: &Announcement) -> Result<(), Fault> {
        if self.deaf_to == Some(announcement.organization) {
            return Err(Fault::new(FaultKind::Unavailable));
        }
        self.heard.lock().expect("ears").push((announcement.organization, announcement.name.clone()));
        Ok(())
    }
}

impl Ears {
    fn names(&self, organization: OrganizationId) -> Vec<String> {
        let heard = self.heard.lock().expect("ears");
        heard.iter().filter(|(of, _)| *of == organization).map(|(_, name)| name.clone()).collect()
    }
}

async fn project(grant: &Grant<EditProjects>) -> ProjectId {
    let new = NewProject { name: "Die".to_owned(), ..NewProject::default() };
    projects::create(grant, new).await.expect("a project").id
}

async fn rename(grant: &Grant<EditProjects>, id: ProjectId, name: &str) {
    let patch = Box::new(ProjectPatch { name: Some(name.to_owned()), ..ProjectPatch::default() });
    let rename = Operation::EditProject { version: None, patch };
    projects::operate(grant, id, None, vec![rename]).await.expect("a new name");
}

const STORY: [&str; 5] =
    ["tenant.created", "user.created", "projects.created", "projects.plan_changed", "projects.plan_changed"];

on_both! {
    async fn what_a_crash_left_is_published_after_the_restart_in_order_and_once(house: &House) {
        let acme = house.organization("Acme").await;
        let edit = acme.owner.permit().expect("an owner may");
        let id = project(&edit).await;
        rename(&edit, id, "A").await;
        rename(&edit, id, "B").await;

        let services = house.restarted().await;
        let ears = Ears::default();
        house.clock.advance(TimeDelta::seconds(2));
        let outbox = relay::relay(&services, &ears).await.expect("relaying");
        assert_eq!((outbox.published, outbox.waiting, outbox.lag_seconds), (5, 0, 0));
        assert_eq!(ears.names(edit.organization()), STORY);
        assert_eq!(relay::relay(&services, &ears).await.expect("relaying").published, 0);

        house.clock.advance(TimeDelta::days(6));
        assert_eq!(relay::forget_published(&services).await.expect("forgetting"), 0);
        house.clock.advance(TimeDelta::days(1));
        assert_eq!(relay::forget_published(&services).await.expect("forgetting"), 5);
    }

    async fn whoever_listens_hears_at_once_and_not_twice(house: &House) {
        let acme = house.organization("Acme").await;
        let edit = acme.owner.permit().expect("an owner may");
        let id = project(&edit).await;
        let mut heard = house.services.live().subscribe();
        rename(&edit, id, "A").await;
        let at_once = heard.try_recv().expect("told at once");
        assert_eq!((&*at_once.name, at_once.id), ("projects.plan_changed", format!("{id}:1")));
        house.clock.advance(TimeDelta::seconds(2));
        relay::relay(&house.services, house.services.live()).await.expect("relaying");
        let mut late = Vec::new();
        while let Ok(event) = heard.try_recv() {
            late.push(event.name.into_owned());
        }
        assert_eq!(late, ["tenant.created", "user.created", "projects.created"]);

        // A crash between the act and the telling: the restarted house tells it, under the same id.
        rename(&edit, id, "B").await;
        house.clock.advance(TimeDelta::seconds(2));
        let services = house.restarted().await;
        let mut heard = services.live().subscribe();
        relay::relay(&services, services.live()).await.expect("relaying");
        let event = heard.try_recv().expect("told late");
        assert_eq!((&*event.name, event.id), ("projects.plan_changed", format!("{id}:2")));
        assert!(heard.try_recv().is_err());
    }

    async fn one_organisation_that_is_held_up_holds_up_no_other(house: &House) {
        let acme = house.organization("Acme").await;
        let borg = house.organization("Borg").await;
        let (acme, borg) = (acme.owner.permit().expect("may"), borg.owner.permit().expect("may"));
        project(&acme).await;
        project(&borg).await;
        house.clock.advance(TimeDelta::seconds(30));
        let deaf = Ears { deaf_to: Some(acme.organization()), ..Ears::default() };
        let outbox = relay::relay(&house.services, &deaf).await.expect("relaying");
        assert_eq!((outbox.published, outbox.held_up, outbox.waiting, outbox.lag_seconds), (3, 1, 3, 30));
        assert_eq!(deaf.names(borg.organization()), STORY[..3]);
        let ears = Ears::default();
        relay::relay(&house.services, &ears).await.expect("relaying");
        assert_eq!(ears.names(acme.organization()), STORY[..3]);
        assert_eq!(ears.names(borg.organization()), Vec::<String>::new());
    }
}
