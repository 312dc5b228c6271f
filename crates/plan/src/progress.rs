//! How far key results have come, and how far they should be.

mod milestones;
mod pace;
mod roll_up;
mod stay;

pub use pace::{Pace, Rate, Slope, rough, weekly};
pub use roll_up::{NoNumber, ObjectiveReport, Part};
pub use stay::Window;

use crate::{
    Bands, Cadence, CheckIn, Day, EntryKey, KeyResult, Kpi, Measure, Number, Objective, ObjectiveKind, Override, Plan,
    Span, Status,
    status::{Standing, limits_of_verdict, rounded},
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
    /// The latest day on which something was heard of it: a check-in, a reading of the KPI that feeds it, a step that
    /// was done.
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
    /// The gaps at which its status changes: its own, else the plan's.
    pub bands: Bands,
    /// Why it is not on track although the numbers alone would say so.
    pub held_back: Option<HeldBack>,
    /// What somebody judged, and why.
    pub judged: Option<Override>,
    /// The first day on which a first check-in is overdue.
    pub heard_by: Option<Day>,
    /// Whether nothing was heard of it for two cadences, while it runs.
    pub silent: bool,
    /// Whether nothing was checked in for more than one and a half cadences, while it runs and is not achieved.
    pub stale: bool,
    /// The speed, for metrics.
    pub pace: Option<Pace>,
    /// The windows of a stay that have begun.
    pub windows: Vec<Window>,
}

/// Why something needs attention that would be on track otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldBack {
    /// Nothing was heard of it for two cadences.
    Silent,
    /// Less than a fifth of the time is left, and what is left to do needs more than one and a half times the pace of
    /// late.
    TooSlow,
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
    /// Kept windows of the cadence / those that are known, of which a share is asked for. What is not known counts
    /// neither way. The share of the way is line end x kept share / asked share, up to the line end.
    Stay {
        /// Completed windows whose last value lies within the bounds in force at their end.
        kept: usize,
        /// Completed windows whose last value lies outside of those.
        broken: usize,
        /// Completed windows without a value.
        unknown: usize,
        /// The share that is asked for: above 0, up to 1.
        asked: f64,
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
    /// Of a metric: line end x the share of its time that has gone. Of milestones: line end x the weight that is due by
    /// then over the weight of all. Of a stay: the line end. Of done or not and of a baseline: the line end, from the due
    /// day on.
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
    /// Whether its due day is over.
    #[must_use]
    pub fn is_over(&self, day: Day) -> bool {
        self.span.as_ref().is_some_and(|span| day > span.end)
    }

    /// The value that a metric should have: start + (target - start) x expected.
    #[must_use]
    pub fn expected_value(&self) -> Option<Number> {
        let Basis::Metric { start, target, .. } = self.progress.as_ref()?.basis else { return None };
        Number::new(start.get() + (target.get() - start.get()) * self.expected?.share).ok()
    }
}

