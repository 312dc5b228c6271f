//! Values that are to stay within bounds, window by window.

use super::{Basis, Measured, Progress};
use crate::{Bounds, Measure, Number, Span, Status, status::rounded};

/// One window of a stay: the days for which one check-in is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Its days.
    pub span: Span,
    /// Whether it is over.
    pub completed: bool,
    /// Its last value; none where nobody said one.
    pub value: Option<Number>,
    /// The bounds in force at its end, or on the day asked about while it runs.
    pub bounds: Bounds,
    /// Whether that value lies within those bounds; none where there is no value.
    pub kept: Option<bool>,
}

impl Measured<'_> {
    /// The windows that have begun by the day.
    pub(super) fn windows(&self, bounds: &Bounds) -> Vec<Window> {
        let Some(span) = self.span else { return Vec::new() };
        let begun = self.cadence.windows_in(span).into_iter().take_while(|window| window.start <= self.day);
        let judged = begun.map(|span| {
            let last = span.end.min(self.day);
            let value = self.value_in(&Span { start: span.start, end: last });
            let bounds = match self.key_result.measure.on(last) {
                Measure::Stay { bounds, .. } => bounds.clone(),
                // It was measured in another way then.
                _ => bounds.clone(),
            };
            let kept = value.map(|value| rounded(bounds.miss(value)) <= 0.0);
            Window { completed: span.end < self.day, span, value, bounds, kept }
        });
        judged.collect()
    }

    /// The last value of a window. A KPI whose periods are far longer than the windows gives the value of the latest
    /// period that may be known by then: nobody reads it more often.
    fn value_in(&self, window: &Span) -> Option<Number> {
        let Some((plan, kpi)) = self.fed_by else {
            let mut checked = self.key_result.check_ins.between(window.start, window.end).rev();
            return checked.find_map(|(_, check_in)| check_in.value);
        };
        let periods = plan.periods(*kpi.frequency.on(self.day), self.day);
        let period = periods.period(window.start);
        let is_longer = period.days() >= 2 * self.cadence.days();
        let known_from = if is_longer { periods.before(&period).start } else { window.start };
        let read = plan.last_reading(kpi, window.end)?;
        self.value_on(window.end).filter(|_| read >= known_from)
    }

    /// Line end x kept share / asked share; none while nothing is known.
    pub(super) fn kept(&self, windows: &[Window], asked: f64) -> Option<Progress> {
        let count = |kept| windows.iter().filter(|it| it.completed && it.kept == kept).count();
        let (kept, broken, unknown) = (count(Some(true)), count(Some(false)), count(None));
        let raw = self.line_end * kept_share(kept, broken) / asked;
        let progress =
            Progress { share: raw.min(self.line_end), raw, basis: Basis::Stay { kept, broken, unknown, asked } };
        (kept + broken > 0).then_some(progress)
    }

    /// The status while it runs: windows without a value are passed over, but for the last completed one, which needs
    /// attention.
    pub(super) fn staying(windows: &[Window]) -> Status {
        let known: Vec<_> = windows.iter().filter_map(|window| window.kept).collect();
        let status = match known.as_slice() {
            [] => Status::Pending,
            [.., true] => Status::OnTrack,
            [.., false, false] => Status::OffTrack,
            [.., false] => Status::NeedsAttention,
        };
        let last = windows.iter().rfind(|window| window.completed);
        let unknown = last.is_some_and(|window| window.kept.is_none());
        match status {
            Status::OnTrack | Status::Pending if unknown => Status::NeedsAttention,
            status => status,
        }
    }
}

/// The share of the known windows that were kept; 0 where none is known.
#[expect(clippy::cast_precision_loss, reason = "counts of windows")]
pub(super) fn kept_share(kept: usize, broken: usize) -> f64 {
    if kept == 0 { 0.0 } else { kept as f64 / (kept + broken) as f64 }
}
