//! How fast metrics move, and how fast they should.

use super::Measured;
use crate::{Day, Number};

/// How fast a metric moves and should move, in its unit per week, signed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// What the target (all of it, for a stretch too) needs from here to the due day; none once reached or due.
    pub needed: Option<f64>,
    /// What the last days gave; none before a week has passed.
    pub lately: Option<f64>,
    /// How many days `lately` looks back: 28, or fewer since the start; 0 before it.
    pub days: i32,
    /// The value of that day; a metric's start where there is none.
    pub then: Number,
    /// The days to the due day; 0 or less once that has come.
    pub left: i32,
}

/// The days over which a pace looks back.
const PACE_DAYS: i32 = 28;

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
        let per_week = |change: f64, days: i32| change / (f64::from(days) / 7.0);
        let left = span.end.days_since(self.day);
        let missing = target.get() - value.get();
        let reached = missing == 0.0 || (missing > 0.0) != (target > start);
        let needed = (left > 0 && !reached).then(|| per_week(missing, left));
        let since = self.day.plus_days(-PACE_DAYS).max(span.start);
        let days = self.day.days_since(since).max(0);
        // Nothing of what is still to come.
        let then = self.value_on(since.min(self.day)).unwrap_or(start);
        let lately = (days >= 7).then(|| per_week(value.get() - then.get(), days));
        Some(Pace { needed, lately, days, then, left })
    }
}
