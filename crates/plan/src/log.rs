//! Dated entries of one key result or KPI, in chunks by month.

use std::{any::Any, marker::PhantomData, sync::Arc};

use serde_json::{Map, Value, json};

use crate::{
    Actor, Day, EntityId, Invalid, ProblemKind, Stamp,
    datum::{Content, Datum},
    entity::{Read, Reading},
    json::{Fields, Json, Node, Problems, Row, object_schema, property, put},
    register::{AnyRegister, Put, Register, Shape, Slot},
    sorted::Sorted,
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
struct Place {
    stamp: Option<Stamp>,
    row: Option<Datum>,
}

type Chunk = Arc<Sorted<EntryKey, Place>>;

/// Entries by day. An edit clones the chunk of one month; the rest is shared.
#[derive(Debug)]
pub struct Log<T> {
    pub(crate) inner: AnyLog,
    of: PhantomData<fn() -> T>,
}

/// Entries of whatever type, as all logs treat them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnyLog {
    months: Sorted<i32, Chunk>,
}

impl<T> Default for Log<T> {
    fn default() -> Self {
        AnyLog::default().into()
    }
}

impl<T> From<AnyLog> for Log<T> {
    fn from(inner: AnyLog) -> Self {
        Self { inner, of: PhantomData }
    }
}

impl<T> Clone for Log<T> {
    fn clone(&self) -> Self {
        self.inner.clone().into()
    }
}

impl<T> PartialEq for Log<T> {
    fn eq(&self, other: &Self) -> bool {
        self.inner == other.inner
    }
}

impl<T> Eq for Log<T> {}

impl<T: 'static> Log<T> {
    /// The most entries of one log, deleted ones included, that edits make.
    pub const MAX: usize = AnyLog::MAX;

    /// The entries, oldest first; the entries of one day in the order in which they were written.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (EntryKey, &T)> {
        self.inner.iter().map(|(key, row)| (key, row.get()))
    }

    /// The entries up to `day`, latest first.
    pub fn latest(&self, day: Day) -> impl Iterator<Item = (EntryKey, &T)> {
        self.between(Day::FIRST, day).rev()
    }

    /// The entries from `from` to `to`, both included, oldest first.
    pub fn between(&self, from: Day, to: Day) -> impl DoubleEndedIterator<Item = (EntryKey, &T)> {
        self.inner.between(from, to).map(|(key, row)| (key, row.get()))
    }

    /// The entry at `key`.
    #[must_use]
    pub fn get(&self, key: &EntryKey) -> Option<&T> {
        self.inner.get(key).map(Datum::get)
    }

    /// Whether an entry is at `key`, or was until it was deleted.
    #[must_use]
    pub fn knows(&self, key: &EntryKey) -> bool {
        self.inner.knows(key)
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inner.iter().next().is_none()
    }

    /// How many slots there are, deleted entries included.
    #[must_use]
    pub fn slots(&self) -> usize {
        self.inner.slots()
    }

    /// The key of a further entry of `actor` on `day`, after all that are there.
    #[must_use]
    pub fn next_key(&self, day: Day, actor: Actor) -> EntryKey {
        self.inner.next_key(day, actor)
    }
}

/// Those that were not deleted.
fn entries<'a>(
    places: impl DoubleEndedIterator<Item = &'a (EntryKey, Place)>,
) -> impl DoubleEndedIterator<Item = (EntryKey, &'a Datum)> {
    places.filter_map(|(key, place)| Some((*key, place.row.as_ref()?)))
}

impl EntryKey {
    /// The month of its chunk, counted from the beginning of the calendar.
    fn month(&self) -> i32 {
        12 * self.day.year() + i32::from(self.day.month())
    }

    const fn first_of(day: Day) -> Self {
        Self { day, n: 0, actor: Actor(0) }
    }

    /// Greater than every key of `day`, and not greater than any of the day after.
    const fn after(day: Day) -> Self {
        Self { day, n: u32::MAX, actor: Actor(u32::MAX) }
    }
}

const KEY_FIELDS: &[&str] = &["date", "by", "n", "edited"];

