//! The value of now, what it says, and how its numbers are made.

use bearings_plan::{Accrual, KpiId, Move, Signals, digits};
use leptos::prelude::component;

use crate::{
    reactive::Memo,
    state::workspace,
    ui::{
        components::{
            instrument::{Gauge, big, of},
            uid,
        },
        dom::{CollectHtml as _, Html, switch, view, when},
    },
    words::{kpis as words, measured, signal},
};

#[component]
pub fn Latest(id: KpiId, gauge: Memo<Option<Gauge>>, signals: Memo<Option<Signals>>) -> Html {
    let heading = uid("h");
    let value = of(gauge, big);
    let told = of(gauge, |gauge| words::told_in_full(&gauge.kpi, &gauge.report, gauge.today));
    let signal = Memo::new(move || {
        let (gauge, signals) = gauge.get().zip(signals.get())?;
        gauge.report.missed_early().is_none().then_some(())?;
        signal::in_short(&signals, &gauge.report.periods)
    });
    let when_read =
        of(gauge, |gauge| gauge.report.judged().map(|judged| words::period(&judged.period, gauge.calendar())));
    let filling =
        of(gauge, |gauge| gauge.report.accrual.map(|accrual| (accrual, gauge.report.missed_early().is_some())));
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>{words::latest()}</h2>
                <small>{move || when_read.get()}</small>
            </header>
            <div class="body">
                {move || {
                    let (class, number, unit) = value.get();
                    let unit = (!unit.is_empty()).then(|| view! { <small>{unit}</small> });
                    view! { <p class=class>{number} {unit}</p> }
                }}
                {switch(move || filling.get(), |filling| filling.map(|(accrual, missed)| filled(&accrual, missed)))}
                <p class="told">{move || told.get()} " " {move || signal.get()}</p>
            </div>
            <HowMade id gauge />
        </section>
    }
}

/// How far a period has filled up, as a bar. Ahead of the time is a lead towards a goal, and none towards a limit.
fn filled(accrual: &Accrual, missed: bool) -> Html {
    let class = match (missed, accrual.is_too_fast()) {
        (true, _) => "filled bad",
        (_, true) => "filled warn",
        _ => "filled none",
    };
    let elapsed = accrual.elapsed();
    view! {
        <div class=class>
            <span
                class="track"
                class:mark=elapsed.is_some()
                role="img"
                aria-label=measured::accrual_short(accrual)
                style=("--p", digits(accrual.share.clamp(0.0, 1.0)))
                style=("--e", elapsed.map(digits))
            ></span>
        </div>
    }
}

/// Each number with its formula: what it is called, and what it is made of.
fn formulas(gauge: &Gauge, id: KpiId) -> Vec<(&'static str, String)> {
    let Gauge { kpi, today, report, .. } = gauge;
    let plan = workspace().shown_now();
    let current = report.judged();
    let value = current.filter(|_| kpi.is_read(*today)).map(|period| {
        let readings = plan.kpis.get(id).map(|kpi| plan.readings_in(kpi, &period.period, *today)).unwrap_or_default();
        measured::value_made_of(kpi, period, gauge.calendar(), *kpi.aggregation.on(*today), &readings)
    });
    let now = current.and_then(|current| current.value);
    let judged = now.zip(current.and_then(|current| current.target.as_ref()));
    // Changes are those of the value, which is not shown where the running period is decided early.
    let moved = |moved: Option<Move>| moved.filter(|_| report.missed_early().is_none());
    let change = |it: Option<Move>| moved(it).and_then(|moved| Some(measured::change_made_of(now?, &moved, &kpi.unit)));
    let how = kpi.is_read(*today).then(|| *kpi.aggregation.on(*today));
    let year_to_date = report.year_to_date.map(|value| measured::year_to_date_made_of(kpi, value, how));
    let terms = [
        (measured::term_value(), value),
        (measured::term_verdict(), judged.map(|(value, target)| measured::verdict(kpi, value, target))),
        (measured::term_change(), change(report.moved)),
        (measured::term_year(), change(report.year_before)),
        (measured::term_year_to_date(), year_to_date),
        (measured::term_so_far(), report.accrual.as_ref().map(measured::accrual_made_of)),
        (measured::term_hits(), measured::hits_made_of(report)),
    ];
    terms.into_iter().filter_map(|(term, made_of)| Some((term, made_of?))).collect()
}

#[component]
fn HowMade(id: KpiId, gauge: Memo<Option<Gauge>>) -> Html {
    let made = of(gauge, move |gauge| formulas(gauge, id));
    let known = Memo::new(move || made.with(|made| !made.is_empty()));
    let definitions = move || {
        let term = |(term, made_of): (&'static str, String)| view! { <dt>{term}</dt> <dd><code>{made_of}</code></dd> };
        made.get().into_iter().map(term).collect_html()
    };
    // Opened once, it stays open while the numbers change.
    when(
        move || known.get(),
        move || {
            view! {
                <details class="more">
                    <summary>{measured::how_made()}</summary>
                    <div class="body">
                        <dl class="defs">{definitions}</dl>
                    </div>
                </details>
            }
        },
    )
}
