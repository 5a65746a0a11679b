//! Who and what the task needs, and how much of each.

use domain::{
    Fault, ResourceId, UserId,
    projects::{
        document::TaskRecord,
        operation::TaskPatch,
        resource::{Assignment, ResourceKind, ResourceRecord, WHOLE},
    },
};
use leptos::prelude::*;

use super::{
    chooser::{Chooser, Offer, fits},
    edit::Edit,
    field::{Kept, Kind, message_of},
};
use crate::kit::{Avatar, Glyph, Icon, IconButton, Size};

/// Which of the two lists.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    People,
    /// Machines, and departments that are needed besides the task's own.
    Things,
}

/// People on the task.
#[component]
pub fn People(edit: Edit, can_edit: bool) -> impl IntoView {
    view! { <Needs edit can_edit which=Which::People id="task-person" title="People" add="Add a person"/> }
}

/// Machines and departments.
#[component]
pub fn Things(edit: Edit, can_edit: bool) -> impl IntoView {
    view! { <Needs edit can_edit which=Which::Things id="task-thing" title="Machines" add="Add a machine or department"/> }
}

/// What a task needs of one list, with units.
fn needed(record: &TaskRecord, known: &[ResourceRecord], which: Which) -> Vec<Assignment> {
    let person = |id: ResourceId| {
        record.assignees.contains(&UserId(id.0))
            || known.iter().any(|resource| resource.id == id && resource.kind == ResourceKind::Person)
    };
    let units = |id: ResourceId| record.assignments.iter().find(|known| known.resource_id == id).map(|need| need.units);
    let whole = record.assignees.iter().map(|user| ResourceId(user.0));
    match which {
        Which::People => {
            let mut people: Vec<Assignment> = whole
                .map(|resource_id| Assignment { resource_id, units: units(resource_id).unwrap_or(WHOLE) })
                .collect();
            let besides = record.assignments.iter().filter(|need| person(need.resource_id));
            people.extend(besides.filter(|need| !record.assignees.contains(&UserId(need.resource_id.0))));
            people
        }
        Which::Things => record.assignments.iter().filter(|need| !person(need.resource_id)).copied().collect(),
    }
}

/// The task with so much of a resource, or without it.
fn changed(record: &TaskRecord, id: ResourceId, units: Option<i64>, which: Which) -> TaskPatch {
    let mut assignments = record.assignments.clone();
    let mut assignees = record.assignees.clone();
    assignments.retain(|need| need.resource_id != id);
    let user = UserId(id.0);
    if which == Which::People {
        assignees.retain(|known| *known != user || units.is_some());
        if units.is_some() && !assignees.contains(&user) {
            assignees.push(user);
        }
    }
    // A person who is given whole needs no saying.
    if let Some(units) = units.filter(|units| which == Which::Things || *units != WHOLE) {
        assignments.push(Assignment { resource_id: id, units });
    }
    let differs = assignees != record.assignees;
    TaskPatch { assignees: differs.then_some(assignees), assignments: Some(assignments), ..TaskPatch::default() }
}

