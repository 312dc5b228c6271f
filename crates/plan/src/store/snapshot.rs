//! Whole plans: snapshots, and what opening makes of them and of the journal.

use serde_json::Value;

use super::{
    OpenError, Record, SaveError, Store, gone,
    keys::{Key, journal_prefix, keys_of, record_key, snapshot_key, snapshot_prefix, stamp_in},
    pack::{packed, unpacked},
    record, seal,
    seen::Seen,
};
use crate::{
    At, FileError, Plan, PlanId, Stamp,
    file::{envelope, is_earlier, read_envelope},
    json::{Json, Node},
    sorted::in_order,
};

/// Where the plan is in a snapshot: a file in less room.
const PACKED: &str = "packed";

/// A plan that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The snapshot with its journal.
    pub plan: Plan,
    /// The records of the journal, oldest first.
    pub records: Vec<Stamp>,
    /// The keys of texts that cannot be read. They stay where they are.
    pub damaged: Vec<String>,
    /// Whether anything was of an earlier version: a new snapshot is of this one.
    pub migrated: bool,
    /// What a new snapshot would hold.
    held: Held,
    /// The snapshots that no other one holds.
    latest: Vec<Text>,
}

/// The text of a snapshot as it was read. One that was folded into meanwhile is another text under the same key.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Text {
    key: String,
    /// The checksum that it begins with; none where that was not noted, as in the first version of the page.
    sum: Option<[u8; seal::SUM]>,
}

impl Text {
    fn of(key: &str, text: &str) -> Self {
        Self { key: key.to_owned(), sum: text.as_bytes().first_chunk().copied() }
    }

    /// Whether what is held is this text.
    fn is_in(&self, held: &[Self]) -> bool {
        held.iter().any(|held| held.key == self.key && (held.sum.is_none() || held.sum == self.sum))
    }
}

/// What a snapshot makes superfluous.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Held {
    /// Older snapshots.
    snapshots: Vec<Text>,
    /// Stamps of records.
    records: Vec<Stamp>,
    /// What those snapshots have held before.
    seen: Seen,
}

/// What a snapshot says of itself, beside the plan.
#[derive(Debug, Default)]
pub struct Claims {
    /// When it was written last; none where only the first version of the page wrote it.
    pub at: Option<Stamp>,
    /// What it and those before it hold.
    pub seen: Seen,
    held: Held,
}

impl Claims {
    pub fn read(key: &str, value: &Value) -> Self {
        let list = |name| value.get(name).and_then(Value::as_array).into_iter().flatten();
        let sum = |place: usize| value.get("sums")?.get(place)?.as_str()?.as_bytes().first_chunk().copied();
        let over = list("over").enumerate();
        let over = over.filter_map(|(place, key)| Some(Text { key: key.as_str()?.to_owned(), sum: sum(place) }));
        let stamps = list("held").filter_map(|stamp| stamp.as_str()?.parse().ok());
        let held = Held {
            snapshots: over.collect(),
            records: in_order(stamps.collect(), Stamp::cmp),
            seen: value.get("seen").map(Seen::read).unwrap_or_default(),
        };
        let at = value.get("at").and_then(|at| at.as_str()?.parse().ok()).or_else(|| stamp_in(key));
        Self { at, seen: held.seen_in_all(), held }
    }
}

impl Held {
    /// What it holds itself, and what was held before.
    fn seen_in_all(&self) -> Seen {
        let mut seen = self.seen.clone();
        self.records.iter().for_each(|stamp| seen.note_record(*stamp));
        let written = self.snapshots.iter().filter_map(|text| stamp_in(&text.key));
        written.for_each(|stamp| seen.note_snapshot(stamp));
        seen
    }

    /// Holds a snapshot from now on.
    fn add(&mut self, snapshot: Snapshot) {
        self.seen.note_all(&snapshot.claims.seen);
        snapshot.claims.at.into_iter().for_each(|stamp| self.seen.note_snapshot(stamp));
        self.snapshots.push(snapshot.text);
    }
}

impl Opened {
    /// The latest stamp of all: new entries carry none in the plan itself, but their records do.
    #[must_use]
    pub fn latest_stamp(&self) -> Stamp {
        let latest = self.plan.latest_stamp();
        self.records.last().map_or(latest, |record| latest.max(*record))
    }
}

/// A snapshot that is whole.
struct Snapshot {
    text: Text,
    plan: Plan,
    migrated: bool,
    claims: Claims,
}

enum Unread {
    Damaged,
    File(FileError),
}

