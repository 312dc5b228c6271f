//! What a KPI's readings say.

use crate::{
    Bounds, Day, Frequency, Gap, Kpi, Number, Periods, Plan, Scrapped, Span, Target, Unit, json::choice, number::mean,
    status::rounded,
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
        /// There is a target, but only what a running period has so far to compare with it.
        Pending = "pending",
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
    /// How that value stands. What there is only so far is pending, unless it misses the target already and cannot come
    /// back to it.
    pub health: Health,
    /// Whether the period is over.
    pub completed: bool,
    /// Whether the value is only what the running period has so far; see [`Plan::is_known_at_end`].
    pub so_far: bool,
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

/// How a change is told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    /// As a difference between two values in per cent: in points.
    Points(Number),
    /// As a share of the value before.
    Share(f64),
    /// As a difference in the KPI's unit.
    Difference(Number),
}

/// How far the running period has come towards its target, or towards its limit, where values fill up over the period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Accrual {
    /// What there is so far, in the KPI's unit.
    pub so_far: Number,
    /// What the period should have in the end, or should not go beyond.
    pub target: Number,
    /// Whether the target is a limit: then to be ahead of the time is no lead.
    pub limit: bool,
    /// So far / target.
    pub share: f64,
    /// How many of the period's days have gone; see [`Span::days_gone`].
    pub gone: i32,
    /// Of how many.
    pub days: i32,
}

impl Accrual {
    /// The share of the period's time that has gone; none in a period of a single day.
    #[must_use]
    pub fn elapsed(&self) -> Option<f64> {
        (self.days > 0).then(|| f64::from(self.gone) / f64::from(self.days))
    }

    /// Whether more of a limit is used up than of the time.
    #[must_use]
    pub fn is_too_fast(&self) -> bool {
        self.limit && self.elapsed().is_some_and(|elapsed| rounded(self.share) > rounded(elapsed))
    }
}

/// In how many periods the target was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HitRate {
    /// In how many it was.
    pub met: usize,
    /// How many of the periods have a value, and a target to judge it by.
    pub judged: usize,
    /// How many periods there are.
    pub periods: usize,
    /// Whether each of them that has a value has a target.
    pub all_have_targets: bool,
    /// Whether the running one is among them, since it misses its target already and cannot come back to it.
    pub with_running: bool,
}

/// Everything that can be said of a KPI on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct KpiReport {
    /// The period that its value is of: the latest with a value; the latest such that is completed where what a running
    /// one has is only so far.
    pub current: Option<PeriodValue>,
    /// What the running period has so far, where that is not its value yet.
    pub so_far: Option<Number>,
    /// How far that has come, where values fill up and the target is a single value above zero.
    pub accrual: Option<Accrual>,
    /// The target in force on the day; `current` is judged by that of its own period.
    pub target: Option<Target>,
    /// How it stands: how the period that is [judged](KpiReport::judged) does.
    pub health: Health,
    /// Whether that period is an old one: the one after it ended more than half its length ago, without a value.
    pub stale: bool,
    /// The change of `current` against the last period before it with a value.
    pub moved: Option<Move>,
    /// The change of `current` against the same period a year before; none of years.
    pub year_before: Option<Move>,
    /// All of the year up to the day taken together as one period; none where only the last reading counts, where a
    /// value says nothing about a longer period, and of years.
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

impl HitRate {
    /// The rate itself.
    #[must_use]
    pub fn share(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "as many as there are periods")]
        let share = self.met as f64 / self.judged as f64;
        share
    }
}

impl Move {
    /// How it is told: in points where values are in per cent; as a share of the value before where there is one that
    /// does not show as zero, and a unit; as a difference otherwise. None where nothing changed.
    #[must_use]
    pub fn figure(&self, unit: &Unit) -> Option<Figure> {
        /// A share that shows as 0 % says less than the numbers.
        const SMALLEST: f64 = 0.005;
        let by = Number::new(self.by).ok().filter(|by| *by != Number::ZERO)?;
        Some(match self.share {
            _ if unit.is_percent() => Figure::Points(by),
            Some(share) if !unit.as_str().is_empty() && share.abs() >= SMALLEST => Figure::Share(share),
            _ => Figure::Difference(by),
        })
    }
}

impl KpiReport {
    /// How many periods a hit rate looks back, unless told.
    pub const HIT_PERIODS: usize = 12;

    /// The running period, where what it has so far misses its target already, and cannot come back to it.
    #[must_use]
    pub fn missed_early(&self) -> Option<&PeriodValue> {
        self.periods.last().filter(|period| period.so_far && period.met() == Some(false))
    }

    /// The period by which the KPI is judged, and whose value is shown: the running one where that is decided early,
    /// or else that of the value.
    #[must_use]
    pub fn judged(&self) -> Option<&PeriodValue> {
        self.missed_early().or(self.current.as_ref())
    }

    /// Whether the period that is judged met its target, and how many in a row did the same up to it, itself included.
    /// A period without a value or a target ends the row. None while the value is stale.
    #[must_use]
    pub fn streak(&self) -> Option<(bool, usize)> {
        let judged = self.judged().filter(|_| !self.stale)?;
        let up_to = self.periods.iter().rev().skip_while(|period| period.period != judged.period);
        let mut met = up_to.map(PeriodValue::met);
        let last = met.next()??;
        Some((last, 1 + met.take_while(|before| *before == Some(last)).count()))
    }

