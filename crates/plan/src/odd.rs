//! What is odd about a value or a day before it is saved, so that a slip of the hand is asked about once.

use crate::{
    Aggregation, Bounds, Day, Due, EntryKey, Kpi, Measure, Number, Plan, Written, decimal::double, digits,
    quantity::Quantity, sorted::in_order,
};

/// Why a value is asked about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum OddValue {
    /// Below zero, where nothing was so far.
    Negative,
    /// Many times the last value, and far from all others.
    Larger {
        /// How many times, in a whole number.
        times: Number,
    },
    /// The last value is many times as much, and no other is near.
    Smaller {
        /// How many times, in a whole number.
        times: Number,
    },
    /// Away from the target, by more than the whole way from start to target.
    Away,
    /// A step larger than any of the last ones, and many times the usual one.
    Jump,
}

/// A value that is asked about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DoubtedValue {
    /// Why.
    pub why: OddValue,
    /// What was probably meant, if that can be told.
    pub likely: Option<Number>,
}

/// Why a day is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OddDay {
    /// Before the first day of the key result.
    BeforeStart {
        /// That day.
        start: Day,
    },
    /// Lately, but for the year, and nothing else was said around it.
    OtherYear,
}

/// A day that is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoubtedDay {
    /// Why.
    pub why: OddDay,
    /// What was probably meant, if that can be told.
    pub likely: Option<Day>,
}

/// A value is ten times another, with room for what changes from one value to the next.
const TEN_TIMES: f64 = 9.0;
/// How far beyond all known values a value is that is ten times the last one.
const BEYOND_ALL: f64 = 2.0;
/// How many of the last steps tell the usual one, and how many it takes.
const STEPS: usize = 12;
const FEWEST_STEPS: usize = 6;
/// How many times the usual step is odd. The median step of a normal distribution is 0.67 standard deviations, so that
/// this is more than five.
const USUAL_STEPS: f64 = 8.0;
/// A day of another year is near today, or near another entry, within so many days.
const NEAR: i32 = 45;

/// What is known of the values of a thing.
#[derive(Debug, Default)]
struct Known {
    /// Up to the day asked about, in the order of time.
    before: Vec<f64>,
    /// All others that tell what is usual: later values, start, target, bounds.
    others: Vec<f64>,
    /// What a new value is compared with.
    last: Option<f64>,
    /// From a start to a target.
    way: Option<(f64, f64)>,
}

impl Plan {
    /// What is odd about a value that is typed for a day. `value` is what `typed` comes to; what `except` wrote is being
    /// corrected.
    #[must_use]
    pub fn odd_value(
        &self,
        of: Due,
        day: Day,
        typed: Quantity,
        value: Number,
        except: &Written,
    ) -> Option<DoubtedValue> {
        let known = self.known(of, day, except);
        let (why, likely) = known.odd(value.get(), matches!(typed, Quantity::Absolute(_)))?;
        Some(DoubtedValue { why, likely: likely.and_then(|likely| Number::new(likely).ok()) })
    }

    /// What is odd about the day of a new entry.
    #[must_use]
    pub fn odd_day(&self, of: Due, day: Day, today: Day) -> Option<DoubtedDay> {
        let years = || (1..).map(|years| day.plus_months(12 * years)).take_while(|other| *other <= today);
        if let Due::KeyResult(id) = of {
            let start = self.key_result_span(self.key_results.get(id)?, today).map(|span| span.start);
            if let Some(start) = start.filter(|start| day < *start) {
                let likely = years().find(|other| *other >= start);
                return Some(DoubtedDay { why: OddDay::BeforeStart { start }, likely });
            }
        }
        let likely = years().find(|other| *other >= today.plus_days(-NEAR))?;
        let (from, to) = (day.plus_days(-NEAR), day.plus_days(NEAR));
        let is_alone = match of {
            Due::KeyResult(id) => self.key_results.get(id)?.check_ins.between(from, to).next().is_none(),
            Due::Kpi(id) => self.kpis.get(id)?.readings.between(from, to).next().is_none(),
        };
        is_alone.then_some(DoubtedDay { why: OddDay::OtherYear, likely: Some(likely) })
    }

    fn known(&self, of: Due, day: Day, except: &Written) -> Known {
        match of {
            Due::Kpi(id) => self.kpis.get(id).map(|kpi| known_of_kpi(kpi, day, except)).unwrap_or_default(),
            Due::KeyResult(id) => {
                let Some(key_result) = self.key_results.get(id) else { return Known::default() };
                let feeding = self.feeding(key_result, day);
                let mut known = match feeding {
                    Some(kpi) => known_of_kpi(kpi, day, except),
                    None => {
                        let values = key_result.check_ins.iter().filter_map(|(key, row)| Some((key, row.value?)));
                        Known::of(values.filter(|(key, _)| except.check_in != Some((id, *key))), day)
                    }
                };
                // Readings that are added up are no match for a target of their sum.
                if feeding.is_some_and(|kpi| adds_up(kpi, day)) {
                    return known;
                }
                match key_result.measure.on(day) {
                    Measure::Metric { start, target } => {
                        let (start, target) = (start.get(), target.get());
                        known.others.extend([start, target]);
                        known.last = known.last.or(Some(start));
                        known.way = Some((start, target));
                    }
                    Measure::Stay { bounds, .. } => known.others.extend(numbers(bounds)),
                    _ => {}
                }
                known
            }
        }
    }
}

