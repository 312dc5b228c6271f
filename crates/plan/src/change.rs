//! The one way to change a plan: every edit is data.

use serde_json::{Map, Value, json};

use crate::{
    AnyEntity, At, CheckIn, Day, Edit, EntityId, EntryKey, Goal, Invalid, KeyResult, KeyResultId, KpiId, Plan,
    ProblemKind, Reading,
    datum::{Content, Datum},
    json::{Fields, Json, Node, Problems, checked, put},
    log::AnyLog,
    plan::Whose,
    table::Rows,
};

/// One edit of a plan. Undo, the journal, other tabs, merging, what-if and importers are all made of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Several changes that happen together or not at all.
    All(Vec<Change>),
    /// A new entity, or a deleted one that comes back.
    Add(AnyEntity),
    /// Another value for one field.
    Edit {
        /// The field and its value.
        edit: Edit,
        /// The first day for which it holds, for values with a history; the day of the edit if none.
        from: Option<Day>,
    },
    /// What was decided for a day is taken back, so that what was decided before holds on.
    Withdraw {
        /// The field, and the value that it had.
        edit: Edit,
        /// The day.
        from: Day,
    },
    /// An entity goes. [`Plan::deletion`] takes along what belongs to it.
    Delete(EntityId),
    /// A check-in is written, rewritten or (`None`) deleted.
    CheckIn {
        /// Of which key result.
        of: KeyResultId,
        /// Its day and place.
        key: EntryKey,
        /// What it says.
        row: Option<CheckIn>,
    },
    /// A reading is written, rewritten or (`None`) deleted.
    Reading {
        /// Of which KPI.
        of: KpiId,
        /// Its day and place.
        key: EntryKey,
        /// What it says.
        row: Option<Reading>,
    },
}

/// Why a change cannot be made. The plan stays as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// What it would change is not there (any more).
    #[error("this is not in the plan any more")]
    Gone(EntityId),
    /// What it would delete is needed by something that belongs to it.
    #[error("something belongs to this")]
    Needed(EntityId),
    /// What it would add is there already.
    #[error("this is in the plan already")]
    Exists(EntityId),
    /// The plan holds as many things of this kind as it can.
    #[error("the plan is full: {max} is the most")]
    Full {
        /// The most that fit.
        max: usize,
    },
    /// It is shown as it was on a past day; [`Plan::apply`] never says so.
    #[error("this is a past day")]
    Past,
    /// Whoever keeps the plan does not let it be changed for now; [`Plan::apply`] never says so.
    #[error("this plan is only shown")]
    ReadOnly,
    /// A rule of the domain would be broken.
    #[error(transparent)]
    Invalid(#[from] Invalid),
}

impl Change {
    /// The most changes that one change may hold.
    pub const MAX: usize = 100_000;
    /// How deep changes may hold changes.
    const MAX_DEPTH: usize = 8;
}

impl Plan {
    /// Makes a change: gives the next plan, and the change that takes this one back.
    ///
    /// Pure and total. Taking back restores every value; the stamps that the change left remain, as a record that
    /// something happened. A change that a later one has overtaken (it comes from elsewhere) changes nothing.
    ///
    /// # Errors
    /// [`ChangeError`]: the plan lacks what the change speaks of, is full, or a rule would be broken.
    pub fn apply(&self, change: &Change, at: At) -> Result<(Self, Change), ChangeError> {
        let mut next = self.clone();
        let inverse = next.make(change, at, 0, Whose::Own)?;
        next.settle_existence();
        match deleted(change).into_iter().find(|id| next.has(*id) && next.rows(*id).is_deleted(id.uuid())) {
            Some(kept) => Err(ChangeError::Needed(kept)),
            None => Ok((next, inverse)),
        }
    }

    /// Makes a change that somebody else has made, who saw another state of the plan: in another tab, or before what was
    /// merged since. However the changes of several people arrive, the plan becomes the one that merging gives: what
    /// was not known when something was deleted brings it back. `inverse` is what took the change back there; it says
    /// what was known of what the change deletes.
    ///
    /// # Errors
    /// As for [`Plan::apply`].
    pub fn hear(&self, change: &Change, inverse: &Change, at: At) -> Result<Self, ChangeError> {
        let mut next = self.clone();
        next.make(change, at, 0, Whose::Others)?;
        if !deleted(change).is_empty() {
            next.hear_deletions(inverse, at)?;
        }
        next.settle_existence();
        Ok(next)
    }

