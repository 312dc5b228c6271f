//! Where numbers come from: their formulas, with the values in them.

use bearings_plan::{
    Bands, Basis, Distribution, Forecast, KeyResultReport, NoForecast, Number, ObjectiveReport, Pace, Part, Status,
    Unit, limits_of_verdict,
};

use super::{
    common, count,
    objectives::{roughly, step_of, today_expects, window},
};
use crate::web::intl;

/// A number and its formula, with what it is called where that has to be said: `Needed a week`, `315 = …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub called: String,
    pub formula: String,
}

impl Line {
    fn new(called: impl Into<String>, formula: String) -> Self {
        Self { called: called.into(), formula }
    }
}

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

/// How far it is, and how far it should be.
pub fn course(report: &KeyResultReport) -> Vec<Line> {
    let progress = progress_made_of(report).map(|formula| Line::new("", formula));
    let expected = expectation_made_of(report).map(|formula| Line::new(today_expects(), formula));
    progress.into_iter().chain(expected).collect()
}

/// How far it is from where today expects it, and what that makes of it, where that is what decides.
pub fn gap(gap: Option<f64>, progress: f64, expected: f64, line_end: f64, bands: &Bands) -> Vec<Line> {
    let Some(gap) = gap else { return Vec::new() };
    let limits = [-bands.attention.get(), -bands.off_track.get()];
    let (progress, expected) = (intl::percent_exact(progress), intl::percent_exact(expected));
    let made = if line_end < 1.0 {
        format!("({progress} − {expected}) ÷ {}", intl::percent(line_end))
    } else {
        format!("{progress} − {expected}")
    };
    let (on_track, off_track) = (common::status(Status::OnTrack), common::status(Status::OffTrack));
    let (attention, off) = (intl::percent_exact(bands.attention.get()), intl::percent_exact(bands.off_track.get()));
    let bands = format!("{on_track} up to {attention} behind. {off_track} beyond {off}.");
    vec![
        Line::new("From today’s line:", format!("{} = {made}", intl::percent_exact_against(gap, &limits))),
        Line::new(bands, String::new()),
    ]
}

/// The same of an objective that counts in another one; its own page says where its numbers come from.
pub fn course_of_objective(report: &ObjectiveReport) -> Vec<Line> {
    let progress = report.progress.as_ref().map(|progress| Line::new("", intl::percent_exact(progress.share)));
    let expected = report.expected.map(|share| Line::new(today_expects(), intl::percent_exact(share)));
    progress.into_iter().chain(expected).collect()
}

/// "55% = (6,200 − 4,000) ÷ (8,000 − 4,000)"
fn progress_made_of(report: &KeyResultReport) -> Option<String> {
    let share = intl::percent_exact_against(report.progress.as_ref()?.raw, &limits_of_verdict(report.line_end));
    Some(progress_formula(report).map_or_else(|| share.clone(), |formula| format!("{share} = {formula}")))
}

/// "(6,200 − 4,000) ÷ (8,000 − 4,000)", where there is more to say than the number itself.
pub fn progress_formula(report: &KeyResultReport) -> Option<String> {
    match &report.progress.as_ref()?.basis {
        Basis::Metric { start, value, target } => {
            let (start, value, target) = (braced(&intl::bare(*start)), intl::bare(*value), intl::bare(*target));
            Some(format!("({value} − {start}) ÷ ({target} − {start})"))
        }
        Basis::Stay { within, completed, .. } => {
            let (one, many) = window(report.cadence);
            Some(format!("{within} ÷ {}", count(*completed, one, many)))
        }
        Basis::Milestones { done, total } => Some(of_steps(*done, *total)),
        Basis::Done { .. } | Basis::Mean(_) => None,
    }
}

/// "57.1% = 52 ÷ 91 days"
fn expectation_made_of(report: &KeyResultReport) -> Option<String> {
    let share = intl::percent_exact(report.expected?.share);
    Some(expectation_formula(report).map_or_else(|| share.clone(), |formula| format!("{share} = {formula}")))
}

