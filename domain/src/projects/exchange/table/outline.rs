//! Which row stands below which.

use super::{line::Line, reference::References};
use crate::projects::{exchange::draft::PlanDraft, view::ImportProblem};

/// The row above each row, those included that are left out. By level where there is one, else by the column of
/// parents, else by outline code, else by the blanks before the names.
pub(super) fn parents(
    lines: &mut [Line<'_>],
    references: &References<'_>,
    draft: &mut PlanDraft,
) -> Vec<Option<usize>> {
    if lines.iter().any(|line| line.level.is_some()) {
        let levels: Vec<usize> = lines.iter().map(|line| line.level.unwrap_or(1)).collect();
        for (line, pair) in lines[1.min(lines.len())..].iter().zip(levels.windows(2)) {
            if pair[1] > pair[0] + 1 {
                let note = format!("level {} follows level {}; it stands below the row before it", pair[1], pair[0]);
                draft.notes.push(ImportProblem::cell(line.number, "level", note));
            }
        }
        return by_depth(&levels);
    }
    if lines.iter().any(|line| !line.parent.is_empty()) {
        return lines
            .iter_mut()
            .map(|line| {
                if line.parent.is_empty() {
                    return None;
                }
                let read = references.parent(line.parent);
                read.map_err(|reason| {
                    draft.problems.push(ImportProblem::cell(line.number, "parent", reason));
                    line.task = None;
                })
                .ok()
            })
            .collect();
    }
    if lines.iter().any(|line| line.code.contains('.')) {
        return lines
            .iter()
            .map(|line| {
                let above = references.above(line.code);
                let direct = line.code.matches('.').count();
                let found = above.map_or(0, |row| lines[row].code.matches('.').count() + 1);
                if found != direct {
                    let note = format!("the row above {} is missing; it stands higher", line.code);
                    draft.notes.push(ImportProblem::cell(line.number, "code", note));
                }
                above
            })
            .collect();
    }
    by_depth(&lines.iter().map(|line| line.indent).collect::<Vec<_>>())
}

/// A row stands below the last row before it that is less deep.
fn by_depth(depths: &[usize]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    depths
        .iter()
        .enumerate()
        .map(|(index, depth)| {
            while open.last().is_some_and(|above| depths[*above] >= *depth) {
                open.pop();
            }
            let above = open.last().copied();
            open.push(index);
            above
        })
        .collect()
}

/// Rows in outline order; the order of the file among rows with the same parent. Rows in a circle are not in it.
pub(super) fn order(parents: &[Option<usize>]) -> Vec<usize> {
    let mut below = vec![Vec::new(); parents.len()];
    let mut stack = Vec::new();
    for (index, parent) in parents.iter().enumerate().rev() {
        match parent {
            Some(parent) => below[*parent].push(index),
            None => stack.push(index),
        }
    }
    let mut order = Vec::with_capacity(parents.len());
    while let Some(index) = stack.pop() {
        order.push(index);
        stack.append(&mut below[index]);
    }
    order
}

/// Leaves out the rows that stand below themselves, and says so.
pub(super) fn drop_circles(lines: &mut [Line<'_>], order: &[usize], draft: &mut PlanDraft) {
    let mut placed = vec![false; lines.len()];
    for index in order {
        placed[*index] = true;
    }
    for (line, placed) in lines.iter_mut().zip(placed) {
        if !placed {
            draft.problems.push(ImportProblem::cell(line.number, "parent", "the row stands below itself"));
            line.task = None;
        }
    }
}
