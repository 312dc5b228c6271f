//! Values that can be edited on several machines and merged: the later stamp wins.

use std::{any::Any, marker::PhantomData, ops::Deref};

use serde_json::{Map, Value, json};

use crate::{
    Day, EntityId, Invalid, ProblemKind, Stamp,
    datum::{Content, Datum, Type},
    entity::{Read, Reading},
    json::{Problems, object_schema, property, put},
    log::{AnyLog, RowType},
};

/// What every field of an entity can do, whatever it holds: entities treat their fields alike through this.
pub trait Register: Any {
    /// Takes over whatever is later in `other`, a register of the same type. Commutative, associative, idempotent.
    fn merge(&mut self, other: &dyn Any);
    /// Forgets what was entered for or decided after `day`.
    fn cut(&mut self, day: Day);
    /// The latest edit.
    fn stamp(&self) -> Option<Stamp>;
    /// Whether it holds the same with the same stamps as `other`, a register of the same type.
    fn equals(&self, other: &dyn Any) -> bool;
    fn references(&self, found: &mut Vec<EntityId>);
    fn check(&self) -> Result<(), Invalid>;
    fn write_into(&self, name: &str, created: Day, map: &mut Map<String, Value>, stamps: &mut Map<String, Value>);
    /// Makes an edit; gives the edit that takes it back.
    fn set(&mut self, edit: Put, stamp: Stamp) -> Put;
    /// What is decided for a day: the edit that would bring it about.
    fn at(&self, from: Day) -> Option<Put>;
}

/// Whether two fields hold the same values for the same days, whoever edited them when. Not for logs.
pub fn says_the_same(one: &dyn Register, other: &dyn Register) -> bool {
    let (one, other): (&dyn Any, &dyn Any) = (one, other);
    if let (Some(one), Some(other)) = (one.downcast_ref::<AnyField>(), other.downcast_ref::<AnyField>()) {
        return one.value == other.value;
    }
    let (Some(one), Some(other)) = (one.downcast_ref::<AnyDated>(), other.downcast_ref::<AnyDated>()) else {
        return false;
    };
    let said = |it: &AnyDated| it.standing().map(|it| (it.from, it.value.clone())).collect::<Vec<_>>();
    said(one) == said(other)
}

/// A field as its entity declares it: knows the type of its values, and leaves the rest to its [`Register`].
pub trait Slot: Sized {
    /// What it holds.
    const SHAPE: Shape;
    /// The next one of an entity that was read.
    fn of(read: &mut Read) -> Self;
    fn register(&self) -> &dyn Register;
    fn register_mut(&mut self) -> &mut dyn Register;
    fn property(name: &str) -> (&str, Value, bool);
    /// Its stamp among those of the entity, where it does not keep them itself.
    fn stamp_property(_name: &str) -> Option<(&str, Value, bool)> {
        None
    }
}

/// What a field holds: all that reading it has to know.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    Field(Type),
    Dated(Type),
    Log(RowType),
}

/// What a field of some [`Shape`] is inside.
#[derive(Debug)]
pub enum AnyRegister {
    Field(AnyField),
    Dated(AnyDated),
    Log(AnyLog),
}

impl Shape {
    /// The type of the values that edits give it; none of a log, which has entries.
    pub const fn edited(&self) -> Option<&Type> {
        match self {
            Self::Field(of) | Self::Dated(of) => Some(of),
            Self::Log(_) => None,
        }
    }

    pub fn read(&self, name: &'static str, reading: &Reading<'_>, problems: &mut Problems) -> Option<AnyRegister> {
        match self {
            Self::Field(of) => AnyField::read_from(of, name, reading, problems).map(AnyRegister::Field),
            Self::Dated(of) => AnyDated::read_from(of, name, reading, problems).map(AnyRegister::Dated),
            Self::Log(of) => AnyLog::read_from(of, name, reading, problems).map(AnyRegister::Log),
        }
    }
}

/// What an edit does to a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    pub value: Datum,
    /// The first day for which it holds, where there is a history.
    pub from: Day,
    /// Whether what was decided for that day is taken back, so that what was decided before holds on.
    pub withdrawn: bool,
}

