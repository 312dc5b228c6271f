//! KPIs and their readings.

use bearings_plan::{
    Aggregation, Bounds, Day, Frequency, Health, Kpi, KpiReport, Move, Number, PeriodValue, Periods, Span, Target, Unit,
};

use super::{check, common, count, formula, measured, sentence, spelled, words};
use crate::web::intl;

words! {
    kpis: "KPIs";
    none_title: "No instruments yet.";
    none_below: "KPIs are the numbers you watch for good; objectives come and go.";
    none_question: "Which number would you miss first?";
    none_explained: "Say why it matters, what it should be, and how often you look. The first reading can be today’s.";
    add: "Add a KPI";
    do_add: "Add KPI";
    new_kpi: "New KPI";
    instruments: "Instruments";
    none_due: "Every number is up to date.";
    why: "Why do we care?";
    why_placeholder: "Returned gloves cost us twice, and trust";
    name: "Name";
    name_placeholder: "Scrap rate";
    definition: "What exactly is counted?";
    definition_placeholder: "Pairs thrown away / pairs finished, in a month";
    target: "Target";
    at_least: "at least";
    at_most: "at most";
    between: "between";
    no_target: "no target";
    target_value: "Value";
    target_low: "From";
    target_high: "To";
    target_example: "4000";
    tolerance: "Tolerance";
    in_force_from: "Target holds from";
    unit: "Unit";
    frequency: "How often?";
    aggregation: "Several in a period";
    first_reading: "First reading";
    for_today: "for today, optional";
    benchmark_name: "Benchmark";
    benchmark_placeholder: "Industry average";
    benchmark_value: "Its value";
    added: "KPI added.";
    latest: "Latest";
    new_reading: "New reading";
    another_day: "For another day, or with a note";
    reading_deleted: "Reading deleted.";
    not_later: "Choose today or a day before.";
    what_it_is: "What it is";
    term_why: "Why";
    term_definition: "Definition";
    term_tolerance: "Tolerance";
    term_frequency: "Read";
    term_aggregation: "Several";
    term_benchmark: "Benchmark";
    term_owner: "Owner";
    nothing_said: "Nobody has said yet why it matters.";
    readings: "Readings";
    no_readings: "None yet. The first one can be today’s.";
    no_reading_yet: "No reading yet: enter the first one.";
    first_value: "The first one: nothing to compare it with yet.";
    better: "which is better";
    worse: "which is worse";
    value_before: "the value before";
}

/// "Two readings are due."
pub fn below(due: usize) -> String {
    match due {
        0 => none_due().to_owned(),
        1 => "One reading is due.".to_owned(),
        n => format!("{} readings are due.", sentence(&spelled(n))),
    }
}

/// "month", "months"
pub fn periods(frequency: Frequency) -> (&'static str, &'static str) {
    match frequency {
        Frequency::Daily => ("day", "days"),
        Frequency::Weekly => ("week", "weeks"),
        Frequency::Monthly => ("month", "months"),
        Frequency::Quarterly => ("quarter", "quarters"),
        Frequency::Yearly => ("year", "years"),
    }
}

/// "this month"
pub fn this(frequency: Frequency) -> String {
    match frequency {
        Frequency::Daily => common::today().to_owned(),
        _ => format!("this {}", periods(frequency).0),
    }
}

/// "week of 9 Nov", "October 2026", "Q4 2026", "2026"; "Q4 2026/27" and "2026/27" where years do not begin in January.
pub fn period(span: &Span, calendar: Periods) -> String {
    let day = span.start;
    match calendar.frequency {
        Frequency::Daily => intl::date(day),
        Frequency::Weekly => format!("week of {}", intl::date(day)),
        Frequency::Monthly => intl::month(day),
        Frequency::Quarterly => {
            let (number, year) = calendar.quarter_number(day);
            format!("Q{number} {}", year_name(year, calendar))
        }
        Frequency::Yearly => year_name(calendar.year_number(day), calendar),
    }
}

fn year_name(begun: i32, calendar: Periods) -> String {
    match calendar.keeps_calendar_years() {
        true => begun.to_string(),
        false => format!("{begun}/{:02}", (begun + 1) % 100),
    }
}

