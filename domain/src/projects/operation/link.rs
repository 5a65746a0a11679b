//! Which tasks wait for which.

use super::{Delta, RowChange, apply::stale};
use crate::{
    Fault, FaultKind, LinkId, TaskId,
    projects::{
        document::{DURATION_MAX, LinkRecord, PlanDocument},
        plan::{LagUnit, LinkKind},
    },
};

impl PlanDocument {
    pub(super) fn add_link(&mut self, link: LinkRecord) -> Result<Delta, Fault> {
        self.check_link(&link)?;
        if self.links.iter().any(|other| other.id == link.id) {
            return Err(Fault::because(FaultKind::Conflict, "A link with this id exists already."));
        }
        self.links.push(link.clone());
        self.sort_links();
        Ok(Delta { links: vec![RowChange { before: None, after: Some(link) }], ..Delta::default() })
    }

    pub(super) fn edit_link(
        &mut self,
        id: LinkId,
        version: Option<i64>,
        kind: Option<LinkKind>,
        lag_minutes: Option<i64>,
        lag_unit: Option<LagUnit>,
    ) -> Result<Delta, Fault> {
        let index = self.link_index(id)?;
        let before = self.links[index].clone();
        stale(version, before.version, || "Somebody changed this link since you opened it.".to_owned())?;
        let mut after = before.clone();
        after.kind = kind.unwrap_or(before.kind);
        after.lag_minutes = lag_minutes.unwrap_or(before.lag_minutes);
        after.lag_unit = lag_unit.unwrap_or(before.lag_unit);
        if after == before {
            return Ok(Delta::default());
        }
        self.check_link(&after)?;
        after.version += 1;
        self.links[index] = after.clone();
        Ok(Delta { links: vec![RowChange { before: Some(before), after: Some(after) }], ..Delta::default() })
    }

    pub(super) fn remove_link(&mut self, id: LinkId) -> Result<Delta, Fault> {
        let index = self.link_index(id)?;
        let before = self.links.remove(index);
        Ok(Delta { links: vec![RowChange { before: Some(before), after: None }], ..Delta::default() })
    }

    fn link_index(&self, id: LinkId) -> Result<usize, Fault> {
        self.links
            .iter()
            .position(|link| link.id == id)
            .ok_or_else(|| Fault::because(FaultKind::NotFound, "This link is not in the plan (any more)."))
    }

    fn check_link(&self, link: &LinkRecord) -> Result<(), Fault> {
        let known = |id: TaskId| self.tasks.iter().any(|task| task.id == id);
        for (field, id) in [("predecessor_id", link.predecessor_id), ("successor_id", link.successor_id)] {
            if !known(id) {
                return Err(Fault::field(field, "This task is not in this project."));
            }
        }
        if link.predecessor_id == link.successor_id {
            return Err(Fault::field("successor_id", "A task cannot wait for itself."));
        }
        if link.lag_minutes.unsigned_abs() > DURATION_MAX.unsigned_abs() {
            return Err(Fault::field("lag_minutes", "A lag is at most a hundred years."));
        }
        if self.stands_below(link.successor_id, link.predecessor_id)
            || self.stands_below(link.predecessor_id, link.successor_id)
        {
            return Err(Fault::field("successor_id", "A row and one below it cannot wait for each other."));
        }
        let twin = |other: &LinkRecord| {
            other.id != link.id
                && other.predecessor_id == link.predecessor_id
                && other.successor_id == link.successor_id
                && other.kind == link.kind
        };
        if self.links.iter().any(twin) {
            return Err(Fault::field("successor_id", "These tasks are linked that way already."));
        }
        Ok(())
    }
}
