//! Guards: KPIs that must not suffer from what is done for something else.
//!
//! What is pushed for one number is often paid for by another one: speed by quality, growth by margin. A guard names that
//! other number beforehand (A. Grove, "High Output Management", 1983: indicators in pairs, so that effect and
//! counter-effect are both measured). It changes no status: it stands beside it.

use std::sync::Arc;

use crate::{Day, EntityId, Guards, Health, Kpi, KpiId, KpiReport, ObjectiveId, Outcome, Plan, Span, Verdict};

/// A guard on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guard {
    /// Which KPI.
    pub kpi: KpiId,
    /// How it stands.
    pub state: GuardState,
}

/// How a guard stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GuardState {
    /// It is on its target, or misses by no more than its tolerance.
    Holds,
    /// It is off its target.
    Broken {
        /// The first of the periods in a row in which it was, up to its latest value; one without a value ends the row.
        since: Span,
    },
    /// Nobody knows: its last period has no value, or it has none at all.
    Unknown,
    /// It has no target that it could miss.
    NoTarget,
    /// It is not kept any more, so it guards nothing.
    Scrapped,
}

impl Guard {
    /// Whether it is off its target.
    #[must_use]
    pub const fn is_broken(&self) -> bool {
        matches!(self.state, GuardState::Broken { .. })
    }
}

impl KpiReport {
    /// The first period of those in a row that miss the target by more than the tolerance, up to its latest value; none
    /// while that is not so.
    #[must_use]
    pub fn unhealthy_since(&self) -> Option<&Span> {
        let judged = self.judged().filter(|_| self.health == Health::Unhealthy)?;
        let up_to_now = self.periods.iter().rev().skip_while(|period| period.period != judged.period);
        up_to_now.take_while(|period| period.health == Health::Unhealthy).last().map(|period| &period.period)
    }
}

impl Verdict {
    /// Whether it calls something a success.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.outcome == Outcome::Achieved
    }
}

impl Plan {
    /// The guards that something has on a day: a KPI or a key result its own, an objective those of its key results,
    /// each once. In the order of ids, without those that were deleted.
    #[must_use]
    pub fn guards_of(&self, id: EntityId, day: Day) -> Vec<KpiId> {
        let mut found: Vec<KpiId> = Vec::new();
        let mut add = |guards: &Guards| {
            let there = guards.iter().filter(|guard| self.kpis.get(**guard).is_some());
            for guard in there {
                if !found.contains(guard) {
                    found.push(*guard);
                }
            }
        };
        match id {
            EntityId::Kpi(id) => self.kpis.get(id).map(|it| add(it.guards.on(day))).unwrap_or_default(),
            EntityId::KeyResult(id) => self.key_results.get(id).map(|it| add(it.guards.on(day))).unwrap_or_default(),
            EntityId::Objective(id) => self.key_results_of(id, day).iter().for_each(|it| add(it.guards.on(day))),
            _ => {}
        }
        found
    }

    /// How the guards of something stand on a day; see [`Plan::guards_of`].
    #[must_use]
    pub fn guards(&self, id: EntityId, day: Day) -> Vec<Guard> {
        let kpis = self.guards_of(id, day).into_iter().filter_map(|id| self.kpis.get(id));
        kpis.map(|kpi| Guard { kpi: kpi.id, state: self.guard_state(kpi, day) }).collect()
    }

    /// Those of them that are broken.
    #[must_use]
    pub fn broken_guards(&self, id: EntityId, day: Day) -> Vec<Guard> {
        self.guards(id, day).into_iter().filter(Guard::is_broken).collect()
    }

    /// The day for which the guards of something are told: `day`, unless its cycle is closed; see [`Plan::told_on`].
    #[must_use]
    pub fn guards_told_on(&self, id: EntityId, day: Day) -> Day {
        self.cycle_of(id, day).map_or(day, |cycle| self.told_on(cycle, day))
    }

    fn guard_state(&self, kpi: &Kpi, day: Day) -> GuardState {
        if !kpi.is_kept(day) {
            return GuardState::Scrapped;
        }
        let report = self.kpi_report(kpi, day);
        match (report.unhealthy_since(), report.health) {
            (Some(since), _) => GuardState::Broken { since: since.clone() },
            (None, Health::NoTarget) => GuardState::NoTarget,
            (None, Health::NoData | Health::Pending) => GuardState::Unknown,
            (None, _) if report.stale => GuardState::Unknown,
            (None, _) => GuardState::Holds,
        }
    }

    /// The key results and KPIs that a KPI guards on a day: key results first, each in the order of ids. Without those
    /// of objectives that are put away or gone, and without scrapped KPIs.
    #[must_use]
    pub fn guarded_by(&self, kpi: KpiId, day: Day) -> Vec<EntityId> {
        let guards = |guards: &Guards| guards.iter().any(|guard| *guard == kpi);
        let pursued = |id: ObjectiveId| self.objectives.get(id).is_some_and(|it| !*it.archived.on(day));
        let key_results = self.key_results.iter().filter(|it| guards(it.guards.on(day)));
        let key_results = key_results.filter(|it| pursued(*it.objective.on(day))).map(|it| it.id.into());
        let kpis = self.kpis.iter().filter(|it| guards(it.guards.on(day)) && it.is_kept(day));
        key_results.chain(kpis.map(|it| it.id.into())).collect()
    }

    /// The KPIs that may be chosen as guards: every one that is kept, in order, but the one that is guarded itself and
    /// the one whose value is the guarded key result's.
    #[must_use]
    pub fn possible_guards(&self, of: Option<EntityId>, day: Day) -> Vec<Arc<Kpi>> {
        let itself = match of {
            Some(EntityId::Kpi(id)) => Some(id),
            Some(EntityId::KeyResult(id)) => {
                self.key_results.get(id).and_then(|it| self.feeding(it, day)).map(|kpi| kpi.id)
            }
            _ => None,
        };
        self.kpis_kept(day).into_iter().filter(|kpi| Some(kpi.id) != itself).collect()
    }

    /// Whether an objective is called a success although one of its guards is broken, and nobody says why.
    pub(crate) fn hides_a_broken_guard(&self, id: ObjectiveId, day: Day) -> bool {
        let verdict = self.objectives.get(id).and_then(|objective| objective.verdict.on(day).as_ref());
        let unexplained = verdict.is_some_and(|verdict| verdict.is_success() && verdict.reason.is_empty());
        unexplained && !self.broken_guards(id.into(), day).is_empty()
    }
}
