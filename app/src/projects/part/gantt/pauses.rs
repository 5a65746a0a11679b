//! Pauses of a task on the chart: where it is split, and how its parts join again.

use domain::{
    Minute, TaskId,
    projects::{
        operation::{Operation, TaskPatch},
        plan::{Split, TaskKind},
    },
};

use super::{acts::Acts, model::Model, scale::Scale};

/// A part of a bar behind a pause, as it lies when it is taken hold of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaterPart {
    /// Which pause lies before it.
    pub place: usize,
    pub begin: Minute,
    /// Minutes of the pause.
    pub pause: i64,
}

/// The part at a moment, where a pause lies before it. What has ended stays as it was.
pub fn later_part(model: &Model, task: u32, at: Minute) -> Option<LaterPart> {
    let record = model.scheduler().task(task);
    let slot = model.schedule().tasks[task as usize];
    if record.splits.is_empty() || record.actual_finish.is_some() {
        return None;
    }
    let pieces = model.scheduler().pieces(task, slot.start, slot.finish);
    let part = pieces.iter().position(|(from, to)| *from <= at && at <= *to)?;
    let place = part.checked_sub(1)?;
    Some(LaterPart { place, begin: pieces[part].0, pause: record.splits.get(place)?.pause_minutes })
}

/// The parts of a bar, each from one pixel to another, counted from the plan's origin.
pub fn parts(model: &Model, scale: Scale, task: u32) -> Vec<(f64, f64)> {
    let slot = model.schedule().tasks[task as usize];
    let pieces = model.scheduler().pieces(task, slot.start, slot.finish).into_iter();
    pieces.map(|(from, to)| (scale.x(from), scale.x(to))).collect()
}

/// How far along its parts so many percent of a bar lie: progress does not run through pauses.
pub fn along(parts: &[(f64, f64)], percent: u8) -> f64 {
    let mut left = parts.iter().map(|(from, to)| to - from).sum::<f64>() * f64::from(percent) / 100.0;
    for (from, to) in parts {
        if left <= to - from {
            return from + left;
        }
        left -= to - from;
    }
    parts.last().map_or(0.0, |(_, to)| *to)
}

/// The share of its parts that lies before a pixel, from 0 to 1.
pub fn share_at(parts: &[(f64, f64)], here: f64) -> f64 {
    let all: f64 = parts.iter().map(|(from, to)| to - from).sum();
    let before: f64 = parts.iter().map(|(from, to)| (here.min(*to) - from).max(0.0)).sum();
    before / all.max(1.0)
}

/// The pauses of a task and one more, of a working day by its own calendar: at a moment as near to the given one as the
/// steps of the chart allow, or where none is given, now, or in the middle of the longest part. None where the task
/// cannot be split there.
fn split(model: &Model, task: u32, at: Option<Minute>, (snap, now): (i64, Minute)) -> Option<Vec<Split>> {
    let record = model.stored(task);
    if record.kind != TaskKind::Task || record.elapsed || record.actual_finish.is_some() {
        return None;
    }
    let start = model.schedule().tasks[task as usize].start;
    let done = |at: Minute| record.work_within(model.scheduler().clock(task).between(start, at));
    let free = |work: i64| {
        let within = work > 0 && work < record.duration;
        (within && record.splits.iter().all(|split| split.after_minutes != work)).then_some(work)
    };
    let near = |at: Minute, step: i64| free(done(Minute((at.0 + step / 2).div_euclid(step) * step)));
    let after_minutes = match at {
        Some(at) => near(at, snap).or_else(|| near(at, 60)).or_else(|| near(at, 1)),
        None => near(now, 60).or_else(|| free(middle(record.duration, &record.splits))),
    }?;
    let mut splits = record.splits.clone();
    let place = splits.partition_point(|split| split.after_minutes < after_minutes);
    splits.insert(place, Split { after_minutes, pause_minutes: working_day(model, task) });
    Some(splits)
}

/// The middle of the longest part, in whole hours where it has some.
fn middle(duration: i64, splits: &[Split]) -> i64 {
    let ends = splits.iter().map(|split| split.after_minutes).chain([duration]);
    let begins = std::iter::once(0).chain(splits.iter().map(|split| split.after_minutes));
    let (from, to) = begins.zip(ends).max_by_key(|(from, to)| to - from).unwrap_or_default();
    let half = (to - from) / 2;
    from + if half >= 60 { half / 60 * 60 } else { half }
}

