//! What is typed into a single cell of a plan, in the notation of whole tables.

use super::{reference::Scheme, value};
use crate::{
    Minute,
    projects::{
        exchange::column::ColumnMapping,
        plan::{LagUnit, LinkKind},
    },
};

fn mapping(minutes_per_day: i64) -> ColumnMapping {
    ColumnMapping { minutes_per_day: Some(minutes_per_day), ..ColumnMapping::default() }
}

/// `3d`, `4 h`, `2 w`, `1.5 days`, `2ed`; a plain number is days. Minutes, and whether they are wall-clock time.
///
/// # Errors
/// What would be a duration.
pub fn read_duration(text: &str, minutes_per_day: i64) -> Result<(i64, bool), String> {
    value::duration(text, &mapping(minutes_per_day))
}

/// `2026-01-31`, `31.01.2026`, `31/01/2026`, `31 Jan 2026` or, in the year of `near`, `31 Jan`; each but the last with
/// or without a time.
///
/// # Errors
/// What would be a date.
pub fn read_date(text: &str, near: Minute) -> Result<Minute, String> {
    let plain = text.trim();
    let year = near.date().format("%Y");
    let named = |text: &str| chrono::NaiveDate::parse_from_str(text, "%d %b %Y").ok().map(Minute::from_date);
    let named = named(plain).or_else(|| named(&format!("{plain} {year}"))).filter(|at| at.in_range());
    named.map_or_else(|| value::date(plain, true), Ok)
}

/// What one task waits for, by the codes of rows: `3FS+2d, 1.2SS`. Empty where nothing is typed.
///
/// # Errors
/// The first part that cannot be read.
pub fn read_waits(
    codes: &[String],
    text: &str,
    minutes_per_day: i64,
) -> Result<Vec<(usize, LinkKind, i64, LagUnit)>, String> {
    let scheme = Scheme::of_codes(codes);
    scheme.read_list(text, &mapping(minutes_per_day)).into_iter().map(|said| said.wait).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn predecessors_are_read_as_planners_write_them() {
        let codes = ["1", "1.1", "1.2", "2"].map(str::to_owned);
        let read = |text: &str| read_waits(&codes, text, 480);
        let (working, elapsed) = (LagUnit::Working, LagUnit::Elapsed);
        assert_eq!(read("1.1"), Ok(vec![(1, LinkKind::FinishToStart, 0, working)]));
        assert_eq!(
            read("1.1, 1.2ss-4h"),
            Ok(vec![(1, LinkKind::FinishToStart, 0, working), (2, LinkKind::StartToStart, -240, working)])
        );
        assert_eq!(
            read("1.1FS+2d; 2FF+1ed"),
            Ok(vec![(1, LinkKind::FinishToStart, 960, working), (3, LinkKind::FinishToFinish, 1_440, elapsed)])
        );
        assert_eq!(
            read("1.1+1,5d, 2"),
            Ok(vec![(1, LinkKind::FinishToStart, 720, working), (3, LinkKind::FinishToStart, 0, working)])
        );
        assert_eq!(read(" "), Ok(Vec::new()));
        assert_eq!(read("7SS"), Err("there is no task '7SS' among the rows".to_owned()));
    }

    #[test]
    fn dates_are_read_as_they_are_shown() {
        let near: Minute = "2026-03-01".parse().expect("a date");
        for text in ["2026-01-07", "7 Jan 2026", "07 Jan", "7 Jan", "07.01.2026", "07/01/2026"] {
            assert_eq!(read_date(text, near).map(|at| at.date().to_string()), Ok("2026-01-07".to_owned()), "{text}");
        }
        assert!(read_date("soon", near).is_err() && read_date("7 Jan 1900", near).is_err());
    }
}
