//! What the page knows: one plan, one day, one way to change both.

mod backups;
mod library;
mod linked;
mod local;
mod mode;
mod said;
mod second_copy;
pub mod session;
mod shelf;
mod upkeep;

use std::sync::Arc;

use bearings_plan::{
    At, Change, ChangeError, CheckIn, Clock, Day, Due, EntityId, EntryKey, KeyResultId, KpiId, Plan, Reading, Seed,
    Stacks, Step, TakenBack, Written, store::Record,
};
use leptos::prelude::use_context;

pub use backups::Backups;
pub use library::Stored;
pub use linked::Chosen;
pub use local::{NotKept, Saving};
pub use mode::Mode;
pub use shelf::Shelved;
pub use upkeep::{Link, Synced, Upkeep};

use crate::{
    reactive::{Callback, Memo, RwSignal, StoredValue},
    web::{clock, page, random},
    words,
};
use local::{Local, News};

/// Everything that components share. Cheap to copy: signals only.
#[derive(Debug, Clone, Copy)]
pub struct Workspace {
    plan: RwSignal<Arc<Plan>>,
    /// The day of the clock.
    today: RwSignal<Day>,
    /// The day that the plan has reached.
    present: Memo<Day>,
    /// What is shown in place of both, if anything.
    aside: RwSignal<Option<mode::Aside>>,
    saving: RwSignal<Saving>,
    undo: RwSignal<Stacks>,
    toasts: RwSignal<Vec<Toast>>,
    library: RwSignal<library::Library>,
    backups: RwSignal<Backups>,
    /// What the reader wants to do although something is only in this tab.
    leaving: RwSignal<Option<Callback<()>>>,
    clock: StoredValue<Clock>,
    /// Counts on, so that a new toast is never taken for one that is gone.
    next_toast: StoredValue<u32>,
    /// What goes on beside the reader's work.
    pub upkeep: Upkeep,
}

/// How a change is made: with the rules for people, or without.
type Apply = fn(&Plan, &Change, At) -> Result<(Plan, Change), ChangeError>;

/// A short answer to what was just done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// Told apart by it.
    pub id: u32,
    /// What happened.
    pub text: String,
    /// What the button takes back, if anything.
    pub undo: Option<Undo>,
}

/// What a toast's button takes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undo {
    /// The last change of the plan.
    Change,
    /// A plan comes back as it was.
    Plan(Arc<Plan>),
}

/// The workspace of the page. There is one, given by the app to everything in it.
pub fn workspace() -> Workspace {
    // Not `expect_context`: its message brings a formatter of its own.
    use_context().unwrap_or_else(|| unreachable!("the app gives its workspace"))
}

impl Workspace {
    /// Opens what the browser holds.
    pub fn open() -> Self {
        let actor = random::actor();
        let today = clock::today();
        let mut clock = Clock::new(actor);
        let (plan, library) = library::Library::open(Local, &mut clock, today);
        clock.observe(plan.latest_stamp());
        let saving = library.saving();
        let stacks = session::stacks_of(plan.frame.id);
        let (plan, today) = (RwSignal::new(Arc::new(plan)), RwSignal::new(today));
        let workspace = Self {
            plan,
            today,
            present: Memo::new(move || plan.with(|plan| plan.present_day(today.get()))),
            aside: RwSignal::new(None),
            saving: RwSignal::new(saving),
            undo: RwSignal::new(stacks),
            toasts: RwSignal::new(Vec::new()),
            library: RwSignal::new(library),
            backups: RwSignal::new(Backups::default()),
            leaving: RwSignal::new(None),
            clock: StoredValue::new(clock),
            next_toast: StoredValue::new(0),
            upkeep: Upkeep::new(),
        };
        workspace.follow_the_day();
        workspace.follow_other_tabs();
        workspace.outlive_reloads();
        backups::follow(workspace);
        second_copy::follow(workspace);
        workspace
    }

    /// The plan, tracked.
    pub fn plan(&self) -> Arc<Plan> {
        self.plan.get()
    }

    /// The plan as it is now, untracked.
    pub fn plan_now(&self) -> Arc<Plan> {
        self.plan.get_untracked()
    }

