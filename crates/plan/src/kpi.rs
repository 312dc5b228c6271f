//! What a KPI's readings say.

use crate::{
    Aggregation, Bounds, Day, Frequency, Gap, Kpi, Number, Periods, Plan, Scrapped, Span, Target, json::choice,
    number::mean, status::rounded,
};

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
        /// Its value is an old one: the last completed period has none, nor has the running one if that counts already.
        Stale = "stale",
        /// There is no value at all.
        NoData = "no-data",
    }
}

/// One period of a KPI.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodValue {
    /// Its days.
    pub period: Span,
    /// Its value as known on the day asked about, in the KPI's unit; none where there is a gap.
    pub value: Option<Number>,
    /// Why there is no value.
    pub gap: Option<Gap>,
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

/// How far the running period has come towards its target, where values begin at zero with each period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Accrual {
    /// What there is so far, in the KPI's unit.
    pub so_far: Number,
    /// What the period should have in the end.
    pub target: Number,
    /// So far / target.
    pub share: f64,
    /// How many of the period's days have gone, the day asked about included.
    pub gone: i32,
    /// How many days it has.
    pub days: i32,
}

impl Accrual {
    /// The share of the period's time that has gone, the day asked about included.
    #[must_use]
    pub fn elapsed(&self) -> f64 {
        f64::from(self.gone) / f64::from(self.days)
    }
}

/// Everything that can be said of a KPI on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct KpiReport {
    /// The period that its value is of: the latest with a value; of what begins at zero with each period, the latest
    /// such that is completed.
    pub current: Option<PeriodValue>,
    /// What the running period has so far, where values begin at zero with each.
    pub so_far: Option<Number>,
    /// How far that has come, where the target is a single value above zero.
    pub accrual: Option<Accrual>,
    /// The target in force on the day; `current` is judged by that of its own period.
    pub target: Option<Target>,
    /// How it stands.
    pub health: Health,
    /// The change of `current` against the last period before it with a value.
    pub moved: Option<Move>,
    /// The change of `current` against the same period a year before.
    pub year_before: Option<Move>,
    /// All of the year up to the day taken together as one period; none where only the last reading counts.
    pub year_to_date: Option<Number>,
    /// Every period from the first in which there can be a value on, oldest first.
    pub periods: Vec<PeriodValue>,
    /// How long they are, and when years begin.
    pub calendar: Periods,
}

impl Target {
    /// By how much a value misses this target, in the KPI's unit, to nine decimals; 0 where it meets it, and the largest
    /// number where it is more than that.
    #[must_use]
    pub fn miss(&self, value: Number) -> Number {
        Number::new(rounded(self.bounds.miss(value)).min(Number::MAX)).unwrap_or_default()
    }

