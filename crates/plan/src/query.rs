//! Lists and look-ups that every screen shares.

use std::sync::Arc;

use crate::{
    AnyEntity, Cycle, CycleId, Day, KeyResult, KeyResultId, Kpi, KpiId, Milestone, Objective, ObjectiveId,
    ObjectiveReport, Owner, Plan, Rank, Span,
};

/// A cycle on a day: where all its objectives are, and where today expects them to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Which cycle.
    pub cycle: CycleId,
    /// Its days.
    pub span: Span,
    /// The share of its time that has gone.
    pub elapsed: f64,
    /// Its objectives, in their order.
    pub objectives: Vec<ObjectiveReport>,
    /// How many of them need attention or are off track.
    pub need_someone: usize,
}

/// Something that should be checked in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// A key result.
    KeyResult(KeyResultId),
    /// A KPI's reading.
    Kpi(KpiId),
}

/// Things with a place in a manual order.
trait Ranked {
    fn rank(&self) -> &Rank;
}

macro_rules! ranked {
    ($($kind:ident)*) => {$(
        impl Ranked for $kind {
            fn rank(&self) -> &Rank {
                &self.rank
            }
        }
    )*};
}

ranked!(Owner Objective KeyResult Milestone Kpi);

/// In manual order; equal ranks (made on two machines at once) in the order of ids.
fn ordered<'a, E: Ranked + 'a>(all: impl Iterator<Item = &'a Arc<E>>) -> Vec<Arc<E>> {
    let mut all: Vec<_> = all.cloned().collect();
    all.sort_by(|a, b| a.rank().cmp(b.rank()));
    all
}

/// The rank after the last of `all`, which are in order.
fn end<E: Ranked>(all: &[Arc<E>]) -> Rank {
    match all.last() {
        Some(last) => Rank::between(Some(last.rank()), None),
        None => Rank::default(),
    }
}

/// The rank that moves `id` by one place, up (towards the start) or down; none where there is no such place.
fn moved<E: Ranked>(all: &[Arc<E>], is: impl Fn(&E) -> bool, up: bool) -> Option<Rank> {
    let at = all.iter().position(|each| is(each))?;
    let rank = |index: usize| all.get(index).map(|each| each.rank());
    if up {
        let next = at.checked_sub(1)?;
        Some(Rank::between(next.checked_sub(1).and_then(rank), rank(next)))
    } else {
        let next = rank(at + 1)?;
        Some(Rank::between(Some(next), rank(at + 2)))
    }
}

impl Plan {
    /// Every owner in order.
    #[must_use]
    pub fn owners_in_order(&self) -> Vec<Arc<Owner>> {
        ordered(self.owners.iter())
    }

    /// Every cycle, latest first.
    #[must_use]
    pub fn cycles_in_order(&self, day: Day) -> Vec<Arc<Cycle>> {
        let mut cycles: Vec<_> = self.cycles.iter().cloned().collect();
        cycles.sort_by(|a, b| b.span.on(day).cmp(a.span.on(day)));
        cycles
    }

    /// The cycle that matters on `day`: the shortest that contains it, else the next to come, else the last that was.
    #[must_use]
    pub fn cycle_on(&self, day: Day) -> Option<&Arc<Cycle>> {
        let span = |cycle: &&Arc<Cycle>| cycle.span.on(day).clone();
        let running =
            self.cycles.iter().filter(|cycle| span(cycle).contains(day)).min_by_key(|cycle| span(cycle).days());
        let coming =
            || self.cycles.iter().filter(|cycle| span(cycle).start > day).min_by_key(|cycle| span(cycle).start);
        let last = || self.cycles.iter().max_by_key(|cycle| span(cycle).end);
        running.or_else(coming).or_else(last)
    }

    /// A cycle's objectives in order; with `None`, those of the backlog (without a cycle, or with one that is gone).
    #[must_use]
    pub fn objectives_of(&self, cycle: Option<CycleId>, day: Day) -> Vec<Arc<Objective>> {
        let there = |objective: &Objective| objective.cycle.on(day).filter(|id| self.cycles.get(*id).is_some());
        ordered(self.objectives.iter().filter(|objective| there(objective) == cycle))
    }

    /// An objective's key results in order.
    #[must_use]
    pub fn key_results_of(&self, objective: ObjectiveId, day: Day) -> Vec<Arc<KeyResult>> {
        ordered(self.key_results.iter().filter(|key_result| *key_result.objective.on(day) == objective))
    }

