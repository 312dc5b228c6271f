//! What people see.

mod aside;
pub mod components;
pub mod dom;
mod lazy;
pub mod pages;
mod route;
mod shell;
mod undone;
mod upkeep;

use leptos::prelude::{component, document, provide_context};

pub use route::Route;

use crate::state::Workspace;
use dom::{Html, view};

/// Puts the app in place of the static first paint.
pub fn mount() {
    let Some(place) = document().get_element_by_id("app") else { return };
    place.set_text_content(None);
    dom::mount(&place, || view! { <App /> });
}

#[component]
fn App() -> Html {
    provide_context(Workspace::open());
    view! { <shell::Shell route=route::follow() /> }
}
