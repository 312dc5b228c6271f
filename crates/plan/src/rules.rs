//! What a person may do to a plan as it is now.
//!
//! These rules are asked before a change is made. [`Plan::apply`] does not ask them: what was allowed in one tab is never
//! lost because of what another tab did at the same time. So merging may bring about what they forbid, and every walk
//! along references ends nevertheless.

use crate::{At, Change, ChangeError, CycleId, Day, EntityId, Goal, Invalid, KeyResultId, ObjectiveId, OwnerId, Plan};

impl Plan {
    /// Makes a change as [`Plan::apply`] does, where somebody may make it now.
    ///
    /// # Errors
    /// [`Invalid::Circle`] where something would end up above itself, [`Invalid::Closed`] where it changes what belongs
    /// to a closed cycle without opening that again, [`Invalid::EndBeforeStart`] where a key result would be due before
    /// it starts, its cycle's days included, and [`Invalid::BrokenGuard`] where it calls an objective a success without
    /// a reason while one of its guards is broken; whatever [`Plan::apply`] refuses.
    pub fn permitted(&self, change: &Change, at: At) -> Result<(Self, Change), ChangeError> {
        let (next, inverse) = self.apply(change, at)?;
        let touched = touched(change);
        let history = |plan: &Self| touched.iter().any(|id| plan.is_history(*id, at.day));
        if !opens(change) && (history(self) || history(&next)) {
            return Err(Invalid::Closed.into());
        }
        // What two people brought about can be put right, and stands in nobody's way otherwise.
        let circle = |id: &EntityId| next.is_above_itself(*id, at.day) && !self.is_above_itself(*id, at.day);
        if touched.iter().any(circle) {
            return Err(Invalid::Circle.into());
        }
        if judged(change).into_iter().any(|id| next.hides_a_broken_guard(id, at.day)) {
            return Err(Invalid::BrokenGuard.into());
        }
        match self.turns_upside_down(&next, at.day) {
            true => Err(Invalid::EndBeforeStart.into()),
            false => Ok((next, inverse)),
        }
    }

    /// Whether a key result is due before it starts in `next` only: by its own days, or by those of the cycle that it
    /// is in. One that is so already may be changed in every other way.
    fn turns_upside_down(&self, next: &Self, day: Day) -> bool {
        next.key_results.iter().any(|key_result| {
            let ends = next.ends_of(key_result, day);
            let before = || self.key_results.get(key_result.id).map(|before| self.ends_of(before, day));
            matches!(ends, (Some(start), Some(end)) if end < start) && before() != Some(ends)
        })
    }

    /// Whether it belongs to a cycle that is closed on `day`.
    #[must_use]
    pub fn is_history(&self, id: EntityId, day: Day) -> bool {
        self.cycle_of(id, day).is_some_and(|cycle| self.is_closed(cycle, day))
    }

    /// Whether a cycle is closed on `day`.
    #[must_use]
    pub fn is_closed(&self, cycle: CycleId, day: Day) -> bool {
        self.cycles.get(cycle).is_some_and(|cycle| *cycle.closed.on(day))
    }

    /// The cycle that something belongs to.
    pub(crate) fn cycle_of(&self, id: EntityId, day: Day) -> Option<CycleId> {
        match id {
            EntityId::Cycle(id) => Some(id),
            EntityId::Objective(id) => *self.objectives.get(id)?.cycle.on(day),
            EntityId::KeyResult(id) => self.cycle_of((*self.key_results.get(id)?.objective.on(day)).into(), day),
            EntityId::Milestone(id) => self.cycle_of((*self.milestones.get(id)?.key_result).into(), day),
            EntityId::Initiative(id) => match *self.initiatives.get(id)?.goal {
                Goal::Objective { id } => self.cycle_of(id.into(), day),
                Goal::KeyResult { id } => self.cycle_of(id.into(), day),
            },
            EntityId::Pillar(_) | EntityId::Owner(_) | EntityId::Kpi(_) | EntityId::Filter(_) => None,
        }
    }

    /// The objective that one helps: none where that is gone, or where going up leads back to where one began.
    #[must_use]
    pub fn parent_of(&self, objective: ObjectiveId, day: Day) -> Option<ObjectiveId> {
        let up = |id: ObjectiveId| {
            let parent = (*self.objectives.get(id)?.parent.on(day))?;
            self.objectives.get(parent).map(|parent| parent.id)
        };
        up(objective).filter(|_| !leads_back(objective, self.objectives.len(), up))
    }

