//! Letters that multiply.

use super::units::{is_currency_code, leading_letters};

/// Letters of a multiplier, and the power of ten.
const MULTIPLIERS: [(&str, i32); 4] = [("bn", 9), ("b", 9), ("m", 6), ("k", 3)];

/// The power of ten at the start, and what follows. Only a whole word counts, or one before a
/// currency: "12 min" has no "m", nor has "12 MXN", but "12 mEUR" has.
pub(super) fn take_multiplier(text: &str) -> (i32, &str) {
    let letters = leading_letters(text);
    for (multiplier, exponent) in MULTIPLIERS {
        let Some((start, end)) = letters.split_at_checked(multiplier.len()) else {
            continue;
        };
        if start.eq_ignore_ascii_case(multiplier) && (end.is_empty() || is_currency_code(end)) {
            return (exponent, text.get(multiplier.len()..).unwrap_or_default().trim_start());
        }
    }
    (0, text)
}
