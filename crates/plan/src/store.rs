//! Plans in a store of keys and texts: a snapshot, and a journal with one record for each change.
//!
//! | key | text |
//! | --- | --- |
//! | `bearings/<plan>/plan` | the snapshot, and the stamps of the records that it holds |
//! | `bearings/<plan>/j/<stamp>` | one record; its stamp's actor is the tab that wrote it |
//!
//! Every text begins with its checksum. Saving a change writes one record, whatever the size of the plan. What cannot
//! be read is left where it is, reported, and never overwritten.

use crc::{CRC_32_ISO_HDLC, Crc};
use serde_json::{Map, Value, json};

use crate::{
    At, Change, Day, FileError, Plan, PlanId, Stamp,
    file::{envelope, read_envelope},
    json::{self, Json, Node, Problems},
    sorted::in_order,
};

/// Where texts are kept: local storage, or a model of it in tests.
pub trait Store {
    /// Why it refused.
    type Error;

    /// The text at a key.
    ///
    /// # Errors
    /// The store cannot be read.
    fn get(&self, key: &str) -> Result<Option<String>, Self::Error>;

    /// Writes a text as a whole, or not at all.
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

/// A change as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// When and by whom.
    pub at: At,
    /// What was done.
    pub change: Change,
    /// What takes it back.
    pub inverse: Change,
}

/// A plan that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The snapshot with its journal.
    pub plan: Plan,
    /// The records of the journal, oldest first.
    pub records: Vec<Stamp>,
    /// The keys of records that cannot be read. They stay where they are.
    pub unread: Vec<String>,
}

impl Opened {
    /// The latest stamp of all: new entries carry none in the plan itself, but their records do.
    #[must_use]
    pub fn latest_stamp(&self) -> Stamp {
        let latest = self.plan.latest_stamp();
        self.records.last().map_or(latest, |record| latest.max(*record))
    }
}

