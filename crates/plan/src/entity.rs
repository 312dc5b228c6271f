//! What all entities share: identity, birth, tables with tombstones.

use std::{any::Any, fmt, marker::PhantomData, sync::Arc};

use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{
    Day, EntityId, Invalid, Name, ProblemKind, Stamp,
    datum::Type,
    json::{Fields, Json, Node, Problems, object_schema, property, put},
    register::{self, Put, Register},
    sorted::Sorted,
};

/// A thing with an id, a birth, and fields that merge, whatever its kind.
pub trait Entity: Any + Send + Sync {
    fn uuid(&self) -> Uuid;
    /// The edit that made it, or that brought it back after a deletion.
    fn born(&self) -> Stamp;
    fn set_born(&mut self, stamp: Stamp);
    /// The civil day on which it was made.
    fn created(&self) -> Day;
    /// Its name or title.
    fn called(&self) -> &Name;
    /// Everything in it that can be edited or entered, by name, in the order of declaration.
    fn fields(&self) -> Vec<(&'static str, &dyn Register)>;
    fn fields_mut(&mut self) -> Vec<(&'static str, &mut dyn Register)>;
    fn copied(&self) -> Arc<dyn Entity>;
    fn equals(&self, other: &dyn Any) -> bool;
}

/// What an entity's declaration says of its kind.
pub trait Declared: Entity + Sized {
    type Id: Copy + Into<Uuid> + Json;
    /// The names of everything in it.
    const NAMES: &'static [&'static str];
    /// The fields that can be edited, with the types of their values.
    const TYPES: &'static [(&'static str, Type)];
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self>;
    fn schema() -> Value;
}

impl dyn Entity {
    pub fn merge(&mut self, other: &Self) {
        for ((_, ours), (_, theirs)) in self.fields_mut().into_iter().zip(other.fields()) {
            ours.merge(theirs);
        }
    }

    /// Forgets what was entered for or decided after `day`.
    pub fn cut(&mut self, day: Day) {
        self.fields_mut().into_iter().for_each(|(_, field)| field.cut(day));
    }

    /// Forgets what was entered, and how everything else came to be what it is on `day`.
    pub fn settle(&mut self, day: Day) {
        let created = self.created();
        self.fields_mut().into_iter().for_each(|(_, field)| register::settle(field, created, day));
    }

    /// Makes an edit of one field; gives the edit that takes it back, or `None` where there is no such field.
    pub fn set(&mut self, name: &str, edit: Put, stamp: Stamp) -> Option<Put> {
        let (_, field) = self.fields_mut().into_iter().find(|(field, _)| *field == name)?;
        Some(field.set(edit, stamp))
    }

    /// The latest stamp anywhere in it.
    pub fn latest_stamp(&self) -> Stamp {
        let edited = self.fields().into_iter().filter_map(|(_, field)| field.stamp()).max();
        edited.unwrap_or(self.born()).max(self.born())
    }

    pub fn references(&self, found: &mut Vec<EntityId>) {
        self.fields().into_iter().for_each(|(_, field)| field.references(found));
    }

    /// The rules of its values.
    pub fn check(&self) -> Result<(), Invalid> {
        self.fields().into_iter().try_for_each(|(_, field)| field.check())
    }

    pub fn write(&self) -> Value {
        let (mut map, mut stamps) = (Map::new(), Map::new());
        map.insert("id".to_owned(), write_id(self.uuid()));
        put(&mut map, "born", &self.born());
        put(&mut map, "created", &self.created());
        for (name, field) in self.fields() {
            field.write_into(name, self.created(), &mut map, &mut stamps);
        }
        if !stamps.is_empty() {
            map.insert("edited".to_owned(), stamps.into());
        }
        map.into()
    }
}

/// As in files: no further code for each kind.
impl fmt::Debug for dyn Entity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write().fmt(f)
    }
}

pub fn write_id(id: Uuid) -> Value {
    Value::String(id.to_string())
}

/// The member `id` of an object.
pub fn read_id(fields: &Fields<'_>, problems: &mut Problems) -> Option<Uuid> {
    fields.need("id", problems)?.parse(problems, |text| Uuid::try_parse(text).map_err(|_| crate::id::IdError))
}

