use leptos::prelude::*;

#[component]
pub fn ObjectivePage(id: bearings_plan::ObjectiveId) -> impl IntoView {
    let _ = id;
    view! { <h1>"ObjectivePage"</h1> }
}
