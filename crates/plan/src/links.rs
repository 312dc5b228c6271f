//! The ways between KPIs and goals: an instrument that calls for a goal, a goal that becomes an instrument, and a target
//! that has grown too easy.

use std::sync::Arc;

use crate::{
    At, Bounds, Change, CycleId, Dated, Day, Frequency, Health, KeyResult, KeyResultId, Kpi, KpiId, KpiReport, Measure,
    Name, Number, Objective, ObjectiveId, OwnDates, OwnerId, PeriodValue, PillarId, Plan, Reading, Seed, Share, Status,
    Target, digits, in_order, status::rounded,
};

/// A goal that would bring a KPI back to its target.
#[derive(Debug, Clone, PartialEq)]
pub struct Promotion {
    /// What the objective is called: as the KPI, unless told.
    pub title: Name,
    /// What its key result is called: as the KPI.
    pub key_result: Name,
    /// From the value of now to the bound that is missed; where there are two bounds, to stay within them.
    pub measure: Measure,
    /// The cycle that runs; none where none is open.
    pub cycle: Option<CycleId>,
    /// The KPI's owner.
    pub owner: Option<OwnerId>,
    /// The KPI's pillar.
    pub pillar: Option<PillarId>,
}

/// A stricter target, since the one in force has been met again and again.
#[derive(Debug, Clone, PartialEq)]
pub struct Raise {
    /// The values of the last periods, oldest first, in the KPI's unit.
    pub values: [Number; Raise::PERIODS],
    /// The one in the middle of them.
    pub median: Number,
    /// What is suggested.
    pub target: Target,
    /// The first day of the period that comes next.
    pub from: Day,
}

impl Raise {
    /// How many periods in a row a target has to be met before another one is suggested.
    pub const PERIODS: usize = 3;
}

impl Bounds {
    /// The way back to them from a value outside: a metric to the bound that is missed, or staying within two.
    #[must_use]
    pub fn way_back(&self, from: Number) -> Measure {
        match self {
            Self::AtLeast { value } | Self::AtMost { value } => Measure::Metric { start: from, target: *value },
            Self::Between { .. } => Measure::Stay { bounds: self.clone(), share: Share::default() },
        }
    }

    /// The one bound that there is; none where there are two.
    #[must_use]
    pub const fn only(&self) -> Option<Number> {
        match self {
            Self::AtLeast { value } | Self::AtMost { value } => Some(*value),
            Self::Between { .. } => None,
        }
    }

    /// The same bound, moved; two stay where they are.
    #[must_use]
    pub fn at(&self, value: Number) -> Self {
        match self {
            Self::AtLeast { .. } => Self::AtLeast { value },
            Self::AtMost { .. } => Self::AtMost { value },
            Self::Between { .. } => self.clone(),
        }
    }

    /// The same bound, moved to a value that is stricter; none where it would not be, or where there are two.
    fn raised(&self, to: Number) -> Option<Self> {
        let from = self.only()?;
        (self.better(from, to) == Some(true)).then(|| self.at(to))
    }
}

impl Plan {
    /// The goal that would bring a KPI back to its target; none where it is not off it, or only was so long ago, where there is such a goal
    /// already, and where the KPI is not kept.
    #[must_use]
    pub fn promotion(&self, kpi: &Kpi, day: Day) -> Option<Promotion> {
        let report = self.kpi_report(kpi, day);
        let value = report.judged().filter(|_| report.health == Health::Unhealthy && !report.stale)?.value?;
        // The value is judged by the target of its period, and the goal is the target of now: off both.
        let target = report.target.filter(|target| target.health(value) == Health::Unhealthy)?;
        let measure = target.bounds.way_back(value);
        let open = |it: &Arc<KeyResult>| !self.is_history(it.id.into(), day);
        if !kpi.is_kept(day) || self.fed_from(kpi.id, day).iter().any(open) {
            return None;
        }
        let running = self.cycle_on(day).filter(|it| it.span.on(day).contains(day) && !self.is_closed(it.id, day));
        Some(Promotion {
            title: (*kpi.name).clone(),
            key_result: (*kpi.name).clone(),
            measure,
            cycle: running.map(|cycle| cycle.id),
            owner: *kpi.owner,
            pillar: *kpi.pillar,
        })
    }

