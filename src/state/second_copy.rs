//! The second copy of the store, in IndexedDB: what local storage loses where the whole browser is killed comes from there.
//!
//! Every text that is written to local storage follows here, in order. No edit waits for it: without IndexedDB, all goes on
//! as ever.

use std::{cell::RefCell, time::Duration};

use bearings_plan::{
    PlanId,
    store::{self, Key, Write},
};
use leptos::task::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::{Stored, Workspace, local::LocalAlone};
use crate::web::{clock, second_copy};

/// How long a long journal waits for the copy before it is folded.
const PATIENCE: Duration = Duration::from_secs(10);
/// After so many refusals in a row nothing is written until the next visit, which makes up for it.
const REFUSALS: u32 = 3;

/// What is to be written.
#[derive(Default)]
struct Queue {
    waiting: Vec<Write>,
    is_writing: bool,
    refusals: u32,
}

thread_local! {
    static QUEUE: RefCell<Queue> = RefCell::default();
}

/// Notes what was written to local storage, or removed from it.
pub fn note(key: &str, text: Option<&str>) {
    if Key::parse(key).is_none() {
        return;
    }
    let begins = QUEUE.with_borrow_mut(|queue| {
        if queue.refusals >= REFUSALS {
            return false;
        }
        queue.waiting.push((key.to_owned(), text.map(str::to_owned)));
        !std::mem::replace(&mut queue.is_writing, true)
    });
    if begins {
        spawn_local(write_waiting());
    }
}

async fn write_waiting() {
    loop {
        let batch = QUEUE.with_borrow_mut(|queue| std::mem::take(&mut queue.waiting));
        if batch.is_empty() {
            break;
        }
        let written = second_copy::write(&batch).await;
        QUEUE.with_borrow_mut(|queue| match written {
            Ok(()) => queue.refusals = 0,
            Err(_) => {
                queue.refusals += 1;
                // It goes first with what is noted next.
                let later = std::mem::take(&mut queue.waiting);
                let again = queue.refusals < REFUSALS;
                queue.waiting = if again { batch.into_iter().chain(later).collect() } else { Vec::new() };
            }
        });
        if written.is_err() {
            break;
        }
    }
    QUEUE.with_borrow_mut(|queue| queue.is_writing = false);
}

/// Brings both together once the first page is there; then a long journal is folded.
pub fn follow(workspace: Workspace) {
    clock::when_idle(move || {
        spawn_local(async move {
            // Where its code does not come, the next visit does it.
            let _ = bring_together(workspace).await;
        });
    });
}

// In a chunk of its own: no first page needs it.
#[wasm_split(second_copy, fallible)]
fn bring_together(workspace: Workspace) -> Result<(), SplitLoaderError> {
    // At times a browser never answers.
    let late = clock::after(PATIENCE, move || workspace.fold_long_journal());
    spawn_local(async move {
        if let Ok(copy) = second_copy::entries().await
            && let Ok(done) = store::reconcile(&LocalAlone, &copy)
        {
            if !done.copy.is_empty() {
                // What is refused is missing the next time, too.
                let _ = second_copy::write(&done.copy).await;
            }
            workspace.came_from_the_copy(&done.changed);
        }
        drop(late);
        workspace.fold_long_journal();
    });
    Ok(())
}

impl Workspace {
    /// The store has got texts of these plans from the copy, or lost superfluous ones.
    fn came_from_the_copy(&self, changed: &[PlanId]) {
        let local = self.local();
        let stored = store::plans(&local).unwrap_or_default();
        let was_unreadable = self.library.with_untracked(|library| library.stored == Stored::Unreadable);
        for id in changed.iter().copied() {
            let is_open = id == self.plan_now().frame.id;
            if !stored.contains(&id) {
                if is_open {
                    self.open_another(Some(id));
                }
            } else if was_unreadable && !is_open {
                if self.open_plan(id) {
                    self.library.update(|library| library.stored = Stored::Whole);
                }
            } else {
                self.look_again(id);
            }
        }
    }

    /// Folds the open plan's journal into a new snapshot where it has become long.
    pub(super) fn fold_long_journal(&self) {
        let (id, at) = (self.plan_now().frame.id, self.at());
        self.library.update(|library| library.fold_long_journal(id, at));
    }
}