impl Snapshot {
    fn read(of: Text, text: &str) -> Result<Self, Unread> {
        let value = seal::unsealed(text).ok_or(Unread::Damaged)?;
        let fields = value.as_object().ok_or(Unread::Damaged)?;
        let packed = fields.get(PACKED);
        // Versions before the fourth wrote it as it is.
        let file = packed.map_or_else(|| fields.get("file").cloned(), unpacked).ok_or(Unread::Damaged)?;
        let file = Node::root(&file);
        let claims = Claims::read(&of.key, &value);
        let plan = read_envelope(&file).map_err(Unread::File)?.plan;
        Ok(Self { text: of, plan, migrated: packed.is_none() || is_earlier(&file), claims })
    }
}

/// The stamp in a record's key.
fn stamp_of(key: &str) -> Option<Stamp> {
    match Key::parse(key) {
        Some(Key::Record(_, stamp)) => Some(stamp),
        _ => None,
    }
}

/// How often opening starts over where another tab tidies up meanwhile.
const ATTEMPTS: usize = 8;

/// Opens a plan: all snapshots that no other one holds, merged, then every other record in the order of stamps. A
/// record that cannot be read, or whose change no longer applies, is passed over.
///
/// # Errors
/// [`OpenError`]; nothing has been written.
pub fn open<S: Store>(store: &S, id: PlanId) -> Result<Opened, OpenError<S::Error>> {
    look(store, id, usize::MAX)
}

/// Opens a plan with no more than the oldest `some` records.
fn look<S: Store>(store: &S, id: PlanId, some: usize) -> Result<Opened, OpenError<S::Error>> {
    seal::check_version(store)?;
    let mut attempt = 1;
    loop {
        let found = Found::look(store, id)?;
        let changed = found.vanished && attempt < ATTEMPTS;
        if !changed {
            return found.opened(id, some);
        }
        attempt += 1;
    }
}

/// What lies in the store of one plan.
struct Found<E> {
    snapshots: Vec<Snapshot>,
    /// By key, so oldest first: the stamp in the key, and the record, where they can be read.
    records: Vec<(String, Option<Stamp>, Option<Record>)>,
    /// Snapshots that cannot be read.
    unread: Vec<Text>,
    reason: OpenError<E>,
    migrated: bool,
    /// Whether something was gone before it could be read: another tab has written a snapshot that holds it.
    vanished: bool,
}

impl<E> Found<E> {
    fn look<S: Store<Error = E>>(store: &S, id: PlanId) -> Result<Self, OpenError<E>> {
        let mut found = Self {
            snapshots: Vec::new(),
            records: Vec::new(),
            unread: Vec::new(),
            reason: OpenError::Missing,
            migrated: false,
            vanished: false,
        };
        for key in in_order(keys_of(store, id).map_err(SaveError::Store)?, String::cmp) {
            let is_snapshot = key.starts_with(&snapshot_prefix(id));
            if !is_snapshot && !key.starts_with(&journal_prefix(id)) {
                continue;
            }
            match store.get(&key).map_err(SaveError::Store)? {
                None => found.vanished = true,
                Some(text) if is_snapshot => found.snapshot(Text::of(&key, &text), &text)?,
                Some(text) => {
                    let stamp = stamp_of(&key);
                    let record = record::read(&text, &mut found.migrated);
                    found.records.push((key, stamp, record.filter(|record| Some(record.at.stamp) == stamp)));
                }
            }
        }
        Ok(found)
    }

    fn snapshot(&mut self, of: Text, text: &str) -> Result<(), OpenError<E>> {
        self.reason = match Snapshot::read(of.clone(), text) {
            Ok(snapshot) => {
                self.migrated |= snapshot.migrated;
                self.snapshots.push(snapshot);
                return Ok(());
            }
            Err(Unread::File(newer @ FileError::Newer { .. })) => return Err(newer.into()),
            Err(Unread::File(error)) => error.into(),
            Err(Unread::Damaged) => OpenError::Damaged,
        };
        self.unread.push(of);
        Ok(())
    }

