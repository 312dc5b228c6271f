//! Checking in.

use bearings_plan::{Answer, Bounds, Incomplete, Unit};

use super::{errors, isolated, words};
use crate::web::intl;

words! {
    note: "note";
    done: "Done";
    save_hint: "Save (Enter)";
    checked_in: "Checked in.";
    read: "Reading saved.";
    first_time: "nothing yet";
}

/// What is missing to a check-in.
pub fn incomplete(missing: Incomplete, answer: Answer) -> &'static str {
    match (missing, answer) {
        (Incomplete::Nothing | Incomplete::NothingBefore, Answer::Number) => "Write the value, a confidence or a note.",
        (Incomplete::Nothing | Incomplete::NothingBefore, Answer::Done) => {
            "Tick it once it is done, or write a confidence or a note."
        }
        (Incomplete::Nothing | Incomplete::NothingBefore, Answer::Silent) => "Write a confidence or a note.",
        (Incomplete::NoValue, _) => errors::needs_number(),
        (Incomplete::Changed, _) => "Another value is typed here than the last one.",
    }
}

/// "to 8,000"
pub fn to(target: &str) -> String {
    format!("to {target}")
}

/// "at least 30 pairs"
pub fn bounds(bounds: &Bounds, unit: &Unit) -> String {
    let number = |value| intl::number(value, unit);
    match bounds {
        Bounds::AtLeast { value } => format!("at least {}", number(*value)),
        Bounds::AtMost { value } => format!("at most {}", number(*value)),
        Bounds::Between { low, high } => format!("{} to {}", intl::bare(*low), number(*high)),
    }
}

/// "was 5,900 on 13 Nov"
pub fn was(value: &str, day: &str) -> String {
    format!("was {value} on {day}")
}

/// "starts at 4,000"
pub fn starts_at(value: &str) -> String {
    format!("starts at {value}")
}

/// "last on 13 Nov"
pub fn last_on(day: &str) -> String {
    format!("last on {day}")
}

/// "Save check-in for Monthly visitors"
pub fn save_of(name: &str) -> String {
    let name = isolated(name);
    format!("Save {name}")
}

/// "Note on Monthly visitors"
pub fn note_on(name: &str) -> String {
    let name = isolated(name);
    format!("Note on {name}")
}
