//! How fast metrics move, and how fast they should.

use super::Measured;
use crate::{Day, KeyResultPoint, Number};

/// How fast a metric moves and should move, in its unit per week, signed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// What the target (all of it, for a stretch too) needs from here to the due day; none once reached or due.
    pub needed: Option<f64>,
    /// What the last days gave; none where the points do not span a week, or where nothing was measured lately.
    pub lately: Option<Slope>,
    /// Since when nothing was measured, where that is longer than a pace looks back: 28 days, and where a KPI feeds the
    /// key result one of its periods more, since the value of a period is known only after it.
    pub silent_since: Option<Day>,
    /// Whether it counts things that come one by one: [`crate::Plan::counts_things`].
    pub counts: bool,
    /// The days to the due day; 0 or less once that has come.
    pub left: i32,
}

/// The line from a value to a later one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope {
    /// The day on which it begins.
    pub from: Day,
    /// The value of that day; between two points, on the line from one to the other.
    pub then: f64,
    /// The day of the last point.
    pub to: Day,
    /// The value of that day.
    pub now: f64,
}

impl Slope {
    /// How many days it spans.
    #[must_use]
    pub fn days(&self) -> i32 {
        self.to.days_since(self.from)
    }

    /// The change per week.
    #[must_use]
    pub fn a_week(&self) -> f64 {
        per_week(self.now - self.then, self.days())
    }
}

/// A speed as people say it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rate {
    /// So much a week.
    AWeek(f64),
    /// One in so many days, of things that come one by one: one more, or one less.
    OneEvery {
        /// How many days.
        days: i32,
        /// Whether it is one less.
        less: bool,
    },
}

impl Rate {
    /// From the change per week of something that `counts` things that come one by one, or does not.
    #[must_use]
    pub fn of(a_week: f64, counts: bool) -> Self {
        let days = (7.0 / a_week.abs()).round();
        if counts && days > 7.0 && days < 1e6 {
            Self::OneEvery { days: days as i32, less: a_week < 0.0 }
        } else {
            Self::AWeek(a_week)
        }
    }
}

/// The days over which a pace looks back.
const PACE_DAYS: i32 = 28;
/// The fewest days that a slope spans.
const FEWEST_DAYS: i32 = 7;

fn per_week(change: f64, days: i32) -> f64 {
    change / (f64::from(days) / 7.0)
}

/// The line from the day `since` to the last point, where `since` lies between two points on the line from one to the
/// other; from the first point, where that comes later. None where the points that it takes do not span a week.
fn slope_since(points: &[KeyResultPoint], since: Day) -> Option<Slope> {
    let last = points.last()?;
    let after = points.partition_point(|point| point.day <= since);
    let first = points.get(after.saturating_sub(1))?;
    if last.day.days_since(first.day) < FEWEST_DAYS {
        return None;
    }
    let (from, then) = match points.get(after) {
        Some(next) if first.day < since => {
            let (gone, gap) = (since.days_since(first.day), next.day.days_since(first.day));
            let share = f64::from(gone) / f64::from(gap);
            (since, first.value.get() + (next.value.get() - first.value.get()) * share)
        }
        _ => (first.day, first.value.get()),
    };
    Some(Slope { from, then, to: last.day, now: last.value.get() })
}

/// The change per week that leads from `from` on the day `start` to `to` on the day `due`; none where no time is left.
/// Rounded to three significant digits, since it is a guide and not a measurement.
#[must_use]
pub fn weekly(from: Number, to: Number, start: Day, due: Day) -> Option<Number> {
    let days = due.days_since(start);
    let pace = (days > 0).then(|| (to.get() - from.get()) / (f64::from(days) / 7.0)).filter(|pace| *pace != 0.0)?;
    rough(pace)
}

/// A number as a guide: with three significant digits. None where it is no [`Number`].
#[must_use]
pub fn rough(value: f64) -> Option<Number> {
    if value == 0.0 || !value.is_finite() {
        return Number::new(value).ok();
    }
    let scale = 10_f64.powi(2 - value.abs().log10().floor() as i32);
    // Of the smallest numbers the scale itself is none.
    Number::new((value * scale).round() / scale).or_else(|_| Number::new(value)).ok()
}

impl Measured<'_> {
    pub(super) fn pace(&self, start: Number, value: Number, target: Number) -> Option<Pace> {
        let span = self.span?;
        let left = span.end.days_since(self.day);
        let missing = target.get() - value.get();
        let reached = missing == 0.0 || (missing > 0.0) != (target > start);
        let needed = (left > 0 && !reached).then(|| per_week(missing, left));
        let points = self.plan.points_of(self.key_result, self.day);
        let counts = self.plan.counts_things(self.key_result, &points, self.day);
        let last = points.last();
        // How long the period of the last point is, and how long the next one, after which the next point is known.
        let (this, next) = last.map_or((0, 0), |last| self.periods_from(last.day));
        let silent_since = last.map(|last| last.day).filter(|last| self.day.days_since(*last) >= PACE_DAYS + next);
        let measured = last.filter(|last| last.is_measured() && silent_since.is_none());
        let since = measured.map(|last| self.day.plus_days(-PACE_DAYS).min(last.day.plus_days(-this)));
        let lately = since.and_then(|since| slope_since(&points, since));
        Some(Pace { needed, lately, silent_since, counts, left })
    }

    /// The days of the period that a day lies in and of the one after it, of the KPI that feeds the key result; 0 where
    /// none does.
    fn periods_from(&self, day: Day) -> (i32, i32) {
        let Some((plan, kpi)) = self.fed_by else { return (0, 0) };
        let periods = plan.periods(*kpi.frequency.on(self.day), self.day);
        let this = periods.period(day);
        (this.days(), periods.after(&this).days())
    }
}
