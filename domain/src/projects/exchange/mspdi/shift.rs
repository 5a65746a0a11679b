//! Rows that work when whoever is on them does.
//!
//! MS Project has a task work whenever somebody on it does, by that somebody's calendar. Here a task works by its own. So
//! that it keeps its dates, a task whose dates follow whoever is on it gets a calendar that says the same.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::{dates::dates, staff::Work, text_of};
use crate::{
    Minute,
    projects::{
        calendar::{Calendar, Window},
        exchange::draft::PlanDraft,
        operation::{CALENDARS_MAX, TaskDraft},
        plan::TaskKind,
        view::ImportProblem,
    },
};

/// Rows that are named in a note.
const NAMED: usize = 10;

/// Calendars that were made of those of resources, with the numbers of the rows that work by them.
#[derive(Default)]
pub(super) struct Shifts {
    rows: BTreeMap<usize, Vec<usize>>,
    full: bool,
}

impl Shifts {
    /// The calendar of a row: `own`, unless the dates of the file follow whoever is on it.
    pub(super) fn calendar(
        &mut self,
        (node, number): (Node<'_, '_>, usize),
        (task, own): (&TaskDraft, Option<usize>),
        work: &Work,
        draft: &mut PlanDraft,
    ) -> Option<usize> {
        let works = task.kind == TaskKind::Task && !task.elapsed && task.duration > 0;
        let told = dates(node).filter(|_| works && task.actual_finish.is_none());
        let Some((start, finish)) = told else { return own };
        if own.is_some() && text_of(node, "IgnoreResourceCalendar") == Some("1") {
            return own;
        }
        let mut places: Vec<usize> = work.spans.iter().filter_map(|(place, _)| *place).collect();
        places.sort_unstable();
        places.dedup();
        let standard = Calendar::standard();
        let usual =
            |place: Option<usize>| place.and_then(|place| draft.calendars.get(place)).map(|(_, calendar)| calendar);
        let project = usual(draft.own_calendar).unwrap_or(&standard);
        let stretches = stretches(work, (start, finish), draft);
        let misfit = |calendar: &Calendar| misfit(calendar, &stretches, task.duration);
        let here = misfit(usual(own).unwrap_or(project));
        if here == 0 || places.iter().all(|place| draft.resources[*place].calendar.is_none()) {
            return own;
        }
        let theirs = places.iter().map(|place| draft.resources[*place].calendar.as_ref().unwrap_or(project));
        let theirs = theirs.map(|theirs| usual(own).map_or_else(|| theirs.clone(), |own| combined(own, theirs, both)));
        let Some(shift) = theirs.reduce(|one, other| combined(&one, &other, either)) else { return own };
        if misfit(&shift) >= here || shift.check().is_err() {
            return own;
        }
        let known = draft.calendars.iter().position(|(_, calendar)| *calendar == shift);
        if known.is_none() && draft.calendars.len() >= CALENDARS_MAX {
            self.full = true;
            return own;
        }
        let place = known.unwrap_or_else(|| {
            let names: Vec<&str> = places.iter().map(|place| draft.resources[*place].name.as_str()).collect();
            let name = format!("Working time of {}", names.join(", "));
            draft.calendars.push((name.chars().take(200).collect(), shift));
            draft.calendars.len() - 1
        });
        self.rows.entry(place).or_default().push(number);
        Some(place)
    }

    /// Says which rows work otherwise than the file has it.
    pub(super) fn note(self, draft: &mut PlanDraft) {
        for (place, rows) in self.rows {
            let name = &draft.calendars[place].0;
            let note = if let [row] = rows[..] {
                format!("MS Project has row {row} work when those on it do; here it has the calendar {name}")
            } else {
                let named: Vec<String> = rows.iter().take(NAMED).map(ToString::to_string).collect();
                let more = rows.len().saturating_sub(NAMED);
                let named = if more > 0 { format!("{} and {more} more", named.join(", ")) } else { named.join(", ") };
                format!("MS Project has rows {named} work when those on them do; here they have the calendar {name}")
            };
            draft.notes.push(ImportProblem::cell(0, "CalendarUID", note));
        }
        if self.full {
            let note = format!("rows follow calendars of resources, and a plan has at most {CALENDARS_MAX} calendars");
            draft.notes.push(ImportProblem::cell(0, "CalendarUID", note));
        }
    }
}

