//! What is typed about one thing. It stays while one goes back and forth, and shows what is saved once it is.

use bearings_plan::{Answer, CheckIn, Confidence, Due, Incomplete, Written};

use super::subject::Subject;
use crate::{
    reactive::{Memo, RwSignal, Signal},
    state::Workspace,
    ui::components::{
        doubt::{Doubt, Doubtful, Likely},
        field::{Input, NumberInput},
    },
    web::intl,
    words::{errors, objectives, walk as words},
};

/// What was done with it on this walk. Whether it is still due, the plan says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    #[default]
    Nothing,
    Skipped,
    Unchanged,
}

impl Mark {
    const ALL: [Self; 3] = [Self::Nothing, Self::Skipped, Self::Unchanged];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Skipped => "skipped",
            Self::Unchanged => "unchanged",
        }
    }

    pub fn parse(word: &str) -> Self {
        Self::ALL.into_iter().find(|mark| mark.word() == word).unwrap_or_default()
    }
}

/// What became of saving.
#[derive(Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is written; this is to be said.
    Said(String),
    /// All of it was written before.
    Before,
    /// Something about it is odd, and is asked.
    Asked,
    /// Not: the field says why.
    Wrong,
}

#[derive(Debug, Clone, Copy)]
pub struct Draft {
    pub of: Due,
    /// None once it is gone.
    pub subject: Memo<Option<Subject>>,
    pub value: NumberInput,
    pub done: RwSignal<bool>,
    pub confidence: RwSignal<Option<Confidence>>,
    pub note: Input,
    pub doubt: Doubt,
    pub mark: RwSignal<Mark>,
    /// What this walk wrote of it.
    pub written: RwSignal<Written>,
    /// How it stood when the walk began.
    pub before: &'static str,
}

impl Draft {
    /// Of something that is due; `before` says how it stood when the walk began, if that was not now.
    pub fn new(workspace: Workspace, of: Due, before: Option<&'static str>) -> Self {
        let written = RwSignal::new(Written::default());
        let subject = workspace.read(move |plan, today| Subject::of(plan, of, today, &written.get()));
        let unit = move || subject.with(|it| it.as_ref().map(|it| it.unit.clone()).unwrap_or_default());
        let last = move || subject.with(|it| it.as_ref().and_then(|it| it.last.value));
        let draft = Self {
            of,
            subject,
            value: NumberInput::new(None, Signal::derive(unit), Signal::derive(last)),
            done: RwSignal::new(false),
            confidence: RwSignal::new(None),
            note: Input::new(""),
            doubt: Doubt::new(),
            mark: RwSignal::new(Mark::Nothing),
            written,
            before: before.unwrap_or_else(|| subject.with_untracked(|it| it.as_ref().map_or("", |it| it.status))),
        };
        draft.done.set(draft.was_done());
        draft
    }

    pub fn name(&self) -> String {
        self.subject.with(|it| it.as_ref().map(|it| it.name.clone()).unwrap_or_default())
    }

    pub fn answer(&self) -> Answer {
        self.subject.with(|it| it.as_ref().map(|it| it.answer).unwrap_or_default())
    }

    /// Whether "no change" can be said, tracked: there is something to repeat, and nothing else was typed.
    pub fn can_repeat(&self, is_due: bool) -> bool {
        let repeats = self.subject.with(|it| it.as_ref().is_some_and(|it| it.last.unchanged.is_some()));
        repeats && (!is_due || !self.is_touched())
    }

    /// Whether another value is typed than the last one.
    fn is_touched(&self) -> bool {
        match self.answer() {
            Answer::Number => !self.value.input.text.with(|text| text.trim().is_empty()),
            Answer::Done => self.done.get() != self.subject.with(|it| it.as_ref().is_some_and(|it| it.is_done)),
            Answer::Silent => false,
        }
    }

    /// Puts the cursor where something is wrong.
    pub fn focus_on_error(&self) {
        let wrong = [self.value.input, self.note].into_iter().find(|it| it.error.with_untracked(Option::is_some));
        if let Some(input) = wrong {
            input.focus();
        }
    }

    /// Empties the fields. What is saved stays.
    pub fn empty(&self) {
        for input in [self.value.input, self.note] {
            input.text.set(String::new());
            input.error.set(None);
        }
        self.confidence.set(None);
        self.done.set(self.was_done());
        self.doubt.end();
    }