    /// The hit rate: in how many of the last `n` periods that are decided the target was met. Decided is what is
    /// completed, and a running period that missed early. None where no period has both value and target.
    #[must_use]
    pub fn hits(&self, n: usize) -> Option<HitRate> {
        let with_running = self.missed_early().is_some();
        let decided = |period: &&PeriodValue| period.completed || with_running && period.so_far;
        let last: Vec<_> = self.periods.iter().rev().filter(decided).take(n).collect();
        let judged = last.iter().filter_map(|period| period.met());
        let (met, judged) = judged.fold((0, 0), |(met, judged), hit| (met + usize::from(hit), judged + 1));
        let all_have_targets = !last.iter().any(|period| period.health == Health::NoTarget);
        (judged > 0).then_some(HitRate { met, judged, periods: last.len(), all_have_targets, with_running })
    }

    /// The mean of each period and the `n` - 1 before it; none where one of them has no value, or only one so far.
    #[must_use]
    pub fn moving_average(&self, n: usize) -> Vec<Option<Number>> {
        let value = |period: &PeriodValue| period.value.filter(|_| !period.so_far).map(Number::get);
        let values: Vec<_> = self.periods.iter().map(value).collect();
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
            Health::NoTarget | Health::Pending | Health::NoData => None,
        }
    }
}

impl Plan {
    /// A KPI on a day.
    #[must_use]
    pub fn kpi_report(&self, kpi: &Kpi, day: Day) -> KpiReport {
        let calendar = self.periods(*kpi.frequency.on(day), day);
        let periods = self.kpi_periods(kpi, day);
        let shown = periods.iter().rposition(|period| period.value.is_some() && !period.so_far);
        let current = shown.map(|index| periods[index].clone());
        let running = periods.last().filter(|period| period.so_far);
        let so_far = running.and_then(|period| period.value);
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
            // Of years, it is the period before.
            let other = calendar.frequency != Frequency::Yearly;
            periods.iter().find(|period| other && period.period == then)?.value
        }));
        let filling = running.filter(|_| self.accrues(kpi, day));
        let accrual = filling.and_then(|running| running.accrual(day));
        let (target, year_to_date) = (kpi.target.on(day).clone(), self.year_to_date(kpi, calendar, day));
        let mut report = KpiReport {
            current,
            so_far,
            accrual,
            target,
            health: Health::NoData,
            stale: false,
            moved,
            year_before,
            year_to_date,
            periods,
            calendar,
        };
        // While there is no more than the first period has so far, that stands for all.
        let judged = report.judged().or(report.periods.last());
        (report.health, report.stale) = judged.map_or((Health::NoData, false), |judged| {
            let next = calendar.after(&judged.period);
            let late = 2 * day.days_since(next.end) > next.days();
            (judged.health, judged.value.is_some() && late)
        });
        report
    }

    /// The value on a day: that of the latest period with one; of the latest completed one where what a running period
    /// has is only so far. The same as in [`Plan::kpi_report`], without the rest.
    #[must_use]
    pub fn kpi_value(&self, kpi: &Kpi, day: Day) -> Option<Number> {
        let at_end = self.is_known_at_end(kpi, day);
        let spans = if kpi.is_read(day) {
            // No need to look at all of them.
            let periods = self.periods(*kpi.frequency.on(day), day);
            let mut read = kpi.readings.latest(day).map(|(key, _)| periods.period(key.day));
            vec![read.find(|period| !at_end || period.end < day)?]
        } else {
            self.kpi_spans(kpi, day)
        };
        let values = self.kpi_values(kpi, &spans, day);
        let mut known = spans.iter().zip(values).rev().filter(|(span, _)| !at_end || span.end < day);
        known.find_map(|(_, value)| value.ok())
    }

    /// Every period from the first in which there can be a value to `day`, oldest first; at most the last ten years of
    /// days.
    #[must_use]
    pub fn kpi_periods(&self, kpi: &Kpi, day: Day) -> Vec<PeriodValue> {
        let spans = self.kpi_spans(kpi, day);
        let values = self.kpi_values(kpi, &spans, day);
        spans.into_iter().zip(values).map(|(span, value)| self.period_value(kpi, span, value, day)).collect()
    }

    fn year_to_date(&self, kpi: &Kpi, calendar: Periods, day: Day) -> Option<Number> {
        let longer = calendar.frequency != Frequency::Yearly && self.growth(kpi, day).is_some();
        let year = Span { end: day, ..self.periods(Frequency::Yearly, day).period(day) };
        let value = || self.kpi_values(kpi, std::slice::from_ref(&year), day).pop()?.ok();
        if longer && self.is_known_at_end(kpi, day) { value() } else { None }
    }

    /// A period with its value, judged by the target in force on its last day, or on `day` while it runs.
    pub(crate) fn period_value(&self, kpi: &Kpi, period: Span, value: Result<Number, Gap>, day: Day) -> PeriodValue {
        let target = kpi.target.on(period.end.min(day)).clone();
        let completed = period.end < day;
        let so_far = !completed && value.is_ok() && self.is_known_at_end(kpi, day);
        let health = match (&value, &target) {
            (Err(_), _) => Health::NoData,
            (_, None) => Health::NoTarget,
            (Ok(value), Some(target)) => match target.health(*value) {
                Health::Warning | Health::Unhealthy
                    if so_far && !self.cannot_come_back(kpi, *value, &target.bounds, day) =>
                {
                    Health::Pending
                }
                Health::Healthy if so_far => Health::Pending,
                health => health,
            },
        };
        PeriodValue { period, value: value.ok(), gap: value.err(), target, health, completed, so_far }
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
    /// How far a running period has come.
    fn accrual(&self, day: Day) -> Option<Accrual> {
        let bounds = &self.target.as_ref()?.bounds;
        let (so_far, target) = (self.value?, bounds.only().filter(|target| *target > Number::ZERO)?);
        let (gone, days) = self.period.days_gone(day);
        let limit = matches!(bounds, Bounds::AtMost { .. });
        Some(Accrual { so_far, target, limit, share: so_far.get() / target.get(), gone, days })
    }
}
