//! Backups: plans as they were, apart from where plans are stored.
//!
//! They are made in passing. No edit waits for one, and none fails with one; only the deletion of a plan waits, a little.
//! What went wrong is told where the backups are listed.

use std::{cell::Cell, rc::Rc, sync::Arc, time::Duration};

use bearings_plan::{
    Plan, PlanId,
    backups::{Backup, Looked, Reason, newest_first, older_half, superfluous},
    read_own_plan, write_plan,
};
use leptos::task::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::{Stored, Undo, Workspace};
use crate::{
    reactive::Effect,
    web::{clock, storage::StorageError, vault},
    words,
};

const ENTRIES: &str = "backup/entry/";
const TEXTS: &str = "backup/text/";
/// The day of the last look.
const LOOKED: &str = "backup/looked";
/// As long a deletion waits for its backup.
const PATIENCE: Duration = Duration::from_secs(3);

/// What is known of the backups in this browser.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Backups {
    /// Newest first; none before they were looked at.
    pub kept: Option<Vec<Backup>>,
    /// Why they cannot be listed, or why the last one was not kept.
    pub trouble: Option<StorageError>,
    /// What there was no room for.
    refused: Option<(Arc<Plan>, Reason)>,
}

/// Makes a backup on each day on which the plan holds something that no backup holds yet: at the first opening of the
/// day, or when the day begins. What is over is dropped then. A plan that an earlier version of the page has stored is
/// stored anew after that, even where no backup can be made.
pub fn follow(workspace: Workspace) {
    let seen = workspace.read(|plan, today| (plan.frame.id, plan.is_blank(), today));
    Effect::run(move || {
        seen.with(|_| {});
        clock::when_idle(move || {
            spawn_local(async move {
                // Where its code does not come, the next visit makes it.
                let _ = daily(workspace).await;
            });
        });
    });
}

// In a chunk of its own: nobody waits for it.
#[wasm_split(backups, fallible)]
fn daily(workspace: Workspace) -> Result<(), SplitLoaderError> {
    spawn_local(async move {
        let (plan, today) = (workspace.plan_now(), workspace.today_now());
        let id = plan.frame.id;
        let migrated = workspace.library.with_untracked(|library| library.migrated);
        let reason = if migrated { Reason::Migration } else { Reason::Daily };
        let there = |backup: &Backup| backup.plan == id && backup.day == today;
        match entries().await {
            Ok(kept) if !plan.is_blank() && (migrated || !kept.iter().any(there)) => {
                workspace.back_up_now(plan, reason).await;
            }
            Ok(_) => workspace.learn(tidy(workspace).await),
            Err(error) => workspace.learn(Err(error)),
        }
        if migrated && workspace.plan_now().frame.id == id {
            let at = workspace.at();
            workspace.library.update(|library| library.renew(id, at));
        }
    });
    Ok(())
}

/// Every backup, newest first.
async fn entries() -> Result<Vec<Backup>, StorageError> {
    let texts = vault::list(ENTRIES).await?;
    // One that cannot be read is of a later version: it stays.
    Ok(newest_first(texts.iter().filter_map(|text| Backup::read(text)).collect()))
}

/// Keeps a plan as it is, unless a backup holds just that. A deletion, and what somebody asked for, is always noted.
async fn keep(workspace: Workspace, plan: &Plan, reason: Reason, kept: &[Backup]) -> Result<(), StorageError> {
    let today = workspace.today_now();
    let text = write_plan(plan, today);
    let backup = Backup::of(plan, reason, clock::now_millis(), today, text.len());
    let is_noted = matches!(reason, Reason::ByHand | Reason::Deletion | Reason::Import | Reason::Unsaved);
    if !is_noted && kept.iter().any(|kept| kept.holds_the_same(&backup)) {
        return Ok(());
    }
    let key = backup.key();
    vault::put(&[(&format!("{TEXTS}{key}"), &text), (&format!("{ENTRIES}{key}"), &backup.write())]).await
}

/// Drops what is over, and gives what is left.
async fn tidy(workspace: Workspace) -> Result<Vec<Backup>, StorageError> {
    let kept = entries().await?;
    // Without the store, all plans would seem to be gone.
    let Some(here) = workspace.plans_known() else { return Ok(kept) };
    let before = vault::get(LOOKED).await?.and_then(|text| Looked::read(&text));
    let look = Looked::again(before, kept.first().map(|newest| newest.day), workspace.today_now());
    if before != Some(look) {
        vault::put(&[(LOOKED, &look.write())]).await?;
    }
    let gone: Vec<Backup> = superfluous(&kept, &here, look.counted).into_iter().cloned().collect();
    if !gone.is_empty() {
        vault::remove(&keys_of(&gone)).await?;
    }
    Ok(kept.into_iter().filter(|backup| !gone.contains(backup)).collect())
}

fn keys_of(backups: &[Backup]) -> Vec<String> {
    backups.iter().flat_map(|backup| [TEXTS, ENTRIES].map(|of| format!("{of}{}", backup.key()))).collect()
}

