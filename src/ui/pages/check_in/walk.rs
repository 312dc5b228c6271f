//! The way through all that was due when it began.

use bearings_plan::Due;
use leptos::prelude::on_cleanup;

use super::{
    draft::{Draft, Mark, Saved},
    kept::{self, Kept, Moment},
};
use crate::{
    reactive::{Memo, RwSignal, StoredValue},
    state::{Undo, Workspace},
    web::page,
};

/// How far one of the things is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    ToCome,
    Skipped,
    Checked,
    Unchanged,
}

/// Its own list stays as it is, while what is checked in is due no more.
#[derive(Debug, Clone, Copy)]
pub struct Walk {
    workspace: Workspace,
    drafts: StoredValue<Vec<Draft>>,
    /// Those that are still there.
    all: Memo<Vec<Due>>,
    due: Memo<Vec<Due>>,
    /// What is on the screen; none at the end.
    at: RwSignal<Option<Due>>,
}

impl Walk {
    /// Begins with all that is due, or goes on where one left on the same day.
    pub fn begin(workspace: Workspace) -> Self {
        let due = workspace.read(|plan, today| plan.due(today));
        let moment = Moment::now(workspace);
        let plan = workspace.shown_now();
        let is_there = |of| match of {
            Due::KeyResult(id) => plan.key_results.get(id).is_some(),
            Due::Kpi(id) => plan.kpis.get(id).is_some(),
        };
        let kept = kept::take(&moment, is_there).filter(|kept| due.with_untracked(|due| kept.is_open(due)));
        let (mut order, mut at) = (due.get_untracked(), None);
        if let Some(kept) = &kept {
            let new: Vec<_> = order.iter().copied().filter(|of| !kept.has(*of)).collect();
            order = kept.order().chain(new).collect();
            at = kept.at.filter(|at| is_there(*at));
        }
        let draft = |of: &Due| {
            let draft = Draft::new(workspace, *of, kept.as_ref().and_then(|kept| kept.before(*of)));
            if let Some(kept) = &kept {
                kept.give_back(&draft);
            }
            draft
        };
        let drafts: Vec<_> = order.iter().map(draft).collect();
        let first = || due.with_untracked(|due| due.first().copied());
        let at = RwSignal::new(at.or_else(first));
        let there = drafts.clone();
        let all = Memo::new(move || {
            let there = there.iter().filter(|draft| draft.subject.with(Option::is_some));
            there.map(|draft| draft.of).collect::<Vec<_>>()
        });
        let keep = {
            let drafts = drafts.clone();
            move || due.with_untracked(|due| kept::keep(Kept::new(moment, &drafts, at.get_untracked()), due))
        };
        let reload = StoredValue::new(page::on_hide(keep.clone()));
        on_cleanup(move || {
            reload.dispose();
            keep();
        });
        Self { workspace, drafts: StoredValue::new(drafts), all, due, at }
    }

    /// Everything on the way, in its order, tracked.
    pub fn all(&self) -> Vec<Draft> {
        self.all.with(|all| all.iter().filter_map(|of| self.draft(*of)).collect())
    }

    pub fn draft(&self, of: Due) -> Option<Draft> {
        self.drafts.with_value(|drafts| drafts.iter().find(|draft| draft.of == of).copied())
    }

    /// What is on the screen, tracked; none at the end.
    pub fn at(&self) -> Option<Due> {
        self.at.get().filter(|at| self.all.with(|all| all.contains(at)))
    }

    /// Its place in the list, counted from one, tracked.
    pub fn place(&self) -> usize {
        let at = self.at();
        self.all.with(|all| all.iter().position(|of| Some(*of) == at)).map_or(0, |place| place + 1)
    }

    pub fn state(&self, draft: &Draft) -> State {
        match (self.is_due(draft.of), draft.mark.get()) {
            (true, Mark::Skipped) => State::Skipped,
            (true, _) => State::ToCome,
            (false, Mark::Unchanged) => State::Unchanged,
            (false, _) => State::Checked,
        }
    }

    pub fn count(&self, state: State) -> usize {
        self.all().iter().filter(|draft| self.state(draft) == state).count()
    }

    /// How many are still due, tracked.
    pub fn open(&self) -> usize {
        self.count(State::ToCome) + self.count(State::Skipped)
    }

    /// How many are checked in, tracked.
    pub fn done(&self) -> usize {
        self.count(State::Checked) + self.count(State::Unchanged)
    }

    pub fn is_due(&self, of: Due) -> bool {
        self.due.with(|due| due.contains(&of))
    }

    /// Saves what is typed and goes on.
    pub fn save(&self, draft: &Draft) {
        let saved = draft.save(self.workspace, self.is_due_now(draft.of));
        self.go_on_from(draft, saved);
    }

    /// Says that nothing has changed, and goes on.
    pub fn repeat(&self, draft: &Draft) {
        let saved = draft.repeat(self.workspace, self.is_due_now(draft.of));
        self.go_on_from(draft, saved);
    }

    pub fn skip(&self, draft: &Draft) {
        if self.is_due_now(draft.of) {
            draft.mark.set(Mark::Skipped);
        }
        self.at.set(self.next_after(draft.of));
    }

    pub fn go_to(&self, of: Due) {
        self.at.set(Some(of));
    }

    /// One back, whatever became of it; from the end to the last one.
    pub fn back(&self) {
        let at = self.at.get_untracked();
        let before = self.all.with_untracked(|all| match all.iter().position(|of| Some(*of) == at) {
            Some(place) => place.checked_sub(1).and_then(|place| all.get(place)).copied(),
            None => all.last().copied(),
        });
        if before.is_some() {
            self.at.set(before);
        }
    }

    /// Goes through what is still due once more.
    pub fn again(&self) {
        let due: Vec<_> = self.all_now().into_iter().filter(|draft| self.is_due_now(draft.of)).collect();
        due.iter().for_each(|draft| draft.mark.set(Mark::Nothing));
        self.at.set(due.first().map(|draft| draft.of));
    }

    fn go_on_from(&self, draft: &Draft, saved: Saved) {
        match saved {
            // Whoever pressed a button is told as well. A cursor in a field stays where one types.
            Saved::Wrong if !page::is_typing() => draft.focus_on_error(),
            Saved::Asked | Saved::Wrong => {}
            Saved::Before => self.at.set(self.next_after(draft.of)),
            Saved::Said(text) => {
                self.workspace.say(text, Some(Undo::Change));
                self.at.set(self.next_after(draft.of));
            }
        }
    }

    /// The next that is to come, from the start again after the last; none once all are checked in or skipped.
    fn next_after(&self, of: Due) -> Option<Due> {
        let all = self.all_now();
        let here = all.iter().position(|draft| draft.of == of).map_or(0, |place| place + 1);
        let (before, after) = all.split_at(here.min(all.len()));
        let to_come =
            |draft: &&Draft| draft.of != of && self.is_due_now(draft.of) && draft.mark.get_untracked() != Mark::Skipped;
        after.iter().chain(before).find(to_come).map(|draft| draft.of)
    }

    fn all_now(&self) -> Vec<Draft> {
        self.all.with_untracked(|all| all.iter().filter_map(|of| self.draft(*of)).collect())
    }

    fn is_due_now(&self, of: Due) -> bool {
        self.due.with_untracked(|due| due.contains(&of))
    }
}
