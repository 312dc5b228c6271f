//! The weekly check-in, one thing at a time.

use bearings_plan::{Answer, CheckIn, Day, Incomplete, LastSaid, Unit};

use super::{check, common, isolated, objectives, sentence, spelled, words};
use crate::web::intl;

words! {
    one_by_one: "Check in one by one";
    all_done: "All checked in.";
    save: "Save and go on";
    no_change: "No change";
    skip: "Skip";
    back: "Back";
    enter: "Enter";
    equals: "=";
    page_down: "PgDn";
    page_up: "PgUp";
    tab: "Tab";
    digits: "0–9";
    escape: "Esc";
    to_the_next_field: "next field";
    for_confidence: "confidence";
    empties: "empty the fields";
    done: "Done";
    steps: "Steps";
    never: "no check-in yet";
    not_stated_yet: "not stated yet";
    as_reading_of: "Its value is saved as a reading of";
    typed_already: "A value is typed here: Enter saves it, Esc empties the field.";
    checked_in: "checked in";
    unchanged: "no change";
    skipped: "skipped";
    to_come: "to come";
    checked: "Checked in";
    stands_out: "What stands out now";
    none_needs_you: "Nothing that you looked at needs you now.";
    to_today: "To Today";
    only_shown: "A past day is only shown.";
    what_was_said: "What was checked in by then stands in the story of each objective and among the readings of each KPI.";
    come_back: "Back to today";
    nothing_runs: "Nothing runs yet.";
    nothing_runs_explained: "Key results come here week by week from their first day on, and KPIs once a reading is missing.";
    to_objectives: "To the objectives";
}

/// "Nine to check in."
pub fn title(open: usize) -> String {
    if open == 0 { all_done().to_owned() } else { format!("{} to check in.", sentence(&spelled(open))) }
}

/// "13 checked in, two still due."
pub fn title_at_the_end(done: usize, open: usize) -> String {
    if open == 0 {
        return all_done().to_owned();
    }
    let done = if done == 0 { "None".to_owned() } else { sentence(&spelled(done)) };
    format!("{done} checked in, {} still due.", spelled(open))
}

/// "For today, 21 November 2026"
pub fn below(day: Day) -> String {
    format!("For {}, {}", common::today(), intl::date_long(day))
}

/// "3 of 15"
pub fn place(place: usize, of: usize) -> String {
    format!("{place} of {of}")
}

/// "All 15"
pub fn all(n: usize) -> String {
    format!("All {n}")
}

/// "Value of Monthly visitors", but for its first word.
pub fn of(name: &str) -> String {
    let name = isolated(name);
    format!(" of {name}")
}

/// "was 5,900 on 13 Nov", "starts at 4,000"
pub fn was(last: &LastSaid, unit: &Unit) -> String {
    match (last.value, last.day) {
        (Some(value), Some(day)) => check::was(&intl::number(value, unit), &intl::date(day)),
        (Some(value), None) => check::starts_at(&intl::number(value, unit)),
        (None, _) => check::first_time().to_owned(),
    }
}

/// "last on 13 Nov"
pub fn heard(last: &LastSaid) -> String {
    last.heard.map_or_else(|| never().to_owned(), |day| check::last_on(&intl::date(day)))
}

/// "was 6 on 13 Nov", of a confidence.
pub fn stated(last: &LastSaid) -> String {
    match last.confidence {
        Some((day, confidence)) => check::was(&confidence.get().to_string(), &intl::date(day)),
        None => not_stated_yet().to_owned(),
    }
}

/// "No change: 5,900, confidence 6": what one key writes.
pub fn no_change_to(row: &CheckIn, answer: Answer, unit: &Unit) -> String {
    let value = row.value.map(|value| match answer {
        Answer::Done if value.is_done() => "done".to_owned(),
        Answer::Done => "not done".to_owned(),
        Answer::Number | Answer::Silent => objectives::short(value, unit),
    });
    let confidence = row.confidence.map(|it| format!("confidence {}", it.get()));
    let parts: Vec<_> = value.into_iter().chain(confidence).collect();
    if parts.is_empty() { no_change().to_owned() } else { format!("{}: {}", no_change(), parts.join(", ")) }
}

/// What is missing, with what else there is to press.
pub fn incomplete(missing: Incomplete, answer: Answer, can_repeat: bool) -> String {
    let write = match (missing, answer) {
        (Incomplete::Changed, _) => return typed_already().to_owned(),
        (_, Answer::Number) => "Write the value",
        (_, Answer::Done) => "Tick it once it is done",
        (_, Answer::Silent) => "Write a confidence or a note",
    };
    let repeat = if can_repeat { ", = says that nothing has changed" } else { "" };
    format!("{write}{repeat}, PgDn skips it.")
}

/// "Monthly visitors: 6,205 visitors."
pub fn saved(name: &str, value: Option<&str>) -> String {
    let name = isolated(name);
    value.map_or_else(|| format!("{name}: {}.", checked_in()), |value| format!("{name}: {value}."))
}

/// "no change · 5,900"
pub fn unchanged_at(stands: &str) -> String {
    if stands.is_empty() { unchanged().to_owned() } else { format!("{stands} · {}", unchanged()) }
}

/// "On track before"
pub fn before(status: &str) -> String {
    format!("{status} before")
}

/// "Go through the two that are still due"
pub fn go_through(n: usize) -> String {
    if n == 1 { "Go to the one still due".to_owned() } else { format!("Go through the {} still due", spelled(n)) }
}

/// "Next on 26 November 2026, in 5 days."
pub fn next(day: Day, today: Day) -> String {
    format!("Next {}, on {}.", intl::relative_days(day.days_since(today)), intl::month_day(day))
}

/// "This is 13 November 2026."
pub fn past(day: Day) -> String {
    format!("This is {}.", intl::date_long(day))
}

/// "at most 0.1% · every month"
pub fn reads(aim: &str, often: &str) -> String {
    format!("{aim} · {often}")
}
