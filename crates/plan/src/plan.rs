//! The plan: one document, and everything in it.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{
    At, CycleId, Day, FilterId, Goal, InitiativeId, Invalid, KeyResultId, KpiId, MilestoneId, Name, ObjectiveId,
    OwnerId, PillarId, PlanId, ProblemKind, Stamp,
    compare::same_values,
    entity::{Assignment, Declared, Entity, read_id, write_id},
    json::{Fields, Node, Problems, object_schema},
    model::*,
    register::{Put, Shape},
    table::{Rows, Table},
};

/// Whose changes are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// Those of somebody who sees the plan as it is.
    Own,
    /// Those of somebody else, who saw another state of it.
    Others,
}

/// What has to be known of a kind of entities to treat all kinds alike.
pub struct Kind {
    /// Its word in files.
    word: &'static str,
    /// The name of its table.
    table: &'static str,
    id: fn(Uuid) -> EntityId,
    names: &'static [&'static str],
    shapes: &'static [Shape],
    read: fn(&Node<'_>, &mut Problems) -> Option<Arc<dyn Entity>>,
}

macro_rules! plan {
    ($($table:ident: $Kind:ident $Id:ident $Edit:ident $word:literal;)*) => {
        /// One document: valid as soon as it exists. Cloning is cheap, everything is shared.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Plan {
            /// What is true of the plan as a whole.
            pub frame: Arc<Frame>,
            $(#[doc = concat!("Every ", $word, ".")] pub $table: Table<$Kind>,)*
        }

        /// An id of any kind.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum EntityId { $(#[doc = concat!("One ", $word, ".")] $Kind($Id),)* }

        $(
            impl From<$Id> for EntityId {
                fn from(id: $Id) -> Self {
                    Self::$Kind(id)
                }
            }

            impl From<$Kind> for AnyEntity {
                fn from(entity: $Kind) -> Self {
                    Self { id: entity.id.into(), entity: Arc::new(entity) }
                }
            }

            impl From<($Id, $Edit)> for Edit {
                fn from((id, edit): ($Id, $Edit)) -> Self {
                    Self { of: Some(id.into()), assignment: edit.0 }
                }
            }
        )*

        /// In the order of [`Plan::tables`].
        const KINDS: &[Kind] = &[$(Kind {
            word: $word,
            table: stringify!($table),
            id: |id| EntityId::$Kind(id.into()),
            names: $Kind::NAMES,
            shapes: $Kind::SHAPES,
            read: |node, problems| Some(Arc::new($Kind::read(node, problems)?)),
        }),*];

        const WORDS: &[&str] = &[$($word),*];
        const TABLES: &[&str] = &[$(stringify!($table)),*];

        impl EntityId {
            pub(crate) const fn word(self) -> &'static str {
                match self { $(Self::$Kind(_) => $word,)* }
            }

            pub(crate) fn uuid(self) -> Uuid {
                match self { $(Self::$Kind(id) => id.into(),)* }
            }
        }

        impl Plan {
            /// An empty plan.
            #[must_use]
            pub fn new(id: PlanId, name: Name, at: At) -> Self {
                Self { frame: Arc::new(Frame::new(id, name, at)), $($table: Rows::default().into(),)* }
            }

            fn of(frame: Frame, tables: Vec<Rows>) -> Self {
                let mut tables = tables.into_iter();
                Self { frame: Arc::new(frame), $($table: tables.next().unwrap_or_default().into(),)* }
            }

            pub(crate) fn tables(&self) -> [&Rows; KINDS.len()] {
                [$(&self.$table.rows),*]
            }

            pub(crate) fn tables_mut(&mut self) -> [&mut Rows; KINDS.len()] {
                [$(&mut self.$table.rows),*]
            }

            pub(crate) fn rows(&self, kind: EntityId) -> &Rows {
                match kind { $(EntityId::$Kind(_) => &self.$table.rows,)* }
            }

            pub(crate) fn rows_mut(&mut self, kind: EntityId) -> &mut Rows {
                match kind { $(EntityId::$Kind(_) => &mut self.$table.rows,)* }
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
    pillars: Pillar PillarId PillarEdit "pillar";
    owners: Owner OwnerId OwnerEdit "owner";
    cycles: Cycle CycleId CycleEdit "cycle";
    objectives: Objective ObjectiveId ObjectiveEdit "objective";
    key_results: KeyResult KeyResultId KeyResultEdit "key-result";
    milestones: Milestone MilestoneId MilestoneEdit "milestone";
    initiatives: Initiative InitiativeId InitiativeEdit "initiative";
    kpis: Kpi KpiId KpiEdit "kpi";
    filters: Filter FilterId FilterEdit "filter";
}

impl Kind {
    pub const fn shapes(&self) -> &'static [Shape] {
        self.shapes
    }
}

impl Plan {
    /// In the order of [`Plan::tables`].
    pub(crate) const fn kinds() -> &'static [Kind] {
        KINDS
    }
}

