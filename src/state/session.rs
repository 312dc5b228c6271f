//! What this tab remembers across reloads: what can be taken back, and what is half typed. A browser may forget it.

use bearings_plan::{PlanId, Stacks, text_of, value_of};
use serde_json::Value;

use crate::web::session;

const UNDO: &str = "bearings/undo";
const DRAFT: &str = "bearings/draft/";
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

/// What is half typed on a page.
pub fn draft_of(page: &str) -> Option<Value> {
    value_of(&session::get(&format!("{DRAFT}{page}"))?).ok()
}

/// Keeps what is half typed on a page; nothing, once it is saved or given up.
pub fn keep_draft(page: &str, draft: Option<&Value>) {
    let key = format!("{DRAFT}{page}");
    match draft {
        Some(draft) => session::set(&key, &text_of(draft)),
        None => session::remove(&key),
    }
}

/// How the board of KPIs was arranged, as its address says it.
pub fn board() -> Option<String> {
    session::get(BOARD)
}

pub fn keep_board(arranged: &str) {
    session::set(BOARD, arranged);
}
