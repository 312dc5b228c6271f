//! The parts of a KPI: the same for one person, site or segment each, with how often they meet the target.

use bearings_plan::{Change, KpiId, Name, Origin};
use leptos::prelude::component;

use crate::{
    reactive::Callback,
    state::{Undo, workspace},
    ui::{
        Route,
        components::{
            adder::{Adder, AdderButton},
            field::{Input, TextField},
            form::EditForm,
            instrument::{Gauge, health, of},
            status::HealthMark,
            uid,
        },
        dom::{Html, view, when},
    },
    web::intl,
    words::{common, errors, formula as words},
};

/// The card of a KPI's parts; nothing where it has none and is not made of them. `adder` opens the form of a new one.
#[component]
pub fn Parts(id: KpiId, adder: Adder) -> Html {
    let workspace = workspace();
    let parts = workspace.read(move |plan, today| {
        let all = plan.kpis_kept(today).into_iter();
        all.filter(|part| *part.parent.on(today) == Some(id)).map(|part| part.id).collect::<Vec<_>>()
    });
    let gathers = workspace.read(move |plan, today| {
        let gathers = |kpi: &bearings_plan::Kpi| matches!(kpi.origin.on(today), Origin::Parts { .. });
        plan.kpis.get(id).is_some_and(gathers)
    });
    let told = workspace.read(move |plan, today| {
        let kpi = plan.kpis.get(id)?;
        let report = plan.kpi_report(kpi, today);
        let last = report.periods.last().filter(|_| report.current.is_none())?;
        Some(words::gap(last.gap?, plan, &last.period, report.calendar))
    });
    when(
        move || gathers.get() || parts.with(|parts| !parts.is_empty()) || adder.is_open(),
        move || {
            let heading = uid("h");
            view! {
                <section class="card" aria-labelledby=heading.clone()>
                    <header>
                        <h2 id=heading>{words::parts()}</h2>
                        <small>{move || parts.with(|parts| (!parts.is_empty()).then_some(parts.len()))}</small>
                    </header>
                    <div class="body">
                        {when(
                            move || parts.with(Vec::is_empty),
                            || view! { <p class="told">{words::no_parts()}</p> },
                        )}
                        <p class="told">{move || gathers.get().then(|| told.get()).flatten()}</p>
                        <ul class="parts">
                            <For each=move || parts.get() key=|id| *id children=|id| view! { <Part id /> } />
                        </ul>
                        <div class="acts">
                            <AdderButton adder label=words::add_part() form=move |close| view! { <NewPart whole=id close /> } />
                        </div>
                    </div>
                </section>
            }
        },
    )
}

#[component]
fn Part(id: KpiId) -> Html {
    let gauge = Gauge::follow(id);
    let name = of(gauge, |gauge| gauge.kpi.name.to_string());
    let value = of(gauge, |gauge| gauge.value().map(|value| intl::number(value, &gauge.kpi.unit)));
    let hits = of(gauge, |gauge| words::hits(&gauge.report));
    let health = health(gauge);
    view! {
        <li>
            <a href=Route::Kpi(id).href()>{move || name.get()}</a>
            <b>{move || value.get().unwrap_or_else(|| common::no_number().to_owned())}</b>
            <HealthMark health />
            <small>{move || hits.get()}</small>
        </li>
    }
}

/// The form of a new part: only its name, all else is that of the whole.
#[component]
fn NewPart(whole: KpiId, close: Callback<()>) -> Html {
    let workspace = workspace();
    let named = workspace.shown_now().kpis.get(whole).map(|kpi| words::name_of_part(kpi.name.as_str()));
    let name = Input::new(named.unwrap_or_default());
    let save = Callback::new(move |()| {
        let (plan, at) = (workspace.shown_now(), workspace.at());
        let (Some(kpi), Some(called)): (_, Option<Name>) = (plan.kpis.get(whole), name.name()) else { return };
        let part = plan.at_the_end(kpi.part(workspace.id(), called, at), at.day);
        match workspace.make(Change::Add(part)) {
            Ok(()) => {
                close.run(());
                workspace.say(words::part_added(), Some(Undo::Change));
            }
            Err(error) => name.error.set(Some(errors::change(error))),
        }
    });
    name.focus();
    view! {
        <EditForm save close confirm=words::add_part()>
            <TextField input=name label=words::part_name() class="all" />
            <p class="told all">{words::part_told()}</p>
        </EditForm>
    }
}
