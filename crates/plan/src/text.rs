//! Texts that people write, with their caps.
//!
//! None of them turns the direction of the text around it: characters that override or embed a direction are left out.

use std::fmt;

use unicode_segmentation::UnicodeSegmentation as _;

/// Letters and marks that nobody sees, by the ranges of Unicode's `Default_Ignorable_Code_Point`.
const INVISIBLE: [(char, char); 15] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{202a}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fff8}'),
    ('\u{e0000}', '\u{e0fff}'),
];

/// Why a text cannot stand where it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but blanks.
    #[error("empty")]
    Empty,
    /// More characters than allowed.
    #[error("longer than {max} characters")]
    TooLong {
        /// The most characters that fit.
        max: usize,
    },
}

/// A one-line name with something to see: trimmed, 1 to [`Name::MAX`] characters, line breaks and other control characters become blanks.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

/// A text of any number of lines: trimmed, up to [`Prose::MAX`] characters, may be empty.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prose(String);

/// What a number counts: `""`, `%`, a currency (`EUR`), or any short text (`pairs`), up to [`Unit::MAX`] characters.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit(String);

impl Name {
    /// The most characters in a name.
    pub const MAX: usize = 300;

    /// # Errors
    /// [`TextError`] if nothing that can be seen is left after trimming, or too much.
    pub fn new(text: &str) -> Result<Self, TextError> {
        let line = one_line(text);
        if line.chars().all(is_invisible) {
            return Err(TextError::Empty);
        }
        capped(line, Self::MAX).map(Self)
    }

    /// A name from a file or a store. Earlier versions of the page took names that cannot be seen: those are a dash.
    pub(crate) fn stored(text: &str) -> Result<Self, TextError> {
        let line = text.chars().any(|c| !c.is_control() && !c.is_whitespace());
        Self::new(text)
            .or_else(|error| if error == TextError::Empty && line { Ok(Self::fitted("")) } else { Err(error) })
    }

    /// The text made to fit: cut between two characters as people see them, so that [`Name::MAX`] code points are left at
    /// most; a dash where there is nothing to see.
    #[must_use]
    pub fn fitted(text: &str) -> Self {
        let line = one_line(text);
        let mut room = Self::MAX;
        let fits = |seen: &&str| {
            let rest = room.checked_sub(seen.chars().count());
            room = rest.unwrap_or(0);
            rest.is_some()
        };
        let line: String = line.graphemes(true).take_while(fits).collect();
        Self(if line.chars().all(is_invisible) { "–".to_owned() } else { line.trim_end().to_owned() })
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Prose {
    /// The most characters in a text.
    pub const MAX: usize = 10_000;

    /// # Errors
    /// [`TextError::TooLong`].
    pub fn new(text: &str) -> Result<Self, TextError> {
        capped(undirected(text).trim().to_owned(), Self::MAX).map(Self)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Unit {
    /// The most characters in a unit.
    pub const MAX: usize = 20;

    /// # Errors
    /// [`TextError::TooLong`].
    pub fn new(text: &str) -> Result<Self, TextError> {
        capped(one_line(text), Self::MAX).map(Self)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether values are percentages: `30 %` is the number 30.
    #[must_use]
    pub fn is_percent(&self) -> bool {
        self.0 == "%"
    }

    /// The currency code, where the unit is three capitals.
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        let code = self.0.len() == 3 && self.0.bytes().all(|byte| byte.is_ascii_uppercase());
        code.then_some(self.0.as_str())
    }
}

/// The text without what overrides, embeds or isolates a direction.
fn undirected(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')).collect()
}

fn is_invisible(c: char) -> bool {
    c.is_whitespace() || INVISIBLE.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

fn one_line(text: &str) -> String {
    let blanked: String = undirected(text).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    blanked.trim().to_owned()
}

fn capped(text: String, max: usize) -> Result<String, TextError> {
    // A byte count that fits needs no counting of characters.
    if text.len() <= max || text.chars().count() <= max { Ok(text) } else { Err(TextError::TooLong { max }) }
}

macro_rules! shown_as_text {
    ($($type:ident)*) => {$(
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }
    )*};
}

shown_as_text!(Name Prose Unit);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_trimmed_line() {
        assert_eq!(Name::new("  Grow\nrevenue ").unwrap().as_str(), "Grow revenue");
        assert_eq!(Name::new(" \n "), Err(TextError::Empty));
        assert_eq!(Name::new(&"é".repeat(300)).unwrap().as_str().chars().count(), 300);
        assert_eq!(Name::new(&"é".repeat(301)), Err(TextError::TooLong { max: 300 }));
        assert_eq!(Name::fitted(&"é".repeat(301)).as_str(), "é".repeat(300));
        assert_eq!(Name::fitted(" \n ").as_str(), "–");
    }

    #[test]
    fn no_text_turns_the_direction_of_what_stands_around_it() {
        let turned = "\u{202e}50% off\u{202c} \u{2067}week\u{2069}";
        assert_eq!(Name::new(turned).unwrap().as_str(), "50% off week");
        assert_eq!(Name::fitted(turned).as_str(), "50% off week");
        assert_eq!(Prose::new(turned).unwrap().as_str(), "50% off week");
        assert_eq!(Unit::new("\u{202e}km").unwrap().as_str(), "km");
        // What people need for their own languages stays: marks of direction, joiners, Arabic.
        for kept in ["مرحبا 50%", "\u{200f}(شركة)", "👨\u{200d}👩\u{200d}👧", "می\u{200c}خواهم"] {
            assert_eq!(Name::new(kept).unwrap().as_str(), kept);
        }
    }

    #[test]
    fn a_name_that_cannot_be_seen_is_none() {
        for unseen in ["\u{200b}", " \u{200b}\u{2060}\u{feff} ", "\u{202e}", "\u{3164}\u{ad}"] {
            assert_eq!(Name::new(unseen), Err(TextError::Empty), "{unseen:?}");
            assert_eq!(Name::stored(unseen).unwrap().as_str(), "–", "{unseen:?}");
            assert_eq!(Name::fitted(unseen).as_str(), "–", "{unseen:?}");
        }
        for nothing in ["", " \n ", "\u{7}"] {
            assert_eq!(Name::stored(nothing), Err(TextError::Empty), "{nothing:?}");
        }
    }

    #[test]
    fn a_cut_keeps_whole_characters() {
        let (letters, family) = ("a".repeat(298), "👨\u{200d}👩\u{200d}👧");
        assert_eq!(Name::fitted(&format!("{letters}{family}")).as_str(), letters);
        assert_eq!(
            Name::fitted(&format!("{}{family}b", &letters[..295])).as_str(),
            format!("{}{family}", &letters[..295])
        );
        assert_eq!(Name::fitted(&format!("{}e\u{301}", "a".repeat(299))).as_str(), "a".repeat(299));
    }

    #[test]
    fn units_know_percent_and_currencies() {
        assert!(Unit::new("%").unwrap().is_percent());
        assert_eq!(Unit::new("EUR").unwrap().currency(), Some("EUR"));
        assert_eq!(Unit::new("bpm").unwrap().currency(), None);
    }
}