    fn opened(self, id: PlanId, some: usize) -> Result<Opened, OpenError<E>> {
        let Self { snapshots, records: found, unread, reason, migrated, .. } = self;
        let is_over = |text: &Text| snapshots.iter().any(|snapshot| text.is_in(&snapshot.claims.held.snapshots));
        let stamps = snapshots.iter().flat_map(|snapshot| snapshot.claims.held.records.iter().copied());
        let stamps = in_order(stamps.collect(), Stamp::cmp);
        let latest = || snapshots.iter().filter(|snapshot| !is_over(&snapshot.text));
        let plans = latest().map(|snapshot| snapshot.plan.clone());
        let Some(mut plan) = plans.reduce(|plan, other| plan.merge(&other)) else { return Err(reason) };
        let latest = latest().map(|snapshot| snapshot.text.clone()).collect();
        // A damaged one that another one holds is merely superfluous.
        let (superfluous, lost): (_, Vec<Text>) = unread.into_iter().partition(is_over);
        let mut held = Held { snapshots: superfluous, ..Held::default() };
        snapshots.into_iter().for_each(|snapshot| held.add(snapshot));
        let mut damaged: Vec<String> = lost.into_iter().map(|text| text.key).collect();
        let mut records: Vec<Stamp> = Vec::new();
        let mut passed_over = Vec::new();
        for (key, stamp, record) in found {
            match (stamp, record) {
                (Some(stamp), _) if stamps.binary_search(&stamp).is_ok() => held.records.push(stamp),
                (Some(_), Some(_)) if records.len() >= some => {}
                (Some(stamp), Some(record)) => {
                    records.push(stamp);
                    match plan.hear(&record.change, &record.inverse, record.at) {
                        Ok(next) => {
                            plan = next;
                            held.records.push(stamp);
                        }
                        Err(_) => passed_over.push(stamp),
                    }
                }
                _ => damaged.push(key),
            }
        }
        // What builds upon something that cannot be read stays beside it.
        if damaged.is_empty() {
            held.records.extend(passed_over);
        }
        // A snapshot under another plan's key is not this plan's.
        let opened = Opened { plan, records, damaged, migrated, held, latest };
        if opened.plan.frame.id == id { Ok(opened) } else { Err(OpenError::Damaged) }
    }
}

/// Folds the journal into a new snapshot. Only what it holds is removed, once it has been read back.
///
/// # Errors
/// As for [`open`], and where there is no room for a further snapshot; nothing is lost then.
pub fn compact<S: Store>(store: &S, id: PlanId, at: At) -> Result<(), OpenError<S::Error>> {
    let opened = open(store, id)?;
    Ok(write(store, &opened.plan, opened.held, at)?)
}

/// Folds the journal into the snapshot itself: the last resort where there is no room for a second one. Where there is
/// not even room for all of it, a part goes first, whose records make room for the rest.
///
/// It is for stores that replace a text as a whole or not at all, as browsers do, and for one tab at a time. Others may
/// save, and write new snapshots, whenever they like: what they have read is another text then than the one that is
/// there, so they neither pass over nor remove it.
///
/// # Errors
/// As for [`open`], and where there is no room even so; nothing is lost then.
pub fn compact_in_place<S: Store>(store: &S, id: PlanId, at: At) -> Result<(), OpenError<S::Error>> {
    loop {
        let all = open(store, id)?.records.len();
        let mut some = all;
        while let Err(error) = fold_in_place(store, id, some, at) {
            if some <= 1 || !matches!(error, OpenError::Save(SaveError::Store(_))) {
                return Err(error);
            }
            some = some.div_ceil(2);
        }
        if some == all {
            return Ok(());
        }
    }
}

/// Folds the oldest `some` records into the snapshot.
fn fold_in_place<S: Store>(store: &S, id: PlanId, some: usize, at: At) -> Result<(), OpenError<S::Error>> {
    let Opened { plan, mut held, latest, damaged, .. } = look(store, id, some)?;
    let Text { key, .. } = latest.into_iter().next().ok_or(OpenError::Missing)?;
    seal::claim(store)?;
    // One that held itself would be passed over.
    held.snapshots.retain(|other| other.key != key);
    let before = store.get(&key).map_err(SaveError::Store)?;
    if let Err(error) = seal::write(store, &key, &text_of(&plan, &held, at)) {
        // Where the old text is still there, this changes nothing.
        let _ = before.map(|before| store.set(&key, &before));
        return Err(error.into());
    }
    // Whoever has written a new snapshot meanwhile may have looked before the last records came, and may be about to
    // remove this text, which it took for the one before: then the records stay, until somebody folds anew.
    let known = |other: &String| {
        *other == key || damaged.contains(other) || held.snapshots.iter().any(|text| text.key == *other)
    };
    let is_snapshot = |other: &String| other.starts_with(&snapshot_prefix(id));
    if keys_of(store, id).map_err(SaveError::Store)?.iter().filter(|other| is_snapshot(other)).all(known) {
        clear(store, id, held);
    }
    Ok(())
}

/// Merges what is known elsewhere of a plan into what is stored of it; gives the plan as it is stored then.
///
/// # Errors
/// As for [`compact`].
pub fn merge_in<S: Store>(store: &S, known: &Plan, at: At) -> Result<Plan, OpenError<S::Error>> {
    let opened = open(store, known.frame.id)?;
    let merged = opened.plan.merge(known);
    if merged != opened.plan {
        write(store, &merged, opened.held, at)?;
    }
    Ok(merged)
}

