//! Finite numbers.

use std::{cmp::Ordering, fmt, str::FromStr};

use crate::decimal::double;

/// A finite number: `|v| <= 1e15`, never NaN, and `-0` is `0`, so that it has a total order and
/// equality means what a reader expects.
#[derive(Clone, Copy, Default, PartialEq)]
pub struct Number(f64);

/// Why a value is not a [`Number`].
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum NumberError {
    /// NaN or an infinity.
    #[error("not a finite number")]
    NotFinite,
    /// Its magnitude exceeds [`Number::MAX`].
    #[error("larger than 1e15")]
    TooLarge,
}

impl Number {
    /// The largest magnitude: beyond it, a double no longer tells neighbouring tenths apart.
    pub const MAX: f64 = 1e15;
    /// Zero.
    pub const ZERO: Self = Self(0.0);

    /// # Errors
    /// [`NumberError`] for NaN, infinities and magnitudes over [`Number::MAX`].
    pub fn new(value: f64) -> Result<Self, NumberError> {
        if !value.is_finite() {
            Err(NumberError::NotFinite)
        } else if value.abs() > Self::MAX {
            Err(NumberError::TooLarge)
        } else {
            Ok(Self(value + 0.0))
        }
    }

    /// What a check-in of a done/not key result holds: 1 or 0.
    #[must_use]
    pub fn from_done(done: bool) -> Self {
        Self::from(i32::from(done))
    }

    /// Which of both: 1 or more is done.
    #[must_use]
    pub fn is_done(self) -> bool {
        self.0 >= 1.0
    }

    /// The same without its sign.
    #[must_use]
    pub fn magnitude(self) -> Self {
        Self(self.0.abs())
    }

    /// The value as a double.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl From<i32> for Number {
    fn from(value: i32) -> Self {
        Self(f64::from(value))
    }
}

/// As JSON writes it.
impl FromStr for Number {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        Self::new(double(text).ok_or(NumberError::NotFinite)?)
    }
}

impl Eq for Number {}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The shortest text that reads back as the same number, without an exponent: `-0.25`. A value that is not finite has none.
///
/// It is the writer of files that finds the digits: the standard one would bring its own tables into the page.
#[must_use]
pub fn digits(value: f64) -> String {
    let text = serde_json::Number::from_f64(value).map(|number| number.to_string()).unwrap_or_default();
    let text = text.strip_suffix(".0").unwrap_or(&text);
    let Some((mantissa, exponent)) = text.split_once('e') else { return text.to_owned() };
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or_default());
    if exponent < 0 {
        format!("{sign}0.{}{whole}{fraction}", zeros(-exponent - 1))
    } else {
        let length = i32::try_from(fraction.len()).unwrap_or_default();
        format!("{sign}{whole}{fraction}{}", zeros(exponent - length))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&digits(self.0))
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&digits(self.0))
    }
}

/// A value, rounded to a power of ten that is at most `finest`.
pub(crate) fn rounded_to(value: f64, finest: f64) -> f64 {
    // Powers of ten, by which to divide or to multiply: both are exact.
    let (mut coarse, mut fine) = (1.0, 1.0);
    while coarse * 10.0 <= finest {
        coarse *= 10.0;
    }
    while 1.0 / fine > finest && fine < Number::MAX {
        fine *= 10.0;
    }
    (value / coarse * fine).round() / fine * coarse
}

/// The arithmetic mean; none of nothing.
pub(crate) fn mean(values: &[f64]) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "far fewer values than a double counts")]
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    (!values.is_empty()).then_some(mean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_not_finite_or_too_large() {
        assert_eq!(Number::new(f64::NAN), Err(NumberError::NotFinite));
        assert_eq!(Number::new(f64::INFINITY), Err(NumberError::NotFinite));
        assert_eq!(Number::new(-1.1e15), Err(NumberError::TooLarge));
        assert_eq!(Number::new(1e15).map(Number::get), Ok(1e15));
    }

    #[test]
    fn digits_are_those_of_the_standard_text() {
        let values =
            [0.0, 1.0, -1.0, 0.5, -0.25, 1e15, -1e15, 0.1 + 0.2, 1e-7, -1.5e-9, 123_456.789, 5e-324, 1e20, 1.5e300];
        for value in values.into_iter().chain((-300..300).map(|power| 1.25 * 10f64.powi(power))) {
            assert_eq!(digits(value), value.to_string());
        }
        assert_eq!(digits(f64::NAN), "");
    }

    #[test]
    fn minus_zero_is_zero() {
        let zero = Number::new(-0.0).unwrap();
        assert_eq!(zero, Number::ZERO);
        assert!(zero.get().is_sign_positive());
    }
}
