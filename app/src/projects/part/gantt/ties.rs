//! Links by the rows that they tie, as planners write them.

use std::{collections::HashMap, sync::OnceLock};

use domain::{
    Minute, TaskId,
    projects::{
        document::{LinkRecord, PlanDocument},
        plan::{LagUnit, LinkKind},
    },
};

/// By task: the rows at the other ends of its links, and which link of the document each is. In the order of the rows.
type ByTask = HashMap<u32, Vec<(u32, u32)>>;

/// The links of a plan from both of their ends.
#[derive(Default)]
pub struct Ties {
    incoming: ByTask,
    /// Asked for by a column that few show.
    outgoing: OnceLock<ByTask>,
}

impl Ties {
    pub fn new(plan: &PlanDocument, position: &HashMap<TaskId, u32>) -> Self {
        let mut incoming = ByTask::new();
        for (index, link) in (0_u32..).zip(&plan.links) {
            let ends = (position.get(&link.predecessor_id), position.get(&link.successor_id));
            if let (Some(from), Some(to)) = ends {
                incoming.entry(*to).or_default().push((*from, index));
            }
        }
        for waits in incoming.values_mut() {
            waits.sort_unstable();
        }
        Self { incoming, outgoing: OnceLock::new() }
    }

    /// What a task waits for: `3FS+2d`.
    pub fn predecessors(&self, plan: &PlanDocument, codes: &[String], task: u32) -> String {
        written(plan, codes, self.incoming.get(&task))
    }

    /// What waits for a task, in the same words.
    pub fn successors(&self, plan: &PlanDocument, codes: &[String], task: u32) -> String {
        let outgoing = self.outgoing.get_or_init(|| {
            let mut outgoing = ByTask::new();
            for (to, waits) in &self.incoming {
                for (from, link) in waits {
                    outgoing.entry(*from).or_default().push((*to, *link));
                }
            }
            outgoing.values_mut().for_each(|follows| follows.sort_unstable());
            outgoing
        });
        written(plan, codes, outgoing.get(&task))
    }
}

fn written(plan: &PlanDocument, codes: &[String], ties: Option<&Vec<(u32, u32)>>) -> String {
    let ties = ties.map_or(&[][..], Vec::as_slice);
    if ties.is_empty() {
        return String::new();
    }
    let day = plan.calendar().minutes_per_day();
    let all = ties.iter().map(|(other, link)| {
        let how = how(&plan.links[*link as usize], day);
        format!("{}{how}", codes[*other as usize])
    });
    all.collect::<Vec<_>>().join(", ")
}

/// `FS+2d`; nothing for the usual link.
fn how(link: &LinkRecord, day: i64) -> String {
    let kind = match link.kind {
        LinkKind::FinishToStart if link.lag_minutes == 0 => "",
        LinkKind::FinishToStart => "FS",
        LinkKind::StartToStart => "SS",
        LinkKind::FinishToFinish => "FF",
        LinkKind::StartToFinish => "SF",
    };
    let lag = match link.lag_minutes {
        0 => String::new(),
        lag if link.lag_unit == LagUnit::Elapsed && lag % Minute::DAY == 0 => format!("{:+}ed", lag / Minute::DAY),
        lag if link.lag_unit == LagUnit::Elapsed => format!("{lag:+}em"),
        lag if lag % day == 0 => format!("{:+}d", lag / day),
        lag if lag % 60 == 0 => format!("{:+}h", lag / 60),
        lag => format!("{lag:+}m"),
    };
    format!("{kind}{lag}")
}

#[cfg(test)]
mod tests {
    use super::super::model::tests::*;

    #[test]
    fn a_link_is_written_the_same_from_both_ends() {
        let model = model();
        assert_eq!(model.predecessors(3), "1.1FS+1d");
        assert_eq!(model.successors(1), "2FS+1d");
        assert_eq!((model.predecessors(1), model.successors(3)), (String::new(), String::new()));
    }
}
