//! Signal or noise: whether a KPI's value is more than its usual variation.
//!
//! The chart of individual values and moving ranges (XmR): W. A. Shewhart, "Economic Control of Quality of Manufactured
//! Product", 1931; for the numbers that a business looks at, D. J. Wheeler, "Understanding Variation", 1993, whose three
//! rules these are. Nothing is asked of how the values are distributed.
//!
//! Values that rise or fall steadily, or follow the seasons, would make signals of what is expected of them. For these,
//! what is judged is how far each value lies from what is expected of its period by itself, its base: a line through the
//! values of the baseline (by least squares), or the value a year before.

use std::cmp::Ordering;

use crate::{
    Baseline, Baselines, Centre, Change, Day, Edit, Frequency, Invalid, Kpi, KpiEdit, KpiReport, NaturalBounds, Number,
    PeriodValue, Periods, Plan, Span,
    number::{mean, rounded_to},
};

/// How far a measure varies by itself, from its values while nothing about it changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// From the first to the last day of the periods that they are computed from.
    pub baseline: Span,
    /// How many values these periods have.
    pub n: usize,
    /// The mean of the values less their bases, in the KPI's unit: the centre, where the base is zero.
    pub mean: f64,
    /// By how much the base rises from one period to the next; 0 where it is no line.
    pub slope: f64,
    /// How many times two values follow one another, with no gap between them.
    pub ranges: usize,
    /// The mean of these moving ranges: by how much one value differs from the next, whatever the direction.
    pub mean_range: f64,
    /// Mean - [`Limits::FACTOR`] × mean moving range.
    pub lower: f64,
    /// Mean + [`Limits::FACTOR`] × mean moving range.
    pub upper: f64,
    /// The lower limit of a period whose base is zero: `lower`, or the smallest value that there can be.
    pub low: f64,
    /// The upper limit of such a period: `upper`, or the largest value that there can be.
    pub high: f64,
    /// The largest size of a base, which says how exact differences from it are.
    scale: f64,
}

/// The limits of one period, in the KPI's unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Usual {
    /// What is expected of the period by itself: 0 where all vary around their average.
    pub base: f64,
    /// Base + mean.
    pub centre: f64,
    /// Base + lower limit.
    pub lower: f64,
    /// Base + upper limit.
    pub upper: f64,
    /// The lower limit: `lower`, or the smallest value that there can be.
    pub low: f64,
    /// The upper limit: `upper`, or the largest value that there can be.
    pub high: f64,
}

/// Why there are no limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoLimits {
    /// Fewer than [`Limits::FEWEST`] values.
    TooFew {
        /// How many there are.
        values: usize,
    },
    /// No two periods with a value follow one another.
    Apart,
    /// All values are the same: nothing varies.
    Flat,
}

/// Periods whose limits are the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// From the first day of its first period to the last day of its last.
    pub span: Span,
    /// The baseline that somebody chose; none for the first one, which begins by itself.
    pub chosen: Option<Baseline>,
    /// How far its values vary by themselves.
    pub limits: Result<Limits, NoLimits>,
}

/// On which side of the centre a value lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Below it.
    Below,
    /// Above it.
    Above,
}

/// What is to be said of a period's value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// The value, in the KPI's unit.
    pub value: Number,
    /// On which side of the centre; none for one that lies on it.
    pub side: Option<Side>,
    /// Whether it lies outside of the limits; a value on a limit does not.
    pub outside: bool,
    /// How many periods running, up to this one, have their values on this side of the centre.
    pub running: usize,
    /// Whether it is one of [`Limits::RUN`] or more running on one side of the centre.
    pub run: bool,
    /// Whether it is one of three of four periods running whose values are nearer the same limit than the centre.
    pub near: bool,
}

/// A lasting change: a run that goes on up to the last completed period with a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    /// The first period of the run, from which limits may be computed anew.
    pub from: Span,
    /// How many periods it has.
    pub periods: usize,
    /// On which side of the centre they lie.
    pub side: Side,
}

