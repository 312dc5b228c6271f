//! The plans' store in this browser.

use bearings_plan::{
    PlanId,
    store::{self, Key, Record, SaveError, Store},
};

use super::second_copy;
use crate::web::storage::{self, StorageError};

/// Local storage as a store of plans, with a second copy.
#[derive(Debug, Clone, Copy)]
pub struct Local;

/// Local storage alone.
#[derive(Debug, Clone, Copy)]
pub struct LocalAlone;

impl Store for Local {
    type Error = StorageError;

    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        LocalAlone.get(key)
    }

    fn set(&self, key: &str, text: &str) -> Result<(), StorageError> {
        LocalAlone.set(key, text)?;
        second_copy::note(key, Some(text));
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        LocalAlone.remove(key)?;
        second_copy::note(key, None);
        Ok(())
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        LocalAlone.keys(prefix)
    }
}

impl Store for LocalAlone {
    type Error = StorageError;

    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        storage::get(key)
    }

    fn set(&self, key: &str, text: &str) -> Result<(), StorageError> {
        storage::set(key, text)
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        storage::remove(key)
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        storage::keys(prefix)
    }
}

/// Why something was not kept.
pub type NotKept = SaveError<StorageError>;

/// Whether what the page shows is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// There is nothing to keep yet.
    Nothing,
    /// Every change is stored.
    Saved,
    /// The last changes are only in memory.
    Failing(NotKept),
}

/// What another tab has done.
#[derive(Debug)]
pub enum News {
    /// It saved a change.
    Record(PlanId, Box<Record>),
    /// It wrote a plan as a whole: a new one, or one that was tidied up or replaced.
    Snapshot(PlanId),
    /// It deleted a plan.
    Gone(PlanId),
    /// It is of a version that this one may not write beside.
    Newer,
    /// It cleared everything.
    Nothing,
}

/// Calls back with what other tabs do.
pub fn on_news(callback: impl Fn(News) + 'static) {
    let watch = storage::on_change(move |key| {
        let Some(key) = key else { return callback(News::Nothing) };
        let of = Key::parse(&key);
        let Ok(Some(text)) = storage::get(&key) else {
            // It has been folded into a snapshot, or the whole plan is gone: news comes late, and the mark of a deletion
            // may be gone before it is heard of.
            return match of {
                Some(Key::Snapshot(plan) | Key::Gone(plan)) if !is_stored(plan) => callback(News::Gone(plan)),
                _ => {}
            };
        };
        match of {
            // One that cannot be read stays where it is, and is reported when the plan is opened.
            Some(Key::Record(plan, _)) => {
                if let Some(record) = store::read_record(&text) {
                    callback(News::Record(plan, Box::new(record)));
                }
            }
            Some(Key::Snapshot(plan)) => callback(News::Snapshot(plan)),
            Some(Key::Gone(plan)) => callback(News::Gone(plan)),
            Some(Key::Version) if store::is_newer(&text) => callback(News::Newer),
            Some(Key::Version) | None => {}
        }
    });
    watch.forget();
}

/// Whether a snapshot of the plan is there. Where that cannot be read, nothing says that it is gone.
fn is_stored(plan: PlanId) -> bool {
    let is_snapshot = |key: &String| Key::parse(key) == Some(Key::Snapshot(plan));
    store::keys_of(&Local, plan).map_or(true, |keys| keys.iter().any(is_snapshot))
}