/// A value with the stamp of its last edit, if there was one since its entity was made.
#[derive(Debug)]
pub struct Field<T> {
    inner: AnyField,
    of: PhantomData<fn() -> T>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnyField {
    value: Datum,
    stamp: Option<Stamp>,
}

/// A value with its history: what was in force on any past day, and from when on.
#[derive(Debug)]
pub struct Dated<T> {
    inner: AnyDated,
    of: PhantomData<fn() -> T>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnyDated {
    /// In order of `from`, each day once; never none.
    decisions: Vec<Decision>,
}

/// What was decided for the time from a day on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Decision {
    from: Day,
    /// The last edit, if there was one since the entity was made.
    stamp: Option<Stamp>,
    /// Whether it was taken back.
    withdrawn: bool,
    /// What it says, or said: where all were taken back, even by merging, the first one holds.
    value: Datum,
}

/// What holds from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revision<'a, T> {
    /// The first day in force.
    pub from: Day,
    /// What is in force.
    pub value: &'a T,
}

// Derived, these would ask for the same of T, which is not in there.
macro_rules! like_its_register {
    ($($type:ident)*) => {$(
        impl<T> Clone for $type<T> {
            fn clone(&self) -> Self {
                Self { inner: self.inner.clone(), of: PhantomData }
            }
        }

        impl<T> PartialEq for $type<T> {
            fn eq(&self, other: &Self) -> bool {
                self.inner == other.inner
            }
        }

        impl<T> Eq for $type<T> {}
    )*};
}

like_its_register!(Field Dated);

impl<T: 'static> Deref for Field<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.inner.value.get()
    }
}

impl<T: Content> From<T> for Field<T> {
    fn from(value: T) -> Self {
        Self { inner: AnyField { value: Datum::new(value), stamp: None }, of: PhantomData }
    }
}

impl Register for AnyField {
    fn merge(&mut self, other: &dyn Any) {
        // Equal stamps with unequal values cannot come from edits, only from hand-made files: the value decides then.
        if let Some(other) = other.downcast_ref::<Self>()
            && (other.stamp, &other.value) > (self.stamp, &self.value)
        {
            self.clone_from(other);
        }
    }

    fn cut(&mut self, _day: Day) {}

    fn stamp(&self) -> Option<Stamp> {
        self.stamp
    }

    fn equals(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }

    fn references(&self, found: &mut Vec<EntityId>) {
        self.value.references(found);
    }

    fn check(&self) -> Result<(), Invalid> {
        self.value.check()
    }

    fn write_into(&self, name: &str, _created: Day, map: &mut Map<String, Value>, stamps: &mut Map<String, Value>) {
        if !self.value.is_absent() {
            map.insert(name.to_owned(), self.value.write());
        }
        put(stamps, name, &self.stamp);
    }

    fn at(&self, from: Day) -> Option<Put> {
        Some(Put { value: self.value.clone(), from, withdrawn: false })
    }

    fn set(&mut self, edit: Put, stamp: Stamp) -> Put {
        // An edit from elsewhere may arrive after a later one of ours.
        let before = if self.stamp > Some(stamp) {
            self.value.clone()
        } else {
            self.stamp = Some(stamp);
            std::mem::replace(&mut self.value, edit.value)
        };
        Put { value: before, from: edit.from, withdrawn: false }
    }
}

impl AnyField {
    /// The next field of an entity that was read.
    #[inline(never)]
    fn of(read: &mut Read) -> Self {
        match read.fields.next() {
            Some(AnyRegister::Field(inner)) => inner,
            _ => unreachable!("a field is read as it is declared"),
        }
    }

    fn read_from(of: &Type, name: &'static str, reading: &Reading<'_>, problems: &mut Problems) -> Option<Self> {
        let value = reading.fields.read_or(name, of.absent(), problems, |node, problems| of.read(node, problems));
        let stamp = reading.stamp_of(name, problems);
        Some(Self { value: value?, stamp: stamp? })
    }
}

impl<T: Content> Slot for Field<T> {
    const SHAPE: Shape = Shape::Field(Type::of::<T>());

    fn of(read: &mut Read) -> Self {
        Self { inner: AnyField::of(read), of: PhantomData }
    }

    fn register(&self) -> &dyn Register {
        &self.inner
    }

    fn register_mut(&mut self) -> &mut dyn Register {
        &mut self.inner
    }

