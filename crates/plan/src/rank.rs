//! Places in a manual order.

use serde_json::{Value, json};

use crate::{
    Invalid,
    json::{Json, Node, Problems},
};

/// A place in a manual order. Between any two there is always another one.
///
/// A rank is a fraction between 0 and 1 in base 36, as text that sorts like its value: it never ends in `0`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank(String);

impl Default for Rank {
    /// The middle.
    fn default() -> Self {
        Self("i".to_owned())
    }
}

impl Rank {
    /// The longest text: far more than people reach by hand.
    pub const MAX: usize = 2_000;

    /// A place after `before` and before `after`; at the very end or start where one is missing. Where the two are
    /// not in order, just after `before`.
    #[must_use]
    pub fn between(before: Option<&Self>, after: Option<&Self>) -> Self {
        let low = before.map_or("", |rank| rank.0.as_str());
        let mut high = after.map(|rank| rank.0.as_str()).filter(|high| *high > low);
        if before.is_none() && high.is_none() {
            return Self::default();
        }
        let at_start = before.is_none();
        let at_end = high.is_none();
        let digit = |text: &str, index: usize| text.as_bytes().get(index).map_or(0, |byte| value_of(*byte));
        let mut place = String::new();
        for index in 0.. {
            let (from, to) = (digit(low, index), high.map_or(BASE, |high| digit(high, index)));
            // One step beyond the only neighbour, since lists mostly grow at their ends; halfway between two.
            let middle = match (at_start, at_end) {
                (true, _) => to.saturating_sub(1),
                (_, true) => from + 1,
                _ => from.midpoint(to),
            };
            if from < middle && middle < to {
                place.push(letter_of(middle));
                break;
            }
            place.push(letter_of(from));
            if from < to {
                high = None;
            }
        }
        Self(place)
    }
}

/// Ranks are written in base 36.
const BASE: u8 = 36;

fn value_of(letter: u8) -> u8 {
    match letter {
        b'0'..=b'9' => letter - b'0',
        _ => letter.saturating_sub(b'a').min(25) + 10,
    }
}

fn letter_of(value: u8) -> char {
    char::from(if value < 10 { b'0' + value } else { b'a' + value - 10 })
}

impl Json for Rank {
    fn write(&self) -> Value {
        Value::String(self.0.clone())
    }

    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        node.parse(problems, |text| {
            let letters = text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase());
            let fits = !text.is_empty() && text.len() <= Self::MAX && letters && !text.ends_with('0');
            fits.then(|| Self(text.to_owned())).ok_or(Invalid::Rank)
        })
    }

    fn check(&self) -> Result<(), Invalid> {
        if self.0.len() <= Self::MAX { Ok(()) } else { Err(Invalid::Rank) }
    }

    fn schema() -> Value {
        json!({"type": "string", "pattern": "^[0-9a-z]*[1-9a-z]$", "maxLength": Self::MAX})
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_always_a_place_between_any_two() {
        let start = vec![Rank::default()];
        let grow = |pick: fn(usize, usize) -> usize| {
            let mut order = start.clone();
            for turn in 0..600 {
                let at = pick(turn, order.len());
                let before = at.checked_sub(1).map(|index| &order[index]);
                let rank = Rank::between(before, order.get(at));
                order.insert(at, rank);
                assert!(order.is_sorted_by(|a, b| a < b), "turn {turn} at {at}");
            }
            order.iter().map(|rank| rank.0.len()).max().unwrap()
        };
        assert!(grow(|_, len| len) < 40, "at the end");
        assert!(grow(|_, _| 0) < 40, "at the start");
        assert!(grow(|_, len| len / 2) < 400, "in the middle");
        assert!(grow(|turn, len| turn * 7919 % (len + 1)) < 40, "anywhere");
    }

    #[test]
    fn ranks_that_are_out_of_order_do_no_harm() {
        let (low, high) = (Rank("b".to_owned()), Rank("x".to_owned()));
        assert!(Rank::between(Some(&high), Some(&low)) > high);
        assert!(Rank::between(Some(&low), Some(&low)) > low);
    }
}
