//! Things that begin anew beside those that they are made after.

use std::sync::Arc;

use crate::{
    At, Change, Dated, Goal, Initiative, InitiativeState, KeyResult, Kpi, KpiId, Measure, Milestone, Name, Objective,
    ObjectiveId, Plan, Seed,
};

impl Objective {
    /// An objective like this one, as it is now: without a past, a verdict and a place.
    #[must_use]
    pub fn anew(&self, id: ObjectiveId, at: At) -> Self {
        let mut new = Self::new(id, (*self.title).clone(), *self.cycle.on(at.day), at);
        new.why = (*self.why).clone().into();
        new.owner = (*self.owner).into();
        new.pillar = (*self.pillar).into();
        new.tags = (*self.tags).clone().into();
        new.rank = (*self.rank).clone().into();
        new.kind = Dated::new(at.day, *self.kind.on(at.day));
        new.parent = Dated::new(at.day, *self.parent.on(at.day));
        new.parent_weight = Dated::new(at.day, *self.parent_weight.on(at.day));
        new.counts_aligned = Dated::new(at.day, *self.counts_aligned.on(at.day));
        new
    }
}

impl KeyResult {
    /// A key result like this one, as it is now, measured by `measure`: without check-ins and days of its own.
    #[must_use]
    pub fn anew(&self, id: crate::KeyResultId, objective: ObjectiveId, measure: Measure, at: At) -> Self {
        let mut new = Self::new(id, objective, (*self.title).clone(), measure, at);
        new.unit = (*self.unit).clone().into();
        new.owner = (*self.owner).into();
        new.rank = (*self.rank).clone().into();
        new.weight = Dated::new(at.day, *self.weight.on(at.day));
        new.cadence = Dated::new(at.day, *self.cadence.on(at.day));
        new.fed_by = Dated::new(at.day, *self.fed_by.on(at.day));
        new.guards = Dated::new(at.day, self.guards.on(at.day).clone());
        new.marks = Dated::new(at.day, self.marks.on(at.day).clone());
        new.bands = Dated::new(at.day, self.bands.on(at.day).clone());
        new
    }
}

impl Kpi {
    /// A part of this KPI: judged, read and counted like the whole, for one person, site or segment.
    #[must_use]
    pub fn part(&self, id: KpiId, name: Name, at: At) -> Self {
        let mut part = Self::new(id, name, (*self.why).clone(), *self.frequency.on(at.day), at);
        part.question = (*self.question).clone().into();
        part.definition = (*self.definition).clone().into();
        part.source = (*self.source).clone().into();
        part.unit = (*self.unit).clone().into();
        part.aggregation = Dated::new(at.day, *self.aggregation.on(at.day));
        part.resets = Dated::new(at.day, *self.resets.on(at.day));
        part.target = Dated::new(at.day, self.target.on(at.day).clone());
        part.natural_bounds = (*self.natural_bounds).clone().into();
        part.centre = (*self.centre).into();
        part.pillar = (*self.pillar).into();
        part.parent = Dated::new(at.day, Some(self.id));
        part
    }
}

impl Milestone {
    /// A step like this one that is still to be done.
    #[must_use]
    pub fn anew(&self, id: crate::MilestoneId, of: crate::KeyResultId, at: At) -> Self {
        let mut new = Self::new(id, of, (*self.title).clone(), at);
        new.weight = Dated::new(at.day, *self.weight.on(at.day));
        new.rank = (*self.rank).clone().into();
        new
    }
}

impl Initiative {
    /// An initiative like this one, for another goal, in a state.
    #[must_use]
    pub fn anew(&self, id: crate::InitiativeId, goal: Goal, state: InitiativeState, at: At) -> Self {
        let mut new = Self::new(id, goal, (*self.title).clone(), at);
        new.state = Dated::new(at.day, state);
        new.owner = (*self.owner).into();
        new.rank = (*self.rank).clone().into();
        new
    }
}

impl Plan {
    /// The changes that put an objective like this one behind it in its cycle, with its key results, steps and
    /// initiatives; `with_entries`, also with their check-ins and with what is done. `id` gives seeds of new ids.
    #[must_use]
    pub fn duplicate(
        &self,
        objective: &Objective,
        title: Name,
        with_entries: bool,
        at: At,
        mut id: impl FnMut() -> Seed,
    ) -> (ObjectiveId, Change) {
        let mut copy = objective.anew(id().into(), at);
        copy.title = title.into();
        let copy_id = copy.id;
        let mut changes = vec![Change::Add(self.at_the_end(copy, at.day))];
        for before in self.key_results_of(objective.id, at.day) {
            let after = if with_entries {
                let mut after = KeyResult::clone(&before);
                (after.id, after.objective) = (id().into(), Dated::new(before.created, copy_id));
                after
            } else {
                let mut after = before.anew(id().into(), copy_id, before.measure.on(at.day).clone(), at);
                after.dates = Dated::new(at.day, before.dates.on(at.day).clone());
                after
            };
            let after_id = after.id;
            changes.push(Change::Add(after.into()));
            for step in self.milestones_of(before.id) {
                let mut again = step.anew(id().into(), after_id, at);
                again.due = Dated::new(at.day, *step.due.on(at.day));
                again.done = step.done.filter(|_| with_entries).into();
                changes.push(Change::Add(again.into()));
            }
            let to = Goal::KeyResult { id: after_id };
            self.again(
                self.initiatives_of(&Goal::KeyResult { id: before.id }),
                &to,
                with_entries,
                at,
                &mut id,
                &mut changes,
            );
        }
        let to = Goal::Objective { id: copy_id };
        self.again(
            self.initiatives_of(&Goal::Objective { id: objective.id }),
            &to,
            with_entries,
            at,
            &mut id,
            &mut changes,
        );
        (copy_id, Change::All(changes))
    }

    fn again(
        &self,
        initiatives: Vec<Arc<Initiative>>,
        goal: &Goal,
        with_states: bool,
        at: At,
        id: &mut impl FnMut() -> Seed,
        changes: &mut Vec<Change>,
    ) {
        for initiative in initiatives {
            let state = if with_states { *initiative.state.on(at.day) } else { InitiativeState::Todo };
            changes.push(Change::Add(initiative.anew(id().into(), goal.clone(), state, at).into()));
        }
    }
}