/// The periods of a KPI, told apart into signals and noise.
#[derive(Debug, Clone, PartialEq)]
pub struct Signals {
    /// At least one, unless there are no periods.
    pub stretches: Vec<Stretch>,
    /// For each of the KPI's periods, the place of its stretch.
    pub places: Vec<usize>,
    /// For each of them, its limits; none without limits, and where nothing is known of a year before.
    pub usual: Vec<Option<Usual>>,
    /// What they vary around, where that is not their average.
    pub centre: Option<Centre>,
    /// What is to be said of each; none without a value, without limits, or of a running one that is not to be judged.
    pub periods: Vec<Option<Judged>>,
    /// A lasting change that the limits do not know of.
    pub shift: Option<Shift>,
}

/// How exact a difference from a base is, as a share of the base.
const DUST: f64 = 1e-12;

impl Limits {
    /// Mean moving ranges from the centre to a limit: three standard deviations, as the mean moving range is 1.128
    /// standard deviations of one value (3 / 1.128).
    pub const FACTOR: f64 = 2.66;
    /// The fewest values that limits are computed from.
    pub const FEWEST: usize = 6;
    /// With fewer values than this, limits are provisional.
    pub const FIRM: usize = 10;
    /// The most periods with values that a baseline takes by itself: from then on it is frozen.
    pub const MOST: usize = 20;
    /// So many running on one side of the centre are a signal.
    pub const RUN: usize = 8;
    /// So many of [`Limits::WINDOW`] running, nearer one limit than the centre, are a signal.
    pub const NEAR: usize = 3;
    /// See [`Limits::NEAR`].
    pub const WINDOW: usize = 4;

    /// Whether there are too few values yet to rely on them.
    #[must_use]
    pub const fn provisional(&self) -> bool {
        self.n < Self::FIRM
    }

    /// A limit or a mean as people read it: rounded to a power of ten that is at most a two-hundredth of the distance
    /// between the limits, so that nothing is lost that could be told apart.
    #[must_use]
    pub fn readable(&self, value: f64) -> Number {
        const STEPS: f64 = 200.0;
        Number::new(rounded_to(value, (self.upper - self.lower) / STEPS)).unwrap_or_default()
    }

    /// The limits of all these periods' values around their bases.
    fn of(
        periods: &[PeriodValue],
        bases: &[Option<f64>],
        slope: f64,
        bounds: Option<&NaturalBounds>,
    ) -> Result<Self, NoLimits> {
        let values: Vec<Option<f64>> =
            periods.iter().zip(bases).map(|(it, base)| Some(value(it)? - (*base)?)).collect();
        let known: Vec<f64> = values.iter().flatten().copied().collect();
        let n = known.len();
        let (Some(first), Some(last)) = (periods.first(), periods.last()) else {
            return Err(NoLimits::TooFew { values: n });
        };
        if n < Self::FEWEST {
            return Err(NoLimits::TooFew { values: n });
        }
        let scale = bases.iter().flatten().fold(0.0, |most: f64, base| most.max(base.abs()));
        let both = |pair: &[Option<f64>]| Some((pair[1]? - pair[0]?).abs());
        let ranges: Vec<f64> = values.windows(2).filter_map(both).collect();
        let mean_range = mean(&ranges).ok_or(NoLimits::Apart)?;
        // Differences from a base are exact but for its last bits.
        let mean = mean(&known).filter(|_| mean_range > DUST * scale).ok_or(NoLimits::Flat)?;
        let (lower, upper) = (mean - Self::FACTOR * mean_range, mean + Self::FACTOR * mean_range);
        let baseline = Span { start: first.period.start, end: last.period.end };
        let ranges = ranges.len();
        let unbounded =
            Self { baseline, n, mean, slope, ranges, mean_range, lower, upper, low: lower, high: upper, scale };
        let Usual { low, high, .. } = unbounded.around(0.0, bounds);
        Ok(Self { low, high, ..unbounded })
    }

    /// Those of a period with this base.
    fn around(&self, base: f64, bounds: Option<&NaturalBounds>) -> Usual {
        let [centre, lower, upper] = [self.mean, self.lower, self.upper].map(|limit| base + limit);
        // A bound that the centre itself lies beyond says nothing about these values.
        let bound = |pick: fn(&NaturalBounds) -> Option<Number>| bounds.and_then(pick).map(Number::get);
        let low = bound(|it| it.low).filter(|bound| *bound <= centre).map_or(lower, |bound| lower.max(bound));
        let high = bound(|it| it.high).filter(|bound| *bound >= centre).map_or(upper, |bound| upper.min(bound));
        Usual { base, centre, lower, upper, low, high }
    }

