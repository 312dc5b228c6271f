//! What is looked at in place of the plan of today: the plan of a past day, or one to try things on.

use std::sync::Arc;

use bearings_plan::{Change, ChangeError, Day, Plan, Stacks};
use leptos::prelude::untrack;

use super::{Apply, Undo, Workspace};

/// What the reader looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The plan, today.
    Now,
    /// The plan as it was on a past day. Nothing can be changed.
    Past(Day),
    /// A copy to try things on. It is never stored, and forgotten with the mode.
    WhatIf,
}

/// What is shown in place of the plan of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aside {
    Past { day: Day, plan: Arc<Plan> },
    WhatIf { plan: Arc<Plan>, undo: Stacks },
}

/// Modes.
impl Workspace {
    /// What the reader looks at, tracked.
    pub fn mode(&self) -> Mode {
        self.aside.with(|aside| match aside {
            None => Mode::Now,
            Some(Aside::Past { day, .. }) => Mode::Past(*day),
            Some(Aside::WhatIf { .. }) => Mode::WhatIf,
        })
    }

    /// What the reader looks at, untracked.
    pub fn mode_now(&self) -> Mode {
        untrack(|| self.mode())
    }

    /// Whether a past day is shown, where nothing can be changed, tracked.
    pub fn is_past(&self) -> bool {
        matches!(self.mode(), Mode::Past(_))
    }

    /// Shows the plan as it was on a past day.
    pub fn look_back(&self, day: Day) {
        let plan = Arc::new(self.plan_now().as_of(day));
        self.show_aside(Some(Aside::Past { day, plan }));
    }

    /// Shows a copy of the plan to try things on.
    pub fn try_out(&self) {
        self.show_aside(Some(Aside::WhatIf { plan: self.plan_now(), undo: Stacks::default() }));
    }

    /// Shows the plan of today again.
    pub fn come_back(&self) {
        if self.aside.with_untracked(Option::is_some) {
            self.show_aside(None);
        }
    }

    /// What was offered to be taken back belongs to what was shown before.
    fn show_aside(&self, aside: Option<Aside>) {
        self.toasts.update(|toasts| toasts.retain(|toast| toast.undo != Some(Undo::Change)));
        self.aside.set(aside);
    }

    /// The plan that is shown, tracked.
    pub fn shown(&self) -> Arc<Plan> {
        self.aside.with(|aside| aside.as_ref().map(Aside::plan)).unwrap_or_else(|| self.plan.get())
    }

    /// The plan that is shown, untracked.
    pub fn shown_now(&self) -> Arc<Plan> {
        self.aside.with_untracked(|aside| aside.as_ref().map(Aside::plan)).unwrap_or_else(|| self.plan_now())
    }

    /// The day for which it is shown, tracked.
    pub fn day(&self) -> Day {
        self.aside.with(|aside| aside.as_ref().and_then(Aside::day)).unwrap_or_else(|| self.present())
    }

    /// The day for which it is shown, untracked.
    pub fn day_now(&self) -> Day {
        self.aside.with_untracked(|aside| aside.as_ref().and_then(Aside::day)).unwrap_or_else(|| self.present_now())
    }

    /// Applies a change to what is shown in place of the plan of today; none where nothing is.
    pub(super) fn apply_aside(&self, change: &Change, by: Apply) -> Option<Result<Change, ChangeError>> {
        let plan = match self.aside.get_untracked()? {
            Aside::Past { .. } => return Some(Err(ChangeError::Past)),
            Aside::WhatIf { plan, .. } => plan,
        };
        Some(by(&plan, change, self.at()).map(|(next, inverse)| {
            self.aside.update(|aside| {
                if let Some(Aside::WhatIf { plan, .. }) = aside {
                    *plan = Arc::new(next);
                }
            });
            inverse
        }))
    }

    /// What can be taken back, tracked: while something is tried out, only that.
    pub(super) fn with_stacks<T>(&self, read: impl FnOnce(&Stacks) -> T) -> T {
        self.aside.with(|aside| match aside {
            Some(Aside::WhatIf { undo, .. }) => read(undo),
            _ => self.undo.with(read),
        })
    }

    /// Changes what can be taken back.
    pub(super) fn change_stacks<T>(&self, change: impl FnOnce(&mut Stacks) -> T) -> Option<T> {
        if self.aside.with_untracked(|aside| matches!(aside, Some(Aside::WhatIf { .. }))) {
            let changed = self.aside.try_update(|aside| match aside {
                Some(Aside::WhatIf { undo, .. }) => Some(change(undo)),
                _ => None,
            });
            return changed.flatten();
        }
        self.undo.try_update(change)
    }
}

impl Aside {
    fn plan(&self) -> Arc<Plan> {
        match self {
            Self::Past { plan, .. } | Self::WhatIf { plan, .. } => Arc::clone(plan),
        }
    }

    const fn day(&self) -> Option<Day> {
        match self {
            Self::Past { day, .. } => Some(*day),
            Self::WhatIf { .. } => None,
        }
    }
}
