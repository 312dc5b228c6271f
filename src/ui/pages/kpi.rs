use leptos::prelude::*;

#[component]
pub fn KpiPage(id: bearings_plan::KpiId) -> impl IntoView {
    let _ = id;
    view! { <h1>"KpiPage"</h1> }
}