    /// The objective that one would help if that did not lead back to it: two people aligned one half of a circle each. It
    /// does not count.
    #[must_use]
    pub fn parent_in_circle(&self, objective: ObjectiveId, day: Day) -> Option<ObjectiveId> {
        let parent = (*self.objectives.get(objective)?.parent.on(day))?;
        let is_there = self.objectives.get(parent).is_some();
        (is_there && self.parent_of(objective, day).is_none()).then_some(parent)
    }

    /// The key result of which one takes a share, likewise.
    #[must_use]
    pub fn whole_of(&self, key_result: KeyResultId, day: Day) -> Option<KeyResultId> {
        let up = |id: KeyResultId| {
            let whole = (*self.key_results.get(id)?.part_of.on(day))?;
            self.key_results.get(whole).map(|whole| whole.id)
        };
        up(key_result).filter(|_| !leads_back(key_result, self.key_results.len(), up))
    }

    /// The team or company that an owner belongs to, likewise.
    #[must_use]
    pub fn team_of(&self, owner: OwnerId) -> Option<OwnerId> {
        let up = |id: OwnerId| self.owners.get((*self.owners.get(id)?.parent)?).map(|team| team.id);
        up(owner).filter(|_| !leads_back(owner, self.owners.len(), up))
    }

    fn is_above_itself(&self, id: EntityId, day: Day) -> bool {
        match id {
            EntityId::Objective(id) => {
                leads_back(id, self.objectives.len(), |id| *self.objectives.get(id)?.parent.on(day))
            }
            EntityId::KeyResult(id) => {
                leads_back(id, self.key_results.len(), |id| *self.key_results.get(id)?.part_of.on(day))
            }
            EntityId::Owner(id) => leads_back(id, self.owners.len(), |id| *self.owners.get(id)?.parent),
            EntityId::Kpi(id) => self.kpis.get(id).is_some_and(|kpi| {
                // A part of itself, made of itself, or its own guard.
                leads_back(id, self.kpis.len(), |id| *self.kpis.get(id)?.parent.on(day))
                    || self.needs_itself(kpi, day)
                    || kpi.guards.on(day).iter().any(|guard| *guard == id)
            }),
            _ => false,
        }
    }
}

/// Whether going up from something leads back to it, within as many steps as there are things.
pub(crate) fn leads_back<I: Copy + PartialEq>(from: I, all: usize, up: impl Fn(I) -> Option<I>) -> bool {
    let mut at = up(from);
    // A circle that it is not part of has to end all the same.
    for _ in 0..all {
        match at {
            Some(id) if id == from => return true,
            Some(id) => at = up(id),
            None => return false,
        }
    }
    false
}

/// Whether a change opens or closes a cycle: then it may change what is in there.
fn opens(change: &Change) -> bool {
    match change {
        Change::All(changes) => changes.iter().any(opens),
        Change::Edit { edit, .. } | Change::Withdraw { edit, .. } => {
            matches!(edit.id(), Some(EntityId::Cycle(_))) && edit.field() == "closed"
        }
        _ => false,
    }
}

/// The objectives of which a change says what became of them.
fn judged(change: &Change) -> Vec<ObjectiveId> {
    match change {
        Change::All(changes) => changes.iter().flat_map(judged).collect(),
        Change::Edit { edit, .. } if edit.field() == "verdict" => match edit.id() {
            Some(EntityId::Objective(id)) => vec![id],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Everything that a change speaks of.
fn touched(change: &Change) -> Vec<EntityId> {
    match change {
        Change::All(changes) => {
            let mut all: Vec<_> = changes.iter().flat_map(touched).collect();
            // A hundred thousand readings of one KPI are looked at once.
            all.dedup();
            all
        }
        Change::Add(entity) => vec![entity.id()],
        Change::Edit { edit, .. } | Change::Withdraw { edit, .. } => edit.id().into_iter().collect(),
        Change::Delete(id) => vec![*id],
        Change::CheckIn { of, .. } => vec![(*of).into()],
        Change::Reading { of, .. } => vec![(*of).into()],
    }
}