/// What lies in the store of a plan at a moment. What another tab writes after that is not in here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Basis(Held);

/// Looks at what can be read of a plan.
///
/// # Errors
/// [`SaveError`]; nothing is written.
pub fn basis<S: Store>(store: &S, id: PlanId) -> Result<Basis, SaveError<S::Error>> {
    if gone::mark(store, id)?.is_some() {
        return Ok(Basis::default());
    }
    let found = match Found::look(store, id) {
        Ok(found) => found,
        Err(OpenError::Save(error)) => return Err(error),
        // Looking only ends at what a newer version has written, whatever the version's own key says.
        Err(_) => return Err(SaveError::Newer),
    };
    let read = |(_, stamp, record): (_, Option<Stamp>, Option<_>)| stamp.filter(|_| record.is_some());
    let records = found.records.into_iter().filter_map(read).collect();
    let mut held = Held { records, ..Held::default() };
    found.snapshots.into_iter().for_each(|snapshot| held.add(snapshot));
    Ok(Basis(held))
}

/// Writes a plan as a whole, in place of whatever can be read of it.
///
/// # Errors
/// [`SaveError`]; what was there, or the plan, is whole then.
pub fn put<S: Store>(store: &S, plan: &Plan, at: At) -> Result<(), SaveError<S::Error>> {
    put_over(store, plan, basis(store, plan.frame.id)?, at)
}

/// Writes a plan as a whole, in place of what was its [`basis`]. A record that another tab has saved since is not
/// replaced, and speaks of the new plan.
///
/// # Errors
/// As for [`put`].
pub fn put_over<S: Store>(store: &S, plan: &Plan, over: Basis, at: At) -> Result<(), SaveError<S::Error>> {
    let (id, mut held) = (plan.frame.id, over.0);
    let mark = gone::mark(store, id)?;
    if let Some(mark) = &mark {
        gone::clear(store, id)?;
        held.seen.clone_from(mark);
    }
    write(store, plan, held, at)?;
    if mark.is_some() {
        gone::unmark(store, id)?;
    }
    Ok(())
}

/// Writes a plan in place of another one, which goes only once this one is stored. The same plan may be both.
///
/// # Errors
/// As for [`put`]; the other one is whole then. Where only its deletion fails, it stays beside the new one.
pub fn replace<S: Store>(
    store: &S,
    plan: &Plan,
    over: Basis,
    instead_of: PlanId,
    at: At,
) -> Result<(), SaveError<S::Error>> {
    put_over(store, plan, over, at)?;
    if instead_of != plan.frame.id {
        // What cannot be removed now is removed at the next visit, or stays on the shelf, where the reader sees it.
        let _ = gone::delete(store, instead_of);
    }
    Ok(())
}

fn write<S: Store>(store: &S, plan: &Plan, held: Held, at: At) -> Result<(), SaveError<S::Error>> {
    seal::claim(store)?;
    let id = plan.frame.id;
    let key = snapshot_key(id, at.stamp);
    if let Err(error) = seal::write(store, &key, &text_of(plan, &held, at)) {
        // It may lie there in part. Where it cannot be removed either, it is reported as damaged. What is whole stays:
        // another tab may have taken it for the plan's already, folded more into it and removed the rest.
        if let Ok(Some(there)) = store.get(&key)
            && seal::unsealed(&there).is_none()
        {
            let _ = store.remove(&key);
        }
        return Err(error);
    }
    clear(store, id, held);
    Ok(())
}

fn text_of(plan: &Plan, held: &Held, at: At) -> Value {
    let stamps: Value = held.records.iter().map(Json::write).collect();
    let over: Value = held.snapshots.iter().map(|text| text.key.as_str()).collect();
    let sum = |text: &Text| text.sum.and_then(|sum| std::str::from_utf8(&sum).ok().map(str::to_owned));
    let sums: Value = held.snapshots.iter().map(sum).collect();
    let (seen, at_stamp) = (held.seen_in_all().write(), at.stamp.write());
    let plan = packed(&envelope(plan, at.day));
    Value::from_iter([
        ("over", over),
        ("sums", sums),
        ("held", stamps),
        ("seen", seen),
        ("at", at_stamp),
        (PACKED, plan),
    ])
}

/// Removes what a new snapshot holds.
fn clear<S: Store>(store: &S, id: PlanId, held: Held) {
    // What cannot be removed now goes with the next snapshot.
    for stamp in held.records {
        let _ = store.remove(&record_key(id, stamp));
    }
    for text in held.snapshots {
        // One that was folded into meanwhile holds more than was read.
        if let Ok(Some(there)) = store.get(&text.key)
            && Text::of(&text.key, &there) == text
        {
            let _ = store.remove(&text.key);
        }
    }
}
