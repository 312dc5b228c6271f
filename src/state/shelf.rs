//! The plans in this browser: which one is open, which others there are, and files going in and out.

use std::sync::Arc;

use bearings_plan::{
    Change, ChangeError, Clock, Day, Edit, FrameEdit, Name, Plan, PlanId, Seed, Stamp,
    backups::Reason,
    sample,
    store::{self, About, Basis, OpenError, Record, Room, SaveError, Store as _},
    write_plan,
};

use super::{
    Saving, Toast, Undo, Workspace,
    library::{Library, SAMPLE, Stored, empty_plan, exported_key},
    local::Local,
};
use crate::{
    reactive::Callback,
    web::{WebError, clock, files, random, storage},
    words,
};

/// Whether the browser was asked to keep what is stored.
const ASKED: &str = "bearings/asked";
/// A plan on the shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelved {
    /// Which one.
    pub id: PlanId,
    /// Whether it is the one that is open.
    pub open: bool,
    /// What it is called and how much is in it, or why it cannot be read.
    pub about: Result<About, Unreadable>,
    /// What it takes of the storage.
    pub size: usize,
    /// When it was last written to.
    pub changed: Option<Day>,
}

/// A plan whose stored text cannot be read. It stays where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

/// Too long a name stays as it is.
fn name_of_copy(plan: &Plan) -> Name {
    let name = &plan.frame.name;
    Name::new(&words::plans::copy_of(name.as_str())).unwrap_or_else(|_| Name::clone(name))
}

/// Plans on the shelf, and files.
impl Workspace {
    /// Every plan in this browser, the open one first. Tracked.
    pub fn shelf(&self) -> Vec<Shelved> {
        let (open, room) = (self.plan(), self.room());
        let local = self.local();
        let on_day = |stamp: Stamp| clock::day_of(stamp.millis());
        let shelved = |id, open, about| {
            let changed = store::changed(&local, id).ok().flatten().map(on_day);
            Shelved { id, open, about, size: room.plan(id), changed }
        };
        let others = store::plans(&local).unwrap_or_default().into_iter().filter(|id| *id != open.frame.id);
        let others = others.map(|id| shelved(id, false, store::about(&local, id).map_err(|_| Unreadable)));
        std::iter::once(shelved(open.frame.id, true, Ok(About::from(&*open)))).chain(others).collect()
    }

    /// How much room everything takes, tracked.
    pub fn room(&self) -> Room {
        self.library.with(|_| self.room_now())
    }

    /// How much room everything takes, untracked.
    pub fn room_now(&self) -> Room {
        Room::of(storage::sizes().unwrap_or_default(), storage::ROOM as usize)
    }

    /// Whether the browser is to be asked to keep what is stored: once.
    pub fn asks_to_keep(&self) -> bool {
        let local = self.local();
        // Where that cannot be noted down, some later visit may ask again.
        !matches!(local.get(ASKED), Ok(Some(_))) && local.set(ASKED, "").is_ok()
    }

    /// A plan of the shelf, the open one as it is on the screen.
    pub fn plan_of(&self, id: PlanId) -> Option<Arc<Plan>> {
        let open = self.plan_now();
        if id == open.frame.id {
            return Some(open);
        }
        store::open(&self.local(), id).ok().map(|opened| Arc::new(opened.plan))
    }

    /// A plan with all that the store holds of it by now: another tab may have saved what this one has not heard of yet.
    pub(super) fn latest(&self, id: PlanId) -> Option<Arc<Plan>> {
        if id == self.plan_now().frame.id && self.library.with_untracked(|library| library.shelved) {
            self.catch_up();
        }
        self.plan_of(id)
    }

    /// Shows what the store holds of the open plan.
    fn catch_up(&self) {
        let here = self.plan_now();
        let opened = self.library.try_update(|library| library.again(here.frame.id)).flatten();
        if let Some(opened) = opened.filter(|opened| opened.plan != *here) {
            self.clock.update_value(|clock| clock.observe(opened.latest_stamp()));
            self.plan.set(Arc::new(opened.plan));
        }
    }

    /// Whether something of the open plan is only in this tab, untracked.
    pub fn is_only_here(&self) -> bool {
        self.library.with_untracked(|library| library.holds_back(&self.plan_now()))
    }

    /// Leaves the open plan for something else; asks first where something of it is only in this tab.
    pub fn leave_then(&self, then: impl Fn() + 'static) {
        if self.is_only_here() {
            self.leaving.set(Some(Callback::new(move |()| then())));
        } else {
            then();
        }
    }