impl AnyLog {
    pub const MAX: usize = 100_000;
    /// The most that a file holds: merging may bring several full logs together.
    const MAX_READ: usize = 10 * Self::MAX;
    /// The largest place within a day.
    pub const MAX_N: u32 = 1_000_000;

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (EntryKey, &Datum)> {
        self.months.iter().flat_map(|(_, chunk)| entries(chunk.iter()))
    }

    fn between(&self, from: Day, to: Day) -> impl DoubleEndedIterator<Item = (EntryKey, &Datum)> {
        let (from, end) = (EntryKey::first_of(from), EntryKey::after(to));
        let months = self.months.range(from.month(), end.month() + 1);
        months.iter().flat_map(move |(_, chunk)| entries(chunk.range(from, end).iter()))
    }

    pub fn get(&self, key: &EntryKey) -> Option<&Datum> {
        self.months.get(key.month())?.get(*key)?.row.as_ref()
    }

    pub fn knows(&self, key: &EntryKey) -> bool {
        self.months.get(key.month()).is_some_and(|chunk| chunk.contains(*key))
    }

    pub fn slots(&self) -> usize {
        self.months.iter().map(|(_, chunk)| chunk.len()).sum()
    }

    fn next_key(&self, day: Day, actor: Actor) -> EntryKey {
        let chunk = self.months.get(EntryKey::first_of(day).month());
        let last = chunk.and_then(|chunk| chunk.range(EntryKey::first_of(day), EntryKey::after(day)).last());
        EntryKey { day, n: last.map_or(0, |(key, _)| key.n.saturating_add(1)), actor }
    }

    /// Writes or deletes an entry; gives what was there. A new entry needs no stamp: nobody else has its key.
    pub fn set(&mut self, key: EntryKey, row: Option<Datum>, stamp: Stamp) -> Option<Datum> {
        let chunk = Arc::make_mut(self.months.entry(key.month(), Arc::default));
        let Some(place) = chunk.get_mut(key) else {
            chunk.insert(key, Place { stamp: row.is_none().then_some(stamp), row });
            return None;
        };
        if place.stamp > Some(stamp) {
            return place.row.clone();
        }
        place.stamp = Some(stamp);
        std::mem::replace(&mut place.row, row)
    }

    fn write(&self) -> Value {
        let places = self.months.iter().flat_map(|(_, chunk)| chunk.iter());
        let rows = places.map(|(key, place)| {
            let mut map = Map::new();
            put(&mut map, "date", &key.day);
            match place.row.as_ref().map(Datum::write) {
                Some(Value::Object(row)) => map.extend(row),
                _ => {
                    map.insert("deleted".to_owned(), true.into());
                }
            }
            put(&mut map, "by", &key.actor);
            if key.n > 0 {
                put(&mut map, "n", &key.n);
            }
            put(&mut map, "edited", &place.stamp);
            Value::Object(map)
        });
        rows.collect()
    }

    /// The next field of an entity that was read.
    #[inline(never)]
    fn of(read: &mut Read) -> Self {
        match read.fields.next() {
            Some(AnyRegister::Log(inner)) => inner,
            _ => unreachable!("a field is read as it is declared"),
        }
    }

    pub fn read_from(of: &RowType, name: &'static str, reading: &Reading<'_>, problems: &mut Problems) -> Option<Self> {
        reading.no_stamp_of(name, problems);
        let read = |node: &Node<'_>, problems: &mut Problems| Self::read(of, node, problems);
        reading.fields.read_or(name, Some(Self::default()), problems, read)
    }

