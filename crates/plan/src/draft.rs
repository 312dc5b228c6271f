//! What is typed of a check-in, and the check-in that it comes to: one rule, wherever one checks in.

use crate::{Answer, CheckIn, Confidence, Due, LastSaid, Number, Prose};

/// What is typed so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// The number, where one is asked for.
    pub value: Option<Number>,
    /// Whether the box is ticked, of what is done or not.
    pub done: bool,
    /// How sure one is.
    pub confidence: Option<Confidence>,
    /// What there is to say.
    pub note: Prose,
}

/// Why a draft is no check-in yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Incomplete {
    /// Nothing is typed.
    Nothing,
    /// A reading is a number: a note alone is none.
    NoValue,
    /// Another value is typed, so that it is not said that nothing has changed.
    Changed,
    /// Nothing was said before that could be as it was.
    NothingBefore,
}

impl Draft {
    /// The check-in that it comes to. Value, confidence or note is one, each by itself; a reading has its value. A box
    /// that shows what was so before says nothing.
    ///
    /// # Errors
    /// [`Incomplete`]: what is missing.
    pub fn complete(self, of: Due, answer: Answer, last: &LastSaid) -> Result<CheckIn, Incomplete> {
        let value = match answer {
            Answer::Number => self.value,
            Answer::Done => self.changes(answer, last).then(|| Number::from_done(self.done)),
            Answer::Silent => None,
        };
        let has_words = self.confidence.is_some() || !self.note.is_empty();
        match (of, value) {
            (_, None) if !has_words => Err(Incomplete::Nothing),
            (Due::Kpi(_), None) => Err(Incomplete::NoValue),
            _ => Ok(CheckIn { value, confidence: self.confidence, note: self.note }),
        }
    }

    /// The check-in which says that nothing has changed: value and confidence as they were, unless another confidence is
    /// given, with the note.
    ///
    /// # Errors
    /// [`Incomplete`]: something has changed, or there is nothing to repeat.
    pub fn unchanged(self, answer: Answer, last: &LastSaid) -> Result<CheckIn, Incomplete> {
        if self.changes(answer, last) {
            return Err(Incomplete::Changed);
        }
        let row = last.unchanged.as_ref().ok_or(Incomplete::NothingBefore)?;
        Ok(CheckIn { value: row.value, confidence: self.confidence.or(row.confidence), note: self.note })
    }

    /// Whether another value is typed, or another state of the box, than the last one.
    #[must_use]
    pub fn changes(&self, answer: Answer, last: &LastSaid) -> bool {
        match answer {
            Answer::Number => self.value.is_some(),
            Answer::Done => self.done != last.is_done(),
            Answer::Silent => false,
        }
    }
}

impl LastSaid {
    /// Whether it was done, of what is done or not.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.value.is_some_and(Number::is_done)
    }
}