    /// Whether the reader is asked whether to leave the open plan, tracked.
    pub fn asks_to_leave(&self) -> bool {
        self.leaving.with(Option::is_some)
    }

    /// The reader stays.
    pub fn stay(&self) {
        self.leaving.set(None);
    }

    /// The reader leaves what is only in this tab. A backup has more room.
    pub fn leave_all_the_same(self) {
        let Some(then) = self.leaving.get_untracked() else { return };
        self.leaving.set(None);
        self.back_up_then(self.plan_now(), Reason::Unsaved, move |kept| {
            then.run(());
            if kept {
                self.say(words::plans::left_a_backup(), None);
            }
        });
    }

    /// A plan turned out to be unreadable although its label says what is in it.
    pub fn doubt(&self, id: PlanId) {
        // Without a label, the shelf looks at the plan itself.
        let _ = store::unlabel(&self.local(), id);
        self.told();
    }

    /// How many texts of the open plan cannot be read, tracked.
    pub fn damaged(&self) -> usize {
        self.library.with(|library| library.damaged.len())
    }

    /// Hands out what of the open plan cannot be read.
    pub fn export_damaged(&self) -> Result<(), WebError> {
        let keys = self.library.with_untracked(|library| library.damaged.clone());
        self.download_raw(self.plan_now().frame.id, &keys)
    }

    /// Removes what of the open plan cannot be read.
    pub fn remove_damaged(&self) {
        let removed = self.library.try_update(|library| {
            let removed = store::discard(&library.local, &library.damaged).is_ok();
            if removed {
                library.found_damaged(Vec::new());
            }
            removed
        });
        if removed != Some(true) {
            self.say(words::shell::refused(), None);
        }
    }

    /// A copy of a plan comes beside it, with or without its history.
    pub fn duplicate(&self, id: PlanId, with_history: bool) {
        let Some(plan) = self.plan_of(id) else { return self.doubt(id) };
        let (name, copy) = (name_of_copy(&plan), random::seed().into());
        let copy = match with_history {
            true => plan.copied(copy, name),
            false => plan.copied_without_history(copy, name, self.today_now()),
        };
        match store::put(&self.local(), &copy, self.at()) {
            Ok(()) => self.say(words::plans::duplicated(copy.frame.name.as_str()), None),
            Err(_) => self.say(words::plans::not_duplicated(), None),
        }
        self.told();
    }

    /// Tries again what the store refused.
    pub fn retry(&self) {
        let (plan, at) = (self.plan_now(), self.at());
        if let Some(saving) = self.library.try_update(|library| library.retry(&plan, at)) {
            self.saving.set(saving);
        }
    }

    /// Makes room for what the store refused; says so where that is not enough.
    pub fn make_room(&self) {
        let (plan, at) = (self.plan_now(), self.at());
        if let Some(saving) = self.library.try_update(|library| library.make_room(&plan, at)) {
            if matches!(saving, Saving::Failing(_)) {
                self.say(words::plans::no_room_made(), None);
            }
            self.saving.set(saving);
        }
    }

    /// The store of plans.
    pub(super) fn local(&self) -> Local {
        self.library.with_untracked(|library| library.local)
    }

    /// What the store gave at the start, tracked.
    pub fn stored(&self) -> Stored {
        self.library.with(|library| library.stored.clone())
    }

    /// Whether the open plan is the sample, tracked.
    pub fn is_sample(&self) -> bool {
        let sample = self.library.with(|library| library.sample);
        sample == Some(self.plan().frame.id)
    }

    /// When the open plan was last saved as a file, tracked.
    pub fn exported(&self) -> Option<Day> {
        self.library.with(|library| library.exported)
    }

    /// Opens another plan; `false` where it cannot be read.
    pub fn open_plan(&self, id: PlanId) -> bool {
        let Some(Ok(opened)) = self.library.try_update(|library| library.take(id)) else { return false };
        self.clock.update_value(|clock| clock.observe(opened.latest_stamp()));
        self.show(opened.plan);
        self.told();
        let workspace = *self;
        clock::when_idle(move || workspace.fold_long_journal());
        true
    }

    /// Shows a new, empty plan. It is stored with its first change.
    pub fn new_plan(&self) {
        let plan = empty_plan(self.at());
        self.library.update(|library| library.shown(plan.frame.id, false));
        self.show(plan);
        self.told();
    }