    /// Whether `a` is above `b`, and not only because of the last bits of a mean.
    fn above(&self, a: f64, b: f64) -> bool {
        const BITS: f64 = 1e-13;
        a - b > (BITS * self.lower.abs().max(self.upper.abs())).max(DUST * self.scale)
    }

    fn side(&self, value: f64) -> Option<Side> {
        match (self.above(value, self.mean), self.above(self.mean, value)) {
            (true, _) => Some(Side::Above),
            (_, true) => Some(Side::Below),
            _ => None,
        }
    }

    /// On which side a value lies nearer the limit than the centre. A natural bound does not count here: it says what
    /// cannot be, not how much is usual, and would make a signal of every value near to it.
    fn near(&self, value: f64) -> Option<Side> {
        let half = (self.upper - self.mean) / 2.0;
        match (self.above(value, self.mean + half), self.above(self.mean - half, value)) {
            (true, _) => Some(Side::Above),
            (_, true) => Some(Side::Below),
            _ => None,
        }
    }
}

impl Judged {
    /// Whether it is a signal; noise otherwise.
    #[must_use]
    pub const fn is_signal(&self) -> bool {
        self.outside || self.run || self.near
    }
}

impl Signals {
    /// Tells signals from noise. A baseline that somebody chose begins a new stretch with the period of its first day;
    /// before the first of them, a stretch begins by itself. Each stretch has the limits of its own baseline: the
    /// chosen periods, or as many as it takes up to [`Limits::MOST`] values. Only completed periods make limits; with
    /// `running`, the running one is judged by them too.
    #[must_use]
    pub fn of(periods: &[PeriodValue], baselines: &Baselines, bounds: Option<&NaturalBounds>, running: bool) -> Self {
        Self::around(None, Frequency::Monthly.calendar(), periods, baselines, bounds, running)
    }

    /// The same of values that vary around what is expected of each period. A period of `calendar` that has no value a
    /// year before is not judged where that is the centre.
    #[must_use]
    pub fn around(
        centre: Option<Centre>,
        calendar: Periods,
        periods: &[PeriodValue],
        baselines: &Baselines,
        bounds: Option<&NaturalBounds>,
        running: bool,
    ) -> Self {
        // The first one stands for what comes before all that were chosen. Where two begin with one period, the first of
        // them is empty.
        let place = |chosen: &Baseline| periods.iter().position(|it| it.period.end >= chosen.from);
        let chosen = baselines.iter().filter_map(|it| Some((place(it)?, Some(it.clone()))));
        let begins: Vec<_> = [(0, None)].into_iter().chain(chosen).collect();
        let mut signals = Self {
            stretches: Vec::new(),
            places: Vec::new(),
            usual: Vec::new(),
            centre,
            periods: Vec::new(),
            shift: None,
        };
        let a_year_before = |period: &PeriodValue| {
            let before = calendar.a_year_before(&period.period).start;
            let place = periods.binary_search_by(|it| it.period.start.cmp(&before)).ok()?;
            value(&periods[place])
        };
        let known: Vec<_> = match centre {
            Some(Centre::YearAgo) => periods.iter().map(a_year_before).collect(),
            _ => vec![Some(0.0); periods.len()],
        };
        let ends = begins.iter().skip(1).map(|(at, _)| *at).chain([periods.len()]).collect::<Vec<_>>();
        for ((begin, chosen), end) in begins.into_iter().zip(ends) {
            signals.stretch(&periods[begin..end], known[begin..end].to_vec(), chosen, bounds, running);
        }
        signals
    }

    /// The latest period that can be judged, by its place.
    #[must_use]
    pub fn newest(&self) -> Option<(usize, &Judged)> {
        let newest = self.periods.iter().enumerate().rev();
        newest.filter_map(|(place, judged)| Some((place, judged.as_ref()?))).next()
    }

    /// What the limits of a period are computed from.
    #[must_use]
    pub fn limits(&self, place: usize) -> Option<&Limits> {
        self.stretches.get(*self.places.get(place)?)?.limits.as_ref().ok()
    }

