//! How far key results have come, and how far they should be.

mod milestones;
mod pace;
mod roll_up;
mod stay;

use std::sync::Arc;

pub use pace::{Pace, Rate, Slope, rough, weekly};
pub use roll_up::{ObjectiveReport, Part};

use crate::{
    Cadence, CheckIn, Day, EntryKey, KeyResult, Kpi, Measure, Milestone, Number, Objective, ObjectiveKind, Override,
    Plan, Span, Status, status::Standing,
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
        let measured = Measured { plan: self, key_result, fed_by, span: span.as_ref(), cadence, line_end, day };
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

/// The first day after one cadence from `start` on.
fn one_cadence(cadence: Cadence, start: Day) -> Day {
    cadence.windows(start).next().map_or(start, |window| window.end.plus_days(1))
}

/// A key result with all that its measure needs to know.
#[derive(Clone, Copy)]
struct Measured<'a> {
    plan: &'a Plan,
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

    /// From the latest confidence that was stated on or before `day`.
    fn by_confidence(&self) -> Status {
        let stated = self.key_result.check_ins.latest(self.day).find_map(|(_, check_in)| check_in.confidence);
        match stated.map(crate::Confidence::get) {
            Some(0..=3) => Status::OffTrack,
            Some(4..=6) | None => Status::NeedsAttention,
            Some(_) => Status::OnTrack,
        }
    }
}