/// An entity that is being read: its members, and what all its fields need to know.
#[derive(Debug)]
pub struct Reading<'a> {
    pub fields: Fields<'a>,
    pub born: Option<Stamp>,
    /// The day on which it was made; some day where that cannot be read, so that the rest can be.
    pub created: Day,
    stamps: Option<Fields<'a>>,
    clean: bool,
}

impl<'a> Reading<'a> {
    /// Begins with what all entities have; notes members that are not among `known`.
    pub fn begin(fields: Fields<'a>, edited: Option<&'a Node<'a>>, known: &[&str], problems: &mut Problems) -> Self {
        let own = fields.only(&[&["id", "born", "created", "edited"], known], problems);
        let born = fields.read("born", problems);
        let created = fields.read("created", problems);
        let stamps = edited.and_then(|node| node.object(problems));
        let stamped = stamps.map_or(Some(()), |stamps| stamps.only(&[known], problems));
        let clean = own.is_some() && stamped.is_some() && created.is_some() && edited.is_some() == stamps.is_some();
        Self { fields, born, created: created.unwrap_or(Day::FIRST), stamps, clean }
    }

    /// The stamp of a plain field.
    pub fn stamp_of(&self, name: &'static str, problems: &mut Problems) -> Option<Option<Stamp>> {
        self.stamps.map_or(Some(None), |stamps| stamps.read(name, problems))
    }

    /// Notes a stamp of a field that keeps its stamps in its history.
    pub fn no_stamp_of(&self, name: &'static str, problems: &mut Problems) {
        if let Some(node) = self.stamps.and_then(|stamps| stamps.get(name)) {
            let _: Option<()> = node.fail(ProblemKind::UnknownField, problems);
        }
    }

    /// Ends well only where nothing but fields could have been wrong.
    pub fn end(&self) -> Option<Stamp> {
        self.born.filter(|_| self.clean)
    }
}

/// Entities of one kind by id, and the tombstones of those that were deleted.
///
/// Each id is in one of the two. Between two replicas the later birth or deletion wins as a whole, so a deletion also
/// beats edits that did not know of it; two with the same birth merge field by field.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    alive: Arc<Sorted<Uuid, Arc<dyn Entity>>>,
    dead: Arc<Sorted<Uuid, Stamp>>,
}

impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        let mut both = self.iter().zip(other.iter());
        let alike = both.all(|(ours, theirs)| Arc::ptr_eq(ours, theirs) || ours.equals(&**theirs));
        alike && self.alive.len() == other.alive.len() && self.dead == other.dead
    }
}

impl Eq for Rows {}

/// An entity alone: the others that share it keep it as it is.
fn own(entity: &mut Arc<dyn Entity>) -> &mut dyn Entity {
    if Arc::get_mut(entity).is_none() {
        *entity = entity.copied();
    }
    Arc::get_mut(entity).unwrap_or_else(|| unreachable!("a copy is not shared yet"))
}

impl Rows {
    /// The most entities of one kind, tombstones included, that edits make.
    pub const MAX: usize = 10_000;
    /// The most that a file holds: merging may bring several full plans together.
    const MAX_READ: usize = 10 * Self::MAX;

