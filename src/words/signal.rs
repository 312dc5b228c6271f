//! Signal or noise: what is usual, and what is more than that.

use bearings_plan::{
    Baseline, Bounds, Centre, Frequency, Judged, Kpi, Limits, NoLimits, Number, PeriodValue, Periods, Shift, Side,
    Signals, Stretch, Unit, Usual,
};

use super::{check, kpis, sentence, spelled, words};
use crate::web::intl;

words! {
    signal_or_noise: "Signal or noise";
    values: "Values";
    views: "What the chart shows";
    centre: "centre";
    upper_limit: "upper limit";
    lower_limit: "lower limit";
    upper_end: "upper";
    lower_end: "lower";
    how: "How this is made";
    settings: "Baseline and natural bounds";
    nothing_yet: "With six values, signals can be told from noise. The first one can be today’s.";
    apart: "No two values follow one another without a gap, so nobody can tell yet how much is usual.";
    flat: "All values of the baseline are the same, so nobody can tell from them how much is usual.";
    stretch: "Baseline";
    mean: "Average";
    mean_range: "Mean moving range";
    upper: "Upper limit";
    lower: "Lower limit";
    rules: "A signal is a value outside of the limits, eight running on one side of the average, or three of four running that are nearer one limit than the average. All else is probably noise: to explain it is to explain chance.";
    source: "The rules are those of Shewhart’s charts of individual values as D. J. Wheeler gives them (“Understanding Variation”, 1993); 2.66 is 3 ÷ 1.128.";
    bounds_title: "Natural bounds";
    bounds_hint: "What the value cannot go beyond, whatever happens: a share lies within 0 and 100.";
    lowest: "Lowest";
    highest: "Highest";
    bounds_saved: "Natural bounds saved.";
    baselines_title: "Recalculated limits";
    baselines_hint: "After a lasting change, limits are computed anew from a day on, from the first values after it or from those that you choose.";
    baseline_from: "From";
    baseline_to: "To";
    automatic: "automatic if empty";
    recalculate: "Recalculate";
    taken_back: "Limits are what they were.";
    before_first: "There are no values yet on that day.";
    noise: "noise";
    short_noise: "Probably noise.";
    varies_around: "Values vary around";
    centre_title: "What the values vary around";
    centre_hint: "A trend suits what rises or falls steadily, a year before what follows the seasons. What is judged is then how far each value lies from that.";
    set_centre: "Set centre";
    centre_saved: "Centre set.";
}

/// "mean of 3 months"
pub fn mean_of(n: usize, frequency: Frequency) -> String {
    format!("mean of {n} {}", kpis::periods(frequency).1)
}

/// "eighth", "11th"
fn ordinal(n: usize) -> String {
    const WORDS: [&str; 11] =
        ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    WORDS.get(n).map_or_else(|| format!("{n}{ending}"), |word| (*word).to_owned())
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Above => "above",
        Side::Below => "below",
    }
}

/// "31 to 55 pairs"
fn range_of(limits: &Limits, usual: &Usual, unit: &Unit) -> String {
    range(limits.readable(usual.low), limits.readable(usual.high), unit)
}

/// What values vary around, within a sentence: "the average".
fn around(centre: Option<Centre>) -> &'static str {
    match centre {
        None => "the average",
        Some(Centre::Trend) => "the trend",
        Some(Centre::YearAgo) => "what the year before lets expect",
    }
}

/// The same where one chooses.
pub fn centre_named(centre: Option<Centre>) -> &'static str {
    match centre {
        None => "their average",
        Some(Centre::Trend) => "a straight trend",
        Some(Centre::YearAgo) => "the same period a year before",
    }
}

/// "31 to 55 pairs"
pub fn range(low: Number, high: Number, unit: &Unit) -> String {
    check::bounds(&Bounds::Between { low, high }, unit)
}

/// "Noise: 42 lies within 31 to 55, as usual.", or what is missing to say so.
pub fn told(kpi: &Kpi, signals: &Signals, frequency: Frequency) -> String {
    let Some(stretch) = signals.stretches.last() else { return nothing_yet().to_owned() };
    let limits = match &stretch.limits {
        Ok(limits) => limits,
        Err(NoLimits::TooFew { values }) => return too_few(*values, frequency),
        Err(NoLimits::Apart) => return apart().to_owned(),
        Err(NoLimits::Flat) => return flat().to_owned(),
    };
    let newest = signals.newest().and_then(|(place, judged)| Some((judged, signals.usual(place)?)));
    let Some((judged, usual)) = newest else { return too_few(0, frequency) };
    let value = intl::number(judged.value, &kpi.unit);
    let read = |limit: f64| intl::number(limits.readable(limit), &kpi.unit);
    let within = range_of(limits, usual, &kpi.unit);
    match judged.side {
        Some(at) if judged.outside => {
            format!("Signal: {value} lies {} the usual {within}; something has probably changed.", side(at))
        }
        Some(at) if judged.run => {
            let (nth, around, centre) = (ordinal(judged.running), around(signals.centre), read(usual.centre));
            let at = side(at);
            format!("Signal: the {nth} in a row {at} {around}, now {centre}; something has probably changed.")
        }
        Some(at) if judged.near => {
            let (name, limit) =
                if at == Side::Above { (upper_limit(), usual.upper) } else { (lower_limit(), usual.lower) };
            let limit = read(limit);
            format!("Signal: three of four in a row are near the {name} of {limit}; something has probably changed.")
        }
        _ => format!("Noise: {value} lies within {within}, as usual; probably nothing has changed."),
    }
}