/// Minutes of a working day by the calendar of the task.
fn working_day(model: &Model, task: u32) -> i64 {
    let plan = model.document();
    let own = plan.tasks[task as usize].calendar_id;
    let own = own.and_then(|id| plan.calendars.iter().find(|record| record.id == id));
    own.map_or_else(|| plan.calendar().minutes_per_day(), |record| record.calendar.minutes_per_day())
}

/// The pauses that are left when the parts join: around the moment that lies in a pause, or all of them. None where
/// there is no pause.
fn joined(model: &Model, task: u32, at: Option<Minute>) -> Option<Vec<Split>> {
    let record = model.stored(task);
    let slot = model.schedule().tasks[task as usize];
    let mut splits = record.splits.clone();
    let last = splits.len().checked_sub(1)?;
    let pieces = model.scheduler().pieces(task, slot.start, slot.finish);
    let within = at.and_then(|at| pieces.windows(2).position(|pair| pair[0].1 < at && at < pair[1].0));
    match within {
        Some(place) if place <= last => drop(splits.remove(place)),
        _ => splits.clear(),
    }
    Some(splits)
}

/// The operation that gives a task these pauses: that of the panel.
pub fn paused(id: TaskId, splits: Vec<Split>) -> Operation {
    let patch = TaskPatch { splits: Some(splits), ..TaskPatch::default() };
    Operation::EditTask { id, version: None, patch: Box::new(patch) }
}

impl Acts {
    /// Splits what is picked, at a moment where one is given.
    pub fn split(self, at: Option<Minute>) {
        self.pause(self.splits(at), "Nothing can be split here: only a task with working time is worked in parts.");
    }

    /// Joins the parts of what is picked, around the pause at a moment where one is given.
    pub fn join(self, at: Option<Minute>) {
        self.pause(self.joins(at), "No pause lies here.");
    }

    fn pause(self, operations: Vec<Operation>, nothing: &str) {
        if operations.is_empty() {
            return self.toaster.say(nothing);
        }
        if self.all(operations)
            && let Some(task) = self.handle.with(|chart| chart.selected)
        {
            self.handle.say_parts(task);
        }
    }

    /// What splitting comes to; nothing where nothing can be split.
    pub fn splits(self, at: Option<Minute>) -> Vec<Operation> {
        let how = self.handle.with(|chart| (chart.scale.snap(), chart.now));
        self.each(|model, task| split(model, task, at, how))
    }

    /// What joining comes to; nothing where nothing is split.
    pub fn joins(self, at: Option<Minute>) -> Vec<Operation> {
        self.each(|model, task| joined(model, task, at))
    }

