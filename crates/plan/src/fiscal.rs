//! Fiscal years, their quarters, and the periods that a further cycle may take.

use crate::{Cycle, Day, Frequency, Periods, Plan, Span};

impl Plan {
    /// Periods of a length in the plan's fiscal years, as these are defined on `day`.
    #[must_use]
    pub fn periods(&self, frequency: Frequency, day: Day) -> Periods {
        Periods { frequency, fiscal_start: *self.frame.fiscal_start.on(day) }
    }

    /// The fiscal quarter that a further cycle may take: the running one, or the first after all cycles that there
    /// are, if that is later.
    #[must_use]
    pub fn next_quarter(&self, day: Day) -> Span {
        let latest = self.cycles.iter().map(|cycle| cycle.span.on(day).end).max();
        match latest {
            Some(latest) if latest >= day => self.quarter(self.quarter(latest).end.plus_days(1)),
            _ => self.quarter(day),
        }
    }

    /// The quarter of the plan's fiscal year that a day lies in.
    #[must_use]
    pub fn quarter(&self, day: Day) -> Span {
        self.periods(Frequency::Quarterly, day).period(day)
    }

    /// The four quarters of a fiscal year.
    #[must_use]
    pub fn quarters_of(&self, year: &Span) -> [Span; 4] {
        [0, 3, 6, 9].map(|months| self.quarter(year.start.plus_months(months)))
    }

    /// The fiscal year that a further cycle may take: the running one, or the first after it that no cycle has.
    #[must_use]
    pub fn next_year(&self, day: Day) -> Span {
        let year = |day: Day| self.periods(Frequency::Yearly, day).period(day);
        self.first_free(year(day), year, |cycle, span| cycle.span.on(day) == span)
    }

    /// The month that a further cycle may take, likewise.
    #[must_use]
    pub fn next_month(&self, day: Day) -> Span {
        let month = |day| self.periods(Frequency::Monthly, day).period(day);
        self.first_free(month(day), month, |cycle, span| cycle.span.on(day) == span)
    }

    /// The fiscal quarter in which something of a cycle can go on where there is no cycle for it yet: the first after
    /// it, but not one that is over, that no other cycle of about its length takes.
    #[must_use]
    pub fn quarter_after(&self, cycle: &Cycle, day: Day) -> Span {
        let following = self.quarter(self.quarter(cycle.span.on(day).end).end.plus_days(1));
        let first = following.max(self.quarter(day));
        self.first_free(
            first,
            |day| self.quarter(day),
            |other, quarter| {
                let span = other.span.on(day);
                // A year does not take its quarters.
                let alike = span.days() < 2 * quarter.days();
                other.id != cycle.id && alike && span.start <= quarter.end && span.end >= quarter.start
            },
        )
    }

    /// The first period from `first` on that no cycle takes.
    fn first_free(&self, first: Span, period: impl Fn(Day) -> Span, takes: impl Fn(&Cycle, &Span) -> bool) -> Span {
        let mut span = first;
        // However many there are, a step for each passes them all.
        for _ in 0..self.cycles.len() {
            if self.cycles.iter().any(|cycle| takes(cycle, &span)) {
                span = period(span.end.plus_days(1));
            }
        }
        span
    }
}
