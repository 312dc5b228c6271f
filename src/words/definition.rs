//! What a KPI is: its documentation, its targets over time, why it is not kept any more.

use bearings_plan::{Day, Indicator};

use super::{isolated, words};
use crate::web::intl;

words! {
    documentation: "Documentation: question, source, limits";
    question: "Which question does it answer?";
    question_placeholder: "Do we throw away less than last year?";
    source: "Where are the numbers found?";
    source_placeholder: "The scales at line 2, read on Friday";
    limits: "What does it not tell?";
    limits_placeholder: "Pairs that are sold as seconds do not count";
    indicator: "Leading or lagging?";
    not_said: "Not said";
    resets: "Readings are running totals, from zero in each period";
    benchmark_source: "Found in";
    benchmark_source_placeholder: "Their report of 2025";
    term_question: "Question";
    term_source: "Source";
    term_limits: "Limits";
    term_indicator: "Kind";
    term_pillar: "Pillar";
    term_kept_from: "Kept from";
    targets: "Targets over time";
    set_target: "Set a target";
    target_from: "Holds from";
    only_that_period: "For that period only";
    set_by_period: "Set targets period by period";
    by_period_explained: "A period without a number has no target.";
    target_taken_back: "Target taken back.";
    scrap: "Scrap it";
    scrap_title: "Stop keeping it?";
    scrap_explained: "It leaves the board and asks for no more readings. Its history stays, and you can bring it back.";
    scrap_reason: "Why is it not worth keeping?";
    scrap_placeholder: "Nobody has acted on it for a year";
}

pub fn indicator_of(indicator: Indicator) -> &'static str {
    match indicator {
        Indicator::Leading => "Leading",
        Indicator::Lagging => "Lagging",
    }
}

/// "Leading: tells early what will come", where one chooses.
pub fn indicator_explained(indicator: Indicator) -> String {
    let told = match indicator {
        Indicator::Leading => "tells early what will come",
        Indicator::Lagging => "tells what has come of it",
    };
    format!("{}: {told}", indicator_of(indicator))
}

/// "1 Dec to 31 Dec", "from 1 Jan on", "until 30 Nov"
pub fn holds(from: Day, to: Option<Day>, first: bool) -> String {
    match to {
        Some(to) if first => format!("until {}", intl::date_long(to)),
        Some(to) => format!("{} to {}", intl::date_long(from), intl::date_long(to)),
        None if first => "always".to_owned(),
        None => format!("from {} on", intl::date_long(from)),
    }
}

/// "target from 1 Dec", for the buttons of a row.
pub fn target_named(from: Day) -> String {
    format!("target from {}", intl::date(from))
}

/// "October 2026, to", the upper bound of a period
pub fn upper_of(period: &str) -> String {
    format!("{period}, to")
}

/// "“Scrap rate” is not kept any more."
pub fn scrapped(name: &str) -> String {
    let name = isolated(name);
    format!("“{name}” is not kept any more.")
}
