//! What a KPI is: the form in which the KPI Institute documents one, filled in.

use leptos::prelude::component;

use crate::{
    reactive::Memo,
    state::workspace,
    ui::{
        components::{instrument::Gauge, uid},
        dom::{CollectHtml as _, Html, view},
    },
    web::intl,
    words::{common, definition, frame, kpis as words},
};

/// What its references are called.
struct Names {
    owner: Option<String>,
    pillar: Option<String>,
    kept_from: Option<String>,
}

/// What is known about it besides its values: each term with its lines.
fn terms(gauge: &Gauge, names: Names) -> Vec<(&'static str, Vec<String>)> {
    let Gauge { kpi, today, report, .. } = gauge;
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let why = some(kpi.why.as_str()).unwrap_or_else(|| words::nothing_said().to_owned());
    let tolerance = report.target.as_ref().map(|target| intl::number(target.tolerance, &kpi.unit));
    let benchmark = kpi.benchmark.as_ref();
    let benchmark = benchmark.map(|it| words::benchmark(&intl::number(it.value, &kpi.unit), it.name.as_str()));
    let found_in = kpi.benchmark.as_ref().and_then(|it| some(it.source.as_str()));
    let read = kpi.is_read(*today);
    let several = || words::several(*kpi.aggregation.on(*today), gauge.frequency());
    let resets = (*kpi.resets.on(*today)).then(|| definition::resets().to_owned());
    let one = |line: Option<String>| line.into_iter().collect::<Vec<_>>();
    let terms = [
        (words::term_why(), vec![why]),
        (definition::term_question(), one(some(kpi.question.as_str()))),
        (words::term_definition(), one(some(kpi.definition.as_str()))),
        (definition::term_source(), one(some(kpi.source.as_str()))),
        (definition::term_limits(), one(some(kpi.limits.as_str()))),
        (definition::term_indicator(), one(kpi.indicator.map(|it| definition::indicator_of(it).to_owned()))),
        (words::target(), one(Some(words::target_of(report.target.as_ref(), &kpi.unit)))),
        (words::term_tolerance(), one(tolerance)),
        (words::term_frequency(), vec![common::frequency(gauge.frequency()).to_owned()]),
        (words::term_aggregation(), read.then(several).into_iter().chain(resets.filter(|_| read)).collect()),
        (words::term_benchmark(), benchmark.into_iter().chain(found_in).collect()),
        (words::term_owner(), one(names.owner)),
        (definition::term_pillar(), one(names.pillar)),
        (definition::term_kept_from(), one(names.kept_from)),
    ];
    terms.into_iter().filter(|(_, lines)| !lines.is_empty()).collect()
}

#[component]
pub fn About(gauge: Memo<Option<Gauge>>) -> Html {
    let workspace = workspace();
    let heading = uid("h");
    let terms = Memo::new(move || {
        let gauge = gauge.get()?;
        let plan = workspace.shown();
        let kpi = &gauge.kpi;
        let pillar = (*kpi.pillar).and_then(|id| plan.pillars.get(id));
        let names = Names {
            owner: kpi.owner.and_then(|id| plan.owners.get(id)).map(|owner| owner.name.to_string()),
            pillar: pillar.map(|pillar| frame::pillar_with(pillar.name.as_str(), *pillar.perspective)),
            kept_from: (*kpi.kept_from).and_then(|id| plan.key_results.get(id)).map(|it| it.title.to_string()),
        };
        Some(terms(&gauge, names))
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
