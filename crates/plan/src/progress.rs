//! How far key results and objectives have come, and how far they should be.

use std::sync::Arc;

use crate::{
    Bounds, Cadence, CheckIn, Day, EntityId, EntryKey, KeyResult, KeyResultId, Kpi, Measure, Milestone, Number,
    Objective, ObjectiveId, ObjectiveKind, Override, Plan, Span, Status,
    status::{Standing, rounded},
};

/// Everything that can be said of a key result on a day. The parts are there so that each number can explain itself.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyResultReport {
    /// Its days: its own, else those of its objective's cycle.
    pub span: Option<Span>,
    /// How often a check-in is due.
    pub cadence: Cadence,
    /// The latest check-in.
    pub last: Option<(EntryKey, CheckIn)>,
    /// The latest day on which something was heard of it: a check-in, or a reading of the KPI that feeds it.
    pub heard: Option<Day>,
    /// The latest value, in its unit; a metric's start where there is none. Of done or not, 1 or more is done. Where a
    /// KPI feeds it, that KPI's value; before its first day, a metric's start.
    pub value: Option<Number>,
    /// How far it has come.
    pub progress: Option<Progress>,
    /// How far it should be.
    pub expected: Option<Expected>,
    /// The progress that counts as achieved: 1.0, or 0.7 if its objective is aspirational.
    pub line_end: f64,
    /// How it stands: as somebody judged it, else as it is computed.
    pub status: Status,
    /// How it stands by the numbers alone.
    pub computed: Status,
    /// (progress - expected) / line end, negative where it is behind: what decides how it stands, where that does.
    pub gap: Option<f64>,
    /// What somebody judged, and why.
    pub judged: Option<Override>,
    /// Whether nothing was checked in for more than one and a half cadences, while it runs and is not achieved.
    pub stale: bool,
    /// The speed, for metrics.
    pub pace: Option<Pace>,
}

/// A share of the way, and where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// From 0 (nothing) to 1 (all of it).
    pub share: f64,
    /// The same before it was held between 0 and 1: negative where a metric is worse than at its start, more than 1
    /// beyond its target.
    pub raw: f64,
    /// Its parts.
    pub basis: Basis,
}

/// The parts of a progress.
#[derive(Debug, Clone, PartialEq)]
pub enum Basis {
    /// (value - start) / (target - start), whether the target lies above or below the start.
    Metric {
        /// The value at the start.
        start: Number,
        /// The latest value.
        value: Number,
        /// The value to reach.
        target: Number,
    },
    /// Windows of the cadence within the bounds / completed windows, the rest of a window at the end included.
    Stay {
        /// Completed windows whose last value lies within; one without a value does not.
        within: usize,
        /// Completed windows.
        completed: usize,
        /// The share that has to be within: above 0, up to 1.
        required: f64,
    },
    /// Weight that is done / weight of all steps.
    Milestones {
        /// The weight that is done.
        done: f64,
        /// The weight of all.
        total: f64,
    },
    /// Done or not.
    Done {
        /// Which of both.
        done: bool,
    },
    /// sum(weight x progress) / sum(weight) over the key results that have a number, and the objectives that help where
    /// they count; baselines have none here.
    Mean(Vec<Part>),
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

/// An expectation, and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected {
    /// Of a metric: line end x the share of its time that has gone. Of milestones: the weight that is due by then over
    /// the weight of all. Of a stay: 1. Of done or not and of a baseline: the line end, from the due day on.
    pub share: f64,
    /// Days gone and days in all, where time decides.
    pub elapsed: Option<(i32, i32)>,
    /// Weight that is due and weight of all steps, where those decide.
    pub due: Option<(f64, f64)>,
}

impl Expected {
    /// What a rule expects, whatever the day.
    const fn of(share: f64) -> Self {
        Self { share, elapsed: None, due: None }
    }
}

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

/// How many levels of objectives count in the one above them.
const MAX_DEPTH: usize = 16;

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

impl ObjectiveKind {
    /// The progress that its line ends at. Of a stretch 0.7 is a success, as in the OKR grading of Google and of John
    /// Doerr ("Measure What Matters", 2018); what is promised has to be reached in full.
    #[must_use]
    pub const fn line_end(self) -> f64 {
        match self {
            Self::Committed | Self::Learning => 1.0,
            Self::Aspirational => 0.7,
        }
    }
}

impl KeyResultReport {
    /// The value that a metric should have: start + (target - start) x expected.
    #[must_use]
    pub fn expected_value(&self) -> Option<Number> {
        let Basis::Metric { start, target, .. } = self.progress.as_ref()?.basis else { return None };
        Number::new(start.get() + (target.get() - start.get()) * self.expected?.share).ok()
    }
}