    /// Opens the sample plan; makes it where there is none.
    pub fn look_at_sample(&self) {
        let there = self.library.with_untracked(|library| library.sample);
        if there.is_some_and(|id| self.open_plan(id)) {
            return;
        }
        let seed: Seed = random::seed();
        let actor = self.clock.with_value(Clock::actor);
        let plan = sample(self.today_now(), seed, actor);
        let id = plan.frame.id;
        self.library.update(|library| {
            library.sample = Some(id);
            if !library.is_read_only() {
                // Without it, a later visit offers a further sample: no data is lost.
                let _ = library.local.set(SAMPLE, &id.to_string());
            }
        });
        self.put_and_show(plan);
    }

    /// Opens the plan that was there before the sample, or a new one.
    pub fn start_mine(&self) {
        let sample = self.library.with_untracked(|library| library.sample);
        self.open_another(sample);
    }

    /// Opens the first plan but this one that can be read, or a new one.
    pub(super) fn open_another(&self, than: Option<PlanId>) {
        let ids = store::plans(&self.local()).unwrap_or_default();
        if !ids.into_iter().any(|id| Some(id) != than && self.open_plan(id)) {
            self.new_plan();
        }
    }

    /// A plan from a file comes in beside the others. Where there is one with its id, it becomes a copy.
    pub fn import_beside(&self, plan: &Plan) {
        let id = plan.frame.id;
        let there = id == self.plan_now().frame.id || store::plans(&self.local()).is_ok_and(|ids| ids.contains(&id));
        let mut plan = plan.clone();
        if there {
            plan = plan.copied(random::seed().into(), name_of_copy(&plan));
        }
        let name = plan.frame.name.to_string();
        self.put_and_show(plan);
        self.say(words::plans::imported(&name), None);
    }

    /// A plan from a file takes the place of another one, which can come back until the page is closed. Where there is no
    /// room for it, nothing changes; `false` then.
    pub fn import_instead(&self, plan: &Plan, instead_of: PlanId) -> bool {
        let (seen, before) = (self.seen(plan.frame.id), self.latest(instead_of));
        if !self.put_over(plan.clone(), seen, instead_of) {
            self.say(self.why_not(words::plans::not_replaced()), None);
            return false;
        }
        if let Some(before) = before {
            self.back_up(before.clone(), Reason::Import);
            let name = before.frame.name.to_string();
            self.say(words::plans::replaced(&name), Some(Undo::Plan(before)));
        }
        true
    }

    /// Deletes a plan once there is a backup of it. It can come back at once, too, until the page is closed.
    pub fn delete_plan(self, id: PlanId) {
        if self.is_read_only() {
            return self.say(words::errors::change(ChangeError::ReadOnly), None);
        }
        match self.latest(id) {
            Some(plan) => {
                let backed_up = Arc::clone(&plan);
                self.back_up_then(plan, Reason::Deletion, move |kept| self.delete_now(id, kept.then_some(&backed_up)));
            }
            None => self.delete_now(id, None),
        }
    }

    fn delete_now(&self, id: PlanId, backed_up: Option<&Arc<Plan>>) {
        // It may have been edited meanwhile.
        let plan = self.latest(id);
        if let (Some(plan), Some(backed_up)) = (&plan, backed_up)
            && plan != backed_up
        {
            self.back_up(Arc::clone(plan), Reason::Deletion);
        }
        self.forget(id);
        if id == self.plan_now().frame.id {
            self.open_another(Some(id));
        }
        if let Some(plan) = plan {
            let name = plan.frame.name.to_string();
            let text = match backed_up {
                Some(_) => words::plans::deleted(&name),
                None => words::plans::deleted_without_backup(&name),
            };
            self.say(text, Some(Undo::Plan(plan)));
        }
        self.told();
    }

    /// Renames any plan.
    pub fn rename_plan(&self, id: PlanId, name: Name) {
        let change = Change::Edit { edit: Edit::frame(FrameEdit::name(name)), from: None };
        if id == self.plan_now().frame.id {
            if let Err(error) = self.make(change) {
                self.say(words::errors::change(error), None);
            }
            return;
        }
        let local = self.local();
        let at = self.at();
        let renamed = store::open(&local, id).and_then(|opened| match opened.plan.apply(&change, at) {
            Ok((_, inverse)) => Ok(store::save_record(&local, id, &Record { at, change, inverse })?),
            Err(_) => Err(OpenError::Damaged),
        });
        if renamed.is_err() {
            self.say(words::shell::refused(), None);
        }
        self.told();
    }

    /// Does what a toast's button offers.
    pub fn take_back(&self, toast: &Toast) {
        self.hush(toast.id);
        match &toast.undo {
            Some(Undo::Change) => self.undo(),
            Some(Undo::Plan(plan)) => self.put_and_show(Plan::clone(plan)),
            None => {}
        }
    }

