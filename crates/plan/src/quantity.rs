//! Reading a number as a person types it: `1,234.5`, `1.2 k`, `€ 3m`, `30%`, `+5`.
//!
//! The rule behind all the rules: a wrong number on a chart is worse than a question, so what
//! could mean two things is an error that says how to write each of them, never a guess.
//!
//! Accepted, in this order, blanks allowed between the parts:
//!
//! 1. A sign, or the sign of a step: `-5` is a negative number, `+5` a step up from the last
//!    value; `+=5` and `-=5` are steps too, and `-=` is the only way to type a step down.
//! 2. The digits, with the decimal sign and the grouping of the reader's locale. Apostrophes and
//!    single blanks group in every locale. Groups have three digits, the first one to three and
//!    no leading zero; where the comma groups, Indian groups (`12,34,567`) are read as well.
//!    `.5` and `5.` are fine. Digits may be ASCII, full-width, Arabic-Indic, Persian, Devanagari
//!    or Bengali.
//! 3. A multiplier: `k` (thousand), `m` (million), `b` or `bn` (billion), in either case.
//!
//! A currency (a sign, or three capital letters such as `EUR`) may stand before or after; it is
//! ignored. So may `%` where the unit is per cent.

mod digits;
mod multiples;
mod questions;
mod steps;
mod units;

use crate::{Number, decimal::double};
use digits::{Decimal, plain_char, read, split_body};
use multiples::take_multiplier;
use questions::unclear;
pub use steps::MAX_STEP_DECIMALS;
use steps::take_sign;
use units::{Unit, take_unit};

/// The longest text [`parse`] looks at, in characters, without the surrounding blanks.
pub const MAX_CHARS: usize = 64;

/// How the reader's locale writes numbers.
///
/// If both are the same character, it is the decimal sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Separators {
    /// Between the whole and the fraction: `.` in English, `,` in German and French.
    pub decimal: char,
    /// Between groups of digits: `,` in English, `.` in German, U+202F in French, `’` in
    /// Switzerland.
    pub group: char,
}

/// What the number is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// How the reader's locale writes numbers.
    pub separators: Separators,
    /// Whether the unit is `%`, so that `30%` is 30. Elsewhere it could be 30 or 0.3.
    pub percent: bool,
}

/// A number as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// The value itself: `5`, `-5`.
    Absolute(Number),
    /// What to add to the last value: `+5`, `+=5`, `-=5`.
    Step(Number),
}

/// Why a text is no number. The texts inside are for showing back; they are in plain form: ASCII
/// digits, signs and blanks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// Nothing but blanks.
    #[error("no number was given")]
    Empty,
    /// More than [`MAX_CHARS`] characters.
    #[error("the text is longer than {MAX_CHARS} characters")]
    TooLong,
    /// Only a sign, a currency or punctuation.
    #[error("there are no digits")]
    NoDigits,
    /// Not part of a number, from the first character that was not understood to the end.
    #[error("did not expect “{0}”")]
    UnexpectedText(String),
    /// The decimal signs and groups make no number in any locale, as in `1.2.3`.
    #[error("“{0}” is not a number")]
    Malformed(String),
    /// Not a number as this locale writes it, but it is one in another.
    #[error("unclear which number is meant: write {}", write.join(" or "))]
    Ambiguous {
        /// The whole text as this locale writes it, once for each of its one or two meanings, in
        /// no particular order.
        write: Vec<String>,
    },
    /// A `%`, but the unit is not per cent.
    #[error("the unit is not %, so leave out the % sign")]
    PercentWithoutPercentUnit,
    /// Outside of the range of [`Number`], ±10¹⁵; also the sum of a step.
    #[error("the number is too large")]
    TooLarge,
}

/// Reads a number as a person types it; the [module](self) has the rules.
///
/// The result is the number nearest to the decimal text, multiplier included: `1.1k` is exactly
/// 1100.
///
/// # Errors
///
/// See [`QuantityError`]; among them [`QuantityError::Ambiguous`] for a number written the way of
/// another locale.
///
/// # Examples
///
/// ```
/// use bearings_plan::Number;
/// use bearings_plan::quantity::{Field, Quantity, QuantityError, Separators, parse};
///
/// let german = Separators { decimal: ',', group: '.' };
/// let field = Field { separators: german, percent: false };
/// let value = |v| Number::new(v).map(Quantity::Absolute);
/// let step = |v| Number::new(v).map(Quantity::Step);
///
/// assert_eq!(parse("1.234,5", &field)?, value(1234.5)?);
/// assert_eq!(parse("€ 1,2 m", &field)?, value(1_200_000.0)?);
/// assert_eq!(parse("-5", &field)?, value(-5.0)?);
/// assert_eq!(parse("+5", &field)?, step(5.0)?);
/// assert_eq!(parse("-=5", &field)?, step(-5.0)?);
///
/// assert_eq!(
///     parse("1.5", &field),
///     Err(QuantityError::Ambiguous { write: vec!["1,5".to_owned()] })
/// );
/// assert_eq!(parse("30%", &field), Err(QuantityError::PercentWithoutPercentUnit));
/// assert_eq!(parse("5 days", &field), Err(QuantityError::UnexpectedText("days".to_owned())));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn parse(text: &str, field: &Field) -> Result<Quantity, QuantityError> {
    let text = text.trim();
    if text.chars().nth(MAX_CHARS).is_some() {
        return Err(QuantityError::TooLong);
    }
    let plain: String = text.chars().filter_map(plain_char).collect();
    let plain = plain.trim();
    if plain.is_empty() {
        return Err(QuantityError::Empty);
    }

    // The currency may stand on either side of the sign: "-$5", "CHF -5".
    let (mut before, rest) = take_unit(plain);
    let (sign, mut rest) = take_sign(rest);
    if before.is_none() {
        (before, rest) = take_unit(rest);
    }
    let head = plain.strip_suffix(rest).unwrap_or_default();
    let (body, tail) = split_body(rest, field.separators);
    if !body.contains(|c: char| c.is_ascii_digit()) {
        return Err(match rest {
            "" | "." | "," => QuantityError::NoDigits,
            _ => QuantityError::UnexpectedText(rest.to_owned()),
        });
    }
    let (exponent, rest) = take_multiplier(tail.trim_start());
    let (after, rest) = take_unit(rest);
    if !rest.is_empty() {
        return Err(QuantityError::UnexpectedText(rest.to_owned()));
    }
    if !field.percent && [before, after].contains(&Some(Unit::Percent)) {
        return Err(QuantityError::PercentWithoutPercentUnit);
    }

    let Some(decimal) = read(body, field.separators) else {
        return Err(unclear(head, body, tail, field.separators));
    };
    let minus = if sign.negative { "-" } else { "" };
    let Decimal { whole, fraction } = decimal;
    // The multiplier goes into the text: 1.1 * 1000.0 would be 1100.0000000000002.
    let text = match (whole.trim_start_matches('0'), fraction.as_str()) {
        ("", fraction) => format!("{minus}0.{fraction}0e{exponent}"),
        (whole, fraction) => format!("{minus}{whole}.{fraction}0e{exponent}"),
    };
    let value = double(&text).ok_or_else(|| QuantityError::Malformed(body.to_owned()))?;
    number(value).map(if sign.step { Quantity::Step } else { Quantity::Absolute })
}

/// The value is finite: [`MAX_CHARS`] digits and a billion are far from the largest `f64`.
fn number(value: f64) -> Result<Number, QuantityError> {
    Number::new(value).map_err(|_| QuantityError::TooLarge)
}

#[cfg(test)]
mod tests;