impl Plan {
    /// A key result on a day.
    #[must_use]
    pub fn key_result_report(&self, key_result: &KeyResult, day: Day) -> KeyResultReport {
        let objective = self.objectives.get(*key_result.objective.on(day));
        let line_end = objective.map_or(1.0, |objective| objective.kind.on(day).line_end());
        let span = self.key_result_span(key_result, day);
        let cadence = key_result.cadence.on(day).unwrap_or(*self.frame.cadence.on(day));
        let last = key_result.check_ins.latest(day).next().map(|(key, row)| (key, row.clone()));
        let fed_by = self.feeding(key_result, day);
        let read = fed_by.and_then(|kpi| self.last_reading(kpi, day));
        let heard = last.as_ref().map(|(key, _)| key.day).max(read);
        let fed_by = fed_by.map(|kpi| (self, kpi));
        let measured = Measured { key_result, fed_by, span: span.as_ref(), cadence, line_end, day };
        let (value, progress, expected, pace) = measured.measure(|| self.milestones_of(key_result.id));
        let standing = Standing {
            progress: progress.as_ref().map(|progress| progress.share),
            expected: expected.map(|expected| expected.share),
            line_end,
            span: span.as_ref(),
            heard: heard.is_some(),
            heard_by: span.as_ref().map(|span| one_cadence(cadence, span.start.max(key_result.created))),
        };
        let (status, gap) = match (key_result.measure.on(day), &progress) {
            (Measure::Stay { bounds, share }, _) => {
                let standing = Standing { line_end: share.get().get(), ..standing };
                let running = || standing.or_silent(|| measured.staying(bounds), day);
                (standing.ended(day).unwrap_or_else(running), None)
            }
            (Measure::Done {} | Measure::Baseline {}, Some(done)) if done.share < 1.0 => {
                let running = || standing.or_silent(|| measured.by_confidence(), day);
                (standing.ended(day).unwrap_or_else(running), None)
            }
            _ => {
                let status = standing.status(self.frame.bands.on(day), day);
                (status, standing.deciding_gap(status, day))
            }
        };
        let stale = span.as_ref().is_some_and(|span| {
            let begun = span.start.max(key_result.created);
            let since = heard.map_or(begun, |heard| heard.max(span.start));
            let silent = day.days_since(since);
            span.contains(day) && status != Status::Achieved && 2 * silent > 3 * cadence.days()
        });
        let judged = key_result.judged.on(day).clone();
        let (computed, status) = (status, judged.as_ref().map_or(status, |judged| judged.status));
        KeyResultReport {
            span,
            cadence,
            last,
            heard,
            value,
            progress,
            expected,
            line_end,
            status,
            computed,
            gap,
            judged,
            stale,
            pace,
        }
    }

    /// The KPI whose value is a key result's value.
    #[must_use]
    pub fn feeding(&self, key_result: &KeyResult, day: Day) -> Option<&Kpi> {
        let measured = matches!(key_result.measure.on(day), Measure::Metric { .. } | Measure::Stay { .. });
        self.kpis.get((*key_result.fed_by.on(day)).filter(|_| measured)?)
    }

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

    fn cycle_span(&self, objective: &Objective, day: Day) -> Option<Span> {
        let cycle = self.cycles.get((*objective.cycle.on(day))?)?;
        Some(cycle.span.on(day).clone())
    }

    pub(crate) fn key_result_span(&self, key_result: &KeyResult, day: Day) -> Option<Span> {
        let (start, end) = self.ends_of(key_result, day);
        let end = end?;
        // Where two people moved one end each, a day is left.
        Some(Span { start: start.unwrap_or(key_result.created).min(end), end })
    }

    /// The first day and the due day of a key result: its own, else its cycle's.
    pub(crate) fn ends_of(&self, key_result: &KeyResult, day: Day) -> (Option<Day>, Option<Day>) {
        let objective = self.objectives.get(*key_result.objective.on(day));
        let cycle = objective.and_then(|objective| self.cycle_span(objective, day));
        let own = key_result.dates.on(day).as_ref();
        let start = own.and_then(|own| own.start).or(cycle.as_ref().map(|span| span.start));
        (start, own.and_then(|own| own.due).or(cycle.map(|span| span.end)))
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

/// The first day after one cadence from `start` on.
fn one_cadence(cadence: Cadence, start: Day) -> Day {
    cadence.windows(start).next().map_or(start, |window| window.end.plus_days(1))
}

/// A key result with all that its measure needs to know.
#[derive(Clone, Copy)]
struct Measured<'a> {
    key_result: &'a KeyResult,
    fed_by: Option<(&'a Plan, &'a Kpi)>,
    span: Option<&'a Span>,
    cadence: Cadence,
    line_end: f64,
    day: Day,
}

type Numbers = (Option<Number>, Option<Progress>, Option<Expected>, Option<Pace>);

impl Measured<'_> {
    fn measure(&self, milestones: impl FnOnce() -> Vec<Arc<Milestone>>) -> Numbers {
        let value = self.value_on(self.day);
        match self.key_result.measure.on(self.day) {
            Measure::Metric { start, target } => {
                let value = value.unwrap_or(*start);
                let raw = (value.get() - start.get()) / (target.get() - start.get());
                let basis = Basis::Metric { start: *start, value, target: *target };
                let progress = Progress { share: raw.clamp(0.0, 1.0), raw, basis };
                let pace = self.pace(*start, value, *target);
                (Some(value), Some(progress), self.by_time(), pace)
            }
            Measure::Stay { bounds, share } => {
                let outcomes = self.outcomes(bounds);
                let completed = outcomes.iter().filter(|outcome| outcome.completed);
                let (within, completed) =
                    (completed.clone().filter(|outcome| outcome.within).count(), completed.count());
                let progress = (completed > 0).then(|| {
                    #[expect(clippy::cast_precision_loss, reason = "counts of weeks")]
                    let share_within = within as f64 / completed as f64;
                    let basis = Basis::Stay { within, completed, required: share.get().get() };
                    Progress { share: share_within, raw: share_within, basis }
                });
                let expected = self.span.map(|_| Expected::of(1.0));
                (value, progress, expected, None)
            }
            Measure::Milestones {} => {
                let (progress, expected) = self.steps(&milestones());
                (None, progress, expected, None)
            }
            Measure::Done {} => {
                let done = value.is_some_and(Number::is_done);
                let (progress, expected) = self.done(done);
                (value, Some(progress), expected, None)
            }
            Measure::Baseline {} => {
                let (progress, expected) = self.done(value.is_some());
                (value, Some(progress), expected, None)
            }
        }
    }

