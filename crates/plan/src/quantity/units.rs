//! What may stand before and behind a number: its unit, a multiple, a currency, the per cent sign.

use super::{
    Field, QuantityError,
    digits::plain_char,
    multiples::{is_no_unit, take_multiple},
};
use crate::Unit;

/// A sign that says what is counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Sign {
    Currency,
    Percent,
}

/// What the text behind the digits means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Behind<'a> {
    /// A power of ten, and the word that names what is counted.
    Clear { exponent: i32, unit: &'a str },
    /// A letter that is a unit or a multiple, and how the multiple can only be read.
    Either { multiple: &'static str },
}

/// A currency or per cent sign at the start, and what follows.
pub(super) fn take_sign_of_unit(text: &str) -> (Option<Sign>, &str) {
    let (sign, length) = match text.chars().next() {
        Some('%') => (Sign::Percent, 1),
        Some(c) if is_currency_sign(c) => (Sign::Currency, c.len_utf8()),
        _ if is_currency_code(leading_letters(text)) => (Sign::Currency, 3),
        _ => return (None, text),
    };
    (Some(sign), text.get(length..).unwrap_or_default().trim_start())
}

/// What stands behind the digits; `before` stands before them. The field's own unit comes first: where metres or minutes
/// are counted, the letter in "5 m" is the unit.
pub(super) fn behind<'a>(tail: &'a str, before: Option<Sign>, field: &Field) -> Result<Behind<'a>, QuantityError> {
    let own: String = field.unit.unwrap_or_default().chars().filter_map(plain_char).collect();
    if !tail.is_empty() && is_own(tail, &own) {
        return Ok(Behind::Clear { exponent: 0, unit: tail });
    }
    let (multiple, rest) = take_multiple(tail, &own);
    let (after, rest) = take_sign_of_unit(rest);
    let signs = [before, after];
    let is_unit = || after.is_none() && (is_own(rest, &own) || field.unit == Some("") && is_word(rest));
    if !rest.is_empty() && !is_unit() {
        let other = !own.is_empty() && is_word(rest);
        return Err(match field.unit.filter(|_| other) {
            Some(unit) => QuantityError::OtherUnit { typed: rest.to_owned(), unit: unit.to_owned() },
            None => QuantityError::UnexpectedText(rest.to_owned()),
        });
    }
    if own != "%" && signs.contains(&Some(Sign::Percent)) {
        return Err(QuantityError::PercentWithoutPercentUnit);
    }
    let Some(multiple) = multiple else { return Ok(Behind::Clear { exponent: 0, unit: rest }) };
    let of_money = signs.contains(&Some(Sign::Currency)) || is_money(&own);
    match multiple.clear {
        // A unit behind it says that it is none itself.
        Some(clear) if rest.is_empty() && !(of_money && multiple.clear_of_money) => {
            Ok(Behind::Either { multiple: clear })
        }
        _ => Ok(Behind::Clear { exponent: multiple.exponent, unit: rest }),
    }
}

/// Equal but for the case of ASCII letters: the page brings no tables of others.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

pub(super) fn leading_letters(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphabetic());
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// Only capitals, so that words such as "day" or "mio" are not taken for one.
pub(super) fn is_currency_code(letters: &str) -> bool {
    letters.len() == 3 && letters.bytes().all(|b| b.is_ascii_uppercase()) && !is_no_unit(letters)
}

/// Unicode keeps all but the oldest currency signs in one block.
fn is_currency_sign(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '\u{20a0}'..='\u{20cf}')
}

fn is_money(unit: &str) -> bool {
    unit.contains(is_currency_sign) || is_currency_code(leading_letters(unit))
}

/// Whether a text names the unit `own`: the unit, its beginning ("h" of "hours"), or the word in another form ("books" of
/// "book").
pub(crate) fn is_own(text: &str, own: &str) -> bool {
    /// "book" and "books", "Paar" and "Paare"; shorter words are the beginnings of too many others.
    const WORD: usize = 3;
    /// The letters of an ending.
    const ENDING: usize = 2;
    let begins = |long: &str, short: &str| long.get(..short.len()).is_some_and(|start| is_same(start, short));
    if is_currency_code(own) {
        // "5k" of KES are thousands.
        return is_same(text, own);
    }
    let ending = text.len().saturating_sub(own.len());
    begins(own, text) || own.chars().nth(WORD - 1).is_some() && begins(text, own) && ending <= ENDING
}

/// Whether a text could be a unit: words, none of which is a number.
fn is_word(text: &str) -> bool {
    let part_of = |c: char| is_letter(c) || matches!(c, ' ' | '/' | '.' | '-' | '\'' | '²' | '³');
    text.starts_with(is_letter)
        && text.chars().all(part_of)
        && text.chars().nth(Unit::MAX).is_none()
        && !text.split(|c: char| !is_letter(c)).any(is_no_unit)
}

/// A letter, or what else is written like one. The page brings no table of letters: beyond ASCII, all is taken for one
/// but fractions and signs.
pub(super) fn is_letter(c: char) -> bool {
    let is_sign = || is_currency_sign(c) || matches!(c, '\u{2150}'..='\u{218f}');
    c.is_ascii_alphabetic() || c == '°' || c > '\u{bf}' && !is_sign()
}
