//! What all entities share: identity, birth, tables with tombstones.

use std::{collections::BTreeMap, fmt::Debug, sync::Arc};

use serde_json::{Map, Value, json};

use crate::{
    Day, EntityId, Invalid, ProblemKind, Stamp,
    json::{Json, Node, Problems, object_schema, property, put},
};

/// A thing with an id, a birth, and fields that merge.
pub trait Entity: Sized + Clone + Debug {
    type Id: Copy + Ord + Debug + Json;
    fn id(&self) -> Self::Id;
    /// The edit that made it, or that brought it back after a deletion.
    fn born(&self) -> Stamp;
    fn set_born(&mut self, stamp: Stamp);
    /// The civil day on which it was made.
    fn created(&self) -> Day;
    fn merge(&mut self, other: &Self);
    /// Forgets what was entered for or decided after `day`.
    fn cut(&mut self, day: Day);
    /// The latest stamp anywhere in it.
    fn latest_stamp(&self) -> Stamp;
    fn references(&self, found: &mut Vec<EntityId>);
    /// The rules of its values.
    fn check(&self) -> Result<(), Invalid>;
    fn write(&self) -> Value;
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self>;
    fn schema() -> Value;
}

/// All entities of one kind by id, and the tombstones of those that were deleted.
///
/// Each id is in one of the two. Between two replicas the later birth or deletion wins as a whole, so a deletion also
/// beats edits that did not know of it; two with the same birth merge field by field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<E: Entity> {
    alive: Arc<BTreeMap<E::Id, Arc<E>>>,
    dead: Arc<BTreeMap<E::Id, Stamp>>,
}

impl<E: Entity> Default for Table<E> {
    fn default() -> Self {
        Self { alive: Arc::default(), dead: Arc::default() }
    }
}

impl<E: Entity> Table<E> {
    /// The most entities of one kind, tombstones included.
    pub const MAX: usize = 10_000;

    /// The entity with this id.
    pub fn get(&self, id: E::Id) -> Option<&Arc<E>> {
        self.alive.get(&id)
    }

