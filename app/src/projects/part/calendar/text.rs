//! A calendar as it is typed, and read back with a message for every place that needs another look.
//!
//! A shift over midnight is typed in one piece, `22:00` to `06:00`, on the day that it begins; a calendar has windows
//! within a day and holds it in two.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    FieldFault,
    projects::{
        calendar::{Calendar, MIDNIGHT, NIGHT_MAX, Window},
        document::CalendarRecord,
        operation::EXCEPTIONS_MAX,
    },
};
use serde::{Deserialize, Serialize};

use crate::kit::date;

/// Monday first.
pub const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// From and to, as typed.
pub type Span = (String, String);

/// Days that are otherwise than their weekdays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExceptionText {
    pub from: String,
    /// Empty for one day.
    pub to: String,
    /// None for days off.
    pub spans: Option<Vec<Span>>,
}

/// A calendar as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarText {
    pub name: String,
    pub week: [Vec<Span>; 7],
    pub exceptions: Vec<ExceptionText>,
}

/// `08:00`
pub fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The minute that `8`, `8:30`, `0830`, `8.30` or `24:00` means.
pub fn minute_of(text: &str) -> Option<u16> {
    let text = text.trim();
    let (hour, minute) = match text.split_once([':', '.', 'h']) {
        Some((hour, "")) => (hour, "0"),
        Some(parts) => parts,
        None if text.len() > 2 => text.split_at_checked(text.len() - 2)?,
        None => (text, "0"),
    };
    let number =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u16>().ok()).flatten();
    let (hour, minute) = (number(hour)?, number(minute)?);
    let at = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && at <= 1_440).then_some(at)
}

fn span_of(window: &Window) -> Span {
    (clock(window.from), clock(window.to))
}

/// The week as people say it: what goes on over midnight is one shift of the day that it begins.
fn week_of(calendar: &Calendar) -> [Vec<Span>; 7] {
    // For each day, when the shift ends that began the day before.
    let morning: [Option<u16>; 7] = std::array::from_fn(|day| calendar.night_until(day));
    std::array::from_fn(|day| {
        let begun_here = &calendar.week[day][usize::from(morning[day].is_some())..];
        let mut spans: Vec<Span> = begun_here.iter().map(span_of).collect();
        if let (Some(until), Some(last)) = (morning[(day + 1) % 7], spans.last_mut()) {
            last.1 = clock(until);
        }
        spans
    })
}

impl CalendarText {
    /// As somebody would type it: days in a row that are the same are one exception.
    pub fn of(record: &CalendarRecord) -> Self {
        let mut exceptions: Vec<(NaiveDate, NaiveDate, &Vec<Window>)> = Vec::new();
        for (date, windows) in &record.calendar.exceptions {
            match exceptions.last_mut() {
                Some((_, last, same)) if last.succ_opt() == Some(*date) && *same == windows => *last = *date,
                _ => exceptions.push((*date, *date, windows)),
            }
        }
        let exceptions = exceptions.into_iter().map(|(from, to, windows)| ExceptionText {
            from: from.to_string(),
            to: if from == to { String::new() } else { to.to_string() },
            spans: (!windows.is_empty()).then(|| windows.iter().map(span_of).collect()),
        });
        Self { name: record.name.clone(), week: week_of(&record.calendar), exceptions: exceptions.collect() }
    }

    /// True where both say the same, however it is spelled: `8` is `08:00`.
    pub fn means(&self, other: &Self) -> bool {
        let meaning = self.read();
        self.name.trim() == other.name.trim() && meaning.is_ok() && meaning == other.read()
    }

    /// What was typed, as a calendar. Messages are for `week.0` to `week.6` and `exceptions.0` and up.
    ///
    /// # Errors
    /// Every place that needs another look.
    pub fn read(&self) -> Result<Calendar, Vec<FieldFault>> {
        let mut faults = Vec::new();
        let mut calendar = Calendar::default();
        let shifts: [_; 7] = std::array::from_fn(|day| shifts_of(&self.week[day]));
        for (day, own) in shifts.iter().enumerate() {
            let before = shifts[(day + 6) % 7].as_ref().ok();
            let morning = before.and_then(|(_, until)| *until).map(|to| Window { from: 0, to });
            let windows = own.clone().and_then(|(mut windows, _)| {
                windows.extend(morning);
                in_order(&mut windows)?;
                Ok(windows)
            });
            match windows {
                Ok(windows) => calendar.week[day] = windows,
                Err(message) => faults.push(FieldFault { field: format!("week.{day}"), message }),
            }
        }
        for (index, exception) in self.exceptions.iter().enumerate() {
            if let Err(message) = exception.add_to(&mut calendar.exceptions) {
                faults.push(FieldFault { field: format!("exceptions.{index}"), message });
            }
        }
        if faults.is_empty() && calendar.week.iter().all(Vec::is_empty) {
            let message = "No weekday has working time; a task on this calendar would never end.".to_owned();
            faults.push(FieldFault { field: "week.0".to_owned(), message });
        }
        if faults.is_empty() { Ok(calendar) } else { Err(faults) }
    }
}

