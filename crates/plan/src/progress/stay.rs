//! Values that are to stay within bounds, window by window.

use super::Measured;
use crate::{Bounds, Status, status::rounded};

impl Measured<'_> {
    /// The cadence windows up to the day: completed ones, and the running one where it has a check-in.
    pub(super) fn outcomes(&self, bounds: &Bounds) -> Vec<Outcome> {
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

    pub(super) fn staying(&self, bounds: &Bounds) -> Status {
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
pub(super) struct Outcome {
    pub completed: bool,
    pub within: bool,
}
