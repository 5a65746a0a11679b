//! The columns beside the bars.

use std::ops::Range;

use super::{
    Picture, Row, colour, date, last_day,
    layout::{HEAD, ROW, width_of},
    svg::{Hold, Ink, Svg},
    text::{self, fitted},
};
use crate::projects::plan::TaskKind;

/// Headings, and whether a column stands at its end.
const COLUMNS: [(&str, bool); 6] =
    [("No.", false), ("Task", false), ("Duration", true), ("Start", true), ("Finish", true), ("%", true)];
/// Air at both sides of a cell.
const AIR: f64 = 3.0;
/// How far a level of the outline is moved in.
const INDENT: f64 = 7.0;

/// The table of a page.
pub(super) fn draw(picture: &Picture<'_>, rows: Range<usize>, svg: &mut Svg) {
    let columns = picture.layout.columns;
    let width = columns.width();
    let height = HEAD + width_of(rows.len()) * ROW;
    svg.rect((0.0, 0.0, width, height), "#ffffff");
    svg.rect((0.0, 0.0, width, HEAD), colour::HEAD);
    for (column, (title, end)) in COLUMNS.into_iter().enumerate() {
        cell(picture, column, end, HEAD - 4.5, Ink::plain(7.0, colour::MUTED).bold(), title, svg);
    }
    let first = rows.start;
    for index in rows.clone() {
        line(picture, &picture.rows[index], HEAD + width_of(index - first) * ROW, svg);
    }
    let across: Vec<[(f64, f64); 2]> =
        (1..=rows.len()).map(|row| HEAD + width_of(row) * ROW).map(|y| [(0.0, y), (width, y)]).collect();
    svg.lines(across.iter().map(<[_; 2]>::as_slice), colour::LINE, 0.4);
    let edges = [
        [(0.0, HEAD), (width, HEAD)],
        [(width, 0.0), (width, height)],
        [(0.0, 0.0), (0.0, height)],
        [(0.0, 0.0), (width + picture.layout.chart, 0.0)],
        [(0.0, height), (width + picture.layout.chart, height)],
        [(width + picture.layout.chart, 0.0), (width + picture.layout.chart, height)],
    ];
    svg.lines(edges.iter().map(<[_; 2]>::as_slice), colour::STRONG, 0.6);
}

fn line(picture: &Picture<'_>, row: &Row<'_>, top: f64, svg: &mut Svg) {
    let base = top + ROW / 2.0 + 2.6;
    let summary = row.task.kind == TaskKind::Summary;
    let ink = |colour| if summary { Ink::plain(7.5, colour).bold() } else { Ink::plain(7.5, colour) };
    let late = row.task.deadline.is_some_and(|deadline| row.slot.finish > deadline) || row.overdue(picture.title.now);
    cell(picture, 0, false, base, Ink::plain(7.0, colour::MUTED), &row.code, svg);
    let columns = picture.layout.columns;
    let indent = AIR + INDENT * width_of(row.level.min(8));
    // Bold letters are a little wider than those that were measured.
    let room = columns.0[1] - indent - if summary { 12.0 } else { AIR };
    svg.words((columns.left(1) + indent, base), ink(colour::TEXT), &fitted(&row.task.name, 7.5, room));
    cell(picture, 2, true, base, ink(colour::TEXT), &row.duration, svg);
    cell(picture, 3, true, base, ink(colour::TEXT), &date(row.slot.start), svg);
    let finish = if late { colour::DANGER } else { colour::TEXT };
    cell(picture, 4, true, base, ink(finish), &date(last_day(row.slot)), svg);
    cell(picture, 5, true, base, ink(colour::TEXT), &row.progress.to_string(), svg);
}

fn cell(picture: &Picture<'_>, column: usize, end: bool, base: f64, ink: Ink, words: &str, svg: &mut Svg) {
    let columns = picture.layout.columns;
    let (left, width) = (columns.left(column), columns.0[column]);
    // A code or a number that has no room is made smaller: cut, it would be another.
    let size = ink.size * ((width - AIR) / text::width(words, ink.size).max(0.1)).min(1.0);
    let ink = Ink { size: (size * 100.0).floor() / 100.0, ..ink };
    if end {
        svg.words((left + width - AIR, base), ink.held(Hold::End), words);
    } else {
        svg.words((left + AIR, base), ink, words);
    }
}