/// The kind of which the member `of` speaks.
fn read_kind(of: &Node<'_>, problems: &mut Problems) -> Option<&'static Kind> {
    let word = of.text(problems)?;
    match KINDS.iter().find(|kind| kind.word == word) {
        Some(kind) => Some(kind),
        None => of.fail(ProblemKind::UnknownWord { expected: WORDS }, problems),
    }
}

impl EntityId {
    pub(crate) fn write(self) -> Value {
        write_id(self.uuid())
    }

    /// From the members `of` (the kind) and `id`.
    pub(crate) fn read_from(fields: &Fields<'_>, problems: &mut Problems) -> Option<Self> {
        let kind = read_kind(&fields.need("of", problems)?, problems)?;
        read_id(fields, problems).map(kind.id)
    }
}

/// An entity of any kind.
#[derive(Debug, Clone)]
pub struct AnyEntity {
    id: EntityId,
    entity: Arc<dyn Entity>,
}

impl PartialEq for AnyEntity {
    fn eq(&self, other: &Self) -> bool {
        *self.entity == *other.entity
    }
}

impl Eq for AnyEntity {}

impl AnyEntity {
    /// Its id.
    #[must_use]
    pub const fn id(&self) -> EntityId {
        self.id
    }

    /// Its name or title.
    #[must_use]
    pub fn called(&self) -> &Name {
        self.entity.called()
    }

    /// Whether both say the same, whoever made or edited them when.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        self.id == other.id && same_values(&*self.entity, &*other.entity)
    }

    pub(crate) fn references(&self, found: &mut Vec<EntityId>) {
        self.entity.references(found);
    }

    pub(crate) fn check(&self) -> Result<(), Invalid> {
        self.entity.check()
    }

    pub(crate) fn write(&self) -> Value {
        self.entity.write()
    }

    pub(crate) fn read(of: &Node<'_>, node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let kind = read_kind(of, problems)?;
        let entity = (kind.read)(node, problems)?;
        Some(Self { id: (kind.id)(entity.uuid()), entity })
    }
}

/// An edit of one field: `Edit::of(kpi.id, KpiEdit::why(why))`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    of: Option<EntityId>,
    assignment: Assignment,
}

impl Edit {
    /// Of the plan as a whole.
    #[must_use]
    pub fn frame(edit: FrameEdit) -> Self {
        Self { of: None, assignment: edit.0 }
    }

    /// Of an entity: an id, and an edit of its kind.
    #[must_use]
    pub fn of<I, E>(id: I, edit: E) -> Self
    where
        Self: From<(I, E)>,
    {
        (id, edit).into()
    }

    /// The entity that it changes; none for the plan as a whole.
    #[must_use]
    pub const fn id(&self) -> Option<EntityId> {
        self.of
    }

    /// The name of the field that it changes.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        self.assignment.field
    }

    pub(crate) fn check(&self) -> Result<(), Invalid> {
        self.assignment.value.check()
    }

    pub(crate) fn references(&self, found: &mut Vec<EntityId>) {
        self.assignment.value.references(found);
    }

    pub(crate) fn write_value(&self) -> Value {
        self.assignment.value.write()
    }

    pub(crate) fn read_from(fields: &Fields<'_>, problems: &mut Problems) -> Option<Self> {
        let (field, value) = (fields.need("field", problems), fields.need("value", problems));
        let (field, value) = (field?, value?);
        let (of, names, shapes) = match fields.get("of") {
            None => (None, Frame::NAMES, Frame::SHAPES),
            Some(of) => {
                let kind = read_kind(&of, problems)?;
                (Some((kind.id)(read_id(fields, problems)?)), kind.names, kind.shapes)
            }
        };
        let name = field.text(problems)?;
        let found = names.iter().zip(shapes).find(|(field, _)| **field == name);
        let Some((field, of_type)) = found.and_then(|(field, shape)| Some((field, shape.edited()?))) else {
            return field.fail(ProblemKind::UnknownWord { expected: names }, problems);
        };
        let value = of_type.read(&value, problems)?;
        Some(Self { of, assignment: Assignment { field, value } })
    }
}

impl Plan {
    /// Whether this entity is in the plan, or was until it was deleted.
    #[must_use]
    pub fn knows(&self, id: EntityId) -> bool {
        self.rows(id).knows(id.uuid())
    }

    /// Whether this entity is in the plan.
    #[must_use]
    pub fn has(&self, id: EntityId) -> bool {
        self.rows(id).has(id.uuid())
    }

