//! Dates: one format everywhere, `21 Nov 2026`, `21 Nov 2026, 14:05`. Hours are UTC until plants have a time zone.

use chrono::{DateTime, NaiveDate, Utc};
use domain::Minute;
use leptos::prelude::*;

use super::browser;

/// `21 Nov 2026`
#[must_use]
pub fn date(day: NaiveDate) -> String {
    domain::in_words(day)
}

/// `21 Nov 2026`, of a minute on a plan's wall clock.
#[must_use]
pub fn day(at: Minute) -> String {
    at.day_in_words()
}

/// `21 Nov 2026, 14:05`
#[must_use]
pub fn instant(at: DateTime<Utc>) -> String {
    at.format("%-d %b %Y, %H:%M").to_string()
}

/// Now, on the wall clock of this browser; no page asks for it on the server.
#[must_use]
pub fn wall_clock() -> Minute {
    #[cfg(feature = "hydrate")]
    {
        let date = js_sys::Date::new_0();
        #[expect(clippy::cast_possible_truncation, reason = "minutes since 1970")]
        let minutes = (date.get_time() / 60_000.0 - date.get_timezone_offset()) as i64;
        Minute(minutes)
    }
    #[cfg(not(feature = "hydrate"))]
    Minute::default()
}

/// A day.
#[component]
pub fn Day(day: NaiveDate) -> impl IntoView {
    view! { <time datetime=day.to_string()>{date(day)}</time> }
}

/// An instant; with `ago` as time passed since (`3 min ago`), the date itself in the tooltip.
#[component]
pub fn Moment(at: DateTime<Utc>, #[prop(optional)] ago: bool) -> impl IntoView {
    // The server does not know the reader's now: it sends the date, and the browser replaces it once it is alive.
    let text = RwSignal::new(instant(at));
    if ago {
        Effect::new(move |_| {
            if let Some(now) = browser::now_ms().and_then(DateTime::from_timestamp_millis) {
                text.set(since(at, now));
            }
        });
    }
    view! { <time datetime=at.to_rfc3339() title=instant(at)>{move || text.get()}</time> }
}

/// `now`, `3 min ago`, `5 h ago`, `2 days ago`; the date itself after a week.
fn since(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let minutes = (now - at).num_minutes();
    match minutes {
        ..0 => instant(at),
        0 => "now".to_owned(),
        1..60 => format!("{minutes} min ago"),
        60..1_440 => format!("{} h ago", minutes / 60),
        1_440..2_880 => "yesterday".to_owned(),
        2_880..10_080 => format!("{} days ago", minutes / 1_440),
        _ => date(at.date_naive()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeDelta, TimeZone};

    #[test]
    fn a_week_is_told_in_words_and_more_as_a_date() {
        let at = Utc.with_ymd_and_hms(2026, 11, 21, 14, 5, 0).single().expect("a date");
        let after = |minutes| since(at, at + TimeDelta::minutes(minutes));
        assert_eq!(
            [after(0), after(59), after(60), after(1_500), after(4_400), after(20_000)],
            ["now", "59 min ago", "1 h ago", "yesterday", "3 days ago", "21 Nov 2026"].map(str::to_owned)
        );
    }
}