    /// Puts what was probably meant where it belongs.
    pub fn take(&self, likely: Likely) {
        if let Likely::Value(value) = likely {
            self.value.hold(value);
        }
    }

    /// What is typed; none where something is wrong, which its field then says.
    fn typed(&self, answer: Answer) -> Option<bearings_plan::Draft> {
        let value = if answer == Answer::Number { self.value.number_if_any() } else { Some(None) };
        let (value, note) = (value, self.note.prose());
        let (done, confidence) = (self.done.get_untracked(), self.confidence.get_untracked());
        Some(bearings_plan::Draft { value: value?, done, confidence, note: note? })
    }

    /// Saves what is typed, for today. What is not due any more may be passed over.
    pub fn save(&self, workspace: Workspace, is_due: bool) -> Saved {
        let Some(subject) = self.subject.get_untracked() else { return Saved::Before };
        let Some(typed) = self.typed(subject.answer) else { return Saved::Wrong };
        let nothing = typed.is_empty(subject.answer, &subject.last);
        let there = workspace.shown_now().value_written(&self.written.get_untracked());
        match typed.complete(self.of, subject.answer, &subject.last, there) {
            Ok(row) => self.write(workspace, &subject, row, Mark::Nothing),
            Err(_) if nothing && !is_due => Saved::Before,
            Err(missing) => self.ask(missing, &subject),
        }
    }

    /// Says that nothing has changed: value and confidence are saved as they were, unless another confidence is given.
    pub fn repeat(&self, workspace: Workspace, is_due: bool) -> Saved {
        let Some(subject) = self.subject.get_untracked() else { return Saved::Before };
        let Some(typed) = self.typed(subject.answer) else { return Saved::Wrong };
        // What is saved stands in the fields, and may be said to be unchanged after all.
        let typed = if is_due { typed } else { typed.without_value(&subject.last) };
        match typed.unchanged(subject.answer, &subject.last) {
            Ok(row) => self.write(workspace, &subject, row, Mark::Unchanged),
            Err(missing) => self.ask(missing, &subject),
        }
    }

    fn write(&self, workspace: Workspace, subject: &Subject, row: CheckIn, mark: Mark) -> Saved {
        let written = self.written.get_untracked();
        let there = workspace.shown_now().value_written(&written);
        let what = Doubtful {
            of: self.of,
            value: self.value.typed_now().filter(|(_, value)| {
                subject.answer == Answer::Number && row.value == Some(*value) && there != Some(*value)
            }),
            unit: &subject.unit,
            day: workspace.day_now(),
            dated: false,
            except: &written,
        };
        if !self.doubt.lets_pass(&what, workspace) {
            return Saved::Asked;
        }
        match workspace.check_in(self.of, workspace.day_now(), row.clone(), &written) {
            Ok(now) => {
                self.show(&row);
                self.mark.set(mark);
                let Some(now) = now else { return Saved::Before };
                self.written.set(now);
                let value = row.value.map(|value| match subject.answer {
                    Answer::Done if value.is_done() => objectives::done_short().to_owned(),
                    Answer::Done => objectives::not_done_short().to_owned(),
                    Answer::Number | Answer::Silent => intl::number(value, &subject.unit),
                });
                Saved::Said(words::saved(&subject.name, value.as_deref()))
            }
            Err(error) => {
                self.value.input.error.set(Some(errors::change(error)));
                Saved::Wrong
            }
        }
    }

    /// The fields show what is saved: "+5" has become a number, and "no change" its value.
    fn show(&self, row: &CheckIn) {
        if let Some(value) = row.value {
            self.value.hold(value);
            self.done.set(value.is_done());
        }
        self.confidence.set(row.confidence);
    }

    fn ask(&self, missing: Incomplete, subject: &Subject) -> Saved {
        let can_repeat = subject.last.unchanged.is_some();
        self.value.input.error.set(Some(words::incomplete(missing, subject.answer, can_repeat)));
        Saved::Wrong
    }

    fn was_done(&self) -> bool {
        self.subject.with_untracked(|it| it.as_ref().is_some_and(|it| it.is_done))
    }
}
