//! Civil dates.

use std::{fmt, str::FromStr};

use time::{Date, Duration, Month};

/// A civil date: a day in somebody's calendar, without a time zone. Years 1900 to 2199.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

/// A text or a triple that names no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a date between 1900-01-01 and 2199-12-31, written like 2026-11-21")]
pub struct DayError;

impl Day {
    /// The first and the last year that a plan may speak of.
    pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

    /// The first day that a plan may speak of.
    pub const FIRST: Self = Self(match Date::from_ordinal_date(1900, 1) {
        Ok(first) => first,
        Err(_) => Date::MIN,
    });

    /// # Errors
    /// [`DayError`] where the calendar has no such day or the year is out of [`Day::YEARS`].
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self, DayError> {
        let month = Month::try_from(month).map_err(|_| DayError)?;
        let date = Date::from_calendar_date(year, month, day).map_err(|_| DayError)?;
        if Self::YEARS.contains(&year) { Ok(Self(date)) } else { Err(DayError) }
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.0.month() as u8
    }

    /// The quarter of the calendar year, 1 to 4.
    #[must_use]
    pub const fn quarter(self) -> u8 {
        (self.month() - 1) / 3 + 1
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.0.day()
    }

    /// The ISO day of the week: Monday is 0.
    #[must_use]
    pub const fn weekday(self) -> u8 {
        self.0.weekday().number_days_from_monday()
    }

    /// The ISO week: its year and its number, 1 to 53.
    #[must_use]
    pub const fn iso_week(self) -> (i32, u8) {
        let (year, week, _) = self.0.to_iso_week_date();
        (year, week)
    }

    /// Days from `earlier` to this day; negative if `earlier` is later.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i32 {
        self.0.to_julian_day() - earlier.0.to_julian_day()
    }

    /// This day moved by `days`, held within [`Day::YEARS`].
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        let moved = self.0.saturating_add(Duration::days(i64::from(days)));
        Self(moved).held()
    }

    /// The same day of the month `months` later, or that month's last day where it has no such day.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let index = self.year() * 12 + i32::from(self.month()) - 1 + months;
        let (year, month) = (index.div_euclid(12), index.rem_euclid(12));
        let year = year.clamp(*Self::YEARS.start(), *Self::YEARS.end());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0..12")]
        let month = Month::January.nth_next(month as u8);
        let day = self.day().min(month.length(year));
        Date::from_calendar_date(year, month, day).map_or(self, Self)
    }

    /// The first day of this day's month.
    #[must_use]
    pub fn month_start(self) -> Self {
        self.plus_days(1 - i32::from(self.day()))
    }

    fn held(self) -> Self {
        let (first, last) = (*Self::YEARS.start(), *Self::YEARS.end());
        if self.year() < first {
            Self(Date::from_calendar_date(first, Month::January, 1).unwrap_or(self.0))
        } else if self.year() > last {
            Self(Date::from_calendar_date(last, Month::December, 31).unwrap_or(self.0))
        } else {
            self
        }
    }
}

/// ISO 8601: `2026-11-21`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
            return Err(DayError);
        };
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0_i32, |sum, digit| {
                digit.is_ascii_digit().then(|| sum * 10 + i32::from(digit - b'0')).ok_or(DayError)
            })
        };
        let small = |digits: &[u8]| number(digits).and_then(|n| u8::try_from(n).map_err(|_| DayError));
        Self::new(number(&[*y1, *y2, *y3, *y4])?, small(&[*m1, *m2])?, small(&[*d1, *d2])?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn reads_and_writes_iso_dates_only() {
        assert_eq!(day("2024-02-29").to_string(), "2024-02-29");
        for bad in [
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "1899-12-31",
            "2200-01-01",
            "2026-1-1",
            "20261121",
            "2026-11-21T00:00",
            "",
            "+026-01-01",
            "２０２６-01-01",
        ] {
            assert_eq!(bad.parse::<Day>(), Err(DayError), "{bad}");
        }
    }

    #[test]
    fn counts_days_and_months() {
        assert_eq!(day("2026-03-01").days_since(day("2026-02-27")), 2);
        assert_eq!(day("2024-01-31").plus_months(1), day("2024-02-29"));
        assert_eq!(day("2026-01-15").plus_months(-1), day("2025-12-15"));
        assert_eq!(day("2026-11-21").month_start(), day("2026-11-01"));
        assert_eq!(day("2026-12-31").iso_week(), (2026, 53));
        assert_eq!(day("2199-12-31").plus_days(10), day("2199-12-31"));
        assert_eq!(day("1900-01-01").plus_days(i32::MIN), day("1900-01-01"));
    }
}
