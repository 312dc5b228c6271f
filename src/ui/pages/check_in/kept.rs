//! What is typed outlives a look at another page: kept until the walk is taken up again, in this tab only.

use std::cell::RefCell;

use bearings_plan::{Confidence, Day, Due, Number, PlanId, Written};

use super::draft::{Draft, Mark};
use crate::{
    state::{Mode, Workspace},
    web::intl,
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
    static LEFT: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

pub fn keep(kept: Kept) {
    LEFT.set(Some(kept));
}

/// The walk that was left at this moment.
pub fn take(moment: &Moment) -> Option<Kept> {
    LEFT.take().filter(|kept| kept.moment == *moment)
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
}
