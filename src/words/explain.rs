//! Where numbers come from: their formulas, with the values in them.

use bearings_plan::{
    Bands, Basis, Day, Distribution, Forecast, HeldBack, KeyResultReport, NoForecast, NoNumber, Number,
    ObjectiveReport, Part, Status, Unit, Window, limits_of_verdict,
};

use super::{
    check, common, count,
    objectives::{roughly, step_of, today_expects, unmeasured, weightless, window},
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

/// An equation as it is printed: "130% = (130 − 0) ÷ (100 − 0), counted as 100%".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equation {
    pub result: String,
    pub formula: String,
    /// What the result counts as, where that is something else.
    pub counted: String,
}

impl Equation {
    fn told(&self) -> String {
        format!("{} = {}{}", self.result, self.formula, self.counted)
    }
}

/// "(2 × 55% + 42.9%) ÷ (2 + 1)": the mean of progress or of expectation, over the parts that have one.
pub fn mean(parts: &[Part], share: fn(&Part) -> Option<f64>) -> String {
    let parts: Vec<_> = parts.iter().filter_map(|part| Some((part.weight, share(part)?))).collect();
    let weight = |weight: f64| Number::new(weight).map(intl::bare).unwrap_or_default();
    match parts.as_slice() {
        [(_, share)] => intl::percent_exact(*share),
        parts if parts.iter().all(|(weight, _)| *weight == 1.0) => {
            let sum: Vec<_> = parts.iter().map(|(_, share)| intl::percent_exact(*share)).collect();
            format!("({}) ÷ {}", sum.join(" + "), parts.len())
        }
        parts => {
            let one = |(counts, share): &(f64, f64)| format!("{} × {}", weight(*counts), intl::percent_exact(*share));
            let sum: Vec<_> = parts.iter().map(one).collect();
            let weights: Vec<_> = parts.iter().map(|(counts, _)| weight(*counts)).collect();
            format!("({}) ÷ ({})", sum.join(" + "), weights.join(" + "))
        }
    }
}

/// What an objective comes to that has one part: an equation would say the same twice.
pub fn of_one_part(report: &ObjectiveReport) -> Option<Line> {
    let share = share_of(report)?;
    let told = match report.expected.map(intl::percent_exact) {
        Some(expected) => format!("{share} is the progress of the one part that counts; today expects {expected}."),
        None => format!("{share} is the progress of the one part that counts."),
    };
    Some(Line::new(told, String::new()))
}

fn share_of(report: &ObjectiveReport) -> Option<String> {
    let share = report.progress.as_ref()?.share;
    Some(intl::percent_exact_against(share, &limits_of_verdict(report.line_end)))
}

/// The progress of an objective with several parts.
pub fn progress_of(report: &ObjectiveReport, parts: &[Part]) -> Option<Equation> {
    let result = share_of(report)?;
    Some(Equation { result, formula: mean(parts, |part| Some(part.progress)), counted: String::new() })
}

/// Its expectation.
pub fn expectation_of(report: &ObjectiveReport, parts: &[Part]) -> Option<Equation> {
    let result = intl::percent_exact(report.expected?);
    Some(Equation { result, formula: mean(parts, |part| part.expected), counted: String::new() })
}

/// What of an objective its expectation is compared with, where today expects nothing of some of its parts.
pub fn compared_of(report: &ObjectiveReport, parts: &[Part]) -> Option<Line> {
    let compared = report.compared.filter(|_| parts.iter().any(|part| part.compared != Some(part.progress)))?;
    let formula = format!("{} = {}", intl::percent_exact(compared), mean(parts, |part| part.compared));
    Some(Line::new("Compared with it, where today expects something:", formula))
}

/// How far it is, and how far it should be.
pub fn course(report: &KeyResultReport) -> Vec<Line> {
    let alone = |share: f64| intl::percent_exact_against(share, &limits_of_verdict(report.line_end));
    let share = report.progress.as_ref().map(|progress| alone(progress.raw));
    let progress = progress(report).map(|equation| equation.told()).or(share);
    let share = report.expected.map(|expected| intl::percent_exact(expected.share));
    let expected = expectation(report).map(|equation| equation.told()).or(share);
    let progress = progress.map(|formula| Line::new("", formula));
    progress.into_iter().chain(expected.map(|formula| Line::new(today_expects(), formula))).collect()
}

/// How far it is from where today expects it, and what that makes of it, where that is what decides.
pub fn gap(gap: Option<f64>, progress: f64, expected: f64, line_end: f64, bands: &Bands) -> Vec<Line> {
    let Some(gap) = gap else { return Vec::new() };
    let limits = [-bands.attention.get(), -bands.off_track.get()];
    // All of them with as many digits as the gap needs, so that one is the difference of the others.
    let decimals = intl::percent_decimals(gap, &limits);
    let (progress, expected) = (intl::percent_to(progress, decimals), intl::percent_to(expected, decimals));
    let made = if line_end < 1.0 {
        format!("({progress} − {expected}) ÷ {}", intl::percent(line_end))
    } else {
        format!("{progress} − {expected}")
    };
    let (on_track, off_track) = (common::status(Status::OnTrack), common::status(Status::OffTrack));
    let (attention, off) = (intl::percent_exact(bands.attention.get()), intl::percent_exact(bands.off_track.get()));
    let bands = format!("{on_track} up to {attention} behind. {off_track} beyond {off}.");
    vec![
        Line::new("From today’s line:", format!("{} = {made}", intl::percent_to(gap, decimals))),
        Line::new(bands, String::new()),
    ]
}

