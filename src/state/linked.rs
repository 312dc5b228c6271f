//! The open plan and a file that is kept in step with it: what changed in either goes into both.

use std::{
    cell::{Cell, RefCell},
    sync::Arc,
};

use bearings_plan::{EntityId, FileError, Plan, PlanId, compare::compare, read_plan, store::Store as _, write_plan};

use super::{Link, Synced, Workspace};
use crate::{
    web::{
        files,
        linked::{self, Choose, Files, NotReached, Permission},
    },
    words,
};

thread_local! {
    /// Whether a file is being looked at: one after the other.
    static BUSY: Cell<bool> = const { Cell::new(false) };
    /// The plan whose file was looked at last, and its text then: what is the same need not be read as a plan.
    static LAST: RefCell<Option<(PlanId, String)>> = const { RefCell::new(None) };
}

/// What kind of file the reader links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// A new one.
    New,
    /// One that is there, of another device perhaps.
    There,
}

/// The name of a plan's file lies beside the plan: who has none need not look for handles.
fn key(id: PlanId) -> String {
    format!("bearings/{id}/linked")
}

impl Workspace {
    /// The file of the open plan, as it was known last.
    pub fn look_up_link(&self) -> bool {
        let name = self.linked_name(self.plan_now().frame.id);
        let there = name.is_some();
        self.upkeep.link.set(name.map_or(Link::None, |name| Link::To(name, Synced::Looking)));
        there
    }

    fn linked_name(&self, id: PlanId) -> Option<String> {
        linked::is_supported().then(|| self.local().get(&key(id)).ok().flatten()).flatten()
    }

    /// Links the open plan with a file of the reader's choice. Only right after a click.
    pub async fn link(self, chosen: Chosen) {
        let plan = self.plan_now();
        let id = plan.frame.id;
        let suggested = format!("{}.json", files::safe_file_name(plan.frame.name.as_str()));
        let choose = match chosen {
            Chosen::New => Choose::New(&suggested),
            Chosen::There => Choose::There,
        };
        let name = match Files::fetch().await {
            Ok(files) => files.choose(id, choose).await,
            Err(not_reached) => Err(not_reached),
        };
        match name {
            Ok(Some(name)) => {
                LAST.take();
                self.upkeep.link.set(Link::To(name.clone(), Synced::Looking));
                // Where this finds no room, the link lasts as long as the page.
                let _ = self.local().set(&key(id), &name);
                self.allow_link().await;
            }
            Ok(None) => {}
            Err(NotReached) => self.say(words::linked::not_linked(), None),
        }
    }

    /// Asks the browser whether the file may be used, then goes on. Only right after a click.
    pub async fn allow_link(self) {
        if let Ok(files) = Files::fetch().await {
            // Whatever the answer, it is looked at next.
            let _ = files.ask(self.plan_now().frame.id).await;
        }
        self.sync_link().await;
    }

    /// Lets go of the file. It stays where it is.
    pub async fn unlink(self) {
        let id = self.plan_now().frame.id;
        // A link whose handle is gone is forgotten at the next look.
        let _ = self.local().remove(&key(id));
        self.upkeep.link.set(Link::None);
        if let Ok(files) = Files::fetch().await {
            files.forget(id).await;
        }
    }

    /// Takes in what has changed in the file, and writes what has changed here.
    pub async fn sync_link(self) {
        if BUSY.replace(true) {
            return;
        }
        loop {
            let plan = self.plan_now();
            let id = plan.frame.id;
            let known = self.upkeep.link.with_untracked(|link| match link {
                Link::To(name, _) => Some(name.clone()),
                Link::None => None,
            });
            let Some(name) = known else { break };
            let state = self.sync_once(id).await;
            let here = self.plan_now();
            if here.frame.id != id {
                self.look_up_link();
                continue;
            }
            match state {
                Some(state) => self.upkeep.link.set(Link::To(name, state)),
                None => {
                    let _ = self.local().remove(&key(id));
                    self.upkeep.link.set(Link::None);
                }
            }
            // An edit in between goes along, and what came from the file is on the screen by now.
            if !matches!(state, Some(Synced::InStep { .. })) || Arc::ptr_eq(&here, &plan) {
                break;
            }
        }
        BUSY.set(false);
    }

    /// None where there is no file any more.
    async fn sync_once(self, id: PlanId) -> Option<Synced> {
        let Ok(files) = Files::fetch().await else { return Some(Synced::NotWritable) };
        match files.permission(id).await {
            Ok(Permission::Granted) => {}
            Ok(Permission::Withheld) => return Some(Synced::Asking),
            Ok(Permission::NoFile) => return None,
            Err(NotReached) => return Some(Synced::NotWritable),
        }
        let Ok(text) = files.read(id).await else { return Some(Synced::NotWritable) };
        if self.plan_now().frame.id != id {
            return None;
        }
        let mut merged = self.upkeep.link.with_untracked(|link| match link {
            Link::To(_, Synced::InStep { merged }) => *merged,
            _ => 0,
        });
        let looked_at = LAST.with_borrow(|last| last.as_ref().is_some_and(|last| *last == (id, text.clone())));
        // A new file is empty.
        if !looked_at && !text.is_empty() {
            let theirs = match read_plan(&text) {
                Ok(exported) if exported.plan.frame.id == id => exported.plan,
                Ok(_) => return Some(Synced::OtherPlan),
                Err(FileError::Newer { .. }) => return Some(Synced::Newer),
                Err(_) => return Some(Synced::NotAPlan),
            };
            match self.take_in(&theirs) {
                Ok((0, _)) => {}
                Ok((changes, returned)) => {
                    merged = changes;
                    self.say(words::linked::merged(changes), None);
                    if !returned.is_empty() {
                        self.say(words::shell::returned(&returned), None);
                    }
                }
                Err(NotTaken) => return Some(Synced::NotKept),
            }
        }
        let ours = write_plan(&self.plan_now(), self.today_now());
        if ours != text && files.write(id, &ours).await.is_err() {
            return Some(Synced::NotWritable);
        }
        LAST.set(Some((id, ours)));
        self.went_into_a_file(id);
        Some(Synced::InStep { merged })
    }

    /// Merges what a file knows of the open plan; gives how many things that changed, and the names of what came back.
    fn take_in(&self, theirs: &Plan) -> Result<(usize, Vec<String>), NotTaken> {
        let here = self.plan_now();
        let known = here.merge(theirs);
        if known != *here {
            self.clock.update_value(|clock| clock.observe(known.latest_stamp()));
            let at = self.at();
            let merged = self.library.try_update(|library| library.merge_in(&known, at));
            let Some(Ok(merged)) = merged else { return Err(NotTaken) };
            self.plan.set(Arc::new(merged));
            self.told();
        }
        Ok((compare(&here, &known).count(), returned(&here, &known)))
    }
}

/// What was deleted before and is there now, by name: goals only where one of them is, since the rest came with them.
pub(super) fn returned(before: &Plan, now: &Plan) -> Vec<String> {
    let all = now.returned(before);
    let is_goal = |id: &EntityId| matches!(id, EntityId::Objective(_));
    let some_goal = all.iter().any(is_goal);
    let told = all.into_iter().filter(|id| is_goal(id) || !some_goal);
    told.filter_map(|id| now.called(id).map(ToString::to_string)).collect()
}

/// The store refused.
struct NotTaken;
