//! What belongs to a closed cycle: shown, and nothing offered that would be refused.

use leptos::prelude::{provide_context, use_context};

/// Everything below it is history.
#[derive(Debug, Clone, Copy)]
struct History;

/// Makes history of all that is made under the current owner from here on.
pub fn make_history() {
    provide_context(History);
}

/// Whether what is made here is history.
pub fn is_history() -> bool {
    use_context::<History>().is_some()
}
