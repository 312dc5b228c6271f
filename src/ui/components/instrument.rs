use bearings_plan::KpiId;
use leptos::prelude::*;

#[component]
pub fn Instrument(id: KpiId, #[prop(optional)] with_form: bool) -> impl IntoView {
    let _ = (id, with_form);
}
