//! A past day, and trying things on.

use super::words;

words! {
    past: "A past day";
    past_explained: "Nothing can be changed there.";
    slider: "Which day";
    back_to_today: "Back to today";
    look_back: "Look back";
    what_if: "What if?";
    what_if_title: "What if?";
    what_if_explained: "Change what you like and see what moves. Nothing of it is kept.";
    forget: "Forget it";
    more: "this page";
}

/// "Your plan on 3 November 2026."
pub fn as_it_was(day: &str) -> String {
    format!("Your plan on {day}.")
}
