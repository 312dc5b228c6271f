//! The heat table: what each KPI was in each of some periods, whatever its own are.
//!
//! Where a KPI has periods of its own of the same length, its cells are those periods. Where the columns are longer, all
//! that was read in a column is taken together as it is in a period, and what is made of others is made of their
//! values in the column; where they are shorter, a column shows the KPI's own period that has ended.
//!
//! That is sound for some KPIs only. A level (a price, a share, a pulse) is the same thing over a week and over a month,
//! so that one target does for both. An amount (so many in a week) grows with its period: its sum over a month is
//! true, but nothing that the target of a week could judge. Which of the two a calculated KPI is follows from its
//! formula as units do: amount / amount is a level, level * amount an amount, amount + level neither.

use crate::{Day, Frequency, Health, Kpi, KpiReport, PeriodValue, Plan, Span};

/// How a KPI's own periods go with a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// The column is one of its periods.
    Own,
    /// Its periods are shorter: the column as if it were one of them. The target is that of the column's last day.
    Level,
    /// Its periods are shorter, and its values grow with them: the amount of the column, without a target, since that is
    /// for its own periods.
    Amount,
    /// Its periods are longer: one of them ended within the column, or runs in the running column.
    Longer,
    /// Its periods are longer: the last one that has ended, before the column.
    Carried,
    /// Its values say nothing about periods of another length.
    Unsound,
}

/// A KPI in a column.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatCell {
    /// What the column shows of it.
    pub fit: Fit,
    /// The period that is shown, with value, target and health: the column, or the longer one. None where the KPI had not
    /// begun, where none of its longer periods ended, and where nothing can be said.
    pub shown: Option<PeriodValue>,
}

impl HeatCell {
    /// Whether its value is only what a running period has so far.
    #[must_use]
    pub fn so_far(&self) -> bool {
        self.shown.as_ref().is_some_and(|shown| shown.so_far)
    }

    /// How its value stands; none where nothing is shown, and where what there is so far cannot be judged yet.
    #[must_use]
    pub fn health(&self) -> Option<Health> {
        let judged = |shown: &&PeriodValue| !shown.so_far || shown.met().is_some();
        self.shown.as_ref().filter(judged).map(|shown| shown.health)
    }
}

impl Plan {
    /// The last `n` periods up to `day`, oldest first; the running one is the last.
    #[must_use]
    pub fn heat_columns(&self, frequency: Frequency, n: usize, day: Day) -> Vec<Span> {
        let periods = self.periods(frequency, day);
        let mut columns: Vec<_> =
            std::iter::successors(Some(periods.period(day)), |later| Some(periods.before(later))).take(n).collect();
        columns.reverse();
        columns
    }

    /// A KPI in each of these columns, which are the last periods of this length. `report` is its report on the same day.
    #[must_use]
    pub fn heat_row(
        &self,
        kpi: &Kpi,
        report: &KpiReport,
        columns: &[Span],
        frequency: Frequency,
        day: Day,
    ) -> Vec<HeatCell> {
        let own = *kpi.frequency.on(day);
        let growth = || self.growth(kpi, day);
        let with = |fit: Fit, shown: Option<PeriodValue>| HeatCell { fit, shown };
        if own == frequency {
            let at = |column: &Span| report.periods.binary_search_by(|period| period.period.start.cmp(&column.start));
            let cell = |column| with(Fit::Own, at(column).ok().map(|place| report.periods[place].clone()));
            return columns.iter().map(cell).collect();
        }
        if own > frequency {
            let carried = growth() == Some(0);
            return columns
                .iter()
                .map(|column| longer(report, column, carried, day))
                .map(|(fit, shown)| with(fit, shown))
                .collect();
        }
        let fit = match growth() {
            Some(0) => Fit::Level,
            Some(1) => Fit::Amount,
            _ => return columns.iter().map(|_| with(Fit::Unsound, None)).collect(),
        };
        // What is made of others may begin before the columns do; what is read needs no more than these.
        let all = self.spans_by(self.periods(frequency, day), kpi, day);
        let read = kpi.is_read(day);
        let from = columns.first().filter(|_| read).map_or(Day::FIRST, |first| first.start);
        let spans: Vec<Span> = all.into_iter().filter(|span| span.start >= from).collect();
        let values = self.kpi_values(kpi, &spans, day);
        let missing = columns.len().saturating_sub(spans.len());
        let mut known = spans
            .into_iter()
            .zip(values)
            .rev()
            .take(columns.len())
            .map(|(span, value)| {
                let mut shown = self.period_value(kpi, span, value, day);
                if fit == Fit::Amount && shown.value.is_some() {
                    (shown.target, shown.health) = (None, Health::NoTarget);
                }
                with(fit, Some(shown))
            })
            .collect::<Vec<_>>();
        known.reverse();
        (0..missing).map(|_| with(fit, None)).chain(known).collect()
    }
}

/// Of a KPI's own periods, all longer than a column, the one to show in it.
fn longer(report: &KpiReport, column: &Span, carried: bool, day: Day) -> (Fit, Option<PeriodValue>) {
    let running = column.contains(day);
    let now = |period: &PeriodValue| running && !period.so_far && period.value.is_some();
    let has_come = |period: &&PeriodValue| period.period.end <= column.end || now(period);
    let begun = report.periods.partition_point(|period| period.period.start <= column.end);
    let shown = report.periods[..begun].iter().rev().find(has_come);
    let fit = match shown {
        Some(shown) if shown.period.end < column.start => Fit::Carried,
        _ => Fit::Longer,
    };
    (fit, shown.filter(|shown| fit == Fit::Longer || carried && shown.value.is_some()).cloned())
}
