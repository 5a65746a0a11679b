//! Cells that somebody copied out of a spreadsheet: separated by tabs, often without headings.

use super::{
    super::column::{Column, ColumnMapping},
    PlanDraft, read_mapped, records, value,
};
use crate::projects::view::ImportProblem;

/// Reads rows that were copied. Where the first row has headings they say what the columns hold, else the cells do: a
/// single column has names.
///
/// # Errors
/// Why nothing can be read. Cells that cannot be read stand among the draft's problems, by row of what was copied.
pub fn read_pasted(text: &str, minutes_per_day: i64) -> Result<PlanDraft, ImportProblem> {
    let mut rows = records(text.trim_end_matches(['\r', '\n']), b'\t', crate::projects::operation::TASKS_MAX + 1)?;
    if rows.iter().flatten().all(|cell| cell.trim().is_empty()) {
        return Err(ImportProblem::file("there is no text to paste"));
    }
    let headed = ColumnMapping::guess(&rows[..1]).ok().filter(|mapping| is_heading(mapping, rows.len()));
    let has_heading = headed.is_some();
    let mapping = headed.map_or_else(|| by_cells(&rows), Ok)?;
    if !has_heading {
        rows.insert(0, Vec::new());
    }
    let left_out = left_out(&rows, &mapping, has_heading);
    let mut draft = read_mapped(&rows, &ColumnMapping { minutes_per_day: Some(minutes_per_day), ..mapping })?;
    // What is to be said of a file as a whole is not said of rows.
    draft.notes.retain(|note| note.row > 0);
    draft.notes.extend(left_out);
    if !has_heading {
        for problem in draft.problems.iter_mut().chain(&mut draft.notes) {
            problem.row = problem.row.saturating_sub(1);
        }
    }
    Ok(draft)
}

/// Columns with something in them that nobody can tell what it is, by their headings or their first cells.
fn left_out(rows: &[Vec<String>], mapping: &ColumnMapping, has_heading: bool) -> Option<ImportProblem> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let unknown = (0..width).filter(|place| mapping.columns.get(*place).copied().flatten().is_none());
    let names = unknown.filter_map(|place| {
        let mut cells = rows.iter().filter_map(|row| row.get(place)).map(|cell| cell.trim());
        let heading = if has_heading { cells.next().filter(|heading| !heading.is_empty()) } else { None };
        let first = cells.find(|cell| !cell.is_empty())?;
        Some(format!("'{}'", heading.unwrap_or(first)))
    });
    let names: Vec<String> = names.collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(ImportProblem::file(format!("the column of {one} was left out"))),
        several => Some(ImportProblem::file(format!("the columns of {} were left out", several.join(", ")))),
    }
}

/// A single row with a single known word, such as a task called "Activity", is a task.
fn is_heading(mapping: &ColumnMapping, rows: usize) -> bool {
    rows > 1 && (mapping.columns.len() == 1 || mapping.columns.iter().flatten().count() > 1)
}

/// Whether a cell can be of a kind.
type Fits<'a> = &'a dyn Fn(&str) -> bool;

/// What columns hold, told by their cells alone. Each kind is found once, the most telling first.
fn by_cells(rows: &[Vec<String>]) -> Result<ColumnMapping, ImportProblem> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut columns: Vec<Option<Column>> = vec![None; width];
    let all = |place: usize, fits: Fits<'_>| {
        let mut cells =
            rows.iter().filter_map(|row| row.get(place)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
        cells.clone().next().is_some() && cells.all(fits)
    };
    let days = ColumnMapping::default();
    let is_number = |cell: &str| cell.bytes().all(|byte| byte.is_ascii_digit());
    let is_code = |cell: &str| cell.split('.').all(|part| !part.is_empty() && is_number(part));
    let is_date =
        |cell: &str| !is_number(cell) && value::date(cell, true).or_else(|_| value::date(cell, false)).is_ok();
    let is_time = |cell: &str| value::duration(cell, &days).is_ok();
    // One cell that names its unit tells what the bare numbers beside it are.
    let names_unit = |cell: &String| cell.contains(char::is_alphabetic);
    let is_timed = |place: usize| {
        all(place, &|cell| !is_number(cell) && is_time(cell))
            || (all(place, &is_time) && rows.iter().filter_map(|row| row.get(place)).any(names_unit))
    };
    let kinds: [(Column, Fits<'_>); 6] = [
        (Column::Start, &is_date),
        (Column::Finish, &is_date),
        (Column::Duration, &is_time),
        (Column::Progress, &|cell| cell.ends_with('%') && value::progress(cell, false).is_ok()),
        (Column::Code, &is_code),
        (Column::Predecessors, &is_waits),
    ];
    for (column, fits) in kinds {
        let is_kind = |place: usize| if column == Column::Duration { is_timed(place) } else { all(place, fits) };
        if let Some(place) = (0..width).find(|place| columns[*place].is_none() && is_kind(*place)) {
            columns[place] = Some(column);
        }
    }
    let name = (0..width)
        .find(|place| columns[*place].is_none() && all(*place, &|cell| cell.chars().any(char::is_alphabetic)));
    let Some(name) = name.or_else(|| (width == 1).then_some(0)) else {
        return Err(ImportProblem::file("no column has names; copy the headings as well"));
    };
    columns[name] = Some(Column::Name);
    // Numbers behind the names are how long things take, numbers before them what the rows are called.
    if let Some(place) = columns.iter().position(|column| *column == Some(Column::Code))
        && all(place, &is_number)
    {
        let known = columns.contains(&Some(Column::Duration));
        columns[place] = if place < name { Some(Column::Id) } else { (!known).then_some(Column::Duration) };
    }
    Ok(ColumnMapping { heading: 0, columns, ..ColumnMapping::default() })
}

