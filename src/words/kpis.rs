//! KPIs and their readings.

use bearings_plan::{
    Accrual, Aggregation, Bounds, Day, Figure, Frequency, Gap, HitRate, Kpi, KpiReport, Move, Number, PeriodValue,
    Periods, Span, Target, Unit,
};

use super::{check, common, count, formula, isolated, measured, sentence, spelled, words};
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
    if let Some(alone) = missed_early(kpi, report).or_else(|| missing(kpi, report, today)) {
        return alone;
    }
    let change = report.moved.as_ref().map(|moved| moved_sentence(kpi, report, moved, false));
    let streak = report.streak().filter(|(met, n)| !met && *n > 1).map(|(met, n)| streak_sentence(met, n, frequency));
    let too_fast = report.accrual.filter(Accrual::is_too_fast).map(|it| measured::accrual(kpi, &it, frequency));
    let parts = [change, too_fast.or(streak).or_else(|| so_far(kpi, report))];
    join(parts).unwrap_or_else(|| first_value().to_owned())
}

/// All that can be said of the latest value in words.
pub fn told_in_full(kpi: &Kpi, report: &KpiReport, today: Day) -> String {
    let frequency = report.calendar.frequency;
    let early = missed_early(kpi, report);
    // Changes are those of a value; another one is shown where the running period is decided early.
    let [moved, year] = [report.moved, report.year_before].map(|moved| moved.filter(|_| early.is_none()));
    let year = year.map(|moved| against(kpi, &moved, measured::a_year_ago(frequency), moved.better));
    let to_date = report.year_to_date.map(|value| measured::year_to_date(kpi, value));
    let so_far = match &report.accrual {
        _ if early.is_some() => before(kpi, report),
        Some(accrual) => Some(measured::accrual(kpi, accrual, frequency)),
        None => so_far(kpi, report),
    };
    let change = moved.map(|moved| moved_sentence(kpi, report, &moved, true));
    let streak = report.streak().filter(|(_, n)| *n > 1);
    // A row that is at least as long says the same as a rate of all or of none.
    let rate = report.hits(KpiReport::HIT_PERIODS);
    let rate = rate.filter(|rate| rate.periods > 1 && streak.is_none_or(|(_, n)| n < rate.periods));
    let hits = rate.map(|rate| sentence(&format!("{}.", hit_rate(&rate, frequency))));
    let streak = streak.map(|(met, n)| streak_sentence(met, n, frequency));
    let first = report.current.is_some() && report.moved.is_none() && early.is_none();
    let change = change.or_else(|| first.then(|| first_value().to_owned()));
    let parts = [early, missing(kpi, report, today), change, year, so_far, to_date, hits, streak];
    join(parts).unwrap_or_default()
}

fn join(parts: impl IntoIterator<Item = Option<String>>) -> Option<String> {
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// "So far this month: it cannot come back to at most €100.", where the running period is decided early.
fn missed_early(kpi: &Kpi, report: &KpiReport) -> Option<String> {
    let target = target_of(report.missed_early()?.target.as_ref(), &kpi.unit);
    Some(format!("So far {}: it cannot come back to {target}.", this(report.calendar.frequency)))
}

/// "October 2026: €95.", the value of the last completed period beside what the running one has.
fn before(kpi: &Kpi, report: &KpiReport) -> Option<String> {
    let current = report.current.as_ref()?;
    let value = intl::number(current.value?, &kpi.unit);
    Some(format!("{}: {value}.", sentence(&period(&current.period, report.calendar))))
}

/// Why there is no value or only an old one, if that is so.
fn missing(kpi: &Kpi, report: &KpiReport, today: Day) -> Option<String> {
    let read = kpi.is_read(today);
    let judged = report.judged().map(|judged| judged.period.start);
    let later =
        report.periods.iter().rev().take_while(|period| judged.is_none_or(|judged| period.period.start > judged));
    if let Some(large) = later.into_iter().find(|period| period.gap == Some(Gap::TooLarge)) {
        return Some(formula::too_large(&large.period, report.calendar));
    }
    match (&report.current, report.so_far) {
        (None, None) if !read => Some(formula::no_value().to_owned()),
        (None, None) => Some(no_reading_yet().to_owned()),
        (Some(current), _) if report.stale => {
            let what = if read { "reading" } else { "value" };
            Some(format!("No {what} since {}.", the_period(&current.period, report.calendar)))
        }
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
pub fn change(moved: &Move, unit: &Unit) -> Option<String> {
    Some(match moved.figure(unit)? {
        Figure::Points(by) => format!("{} points", intl::about_signed(by, &Unit::default())),
        Figure::Share(share) => intl::signed_percent(share),
        Figure::Difference(by) => intl::signed(by, unit),
    })
}

/// "Off target for 3 weeks."
fn streak_sentence(met: bool, n: usize, frequency: Frequency) -> String {
    let (_, many) = periods(frequency);
    if met { format!("On target {n} {many} running.") } else { format!("Not on target for {n} {many}.") }
}

/// "So far this month: 98,000 €."; without the value where that is what is shown.
fn so_far(kpi: &Kpi, report: &KpiReport) -> Option<String> {
    let (so_far, this) = (report.so_far?, this(report.calendar.frequency));
    Some(match report.current {
        Some(_) => format!("So far {this}: {}.", intl::number(so_far, &kpi.unit)),
        None => format!("So far {this}."),
    })
}

/// "on target in 6 of the last 12 completed weeks"; "on target in 7 of 9 months with a value, of the last 12 completed
/// ones"
pub fn hit_rate(rate: &HitRate, frequency: Frequency) -> String {
    let HitRate { met, judged, periods: n, .. } = *rate;
    let (one, many) = periods(frequency);
    let name = if judged == 1 { one } else { many };
    let having = if rate.all_have_targets { "a value" } else { "a value and a target" };
    match (judged == n, rate.with_running) {
        (true, false) if n == 1 => format!("on target in {met} of 1 completed {one}"),
        (true, false) => format!("on target in {met} of the last {n} completed {many}"),
        (true, true) => format!("on target in {met} of the last {n} {many}, {} included", this(frequency)),
        (false, false) => format!("on target in {met} of {judged} {name} with {having}, of the last {n} completed"),
        (false, true) => {
            format!(
                "on target in {met} of {judged} {name} with {having}, of the last {n}, {} included",
                this(frequency)
            )
        }
    }
}

/// "Scrap rate by month"
pub fn by_period(name: &str, frequency: Frequency) -> String {
    let name = isolated(name);
    format!("{name} by {}", periods(frequency).0)
}

/// "From 0.31% in February to 0.22% in October; the target is at most 0.1%."
pub fn charted(kpi: &Kpi, report: &KpiReport) -> String {
    let settled = |period: &&PeriodValue| !period.so_far;
    let known = || report.periods.iter().filter(settled).filter_map(|it| Some((&it.period, it.value?)));
    let at = |(span, value): (&Span, Number)| {
        format!("{} {}", intl::number(value, &kpi.unit), in_period(span, report.calendar))
    };
    let line = match (known().next(), known().next_back()) {
        (Some(first), Some(last)) if first.0 != last.0 => format!("From {} to {}", at(first), at(last)),
        (Some(only), _) => at(only),
        (None, _) => return so_far(kpi, report).unwrap_or_else(|| no_reading_yet().to_owned()),
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
    let name = isolated(name);
    format!("{value}, {name}")
}

/// "“Scrap rate” deleted."
pub fn deleted(name: &str) -> String {
    let name = isolated(name);
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
