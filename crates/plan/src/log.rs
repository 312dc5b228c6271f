//! Dated entries of one key result or KPI, in chunks by year.

use std::{any::Any, collections::BTreeMap, sync::Arc};

use serde_json::{Map, Value, json};

use crate::{
    Actor, Day, EntityId, Invalid, ProblemKind, Stamp,
    json::{Json, Node, Problems, Row, object_schema, property, put},
    register::Register,
};

/// The identity of an entry within its log: two machines never make the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryKey {
    /// The day that the entry speaks of.
    pub day: Day,
    /// Its place among the entries of that day.
    pub n: u32,
    /// Who wrote it.
    pub actor: Actor,
}

/// An entry or, once deleted, the stamp of its deletion.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Slot<T> {
    stamp: Option<Stamp>,
    row: Option<T>,
}

type Chunk<T> = Arc<BTreeMap<EntryKey, Slot<T>>>;

/// Entries by day. An edit clones the chunk of one year; the rest is shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log<T> {
    years: BTreeMap<i32, Chunk<T>>,
}

impl<T> Default for Log<T> {
    fn default() -> Self {
        Self { years: BTreeMap::new() }
    }
}

impl<T> Log<T> {
    /// The most entries of one log, deleted ones included.
    pub const MAX: usize = 100_000;

    /// The entries, oldest first; the entries of one day in the order in which they were written.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (EntryKey, &T)> {
        let slots = self.years.values().flat_map(|chunk| chunk.iter());
        slots.filter_map(|(key, slot)| Some((*key, slot.row.as_ref()?)))
    }

    /// The entries up to `day`, latest first.
    pub fn latest(&self, day: Day) -> impl Iterator<Item = (EntryKey, &T)> {
        let years = self.years.range(..=day.year()).rev();
        years
            .flat_map(|(_, chunk)| chunk.iter().rev())
            .filter(move |(key, _)| key.day <= day)
            .filter_map(|(key, slot)| Some((*key, slot.row.as_ref()?)))
    }

    /// The entries from `from` to `to`, both included, oldest first.
    pub fn between(&self, from: Day, to: Day) -> impl DoubleEndedIterator<Item = (EntryKey, &T)> {
        let years = from.year()..=to.year();
        self.years
            .iter()
            .filter(move |(year, _)| years.contains(year))
            .flat_map(|(_, chunk)| chunk.iter())
            .filter(move |(key, _)| (from..=to).contains(&key.day))
            .filter_map(|(key, slot)| Some((*key, slot.row.as_ref()?)))
    }

    /// The entry at `key`.
    #[must_use]
    pub fn get(&self, key: &EntryKey) -> Option<&T> {
        self.years.get(&key.day.year())?.get(key)?.row.as_ref()
    }

    /// Whether an entry is at `key`, or was until it was deleted.
    #[must_use]
    pub fn knows(&self, key: &EntryKey) -> bool {
        self.years.get(&key.day.year()).is_some_and(|chunk| chunk.contains_key(key))
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// How many slots there are, deleted entries included.
    #[must_use]
    pub fn slots(&self) -> usize {
        self.years.values().map(|chunk| chunk.len()).sum()
    }

    /// The key of a further entry of `actor` on `day`, after all that are there.
    #[must_use]
    pub fn next_key(&self, day: Day, actor: Actor) -> EntryKey {
        let chunk = self.years.get(&day.year());
        let last = chunk.and_then(|chunk| {
            let first = EntryKey { day, n: 0, actor: Actor(0) };
            let end = EntryKey { day: day.plus_days(1), ..first };
            let end = if end > first { end } else { EntryKey { day, n: u32::MAX, actor: Actor(u32::MAX) } };
            chunk.range(first..end).next_back().map(|(key, _)| key.n)
        });
        EntryKey { day, n: last.map_or(0, |n| n.saturating_add(1)), actor }
    }
}

impl<T: Row + Clone + Ord> Log<T> {
    /// Writes or deletes an entry; gives what was there. A new entry needs no stamp: nobody else has its key.
    pub(crate) fn set(&mut self, key: EntryKey, row: Option<T>, stamp: Stamp) -> Option<T> {
        let chunk = Arc::make_mut(self.years.entry(key.day.year()).or_default());
        let Some(slot) = chunk.get_mut(&key) else {
            chunk.insert(key, Slot { stamp: row.is_none().then_some(stamp), row });
            return None;
        };
        if slot.stamp > Some(stamp) {
            return slot.row.clone();
        }
        slot.stamp = Some(stamp);
        std::mem::replace(&mut slot.row, row)
    }
}

