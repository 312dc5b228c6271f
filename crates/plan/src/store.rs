//! Plans in a store of keys and texts: snapshots, and a journal with one record for each change.
//!
//! | key | text |
//! | --- | --- |
//! | `bearings/version` | the version of what is written here: older pages do not touch it |
//! | `bearings/<plan>/plan/<stamp>` | a snapshot, and what it holds: older snapshots, and records by their stamps |
//! | `bearings/<plan>/j/<stamp>` | one record; its stamp's actor is the tab that wrote it |
//! | `bearings/<plan>/about` | a label: what a list says of the plan |
//! | `bearings/<plan>/gone` | the plan is deleted, and what there was of it |
//!
//! Every text of a plan begins with its checksum, and is read back before anything relies on it. Saving a change writes
//! one record, whatever the size of the plan. What cannot be read is left where it is, reported, and never overwritten.
//!
//! Nothing here needs a lock. A new snapshot is written beside the old one and removes only what it holds; where two
//! tabs do that at once there are two snapshots, and opening merges them, as it would merge two replicas. Records that
//! are there although a snapshot holds them, after a stop in between, are passed over.

mod about;
mod gone;
mod keys;
mod pack;
mod reconcile;
mod record;
mod room;
mod seal;
mod seen;
mod snapshot;

pub use about::{About, about, changed, unlabel};
pub use gone::{delete, sweep};
pub use keys::{Key, keys_of, plans};
pub use reconcile::{Reconciled, Write, reconcile};
pub use record::{Record, read_record};
pub use room::Room;
pub use seal::is_newer;
pub use snapshot::{Basis, Opened, basis, compact, compact_in_place, merge_in, open, put, put_over, replace};

use crate::{FileError, PlanId};
use keys::record_key;

/// Where texts are kept: local storage, or a model of it in tests.
pub trait Store {
    /// Why it refused.
    type Error;

    /// The text at a key.
    ///
    /// # Errors
    /// The store cannot be read.
    fn get(&self, key: &str) -> Result<Option<String>, Self::Error>;

    /// Writes a text.
    ///
    /// # Errors
    /// The store cannot be written, or is full.
    fn set(&self, key: &str, text: &str) -> Result<(), Self::Error>;

    /// Removes a key; nothing happens where there is none.
    ///
    /// # Errors
    /// The store cannot be written.
    fn remove(&self, key: &str) -> Result<(), Self::Error>;

    /// Every key that begins with `prefix`.
    ///
    /// # Errors
    /// The store cannot be read.
    fn keys(&self, prefix: &str) -> Result<Vec<String>, Self::Error>;
}

/// Why something was not saved. What was there before is still there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SaveError<E> {
    /// The store refused.
    #[error("the store refused")]
    Store(E),
    /// The store gave back another text than it was given.
    #[error("the store did not keep the text whole")]
    Torn,
    /// Another record has its place already: its stamp was given twice.
    #[error("another record has the same stamp")]
    Taken,
    /// A newer version of the page writes here: this one only reads.
    #[error("a newer version writes here")]
    Newer,
}

/// Why a plan cannot be opened. Its texts stay where they are.
#[derive(Debug, thiserror::Error)]
pub enum OpenError<E> {
    /// It was to be read, or tidied.
    #[error(transparent)]
    Save(#[from] SaveError<E>),
    /// There is no such plan.
    #[error("there is no such plan")]
    Missing,
    /// No snapshot is whole.
    #[error("the stored plan is damaged")]
    Damaged,
    /// A text is whole, but not a plan that this version can read.
    #[error(transparent)]
    File(#[from] FileError),
}

impl<E> From<E> for SaveError<E> {
    fn from(error: E) -> Self {
        Self::Store(error)
    }
}

/// Writes one change. It is saved once this has returned.
///
/// # Errors
/// [`SaveError`]; trying again is safe.
pub fn save_record<S: Store>(store: &S, plan: PlanId, record: &Record) -> Result<(), SaveError<S::Error>> {
    seal::check_version(store)?;
    let key = record_key(plan, record.at.stamp);
    // What was torn is written anew; what is whole is never written over.
    match store.get(&key)?.and_then(|text| read_record(&text)) {
        Some(there) if there == *record => Ok(()),
        Some(_) => Err(SaveError::Taken),
        None => seal::write(store, &key, &record.write()),
    }
}

/// Removes texts that cannot be read, by their keys as [`open`] gave them.
///
/// # Errors
/// [`SaveError`]; some may be gone.
pub fn discard<S: Store>(store: &S, damaged: &[String]) -> Result<(), SaveError<S::Error>> {
    seal::check_version(store)?;
    Ok(damaged.iter().try_for_each(|key| store.remove(key))?)
}

#[cfg(test)]
mod tests;
