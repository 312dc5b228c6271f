//! Objectives and their key results.

use bearings_plan::{
    Basis, Cadence, Day, Distribution, Forecast, KeyResult, KeyResultId, KeyResultReport, Marks, Measure, Moved,
    Number, ObjectiveKind, Outlook, OwnDates, Plan, Rate, Span, Status, Unit, rough,
};

use super::{check, common, count, count_spelled, isolated, sentence, spelled, words};
use crate::web::intl;

words! {
    objectives: "Objectives";
    none_title: "No objectives yet.";
    none_explained: "Write one line that you would be proud to read then. Numbers come next.";
    add_objective: "Add an objective";
    add_cycle: "Add a cycle";
    new_objective: "New objective";
    new_cycle: "New cycle";
    cycle_explained: "A dated stretch in which objectives run.";
    objective_question: "Where do you want to go?";
    objective_placeholder: "A place worth reaching, in one line";
    do_add_objective: "Add objective";
    do_add_cycle: "Add cycle";
    name: "Name";
    from: "From";
    to: "To";
    cycle: "Cycle";
    no_cycle: "No cycle: later";
    backlog: "Later";
    backlog_explained: "without a cycle";
    earlier_cycles: "Show earlier cycles";
    none_here: "No objectives here yet.";
    ends_before: "Ends before it begins.";
    owner: "Owner";
    new_person: "New person …";
    new_team: "New team …";
    owner_name: "Their name";
    kind: "Kind";
    why: "Why?";
    why_placeholder: "Why now, and for whom?";
    title: "Title";
    edit_title: "Edit title";
    this_objective: "this objective";
    length: "Length";
    alignment: "Alignment";
    alignment_explained: "each below the one that it helps";
    more: "KPI, guards, share, marks, cadence, bands, owner";
    fed_by: "Its value comes from";
    fed_by_check_ins: "Check-ins";
    part_of: "Takes a share of";
    part_of_nothing: "No other target";
    commit: "Commit";
    stretch: "Stretch";
    cadence: "Cadence";
    as_the_plan: "As the plan says";
    objective: "Objective";
    share: "Of the periods, at least";
    share_range: "More than 0%, up to 100%.";
    goalpost_why: "Why does the goalpost move?";
    goalpost_hint: "needed if start, target or days change";
    goalpost_needs_reason: "It has begun: say why start, target or days change. The reason is kept.";
    judge: "Judge the status yourself";
    judged_by: "Status in your eyes";
    as_computed: "As computed";
    why_so: "Why?";
    duplicate: "Duplicate";
    duplicate_with_check_ins: "Duplicate with check-ins";
    placing: "Pillar, alignment, tags";
    helps: "Helps";
    not_aligned: "An alignment is not counted, because each of two objectives would end up above the other:";
    helps_nothing: "No other objective";
    weight_there: "Weight there";
    counts_aligned: "The objectives that help this one count in its progress";
    check_in: "Check in";
    enter_saves: "Enter saves";
    key_result: "Key result";
    key_results: "Key results";
    done: "Done";
    done_short: "done";
    how_will_you_know: "How will you know?";
    how_explained: "Two to four numbers that move when this objective does. Start with one.";
    add_key_result: "Add a key result";
    do_add_key_result: "Add key result";
    what_measured: "What do you measure?";
    what_placeholder: "e.g. Free trial subscriptions";
    at_least: "At least";
    at_most: "At most";
    unit: "Unit";
    weight: "Weight";
    starts: "Starts";
    due: "Due";
    steps: "Steps";
    one_a_line: "one a line";
    steps_placeholder: "Permit\nBench built\nSpecialists trained";
    same_numbers: "The same as “From”.";
    same_explained: "From and to are the same. To keep a number where it is, choose one of the kinds that stay.";
    upside_down: "Below “At least”.";
    due_before_start: "Due before it starts.";
    due_before_cycle: "Due before its cycle begins. Choose a later day, or say when it starts.";
    starts_after_cycle: "It starts after its cycle ends: say when it is due.";
    cycle_turns_around: "A key result would be due before it starts. Change its days first.";
    add_step: "Add a step";
    step: "What is done then?";
    step_of: "steps";
    done_on: "Done on";
    story: "Story";
    newest_first: "newest first";
    no_story: "Check-ins will tell it.";
    goalpost_moved: "Goalpost moved";
    measure_changed: "Measured in another way";
    step_done: "step done";
    today_expects: "Today expects";
    how_made: "How each number is made";
    key_result_added: "Key result added.";
    objective_added: "Objective added.";
    cycle_added: "Cycle added.";
    check_in_deleted: "Check-in deleted.";
    value_is_reading: "Its value is a reading of";
    baseline_empty: "find the number first";
    baseline_open: "Outside the objective’s number: this one is still to be found.";
    baseline_found: "Found. It stays outside the objective’s number.";
    no_pace: "Without dates there is no pace: give it a due day, or the objective a cycle.";
    reached: "Reached.";
    not_done_short: "not done yet";
    not_done: "Not done yet.";
    no_period: "The first check-in window is still open.";
    weightless_steps: "No number: all its steps weigh 0.";
    weightless: "No number: all that counts here weighs 0.";
    unmeasured: "No number yet: nothing that counts here has one.";
    supported_by: "Supported by";
    bands_hint: "as the plan says, if empty";
    bands_both: "Say both, or neither.";
    no_steps: "No steps yet: what has to be done, in which order?";
}

