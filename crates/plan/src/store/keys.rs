//! What is kept where.

use super::Store;
use crate::{PlanId, Stamp, sorted::in_order};

pub const VERSION_KEY: &str = "bearings/version";
const PREFIX: &str = "bearings/";

fn plan_prefix(plan: PlanId) -> String {
    format!("{PREFIX}{plan}/")
}

/// What the keys of all snapshots of a plan begin with. The first version of the page wrote just this.
pub fn snapshot_prefix(plan: PlanId) -> String {
    format!("{PREFIX}{plan}/plan")
}

pub fn snapshot_key(plan: PlanId, stamp: Stamp) -> String {
    format!("{}/{stamp}", snapshot_prefix(plan))
}

pub fn journal_prefix(plan: PlanId) -> String {
    format!("{PREFIX}{plan}/j/")
}

pub fn record_key(plan: PlanId, stamp: Stamp) -> String {
    format!("{}{stamp}", journal_prefix(plan))
}

pub fn gone_key(plan: PlanId) -> String {
    format!("{PREFIX}{plan}/gone")
}

pub fn about_key(plan: PlanId) -> String {
    format!("{PREFIX}{plan}/about")
}

/// The plan that a key belongs to, whatever is kept there.
pub fn plan_of(key: &str) -> Option<PlanId> {
    key.strip_prefix(PREFIX)?.split_once('/')?.0.parse().ok()
}

/// The stamp in the key of a snapshot or a record.
pub fn stamp_in(key: &str) -> Option<Stamp> {
    key.rsplit_once('/')?.1.parse().ok()
}

/// Every key of a plan.
pub fn keys_of<S: Store>(store: &S, plan: PlanId) -> Result<Vec<String>, S::Error> {
    store.keys(&plan_prefix(plan))
}

/// What a key speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The version of what is kept.
    Version,
    /// A snapshot of a plan.
    Snapshot(PlanId),
    /// A record of a plan's journal.
    Record(PlanId, Stamp),
    /// A plan that is being deleted.
    Gone(PlanId),
}

impl Key {
    /// What a key speaks of; none where it is not a plan's.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        if key == VERSION_KEY {
            return Some(Self::Version);
        }
        let (plan, rest) = key.strip_prefix(PREFIX)?.split_once('/')?;
        let plan = plan.parse().ok()?;
        match rest.split_once('/') {
            Some(("j", stamp)) => Some(Self::Record(plan, stamp.parse().ok()?)),
            Some(("plan", _)) => Some(Self::Snapshot(plan)),
            None if rest == "plan" => Some(Self::Snapshot(plan)),
            None if rest == "gone" => Some(Self::Gone(plan)),
            _ => None,
        }
    }
}

/// The ids of all plans in the store of which there is anything to read, also of damaged ones.
///
/// # Errors
/// The store cannot be read.
pub fn plans<S: Store>(store: &S) -> Result<Vec<PlanId>, S::Error> {
    let (mut ids, mut gone) = (Vec::new(), Vec::new());
    for key in store.keys(PREFIX)? {
        match Key::parse(&key) {
            Some(Key::Snapshot(id) | Key::Record(id, _)) => ids.push(id),
            Some(Key::Gone(id)) => gone.push(id),
            Some(Key::Version) | None => {}
        }
    }
    let mut ids = in_order(ids, PlanId::cmp);
    ids.dedup();
    ids.retain(|id| !gone.contains(id));
    Ok(ids)
}

/// The ids of plans whose deletion was not finished.
pub fn half_deleted<S: Store>(store: &S) -> Result<Vec<PlanId>, S::Error> {
    let gone = |key: &String| match Key::parse(key) {
        Some(Key::Gone(id)) => Some(id),
        _ => None,
    };
    Ok(store.keys(PREFIX)?.iter().filter_map(gone).collect())
}
