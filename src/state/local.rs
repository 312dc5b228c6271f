//! The plans' store in this browser.

use bearings_plan::{
    PlanId,
    store::{self, Record, Store},
};

use crate::web::storage::{self, StorageError};

/// Local storage as a store of plans.
#[derive(Debug, Clone, Copy)]
pub struct Local;

impl Store for Local {
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

/// Whether what the page shows is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// There is nothing to keep yet.
    Nothing,
    /// Every change is stored.
    Saved,
    /// The last changes are only in memory.
    Failing(StorageError),
}

/// Calls back with each record that another tab writes.
pub fn on_record(callback: impl Fn(PlanId, Record) + 'static) {
    let watch = storage::on_change(move |key| {
        let Some(key) = key else { return };
        let Some((plan, _)) = store::parse_record_key(&key) else { return };
        // A record that is gone again has been folded into a snapshot; one that cannot be read stays where it is.
        if let Ok(Some(text)) = storage::get(&key)
            && let Some(record) = store::read_record(&text)
        {
            callback(plan, record);
        }
    });
    watch.forget();
}
