//! Tables of entities by id, and what was deleted from them.
//!
//! # Deleting loses nothing that others add
//!
//! A deletion says what was known of the entity when it was deleted: all its fields and entries. What a replica knows of
//! an entity is therefore two things: the entity itself, and what deletions knew of it. Both only grow, and merging joins
//! each of them field by field, so that merging is commutative, associative and idempotent whatever was deleted when.
//! Whether an entity is there follows from the two:
//!
//! 1. It is there if it holds anything that no deletion knew: an edit, an entry, or a new birth. So an edit that was made
//!    elsewhere before the deletion was heard of brings its entity back, whole, and so does undoing the deletion.
//! 2. It is there if something that belongs to it is there: a key result keeps its objective, a milestone its key result,
//!    an initiative its goal ([`Plan::settle_existence`](crate::Plan::settle_existence)).
//! 3. Otherwise it is gone.
//!
//! Earlier versions did not note what was known. Their deletions beat every edit with an earlier stamp.

use std::{any::Any, marker::PhantomData, sync::Arc};

use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{
    Day, ProblemKind, Stamp,
    entity::{Declared, Entity, read_id, write_id},
    json::{Node, Problems, object_schema, property, put},
    sorted::{Sorted, in_order},
};

/// Entities of one kind by id, and what was deleted.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    alive: Arc<Sorted<Uuid, Arc<dyn Entity>>>,
    deleted: Arc<Sorted<Uuid, Deletion>>,
}

/// That an entity was deleted, once or several times. It may be there all the same: see the module.
#[derive(Debug, Clone)]
struct Deletion {
    /// The latest one.
    at: Stamp,
    /// What was known of the entity; none where that was not noted.
    knew: Option<Arc<dyn Entity>>,
}

impl PartialEq for Deletion {
    fn eq(&self, other: &Self) -> bool {
        let alike = match (&self.knew, &other.knew) {
            (Some(ours), Some(theirs)) => is_same(ours, theirs),
            (ours, theirs) => ours.is_none() && theirs.is_none(),
        };
        self.at == other.at && alike
    }
}

impl Deletion {
    /// Whether nothing is in an entity that was not known.
    fn covers(&self, entity: &Arc<dyn Entity>) -> bool {
        self.knew.as_ref().map_or_else(|| self.at >= entity.latest_stamp(), |knew| is_same(knew, entity))
    }
}

impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        let mut both = self.iter().zip(other.iter());
        let alike = both.all(|(ours, theirs)| is_same(ours, theirs));
        alike && self.alive.len() == other.alive.len() && self.deleted == other.deleted
    }
}

impl Eq for Rows {}

fn is_same(ours: &Arc<dyn Entity>, theirs: &Arc<dyn Entity>) -> bool {
    Arc::ptr_eq(ours, theirs) || **ours == **theirs
}

/// An entity alone: the others that share it keep it as it is.
fn own(entity: &mut Arc<dyn Entity>) -> &mut dyn Entity {
    if Arc::get_mut(entity).is_none() {
        *entity = entity.copied();
    }
    Arc::get_mut(entity).unwrap_or_else(|| unreachable!("a copy is not shared yet"))
}

/// Everything that either knows.
fn joined(ours: Option<&Arc<dyn Entity>>, theirs: Option<&Arc<dyn Entity>>) -> Option<Arc<dyn Entity>> {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) if !Arc::ptr_eq(ours, theirs) => {
            let mut both = Arc::clone(ours);
            own(&mut both).merge(&**theirs);
            // What added nothing is still shared.
            Some(if is_same(&both, ours) { Arc::clone(ours) } else { both })
        }
        (one, other) => one.or(other).map(Arc::clone),
    }
}

