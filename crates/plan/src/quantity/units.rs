//! What may stand before and behind a number: currencies and the per cent sign.

/// Three capitals that are no currency. Ignoring the first row would be wrong by a factor of
/// thousands: they are multipliers in other languages.
const NOT_CURRENCIES: [&str; 13] = [
    "TSD", "MIL", "MIO", "MLN", "MLD", "MRD", "BIL", "BIO", "BLN", "TRN", //
    "PCT", "INF", "NAN",
];

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Unit {
    Currency,
    Percent,
}

/// A currency or per cent sign at the start, and what follows.
pub(super) fn take_unit(text: &str) -> (Option<Unit>, &str) {
    let (unit, length) = match text.chars().next() {
        Some('%') => (Unit::Percent, 1),
        // Unicode keeps all but the oldest currency signs in one block.
        Some(c @ ('$' | '£' | '¥' | '\u{20a0}'..='\u{20cf}')) => (Unit::Currency, c.len_utf8()),
        _ if is_currency_code(leading_letters(text)) => (Unit::Currency, 3),
        _ => return (None, text),
    };
    (Some(unit), text.get(length..).unwrap_or_default().trim_start())
}

pub(super) fn leading_letters(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphabetic());
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// Only capitals, so that words such as "day" or "mio" are not taken for one.
pub(super) fn is_currency_code(letters: &str) -> bool {
    letters.len() == 3 && letters.bytes().all(|b| b.is_ascii_uppercase()) && !NOT_CURRENCIES.contains(&letters)
}
