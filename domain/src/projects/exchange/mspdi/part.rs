//! Work in parts: what the file says about when somebody works on a task, as pauses within the task's own time.

use std::collections::HashMap;

use roxmltree::Node;
use uuid::Uuid;

use super::{Fields, attribute_of, staff::Spans, text_of};
use crate::{
    Minute, TaskId,
    projects::{
        calendar::{Calendar, WorkClock},
        exchange::{column::ColumnMapping, draft::PlanDraft, notation},
        operation::TaskDraft,
        plan::{Split, TaskKind},
        schedule::pieces::pieces,
        view::ImportProblem,
    },
};

/// Clocks, made when they are asked for: most files have no use for them.
#[derive(Default)]
pub(super) struct Clocks {
    calendars: HashMap<Option<usize>, WorkClock>,
    resources: HashMap<usize, Option<WorkClock>>,
}

impl Clocks {
    /// Of a row's own calendar, or of the project's.
    fn row(&mut self, draft: &PlanDraft, own: Option<usize>) -> &WorkClock {
        let place = own.or(draft.own_calendar);
        self.calendars.entry(place).or_insert_with(|| {
            let calendar = place.and_then(|place| draft.calendars.get(place));
            WorkClock::new(&calendar.map_or_else(Calendar::standard, |(_, calendar)| calendar.clone()))
        })
    }

    fn resource(&mut self, draft: &PlanDraft, place: usize) -> Option<&WorkClock> {
        let clock = || draft.resources[place].calendar.as_ref().map(WorkClock::new);
        self.resources.entry(place).or_insert_with(clock).as_ref()
    }

    /// The stretches of all assignments. Whoever is not there meanwhile pauses nothing: the nights of a resource that has
    /// a calendar of its own are filled.
    fn filled(&mut self, draft: &PlanDraft, spans: &[Spans]) -> Vec<(Minute, Minute)> {
        let mut all = Vec::new();
        for (resource, spans) in spans {
            let mut own = spans.clone();
            own.sort_unstable();
            let clock = resource.and_then(|place| self.resource(draft, place));
            if let Some(clock) = clock {
                let between = own.windows(2).map(|pair| (pair[0].1, pair[1].0));
                let away: Vec<_> = between.filter(|(from, to)| from < to && clock.between(*from, *to) == 0).collect();
                own.extend(away);
            }
            all.extend(own);
        }
        all
    }
}

/// Reads the pauses of a task, which works by its own calendar or by the project's.
///
/// Ours are exact and count, where the file's stretches of work are still those that they come to. Where they are not,
/// somebody has changed the work in MS Project, and what it says counts.
pub(super) fn read(
    (node, number): (Node<'_, '_>, usize),
    (task, own): (&TaskDraft, Option<usize>),
    spans: &[Spans],
    fields: &Fields<'_>,
    clocks: &mut Clocks,
    draft: &mut PlanDraft,
) -> Vec<Split> {
    if task.kind != TaskKind::Task || task.elapsed {
        return Vec::new();
    }
    let at = |name: &str| text_of(node, name)?.parse::<Minute>().ok();
    let (start, finish) = (at("Start"), at("Finish"));
    let works = spans.iter().any(|(_, spans)| !spans.is_empty());
    let said = fields.pauses.and_then(|field| attribute_of(node, field));
    let ours = said.and_then(|said| notation::read_pauses(said, &ColumnMapping::default()).ok());
    if let Some(ours) = ours {
        let clock = clocks.row(draft, own);
        let all: Vec<_> = spans.iter().flat_map(|(_, spans)| spans.iter().copied()).collect();
        let same = |(start, finish)| pauses(clock, &all) == pauses(clock, &pieces(clock, &ours, start, finish));
        if !works || start.zip(finish).is_some_and(same) {
            return ours;
        }
    }
    if said.is_some() {
        let note = "the pauses have been changed since they were written; what MS Project says of the work counts";
        draft.notes.push(ImportProblem::cell(number, "TimephasedData", note));
    }
    let mut found = if works {
        let all = clocks.filled(draft, spans);
        pauses(clocks.row(draft, own), &all)
    } else {
        stopped(clocks, draft, own, at("ActualStart").or(start).zip(at("Stop")).zip(at("Resume")))
    };
    // Seconds that were rounded leave a minute without work here and there, which nobody meant.
    found.retain(|split| split.pause_minutes > 1);
    let kept = TaskDraft { splits: found.clone(), ..task.clone() }.record(TaskId(Uuid::nil()), None, 0);
    if kept.splits == found && kept.check().is_ok() {
        return found;
    }
    let note = "the pauses do not fit the duration and are left out";
    draft.notes.push(ImportProblem::cell(number, "TimephasedData", note));
    Vec::new()
}

/// The pause of work that has begun, was stopped, and goes on later.
fn stopped(
    clocks: &mut Clocks,
    draft: &PlanDraft,
    own: Option<usize>,
    told: Option<((Minute, Minute), Minute)>,
) -> Vec<Split> {
    let Some(((begun, stop), resume)) = told else { return Vec::new() };
    let clock = clocks.row(draft, own);
    let (after_minutes, pause_minutes) = (clock.between(begun, stop), clock.between(stop, resume));
    if after_minutes > 0 && pause_minutes > 0 { vec![Split { after_minutes, pause_minutes }] } else { Vec::new() }
}

/// The pauses between stretches of work, on the clock of the task.
pub(super) fn pauses(clock: &WorkClock, spans: &[(Minute, Minute)]) -> Vec<Split> {
    let mut work: Vec<(i64, i64)> = spans
        .iter()
        .map(|(from, to)| (clock.work_before(*from), clock.work_before(*to)))
        .filter(|(from, to)| from < to)
        .collect();
    work.sort_unstable();
    let (mut splits, mut done) = (Vec::new(), 0);
    let mut last: Option<(i64, i64)> = None;
    for (from, to) in work {
        last = Some(match last {
            Some((begun, until)) if from <= until => (begun, until.max(to)),
            Some((begun, until)) => {
                done += until - begun;
                splits.push(Split { after_minutes: done, pause_minutes: from - until });
                (from, to)
            }
            None => (from, to),
        });
    }
    splits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nights_are_no_pauses_and_days_off_are() {
        let clock = WorkClock::new(&Calendar::standard());
        let at = |text: &str| -> Minute { text.parse().expect("a moment") };
        let span = |from: &str, to: &str| (at(&format!("2026-01-{from}")), at(&format!("2026-01-{to}")));
        let days = [span("05T08:00", "06T08:00"), span("06T08:00", "06T17:00"), span("08T08:00", "08T12:00")];
        let pause = Split { after_minutes: 960, pause_minutes: 480 };
        assert_eq!(pauses(&clock, &days), [pause]);
        // Somebody else goes on meanwhile.
        assert_eq!(pauses(&clock, &[&days[..], &[span("06T13:00", "08T08:00")]].concat()), []);
        assert_eq!(pauses(&clock, &[]), []);
    }
}
