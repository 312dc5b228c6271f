//! How a KPI's value is calculated: its formula, by names and by values.

use bearings_plan::{
    Day, KpiId, Origin, PeriodValue, Plan, Unit,
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

/// The period that is told of: the one that the value is of, or where that is missing the latest.
fn period_of(plan: &Plan, id: KpiId, today: Day) -> Option<PeriodValue> {
    let report = plan.kpi_report(plan.kpis.get(id)?, today);
    let last = report.periods.iter().rev().find(|period| period.completed).or(report.periods.last());
    let missing = last.filter(|last| last.value.is_none() && report.current.is_none()).cloned();
    missing.or(report.current).or_else(|| report.periods.last().cloned())
}

/// "October 2026: €124,000 ÷ 3,100 = €40", with why there is no value where there is none.
pub fn latest(plan: &Plan, id: KpiId, today: Day, unit: &Unit) -> String {
    let Some(kpi) = plan.kpis.get(id) else { return String::new() };
    let Some(period) = period_of(plan, id, today) else { return words::no_value().to_owned() };
    let frequency = *kpi.frequency.on(today);
    let told = plan.formula_told(kpi, &period.period, today).unwrap_or_default();
    let text = words::told(&told, plan, period.value, unit);
    let when = kpis::period(&period.period, frequency);
    let gap = period.gap.map(|gap| words::gap(gap, plan, &period.period, frequency));
    let line = words::in_its_period(&when, &text);
    gap.map_or_else(|| line.clone(), |gap| format!("{line}. {gap}"))
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
    let card = move |shown: &Option<(Vec<Link>, String)>| {
        let (pieces, told) = shown.as_ref()?;
        let heading = heading.clone();
        Some(view! {
            <section class="card" aria-labelledby=heading.clone()>
                <header>
                    <h2 id=heading>{words::made_of()}</h2>
                </header>
                <div class="body">
                    <p class="made-of">{move || name.get()} " = " {pieces.iter().map(piece).collect_html()}</p>
                    <p class="told">{told.clone()}</p>
                </div>
            </section>
        })
    };
    switch(move || formula.get(), card)
}
