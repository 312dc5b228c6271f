//! Fiscal years, their quarters, and the periods that a further cycle may take.

use crate::{Cycle, Day, Frequency, Plan, Span};

impl Plan {
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
        let into = self.months_into_year(day) % 3;
        let start = day.month_start().plus_months(-into);
        Span { start, end: start.plus_months(3).plus_days(-1) }
    }

    /// The four quarters of a fiscal year.
    #[must_use]
    pub fn quarters_of(&self, year: &Span) -> [Span; 4] {
        [0, 3, 6, 9].map(|months| self.quarter(year.start.plus_months(months)))
    }

    /// The fiscal year that a further cycle may take: the running one, or the first after it that no cycle has.
    #[must_use]
    pub fn next_year(&self, day: Day) -> Span {
        let year = |day: Day| {
            let start = day.month_start().plus_months(-self.months_into_year(day));
            Span { start, end: start.plus_months(12).plus_days(-1) }
        };
        self.first_free(year(day), year, |cycle, span| cycle.span.on(day) == span)
    }

    /// The month that a further cycle may take, likewise.
    #[must_use]
    pub fn next_month(&self, day: Day) -> Span {
        let month = |day| Frequency::Monthly.period(day);
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

    /// Which quarter of the plan's fiscal year a day lies in, from 1, and the calendar year in which that one began.
    #[must_use]
    pub fn quarter_number(&self, day: Day) -> (i32, i32) {
        let into = self.months_into_year(day);
        (into / 3 + 1, day.month_start().plus_months(-into).year())
    }

    /// Whether fiscal years are calendar years.
    #[must_use]
    pub fn keeps_calendar_years(&self) -> bool {
        self.frame.fiscal_start.get() == 1
    }

    /// How many months of the fiscal year have gone before the month of a day.
    fn months_into_year(&self, day: Day) -> i32 {
        (i32::from(day.month()) - i32::from(self.frame.fiscal_start.get())).rem_euclid(12)
    }
}