impl<T: Row + Clone + Ord + 'static> Register for Log<T> {
    fn merge(&mut self, other: &dyn Any) {
        let Some(other) = other.downcast_ref::<Self>() else { return };
        for (year, theirs) in &other.years {
            let ours = self.years.entry(*year).or_insert_with(|| theirs.clone());
            if Arc::ptr_eq(ours, theirs) || ours == theirs {
                continue;
            }
            let ours = Arc::make_mut(ours);
            for (key, their) in theirs.iter() {
                match ours.get_mut(key) {
                    Some(our) if &*our >= their => {}
                    Some(our) => our.clone_from(their),
                    None => {
                        ours.insert(*key, their.clone());
                    }
                }
            }
        }
    }

    fn cut(&mut self, day: Day) {
        self.years.retain(|year, chunk| {
            if *year == day.year() && chunk.keys().next_back().is_some_and(|key| key.day > day) {
                Arc::make_mut(chunk).retain(|key, _| key.day <= day);
            }
            *year <= day.year() && !chunk.is_empty()
        });
    }

    fn stamp(&self) -> Option<Stamp> {
        self.years.values().flat_map(|chunk| chunk.values()).filter_map(|slot| slot.stamp).max()
    }

    fn references(&self, _found: &mut Vec<EntityId>) {}

    fn check(&self) -> Result<(), Invalid> {
        self.iter().try_for_each(|(_, row)| row.check())
    }

    fn write_into(&self, name: &str, _created: Day, map: &mut Map<String, Value>, _: &mut Map<String, Value>) {
        put(map, name, self);
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The largest place within a day: there is always a further one.
const MAX_N: u32 = 1_000_000;

const KEY_FIELDS: &[&str] = &["date", "by", "n", "edited"];

impl<T: Row + Clone + Ord> Json for Log<T> {
    fn write(&self) -> Value {
        let slots = self.years.values().flat_map(|chunk| chunk.iter());
        let rows = slots.map(|(key, slot)| {
            let mut map = Map::new();
            put(&mut map, "date", &key.day);
            match &slot.row {
                Some(row) => row.write_into(&mut map),
                None => {
                    map.insert("deleted".to_owned(), true.into());
                }
            }
            put(&mut map, "by", &key.actor);
            if key.n > 0 {
                put(&mut map, "n", &key.n);
            }
            put(&mut map, "edited", &slot.stamp);
            Value::Object(map)
        });
        rows.collect()
    }

    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let rows = node.array(Self::MAX, problems, |node, problems| {
            let fields = node.object(problems)?;
            let deleted = fields.get("deleted");
            let known: &[&[&str]] =
                if deleted.is_some() { &[KEY_FIELDS, &["deleted"]] } else { &[KEY_FIELDS, T::FIELDS] };
            let clean = fields.only(known, problems);
            let day = fields.read("date", problems);
            let actor = fields.read("by", problems);
            let n = fields.read_or("n", Some(0), problems, |node, problems| match u32::read(node, problems)? {
                n if n <= MAX_N => Some(n),
                _ => node.fail(ProblemKind::TooMany { max: Self::MAX }, problems),
            });
            let stamp = fields.read("edited", problems);
            let row = match deleted {
                Some(deleted) if deleted.value == &Value::Bool(true) => None,
                Some(deleted) => return deleted.fail(ProblemKind::WrongType { expected: "true" }, problems),
                None => {
                    let row = T::read_from(&fields, problems)?;
                    match row.check() {
                        Ok(()) => Some(row),
                        Err(invalid) => return node.fail(invalid, problems),
                    }
                }
            };
            clean?;
            let key = EntryKey { day: day?, n: n?, actor: actor? };
            Some((key, Slot { stamp: stamp?, row }))
        })?;
        let mut years: BTreeMap<i32, BTreeMap<_, _>> = BTreeMap::new();
        for (index, (key, slot)) in rows.into_iter().enumerate() {
            if years.entry(key.day.year()).or_default().insert(key, slot).is_some() {
                problems.add(format!("{}[{index}]", node.path()), ProblemKind::Duplicate);
            }
        }
        Some(Self { years: years.into_iter().map(|(year, chunk)| (year, Arc::new(chunk))).collect() })
    }

    fn schema() -> Value {
        let key = |row: Vec<(&'static str, Value, bool)>| {
            let mut all = vec![property::<Day>("date"), property::<Actor>("by")];
            all.push(("n", u32::schema(), false));
            all.push(property::<Option<Stamp>>("edited"));
            all.extend(row);
            object_schema(all)
        };
        let deleted = vec![("deleted", json!({"const": true}), true)];
        json!({"type": "array", "items": {"anyOf": [key(T::properties()), key(deleted)]}})
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn is_absent(&self) -> bool {
        self.years.is_empty()
    }
}
