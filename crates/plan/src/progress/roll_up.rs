//! Objectives, from their key results and from the objectives that help them.

use super::{Basis, KeyResultReport, Progress, one_cadence};
use crate::{
    Day, EntityId, KeyResultId, Measure, Number, Objective, ObjectiveId, Override, Plan, Span, Status, status::Standing,
};

/// Everything that can be said of an objective on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct ObjectiveReport {
    /// Which one.
    pub id: ObjectiveId,
    /// The days of its cycle; else those that its key results span.
    pub span: Option<Span>,
    /// The weighted mean of its key results; none where there is nothing to average.
    pub progress: Option<Progress>,
    /// The weighted mean of the expectations of the same key results, 0 to 1.
    pub expected: Option<f64>,
    /// The progress that counts as achieved: 1.0, or 0.7 if it is aspirational.
    pub line_end: f64,
    /// How it stands: as somebody judged it, else as it is computed.
    pub status: Status,
    /// How it stands by the numbers alone. While a stay that counts in it runs, it is not achieved yet.
    pub computed: Status,
    /// As of a key result.
    pub gap: Option<f64>,
    /// What somebody judged, and why.
    pub judged: Option<Override>,
    /// Its key results in their order.
    pub key_results: Vec<(KeyResultId, KeyResultReport)>,
}

/// One part of an objective's progress.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Which key result, or which objective that helps.
    pub id: EntityId,
    /// Its weight, 0 to 1000.
    pub weight: f64,
    /// Its progress, 0 to 1.
    pub progress: f64,
    /// Its expectation, 0 to 1; 0 where nothing is expected yet.
    pub expected: f64,
}

/// How many levels of objectives count in the one above them.
const MAX_DEPTH: usize = 16;

impl Plan {
    /// An objective on a day.
    #[must_use]
    pub fn objective_report(&self, objective: &Objective, day: Day) -> ObjectiveReport {
        self.rolled_up(objective, day, 0).report
    }

    fn rolled_up(&self, objective: &Objective, day: Day, depth: usize) -> RolledUp {
        let line_end = objective.kind.on(day).line_end();
        let key_results: Vec<_> = self
            .key_results_of(objective.id, day)
            .into_iter()
            .map(|key_result| (key_result.id, self.key_result_report(&key_result, day)))
            .collect();
        let mut parts = self.parts(&key_results, day);
        let mut dated = key_results.iter().any(|(_, report)| report.span.is_some());
        let mut heard = key_results.iter().any(|(_, report)| report.heard.is_some());
        let aligned = match *objective.counts_aligned.on(day) && depth < MAX_DEPTH {
            true => self.aligned_to(objective.id, day),
            false => Vec::new(),
        };
        let mut holds_on = self.holds_on(&key_results, day);
        for aligned in &aligned {
            let below = self.rolled_up(aligned, day, depth + 1);
            let (report, weight) = (below.report, aligned.parent_weight.on(day).get().get());
            heard |= below.heard;
            holds_on |= below.holds_on && weight > 0.0;
            if let Some(progress) = report.progress {
                dated |= report.expected.is_some();
                parts.push(Part {
                    id: aligned.id.into(),
                    weight,
                    progress: progress.share,
                    expected: report.expected.unwrap_or(0.0),
                });
            }
        }
        let (progress, expected) = match mean(&parts) {
            Some((progress, expected)) => (
                Some(Progress { share: progress, raw: progress, basis: Basis::Mean(parts) }),
                dated.then_some(expected),
            ),
            None => (None, None),
        };
        let spans = || key_results.iter().filter_map(|(_, report)| report.span.as_ref());
        let span = self.cycle_span(objective, day).or_else(|| {
            Some(Span { start: spans().map(|span| span.start).min()?, end: spans().map(|span| span.end).max()? })
        });
        let cadence = *self.frame.cadence.on(day);
        let standing = Standing {
            progress: progress.as_ref().map(|progress| progress.share),
            expected,
            line_end,
            span: span.as_ref(),
            heard,
            heard_by: span.as_ref().map(|span| one_cadence(cadence, span.start.max(objective.created))),
        };
        let bands = self.frame.bands.on(day);
        let computed = if key_results.is_empty() && aligned.is_empty() {
            Status::Pending
        } else if holds_on {
            standing.unsettled(bands, day)
        } else {
            standing.status(bands, day)
        };
        let gap = standing.deciding_gap(computed, day);
        let judged = objective.judged.on(day).clone();
        let status = judged.as_ref().map_or(computed, |judged| judged.status);
        let id = objective.id;
        let report =
            ObjectiveReport { id, span, progress, expected, line_end, status, computed, gap, judged, key_results };
        RolledUp { report, heard, holds_on }
    }

    /// The key results that count: with a number, and not a baseline that is still being looked for.
    fn parts(&self, reports: &[(KeyResultId, KeyResultReport)], day: Day) -> Vec<Part> {
        let parts = reports.iter().filter_map(|(id, report)| {
            let key_result = self.key_results.get(*id)?;
            let baseline = matches!(key_result.measure.on(day), Measure::Baseline {});
            let progress = report.progress.as_ref().filter(|_| !baseline)?;
            Some(Part {
                id: (*id).into(),
                weight: key_result.weight.on(day).get().get(),
                progress: progress.share,
                expected: report.expected.map_or(0.0, |expected| expected.share),
            })
        });
        parts.collect()
    }

    /// Whether one of the key results has to hold for longer: a stay is not achieved before it is over, and nor is
    /// what it counts in.
    fn holds_on(&self, reports: &[(KeyResultId, KeyResultReport)], day: Day) -> bool {
        reports.iter().any(|(id, report)| {
            let stay = self.key_results.get(*id).is_some_and(|key_result| {
                let counts = key_result.weight.on(day).get() > Number::ZERO;
                counts && matches!(key_result.measure.on(day), Measure::Stay { .. })
            });
            stay && report.span.as_ref().is_some_and(|span| day <= span.end)
        })
    }
}

/// An objective's report, and what the one above it has to know beside.
struct RolledUp {
    report: ObjectiveReport,
    /// Whether something was heard of it, or of one that counts in it.
    heard: bool,
    /// Whether a stay that counts in it still has to hold.
    holds_on: bool,
}

/// Sum of weight x value over sum of weights, for progress and expectation alike.
fn mean(parts: &[Part]) -> Option<(f64, f64)> {
    let weights: f64 = parts.iter().map(|part| part.weight).sum();
    let sum = |value: fn(&Part) -> f64| parts.iter().map(|part| part.weight * value(part)).sum::<f64>();
    (weights > 0.0).then(|| (sum(|part| part.progress) / weights, sum(|part| part.expected) / weights))
}