impl Progress {
    /// The share that a person reads, and the limits of its verdict: of a stay the share of its windows that were kept,
    /// where it is achieved, and where it is partly. Of all else the share of the way before it was held.
    #[must_use]
    pub fn shown(&self, line_end: f64) -> (f64, [f64; 2]) {
        match self.basis {
            Basis::Stay { kept, broken, asked, .. } => (stay::kept_share(kept, broken), limits_of_verdict(asked)),
            _ => (self.raw, limits_of_verdict(line_end)),
        }
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
        let heard = last.as_ref().map(|(key, _)| key.day).max(read).max(self.last_step(key_result.id, day));
        let begun = span.as_ref().map(|span| span.start.max(key_result.created));
        let rhythm =
            Rhythm { cadence, period: fed_by.map(|kpi| self.periods(*kpi.frequency.on(day), day).period(day)) };
        let fed_by = fed_by.map(|kpi| (self, kpi));
        let measured = Measured { plan: self, key_result, fed_by, span: span.as_ref(), cadence, line_end, day };
        let Numbers { value, progress, expected, pace, windows } = measured.measure(self);
        let bands = key_result.bands.on(day).clone().unwrap_or_else(|| self.frame.bands.on(day).clone());
        let heard_by = begun.map(|begun| rhythm.first_due(begun));
        let standing = Standing {
            progress: progress.as_ref().map(|progress| progress.share),
            compared: progress.as_ref().map(|it| it.share).zip(expected.map(|it| it.share)),
            line_end,
            span: span.as_ref(),
            heard: heard.is_some(),
            heard_by,
        };
        let (status, gap) = match (key_result.measure.on(day), &progress) {
            (Measure::Stay { .. }, _) => {
                let running = || standing.or_silent(|| Measured::staying(&windows), day);
                (standing.ended(day).unwrap_or_else(running), None)
            }
            (Measure::Done {} | Measure::Baseline {}, Some(done)) if done.share < 1.0 => {
                let running = || standing.or_silent(|| measured.by_confidence(), day);
                (standing.ended(day).unwrap_or_else(running), None)
            }
            _ => {
                let status = match standing.is_reached() {
                    true => Status::Achieved,
                    false => standing.unsettled(&bands, || Status::Pending, day),
                };
                (status, standing.deciding_gap(status, day))
            }
        };
        let silence = span.as_ref().filter(|span| span.contains(day)).zip(begun).map(|(span, begun)| {
            let since = heard.map_or(begun, |heard| heard.max(span.start));
            day.days_since(since)
        });
        let silent = silence.is_some_and(|silence| silence >= 2 * rhythm.days());
        let held_back = match status {
            Status::OnTrack if silent => Some(HeldBack::Silent),
            Status::OnTrack => measured.is_too_slow(progress.as_ref(), pace.as_ref()).then_some(HeldBack::TooSlow),
            _ => None,
        };
        let computed = if held_back.is_some() { Status::NeedsAttention } else { status };
        let stale = computed != Status::Achieved && silence.is_some_and(|silence| 2 * silence > 3 * rhythm.days());
        let judged = key_result.judged.on(day).clone();
        let status = judged.as_ref().map_or(computed, |judged| judged.status);
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
            bands,
            held_back,
            judged,
            heard_by,
            silent,
            stale,
            pace,
            windows,
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

/// How often something is to be heard of a key result.
#[derive(Debug, Clone)]
struct Rhythm {
    cadence: Cadence,
    /// The running period of the KPI that feeds it: where it is longer than the cadence, nobody can say more.
    period: Option<Span>,
}

impl Rhythm {
    fn days(&self) -> i32 {
        self.cadence.days().max(self.period.as_ref().map_or(0, Span::days))
    }

    /// The day on which the first check-in of what begins on `start` is overdue.
    fn first_due(&self, start: Day) -> Day {
        let cadence = self.cadence.windows(start).next().map_or(start, |window| window.end.plus_days(1));
        cadence.max(start.plus_days(self.period.as_ref().map_or(0, Span::days)))
    }
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

/// What a measure says.
#[derive(Debug, Default)]
struct Numbers {
    value: Option<Number>,
    progress: Option<Progress>,
    expected: Option<Expected>,
    pace: Option<Pace>,
    windows: Vec<Window>,
}

impl Measured<'_> {
    fn measure(&self, plan: &Plan) -> Numbers {
        let value = self.value_on(self.day);
        match self.key_result.measure.on(self.day) {
            Measure::Metric { start, target } => {
                let value = value.unwrap_or(*start);
                let raw = (value.get() - start.get()) / (target.get() - start.get());
                let basis = Basis::Metric { start: *start, value, target: *target };
                let progress = Some(Progress { share: raw.clamp(0.0, 1.0), raw, basis });
                let pace = self.pace(*start, value, *target);
                Numbers { value: Some(value), progress, expected: self.by_time(), pace, ..Numbers::default() }
            }
            Measure::Stay { bounds, share } => {
                let windows = self.windows(bounds);
                let progress = self.kept(&windows, share.get().get());
                let expected = self.span.map(|_| Expected::of(self.line_end));
                Numbers { value, progress, expected, windows, ..Numbers::default() }
            }
            Measure::Milestones {} => {
                let (progress, expected) = self.steps(plan);
                Numbers { progress, expected, ..Numbers::default() }
            }
            Measure::Done {} => self.done(value, value.is_some_and(Number::is_done)),
            Measure::Baseline {} => self.done(value, value.is_some()),
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
        let (gone, all) = span.days_gone(self.day);
        let share = self.line_end * span.elapsed(self.day);
        let elapsed = match all {
            // A single day has gone on that day.
            0 => (i32::from(gone >= 0), 1),
            _ => (gone.clamp(0, all), all),
        };
        Some(Expected { elapsed: Some(elapsed), ..Expected::of(share) })
    }

    fn done(&self, value: Option<Number>, done: bool) -> Numbers {
        let share = f64::from(u8::from(done));
        let due = self.span.is_some_and(|span| self.day >= span.end);
        let expected = due.then_some(Expected::of(self.line_end));
        let progress = Some(Progress { share, raw: share, basis: Basis::Done { done } });
        Numbers { value, progress, expected, ..Numbers::default() }
    }

    /// Whether a metric with less than a fifth of its time left would have to be more than half as fast again as of late
    /// to come to its line's end. On its last day no pace is fast enough.
    fn is_too_slow(&self, progress: Option<&Progress>, pace: Option<&Pace>) -> bool {
        let (Some(span), Some(progress), Some(pace)) = (self.span, progress, pace) else { return false };
        let Basis::Metric { start, target, .. } = progress.basis else { return false };
        let (left, all) = (span.end.days_since(self.day), span.end.days_since(span.start));
        if left < 0 || 5 * left >= all {
            return false;
        }
        let needed = (self.line_end - progress.raw) / (f64::from(left) / 7.0);
        let lately = pace.lately.map(|slope| slope.a_week() / (target.get() - start.get()));
        left == 0 || lately.is_some_and(|lately| rounded(needed) > rounded(1.5 * lately))
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