/// Backups.
impl Workspace {
    /// What is known of the backups, tracked.
    pub fn backups(&self) -> Backups {
        self.backups.get()
    }

    /// Looks at what there is.
    pub fn look_at_backups(self) {
        spawn_local(async move {
            match entries().await {
                // Looking does not make room: what was refused stays told.
                Ok(kept) if self.backups.with_untracked(|backups| backups.refused.is_some()) => {
                    self.backups.update(|backups| backups.kept = Some(kept));
                }
                done => self.learn(done),
            }
        });
    }

    /// Keeps a plan as it is.
    pub fn back_up(self, plan: Arc<Plan>, reason: Reason) {
        spawn_local(async move {
            self.back_up_now(plan, reason).await;
        });
    }

    /// Keeps a plan as it is, then goes on, also where it could not be kept. What takes too long is not waited for.
    /// Says whether it was kept.
    pub fn back_up_then(self, plan: Arc<Plan>, reason: Reason, then: impl FnOnce(bool) + 'static) {
        let then = Rc::new(Cell::new(Some(then)));
        let go_on = move |kept: bool| then.take().into_iter().for_each(|then| then(kept));
        let too_late = go_on.clone();
        let late = clock::after(PATIENCE, move || too_late(false));
        spawn_local(async move {
            let kept = self.back_up_now(plan, reason).await;
            drop(late);
            go_on(kept);
        });
    }

    /// Gives whether it was kept.
    async fn back_up_now(self, plan: Arc<Plan>, reason: Reason) -> bool {
        let kept = async { keep(self, &plan, reason, &entries().await?).await }.await;
        let is_kept = kept.is_ok();
        let done = match kept {
            Ok(()) => tidy(self).await,
            Err(error) => Err(error),
        };
        let is_full = done == Err(StorageError::Full);
        self.learn(done);
        if is_full {
            self.backups.update(|backups| backups.refused = Some((plan, reason)));
        }
        is_kept
    }

    /// Whether backups may go so that there is room for a further one, tracked.
    pub fn may_drop_oldest(&self) -> bool {
        let backups = self.backups();
        let kept = backups.kept.unwrap_or_default();
        backups.trouble == Some(StorageError::Full) && !older_half(&kept, &self.plans_here()).is_empty()
    }

    /// Drops the older half of what nobody asked for, and tries again what there was no room for.
    pub fn drop_oldest_backups(self) {
        spawn_local(async move {
            let done = async {
                let kept = entries().await?;
                let gone: Vec<Backup> = older_half(&kept, &self.plans_here()).into_iter().cloned().collect();
                vault::remove(&keys_of(&gone)).await?;
                entries().await
            };
            let done = done.await;
            let refused = self.backups.with_untracked(|backups| backups.refused.clone());
            match refused.filter(|_| done.is_ok()) {
                Some((plan, reason)) => {
                    self.back_up_now(plan, reason).await;
                }
                None => self.learn(done),
            }
        });
    }

    /// The plans that can be opened, tracked.
    pub fn plans_here(&self) -> Vec<PlanId> {
        // To know which plans can be read, all have to be: only where one is known that cannot.
        if self.stored() == Stored::Unreadable {
            self.shelf().into_iter().filter(|shelved| shelved.about.is_ok()).map(|shelved| shelved.id).collect()
        } else {
            self.plans_known().unwrap_or_else(|| vec![self.plan().frame.id])
        }
    }

    /// The text of a backup, as in files.
    pub async fn backup_text(&self, backup: &Backup) -> Option<String> {
        vault::get(&format!("{TEXTS}{}", backup.key())).await.ok().flatten()
    }

    /// The plan of a backup.
    pub async fn backed_up(&self, backup: &Backup) -> Option<Plan> {
        read_own_plan(&self.backup_text(backup).await?).ok().map(|exported| exported.plan)
    }

    /// A plan from a backup takes the place of the open one, which can come back, also later.
    pub fn restore(&self, plan: Plan, when: &str) {
        let seen = self.seen(plan.frame.id);
        let Some(before) = self.latest(self.plan_now().frame.id) else { return };
        let id = plan.frame.id;
        if !self.put_over(plan, seen, id) {
            return self.say(self.why_not(words::backups::not_restored()), None);
        }
        self.back_up(before.clone(), Reason::Restore);
        self.say(words::backups::restored(when), Some(Undo::Plan(before)));
    }

    /// Drops a backup for good; of a plan that is gone, all.
    pub fn drop_backups(self, of: Backup, all: bool) {
        spawn_local(async move {
            let done = async {
                let kept = entries().await?;
                let gone = kept.into_iter().filter(|it| if all { it.plan == of.plan } else { *it == of });
                vault::remove(&keys_of(&gone.collect::<Vec<_>>())).await?;
                entries().await
            };
            self.learn(done.await);
        });
    }

    fn learn(&self, done: Result<Vec<Backup>, StorageError>) {
        self.backups.update(|backups| match done {
            Ok(kept) => *backups = Backups { kept: Some(kept), trouble: None, refused: None },
            Err(error) => backups.trouble = Some(error),
        });
    }
}
