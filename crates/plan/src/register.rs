//! Values that can be edited on several machines and merged: the later stamp wins.

use std::ops::Deref;

use serde_json::{Map, Value, json};

use crate::{
    Day, EntityId, Invalid, ProblemKind, Stamp,
    json::{Fields, Json, Node, Problems, checked, object_schema, property, put},
};

/// What every field of an entity can do. `Value` is what an edit carries.
pub trait Register: Sized {
    type Value: Json + Clone + Ord;
    /// Edits the value, from a day on where that matters; gives the value that was there.
    fn set(&mut self, value: Self::Value, from: Day, stamp: Stamp) -> Self::Value;
    /// Takes over whatever is later in `other`. Commutative, associative, idempotent.
    fn merge(&mut self, other: &Self);
    /// Forgets what was decided after `day`.
    fn cut(&mut self, day: Day);
    /// The latest edit.
    fn stamp(&self) -> Option<Stamp>;
    fn references(&self, found: &mut Vec<EntityId>);
    fn check(&self) -> Result<(), Invalid>;
    fn write_into(&self, name: &str, created: Day, map: &mut Map<String, Value>, stamps: &mut Map<String, Value>);
    fn read_from(
        name: &'static str,
        created: Day,
        fields: &Fields<'_>,
        stamps: Option<&Fields<'_>>,
        problems: &mut Problems,
    ) -> Option<Self>;
    fn property(name: &str) -> (&str, Value, bool);
}

/// A value with the stamp of its last edit, if there was one since its entity was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field<T> {
    value: T,
    stamp: Option<Stamp>,
}

impl<T> Deref for Field<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> From<T> for Field<T> {
    fn from(value: T) -> Self {
        Self { value, stamp: None }
    }
}

impl<T: Json + Clone + Ord> Register for Field<T> {
    type Value = T;

    fn set(&mut self, value: T, _from: Day, stamp: Stamp) -> T {
        // An edit from elsewhere may arrive after a later one of ours.
        if self.stamp > Some(stamp) {
            return self.value.clone();
        }
        self.stamp = Some(stamp);
        std::mem::replace(&mut self.value, value)
    }

    fn merge(&mut self, other: &Self) {
        // Equal stamps with unequal values cannot come from edits, only from hand-made files: the value decides then.
        if (other.stamp, &other.value) > (self.stamp, &self.value) {
            self.clone_from(other);
        }
    }

    fn cut(&mut self, _day: Day) {}

    fn stamp(&self) -> Option<Stamp> {
        self.stamp
    }

    fn references(&self, found: &mut Vec<EntityId>) {
        self.value.references(found);
    }

    fn check(&self) -> Result<(), Invalid> {
        self.value.check()
    }

    fn write_into(&self, name: &str, _created: Day, map: &mut Map<String, Value>, stamps: &mut Map<String, Value>) {
        put(map, name, &self.value);
        put(stamps, name, &self.stamp);
    }

    fn read_from(
        name: &'static str,
        _created: Day,
        fields: &Fields<'_>,
        stamps: Option<&Fields<'_>>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let value = fields.read(name, problems);
        let stamp = stamps.map_or(Some(None), |stamps| stamps.read(name, problems));
        Some(Self { value: value?, stamp: stamp? })
    }

    fn property(name: &str) -> (&str, Value, bool) {
        property::<T>(name)
    }
}

/// A value with its history: what was in force on any past day, and from when on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<T> {
    /// In order of `from`, never empty, each day once.
    revisions: Vec<Revision<T>>,
}

/// What was decided for the time from a day on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Revision<T> {
    /// The first day in force.
    pub from: Day,
    /// The last edit, if there was one since the entity was made.
    pub stamp: Option<Stamp>,
    /// What is in force.
    pub value: T,
}

impl<T> Dated<T> {
    /// The most revisions that one value may have.
    pub const MAX: usize = 2_000;

    /// A value in force from `from` on (and, for want of anything earlier, on every day before).
    pub fn new(from: Day, value: T) -> Self {
        Self { revisions: vec![Revision { from, stamp: None, value }] }
    }

    /// What is in force on `day`.
    pub fn on(&self, day: Day) -> &T {
        let later = self.revisions.partition_point(|revision| revision.from <= day);
        &self.revisions[later.saturating_sub(1)].value
    }

