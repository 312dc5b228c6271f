//! Guards, and the ways between KPIs and goals.

use bearings_plan::{Frequency, GuardState, Kpi, Measure, Name, Periods, Raise, Span, Unit};

use super::{check, isolated, kpis, sentence, spelled, words};
use crate::web::intl;

words! {
    guards: "Guards";
    guard_broken: "Guard broken:";
    guarded_by: "Guarded by";
    choose: "Choose guards";
    what_for: "What must not suffer?";
    explained: "A guard is a number that must not suffer while this one is pushed: quality beside speed, margin beside growth.";
    no_kpis: "There is no KPI yet that could guard it.";
    nothing_to_choose: "There is no other KPI that could guard it.";
    not_kept: "no longer kept";
    why_green: "A guard is broken. Why is it a success all the same?";
    green_needs_reason: "A guard is broken: say why it is a success all the same.";
    why_judged: "Why judged so:";
    goals: "Goals";
    feeds: "It moves";
    guarding: "It guards";
    came_from: "It was kept from";
    no_goals: "No goal speaks of it yet.";
    promote: "Make this an objective";
    promoted: "Objective added. Its key result follows this KPI.";
    new_objective: "New objective";
    objective_title: "Where do you want to go?";
    key_result_title: "What do you measure?";
    follows: "It follows this KPI: each reading is a check-in.";
    do_promote: "Add objective";
    keep: "Keep it as a KPI";
    reached: "Will it stay there?";
    kept_as: "It is watched on as a KPI:";
    raise: "Raise the bar";
    new_target: "New target";
    do_raise: "Set target";
    raised: "Target set.";
}

/// "is off target", behind the name of a broken guard; on a page of its own, since when.
pub fn is_off_target(since: Option<&str>) -> String {
    match since {
        None => "is off target".to_owned(),
        Some(since) => format!("is off target since {since}"),
    }
}

/// "holds", behind the name of a guard.
pub fn state(state: &GuardState, calendar: Periods) -> String {
    match state {
        GuardState::Holds => "holds".to_owned(),
        GuardState::Broken { since } => is_off_target(Some(&kpis::the_period(since, calendar))),
        GuardState::Unknown => "not known: no value of late to judge".to_owned(),
        GuardState::NoTarget => "has no target to miss".to_owned(),
        GuardState::Scrapped => not_kept().to_owned(),
    }
}

/// "A guard is broken. Why is it a success all the same, and why not 0.46?"
pub fn why_not_and_green(suggested: &str) -> String {
    format!("A guard is broken. Why is it a success all the same, and why not {suggested}?")
}

/// "of Double our reach", behind the name of a key result.
pub fn part_of(objective: &str) -> String {
    let objective = isolated(objective);
    format!("of {objective}")
}

/// "Scrap rate back on target", for an objective.
pub fn title_of(kpi: &Name) -> Name {
    // Too long a name stays as it is.
    Name::new(&format!("{kpi} back on target")).unwrap_or_else(|_| kpi.clone())
}

/// "To stay at 48 to 58 bpm.", where a goal has no way to go; nothing where it has one.
pub fn way(measure: &Measure, unit: &Unit) -> String {
    match measure {
        Measure::Stay { bounds, .. } => format!("To stay at {}.", check::bounds(bounds, unit)),
        _ => String::new(),
    }
}

/// "“Orders a month” is a KPI now."
pub fn kept(name: &str) -> String {
    let name = isolated(name);
    format!("“{name}” is a KPI now.")
}

/// "Met for three months: raise the bar to at least 97%?"
pub fn raise_to(kpi: &Kpi, raise: &Raise, frequency: Frequency) -> String {
    let (_, periods) = kpis::periods(frequency);
    let n = spelled(Raise::PERIODS);
    format!("Met for {n} {periods}: raise the bar to {}?", check::bounds(&raise.target.bounds, &kpi.unit))
}

/// "97.36% is the middle one of the last three values (96%, 98.2%, 97.36%), rounded towards the target of now."
pub fn raise_explained(kpi: &Kpi, raise: &Raise) -> String {
    let number = |value| intl::number(value, &kpi.unit);
    let values: Vec<_> = raise.values.iter().map(|value| number(*value)).collect();
    let middle = format!("the middle one of the last three values ({})", values.join(", "));
    let median = number(raise.median);
    if raise.target.bounds.only() == Some(raise.median) {
        sentence(&format!("{median} is {middle}."))
    } else {
        sentence(&format!("{median} is {middle}, rounded towards the target of now."))
    }
}

/// "Off target since October 2026. A goal …"
pub fn off_since(since: &Span, calendar: Periods) -> String {
    let since = kpis::the_period(since, calendar);
    format!("Off target since {since}. A goal with an owner and a date may bring it back.")
}
