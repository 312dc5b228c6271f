//! Deleting plans.
//!
//! The mark of a deletion says what there was of the plan. It stays until a second copy of the store knows it, so that
//! nothing of the plan comes back from there. Where somebody brings the plan back, its new snapshot takes the mark's place.

use serde_json::Value;

use super::{
    SaveError, Store,
    keys::{Key, gone_key, half_deleted, journal_prefix, keys_of, snapshot_prefix, stamp_in},
    seal,
    seen::Seen,
    snapshot::Claims,
};
use crate::{PlanId, notation::text_of, sorted::in_order};

/// The mark of a deletion, as it is written.
pub fn text_of_mark(seen: &Seen) -> String {
    seal::sealed(&text_of(&Value::from_iter([("seen", seen.write())])))
}

/// What a mark says. One that an earlier version of the page wrote says nothing.
pub fn read_mark(text: &str) -> Seen {
    seal::unsealed(text).and_then(|mark| mark.get("seen").map(Seen::read)).unwrap_or_default()
}

/// What the mark of a plan says; none where the plan is not deleted.
pub fn mark<S: Store>(store: &S, plan: PlanId) -> Result<Option<Seen>, S::Error> {
    Ok(store.get(&gone_key(plan))?.map(|text| read_mark(&text)))
}

/// Takes the mark away.
pub fn unmark<S: Store>(store: &S, plan: PlanId) -> Result<(), S::Error> {
    store.remove(&gone_key(plan))
}

/// Removes everything but the mark: the latest record first, the snapshots last.
pub fn clear<S: Store>(store: &S, plan: PlanId) -> Result<(), S::Error> {
    let order = |key: &String| (key.starts_with(&journal_prefix(plan)), key.clone());
    let keys = in_order(keys_of(store, plan)?, |a, b| order(b).cmp(&order(a)));
    keys.iter().filter(|key| **key != gone_key(plan)).try_for_each(|key| store.remove(key))
}

/// What there is of a plan, and what was.
fn seen_of<S: Store>(store: &S, plan: PlanId) -> Result<Seen, S::Error> {
    let mut seen = mark(store, plan)?.unwrap_or_default();
    for key in keys_of(store, plan)? {
        match Key::parse(&key) {
            Some(Key::Record(_, stamp)) => seen.note_record(stamp),
            Some(Key::Snapshot(_)) => {
                let value = store.get(&key)?.as_deref().and_then(seal::unsealed);
                let claims = value.map(|value| Claims::read(&key, &value)).unwrap_or_default();
                seen.note_all(&claims.seen);
                claims.at.into_iter().chain(stamp_in(&key)).for_each(|stamp| seen.note_snapshot(stamp));
            }
            _ => {}
        }
    }
    Ok(seen)
}

/// Deletes a plan with everything that is stored of it. What a stop in between leaves is deleted by [`sweep`].
///
/// # Errors
/// [`SaveError`]; the plan may be there in part.
pub fn delete<S: Store>(store: &S, plan: PlanId) -> Result<(), SaveError<S::Error>> {
    seal::check_version(store)?;
    let seen = seen_of(store, plan)?;
    let (key, mark) = (gone_key(plan), text_of_mark(&seen));
    // A full store has no room for the mark, and deleting is what makes room. Without it, a stop in between leaves a plan
    // without its last edits, since the latest record goes first, and the snapshots last.
    let marked = store.set(&key, &mark).is_ok();
    clear(store, plan)?;
    if seen.is_empty() {
        return Ok(unmark(store, plan)?);
    }
    if !marked {
        // Where there is no room even now, a second copy of the store may bring the plan back: no data is lost.
        let _ = store.set(&key, &mark);
    }
    Ok(())
}

/// Finishes deletions that a stop has interrupted.
///
/// # Errors
/// [`SaveError`]; the next visit tries again.
pub fn sweep<S: Store>(store: &S) -> Result<(), SaveError<S::Error>> {
    for plan in half_deleted(store)? {
        seal::check_version(store)?;
        if is_back(store, plan)? {
            unmark(store, plan)?;
        } else if keys_of(store, plan)?.len() > 1 || mark(store, plan)?.is_some_and(|seen| seen.is_empty()) {
            delete(store, plan)?;
        }
    }
    Ok(())
}

/// Whether there is a snapshot that is later than the deletion.
fn is_back<S: Store>(store: &S, plan: PlanId) -> Result<bool, S::Error> {
    let Some(seen) = mark(store, plan)? else { return Ok(true) };
    for key in store.keys(&snapshot_prefix(plan))? {
        let value = store.get(&key)?.as_deref().and_then(seal::unsealed);
        // A mark that says nothing is of an earlier version of the page, which removed it before it stored a plan again.
        let later = |at| !seen.is_empty() && !seen.has_snapshot(at);
        if value.is_some_and(|value| Claims::read(&key, &value).at.is_some_and(later)) {
            return Ok(true);
        }
    }
    Ok(false)
}
