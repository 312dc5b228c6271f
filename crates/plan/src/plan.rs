//! The plan: one document, and everything in it.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::{
    At, CycleId, Day, KeyResultId, KpiId, MilestoneId, Name, ObjectiveId, OwnerId, PlanId, ProblemKind, Stamp,
    entity::{Entity, Table},
    json::{Fields, Json, Node, Problems, object_schema},
    model::*,
    register::Put,
};

macro_rules! plan {
    ($($table:ident: $Kind:ident $Id:ident $Edit:ident $word:literal;)*) => {
        /// One document: valid as soon as it exists. Cloning is cheap, everything is shared.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Plan {
            /// What is true of the plan as a whole.
            pub frame: Arc<Frame>,
            $(#[doc = concat!("Every ", $word, ".")] pub $table: Table<$Kind>,)*
        }

        /// An entity of any kind.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum AnyEntity { $(#[doc = concat!("One ", $word, ".")] $Kind(Arc<$Kind>),)* }

        /// An id of any kind.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum EntityId { $(#[doc = concat!("One ", $word, ".")] $Kind($Id),)* }

        /// An edit of one field.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Edit {
            /// Of the plan as a whole.
            Frame(FrameEdit),
            $(#[doc = concat!("Of one ", $word, ".")] $Kind($Id, $Edit),)*
        }

        $(
            impl From<$Id> for EntityId {
                fn from(id: $Id) -> Self {
                    Self::$Kind(id)
                }
            }

            impl From<$Kind> for AnyEntity {
                fn from(entity: $Kind) -> Self {
                    Self::$Kind(Arc::new(entity))
                }
            }
        )*

        impl EntityId {
            const WORDS: &'static [&'static str] = &[$($word),*];

            pub(crate) const fn word(self) -> &'static str {
                match self { $(Self::$Kind(_) => $word,)* }
            }

            pub(crate) fn write(self) -> Value {
                match self { $(Self::$Kind(id) => id.write(),)* }
            }

            /// From the members `of` (the kind) and `id`.
            pub(crate) fn read_from(fields: &Fields<'_>, problems: &mut Problems) -> Option<Self> {
                let kind: String = fields.read("of", problems)?;
                match kind.as_str() {
                    $($word => fields
                        .read_or("id", None, problems, |node, problems| node.parse(problems, str::parse))
                        .map(Self::$Kind),)*
                    _ => fields.get("of")?.fail(ProblemKind::UnknownWord { expected: Self::WORDS }, problems),
                }
            }
        }

        impl AnyEntity {
            /// Its id.
            #[must_use]
            pub fn id(&self) -> EntityId {
                match self { $(Self::$Kind(entity) => entity.id.into(),)* }
            }

            pub(crate) fn references(&self, found: &mut Vec<EntityId>) {
                match self { $(Self::$Kind(entity) => entity.references(found),)* }
            }

            pub(crate) fn check(&self) -> Result<(), crate::Invalid> {
                match self { $(Self::$Kind(entity) => entity.check(),)* }
            }

            pub(crate) fn write(&self) -> Value {
                match self { $(Self::$Kind(entity) => entity.write(),)* }
            }

            pub(crate) fn read(kind: &Node<'_>, node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
                match kind.text(problems)? {
                    $($word => $Kind::read(node, problems).map(Self::from),)*
                    _ => kind.fail(ProblemKind::UnknownWord { expected: EntityId::WORDS }, problems),
                }
            }
        }

        impl Edit {
            /// The entity that it changes; none for the plan as a whole.
            #[must_use]
            pub const fn id(&self) -> Option<EntityId> {
                match self {
                    Self::Frame(_) => None,
                    $(Self::$Kind(id, _) => Some(EntityId::$Kind(*id)),)*
                }
            }

            /// The name of the field that it changes.
            #[must_use]
            pub const fn field(&self) -> &'static str {
                match self {
                    Self::Frame(edit) => edit.field(),
                    $(Self::$Kind(_, edit) => edit.field(),)*
                }
            }

            pub(crate) fn check(&self) -> Result<(), crate::Invalid> {
                match self {
                    Self::Frame(edit) => edit.check(),
                    $(Self::$Kind(_, edit) => edit.check(),)*
                }
            }

            pub(crate) fn references(&self, found: &mut Vec<EntityId>) {
                match self {
                    Self::Frame(edit) => edit.references(found),
                    $(Self::$Kind(_, edit) => edit.references(found),)*
                }
            }

            pub(crate) fn write_value(&self) -> Value {
                match self {
                    Self::Frame(edit) => edit.write(),
                    $(Self::$Kind(_, edit) => edit.write(),)*
                }
            }

            pub(crate) fn read_from(fields: &Fields<'_>, problems: &mut Problems) -> Option<Self> {
                let (field, value) = (fields.need("field", problems), fields.need("value", problems));
                let (field, value) = (field?, value?);
                if fields.get("of").is_none() {
                    return FrameEdit::read(&field, &value, problems).map(Self::Frame);
                }
                match EntityId::read_from(fields, problems)? {
                    $(EntityId::$Kind(id) =>
                        $Edit::read(&field, &value, problems).map(|edit| Self::$Kind(id, edit)),)*
                }
            }
        }

        impl Plan {
            /// An empty plan.
            #[must_use]
            pub fn new(id: PlanId, name: Name, at: At) -> Self {
                Self { frame: Arc::new(Frame::new(id, name, at)), $($table: Table::default(),)* }
            }

            /// Whether this entity is in the plan, or was until it was deleted.
            #[must_use]
            pub fn knows(&self, id: EntityId) -> bool {
                match id { $(EntityId::$Kind(id) => self.$table.knows(id),)* }
            }

            /// Whether this entity is in the plan.
            #[must_use]
            pub fn has(&self, id: EntityId) -> bool {
                match id { $(EntityId::$Kind(id) => self.$table.get(id).is_some(),)* }
            }

            pub(crate) fn is_full(&self, id: EntityId) -> bool {
                match id { $(EntityId::$Kind(_) => self.$table.is_full(),)* }
            }

            pub(crate) fn insert(&mut self, entity: &AnyEntity, stamp: Stamp) {
                match entity {
                    $(AnyEntity::$Kind(entity) => {
                        let mut entity = $Kind::clone(entity);
                        entity.set_born(stamp);
                        self.$table.insert(entity);
                    })*
                }
            }

            pub(crate) fn remove(&mut self, id: EntityId, stamp: Stamp) -> Option<AnyEntity> {
                match id {
                    $(EntityId::$Kind(id) => self.$table.remove(id, stamp).map(AnyEntity::$Kind),)*
                }
            }

            /// Makes one edit; gives the edit that takes it back, or `None` where there is no such entity.
            pub(crate) fn edit(&mut self, edit: Put<Edit>, stamp: Stamp) -> Option<Put<Edit>> {
                let Put { value, from, withdrawn } = edit;
                match value {
                    Edit::Frame(value) => {
                        let before = Arc::make_mut(&mut self.frame).set(Put { value, from, withdrawn }, stamp);
                        Some(Put { value: Edit::Frame(before.value), from, withdrawn: before.withdrawn })
                    }
                    $(Edit::$Kind(id, value) => {
                        let before = self.$table.get_mut(id)?.set(Put { value, from, withdrawn }, stamp);
                        Some(Put { value: Edit::$Kind(id, before.value), from, withdrawn: before.withdrawn })
                    })*
                }
            }

            /// The edit that made this entity, or that deleted it.
            pub(crate) fn born_or_died(&self, id: EntityId) -> Option<Stamp> {
                match id { $(EntityId::$Kind(id) => self.$table.born_or_died(id),)* }
            }

            /// Everything that either replica knows; the later stamp wins wherever both know something. The order
            /// of merging, and merging twice, change nothing. Both have to be replicas of one plan: `self`'s id stays.
            #[must_use]
            pub fn merge(&self, other: &Self) -> Self {
                let mut merged = self.clone();
                Arc::make_mut(&mut merged.frame).merge(&other.frame);
                $(merged.$table.merge(&other.$table);)*
                merged
            }

            /// The plan as it was known at the end of `day`: nothing that was made, decided or entered for a later
            /// day. Of what was there already, every number on `day` is the number that the whole plan gives for it.
            #[must_use]
            pub fn as_of(&self, day: Day) -> Self {
                let mut past = self.clone();
                Arc::make_mut(&mut past.frame).cut(day);
                $(past.$table.cut(day);)*
                past
            }

            /// The latest stamp in it: a clock that goes on from here [observes](crate::Clock::observe) it.
            #[must_use]
            pub fn latest_stamp(&self) -> Stamp {
                let stamps = [Some(self.frame.latest_stamp()), $(self.$table.latest_stamp(),)*];
                stamps.into_iter().flatten().max().unwrap_or(self.frame.born)
            }

            pub(crate) fn write(&self) -> Value {
                let (mut map, mut deleted) = (Map::new(), Map::new());
                map.insert("frame".to_owned(), self.frame.write());
                $(self.$table.write_into(stringify!($table), &mut map, &mut deleted);)*
                if !deleted.is_empty() {
                    map.insert("deleted".to_owned(), deleted.into());
                }
                map.into()
            }

            pub(crate) fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
                const TABLES: &[&str] = &[$(stringify!($table)),*];
                let fields = node.object(problems)?;
                let clean = fields.only(&[&["frame", "deleted"], TABLES], problems);
                let frame = fields.read_or("frame", None, problems, Frame::read);
                let dead = fields.get("deleted");
                let deleted = dead.as_ref().and_then(|node| node.object(problems));
                let whole = deleted.map_or(Some(()), |deleted| deleted.only(&[TABLES], problems));
                $(
                    let alive = fields.get(stringify!($table));
                    let gone = deleted.and_then(|deleted| deleted.get(stringify!($table)));
                    for rows in [&alive, &gone].into_iter().flatten() {
                        let ids = Table::<$Kind>::ids(rows);
                        problems.know($word, ids.map(|ids| ids.into_iter().map(EntityId::$Kind)));
                    }
                    let $table = Table::read_from(alive.as_ref(), gone.as_ref(), problems);
                )*
                // Where what was deleted cannot be read, a reference to it may be right.
                if dead.is_some() == deleted.is_some() {
                    problems.resolve();
                }
                clean?;
                whole?;
                Some(Self { frame: Arc::new(frame?), $($table: $table?,)* })
            }

            pub(crate) fn schema() -> Value {
                let deleted = object_schema(vec![$((stringify!($table), Table::<$Kind>::deleted_schema(), false)),*]);
                object_schema(vec![
                    ("frame", Frame::schema(), true),
                    $((stringify!($table), json!({"type": "array", "items": $Kind::schema()}), false),)*
                    ("deleted", deleted, false),
                ])
            }
        }
    };
}

plan! {
    owners: Owner OwnerId OwnerEdit "owner";
    cycles: Cycle CycleId CycleEdit "cycle";
    objectives: Objective ObjectiveId ObjectiveEdit "objective";
    key_results: KeyResult KeyResultId KeyResultEdit "key-result";
    milestones: Milestone MilestoneId MilestoneEdit "milestone";
    kpis: Kpi KpiId KpiEdit "kpi";
}
