//! Where rows land that are carried through the table. No browser in here.

use domain::TaskId;

/// A row that is seen, as far as landing is concerned.
#[derive(Clone, Copy, Debug)]
pub struct RowAt {
    pub id: TaskId,
    pub level: u16,
    pub is_milestone: bool,
    /// It is carried, or stands below one that is.
    pub carried: bool,
}

/// Where the carried rows land.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Landing {
    /// The line is drawn above this row.
    pub row: usize,
    pub level: u16,
    pub parent: Option<TaskId>,
    /// The sibling before; first below the parent where absent.
    pub after: Option<TaskId>,
}

/// Rows that are let go between two rows, at the level that the pointer asks for as far as the outline allows: at most
/// one deeper than the row above, and not higher than the row below, which would be taken along otherwise.
pub fn land(rows: &[RowAt], gap: usize, level: i64) -> Landing {
    let gap = gap.min(rows.len());
    let above = rows[..gap].iter().rposition(|row| !row.carried);
    let below = rows[gap..].iter().find(|row| !row.carried);
    let most = above.map_or(0, |above| rows[above].level + u16::from(!rows[above].is_milestone));
    let least = below.map_or(0, |below| below.level).min(most);
    let level = u16::try_from(level.max(0)).unwrap_or(u16::MAX).clamp(least, most);
    // The rows above, from the nearest up: one for each level.
    let ancestor = |level: u16| {
        let near = rows[..above.map_or(0, |above| above + 1)].iter().rev().filter(|row| !row.carried);
        near.scan(u16::MAX, |least, row| {
            let counts = row.level < *least;
            *least = (*least).min(row.level);
            Some((counts, row))
        })
        .find(|(counts, row)| *counts && row.level == level)
        .map(|(_, row)| row.id)
    };
    Landing { row: gap, level, parent: level.checked_sub(1).and_then(ancestor), after: ancestor(level) }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> TaskId {
        TaskId(Uuid::from_u128(number))
    }

    /// 1, 1.1, 1.1.1, 1.2, 2 (a milestone), 3; the fourth is carried.
    fn rows() -> Vec<RowAt> {
        let rows = (1..).zip([0, 1, 2, 1, 0, 0]);
        rows.map(|(number, level)| RowAt { id: id(number), level, is_milestone: number == 5, carried: number == 4 })
            .collect()
    }

    fn at(gap: usize, level: i64) -> (u16, Option<TaskId>, Option<TaskId>) {
        let landing = land(&rows(), gap, level);
        (landing.level, landing.parent, landing.after)
    }

    #[test]
    fn the_pointer_says_the_level_as_far_as_the_outline_allows() {
        assert_eq!(at(0, 5), (0, None, None), "first of all");
        assert_eq!(at(1, 0), (1, Some(id(1)), None), "the row below stays below its parent");
        assert_eq!(at(3, 9), (3, Some(id(3)), None), "below the row above");
        assert_eq!(at(3, 2), (2, Some(id(2)), Some(id(3))));
        assert_eq!(at(3, 1), (1, Some(id(1)), Some(id(2))));
        assert_eq!(at(4, 0), (0, None, Some(id(1))), "what is carried is not there");
        assert_eq!(at(5, 3), (0, None, Some(id(5))), "a milestone has no rows below it");
        assert_eq!(at(9, 1), (1, Some(id(6)), None));
    }
}
