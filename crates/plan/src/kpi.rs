//! What a KPI's readings say.

use crate::{Aggregation, Bounds, Day, Frequency, Kpi, Number, Span, Target, json::choice, status::rounded};

choice! {
    /// How a KPI's value stands to its target.
    Health {
        /// It meets the target.
        Healthy = "healthy",
        /// It misses by no more than the tolerance.
        Warning = "warning",
        /// It misses.
        Unhealthy = "unhealthy",
        /// There is no target to meet.
        NoTarget = "no-target",
        /// The last completed period has no reading, and (except for sums) the running one has none yet.
        NoData = "no-data",
    }
}

/// One period of a KPI.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodValue {
    /// Its days.
    pub period: Span,
    /// Its readings (up to the day asked about) as one value, in the KPI's unit; none where there are none.
    pub value: Option<Number>,
    /// The target in force on its last day, or on the day asked about while it runs.
    pub target: Option<Target>,
    /// How that value stands.
    pub health: Health,
    /// Whether the period is over.
    pub completed: bool,
}

/// The difference between a period and the last one before it with a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Move {
    /// The value before.
    pub from: Number,
    /// By how much it changed, in the KPI's unit.
    pub by: f64,
    /// The same as a share of the value before, whatever its sign (0.25 is up by a quarter); none where that is zero.
    pub share: Option<f64>,
    /// Whether this is the direction that the target asks for (nearer to a range); none without a target, or where
    /// nothing changed.
    pub better: Option<bool>,
}

/// Everything that can be said of a KPI on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct KpiReport {
    /// The period that its value is of: the latest with a reading; for sums the latest such that is completed.
    pub current: Option<PeriodValue>,
    /// For sums: what the running period has so far.
    pub so_far: Option<Number>,
    /// The target in force on the day; `current` is judged by that of its own period.
    pub target: Option<Target>,
    /// How it stands.
    pub health: Health,
    /// The change of `current` against the last period before it with a value.
    pub moved: Option<Move>,
    /// The hit rate: in how many the target was met, of the last completed periods (at most 12) with value and target.
    pub hits: Option<(usize, usize)>,
    /// Every period from the first reading on, oldest first.
    pub periods: Vec<PeriodValue>,
}

/// How many completed periods a hit rate looks back.
const HIT_PERIODS: usize = 12;
/// The most periods that are looked at: ten years of days.
const MAX_PERIODS: usize = 3_660;

impl Target {
    /// How a value stands to this target; meeting it exactly is meeting it, and so is missing it by the tolerance a
    /// warning. Both are compared to nine decimals.
    #[must_use]
    pub fn health(&self, value: Number) -> Health {
        let miss = rounded(self.bounds.miss(value));
        if miss <= 0.0 {
            Health::Healthy
        } else if miss <= rounded(self.tolerance.get()) {
            Health::Warning
        } else {
            Health::Unhealthy
        }
    }
}

impl Bounds {
    /// Whether going from `before` to `now` is what the bounds ask for; none where nothing changed.
    #[must_use]
    pub fn better(&self, before: Number, now: Number) -> Option<bool> {
        let nearer = match self {
            Self::AtLeast { .. } => now > before,
            Self::AtMost { .. } => now < before,
            Self::Between { .. } => {
                let (before, now) = (rounded(self.miss(before)), rounded(self.miss(now)));
                return (now != before).then_some(now < before);
            }
        };
        (now != before).then_some(nearer)
    }
}

impl KpiReport {
    /// Whether the latest completed period with a target met it, and how many in a row did the same up to then,
    /// itself included. A period without a value or a target ends the row; the running period has no say yet.
    #[must_use]
    pub fn streak(&self) -> Option<(bool, usize)> {
        let met = |period: &PeriodValue| match period.health {
            Health::Healthy => Some(true),
            Health::Warning | Health::Unhealthy => Some(false),
            Health::NoTarget | Health::NoData => None,
        };
        let mut completed = self.periods.iter().rev().filter(|period| period.completed).map(met);
        let last = completed.next()??;
        Some((last, 1 + completed.take_while(|before| *before == Some(last)).count()))
    }
}