fn known_of_kpi(kpi: &Kpi, day: Day, except: &Written) -> Known {
    let values = kpi.readings.iter().filter(|(key, _)| except.reading != Some((kpi.id, *key)));
    let mut known = Known::of(values.map(|(key, row)| (key, row.value)), day);
    let target = kpi.target.on(day).as_ref().filter(|_| !adds_up(kpi, day));
    known.others.extend(target.map(|target| numbers(&target.bounds)).into_iter().flatten());
    known
}

fn adds_up(kpi: &Kpi, day: Day) -> bool {
    *kpi.aggregation.on(day) == Aggregation::Sum
}

fn numbers(bounds: &Bounds) -> Vec<f64> {
    match bounds {
        Bounds::AtLeast { value } | Bounds::AtMost { value } => vec![value.get()],
        Bounds::Between { low, high } => vec![low.get(), high.get()],
    }
}

impl Known {
    fn of(values: impl Iterator<Item = (EntryKey, Number)>, day: Day) -> Self {
        let mut known = Self::default();
        for (key, value) in values {
            if key.day <= day { &mut known.before } else { &mut known.others }.push(value.get());
        }
        known.last = known.before.last().copied();
        known
    }

    /// Why a value is odd, and which one was probably meant; none where it lies among those that are known.
    fn odd(&self, value: f64, is_typed: bool) -> Option<(OddValue, Option<f64>)> {
        let all = || self.before.iter().chain(&self.others).copied();
        let (low, high) = (all().reduce(f64::min)?, all().reduce(f64::max)?);
        if (low..=high).contains(&value) {
            return None;
        }
        if value < 0.0 && low >= 0.0 {
            // "-3" may have been meant as a step.
            let likely = self.last.map(|last| last + value).filter(|likely| is_typed && *likely >= 0.0);
            return Some((OddValue::Negative, likely));
        }
        let size = value.abs();
        let largest = all().map(f64::abs).fold(0.0, f64::max);
        let smallest = all().map(f64::abs).filter(|size| *size > 0.0).fold(f64::INFINITY, f64::min);
        let base = self.last.map(f64::abs).filter(|base| *base > 0.0).unwrap_or(largest);
        if base > 0.0 && size > 0.0 {
            let times = size / base;
            // The decimal sign was forgotten, or stands in the wrong place.
            let likely = |places| shifted(value, places).filter(|_| is_typed);
            if times >= TEN_TIMES && size >= BEYOND_ALL * largest {
                return Some((OddValue::Larger { times: whole(times) }, likely(-powers_of_ten(times))));
            }
            let times = base / size;
            if times >= TEN_TIMES && size * BEYOND_ALL <= smallest {
                return Some((OddValue::Smaller { times: whole(times) }, likely(powers_of_ten(times))));
            }
        }
        let last = self.last?;
        if self.way.is_some_and(|(start, target)| (value - last) / (target - start) < -1.0) {
            return Some((OddValue::Away, None));
        }
        self.is_jump(value - last).then_some((OddValue::Jump, None))
    }

    fn is_jump(&self, step: f64) -> bool {
        let from = self.before.len().saturating_sub(STEPS + 1);
        let recent = self.before.get(from..).unwrap_or_default();
        let steps = recent.iter().zip(recent.iter().skip(1)).map(|(before, after)| (after - before).abs());
        let steps = in_order(steps.collect(), f64::total_cmp);
        let Some(largest) = steps.last().filter(|_| steps.len() >= FEWEST_STEPS) else { return false };
        let at = |place: usize| steps.get(place).copied().unwrap_or_default();
        let median = (at((steps.len() - 1) / 2) + at(steps.len() / 2)) / 2.0;
        median > 0.0 && step.abs() > USUAL_STEPS * median && step.abs() > *largest
    }
}

fn whole(times: f64) -> Number {
    /// The largest number there is.
    const MOST: f64 = 1e15;
    Number::new(times.round().min(MOST)).unwrap_or_default()
}

/// The power of ten that is nearest to a factor above one.
fn powers_of_ten(times: f64) -> i32 {
    /// Half way, on a scale of powers.
    const HALF: f64 = 3.162_277_660_168_379_5;
    let mut rest = times;
    let mut powers = 0;
    while rest > HALF {
        rest /= 10.0;
        powers += 1;
    }
    powers
}

/// The value with its decimal sign moved: by its digits, since powers of ten would bring in dust.
fn shifted(value: f64, places: i32) -> Option<f64> {
    double(&format!("{}e{places}", digits(value)))
}
