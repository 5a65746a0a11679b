//! Work in parts.

use crate::{
    Minute,
    projects::{calendar::WorkClock, plan::Split},
};

/// When work with these pauses goes on between a start and a finish: `(from, to)` on the wall, with the nights and
/// Sundays in between.
pub(in crate::projects) fn pieces(
    clock: &WorkClock,
    splits: &[Split],
    start: Minute,
    finish: Minute,
) -> Vec<(Minute, Minute)> {
    if splits.is_empty() {
        return vec![(start, finish)];
    }
    let from = clock.work_before(start);
    let (mut work, mut here) = (0, from);
    let mut pieces = Vec::with_capacity(splits.len() + 1);
    for split in splits {
        let end = here + split.after_minutes - work;
        pieces.push((clock.start_at(here), clock.finish_at(end)));
        (work, here) = (split.after_minutes, end + split.pause_minutes);
    }
    pieces.push((clock.start_at(here), finish));
    // What has ended earlier than planned has no pieces behind its end.
    pieces.retain(|(from, _)| *from < finish);
    if let Some(last) = pieces.last_mut() {
        last.1 = last.1.min(finish);
    }
    pieces
}
