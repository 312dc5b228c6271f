use leptos::prelude::*;

#[component]
pub fn Objectives() -> impl IntoView {
    view! { <h1>"Objectives"</h1> }
}
