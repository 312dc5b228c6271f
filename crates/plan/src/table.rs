//! Tables of entities by id, with tombstones.

use std::{any::Any, marker::PhantomData, sync::Arc};

use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{
    Day, ProblemKind, Stamp,
    entity::{Declared, Entity, read_id, write_id},
    json::{Node, Problems, object_schema, property, put},
    sorted::Sorted,
};

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
        let alike = both.all(|(ours, theirs)| Arc::ptr_eq(ours, theirs) || **ours == **theirs);
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