    /// Something of the plan that is shown, on its day: runs again when either changes, and tells others only if it
    /// differs.
    pub fn read<T: PartialEq + Send + Sync + 'static>(
        &self,
        read: impl Fn(&Plan, Day) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        let workspace = *self;
        Memo::new(move || read(&workspace.shown(), workspace.day()))
    }

    /// The day of the clock, tracked: for files and backups. What the plan is asked about is [`Workspace::present`].
    pub fn today(&self) -> Day {
        self.today.get()
    }

    /// The day of the clock, untracked.
    pub fn today_now(&self) -> Day {
        self.today.get_untracked()
    }

    /// Today, as far as the plan goes by it, tracked: the clock's day, or the next one where that has begun elsewhere.
    pub fn present(&self) -> Day {
        self.present.get()
    }

    /// The same, untracked.
    pub fn present_now(&self) -> Day {
        self.present.get_untracked()
    }

    /// Whether the plan is being kept, tracked.
    pub fn saving(&self) -> Saving {
        self.saving.get()
    }

    /// Whether the plan is being kept, untracked.
    pub fn saving_now(&self) -> Saving {
        self.saving.get_untracked()
    }

    /// A new id of any kind.
    pub fn id<I: From<Seed>>(&self) -> I {
        self.seed().into()
    }

    /// What a new id is made of.
    pub fn seed(&self) -> Seed {
        random::seed()
    }

    /// The moment of an edit, now.
    pub fn at(&self) -> At {
        let now = clock::now_millis();
        let stamp = self.clock.try_update_value(|clock| clock.tick(now));
        At { stamp: stamp.unwrap_or_else(|| Clock::new(random::actor()).tick(now)), day: self.present_now() }
    }

    /// Makes a change, keeps it, and remembers how to take it back.
    pub fn make(&self, change: Change) -> Result<(), ChangeError> {
        let label = said::change(&change, &self.shown_now());
        let typed = matches!(change, Change::Edit { .. });
        let inverse = self.apply(change, Plan::permitted)?;
        let step = self.step_of(label, inverse, clock::now_millis());
        self.change_stacks(|stacks| stacks.done(step, typed));
        Ok(())
    }

    /// What the plan would be after a change, untracked; nothing is made.
    pub fn what_if(&self, change: &Change) -> Result<Plan, ChangeError> {
        self.shown_now().permitted(change, self.at()).map(|(next, _)| next)
    }

    /// Makes a change and says so, with a button that takes it back. An error is said instead, and `false` given.
    pub fn make_and_say(&self, change: Change, text: impl Into<String>) -> bool {
        let made = self.make(change);
        match made {
            Ok(()) => self.say(text, Some(Undo::Change)),
            Err(error) => self.say(words::errors::change(error), None),
        }
        made.is_ok()
    }

    /// Makes a change whose effect is plain to see; only an error is said.
    pub fn try_to(&self, change: Change) {
        if let Err(error) = self.make(change) {
            self.say(words::errors::change(error), None);
        }
    }

    /// Deletes an entity with all that belongs to it, and says so, with a button that brings it back.
    pub fn delete(&self, id: impl Into<EntityId>, text: impl Into<String>) {
        let deletion = self.shown_now().deletion(id.into(), self.day_now());
        self.make_and_say(deletion, text);
    }

    /// Checks in on something, or corrects what an earlier check-in wrote; gives where it is written. None where all of
    /// it is there already.
    pub fn check_in(&self, of: Due, day: Day, row: CheckIn, before: &Written) -> Result<Option<Written>, ChangeError> {
        let actor = self.clock.with_value(Clock::actor);
        let (change, written) = self.shown_now().check_in(of, row, day, actor, before);
        if change == Change::All(Vec::new()) {
            return Ok(None);
        }
        self.make(change).map(|()| Some(written))
    }

    /// Writes, rewrites or deletes a reading.
    pub fn reading(&self, of: KpiId, key: EntryKey, row: Option<Reading>) -> Result<(), ChangeError> {
        self.make(Change::Reading { of, key, row })
    }

    /// The key of a new check-in on `day`.
    pub fn check_in_key(&self, of: KeyResultId, day: Day) -> EntryKey {
        let actor = self.clock.with_value(Clock::actor);
        let plan = self.shown_now();
        let key_result = plan.key_results.get(of);
        key_result.map_or(EntryKey { day, n: 0, actor }, |it| it.check_ins.next_key(day, actor))
    }

    /// The key of a new reading on `day`.
    pub fn reading_key(&self, of: KpiId, day: Day) -> EntryKey {
        let actor = self.clock.with_value(Clock::actor);
        let plan = self.shown_now();
        plan.kpis.get(of).map_or(EntryKey { day, n: 0, actor }, |it| it.readings.next_key(day, actor))
    }

    /// Takes the last change back, and says so.
    pub fn undo(&self) {
        self.step(Stacks::undo, Stacks::undone, words::shell::undone);
    }

    /// Makes the change again that was last taken back, and says so.
    pub fn redo(&self) {
        self.step(Stacks::redo, Stacks::redone, words::shell::redone);
    }

    /// What undo would take back, tracked.
    pub fn can_undo(&self) -> Option<String> {
        self.with_stacks(|stacks| stacks.next_undo().map(str::to_owned))
    }

    /// What redo would make again, tracked.
    pub fn can_redo(&self) -> Option<String> {
        self.with_stacks(|stacks| stacks.next_redo().map(str::to_owned))
    }

    /// The toasts on the screen, tracked.
    pub fn toasts(&self) -> Vec<Toast> {
        self.toasts.get()
    }

    /// Says something in passing.
    pub fn say(&self, text: impl Into<String>, undo: Option<Undo>) {
        let text = text.into();
        let id = self.next_toast.get_value();
        self.next_toast.set_value(id.wrapping_add(1));
        self.toasts.update(|toasts| {
            // Only the last change can be taken back by a button; older offers would take back something else.
            toasts.retain(|toast| toast.undo != Some(Undo::Change));
            toasts.push(Toast { id, text, undo });
        });
    }

    /// Takes a toast away.
    pub fn hush(&self, id: u32) {
        self.toasts.update(|toasts| toasts.retain(|toast| toast.id != id));
    }

    fn step(&self, take: fn(&mut Stacks) -> Option<Step>, put: fn(&mut Stacks, Step), say: fn(&str) -> String) {
        if self.is_read_only() {
            return self.say(words::errors::change(ChangeError::ReadOnly), None);
        }
        if matches!(self.aside.get_untracked(), Some(mode::Aside::Past { .. })) {
            return self.say(words::errors::change(ChangeError::Past), None);
        }
        let Some(step) = self.change_stacks(take).flatten() else { return };
        let label = step.label.clone();
        // What was done may be taken back, whatever the rules say by now, but not what another tab has done since.
        let taken_back = self.shown_now().take_back(&step, self.at());
        let done = taken_back.and_then(|TakenBack { change, left_out, .. }| match change {
            Change::All(none) if none.is_empty() && left_out > 0 => Ok(None),
            change => self.apply(change, Plan::apply).map(|inverse| Some((inverse, left_out))),
        });
        match done {
            Ok(Some((inverse, left_out))) => {
                let text = words::shell::in_part(&say(&label), left_out);
                let step = self.step_of(label, inverse, 0);
                self.change_stacks(|stacks| put(stacks, step));
                self.say(text, None);
            }
            Ok(None) => self.say(words::shell::changed_since(&label), None),
            Err(error) => self.say(words::errors::change(error), None),
        }
    }

    /// The step that applies a change, as things are now.
    fn step_of(&self, label: String, change: Change, millis: u64) -> Step {
        let left = self.shown_now().left_by(&change);
        Step { label, change, left, millis }
    }

    /// Applies and keeps a change; gives its inverse.
    fn apply(&self, change: Change, by: Apply) -> Result<Change, ChangeError> {
        if let Some(applied) = self.apply_aside(&change, by) {
            return applied;
        }
        if self.is_read_only() {
            return Err(ChangeError::ReadOnly);
        }
        let at = self.at();
        let (next, inverse) = by(&self.plan_now(), &change, at)?;
        self.plan.set(Arc::new(next));
        let record = Record { at, change, inverse: inverse.clone() };
        let plan = self.plan_now();
        if let Some(saving) = self.library.try_update(|library| library.keep(&plan, record)) {
            self.saving.set(saving);
        }
        Ok(inverse)
    }

    fn follow_the_day(self) {
        let today = self.today;
        clock::on_new_day(move |day| today.set(day)).forget();
    }

    /// Whether a newer version writes here: then nothing of this page may.
    fn is_read_only(&self) -> bool {
        self.library.with_untracked(library::Library::is_read_only)
    }

    /// What another tab does is done here too. It makes no undo entry.
    fn follow_other_tabs(self) {
        local::on_news(move |news| {
            let here = self.plan_now();
            match news {
                News::Record(plan, record) if plan == here.frame.id => {
                    self.clock.update_value(|clock| clock.observe(record.at.stamp));
                    if let Ok(next) = here.hear(&record.change, &record.inverse, record.at) {
                        // What another tab brings back by undoing is plain to see there.
                        let added_to = !brings_back(&record.change, &here);
                        let returned = if added_to { linked::returned(&here, &next) } else { Vec::new() };
                        self.plan.set(Arc::new(next));
                        if !returned.is_empty() {
                            self.say(words::shell::returned(&returned), None);
                        }
                    }
                }
                News::Record(..) => self.told(),
                News::Snapshot(plan) => self.look_again(plan),
                News::Gone(plan) => self.gone_elsewhere(plan == here.frame.id),
                News::Nothing => self.gone_elsewhere(true),
                News::Newer => self.newer_elsewhere(),
            }
        });
    }

    /// What can be taken back is kept for the next page in this tab: while the page goes, since no edit waits for it.
    fn outlive_reloads(self) {
        page::on_hide(move || {
            let plan = self.plan_now().frame.id;
            self.undo.with_untracked(|stacks| session::keep_stacks(plan, stacks));
        })
        .forget();
        page::on_leave(move || self.is_only_here()).forget();
    }

    /// Shows another plan. What was done before belongs to the plan before.
    fn show(&self, plan: Plan) {
        self.clock.update_value(|clock| clock.observe(plan.latest_stamp()));
        self.undo.set(Stacks::default());
        self.toasts.update(|toasts| toasts.retain(|toast| toast.undo != Some(Undo::Change)));
        self.plan.set(Arc::new(plan));
        self.come_back();
    }
}

/// Whether a change itself brings back what was deleted.
fn brings_back(change: &Change, here: &Plan) -> bool {
    match change {
        Change::All(changes) => changes.iter().any(|change| brings_back(change, here)),
        Change::Add(entity) => here.knows(entity.id()),
        _ => false,
    }
}
