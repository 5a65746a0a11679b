//! Resources in words, and words as numbers.

use domain::{
    Fault,
    projects::resource::{ResourceRecord, WHOLE},
};

use super::super::calendar::hours;

/// When a resource is there: `40 h a week, 12 days otherwise`.
pub fn there(record: &ResourceRecord) -> String {
    let always = "Whenever the task works";
    let Some(calendar) = &record.calendar else { return always.to_owned() };
    let minutes: u16 = calendar.week.iter().flatten().map(|window| window.to - window.from).sum();
    let week = if calendar.is_always() { always.to_owned() } else { format!("{} a week", hours(minutes)) };
    match calendar.exceptions.len() {
        0 => week,
        1 => format!("{week}, 1 day otherwise"),
        days => format!("{week}, {days} days otherwise"),
    }
}

/// A number of people or machines, in percent.
pub fn capacity(text: &str) -> Result<i64, Fault> {
    let wrong = || Fault::field("capacity", format!("'{}' is no number of people or machines.", text.trim()));
    let typed = text.trim().replace(',', ".");
    let (whole, part) = typed.split_once('.').unwrap_or((typed.as_str(), ""));
    let hundredths = format!("{part:0<2}");
    if hundredths.len() > 2 {
        return Err(Fault::field("capacity", "Hundredths are enough: 0.25 is a quarter of one."));
    }
    let whole: i64 = whole.parse().map_err(|_| wrong())?;
    let part: i64 = hundredths.parse().map_err(|_| wrong())?;
    whole.checked_mul(WHOLE).map(|whole| whole + part).filter(|units| *units >= 0).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use domain::{
        ResourceId,
        projects::{calendar::Calendar, resource::ResourceKind},
    };
    use uuid::Uuid;

    use super::*;
    use domain::projects::amount::decimal;

    #[test]
    fn a_number_of_people_is_read_as_it_is_shown() {
        for units in [0, 50, 100, 250, 125, 2_400] {
            assert_eq!(capacity(&decimal(units)).ok(), Some(units));
        }
        assert_eq!(capacity(" 2,5 ").ok(), Some(250));
        assert!(capacity("many").is_err() && capacity("1.234").is_err() && capacity("-1").is_err());
    }

    #[test]
    fn when_somebody_is_there_is_said_in_a_line() {
        let id = ResourceId(Uuid::from_u128(1));
        let mut record = ResourceRecord::whole(id, ResourceKind::Person, "Olga".into());
        let mut said = vec![there(&record)];
        for calendar in [Calendar::around_the_clock(), Calendar::standard()] {
            record.calendar = Some(calendar);
            said.push(there(&record));
            let days = record.calendar.iter_mut().flat_map(|calendar| {
                let day = |text: &str| text.parse().expect("a date");
                [day("2026-08-03"), day("2026-08-04")].map(|day| calendar.exceptions.insert(day, Vec::new()))
            });
            days.for_each(drop);
            said.push(there(&record));
        }
        assert_eq!(
            said,
            [
                "Whenever the task works",
                "Whenever the task works",
                "Whenever the task works, 2 days otherwise",
                "40 h a week",
                "40 h a week, 2 days otherwise",
            ]
        );
    }
}
