//! All KPIs: each an instrument that takes a reading right there.

use bearings_plan::{Due, KpiId};
use leptos::prelude::component;

use super::{Top, kpi::NewKpi};
use crate::{
    reactive::{Callback, Memo, RwSignal, StoredValue},
    state::workspace,
    ui::{
        Route,
        components::{
            icon::{Glyph, Icon},
            instrument::Instrument,
            uid,
            units::UnitList,
        },
        dom::{Html, view, when},
    },
    web::page,
    words::{common, kpis as words, paste},
};

#[component]
pub fn Kpis() -> Html {
    let workspace = workspace();
    let adding = RwSignal::new(false);
    // The button that opens the form: there, or in the empty state.
    let (adder, first_adder) = (StoredValue::new(uid("add")), StoredValue::new(uid("add")));
    let kpis = workspace.read(|plan, _| plan.kpis_in_order().iter().map(|kpi| kpi.id).collect::<Vec<_>>());
    let title = workspace.read(|plan, today| {
        let healths: Vec<_> = plan.kpis.iter().map(|kpi| plan.kpi_report(kpi, today).health).collect();
        words::title(&healths)
    });
    let below = workspace.read(|plan, today| {
        let due = plan.due(today).into_iter().filter(|due| matches!(due, Due::Kpi(_))).count();
        if plan.kpis.is_empty() { words::none_below().to_owned() } else { words::below(due) }
    });
    let empty = Memo::new(move || kpis.with(Vec::is_empty));
    let close = Callback::new(move |()| {
        adding.set(false);
        page::focus(&if empty.get_untracked() { first_adder } else { adder }.get_value());
    });
    let add = move |_| adding.set(true);
    view! {
        <Top title below>
            <EnterDue />
            <a class="btn" href=Route::Paste(None).href()>
                <Glyph icon=Icon::Import />
                {paste::open()}
            </a>
            // The empty state has the same button, larger.
            <button
                class="btn primary"
                type="button"
                id=adder.get_value()
                hidden=move || empty.get() && !adding.get()
                on:click=add
            >
                <Glyph icon=Icon::Plus />
                {words::add()}
            </button>
        </Top>
        <div class="stack">
            {when(move || adding.get(), move || view! { <NewKpi close /> })}
            {when(
                move || empty.get() && !adding.get(),
                move || view! { <Empty adding adder=first_adder.get_value() /> },
            )}
            <Board kpis />
        </div>
        <UnitList />
    }
}

/// The way to all that is due, one by one.
#[component]
fn EnterDue() -> Html {
    let is_due = workspace().read(|plan, today| plan.due(today).iter().any(|due| matches!(due, Due::Kpi(_))));
    when(move || is_due.get(), || view! { <a class="btn" href=Route::CheckIn.href()>{paste::enter_due()}</a> })
}

#[component]
fn Board(kpis: Memo<Vec<KpiId>>) -> Html {
    view! {
        <section aria-labelledby="board" hidden=move || kpis.with(Vec::is_empty)>
            <h2 id="board" class="sr">{words::instruments()}</h2>
            <ul class="board">
                <For each=move || kpis.get() key=|id| *id children=|id| view! { <Instrument id with_form=true /> } />
            </ul>
        </section>
    }
}

#[component]
fn Empty(adding: RwSignal<bool>, adder: String) -> Html {
    let workspace = workspace();
    view! {
        <div class="card empty">
            <h2>{words::none_question()}</h2>
            <p>{words::none_explained()}</p>
            <div class="acts">
                <button class="btn primary" type="button" id=adder on:click=move |_| adding.set(true)>
                    <Glyph icon=Icon::Plus />
                    {words::add()}
                </button>
                <button class="btn" type="button" on:click=move |_| workspace.look_at_sample()>
                    {common::look_at_sample()}
                </button>
            </div>
        </div>
    }
}
