//! What this tab remembers across reloads: nothing that would be missed if the browser forgot it.

use bearings_plan::{PlanId, Stacks};

use crate::web::session;

const UNDO: &str = "bearings/undo";
const BOARD: &str = "bearings/board";

/// What can be taken back of a plan, where it was the last one that this tab showed.
pub fn stacks_of(plan: PlanId) -> Stacks {
    let text = session::get(UNDO).unwrap_or_default();
    let of = text.split_once('\n').filter(|(id, _)| id.parse() == Ok(plan));
    of.and_then(|(_, stacks)| Stacks::from_text(stacks)).unwrap_or_default()
}

pub fn keep_stacks(plan: PlanId, stacks: &Stacks) {
    session::set(UNDO, &format!("{plan}\n{}", stacks.to_text()));
}

/// How the board of KPIs was arranged, as its address says it.
pub fn board() -> Option<String> {
    session::get(BOARD)
}

pub fn keep_board(arranged: &str) {
    session::set(BOARD, arranged);
}