/// "Probably a signal: above what is usual.", in a few words, for the newest value of all.
pub fn in_short(signals: &Signals, periods: &[PeriodValue]) -> Option<String> {
    let newest = periods.iter().rposition(|period| period.value.is_some())?;
    let (_, judged) = signals.newest().filter(|(place, _)| *place == newest)?;
    Some(match judged.side {
        Some(at) if judged.outside => format!("Probably a signal: {} what is usual.", side(at)),
        Some(at) if judged.run => {
            let around = around(signals.centre);
            format!("Probably a signal: {} in a row {} {around}.", ordinal(judged.running), side(at))
        }
        Some(at) if judged.near => {
            format!("Probably a signal: three of four far {} {}.", side(at), around(signals.centre))
        }
        _ => short_noise().to_owned(),
    })
}

/// "Four more weeks with a value, and signals can be told from noise."
fn too_few(values: usize, frequency: Frequency) -> String {
    let missing = Limits::FEWEST.saturating_sub(values).max(1);
    let (one, many) = kpis::periods(frequency);
    let what = if missing == 1 { one } else { many };
    format!("{} more {what} with a value, and signals can be told from noise.", sentence(&spelled(missing)))
}

/// "The limits are provisional: they stand on 7 values; from 10 on they are firm."
pub fn provisional(limits: &Limits) -> Option<String> {
    let line = || {
        format!("The limits are provisional: they stand on {} values, and {} make them firm.", limits.n, Limits::FIRM)
    };
    limits.provisional().then(line)
}

/// "noise"; "signal: outside of the limits, eight in a row"
pub fn verdict(judged: &Judged) -> String {
    let run = judged.run.then(|| format!("one of {} or more on one side", spelled(Limits::RUN)));
    let parts = [
        judged.outside.then(|| "outside of the limits".to_owned()),
        run,
        judged.near.then(|| "one of three of four near a limit".to_owned()),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    if parts.is_empty() { noise().to_owned() } else { format!("signal: {}", parts.join(", ")) }
}

/// The parts of a period's limits, each with its name: what they stand on, the averages, and the formula with its values.
pub fn made_of(
    centre: Option<Centre>,
    limits: &Limits,
    usual: &Usual,
    unit: &Unit,
    calendar: Periods,
) -> Vec<(&'static str, String)> {
    let frequency = calendar.frequency;
    let read = |value: f64| intl::number(limits.readable(value), unit);
    let bare = |value: f64| intl::bare(limits.readable(value));
    let signed = |value: f64| intl::signed(limits.readable(value), unit);
    let (middle, range) = (bare(usual.centre), bare(limits.mean_range));
    let limit = |computed: f64, held: f64, sign: char| {
        let formula =
            format!("{middle} {sign} {} × {range}", intl::bare(Number::new(Limits::FACTOR).unwrap_or_default()));
        match limits.readable(computed) == limits.readable(held) {
            true => format!("{} = {formula}", read(held)),
            false => format!("{}, which it cannot go beyond ({formula} = {})", read(held), bare(computed)),
        }
    };
    let (one, many) = kpis::periods(frequency);
    let days = intl::date_range(limits.baseline.start, limits.baseline.end);
    let around = match centre {
        None => None,
        Some(Centre::Trend) => Some(format!(
            "{}: a line by least squares, {} from one {one} to the next",
            read(usual.centre),
            signed(limits.slope)
        )),
        Some(Centre::YearAgo) => Some(format!(
            "{} = {} a year before {} since then on average",
            read(usual.centre),
            read(usual.base),
            signed(limits.mean)
        )),
    };
    let parts = [
        Some((stretch(), format!("{} {many} with a value, {days}", limits.n))),
        around.map(|around| (varies_around(), around)),
        (centre != Some(Centre::YearAgo)).then(|| (mean(), format!("{}, of {} values", read(limits.mean), limits.n))),
        Some((
            mean_range(),
            format!("{}, of {} differences between one {one} and the next", read(limits.mean_range), limits.ranges),
        )),
        Some((upper(), limit(usual.upper, usual.high, '+'))),
        Some((lower(), limit(usual.lower, usual.low, '−'))),
    ];
    parts.into_iter().flatten().collect()
}

/// "Nine weeks in a row lie above the average, from the week of 5 Oct on. If you know why, and it lasts, compute the limits anew."
pub fn shifted(shift: &Shift, centre: Option<Centre>, calendar: Periods) -> String {
    let (_, many) = kpis::periods(calendar.frequency);
    let from = kpis::the_period(&shift.from, calendar);
    format!(
        "{} {many} in a row lie {} {}, from {from} on. If that will last, let the limits begin anew there.",
        sentence(&spelled(shift.periods)),
        side(shift.side),
        around(centre),
    )
}

/// "Recalculate from October 2026"
pub fn recalculate_from(shift: &Shift, calendar: Periods) -> String {
    format!("Recalculate from {}", kpis::the_period(&shift.from, calendar))
}

/// "From 5 Oct on, by 12 values"; "From 5 Oct on, by the values of 5 Oct – 1 Dec"
pub fn baseline(baseline: &Baseline, stretch: Option<&Stretch>) -> String {
    let from = intl::date(baseline.from);
    let n = stretch.and_then(|stretch| stretch.limits.as_ref().ok()).map(|limits| limits.n);
    match (baseline.to, n) {
        (Some(to), _) => format!("From {from} on, by the values up to {}", intl::date(to)),
        (None, Some(n)) => format!("From {from} on, by the first {n} values"),
        (None, None) => format!("From {from} on"),
    }
}

/// "Take back limits from 5 Oct"
pub fn take_back(baseline: &Baseline) -> String {
    format!("Take back limits from {}", intl::date(baseline.from))
}

/// "Limits recalculated from 5 Oct on."
pub fn recalculated(from: bearings_plan::Day) -> String {
    format!("Limits recalculated from {} on.", intl::date(from))
}