    fn hear_deletions(&mut self, inverse: &Change, at: At) -> Result<(), ChangeError> {
        match inverse {
            Change::All(changes) => changes.iter().try_for_each(|change| self.hear_deletions(change, at)),
            Change::Add(knew) => {
                let mut references = Vec::new();
                knew.references(&mut references);
                self.all_known(&references)?;
                self.delete_known(knew, at.stamp);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// The change that deletes an entity with what belongs to it: a key result with its milestones, an objective with
    /// its key results.
    #[must_use]
    pub fn deletion(&self, id: EntityId, day: Day) -> Change {
        let all = self.belongings(id, day).into_iter().chain([id]).map(Change::Delete);
        // What was deleted once, and is there because of this, stays when this goes.
        let stays = self.above(id).filter(|above| self.rows(*above).is_deleted(above.uuid()));
        let stays = stays.and_then(|above| self.any(above)).map(Change::Add);
        Change::All(stays.into_iter().chain(all).collect())
    }

    /// What an entity belongs to.
    fn above(&self, id: EntityId) -> Option<EntityId> {
        match id {
            EntityId::KeyResult(id) => Some(self.key_results.get(id)?.belongs_to().into()),
            EntityId::Milestone(id) => Some((*self.milestones.get(id)?.key_result).into()),
            EntityId::Initiative(id) => Some(match *self.initiatives.get(id)?.goal {
                Goal::Objective { id } => id.into(),
                Goal::KeyResult { id } => id.into(),
            }),
            _ => None,
        }
    }

    fn make(&mut self, change: &Change, at: At, depth: usize, whose: Whose) -> Result<Change, ChangeError> {
        match change {
            Change::All(changes) => {
                if changes.len() > Change::MAX || depth == Change::MAX_DEPTH {
                    return Err(ChangeError::Full { max: Change::MAX });
                }
                let inverses: Result<Vec<_>, _> =
                    changes.iter().map(|change| self.make(change, at, depth + 1, whose)).collect();
                let mut inverses = inverses?;
                inverses.reverse();
                // One change is taken back by one: undo and redo do not nest deeper each time.
                match inverses.len() {
                    1 => Ok(inverses.remove(0)),
                    _ => Ok(Change::All(inverses)),
                }
            }
            Change::Add(entity) => {
                let inverse = self.add(entity, at, whose)?;
                self.bring_back();
                let id = entity.id();
                // A deletion that knew of a birth at this stamp stands, and what something waited for is needed from
                // now on: then there is nothing to take back.
                let stays = self.has(id) && !self.is_needed(id);
                Ok(if stays { inverse } else { Change::All(Vec::new()) })
            }
            Change::Edit { edit, from } => {
                let made = self.put(edit, (from.unwrap_or(at.day), false), at, whose);
                made.inspect(|_| self.bring_back())
            }
            Change::Withdraw { edit, from } => self.put(edit, (*from, true), at, whose).inspect(|_| self.bring_back()),
            Change::Delete(id) => self.delete(*id, at, whose),
            Change::CheckIn { of, key, row } => {
                let before = self.write_entry((*of).into(), *key, row.as_ref(), at, whose)?;
                Ok(Change::CheckIn { of: *of, key: *key, row: before })
            }
            Change::Reading { of, key, row } => {
                let before = self.write_entry((*of).into(), *key, row.as_ref(), at, whose)?;
                Ok(Change::Reading { of: *of, key: *key, row: before })
            }
        }
    }

    fn put(&mut self, edit: &Edit, when: (Day, bool), at: At, whose: Whose) -> Result<Change, ChangeError> {
        edit.check()?;
        let mut references = Vec::new();
        edit.references(&mut references);
        self.all_known(&references)?;
        match (self.edit(edit, when, at.stamp, whose), edit.id()) {
            (Some((edit, from, true)), _) => Ok(Change::Withdraw { edit, from }),
            (Some((edit, from, false)), _) => Ok(Change::Edit { edit, from: Some(from) }),
            (None, Some(gone)) => Err(ChangeError::Gone(gone)),
            (None, None) => Ok(Change::All(Vec::new())),
        }
    }

    fn add(&mut self, entity: &AnyEntity, at: At, whose: Whose) -> Result<Change, ChangeError> {
        let id = entity.id();
        // What is there only because something belongs to it may be made anew.
        if whose == Whose::Own && self.has(id) && !self.rows(id).is_deleted(id.uuid()) {
            return Err(ChangeError::Exists(id));
        }
        if !self.knows(id) && self.rows(id).is_full() {
            return Err(ChangeError::Full { max: Rows::MAX });
        }
        let mut references = Vec::new();
        entity.references(&mut references);
        self.all_known(&references)?;
        entity.check()?;
        let was_there = self.has(id);
        self.insert(entity, at.stamp);
        Ok(if was_there { Change::All(Vec::new()) } else { Change::Delete(id) })
    }

    /// What somebody else has deleted is deleted by [`Plan::hear_deletions`].
    fn delete(&mut self, id: EntityId, at: At, whose: Whose) -> Result<Change, ChangeError> {
        let known = if whose == Whose::Own { self.has(id) } else { self.knows(id) };
        if !known {
            return Err(ChangeError::Gone(id));
        }
        let removed = if whose == Whose::Own { self.remove(id, at.stamp) } else { None };
        Ok(removed.map_or(Change::All(Vec::new()), Change::Add))
    }

    fn write_entry<T: Content + Clone>(
        &mut self,
        of: EntityId,
        key: EntryKey,
        row: Option<&T>,
        at: At,
        whose: Whose,
    ) -> Result<Option<T>, ChangeError> {
        row.map_or(Ok(()), Json::check)?;
        let written = self.change_entity(of, whose, |entity| {
            let log = entity.log_mut().ok_or(ChangeError::Gone(of))?;
            write_entry(log, key, row, at)
        });
        written.unwrap_or(Err(ChangeError::Gone(of)))
    }

    /// What belongs to an entity and goes with it, the innermost first.
    fn belongings(&self, id: EntityId, day: Day) -> Vec<EntityId> {
        match id {
            EntityId::Objective(id) => {
                let is_own = |own: &&KeyResult| *own.objective.on(day) == id || own.belongs_to() == id;
                let own = self.key_results.iter().filter(is_own);
                let own = own.flat_map(|own| self.belongings(own.id.into(), day).into_iter().chain([own.id.into()]));
                own.chain(self.done_for(Goal::Objective { id })).collect()
            }
            EntityId::KeyResult(id) => {
                let own = self.milestones.iter().filter(|milestone| *milestone.key_result == id);
                own.map(|own| own.id.into()).chain(self.done_for(Goal::KeyResult { id })).collect()
            }
            _ => Vec::new(),
        }
    }

    fn done_for(&self, goal: Goal) -> impl Iterator<Item = EntityId> {
        self.initiatives.iter().filter(move |initiative| *initiative.goal == goal).map(|it| it.id.into())
    }

    /// A reference may point to what was deleted meanwhile, never to what was not there.
    fn all_known(&self, references: &[EntityId]) -> Result<(), ChangeError> {
        match references.iter().find(|id| !self.knows(**id)) {
            Some(unknown) => Err(ChangeError::Gone(*unknown)),
            None => Ok(()),
        }
    }
}

/// Everything that a change deletes.
fn deleted(change: &Change) -> Vec<EntityId> {
    match change {
        Change::All(changes) => changes.iter().flat_map(deleted).collect(),
        Change::Delete(id) => vec![*id],
        _ => Vec::new(),
    }
}

fn write_entry<T: Content + Clone>(
    log: &mut AnyLog,
    key: EntryKey,
    row: Option<&T>,
    at: At,
) -> Result<Option<T>, ChangeError> {
    if log.slots() >= AnyLog::MAX && !log.knows(&key) {
        return Err(ChangeError::Full { max: AnyLog::MAX });
    }
    // A file would not be read with a place beyond: see `next_key` after the last one.
    if key.n > AnyLog::MAX_N {
        return Err(ChangeError::Full { max: AnyLog::MAX_N as usize });
    }
    let before = log.set(key, row.cloned().map(Datum::new), at.stamp);
    Ok(before.map(|row| row.get::<T>().clone()))
}

/// In the journal: `{"do": "edit", "of": "objective", "id": …, "field": "title", "value": …}` and the like.
impl Json for Change {
    fn write(&self) -> Value {
        let mut map = Map::new();
        let mut say = |key: &str, value: Value| map.insert(key.to_owned(), value);
        match self {
            Self::All(changes) => {
                say("do", "all".into());
                say("changes", changes.iter().map(Json::write).collect());
            }
            Self::Add(entity) => {
                say("do", "add".into());
                say("of", entity.id().word().into());
                say("value", entity.write());
            }
            Self::Edit { edit, from } => {
                say("do", "edit".into());
                write_edit(&mut map, edit);
                put(&mut map, "from", from);
            }
            Self::Withdraw { edit, from } => {
                say("do", "withdraw".into());
                write_edit(&mut map, edit);
                put(&mut map, "from", from);
            }
            Self::Delete(id) => {
                say("do", "delete".into());
                say("of", id.word().into());
                say("id", id.write());
            }
            Self::CheckIn { of, key, row } => {
                say("do", "check-in".into());
                say("id", of.write());
                write_key(&mut map, key, row.as_ref());
            }
            Self::Reading { of, key, row } => {
                say("do", "reading".into());
                say("id", of.write());
                write_key(&mut map, key, row.as_ref());
            }
        }
        map.into()
    }

    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        const WORDS: &[&str] = &["all", "add", "edit", "withdraw", "delete", "check-in", "reading"];
        let fields = node.object(problems)?;
        let word: String = fields.read("do", problems)?;
        let known: &[&str] = match word.as_str() {
            "all" => &["do", "changes"],
            "add" => &["do", "of", "value"],
            "edit" | "withdraw" => &["do", "of", "id", "field", "value", "from"],
            "delete" => &["do", "of", "id"],
            "check-in" | "reading" => &["do", "id", "date", "by", "n", "value"],
            _ => return fields.get("do")?.fail(ProblemKind::UnknownWord { expected: WORDS }, problems),
        };
        fields.only(&[known], problems)?;
        match word.as_str() {
            "all" => {
                let read = |node: &Node<'_>, problems: &mut Problems| node.array(Self::MAX, problems, Self::read);
                fields.read_or("changes", None, problems, read).map(Self::All)
            }
            "add" => {
                let (kind, value) = (fields.need("of", problems), fields.need("value", problems));
                AnyEntity::read(&kind?, &value?, problems).map(Self::Add)
            }
            "edit" => {
                let from = fields.read("from", problems);
                let edit = Edit::read_from(&fields, problems)?;
                Some(Self::Edit { edit, from: from? })
            }
            "withdraw" => {
                let from = fields.read("from", problems);
                let edit = Edit::read_from(&fields, problems)?;
                Some(Self::Withdraw { edit, from: from? })
            }
            "delete" => EntityId::read_from(&fields, problems).map(Self::Delete),
            "check-in" => {
                let (of, key, row) = read_key(&fields, problems)?;
                Some(Self::CheckIn { of, key, row })
            }
            _ => {
                let (of, key, row) = read_key(&fields, problems)?;
                Some(Self::Reading { of, key, row })
            }
        }
    }

    fn schema() -> Value {
        json!({"type": "object"})
    }
}

fn write_edit(map: &mut Map<String, Value>, edit: &Edit) {
    if let Some(id) = edit.id() {
        map.insert("of".to_owned(), id.word().into());
        map.insert("id".to_owned(), id.write());
    }
    map.insert("field".to_owned(), edit.field().into());
    map.insert("value".to_owned(), edit.write_value());
}

fn write_key<T: Json>(map: &mut Map<String, Value>, key: &EntryKey, row: Option<&T>) {
    put(map, "date", &key.day);
    put(map, "by", &key.actor);
    put(map, "n", &key.n);
    if let Some(row) = row {
        put(map, "value", row);
    }
}

fn read_key<I: Json, T: Json>(fields: &Fields<'_>, problems: &mut Problems) -> Option<(I, EntryKey, Option<T>)> {
    let (id, day) = (fields.read("id", problems), fields.read("date", problems));
    let (actor, n) = (fields.read("by", problems), fields.read("n", problems));
    let row = fields.read_or("value", Some(None), problems, |node, problems| checked(node, problems).map(Some));
    Some((id?, EntryKey { day: day?, n: n?, actor: actor? }, row?))
}
