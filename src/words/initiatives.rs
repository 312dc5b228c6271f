//! What is done to get there.

use bearings_plan::{Day, InitiativeState};

use super::{isolated, words};
use crate::web::intl;

words! {
    initiatives: "Initiatives";
    initiatives_explained: "what we do to get there";
    add: "Add an initiative";
    do_add: "Add initiative";
    what: "What will you do?";
    what_placeholder: "e.g. Publish one guide a week";
    goal: "For";
    whole_objective: "The objective as a whole";
}

pub fn state(state: InitiativeState) -> &'static str {
    match state {
        InitiativeState::Todo => "To do",
        InitiativeState::Doing => "Doing",
        InitiativeState::Done => "Done",
        InitiativeState::Dropped => "Dropped",
    }
}

/// "State of Publish one guide a week"
pub fn state_of(title: &str) -> String {
    let title = isolated(title);
    format!("State of {title}")
}

/// "for Monthly visitors · Anna · due 5 Nov, late"
pub fn small(goal: Option<String>, owner: Option<String>, due: Option<Day>, late: bool) -> String {
    let goal = goal.map(|goal| format!("for {goal}"));
    let due = due.map(|due| format!("due {}{}", intl::date(due), if late { ", late" } else { "" }));
    goal.into_iter().chain(owner).chain(due).collect::<Vec<_>>().join(" · ")
}
