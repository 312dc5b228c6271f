//! Numbers of a table: one way to write them, which the table itself mostly tells.

use crate::{
    Number,
    quantity::{self, Field, Quantity, QuantityError, Separators},
};

/// The sign before the fraction. The other one groups thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimal {
    /// `3,637,839.5`
    Point,
    /// `3.637.839,5`
    Comma,
}

/// What one number tells about the way in which all are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tells {
    /// It is the same number both ways, or none.
    Nothing,
    /// It can only be read like this.
    This(Decimal),
    /// It is one number or another.
    Either {
        /// With a point before the fraction.
        point: Number,
        /// With a comma.
        comma: Number,
    },
}

/// Reads a number as [`quantity::parse`] does, where parentheses make it negative, as accountants write, and a `+` does
/// not make it a step.
pub(super) fn read(text: &str, decimal: Decimal, percent: bool) -> Result<Number, QuantityError> {
    let separators = match decimal {
        Decimal::Point => Separators { decimal: '.', group: ',' },
        Decimal::Comma => Separators { decimal: ',', group: '.' },
    };
    let text = text.trim();
    let within = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let plain = within.or_else(|| text.strip_prefix('+')).unwrap_or(text);
    let number = match quantity::parse(plain, &Field { separators, unit: percent.then_some("%") })? {
        Quantity::Absolute(number) => number,
        Quantity::Step(_) => return Err(QuantityError::Malformed(text.to_owned())),
    };
    match within {
        Some(_) if number < Number::ZERO => Err(QuantityError::Malformed(text.to_owned())),
        Some(_) => Number::new(-number.get()).map_err(|_| QuantityError::TooLarge),
        None => Ok(number),
    }
}

pub(super) fn tells(text: &str) -> Tells {
    match (read(text, Decimal::Point, true), read(text, Decimal::Comma, true)) {
        (Ok(point), Ok(comma)) if point != comma => Tells::Either { point, comma },
        (Ok(_), Err(_)) => Tells::This(Decimal::Point),
        (Err(_), Ok(_)) => Tells::This(Decimal::Comma),
        _ => Tells::Nothing,
    }
}

/// Whether it is a number in one way or the other.
pub(super) fn is_number(text: &str) -> bool {
    read(text, Decimal::Point, true).is_ok() || read(text, Decimal::Comma, true).is_ok()
}
