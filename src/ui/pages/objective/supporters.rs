//! The objectives that help this one, and whether they count in its number.

use bearings_plan::{Day, ObjectiveId, Plan};
use leptos::prelude::component;

use super::explain::Explain;
use crate::{
    reactive::{Memo, Signal},
    state::workspace,
    ui::{
        Route,
        components::{
            guarded::Guarded,
            status::{StatusMark, Tone},
            track::{Course, Track},
            uid,
        },
        dom::{Html, switch, view, when},
    },
    words::objectives as words,
};

/// What a row says.
#[derive(Debug, Clone, PartialEq, Default)]
struct Said {
    title: String,
    small: String,
    tone: Option<Tone>,
    course: Course,
}

/// The card, where an objective is helped by others. Without key results beside them it says what they come to.
#[component]
pub fn SupportersCard(id: ObjectiveId, alone: Memo<bool>) -> Html {
    let workspace = workspace();
    let supporters =
        workspace.read(move |plan, today| plan.aligned_to(id, today).into_iter().map(|it| it.id).collect::<Vec<_>>());
    let counts =
        workspace.read(move |plan, today| plan.objectives.get(id).is_some_and(|it| *it.counts_aligned.on(today)));
    let total = workspace.read(move |plan, today| {
        let report = plan.objective_report(plan.objectives.get(id)?, today);
        report.progress.as_ref()?;
        Some((Course::from(&report).said(), report.expected.map(words::expects).unwrap_or_default()))
    });
    let heading = uid("h");
    when(
        move || supporters.with(|all| !all.is_empty()),
        move || {
            let total = move || total.get().filter(|_| alone.get());
            view! {
                <section class="card" aria-labelledby=heading.clone()>
                    <header>
                        <h2 id=heading.clone()>{words::supported_by()}</h2>
                        <small>{move || total().map(|(share, rest)| view! { <b>{share}</b> {rest} })}</small>
                    </header>
                    <div class="course">
                        <ul class="tree">
                            <For
                                each=move || supporters.get()
                                key=|id| *id
                                children=move |supporter| view! { <Supporter id=supporter of=id /> }
                            />
                        </ul>
                    </div>
                    {when(move || alone.get() && counts.get(), move || view! { <Explain id /> })}
                </section>
            }
        },
    )
}

#[component]
fn Supporter(id: ObjectiveId, of: ObjectiveId) -> Html {
    let said = workspace().read(move |plan, today| said(plan, id, of, today).unwrap_or_default());
    let tone = move || said.with(|said| said.tone);
    let course = Signal::derive(move || said.with(|said| said.course));
    view! {
        <li>
            <div class=move || format!("leg {}", tone().map_or("none", |tone| tone.class))>
                <span class="name">
                    <a href=Route::Objective(id).href()>{move || said.with(|said| said.title.clone())}</a>
                    <small>{move || said.with(|said| said.small.clone())}</small>
                    <Guarded of=id />
                </span>
                <span class="lane"><Track course /></span>
                <span class="pct">
                    <b>{move || course.get().said()}</b>
                    {switch(tone, |tone| tone.map(|tone| view! { <StatusMark tone /> }))}
                </span>
            </div>
        </li>
    }
}

fn said(plan: &Plan, id: ObjectiveId, of: ObjectiveId, today: Day) -> Option<Said> {
    let (objective, above) = (plan.objectives.get(id)?, plan.objectives.get(of)?);
    let report = plan.objective_report(objective, today);
    let weight = above.counts_aligned.on(today).then(|| objective.parent_weight.on(today).get());
    Some(Said {
        title: objective.title.to_string(),
        small: words::counts_above(weight),
        tone: Some(Tone::from(report.status)),
        course: Course::from(&report),
    })
}
