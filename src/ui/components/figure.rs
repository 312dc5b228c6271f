//! A chart on the screen: drawn for its width, in the page's colours, with a sentence and a table that say the same.

use std::sync::Arc;

use bearings_charts::{Drawing, Labels, Theme, sparkline};
use bearings_plan::{Day, KpiReport, Number, Plan, digits, text_of};
use leptos::{
    prelude::{component, on_cleanup},
    task::spawn_local,
};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::uid;
use crate::{
    reactive::{Effect, Memo, RwSignal, Signal, StoredValue},
    state::workspace,
    ui::{
        dom::{Child, Children, CollectHtml as _, Html, NodeRef, nothing, view, when},
        lazy::{self, Chunk, Fetching, Missing},
    },
    web::{charts::Chart, intl, size, theme},
    words::{chart as words, common, signal},
};

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    KeyResult(bearings_plan::KeyResultId),
    Kpi(bearings_plan::KpiId),
    /// The same, its signals told from its noise.
    Signals(bearings_plan::KpiId),
}

// In a chunk of its own: a page is shown, and read, before its charts are drawn.
#[wasm_split(charts, fallible, preload(fetch_drawing))]
pub fn draw(
    subject: Subject,
    plan: &Plan,
    today: Day,
    width: u32,
    theme: &Theme,
    labels: &Labels<'_>,
) -> Result<Option<Drawing>, SplitLoaderError> {
    Ok(match subject {
        Subject::KeyResult(id) => bearings_charts::key_result(plan, id, today, width, theme, labels),
        Subject::Kpi(id) => bearings_charts::kpi(plan, id, today, width, theme, labels),
        Subject::Signals(id) => bearings_charts::signals(plan, id, today, width, theme, labels),
    })
}

/// The chunk with [`draw`].
fn fetched() -> Fetching {
    Box::pin(fetch_drawing())
}

/// A width to begin with, before the element has one.
const SOME_WIDTH: u32 = 600;
/// Widths are told apart in steps of so many pixels.
const WIDTH_STEP: u32 = 40;

fn colours() -> Theme {
    let theme::Colours { ink, ink_2, ink_3, rule, accent, accent_soft, warn, card, .. } = theme::colours();
    Theme { ink, ink_2, ink_3, line: rule, accent, accent_soft, warn, card }
}

/// A chart with its title, its sentence and its table.
#[component]
pub fn Figure(
    #[prop(into)] subject: Signal<Subject>,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] told: Signal<String>,
    /// What chooses the subject, if there are several.
    #[prop(optional)]
    children: Option<Children>,
) -> Html {
    let workspace = workspace();
    let plot = NodeRef::new();
    let theme = RwSignal::new(colours());
    let watch = StoredValue::new(theme::on_change(move || theme.set(colours())));
    on_cleanup(move || watch.dispose());
    // A chart is drawn anew for another width, in coarse steps: dragging a window's edge is no reason for a hundred.
    let width = RwSignal::new(SOME_WIDTH);
    let follow = StoredValue::new(None);
    on_cleanup(move || follow.dispose());
    Effect::run(move || {
        let Some(plot) = plot.get() else { return };
        follow.set_value(Some(size::on_width(plot.into(), move |pixels| {
            let step = pixels.max(WIDTH_STEP) / WIDTH_STEP * WIDTH_STEP;
            if width.get_untracked() != step {
                width.set(step);
            }
        })));
    });
    let (chunk, ask) = lazy::chunk(fetched);
    let missing = move || chunk.get() == Chunk::Missing;
    let drawing = Memo::new(move || {
        if chunk.get() != Chunk::Here {
            return None;
        }
        let (plan, today, theme, description) = (workspace.shown(), workspace.day(), theme.get(), told.get());
        lazy::now(draw(subject.get(), &plan, today, width.get(), &theme, &words::labels(&description))).flatten()
    });
    let failed = RwSignal::new(false);
    let in_vain = StoredValue::new(false);
    let chart = StoredValue::new(None::<Chart>);
    on_cleanup(move || chart.dispose());
    Effect::run(move || {
        let (Some(element), Some(drawing)) = (plot.get(), drawing.get()) else { return };
        chart.update_value(|chart| {
            let chart = chart.get_or_insert_with(|| Chart::within(element));
            let drawn = chart.draw(text_of(&drawing.option));
            spawn_local(async move { failed.set(drawn.await.is_err()) });
        });
    });
    let id = uid("chart");
    view! {
        <figure class="card chart" aria-labelledby=id.clone() hidden=move || drawing.with(Option::is_none) && !missing()>
            <figcaption>
                <h2 id=id.clone()>{move || title.get()}</h2>
                <p>{move || told.get()}</p>
                {children.map(|children| children())}
                {when(missing, move || view! { <Missing ask in_vain /> })}
                {when(move || failed.get(), || view! { <p class="err">{words::not_drawn()}</p> })}
            </figcaption>
            <div class="plot" role="img" aria-label=move || told.get() node_ref=plot></div>
            <details class="more">
                <summary>{common::as_a_table()}</summary>
                <div class="scroll" tabindex="0" role="region" aria-label=move || common::table_of(&title.get())>
                    {move || drawing.get().map(|drawing| table(&drawing))}
                </div>
            </details>
        </figure>
    }
}

