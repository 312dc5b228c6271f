//! Targets that several key results reach together.

use crate::{Day, KeyResult, KeyResultId, Measure, Plan};

/// How the way of a metric is split over those that take a share of it, in its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution {
    /// Target - start of the whole.
    pub whole: f64,
    /// Target - start of each share, in the order of ids.
    pub shares: Vec<(KeyResultId, f64)>,
    /// What nobody has taken; negative where they have taken more than there is, seen along the way of the whole.
    pub rest: f64,
}

impl Distribution {
    /// A way seen along that of the whole: what leads there counts up, whether the target lies above or below the start.
    #[must_use]
    pub fn along(&self, way: f64) -> f64 {
        way * self.whole.signum()
    }
}

impl Plan {
    /// How a metric is split over others; none where nobody takes a share.
    #[must_use]
    pub fn distribution(&self, key_result: &KeyResult, day: Day) -> Option<Distribution> {
        let way = |key_result: &KeyResult| match key_result.measure.on(day) {
            Measure::Metric { start, target } => Some(target.get() - start.get()),
            _ => None,
        };
        let whole = way(key_result)?;
        let shares: Vec<_> = self
            .key_results
            .iter()
            .filter(|it| *it.part_of.on(day) == Some(key_result.id) && self.whole_of(it.id, day).is_some())
            .filter_map(|it| Some((it.id, way(it)?)))
            .collect();
        let taken: f64 = shares.iter().map(|(_, share)| share).sum();
        let split = Distribution { whole, shares, rest: 0.0 };
        let rest = split.along(whole - taken);
        (!split.shares.is_empty()).then_some(Distribution { rest, ..split })
    }
}
