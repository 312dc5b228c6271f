//! The schedule of a KPI's targets: each holds from a day on, until the next.

use crate::{Change, Day, Edit, Frequency, Kpi, KpiEdit, Plan, Span, Target};

impl Plan {
    /// The change that sets a KPI's target (or that it has none) from a day on. Later targets stay as they are.
    #[must_use]
    pub fn target_set(&self, kpi: &Kpi, target: Option<Target>, from: Day) -> Change {
        Change::Edit { edit: Edit::of(kpi.id, KpiEdit::target(target)), from: Some(from) }
    }

    /// The change that sets a KPI's target for the one period that a day lies in, as periods are on `today`. What would
    /// be in force after it, and what is decided for later days, holds from the next period on.
    #[must_use]
    pub fn target_set_for(&self, kpi: &Kpi, target: Option<Target>, within: Day, today: Day) -> Change {
        let period = self.periods(*kpi.frequency.on(today), today).period(within);
        self.targets_set_for(kpi, &[(period, target)], today)
    }

    /// The same for several periods at once, each with a target of its own. What would be in force in a period that is
    /// not among them stays so.
    #[must_use]
    pub fn targets_set_for(&self, kpi: &Kpi, targets: &[(Span, Option<Target>)], today: Day) -> Change {
        let periods = self.periods(*kpi.frequency.on(today), today);
        let decided = |day: Day| {
            targets.iter().any(|(period, _)| period.start == day)
                || kpi.target.revisions().any(|revision| revision.from == day)
        };
        let mut changes = Vec::new();
        for (period, target) in targets {
            changes.push(self.target_set(kpi, target.clone(), period.start));
            let next = periods.after(period).start;
            if !decided(next) {
                changes.push(self.target_set(kpi, kpi.target.on(next).clone(), next));
            }
            // What was decided for a day within the period would end the new target before its time.
            let within = |from: Day| period.start < from && from <= period.end;
            let withdrawn = kpi.target.revisions().filter(|revision| within(revision.from));
            changes.extend(withdrawn.map(|revision| self.target_withdrawn(kpi, revision.from)));
        }
        Change::All(changes)
    }

    /// The periods for which targets are set together, each with the target in force at its end: the running one, and as
    /// many after it as people plan ahead (two weeks of days, a quarter of weeks, a year of months, two of quarters,
    /// five years).
    #[must_use]
    pub fn targets_ahead(&self, kpi: &Kpi, today: Day) -> Vec<(Span, Option<Target>)> {
        let periods = self.periods(*kpi.frequency.on(today), today);
        let n = match periods.frequency {
            Frequency::Daily => 14,
            Frequency::Weekly => 13,
            Frequency::Monthly => 12,
            Frequency::Quarterly => 8,
            Frequency::Yearly => 5,
        };
        let ahead = std::iter::successors(Some(periods.period(today)), |period| Some(periods.after(period)));
        ahead.take(n).map(|period| (period.clone(), kpi.target.on(period.end).clone())).collect()
    }

    /// The change that takes back what was decided for the time from a day on: what was in force before holds on.
    #[must_use]
    pub fn target_withdrawn(&self, kpi: &Kpi, from: Day) -> Change {
        let edit = Edit::of(kpi.id, KpiEdit::target(kpi.target.on(from).clone()));
        Change::Withdraw { edit, from }
    }

    /// The targets of a KPI in the order of days, each with the days for which it holds; the last one has no end. Without
    /// decisions that change nothing.
    #[must_use]
    pub fn targets_of(&self, kpi: &Kpi) -> Vec<(Day, Option<Day>, Option<Target>)> {
        let mut revisions: Vec<_> = kpi.target.revisions().collect();
        revisions.dedup_by(|later, earlier| later.value == earlier.value);
        let ends: Vec<_> = revisions.iter().skip(1).map(|next| Some(next.from.plus_days(-1))).chain([None]).collect();
        let spans = revisions.iter().zip(ends);
        spans.map(|(revision, end)| (revision.from, end, revision.value.clone())).collect()
    }

    /// What a period's value is made of: its readings as known on `day`, oldest first.
    #[must_use]
    pub fn readings_in(&self, kpi: &Kpi, period: &Span, day: Day) -> Vec<crate::Number> {
        kpi.readings.between(period.start, period.end.min(day)).map(|(_, reading)| reading.value).collect()
    }
}