    /// Hands a plan out as a file.
    pub fn export(&self, plan: &Plan) -> Result<(), WebError> {
        let (today, id) = (self.today_now(), plan.frame.id);
        let name = format!("{}-{today}.json", files::safe_file_name(plan.frame.name.as_str()));
        files::download(&name, "application/json", &write_plan(plan, today))?;
        self.went_into_a_file(id);
        Ok(())
    }

    /// A plan is in a file since today.
    pub(super) fn went_into_a_file(&self, id: PlanId) {
        let today = self.today_now();
        self.library.update(|library| {
            if !library.is_read_only() {
                // A missing date only means that the page says "no file yet".
                let _ = library.local.set(&exported_key(id), &today.to_string());
            }
            library.exported = Some(today);
        });
    }

    /// Hands out the stored texts of a plan that cannot be read.
    pub fn export_raw(&self, id: PlanId) -> Result<(), WebError> {
        self.download_raw(id, &store::keys_of(&self.local(), id).unwrap_or_default())
    }

    fn download_raw(&self, id: PlanId, keys: &[String]) -> Result<(), WebError> {
        let local = self.local();
        let texts = keys.iter().filter_map(|key| Some(format!("{key}\n{}\n", local.get(key).ok()??)));
        files::download(&format!("bearings-{id}.txt"), "text/plain", &texts.collect::<String>())
    }

    /// The open plan and all that are stored, tracked; none where the store cannot be read.
    pub(super) fn plans_known(&self) -> Option<Vec<PlanId>> {
        let mut plans = store::plans(&self.library.with(|library| library.local)).ok()?;
        plans.push(self.plan().frame.id);
        Some(plans)
    }

    pub(super) fn put_and_show(&self, plan: Plan) {
        let at = self.at();
        self.library.update(|library| {
            library.shown(plan.frame.id, false);
            if let Err(error) = library.shelve(&plan, at) {
                library.saving = Saving::Failing(error);
            }
        });
        self.show(plan);
        self.told();
    }

    /// What the store holds of a plan now: all of it is replaced by what is put over it. None where it cannot be read.
    pub(super) fn seen(&self, id: PlanId) -> Option<Basis> {
        store::basis(&self.local(), id).ok()
    }

    /// Stores a plan in place of another one, or of what was seen of itself, and shows it; `false` where it could not be
    /// stored, and nothing has changed.
    pub(super) fn put_over(&self, plan: Plan, seen: Option<Basis>, instead_of: PlanId) -> bool {
        let at = self.at();
        if seen.is_none_or(|seen| store::replace(&self.local(), &plan, seen, instead_of, at).is_err()) {
            return false;
        }
        self.library.update(|library| library.shown(plan.frame.id, true));
        self.show(plan);
        self.told();
        true
    }

    /// Why a plan was not stored: a newer version writes here, or else what is given.
    pub(super) fn why_not(&self, otherwise: &'static str) -> &'static str {
        if self.is_read_only() { words::errors::read_only() } else { otherwise }
    }

    fn forget(&self, id: PlanId) {
        let local = self.local();
        // What cannot be removed now is removed at the next visit, or stays on the shelf, where the reader sees it.
        let _ = store::delete(&local, id);
        self.told();
    }

    /// Another tab wrote a plan as a whole.
    pub(super) fn look_again(&self, id: PlanId) {
        let here = self.plan_now();
        let nothing_here = here.is_blank() && !self.is_only_here();
        if id == here.frame.id {
            self.catch_up();
        } else if nothing_here && self.library.with_untracked(|library| !library.shelved) {
            // Nothing was begun in this tab: it goes where the other one is.
            self.open_plan(id);
        }
        self.told();
    }

    /// Another tab deleted plans, perhaps the open one. What is on the screen is not lost: it can be saved as a file, and
    /// the next change stores it again.
    pub(super) fn gone_elsewhere(&self, open_one: bool) {
        if open_one && self.library.with_untracked(|library| library.shelved) {
            self.library.update(Library::gone);
            self.say(words::plans::deleted_elsewhere(self.plan_now().frame.name.as_str()), None);
        }
        self.told();
    }

    /// A newer version writes here from now on.
    pub(super) fn newer_elsewhere(&self) {
        self.library.update(|library| library.saving = Saving::Failing(SaveError::Newer));
        self.told();
    }

    /// The store has changed: whoever shows the shelf looks again.
    pub(super) fn told(&self) {
        self.library.update(|library| self.saving.set(library.saving()));
    }
}
