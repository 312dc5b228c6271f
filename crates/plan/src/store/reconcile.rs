//! A store and a second copy of it, each of which may lack what the other one has.
//!
//! A browser writes local storage to the disk in batches, at times many minutes late, so that a crash of the browser takes
//! back its last writes. The same texts are therefore also kept in a copy that is written at once. Either of the two may
//! be behind: the store after such a crash, the copy where the page was killed before it had written there.
//!
//! A text that only one of them has is either new or superfluous. It is superfluous where the other one has a snapshot
//! that holds it, or that was written over one that did: each snapshot says so for good ([`Seen`]). Otherwise it is new,
//! and the other one gets it. Doing this again, or half of it, changes nothing that counts.

use super::{
    SaveError, Store,
    gone::{clear, read_mark, text_of_mark, unmark},
    keys::{Key, VERSION_KEY, gone_key, keys_of, plan_of},
    seal,
    seen::Seen,
    snapshot::Claims,
};
use crate::{PlanId, Stamp, sorted::in_order};

/// A key with its new text; none where it is removed.
pub type Write = (String, Option<String>);

/// What has come of reconciling.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// What the copy has to write, all of it or nothing.
    pub copy: Vec<Write>,
    /// The plans of which the store has got something, or lost what was superfluous.
    pub changed: Vec<PlanId>,
}

/// Gives the store what only the copy has, and says what the copy has to do. What the store refuses stays in the copy.
///
/// # Errors
/// [`SaveError`]: the store cannot be read, or a newer version writes to one of both. Nothing is lost.
pub fn reconcile<S: Store>(store: &S, copy: &[(String, String)]) -> Result<Reconciled, SaveError<S::Error>> {
    seal::check_version(store)?;
    let version = copy.iter().find(|(key, _)| key == VERSION_KEY);
    if version.is_some_and(|(_, text)| seal::is_newer(text)) {
        return Err(SaveError::Newer);
    }
    let mut done = Reconciled::default();
    for plan in ids(store, copy)? {
        let stored = texts_of(store, plan)?;
        let copied = in_order(copy.iter().filter(|(key, _)| plan_of(key) == Some(plan)).cloned().collect(), Ord::cmp);
        if stored != copied || stored.iter().any(|(key, _)| *key == gone_key(plan)) {
            let both = Both { store: Side::read(stored), copy: Side::read(copied) };
            both.settle(store, plan, &mut done)?;
        }
    }
    let version = store.get(VERSION_KEY)?;
    if !done.copy.is_empty() {
        done.copy.extend(version.map(|version| (VERSION_KEY.to_owned(), Some(version))));
    }
    Ok(done)
}

/// Every plan that either has a text of.
fn ids<S: Store>(store: &S, copy: &[(String, String)]) -> Result<Vec<PlanId>, S::Error> {
    let stored = store.keys("")?;
    let keys = stored.iter().chain(copy.iter().map(|(key, _)| key));
    let ids = keys.filter(|key| Key::parse(key).is_some()).filter_map(|key| plan_of(key));
    let mut ids = in_order(ids.collect(), PlanId::cmp);
    ids.dedup();
    Ok(ids)
}

/// The texts of a plan that are kept twice, by key.
fn texts_of<S: Store>(store: &S, plan: PlanId) -> Result<Vec<(String, String)>, S::Error> {
    let mut texts = Vec::new();
    for key in in_order(keys_of(store, plan)?, String::cmp) {
        if Key::parse(&key).is_some()
            && let Some(text) = store.get(&key)?
        {
            texts.push((key, text));
        }
    }
    Ok(texts)
}

/// One of both.
struct Side {
    /// In the order of their keys.
    texts: Vec<Text>,
    /// What its snapshots hold.
    seen: Seen,
}

struct Text {
    key: String,
    text: String,
    what: What,
}

enum What {
    Record(Stamp),
    /// With the stamp of when it was written last.
    Snapshot(Option<Stamp>),
    Mark(Seen),
    /// It cannot be read: it stays where it is.
    Damaged,
}

impl Text {
    fn is_whole(&self) -> bool {
        !matches!(self.what, What::Damaged)
    }

    /// Whether it is superfluous where something holds all this.
    fn is_in(&self, seen: &Seen) -> bool {
        match self.what {
            What::Record(stamp) => seen.has_record(stamp),
            What::Snapshot(at) => at.is_some_and(|at| seen.has_snapshot(at)),
            What::Mark(_) | What::Damaged => false,
        }
    }

    fn note_in(&self, seen: &mut Seen) {
        match self.what {
            What::Record(stamp) => seen.note_record(stamp),
            What::Snapshot(at) => at.into_iter().for_each(|at| seen.note_snapshot(at)),
            What::Mark(_) | What::Damaged => {}
        }
    }

    fn at(&self) -> Option<Stamp> {
        match self.what {
            What::Snapshot(at) => at,
            _ => None,
        }
    }
}