/// "52 ÷ 91 days", where time decides; "3 ÷ 10 steps", where steps do.
pub fn expectation_formula(report: &KeyResultReport) -> Option<String> {
    let expected = report.expected?;
    if let Some((due, total)) = expected.due {
        return Some(of_steps(due, total));
    }
    let (gone, all) = expected.elapsed?;
    let line_end = (report.line_end < 1.0).then(|| format!("{} × ", intl::percent(report.line_end)));
    Some(format!("{}{gone} ÷ {all} days", line_end.unwrap_or_default()))
}

/// "3 ÷ 10 steps", by their weights.
fn of_steps(some: f64, all: f64) -> String {
    format!("{} ÷ {} {}", exactly(some), exactly(all), step_of())
}

fn exactly(value: f64) -> String {
    Number::new(value).map(intl::bare).unwrap_or_default()
}

fn about(value: f64) -> String {
    roughly(value, &Unit::default())
}

/// What a metric needs a week, and what the last days gave, as far as the page says so.
pub fn pace(report: &KeyResultReport) -> Vec<Line> {
    let (Some(pace), Some(progress)) = (&report.pace, &report.progress) else { return Vec::new() };
    let Basis::Metric { value, target, .. } = progress.basis else { return Vec::new() };
    let Pace { needed, lately, days, then, left } = *pace;
    let weekly = |perweek: f64, to: Number, from: Number, days: i32| {
        format!("{} = ({} − {}) ÷ {} × 7", about(perweek), intl::bare(to), braced(&intl::bare(from)), in_days(days))
    };
    let needed = needed.map(|needed| Line::new("Needed a week:", weekly(needed, target, value, left)));
    let told = progress.raw < 1.0 && left >= 0;
    let lately = lately.filter(|_| told).map(|lately| Line::new("Lately a week:", weekly(lately, value, then, days)));
    needed.into_iter().chain(lately).collect()
}

/// How what nobody has taken of a target comes about.
pub fn shares(split: &Distribution) -> Line {
    let taken: Vec<_> = split.shares.iter().map(|(_, share)| braced(&exactly(split.along(*share)))).collect();
    let taken = if let [one] = taken.as_slice() { one.clone() } else { format!("({})", taken.join(" + ")) };
    let whole = exactly(split.along(split.whole));
    Line::new("Not taken:", format!("{} = {whole} − {taken}", about(split.rest)))
}

/// A negative number in braces.
pub fn braced(number: &str) -> String {
    if number.starts_with(['-', '\u{2212}']) { format!("({number})") } else { number.to_owned() }
}

/// How a forecast is made, or what it still needs.
pub fn forecast(forecast: &Result<Forecast, NoForecast>) -> Vec<Line> {
    match forecast {
        Ok(it) => {
            let (ahead, days, from) = (it.ahead, it.days, exactly(it.from));
            let drift = braced(&about(it.drift));
            let likely = format!("{} likely:", intl::percent(Forecast::LIKELY));
            vec![
                Line::new("As it goes:", format!("{} = {from} + {drift} × {}", about(it.value), in_days(ahead))),
                Line::new(
                    "A day:",
                    format!("{} = ({from} − {}) ÷ {}", about(it.drift), braced(&exactly(it.first)), in_days(days)),
                ),
                Line::new(
                    likely,
                    format!(
                        "{} to {} = {} ± {} × {} × √({ahead} + {ahead}² ÷ {days})",
                        about(it.low),
                        about(it.high),
                        about(it.value),
                        about(it.t),
                        about(it.deviation),
                    ),
                ),
                Line::new(
                    format!(
                        "{} is how far a day strays from that, by {} values; {} is Student’s t for {}.",
                        about(it.deviation),
                        it.values,
                        about(it.t),
                        intl::percent(Forecast::LIKELY),
                    ),
                    String::new(),
                ),
            ]
        }
        Err(NoForecast::TooLittle { values, days }) => vec![Line::new(
            format!(
                "No forecast yet: {} check-ins over {} days are needed, there are {values} over {days}.",
                Forecast::VALUES,
                Forecast::DAYS,
            ),
            String::new(),
        )],
        Err(NoForecast::NotAMetric | NoForecast::NothingAhead) => Vec::new(),
    }
}

fn in_days(n: i32) -> String {
    if n == 1 { "1 day".to_owned() } else { format!("{n} days") }
}
