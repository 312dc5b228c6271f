//! Where the numbers of a KPI come from: their formulas, with the values in them.

use bearings_plan::{
    Accrual, Aggregation, Figure, Frequency, Kpi, KpiReport, Move, Number, PeriodValue, Periods, Target, Unit,
};

use super::{common, explain::braced, kpis, words};
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
}

/// More than this many readings do not fit a line.
const MOST: usize = 8;

/// What a value a year earlier is compared as, within "+12% on the year before".
pub fn a_year_ago(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Weekly => "the same week 52 weeks before",
        _ => "the year before",
    }
}

/// "98,000 € of 120,000 € this month: 82%, with 69% of it gone."; "90 € of at most 100 € this month: 90% used up, with
/// 69% of it gone, faster than the time."
pub fn accrual(kpi: &Kpi, accrual: &Accrual, frequency: Frequency) -> String {
    let number = |value: Number| intl::number(value, &kpi.unit);
    let (so_far, target, this) = (number(accrual.so_far), number(accrual.target), kpis::this(frequency));
    let share = intl::percent_against(accrual.share, &[1.0]);
    let told = match accrual.limit {
        true => format!("{so_far} of at most {target} {this}: {share} used up"),
        false => format!("{so_far} of {target} {this}: {share}"),
    };
    match accrual.elapsed().map(intl::percent) {
        None => format!("{told}."),
        Some(elapsed) if accrual.is_too_fast() => format!("{told}, with {elapsed} of it gone, faster than the time."),
        Some(elapsed) => format!("{told}, with {elapsed} of it gone."),
    }
}

/// The same for a track: "82%, today expects 69%"; "90% used up, 69% of the time gone"
pub fn accrual_short(accrual: &Accrual) -> String {
    let (share, elapsed) = (intl::percent_against(accrual.share, &[1.0]), accrual.elapsed().map(intl::percent));
    match (accrual.limit, elapsed) {
        (true, Some(elapsed)) => format!("{share} used up, {elapsed} of the time gone"),
        (true, None) => format!("{share} used up"),
        (false, elapsed) => common::progress_of(&share, elapsed.as_deref()),
    }
}

/// "82% = 98,000 ÷ 120,000; 69% = 20 ÷ 29 days"
pub fn accrual_made_of(accrual: &Accrual) -> String {
    let Accrual { so_far, target, share, gone, days, .. } = *accrual;
    let filled = format!("{} = {} ÷ {}", intl::percent_exact(share), intl::bare(so_far), intl::bare(target));
    match accrual.elapsed() {
        Some(elapsed) => format!("{filled}; {} = {gone} ÷ {days} days", intl::percent_exact(elapsed)),
        None => filled,
    }
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
    let shown = intl::number_against(value, &kpi.unit, &target.limits());
    let (bounds, miss) = (kpis::target_of(Some(target), &kpi.unit), target.miss(value));
    match (miss == Number::ZERO, target.tolerance == Number::ZERO) {
        (true, _) => format!("{shown} meets {bounds}"),
        (false, true) => format!("{shown} misses {bounds} by {}", number(miss)),
        (false, false) => {
            format!("{shown} misses {bounds} by {}; up to {} is near it", number(miss), number(target.tolerance))
        }
    }
}

/// "25% = (5,500 − 4,400) ÷ 4,400", or "-0.3 points = 6.9 − 7.2": the figure by which the change is told.
pub fn change_made_of(now: Number, moved: &Move, unit: &Unit) -> String {
    let (now, before) = (intl::bare(now), braced(&intl::bare(moved.from)));
    match moved.figure(unit) {
        Some(Figure::Share(share)) => {
            let size = intl::bare(moved.from.magnitude());
            format!("{} = ({now} − {before}) ÷ {size}", intl::percent_exact(share))
        }
        _ => {
            let by = kpis::change(moved, unit).unwrap_or_else(|| intl::bare(Number::ZERO));
            format!("{by} = {now} − {before}")
        }
    }
}

/// "58% = 7 ÷ 12: on target in 7 of the last 12 completed months"
pub fn hits_made_of(report: &KpiReport) -> Option<String> {
    let rate = report.hits(KpiReport::HIT_PERIODS)?;
    let told = kpis::hit_rate(&rate, report.calendar.frequency);
    Some(format!("{} = {} ÷ {}: {told}", intl::percent(rate.share()), rate.met, rate.judged))
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