pub fn measure_kind(kind: &str) -> &'static str {
    match kind {
        "at-least" => "Stay at least",
        "at-most" => "Stay at most",
        "between" => "Stay between",
        "milestones" => "Milestones",
        "done" => "Done or not",
        "baseline" => "Baseline: find the number first",
        _ => "A number from … to",
    }
}

pub fn kind_explained(kind: ObjectiveKind) -> String {
    let end = intl::percent(kind.line_end());
    match kind {
        ObjectiveKind::Committed => format!("Committed: {end} is expected"),
        ObjectiveKind::Aspirational => format!("Aspirational: {end} is a success"),
        ObjectiveKind::Learning => "Learning: to know something".to_owned(),
    }
}

/// "Ten key results, three to check in."
pub fn below(key_results: usize, due: usize) -> String {
    let all = sentence(&count_spelled(key_results, "key result", "key results"));
    match (key_results, due) {
        (0, _) => String::new(),
        (_, 0) => format!("{all}, all checked in"),
        (_, due) => format!("{all}, {} to check in", spelled(due)),
    }
}

/// "Where do you want to be on 31 December?"
pub fn where_to_be(day: Day) -> String {
    format!("Where do you want to be on {}?", intl::month_day(day))
}

/// "Q4 2026 · 1 Oct – 31 Dec"
pub fn named_range(name: &str, span: &Span) -> String {
    let name = isolated(name);
    format!("{name} · {}", intl::date_range(span.start, span.end))
}

/// "1 Oct – 31 Dec · 39 days left"
pub fn range(span: &Span, today: Day) -> String {
    let range = intl::date_range(span.start, span.end);
    let left = span.days_left(today);
    if today < span.start {
        format!("{range} · begins {}", intl::relative_days(span.start.days_since(today)))
    } else if today > span.end {
        format!("{range} · ended, not closed yet")
    } else if left == 0 {
        format!("{range} · last day")
    } else {
        format!("{range} · {} left", days(left))
    }
}

fn days(n: i32) -> String {
    if n == 1 { "1 day".to_owned() } else { format!("{n} days") }
}

/// "Q1 2027 (new)"
pub fn new_cycle_option(name: &str) -> String {
    let name = isolated(name);
    format!("{name} (new)")
}

pub fn deleted(name: &str) -> String {
    let name = isolated(name);
    format!("“{name}” deleted.")
}

/// After a cycle with objectives was deleted.
pub fn cycle_deleted(name: &str, objectives: usize) -> String {
    let shown = isolated(name);
    match objectives {
        0 => deleted(name),
        1 => format!("“{shown}” deleted. Its objective now waits under “{}”.", backlog()),
        _ => format!("“{shown}” deleted. Its objectives now wait under “{}”.", backlog()),
    }
}

/// "Edit “Turn the landing page …”"
pub fn edit_objective(title: &str) -> String {
    let title = isolated(title);
    format!("Edit “{title}”")
}

/// "no check-in for 3 weeks"
pub fn silent(n: i32) -> String {
    format!("no check-in for {}", weeks_or_days(n))
}

