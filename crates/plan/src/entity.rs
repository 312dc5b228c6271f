//! What all entities share: identity, birth, fields that merge.

use std::{any::Any, fmt, sync::Arc, vec};

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{
    Day, EntityId, Invalid, Name, ProblemKind, Stamp,
    datum::Type,
    json::{Fields, Json, Node, Problems, put},
    log::AnyLog,
    register::{self, AnyRegister, Put, Register, Shape},
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
    /// The names of its fields.
    fn names(&self) -> &'static [&'static str];
    /// Everything in it that can be edited or entered, in the order of [`Self::names`].
    fn fields(&self) -> Vec<&dyn Register>;
    fn fields_mut(&mut self) -> Vec<&mut dyn Register>;
    fn copied(&self) -> Arc<dyn Entity>;
}

/// What an entity's declaration says of its kind.
pub trait Declared: Entity + Sized {
    type Id: Copy + Into<Uuid> + Json;
    /// The names of everything in it.
    const NAMES: &'static [&'static str];
    /// What each of them holds.
    const SHAPES: &'static [Shape];
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self>;
    fn schema() -> Value;
}

impl dyn Entity {
    /// Takes over whatever is later in `other`, what another replica knows of the same entity.
    pub fn merge(&mut self, other: &Self) {
        self.set_born(self.born().max(other.born()));
        for (ours, theirs) in self.fields_mut().into_iter().zip(other.fields()) {
            ours.merge(theirs);
        }
    }

    /// Forgets what was entered for or decided after `day`.
    pub fn cut(&mut self, day: Day) {
        self.fields_mut().into_iter().for_each(|field| field.cut(day));
    }

    /// Forgets what was entered, and how everything else came to be what it is on `day`.
    pub fn settle(&mut self, day: Day) {
        let created = self.created();
        self.fields_mut().into_iter().for_each(|field| register::settle(field, created, day));
    }

    /// Forgets references to what is not `there`, the values that they stand in included; `false` where it is nothing
    /// without one of them. For entities that are [settled](Self::settle).
    pub fn loosen(&mut self, shapes: &[Shape], there: impl Fn(EntityId) -> bool, day: Day) -> bool {
        let created = self.created();
        for (field, shape) in self.fields_mut().into_iter().zip(shapes) {
            let mut references = Vec::new();
            field.references(&mut references);
            if references.into_iter().all(&there) {
                continue;
            }
            let Some(value) = shape.edited().and_then(Type::absent) else { return false };
            field.set(Put { value, from: created, withdrawn: false }, Stamp::FIRST);
            register::settle(field, created, day);
        }
        true
    }

    /// Makes an edit of one field; gives the edit that takes it back, or `None` where there is no such field.
    pub fn set(&mut self, name: &str, edit: Put, stamp: Stamp) -> Option<Put> {
        let place = self.names().iter().position(|field| *field == name)?;
        let field = self.fields_mut().into_iter().nth(place)?;
        Some(field.set(edit, stamp))
    }

    /// What one of its fields says for a day.
    pub fn at(&self, name: &str, from: Day) -> Option<Put> {
        let place = self.names().iter().position(|field| *field == name)?;
        self.fields().into_iter().nth(place)?.at(from)
    }

    /// Its dated entries, where it has any.
    pub fn log_mut(&mut self) -> Option<&mut AnyLog> {
        self.fields_mut().into_iter().find_map(|field| {
            let field: &mut dyn Any = field;
            field.downcast_mut()
        })
    }

    /// The latest stamp anywhere in it.
    pub fn latest_stamp(&self) -> Stamp {
        let edited = self.fields().into_iter().filter_map(|field| field.stamp()).max();
        edited.unwrap_or(self.born()).max(self.born())
    }

    pub fn references(&self, found: &mut Vec<EntityId>) {
        self.fields().into_iter().for_each(|field| field.references(found));
    }

    /// The rules of its values.
    pub fn check(&self) -> Result<(), Invalid> {
        self.fields().into_iter().try_for_each(|field| field.check())
    }

    pub fn write(&self) -> Value {
        let (mut map, mut stamps) = (Map::new(), Map::new());
        map.insert("id".to_owned(), write_id(self.uuid()));
        put(&mut map, "born", &self.born());
        put(&mut map, "created", &self.created());
        for (name, field) in self.names().iter().zip(self.fields()) {
            field.write_into(name, self.created(), &mut map, &mut stamps);
        }
        if !stamps.is_empty() {
            map.insert("edited".to_owned(), stamps.into());
        }
        map.into()
    }
}

