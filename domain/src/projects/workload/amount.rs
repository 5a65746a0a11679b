//! How much is asked for, and of how much.

use std::{
    ops::{Add, Range},
    sync::LazyLock,
};

use serde::{Deserialize, Serialize};

use super::Columns;
use crate::{
    Minute,
    projects::{
        calendar::{Calendar, WorkDays},
        level::{Change, LoadStep, sweep},
        resource::ResourceRecord,
    },
};

/// What is asked for of a resource in some days, and how much of it there is. In minutes times units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoadAmount {
    pub used: i64,
    pub available: i64,
    /// Of `used`, what is beyond what there is at that minute. Work that fits into a day may still meet at one time of it.
    pub over: i64,
    /// What is not there since days are otherwise than their weekdays: absences, holidays.
    pub away: i64,
}

impl Add for LoadAmount {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            used: self.used + other.used,
            available: self.available + other.available,
            over: self.over + other.over,
            away: self.away + other.away,
        }
    }
}

/// How a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadState {
    /// Nobody works then anyway.
    Off,
    /// It would be there, but is absent.
    Away,
    Free,
    Partly,
    Full,
    Over,
}

impl LoadAmount {
    /// How it stands.
    #[must_use]
    pub const fn state(&self) -> LoadState {
        match *self {
            Self { over: 1.., .. } => LoadState::Over,
            Self { used: 0, available: 0, away: 1.., .. } => LoadState::Away,
            Self { used: 0, available: 0, .. } => LoadState::Off,
            Self { used: 0, .. } => LoadState::Free,
            Self { used, available, .. } if used >= available => LoadState::Full,
            Self { .. } => LoadState::Partly,
        }
    }

    /// The used part of what there is, in percent, rounded for people; none where there is nothing.
    #[must_use]
    pub const fn percent(&self) -> Option<i64> {
        if self.available > 0 { Some((self.used * 200 + self.available) / (2 * self.available)) } else { None }
    }
}

static STANDARD: LazyLock<Calendar> = LazyLock::new(Calendar::standard);

/// By what a resource is measured.
struct Measure {
    /// When it would usually be there.
    usual: WorkDays,
    /// True where it is there outside of that, too, whenever a task works.
    always: bool,
}

impl Measure {
    fn of(record: &ResourceRecord) -> Self {
        match &record.calendar {
            Some(own) if !own.is_always() => Self { usual: WorkDays::new(own), always: false },
            other => {
                let exceptions = other.as_ref().map(|own| own.exceptions.clone()).unwrap_or_default();
                let usual = Calendar { exceptions, ..STANDARD.clone() };
                Self { usual: WorkDays::new(&usual), always: true }
            }
        }
    }

    fn days(&self, days: Range<i64>, capacity: i64) -> LoadAmount {
        let away = self.usual.minutes_away(&days) * capacity;
        LoadAmount { available: self.usual.minutes(days) * capacity, away, ..LoadAmount::default() }
    }

    /// A stretch in which the same is asked for.
    fn stretch(&self, step: &LoadStep, from: Minute, to: Minute) -> LoadAmount {
        let minutes = to.0 - from.0;
        let outside = if self.always && step.used > 0 && step.capacity > 0 {
            minutes - self.usual.stretches(from, to).map(|(from, to)| to.0 - from.0).sum::<i64>()
        } else {
            0
        };
        LoadAmount {
            used: minutes * step.used,
            available: outside * step.capacity,
            over: minutes * (step.used - step.capacity).max(0),
            away: 0,
        }
    }
}

/// The load of a resource in each column. `changes` lie within the columns.
pub(super) fn amounts(record: &ResourceRecord, columns: &Columns, changes: Vec<Change>) -> Vec<LoadAmount> {
    let measure = Measure::of(record);
    let mut amounts: Vec<LoadAmount> =
        columns.spans().map(|(from, to)| measure.days(from.day()..to.day(), record.capacity)).collect();
    let own = record.calendar.as_ref().map(WorkDays::new);
    let there = |from, to| match &own {
        Some(days) => days.stretches(from, to).collect(),
        None => vec![(from, to)],
    };
    let mut spans = columns.spans().zip(&mut amounts).peekable();
    for step in sweep(record.capacity, there, changes) {
        let mut here = step.from;
        while here < step.to {
            while spans.next_if(|((_, end), _)| *end <= here).is_some() {}
            let Some(((_, end), amount)) = spans.peek_mut() else { break };
            let to = step.to.min(*end);
            **amount = **amount + measure.stretch(&step, here, to);
            here = to;
        }
    }
    amounts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_says_how_it_stands() {
        let amount = |used, available, over, away| LoadAmount { used, available, over, away };
        let said = [
            (amount(0, 0, 0, 0), LoadState::Off, None),
            (amount(0, 0, 0, 480), LoadState::Away, None),
            (amount(0, 480, 0, 0), LoadState::Free, Some(0)),
            (amount(120, 480, 0, 0), LoadState::Partly, Some(25)),
            (amount(480, 480, 0, 0), LoadState::Full, Some(100)),
            (amount(240, 480, 120, 0), LoadState::Over, Some(50)),
            (amount(600, 480, 120, 0), LoadState::Over, Some(125)),
            (amount(60, 0, 60, 480), LoadState::Over, None),
        ];
        for (amount, state, percent) in said {
            assert_eq!((amount.state(), amount.percent()), (state, percent), "{amount:?}");
        }
    }
}
