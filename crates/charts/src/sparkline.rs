//! A KPI's last periods as one small line, for an inline SVG.

use std::fmt::Write;

use bearings_plan::{Bounds, KpiReport, digits};

/// A line in the coordinates of [`Sparkline::VIEW_BOX`], over its full width: y grows downwards.
#[derive(Debug, Clone, PartialEq)]
pub struct Sparkline {
    /// The `d` of a path: one `M` and its `L`s for each stretch without a gap.
    pub path: String,
    /// The latest value's place.
    pub last: (f64, f64),
    /// Where the target of today lies.
    pub target: Option<SparkTarget>,
}

/// Where a target lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SparkTarget {
    /// One bound: the y of a line across.
    Line(f64),
    /// Two bounds: the upper and the lower y of a band across, in this order.
    Band(f64, f64),
}

const WIDTH: f64 = 100.0;
const HEIGHT: f64 = 40.0;
/// Room above and below for half a stroke and for the last point.
const MARGIN: f64 = 4.0;

impl Sparkline {
    /// The `viewBox` that the coordinates are made for.
    pub const VIEW_BOX: &'static str = "0 0 100 40";
}

/// The last `max_points` periods of a KPI; what a running one has only so far is not among them. None where no period has a value.
#[must_use]
pub fn sparkline(report: &KpiReport, max_points: usize) -> Option<Sparkline> {
    let periods = &report.periods;
    let shown = periods.iter().rposition(|period| period.value.is_some() && !period.so_far)?;
    let first = periods.iter().position(|period| period.value.is_some())?;
    let first = first.max((shown + 1).saturating_sub(max_points.max(1)));
    let values: Vec<_> = periods[first..=shown].iter().map(|period| period.value.map(|value| value.get())).collect();
    let bounds = report.target.as_ref().map(|target| &target.bounds);
    let marks = match bounds {
        Some(Bounds::AtLeast { value } | Bounds::AtMost { value }) => vec![value.get()],
        Some(Bounds::Between { low, high }) => vec![high.get(), low.get()],
        None => Vec::new(),
    };
    let all = || values.iter().flatten().chain(&marks).copied();
    let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
    let y = |value: f64| {
        let share = if high > low { (value - low) / (high - low) } else { 0.5 };
        tenths(HEIGHT - MARGIN - share * (HEIGHT - 2.0 * MARGIN))
    };
    #[expect(clippy::cast_precision_loss, reason = "at most a few thousand periods")]
    let x = |index: usize| {
        let share = if values.len() > 1 { index as f64 / (values.len() - 1) as f64 } else { 1.0 };
        tenths(share * WIDTH)
    };
    let mut path = String::new();
    let there = |index: usize| values.get(index).copied().flatten();
    for index in 0..values.len() {
        let Some(value) = there(index) else { continue };
        let begins = index == 0 || there(index - 1).is_none();
        let alone = begins && there(index + 1).is_none();
        let (x, y) = (digits(x(index)), digits(y(value)));
        // Writing to a string cannot fail. A point without neighbours is a line of no length: its caps make a dot.
        let _ = write!(path, "{}{x} {y}", if begins { 'M' } else { 'L' });
        if alone {
            let _ = write!(path, "L{x} {y}");
        }
    }
    let last = (x(values.len() - 1), y(there(values.len() - 1)?));
    let target = match marks.as_slice() {
        [value] => Some(SparkTarget::Line(y(*value))),
        [high, low] => Some(SparkTarget::Band(y(*high), y(*low))),
        _ => None,
    };
    Some(Sparkline { path, last, target })
}

fn tenths(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}
