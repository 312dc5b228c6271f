//! Where the numbers come from.

use bearings_plan::{Basis, Day, EntityId, KeyResultId, KeyResultReport, ObjectiveId, Plan, Status};
use leptos::prelude::component;

use crate::{
    state::workspace,
    ui::dom::{CollectHtml as _, Html, view, when},
    words::{
        explain::{self, Equation, Line},
        objectives as words,
    },
};

/// How the numbers of an objective are made of those of its parts, and those of what was checked in.
#[derive(Debug, Clone, PartialEq, Default)]
struct Explained {
    /// The objective's progress.
    progress: Option<Equation>,
    /// Its expectation.
    expected: Option<Equation>,
    /// Why there is no number, what decides how it stands.
    lines: Vec<Line>,
    /// The title of each part, and its numbers.
    each: Vec<(String, Vec<Line>)>,
}

#[component]
pub fn Explain(id: ObjectiveId) -> Html {
    let explained = workspace().read(move |plan, today| explain(plan, id, today).unwrap_or_default());
    let equation = |equation: Equation| {
        let Equation { result, formula, counted } = equation;
        view! { {result} " = " <code>{formula}</code> {counted} }
    };
    let formulas = move || {
        let Explained { progress, expected, lines, .. } = explained.get();
        let any = progress.is_some() || expected.is_some() || !lines.is_empty();
        let progress = progress.map(|it| view! { <p>{equation(it)}</p> });
        let expected = expected.map(|it| view! { <p>{words::today_expects()} " " {equation(it)}</p> });
        any.then(|| {
            view! {
                <div class="explain">
                    {progress}
                    {expected}
                    {lines.into_iter().map(|line| view! { <p>{said(line)}</p> }).collect_html()}
                </div>
            }
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
    let parts = match report.progress.as_ref().map(|progress| &progress.basis) {
        Some(Basis::Mean(parts)) => parts.as_slice(),
        _ => &[],
    };
    // The number of a single key result is the objective's.
    let only = match (report.key_results.as_slice(), parts) {
        ([(id, only)], [part]) if part.id == EntityId::from(*id) => Some(only),
        _ => None,
    };
    let (progress, expected) = match (only, parts) {
        (Some(only), _) => (explain::progress(only), explain::expectation(only)),
        (None, [_]) => (None, None),
        (None, parts) => (explain::progress_of(&report, parts), explain::expectation_of(&report, parts)),
    };
    let told = progress.is_some() && only.is_some();
    let of_one = explain::of_one_part(&report).filter(|_| parts.len() == 1 && only.is_none());
    let compared = explain::compared_of(&report, parts);
    let bands = only.map_or_else(|| plan.frame.bands.on(today), |only| &only.bands);
    let gap = report.compared.zip(report.expected);
    let gap = gap.map(|(compared, expected)| explain::gap(report.gap, compared, expected, report.line_end, bands));
    let own_bands = |id: KeyResultId, report: &KeyResultReport| {
        let own = plan.key_results.get(id).is_some_and(|it| it.bands.on(today).is_some());
        (own && report.gap.is_some()).then(explain::own_bands)
    };
    let own = report.key_results.first().filter(|_| only.is_some()).and_then(|(id, only)| own_bands(*id, only));
    let why_none = report.no_number.map(explain::no_number);
    let held_back = report.held_back.map(explain::held_back);
    let lines =
        why_none.into_iter().chain(of_one).chain(compared).chain(gap.unwrap_or_default()).chain(own).chain(held_back);
    let each = report.key_results.iter().filter_map(|(id, report)| {
        let key_result = plan.key_results.get(*id)?;
        let course = if told { Vec::new() } else { explain::course(report) };
        let reached = report.status == Status::Achieved;
        let forecast = if reached { Vec::new() } else { explain::forecast(&plan.forecast(key_result, report, today)) };
        let shares = plan.distribution(key_result, today).as_ref().map(explain::shares);
        let gap = report.progress.as_ref().zip(report.expected).filter(|_| !told).map(|(progress, expected)| {
            explain::gap(report.gap, progress.share, expected.share, report.line_end, &report.bands)
        });
        let beside = own_bands(*id, report).into_iter().chain(report.held_back.map(explain::held_back));
        let course = course.into_iter().chain(gap.unwrap_or_default()).chain(beside.filter(|_| !told));
        let windows = explain::windows(report, &key_result.unit);
        let spread = explain::spread(&plan.spread_steps(*id, today));
        let lines = course.chain(windows).chain(spread).chain(explain::pace(report)).chain(forecast).chain(shares);
        Some((key_result.title.to_string(), lines.collect()))
    });
    let aligned = parts.iter().filter_map(|part| {
        let EntityId::Objective(id) = part.id else { return None };
        let aligned = plan.objectives.get(id)?;
        let report = plan.objective_report(aligned, today);
        Some((aligned.title.to_string(), explain::course_of_objective(&report, part)))
    });
    let each: Vec<_> = each.chain(aligned).filter(|(_, lines): &(_, Vec<_>)| !lines.is_empty()).collect();
    Some(Explained { progress, expected, lines: lines.collect(), each })
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