impl ExceptionText {
    fn add_to(&self, all: &mut BTreeMap<NaiveDate, Vec<Window>>) -> Result<(), String> {
        let day = |text: &str| text.parse::<NaiveDate>().map_err(|_| "Say which day.".to_owned());
        let from = day(&self.from)?;
        let to = if self.to.is_empty() { from } else { day(&self.to)? };
        if to < from {
            return Err(format!("{} is before {}.", date(to), date(from)));
        }
        let windows = match &self.spans {
            None => Vec::new(),
            Some(spans) if spans.is_empty() => return Err("Say from when to when work goes on.".to_owned()),
            Some(spans) => windows_of(spans)?,
        };
        if (to - from).num_days() >= EXCEPTIONS_MAX as i64 {
            return Err(format!("A calendar has at most {EXCEPTIONS_MAX} days that are otherwise."));
        }
        for at in from.iter_days().take_while(|at| *at <= to) {
            if all.insert(at, windows.clone()).is_some() {
                return Err(format!("{} stands here twice.", date(at)));
            }
        }
        Ok(())
    }
}

/// The windows of a day as far as midnight, and until when one of them goes on behind it.
type Shifts = (Vec<Window>, Option<u16>);

/// The windows of one day, which ends at midnight.
fn windows_of(spans: &[Span]) -> Result<Vec<Window>, String> {
    let (mut windows, until) = shifts_of(spans)?;
    if until.is_some() {
        return Err("These days end at midnight; give what lies behind it to the next day.".to_owned());
    }
    in_order(&mut windows)?;
    Ok(windows)
}

fn shifts_of(spans: &[Span]) -> Result<Shifts, String> {
    let mut windows = Vec::with_capacity(spans.len());
    let mut until = None;
    for (from, to) in spans {
        let read = |text: &str| minute_of(text).ok_or_else(|| format!("'{}' is no time such as 08:00.", text.trim()));
        let (from, to) = (read(from)?, read(to)?);
        // What would be longer is a slip, such as 13:00 to 12:00.
        let over = from > to && from < MIDNIGHT && (to == 0 || MIDNIGHT - from + to <= NIGHT_MAX);
        if (from >= to && !over) || (over && until.is_some()) {
            return Err(format!("Work from {} does not end at {}.", clock(from), clock(to)));
        }
        if over {
            until = Some(to);
        }
        windows.push(Window { from, to: if over { MIDNIGHT } else { to } });
    }
    // Until midnight is not over it.
    Ok((windows, until.filter(|to| *to > 0)))
}

fn in_order(windows: &mut [Window]) -> Result<(), String> {
    windows.sort_unstable();
    let Some(pair) = windows.windows(2).find(|pair| pair[0].to > pair[1].from) else { return Ok(()) };
    let said = |window: Window| format!("{} to {}", clock(window.from), clock(window.to));
    Err(format!("{} and {} overlap.", said(pair[0]), said(pair[1])))
}

/// Working time of a day as typed: `8 h`, `7 h 30 min`, `Closed`; empty where it cannot be read.
pub fn length(spans: &[Span]) -> String {
    let Ok((windows, until)) = shifts_of(spans) else { return String::new() };
    let minutes: u16 = windows.iter().map(|window| window.to - window.from).sum();
    match minutes + until.unwrap_or_default() {
        0 => "Closed".to_owned(),
        minutes => hours(minutes),
    }
}