/// Whole weeks from two on, else days.
fn weeks_or_days(n: i32) -> String {
    if n >= 14 { format!("{} weeks", n / 7) } else { days(n) }
}

/// "counts here", "counts here · weight 2": how much one that helps counts, where it does.
pub fn counts_above(weight: Option<Number>) -> String {
    match weight {
        None => "does not count in the number".to_owned(),
        Some(weight) if weight == Number::from(1) => "counts here".to_owned(),
        Some(weight) => format!("counts here · weight {}", intl::bare(weight)),
    }
}

/// "60% · today expects 57%", without its first part.
pub fn expects(share: f64) -> String {
    format!(" · today expects {}", intl::percent(share))
}

/// "3 key results · 60%"
pub fn with_progress(small: &str, share: Option<&str>) -> String {
    share.map_or_else(|| small.to_owned(), |share| format!("{small} · {share}"))
}

/// What a key result asks for: "4,000 → 8,000 visitors · weight 2".
pub fn asks(key_result: &KeyResult, report: &KeyResultReport, steps: (usize, usize), today: Day) -> String {
    let unit = &key_result.unit;
    let mut parts = vec![match key_result.measure.on(today) {
        Measure::Metric { start, target } => format!("{} → {}", short(*start, unit), intl::number(*target, unit)),
        Measure::Stay { bounds, .. } => format!("{}, {}", check::bounds(bounds, unit), common::cadence(report.cadence)),
        Measure::Milestones {} => format!("{} of {} done", steps.0, count(steps.1, "step", "steps")),
        Measure::Done {} => "done or not".to_owned(),
        Measure::Baseline {} => baseline_empty().to_owned(),
    }];
    let weight = key_result.weight.on(today).get();
    if weight != Number::from(1) {
        parts.push(format!("weight {}", intl::bare(weight)));
    }
    if let (Some(_), Some(span)) = (key_result.dates.on(today), &report.span) {
        parts.push(intl::date_range(span.start, span.end));
    }
    parts.extend(report.silent_for(today).map(silent));
    parts.join(" · ")
}

/// A number beside which its unit stands already: signs stay, words go.
pub fn short(value: Number, unit: &Unit) -> String {
    short_against(value, unit, &[])
}

/// The same with as many digits as tell it from the limits of its verdict.
fn short_against(value: Number, unit: &Unit, limits: &[f64]) -> String {
    let (has_sign, none) = (unit.is_percent() || unit.currency().is_some(), Unit::default());
    intl::number_against(value, if has_sign { unit } else { &none }, limits)
}

/// Where a key result is: "6,200". What it asks for stands beside it and names the unit.
pub fn stands(key_result: &KeyResult, report: &KeyResultReport, today: Day) -> String {
    let unit = &key_result.unit;
    let number = |write: &dyn Fn(Number) -> String| report.value.map_or_else(|| common::no_number().to_owned(), write);
    match (key_result.measure.on(today), &report.progress) {
        (Measure::Milestones {}, Some(_)) => share_of(report),
        (Measure::Done {}, Some(progress)) if progress.share >= 1.0 => done().to_owned(),
        (Measure::Done {} | Measure::Milestones {}, _) => common::no_number().to_owned(),
        (Measure::Baseline {}, _) => number(&|value| intl::number(value, unit)),
        (Measure::Metric { target, .. }, _) => number(&|value| short_against(value, unit, &[target.get()])),
        (Measure::Stay { bounds, .. }, _) => number(&|value| short_against(value, unit, &bounds.limits())),
    }
}

/// How far a key result is: "55%", "112%" beyond its target; nothing where `stands` says it already.
pub fn far(key_result: &KeyResult, report: &KeyResultReport, today: Day) -> String {
    match (key_result.measure.on(today), &report.progress) {
        (Measure::Metric { .. } | Measure::Stay { .. }, Some(_)) => share_of(report),
        _ => String::new(),
    }
}

/// How far a key result is, before it is held between 0 and all of it; of a stay the share of its windows that were kept.
fn share_of(report: &KeyResultReport) -> String {
    let shown = report.progress.as_ref().map(|progress| progress.shown(report.line_end));
    shown.map(|(share, limits)| intl::percent_against(share, &limits)).unwrap_or_default()
}

