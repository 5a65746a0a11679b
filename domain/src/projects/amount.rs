//! Spans of time as planners write them: a number and its unit.

/// What a number of a duration or a lag counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    #[default]
    Days,
    Hours,
    Minutes,
    /// Twenty-four hours on the wall, nights and Sundays included.
    ElapsedDays,
    ElapsedHours,
}

impl Unit {
    /// Every unit, in the order of a menu.
    pub const ALL: [Self; 5] = [Self::Days, Self::Hours, Self::Minutes, Self::ElapsedDays, Self::ElapsedHours];

    /// The value in a menu.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Days => "d",
            Self::Hours => "h",
            Self::Minutes => "min",
            Self::ElapsedDays => "ed",
            Self::ElapsedHours => "eh",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Hours => "hours",
            Self::Minutes => "minutes",
            Self::ElapsedDays => "elapsed days",
            Self::ElapsedHours => "elapsed hours",
        }
    }

    /// The unit with this code; days where there is none.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|unit| unit.code() == code).unwrap_or_default()
    }

    /// True where nights and days off count.
    #[must_use]
    pub const fn is_elapsed(self) -> bool {
        matches!(self, Self::ElapsedDays | Self::ElapsedHours)
    }

    /// Minutes of one, where a working day has `day`.
    const fn minutes(self, day: i64) -> i64 {
        match self {
            Self::Days => day,
            Self::Hours | Self::ElapsedHours => 60,
            Self::Minutes => 1,
            Self::ElapsedDays => 1_440,
        }
    }

    /// The number that stands for `minutes` in this unit; none where two decimals do not say it.
    #[must_use]
    pub fn number(self, minutes: i64, day: i64) -> Option<String> {
        let hundredths = minutes.checked_mul(100).filter(|minutes| minutes % self.minutes(day) == 0)?;
        let hundredths = hundredths / self.minutes(day);
        Some(decimal(hundredths))
    }

    /// The minutes that a typed number stands for.
    ///
    /// # Errors
    /// What would be a number.
    pub fn read(self, text: &str, day: i64) -> Result<i64, String> {
        let text = text.trim();
        let wrong = || format!("'{text}' is not a number.");
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, part) = digits.split_once([',', '.']).unwrap_or((digits, ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + part.len() == 0 || !all_digits(whole) || !all_digits(part) {
            return Err(wrong());
        }
        // Beyond this the rules of a plan refuse anyway, and a sum could overflow.
        let whole = whole.trim_start_matches('0');
        if whole.len() > 9 {
            return Err("This is more than a thousand years.".to_owned());
        }
        let number = |text: &str| if text.is_empty() { Ok(0) } else { text.parse::<i64>().map_err(|_| wrong()) };
        // No unit has so many minutes that a tenth decimal would count.
        let part = &part[..part.len().min(9)];
        let scale = 10_i64.pow(u32::try_from(part.len()).unwrap_or(9));
        let fraction = (number(part)? * self.minutes(day) + scale / 2) / scale;
        Ok(sign * (number(whole)? * self.minutes(day) + fraction))
    }

    /// The unit in which a span reads best.
    #[must_use]
    pub fn of(minutes: i64, elapsed: bool, day: i64) -> Self {
        let units: &[Self] = if elapsed {
            &[Self::ElapsedDays, Self::ElapsedHours]
        } else if (1..60).contains(&minutes.abs()) {
            &[Self::Minutes]
        } else if (60..day).contains(&minutes.abs()) {
            &[Self::Hours]
        } else {
            &[Self::Days, Self::Hours]
        };
        let fits = units.iter().copied().find(|unit| unit.number(minutes, day).is_some());
        fits.unwrap_or(if elapsed { Self::ElapsedHours } else { Self::Minutes })
    }
}

/// Hundredths as people write them: `1`, `2.5`, `-0.25`.
#[must_use]
pub fn decimal(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, part) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    match part {
        0 => format!("{sign}{whole}"),
        part if part % 10 == 0 => format!("{sign}{whole}.{}", part / 10),
        part => format!("{sign}{whole}.{part:02}"),
    }
}

/// `3 d`, `2.5 d`, `4 h`, `45 min`.
#[must_use]
pub fn written(minutes: i64, day: i64) -> String {
    let unit = Unit::of(minutes, false, day);
    format!("{} {}", unit.number(minutes, day).unwrap_or_default(), unit.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_written_in_the_unit_that_reads_best() {
        let all = [0, 480, 1_200, 240, 90, 45, 490, -960].map(|minutes| written(minutes, 480));
        assert_eq!(all, ["0 d", "1 d", "2.5 d", "4 h", "1.5 h", "45 min", "490 min", "-2 d"]);
        assert_eq!(Unit::of(2_880, true, 480), Unit::ElapsedDays);
        assert_eq!(Unit::ElapsedDays.number(2_160, 480).as_deref(), Some("1.5"));
    }

    #[test]
    fn what_is_written_is_read_back() {
        for minutes in [0, 1, 59, 60, 480, 600, 1_200, 4_321, -90] {
            for unit in Unit::ALL {
                if let Some(text) = unit.number(minutes, 480) {
                    assert_eq!(unit.read(&text, 480), Ok(minutes), "{text} {unit:?}");
                }
            }
        }
        assert_eq!(Unit::Days.read(" 1,5 ", 480), Ok(720));
        assert!(
            ["soon", "1e300", "", "-", ".", "1.2.3", "9999999999"]
                .iter()
                .all(|text| Unit::Days.read(text, 480).is_err())
        );
        assert_eq!(Unit::Days.read("-.5", 480), Ok(-240));
        assert_eq!(Unit::Hours.read("0.3333", 480), Ok(20));
    }
}
