//! The weight of milestones that is done, and that is due.

use std::sync::Arc;

use super::{Basis, Expected, Measured, Progress};
use crate::Milestone;

impl Measured<'_> {
    pub(super) fn steps(&self, steps: &[Arc<Milestone>]) -> (Option<Progress>, Option<Expected>) {
        let weight = |counts: &dyn Fn(&Milestone) -> bool| -> f64 {
            let counted = steps.iter().filter(|step| counts(step));
            counted.map(|step| step.weight.on(self.day).get().get()).sum()
        };
        let total = weight(&|_| true);
        if total <= 0.0 {
            return (None, None);
        }
        let done = weight(&|step| step.done_by(self.day).is_some());
        let end = self.span.map(|span| span.end);
        let due = weight(&|step| step.due.on(self.day).or(end).is_some_and(|due| due <= self.day));
        let share = done / total;
        let progress = Progress { share, raw: share, basis: Basis::Milestones { done, total } };
        (Some(progress), self.span.map(|_| Expected { due: Some((due, total)), ..Expected::of(due / total) }))
    }
}