    /// The last value that was checked in on or before `day`, or the one that the KPI has then.
    fn value_on(&self, day: Day) -> Option<Number> {
        if let Some((plan, kpi)) = self.fed_by {
            return plan.kpi_value(kpi, day).filter(|_| self.span.is_none_or(|span| day >= span.start));
        }
        self.key_result.check_ins.latest(day).find_map(|(_, check_in)| check_in.value)
    }

    /// Line end x the share of the time that has gone.
    fn by_time(&self) -> Option<Expected> {
        let span = self.span?;
        let (gone, all) = (self.day.days_since(span.start), span.end.days_since(span.start));
        let share = self.line_end * span.elapsed(self.day);
        Some(Expected { elapsed: Some((gone.clamp(0, all), all)), ..Expected::of(share) })
    }

    fn done(&self, done: bool) -> (Progress, Option<Expected>) {
        let share = f64::from(u8::from(done));
        let due = self.span.is_some_and(|span| self.day >= span.end);
        let expected = due.then_some(Expected::of(self.line_end));
        (Progress { share, raw: share, basis: Basis::Done { done } }, expected)
    }

    fn steps(&self, steps: &[Arc<Milestone>]) -> (Option<Progress>, Option<Expected>) {
        let weight = |counts: &dyn Fn(&Milestone) -> bool| -> f64 {
            let counted = steps.iter().filter(|step| counts(step));
            counted.map(|step| step.weight.on(self.day).get().get()).sum()
        };
        let total = weight(&|_| true);
        if total <= 0.0 {
            return (None, None);
        }
        let done = weight(&|step| step.done.is_some_and(|done| done <= self.day));
        let end = self.span.map(|span| span.end);
        let due = weight(&|step| step.due.on(self.day).or(end).is_some_and(|due| due <= self.day));
        let share = done / total;
        let progress = Progress { share, raw: share, basis: Basis::Milestones { done, total } };
        (Some(progress), self.span.map(|_| Expected { due: Some((due, total)), ..Expected::of(due / total) }))
    }

    fn pace(&self, start: Number, value: Number, target: Number) -> Option<Pace> {
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

    /// The cadence windows up to the day: completed ones, and the running one where it has a check-in.
    fn outcomes(&self, bounds: &Bounds) -> Vec<Outcome> {
        let Some(span) = self.span else { return Vec::new() };
        let begun = self.cadence.windows(span.start).take_while(|window| window.start <= self.day.min(span.end));
        let outcomes = begun.filter_map(|window| {
            let end = window.end.min(span.end);
            let completed = end < self.day;
            let last = end.min(self.day);
            let value = match self.fed_by {
                Some(_) => self.value_on(last),
                None => {
                    let checked = self.key_result.check_ins.between(window.start, last).rev();
                    checked.filter_map(|(_, check_in)| check_in.value).next()
                }
            };
            let within = value.is_some_and(|value| rounded(bounds.miss(value)) <= 0.0);
            (completed || value.is_some()).then_some(Outcome { completed, within })
        });
        outcomes.collect()
    }

    /// From the latest confidence that was stated on or before `day`.
    fn by_confidence(&self) -> Status {
        let stated = self.key_result.check_ins.latest(self.day).find_map(|(_, check_in)| check_in.confidence);
        match stated.map(crate::Confidence::get) {
            Some(0..=3) => Status::OffTrack,
            Some(4..=6) | None => Status::NeedsAttention,
            Some(_) => Status::OnTrack,
        }
    }

    fn staying(&self, bounds: &Bounds) -> Status {
        match self.outcomes(bounds).as_slice() {
            [] => Status::Pending,
            [.., Outcome { within: true, .. }] => Status::OnTrack,
            [.., Outcome { within: false, .. }, Outcome { within: false, .. }] => Status::OffTrack,
            [.., Outcome { within: false, .. }] => Status::NeedsAttention,
        }
    }
}

/// One cadence window of a stay.
#[derive(Debug, Clone, Copy)]
struct Outcome {
    completed: bool,
    within: bool,
}