    /// The changes that make a KPI an objective, with one key result that it feeds. What has begun already counts from
    /// today on: nothing was pursued before. `id` gives seeds of new ids.
    #[must_use]
    pub fn promote(
        &self,
        kpi: &Kpi,
        promotion: Promotion,
        at: At,
        mut id: impl FnMut() -> Seed,
    ) -> (ObjectiveId, Change) {
        let Promotion { title, key_result, measure, cycle, owner, pillar } = promotion;
        let mut objective = Objective::new(id().into(), title, cycle, at);
        objective.why = (*kpi.why).clone().into();
        objective.owner = owner.into();
        objective.pillar = pillar.into();
        let objective_id = objective.id;
        let mut new = KeyResult::new(id().into(), objective_id, key_result, measure, at);
        new.unit = (*kpi.unit).clone().into();
        new.fed_by = Dated::new(at.day, Some(kpi.id));
        new.guards = Dated::new(at.day, kpi.guards.on(at.day).clone());
        let span = cycle.and_then(|id| self.cycles.get(id)).map(|cycle| cycle.span.on(at.day));
        let begun = span.is_some_and(|span| span.start < at.day && at.day <= span.end);
        new.dates = Dated::new(at.day, begun.then_some(OwnDates { start: Some(at.day), due: None }));
        let changes = vec![Change::Add(self.at_the_end(objective, at.day)), Change::Add(new.into())];
        (objective_id, Change::All(changes))
    }

    /// Whether a key result may be watched on as a KPI: it is achieved, its number has a place to stay, its cycle is
    /// open, and no KPI watches it yet.
    #[must_use]
    pub fn may_be_kept(&self, key_result: &KeyResult, day: Day) -> bool {
        let watched = self.feeding(key_result, day).is_some() || self.kept_from(key_result.id).is_some();
        let stays = key_result.measure.on(day).bounds_to_keep().is_some();
        let open = !self.is_history(key_result.id.into(), day);
        open && stays && !watched && self.key_result_report(key_result, day).status == Status::Achieved
    }

    /// Whether closing makes a KPI of a key result that is to be kept: what a KPI feeds has its KPI, and one may have been
    /// made of it before.
    pub(crate) fn may_become_a_kpi(&self, key_result: &KeyResult, day: Day) -> bool {
        let made = self.kept_as(key_result, day).is_some() || self.kept_from(key_result.id).is_some();
        !made && self.feeding(key_result, day).is_none()
    }

    /// The KPI that was made of a key result.
    #[must_use]
    pub fn kept_from(&self, key_result: KeyResultId) -> Option<&Kpi> {
        self.kpis.iter().find(|kpi| *kpi.kept_from == Some(key_result))
    }

    /// The change by which a key result goes on as a KPI: at its target, which has to hold from now on, with all of its
    /// past: each check-in with a value becomes a reading of the same day, with its note.
    #[must_use]
    pub fn keeping(&self, key_result: &KeyResult, at: At, id: KpiId) -> Change {
        let add = Change::Add(self.at_the_end(self.kpi_from(key_result, at, id), at.day));
        let readings = key_result.check_ins.iter().filter_map(|(key, row)| {
            let row = Some(Reading { value: row.value?, note: row.note.clone() });
            Some(Change::Reading { of: id, key, row })
        });
        Change::All([add].into_iter().chain(readings).collect())
    }

    /// A KPI that watches what a key result has reached, with the same guards.
    #[must_use]
    pub fn kpi_from(&self, key_result: &KeyResult, at: At, id: KpiId) -> Kpi {
        let why = self.objectives.get(*key_result.objective.on(at.day)).map(|objective| (*objective.why).clone());
        let mut kpi = Kpi::new(id, (*key_result.title).clone(), why.unwrap_or_default(), Frequency::Monthly, at);
        kpi.unit = (*key_result.unit).clone().into();
        kpi.owner = (*key_result.owner).into();
        kpi.kept_from = Some(key_result.id).into();
        kpi.guards = Dated::new(at.day, key_result.guards.on(at.day).clone());
        let bounds = key_result.measure.on(at.day).bounds_to_keep();
        let target = bounds.map(|bounds| Target { bounds, tolerance: Number::ZERO });
        kpi.target = Dated::new(at.day, target);
        kpi
    }

