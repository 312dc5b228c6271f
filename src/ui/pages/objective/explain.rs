//! Where the numbers come from.

use bearings_plan::{Basis, Day, ObjectiveId, Plan, Status};
use leptos::prelude::component;

use crate::{
    state::workspace,
    ui::dom::{CollectHtml as _, Html, view, when},
    web::intl,
    words::{
        explain::{self, Line},
        objectives as words,
    },
};

/// How the numbers of an objective are made of those of its key results, and those of what was checked in.
#[derive(Debug, Clone, PartialEq, Default)]
struct Explained {
    /// The objective's progress and its formula.
    progress: Option<(String, String)>,
    /// Its expectation and its formula.
    expected: Option<(String, String)>,
    /// What decides how it stands.
    gap: Vec<Line>,
    /// The title of each part, and its numbers.
    each: Vec<(String, Vec<Line>)>,
}

#[component]
pub fn Explain(id: ObjectiveId) -> Html {
    let explained = workspace().read(move |plan, today| explain(plan, id, today).unwrap_or_default());
    let formulas = move || {
        let Explained { progress, expected, gap, .. } = explained.get();
        let (share, formula) = progress?;
        let expected = expected.map(|(share, formula)| {
            view! { <p>{words::today_expects()} " " {share} " = " <code>{formula}</code></p> }
        });
        Some(view! {
            <div class="explain">
                <p>{share} " = " <code>{formula}</code></p>
                {expected}
                {gap.into_iter().map(|line| view! { <p>{said(line)}</p> }).collect_html()}
            </div>
        })
    };
    let definitions = move || explained.get().each.into_iter().map(definition).collect_html();
    view! {
        {formulas}
        // Opened once, it stays open while the numbers change.
        {when(
            move || explained.with(|it| !it.each.is_empty()),
            move || view! {
                <details class="more">
                    <summary>{words::how_made()}</summary>
                    <div class="body">
                        <dl class="defs parts">{definitions}</dl>
                    </div>
                </details>
            },
        )}
    }
}

fn explain(plan: &Plan, id: ObjectiveId, today: Day) -> Option<Explained> {
    let objective = plan.objectives.get(id)?;
    let report = plan.objective_report(objective, today);
    let parts = report.progress.as_ref().and_then(|progress| match &progress.basis {
        Basis::Mean(parts) => Some((progress.share, parts)),
        _ => None,
    });
    // The number of a single key result is the objective's.
    let only = match report.key_results.as_slice() {
        [(_, only)] if parts.is_some_and(|(_, parts)| parts.len() < 2) => Some(only),
        _ => None,
    };
    let progress = parts.and_then(|(share, parts)| {
        let formula = only.map_or_else(|| Some(explain::mean(parts, |it| it.progress)), explain::progress_formula);
        Some((intl::percent(share), formula?))
    });
    let expected = parts.zip(report.expected).and_then(|((_, parts), expected)| {
        let formula = only.map_or_else(|| Some(explain::mean(parts, |it| it.expected)), explain::expectation_formula);
        Some((intl::percent(expected), formula?))
    });
    let told = only.is_some() && progress.is_some();
    let bands = plan.frame.bands.on(today);
    let gap = parts
        .zip(report.expected)
        .map(|((progress, _), expected)| explain::gap(report.gap, progress, expected, report.line_end, bands));
    let each = report.key_results.iter().filter_map(|(id, report)| {
        let key_result = plan.key_results.get(*id)?;
        let course = if told { Vec::new() } else { explain::course(report) };
        let reached = report.status == Status::Achieved;
        let forecast = if reached { Vec::new() } else { explain::forecast(&plan.forecast(key_result, report, today)) };
        let shares = plan.distribution(key_result, today).as_ref().map(explain::shares);
        let gap = report.progress.as_ref().zip(report.expected).filter(|_| !told).map(|(progress, expected)| {
            explain::gap(report.gap, progress.share, expected.share, report.line_end, bands)
        });
        let course = course.into_iter().chain(gap.unwrap_or_default());
        let lines = course.chain(explain::pace(report)).chain(forecast).chain(shares);
        Some((key_result.title.to_string(), lines.collect()))
    });
    let aligned = plan.aligned_to(id, today).into_iter().filter(|_| *objective.counts_aligned.on(today));
    let aligned = aligned.map(|aligned| {
        let report = plan.objective_report(&aligned, today);
        (aligned.title.to_string(), explain::course_of_objective(&report))
    });
    let each: Vec<_> = each.chain(aligned).filter(|(_, lines): &(_, Vec<_>)| !lines.is_empty()).collect();
    Some(Explained { progress, expected, gap: gap.unwrap_or_default(), each })
}

/// The numbers of a part.
fn definition((title, lines): (String, Vec<Line>)) -> Html {
    view! {
        <dt>{title}</dt>
        {lines.into_iter().map(|line| view! { <dd>{said(line)}</dd> }).collect_html()}
    }
}

fn said(Line { called, formula }: Line) -> Html {
    let formula = (!formula.is_empty()).then(|| view! { <code>{formula}</code> });
    view! { {called} " " {formula} }
}
