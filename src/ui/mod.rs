//! What people see.

pub mod components;
mod lazy;
pub mod pages;
mod route;
mod shell;

use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::JsCast;

pub use route::Route;

use crate::state::Workspace;

/// Puts the app in place of the static first paint.
pub fn mount() {
    let Some(place) = document().get_element_by_id("app") else { return };
    place.set_text_content(None);
    mount_to(place.unchecked_into(), App).forget();
}

#[component]
fn App() -> impl IntoView {
    provide_context(Workspace::open());
    provide_context(route::follow());
    view! { <shell::Shell /> }
}