    fn each(self, pauses: impl Fn(&Model, u32) -> Option<Vec<Split>>) -> Vec<Operation> {
        let picked = self.handle.picked();
        self.handle.with(|chart| {
            let model = &chart.model;
            let made = picked.iter().filter_map(|id| Some(paused(*id, pauses(model, model.position(*id)?)?)));
            made.collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{super::model::tests::*, *};

    fn at(text: &str) -> Minute {
        text.parse().expect("a date")
    }

    /// The second row with four days of work, from Monday the fifth on.
    fn four_days() -> Model {
        let mut model = model();
        model.apply_all(&[Operation::StretchTask { id: task(11), duration_minutes: 1_920 }]).expect("four days");
        model
    }

    const FAR: (i64, Minute) = (Minute::DAY, Minute(0));

    #[test]
    fn a_task_is_split_at_the_day_that_is_pointed_at_for_a_day_of_its_calendar() {
        let mut model = four_days();
        let splits = split(&model, 1, Some(at("2026-01-07T02:00")), FAR).expect("split");
        assert_eq!(splits, [Split { after_minutes: 960, pause_minutes: 480 }]);
        model.apply_all(&[paused(task(11), splits)]).expect("stored");
        // T13 follows with a lag of a day.
        assert_eq!(model.schedule().tasks[3].start, at("2026-01-13T08:00"));
        let more = split(&model, 1, Some(at("2026-01-09T01:00")), FAR).expect("a second pause");
        assert_eq!(more.iter().map(|split| split.after_minutes).collect::<Vec<_>>(), [960, 1_440]);
        assert_eq!(split(&model, 1, Some(at("2026-01-07T12:00")), (60, Minute(0))), None, "a pause is there already");
        assert_eq!(split(&model, 0, Some(at("2026-01-07T02:00")), FAR), None, "a summary has no work of its own");
    }

    #[test]
    fn near_the_beginning_a_day_is_too_coarse_and_an_hour_is_taken() {
        let splits = split(&four_days(), 1, Some(at("2026-01-05T10:20")), FAR).expect("split");
        assert_eq!(splits[0].after_minutes, 120);
    }

    #[test]
    fn without_a_moment_a_task_is_split_now_or_in_its_middle() {
        let model = four_days();
        let after = |now: &str| split(&model, 1, None, (Minute::DAY, at(now))).expect("split")[0].after_minutes;
        assert_eq!([after("2026-01-06T10:10"), after("2027-01-01T00:00")], [600, 960]);
        assert_eq!(middle(600, &[Split { after_minutes: 100, pause_minutes: 9 }]), 340);
        assert_eq!(middle(61, &[]), 30);
    }

    #[test]
    fn a_later_part_is_held_by_the_pause_before_it_and_parts_join() {
        let mut model = four_days();
        let pause = |after_minutes| Split { after_minutes, pause_minutes: 480 };
        model.apply_all(&[paused(task(11), vec![pause(480), pause(960)])]).expect("two pauses");
        assert_eq!(later_part(&model, 1, at("2026-01-05T12:00")), None, "the first part moves the task");
        assert_eq!(later_part(&model, 1, at("2026-01-06T12:00")), None, "that is a pause");
        let held = later_part(&model, 1, at("2026-01-07T12:00")).expect("the second part");
        assert_eq!(held, LaterPart { place: 0, begin: at("2026-01-07T08:00"), pause: 480 });
        assert_eq!(joined(&model, 1, Some(at("2026-01-06T12:00"))), Some(vec![pause(960)]));
        assert_eq!(joined(&model, 1, Some(at("2026-01-07T12:00"))), Some(Vec::new()));
        assert_eq!(joined(&model, 2, None), None);
    }

    #[test]
    fn progress_runs_through_the_parts_and_not_through_pauses() {
        let mut model = four_days();
        model.apply_all(&[paused(task(11), vec![Split { after_minutes: 480, pause_minutes: 480 }])]).expect("a pause");
        let day = Scale { origin: at("2026-01-05"), day: 24.0 };
        assert_eq!(parts(&model, day, 1), [(8.0, 17.0), (56.0, 113.0)]);
        let parts = [(10.0, 20.0), (50.0, 80.0)];
        assert_eq!([0, 25, 50, 100].map(|percent| along(&parts, percent)), [10.0, 20.0, 60.0, 80.0]);
        assert_eq!([0.0, 20.0, 35.0, 60.0, 99.0].map(|x| share_at(&parts, x)), [0.0, 0.25, 0.25, 0.5, 1.0]);
    }

    #[test]
    fn a_pause_that_is_tried_moves_what_follows_and_is_what_is_stored() {
        let mut model = four_days();
        model.apply_all(&[paused(task(11), vec![Split { after_minutes: 480, pause_minutes: 480 }])]).expect("a pause");
        let before = model.schedule().digest();
        assert!(model.try_pause(1, 0, 960));
        assert_eq!(model.schedule().tasks[3].start, at("2026-01-14T08:00"));
        assert!(model.try_pause(1, 0, -60), "the parts join");
        assert_eq!(model.schedule().tasks[3].start, at("2026-01-12T08:00"));
        assert!(model.try_pause(1, 0, 960), "and part again under the same hand");
        let shown = model.schedule().digest();
        let splits = model.scheduler().task(1).splits.clone();
        model.cancel();
        assert_eq!(model.schedule().digest(), before);
        model.apply_all(&[paused(task(11), splits)]).expect("stored");
        assert_eq!(model.schedule().digest(), shown);
    }

    #[test]
    fn a_bar_that_is_stretched_keeps_its_pause_out_of_its_work() {
        let mut model = four_days();
        model.apply_all(&[paused(task(11), vec![Split { after_minutes: 480, pause_minutes: 480 }])]).expect("a pause");
        model.try_stretch(1, 1_920);
        assert_eq!((model.scheduler().task(1).duration, model.scheduler().task(1).splits.len()), (1_440, 1));
        model.try_stretch(1, 600);
        assert_eq!((model.scheduler().task(1).duration, model.scheduler().task(1).splits.len()), (480, 0));
    }
}
