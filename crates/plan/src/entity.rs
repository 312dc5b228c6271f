//! What all entities share: identity, birth, fields that merge.

use std::{any::Any, fmt, sync::Arc};

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{
    Day, EntityId, Invalid, Name, ProblemKind, Stamp,
    datum::Type,
    json::{Fields, Json, Node, Problems, put},
    register::{self, Put, Register},
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

    /// Forgets references to what is not `there`, the values that they stand in included; `false` where it is nothing
    /// without one of them. For entities that are [settled](Self::settle).
    pub fn loosen(&mut self, types: &[(&'static str, Type)], there: impl Fn(EntityId) -> bool, day: Day) -> bool {
        let created = self.created();
        for (name, field) in self.fields_mut() {
            let mut references = Vec::new();
            field.references(&mut references);
            if references.into_iter().all(&there) {
                continue;
            }
            let of = types.iter().find(|(of, _)| *of == name);
            let Some(value) = of.and_then(|(_, of)| of.absent()) else { return false };
            field.set(Put { value, from: created, withdrawn: false }, Stamp::FIRST);
            register::settle(field, created, day);
        }
        true
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
