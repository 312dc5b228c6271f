//! Which KPI is meant while its name is being typed.

use super::{Names, ends_a_name};
use crate::{KpiId, in_order};

/// A name that is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The first of its characters, an opening bracket included.
    pub from: usize,
    /// The one after the last, a closing bracket included.
    pub to: usize,
    /// The name so far.
    pub name: String,
}

/// The name that is being typed where the cursor is; none within a number, and nothing typed yet between signs.
#[must_use]
pub fn typed_at(text: &str, cursor: usize) -> Option<Typed> {
    let text: Vec<char> = text.chars().collect();
    let cursor = cursor.min(text.len());
    let mut bracket = None;
    for (at, c) in text[..cursor].iter().enumerate() {
        match c {
            '[' if bracket.is_none() => bracket = Some(at),
            ']' => bracket = None,
            _ => {}
        }
    }
    if let Some(from) = bracket {
        let to = cursor + usize::from(text.get(cursor) == Some(&']'));
        return Some(Typed { from, to, name: text[from + 1..cursor].iter().collect::<String>().trim().to_owned() });
    }
    let begin = text[..cursor].iter().rposition(|c| ends_a_name(*c)).map_or(0, |at| at + 1);
    let from = begin + text[begin..cursor].iter().take_while(|c| c.is_whitespace()).count();
    // Behind a closing bracket or parenthesis no name can begin.
    let behind_value = begin > 0 && matches!(text[begin - 1], ']' | ')' | '#');
    let number = text.get(from).is_some_and(char::is_ascii_digit);
    let name: String = text[from..cursor].iter().collect();
    let name = name.trim_end().to_owned();
    (!name.is_empty() && !behind_value && !number).then_some(Typed { from, to: cursor, name })
}

impl Names {
    /// The KPIs that a name may become, with what they are called: those that begin so, then those that contain it; each
    /// in alphabetical order. All of them where nothing is typed yet.
    #[must_use]
    pub fn completing(&self, name: &str) -> Vec<(KpiId, String)> {
        let found = self.0.iter().filter_map(|(id, other)| {
            let place = place_in(other.as_str(), name)?;
            Some((place > 0, other.as_str(), *id))
        });
        let found = in_order(found.collect(), |a: &(bool, &str, KpiId), b| a.cmp(b));
        found.into_iter().map(|(_, name, id)| (id, name.to_owned())).collect()
    }
}

/// Where a text holds another one, without regard to the case of Latin letters.
pub(super) fn place_in(text: &str, part: &str) -> Option<usize> {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    if part.is_empty() {
        return Some(0);
    }
    text.windows(part.len()).position(|window| window.eq_ignore_ascii_case(part))
}