/// Whose bands those are, where a key result has its own.
pub fn own_bands() -> Line {
    Line::new("These bands are its own, not the plan’s.", String::new())
}

/// Why an objective has no number.
pub fn no_number(why: NoNumber) -> Line {
    let told = match why {
        NoNumber::Weightless => weightless(),
        NoNumber::Unmeasured => unmeasured(),
    };
    Line::new(told, String::new())
}

/// Why it needs attention although the numbers alone would say that it is on track.
pub fn held_back(why: HeldBack) -> Line {
    let told = match why {
        HeldBack::Silent => "It needs attention: two check-ins in a row are missing.",
        HeldBack::TooSlow => {
            "It needs attention: less than a fifth of the time is left, and the rest takes more than 1.5 times the pace of late."
        }
    };
    Line::new(told, String::new())
}

/// The same of an objective that counts in another one, whose own way is all of the way there; its own page says where
/// its numbers come from.
pub fn course_of_objective(report: &ObjectiveReport, part: &Part) -> Vec<Line> {
    let of_its_line = |own: f64, here: f64| match report.line_end < 1.0 {
        true => {
            let (own, here) = (intl::percent_exact(own), intl::percent_exact(here));
            format!("{here} = {own} ÷ {}", intl::percent(report.line_end))
        }
        false => intl::percent_exact(here),
    };
    let progress = report.progress.as_ref().map(|own| Line::new("", of_its_line(own.share, part.progress)));
    let expected = report.expected.zip(part.expected);
    let expected = expected.map(|(own, here)| Line::new(today_expects(), of_its_line(own, here)));
    progress.into_iter().chain(expected).collect()
}

/// "55% = (6,200 − 4,000) ÷ (8,000 − 4,000)", where there is more to say than the number itself.
pub fn progress(report: &KeyResultReport) -> Option<Equation> {
    let progress = report.progress.as_ref()?;
    let formula = match &progress.basis {
        Basis::Metric { start, value, target } => {
            let (start, value, target) = (braced(&intl::bare(*start)), intl::bare(*value), intl::bare(*target));
            format!("({value} − {start}) ÷ ({target} − {start})")
        }
        Basis::Stay { kept, broken, asked, .. } => {
            let (one, many) = window(report.cadence);
            let known = count(kept + broken, one, many);
            format!("{}{kept} ÷ {known} ÷ {}", of_line_end(report), intl::percent_exact(*asked))
        }
        Basis::Milestones { done, total } => of_steps(*done, *total),
        Basis::Done { .. } | Basis::Mean(_) => return None,
    };
    let counts = intl::percent_exact(progress.share);
    let counted = match progress.raw {
        raw if raw < 0.0 => format!(", worse than the start, counted as {counts}"),
        raw if raw > progress.share => format!(", counted as {counts}"),
        _ => String::new(),
    };
    let result = intl::percent_exact_against(progress.raw, &limits_of_verdict(report.line_end));
    Some(Equation { result, formula, counted })
}

/// "57.1% = 52 ÷ 91 days", where time decides; "30% = 3 ÷ 10 steps", where steps do.
pub fn expectation(report: &KeyResultReport) -> Option<Equation> {
    let expected = report.expected?;
    let formula = match (expected.due, expected.elapsed) {
        (Some((due, total)), _) => of_steps(due, total),
        (None, Some((gone, all))) => format!("{gone} ÷ {}", in_days(all)),
        (None, None) => return None,
    };
    let formula = format!("{}{formula}", of_line_end(report));
    Some(Equation { result: intl::percent_exact(expected.share), formula, counted: String::new() })
}

/// "70% × ", where the way does not end at all of it.
fn of_line_end(report: &KeyResultReport) -> String {
    let line_end = (report.line_end < 1.0).then(|| format!("{} × ", intl::percent(report.line_end)));
    line_end.unwrap_or_default()
}

/// The windows of a stay, and how each of them was judged.
pub fn windows(report: &KeyResultReport, unit: &Unit) -> Vec<Line> {
    let line = |window: &Window| {
        let days = intl::date_range(window.span.start, window.span.end);
        let bounds = check::bounds(&window.bounds, unit);
        let value = |value: Number| intl::number_against(value, unit, &window.bounds.limits());
        let told = match (window.value.map(value), window.kept) {
            (Some(value), Some(true)) if window.completed => format!("{value}, kept ({bounds})"),
            (Some(value), Some(false)) if window.completed => format!("{value}, broken ({bounds})"),
            (Some(value), _) => format!("{value} so far ({bounds})"),
            (None, _) if window.completed => "unknown, no value".to_owned(),
            (None, _) => "no value so far".to_owned(),
        };
        Line::new(format!("{days}:"), told)
    };
    report.windows.iter().map(line).collect()
}

/// When the steps of a key result are due that have no day of their own.
pub fn spread(days: &[Day]) -> Option<Line> {
    let days: Vec<_> = days.iter().map(|day| intl::date(*day)).collect();
    (!days.is_empty())
        .then(|| Line::new(format!("Steps without a day are spread evenly: {}.", days.join(", ")), String::new()))
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
