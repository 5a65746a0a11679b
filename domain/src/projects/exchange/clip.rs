//! Rows on their way through a clipboard: as cells that a spreadsheet takes, and as the records that they are.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{export::table, staff::Register};
use crate::{
    LinkId, ProjectId, TaskId,
    projects::{
        document::{LinkRecord, PlanDocument, TaskRecord},
        operation::Operation,
        schedule::Schedule,
    },
};

/// The attribute of the HTML table in which the records travel.
const MARK: &str = "data-takt-rows=\"";

/// Rows and the links among them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clip {
    project: ProjectId,
    tasks: Vec<TaskRecord>,
    links: Vec<LinkRecord>,
}

/// A clip as the formats of a clipboard.
pub struct Copied {
    /// Cells between tabs.
    pub text: String,
    /// A table, with the records in an attribute.
    pub html: String,
}

impl Clip {
    /// These rows with everything below them.
    #[must_use]
    pub fn of(plan: &PlanDocument, ids: &[TaskId]) -> Self {
        let mut chosen: HashSet<TaskId> = ids.iter().copied().collect();
        plan.add_descendants(&mut chosen);
        let tasks: Vec<TaskRecord> = plan.tasks.iter().filter(|task| chosen.contains(&task.id)).cloned().collect();
        let inside = |link: &&LinkRecord| chosen.contains(&link.predecessor_id) && chosen.contains(&link.successor_id);
        Self { project: plan.head.id, tasks, links: plan.links.iter().filter(inside).cloned().collect() }
    }

    /// The rows in an HTML table that was copied out of a plan.
    #[must_use]
    pub fn read(html: &str) -> Option<Self> {
        let (_, rest) = html.split_once(MARK)?;
        let (json, _) = rest.split_once('"')?;
        let json = json.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        serde_json::from_str(&json).ok()
    }

    /// As cells: the columns of the CSV export, its headings first.
    #[must_use]
    pub fn copied(&self, plan: &PlanDocument, schedule: &Schedule, register: &Register) -> Copied {
        let chosen: HashSet<TaskId> = self.tasks.iter().map(|task| task.id).collect();
        // What stands outside is not waited for where the cells are pasted.
        let inside = PlanDocument { links: self.links.clone(), ..plan.clone() };
        let mut rows = table::rows(&inside, schedule, register).into_iter();
        let heading = rows.next();
        let rows = plan.tasks.iter().zip(rows).filter(|(task, _)| chosen.contains(&task.id)).map(|(_, row)| row);
        let rows: Vec<Vec<String>> =
            heading.into_iter().chain(rows).map(|row| row.iter().map(|cell| table::guarded(cell)).collect()).collect();
        let text = rows.iter().map(|row| row.iter().map(|cell| between_tabs(cell)).collect::<Vec<_>>().join("\t"));
        let body: String = rows
            .iter()
            .map(|row| {
                let cells: String = row.iter().map(|cell| format!("<td>{}</td>", escaped(cell))).collect();
                format!("<tr>{cells}</tr>")
            })
            .collect();
        let records = escaped(&serde_json::to_string(self).unwrap_or_default());
        Copied {
            text: text.collect::<Vec<_>>().join("\r\n"),
            html: format!("<table {MARK}{records}\"><tbody>{body}</tbody></table>"),
        }
    }

    /// The rows as new ones, for the end of `plan`. Calendars and people stay only within their project.
    #[must_use]
    pub fn operation(self, plan: &PlanDocument, mut id: impl FnMut() -> Uuid) -> Operation {
        let home = self.project == plan.head.id;
        let known: HashSet<_> = plan.calendars.iter().map(|record| record.id).collect();
        let fresh: HashMap<TaskId, TaskId> = self.tasks.iter().map(|task| (task.id, TaskId(id()))).collect();
        let tasks = self.tasks.into_iter().zip(1_i64..).map(|(task, place)| TaskRecord {
            id: fresh[&task.id],
            parent_id: task.parent_id.and_then(|parent| fresh.get(&parent).copied()),
            rank: place << 20,
            calendar_id: task.calendar_id.filter(|calendar| home && known.contains(calendar)),
            assignees: if home { task.assignees } else { Vec::new() },
            assignments: if home { task.assignments } else { Vec::new() },
            level_from: None,
            version: 1,
            ..task
        });
        let tasks = tasks.collect();
        let links = self.links.into_iter().filter_map(|link| {
            let (predecessor_id, successor_id) = (*fresh.get(&link.predecessor_id)?, *fresh.get(&link.successor_id)?);
            Some(LinkRecord { id: LinkId(id()), predecessor_id, successor_id, version: 1, ..link })
        });
        let links = links.collect();
        Operation::Import { tasks, links, calendars: Vec::new() }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A cell as spreadsheets write it between tabs.
fn between_tabs(cell: &str) -> String {
    if cell.contains(['\t', '\n', '\r', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}