/// `3FS+2d`, `1.2SS; 4`: begins with a number and names a type of link somewhere.
fn is_waits(cell: &str) -> bool {
    let upper = cell.to_uppercase();
    cell.starts_with(|letter: char| letter.is_ascii_digit())
        && ["FS", "SS", "FF", "SF"].iter().any(|kind| upper.contains(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(draft: &PlanDraft) -> Vec<(usize, String, i64)> {
        draft.rows.iter().map(|(level, task)| (*level, task.name.clone(), task.duration)).collect()
    }

    #[test]
    fn headings_say_what_the_columns_hold() {
        let text = "Task Name\tDuration\tPredecessors\r\nDie\t\t\r\n  Cut\t3 days\t\r\n  Form\t4h\t2FS+1d\r\n";
        let draft = read_pasted(text, 480).expect("rows");
        assert_eq!(draft.problems, []);
        assert_eq!(rows(&draft), [(0, "Die".into(), 0), (1, "Cut".into(), 1_440), (1, "Form".into(), 240)]);
        assert_eq!(draft.links.len(), 1);
    }

    #[test]
    fn without_headings_the_cells_say_it() {
        let draft =
            read_pasted("1\tDie\t\t\n1.1\tCut\t2d\t05.01.2026\n1.2\tForm\t4h\t06.01.2026\n", 480).expect("rows");
        assert_eq!(draft.problems, []);
        assert_eq!(rows(&draft), [(0, "Die".into(), 0), (1, "Cut".into(), 960), (1, "Form".into(), 240)]);
        let names = read_pasted("Cut, form\n  Ship\nActivity", 480).expect("names");
        assert_eq!(rows(&names).iter().map(|row| row.0).collect::<Vec<_>>(), [0, 1, 0]);
        assert_eq!(read_pasted("Task", 480).expect("one").rows[0].1.name, "Task");
        let numbers = read_pasted("Cut\t3\nForm\t2\n", 420).expect("rows");
        assert_eq!(rows(&numbers), [(0, "Cut".into(), 1_260), (0, "Form".into(), 840)]);
    }

    #[test]
    fn a_column_is_told_by_all_of_its_cells_and_what_is_left_out_is_named() {
        let draft = read_pasted("Alpha\t3 days\t01.12.2026\nBeta\t2\t\nGamma\t\t\n", 480).expect("rows");
        let durations: Vec<i64> = rows(&draft).iter().map(|row| row.2).collect();
        assert_eq!(durations, [1_440, 960, 480]);
        let notes: Vec<String> = draft.notes.iter().map(ToString::to_string).collect();
        assert_eq!(notes, ["row 3, duration: there is none; a working day is taken"]);
        let draft = read_pasted("Cut\t3d\tblue\t7\nForm\t2\tred\t\n", 480).expect("rows");
        let notes: Vec<String> = draft.notes.iter().map(ToString::to_string).collect();
        assert_eq!(notes, ["the columns of 'blue', '7' were left out"]);
        let draft = read_pasted("Name\tBudget\tDuration\nCut\t12\t2d\n", 480).expect("rows");
        assert_eq!(draft.notes[0].to_string(), "the column of 'Budget' was left out");
    }

    #[test]
    fn cells_that_cannot_be_read_are_named_by_their_row() {
        let draft = read_pasted("Name\tDuration\nCut\tsoon\n", 480).expect("rows");
        assert_eq!(draft.problems[0].to_string(), "row 2, duration: 'soon' is not a duration such as 3d, 4h or 90m");
        assert!(read_pasted(" \t \n", 480).is_err());
        assert!(read_pasted("1\t2\n3\t4\n", 480).is_err());
    }
}
