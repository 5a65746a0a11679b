//! What holds a row at its dates: a constraint, a hand that put it there, and what has happened already.

use super::{
    super::column::Column,
    line::{Cells, usual_clock},
    value::{self, Habits},
};
use crate::{
    Minute,
    projects::{
        operation::TaskDraft,
        plan::{ConstraintKind, TaskMode},
        view::ImportProblem,
    },
};

/// Reads them. Where no constraint is said, the start is one of a row that waits for nothing. True where it is said.
pub(super) fn held(
    cells: &mut Cells<'_, '_>,
    task: &mut TaskDraft,
    start: Option<Minute>,
    habits: &Habits,
    notes: &mut Vec<ImportProblem>,
) -> bool {
    let text = cells.text(Column::Mode);
    match text.to_lowercase().as_str() {
        "" | "auto" | "automatic" | "auto scheduled" | "automatically scheduled" | "automatisch geplant" => {}
        "manual" | "manually scheduled" | "manuell" | "manuell geplant" => task.mode = TaskMode::Manual,
        _ => cells.unknown(Column::Mode, notes),
    }
    task.actual_start = moment(cells, Column::ActualStart, habits, false);
    task.actual_finish = moment(cells, Column::ActualFinish, habits, true);
    let said = cells.read(Column::Constraint, constraint);
    let at = moment(cells, Column::ConstraintDate, habits, said.is_some_and(ConstraintKind::is_of_finish));
    if let Some(kind) = said {
        (task.constraint, task.constraint_at) = (kind, at);
    } else if at.is_some() && cells.text(Column::Constraint).is_empty() {
        let reason = "it belongs to no constraint and is left out";
        notes.push(ImportProblem::cell(cells.number, Column::ConstraintDate.code(), reason));
    }
    if task.mode == TaskMode::Manual {
        task.manual_start = start;
    } else if said.is_none() && cells.text(Column::Predecessors).is_empty() && start.is_some() {
        (task.constraint, task.constraint_at) = (ConstraintKind::StartNoEarlierThan, start);
    }
    said.is_some()
}

/// The names of MS Project, in any case and in German, their short forms, and ours.
fn constraint(text: &str) -> Result<ConstraintKind, String> {
    use ConstraintKind as Kind;
    let plain = text.to_lowercase().replace(['_', '-'], " ");
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let ours = Kind::ALL.into_iter().find(|kind| kind.title().to_lowercase() == plain || kind.code() == plain);
    let german = match plain.as_str() {
        "so früh wie möglich" => Some(Kind::AsSoonAsPossible),
        "so spät wie möglich" => Some(Kind::AsLateAsPossible),
        "anfang nicht früher als" => Some(Kind::StartNoEarlierThan),
        "anfang nicht später als" => Some(Kind::StartNoLaterThan),
        "ende nicht früher als" => Some(Kind::FinishNoEarlierThan),
        "ende nicht später als" => Some(Kind::FinishNoLaterThan),
        "muss anfangen am" => Some(Kind::MustStartOn),
        "muss enden am" => Some(Kind::MustFinishOn),
        _ => None,
    };
    let fault = || format!("'{text}' is not a constraint such as {}", Kind::StartNoEarlierThan.title());
    ours.or(german).ok_or_else(fault)
}

