//! Objectives below those that they help.

use bearings_plan::{Day, ObjectiveId, Plan};
use leptos::prelude::component;

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

/// The objectives of a tree: all, or those that were found.
type Found = Memo<Option<Vec<ObjectiveId>>>;

#[component]
pub fn Tree(found: Found) -> Html {
    let roots = workspace().read(move |plan, today| found.with(|found| plan.roots(found.as_deref(), today)));
    let heading = uid("tree");
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>{words::alignment()}</h2>
                <small>{words::alignment_explained()}</small>
            </header>
            <div class="course">
                <ul class="tree">
                    <For each=move || roots.get() key=|id| *id children=move |id| view! { <Branch id found /> } />
                </ul>
            </div>
        </section>
    }
}

/// What a row says.
#[derive(Debug, Clone, PartialEq, Default)]
struct Said {
    title: String,
    small: String,
    tone: Option<Tone>,
    course: Course,
}

fn said(plan: &Plan, id: ObjectiveId, today: Day) -> Said {
    let Some(objective) = plan.objectives.get(id) else { return Said::default() };
    let report = plan.objective_report(objective, today);
    let cycle = objective.cycle.on(today).and_then(|id| plan.cycles.get(id)).map(|cycle| cycle.name.to_string());
    let owner = objective.owner.and_then(|id| plan.owners.get(id)).map(|owner| owner.name.to_string());
    Said {
        title: objective.title.to_string(),
        small: words::placed(cycle, owner),
        tone: Some(Tone::from(report.status)),
        course: Course::from(&report),
    }
}

#[component]
fn Branch(id: ObjectiveId, found: Found) -> Html {
    let workspace = workspace();
    let said = workspace.read(move |plan, today| said(plan, id, today));
    let below = workspace.read(move |plan, today| {
        let helping = plan.aligned_to(id, today).into_iter().map(|it| it.id);
        found.with(|found| {
            helping.filter(|id| found.as_ref().is_none_or(|found| found.contains(id))).collect::<Vec<_>>()
        })
    });
    let tone = move || said.with(|said| said.tone);
    let course = Signal::derive(move || said.with(|said| said.course));
    let share = move || course.get().said();
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
                    <b>{share}</b>
                    {switch(tone, |tone| tone.map(|tone| view! { <StatusMark tone /> }))}
                </span>
            </div>
            {when(
                move || below.with(|below| !below.is_empty()),
                move || view! {
                    <ul>
                        <For each=move || below.get() key=|id| *id children=move |id| view! { <Branch id found /> } />
                    </ul>
                },
            )}
        </li>
    }
}
