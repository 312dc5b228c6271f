//! Copies of a plan, with their history or without.

use std::sync::Arc;

use crate::{Day, Frame, Name, Plan, PlanId, entity::Entity};

impl Plan {
    /// The same plan under another id and name, to stand beside it.
    #[must_use]
    pub fn copied(&self, id: PlanId, name: Name) -> Self {
        let mut copy = self.clone();
        let frame = Arc::make_mut(&mut copy.frame);
        (frame.id, frame.name) = (id, name.into());
        copy
    }

    /// A copy to begin anew with: what the plan is `today`, without check-ins, readings, milestones that are done,
    /// earlier values and what was deleted.
    #[must_use]
    pub fn copied_without_history(&self, id: PlanId, name: Name, today: Day) -> Self {
        let mut copy = self.copied(id, name);
        let frame: &mut dyn Entity = Arc::<Frame>::make_mut(&mut copy.frame);
        frame.settle(today);
        copy.tables_mut().into_iter().for_each(|rows| rows.settle(today));
        copy.loosen(today);
        for id in ids(copy.milestones.iter().map(|it| it.id)) {
            if let Some(milestone) = copy.milestones.get_mut(id) {
                milestone.done = None.into();
            }
        }
        copy
    }

    /// Without references to what was deleted: nothing remembers that any more. What is nothing without it goes too.
    fn loosen(&mut self, today: Day) {
        // What goes may be spoken of by others.
        while self.loosen_once(today) {}
    }

    fn loosen_once(&mut self, today: Day) -> bool {
        let plan = self.clone();
        let mut gone = false;
        for (kind, rows) in Self::kinds().iter().zip(self.tables_mut()) {
            let all: Vec<_> = rows.iter().map(|entity| (entity.uuid(), entity.born())).collect();
            for (id, born) in all {
                if !rows.get_mut(id).is_none_or(|entity| entity.loosen(kind.shapes(), |id| plan.has(id), today)) {
                    rows.remove(id, born);
                    gone = true;
                }
            }
            rows.forget_deleted();
        }
        gone
    }
}

/// All at once, before anything changes.
fn ids<T>(ids: impl Iterator<Item = T>) -> Vec<T> {
    ids.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Actor, At, Change, Clock, Edit, Objective, ObjectiveEdit, ObjectiveKind, Owner, Seed, compare::compare,
        read_plan, sample, write_plan,
    };

    fn day(day: u8) -> Day {
        Day::new(2026, 11, day).unwrap()
    }

    fn seed(n: u8) -> Seed {
        Seed { millis: 5, random: [n; 10] }
    }

    fn name(name: &str) -> Name {
        Name::new(name).unwrap()
    }

    #[test]
    fn a_copy_with_history_differs_in_id_and_name_only() {
        let plan = sample(day(20), seed(1), Actor(1));
        let copy = plan.copied(seed(2).into(), name("Copy"));
        assert_ne!(copy.frame.id, plan.frame.id);
        let (own, other) = (compare(&plan, &plan), compare(&plan, &copy));
        assert_eq!((own.is_empty(), other.frame, other.count()), (true, true, 1));
        assert_eq!((copy.entries(), &*copy.frame.name), (plan.entries(), &name("Copy")));
    }

    #[test]
    fn a_copy_without_history_has_the_values_of_today_and_nothing_else() {
        let mut clock = Clock::new(Actor(1));
        let mut plan = sample(day(20), seed(1), Actor(1));
        clock.observe(plan.latest_stamp());
        let mut make = |plan: &mut Plan, change: Change| {
            let at = At { stamp: clock.tick(1), day: day(20) };
            *plan = plan.apply(&change, at).unwrap().0;
            at
        };
        let goal = plan.objectives.iter().next().unwrap().id;
        let kind = ObjectiveKind::Learning;
        make(&mut plan, Change::Edit { edit: Edit::of(goal, ObjectiveEdit::kind(kind)), from: Some(day(18)) });
        let copy = plan.copied_without_history(seed(2).into(), name("Copy"), day(20));
        assert_eq!((copy.entries(), copy.frame.id), ((0, 0), seed(2).into()));
        assert_eq!(copy.objectives.len(), plan.objectives.len());
        let there = copy.objectives.get(goal).unwrap();
        assert_eq!((there.kind.revisions().count(), there.kind.on(day(1))), (1, &kind));
        assert!(copy.milestones.iter().all(|it| it.done.is_none()));
        assert!(!write_plan(&copy, day(20)).contains("\"deleted\""));
        assert!(!write_plan(&copy, day(20)).contains("\"edited\""));
    }

    #[test]
    fn a_copy_without_history_does_not_speak_of_what_was_deleted() {
        let mut clock = Clock::new(Actor(1));
        let mut plan = sample(day(20), seed(1), Actor(1));
        clock.observe(plan.latest_stamp());
        let mut make = |plan: &mut Plan, change: Change| {
            let at = At { stamp: clock.tick(1), day: day(20) };
            *plan = plan.apply(&change, at).unwrap().0;
            at
        };
        let owned = plan.objectives.iter().find(|it| it.owner.is_some()).map(|it| it.id).unwrap();
        for owner in ids(plan.owners.iter().map(|it| it.id)) {
            make(&mut plan, Change::Delete(owner.into()));
        }
        for cycle in ids(plan.cycles.iter().map(|it| it.id)) {
            make(&mut plan, Change::Delete(cycle.into()));
        }
        let measured = *plan.key_results.iter().next().unwrap().objective.on(day(20));
        let deletion = plan.deletion(measured.into(), day(20));
        make(&mut plan, deletion);
        let at = At { stamp: Clock::new(Actor(2)).tick(9), day: day(20) };
        let other = Objective::new(seed(9).into(), name("Other"), None, at);
        make(&mut plan, Change::Add(other.into()));
        let further = Owner::new(seed(8).into(), name("Ada"), crate::Level::Team, at);
        make(&mut plan, Change::Add(further.into()));

        let copy = plan.copied_without_history(seed(2).into(), name("Copy"), day(20));
        assert!(copy.key_results.iter().all(|it| copy.objectives.get(*it.objective.on(day(20))).is_some()));
        assert!(copy.milestones.iter().all(|it| copy.key_results.get(*it.key_result).is_some()));
        if let Some(owned) = copy.objectives.get(owned) {
            assert_eq!(*owned.owner, None);
        }
        // Whatever is not in the plan, the reader of files would refuse.
        let read = read_plan(&write_plan(&copy, day(20))).unwrap();
        assert_eq!(read.plan, copy);
    }
}
