//! Where numbers come from: their formulas, with the values in them.

use bearings_plan::{
    Bands, Basis, Distribution, Forecast, KeyResultReport, NoForecast, Number, ObjectiveReport, Part, Status, Unit,
    limits_of_verdict,
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

/// What a metric needs a week, and what the last weeks gave, as far as the page says so.
pub fn pace(report: &KeyResultReport) -> Vec<Line> {
    let (Some(pace), Some(progress)) = (&report.pace, &report.progress) else { return Vec::new() };
    let Basis::Metric { value, target, .. } = progress.basis else { return Vec::new() };
    let weekly = |a_week: f64, to: &str, from: &str, days: i32| {
        format!("{} = ({to} − {}) ÷ {} × 7", about(a_week), braced(from), in_days(days))
    };
    let needed = pace.needed.map(|needed| weekly(needed, &intl::bare(target), &intl::bare(value), pace.left));
    let told = progress.raw < 1.0 && pace.left >= 0;
    let lately = pace.lately.filter(|_| told).map(|slope| {
        let made = weekly(slope.a_week(), &exactly(slope.now), &exactly(slope.then), slope.days());
        format!("{made}, {}", intl::date_range(slope.from, slope.to))
    });
    let needed = needed.map(|needed| Line::new("Needed a week:", needed));
    needed.into_iter().chain(lately.map(|lately| Line::new("Lately a week:", lately))).collect()
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

/// "7,760 = 5,800 + 40 × 49 days, counted as 7,800": where what is said is rounded, or held within what there can be.
fn counted_as(made: String, value: &str, told: &str) -> String {
    if value == told { made } else { format!("{made}, counted as {told}") }
}

/// How a forecast is made, or what it still needs.
pub fn forecast(forecast: &Result<Forecast, NoForecast>) -> Vec<Line> {
    match forecast {
        Ok(it) => {
            let (ahead, days, from) = (it.ahead, it.days, exactly(it.from));
            let (drift, value) = (braced(&about(it.drift)), about(it.straight.value));
            let told = it.readable();
            let heading = format!("{value} = {from} + {drift} × {}", in_days(ahead));
            let a_day = format!("{} = ({from} − {}) ÷ {}", about(it.drift), braced(&exactly(it.first)), in_days(days));
            let mut lines = vec![
                Line::new("In a straight line:", counted_as(heading, &value, &exactly(told.value))),
                Line::new("A day:", a_day),
            ];
            if !it.has_scatter() {
                let line = "All values lie on that line: no scatter yet that says how far it may be off.";
                lines.push(Line::new(line, String::new()));
                return lines;
            }
            let (t, deviation) = (about(it.t), about(it.deviation));
            let straight = format!("{} to {}", about(it.straight.low), about(it.straight.high));
            let spread = format!("{straight} = {value} ± {t} × {deviation} × √({ahead} + {ahead}² ÷ {days})");
            let held = format!("{} to {}", exactly(told.low), exactly(told.high));
            let likely = intl::percent(Forecast::LIKELY);
            lines.push(Line::new(format!("{likely} likely:"), counted_as(spread, &straight, &held)));
            lines.push(Line::new(
                format!(
                    "{deviation} is how far a day strays from that, by {} values; {t} is Student’s t for {likely}.",
                    it.values
                ),
                String::new(),
            ));
            lines
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