    /// How a value stands to this target; meeting it exactly is meeting it, and so is missing it by the tolerance a
    /// warning. Both are compared to nine decimals.
    #[must_use]
    pub fn health(&self, value: Number) -> Health {
        let miss = self.miss(value);
        if miss == Number::ZERO {
            Health::Healthy
        } else if miss.get() <= rounded(self.tolerance.get()) {
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
    /// How many completed periods a hit rate looks back, unless told.
    pub const HIT_PERIODS: usize = 12;

    /// Whether the latest completed period with a target met it, and how many in a row did the same up to then,
    /// itself included. A period without a value or a target ends the row; the running period has no say yet.
    #[must_use]
    pub fn streak(&self) -> Option<(bool, usize)> {
        let mut completed = self.periods.iter().rev().filter(|period| period.completed).map(PeriodValue::met);
        let last = completed.next()??;
        Some((last, 1 + completed.take_while(|before| *before == Some(last)).count()))
    }

    /// The hit rate: in how many the target was met, of the last `n` completed periods with value and target; none
    /// where there is none.
    #[must_use]
    pub fn hits(&self, n: usize) -> Option<(usize, usize)> {
        let judged = self.periods.iter().rev().filter(|period| period.completed).filter_map(PeriodValue::met).take(n);
        let (met, of) = judged.fold((0, 0), |(met, of), hit| (met + usize::from(hit), of + 1));
        (of > 0).then_some((met, of))
    }

    /// The mean of each period and the `n` - 1 before it; none where one of them has no value, or is still running and
    /// begins at zero.
    #[must_use]
    pub fn moving_average(&self, n: usize) -> Vec<Option<Number>> {
        let counts = |period: &PeriodValue| period.completed || self.so_far.is_none();
        let values: Vec<_> =
            self.periods.iter().map(|period| period.value.filter(|_| counts(period)).map(Number::get)).collect();
        let mean = |end: usize| {
            let window = values.get((end + 1).checked_sub(n)?..=end)?;
            Number::new(mean(&window.iter().copied().collect::<Option<Vec<_>>>()?)?).ok()
        };
        (0..values.len()).map(mean).collect()
    }
}

impl Kpi {
    /// Whether it is kept: not scrapped.
    #[must_use]
    pub fn is_kept(&self, day: Day) -> bool {
        self.scrapped.on(day).is_none()
    }

    /// Since when a KPI is not kept any more on a day, and why not; none while it is kept.
    #[must_use]
    pub fn scrapped_on(&self, day: Day) -> Option<(Day, &Scrapped)> {
        let scrapped = self.scrapped.on(day).as_ref()?;
        let mut decided = self.scrapped.revisions().filter(|decision| decision.from <= day);
        Some((decided.next_back()?.from, scrapped))
    }
}

impl PeriodValue {
    /// Whether it met its target; none without a value or a target.
    #[must_use]
    pub const fn met(&self) -> Option<bool> {
        match self.health {
            Health::Healthy => Some(true),
            Health::Warning | Health::Unhealthy => Some(false),
            Health::NoTarget | Health::Stale | Health::NoData => None,
        }
    }
}

impl Plan {
    /// A KPI on a day.
    #[must_use]
    pub fn kpi_report(&self, kpi: &Kpi, day: Day) -> KpiReport {
        let calendar = self.periods(*kpi.frequency.on(day), day);
        let periods = self.kpi_periods(kpi, day);
        let accrues = self.accrues(kpi, day);
        let shown = periods.iter().rposition(|period| period.value.is_some() && (period.completed || !accrues));
        let current = shown.map(|index| periods[index].clone());
        let running = periods.last().filter(|period| !period.completed);
        let so_far = running.filter(|_| accrues).and_then(|period| period.value);
        // What counts as missing: the last completed period, unless the running one has a value already.
        let known = running.is_some_and(|period| period.value.is_some()) && !accrues;
        let missing = periods.iter().rev().find(|period| period.completed).is_some_and(|last| last.value.is_none());
        let health = match &current {
            Some(_) if missing && !known => Health::Stale,
            Some(current) => current.health,
            None => Health::NoData,
        };
        let against = |before: Option<Number>| {
            let (index, before) = (shown?, before?);
            let now = periods[index].value?;
            let by = now.get() - before.get();
            Some(Move {
                from: before,
                by,
                share: (before != Number::ZERO).then(|| by / before.get().abs()),
                better: periods[index].target.as_ref().and_then(|target| target.bounds.better(before, now)),
            })
        };
        let moved = against(shown.and_then(|index| periods[..index].iter().rev().find_map(|period| period.value)));
        let year_before = against(current.as_ref().and_then(|current| {
            let then = calendar.a_year_before(&current.period);
            periods.iter().find(|period| period.period == then)?.value
        }));
        let accrual = running.zip(so_far).and_then(|(running, so_far)| running.accrual(so_far, day));
        let (target, year_to_date) = (kpi.target.on(day).clone(), self.year_to_date(kpi, day));
        KpiReport { current, so_far, accrual, target, health, moved, year_before, year_to_date, periods, calendar }
    }

    /// The value on a day: that of the latest period with one; of what begins at zero with each period, of the latest
    /// completed one. The same as in [`Plan::kpi_report`], without the rest.
    #[must_use]
    pub fn kpi_value(&self, kpi: &Kpi, day: Day) -> Option<Number> {
        let accrues = self.accrues(kpi, day);
        let spans = if kpi.is_read(day) {
            // No need to look at all of them.
            let periods = self.periods(*kpi.frequency.on(day), day);
            let mut read = kpi.readings.latest(day).map(|(key, _)| periods.period(key.day));
            vec![read.find(|period| !accrues || period.end < day)?]
        } else {
            self.kpi_spans(kpi, day)
        };
        let values = self.kpi_values(kpi, &spans, day);
        let mut known = spans.iter().zip(values).rev().filter(|(span, _)| !accrues || span.end < day);
        known.find_map(|(_, value)| value.ok())
    }

    /// Every period from the first in which there can be a value to `day`, oldest first; at most the last ten years of
    /// days.
    #[must_use]
    pub fn kpi_periods(&self, kpi: &Kpi, day: Day) -> Vec<PeriodValue> {
        let spans = self.kpi_spans(kpi, day);
        let values = self.kpi_values(kpi, &spans, day);
        spans.into_iter().zip(values).map(|(span, value)| PeriodValue::new(kpi, span, value, day)).collect()
    }

    fn year_to_date(&self, kpi: &Kpi, day: Day) -> Option<Number> {
        let last = kpi.is_read(day) && *kpi.aggregation.on(day) == Aggregation::Last;
        let year = Span { end: day, ..self.periods(Frequency::Yearly, day).period(day) };
        let value = || self.kpi_values(kpi, std::slice::from_ref(&year), day).pop()?.ok();
        if last { None } else { value() }
    }

    /// Whether a reading is due: neither the last completed period nor the running one has one, and it is read at all.
    #[must_use]
    pub fn kpi_is_due(&self, kpi: &Kpi, day: Day) -> bool {
        let periods = self.periods(*kpi.frequency.on(day), day);
        let last = periods.before(&periods.period(day));
        let read = kpi.is_read(day) && kpi.is_kept(day);
        read && kpi.created <= day && kpi.readings.between(last.start, day).next().is_none()
    }
}

impl PeriodValue {
    /// A period with its value, judged by the target in force on its last day, or on `day` while it runs.
    pub(crate) fn new(kpi: &Kpi, period: Span, value: Result<Number, Gap>, day: Day) -> Self {
        let target = kpi.target.on(period.end.min(day)).clone();
        let health = match (&value, &target) {
            (Err(_), _) => Health::NoData,
            (_, None) => Health::NoTarget,
            (Ok(value), Some(target)) => target.health(*value),
        };
        Self { completed: period.end < day, period, value: value.ok(), gap: value.err(), target, health }
    }

    /// How far a running period has come.
    fn accrual(&self, so_far: Number, day: Day) -> Option<Accrual> {
        let target = self.target.as_ref()?.bounds.only().filter(|target| *target > Number::ZERO)?;
        let (gone, days) = (day.days_since(self.period.start) + 1, self.period.days());
        Some(Accrual { so_far, target, share: so_far.get() / target.get(), gone, days })
    }
}
