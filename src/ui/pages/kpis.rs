//! All KPIs: each an instrument that takes a reading right there, or a row of the heat table.

mod arranged;
mod balance;
mod cards;
mod cell;
mod heat;
mod scrapped;
mod toolbar;

use bearings_plan::{Due, KpiCounts};
use leptos::prelude::component;

use super::{Top, dated, kpi::NewKpi};
use crate::{
    reactive::{Callback, Memo, RwSignal, Signal, StoredValue},
    state::workspace,
    ui::{
        Route,
        components::{
            field::Input,
            icon::{Glyph, Icon},
            instrument::Gauges,
            uid,
            units::UnitList,
        },
        dom::{Html, switch, view, when},
    },
    web::page,
    words::{board, common, headline, kpis as words, paste},
};
use arranged::{Arranged, View};
use balance::Balance;
use cards::Cards;
use heat::HeatTable;
use scrapped::ScrappedList;
use toolbar::Toolbar;

#[component]
pub fn Kpis() -> Html {
    let workspace = workspace();
    let adding = RwSignal::new(false);
    // The button that opens the form: there, or in the empty state.
    let (adder, first_adder) = (StoredValue::new(uid("add")), StoredValue::new(uid("add")));
    let gauges = Gauges::new();
    let kept = workspace.read(|plan, today| plan.kpis_kept(today).iter().map(|kpi| kpi.id).collect::<Vec<_>>());
    let title = Memo::new(move || headline::kpis(&KpiCounts::of(kept.get().into_iter().map(|id| gauges.standing(id)))));
    let below = workspace.read(|plan, today| {
        let due = plan.due(today).into_iter().filter(|due| matches!(due, Due::Kpi(_))).count();
        if plan.kpis_kept(today).is_empty() { words::none_below().to_owned() } else { words::below(due) }
    });
    let empty = Memo::new(move || kept.with(Vec::is_empty));
    let close = Callback::new(move |()| {
        adding.set(false);
        page::focus(&if empty.get_untracked() { first_adder } else { adder }.get_value());
    });
    let add = move |_| adding.set(true);
    view! {
        <Top title=dated(title) below>
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
            <Board gauges kept=Signal::derive(move || kept.with(Vec::len)) />
            <ScrappedList />
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
fn Board(gauges: Gauges, kept: Signal<usize>) -> Html {
    let arranged = Arranged::follow();
    let find = Input::new("");
    let groups = workspace().read(move |plan, today| {
        let Arranged { grouping, sorting, .. } = arranged.get();
        find.text.with(|words| plan.board(grouping, sorting, words, &|kpi| gauges.urgency(kpi), today))
    });
    let view = Memo::new(move || arranged.with(|arranged| (arranged.view, arranged.columns)));
    let found = Memo::new(move || groups.with(|groups| groups.iter().map(|group| group.kpis.len()).sum::<usize>()));
    let told = move || {
        let (finding, found) = (find.text.with(|words| !words.trim().is_empty()), found.get());
        match found {
            _ if !finding => String::new(),
            0 => board::none_found().to_owned(),
            found => board::found(found),
        }
    };
    view! {
        <section class="stack" aria-labelledby="board" hidden=move || kept.get() == 0>
            <h2 id="board" class="sr">{words::instruments()}</h2>
            <Balance />
            <Toolbar arranged find told=Signal::derive(told) />
            {switch(
                move || view.get(),
                move |(view, columns)| match view {
                    View::Cards => view! { <Cards groups arranged gauges /> },
                    View::Table => view! { <HeatTable groups arranged gauges frequency=*columns /> },
                },
            )}
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
                <button class="btn" type="button" on:click=move |_| workspace.leave_then(move || workspace.look_at_sample())>
                    {common::look_at_sample()}
                </button>
            </div>
        </div>
    }
}
