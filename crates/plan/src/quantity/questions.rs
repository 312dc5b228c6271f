//! What can be read in more than one way, and how to write each of them.

use super::{
    QuantityError, Separators,
    digits::{Decimal, read_with},
};

/// The error for digits the locale does not write like this: what they are in other locales, put
/// the way of this one.
pub(super) fn unclear(head: &str, body: &str, tail: &str, separators: Separators) -> QuantityError {
    let write: Vec<String> = [('.', ','), (',', '.')]
        .into_iter()
        .filter_map(|(decimal, group)| read_with(body, decimal, group))
        .map(|Decimal { whole, fraction }| {
            let whole = if whole.is_empty() { "0" } else { &whole };
            match fraction.as_str() {
                "" => format!("{head}{whole}{tail}"),
                _ => format!("{head}{whole}{}{fraction}{tail}", separators.decimal),
            }
        })
        .collect();
    if write.is_empty() { QuantityError::Malformed(body.to_owned()) } else { QuantityError::Ambiguous { write } }
}