    /// Every entity, by id.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Arc<E>> {
        self.alive.values()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.alive.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.alive.is_empty()
    }

    /// Whether this id is in use, or was.
    pub fn knows(&self, id: E::Id) -> bool {
        self.alive.contains_key(&id) || self.dead.contains_key(&id)
    }

    pub(crate) fn is_full(&self) -> bool {
        self.alive.len() + self.dead.len() >= Self::MAX
    }

    pub(crate) fn get_mut(&mut self, id: E::Id) -> Option<&mut E> {
        if self.alive.contains_key(&id) { Arc::make_mut(&mut self.alive).get_mut(&id).map(Arc::make_mut) } else { None }
    }

    pub(crate) fn insert(&mut self, entity: E) {
        if self.dead.contains_key(&entity.id()) {
            Arc::make_mut(&mut self.dead).remove(&entity.id());
        }
        Arc::make_mut(&mut self.alive).insert(entity.id(), Arc::new(entity));
    }

    pub(crate) fn remove(&mut self, id: E::Id, stamp: Stamp) -> Option<Arc<E>> {
        if !self.alive.contains_key(&id) {
            return None;
        }
        Arc::make_mut(&mut self.dead).insert(id, stamp);
        Arc::make_mut(&mut self.alive).remove(&id)
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        for (id, theirs) in other.alive.iter() {
            if self.dead.get(id).is_some_and(|died| *died >= theirs.born()) {
                continue;
            }
            match self.get(*id) {
                Some(ours) if Arc::ptr_eq(ours, theirs) || ours.born() > theirs.born() => {}
                Some(ours) if ours.born() == theirs.born() => {
                    if let Some(ours) = self.get_mut(*id) {
                        ours.merge(theirs);
                    }
                }
                _ => self.insert(E::clone(theirs)),
            }
        }
        for (id, died) in other.dead.iter() {
            let ours = self.alive.get(id).map(|ours| ours.born());
            let beaten = ours.map_or_else(|| self.dead.get(id).is_none_or(|our| our < died), |born| born <= *died);
            if beaten {
                Arc::make_mut(&mut self.alive).remove(id);
                Arc::make_mut(&mut self.dead).insert(*id, *died);
            }
        }
    }

    pub(crate) fn cut(&mut self, day: Day) {
        let alive = Arc::make_mut(&mut self.alive);
        alive.retain(|_, entity| entity.created() <= day);
        for entity in alive.values_mut() {
            Arc::make_mut(entity).cut(day);
        }
    }

    pub(crate) fn latest_stamp(&self) -> Option<Stamp> {
        let alive = self.iter().map(|entity| entity.latest_stamp()).max();
        alive.max(self.dead.values().max().copied())
    }

    pub(crate) fn write_into(&self, name: &str, map: &mut Map<String, Value>, deleted: &mut Map<String, Value>) {
        if !self.alive.is_empty() {
            map.insert(name.to_owned(), self.iter().map(|entity| entity.write()).collect());
        }
        if !self.dead.is_empty() {
            let rows = self.dead.iter().map(|(id, died)| {
                let mut row = Map::new();
                put(&mut row, "id", id);
                put(&mut row, "at", died);
                Value::Object(row)
            });
            deleted.insert(name.to_owned(), rows.collect());
        }
    }

    pub(crate) fn read_from(
        alive: Option<&Node<'_>>,
        dead: Option<&Node<'_>>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let mut all = Self::default();
        if let Some(node) = dead {
            node.array(Self::MAX, problems, |node, problems| {
                let fields = node.object(problems)?;
                fields.only(&[&["id", "at"]], problems)?;
                let id: E::Id = fields.read("id", problems)?;
                let died = fields.read("at", problems)?;
                let twice = Arc::make_mut(&mut all.dead).insert(id, died).is_some();
                if twice { node.fail(ProblemKind::Duplicate, problems) } else { Some(()) }
            })?;
        }
        if let Some(node) = alive {
            node.array(Self::MAX, problems, |node, problems| {
                let entity = E::read(node, problems)?;
                if all.knows(entity.id()) {
                    return node.fail(ProblemKind::Duplicate, problems);
                }
                all.insert(entity);
                Some(())
            })?;
        }
        Some(all)
    }

    pub(crate) fn deleted_schema() -> Value {
        let row = object_schema(vec![property::<E::Id>("id"), property::<Stamp>("at")]);
        json!({"type": "array", "items": row})
    }
}