    fn property(name: &str) -> (&str, Value, bool) {
        property::<T>(name)
    }

    fn stamp_property(name: &str) -> Option<(&str, Value, bool)> {
        Some(property::<Option<Stamp>>(name))
    }
}

impl<T: Content> Dated<T> {
    /// A value in force from `from` on (and, for want of anything earlier, on every day before).
    pub fn new(from: Day, value: T) -> Self {
        Self { inner: AnyDated::new(from, Datum::new(value)), of: PhantomData }
    }
}

impl<T: 'static> Dated<T> {
    /// The most revisions that one value may have: more than the calendar has days, and each day has one.
    pub const MAX: usize = AnyDated::MAX;

    /// What is in force on `day`: the latest decision for a day up to then, else the first one that there is.
    pub fn on(&self, day: Day) -> &T {
        self.inner.on(day).get()
    }

    /// Every decision that stands, oldest first.
    pub fn revisions(&self) -> impl DoubleEndedIterator<Item = Revision<'_, T>> {
        self.inner.standing().map(|it| Revision { from: it.from, value: it.value.get() })
    }
}

impl AnyDated {
    const MAX: usize = 110_000;

    /// The next field of an entity that was read.
    #[inline(never)]
    fn of(read: &mut Read) -> Self {
        match read.fields.next() {
            Some(AnyRegister::Dated(inner)) => inner,
            _ => unreachable!("a field is read as it is declared"),
        }
    }

    fn new(from: Day, value: Datum) -> Self {
        Self { decisions: vec![Decision { from, stamp: None, withdrawn: false, value }] }
    }

    fn on(&self, day: Day) -> &Datum {
        let later = self.decisions.partition_point(|decision| decision.from <= day);
        let (past, future) = self.decisions.split_at(later);
        let mut standing = past.iter().rev().chain(future).filter(|decision| !decision.withdrawn);
        let found = standing.next().or(self.decisions.first());
        found.map_or_else(|| unreachable!("a history is never empty"), |decision| &decision.value)
    }

    fn standing(&self) -> impl DoubleEndedIterator<Item = &Decision> {
        let first = self.first();
        let standing = self.decisions.iter().enumerate().filter(move |(n, it)| *n == first || !it.withdrawn);
        standing.map(|(_, it)| it)
    }

    /// The first decision that stands.
    fn first(&self) -> usize {
        self.decisions.iter().position(|decision| !decision.withdrawn).unwrap_or(0)
    }

    fn place(&self, from: Day) -> Result<usize, usize> {
        self.decisions.binary_search_by_key(&from, |decision| decision.from)
    }

    fn read_from(of: &Type, name: &'static str, reading: &Reading<'_>, problems: &mut Problems) -> Option<Self> {
        reading.no_stamp_of(name, problems);
        let absent = of.absent().map(|value| Self::new(reading.created, value));
        let Some(node) = reading.fields.get_or(name, absent.is_none(), problems)? else { return absent };
        // A value may be a list itself, of ids; a history is one of objects.
        let history = node.value.as_array().is_some_and(|rows| !rows.first().is_some_and(Value::is_string));
        if !history {
            return Some(Self::new(reading.created, of.read(&node, problems)?));
        }
        let decisions = node.array(Self::MAX, problems, |node, problems| {
            let fields = node.object(problems)?;
            let clean = fields.only(&[&["from", "value", "withdrawn", "edited"]], problems);
            let (from, stamp) = (fields.read("from", problems), fields.read("edited", problems));
            let withdrawn = fields.read_or("withdrawn", Some(false), problems, |node, problems| match node.value {
                Value::Bool(true) => Some(true),
                _ => node.fail(ProblemKind::WrongType { expected: "true" }, problems),
            });
            let value = fields.read_or("value", None, problems, |node, problems| of.read(node, problems));
            clean?;
            Some(Decision { from: from?, stamp: stamp?, withdrawn: withdrawn?, value: value? })
        })?;
        if decisions.is_empty() {
            return node.fail(ProblemKind::Missing { field: "value" }, problems);
        }
        if decisions.is_sorted_by(|a, b| a.from < b.from) {
            Some(Self { decisions })
        } else {
            node.fail(ProblemKind::Duplicate, problems)
        }
    }
}