    /// The limits of a period.
    #[must_use]
    pub fn usual(&self, place: usize) -> Option<&Usual> {
        self.usual.get(place)?.as_ref()
    }

    fn stretch(
        &mut self,
        periods: &[PeriodValue],
        mut bases: Vec<Option<f64>>,
        chosen: Option<Baseline>,
        bounds: Option<&NaturalBounds>,
        running: bool,
    ) {
        let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return };
        let completed = periods.iter().take_while(|period| period.completed).count();
        let baseline = baseline(&periods[..completed], &bases, chosen.as_ref());
        let mut slope = 0.0;
        if self.centre == Some(Centre::Trend) {
            let (middle, found) = line(baseline);
            slope = found;
            bases = (0..periods.len()).map(|place| Some(slope * (as_float(place) - middle))).collect();
        }
        let limits = Limits::of(baseline, &bases[..baseline.len()], slope, bounds);
        let judged = if running { periods.len() } else { completed };
        let usual = |base: &Option<f64>| Some(limits.as_ref().ok()?.around((*base)?, bounds));
        let usual: Vec<Option<Usual>> = bases.iter().map(usual).collect();
        let mut found =
            limits.as_ref().map(|limits| judge(&periods[..judged], &usual[..judged], limits)).unwrap_or_default();
        self.usual.extend(usual);
        found.resize(periods.len(), None);
        // The running period has no say in what lasts.
        self.shift = shift(&periods[..completed], &found[..completed]);
        self.periods.extend(found);
        self.places.resize(self.periods.len(), self.stretches.len());
        let span = Span { start: first.period.start, end: last.period.end };
        self.stretches.push(Stretch { span, chosen, limits });
    }
}

/// Why limits cannot begin anew on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoNewLimits {
    /// It is still to come.
    #[error("the day is still to come")]
    Later,
    /// Nothing was read up to then.
    #[error("there are no values yet on that day")]
    Before,
    /// The baseline breaks a rule of its own.
    #[error(transparent)]
    Invalid(#[from] Invalid),
}

impl Plan {
    /// The change by which limits begin anew with a baseline, in place of one that was chosen for the same day.
    ///
    /// # Errors
    /// [`NoNewLimits`] where the baseline begins after `day` or before the first value, ends before it begins, or is one
    /// too many.
    pub fn limits_anew(&self, kpi: &Kpi, baseline: Baseline, day: Day) -> Result<Change, NoNewLimits> {
        if baseline.from > day {
            return Err(NoNewLimits::Later);
        }
        if self.kpi_spans(kpi, day).first().is_none_or(|first| baseline.from < first.start) {
            return Err(NoNewLimits::Before);
        }
        let others = kpi.baselines.iter().filter(|it| it.from != baseline.from).cloned();
        Ok(baselines_set(kpi, Baselines::new(others.chain([baseline.clone()]))?))
    }

    /// The change that takes back a baseline that was chosen.
    #[must_use]
    pub fn limits_as_before(&self, kpi: &Kpi, baseline: &Baseline) -> Change {
        let others = kpi.baselines.iter().filter(|it| *it != baseline).cloned();
        // Fewer of them break no rule.
        baselines_set(kpi, Baselines::new(others).unwrap_or_default())
    }

    /// Tells a KPI's signals from noise. The running period is judged only where its value is a single reading, as
    /// that of every other period is: where the last one counts, in the KPI or in all that it is made of. A sum, mean
    /// or extreme of half a period varies otherwise than that of a whole one.
    #[must_use]
    pub fn signals(&self, kpi: &Kpi, report: &KpiReport, day: Day) -> Signals {
        let running = !self.is_known_at_end(kpi, day);
        Signals::around(
            *kpi.centre,
            report.calendar,
            &report.periods,
            &kpi.baselines,
            kpi.natural_bounds.as_ref(),
            running,
        )
    }
}

fn baselines_set(kpi: &Kpi, baselines: Baselines) -> Change {
    Change::Edit { edit: Edit::of(kpi.id, KpiEdit::baselines(baselines)), from: None }
}

