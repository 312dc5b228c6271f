//! What can be read in more than one way, and how to write each of them.

use super::{
    QuantityError, Separators,
    digits::{Decimal, read_with},
};

/// What the digits are in other locales, put the way of this one. None where no locale writes them.
pub(super) fn elsewhere(body: &str, separators: Separators) -> Vec<String> {
    [('.', ','), (',', '.')]
        .into_iter()
        .filter_map(|(decimal, group)| read_with(body, decimal, group))
        .map(|Decimal { whole, fraction }| {
            let whole = if whole.is_empty() { "0" } else { &whole };
            match fraction.as_str() {
                "" => whole.to_owned(),
                _ => format!("{whole}{}{fraction}", separators.decimal),
            }
        })
        .collect()
}

/// The question which number is meant: each way to write the digits with each way to write what stands behind them.
pub(super) fn ask(head: &str, digits: &[String], tails: &[&str]) -> QuantityError {
    let with_tails = |digits: &String| tails.iter().map(|tail| format!("{head}{digits}{tail}")).collect::<Vec<_>>();
    QuantityError::Ambiguous { write: digits.iter().flat_map(with_tails).collect() }
}