impl Rows {
    /// The most entities of one kind, deleted ones included, that edits make.
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
        self.has(id) || self.deleted.contains(id)
    }

    pub fn is_full(&self) -> bool {
        let gone = self.deleted.iter().filter(|(id, _)| !self.has(*id));
        self.alive.len() + gone.count() >= Self::MAX
    }

    /// What is known of an entity, whether it is there or not.
    fn known(&self, id: Uuid) -> Option<&Arc<dyn Entity>> {
        self.get(id).or_else(|| self.deleted.get(id)?.knew.as_ref())
    }

    pub fn get_mut(&mut self, id: Uuid) -> Option<&mut dyn Entity> {
        if self.has(id) { Arc::make_mut(&mut self.alive).get_mut(id).map(own) } else { None }
    }

    /// Changes what is known of an entity, whether it is there or not; `None` where nothing is known of it.
    pub fn change<T>(&mut self, id: Uuid, change: impl FnOnce(&mut dyn Entity) -> T) -> Option<T> {
        let mut entity = Arc::clone(self.known(id)?);
        let changed = change(own(&mut entity));
        Arc::make_mut(&mut self.alive).insert(id, entity);
        self.settle_one(id, false);
        Some(changed)
    }

    /// Takes over what is known of an entity.
    pub fn learn(&mut self, entity: &Arc<dyn Entity>) {
        let id = entity.uuid();
        if let Some(known) = joined(self.known(id), Some(entity)) {
            Arc::make_mut(&mut self.alive).insert(id, known);
            self.settle_one(id, false);
        }
    }

    /// An entity is made, or comes back, by an edit.
    pub fn bear(&mut self, mut entity: Arc<dyn Entity>, stamp: Stamp) {
        own(&mut entity).set_born(stamp);
        self.learn(&entity);
    }

    /// An entity was deleted by somebody who knew this of it.
    pub fn delete(&mut self, knew: &Arc<dyn Entity>, stamp: Stamp) {
        let id = knew.uuid();
        let before = self.deleted.get(id);
        let at = before.map_or(stamp, |before| before.at.max(stamp));
        let all = joined(before.and_then(|before| before.knew.as_ref()), Some(knew));
        Arc::make_mut(&mut self.deleted).insert(id, Deletion { at, knew: all });
        self.learn(knew);
    }

    /// An entity is deleted by somebody who knows all that is known here.
    pub fn remove(&mut self, id: Uuid, stamp: Stamp) -> Option<Arc<dyn Entity>> {
        let entity = Arc::clone(self.get(id)?);
        self.delete(&entity, stamp);
        Some(entity)
    }

    /// Whether everything in an entity was known when it was deleted.
    pub fn is_deleted(&self, id: Uuid) -> bool {
        self.deleted.get(id).is_some_and(|deletion| self.get(id).is_none_or(|entity| deletion.covers(entity)))
    }

    /// The ids of everything that was deleted, once at least.
    pub fn deleted_ids(&self) -> impl Iterator<Item = Uuid> {
        self.deleted.iter().map(|(id, _)| *id)
    }

    /// Whether anything was deleted, once at least.
    pub fn lacks_any(&self) -> bool {
        !self.deleted.is_empty()
    }

    /// Brings back what was deleted and is `needed`.
    pub fn bring_back(&mut self, needed: Vec<Uuid>) {
        for id in needed.into_iter().filter(|id| self.deleted.contains(*id)).collect::<Vec<_>>() {
            self.settle_one(id, true);
        }
    }

    /// Brings back what was deleted and is `needed`, and takes away what is not.
    pub fn settle_existence(&mut self, mut needed: Vec<Uuid>) {
        needed.retain(|id| self.deleted.contains(*id));
        let needed = in_order(needed, Uuid::cmp);
        let ids: Vec<_> = self.deleted_ids().collect();
        for id in ids {
            self.settle_one(id, needed.binary_search(&id).is_ok());
        }
    }

    fn settle_one(&mut self, id: Uuid, needed: bool) {
        let Some(deletion) = self.deleted.get(id) else { return };
        match (self.alive.get(id), &deletion.knew) {
            (Some(entity), None) if deletion.covers(entity) => {
                let knew = Some(Arc::clone(entity));
                let at = deletion.at;
                Arc::make_mut(&mut self.deleted).insert(id, Deletion { at, knew });
                if !needed {
                    Arc::make_mut(&mut self.alive).remove(id);
                }
            }
            (Some(_), None) => {
                Arc::make_mut(&mut self.deleted).remove(id);
            }
            (Some(entity), Some(_)) if !needed && deletion.covers(entity) => {
                Arc::make_mut(&mut self.alive).remove(id);
            }
            (None, Some(knew)) if needed => {
                let entity = Arc::clone(knew);
                Arc::make_mut(&mut self.alive).insert(id, entity);
            }
            _ => {}
        }
    }

    /// Takes over all that another table knows. What is there then does not heed yet what belongs to what.
    pub fn merge(&mut self, other: &Self) {
        for (id, theirs) in other.deleted.iter() {
            let ours = self.deleted.get(*id);
            if ours == Some(theirs) {
                continue;
            }
            let at = ours.map_or(theirs.at, |ours| ours.at.max(theirs.at));
            let knew = joined(ours.and_then(|ours| ours.knew.as_ref()), theirs.knew.as_ref());
            // What a deletion knew is known.
            let known = joined(self.known(*id), knew.as_ref());
            Arc::make_mut(&mut self.deleted).insert(*id, Deletion { at, knew });
            if let Some(known) = known {
                Arc::make_mut(&mut self.alive).insert(*id, known);
            }
        }
        for (id, theirs) in other.alive.iter() {
            if !self.get(*id).is_some_and(|ours| Arc::ptr_eq(ours, theirs)) {
                self.learn(theirs);
            }
        }
        self.settle_existence(Vec::new());
    }

    /// What was made after `day` counts as deleted: others may speak of it. What deletions knew is forgotten.
    pub fn cut(&mut self, day: Day) {
        let later: Vec<_> = self.iter().filter(|it| it.created() > day).map(|it| (it.uuid(), it.born())).collect();
        let alive = Arc::make_mut(&mut self.alive);
        let deleted = Arc::make_mut(&mut self.deleted);
        deleted.retain(|(id, deletion)| {
            deletion.knew = None;
            !alive.contains(*id)
        });
        for (id, born) in later {
            alive.remove(id);
            deleted.insert(id, Deletion { at: born, knew: None });
        }
        for (_, entity) in alive.iter_mut() {
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
        self.deleted = Arc::default();
    }

    pub fn latest_stamp(&self) -> Option<Stamp> {
        let alive = self.iter().map(|entity| entity.latest_stamp()).max();
        let knew = |deletion: &Deletion| deletion.knew.as_ref().map(|knew| knew.latest_stamp());
        alive.max(self.deleted.iter().filter_map(|(_, deletion)| knew(deletion).max(Some(deletion.at))).max())
    }

    pub fn write_into(&self, name: &str, map: &mut Map<String, Value>, deleted: &mut Map<String, Value>) {
        if !self.alive.is_empty() {
            map.insert(name.to_owned(), self.iter().map(|entity| entity.write()).collect());
        }
        if !self.deleted.is_empty() {
            let rows = self.deleted.iter().map(|(id, deletion)| {
                let mut row = Map::new();
                row.insert("id".to_owned(), write_id(*id));
                put(&mut row, "at", &deletion.at);
                if let Some(knew) = &deletion.knew {
                    row.insert("was".to_owned(), knew.write());
                }
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
        let deletions = dead.map_or(Some(Vec::new()), |node| {
            node.array(Self::MAX_READ, problems, |node, problems| {
                let fields = node.object(problems)?;
                let clean = fields.only(&[&["id", "at", "was"]], problems);
                let (id, at) = (read_id(&fields, problems), fields.read("at", problems));
                let knew = fields.read_or("was", Some(None), problems, |node, problems| {
                    let knew = read(node, problems)?;
                    // It speaks of another entity.
                    if id.is_some_and(|id| id != knew.uuid()) {
                        return node.fail(ProblemKind::Duplicate, problems);
                    }
                    Some(Some(knew))
                });
                clean?;
                Some((id?, Deletion { at: at?, knew: knew? }))
            })
        });
        let entities = alive.map_or(Some(Vec::new()), |node| {
            node.array(Self::MAX_READ, problems, |node, problems| {
                let entity = read(node, problems)?;
                Some((entity.uuid(), entity))
            })
        });
        let (dead_at, (deletions, twice)) = (dead.map(Node::path).unwrap_or_default(), Sorted::from_pairs(deletions?));
        let mut repeated: Vec<_> = twice.into_iter().map(|place| format!("{dead_at}[{place}]")).collect();
        let alive_at = alive.map(Node::path).unwrap_or_default();
        let entities = entities?;
        // What is there although it was deleted says what the deletion knew.
        let both = |(_, (id, _)): &(usize, &(Uuid, Arc<dyn Entity>))| {
            deletions.get(*id).is_some_and(|deletion: &Deletion| deletion.knew.is_none())
        };
        let again = entities.iter().enumerate().filter(both).map(|(place, _)| place).collect::<Vec<_>>();
        let (entities, twice) = Sorted::from_pairs(entities);
        repeated.extend(again.into_iter().chain(twice).map(|place| format!("{alive_at}[{place}]")));
        let clean = repeated.is_empty();
        repeated.into_iter().for_each(|path| problems.add(path, ProblemKind::Duplicate));
        clean.then(|| {
            let mut rows = Self { alive: Arc::new(entities), deleted: Arc::new(deletions) };
            let knew: Vec<_> = rows.deleted.iter().filter_map(|(_, deletion)| deletion.knew.clone()).collect();
            knew.iter().for_each(|knew| rows.learn(knew));
            rows
        })
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
        let row = vec![property::<E::Id>("id"), property::<Stamp>("at"), ("was", E::schema(), false)];
        let row = object_schema(row);
        json!({"type": "array", "items": row})
    }
}

fn shared<E: Entity>(entity: &Arc<dyn Entity>) -> Arc<E> {
    let entity: Arc<dyn Any + Send + Sync> = Arc::<dyn Entity>::clone(entity);
    entity.downcast().unwrap_or_else(|_| unreachable!("a table holds entities of one kind"))
}
