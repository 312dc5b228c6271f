//! Where the numbers come from.

use bearings_plan::{Basis, ObjectiveId};
use leptos::prelude::component;

use crate::{
    state::workspace,
    ui::dom::{CollectHtml as _, Html, view, when},
    web::intl,
    words::{explain, objectives as words},
};

/// How the numbers of an objective are made of those of its key results, and those of what was checked in.
#[derive(Debug, Clone, PartialEq, Default)]
struct Explained {
    /// The objective's progress and its formula.
    progress: Option<(String, String)>,
    /// Its expectation and its formula.
    expected: Option<(String, String)>,
    /// Each key result's title, progress, expectation and forecast.
    each: Vec<[Option<String>; 4]>,
}

#[component]
pub fn Explain(id: ObjectiveId) -> Html {
    let explained = workspace().read(move |plan, today| {
        let Some(objective) = plan.objectives.get(id) else { return Explained::default() };
        let report = plan.objective_report(objective, today);
        let parts = report.progress.as_ref().and_then(|progress| match &progress.basis {
            Basis::Mean(parts) => Some((progress.share, parts)),
            _ => None,
        });
        let progress = parts.map(|(share, parts)| (intl::percent(share), explain::mean(parts, |part| part.progress)));
        let expected = parts.zip(report.expected);
        let expected = expected
            .map(|((_, parts), expected)| (intl::percent(expected), explain::mean(parts, |part| part.expected)));
        let each = report.key_results.iter().filter_map(|(id, report)| {
            let key_result = plan.key_results.get(*id)?;
            let title = Some(key_result.title.to_string());
            let forecast = explain::forecast_made_of(&plan.forecast(key_result, report, today));
            Some([title, explain::progress_made_of(report), explain::expectation_made_of(report), forecast])
        });
        let aligned = plan.aligned_to(id, today).into_iter().filter(|_| *objective.counts_aligned.on(today));
        let aligned = aligned.map(|aligned| {
            let report = plan.objective_report(&aligned, today);
            let share = |share: Option<f64>| share.map(intl::percent_exact);
            let progress = share(report.progress.as_ref().map(|progress| progress.share));
            [Some(aligned.title.to_string()), progress, share(report.expected), None]
        });
        let each = each.chain(aligned);
        // The number of a single key result is the objective's.
        let (progress, expected, each) = match report.key_results.as_slice() {
            [(_, only)] if parts.is_some_and(|(_, parts)| parts.len() < 2) => {
                let whole = |share: Option<(String, String)>, made: Option<String>| {
                    share.and_then(|(share, _)| Some((share, made?)))
                };
                let progress = whole(progress, explain::progress_formula(only));
                (progress, whole(expected, explain::expectation_formula(only)), Vec::new())
            }
            _ => (progress, expected, each.collect()),
        };
        Explained { progress, expected, each }
    });
    let formulas = move || {
        let Explained { progress, expected, .. } = explained.get();
        let (share, formula) = progress?;
        let expected = expected.map(|(share, formula)| {
            view! { <p>{words::today_expects()} " " {share} " = " <code>{formula}</code></p> }
        });
        Some(view! {
            <div class="explain">
                <p>{share} " = " <code>{formula}</code></p>
                {expected}
            </div>
        })
    };
    let definitions = move || explained.get().each.into_iter().map(definition).collect_html();
    view! {
        {formulas}
        // Opened once, it stays open while the numbers change.
        {when(
            move || explained.with(|it| it.progress.is_some() && !it.each.is_empty()),
            move || view! {
                <details class="more">
                    <summary>{words::how_made()}</summary>
                    <div class="body">
                        <dl class="defs">{definitions}</dl>
                    </div>
                </details>
            },
        )}
    }
}

/// The numbers of a part.
fn definition([title, progress, expected, forecast]: [Option<String>; 4]) -> Html {
    let below = progress.is_some();
    view! {
        <dt>{title}</dt>
        <dd>
            {progress.map(|it| view! { <code>{it}</code> })} {(below && expected.is_some()).then(|| view! { <br /> })}
            {expected.map(|it| view! { {words::today_expects()} " " <code>{it}</code> })}
            {forecast.map(|it| view! { <br /> {it} })}
        </dd>
    }
}