/// Why a plan cannot be opened. Its texts stay where they are.
#[derive(Debug, thiserror::Error)]
pub enum OpenError<E> {
    /// The store refused.
    #[error("the store refused")]
    Store(E),
    /// There is no such plan.
    #[error("there is no such plan")]
    Missing,
    /// The text is damaged: its checksum is wrong.
    #[error("the stored plan is damaged")]
    Damaged,
    /// The text is whole, but not a plan that this version can read.
    #[error(transparent)]
    File(#[from] FileError),
}

const PREFIX: &str = "bearings/";

/// The key of a plan's snapshot.
#[must_use]
pub fn snapshot_key(plan: PlanId) -> String {
    format!("{PREFIX}{plan}/plan")
}

fn journal_prefix(plan: PlanId) -> String {
    format!("{PREFIX}{plan}/j/")
}

fn record_key(plan: PlanId, stamp: Stamp) -> String {
    format!("{}{stamp}", journal_prefix(plan))
}

/// The plan and the stamp that a journal key speaks of.
#[must_use]
pub fn parse_record_key(key: &str) -> Option<(PlanId, Stamp)> {
    let (plan, stamp) = key.strip_prefix(PREFIX)?.split_once("/j/")?;
    Some((plan.parse().ok()?, stamp.parse().ok()?))
}

/// The ids of all plans in the store.
///
/// # Errors
/// The store cannot be read.
pub fn plans<S: Store>(store: &S) -> Result<Vec<PlanId>, S::Error> {
    let keys = store.keys(PREFIX)?;
    let ids = keys.iter().filter_map(|key| key.strip_prefix(PREFIX)?.strip_suffix("/plan")?.parse().ok());
    Ok(ids.collect())
}

/// Writes a plan as a whole, in place of whatever its snapshot and its journal hold.
///
/// # Errors
/// The store is full or cannot be written; what was there is still whole then.
pub fn put<S: Store>(store: &S, plan: &Plan, day: Day) -> Result<(), S::Error> {
    let prefix = journal_prefix(plan.frame.id);
    let keys = store.keys(&prefix)?;
    let readable = |key: &String| Ok(store.get(key)?.as_deref().and_then(read_record).map(|record| record.at.stamp));
    let held: Vec<Stamp> = keys.iter().map(readable).filter_map(Result::transpose).collect::<Result<_, _>>()?;
    write_snapshot(store, plan, &held, day)
}

/// Folds the journal into the snapshot: a new snapshot first, then only the records that it holds are removed.
///
/// # Errors
/// As for [`open`], and where the store is full or cannot be written; nothing is lost then.
pub fn compact<S: Store>(store: &S, id: PlanId, day: Day) -> Result<(), OpenError<S::Error>> {
    let opened = open(store, id)?;
    write_snapshot(store, &opened.plan, &opened.records, day).map_err(OpenError::Store)
}

fn write_snapshot<S: Store>(store: &S, plan: &Plan, held: &[Stamp], day: Day) -> Result<(), S::Error> {
    let id = plan.frame.id;
    let stamps: Value = held.iter().map(Json::write).collect();
    let text = json!({"held": stamps, "file": envelope(plan, day)}).to_string();
    store.set(&snapshot_key(id), &sealed(&text))?;
    held.iter().try_for_each(|stamp| store.remove(&record_key(id, *stamp)))
}

/// Writes one change. It is saved once this has returned.
///
/// # Errors
/// The store is full or cannot be written.
pub fn save_record<S: Store>(store: &S, plan: PlanId, record: &Record) -> Result<(), S::Error> {
    store.set(&record_key(plan, record.at.stamp), &sealed(&record.write().to_string()))
}

/// Opens a plan: the snapshot, then every record in the order of stamps. A record that cannot be read, or whose
/// change no longer applies, is passed over.
///
/// # Errors
/// [`OpenError`]; nothing has been written.
pub fn open<S: Store>(store: &S, id: PlanId) -> Result<Opened, OpenError<S::Error>> {
    let text = store.get(&snapshot_key(id)).map_err(OpenError::Store)?.ok_or(OpenError::Missing)?;
    let value = unsealed(&text).ok_or(OpenError::Damaged)?;
    let root = Node::root(&value);
    let fields = root.object(&mut Problems::default()).ok_or(OpenError::Damaged)?;
    let file = fields.get("file").ok_or(OpenError::Damaged)?;
    let mut plan = read_envelope(&file)?.plan;
    let held: Vec<&str> = match fields.get("held").and_then(|held| held.value.as_array()) {
        Some(held) => in_order(held.iter().filter_map(Value::as_str).collect(), |a, b| a.cmp(b)),
        None => return Err(OpenError::Damaged),
    };
    let prefix = journal_prefix(id);
    let keys = store.keys(&prefix).map_err(OpenError::Store)?;
    let keys = in_order(keys, String::cmp);
    let (mut records, mut unread) = (Vec::new(), Vec::new());
    for key in keys {
        if key.strip_prefix(&prefix).is_some_and(|stamp| held.binary_search(&stamp).is_ok()) {
            continue;
        }
        match store.get(&key).map_err(OpenError::Store)?.as_deref().and_then(read_record) {
            Some(record) => {
                records.push(record.at.stamp);
                if let Ok((next, _)) = plan.apply(&record.change, record.at) {
                    plan = next;
                }
            }
            None => unread.push(key),
        }
    }
    Ok(Opened { plan, records, unread })
}

/// Reads the text of one record; `None` where it is damaged.
#[must_use]
pub fn read_record(text: &str) -> Option<Record> {
    let value = unsealed(text)?;
    let mut problems = Problems::default();
    Record::read(&Node::root(&value), &mut problems).filter(|_| problems.is_empty())
}

/// Every key of a plan.
///
/// # Errors
/// The store cannot be read.
pub fn keys_of<S: Store>(store: &S, plan: PlanId) -> Result<Vec<String>, S::Error> {
    store.keys(&format!("{PREFIX}{plan}/"))
}

/// As in zip files and PNG pictures, by a table of one kilobyte.
const CHECKSUM: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// A text behind its checksum.
fn sealed(text: &str) -> String {
    format!("{:08x}{text}", CHECKSUM.checksum(text.as_bytes()))
}

/// The JSON behind a checksum that is right.
fn unsealed(text: &str) -> Option<Value> {
    let (checksum, text) = text.split_at_checked(8)?;
    let right = format!("{:08x}", CHECKSUM.checksum(text.as_bytes())) == checksum;
    right.then(|| serde_json::from_str(text).ok()).flatten()
}

/// The version of the records' form.
const RECORD_VERSION: u32 = 1;

impl Record {
    fn write(&self) -> Value {
        let mut map = Map::new();
        json::put(&mut map, "v", &RECORD_VERSION);
        json::put(&mut map, "at", &self.at.stamp);
        json::put(&mut map, "day", &self.at.day);
        json::put(&mut map, "change", &self.change);
        json::put(&mut map, "inverse", &self.inverse);
        map.into()
    }

    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let fields = node.object(problems)?;
        fields.only(&[&["v", "at", "day", "change", "inverse"]], problems)?;
        let version: u32 = fields.read("v", problems)?;
        (version == RECORD_VERSION).then_some(())?;
        let at = At { stamp: fields.read("at", problems)?, day: fields.read("day", problems)? };
        let change = fields.read("change", problems)?;
        Some(Self { at, change, inverse: fields.read("inverse", problems)? })
    }
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, collections::BTreeMap, convert::Infallible};

    use super::*;
    use crate::{Actor, Clock, Edit, FrameEdit, Name, Objective, Prose, Seed};

    #[derive(Default)]
    struct Memory(RefCell<BTreeMap<String, String>>);

    impl Store for Memory {
        type Error = Infallible;

        fn get(&self, key: &str) -> Result<Option<String>, Infallible> {
            Ok(self.0.borrow().get(key).cloned())
        }

        fn set(&self, key: &str, text: &str) -> Result<(), Infallible> {
            self.0.borrow_mut().insert(key.to_owned(), text.to_owned());
            Ok(())
        }

        fn remove(&self, key: &str) -> Result<(), Infallible> {
            self.0.borrow_mut().remove(key);
            Ok(())
        }

        fn keys(&self, prefix: &str) -> Result<Vec<String>, Infallible> {
            Ok(self.0.borrow().keys().filter(|key| key.starts_with(prefix)).cloned().collect())
        }
    }

    struct Desk {
        store: Memory,
        plan: Plan,
        clock: Clock,
    }

    impl Desk {
        fn new() -> Self {
            let mut clock = Clock::new(Actor(1));
            let at = At { stamp: clock.tick(1), day: Day::new(2026, 10, 1).unwrap() };
            let seed = Seed { millis: 1, random: [1; 10] };
            let plan = Plan::new(seed.into(), Name::new("Plan").unwrap(), at);
            let store = Memory::default();
            put(&store, &plan, at.day).unwrap();
            Self { store, plan, clock }
        }

        fn id(&self) -> PlanId {
            self.plan.frame.id
        }

        fn make(&mut self, change: Change) {
            let at = At { stamp: self.clock.tick(1), day: Day::new(2026, 10, 2).unwrap() };
            let (plan, inverse) = self.plan.apply(&change, at).unwrap();
            save_record(&self.store, self.id(), &Record { at, change, inverse }).unwrap();
            self.plan = plan;
        }

        fn edit(&mut self, name: &str) {
            let edit = Edit::frame(FrameEdit::mission(Prose::new(name).unwrap()));
            self.make(Change::Edit { edit, from: None });
        }

        fn add(&mut self, n: u8) {
            let at = At { stamp: self.clock.tick(1), day: Day::new(2026, 10, 2).unwrap() };
            let id = Seed { millis: 2, random: [n; 10] }.into();
            self.make(Change::Add(Objective::new(id, Name::new("Go").unwrap(), None, at).into()));
        }
    }

    #[test]
    fn what_was_saved_is_there_after_opening() {
        let mut desk = Desk::new();
        desk.add(1);
        desk.edit("first");
        desk.edit("second");
        let opened = open(&desk.store, desk.id()).unwrap();
        assert_eq!((opened.plan, opened.records.len(), opened.unread), (desk.plan.clone(), 3, vec![]));
        assert_eq!(plans(&desk.store).unwrap(), [desk.id()]);
    }

    #[test]
    fn a_snapshot_takes_its_records_away_and_nothing_changes() {
        let mut desk = Desk::new();
        desk.add(1);
        desk.edit("first");
        compact(&desk.store, desk.id(), Day::new(2026, 10, 3).unwrap()).unwrap();
        let opened = open(&desk.store, desk.id()).unwrap();
        assert_eq!((opened.plan, opened.records), (desk.plan.clone(), vec![]));
        assert_eq!(keys_of(&desk.store, desk.id()).unwrap(), [snapshot_key(desk.id())]);
    }

    #[test]
    fn records_that_a_snapshot_holds_are_not_applied_twice() {
        let mut desk = Desk::new();
        desk.add(1);
        let id = desk.plan.objectives.iter().next().unwrap().id;
        desk.make(Change::Delete(id.into()));
        let before: Vec<_> = desk.store.0.borrow().clone().into_iter().collect();
        compact(&desk.store, desk.id(), Day::new(2026, 10, 3).unwrap()).unwrap();
        // As after a crash between writing the snapshot and removing its records.
        for (key, text) in before.into_iter().filter(|(key, _)| key.contains("/j/")) {
            desk.store.set(&key, &text).unwrap();
        }
        let opened = open(&desk.store, desk.id()).unwrap();
        assert_eq!((opened.plan, opened.records), (desk.plan.clone(), vec![]));
    }

    #[test]
    fn a_damaged_record_stays_and_the_others_apply() {
        let mut desk = Desk::new();
        desk.edit("first");
        let key = desk.store.keys(&journal_prefix(desk.id())).unwrap().remove(0);
        let text = desk.store.get(&key).unwrap().unwrap().replace("first", "worst");
        desk.store.set(&key, &text).unwrap();
        desk.add(1);
        let opened = open(&desk.store, desk.id()).unwrap();
        assert_eq!((opened.plan.objectives.len(), opened.unread), (1, vec![key.clone()]));
        compact(&desk.store, desk.id(), Day::new(2026, 10, 3).unwrap()).unwrap();
        assert_eq!(desk.store.get(&key).unwrap(), Some(text));
    }

    #[test]
    fn putting_a_plan_replaces_snapshot_and_journal() {
        let mut desk = Desk::new();
        let first = desk.plan.clone();
        desk.add(1);
        put(&desk.store, &first, Day::new(2026, 10, 3).unwrap()).unwrap();
        assert_eq!(open(&desk.store, desk.id()).unwrap().plan, first);
    }

    #[test]
    fn a_damaged_snapshot_is_reported() {
        let desk = Desk::new();
        let key = snapshot_key(desk.id());
        let text = desk.store.get(&key).unwrap().unwrap();
        for damaged in [text.replace("Plan", "Plum"), text[..40].to_owned(), String::new(), "ü".repeat(9)] {
            desk.store.set(&key, &damaged).unwrap();
            assert!(matches!(open(&desk.store, desk.id()), Err(OpenError::Damaged)), "{damaged}");
        }
        desk.store.remove(&key).unwrap();
        assert!(matches!(open(&desk.store, desk.id()), Err(OpenError::Missing)));
    }

    #[test]
    fn every_kind_of_change_reads_back_as_it_was_written() {
        let mut desk = Desk::new();
        desk.add(1);
        desk.edit("x");
        let id = desk.plan.objectives.iter().next().unwrap().id;
        desk.make(Change::All(vec![Change::Delete(id.into())]));
        for key in desk.store.keys(&journal_prefix(desk.id())).unwrap() {
            let text = desk.store.get(&key).unwrap().unwrap();
            let record = read_record(&text).unwrap();
            assert_eq!(parse_record_key(&key), Some((desk.id(), record.at.stamp)));
            assert_eq!(sealed(&record.write().to_string()), text);
        }
    }
}