#[component]
fn Needs(
    edit: Edit,
    can_edit: bool,
    which: Which,
    id: &'static str,
    title: &'static str,
    add: &'static str,
) -> impl IntoView {
    let known = Memo::new(move |_| edit.handle.read(|model| model.staff().known().to_vec()));
    let needs = Memo::new(move |_| edit.record.with(|record| known.with(|known| needed(record, known, which))));
    let ids = Memo::new(move |_| needs.with(|needs| needs.iter().map(|need| need.resource_id).collect::<Vec<_>>()));
    let message = RwSignal::new(None::<String>);
    let set = move |id: ResourceId, units: Option<i64>| {
        let patch = edit.record.with_untracked(|record| changed(record, id, units, which));
        edit.patch(patch)
    };
    let change = move |id: ResourceId, units: Option<i64>| {
        message.set(set(id, units).err().map(|fault| message_of(&fault, "assignments")));
    };
    let pick = Callback::new(move |id: uuid::Uuid| change(ResourceId(id), Some(WHOLE)));
    let find = Callback::new(move |text: String| {
        let taken = ids.get_untracked();
        known.with_untracked(|known| {
            let person = which == Which::People;
            let free = known.iter().filter(|record| (record.kind == ResourceKind::Person) == person);
            free.filter(|record| !taken.contains(&record.id) && fits(&record.name, &text))
                .map(|record| Offer { id: record.id.0, code: String::new(), title: record.name.clone() })
                .collect::<Vec<_>>()
        })
    });
    let name = move |id: ResourceId| {
        let found = known.with(|known| known.iter().find(|record| record.id == id).map(|record| record.name.clone()));
        let left = if which == Which::People { "Somebody who left" } else { "Something that was removed" };
        found.unwrap_or_else(|| if known.with(Vec::is_empty) { "…".to_owned() } else { left.to_owned() })
    };
    let row = move |id: ResourceId| {
        let units = Memo::new(move |_| {
            needs
                .with(|needs| needs.iter().find(|need| need.resource_id == id).map_or(WHOLE, |need| need.units))
                .to_string()
        });
        let store = Callback::new(move |text: String| {
            let typed = text.trim().trim_end_matches('%').trim().parse::<i64>();
            let typed =
                typed.map_err(|_| Fault::field("assignments", "Units are a whole number; 100 is all of it."))?;
            set(id, Some(typed))
        });
        let face = move || match which {
            Which::People => view! { <Avatar name=name(id) size=20/> }.into_any(),
            Which::Things => view! { <Glyph icon=Icon::Press/> }.into_any(),
        };
        view! {
            <li class="need">
                {face}
                <span class="need-name">{move || name(id)}</span>
                <Kept label="Units" name="assignments" kind=Kind::Number("%") shown=units store disabled=!can_edit/>
                {can_edit.then(|| {
                    let label = Signal::derive(move || format!("Take {} off", name(id)));
                    view! { <IconButton icon=Icon::X label size=Size::Small on_press=move || change(id, None)/> }
                })}
            </li>
        }
    };
    let heading = format!("{id}-title");
    let labelled_by = heading.clone();
    view! {
        <section class="task-part" aria-labelledby=labelled_by>
            <h3 id=heading>{title}</h3>
            <Show when=move || !ids.with(Vec::is_empty)>
                <ul class="needs"><For each=move || ids.get() key=|id| *id children=row/></ul>
            </Show>
            {can_edit.then(|| view! { <Chooser id label=add find on_pick=pick message/> })}
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use domain::projects::operation::TaskDraft;
    use uuid::Uuid;

    use super::*;

    fn record() -> TaskRecord {
        TaskDraft::default().record(domain::TaskId(Uuid::from_u128(1)), None, 0)
    }

    #[test]
    fn a_person_is_there_whole_unless_something_else_is_said() {
        let ann = ResourceId(Uuid::from_u128(7));
        let mut record = record();
        changed(&record, ann, Some(100), Which::People).write(&mut record);
        assert_eq!((record.assignees.len(), record.assignments.len()), (1, 0));
        changed(&record, ann, Some(50), Which::People).write(&mut record);
        assert_eq!(needed(&record, &[], Which::People), [Assignment { resource_id: ann, units: 50 }]);
        assert!(needed(&record, &[], Which::Things).is_empty());
        changed(&record, ann, None, Which::People).write(&mut record);
        assert!(record.assignees.is_empty() && record.assignments.is_empty());
    }

    #[test]
    fn a_machine_is_always_said() {
        let press = ResourceId(Uuid::from_u128(8));
        let mut record = record();
        changed(&record, press, Some(100), Which::Things).write(&mut record);
        assert_eq!(needed(&record, &[], Which::Things), [Assignment { resource_id: press, units: 100 }]);
        assert!(record.assignees.is_empty());
    }
}
