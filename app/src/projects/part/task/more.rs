//! What is set once and seldom looked at.

use domain::{
    CalendarId, Fault,
    projects::{operation::TaskPatch, resource::ResourceKind},
};
use leptos::prelude::*;

use super::{
    edit::Edit,
    field::{Kept, Kind, Pick},
};
use crate::kit::Choice;

#[component]
pub fn More(edit: Edit) -> impl IntoView {
    let calendars = Memo::new(move |_| {
        edit.handle.read(|model| {
            let plan = model.document();
            let own = plan.calendars.iter().find(|record| Some(record.id) == plan.head.calendar_id);
            let own = own.map_or("Standard", |record| record.name.as_str());
            let mut choices = vec![Choice::new("", format!("The project's: {own}"))];
            let others = plan.calendars.iter().map(|record| Choice::new(record.id.to_string(), record.name.clone()));
            choices.extend(others);
            choices
        })
    });
    let departments = Memo::new(move |_| {
        edit.handle.read(|model| {
            let known = model.staff().known().iter().filter(|record| record.kind == ResourceKind::Department);
            let mut names: Vec<String> = known.map(|record| record.name.clone()).collect();
            names.extend(model.departments().iter().cloned());
            names.sort_unstable();
            names.dedup();
            names
        })
    });
    let set_calendar = Callback::new(move |id: String| {
        let calendar_id = id.parse::<CalendarId>().ok();
        edit.patch(TaskPatch { calendar_id: Some(calendar_id), ..TaskPatch::default() })
    });
    let set_department = Callback::new(move |text: String| {
        let department = Some(text.trim().to_owned()).filter(|name| !name.is_empty());
        edit.patch(TaskPatch { department: Some(department), ..TaskPatch::default() })
    });
    let set_priority = Callback::new(move |text: String| {
        let priority = text.trim().parse::<i32>();
        let priority = priority.map_err(|_| Fault::field("priority", "Priority is a whole number from 0 to 1000."))?;
        edit.patch(TaskPatch { priority: Some(priority), ..TaskPatch::default() })
    });
    let set_notes =
        Callback::new(move |notes: String| edit.patch(TaskPatch { notes: Some(notes), ..TaskPatch::default() }));
    view! {
        <section class="task-part" aria-labelledby="task-more">
            <h3 id="task-more">"More"</h3>
            <Pick label="Calendar" name="calendar_id" choices=calendars shown=edit.shown(|record| record.calendar_id.map(|id| id.to_string()).unwrap_or_default()) store=set_calendar/>
            <datalist id="departments">
                {move || departments.get().into_iter().map(|name| view! { <option value=name></option> }).collect_view()}
            </datalist>
            <div class="pair">
                <Kept label="Department" name="department" optional=true list="departments" shown=edit.shown(|record| record.department.clone().unwrap_or_default()) store=set_department/>
                <Kept label="Priority" name="priority" kind=Kind::Number("") shown=edit.shown(|record| record.priority.to_string()) store=set_priority/>
            </div>
            <Kept label="Notes" name="notes" kind=Kind::Lines optional=true shown=edit.shown(|record| record.notes.clone()) store=set_notes/>
        </section>
    }
    .into_any()
}