impl PartialEq for dyn Entity {
    fn eq(&self, other: &Self) -> bool {
        let alike = |(ours, theirs): (&dyn Register, &dyn Register)| ours.equals(theirs);
        (self.uuid(), self.born(), self.created()) == (other.uuid(), other.born(), other.created())
            && self.fields().into_iter().zip(other.fields()).all(alike)
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

/// What all fields of an entity need to know while they are read.
#[derive(Debug)]
pub struct Reading<'a> {
    pub fields: Fields<'a>,
    /// The day on which it was made; some day where that cannot be read, so that the rest can be.
    pub created: Day,
    stamps: Option<Fields<'a>>,
}

impl Reading<'_> {
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
}

/// What was read of an entity of whatever kind, all of it right.
pub struct Read {
    pub id: Uuid,
    pub born: Stamp,
    pub created: Day,
    /// Its fields, in the order of declaration.
    pub fields: vec::IntoIter<AnyRegister>,
}

impl Read {
    /// Reads everything, and notes every problem.
    pub fn from(
        node: &Node<'_>,
        names: &'static [&'static str],
        shapes: &[Shape],
        problems: &mut Problems,
    ) -> Option<Self> {
        let fields = node.object(problems)?;
        let edited = fields.get("edited");
        let own = fields.only(&[&["id", "born", "created", "edited"], names], problems);
        let born = fields.read("born", problems);
        let created = fields.read("created", problems);
        let stamps = edited.as_ref().and_then(|node| node.object(problems));
        let stamped = stamps.map_or(Some(()), |stamps| stamps.only(&[names], problems));
        let reading = Reading { fields, created: created.unwrap_or(Day::FIRST), stamps };
        let id = read_id(&fields, problems);
        let registers = names.iter().zip(shapes).filter_map(|(name, shape)| shape.read(name, &reading, problems));
        let registers: Vec<_> = registers.collect();
        let clean = own.is_some() && stamped.is_some() && edited.is_some() == stamps.is_some();
        (clean && registers.len() == shapes.len()).then_some(())?;
        Some(Self { id: id?, born: born?, created: created?, fields: registers.into_iter() })
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

            fn names(&self) -> &'static [&'static str] {
                <Self as $crate::entity::Declared>::NAMES
            }

            fn fields(&self) -> Vec<&dyn $crate::register::Register> {
                vec![$(self.$field.register(),)* $(self.$log.register())?]
            }

            fn fields_mut(&mut self) -> Vec<&mut dyn $crate::register::Register> {
                vec![$(self.$field.register_mut(),)* $(self.$log.register_mut())?]
            }

            fn copied(&self) -> std::sync::Arc<dyn $crate::entity::Entity> {
                std::sync::Arc::new(self.clone())
            }
        }

        impl $crate::entity::Declared for $type {
            type Id = $Id;

            const NAMES: &'static [&'static str] = &[$(stringify!($field),)* $(stringify!($log))?];

            const SHAPES: &'static [$crate::register::Shape] =
                &[$(<$Register<$value>>::SHAPE,)* $(<$crate::Log<$Row>>::SHAPE)?];

            fn read(node: &$crate::json::Node<'_>, problems: &mut $crate::json::Problems) -> Option<Self> {
                let mut read = $crate::entity::Read::from(node, Self::NAMES, Self::SHAPES, problems)?;
                Some(Self {
                    id: read.id.into(),
                    born: read.born,
                    created: read.created,
                    $($field: <$Register<$value>>::of(&mut read),)*
                    $($log: <$crate::Log<$Row>>::of(&mut read),)?
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, At, EntryKey, Frequency, Kpi, KpiId, Number, Prose, Reading, Seed, datum::Datum};

    #[test]
    fn entities_are_the_same_where_everything_in_them_is() {
        let at = At { stamp: Stamp::new(1, 0, Actor(1)), day: Day::FIRST };
        let id: KpiId = Seed { millis: 1, random: [1; 10] }.into();
        let kpi = || Kpi::new(id, Name::fitted("Scrap rate"), Prose::default(), Frequency::Weekly, at);
        let edited = |name: &str, edit: Datum| {
            let mut kpi = kpi();
            let entity: &mut dyn Entity = &mut kpi;
            entity.set(name, Put { value: edit, from: at.day, withdrawn: false }, at.stamp).unwrap();
            kpi
        };
        let mut read = kpi();
        let row = Reading { value: Number::from(5), note: Prose::default() };
        let key = EntryKey { day: at.day, n: 0, actor: Actor(1) };
        read.readings.inner.set(key, Some(Datum::new(row)), at.stamp);
        let mut brought_back = kpi();
        brought_back.born = Stamp::new(2, 0, Actor(1));
        let all = [
            kpi(),
            edited("name", Datum::new(Name::fitted("Waste"))),
            edited("frequency", Datum::new(Frequency::Monthly)),
            read,
            brought_back,
        ];
        for (place, one) in all.iter().enumerate() {
            for (other_place, other) in all.iter().enumerate() {
                let (one, other): (&dyn Entity, &dyn Entity) = (one, other);
                assert_eq!(one == other, place == other_place, "{one:?} {other:?}");
            }
        }
    }
}