impl Kpi {
    /// The KPI on a day.
    #[must_use]
    pub fn report(&self, day: Day) -> KpiReport {
        let periods = self.periods(day);
        let sums = *self.aggregation.on(day) == Aggregation::Sum;
        let shown = periods.iter().rposition(|period| period.value.is_some() && (period.completed || !sums));
        let current = shown.map(|index| periods[index].clone());
        let running = periods.last().filter(|period| !period.completed);
        let so_far = running.filter(|_| sums).and_then(|period| period.value);
        // What counts as missing: the last completed period, unless the running one has been read already.
        let read = running.is_some_and(|period| period.value.is_some()) && !sums;
        let missing = periods.iter().rev().find(|period| period.completed).is_some_and(|last| last.value.is_none());
        let health = match &current {
            Some(_) if missing && !read => Health::NoData,
            Some(current) => current.health,
            None => Health::NoData,
        };
        let moved = shown.and_then(|index| {
            let before = periods[..index].iter().rev().find_map(|period| period.value)?;
            let now = periods[index].value?;
            let by = now.get() - before.get();
            Some(Move {
                from: before,
                by,
                share: (before != Number::ZERO).then(|| by / before.get().abs()),
                better: periods[index].target.as_ref().and_then(|target| target.bounds.better(before, now)),
            })
        });
        let judged = periods.iter().rev().filter(|period| period.completed && period.value.is_some());
        let judged: Vec<_> = judged.filter(|period| period.target.is_some()).take(HIT_PERIODS).collect();
        let met = judged.iter().filter(|period| period.health == Health::Healthy).count();
        let hits = (!judged.is_empty()).then_some((met, judged.len()));
        KpiReport { current, so_far, target: self.target.on(day).clone(), health, moved, hits, periods }
    }

    /// The value on a day: that of the latest period with a reading; of sums, of the latest completed one. The same as
    /// in [`Kpi::report`], without the rest.
    #[must_use]
    pub fn value_on(&self, day: Day) -> Option<Number> {
        let (frequency, how) = (*self.frequency.on(day), *self.aggregation.on(day));
        let completed = |period: &Span| how != Aggregation::Sum || period.end < day;
        let mut latest = self.readings.latest(day).map(|(key, _)| frequency.period(key.day));
        let period = latest.find(completed)?;
        self.period_value(period, how, day).value
    }

    /// Every period from the first reading to `day`, oldest first; at most the last ten years of days.
    #[must_use]
    pub fn periods(&self, day: Day) -> Vec<PeriodValue> {
        let (frequency, how) = (*self.frequency.on(day), *self.aggregation.on(day));
        let first = self.readings.iter().next().filter(|(first, _)| first.day <= day);
        let Some((first, _)) = first else { return Vec::new() };
        let mut period = frequency.period(day);
        let mut periods = Vec::new();
        while period.end >= first.day && periods.len() < MAX_PERIODS {
            periods.push(self.period_value(period.clone(), how, day));
            if period.start <= first.day {
                break;
            }
            period = frequency.before(&period);
        }
        periods.reverse();
        periods
    }

    fn period_value(&self, period: Span, how: Aggregation, day: Day) -> PeriodValue {
        let readings = self.readings.between(period.start, period.end.min(day)).map(|(_, reading)| reading.value.get());
        let value = how.of(readings).and_then(|value| Number::new(value).ok());
        let target = self.target.on(period.end.min(day)).clone();
        let health = match (value, &target) {
            (None, _) => Health::NoData,
            (_, None) => Health::NoTarget,
            (Some(value), Some(target)) => target.health(value),
        };
        PeriodValue { completed: period.end < day, period, value, target, health }
    }

    /// Whether a reading is due: neither the last completed period nor the running one has one.
    #[must_use]
    pub fn is_due(&self, day: Day) -> bool {
        let frequency: Frequency = *self.frequency.on(day);
        let running = frequency.period(day);
        let last = frequency.before(&running);
        self.created <= day && self.readings.between(last.start, day).next().is_none()
    }
}

impl Aggregation {
    fn of(self, values: impl Iterator<Item = f64>) -> Option<f64> {
        let values: Vec<f64> = values.collect();
        let last = *values.last()?;
        let sum: f64 = values.iter().sum();
        #[expect(clippy::cast_precision_loss, reason = "at most 100,000 readings")]
        Some(match self {
            Self::Last => last,
            Self::Sum => sum,
            Self::Mean => sum / values.len() as f64,
            Self::Min => values.iter().copied().fold(last, f64::min),
            Self::Max => values.iter().copied().fold(last, f64::max),
        })
    }
}