/// "October 2026", "the week of 9 Nov", within a sentence.
pub fn the_period(span: &Span, calendar: Periods) -> String {
    let the = if calendar.frequency == Frequency::Weekly { "the " } else { "" };
    format!("{the}{}", period(span, calendar))
}

/// "in October 2026", "in the week of 9 Nov"
pub fn in_period(span: &Span, calendar: Periods) -> String {
    let preposition = if calendar.frequency == Frequency::Daily { "on" } else { "in" };
    format!("{preposition} {}", the_period(span, calendar))
}

/// The line below a KPI's number on its card: the last change, and what else stands out.
pub fn told(kpi: &Kpi, report: &KpiReport, today: Day) -> String {
    let frequency = report.calendar.frequency;
    if let Some(missing) = missing(kpi, report, today) {
        return missing;
    }
    let change = report.moved.as_ref().map(|moved| moved_sentence(kpi, report, moved, false));
    let streak = report.streak().filter(|(met, n)| !met && *n > 1).map(|(met, n)| streak_sentence(met, n, frequency));
    let parts = [change, streak.or_else(|| so_far(kpi, report))];
    join(parts).unwrap_or_else(|| first_value().to_owned())
}

/// All that can be said of the latest value in words.
pub fn told_in_full(kpi: &Kpi, report: &KpiReport, today: Day) -> String {
    let frequency = report.calendar.frequency;
    let year = report.year_before.as_ref().map(|moved| against(kpi, moved, measured::a_year_ago(), moved.better));
    let to_date = report.year_to_date.map(|value| measured::year_to_date(kpi, value));
    let so_far = match &report.accrual {
        Some(accrual) => Some(measured::accrual(kpi, accrual, frequency)),
        None => so_far(kpi, report),
    };
    let change = report.moved.as_ref().map(|moved| moved_sentence(kpi, report, moved, true));
    let streak = report.streak().filter(|(_, n)| *n > 1).map(|(met, n)| streak_sentence(met, n, frequency));
    let first = (report.current.is_some() && report.moved.is_none()).then(|| first_value().to_owned());
    let parts = [missing(kpi, report, today), change.or(first), year, so_far, to_date, hits(report), streak];
    join(parts).unwrap_or_default()
}