/// A date with its time; without one it is the beginning, or the end, of that day's work. MS Project writes `NA` where
/// there is none.
fn moment(cells: &mut Cells<'_, '_>, column: Column, habits: &Habits, end: bool) -> Option<Minute> {
    if matches!(cells.text(column).to_uppercase().as_str(), "NA" | "N/A" | "NV") {
        return None;
    }
    cells.read(column, |text| {
        let at = value::date(text, habits.day_first)?;
        // A cell of a spreadsheet that holds a date alone comes with the time of midnight.
        let is_day = at.minute_of_day() == 0 && (!text.contains(':') || text.ends_with("T00:00"));
        let (clock, over) = (usual_clock(), Minute(at.0 + Minute::DAY));
        Ok(match (is_day, end) {
            (false, _) => at,
            (true, true) => Some(clock.previous_finish(over)).filter(|last| *last > at).unwrap_or(over),
            (true, false) => Some(clock.next_start(at)).filter(|first| *first < over).unwrap_or(at),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::projects::exchange::table::read_csv;

    fn rows(text: &str) -> (Vec<TaskDraft>, Vec<String>, Vec<String>) {
        let draft = read_csv(text).expect("a table");
        let said = |problems: &[ImportProblem]| problems.iter().map(ToString::to_string).collect();
        let (problems, notes) = (said(&draft.problems), said(&draft.notes));
        (draft.rows.into_iter().map(|(_, task)| task).collect(), problems, notes)
    }

    fn at(text: &str) -> Option<Minute> {
        Some(text.parse().expect("a date"))
    }

    #[test]
    fn every_spelling_of_a_constraint_is_known() {
        for kind in ConstraintKind::ALL {
            let json = serde_json::to_value(kind).expect("a word");
            for text in [kind.title(), kind.code(), json.as_str().expect("a word"), &kind.title().to_uppercase()] {
                assert_eq!(constraint(text), Ok(kind), "{text}");
            }
        }
        assert_eq!(constraint("Anfang nicht früher als"), Ok(ConstraintKind::StartNoEarlierThan));
        assert!(constraint("soon").is_err());
    }

    #[test]
    fn a_constraint_that_is_said_counts_more_than_the_start() {
        let (rows, problems, notes) = rows(
            "name,duration,start,constraint,constraint date,predecessors\n\
             A,1d,2026-01-07,As soon as possible,,\n\
             B,1d,2026-01-07,,,\n\
             C,1d,2026-01-07,Finish No Later Than,2026-01-09,1\n\
             D,1d,2026-01-07,MSO,2026-01-10,1\n",
        );
        let told: Vec<_> = rows.iter().map(|task| (task.constraint, task.constraint_at)).collect();
        use ConstraintKind as Kind;
        assert_eq!(
            told,
            [
                (Kind::AsSoonAsPossible, None),
                (Kind::StartNoEarlierThan, at("2026-01-07")),
                (Kind::FinishNoLaterThan, at("2026-01-09T17:00")),
                (Kind::MustStartOn, at("2026-01-10")),
            ]
        );
        assert_eq!((problems, notes), (Vec::<String>::new(), Vec::new()));
    }

    #[test]
    fn what_cannot_be_is_said() {
        let (rows, problems, notes) = rows(
            "name,duration,mode,constraint,constraint date,actual start,actual finish\n\
             A,1d,by magic,,2026-01-09,NA,NA\n\
             B,1d,,whenever,,,\n\
             C,1d,,Must Start On,,,\n\
             D,1d,,,,2026-01-07,2026-01-06\n",
        );
        assert_eq!(rows.len(), 1);
        assert_eq!(
            problems,
            [
                "row 3, constraint: 'whenever' is not a constraint such as Start no earlier than",
                "row 4, constraint_date: This constraint needs a date.",
                "row 5, actual_finish: 6 Jan 2026, 17:00 is before the actual start 7 Jan 2026, 08:00.",
            ]
        );
        assert_eq!(
            notes[..2],
            [
                "row 2, mode: 'by magic' is not known and left out",
                "row 2, constraint_date: it belongs to no constraint and is left out",
            ]
        );
    }

    #[test]
    fn what_was_put_by_hand_stands_at_its_start() {
        let (rows, problems, _) = rows(
            "name;duration;start;mode;actual start;predecessors\n\
             A;1d;2026-01-07 10:00;Manually Scheduled;;\n\
             B;1d;2026-01-08 10:00;manual;2026-01-09;1\n",
        );
        assert_eq!(problems, Vec::<String>::new());
        let told: Vec<_> = rows.iter().map(|task| (task.mode, task.manual_start, task.actual_start)).collect();
        assert_eq!(
            told,
            [
                (TaskMode::Manual, at("2026-01-07T10:00"), None),
                (TaskMode::Manual, at("2026-01-08T10:00"), at("2026-01-09T08:00")),
            ]
        );
        assert!(rows.iter().all(|task| task.constraint == ConstraintKind::AsSoonAsPossible));
    }
}