impl Register for AnyDated {
    fn merge(&mut self, other: &dyn Any) {
        let Some(other) = other.downcast_ref::<Self>() else { return };
        for theirs in &other.decisions {
            match self.place(theirs.from) {
                Ok(same_day) => {
                    let ours = &mut self.decisions[same_day];
                    if theirs > ours {
                        ours.clone_from(theirs);
                    }
                }
                Err(place) => self.decisions.insert(place, theirs.clone()),
            }
        }
    }

    fn cut(&mut self, day: Day) {
        let kept = self.decisions.partition_point(|decision| decision.from <= day);
        self.decisions.truncate(kept.max(self.first() + 1));
    }

    fn stamp(&self) -> Option<Stamp> {
        self.decisions.iter().filter_map(|decision| decision.stamp).max()
    }

    fn equals(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }

    fn references(&self, found: &mut Vec<EntityId>) {
        for decision in &self.decisions {
            decision.value.references(found);
        }
    }

    fn check(&self) -> Result<(), Invalid> {
        self.decisions.iter().try_for_each(|decision| decision.value.check())
    }

    /// One value that was never edited is written plainly; a history as an array.
    fn write_into(&self, name: &str, created: Day, map: &mut Map<String, Value>, _: &mut Map<String, Value>) {
        let written = match self.decisions.as_slice() {
            [Decision { from, stamp: None, withdrawn: false, value }] if *from == created => {
                if value.is_absent() {
                    return;
                }
                value.write()
            }
            history => history.iter().map(Decision::write).collect(),
        };
        map.insert(name.to_owned(), written);
    }

    fn at(&self, from: Day) -> Option<Put> {
        let is_there = self.place(from).is_ok_and(|index| !self.decisions[index].withdrawn);
        Some(Put { value: self.on(from).clone(), from, withdrawn: !is_there })
    }

    fn set(&mut self, edit: Put, stamp: Stamp) -> Put {
        let Put { value, from, withdrawn } = edit;
        let before = self.on(from).clone();
        let place = self.place(from);
        let there = place.is_ok_and(|index| !self.decisions[index].withdrawn);
        let decision = Decision { from, stamp: Some(stamp), withdrawn, value };
        match place {
            // An edit from elsewhere may arrive after a later one of ours.
            Ok(index) if self.decisions[index].stamp > Some(stamp) => {}
            Ok(index) => self.decisions[index] = decision,
            Err(index) => self.decisions.insert(index, decision),
        }
        Put { value: before, from, withdrawn: !there }
    }
}

/// Forgets how a field came to be what it is on `day`, and all entries of a log. Not a part of [`Register`]: every page
/// would have to fetch it with the others, and only copies need it.
pub fn settle(register: &mut dyn Register, created: Day, day: Day) {
    let register: &mut dyn Any = register;
    if let Some(field) = register.downcast_mut::<AnyField>() {
        field.stamp = None;
    } else if let Some(dated) = register.downcast_mut::<AnyDated>() {
        *dated = AnyDated::new(created, dated.on(day).clone());
    } else if let Some(log) = register.downcast_mut::<AnyLog>() {
        *log = AnyLog::default();
    }
}

impl<T: Content> Slot for Dated<T> {
    const SHAPE: Shape = Shape::Dated(Type::of::<T>());

    fn of(read: &mut Read) -> Self {
        Self { inner: AnyDated::of(read), of: PhantomData }
    }

    fn register(&self) -> &dyn Register {
        &self.inner
    }

    fn register_mut(&mut self) -> &mut dyn Register {
        &mut self.inner
    }

    fn property(name: &str) -> (&str, Value, bool) {
        let revision = object_schema(vec![
            property::<Day>("from"),
            ("value", T::schema(), true),
            ("withdrawn", json!({"const": true}), false),
            property::<Option<Stamp>>("edited"),
        ]);
        let schema = json!({"anyOf": [T::schema(), {"type": "array", "minItems": 1, "items": revision}]});
        (name, schema, T::absent().is_none())
    }
}

impl Decision {
    fn write(&self) -> Value {
        let mut row = Map::new();
        put(&mut row, "from", &self.from);
        row.insert("value".to_owned(), self.value.write());
        if self.withdrawn {
            row.insert("withdrawn".to_owned(), true.into());
        }
        put(&mut row, "edited", &self.stamp);
        Value::Object(row)
    }
}