/// What to know about a key result, in a sentence.
pub fn told(plan: &Plan, key_result: &KeyResult, report: &KeyResultReport, today: Day) -> String {
    let unit = &key_result.unit;
    match (key_result.measure.on(today), report.progress.as_ref().map(|progress| &progress.basis)) {
        (Measure::Metric { .. }, _) => pace(report, unit, plan.feeding(key_result, today).is_some(), today),
        (Measure::Stay { .. }, Some(Basis::Stay { kept, broken, unknown, asked })) => {
            windows_kept([*kept, *broken, *unknown], *asked, report.cadence)
        }
        (Measure::Stay { .. }, _) if report.span.is_none() => no_pace().to_owned(),
        (Measure::Stay { .. }, _) => match report.span.as_ref().filter(|span| today < span.start) {
            Some(span) => format!("Starts on {}.", intl::date(span.start)),
            None => match report.windows.iter().filter(|window| window.completed).count() {
                0 => no_period().to_owned(),
                over => nothing_known(over, report.cadence),
            },
        },
        (Measure::Done {}, Some(Basis::Done { done: false })) => not_done().to_owned(),
        (Measure::Baseline {}, Some(Basis::Done { done: true })) => baseline_found().to_owned(),
        (Measure::Baseline {}, _) => baseline_open().to_owned(),
        (Measure::Milestones {}, _) if plan.steps_done(key_result.id, today).1 == 0 => no_steps().to_owned(),
        (Measure::Milestones {}, None) => weightless_steps().to_owned(),
        _ => String::new(),
    }
}

/// "Needs 320 a week; 310 a week lately." What it counts stands beside it, so that no unit has to agree with a number.
fn pace(report: &KeyResultReport, unit: &Unit, is_fed: bool, today: Day) -> String {
    let Some(pace) = report.pace else { return no_pace().to_owned() };
    let lately = pace.lately.map(|slope| slope.a_week());
    // Signs only where a direction would otherwise be unclear.
    let signed = [pace.needed, lately].into_iter().flatten().any(|a_week| a_week < 0.0);
    let said = |a_week: f64| rate(Rate::of(a_week, pace.counts), unit, signed);
    match (pace.needed, lately, pace.silent_since) {
        (Some(needed), Some(lately), _) => format!("Needs {}; {} lately.", said(needed), said(lately)),
        (Some(needed), None, Some(since)) if is_fed => {
            format!("Needs {}; no new value since {}.", said(needed), intl::date(since))
        }
        (Some(needed), None, Some(_)) => format!("Needs {}; no check-in in the last 4 weeks.", said(needed)),
        (Some(needed), None, None) => format!("Needs {}.", said(needed)),
        (None, ..) if report.progress.as_ref().is_some_and(|progress| progress.raw >= 1.0) => reached().to_owned(),
        (None, Some(lately), _) if report.span.as_ref().is_some_and(|span| today <= span.end) => {
            format!("{} lately.", sentence(&said(lately)))
        }
        (None, ..) if !report.is_over(today) => "Due today.".to_owned(),
        (None, ..) => {
            report.span.as_ref().map(|span| format!("Ended on {}.", intl::date(span.end))).unwrap_or_default()
        }
    }
}

/// "320 a week", "2.5 points a week", "€200 a week"; "one every 9 days". No word follows a number that it would have to
/// agree with: units are free texts of any language.
pub fn rate(rate: Rate, unit: &Unit, signed: bool) -> String {
    let a_week = |value: f64| {
        let value = Number::new(value).unwrap_or_default();
        let unit = if unit.currency().is_some() { unit } else { &Unit::default() };
        if signed { intl::about_signed(value, unit) } else { intl::about(value, unit) }
    };
    match rate {
        Rate::AWeek(value) if unit.is_percent() => match a_week(value) {
            one if rough(value.abs()) == Some(Number::from(1)) => format!("{one} point a week"),
            many => format!("{many} points a week"),
        },
        Rate::AWeek(value) => format!("{} a week", a_week(value)),
        Rate::OneEvery { days, less: false } => format!("one every {days} days"),
        Rate::OneEvery { days, less: true } => format!("one less every {days} days"),
    }
}

