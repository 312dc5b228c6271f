//! Objectives, from their key results and from the objectives that help them.

use super::{Basis, HeldBack, KeyResultReport, Progress};
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
    /// Why there is no progress, where something is there that would count.
    pub no_number: Option<NoNumber>,
    /// The weighted mean of the expectations of the parts of which today expects something, 0 to 1.
    pub expected: Option<f64>,
    /// The weighted mean of the progress of those same parts: what the expectation is compared with.
    pub compared: Option<f64>,
    /// The progress that counts as achieved: 1.0, or 0.7 if it is aspirational.
    pub line_end: f64,
    /// How it stands: as somebody judged it, else as it is computed.
    pub status: Status,
    /// How it stands by the numbers alone. While a stay that counts in it runs, it is not achieved yet.
    pub computed: Status,
    /// (compared - expected) / line end, as of a key result; of a single key result, that one's.
    pub gap: Option<f64>,
    /// As of a key result.
    pub held_back: Option<HeldBack>,
    /// What somebody judged, and why.
    pub judged: Option<Override>,
    /// Its key results in their order.
    pub key_results: Vec<(KeyResultId, KeyResultReport)>,
}

/// Why an objective has no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoNumber {
    /// Nothing that counts in it has a number.
    Unmeasured,
    /// All that counts in it weighs 0.
    Weightless,
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
    /// Its progress as far as today expects something of it: of an objective that helps, that of some of its parts.
    pub compared: Option<f64>,
    /// Its expectation, 0 to 1; none where today expects nothing of it.
    pub expected: Option<f64>,
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
        let aligned = match *objective.counts_aligned.on(day) && depth < MAX_DEPTH {
            true => self.aligned_to(objective.id, day),
            false => Vec::new(),
        };
        let mut voices = self.voices(&key_results, day);
        let mut heard = key_results.iter().any(|(_, report)| report.heard.is_some());
        let mut holds_on = self.holds_on(&key_results, day);
        for aligned in &aligned {
            let below = self.rolled_up(aligned, day, depth + 1);
            let (report, weight) = (below.report, aligned.parent_weight.on(day).get().get());
            heard |= below.heard;
            holds_on |= below.holds_on && weight > 0.0;
            // All of its own way counts as all of the way here.
            let of_its_line = |share: f64| (share / report.line_end).min(1.0);
            if let Some(progress) = &report.progress {
                parts.push(Part {
                    id: aligned.id.into(),
                    weight,
                    progress: of_its_line(progress.share),
                    compared: report.compared.map(of_its_line),
                    expected: report.expected.map(of_its_line),
                });
            }
            if weight > 0.0 {
                voices.push(below.voice);
            }
        }
        let progress = mean(&parts, |part| Some(part.progress));
        let no_number = match progress {
            Some(_) => None,
            None if key_results.is_empty() && aligned.is_empty() => None,
            None if parts.is_empty() => Some(NoNumber::Unmeasured),
            None => Some(NoNumber::Weightless),
        };
        let compared = mean(&parts, |part| part.compared).zip(mean(&parts, |part| part.expected));
        let spans = || key_results.iter().filter_map(|(_, report)| report.span.as_ref());
        let span = self.cycle_span(objective, day).or_else(|| {
            Some(Span { start: spans().map(|span| span.start).min()?, end: spans().map(|span| span.end).max()? })
        });
        let standing = Standing {
            progress,
            compared,
            line_end,
            span: span.as_ref(),
            heard,
            heard_by: voices.iter().filter_map(|voice| voice.heard_by).min(),
        };
        // What a single key result is, its objective is, as long as both run or both are over.
        let only = match voices.as_slice() {
            [Voice { key_result: Some(only), .. }] => key_results.iter().find(|(id, _)| id == only),
            _ => None,
        };
        let only = only.map(|(_, only)| only).filter(|only| standing.ended(day).is_none() || only.is_over(day));
        let silent = !voices.is_empty() && voices.iter().all(|voice| voice.silent);
        let worst = || voices.iter().map(|voice| voice.status).max_by_key(|status| status.gravity());
        let (computed, gap, held_back) = if let Some(only) = only {
            (only.computed, only.gap, only.held_back)
        } else if voices.is_empty() {
            (Status::Pending, None, None)
        } else {
            let status = match standing.is_reached() && !holds_on {
                true => Status::Achieved,
                false => standing.unsettled(self.frame.bands.on(day), || worst().unwrap_or(Status::Pending), day),
            };
            let held_back = (status == Status::OnTrack && silent).then_some(HeldBack::Silent);
            let computed = if held_back.is_some() { Status::NeedsAttention } else { status };
            (computed, standing.deciding_gap(status, day), held_back)
        };
        let judged = objective.judged.on(day).clone();
        let status = judged.as_ref().map_or(computed, |judged| judged.status);
        let voice = Voice { key_result: None, status: computed, silent, heard_by: standing.heard_by };
        let report = ObjectiveReport {
            id: objective.id,
            span,
            progress: progress.map(|share| Progress { share, raw: share, basis: Basis::Mean(parts) }),
            no_number,
            compared: compared.map(|(progress, _)| progress),
            expected: compared.map(|(_, expected)| expected),
            line_end,
            status,
            computed,
            gap,
            held_back,
            judged,
            key_results,
        };
        RolledUp { report, heard, holds_on, voice }
    }

    /// What counts in how an objective stands: its key results, a baseline only where there is nothing else.
    fn voices(&self, reports: &[(KeyResultId, KeyResultReport)], day: Day) -> Vec<Voice> {
        let counts = |baseline: bool| {
            let counting = reports.iter().filter(move |(id, _)| {
                self.key_results.get(*id).is_some_and(|key_result| {
                    let is_baseline = matches!(key_result.measure.on(day), Measure::Baseline {});
                    key_result.weight.on(day).get() > Number::ZERO && is_baseline == baseline
                })
            });
            let voices = counting.map(|(id, report)| Voice {
                key_result: Some(*id),
                status: report.computed,
                silent: report.silent,
                heard_by: report.heard_by,
            });
            voices.collect::<Vec<_>>()
        };
        let numbers = counts(false);
        if numbers.is_empty() { counts(true) } else { numbers }
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
                compared: report.expected.map(|_| progress.share),
                expected: report.expected.map(|expected| expected.share),
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
    /// How it counts there.
    voice: Voice,
}

/// What one thing that counts says about how the whole stands.
#[derive(Debug, Clone, Copy)]
struct Voice {
    /// Which key result it is; none of an objective that helps.
    key_result: Option<KeyResultId>,
    status: Status,
    /// Whether nothing was heard of it for two cadences.
    silent: bool,
    /// The first day on which its silence is no longer pending.
    heard_by: Option<Day>,
}

/// Sum of weight x value over sum of weights, of the parts that have such a value.
fn mean(parts: &[Part], value: impl Fn(&Part) -> Option<f64>) -> Option<f64> {
    let valued = || parts.iter().filter_map(|part| Some((part.weight, value(part)?)));
    let weights: f64 = valued().map(|(weight, _)| weight).sum();
    (weights > 0.0).then(|| valued().map(|(weight, value)| weight * value).sum::<f64>() / weights)
}