/// Declares an entity: its fields, the edits that change them, how it is read, written and merged.
///
/// Every field is a `Field` (a plain value) or a `Dated` (a value that numbers depend on, with its history); the name
/// after it is that of the edit. A log of dated entries may follow.
macro_rules! entity {
    (
        $(#[$doc:meta])* $type:ident ($Id:ident) edited by $Edit:ident {
            $($(#[$fdoc:meta])* $field:ident, $Variant:ident: $Register:ident<$value:ty>;)*
        }
        $(log $(#[$ldoc:meta])* $log:ident: Log<$Row:ty>;)?
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $type {
            /// Its id.
            pub id: $Id,
            pub(crate) born: $crate::Stamp,
            /// The civil day on which it was made.
            pub created: $crate::Day,
            $($(#[$fdoc])* pub $field: $Register<$value>,)*
            $($(#[$ldoc])* pub $log: $crate::Log<$Row>,)?
        }

        #[doc = concat!("One edit of [`", stringify!($type), "`].")]
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $Edit { $($(#[$fdoc])* $Variant($value),)* }

        impl $type {
            const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];

            /// Makes one edit; gives the edit that takes it back.
            pub(crate) fn set(&mut self, edit: $Edit, from: $crate::Day, stamp: $crate::Stamp) -> $Edit {
                match edit {
                    $($Edit::$Variant(value) => $Edit::$Variant(self.$field.set(value, from, stamp)),)*
                }
            }
        }

        impl $Edit {
            /// The name of the field that it changes.
            #[must_use]
            pub const fn field(&self) -> &'static str {
                match self { $(Self::$Variant(_) => stringify!($field),)* }
            }

            pub(crate) fn check(&self) -> Result<(), $crate::Invalid> {
                match self { $(Self::$Variant(value) => value.check(),)* }
            }

            pub(crate) fn references(&self, found: &mut Vec<$crate::EntityId>) {
                match self { $(Self::$Variant(value) => value.references(found),)* }
            }

            pub(crate) fn write(&self) -> serde_json::Value {
                match self { $(Self::$Variant(value) => value.write(),)* }
            }

            pub(crate) fn read(
                field: &$crate::json::Node<'_>,
                value: &$crate::json::Node<'_>,
                problems: &mut $crate::json::Problems,
            ) -> Option<Self> {
                match field.text(problems)? {
                    $(stringify!($field) => $crate::json::checked(value, problems).map(Self::$Variant),)*
                    _ => field.fail($crate::ProblemKind::UnknownWord { expected: $type::FIELDS }, problems),
                }
            }
        }

        impl $crate::entity::Entity for $type {
            type Id = $Id;

            fn id(&self) -> $Id {
                self.id
            }

            fn born(&self) -> $crate::Stamp {
                self.born
            }

            fn set_born(&mut self, stamp: $crate::Stamp) {
                self.born = stamp;
            }

            fn created(&self) -> $crate::Day {
                self.created
            }

            fn merge(&mut self, other: &Self) {
                $(self.$field.merge(&other.$field);)*
                $(self.$log.merge(&other.$log);)?
            }

            fn cut(&mut self, day: $crate::Day) {
                $(self.$field.cut(day);)*
                $(self.$log.cut(day);)?
            }

            fn latest_stamp(&self) -> $crate::Stamp {
                let stamps = [Some(self.born), $(self.$field.stamp(),)* $(self.$log.latest_stamp(),)?];
                stamps.into_iter().flatten().max().unwrap_or(self.born)
            }

            fn references(&self, found: &mut Vec<$crate::EntityId>) {
                $(self.$field.references(found);)*
            }

            fn check(&self) -> Result<(), $crate::Invalid> {
                $(self.$field.check()?;)*
                Ok(())
            }

            fn write(&self) -> serde_json::Value {
                let (mut map, mut stamps) = (serde_json::Map::new(), serde_json::Map::new());
                $crate::json::put(&mut map, "id", &self.id);
                $crate::json::put(&mut map, "born", &self.born);
                $crate::json::put(&mut map, "created", &self.created);
                $(self.$field.write_into(stringify!($field), self.created, &mut map, &mut stamps);)*
                $($crate::json::put(&mut map, stringify!($log), &self.$log);)?
                if !stamps.is_empty() {
                    map.insert("edited".to_owned(), stamps.into());
                }
                map.into()
            }

            fn read(node: &$crate::json::Node<'_>, problems: &mut $crate::json::Problems) -> Option<Self> {
                const OWN: &[&str] = &["id", "born", "created", "edited", $(stringify!($log))?];
                let fields = node.object(problems)?;
                let clean = fields.only(&[OWN, Self::FIELDS], problems);
                let id = fields.read_or("id", None, problems, |node, problems| node.parse(problems, str::parse));
                let born = fields.read("born", problems);
                let created = fields.read("created", problems)?;
                let edited = fields.get("edited");
                let stamps = $crate::register::stamps_of(edited.as_ref(), Self::FIELDS, problems)?;
                $(let $field = <$Register<$value>>::read_from(
                    stringify!($field), created, &fields, stamps.as_ref(), problems,
                );)*
                $(let $log = fields.read(stringify!($log), problems);)?
                clean?;
                Some(Self { id: id?, born: born?, created, $($field: $field?,)* $($log: $log?,)? })
            }

            fn schema() -> serde_json::Value {
                let stamps = vec![$($crate::json::property::<Option<$crate::Stamp>>(stringify!($field)),)*];
                $crate::json::object_schema(vec![
                    $crate::json::property::<$Id>("id"),
                    $crate::json::property::<$crate::Stamp>("born"),
                    $crate::json::property::<$crate::Day>("created"),
                    $(<$Register<$value>>::property(stringify!($field)),)*
                    $($crate::json::property::<$crate::Log<$Row>>(stringify!($log)),)?
                    ("edited", $crate::json::object_schema(stamps), false),
                ])
            }
        }
    };
}

pub(crate) use entity;