    pub fn get(&self, id: Uuid) -> Option<&Arc<dyn Entity>> {
        self.alive.get(id)
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Arc<dyn Entity>> {
        self.alive.iter().map(|(_, entity)| entity)
    }

    pub fn has(&self, id: Uuid) -> bool {
        self.alive.contains(id)
    }

    pub fn knows(&self, id: Uuid) -> bool {
        self.has(id) || self.dead.contains(id)
    }

    /// The edit that made this entity, or that deleted it.
    pub fn born_or_died(&self, id: Uuid) -> Option<Stamp> {
        self.get(id).map(|entity| entity.born()).or_else(|| self.dead.get(id).copied())
    }

    pub fn is_full(&self) -> bool {
        self.alive.len() + self.dead.len() >= Self::MAX
    }

    pub fn get_mut(&mut self, id: Uuid) -> Option<&mut dyn Entity> {
        if self.has(id) { Arc::make_mut(&mut self.alive).get_mut(id).map(own) } else { None }
    }

    pub fn insert(&mut self, entity: Arc<dyn Entity>) {
        let id = entity.uuid();
        if self.dead.contains(id) {
            Arc::make_mut(&mut self.dead).remove(id);
        }
        Arc::make_mut(&mut self.alive).insert(id, entity);
    }

    /// An entity is made, or comes back, by an edit.
    pub fn bear(&mut self, mut entity: Arc<dyn Entity>, stamp: Stamp) {
        own(&mut entity).set_born(stamp);
        self.insert(entity);
    }

    pub fn remove(&mut self, id: Uuid, stamp: Stamp) -> Option<Arc<dyn Entity>> {
        if !self.has(id) {
            return None;
        }
        Arc::make_mut(&mut self.dead).insert(id, stamp);
        Arc::make_mut(&mut self.alive).remove(id)
    }

    pub fn merge(&mut self, other: &Self) {
        for (id, theirs) in other.alive.iter() {
            if self.dead.get(*id).is_some_and(|died| *died >= theirs.born()) {
                continue;
            }
            match self.get(*id) {
                Some(ours) if Arc::ptr_eq(ours, theirs) || ours.born() > theirs.born() => {}
                Some(ours) if ours.born() == theirs.born() => {
                    if let Some(ours) = self.get_mut(*id) {
                        ours.merge(&**theirs);
                    }
                }
                _ => self.insert(Arc::clone(theirs)),
            }
        }
        for (id, died) in other.dead.iter() {
            let ours = self.get(*id).map(|ours| ours.born());
            let beaten = ours.map_or_else(|| self.dead.get(*id).is_none_or(|our| our < died), |born| born <= *died);
            if beaten {
                Arc::make_mut(&mut self.alive).remove(*id);
                Arc::make_mut(&mut self.dead).insert(*id, *died);
            }
        }
    }

    /// What was made after `day` counts as deleted: others may speak of it.
    pub fn cut(&mut self, day: Day) {
        let later: Vec<_> = self.iter().filter(|it| it.created() > day).map(|it| (it.uuid(), it.born())).collect();
        for (id, born) in later {
            self.remove(id, born);
        }
        for (_, entity) in Arc::make_mut(&mut self.alive).iter_mut() {
            own(entity).cut(day);
        }
    }

    /// How many entities are there in one and not in the other, or differ.
    pub fn differing(&self, other: &Self) -> usize {
        let same = |theirs: &Arc<dyn Entity>| {
            self.get(theirs.uuid()).is_some_and(|ours| Arc::ptr_eq(ours, theirs) || ours.equals(&**theirs))
        };
        let theirs = other.iter().filter(|theirs| !same(theirs)).count();
        theirs + self.iter().filter(|ours| !other.has(ours.uuid())).count()
    }

    /// Forgets how each entity came to be what it is on `day`, and what was deleted.
    pub fn settle(&mut self, day: Day) {
        self.forget_deleted();
        for (_, entity) in Arc::make_mut(&mut self.alive).iter_mut() {
            own(entity).settle(day);
        }
    }

    pub fn forget_deleted(&mut self) {
        self.dead = Arc::default();
    }

    pub fn latest_stamp(&self) -> Option<Stamp> {
        let alive = self.iter().map(|entity| entity.latest_stamp()).max();
        alive.max(self.dead.iter().map(|(_, died)| *died).max())
    }

    pub fn write_into(&self, name: &str, map: &mut Map<String, Value>, deleted: &mut Map<String, Value>) {
        if !self.alive.is_empty() {
            map.insert(name.to_owned(), self.iter().map(|entity| entity.write()).collect());
        }
        if !self.dead.is_empty() {
            let rows = self.dead.iter().map(|(id, died)| {
                let mut row = Map::new();
                row.insert("id".to_owned(), write_id(*id));
                put(&mut row, "at", died);
                Value::Object(row)
            });
            deleted.insert(name.to_owned(), rows.collect());
        }
    }

    /// The id of each row of a table, also of a row with problems of its own; `None` where one cannot be read.
    pub fn ids(rows: &Node<'_>) -> Option<Vec<Uuid>> {
        rows.value.as_array()?.iter().map(|row| Uuid::try_parse(row.get("id")?.as_str()?).ok()).collect()
    }

    pub fn read_from(
        read: fn(&Node<'_>, &mut Problems) -> Option<Arc<dyn Entity>>,
        alive: Option<&Node<'_>>,
        dead: Option<&Node<'_>>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let tombstones = dead.map_or(Some(Vec::new()), |node| {
            node.array(Self::MAX_READ, problems, |node, problems| {
                let fields = node.object(problems)?;
                let clean = fields.only(&[&["id", "at"]], problems);
                let (id, died) = (read_id(&fields, problems), fields.read("at", problems));
                clean?;
                Some((id?, died?))
            })
        });
        let entities = alive.map_or(Some(Vec::new()), |node| {
            node.array(Self::MAX_READ, problems, |node, problems| {
                let entity = read(node, problems)?;
                Some((entity.uuid(), entity))
            })
        });
        let (dead_at, (tombstones, twice)) =
            (dead.map(Node::path).unwrap_or_default(), Sorted::from_pairs(tombstones?));
        let mut repeated: Vec<_> = twice.into_iter().map(|place| format!("{dead_at}[{place}]")).collect();
        let alive_at = alive.map(Node::path).unwrap_or_default();
        let entities = entities?;
        let both = |(_, (id, _)): &(usize, &(Uuid, Arc<dyn Entity>))| tombstones.contains(*id);
        let again = entities.iter().enumerate().filter(both).map(|(place, _)| place).collect::<Vec<_>>();
        let (entities, twice) = Sorted::from_pairs(entities);
        repeated.extend(again.into_iter().chain(twice).map(|place| format!("{alive_at}[{place}]")));
        let clean = repeated.is_empty();
        repeated.into_iter().for_each(|path| problems.add(path, ProblemKind::Duplicate));
        clean.then(|| Self { alive: Arc::new(entities), dead: Arc::new(tombstones) })
    }
}

