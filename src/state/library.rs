//! What is remembered of the store: how the open plan is kept in it.

use bearings_plan::{
    At, Clock, Day, Name, Plan, PlanId,
    store::{self, Key, OpenError, Opened, Record, SaveError, Store as _},
};

use super::{NotKept, Saving, local::Local};
use crate::{
    web::{clock, random, storage::StorageError},
    words,
};

const CURRENT: &str = "bearings/current";
pub(super) const SAMPLE: &str = "bearings/sample";
/// A journal that is longer than this is folded into its snapshot once the plan is open.
const LONG_JOURNAL: usize = 200;

/// What is known of the plan that was opened at the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored {
    /// All of it was read.
    Whole,
    /// Some records were damaged; they stay where they are.
    InPart,
    /// The snapshot could not be read; it stays where it is, and another plan is shown.
    Unreadable,
}

/// What the workspace remembers about the store.
#[derive(Debug)]
pub struct Library {
    pub(super) local: Local,
    /// Whether the open plan has a snapshot in the store.
    pub(super) shelved: bool,
    /// Changes that the store refused, oldest first.
    pub(super) pending: Vec<Record>,
    pub(super) saving: Saving,
    pub(super) stored: Stored,
    /// Keys of texts of the open plan that cannot be read.
    pub(super) damaged: Vec<String>,
    /// Whether the open plan is stored as an earlier version of the page wrote it.
    pub(super) migrated: bool,
    pub(super) sample: Option<PlanId>,
    pub(super) exported: Option<Day>,
}

impl Library {
    /// The plan that was open last, or a new one.
    pub fn open(local: Local, clock: &mut Clock, today: Day) -> (Plan, Self) {
        let id = |key: &str| local.get(key).ok().flatten().and_then(|text| text.parse::<PlanId>().ok());
        let mut library = Self {
            local,
            shelved: false,
            pending: Vec::new(),
            saving: Saving::Nothing,
            stored: Stored::Whole,
            damaged: Vec::new(),
            migrated: false,
            sample: id(SAMPLE),
            exported: None,
        };
        // What an interrupted deletion has left is looked at again at the next visit.
        let _ = store::sweep(&local);
        match store::plans(&local) {
            Err(error) => library.saving = Saving::Failing(SaveError::Store(error)),
            Ok(ids) => {
                let current = id(CURRENT).filter(|id| ids.contains(id));
                for id in current.into_iter().chain(ids) {
                    match library.take(id) {
                        Ok(opened) => {
                            clock.observe(opened.latest_stamp());
                            return (opened.plan, library);
                        }
                        Err(OpenError::Save(error)) => library.saving = Saving::Failing(error),
                        Err(_) => library.stored = Stored::Unreadable,
                    }
                }
            }
        }
        let at = At { stamp: clock.tick(clock::now_millis()), day: today };
        (empty_plan(at), library)
    }

    pub fn saving(&self) -> Saving {
        self.saving.clone()
    }

    /// Whether something of the open plan is only in this tab. A sample that nobody has changed can be made anew.
    pub fn holds_back(&self, plan: &Plan) -> bool {
        let id = plan.frame.id;
        let is_lost = matches!(self.saving, Saving::Failing(_)) && !self.shelved && !plan.is_blank();
        !self.pending.is_empty() || is_lost && self.sample != Some(id)
    }

    /// Whether a newer version writes to the store.
    pub fn is_read_only(&self) -> bool {
        self.saving == Saving::Failing(SaveError::Newer)
    }

    /// Opens a plan from the store.
    pub(super) fn take(&mut self, id: PlanId) -> Result<Opened, OpenError<StorageError>> {
        let opened = store::open(&self.local, id)?;
        self.found_damaged(opened.damaged.clone());
        self.shown(id, true);
        self.migrated = opened.migrated;
        Ok(opened)
    }

    /// Folds a plan's journal into a new snapshot where it has become long.
    pub(super) fn fold_long_journal(&mut self, id: PlanId, at: At) {
        let is_record = |key: &&String| matches!(Key::parse(key), Some(Key::Record(..)));
        let keys = store::keys_of(&self.local, id).unwrap_or_default();
        // What an earlier version wrote stays until there is a backup.
        if self.shelved && !self.migrated && keys.iter().filter(is_record).count() > LONG_JOURNAL {
            // Only tidying: if it fails, the journal stays as it is.
            let _ = store::compact(&self.local, id, at);
        }
    }

    /// Stores the open plan as this version of the page does.
    pub(super) fn renew(&mut self, id: PlanId, at: At) {
        // Where that fails, the next visit tries again.
        let _ = store::compact(&self.local, id, at);
        self.migrated = false;
    }

