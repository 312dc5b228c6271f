//! One KPI: where it is now and where it came from, a new reading, what it is.

mod about;
mod documentation;
mod fields;
mod form;
mod formula_field;
mod goals;
mod guards;
mod head;
mod latest;
mod made_of;
mod origin;
mod parts;
mod promote;
mod raise;
mod reading;
mod readings;
mod scrap;
mod signal;
mod target_table;
mod targets;

use bearings_plan::{KpiId, Signals};
use leptos::prelude::component;

pub use form::NewKpi;

use super::NotFound;
use crate::{
    reactive::{Callback, Memo, RwSignal, Signal, StoredValue},
    state::workspace,
    ui::{
        components::{
            adder::Adder,
            figure::{Figure, Subject},
            instrument::{Gauge, of},
            uid,
            units::UnitList,
        },
        dom::{Html, switch, view, when},
    },
    web::page,
    words::{kpis as words, signal as signal_words},
};
use about::About;
use form::EditKpi;
use goals::Goals;
use guards::GuardsCard;
use head::Head;
use latest::Latest;
use made_of::MadeOf;
use parts::Parts;
use promote::Promote;
use raise::RaiseCard;
use reading::NewReading;
use readings::Readings;
pub use scrap::bring_back;
use scrap::{Scrap, ScrappedBanner};
use targets::Targets;

/// What is open on the page beside what is always there.
#[derive(Debug, Clone, Copy)]
pub struct Open {
    pub editing: RwSignal<bool>,
    pub scrapping: RwSignal<bool>,
    /// The form of a new part.
    pub parts: Adder,
}

#[component]
pub fn KpiPage(id: KpiId) -> Html {
    let there = workspace().read(move |plan, _| plan.kpis.get(id).is_some());
    switch(
        move || there.get(),
        move |there| {
            if *there {
                view! { <Present id /> }
            } else {
                view! { <NotFound /> }
            }
        },
    )
}

#[component]
fn Present(id: KpiId) -> Html {
    let gauge = Gauge::follow(id);
    let open = Open { editing: RwSignal::new(false), scrapping: RwSignal::new(false), parts: Adder::new() };
    let edit = StoredValue::new(uid("edit"));
    let close = Callback::new(move |()| {
        open.editing.set(false);
        page::focus(&edit.get_value());
    });
    let keep = Callback::new(move |()| {
        open.scrapping.set(false);
        page::focus(&edit.get_value());
    });
    let title = of(gauge, |gauge| words::by_period(gauge.kpi.name.as_str(), gauge.frequency()));
    let reads = of(gauge, |gauge| gauge.kpi.is_read(gauge.today) && gauge.kpi.is_kept(gauge.today));
    // What was read before it was calculated is still there.
    let was_read = of(gauge, |gauge| gauge.kpi.is_read(gauge.today) || gauge.kpi.readings.slots() > 0);
    let signals = Memo::new(move || gauge.with(|gauge| gauge.as_ref().map(signal::signals)));
    let natural = RwSignal::new(false);
    let subject = Signal::derive(move || if natural.get() { Subject::Signals(id) } else { Subject::Kpi(id) });
    let told = Memo::new(move || {
        let (natural, signals) = (natural.get(), signals.get());
        gauge
            .with(|gauge| gauge.as_ref().zip(signals.as_ref()).map(|(gauge, signals)| charted(gauge, signals, natural)))
            .unwrap_or_default()
    });
    view! {
        <Head id gauge open edit=edit.get_value() />
        <ScrappedBanner id gauge />
        <div class="cols">
            <div class="stack">
                {when(move || open.editing.get(), move || view! { <EditKpi id close /> })}
                {when(move || open.scrapping.get(), move || view! { <Scrap id close=keep /> })}
                <Latest id gauge signals />
                <Promote id gauge />
                <RaiseCard id gauge />
                <MadeOf id gauge />
                <Parts id adder=open.parts />
                <Figure subject title told>
                    <signal::Views natural />
                </Figure>
                <signal::SignalOrNoise id gauge signals />
            </div>
            <div class="side stack">
                {when(move || reads.get(), move || view! { <NewReading id gauge /> })}
                <About gauge />
                <Targets id />
                <GuardsCard id />
                <Goals id />
            </div>
            {when(move || was_read.get(), move || view! { <Readings id /> })}
        </div>
        <UnitList />
    }
}

/// What a drawing says, as a sentence.
fn charted(gauge: &Gauge, signals: &Signals, natural: bool) -> String {
    if natural {
        signal_words::told(&gauge.kpi, signals, gauge.frequency())
    } else {
        words::charted(&gauge.kpi, &gauge.report)
    }
}
