//! A closed cycle among the others: what was decided, and the way to its review.

use bearings_plan::{CycleId, Outcome, Score};
use leptos::prelude::component;

use super::leg::small;
use crate::{
    reactive::Memo,
    state::workspace,
    ui::{
        Route,
        components::{
            guarded::Guarded,
            icon::{Glyph, Icon},
            status::{StatusMark, Tone},
            uid,
            verdict::figures,
        },
        dom::{Html, switch, view, when},
    },
    words::{objectives as words, review},
};

#[component]
pub fn ClosedCycleCard(id: CycleId) -> Html {
    let workspace = workspace();
    let name = workspace.read(move |plan, _| plan.cycles.get(id).map(|it| it.name.to_string()).unwrap_or_default());
    let below = workspace.read(move |plan, today| {
        let below = || {
            let (cycle, closed) = (plan.cycles.get(id)?, plan.closed_on(id, today)?);
            Some(review::closed_below(cycle.span.on(today), closed, None))
        };
        below().unwrap_or_default()
    });
    let ids = workspace.read(move |plan, today| {
        plan.objectives_of(Some(id), today).iter().map(|objective| objective.id).collect::<Vec<_>>()
    });
    let heading = uid("cycle");
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>{move || name.get()}</h2>
                <div class="acts">
                    <small>{move || below.get()}</small>
                    <a
                        class="btn"
                        href=Route::Review(id).href()
                        aria-label=move || review::look_back_at(&name.get())
                    >
                        <Glyph icon=Icon::Review />
                        {review::look_back()}
                    </a>
                </div>
            </header>
            {when(
                move || ids.with(Vec::is_empty),
                || view! { <p class="body told">{words::none_here()}</p> },
            )}
            <ul class="rows">
                <For each=move || ids.get() key=|id| *id children=|id| view! { <ClosedRow id /> } />
            </ul>
        </section>
    }
}

#[component]
fn ClosedRow(id: bearings_plan::ObjectiveId) -> Html {
    let title =
        workspace().read(move |plan, _| plan.objectives.get(id).map(|it| it.title.to_string()).unwrap_or_default());
    let small = small(id);
    let verdict: Memo<Option<(Option<Score>, Outcome)>> = workspace().read(move |plan, today| {
        plan.objectives.get(id)?.verdict.on(today).as_ref().map(|verdict| (verdict.score, verdict.outcome))
    });
    let decided = move |verdict: &Option<(Option<Score>, Outcome)>| match *verdict {
        Some((score, outcome)) => view! {
            <b>{figures(score)}</b>
            " "
            <StatusMark tone=Tone::from(outcome) />
        },
        None => view! { <small>{review::no_verdict()}</small> },
    };
    view! {
        <li>
            <div>
                <h3><a href=Route::Objective(id).href()>{move || title.get()}</a></h3>
                <p>{move || small.get()}</p>
                <Guarded of=id />
            </div>
            <div class="decided">{switch(move || verdict.get(), decided)}</div>
        </li>
    }
}
