//! The weight of milestones that is done, and that is due.

use super::{Basis, Expected, Measured, Progress};
use crate::{Day, KeyResultId, Measure, Milestone, MilestoneId, Plan, Span};

impl Plan {
    /// The day on which each milestone of a key result is due: its own, else one of those that spread the steps without
    /// a day evenly over the key result's days, in their order, the last one on its last day. Without days of the key
    /// result only those with a day of their own are due.
    #[must_use]
    pub fn step_dues(&self, key_result: KeyResultId, day: Day) -> Vec<(MilestoneId, Day)> {
        let steps = self.milestones_of(key_result);
        let span = self.key_results.get(key_result).and_then(|it| self.key_result_span(it, day));
        let without = steps.iter().filter(|step| step.due.on(day).is_none()).count();
        let mut spread = span.into_iter().flat_map(|span| spread(&span, without));
        let due = steps.iter().filter_map(|step| Some((step.id, step.due.on(day).or_else(|| spread.next())?)));
        due.collect()
    }

    /// The days on which the steps without a day are due that are not done yet.
    #[must_use]
    pub fn spread_steps(&self, key_result: KeyResultId, day: Day) -> Vec<Day> {
        let key_result = self.key_results.get(key_result).filter(|it| *it.measure.on(day) == Measure::Milestones {});
        let Some(key_result) = key_result.map(|it| it.id) else { return Vec::new() };
        let is_open = |id: MilestoneId| {
            let step = self.milestones.get(id);
            step.is_some_and(|step| step.due.on(day).is_none() && step.done_by(day).is_none())
        };
        let dues = self.step_dues(key_result, day).into_iter();
        dues.filter(|(id, _)| is_open(*id)).map(|(_, due)| due).collect()
    }

    /// The latest day up to `day` on which a step of a key result was done.
    #[must_use]
    pub fn last_step(&self, key_result: KeyResultId, day: Day) -> Option<Day> {
        let steps = self.milestones.iter().filter(|step| *step.key_result == key_result);
        steps.filter_map(|step| step.done_by(day)).max()
    }
}

/// So many days over a span, at equal distances, the last one its last.
fn spread(span: &Span, count: usize) -> impl Iterator<Item = Day> + use<> {
    let (start, days) = (span.start, i64::from(span.end.days_since(span.start)));
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    (1..=count).map(move |index| start.plus_days(i32::try_from(days * index / count).unwrap_or_default()))
}

impl Measured<'_> {
    pub(super) fn steps(&self, plan: &Plan) -> (Option<Progress>, Option<Expected>) {
        let steps = plan.milestones_of(self.key_result.id);
        let weight = |counts: &dyn Fn(&Milestone) -> bool| -> f64 {
            let counted = steps.iter().filter(|step| counts(step));
            counted.map(|step| step.weight.on(self.day).get().get()).sum()
        };
        let total = weight(&|_| true);
        if total <= 0.0 {
            return (None, None);
        }
        let done = weight(&|step| step.done_by(self.day).is_some());
        let dues = plan.step_dues(self.key_result.id, self.day);
        let due = weight(&|step| dues.iter().any(|(id, due)| *id == step.id && *due <= self.day));
        let share = done / total;
        let progress = Progress { share, raw: share, basis: Basis::Milestones { done, total } };
        let expected = Expected { due: Some((due, total)), ..Expected::of(self.line_end * due / total) };
        (Some(progress), self.span.map(|_| expected))
    }
}