/// All entities of one kind.
#[derive(Debug)]
pub struct Table<E> {
    pub(crate) rows: Rows,
    of: PhantomData<fn() -> E>,
}

impl<E> From<Rows> for Table<E> {
    fn from(rows: Rows) -> Self {
        Self { rows, of: PhantomData }
    }
}

impl<E> Clone for Table<E> {
    fn clone(&self) -> Self {
        self.rows.clone().into()
    }
}

impl<E> PartialEq for Table<E> {
    fn eq(&self, other: &Self) -> bool {
        self.rows == other.rows
    }
}

impl<E> Eq for Table<E> {}

fn known<E: 'static>(entity: &Arc<dyn Entity>) -> &E {
    let entity: &dyn Any = &**entity;
    entity.downcast_ref().unwrap_or_else(|| unreachable!("a table holds entities of one kind"))
}

impl<E: Declared> Table<E> {
    /// The most entities of one kind, tombstones included, that edits make.
    pub const MAX: usize = Rows::MAX;

    /// The entity with this id.
    pub fn get(&self, id: E::Id) -> Option<&E> {
        self.rows.get(id.into()).map(known)
    }

    /// The entity with this id, to keep.
    pub fn shared(&self, id: E::Id) -> Option<Arc<E>> {
        self.rows.get(id.into()).map(shared)
    }

    /// Every entity, by id.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &E> {
        self.rows.iter().map(known)
    }

    /// Every entity, by id, to keep.
    pub fn iter_shared(&self) -> impl ExactSizeIterator<Item = Arc<E>> {
        self.rows.iter().map(shared)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.iter().len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether this id is in use, or was.
    pub fn knows(&self, id: E::Id) -> bool {
        self.rows.knows(id.into())
    }

    pub(crate) fn get_mut(&mut self, id: E::Id) -> Option<&mut E> {
        let entity: &mut dyn Any = self.rows.get_mut(id.into())?;
        entity.downcast_mut()
    }

    pub(crate) fn deleted_schema() -> Value {
        let row = object_schema(vec![property::<E::Id>("id"), property::<Stamp>("at")]);
        json!({"type": "array", "items": row})
    }
}