fn join(parts: impl IntoIterator<Item = Option<String>>) -> Option<String> {
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Why there is no verdict, if there is none for want of readings.
fn missing(kpi: &Kpi, report: &KpiReport, today: Day) -> Option<String> {
    let (frequency, read) = (report.calendar.frequency, kpi.is_read(today));
    let last = match frequency {
        Frequency::Daily => "yesterday".to_owned(),
        _ => format!("last {}", periods(frequency).0),
    };
    match (&report.current, report.so_far, report.health) {
        (None, None, _) if !read => Some(formula::no_value().to_owned()),
        (Some(_), _, Health::Stale) if !read => Some(format!("No value for {last}.")),
        (None, None, _) => Some(no_reading_yet().to_owned()),
        (Some(_), _, Health::Stale) => Some(format!("No reading for {last}.")),
        _ => None,
    }
}

/// "+5% on the month before, which is better."
fn moved_sentence(kpi: &Kpi, report: &KpiReport, moved: &Move, judged: bool) -> String {
    let shown =
        report.current.as_ref().and_then(|current| report.periods.iter().position(|it| it.period == current.period));
    let before = shown.and_then(|index| report.periods.get(index.checked_sub(1)?));
    let adjacent = before.is_some_and(|before| before.value.is_some());
    let before = if adjacent {
        format!("the {} before", periods(report.calendar.frequency).0)
    } else {
        value_before().to_owned()
    };
    against(kpi, moved, &before, moved.better.filter(|_| judged))
}

/// "+12% on the year before, which is better."
fn against(kpi: &Kpi, moved: &Move, before: &str, is_better: Option<bool>) -> String {
    let Some(change) = change(moved, &kpi.unit) else { return format!("The same as {before}.") };
    match is_better {
        Some(true) => format!("{change} on {before}, {}.", better()),
        Some(false) => format!("{change} on {before}, {}.", worse()),
        None => format!("{change} on {before}."),
    }
}

/// By how much a value changed: "+5%", "+0.3 points", "-4"; none where it did not.
fn change(moved: &Move, unit: &Unit) -> Option<String> {
    /// A share that shows as 0 % says less than the numbers.
    const SMALLEST: f64 = 0.005;
    let by = Number::new(moved.by).ok().filter(|by| *by != Number::ZERO)?;
    Some(match moved.share {
        _ if unit.is_percent() => format!("{} points", intl::about_signed(by, &Unit::default())),
        Some(share) if !unit.as_str().is_empty() && share.abs() >= SMALLEST => intl::signed_percent(share),
        _ => intl::signed(by, unit),
    })
}

/// "Off target for 3 weeks."
fn streak_sentence(met: bool, n: usize, frequency: Frequency) -> String {
    let (_, many) = periods(frequency);
    if met { format!("On target {n} {many} running.") } else { format!("Not on target for {n} {many}.") }
}

/// "So far this month: 98,000 €."
fn so_far(kpi: &Kpi, report: &KpiReport) -> Option<String> {
    let so_far = report.so_far?;
    Some(format!("So far {}: {}.", this(report.calendar.frequency), intl::number(so_far, &kpi.unit)))
}

/// "the last 12 weeks"
pub fn last_periods(n: usize, frequency: Frequency) -> String {
    format!("the last {n} {}", periods(frequency).1)
}

/// "On target in 6 of the last 12 weeks."
fn hits(report: &KpiReport) -> Option<String> {
    let (met, of) = report.hits(KpiReport::HIT_PERIODS).filter(|(_, of)| *of > 1)?;
    Some(format!("On target in {met} of the last {of} {}.", periods(report.calendar.frequency).1))
}

/// "Scrap rate by month"
pub fn by_period(name: &str, frequency: Frequency) -> String {
    format!("{name} by {}", periods(frequency).0)
}

/// "From 0.31% in February to 0.22% in October; the target is at most 0.1%."
pub fn charted(kpi: &Kpi, report: &KpiReport) -> String {
    let settled = |period: &&PeriodValue| period.completed || report.so_far.is_none();
    let known = || report.periods.iter().filter(settled).filter_map(|it| Some((&it.period, it.value?)));
    let at = |(span, value): (&Span, Number)| {
        format!("{} {}", intl::number(value, &kpi.unit), in_period(span, report.calendar))
    };
    let line = match (known().next(), known().next_back()) {
        (Some(first), Some(last)) if first.0 != last.0 => format!("From {} to {}", at(first), at(last)),
        (Some(only), _) => at(only),
        (None, _) => match so_far(kpi, report) {
            Some(so_far) => return so_far,
            None => return no_reading_yet().to_owned(),
        },
    };
    match &report.target {
        Some(target) => format!("{line}; the target is {}.", check::bounds(&target.bounds, &kpi.unit)),
        None => format!("{line}."),
    }
}

/// The word of a kind of target, none for no target.
pub fn target_kind(bounds: Option<&Bounds>) -> &'static str {
    match bounds {
        None => no_target(),
        Some(Bounds::AtLeast { .. }) => at_least(),
        Some(Bounds::AtMost { .. }) => at_most(),
        Some(Bounds::Between { .. }) => between(),
    }
}

/// "at most 0.1%", or "no target".
pub fn target_of(target: Option<&Target>, unit: &Unit) -> String {
    target.map_or_else(|| no_target().to_owned(), |target| check::bounds(&target.bounds, unit))
}

/// "From 1 Jul on, at most 0.1% stays in force."
pub fn stays_in_force(from: Day, target: &str) -> String {
    format!("From {} on, {target} stays in force.", intl::date(from))
}

/// "Several a month: the last counts", for a list of what a KPI is.
pub fn several(aggregation: Aggregation, frequency: Frequency) -> String {
    format!("in a {}: {}", periods(frequency).0, common::aggregation(aggregation))
}

/// "38, industry average"
pub fn benchmark(value: &str, name: &str) -> String {
    format!("{value}, {name}")
}

/// "“Scrap rate” deleted."
pub fn deleted(name: &str) -> String {
    format!("“{name}” deleted.")
}

/// "Now second of nine instruments."
pub fn moved_to(place: usize, of: usize) -> String {
    format!("Now number {place} of {}.", count(of, "instrument", "instruments"))
}

/// "reading of 20 Nov"
pub fn reading_of(day: Day) -> String {
    format!("reading of {}", intl::date(day))
}

/// "Show all 120"
pub fn show_all(n: usize) -> String {
    format!("Show all {n}")
}
