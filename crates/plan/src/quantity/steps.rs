//! Signs and steps: what is added to the last value.

use super::{Quantity, QuantityError, number};
use crate::{Number, decimal::double};

/// The most decimals [`Quantity::resolve`] keeps.
pub const MAX_STEP_DECIMALS: usize = 12;

pub(super) struct Sign {
    pub(super) negative: bool,
    pub(super) step: bool,
}

pub(super) fn take_sign(text: &str) -> (Sign, &str) {
    for (mark, negative, step) in [("+=", false, true), ("-=", true, true), ("+", false, true), ("-", true, false)] {
        if let Some(rest) = text.strip_prefix(mark) {
            return (Sign { negative, step }, rest.trim_start());
        }
    }
    (Sign { negative: false, step: false }, text)
}

impl Quantity {
    /// The value meant: a number as it is, a step added to the `last` value.
    ///
    /// A sum has as many decimals as the longer of both numbers written in decimal, but no more
    /// than [`MAX_STEP_DECIMALS`]: people add decimals, and 0.1 + 0.2 is 0.3 to them, not
    /// 0.30000000000000004.
    ///
    /// # Errors
    ///
    /// [`QuantityError::TooLarge`] if the sum is beyond ±10¹⁵.
    ///
    /// # Examples
    ///
    /// ```
    /// use bearings_plan::Number;
    /// use bearings_plan::quantity::{Field, Separators, parse};
    ///
    /// let english = Separators { decimal: '.', group: ',' };
    /// let field = Field { separators: english, unit: None };
    /// let last = Number::new(0.1)?;
    /// assert_eq!(parse("+0.2", &field)?.resolve(last)?, Number::new(0.3)?);
    /// assert_eq!(parse("7", &field)?.resolve(last)?, Number::new(7.0)?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn resolve(self, last: Number) -> Result<Number, QuantityError> {
        let step = match self {
            Quantity::Absolute(value) => return Ok(value),
            Quantity::Step(step) => step.get(),
        };
        let sum = last.get() + step;
        let decimals = decimals(last.get()).max(decimals(step));
        number(rounded(sum, decimals))
    }
}

/// The value to so many decimals, by the digits of its shortest text: multiplying and dividing by a power of ten would
/// bring in dust of its own, and the standard formatting its tables into the page.
pub(super) fn rounded(value: f64, decimals: usize) -> f64 {
    let text = crate::digits(value);
    let Some((whole, fraction)) = text.split_once('.') else { return value };
    let (Some(kept), Some(next)) = (fraction.get(..decimals), fraction.as_bytes().get(decimals)) else { return value };
    // A shortest text has 17 digits at most, and one of them goes.
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("-", whole));
    let Ok(units) = format!("{whole}{kept}").parse::<u64>() else { return value };
    double(&format!("{sign}{}e-{decimals}", units + u64::from(*next >= b'5'))).unwrap_or(value)
}

/// How many decimals the shortest text of the value has.
fn decimals(value: f64) -> usize {
    let text = crate::digits(value);
    let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
    fraction.len().min(MAX_STEP_DECIMALS)
}