/// "Seven of eight weeks kept; 80% is asked for. Unknown: two of ten."
fn windows_kept([kept, broken, unknown]: [usize; 3], asked: f64, cadence: Cadence) -> String {
    let (one, many) = window(cadence);
    let asked = format!("{} is asked for.", intl::percent_exact(asked));
    let known = match (kept, kept + broken) {
        (1, 1) => format!("The one {one} with a value was kept; {asked}"),
        (0, 1) => format!("The one {one} with a value was broken; {asked}"),
        (0, known) => format!("None of {} {many} kept; {asked}", spelled(known)),
        (kept, known) => format!("{} of {} {many} kept; {asked}", sentence(&spelled(kept)), spelled(known)),
    };
    match unknown {
        0 => known,
        unknown => format!("{known} Unknown: {} of {}.", spelled(unknown), spelled(kept + broken + unknown)),
    }
}

/// "Eight weeks went by without a value."
fn nothing_known(over: usize, cadence: Cadence) -> String {
    let (one, many) = window(cadence);
    format!("{} went by without a value.", sentence(&count_spelled(over, one, many)))
}

pub(super) fn window(cadence: Cadence) -> (&'static str, &'static str) {
    match cadence {
        Cadence::Weekly => ("week", "weeks"),
        Cadence::Fortnightly => ("fortnight", "fortnights"),
        Cadence::Monthly => ("month", "months"),
        Cadence::Quarterly => ("quarter", "quarters"),
    }
}

/// What the chart of a key result says.
pub fn charted(plan: &Plan, key_result: &KeyResult, report: &KeyResultReport, today: Day) -> String {
    let unit = &key_result.unit;
    let aim = match key_result.measure.on(today) {
        Measure::Metric { target, .. } => {
            let by = report.span.as_ref().map(|span| format!(" by {}", intl::date(span.end))).unwrap_or_default();
            format!("; {} to reach{by}", intl::number(*target, unit))
        }
        Measure::Stay { bounds, .. } => format!("; {} to keep", check::bounds(bounds, unit)),
        _ => String::new(),
    };
    // What is aimed at names the unit.
    let said = |value| if aim.is_empty() { intl::number(value, unit) } else { short(value, unit) };
    let points = plan.points_of(key_result, today);
    let last = match (points.last().filter(|point| point.is_measured()), report.value) {
        (Some(point), _) => format!("{} on {}", said(point.value), intl::date(point.day)),
        (None, Some(value)) => format!("Starts at {}", said(value)),
        _ => "Nothing checked in yet".to_owned(),
    };
    let ahead = plan.forecast_told(key_result, report, today).map(|ahead| format!(" {}", forecast(&ahead, unit)));
    format!("{last}{aim}. {}{}", told(plan, key_result, report, today), ahead.unwrap_or_default())
}

/// " · confidence 6"
pub fn confidence(value: u8) -> String {
    format!(" · confidence {value}")
}

/// "check-in of 20 Nov"
pub fn check_in_of(day: Day) -> String {
    format!("check-in of {}", intl::date(day))
}

/// "650 → 600"
pub fn moved(moved: &Moved, unit: &Unit) -> String {
    match moved {
        Moved::Start { before, after } => {
            format!("start {} → {}", short(*before, unit), intl::number(*after, unit))
        }
        Moved::Days { before, after } => format!("{} → {}", own_dates(before.as_ref()), own_dates(after.as_ref())),
        Moved::Target { before, after } => format!("{} → {}", short(*before, unit), intl::number(*after, unit)),
        Moved::Bounds { before, after } => format!("{} → {}", check::bounds(before, unit), check::bounds(after, unit)),
        Moved::Measure => String::new(),
    }
}

/// "from 1 Oct, due 30 Nov"; "days of the cycle"
fn own_dates(dates: Option<&OwnDates>) -> String {
    let start = dates.and_then(|dates| dates.start).map(|day| format!("from {}", intl::date(day)));
    let due = dates.and_then(|dates| dates.due).map(|day| format!("due {}", intl::date(day)));
    match start.into_iter().chain(due).collect::<Vec<_>>() {
        none if none.is_empty() => "days of the cycle".to_owned(),
        some => some.join(", "),
    }
}

