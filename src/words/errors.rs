//! What went wrong, and what helps.
//!
//! The domain's errors speak English themselves; a further language words them by their data.

use bearings_plan::{ChangeError, EntityId, FileError, Problem, TextError, quantity::QuantityError};

use super::{sentence, words};
use crate::web::WebError;

words! {
    needed: "Write something here first.";
    pick_a_day: "Choose a day.";
    needs_number: "A number is needed here.";
    read_only: "A newer Bearings is open in another tab: this one only shows. Reload it to go on.";
    past: "This is a past day: it is only shown. Come back to today to change something.";
    unreadable: "The browser could not read this file. It may have been moved or changed: choose it again.";
    step_without_last: "There is no earlier value to add to. Write the value itself.";
}

pub fn text(error: TextError) -> String {
    match error {
        TextError::Empty => needed().to_owned(),
        TextError::TooLong { max } => format!("Too long: {max} characters at most."),
    }
}

/// What a number field says about what was typed.
pub fn quantity(typed: &str, error: &QuantityError) -> String {
    match error {
        QuantityError::Empty => needs_number().to_owned(),
        QuantityError::TooLong => "Too long for a number.".to_owned(),
        QuantityError::NoDigits | QuantityError::Malformed(_) => {
            format!("“{typed}” is not a number. Try 4000, 4k or +5.")
        }
        QuantityError::UnexpectedText(rest) => format!("“{rest}” is not part of a number. Try 4000, 4k or +5."),
        QuantityError::Ambiguous { write } => {
            let ways = if write.len() > 2 { "several" } else { "two" };
            format!("“{typed}” can be read in {ways} ways. Write {}.", write.join(" or "))
        }
        QuantityError::OtherUnit { typed: other, unit } => {
            format!("This is counted in {unit}, not in {other}. Write the number in {unit}.")
        }
        QuantityError::PercentWithoutPercentUnit => "Only numbers in % take a %: set the unit to % first.".to_owned(),
        QuantityError::TooLarge => "Too large: 1,000,000,000,000,000 is the most.".to_owned(),
    }
}

pub fn change(error: ChangeError) -> String {
    match error {
        ChangeError::Gone(id) => format!("This {} is not in the plan any more.", kind(id)),
        ChangeError::Needed(id) => format!("Something belongs to this {} by now: delete that first.", kind(id)),
        ChangeError::Exists(id) => format!("This {} is in the plan already.", kind(id)),
        ChangeError::Full { max } => format!("The plan is full: {max} is the most."),
        ChangeError::ReadOnly => read_only().to_owned(),
        ChangeError::Past => past().to_owned(),
        ChangeError::Invalid(invalid) => format!("{}.", sentence(&invalid.to_string())),
    }
}

pub fn kind(id: EntityId) -> &'static str {
    match id {
        EntityId::Pillar(_) => "pillar",
        EntityId::Owner(_) => "owner",
        EntityId::Cycle(_) => "cycle",
        EntityId::Objective(_) => "objective",
        EntityId::KeyResult(_) => "key result",
        EntityId::Milestone(_) => "milestone",
        EntityId::Initiative(_) => "initiative",
        EntityId::Kpi(_) => "KPI",
        EntityId::Filter(_) => "filter",
    }
}

/// The headline above a file that cannot be opened.
pub fn file(error: &FileError) -> String {
    match error {
        FileError::Problems { problems, more: 0 } if problems.len() == 1 => "This file has one problem.".to_owned(),
        FileError::Problems { problems, more } => {
            format!("This file has {} problems.", problems.len() + more)
        }
        FileError::TooLarge { max } => format!("The file is too large: {} MB is the most.", max / 1_000_000),
        FileError::NotJson { line, column } => {
            format!("This is not a Bearings file, or it was cut off: reading stopped at line {line}, column {column}.")
        }
        FileError::HalfCharacter { line, column } => format!(
            "A text in this file has half a character (\\ud800 to \\udfff alone) at line {line}, column {column}. Mend it there, or save the file anew where it came from."
        ),
        FileError::NotAPlan => "This is not a Bearings plan.".to_owned(),
        FileError::Newer { version } => {
            format!("This file was made by a newer Bearings (version {version}). Reload the page to get it.")
        }
    }
}

/// Why the browser gives no text of a file.
pub fn unread(error: &WebError) -> String {
    match error {
        WebError::FileNotText { at, .. } => {
            format!("This file is not UTF-8 text from byte {} on. Save it as UTF-8, then choose it again.", at + 1)
        }
        WebError::FilePacked { kind, .. } => {
            format!("This is a {kind} file. Unpack it, then choose the plan that is in it.")
        }
        WebError::FileUnreadable { .. }
        | WebError::FileTooLarge { .. }
        | WebError::Download { .. }
        | WebError::Chart { .. } => unreadable().to_owned(),
    }
}

pub fn problem(problem: &Problem) -> String {
    format!("{}.", sentence(&problem.kind.to_string()))
}

/// "and 12 more."
pub fn more_problems(more: usize) -> String {
    format!("… and {more} more.")
}
