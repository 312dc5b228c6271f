//! Reading a number as a person types it: `1,234.5`, `1.2 k`, `€ 3m`, `30%`, `72.4 kg`, `+5`.
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
//! 3. A multiple: `k` (thousand), `M` (million), `b` or `bn` (billion). `m` is a million of money; elsewhere it could be
//!    metres or minutes, and is a question. So is `t`.
//! 4. The unit, which comes before any multiple: where minutes are counted, `30m` is 30. It may be written in full, by its
//!    beginning or with another ending. Where no unit is known, any word is taken for one.
//!
//! A currency (a sign, or three capital letters such as `EUR`) may stand before or after; it is
//! ignored. So may `%` where the unit is per cent.

mod digits;
mod multiples;
mod questions;
mod steps;
mod units;

use crate::{Number, Unit, decimal::double};
pub(crate) use digits::plain_char;
use digits::{Decimal, read, split_body};
pub(crate) use multiples::is_no_unit;
use questions::{ask, elsewhere};
pub use steps::MAX_STEP_DECIMALS;
use steps::take_sign;
pub(crate) use units::is_own;
use units::{Behind, behind, take_sign_of_unit};

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
pub struct Field<'a> {
    /// How the reader's locale writes numbers.
    pub separators: Separators,
    /// What is counted, as the thing itself says; empty where it says nothing, so that any unit may be typed. None where
    /// no unit can stand: in a formula, in a score.
    ///
    /// Only where it is `%`, `30%` is 30; elsewhere that could be 30 or 0.3.
    pub unit: Option<&'a str>,
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
        /// The whole text as this locale writes it, once for each of its one to four meanings, in
        /// no particular order.
        write: Vec<String>,
    },
    /// A unit, but not the field's.
    #[error("“{typed}” is not {unit}")]
    OtherUnit {
        /// What was typed behind the number.
        typed: String,
        /// What is counted.
        unit: String,
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
/// The result is the number nearest to the decimal text, multiple included: `1.1k` is exactly
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
/// let field = Field { separators: german, unit: Some("books") };
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
/// let other = QuantityError::OtherUnit { typed: "days".to_owned(), unit: "books".to_owned() };
/// assert_eq!(parse("5 days", &field), Err(other));
/// assert_eq!(parse("12 books", &field)?, value(12.0)?);
/// let write = vec!["12".to_owned(), "12M".to_owned()];
/// assert_eq!(parse("12m", &field), Err(QuantityError::Ambiguous { write }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn parse(text: &str, field: &Field) -> Result<Quantity, QuantityError> {
    read_all(text, field).map(|(quantity, _)| quantity)
}

/// The unit that is typed behind a number, for a field that has none yet: `books` of `12 books`.
///
/// None where the text is no number, or nothing but a number.
#[must_use]
pub fn unit_of(text: &str, separators: Separators) -> Option<Unit> {
    let (_, unit) = read_all(text, &Field { separators, unit: Some("") }).ok()?;
    Unit::new(&unit).ok().filter(|unit| !unit.as_str().is_empty())
}

/// The number, and the word behind it.
fn read_all(text: &str, field: &Field) -> Result<(Quantity, String), QuantityError> {
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
    let (mut before, rest) = take_sign_of_unit(plain);
    let (sign, mut rest) = take_sign(rest);
    if before.is_none() {
        (before, rest) = take_sign_of_unit(rest);
    }
    let head = plain.strip_suffix(rest).unwrap_or_default();
    let (body, tail) = split_body(rest, field.separators);
    if !body.contains(|c: char| c.is_ascii_digit()) {
        return Err(match rest {
            "" | "." | "," => QuantityError::NoDigits,
            _ => QuantityError::UnexpectedText(rest.to_owned()),
        });
    }
    let behind = behind(tail.trim_start(), before, field)?;

    let here = read(body, field.separators);
    let (decimal, exponent, unit) = match (here, behind) {
        (Some(decimal), Behind::Clear { exponent, unit }) => (decimal, exponent, unit),
        (here, behind) => {
            let digits = if here.is_some() { vec![body.to_owned()] } else { elsewhere(body, field.separators) };
            return Err(match behind {
                _ if digits.is_empty() => QuantityError::Malformed(body.to_owned()),
                Behind::Clear { .. } => ask(head, &digits, &[tail]),
                Behind::Either { multiple } => ask(head, &digits, &["", multiple]),
            });
        }
    };
    let minus = if sign.negative { "-" } else { "" };
    let Decimal { whole, fraction } = decimal;
    // The multiple goes into the text: 1.1 * 1000.0 would be 1100.0000000000002.
    let text = match (whole.trim_start_matches('0'), fraction.as_str()) {
        ("", fraction) => format!("{minus}0.{fraction}0e{exponent}"),
        (whole, fraction) => format!("{minus}{whole}.{fraction}0e{exponent}"),
    };
    let value = double(&text).ok_or_else(|| QuantityError::Malformed(body.to_owned()))?;
    let quantity = number(value).map(if sign.step { Quantity::Step } else { Quantity::Absolute })?;
    Ok((quantity, unit.to_owned()))
}

/// The value is finite: [`MAX_CHARS`] digits and a billion are far from the largest `f64`.
fn number(value: f64) -> Result<Number, QuantityError> {
    Number::new(value).map_err(|_| QuantityError::TooLarge)
}

#[cfg(test)]
mod tests;
