use leptos::prelude::*;

#[component]
pub fn Kpis() -> impl IntoView {
    view! { <h1>"Kpis"</h1> }
}