/// The completed periods of a stretch that its limits are computed from.
fn baseline<'a>(completed: &'a [PeriodValue], bases: &[Option<f64>], chosen: Option<&Baseline>) -> &'a [PeriodValue] {
    let until = chosen.and_then(|chosen| chosen.to);
    let length = match until {
        Some(to) => completed.iter().take_while(|period| period.period.start <= to).count(),
        None => {
            let compared = completed.iter().zip(bases).enumerate();
            let mut with_value = compared.filter(|(_, (period, base))| period.value.is_some() && base.is_some());
            with_value.nth(Limits::MOST - 1).map_or(completed.len(), |(place, _)| place + 1)
        }
    };
    &completed[..length]
}

/// The line through the values of a baseline by least squares: the middle of their places, and by how much it rises from
/// one period to the next.
fn line(baseline: &[PeriodValue]) -> (f64, f64) {
    let points = || baseline.iter().enumerate().filter_map(|(place, period)| Some((as_float(place), value(period)?)));
    let of = |pick: fn((f64, f64)) -> f64| mean(&points().map(pick).collect::<Vec<_>>()).unwrap_or_default();
    let (x, y) = (of(|point| point.0), of(|point| point.1));
    let (both, squares) = points().fold((0.0, 0.0), |(both, squares), (at, value)| {
        (both + (at - x) * (value - y), squares + (at - x) * (at - x))
    });
    (x, if squares > 0.0 { both / squares } else { 0.0 })
}

#[expect(clippy::cast_precision_loss, reason = "at most a few thousand periods")]
const fn as_float(place: usize) -> f64 {
    place as f64
}

/// What is to be said of the periods of one stretch.
fn judge(periods: &[PeriodValue], usual: &[Option<Usual>], limits: &Limits) -> Vec<Option<Judged>> {
    let mut before: Option<(Side, usize)> = None;
    let one = |(period, usual): (&PeriodValue, &Option<Usual>)| {
        let (value, usual) = (period.value?, usual.as_ref()?);
        let side = limits.side(value.get() - usual.base);
        let outside = limits.above(value.get(), usual.high) || limits.above(usual.low, value.get());
        Some(Judged { value, side, outside, running: 0, run: false, near: false })
    };
    let mut found: Vec<_> = periods.iter().zip(usual).map(one).collect();
    for place in 0..found.len() {
        // A gap ends a run, and so does a value on the centre.
        let side = found[place].and_then(|judged| judged.side);
        let running = side.map(|side| (side, 1 + before.filter(|it| it.0 == side).map_or(0, |it| it.1)));
        before = running;
        let Some((_, running)) = running else { continue };
        // With the eighth, all of them are.
        let new = match running.cmp(&Limits::RUN) {
            Ordering::Less => 0,
            Ordering::Equal => Limits::RUN,
            Ordering::Greater => 1,
        };
        found[place].iter_mut().for_each(|judged| judged.running = running);
        found[place + 1 - new..=place].iter_mut().flatten().for_each(|judged| judged.run = true);
    }
    for side in [Side::Below, Side::Above] {
        let is_near = |(period, usual): (&PeriodValue, &Option<Usual>)| {
            limits.near(value(period)? - usual.as_ref()?.base).filter(|near| *near == side)
        };
        let near: Vec<bool> = periods.iter().zip(usual).map(|pair| is_near(pair).is_some()).collect();
        // Three are enough whatever the fourth says: it may be missing, or still to come.
        for end in 1..=near.len() {
            let window = end.saturating_sub(Limits::WINDOW)..end;
            if near[window.clone()].iter().filter(|near| **near).count() >= Limits::NEAR {
                let those = window.filter(|place| near[*place]);
                those.for_each(|place| found[place].iter_mut().for_each(|judged| judged.near = true));
            }
        }
    }
    found
}

/// The run that goes on at the end. No stretch begins with it: the mean lies among the values of its baseline.
fn shift(completed: &[PeriodValue], judged: &[Option<Judged>]) -> Option<Shift> {
    let last = completed.iter().rposition(|period| period.value.is_some())?;
    let Judged { running: periods, side, .. } = judged[last].filter(|judged| judged.running >= Limits::RUN)?;
    let first = completed.get((last + 1).checked_sub(periods)?)?;
    Some(Shift { from: first.period.clone(), periods, side: side? })
}

fn value(period: &PeriodValue) -> Option<f64> {
    period.value.map(Number::get)
}