    pub(super) fn found_damaged(&mut self, damaged: Vec<String>) {
        if !damaged.is_empty() {
            self.stored = Stored::InPart;
        } else if self.stored == Stored::InPart {
            self.stored = Stored::Whole;
        }
        self.damaged = damaged;
    }

    /// The open plan as the store has it now, with what the store has refused so far.
    pub(super) fn again(&mut self, id: PlanId) -> Option<Opened> {
        let mut opened = store::open(&self.local, id).ok()?;
        for record in &self.pending {
            if let Ok(next) = opened.plan.hear(&record.change, &record.inverse, record.at) {
                opened.plan = next;
            }
        }
        self.found_damaged(opened.damaged.clone());
        // It may have been deleted and brought back.
        self.shelved = true;
        if self.saving == Saving::Nothing {
            self.saving = Saving::Saved;
        }
        Some(opened)
    }

    /// The open plan is stored no longer: the next change stores it as a whole.
    pub(super) fn gone(&mut self) {
        self.shelved = false;
        if !self.is_read_only() {
            self.saving = Saving::Nothing;
        }
    }

    /// Another plan is open from now on.
    pub(super) fn shown(&mut self, id: PlanId, shelved: bool) {
        self.shelved = shelved;
        self.migrated = false;
        self.pending.clear();
        self.exported = self.local.get(&exported_key(id)).ok().flatten().and_then(|text| text.parse().ok());
        if shelved {
            self.saving = Saving::Saved;
            // Forgetting which plan was open costs a click at the next visit, no data.
            let _ = self.local.set(CURRENT, &id.to_string());
        } else if self.saving == Saving::Saved {
            self.saving = Saving::Nothing;
        }
    }

    /// Keeps a change of the open plan; what the store refused before is tried again.
    pub fn keep(&mut self, plan: &Plan, record: Record) -> Saving {
        let at = record.at;
        self.pending.push(record);
        self.keep_pending(plan, at)
    }

    /// Tries again what the store refused.
    pub(super) fn retry(&mut self, plan: &Plan, at: At) -> Saving {
        let waits = !self.pending.is_empty() || !plan.is_blank();
        let failing = matches!(self.saving, Saving::Failing(_)) && !self.is_read_only();
        if waits && failing { self.keep_pending(plan, at) } else { self.saving() }
    }

    fn keep_pending(&mut self, plan: &Plan, at: At) -> Saving {
        let kept = if self.shelved { self.flush(plan.frame.id) } else { self.shelve_beside(plan, at) };
        self.saving = match kept {
            Ok(()) => Saving::Saved,
            Err(error) => Saving::Failing(error),
        };
        self.saving()
    }

    /// Folds the open plan's journal into its snapshot, then tries again.
    pub(super) fn make_room(&mut self, plan: &Plan, at: At) -> Saving {
        let id = plan.frame.id;
        let full = |error| matches!(error, OpenError::Save(SaveError::Store(StorageError::Full)));
        if self.shelved && store::compact(&self.local, id, at).is_err_and(full) {
            // What does not fit even so leaves everything as it was.
            let _ = store::compact_in_place(&self.local, id, at);
        }
        self.retry(plan, at)
    }

    /// Merges what is known elsewhere of the open plan into what is stored.
    pub fn merge_in(&mut self, known: &Plan, at: At) -> Result<Plan, OpenError<StorageError>> {
        if self.shelved {
            return store::merge_in(&self.local, known, at);
        }
        self.shelve(known, at)?;
        Ok(known.clone())
    }

    fn flush(&mut self, id: PlanId) -> Result<(), NotKept> {
        while let Some(record) = self.pending.first() {
            store::save_record(&self.local, id, record)?;
            self.pending.remove(0);
        }
        Ok(())
    }

    /// Stores a plan that was not stored, or not any more; another tab may have stored it meanwhile.
    fn shelve_beside(&mut self, plan: &Plan, at: At) -> Result<(), NotKept> {
        match store::merge_in(&self.local, plan, at) {
            Ok(_) => {
                self.shown(plan.frame.id, true);
                Ok(())
            }
            Err(_) => self.shelve(plan, at),
        }
    }

    pub(super) fn shelve(&mut self, plan: &Plan, at: At) -> Result<(), NotKept> {
        let id = plan.frame.id;
        store::put(&self.local, plan, at)?;
        self.shown(id, true);
        Ok(())
    }
}

pub(super) fn exported_key(id: PlanId) -> String {
    format!("bearings/{id}/exported")
}

pub(super) fn empty_plan(at: At) -> Plan {
    let name = Name::new(words::plans::my_plan());
    // The catalogue's own words are never empty; a plan's name is needed all the same.
    let name = name.or_else(|_| Name::new("Plan")).unwrap_or_else(|_| unreachable!("a name of four letters"));
    Plan::new(random::seed().into(), name, at)
}