    fn read(of: &RowType, node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let rows = node.array(Self::MAX_READ, problems, |node, problems| {
            let fields = node.object(problems)?;
            let deleted = fields.get("deleted");
            let known: &[&[&str]] =
                if deleted.is_some() { &[KEY_FIELDS, &["deleted"]] } else { &[KEY_FIELDS, of.fields] };
            let clean = fields.only(known, problems);
            let day = fields.read("date", problems);
            let actor = fields.read("by", problems);
            let n = fields.read_or("n", Some(0), problems, |node, problems| match u32::read(node, problems)? {
                n if n <= Self::MAX_N => Some(n),
                _ => node.fail(ProblemKind::TooMany { max: Self::MAX_N as usize }, problems),
            });
            let stamp = fields.read("edited", problems);
            let row = match deleted {
                Some(deleted) if matches!(deleted.value, Value::Bool(true)) => None,
                Some(deleted) => return deleted.fail(ProblemKind::WrongType { expected: "true" }, problems),
                None => {
                    let row = (of.read)(&fields, problems)?;
                    match row.check() {
                        Ok(()) => Some(row),
                        Err(invalid) => return node.fail(invalid, problems),
                    }
                }
            };
            clean?;
            let key = EntryKey { day: day?, n: n?, actor: actor? };
            Some((key, Place { stamp: stamp?, row }))
        })?;
        let (rows, repeated) = Sorted::from_pairs(rows);
        for place in &repeated {
            problems.add(format!("{}[{place}]", node.path()), ProblemKind::Duplicate);
        }
        repeated.is_empty().then(|| {
            let mut months: Sorted<i32, Sorted<_, _>> = Sorted::default();
            for (key, place) in rows {
                months.entry(key.month(), Sorted::default).insert(key, place);
            }
            Self { months: months.into_iter().map(|(month, chunk)| (month, Arc::new(chunk))).collect() }
        })
    }
}

/// What reading a log has to know of its entries.
#[derive(Debug, Clone, Copy)]
pub struct RowType {
    fields: &'static [&'static str],
    read: fn(&Fields<'_>, &mut Problems) -> Option<Datum>,
}

impl Register for AnyLog {
    fn merge(&mut self, other: &dyn Any) {
        let Some(other) = other.downcast_ref::<Self>() else { return };
        for (month, theirs) in other.months.iter() {
            let ours = self.months.entry(*month, || theirs.clone());
            if Arc::ptr_eq(ours, theirs) || ours == theirs {
                continue;
            }
            let ours = Arc::make_mut(ours);
            for (key, their) in theirs.iter() {
                match ours.get_mut(*key) {
                    Some(our) if &*our >= their => {}
                    Some(our) => our.clone_from(their),
                    None => ours.insert(*key, their.clone()),
                }
            }
        }
    }

    fn cut(&mut self, day: Day) {
        let last = EntryKey::first_of(day).month();
        self.months.retain(|(month, chunk)| {
            if *month == last && chunk.last().is_some_and(|(key, _)| key.day > day) {
                Arc::make_mut(chunk).retain(|(key, _)| key.day <= day);
            }
            *month <= last && !chunk.is_empty()
        });
    }

    fn stamp(&self) -> Option<Stamp> {
        let places = self.months.iter().flat_map(|(_, chunk)| chunk.iter());
        places.filter_map(|(_, place)| place.stamp).max()
    }

    fn equals(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }

    fn references(&self, _found: &mut Vec<EntityId>) {}

    fn check(&self) -> Result<(), Invalid> {
        self.iter().try_for_each(|(_, row)| row.check())
    }

    fn write_into(&self, name: &str, _created: Day, map: &mut Map<String, Value>, _: &mut Map<String, Value>) {
        if !self.months.is_empty() {
            map.insert(name.to_owned(), self.write());
        }
    }

    fn at(&self, _from: Day) -> Option<Put> {
        None
    }

    /// Entries are written by [`AnyLog::set`], each with its own key.
    fn set(&mut self, edit: Put, _stamp: Stamp) -> Put {
        edit
    }
}

impl<T: Row + Content> Slot for Log<T> {
    const SHAPE: Shape = Shape::Log(RowType {
        fields: T::FIELDS,
        read: |fields, problems| T::read_from(fields, problems).map(Datum::new),
    });

    fn of(read: &mut Read) -> Self {
        AnyLog::of(read).into()
    }

    fn register(&self) -> &dyn Register {
        &self.inner
    }

    fn register_mut(&mut self) -> &mut dyn Register {
        &mut self.inner
    }

    fn property(name: &str) -> (&str, Value, bool) {
        let key = |row: Vec<(&'static str, Value, bool)>| {
            let mut all = vec![property::<Day>("date"), property::<Actor>("by")];
            all.push(("n", json!({"type": "integer", "minimum": 0, "maximum": AnyLog::MAX_N}), false));
            all.push(property::<Option<Stamp>>("edited"));
            all.extend(row);
            object_schema(all)
        };
        let deleted = vec![("deleted", json!({"const": true}), true)];
        (name, json!({"type": "array", "items": {"anyOf": [key(T::properties()), key(deleted)]}}), false)
    }
}
