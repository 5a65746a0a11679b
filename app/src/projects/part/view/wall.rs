//! Tasks on a wall calendar: weeks of seven days, and in each the stretches that a task covers.

use chrono::{Datelike, Days, Months, NaiveDate};

use domain::{Minute, projects::schedule::Slot};

use super::lane::in_time;

/// A part of a task within one week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its place in the plan.
    pub task: u32,
    /// First and last weekday, Monday 0.
    pub from: u8,
    pub to: u8,
    /// Line within the week, from above.
    pub line: u8,
    /// It begins here rather than in a week before, and ends here rather than in a week after.
    pub begins: bool,
    pub ends: bool,
}

/// Seven days and what they hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    pub monday: NaiveDate,
    pub stretches: Vec<Stretch>,
    /// For each day, tasks for which there is no line left.
    pub hidden: [usize; 7],
}

/// First and last day on which a task is worked on. What ends at midnight ends on the day before.
#[must_use]
pub fn days(slot: &Slot) -> (i64, i64) {
    let last = if slot.finish > slot.start { Minute(slot.finish.0 - 1) } else { slot.finish };
    (slot.start.day(), last.day())
}

/// The Monday that the calendar around `day` begins with, and how many weeks it shows.
#[must_use]
pub fn opened(day: NaiveDate, week: bool) -> (NaiveDate, usize) {
    let monday = |date: NaiveDate| date - Days::new(u64::from(date.weekday().num_days_from_monday()));
    if week {
        return (monday(day), 1);
    }
    let first = day.with_day(1).unwrap_or(day);
    let last = first.checked_add_months(Months::new(1)).unwrap_or(first) - Days::new(1);
    let begin = monday(first);
    let weeks = (last - begin).num_days() / 7 + 1;
    (begin, usize::try_from(weeks).unwrap_or(6))
}

/// The day a page before or after, in months or weeks.
#[must_use]
pub fn turned(day: NaiveDate, week: bool, forward: bool) -> NaiveDate {
    let next = match (week, forward) {
        (true, true) => day.checked_add_days(Days::new(7)),
        (true, false) => day.checked_sub_days(Days::new(7)),
        (false, true) => day.checked_add_months(Months::new(1)),
        (false, false) => day.checked_sub_months(Months::new(1)),
    };
    next.filter(|date| Minute::from_date(*date).in_range()).unwrap_or(day)
}

/// Lays the tasks, given by place and slot, into weeks of at most `lines` lines: what begins first, and of those what
/// lasts longest, stands above.
#[must_use]
pub fn weeks(monday: NaiveDate, count: usize, tasks: &[(u32, Slot)], lines: u8) -> Vec<Week> {
    let spans = in_time(tasks.iter().copied(), |slot| {
        let (first, last) = days(slot);
        (first, -last)
    });
    let first = Minute::from_date(monday).day();
    (0..i64::try_from(count).unwrap_or(0))
        .map(|number| week(monday + Days::new(7 * number.unsigned_abs()), first + 7 * number, &spans, lines))
        .collect()
}

fn week(monday: NaiveDate, first: i64, spans: &[(i64, i64, u32)], lines: u8) -> Week {
    let mut week = Week { monday, stretches: Vec::new(), hidden: [0; 7] };
    // Bits of the weekdays that each line has taken.
    let mut taken = vec![0_u8; usize::from(lines)];
    let spans = spans.iter().map(|(begin, end, task)| (*begin, -end, *task));
    for (begin, end, task) in spans.filter(|(begin, end, _)| *end >= first && *begin < first + 7) {
        let [from, to] = [(begin - first).max(0), (end - first).min(6)].map(|day| u8::try_from(day).unwrap_or(0));
        let bits = (from..=to).fold(0, |bits, day| bits | (1 << day));
        let free = (0_u8..).zip(&mut taken).find(|(_, taken)| **taken & bits == 0);
        if let Some((line, taken)) = free {
            *taken |= bits;
            let (begins, ends) = (begin >= first, end < first + 7);
            week.stretches.push(Stretch { task, from, to, line, begins, ends });
        } else {
            (from..=to).for_each(|day| week.hidden[usize::from(day)] += 1);
        }
    }
    week
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(start: &str, finish: &str) -> Slot {
        let at = |text: &str| text.parse().expect("a date");
        let mut slot = Slot::default();
        (slot.start, slot.finish) = (at(start), at(finish));
        slot
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_task_over_a_weekend_continues_in_the_next_week() {
        let tasks =
            [(0, slot("2026-01-08T08:00", "2026-01-13T17:00")), (1, slot("2026-01-09T08:00", "2026-01-10T00:00"))];
        let weeks = weeks(date("2026-01-05"), 2, &tasks, 3);
        let told = |week: &Week| {
            week.stretches.iter().map(|s| (s.task, s.from, s.to, s.line, s.begins, s.ends)).collect::<Vec<_>>()
        };
        assert_eq!(told(&weeks[0]), [(0, 3, 6, 0, true, false), (1, 4, 4, 1, true, true)]);
        assert_eq!(told(&weeks[1]), [(0, 0, 1, 0, false, true)]);
    }

    #[test]
    fn what_has_no_line_is_counted_on_each_of_its_days() {
        let tasks: Vec<(u32, Slot)> = (0..4).map(|task| (task, slot("2026-01-05T08:00", "2026-01-06T17:00"))).collect();
        let weeks = weeks(date("2026-01-05"), 1, &tasks, 2);
        assert_eq!((weeks[0].stretches.len(), weeks[0].hidden), (2, [2, 2, 0, 0, 0, 0, 0]));
    }

    #[test]
    fn a_month_is_whole_weeks_and_turns_to_the_next() {
        assert_eq!(opened(date("2026-02-17"), false), (date("2026-01-26"), 5));
        assert_eq!(opened(date("2027-02-17"), false), (date("2027-02-01"), 4));
        assert_eq!(opened(date("2026-02-17"), true), (date("2026-02-16"), 1));
        assert_eq!(turned(date("2026-01-31"), false, true), date("2026-02-28"));
        assert_eq!(turned(date("1970-01-03"), true, false), date("1970-01-03"));
    }

    #[test]
    fn a_milestone_stands_on_its_day() {
        assert_eq!(
            days(&slot("2026-01-05T00:00", "2026-01-05T00:00")),
            days(&slot("2026-01-05T08:00", "2026-01-05T17:00"))
        );
    }
}
