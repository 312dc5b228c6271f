//! KPIs that are not kept any more, and why not.

use bearings_plan::KpiId;
use leptos::prelude::component;

use super::super::kpi::bring_back;
use crate::{
    state::workspace,
    ui::{
        Route,
        components::icon::{Glyph, Icon},
        dom::{Html, view, when},
    },
    web::page,
    words::board as words,
};

#[component]
pub fn ScrappedList() -> Html {
    let ids = workspace().read(|plan, today| plan.kpis_scrapped(today).iter().map(|kpi| kpi.id).collect::<Vec<_>>());
    when(
        move || !ids.with(Vec::is_empty),
        move || {
            view! {
                <details class="card">
                    <summary>{move || words::scrapped_kpis(ids.with(Vec::len))}</summary>
                    <ul class="rows">
                        <For each=move || ids.get() key=|id| *id children=|id| view! { <ScrappedRow id /> } />
                    </ul>
                </details>
            }
        },
    )
}

#[component]
fn ScrappedRow(id: KpiId) -> Html {
    let workspace = workspace();
    let name = workspace.read(move |plan, _| plan.kpis.get(id).map(|it| it.name.to_string()).unwrap_or_default());
    let why = workspace.read(move |plan, today| {
        let (since, scrapped) = plan.kpis.get(id)?.scrapped_on(today)?;
        Some(words::scrapped_since(since, scrapped.reason.as_str()))
    });
    let back = move |_| {
        bring_back(id);
        page::focus("main");
    };
    view! {
        <li>
            <div>
                <h3><a href=Route::Kpi(id).href()>{move || name.get()}</a></h3>
                <p>{move || why.get()}</p>
            </div>
            <div class="acts">
                <button
                    class="btn"
                    type="button"
                    aria-label=move || words::bring_it_back(&name.get())
                    on:click=back
                >
                    <Glyph icon=Icon::Undo />
                    {words::bring_back()}
                </button>
            </div>
        </li>
    }
}
