//! What the page of an objective is opened for, when a menu elsewhere asks for it.

use std::cell::Cell;

use bearings_plan::{KeyResultId, ObjectiveId};

use crate::ui::Route;

/// What should be open on arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// The form of the objective.
    Edit,
    /// The form of a new key result.
    AddKeyResult,
    /// The form of a key result.
    EditKeyResult(KeyResultId),
}

thread_local! {
    static NEXT: Cell<Option<Intent>> = const { Cell::new(None) };
}

/// Goes to the page of an objective and opens something there.
pub fn open(id: ObjectiveId, intent: Intent) {
    NEXT.set(Some(intent));
    Route::Objective(id).go();
}

/// What the page is opened for. It is told once.
pub fn take() -> Option<Intent> {
    NEXT.take()
}
