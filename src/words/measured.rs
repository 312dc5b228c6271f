//! Where the numbers of a KPI come from: their formulas, with the values in them.

use bearings_plan::{Accrual, Aggregation, Frequency, Kpi, KpiReport, Move, Number, PeriodValue, Periods, Target};

use super::{explain::braced, kpis, words};
use crate::web::intl;

words! {
    how_made: "How these numbers are made";
    term_value: "Value";
    term_verdict: "Verdict";
    term_change: "Change";
    term_year: "On a year ago";
    term_year_to_date: "Year to date";
    term_so_far: "So far";
    term_hits: "Hit rate";
    a_year_ago: "the year before";
}

/// More than this many readings do not fit a line.
const MOST: usize = 8;

/// "98,000 € of 120,000 € this month: 82%, with 70% of it gone."
pub fn accrual(kpi: &Kpi, accrual: &Accrual, frequency: Frequency) -> String {
    let number = |value: Number| intl::number(value, &kpi.unit);
    let (so_far, target) = (number(accrual.so_far), number(accrual.target));
    let (share, elapsed) = (intl::percent(accrual.share), intl::percent(accrual.elapsed()));
    format!("{so_far} of {target} {}: {share}, with {elapsed} of it gone.", kpis::this(frequency))
}

/// "82% = 98,000 ÷ 120,000; 70% = 21 ÷ 30 days"
pub fn accrual_made_of(accrual: &Accrual) -> String {
    let Accrual { so_far, target, share, gone, days } = *accrual;
    let (share, elapsed) = (intl::percent_exact(share), intl::percent_exact(accrual.elapsed()));
    format!("{share} = {} ÷ {}; {elapsed} = {gone} ÷ {days} days", intl::bare(so_far), intl::bare(target))
}

/// "October 2026: the sum of 12, 30, 8 = 50"
pub fn value_made_of(
    kpi: &Kpi,
    period: &PeriodValue,
    calendar: Periods,
    how: Aggregation,
    readings: &[Number],
) -> String {
    let value = period.value.map(|value| intl::number(value, &kpi.unit)).unwrap_or_default();
    let period = kpis::period(&period.period, calendar);
    match readings {
        [] | [_] => format!("{period}: {value}, one reading"),
        few if few.len() <= MOST => {
            let list: Vec<_> = few.iter().map(|reading| intl::bare(*reading)).collect();
            format!("{period}: {} of {} = {value}", aggregation(how), list.join(", "))
        }
        many => format!("{period}: {} of {} readings = {value}", aggregation(how), many.len()),
    }
}

const fn aggregation(how: Aggregation) -> &'static str {
    match how {
        Aggregation::Last => "the last",
        Aggregation::Sum => "the sum",
        Aggregation::Mean => "the mean",
        Aggregation::Min => "the smallest",
        Aggregation::Max => "the largest",
    }
}

/// "0.12% misses at most 0.1% by 0.02%; up to 0.05% is near it."
pub fn verdict(kpi: &Kpi, value: Number, target: &Target) -> String {
    let number = |value: Number| intl::number(value, &kpi.unit);
    let (shown, bounds, miss) = (number(value), kpis::target_of(Some(target), &kpi.unit), target.miss(value));
    match (miss == Number::ZERO, target.tolerance == Number::ZERO) {
        (true, _) => format!("{shown} meets {bounds}"),
        (false, true) => format!("{shown} misses {bounds} by {}", number(miss)),
        (false, false) => {
            format!("{shown} misses {bounds} by {}; up to {} is near it", number(miss), number(target.tolerance))
        }
    }
}

/// "25% = (5,500 − 4,400) ÷ 4,400", or the difference alone where the value before is zero.
pub fn change_made_of(now: Number, moved: &Move) -> String {
    let (now, before) = (intl::bare(now), braced(&intl::bare(moved.from)));
    let by = Number::new(moved.by).map(intl::bare).unwrap_or_default();
    match moved.share {
        Some(share) => {
            let size = intl::bare(moved.from.magnitude());
            format!("{} = ({now} − {before}) ÷ {size}", intl::percent_exact(share))
        }
        None => format!("{by} = {now} − {before}"),
    }
}

/// "6 ÷ 12 months with value and target"
pub fn hits_made_of(report: &KpiReport) -> Option<String> {
    let (met, of) = report.hits(KpiReport::HIT_PERIODS)?;
    Some(format!("{met} ÷ {of} completed {} with value and target", kpis::periods(report.calendar.frequency).1))
}

/// "the sum of all readings of the year = 124,000 €"
pub fn year_to_date_made_of(kpi: &Kpi, value: Number, how: Option<Aggregation>) -> String {
    let value = intl::number(value, &kpi.unit);
    match how {
        Some(how) => format!("{} of all readings of the year = {value}", aggregation(how)),
        None => format!("{value}, the year so far taken as one period"),
    }
}

/// "124,000 € this year so far."
pub fn year_to_date(kpi: &Kpi, value: Number) -> String {
    format!("{} this year so far.", intl::number(value, &kpi.unit))
}
