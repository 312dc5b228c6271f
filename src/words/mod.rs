//! Every text that the page shows, in one typed catalogue.
//!
//! A text without parts is one line of `words!`; one with parts is a function. Numbers and dates arrive as texts that
//! the browser's Intl has formatted. A further language goes behind these same names: nobody else has to change.

use std::borrow::Cow;

pub mod aside;
pub mod backups;
pub mod board;
pub mod chart;
pub mod check;
pub mod common;
pub mod course;
pub mod definition;
pub mod doubt;
pub mod errors;
pub mod explain;
pub mod find;
pub mod formula;
pub mod frame;
pub mod guards;
pub mod headline;
pub mod initiatives;
pub mod kpis;
pub mod linked;
pub mod measured;
pub mod objectives;
pub mod paste;
pub mod plans;
pub mod review;
pub mod room;
pub mod said;
pub mod shell;
pub mod signal;
pub mod start;
pub mod today;
pub mod walk;

/// Texts without parts: `name: "text";`.
macro_rules! words {
    ($($name:ident: $text:literal;)*) => {$(
        pub fn $name() -> &'static str {
            $text
        }
    )*};
}

use words;

/// "1 objective", "2 objectives".
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// "one objective", "two objectives", "12 objectives", as they stand in a sentence.
pub fn count_spelled(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", spelled(n), if n == 1 { one } else { many })
}

/// Small numbers as words, as they stand in a sentence.
pub fn spelled(n: usize) -> String {
    const WORDS: [&str; 10] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// What people have named, as it stands within a sentence: a name in a script that is written from the right turns nothing
/// but itself. A name in any other script needs no marks for that.
pub fn isolated(name: &str) -> Cow<'_, str> {
    let may_turn = !name.starts_with('\u{2068}') && name.chars().any(is_from_the_right);
    if may_turn { format!("\u{2068}{name}\u{2069}").into() } else { name.into() }
}

/// Hebrew, Arabic and their like, by the blocks that Unicode keeps for them, and the marks that speak of them.
fn is_from_the_right(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// The first letter large, as at the start of a sentence.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    // English needs no more than this, and the tables for every other alphabet are larger than the catalogue.
    letters
        .next()
        .map_or_else(String::new, |first| std::iter::once(first.to_ascii_uppercase()).chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_the_right_turns_nothing_but_itself() {
        assert_eq!(plans::deleted("مرحبا 50%"), "“\u{2068}مرحبا 50%\u{2069}” deleted.");
        assert_eq!(plans::deleted("Größe 目標 📚"), "“Größe 目標 📚” deleted.");
    }
}
