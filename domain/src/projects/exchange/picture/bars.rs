//! Bars, milestones, summaries, deadlines and the arrows between them.

use std::ops::Range;

use super::{
    Arrow, Picture, Row, colour,
    layout::{ROW, width_of},
    svg::{Hold, Ink, Svg},
    text,
};
use crate::projects::plan::TaskKind;

/// Height of a bar.
const BAR: f64 = 8.0;
/// How far an arrow goes out before it turns.
const TURN: f64 = 5.0;

/// Left and right edge of a bar on the axis.
fn edges(picture: &Picture<'_>, row: &Row<'_>) -> (f64, f64) {
    let left = picture.layout.x(row.slot.start);
    (left, picture.layout.x(row.slot.finish).max(left + 0.8))
}

/// The bars of a page.
pub(super) fn draw(picture: &Picture<'_>, rows: Range<usize>, svg: &mut Svg) {
    let first = rows.start;
    for index in rows {
        bar(picture, &picture.rows[index], width_of(index - first) * ROW, svg);
    }
}

fn bar(picture: &Picture<'_>, row: &Row<'_>, top: f64, svg: &mut Svg) {
    let (left, right) = edges(picture, row);
    let middle = top + ROW / 2.0;
    let overdue = row.overdue(picture.title.now);
    let fill = if overdue { colour::DANGER } else { colour::of(row.task.status) };
    // What is done can delay nothing any more.
    let critical = !picture.plain && row.slot.critical && row.progress < 100;
    let edge = critical.then_some(colour::DANGER);
    match row.task.kind {
        TaskKind::Milestone => {
            let corners = [(left, middle - 4.8), (left + 4.8, middle), (left, middle + 4.8), (left - 4.8, middle)];
            svg.shape(&corners, fill, edge);
        }
        TaskKind::Summary => {
            let (high, low) = (middle - 3.0, middle + 3.4);
            let foot = 2.6_f64.min((right - left) / 2.0);
            let corners =
                [(left, high), (right, high), (right, low), (right - foot, middle), (left + foot, middle), (left, low)];
            svg.shape(&corners, colour::TEXT, None);
        }
        TaskKind::Task => {
            let x = |at| picture.layout.x(at);
            let pieces: Vec<(f64, f64)> = row.pieces.iter().map(|(from, to)| (x(*from), x(*to))).collect();
            let pieces = if pieces.len() > 1 { pieces } else { vec![(left, right)] };
            let pauses = pieces.windows(2).map(|pair| [(pair[0].1, middle), (pair[1].0, middle)]).collect::<Vec<_>>();
            svg.lines(pauses.iter().map(<[_; 2]>::as_slice), colour::MUTED, 0.5);
            let top = middle - BAR / 2.0;
            let mut done = pieces.iter().map(|(from, to)| to - from).sum::<f64>() * f64::from(row.progress) / 100.0;
            for (from, to) in pieces {
                svg.bar((from, top, to - from, BAR), fill, 0.35, edge);
                if done > 0.0 {
                    svg.bar((from, top, done.min(to - from), BAR), fill, 1.0, None);
                }
                done -= to - from;
            }
        }
    }
    deadline(picture, row, middle, svg);
    let label = match row.task.kind {
        TaskKind::Milestone => row.slot.start.date().format("%-d %b").to_string(),
        TaskKind::Task => row.people.clone(),
        TaskKind::Summary => String::new(),
    };
    // Beyond the knee of an arrow that goes out here; where the axis ends, on the other side.
    let gap = if row.task.kind == TaskKind::Milestone { 12.0 } else { 8.0 };
    let (x, hold) = if right + gap + text::width(&label, 6.5) > picture.layout.x(picture.layout.to) {
        (left - gap, Hold::End)
    } else {
        (right + gap, Hold::Start)
    };
    svg.words((x, middle + 2.3), Ink::plain(6.5, colour::MUTED).held(hold), &label);
}

/// A small flag that points down at the day.
fn deadline(picture: &Picture<'_>, row: &Row<'_>, middle: f64, svg: &mut Svg) {
    let Some(at) = row.task.deadline else { return };
    let x = picture.layout.x(at);
    let fill = if row.slot.finish > at { colour::DANGER } else { colour::TEXT };
    svg.shape(&[(x - 2.8, middle - 6.5), (x + 2.8, middle - 6.5), (x, middle - 2.0)], fill, None);
}

/// Arrows that begin, end or pass on a page.
pub(super) fn links(picture: &Picture<'_>, rows: Range<usize>, svg: &mut Svg) {
    let touches = |link: &&Arrow| link.from.min(link.to) < rows.end && link.from.max(link.to) >= rows.start;
    let (hot, cold): (Vec<&Arrow>, Vec<&Arrow>) = picture.links.iter().filter(touches).partition(|link| link.critical);
    for (links, ink) in [(cold, colour::MUTED), (hot, colour::DANGER)] {
        let ways: Vec<Way> = links.into_iter().map(|link| way(picture, link, rows.start)).collect();
        svg.lines(ways.iter().map(|way| way.line.as_slice()), ink, 0.6);
        for way in &ways {
            svg.shape(&way.tip, ink, None);
        }
    }
}

/// An arrow on its page.
struct Way {
    line: Vec<(f64, f64)>,
    /// The corners of its tip.
    tip: [(f64, f64); 3],
}

/// The way of an arrow. Rows above the page have tops below zero.
fn way(picture: &Picture<'_>, link: &Arrow, first: usize) -> Way {
    let middle = |row: usize| (width_of(row) - width_of(first) + 0.5) * ROW;
    let (from, to) = (edges(picture, &picture.rows[link.from]), edges(picture, &picture.rows[link.to]));
    let reach = |row: usize| if picture.rows[row].task.kind == TaskKind::Milestone { 4.8 } else { 0.0 };
    let x1 = if link.from_start { from.0 - reach(link.from) } else { from.1 + reach(link.from) };
    let x2 = if link.to_start { to.0 - reach(link.to) } else { to.1 + reach(link.to) };
    let (y1, y2) = (middle(link.from), middle(link.to));
    let out = if link.from_start { x1 - TURN } else { x1 + TURN };
    let into = if link.to_start { x2 - TURN } else { x2 + TURN };
    let mut line = vec![(x1, y1), (out, y1)];
    if (link.to_start && out > into) || (!link.to_start && out < into) {
        let between = if y2 > y1 { y2 - ROW / 2.0 } else { y2 + ROW / 2.0 };
        line.extend([(out, between), (into, between), (into, y2)]);
    } else {
        line.push((out, y2));
    }
    line.push((x2, y2));
    let back = if link.to_start { -3.4 } else { 3.4 };
    Way { line, tip: [(x2, y2), (x2 + back, y2 - 2.0), (x2 + back, y2 + 2.0)] }
}
