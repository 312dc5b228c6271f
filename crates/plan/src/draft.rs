//! What is typed of a check-in, and the check-in that it comes to: one rule, wherever one checks in.

use crate::{Answer, CheckIn, Confidence, Due, LastSaid, Number, Plan, Prose, Written};

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
    /// A reading is a number, with or without a note.
    NoValue,
    /// Another value is typed, so that it is not said that nothing has changed.
    Changed,
    /// Nothing was said before that could be as it was.
    NothingBefore,
}

impl Draft {
    /// The check-in that it comes to. Value, confidence or note is one, each by itself; a reading has its value. A box
    /// that shows what was so before says nothing, unless the check-in corrects one that has a value, `there`.
    ///
    /// # Errors
    /// [`Incomplete`]: what is missing.
    pub fn complete(
        self,
        of: Due,
        answer: Answer,
        last: &LastSaid,
        there: Option<Number>,
    ) -> Result<CheckIn, Incomplete> {
        let value = match answer {
            Answer::Number => self.value,
            Answer::Done => (there.is_some() || self.changes(answer, last)).then(|| Number::from_done(self.done)),
            Answer::Silent => None,
        };
        let has_words = self.confidence.is_some() || !self.note.is_empty();
        match (of, value) {
            (Due::Kpi(_), None) => Err(Incomplete::NoValue),
            (_, None) if !has_words => Err(Incomplete::Nothing),
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

    /// Whether nothing is typed.
    #[must_use]
    pub fn is_empty(&self, answer: Answer, last: &LastSaid) -> bool {
        !self.changes(answer, last) && self.confidence.is_none() && self.note.is_empty()
    }

    /// The same without its value.
    #[must_use]
    pub fn without_value(self, last: &LastSaid) -> Self {
        Self { value: None, done: last.is_done(), ..self }
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

impl Plan {
    /// The value that an earlier check-in wrote, as it is now.
    #[must_use]
    pub fn value_written(&self, written: &Written) -> Option<Number> {
        let check_in = written.check_in.and_then(|(of, key)| self.key_results.get(of)?.check_ins.get(&key)?.value);
        let reading = || written.reading.and_then(|(of, key)| Some(self.kpis.get(of)?.readings.get(&key)?.value));
        check_in.or_else(reading)
    }
}