    /// A key result's milestones in order.
    #[must_use]
    pub fn milestones_of(&self, key_result: KeyResultId) -> Vec<Arc<Milestone>> {
        ordered(self.milestones.iter().filter(|milestone| *milestone.key_result == key_result))
    }

    /// Every KPI in order.
    #[must_use]
    pub fn kpis_in_order(&self) -> Vec<Arc<Kpi>> {
        ordered(self.kpis.iter())
    }

    /// A new entity with its place at the end of those that it joins.
    #[must_use]
    pub fn at_the_end(&self, mut entity: AnyEntity, day: Day) -> AnyEntity {
        match &mut entity {
            AnyEntity::Owner(it) => Arc::make_mut(it).rank = end(&self.owners_in_order()).into(),
            AnyEntity::Objective(it) => {
                let rank = end(&self.objectives_of(*it.cycle.on(day), day));
                Arc::make_mut(it).rank = rank.into();
            }
            AnyEntity::KeyResult(it) => {
                let rank = end(&self.key_results_of(*it.objective.on(day), day));
                Arc::make_mut(it).rank = rank.into();
            }
            AnyEntity::Milestone(it) => {
                let rank = end(&self.milestones_of(*it.key_result));
                Arc::make_mut(it).rank = rank.into();
            }
            AnyEntity::Kpi(it) => Arc::make_mut(it).rank = end(&self.kpis_in_order()).into(),
            AnyEntity::Cycle(_) => {}
        }
        entity
    }

    /// The rank that moves an objective by one place within its cycle.
    #[must_use]
    pub fn objective_moved(&self, id: ObjectiveId, up: bool, day: Day) -> Option<Rank> {
        let cycle = self.objectives.get(id)?.cycle.on(day);
        moved(&self.objectives_of(*cycle, day), |each| each.id == id, up)
    }

    /// The rank that moves a key result by one place within its objective.
    #[must_use]
    pub fn key_result_moved(&self, id: KeyResultId, up: bool, day: Day) -> Option<Rank> {
        let objective = self.key_results.get(id)?.objective.on(day);
        moved(&self.key_results_of(*objective, day), |each| each.id == id, up)
    }

    /// The rank that moves a KPI by one place.
    #[must_use]
    pub fn kpi_moved(&self, id: KpiId, up: bool) -> Option<Rank> {
        moved(&self.kpis_in_order(), |each| each.id == id, up)
    }

    /// The course of a cycle on a day; none where there is no such cycle.
    #[must_use]
    pub fn course(&self, cycle: CycleId, day: Day) -> Option<Course> {
        let span = self.cycles.get(cycle)?.span.on(day).clone();
        let objectives = self.objectives_of(Some(cycle), day);
        let objectives: Vec<_> = objectives.iter().map(|objective| self.objective_report(objective, day)).collect();
        let need_someone = objectives.iter().filter(|report| report.status.needs_someone()).count();
        let all = span.end.days_since(span.start).max(1);
        let elapsed = (f64::from(day.days_since(span.start)) / f64::from(all)).clamp(0.0, 1.0);
        Some(Course { cycle, span, elapsed, objectives, need_someone })
    }

    /// What should be checked in on `day`: running key results without a check-in in their window, then KPIs whose
    /// last period has no reading.
    #[must_use]
    pub fn due(&self, day: Day) -> Vec<Due> {
        let cycles = self.cycles_in_order(day);
        let cycles = cycles.iter().map(|cycle| Some(cycle.id)).chain([None]);
        let objectives = cycles.flat_map(|cycle| self.objectives_of(cycle, day));
        let key_results = objectives.flat_map(|objective| self.key_results_of(objective.id, day));
        let key_results = key_results.filter(|key_result| self.key_result_is_due(key_result, day));
        let kpis = self.kpis_in_order();
        let kpis = kpis.iter().filter(|kpi| kpi.is_due(day));
        key_results.map(|each| Due::KeyResult(each.id)).chain(kpis.map(|each| Due::Kpi(each.id))).collect()
    }

    fn key_result_is_due(&self, key_result: &KeyResult, day: Day) -> bool {
        let report = self.key_result_report(key_result, day);
        let Some(span) = report.span.filter(|span| span.contains(day)) else { return false };
        let window = report.cadence.window(span.start, day);
        let checked = |window: &Span| key_result.check_ins.between(window.start, day).next().is_some();
        report.status != crate::Status::Achieved && window.is_some_and(|window| !checked(&window))
    }
}