    /// The key results whose value is a KPI's value, in the order of ids: without those of objectives that are put away
    /// or gone.
    #[must_use]
    pub fn fed_from(&self, kpi: KpiId, day: Day) -> Vec<Arc<KeyResult>> {
        let pursued = |id: ObjectiveId| self.objectives.get(id).is_some_and(|it| !*it.archived.on(day));
        let fed = |it: &Arc<KeyResult>| self.feeding(it, day).is_some_and(|feeding| feeding.id == kpi);
        self.key_results.iter_shared().filter(fed).filter(|it| pursued(*it.objective.on(day))).collect()
    }

    /// A stricter target for a KPI that has met its own for three completed periods in a row: the median of their values,
    /// rounded towards the target of now, to two figures or as finely as that target is written. So what is suggested
    /// was reached in two of the three.
    ///
    /// None where that would not be stricter, where the target was another one within those periods or will be, where
    /// the target is a range, and where the KPI is not on its target now.
    #[must_use]
    pub fn raise(&self, kpi: &Kpi, report: &KpiReport, day: Day) -> Option<Raise> {
        let target = report.target.as_ref().filter(|_| report.health == Health::Healthy)?;
        let planned = kpi.target.revisions().any(|it| it.from > day && it.value.as_ref() != Some(target));
        if planned || !kpi.is_kept(day) {
            return None;
        }
        let mut last = report.periods.iter().rev().filter(|period| period.completed);
        let mut met = || {
            let met = |it: &&PeriodValue| it.met() == Some(true) && it.target.as_ref() == Some(target);
            last.next().filter(met)?.value
        };
        let (third, second, first) = (met()?, met()?, met()?);
        let values = [first, second, third];
        let [_, median, _] = <[Number; Raise::PERIODS]>::try_from(in_order(values.to_vec(), Number::cmp)).ok()?;
        let bounds = target.bounds.raised(rounded_towards(&target.bounds, median)?)?;
        let periods = self.periods(*kpi.frequency.on(day), day);
        let from = periods.after(&periods.period(day)).start;
        Some(Raise { values, median, target: Target { bounds, tolerance: target.tolerance }, from })
    }
}

/// A value as people would write it beside a bound, no stricter than it is.
fn rounded_towards(bounds: &Bounds, value: Number) -> Option<Number> {
    let power = written_to(bounds.only()?).min(two_figures(value));
    let (up, down) = (10_f64.powi(power.max(0)), 10_f64.powi((-power).max(0)));
    // 0.7 x 10 is a little more than 7.
    let steps = rounded(value.get() / up * down);
    let steps = if matches!(bounds, Bounds::AtLeast { .. }) { steps.floor() } else { steps.ceil() };
    Number::new(rounded(steps * up / down)).ok()
}

/// The power of ten to which a number is written: 4,000 to thousands (3), 95 to ones (0), 0.25 to hundredths (-2).
fn written_to(number: Number) -> i32 {
    let text = digits(number.get());
    let places = |count: usize| i32::try_from(count).unwrap_or_default();
    match text.split_once('.') {
        Some((_, fraction)) => -places(fraction.len()),
        None => places(text.len() - text.trim_end_matches('0').len()),
    }
}

/// The power of ten of a number's second figure: 4,380 has it at hundreds (2), 0.083 at thousandths (-3). Nothing finer
/// than nine decimals, to which all is compared.
fn two_figures(number: Number) -> i32 {
    let (mut rest, mut power) = (number.get().abs(), 0);
    while rest >= 100.0 {
        rest /= 10.0;
        power += 1;
    }
    while rest < 10.0 && power > -9 {
        rest *= 10.0;
        power -= 1;
    }
    power
}
