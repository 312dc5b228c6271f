//! What this tab remembers across reloads: nothing that would be missed if the browser forgot it.

use bearings_plan::{PlanId, Stacks};

use crate::web::session;

const UNDO: &str = "bearings/undo";

/// What can be taken back of a plan, where it was the last one that this tab showed.
pub fn stacks_of(plan: PlanId) -> Stacks {
    let text = session::get(UNDO).unwrap_or_default();
    let of = text.split_once('\n').filter(|(id, _)| id.parse() == Ok(plan));
    of.and_then(|(_, stacks)| Stacks::from_text(stacks)).unwrap_or_default()
}

pub fn keep_stacks(plan: PlanId, stacks: &Stacks) {
    session::set(UNDO, &format!("{plan}\n{}", stacks.to_text()));
}

const PASTED: &str = "bearings/pasted";
/// What is longer is not kept: it comes from a file, or is copied again.
const KEPT: usize = 300_000;

/// A table that was pasted for a plan and not added yet.
pub fn pasted_for(plan: PlanId) -> String {
    let text = session::get(PASTED).unwrap_or_default();
    let of = text.split_once('\n').filter(|(id, _)| id.parse() == Ok(plan));
    of.map(|(_, text)| text.to_owned()).unwrap_or_default()
}

pub fn keep_pasted(plan: PlanId, text: &str) {
    session::set(PASTED, &if text.len() > KEPT { String::new() } else { format!("{plan}\n{text}") });
}
