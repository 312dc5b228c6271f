//! One KPI: where it is now and where it came from, a new reading, what it is.

mod fields;
mod form;
mod head;
mod reading;
mod readings;

use bearings_plan::KpiId;
use leptos::prelude::component;

pub use form::NewKpi;

use super::NotFound;
use crate::{
    reactive::{Callback, Memo, RwSignal, StoredValue},
    state::workspace,
    ui::{
        components::{
            figure::{Figure, Subject},
            instrument::{Gauge, big, of},
            uid,
            units::UnitList,
        },
        dom::{CollectHtml as _, Html, switch, view, when},
    },
    web::{intl, page},
    words::{common, kpis as words},
};
use form::EditKpi;
use head::Head;
use reading::NewReading;
use readings::Readings;

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
    let editing = RwSignal::new(false);
    let edit = StoredValue::new(uid("edit"));
    let close = Callback::new(move |()| {
        editing.set(false);
        page::focus(&edit.get_value());
    });
    let title = of(gauge, |gauge| words::by_period(gauge.kpi.name.as_str(), gauge.frequency()));
    let told = of(gauge, |gauge| words::charted(&gauge.kpi, &gauge.report, gauge.today));
    view! {
        <Head id gauge editing edit=edit.get_value() />
        <div class="cols">
            <div class="stack">
                {when(move || editing.get(), move || view! { <EditKpi id close /> })}
                <Latest gauge />
                <Figure subject=Subject::Kpi(id) title told />
            </div>
            <div class="side stack">
                <NewReading id gauge />
                <About gauge />
            </div>
            <Readings id />
        </div>
        <UnitList />
    }
}

/// The value of now, and what it says.
#[component]
fn Latest(gauge: Memo<Option<Gauge>>) -> Html {
    let heading = uid("h");
    let value = of(gauge, |gauge| big(gauge.value(), &gauge.kpi.unit));
    let told = of(gauge, |gauge| words::told_in_full(&gauge.kpi, &gauge.report, gauge.today));
    let when = of(gauge, |gauge| {
        gauge.report.current.as_ref().map(|current| words::period(&current.period, gauge.frequency()))
    });
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>{words::latest()}</h2>
                <small>{move || when.get()}</small>
            </header>
            <div class="body">
                {move || {
                    let (class, number, unit) = value.get();
                    let unit = (!unit.is_empty()).then(|| view! { <small>{unit}</small> });
                    view! { <p class=class>{number} {unit}</p> }
                }}
                <p class="told">{move || told.get()}</p>
            </div>
        </section>
    }
}

/// What is known about it besides its values: each term with its lines.
fn terms(gauge: &Gauge, owner: Option<String>) -> Vec<(&'static str, Vec<String>)> {
    let Gauge { kpi, today, report, .. } = gauge;
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let why = some(kpi.why.as_str()).unwrap_or_else(|| words::nothing_said().to_owned());
    let tolerance = report.target.as_ref().map(|target| intl::number(target.tolerance, &kpi.unit));
    let benchmark = kpi.benchmark.as_ref();
    let benchmark = benchmark.map(|it| words::benchmark(&intl::number(it.value, &kpi.unit), it.name.as_str()));
    let one = |line: Option<String>| line.into_iter().collect::<Vec<_>>();
    let terms = [
        (words::term_why(), vec![why]),
        (words::term_definition(), one(some(kpi.definition.as_str()))),
        (words::target(), words::targets(kpi, *today)),
        (words::term_tolerance(), one(tolerance)),
        (words::term_frequency(), vec![common::frequency(gauge.frequency()).to_owned()]),
        (words::term_aggregation(), vec![words::several(*kpi.aggregation.on(*today), gauge.frequency())]),
        (words::term_benchmark(), one(benchmark)),
        (words::term_owner(), one(owner)),
    ];
    terms.into_iter().filter(|(_, lines)| !lines.is_empty()).collect()
}

#[component]
fn About(gauge: Memo<Option<Gauge>>) -> Html {
    let workspace = workspace();
    let heading = uid("h");
    let terms = Memo::new(move || {
        let gauge = gauge.get()?;
        let owner = gauge.kpi.owner.and_then(|id| workspace.shown().owners.get(id).map(|owner| owner.name.to_string()));
        Some(terms(&gauge, owner))
    });
    let term = |(term, lines): (&'static str, Vec<String>)| {
        let line = |(place, line): (usize, String)| view! { {(place > 0).then(|| view! { <br /> })} {line} };
        view! {
            <dt>{term}</dt>
            <dd>{lines.into_iter().enumerate().map(line).collect_html()}</dd>
        }
    };
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>{words::what_it_is()}</h2>
            </header>
            <div class="body">
                <dl class="defs">
                    {move || terms.get().map(|terms| terms.into_iter().map(term).collect_html())}
                </dl>
            </div>
        </section>
    }
}
