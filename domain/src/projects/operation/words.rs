//! What was changed of a row, in words for those who read what was done.

use serde_json::Value;

use super::TaskPatch;
use crate::{
    Minute,
    projects::{
        amount::{Unit, written},
        document::TaskRecord,
        plan::TaskKind,
    },
};

/// What a patch makes of a task, in a sentence without an end; `day` minutes are a working day.
pub(super) fn edited(task: &TaskRecord, patch: &TaskPatch, day: i64) -> String {
    let name = &task.name;
    let mut fields: Vec<&str> = patch.changed(task);
    // What takes no time is a milestone, and its date goes with the constraint: the one is said by the other.
    let also = |fields: &mut Vec<&str>, said: &str, unsaid: &[&str]| {
        if fields.contains(&said) {
            fields.retain(|field| !unsaid.contains(field));
        }
    };
    also(&mut fields, "duration", &["kind", "elapsed", "splits"]);
    also(&mut fields, "constraint", &["constraint_at"]);
    also(&mut fields, "mode", &["manual_start"]);
    also(&mut fields, "progress", &["status"]);
    match (fields.as_slice(), patch) {
        ([], _) => format!("Changed nothing of {name}"),
        (["name"], TaskPatch { name: Some(new), .. }) => format!("Renamed {name} to {}", new.trim()),
        (["progress"], TaskPatch { progress: Some(percent), .. }) => format!("Set {name} to {percent} % done"),
        (["status"], TaskPatch { status: Some(status), .. }) => format!("Set {name} to {}", status.title()),
        (["duration"], TaskPatch { duration: Some(0), kind: Some(TaskKind::Milestone), .. }) => {
            format!("Made {name} a milestone")
        }
        (["duration"], TaskPatch { duration: Some(minutes), elapsed, .. }) => {
            let long =
                if elapsed.unwrap_or(task.elapsed) { elapsed_amount(*minutes, day) } else { written(*minutes, day) };
            format!("Set {name} to {long}")
        }
        (["locked"], TaskPatch { locked: Some(true), .. }) => format!("Locked {name}"),
        (["locked"], TaskPatch { locked: Some(false), .. }) => format!("Unlocked {name}"),
        (["deadline"], TaskPatch { deadline: Some(Some(at)), .. }) => {
            format!("Set the deadline of {name} to {}", at.day_in_words())
        }
        (["deadline"], _) => format!("Removed the deadline of {name}"),
        _ => format!("Changed {} of {name}", listed(&fields)),
    }
}

fn elapsed_amount(minutes: i64, day: i64) -> String {
    let unit = Unit::of(minutes, true, day);
    format!("{} {}", unit.number(minutes, day).unwrap_or_default(), unit.title())
}

/// `the notes`, `the people and the deadline`, `the name, the notes and the priority`.
pub(super) fn listed(fields: &[&str]) -> String {
    let titles: Vec<String> = fields.iter().map(|field| title(field)).collect();
    match titles.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => titles.concat(),
    }
}

/// What people call a field.
pub(super) fn title(field: &str) -> String {
    let title = match field {
        "duration_minutes" => "duration",
        "start_date" => "start",
        "target_end_date" => "target",
        "kind" => "type",
        "mode" => "scheduling",
        "elapsed" => "clock",
        "assignees" => "people",
        "assignments" => "resources",
        "splits" => "pauses",
        "locked" => "lock",
        "calendar_id" => "calendar",
        "constraint_at" => "constraint date",
        "manual_start" => "start",
        "level_from" => "levelling",
        "manager_id" => "manager",
        "target_end" => "target",
        other => return format!("the {}", other.replace('_', " ")),
    };
    format!("the {title}")
}

/// The value of a field as people read it; `day` minutes are a working day, where that is known.
pub(super) fn value(field: &str, value: &Value, day: Option<i64>) -> String {
    match value {
        Value::Null => "empty".to_owned(),
        Value::Number(minutes) if field.starts_with("duration") => {
            day.map_or_else(|| format!("{minutes} min"), |day| written(minutes.as_i64().unwrap_or_default(), day))
        }
        Value::Bool(true) => "on".to_owned(),
        Value::Bool(false) => "off".to_owned(),
        Value::String(text) if text.is_empty() => "empty".to_owned(),
        Value::String(text) => match text.parse::<Minute>() {
            Ok(at) => at.day_in_words(),
            Err(_) if matches!(field, "status" | "type" | "mode" | "constraint") => text.replace('_', " "),
            Err(_) => format!("“{text}”"),
        },
        Value::Array(all) => format!("{} of them", all.len()),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        TaskId,
        projects::{
            operation::TaskDraft,
            plan::{ConstraintKind, TaskMode},
        },
    };

    fn said(patch: &TaskPatch) -> String {
        let draft = TaskDraft { name: "Cut blanks".into(), duration: 480, ..TaskDraft::default() };
        edited(&draft.record(TaskId(uuid::Uuid::from_u128(1)), None, 0), patch, 480)
    }

    #[test]
    fn a_change_is_said_as_people_say_it() {
        let usual = TaskPatch::default;
        let longer = TaskPatch { duration: Some(1_200), kind: Some(TaskKind::Task), elapsed: Some(false), ..usual() };
        assert_eq!(said(&longer), "Set Cut blanks to 2.5 d");
        assert_eq!(
            said(&TaskPatch { duration: Some(2_880), elapsed: Some(true), ..usual() }),
            "Set Cut blanks to 2 elapsed days"
        );
        let moment = TaskPatch { duration: Some(0), kind: Some(TaskKind::Milestone), ..usual() };
        assert_eq!(said(&moment), "Made Cut blanks a milestone");
        assert_eq!(said(&TaskPatch { progress: Some(40), ..usual() }), "Set Cut blanks to 40 % done");
        assert_eq!(said(&TaskPatch { name: Some("Saw".into()), ..usual() }), "Renamed Cut blanks to Saw");
        assert_eq!(
            said(&TaskPatch { deadline: Some(None), notes: Some("x".into()), ..usual() }),
            "Changed the notes of Cut blanks"
        );
        let at = "2026-01-07T08:00".parse().ok();
        let held = TaskPatch { constraint: Some(ConstraintKind::MustStartOn), constraint_at: Some(at), ..usual() };
        assert_eq!(said(&held), "Changed the constraint of Cut blanks");
        let by_hand =
            TaskPatch { mode: Some(TaskMode::Manual), manual_start: Some(at), notes: Some("x".into()), ..usual() };
        assert_eq!(said(&by_hand), "Changed the scheduling and the notes of Cut blanks");
    }
}
