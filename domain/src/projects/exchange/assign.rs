//! Rows of a file are given who and what they need.

use std::collections::HashSet;

use super::{
    PlanDraft,
    staff::{Known, ResourceDraft},
};
use crate::{
    ResourceId,
    projects::{
        resource::{Assignment, ResourceKind, WHOLE},
        view::ImportProblem,
    },
};

impl PlanDraft {
    /// Gives rows what they need, where `find` knows who or what that is here. What it does not know is noted, and so is
    /// what no row needs.
    pub fn assign(&mut self, mut find: impl FnMut(&ResourceDraft) -> Option<Known>) {
        let used = self.used();
        let known: Vec<Option<Known>> = self
            .resources
            .iter()
            .zip(&used)
            .map(|(resource, used)| if *used { find(resource) } else { None })
            .collect();
        for (row, needs) in &self.needs {
            let Some((_, task)) = self.rows.get_mut(*row) else { continue };
            for need in needs {
                match known[need.resource] {
                    None => {}
                    Some(Known::Resource(resource_id)) => {
                        task.assignments.push(Assignment { resource_id, units: need.units.unwrap_or(WHOLE) });
                    }
                    Some(Known::Person(user)) => {
                        let given = need.given != Some(false);
                        task.assignees.extend(given.then_some(user));
                        let units = need.units.or((!given).then_some(WHOLE));
                        let resource_id = ResourceId(user.0);
                        task.assignments.extend(units.map(|units| Assignment { resource_id, units }));
                    }
                }
            }
        }
        self.note_missing(&known, &used);
    }

    /// Which of the file's resources work here: a department does where a row names it.
    fn used(&self) -> Vec<bool> {
        let needed: HashSet<usize> = self.needs.values().flatten().map(|need| need.resource).collect();
        let departments: HashSet<String> =
            self.rows.iter().filter_map(|(_, task)| task.department.as_ref()).map(|name| name.to_lowercase()).collect();
        let named = |resource: &ResourceDraft| {
            resource.kind == Some(ResourceKind::Department) && departments.contains(&resource.name.to_lowercase())
        };
        let used = |(index, resource): (usize, &ResourceDraft)| needed.contains(&index) || named(resource);
        self.resources.iter().enumerate().map(used).collect()
    }

    fn note_missing(&mut self, known: &[Option<Known>], used: &[bool]) {
        let names = |wanted: &dyn Fn(&ResourceDraft, bool, bool) -> bool| -> Vec<&str> {
            let mut seen = HashSet::new();
            let all = self.resources.iter().zip(known).zip(used);
            let found = all.filter(|((resource, known), used)| wanted(resource, known.is_some(), **used));
            found.map(|((resource, _), _)| resource.name.as_str()).filter(|name| seen.insert(*name)).collect()
        };
        let thing =
            |resource: &ResourceDraft| matches!(resource.kind, Some(ResourceKind::Department | ResourceKind::Machine));
        let people = names(&|resource, known, used| used && !known && !thing(resource));
        let things = names(&|resource, known, used| used && !known && thing(resource));
        let idle = names(&|_, _, used| !used);
        let mut said = Vec::new();
        if !people.is_empty() {
            said.push(format!("nobody here is called {}; their tasks stay without them", people.join(", ")));
        }
        if !things.is_empty() {
            said.push(format!("not among the resources here: {}; their tasks stay without them", things.join(", ")));
        }
        if !idle.is_empty() {
            said.push(format!("no task of the file needs {}; they are left out", idle.join(", ")));
        }
        self.notes.extend(said.into_iter().map(ImportProblem::file));
    }
}
