//! The day on which a plan is asked about now.

use crate::{Day, Plan};

impl Plan {
    /// The day that the plan has reached, given the day of the reader's clock: the next one where something in it
    /// carries that day already, else the clock's. Nobody enters what happens on a day to come, so it was entered where
    /// that day had begun, and who entered it has travelled west since or is further east.
    ///
    /// Everything that is asked about now is asked about this day, and what is entered now is entered for it: what was
    /// said counts, and what is said later is later. Past days are asked about as they are.
    #[must_use]
    pub fn present_day(&self, clock: Day) -> Day {
        let next = clock.plus_days(1);
        let checked_in = || self.key_results.iter().any(|it| it.check_ins.between(next, next).next().is_some());
        let read = || self.kpis.iter().any(|it| it.readings.between(next, next).next().is_some());
        let ticked = || self.milestones.iter().any(|it| *it.done == Some(next));
        let made = || {
            let mut made =
                self.objectives.iter().map(|it| it.created).chain(self.key_results.iter().map(|it| it.created));
            made.any(|day| day == next) || self.kpis.iter().any(|it| it.created == next)
        };
        if checked_in() || read() || ticked() || made() { next } else { clock }
    }
}