/// `8 h`, `7 h 30 min`
pub fn hours(minutes: u16) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours} h"),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use domain::CalendarId;
    use uuid::Uuid;

    use super::*;

    fn standard() -> CalendarRecord {
        let mut calendar = Calendar::standard();
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        for date in ["2026-12-24", "2026-12-25", "2026-12-26"] {
            calendar.exceptions.insert(day(date), Vec::new());
        }
        calendar.exceptions.insert(day("2026-12-31"), vec![Window { from: 480, to: 720 }]);
        CalendarRecord { id: CalendarId(Uuid::from_u128(1)), name: "Plant".into(), calendar, version: 1 }
    }

    #[test]
    fn what_is_shown_is_read_back() {
        let record = standard();
        let text = CalendarText::of(&record);
        assert_eq!(text.exceptions.len(), 2, "Christmas is one exception");
        assert_eq!((text.exceptions[0].to.as_str(), text.exceptions[1].to.as_str()), ("2026-12-26", ""));
        assert_eq!(text.read(), Ok(record.calendar));
        let mut typed = text.clone();
        typed.week[0] = vec![("13".into(), "17".into()), ("8".into(), "12".into())];
        assert!(typed != text && typed.means(&text), "another spelling is no change");
        typed.week[0].pop();
        assert!(!typed.means(&text));
    }

    #[test]
    fn times_are_read_as_people_type_them() {
        let all = ["8", "08:30", "0830", "830", "8.30", "24:00", " 7h ", "6h15"].map(minute_of);
        assert_eq!(all, [480, 510, 510, 510, 510, 1_440, 420, 375].map(Some));
        assert_eq!(["", "24:01", "8:60", "-1", "soon", "8:3x", "٣"].map(minute_of), [None; 7]);
    }

    #[test]
    fn every_bad_place_is_named_at_once() {
        let mut text = CalendarText::of(&standard());
        text.week[0] = vec![("13".into(), "17".into()), ("8".into(), "14".into())];
        text.week[1] = vec![("17".into(), "8".into())];
        text.exceptions.push(ExceptionText { from: "2026-12-25".into(), ..ExceptionText::default() });
        text.exceptions.push(ExceptionText { spans: Some(Vec::new()), from: "2027-01-04".into(), to: String::new() });
        let faults = text.read().expect_err("four places");
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["week.0", "week.1", "exceptions.2", "exceptions.3"]);
        assert_eq!(faults[0].message, "08:00 to 14:00 and 13:00 to 17:00 overlap.");
    }

    #[test]
    fn a_shift_over_midnight_is_one_shift_of_the_day_that_it_begins() {
        let mut text = CalendarText::default();
        for day in [0, 6] {
            text.week[day] = vec![("14".into(), "22".into()), ("22".into(), "6".into())];
        }
        let calendar = text.read().expect("two nights");
        let window = |from, to| Window { from, to };
        let evening = [window(840, 1_320), window(1_320, 1_440)];
        assert_eq!(calendar.week[0], [window(0, 360), evening[0], evening[1]], "Sunday's night ends on Monday");
        assert_eq!((&calendar.week[1][..], &calendar.week[6][..]), (&[window(0, 360)][..], &evening[..]));
        assert_eq!(calendar.check(), Ok(()));
        let record = CalendarRecord { calendar, ..standard() };
        let shown = CalendarText::of(&record);
        assert_eq!(shown.week[0], [("14:00".into(), "22:00".into()), ("22:00".into(), "06:00".into())]);
        assert!(shown.week[1].is_empty());
        assert_eq!(shown.read(), Ok(record.calendar));
        assert_eq!([length(&text.week[0]), length(&[("22".into(), "0".into())])], ["16 h", "2 h"]);
    }

    #[test]
    fn a_night_that_meets_other_work_is_refused_where_it_ends() {
        let mut text = CalendarText::of(&standard());
        text.week[1] = vec![("20".into(), "9".into())];
        text.exceptions[1].spans = Some(vec![("22".into(), "6".into())]);
        let faults = text.read().expect_err("Tuesday is too long");
        let said: Vec<_> = faults.iter().map(|fault| format!("{}: {}", fault.field, fault.message)).collect();
        assert_eq!(
            said,
            [
                "week.1: Work from 20:00 does not end at 09:00.",
                "exceptions.1: These days end at midnight; give what lies behind it to the next day.",
            ]
        );
        text.week[1] = vec![("22".into(), "9".into())];
        let faults = text.read().expect_err("Wednesday begins at eight");
        assert_eq!(faults[0].field, "week.2");
        assert_eq!(faults[0].message, "00:00 to 09:00 and 08:00 to 12:00 overlap.");
    }

    #[test]
    fn round_the_clock_is_no_shift_over_midnight() {
        let record = CalendarRecord { calendar: Calendar::around_the_clock(), ..standard() };
        let text = CalendarText::of(&record);
        assert!(text.week.iter().all(|day| *day == [("00:00".to_owned(), "24:00".to_owned())]));
        assert_eq!(text.read(), Ok(record.calendar));
    }

    #[test]
    fn a_week_without_work_is_refused() {
        assert_eq!(CalendarText::default().read().expect_err("no work")[0].field, "week.0");
        assert_eq!([length(&[]), length(&[("8".into(), "12:30".into())])], ["Closed", "4 h 30 min"]);
    }
}
