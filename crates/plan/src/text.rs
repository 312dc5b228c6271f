//! Texts that people write, with their caps.

use std::fmt;

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

/// A one-line name: trimmed, 1 to [`Name::MAX`] characters, line breaks and other control characters become blanks.
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
    /// [`TextError`] if nothing is left after trimming, or too much.
    pub fn new(text: &str) -> Result<Self, TextError> {
        let line = one_line(text);
        if line.is_empty() {
            return Err(TextError::Empty);
        }
        capped(line, Self::MAX).map(Self)
    }

    /// The text made to fit: cut after [`Name::MAX`] characters, a dash where nothing is left.
    #[must_use]
    pub fn fitted(text: &str) -> Self {
        let line: String = one_line(text).chars().take(Self::MAX).collect();
        Self(if line.is_empty() { "–".to_owned() } else { line.trim_end().to_owned() })
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
        capped(text.trim().to_owned(), Self::MAX).map(Self)
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

fn one_line(text: &str) -> String {
    let blanked: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
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
    fn units_know_percent_and_currencies() {
        assert!(Unit::new("%").unwrap().is_percent());
        assert_eq!(Unit::new("EUR").unwrap().currency(), Some("EUR"));
        assert_eq!(Unit::new("bpm").unwrap().currency(), None);
    }
}