/// The points of a drawing, newest first.
fn table(drawing: &Drawing) -> Html {
    let unit = drawing.unit.clone();
    let with_limits = drawing.points.iter().any(|point| point.limits.is_some());
    let rows = drawing.points.iter().rev().map(|point| {
        let number = |value: Option<Number>| value.map(|value| intl::number(value, &unit)).unwrap_or_default();
        let days = if point.days.start == point.days.end {
            intl::date(point.days.start)
        } else {
            intl::date_range(point.days.start, point.days.end)
        };
        let value = number(point.value);
        let note = point.likely.map_or_else(|| point.note.to_string(), |likely| words::likely(likely, &unit));
        let (fourth, fifth) = if with_limits {
            let usual = point.limits.map(|(low, high)| signal::range(low, high, &unit));
            (usual.unwrap_or_default(), point.judged.as_ref().map(signal::verdict))
        } else {
            (number(point.expected), point.aim.as_ref().map(|aim| words::aim(aim, &unit)))
        };
        view! {
            <tr>
                <th scope="row">{days}</th>
                <td>{words::kind(point.kind)}</td>
                <td>{value}</td>
                <td>{fourth}</td>
                <td>{fifth}</td>
                <td>{note}</td>
            </tr>
        }
    });
    let columns = if with_limits { words::columns_of_signals() } else { words::columns() };
    view! {
        <table>
            <thead>
                <tr>{columns.map(|column| view! { <th scope="col">{column}</th> })}</tr>
            </thead>
            <tbody>{rows.collect_html()}</tbody>
        </table>
    }
}

/// How many periods a small line shows.
const SPARK_POINTS: usize = 12;

/// A KPI's last periods as a small line, with its target.
#[component]
pub fn Spark(#[prop(into)] report: Signal<Option<Arc<KpiReport>>>) -> Html {
    Child::html(move || {
        let line = sparkline(&*report.get()?, SPARK_POINTS)?;
        let (x, y) = line.last;
        let target = match line.target {
            Some(bearings_charts::SparkTarget::Line(y)) => {
                view! { <path class="target" d=format!("M0 {}H100", digits(y)) /> }
            }
            Some(bearings_charts::SparkTarget::Band(top, bottom)) => {
                view! { <rect class="band" x="0" width="100" y=top height=bottom - top /> }
            }
            None => nothing(),
        };
        Some(view! {
            <svg class="spark" viewBox=bearings_charts::Sparkline::VIEW_BOX preserveAspectRatio="none" aria-hidden="true">
                {target}
                <path class="trend" d=line.path />
                <path class="end" d=format!("M{} {}h.01", digits(x), digits(y)) />
            </svg>
        })
    })
}
