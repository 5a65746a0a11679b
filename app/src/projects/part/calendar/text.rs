//! A calendar as it is typed, and read back with a message for every place that needs another look.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    FieldFault,
    projects::{
        calendar::{Calendar, Window},
        document::CalendarRecord,
        operation::EXCEPTIONS_MAX,
    },
};

use crate::kit::date;

/// Monday first.
pub const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// From and to, as typed.
pub type Span = (String, String);

/// Days that are otherwise than their weekdays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExceptionText {
    pub from: String,
    /// Empty for one day.
    pub to: String,
    /// None for days off.
    pub spans: Option<Vec<Span>>,
}

/// A calendar as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

fn spans_of(windows: &[Window]) -> Vec<Span> {
    windows.iter().map(|window| (clock(window.from), clock(window.to))).collect()
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
            spans: (!windows.is_empty()).then(|| spans_of(windows)),
        });
        Self {
            name: record.name.clone(),
            week: std::array::from_fn(|day| spans_of(&record.calendar.week[day])),
            exceptions: exceptions.collect(),
        }
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
        for (day, spans) in self.week.iter().enumerate() {
            match windows_of(spans) {
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

/// The windows of a day in their order.
fn windows_of(spans: &[Span]) -> Result<Vec<Window>, String> {
    let mut windows = Vec::with_capacity(spans.len());
    for (from, to) in spans {
        let read = |text: &str| minute_of(text).ok_or_else(|| format!("'{}' is no time such as 08:00.", text.trim()));
        let window = Window { from: read(from)?, to: read(to)? };
        if window.from >= window.to {
            return Err(format!("Work from {} does not end at {}.", clock(window.from), clock(window.to)));
        }
        windows.push(window);
    }
    windows.sort_unstable();
    if let Some(pair) = windows.windows(2).find(|pair| pair[0].to > pair[1].from) {
        let [first, second] = [pair[0], pair[1]];
        return Err(format!(
            "{} to {} and {} to {} overlap.",
            clock(first.from),
            clock(first.to),
            clock(second.from),
            clock(second.to)
        ));
    }
    Ok(windows)
}

/// Working time of a day as typed: `8 h`, `7 h 30 min`, `Closed`; empty where it cannot be read.
pub fn length(spans: &[Span]) -> String {
    let Ok(windows) = windows_of(spans) else { return String::new() };
    let minutes: u16 = windows.iter().map(|window| window.to - window.from).sum();
    match (minutes / 60, minutes % 60) {
        (0, 0) => "Closed".to_owned(),
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
    fn a_week_without_work_is_refused() {
        assert_eq!(CalendarText::default().read().expect_err("no work")[0].field, "week.0");
        assert_eq!([length(&[]), length(&[("8".into(), "12:30".into())])], ["Closed", "4 h 30 min"]);
    }
}