    /// Every revision, oldest first.
    pub fn revisions(&self) -> &[Revision<T>] {
        &self.revisions
    }
}

impl<T: Json + Clone + Ord> Register for Dated<T> {
    type Value = T;

    fn set(&mut self, value: T, from: Day, stamp: Stamp) -> T {
        let before = self.on(from).clone();
        let revision = Revision { from, stamp: Some(stamp), value };
        match self.revisions.binary_search_by_key(&from, |revision| revision.from) {
            Ok(same_day) if self.revisions[same_day].stamp > Some(stamp) => {}
            Ok(same_day) => self.revisions[same_day] = revision,
            Err(place) => self.revisions.insert(place, revision),
        }
        before
    }

    fn merge(&mut self, other: &Self) {
        for theirs in &other.revisions {
            match self.revisions.binary_search_by_key(&theirs.from, |ours| ours.from) {
                Ok(same_day) => {
                    let ours = &mut self.revisions[same_day];
                    if theirs > ours {
                        ours.clone_from(theirs);
                    }
                }
                Err(place) => self.revisions.insert(place, theirs.clone()),
            }
        }
    }

    fn cut(&mut self, day: Day) {
        let kept = self.revisions.partition_point(|revision| revision.from <= day);
        self.revisions.truncate(kept.max(1));
    }

    fn stamp(&self) -> Option<Stamp> {
        self.revisions.iter().filter_map(|revision| revision.stamp).max()
    }

    fn references(&self, found: &mut Vec<EntityId>) {
        for revision in &self.revisions {
            revision.value.references(found);
        }
    }

    fn check(&self) -> Result<(), Invalid> {
        self.revisions.iter().try_for_each(|revision| revision.value.check())
    }

    /// One value that was never edited is written plainly; a history as an array.
    fn write_into(&self, name: &str, created: Day, map: &mut Map<String, Value>, _: &mut Map<String, Value>) {
        if let [Revision { from, stamp: None, value }] = self.revisions.as_slice()
            && *from == created
        {
            put(map, name, value);
        } else {
            let history = self.revisions.iter().map(|revision| {
                let mut row = Map::new();
                put(&mut row, "from", &revision.from);
                row.insert("value".to_owned(), revision.value.write());
                put(&mut row, "edited", &revision.stamp);
                Value::Object(row)
            });
            map.insert(name.to_owned(), history.collect());
        }
    }

    fn read_from(
        name: &'static str,
        created: Day,
        fields: &Fields<'_>,
        _stamps: Option<&Fields<'_>>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let absent = T::absent().map(|value| Self::new(created, value));
        fields.read_or(name, absent, problems, |node, problems| {
            if !node.value.is_array() {
                return Some(Self::new(created, checked(node, problems)?));
            }
            let revisions = node.array(Self::MAX, problems, |node, problems| {
                let fields = node.object(problems)?;
                let clean = fields.only(&[&["from", "value", "edited"]], problems);
                let from = fields.read("from", problems);
                let value = fields.read_or("value", None, problems, checked);
                let stamp = fields.read("edited", problems);
                clean?;
                Some(Revision { from: from?, stamp: stamp?, value: value? })
            })?;
            if revisions.is_empty() {
                return node.fail(ProblemKind::Missing { field: "value" }, problems);
            }
            if revisions.is_sorted_by(|a, b| a.from < b.from) {
                Some(Self { revisions })
            } else {
                node.fail(ProblemKind::Duplicate, problems)
            }
        })
    }

    fn property(name: &str) -> (&str, Value, bool) {
        let revision = object_schema(vec![
            property::<Day>("from"),
            ("value", T::schema(), true),
            property::<Option<Stamp>>("edited"),
        ]);
        let schema = json!({"anyOf": [T::schema(), {"type": "array", "minItems": 1, "items": revision}]});
        (name, schema, T::absent().is_none())
    }
}

/// Reads the stamps of an entity's plain fields.
pub fn stamps_of<'a>(
    node: Option<&'a Node<'a>>,
    known: &[&str],
    problems: &mut Problems,
) -> Option<Option<Fields<'a>>> {
    let Some(node) = node else { return Some(None) };
    let fields = node.object(problems)?;
    fields.only(&[known], problems)?;
    Some(Some(fields))
}
