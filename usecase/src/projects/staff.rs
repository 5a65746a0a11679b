//! Who and what a file means, among who and what is here.

use std::collections::HashMap;

use domain::{
    Fault, ResourceId, UserId,
    projects::{
        exchange::{
            PlanDraft,
            staff::{Known, Register, ResourceDraft},
        },
        permission::{EditProjects, ManageResources},
        resource::{ResourceKind, ResourceRecord},
        view::ImportProblem,
    },
};
use entity::identity::user;
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::resource;
use crate::Grant;

/// Everybody and everything that can be given work, and whether the caller may add to them.
pub(super) struct House {
    register: Register,
    /// By address in small letters.
    addresses: HashMap<String, UserId>,
    may_add: bool,
}

impl House {
    pub(super) async fn of(grant: &Grant<EditProjects>) -> Result<Self, Fault> {
        let tx = grant.db().snapshot().await?;
        let register = Register::new(resource::all(&tx).await?);
        let people = tx.select::<user::Entity>().filter(user::Column::Status.eq("active")).limit(resource::MOST).all();
        let addresses = people.await?.into_iter().map(|person| (person.email.to_lowercase(), UserId(person.id)));
        let addresses = addresses.collect();
        tx.commit().await?;
        Ok(Self { register, addresses, may_add: grant.also::<ManageResources>().is_some() })
    }

    /// Gives the rows what they need. What is here already is found by name, people by their address, too; machines and
    /// departments that are not here come back to be added, where the caller may do that. People are never added: they
    /// are invited.
    pub(super) fn staff(&self, draft: &mut PlanDraft) -> Vec<ResourceRecord> {
        let (mut new, mut notes): (Vec<ResourceRecord>, Vec<String>) = (Vec::new(), Vec::new());
        let mut not_added = false;
        draft.assign(|wanted| {
            if let Some(known) = self.find(wanted) {
                notes.extend(self.differences(wanted, known));
                return Some(known);
            }
            let kind = wanted.kind.filter(|kind| *kind != ResourceKind::Person)?;
            if !self.may_add {
                not_added = true;
                return None;
            }
            let same = |record: &&ResourceRecord| {
                record.kind == kind && record.name.to_lowercase() == wanted.name.to_lowercase()
            };
            if let Some(record) = new.iter().find(same) {
                return Some(Known::Resource(record.id));
            }
            let record = wanted.record(ResourceId(Uuid::now_v7()), kind);
            record.check().ok()?;
            notes.push(format!("{} is new here and is added to the resources as a {}", record.name, word(kind)));
            let id = record.id;
            new.push(record);
            Some(Known::Resource(id))
        });
        if not_added {
            notes.push("somebody who may manage resources can bring the file with its own".to_owned());
        }
        draft.notes.extend(notes.into_iter().map(ImportProblem::file));
        new
    }

    fn find(&self, wanted: &ResourceDraft) -> Option<Known> {
        let person = !matches!(wanted.kind, Some(ResourceKind::Department | ResourceKind::Machine));
        let address = wanted.email.as_deref().unwrap_or(&wanted.name).to_lowercase();
        let by_address = || self.addresses.get(&address).filter(|_| person).copied().map(Known::Person);
        by_address().or_else(|| self.register.find(wanted))
    }

    /// What is said of a resource here counts in every project; a file does not change it.
    fn differences(&self, wanted: &ResourceDraft, known: Known) -> Vec<String> {
        let id = match known {
            Known::Person(user) => ResourceId(user.0),
            Known::Resource(id) => id,
        };
        let Some(record) = self.register.record(id) else { return Vec::new() };
        let mut said = Vec::new();
        if let Some(units) = wanted.capacity.filter(|units| *units != record.capacity) {
            let name = &record.name;
            said.push(format!("{name} has {units} % in the file and {} % here, which counts", record.capacity));
        }
        if wanted.calendar.is_some() && wanted.calendar != record.calendar {
            said.push(format!("{} works at other times in the file than here, which counts", record.name));
        }
        said
    }
}

fn word(kind: ResourceKind) -> String {
    kind.title().to_lowercase()
}

#[cfg(test)]
mod tests {
    use domain::projects::exchange::mspdi;

    use super::*;

    fn house(may_add: bool) -> House {
        let person = ResourceRecord::whole(ResourceId(Uuid::from_u128(1)), ResourceKind::Person, "Ann".to_owned());
        let addresses = HashMap::from([("bo@acme.example".to_owned(), UserId(Uuid::from_u128(2)))]);
        House { register: Register::new([person]), addresses, may_add }
    }

    fn draft() -> PlanDraft {
        let resource = |uid: usize, said: &str| format!("<Resource><UID>{uid}</UID><Type>1</Type>{said}</Resource>");
        let resources: String = [
            "<Name>ann</Name><MaxUnits>0.5</MaxUnits>",
            "<Name>Robert</Name><EmailAddress>Bo@Acme.example</EmailAddress>",
            "<Name>Press</Name><Group>Machine</Group><MaxUnits>2</MaxUnits>",
            "<Name>Somebody</Name>",
        ]
        .iter()
        .zip(1..)
        .map(|(said, uid)| resource(uid, said))
        .collect();
        let assignment = |uid| format!("<Assignment><TaskUID>1</TaskUID><ResourceUID>{uid}</ResourceUID></Assignment>");
        let assignments: String = (1..=4).map(assignment).collect();
        let task = "<Task><UID>1</UID><Name>Form</Name><OutlineLevel>1</OutlineLevel><Duration>PT8H</Duration></Task>";
        let text = format!(
            "<Project><StartDate>2026-01-05T08:00:00</StartDate><Tasks>{task}</Tasks>\
             <Resources>{resources}</Resources><Assignments>{assignments}</Assignments></Project>"
        );
        mspdi::read(&text).expect("a file")
    }

    fn staffed(may_add: bool) -> (Vec<ResourceRecord>, Vec<String>) {
        let mut draft = draft();
        let new = house(may_add).staff(&mut draft);
        (new, draft.notes.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn whoever_may_manage_resources_brings_machines_and_nobody_brings_people() {
        let (new, notes) = staffed(true);
        let told: Vec<_> = new.iter().map(|record| (record.kind, record.name.as_str(), record.capacity)).collect();
        assert_eq!(told, [(ResourceKind::Machine, "Press", 200)]);
        assert_eq!(
            notes,
            [
                "nobody here is called Somebody; their tasks stay without them",
                "Ann has 50 % in the file and 100 % here, which counts",
                "Press is new here and is added to the resources as a machine",
            ]
        );
    }

    #[test]
    fn others_are_told_what_is_missing() {
        let (new, notes) = staffed(false);
        assert_eq!(new, []);
        assert_eq!(
            notes,
            [
                "nobody here is called Somebody; their tasks stay without them",
                "not among the resources here: Press; their tasks stay without them",
                "Ann has 50 % in the file and 100 % here, which counts",
                "somebody who may manage resources can bring the file with its own",
            ]
        );
    }
}
