//! Where numbers come from: their formulas, with the values in them.

use bearings_plan::{Basis, Forecast, KeyResultReport, NoForecast, Number, Part, Unit};

use super::{
    count,
    objectives::{roughly, step_of, window},
};
use crate::web::intl;

/// "(2 × 55% + 42.9%) ÷ (2 + 1)": the mean of progress or of expectation.
pub fn mean(parts: &[Part], share: fn(&Part) -> f64) -> String {
    let weight = |part: &Part| Number::new(part.weight).map(intl::bare).unwrap_or_default();
    let one = |part: &Part| intl::percent_exact(share(part));
    match parts {
        [part] => one(part),
        _ if parts.iter().all(|part| part.weight == 1.0) => {
            let sum: Vec<_> = parts.iter().map(one).collect();
            format!("({}) ÷ {}", sum.join(" + "), parts.len())
        }
        _ => {
            let sum: Vec<_> = parts.iter().map(|part| format!("{} × {}", weight(part), one(part))).collect();
            let weights: Vec<_> = parts.iter().map(weight).collect();
            format!("({}) ÷ ({})", sum.join(" + "), weights.join(" + "))
        }
    }
}

/// "55% = (6,200 − 4,000) ÷ (8,000 − 4,000)"
pub fn progress_made_of(report: &KeyResultReport) -> Option<String> {
    let share = intl::percent_exact(report.progress.as_ref()?.raw);
    Some(progress_formula(report).map_or_else(|| share.clone(), |formula| format!("{share} = {formula}")))
}

/// "(6,200 − 4,000) ÷ (8,000 − 4,000)", where there is more to say than the number itself.
pub fn progress_formula(report: &KeyResultReport) -> Option<String> {
    let weight = |value: f64| Number::new(value).map(intl::bare).unwrap_or_default();
    match &report.progress.as_ref()?.basis {
        Basis::Metric { start, value, target } => {
            let (start, value, target) = (braced(&intl::bare(*start)), intl::bare(*value), intl::bare(*target));
            Some(format!("({value} − {start}) ÷ ({target} − {start})"))
        }
        Basis::Stay { within, completed, .. } => {
            let (one, many) = window(report.cadence);
            Some(format!("{within} ÷ {}", count(*completed, one, many)))
        }
        Basis::Milestones { done, total } => Some(format!("{} ÷ {} {}", weight(*done), weight(*total), step_of())),
        Basis::Done { .. } | Basis::Mean(_) => None,
    }
}

/// "57.1% = 52 ÷ 91 days"
pub fn expectation_made_of(report: &KeyResultReport) -> Option<String> {
    let share = intl::percent_exact(report.expected?.share);
    Some(expectation_formula(report).map_or_else(|| share.clone(), |formula| format!("{share} = {formula}")))
}

/// "52 ÷ 91 days", where time decides.
pub fn expectation_formula(report: &KeyResultReport) -> Option<String> {
    let (gone, all) = report.expected?.elapsed?;
    let line_end = (report.line_end < 1.0).then(|| format!("{} × ", intl::percent(report.line_end)));
    Some(format!("{}{gone} ÷ {all} days", line_end.unwrap_or_default()))
}

/// A negative number in braces.
pub fn braced(number: &str) -> String {
    if number.starts_with(['-', '\u{2212}']) { format!("({number})") } else { number.to_owned() }
}

/// How a forecast is made, or what it still needs.
pub fn forecast_made_of(forecast: &Result<Forecast, NoForecast>) -> Option<String> {
    match forecast {
        Ok(it) => {
            let plain = Unit::default();
            Some(format!(
                "forecast {} = {} + {} a day × {} days; from {} values over {} days, {} a day around it",
                roughly(it.value, &plain),
                roughly(it.from, &plain),
                roughly(it.drift, &plain),
                it.ahead,
                it.values,
                it.days,
                roughly(it.deviation, &plain),
            ))
        }
        Err(NoForecast::TooLittle { values, days }) => Some(format!(
            "no forecast yet: {} check-ins over {} days are needed, there are {values} over {days}",
            Forecast::VALUES,
            Forecast::DAYS,
        )),
        Err(NoForecast::NotAMetric | NoForecast::NothingAhead) => None,
    }
}
