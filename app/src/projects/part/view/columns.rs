//! The columns of the table: which are shown where nothing was chosen, and how they share its width.

use super::super::column::{COLUMNS, Column};

/// Shown where nothing was chosen.
const USUAL: [&str; 9] = ["code", "name", "status", "progress", "duration", "start", "finish", "people", "department"];

/// The tracks of a grid of these columns, and how wide it is at least.
pub fn tracks(columns: &[&Column]) -> String {
    let track = |column: &&Column| format!("minmax({}px,{}fr)", column.width, column.grows);
    let tracks: Vec<String> = columns.iter().map(track).collect();
    let least: u32 = columns.iter().map(|column| u32::from(column.width)).sum();
    format!("--columns:{};--least:{least}px", tracks.join(" "))
}

/// The columns of a look, in order; the usual ones where it names none.
pub fn chosen(keys: &[String]) -> Vec<&'static Column> {
    let is_chosen = |column: &&Column| {
        if keys.is_empty() { USUAL.contains(&column.key) } else { keys.iter().any(|key| key == column.key) }
    };
    COLUMNS.iter().filter(is_chosen).collect()
}

/// The other columns, or the usual ones again, as a look keeps them: what is usual is not spelled out.
pub fn toggled(keys: &[String], key: &str) -> Vec<String> {
    let shown = chosen(keys);
    let is_shown = |column: &&Column| shown.contains(column) != (column.key == key);
    let next: Vec<&Column> = COLUMNS.iter().filter(is_shown).collect();
    if next == chosen(&[]) || next.is_empty() {
        return Vec::new();
    }
    next.into_iter().map(|column| column.key.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_goes_and_comes_back_and_the_usual_ones_are_not_spelled_out() {
        let without = toggled(&[], "people");
        assert_eq!((without.len(), without.iter().any(|key| key == "people")), (8, false));
        assert_eq!(toggled(&without, "people"), Vec::<String>::new());
        assert_eq!(toggled(&["name".to_owned()], "name"), Vec::<String>::new(), "a table without columns is none");
        let more = toggled(&[], "notes");
        assert_eq!((chosen(&more).len(), chosen(&more)[9].key), (10, "notes"));
    }
}