    /// The name or title of an entity.
    #[must_use]
    pub fn called(&self, id: EntityId) -> Option<&Name> {
        self.rows(id).get(id.uuid()).map(|entity| entity.called())
    }

    pub(crate) fn insert(&mut self, entity: &AnyEntity, stamp: Stamp) {
        self.rows_mut(entity.id).bear(Arc::clone(&entity.entity), stamp);
    }

    pub(crate) fn remove(&mut self, id: EntityId, stamp: Stamp) -> Option<AnyEntity> {
        let entity = self.rows_mut(id).remove(id.uuid(), stamp)?;
        Some(AnyEntity { id, entity })
    }

    /// An entity was deleted by somebody who knew this of it.
    pub(crate) fn delete_known(&mut self, knew: &AnyEntity, stamp: Stamp) {
        self.rows_mut(knew.id).delete(&knew.entity, stamp);
    }

    /// Changes an entity: one that is there, or (`Whose::Others`) one that somebody else has deleted meanwhile, too.
    pub(crate) fn change_entity<T>(
        &mut self,
        id: EntityId,
        whose: Whose,
        change: impl FnOnce(&mut dyn Entity) -> T,
    ) -> Option<T> {
        match whose {
            Whose::Own => self.rows_mut(id).get_mut(id.uuid()).map(change),
            Whose::Others => self.rows_mut(id).change(id.uuid(), change),
        }
    }

    /// An entity as it is now.
    pub(crate) fn any(&self, id: EntityId) -> Option<AnyEntity> {
        let entity = Arc::clone(self.rows(id).get(id.uuid())?);
        Some(AnyEntity { id, entity })
    }

    /// The edit that would bring about what the field of an edit says now for a day.
    pub(crate) fn edited(&self, edit: &Edit, from: Day) -> Option<(Edit, bool)> {
        let frame: &dyn Entity = &*self.frame;
        let entity = match edit.of {
            None => frame,
            Some(id) => &**self.rows(id).get(id.uuid())?,
        };
        let field = edit.assignment.field;
        let Put { value, withdrawn, .. } = entity.at(field, from)?;
        Some((Edit { of: edit.of, assignment: Assignment { field, value } }, withdrawn))
    }

    /// Makes one edit; gives the edit that takes it back, or `None` where there is no such entity.
    pub(crate) fn edit(
        &mut self,
        edit: &Edit,
        (from, withdrawn): (Day, bool),
        stamp: Stamp,
        whose: Whose,
    ) -> Option<(Edit, Day, bool)> {
        let field = edit.assignment.field;
        let put = Put { value: edit.assignment.value.clone(), from, withdrawn };
        let set = |entity: &mut dyn Entity| entity.set(field, put, stamp);
        let before = match edit.of {
            None => set(Arc::<Frame>::make_mut(&mut self.frame)),
            Some(id) => self.change_entity(id, whose, set)?,
        }?;
        let assignment = Assignment { field, value: before.value };
        Some((Edit { of: edit.of, assignment }, before.from, before.withdrawn))
    }

    /// Everything that either replica knows; the later stamp wins wherever both know something. The order
    /// of merging, and merging twice, change nothing. Both have to be replicas of one plan: `self`'s id stays.
    #[must_use]
    pub fn merge(&self, other: &Self) -> Self {
        let mut merged = self.clone();
        let frame: &mut dyn Entity = Arc::<Frame>::make_mut(&mut merged.frame);
        frame.merge(&*other.frame);
        for (ours, theirs) in merged.tables_mut().into_iter().zip(other.tables()) {
            ours.merge(theirs);
        }
        merged.settle_existence();
        merged
    }

    /// Brings back what was deleted where something that belongs to it is there, and takes away what was deleted where
    /// nothing is: a milestone keeps its key result, an initiative its goal, a key result its objective, so that
    /// everything can be reached from the list of objectives. What belongs to what is decided by the last decision.
    pub(crate) fn settle_existence(&mut self) {
        self.settle(Rows::settle_existence);
    }

    /// The first half of that: within a change, what is about to be deleted is still there.
    pub(crate) fn bring_back(&mut self) {
        self.settle(Rows::bring_back);
    }