impl Side {
    fn read(texts: Vec<(String, String)>) -> Self {
        let mut side = Self { texts: Vec::new(), seen: Seen::default() };
        for (key, text) in texts {
            let what = match (Key::parse(&key), seal::unsealed(&text)) {
                (Some(Key::Gone(_)), _) => What::Mark(read_mark(&text)),
                (Some(Key::Record(_, stamp)), Some(_)) => What::Record(stamp),
                (Some(Key::Snapshot(_)), Some(value)) => {
                    let claims = Claims::read(&key, &value);
                    side.seen.note_all(&claims.seen);
                    What::Snapshot(claims.at)
                }
                _ => What::Damaged,
            };
            side.texts.push(Text { key, text, what });
        }
        side
    }

    fn get(&self, key: &str) -> Option<&Text> {
        self.texts.binary_search_by(|text| text.key.as_str().cmp(key)).ok().map(|place| &self.texts[place])
    }

    /// What the mark of a deletion says.
    fn mark(&self) -> Option<&Seen> {
        self.texts.iter().find_map(|text| match &text.what {
            What::Mark(seen) => Some(seen),
            _ => None,
        })
    }

    /// Whether it has a snapshot that is later than a deletion.
    fn is_later(&self, mark: &Seen) -> bool {
        self.texts.iter().any(|text| matches!(text.what, What::Snapshot(_)) && !text.is_in(mark))
    }

    /// What this side lacks of the other one, and what of its own is superfluous.
    fn missing<'t>(&'t self, other: &'t Self) -> (Vec<&'t Text>, Vec<&'t str>) {
        let lacks = |text: &&Text| match self.get(&text.key) {
            None => !text.is_in(&self.seen),
            // One of both is damaged, or a journal was folded into one of them.
            Some(own) => own.text != text.text && (!own.is_whole() || text.at() > own.at()),
        };
        let lacking = other.texts.iter().filter(|text| text.is_whole()).filter(lacks);
        let is_over = |text: &&Text| other.get(&text.key).is_none() && text.is_in(&other.seen);
        let superfluous = self.texts.iter().filter(is_over).map(|text| text.key.as_str());
        (lacking.collect(), superfluous.collect())
    }
}

struct Both {
    store: Side,
    copy: Side,
}

impl Both {
    fn settle<S: Store>(&self, store: &S, id: PlanId, done: &mut Reconciled) -> Result<(), SaveError<S::Error>> {
        let marks = [&self.store, &self.copy].map(Side::mark);
        let mut mark = Seen::default();
        marks.into_iter().flatten().for_each(|seen| mark.note_all(seen));
        let is_marked = marks.iter().any(Option::is_some);
        let is_later = [&self.store, &self.copy].iter().any(|side| side.is_later(&mark));
        if is_marked && !is_later {
            return self.delete(store, id, mark, done);
        }
        let (for_store, superfluous) = self.store.missing(&self.copy);
        let changes = !for_store.is_empty() || !superfluous.is_empty() || self.store.mark().is_some();
        if changes {
            done.changed.push(id);
            self.store_takes(store, id, &for_store, &superfluous)?;
        }
        let (for_copy, superfluous) = self.copy.missing(&self.store);
        let written = for_copy.iter().filter(|text| !matches!(text.what, What::Mark(_)));
        done.copy.extend(written.map(|text| (text.key.clone(), Some(text.text.clone()))));
        done.copy.extend(superfluous.into_iter().map(|key| (key.to_owned(), None)));
        if self.copy.mark().is_some() {
            done.copy.push((gone_key(id), None));
        }
        Ok(())
    }

    /// Writes what is missing; only then removes what is superfluous.
    fn store_takes<S: Store>(
        &self,
        store: &S,
        id: PlanId,
        texts: &[&Text],
        superfluous: &[&str],
    ) -> Result<(), SaveError<S::Error>> {
        seal::claim(store)?;
        for text in texts.iter().filter(|text| !matches!(text.what, What::Mark(_))) {
            if seal::put(store, &text.key, &text.text).is_err() {
                // There is no room: the copy keeps it.
                let before = self.store.get(&text.key);
                let _ = before.map_or_else(|| store.remove(&text.key), |before| store.set(&text.key, &before.text));
                return Ok(());
            }
        }
        // What cannot be removed now is superfluous the next time, too.
        for key in superfluous {
            let _ = store.remove(key);
        }
        if self.store.mark().is_some() {
            unmark(store, id)?;
        }
        Ok(())
    }

    /// The plan is deleted, whatever either still has of it. The copy keeps the mark; the store does until the copy has
    /// nothing else.
    fn delete<S: Store>(
        &self,
        store: &S,
        id: PlanId,
        mut mark: Seen,
        done: &mut Reconciled,
    ) -> Result<(), SaveError<S::Error>> {
        let texts = || self.store.texts.iter().chain(&self.copy.texts);
        texts().for_each(|text| text.note_in(&mut mark));
        let (key, text) = (gone_key(id), text_of_mark(&mark));
        let rest = || texts().filter(|text| text.key != key);
        if self.copy.get(&key).is_some_and(|known| known.text == text) && rest().next().is_none() {
            return Ok(unmark(store, id)?);
        }
        seal::put(store, &key, &text)?;
        if self.store.texts.iter().any(|text| text.key != key) {
            clear(store, id)?;
            done.changed.push(id);
        }
        done.copy.push((key.clone(), Some(text)));
        let rest = self.copy.texts.iter().filter(|text| text.key != key);
        done.copy.extend(rest.map(|text| (text.key.clone(), None)));
        Ok(())
    }
}