fn shared<E: Entity>(entity: &Arc<dyn Entity>) -> Arc<E> {
    let entity: Arc<dyn Any + Send + Sync> = Arc::<dyn Entity>::clone(entity);
    entity.downcast().unwrap_or_else(|_| unreachable!("a table holds entities of one kind"))
}

/// The value that an edit gives to a field. Only the fields of a declaration make one, so the type is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    pub field: &'static str,
    pub value: crate::datum::Datum,
}

/// Declares an entity: its fields, the edits that change them, how it is read, written and merged.
///
/// Every field is a `Field` (a plain value) or a `Dated` (a value that numbers depend on, with its history). A log of
/// dated entries may follow.
macro_rules! entity {
    (
        $(#[$doc:meta])* $type:ident ($Id:ident) called by its $called:ident, edited by $Edit:ident {
            $($(#[$fdoc:meta])* $field:ident: $Register:ident<$value:ty>;)*
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
        pub struct $Edit(pub(crate) $crate::entity::Assignment);

        impl $Edit {
            $(
                $(#[$fdoc])*
                #[must_use]
                pub fn $field(value: $value) -> Self {
                    let value = $crate::datum::Datum::new(value);
                    Self($crate::entity::Assignment { field: stringify!($field), value })
                }
            )*
        }

        impl $crate::entity::Entity for $type {
            fn uuid(&self) -> uuid::Uuid {
                self.id.into()
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

            fn called(&self) -> &$crate::Name {
                &self.$called
            }

            fn fields(&self) -> Vec<(&'static str, &dyn $crate::register::Register)> {
                vec![
                    $((stringify!($field), self.$field.register()),)*
                    $((stringify!($log), self.$log.register()))?
                ]
            }

            fn fields_mut(&mut self) -> Vec<(&'static str, &mut dyn $crate::register::Register)> {
                vec![
                    $((stringify!($field), self.$field.register_mut()),)*
                    $((stringify!($log), self.$log.register_mut()))?
                ]
            }

            fn copied(&self) -> std::sync::Arc<dyn $crate::entity::Entity> {
                std::sync::Arc::new(self.clone())
            }

            fn equals(&self, other: &dyn std::any::Any) -> bool {
                other.downcast_ref() == Some(self)
            }
        }

        impl $crate::entity::Declared for $type {
            type Id = $Id;

            const NAMES: &'static [&'static str] = &[$(stringify!($field),)* $(stringify!($log))?];

            const TYPES: &'static [(&'static str, $crate::datum::Type)] =
                &[$((stringify!($field), $crate::datum::Type::of::<$value>())),*];

            fn read(node: &$crate::json::Node<'_>, problems: &mut $crate::json::Problems) -> Option<Self> {
                let fields = node.object(problems)?;
                let edited = fields.get("edited");
                let reading = $crate::entity::Reading::begin(fields, edited.as_ref(), Self::NAMES, problems);
                let id = $crate::entity::read_id(&fields, problems);
                $(let $field = <$Register<$value>>::read_from(stringify!($field), &reading, problems);)*
                $(let $log = <$crate::Log<$Row>>::read_from(stringify!($log), &reading, problems);)?
                let born = reading.end()?;
                Some(Self {
                    id: id?.into(),
                    born,
                    created: reading.created,
                    $($field: $field?,)*
                    $($log: $log?,)?
                })
            }

            fn schema() -> serde_json::Value {
                let stamps = [$(<$Register<$value>>::stamp_property(stringify!($field)),)*];
                let stamps = stamps.into_iter().flatten().collect();
                $crate::json::object_schema(vec![
                    $crate::json::property::<$Id>("id"),
                    $crate::json::property::<$crate::Stamp>("born"),
                    $crate::json::property::<$crate::Day>("created"),
                    $(<$Register<$value>>::property(stringify!($field)),)*
                    $(<$crate::Log<$Row>>::property(stringify!($log)),)?
                    ("edited", $crate::json::object_schema(stamps), false),
                ])
            }
        }
    };
}

pub(crate) use entity;
