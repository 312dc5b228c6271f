//! The points of a key result: what its chart, its table, its pace and its forecast go by.

use crate::{Day, KeyResult, Kpi, Measure, NaturalBounds, Number, Plan, Span, Unit};

/// A value of a key result, and the day that it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyResultPoint {
    /// The day: of a check-in or a reading its own, of a period the last one.
    pub day: Day,
    /// The value, in the key result's unit.
    pub value: Number,
    /// Where the value comes from.
    pub source: PointSource,
}

/// Where the value of a point comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PointSource {
    /// The value on the first day of a metric that has no other point up to that day.
    Start,
    /// The last check-in of a day with a value.
    CheckIn,
    /// The last reading of a period of the KPI that feeds it, where the last reading is the value of the period.
    Reading,
    /// A completed period of the KPI that feeds it, where the value takes all of the period.
    Period(Span),
}

impl KeyResultPoint {
    /// Whether somebody measured it: all but the start.
    #[must_use]
    pub fn is_measured(&self) -> bool {
        self.source != PointSource::Start
    }
}

impl Unit {
    /// Whether values of this unit count things that come one by one: all of them are whole, and neither per cent nor
    /// money.
    #[must_use]
    pub fn counts(&self, values: impl IntoIterator<Item = f64>) -> bool {
        let divisible = self.is_percent() || self.currency().is_some();
        !divisible && values.into_iter().all(|value| value.fract() == 0.0)
    }
}

impl Plan {
    /// The points of a key result up to a day, oldest first, at most one a day.
    ///
    /// Of check-ins, the last one of each day with a value. Of one that a KPI feeds, one point for each period of the KPI
    /// from the key result's first day on. Where the last reading is the value of a period, the point is of the day of
    /// that reading, also in the running period. Where the value takes all of the period (a sum, a mean, the smallest,
    /// the largest, a formula over such), the point is of the last day of the period, and a running period has none: what
    /// it has so far is no value to compare with.
    ///
    /// The point of the start comes first where a metric has begun and has no point up to its first day.
    #[must_use]
    pub fn points_of(&self, key_result: &KeyResult, day: Day) -> Vec<KeyResultPoint> {
        let start = self.key_result_span(key_result, day).map(|span| span.start);
        let fed_by = self.feeding(key_result, day);
        let mut points = match fed_by {
            None => checked_in(key_result, day),
            Some(kpi) => self.fed_points(kpi, start, day),
        };
        if let (Measure::Metric { start: value, .. }, Some(start)) = (key_result.measure.on(day), start)
            && start <= day
            && points.first().is_none_or(|first| first.day > start)
        {
            let known = fed_by.and_then(|kpi| self.kpi_value(kpi, start));
            let start = KeyResultPoint { day: start, value: known.unwrap_or(*value), source: PointSource::Start };
            points.insert(0, start);
        }
        points
    }

    /// Whether the values of a key result count things that come one by one: its start or bounds, its target and all of
    /// its points are whole, and neither per cent nor money.
    #[must_use]
    pub fn counts_things(&self, key_result: &KeyResult, points: &[KeyResultPoint], day: Day) -> bool {
        let values = points.iter().map(|point| point.value.get());
        match key_result.measure.on(day) {
            Measure::Metric { start, target } => key_result.unit.counts(values.chain([start.get(), target.get()])),
            Measure::Stay { bounds, .. } => key_result.unit.counts(values.chain(bounds.limits())),
            _ => key_result.unit.counts(values),
        }
    }

    /// The values that a metric cannot go beyond: the natural bounds of the KPI that feeds it. Where those are silent, 0
    /// where start, target and all points are 0 or more, since people, hours and money spent do not go below nothing; and
    /// 100 where the unit is per cent and none of them is more, since no share is larger than the whole.
    #[must_use]
    pub fn natural_bounds_of(&self, key_result: &KeyResult, points: &[KeyResultPoint], day: Day) -> NaturalBounds {
        let Measure::Metric { start, target } = *key_result.measure.on(day) else {
            return NaturalBounds { low: None, high: None };
        };
        let all = |within: fn(Number) -> bool| points.iter().map(|it| it.value).chain([start, target]).all(within);
        let stated = self.feeding(key_result, day).and_then(|kpi| (*kpi.natural_bounds).clone());
        let (low, high) = stated.map_or((None, None), |stated| (stated.low, stated.high));
        let zero = all(|value| value >= Number::ZERO).then_some(Number::ZERO);
        let whole = Number::from(100);
        let share = key_result.unit.is_percent() && all(|value| value <= Number::from(100));
        NaturalBounds { low: low.or(zero), high: high.or(share.then_some(whole)) }
    }

    /// One point for each period with a value that ends on `from` or later.
    fn fed_points(&self, kpi: &Kpi, from: Option<Day>, day: Day) -> Vec<KeyResultPoint> {
        let waits = self.is_known_at_end(kpi, day);
        let spans = self.kpi_spans_from(kpi, from, day);
        let values = self.kpi_values(kpi, &spans, day);
        let read = if waits { Vec::new() } else { self.reading_days(kpi, day) };
        let point = |(span, value): (&Span, Result<Number, _>)| {
            let value = value.ok()?;
            if waits {
                let source = PointSource::Period(span.clone());
                return (span.end < day).then_some(KeyResultPoint { day: span.end, value, source });
            }
            let until = read.partition_point(|read| *read <= span.end);
            let last = read[..until].last().filter(|last| **last >= span.start);
            let day = last.copied().unwrap_or(span.end.min(day));
            Some(KeyResultPoint { day, value, source: PointSource::Reading })
        };
        let mut points: Vec<_> = spans.iter().zip(values).filter_map(point).collect();
        points.retain(|point| from.is_none_or(|from| point.day >= from));
        points
    }
}

/// The last check-in of each day with a value.
fn checked_in(key_result: &KeyResult, day: Day) -> Vec<KeyResultPoint> {
    let mut points: Vec<KeyResultPoint> = Vec::new();
    for (key, row) in key_result.check_ins.iter().take_while(|(key, _)| key.day <= day) {
        let Some(value) = row.value else { continue };
        match points.last_mut().filter(|last| last.day == key.day) {
            Some(last) => last.value = value,
            None => points.push(KeyResultPoint { day: key.day, value, source: PointSource::CheckIn }),
        }
    }
    points
}