/// When there is work on a row: what the file says of its assignments, or else from start to finish. Whoever is not there
/// meanwhile pauses nothing.
fn stretches(work: &Work, told: (Minute, Minute), draft: &PlanDraft) -> Vec<(Minute, Minute)> {
    let mut all: Vec<(Minute, Minute)> = Vec::new();
    for (place, spans) in &work.spans {
        let mut own = spans.clone();
        own.sort_unstable();
        if let Some(calendar) = place.and_then(|place| draft.resources[place].calendar.as_ref()) {
            let gaps = own.windows(2).map(|pair| (pair[0].1, pair[1].0));
            let away = gaps.filter(|(from, to)| from < to && worked(calendar, *from, *to) == 0);
            all.extend(away);
        }
        all.extend(own);
    }
    all.sort_unstable();
    let mut merged: Vec<(Minute, Minute)> = Vec::new();
    for (from, to) in all {
        match merged.last_mut().filter(|last| from <= last.1) {
            Some(last) => last.1 = last.1.max(to),
            None => merged.push((from, to)),
        }
    }
    match (merged.first_mut(), told) {
        (None, told) => merged.push(told),
        (Some(first), (start, _)) => first.0 = start,
    }
    if let Some(last) = merged.last_mut() {
        last.1 = told.1;
    }
    merged
}

/// How badly a calendar explains when there is work: minutes by which it differs from the duration, and one for each end
/// that is not working time.
fn misfit(calendar: &Calendar, stretches: &[(Minute, Minute)], duration: i64) -> i64 {
    let (Some((start, _)), Some((_, finish))) = (stretches.first(), stretches.last()) else { return 0 };
    let ends = [Minute(start.0), Minute(finish.0 - 1)];
    let idle = ends.into_iter().filter(|at| worked(calendar, *at, Minute(at.0 + 1)) == 0).count();
    let whole: i64 = stretches.iter().map(|(from, to)| worked(calendar, *from, *to)).sum();
    (whole - duration).abs() + i64::try_from(idle).unwrap_or(2)
}

/// Working minutes between two moments, day by day: most files ask this seldom and of short times.
fn worked(calendar: &Calendar, from: Minute, to: Minute) -> i64 {
    let day = |day: i64| {
        let midnight = Minute(day * Minute::DAY);
        let (from, to) = (from.0 - midnight.0, to.0 - midnight.0);
        let within = |window: &Window| (to.min(i64::from(window.to)) - from.max(i64::from(window.from))).max(0);
        calendar.windows(midnight).iter().map(within).sum::<i64>()
    };
    (from.day()..=to.day()).map(day).sum()
}

/// A calendar whose every day `day` makes of the same day of two.
fn combined(one: &Calendar, other: &Calendar, day: impl Fn(&[Window], &[Window]) -> Vec<Window>) -> Calendar {
    let (ours, theirs) = (one.other_days(), other.other_days());
    let exceptions = ours.keys().chain(theirs.keys()).map(|date| {
        let at = Minute::from_date(*date);
        (*date, day(&one.windows(at), &other.windows(at)))
    });
    let by_days = Calendar {
        week: std::array::from_fn(|place| day(&one.week[place], &other.week[place])),
        exceptions: exceptions.collect(),
    };
    by_days.in_shifts()
}

/// When one of two works.
fn either(one: &[Window], other: &[Window]) -> Vec<Window> {
    let mut all: Vec<Window> = one.iter().chain(other).copied().collect();
    all.sort_unstable();
    let mut merged: Vec<Window> = Vec::new();
    for window in all {
        match merged.last_mut().filter(|last| window.from <= last.to) {
            Some(last) => last.to = last.to.max(window.to),
            None => merged.push(window),
        }
    }
    merged
}

/// When both of two work.
fn both(one: &[Window], other: &[Window]) -> Vec<Window> {
    let pairs = one.iter().flat_map(|one| other.iter().map(move |other| (one, other)));
    let common = pairs.map(|(one, other)| Window { from: one.from.max(other.from), to: one.to.min(other.to) });
    common.filter(|window| window.from < window.to).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_calendars_are_taken_together_day_by_day() {
        let window = |from, to| Window { from, to };
        let mut night = Calendar::standard();
        night.week[0] = vec![window(0, 300), window(600, 900), window(1_320, 1_440)];
        night.exceptions.insert("2026-01-07".parse().expect("a date"), Vec::new());
        let day = Calendar::standard();
        let (both, either) = (combined(&day, &night, both), combined(&day, &night, either));
        assert_eq!(both.week[0], [window(600, 720), window(780, 900)]);
        assert_eq!(either.week[0], [window(0, 300), window(480, 1_020), window(1_320, 1_440)]);
        let off = Minute::from_date("2026-01-07".parse().expect("a date"));
        assert_eq!((both.windows(off).len(), either.windows(off)), (0, day.windows(off)));
        assert_eq!(
            worked(&either, Minute::from_date("2026-01-05".parse().expect("a date")), off),
            300 + 540 + 120 + 480
        );
    }
}
