//! What is decided about one objective: score, reason, outcome, lesson.

use bearings_plan::{
    ObjectiveId, ObjectiveReport, Outcome, Prose, Score, Verdict,
    quantity::{Field, Quantity, parse},
};
use serde_json::{Value, json};

use crate::{
    reactive::RwSignal,
    ui::components::field::Input,
    web::intl,
    words::{errors, guards, review as words},
};

/// What was typed about an objective. What was not touched follows the suggestions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    score: Option<String>,
    outcome: Option<Outcome>,
    reason: String,
    learned: String,
}

impl Said {
    /// As data, to outlive a reload.
    pub fn write(&self) -> Value {
        json!({
            "score": self.score,
            "outcome": self.outcome.map(Outcome::word),
            "reason": self.reason,
            "learned": self.learned,
        })
    }

    /// From [`Said::write`]; what is nothing of the kind says nothing.
    pub fn read(value: &Value) -> Self {
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        Self {
            score: text("score").map(str::to_owned),
            outcome: text("outcome").and_then(Outcome::from_word),
            reason: text("reason").unwrap_or_default().to_owned(),
            learned: text("learned").unwrap_or_default().to_owned(),
        }
    }
}

impl From<Verdict> for Said {
    fn from(verdict: Verdict) -> Self {
        Self {
            score: Some(verdict.score.map(typed).unwrap_or_default()),
            outcome: Some(verdict.outcome),
            reason: verdict.reason.to_string(),
            learned: verdict.learned.to_string(),
        }
    }
}

/// A score as the reader types it.
pub fn typed(score: Score) -> String {
    words::in_figures(score)
}

/// The score that the numbers suggest, as it is read.
pub fn suggested(report: &ObjectiveReport) -> Option<Score> {
    report.suggested_score()
}

/// The fields of one objective.
#[derive(Debug, Clone, Copy)]
pub struct Judged {
    /// Which objective.
    pub id: ObjectiveId,
    /// The score's field. What it holds is in `typed`.
    pub score: Input,
    /// What stands in the score's field, once somebody touched it.
    pub typed: RwSignal<Option<String>>,
    /// What became of it, once somebody chose.
    pub outcome: RwSignal<Option<Outcome>>,
    /// Whether that is missing.
    pub outcome_field: Input,
    pub reason: Input,
    pub learned: Input,
}

impl Judged {
    pub fn new(id: ObjectiveId, said: Said) -> Self {
        Self {
            id,
            score: Input::new(""),
            typed: RwSignal::new(said.score),
            outcome: RwSignal::new(said.outcome),
            outcome_field: Input::new(""),
            reason: Input::new(said.reason),
            learned: Input::new(said.learned),
        }
    }

    /// All of it, tracked.
    pub fn said(&self) -> Said {
        Said {
            score: self.typed.get(),
            outcome: self.outcome.get(),
            reason: self.reason.text.get(),
            learned: self.learned.text.get(),
        }
    }

    /// What stands in the score's field, tracked.
    pub fn text(&self, suggested: Option<Score>) -> String {
        self.typed.get().unwrap_or_else(|| suggested.map(typed).unwrap_or_default())
    }

    /// The score as far as it is understood, tracked.
    pub fn score(&self, suggested: Option<Score>) -> Option<Score> {
        understood(&self.text(suggested))
    }

    /// The score that the numbers suggest, where another one is decided. Tracked.
    pub fn contradicts(&self, suggested: Option<Score>) -> Option<Score> {
        let decided = self.score(suggested)?.in_hundredths(&[]);
        suggested.filter(|suggested| *suggested != decided)
    }

    /// What a reason is asked for, if for anything. Tracked.
    pub fn asked(&self, suggested: Option<Score>, outcome: Option<Outcome>, guard_broken: bool) -> Option<Asked> {
        let otherwise = self.contradicts(suggested);
        match guard_broken && outcome == Some(Outcome::Achieved) {
            true => Some(Asked::Guard { otherwise }),
            false => otherwise.map(Asked::Otherwise),
        }
    }

    /// The verdict; none where something is missing, which its field then says.
    pub fn read(&self, report: &ObjectiveReport, guard_broken: bool) -> Option<Verdict> {
        let (suggested, outcome) = (suggested(report), self.outcome.get_untracked());
        let outcome = outcome.or_else(|| report.outcome_of(self.score(suggested)));
        self.outcome_field.error.set(outcome.is_none().then(|| words::outcome_needed().to_owned()));
        let text = self.text(suggested);
        // What was put off or given up, and what has no number, may go without a score.
        let may_be_empty = suggested.is_none() || matches!(outcome, Some(Outcome::Postponed | Outcome::Cancelled));
        let score = match understood(&text) {
            None if text.is_empty() && may_be_empty => Some(None),
            None => {
                self.score.error.set(Some(words::score_needed().to_owned()));
                None
            }
            score => {
                self.score.error.set(None);
                Some(score)
            }
        };
        let reason = match self.asked(suggested, outcome, guard_broken) {
            Some(asked) => self.reason.read(|text| match Prose::new(text).map_err(errors::text)? {
                empty if empty.is_empty() => Err(asked.missing()),
                reason => Ok(reason),
            }),
            None => Some(Prose::default()),
        };
        let learned = self.learned.prose();
        Some(Verdict { score: score?, outcome: outcome?, reason: reason?, learned: learned? })
    }
}

/// What somebody has to give a reason for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Another score than this one is decided, which the numbers suggest.
    Otherwise(Score),
    /// It is a success although a guard is broken, and perhaps with another score than suggested.
    Guard { otherwise: Option<Score> },
}

impl Asked {
    /// The question.
    pub fn label(self) -> String {
        match self {
            Self::Otherwise(suggested) => words::why_not(suggested),
            Self::Guard { otherwise: None } => guards::why_green().to_owned(),
            Self::Guard { otherwise: Some(suggested) } => guards::why_not_and_green(&words::in_figures(suggested)),
        }
    }

    /// What is said where there is no answer.
    fn missing(self) -> String {
        match self {
            Self::Otherwise(suggested) => words::reason_needed(suggested),
            Self::Guard { .. } => guards::green_needs_reason().to_owned(),
        }
    }
}

/// A number from 0 to 1, as the reader writes it.
fn understood(text: &str) -> Option<Score> {
    let separators = intl::separators();
    match parse(text, &Field { separators, unit: None }) {
        Ok(Quantity::Absolute(number)) => Score::new(number).ok(),
        _ => None,
    }
}
