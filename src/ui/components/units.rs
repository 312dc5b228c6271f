//! Units that people often choose, offered while they type.

use leptos::prelude::component;

use crate::ui::dom::{Html, view};

/// The id that a field's `list` names.
pub const LIST: &str = "units";

/// Signs and codes are the same in every language, so they are not in the catalogue.
const OFFERED: [&str; 12] = ["%", "EUR", "USD", "GBP", "CHF", "h", "min", "days", "km", "kg", "bpm", "t"];

/// The list itself: once on a page that has unit fields.
#[component]
pub fn UnitList() -> Html {
    view! { <datalist id=LIST>{OFFERED.map(|unit| view! { <option value=unit></option> })}</datalist> }
}
