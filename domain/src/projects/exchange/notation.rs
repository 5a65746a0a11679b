//! How cells write what has several parts: durations, pauses, and who and what is needed.

use super::{
    column::ColumnMapping,
    table::{duration as read_duration, thousandths},
};
use crate::projects::{
    plan::Split,
    resource::{UNITS_MAX, WHOLE},
};

/// Hours where they are whole, else minutes; never days, since a day is as long as a calendar says. Elapsed time has
/// an `e`.
pub(super) fn duration(minutes: i64, elapsed: bool) -> String {
    let mark = if elapsed { "e" } else { "" };
    if minutes % 60 == 0 { format!("{}{mark}h", minutes / 60) } else { format!("{minutes}{mark}m") }
}

/// `8h after 4h; 90m after 12h`: how long each pause is, and behind how much work.
pub(super) fn pauses(splits: &[Split]) -> String {
    let said: Vec<String> = splits
        .iter()
        .map(|split| format!("{} after {}", duration(split.pause_minutes, false), duration(split.after_minutes, false)))
        .collect();
    said.join("; ")
}

/// What [`pauses`] writes, and the same in other units.
pub(super) fn read_pauses(text: &str, mapping: &ColumnMapping) -> Result<Vec<Split>, String> {
    let fault = |said: &str| format!("'{said}' is not a pause such as 1d after 4h");
    let time = |said: &str, text: &str| match read_duration(text, mapping) {
        Ok((minutes, false)) => Ok(minutes),
        _ => Err(fault(said)),
    };
    let parts = text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|said| {
            let (pause, after) = said.split_once(" after ").ok_or_else(|| fault(said))?;
            Ok(Split { after_minutes: time(said, after)?, pause_minutes: time(said, pause)? })
        })
        .collect()
}

/// `Ann; Press 1[50%]`, as MS Project writes it. A name with a sign of this notation in it stands between quotes.
pub(super) fn needs(needs: impl IntoIterator<Item = (String, i64)>) -> String {
    let said: Vec<String> = needs
        .into_iter()
        .map(|(name, units)| {
            let clear = !name.contains([';', ',', '[', ']', '\n', '\r']) && !name.starts_with(['"', '\'']);
            let name = if clear { name } else { format!("\"{}\"", name.replace('"', "\"\"")) };
            if units == WHOLE { name } else { format!("{name}[{units}%]") }
        })
        .collect();
    said.join("; ")
}

/// Names, with how much of them where that is said. What stands in brackets and is no amount comes back as it is.
pub(super) fn read_needs(text: &str) -> Vec<(String, Option<Result<i64, String>>)> {
    parts(text).into_iter().filter_map(|part| need(&part)).collect()
}

/// Between semicolons, commas and ends of lines that stand neither in quotes nor in brackets.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut quoted, mut bracket) = (false, false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let begins = parts.last().is_none_or(|part| part.trim().is_empty());
        match letter {
            // Two quotes within a quotation are one that is meant.
            '"' if quoted && letters.next_if_eq(&'"').is_some() => {
                parts.last_mut().into_iter().for_each(|part| part.push(letter));
            }
            '"' if quoted || begins => quoted = !quoted,
            '[' if !quoted => bracket = true,
            ']' if !quoted => bracket = false,
            ';' | ',' | '\n' if !quoted && !bracket => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().into_iter().for_each(|part| part.push(letter));
    }
    parts
}

fn need(part: &str) -> Option<(String, Option<Result<i64, String>>)> {
    let part = part.trim();
    let (name, rest) = match part.strip_prefix('"').and_then(end_of_quote) {
        Some((name, rest)) => (name, rest.trim()),
        None => {
            let (name, rest) = part.split_at(part.find('[').unwrap_or(part.len()));
            (name.trim().to_owned(), rest)
        }
    };
    let said = rest.strip_prefix('[').map(|rest| rest.trim_end_matches(']').trim());
    (!name.is_empty()).then(|| (name, said.filter(|said| !said.is_empty()).map(units)))
}

/// What stands before the closing quote, and what behind it.
fn end_of_quote(text: &str) -> Option<(String, &str)> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find('"')?;
        if !text[at + 1..].starts_with('"') {
            return Some((text[..at].replace("\"\"", "\""), &text[at + 1..]));
        }
        from = at + 2;
    }
}

/// `50%`, or `0.5` of a whole.
fn units(said: &str) -> Result<i64, String> {
    let percent =
        said.strip_suffix('%').and_then(|number| thousandths(number.trim())).map(|value| (value + 500) / 1_000);
    let whole = || thousandths(said).map(|value| (value + 5) / 10);
    percent.or_else(whole).filter(|units| (1..=UNITS_MAX).contains(units)).ok_or_else(|| said.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_say_their_unit() {
        assert_eq!((duration(960, false), duration(90, false)), ("16h".to_owned(), "90m".to_owned()));
        assert_eq!(duration(2_880, true), "48eh");
    }

    #[test]
    fn pauses_are_read_as_they_are_written() {
        let splits =
            [(240, 480), (725, 90)].map(|(after_minutes, pause_minutes)| Split { after_minutes, pause_minutes });
        let days = ColumnMapping::default();
        assert_eq!(pauses(&splits), "8h after 4h; 90m after 725m");
        assert_eq!(read_pauses(&pauses(&splits), &days), Ok(splits.to_vec()));
        assert_eq!(read_pauses("1d after 4h", &days), Ok(splits[..1].to_vec()));
        for wrong in ["8h", "8h after noon", "8eh after 4h", "after 4h", "8h after"] {
            assert!(read_pauses(wrong, &days).is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_keep_their_signs_and_their_units() {
        let all = [("Ann", 100), ("Press 1", 50), ("Müller, Bo", 250), ("Mill [left]; \"new\"", 100), ("\"Q\"", 1)];
        let text = needs(all.map(|(name, units)| (name.to_owned(), units)));
        assert!(text.starts_with("Ann; Press 1[50%]; \"Müller, Bo\"[250%]; "), "{text}");
        let read =
            read_needs(&text).into_iter().map(|(name, units)| (name, units.map_or(100, |units| units.unwrap_or(0))));
        assert_eq!(read.collect::<Vec<_>>(), all.map(|(name, units)| (name.to_owned(), units)));
        let plain = read_needs("Ann, Bo [0.5],Steel[3 kg];12\" press\nCy[50,5%]; [x]");
        let told: Vec<(&str, Option<Result<i64, String>>)> =
            plain.iter().map(|(name, units)| (name.as_str(), units.clone())).collect();
        assert_eq!(
            told,
            [
                ("Ann", None),
                ("Bo", Some(Ok(50))),
                ("Steel", Some(Err("3 kg".to_owned()))),
                ("12\" press", None),
                ("Cy", Some(Ok(51))),
            ]
        );
    }
}