/// "weight 2 · done 5 Nov"
pub fn step_small(weight: Number, due: Option<Day>, done: Option<Day>) -> String {
    let mut parts = Vec::new();
    if weight != Number::from(1) {
        parts.push(format!("weight {}", intl::bare(weight)));
    }
    parts.extend(match (done, due) {
        (Some(done), _) => Some(format!("done {}", intl::date(done))),
        (None, Some(due)) => Some(format!("due {}", intl::date(due))),
        (None, None) => None,
    });
    parts.join(" · ")
}

/// "Show all 84"
pub fn show_all(n: usize) -> String {
    format!("Show all {n}")
}

/// "#growth"
pub fn tag(tag: &str) -> String {
    format!("#{tag}")
}

/// "Copy of Double our reach"
pub fn copy_of(title: &str) -> String {
    format!("Copy of {title}")
}

/// "“Copy of Double our reach” added."
pub fn duplicated(title: &str) -> String {
    let title = isolated(title);
    format!("“{title}” added.")
}

/// "Judged, not computed (off track by the numbers): The big customer has signed."
pub fn judged(computed: Status, note: &str) -> String {
    format!("Judged, not computed ({} by the numbers): {note}", common::status(computed).to_ascii_lowercase())
}

/// "Monthly visitors (Double our reach)"
pub fn of_objective(key_result: &str, objective: &str) -> String {
    let key_result = isolated(key_result);
    let objective = isolated(objective);
    format!("{key_result} ({objective})")
}

/// A number of the domain, shortened for a sentence.
pub(super) fn roughly(value: f64, unit: &Unit) -> String {
    Number::new(value).map(|value| intl::about(value, unit)).unwrap_or_default()
}

/// "In a straight line, 7,400 by 31 Dec; 80% likely: 6,900 to 7,900." What it counts stands beside it.
pub fn forecast(forecast: &Forecast, unit: &Unit) -> String {
    let Outlook { value, low, high } = forecast.readable();
    let value = Number::new(value).map(|value| short(value, unit)).unwrap_or_default();
    let due = intl::date(forecast.due);
    let told = format!("In a straight line, {value} by {due}");
    match likely(low, high) {
        _ if !forecast.has_scatter() => format!("{told}; no scatter yet."),
        Some(likely) => format!("{told}; {likely}."),
        None => format!("{told}."),
    }
}

/// "80% likely: 6,900 to 7,900"; none where both ends are one, at a bound.
fn likely(low: f64, high: f64) -> Option<String> {
    let [from, to] = [low, high].map(|end| Number::new(end).map(intl::bare).unwrap_or_default());
    (low < high).then(|| format!("{} likely: {from} to {to}", intl::percent(Forecast::LIKELY)))
}

/// "Shared: Anna’s visitors 2,000, Ben’s visitors 1,000; 500 of 3,500 not taken."
pub fn shared(shared: &Distribution, name: impl Fn(KeyResultId) -> String, unit: &Unit) -> String {
    let shares: Vec<_> =
        shared.shares.iter().map(|(id, share)| format!("{} {}", name(*id), roughly(*share, unit))).collect();
    let rest = match shared.rest {
        rest if rest > 0.0 => format!("{} of {} not taken", roughly(rest, unit), roughly(shared.whole, unit)),
        rest if rest < 0.0 => format!("{} more than there is", roughly(-rest, unit)),
        _ => "all of it".to_owned(),
    };
    format!("Shared: {}; {rest}.", shares.join(", "))
}

/// "Commit 6,000, stretch 9,000."
pub fn marks(marks: &Marks, unit: &Unit) -> String {
    let commit = marks.commit.map(|value| format!("commit {}", intl::number(value, unit)));
    let stretch = marks.stretch.map(|value| format!("stretch {}", intl::number(value, unit)));
    let both: Vec<_> = commit.into_iter().chain(stretch).collect();
    format!("{}.", sentence(&both.join(", ")))
}

/// "Q4 2026 · Anna"
pub fn placed(cycle: Option<String>, owner: Option<String>) -> String {
    cycle.or_else(|| Some(backlog().to_owned())).into_iter().chain(owner).collect::<Vec<_>>().join(" · ")
}

pub fn cycle_length(length: &str) -> &'static str {
    match length {
        "quarter" => "Quarter",
        "year" => "Year",
        "year-with-quarters" => "Year with its quarters",
        "month" => "Month",
        _ => "Other days",
    }
}
