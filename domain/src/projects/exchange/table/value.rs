//! What cells say: durations, dates, progress.

use chrono::{NaiveDate, NaiveDateTime};

use super::super::column::{Column, ColumnMapping, DurationUnit};
use crate::{Minute, projects::view::ImportProblem};

/// How the cells of whole columns are meant, which no single cell tells.
pub(super) struct Habits {
    pub(super) day_first: bool,
    /// Progress is written as 0 to 1, as a spreadsheet stores percentages.
    pub(super) fractions: bool,
}

impl Habits {
    /// Looks at whole columns, and notes what it had to decide.
    pub(super) fn of(rows: &[Vec<String>], mapping: &ColumnMapping, notes: &mut Vec<ImportProblem>) -> Self {
        let cells = |column: Column| {
            let place = mapping.column(column);
            let body = rows.iter().skip(mapping.heading + 1);
            body.filter_map(move |row| row.get(place?)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
        };
        let dates = [
            Column::Start,
            Column::Finish,
            Column::Deadline,
            Column::ConstraintDate,
            Column::ActualStart,
            Column::ActualFinish,
            Column::LevelledFrom,
        ];
        let dates = dates.into_iter().flat_map(cells);
        let slashed: Vec<(u32, u32)> = dates.filter_map(slashed).collect();
        let found = slashed.iter().any(|(first, _)| *first > 12) && !slashed.iter().any(|(_, second)| *second > 12);
        let day_first = mapping.day_first.unwrap_or(found);
        if !slashed.is_empty() && mapping.day_first.is_none() {
            let order = if day_first { "day, month, year" } else { "month, day, year" };
            notes.push(ImportProblem::cell(0, "start", format!("dates with slashes are read as {order}")));
        }
        let numbers = || cells(Column::Progress).filter(|cell| !cell.ends_with('%')).filter_map(thousandths);
        let fractions = numbers().any(|value| value > 0) && numbers().all(|value| value <= 1_000);
        if fractions {
            notes.push(ImportProblem::cell(
                0,
                "progress",
                "numbers up to 1 are read as parts of the whole: 0.5 is 50 %",
            ));
        }
        Self { day_first, fractions }
    }
}

fn slashed(cell: &str) -> Option<(u32, u32)> {
    let mut parts = cell.split('/');
    let pair = (parts.next()?.trim().parse().ok()?, parts.next()?.trim().parse().ok()?);
    parts.next().map(|_| pair)
}

/// A decimal number in thousandths, exact; a comma counts as a point.
pub(in super::super) fn thousandths(text: &str) -> Option<i64> {
    let text = text.trim().replace(',', ".");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !digits(whole) || !digits(fraction) {
        return None;
    }
    let round = fraction.as_bytes().get(3).is_some_and(|digit| *digit >= b'5');
    let kept = format!("{}{:0<3}", if whole.is_empty() { "0" } else { whole }, &fraction[..fraction.len().min(3)]);
    kept.parse::<i64>().ok()?.checked_add(i64::from(round))
}

/// `3d`, `2h`, `90m`, `1.5 days`, `2w`, `3 ed` (elapsed); a plain number is in the usual unit. Minutes, and whether they
/// are wall-clock time.
pub(in super::super) fn duration(text: &str, mapping: &ColumnMapping) -> Result<(i64, bool), String> {
    let fault = || format!("'{text}' is not a duration such as 3d, 4h or 90m");
    // MS Project marks estimates with a question mark.
    let lower = text.trim().trim_end_matches('?').trim().to_lowercase();
    let is_number = |letter: char| letter.is_ascii_digit() || letter == '.' || letter == ',';
    let (number, unit) = lower.split_at(lower.find(|letter| !is_number(letter)).unwrap_or(lower.len()));
    let unit = unit.trim();
    let (unit, elapsed) =
        unit.strip_prefix('e').filter(|unit| !unit.is_empty()).map_or((unit, false), |unit| (unit, true));
    let unit = match unit {
        "" => mapping.duration_unit,
        "m" | "min" | "mins" | "minute" | "minutes" | "minuten" => DurationUnit::Minutes,
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunden" => DurationUnit::Hours,
        "d" | "dy" | "day" | "days" | "t" | "tag" | "tage" => DurationUnit::Days,
        "w" | "wk" | "wks" | "week" | "weeks" | "woche" | "wochen" => DurationUnit::Weeks,
        _ => return Err(fault()),
    };
    let factor = match (unit, elapsed) {
        (DurationUnit::Minutes, _) => 1,
        (DurationUnit::Hours, _) => 60,
        (DurationUnit::Days, false) => mapping.day(),
        (DurationUnit::Days, true) => Minute::DAY,
        (DurationUnit::Weeks, false) => 5 * mapping.day(),
        (DurationUnit::Weeks, true) => 7 * Minute::DAY,
    };
    let value = thousandths(number).ok_or_else(fault)?;
    let minutes = value.checked_mul(factor).and_then(|minutes| minutes.checked_add(500)).ok_or_else(fault)? / 1_000;
    Ok((minutes, elapsed))
}

/// ISO, `31.12.2026`, `12/31/2026` or `31/12/2026`, each with or without a time, a day of the week in front, or the
/// number by which a spreadsheet stores a date.
pub(super) fn date(text: &str, day_first: bool) -> Result<Minute, String> {
    let fault = || format!("'{text}' is not a date such as 2026-01-31, 31.01.2026 or 01/31/2026");
    let plain = text.trim();
    let plain = plain
        .split_once(' ')
        .filter(|(word, _)| word.chars().all(char::is_alphabetic))
        .map_or(plain, |(_, rest)| rest.trim());
    let at = plain.parse().ok().or_else(|| serial(plain)).or_else(|| written(plain, day_first)).ok_or_else(fault)?;
    if at.in_range() { Ok(at) } else { Err(format!("{} is outside 1970 to 2200", at.day_in_words())) }
}

fn written(text: &str, day_first: bool) -> Option<Minute> {
    let slashes = if day_first { "%d/%m/%Y" } else { "%m/%d/%Y" };
    ["%d.%m.%Y", slashes, "%Y/%m/%d"].into_iter().find_map(|day| {
        // A year of two digits would be read as one of the first century; which one is meant is not guessed.
        let at = NaiveDate::parse_from_str(text, day).map(Minute::from_date).ok().or_else(|| {
            let times = ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p"].into_iter();
            times
                .filter_map(|time| NaiveDateTime::parse_from_str(text, &format!("{day} {time}")).ok())
                .map(Minute::from_datetime)
                .next()
        })?;
        at.in_range().then_some(at)
    })
}

/// Days since the end of 1899, which is where spreadsheets begin to count; 25569 is 1970-01-01.
fn serial(text: &str) -> Option<Minute> {
    let digits = text.split(['.', ',']).next().unwrap_or_default();
    if digits.len() != 5 && digits.len() != 6 {
        return None;
    }
    let value = text.replace(',', ".").parse::<f64>().ok().filter(|value| value.is_finite() && *value >= 25_569.0)?;
    let days = value.floor();
    let minutes = ((value - days) * 1_440.0).round();
    // Both are whole and far below the limits of either type.
    #[expect(clippy::cast_possible_truncation, reason = "whole numbers below 1,000,000")]
    let at = (days as i64 - 25_569) * Minute::DAY + minutes as i64;
    Some(Minute(at))
}

/// 0 to 100, from `50`, `50 %` or, where the column is written so, `0.5`.
pub(super) fn progress(text: &str, fractions: bool) -> Result<u8, String> {
    let fault = || format!("'{text}' is not 0 to 100");
    let number = text.trim();
    let (number, percent) = number.strip_suffix('%').map_or((number, false), |number| (number.trim(), true));
    let value = thousandths(number).ok_or_else(fault)?;
    let percent = if fractions && !percent { (value + 5) / 10 } else { (value + 500) / 1_000 };
    u8::try_from(percent).ok().filter(|percent| *percent <= 100).ok_or_else(fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_exact() {
        let days = ColumnMapping::default();
        let read = |text: &str| duration(text, &days);
        assert_eq!(read("3d"), Ok((1_440, false)));
        assert_eq!(read("2h"), Ok((120, false)));
        assert_eq!(read("90m"), Ok((90, false)));
        assert_eq!(read("1.5 days"), Ok((720, false)));
        assert_eq!(read("1,5"), Ok((720, false)));
        assert_eq!(read("2ed"), Ok((2_880, true)));
        assert_eq!(read("4 days?"), Ok((1_920, false)));
        assert_eq!(read("0.333h"), Ok((20, false)));
        let hours = ColumnMapping { duration_unit: DurationUnit::Hours, ..ColumnMapping::default() };
        assert_eq!(duration("8", &hours), Ok((480, false)));
        let short = ColumnMapping { minutes_per_day: Some(420), ..ColumnMapping::default() };
        assert_eq!(duration("2", &short), Ok((840, false)));
        for wrong in ["soon", "-3d", "", "d", "3 moons", "1.2.3", "99999999999999999999d", "9223372036854775d"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        let read = |text: &str| date(text, false).map(|at| format!("{at:?}"));
        for text in ["2026-01-05", "05.01.2026", "01/05/2026", "46027", "2026/01/05", "Mon 01/05/2026"] {
            assert_eq!(read(text).as_deref(), Ok("2026-01-05T00:00"), "{text}");
        }
        for text in ["2026-01-05 08:30", "05.01.2026 08:30", "01/05/2026 8:30 AM", "46027.354166666664"] {
            assert_eq!(read(text).as_deref(), Ok("2026-01-05T08:30"), "{text}");
        }
        assert_eq!(date("05/01/2026", true), date("2026-01-05", false));
        for wrong in ["soon", "31.02.2026", "25/12/2026", "05.01.26", "1969-12-31", "2300-01-01", "12", "99999999"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn progress_is_percent_or_a_part() {
        assert_eq!((progress("50", false), progress("50 %", true), progress("0.5", true)), (Ok(50), Ok(50), Ok(50)));
        assert_eq!(progress("1", true), Ok(100));
        assert!(progress("101", false).is_err() && progress("-1", false).is_err() && progress("half", false).is_err());
    }
}
