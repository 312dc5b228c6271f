//! One KPI: where it is now and where it came from, a new reading, what it is.

mod about;
mod documentation;
mod fields;
mod form;
mod head;
mod latest;
mod reading;
mod readings;
mod scrap;
mod targets;

use bearings_plan::KpiId;
use leptos::prelude::component;

pub use form::NewKpi;

use super::NotFound;
use crate::{
    reactive::{Callback, RwSignal, StoredValue},
    state::workspace,
    ui::{
        components::{
            figure::{Figure, Subject},
            instrument::{Gauge, of},
            uid,
            units::UnitList,
        },
        dom::{Html, switch, view, when},
    },
    web::page,
    words::kpis as words,
};
use about::About;
use form::EditKpi;
use head::Head;
use latest::Latest;
use reading::NewReading;
use readings::Readings;
use scrap::{Scrap, ScrappedBanner};
use targets::Targets;

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
    let (editing, scrapping) = (RwSignal::new(false), RwSignal::new(false));
    let edit = StoredValue::new(uid("edit"));
    let close = Callback::new(move |()| {
        editing.set(false);
        page::focus(&edit.get_value());
    });
    let keep = Callback::new(move |()| {
        scrapping.set(false);
        page::focus(&edit.get_value());
    });
    let read = of(gauge, |gauge| gauge.kpi.is_read(gauge.today) && gauge.kpi.scrapped.on(gauge.today).is_none());
    let title = of(gauge, |gauge| words::by_period(gauge.kpi.name.as_str(), gauge.frequency()));
    let told = of(gauge, |gauge| words::charted(&gauge.kpi, &gauge.report, gauge.today));
    view! {
        <Head id gauge editing scrapping edit=edit.get_value() />
        <ScrappedBanner id gauge />
        <div class="cols">
            <div class="stack">
                {when(move || editing.get(), move || view! { <EditKpi id close /> })}
                {when(move || scrapping.get(), move || view! { <Scrap id close=keep /> })}
                <Latest id gauge />
                <Figure subject=Subject::Kpi(id) title told />
            </div>
            <div class="side stack">
                {when(move || read.get(), move || view! { <NewReading id gauge /> })}
                <About gauge />
                <Targets id />
            </div>
            <Readings id />
        </div>
        <UnitList />
    }
}
