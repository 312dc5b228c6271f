//! How a KPI's value is calculated: its formula, by names and by values.

use bearings_plan::{
    Day, Health, KpiId, Origin, PeriodValue, Plan, Unit,
    infix::{Piece, pieces},
};
use leptos::prelude::component;

use super::{Gauge, of};
use crate::{
    reactive::Memo,
    state::workspace,
    ui::{
        Route,
        components::uid,
        dom::{CollectHtml as _, Html, switch, view},
    },
    words::{formula as words, kpis},
};

/// How the value of now is calculated: "October 2026: €124,000 ÷ 3,100 = €40". Where the latest period has none, why not
/// stands before it.
pub fn latest(plan: &Plan, id: KpiId, today: Day, unit: &Unit) -> Vec<String> {
    let Some(kpi) = plan.kpis.get(id) else { return Vec::new() };
    let report = plan.kpi_report(kpi, today);
    let last = report.periods.iter().rev().find(|period| period.completed).or(report.periods.last());
    let old = report.stale || report.health == Health::NoData;
    let missing = last.filter(|last| old && last.value.is_none());
    let line = |period: &PeriodValue| {
        let told = plan.formula_told(kpi, &period.period, today).unwrap_or_default();
        let text = words::told(&told, plan, period.value, unit);
        let line = words::in_its_period(&kpis::period(&period.period, report.calendar), &text);
        match period.gap {
            Some(gap) => format!("{line}. {}", words::gap(gap, plan, &period.period, report.calendar)),
            None => line,
        }
    };
    let first = report.current.as_ref().or(if missing.is_none() { report.periods.last() } else { None });
    let lines: Vec<_> = missing.into_iter().chain(first).map(line).collect();
    if lines.is_empty() { vec![words::no_value().to_owned()] } else { lines }
}

/// A piece of the formula: a text, and the KPI that it leads to.
type Link = (String, Option<KpiId>);

/// The card of a calculated KPI.
#[component]
pub fn MadeOf(id: KpiId, gauge: Memo<Option<Gauge>>) -> Html {
    let heading = uid("h");
    let formula = workspace().read(move |plan, today| {
        let kpi = plan.kpis.get(id)?;
        let Origin::Formula { formula } = kpi.origin.on(today) else { return None };
        let piece = |piece: Piece| -> Link {
            match piece {
                Piece::Kpi(id) => (words::name(plan, id), plan.kpis.get(id).map(|kpi| kpi.id)),
                other => (words::piece(other), None),
            }
        };
        let told = latest(plan, id, today, &kpi.unit);
        Some((pieces(formula).into_iter().map(piece).collect::<Vec<_>>(), told))
    });
    // What it is called stands before its formula.
    let name = of(gauge, |gauge| gauge.kpi.name.to_string());
    let piece = |(text, id): &Link| match id {
        Some(id) => view! { <a href=Route::Kpi(*id).href()>{text.clone()}</a> },
        None => view! { <span>{text.clone()}</span> },
    };
    let card = move |shown: &Option<(Vec<Link>, Vec<String>)>| {
        let (pieces, told) = shown.as_ref()?;
        let heading = heading.clone();
        Some(view! {
            <section class="card" aria-labelledby=heading.clone()>
                <header>
                    <h2 id=heading>{words::made_of()}</h2>
                </header>
                <div class="body">
                    <p class="made-of">{move || name.get()} " = " {pieces.iter().map(piece).collect_html()}</p>
                    {told.iter().map(|line| view! { <p class="told">{line.clone()}</p> }).collect_html()}
                </div>
            </section>
        })
    };
    switch(move || formula.get(), card)
}
