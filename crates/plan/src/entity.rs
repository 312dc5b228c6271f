//! What all entities share: identity, birth, tables with tombstones.

use std::{fmt::Debug, sync::Arc};

use serde_json::{Map, Value, json};

use crate::{
    Day, EntityId, Invalid, ProblemKind, Stamp,
    json::{Fields, Json, Node, Problems, object_schema, property, put},
    register::Register,
    sorted::Sorted,
};

/// A thing with an id, a birth, and fields that merge.
pub trait Entity: Sized + Clone + Debug {
    type Id: Copy + Ord + Debug + Json;
    fn id(&self) -> Self::Id;
    fn parse_id(text: &str) -> Option<Self::Id>;
    /// The member `id` of an object.
    fn read_id(fields: &Fields<'_>, problems: &mut Problems) -> Option<Self::Id>;
    /// The edit that made it, or that brought it back after a deletion.
    fn born(&self) -> Stamp;
    fn set_born(&mut self, stamp: Stamp);
    /// The civil day on which it was made.
    fn created(&self) -> Day;
    /// Everything in it that can be edited or entered, by name, in the order of declaration.
    fn fields(&self) -> Vec<(&'static str, &dyn Register)>;
    fn fields_mut(&mut self) -> Vec<&mut dyn Register>;
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self>;
    fn schema() -> Value;

    fn merge(&mut self, other: &Self) {
        merge(self.fields_mut(), &other.fields());
    }

    /// Forgets what was entered for or decided after `day`.
    fn cut(&mut self, day: Day) {
        self.fields_mut().into_iter().for_each(|field| field.cut(day));
    }

    /// The latest stamp anywhere in it.
    fn latest_stamp(&self) -> Stamp {
        latest_stamp(&self.fields()).unwrap_or(self.born()).max(self.born())
    }

    fn references(&self, found: &mut Vec<EntityId>) {
        self.fields().into_iter().for_each(|(_, field)| field.references(found));
    }

    /// The rules of its values.
    fn check(&self) -> Result<(), Invalid> {
        self.fields().into_iter().try_for_each(|(_, field)| field.check())
    }

    fn write(&self) -> Value {
        write(self.id().write(), self.born(), self.created(), &self.fields())
    }
}

fn merge(ours: Vec<&mut dyn Register>, theirs: &[(&'static str, &dyn Register)]) {
    for (ours, (_, theirs)) in ours.into_iter().zip(theirs) {
        ours.merge(theirs.as_any());
    }
}

fn latest_stamp(fields: &[(&'static str, &dyn Register)]) -> Option<Stamp> {
    fields.iter().filter_map(|(_, field)| field.stamp()).max()
}

fn write(id: Value, born: Stamp, created: Day, fields: &[(&'static str, &dyn Register)]) -> Value {
    let (mut map, mut stamps) = (Map::new(), Map::new());
    map.insert("id".to_owned(), id);
    put(&mut map, "born", &born);
    put(&mut map, "created", &created);
    for (name, field) in fields {
        field.write_into(name, created, &mut map, &mut stamps);
    }
    if !stamps.is_empty() {
        map.insert("edited".to_owned(), stamps.into());
    }
    map.into()
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

/// All entities of one kind by id, and the tombstones of those that were deleted.
///
/// Each id is in one of the two. Between two replicas the later birth or deletion wins as a whole, so a deletion also
/// beats edits that did not know of it; two with the same birth merge field by field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<E: Entity> {
    alive: Arc<Sorted<E::Id, Arc<E>>>,
    dead: Arc<Sorted<E::Id, Stamp>>,
}

impl<E: Entity> Default for Table<E> {
    fn default() -> Self {
        Self { alive: Arc::default(), dead: Arc::default() }
    }
}

impl<E: Entity> Table<E> {
    /// The most entities of one kind, tombstones included, that edits make.
    pub const MAX: usize = 10_000;
    /// The most that a file holds: merging may bring several full plans together.
    const MAX_READ: usize = 10 * Self::MAX;

    /// The entity with this id.
    pub fn get(&self, id: E::Id) -> Option<&Arc<E>> {
        self.alive.get(id)
    }

    /// Every entity, by id.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Arc<E>> {
        self.alive.iter().map(|(_, entity)| entity)
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
        self.alive.contains(id) || self.dead.contains(id)
    }

    /// The edit that made this entity, or that deleted it.
    pub(crate) fn born_or_died(&self, id: E::Id) -> Option<Stamp> {
        self.get(id).map(|entity| entity.born()).or_else(|| self.dead.get(id).copied())
    }

    pub(crate) fn is_full(&self) -> bool {
        self.alive.len() + self.dead.len() >= Self::MAX
    }

    pub(crate) fn get_mut(&mut self, id: E::Id) -> Option<&mut E> {
        if self.alive.contains(id) { Arc::make_mut(&mut self.alive).get_mut(id).map(Arc::make_mut) } else { None }
    }

    pub(crate) fn insert(&mut self, entity: E) {
        if self.dead.contains(entity.id()) {
            Arc::make_mut(&mut self.dead).remove(entity.id());
        }
        Arc::make_mut(&mut self.alive).insert(entity.id(), Arc::new(entity));
    }

    pub(crate) fn remove(&mut self, id: E::Id, stamp: Stamp) -> Option<Arc<E>> {
        if !self.alive.contains(id) {
            return None;
        }
        Arc::make_mut(&mut self.dead).insert(id, stamp);
        Arc::make_mut(&mut self.alive).remove(id)
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        for theirs in other.iter() {
            let id = theirs.id();
            if self.dead.get(id).is_some_and(|died| *died >= theirs.born()) {
                continue;
            }
            match self.get(id) {
                Some(ours) if Arc::ptr_eq(ours, theirs) || ours.born() > theirs.born() => {}
                Some(ours) if ours.born() == theirs.born() => {
                    if let Some(ours) = self.get_mut(id) {
                        ours.merge(theirs);
                    }
                }
                _ => self.insert(E::clone(theirs)),
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
    pub(crate) fn cut(&mut self, day: Day) {
        let later: Vec<_> = self.iter().filter(|it| it.created() > day).map(|it| (it.id(), it.born())).collect();
        for (id, born) in later {
            self.remove(id, born);
        }
        for (_, entity) in Arc::make_mut(&mut self.alive).iter_mut() {
            Arc::make_mut(entity).cut(day);
        }
    }

    pub(crate) fn latest_stamp(&self) -> Option<Stamp> {
        let alive = self.iter().map(|entity| entity.latest_stamp()).max();
        alive.max(self.dead.iter().map(|(_, died)| *died).max())
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

    /// The id of each row of a table, also of a row with problems of its own; `None` where one cannot be read.
    pub(crate) fn ids(rows: &Node<'_>) -> Option<Vec<E::Id>> {
        rows.value.as_array()?.iter().map(|row| E::parse_id(row.get("id")?.as_str()?)).collect()
    }

    pub(crate) fn read_from(
        alive: Option<&Node<'_>>,
        dead: Option<&Node<'_>>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let tombstones = dead.map_or(Some(Vec::new()), |node| {
            node.array(Self::MAX_READ, problems, |node, problems| {
                let fields = node.object(problems)?;
                let clean = fields.only(&[&["id", "at"]], problems);
                let (id, died) = (E::read_id(&fields, problems), fields.read("at", problems));
                clean?;
                Some((id?, died?))
            })
        });
        let entities = alive.map_or(Some(Vec::new()), |node| {
            node.array(Self::MAX_READ, problems, |node, problems| {
                let entity = E::read(node, problems)?;
                Some((entity.id(), Arc::new(entity)))
            })
        });
        let (dead_at, (tombstones, twice)) =
            (dead.map(Node::path).unwrap_or_default(), Sorted::from_pairs(tombstones?));
        let mut repeated: Vec<_> = twice.into_iter().map(|place| format!("{dead_at}[{place}]")).collect();
        let alive_at = alive.map(Node::path).unwrap_or_default();
        let both = |(_, (id, _)): &(usize, &(E::Id, Arc<E>))| tombstones.contains(*id);
        let entities = entities?;
        let again = entities.iter().enumerate().filter(both).map(|(place, _)| place).collect::<Vec<_>>();
        let (entities, twice) = Sorted::from_pairs(entities);
        repeated.extend(again.into_iter().chain(twice).map(|place| format!("{alive_at}[{place}]")));
        let clean = repeated.is_empty();
        repeated.into_iter().for_each(|path| problems.add(path, ProblemKind::Duplicate));
        clean.then(|| Self { alive: Arc::new(entities), dead: Arc::new(tombstones) })
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
            const FIELDS: &'static [&'static str] = &[$(stringify!($field),)* $(stringify!($log))?];

            /// Makes one edit; gives the edit that takes it back.
            pub(crate) fn set(
                &mut self,
                edit: $crate::register::Put<$Edit>,
                stamp: $crate::Stamp,
            ) -> $crate::register::Put<$Edit> {
                let $crate::register::Put { value, from, withdrawn } = edit;
                match value {
                    $($Edit::$Variant(value) => {
                        let before = self.$field.set($crate::register::Put { value, from, withdrawn }, stamp);
                        let $crate::register::Put { value, from, withdrawn } = before;
                        $crate::register::Put { value: $Edit::$Variant(value), from, withdrawn }
                    })*
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

            fn fields(&self) -> Vec<(&'static str, &dyn $crate::register::Register)> {
                vec![$((stringify!($field), &self.$field),)* $((stringify!($log), &self.$log))?]
            }

            fn fields_mut(&mut self) -> Vec<&mut dyn $crate::register::Register> {
                vec![$(&mut self.$field,)* $(&mut self.$log)?]
            }

            fn parse_id(text: &str) -> Option<$Id> {
                text.parse().ok()
            }

            fn read_id(fields: &$crate::json::Fields<'_>, problems: &mut $crate::json::Problems) -> Option<$Id> {
                fields.need("id", problems)?.parse(problems, str::parse)
            }

            fn read(node: &$crate::json::Node<'_>, problems: &mut $crate::json::Problems) -> Option<Self> {
                let fields = node.object(problems)?;
                let edited = fields.get("edited");
                let reading = $crate::entity::Reading::begin(fields, edited.as_ref(), Self::FIELDS, problems);
                let id = Self::read_id(&fields, problems);
                $(let $field = <$Register<$value>>::read_from(stringify!($field), &reading, problems);)*
                $(
                    reading.no_stamp_of(stringify!($log), problems);
                    let $log = fields.read(stringify!($log), problems);
                )?
                let born = reading.end()?;
                Some(Self { id: id?, born, created: reading.created, $($field: $field?,)* $($log: $log?,)? })
            }

            fn schema() -> serde_json::Value {
                let stamps = [$(<$Register<$value>>::stamp_property(stringify!($field)),)*];
                let stamps = stamps.into_iter().flatten().collect();
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
