//! What is typed outlives a look at another page and a reload: kept until the walk is taken up again, in this tab only.

use std::cell::RefCell;

use bearings_plan::{Confidence, Day, Due, Health, Number, PlanId, Status, Written};
use serde_json::{Value, json};

use super::draft::{Draft, Mark};
use crate::{
    state::{Mode, Workspace, session},
    web::intl,
    words::common,
};

/// When and on which plan one walks: what is typed belongs to both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    plan: PlanId,
    day: Day,
    tries: bool,
}

impl Moment {
    pub fn now(workspace: Workspace) -> Self {
        let tries = workspace.mode_now() == Mode::WhatIf;
        Self { plan: workspace.shown_now().frame.id, day: workspace.day_now(), tries }
    }
}

/// A walk that was left.
#[derive(Debug)]
pub struct Kept {
    moment: Moment,
    typed: Vec<Typed>,
    pub at: Option<Due>,
}

#[derive(Debug)]
struct Typed {
    of: Due,
    text: String,
    /// The number of the text, which may be rounded.
    value: Option<Number>,
    done: bool,
    confidence: Option<Confidence>,
    note: String,
    mark: Mark,
    written: Written,
    before: &'static str,
}

thread_local! {
    // Where the browser keeps nothing, at least until the page goes.
    static LEFT: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

/// What the draft is kept as: one walk at a time.
const PAGE: &str = "check-in";

/// Keeps a walk; once all of it is done, a reload has nothing to bring back.
pub fn keep(kept: Kept, due: &[Due]) {
    session::keep_draft(PAGE, kept.is_open(due).then(|| kept.write()).as_ref());
    LEFT.set(Some(kept));
}

/// The walk that was left at this moment. One of another moment is of no use any more, and nor is, after a reload, what
/// is not there.
pub fn take(moment: &Moment, is_there: impl Fn(Due) -> bool) -> Option<Kept> {
    let reloaded = || {
        let mut kept = Kept::read(&session::draft_of(PAGE)?)?;
        kept.typed.retain(|typed| is_there(typed.of));
        Some(kept)
    };
    let kept = LEFT.take().or_else(reloaded);
    session::keep_draft(PAGE, None);
    kept.filter(|kept| kept.moment == *moment)
}

impl Kept {
    pub fn new(moment: Moment, drafts: &[Draft], at: Option<Due>) -> Self {
        let typed = drafts.iter().map(|draft| Typed {
            of: draft.of,
            text: draft.value.input.text.get_untracked(),
            value: draft.value.value_now(),
            done: draft.done.get_untracked(),
            confidence: draft.confidence.get_untracked(),
            note: draft.note.text.get_untracked(),
            mark: draft.mark.get_untracked(),
            written: draft.written.get_untracked(),
            before: draft.before,
        });
        Self { moment, typed: typed.collect(), at }
    }

    /// Whether some of it is still to be done.
    pub fn is_open(&self, due: &[Due]) -> bool {
        self.order().any(|of| due.contains(&of))
    }

    pub fn has(&self, of: Due) -> bool {
        self.order().any(|kept| kept == of)
    }

    pub fn order(&self) -> impl Iterator<Item = Due> {
        self.typed.iter().map(|typed| typed.of)
    }

    /// How something stood when the walk began.
    pub fn before(&self, of: Due) -> Option<&'static str> {
        self.typed.iter().find(|typed| typed.of == of).map(|typed| typed.before)
    }

    /// Puts back what was typed.
    pub fn give_back(&self, draft: &Draft) {
        let Some(typed) = self.typed.iter().find(|typed| typed.of == draft.of) else { return };
        match typed.value.filter(|value| intl::bare(*value) == typed.text) {
            Some(value) => draft.value.hold(value),
            None => draft.value.input.text.set(typed.text.clone()),
        }
        draft.done.set(typed.done);
        draft.confidence.set(typed.confidence);
        draft.note.text.set(typed.note.clone());
        draft.mark.set(typed.mark);
        draft.written.set(typed.written);
    }

    /// As data, to outlive a reload.
    fn write(&self) -> Value {
        let Moment { plan, day, tries } = self.moment;
        let typed: Vec<_> = self.typed.iter().map(Typed::write).collect();
        json!({
            "plan": plan.to_string(),
            "day": day.to_string(),
            "tries": tries,
            "at": self.at.map(Due::to_text),
            "typed": typed,
        })
    }

    /// From [`Kept::write`]; none where that was not written by this version.
    fn read(value: &Value) -> Option<Self> {
        let text = |name: &str| value.get(name)?.as_str();
        let moment = Moment {
            plan: text("plan")?.parse().ok()?,
            day: text("day")?.parse().ok()?,
            tries: value.get("tries")?.as_bool()?,
        };
        let typed: Option<Vec<_>> = value.get("typed")?.as_array()?.iter().map(Typed::read).collect();
        Some(Self { moment, typed: typed?, at: text("at").and_then(Due::from_text) })
    }
}

impl Typed {
    fn write(&self) -> Value {
        json!({
            "of": self.of.to_text(),
            "text": self.text,
            "value": self.value.map(|it| it.to_string()),
            "done": self.done,
            "confidence": self.confidence.map(Confidence::get),
            "note": self.note,
            "mark": self.mark.word(),
            "written": self.written.to_text(),
            "before": self.before,
        })
    }

    fn read(value: &Value) -> Option<Self> {
        let text = |name: &str| value.get(name)?.as_str();
        let confidence = value.get("confidence").and_then(Value::as_u64).and_then(|it| u8::try_from(it).ok());
        Some(Self {
            of: Due::from_text(text("of")?)?,
            text: text("text")?.to_owned(),
            value: text("value").and_then(|it| it.parse().ok()),
            done: value.get("done")?.as_bool()?,
            confidence: confidence.and_then(|it| Confidence::new(it).ok()),
            note: text("note")?.to_owned(),
            mark: Mark::parse(text("mark")?),
            written: Written::from_text(text("written")?),
            before: status(text("before")?),
        })
    }
}

/// The word of a status or health, as it stood when the walk began.
fn status(word: &str) -> &'static str {
    let statuses = Status::ALL.iter().map(|it| common::status(*it));
    let all = statuses.chain(Health::ALL.iter().map(|it| common::health(*it)));
    all.into_iter().find(|it| *it == word).unwrap_or_default()
}