    fn settle(&mut self, by: fn(&mut Rows, Vec<Uuid>)) {
        let goal = |initiative: &Initiative| match *initiative.goal {
            Goal::Objective { id } => EntityId::Objective(id),
            Goal::KeyResult { id } => EntityId::KeyResult(id),
        };
        let goals = |plan: &Self| plan.initiatives.iter().map(goal).collect::<Vec<_>>();
        if self.key_results.rows.lacks_any() {
            let steps = self.milestones.iter().map(|milestone| EntityId::KeyResult(*milestone.key_result));
            let needed = steps.chain(goals(self)).filter(|id| matches!(id, EntityId::KeyResult(_)));
            by(&mut self.key_results.rows, needed.map(EntityId::uuid).collect());
        }
        if self.objectives.rows.lacks_any() {
            let own = self.key_results.iter().map(|own| EntityId::Objective(own.belongs_to()));
            let needed = own.chain(goals(self)).filter(|id| matches!(id, EntityId::Objective(_)));
            by(&mut self.objectives.rows, needed.map(EntityId::uuid).collect());
        }
    }

    /// Whether something belongs to this entity, so that it cannot go alone.
    pub(crate) fn is_needed(&self, id: EntityId) -> bool {
        let is_goal = |goal: Goal| self.initiatives.iter().any(|initiative| *initiative.goal == goal);
        match id {
            EntityId::Objective(id) => {
                self.key_results.iter().any(|own| own.belongs_to() == id) || is_goal(Goal::Objective { id })
            }
            EntityId::KeyResult(id) => {
                self.milestones.iter().any(|step| *step.key_result == id) || is_goal(Goal::KeyResult { id })
            }
            _ => false,
        }
    }

    /// What was deleted in `before` and is here: something was added to it elsewhere.
    #[must_use]
    pub fn returned(&self, before: &Self) -> Vec<EntityId> {
        let tables = Self::kinds().iter().zip(self.tables()).zip(before.tables());
        let returned = tables.flat_map(|((kind, here), before)| {
            let back = before.deleted_ids().filter(|id| !before.has(*id) && here.has(*id));
            back.map(|id| (kind.id)(id)).collect::<Vec<_>>()
        });
        returned.collect()
    }

    /// The plan as it was known at the end of `day`: nothing that was made, decided or entered for a later
    /// day. Of what was there already, every number on `day` is the number that the whole plan gives for it.
    #[must_use]
    pub fn as_of(&self, day: Day) -> Self {
        let mut past = self.clone();
        let frame: &mut dyn Entity = Arc::<Frame>::make_mut(&mut past.frame);
        frame.cut(day);
        past.tables_mut().into_iter().for_each(|rows| rows.cut(day));
        let done_later = past.milestones.iter().filter(|it| it.done_by(day) != *it.done);
        for id in done_later.map(|it| it.id).collect::<Vec<_>>() {
            if let Some(milestone) = past.milestones.get_mut(id) {
                milestone.done = None.into();
            }
        }
        past
    }

    /// The latest stamp in it: a clock that goes on from here [observes](crate::Clock::observe) it.
    #[must_use]
    pub fn latest_stamp(&self) -> Stamp {
        let frame: &dyn Entity = &*self.frame;
        let tables = self.tables().into_iter().filter_map(Rows::latest_stamp);
        tables.fold(frame.latest_stamp(), Stamp::max)
    }

    pub(crate) fn write(&self) -> Value {
        let (mut map, mut deleted) = (Map::new(), Map::new());
        let frame: &dyn Entity = &*self.frame;
        map.insert("frame".to_owned(), frame.write());
        for (name, rows) in TABLES.iter().zip(self.tables()) {
            rows.write_into(name, &mut map, &mut deleted);
        }
        if !deleted.is_empty() {
            map.insert("deleted".to_owned(), deleted.into());
        }
        map.into()
    }

    pub(crate) fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let fields = node.object(problems)?;
        let clean = fields.only(&[&["frame", "deleted"], TABLES], problems);
        let frame = fields.read_or("frame", None, problems, Frame::read);
        let dead = fields.get("deleted");
        let deleted = dead.as_ref().and_then(|node| node.object(problems));
        let whole = deleted.map_or(Some(()), |deleted| deleted.only(&[TABLES], problems));
        let mut tables = Vec::with_capacity(KINDS.len());
        for kind in KINDS {
            let alive = fields.get(kind.table);
            let gone = deleted.and_then(|deleted| deleted.get(kind.table));
            for rows in [&alive, &gone].into_iter().flatten() {
                problems.know(kind.word, Rows::ids(rows).map(|ids| ids.into_iter().map(kind.id)));
            }
            tables.extend(Rows::read_from(kind.read, alive.as_ref(), gone.as_ref(), problems));
        }
        // Where what was deleted cannot be read, a reference to it may be right.
        if dead.is_some() == deleted.is_some() {
            problems.resolve();
        }
        clean?;
        whole?;
        let frame = frame?;
        (tables.len() == KINDS.len()).then(|| {
            let mut plan = Self::of(frame, tables);
            plan.settle_existence();
            plan
        })
    }
}
