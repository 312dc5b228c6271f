//! All objectives, cycle by cycle.

mod closed;
mod cycle;
mod cycle_form;
mod leg;
mod objective_form;
mod put_away;

use bearings_plan::{CycleId, Day, Plan};
use leptos::prelude::component;

use super::Top;
use crate::{
    reactive::{Callback, RwSignal, StoredValue},
    state::workspace,
    ui::{
        components::{
            icon::{Glyph, Icon},
            uid,
        },
        dom::{Html, nothing, switch, view, when},
    },
    web::page,
    words::{common, objectives as words, review, start},
};
use closed::ClosedCycleCard;
use cycle::{BacklogCard, CycleCard};
use cycle_form::NewCycle;
use objective_form::NewObjective;
use put_away::PutAwayCard;
pub use put_away::put_away;

/// Which form is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Adding {
    Nothing,
    /// An objective, in this cycle (or in the one that matters now).
    Objective(Option<CycleId>),
    Cycle,
}

/// How many cycles that are over are shown at first.
const OVER: usize = 1;

#[component]
pub fn Objectives() -> Html {
    let workspace = workspace();
    let adding = RwSignal::new(Adding::Nothing);
    let title = workspace.read(title);
    let below = workspace.read(below);
    let empty = workspace.read(|plan, _| plan.objectives.is_empty());
    let adder = StoredValue::new(uid("add"));
    let done = Callback::new(move |()| {
        adding.set(Adding::Nothing);
        page::focus(&adder.get_value());
    });
    let form = move |adding: &Adding| match *adding {
        Adding::Nothing => nothing(),
        Adding::Objective(cycle) => view! { <NewObjective cycle done /> },
        Adding::Cycle => view! { <NewCycle done /> },
    };
    view! {
        <Top title below>
            <button class="btn" type="button" on:click=move |_| adding.set(Adding::Cycle)>
                <Glyph icon=Icon::Plus />
                {words::add_cycle()}
            </button>
            <button
                class="btn primary"
                type="button"
                id=adder.get_value()
                on:click=move |_| adding.set(Adding::Objective(None))
            >
                <Glyph icon=Icon::Plus />
                {words::add_objective()}
            </button>
        </Top>
        <div class="stack">
            {switch(move || adding.get(), form)}
            {when(
                move || empty.get() && adding.get() == Adding::Nothing,
                move || view! { <Empty adding /> },
            )}
            <Cycles adding />
            <BacklogCard />
            <PutAwayCard />
        </div>
    }
}

#[component]
fn Cycles(adding: RwSignal<Adding>) -> Html {
    let cycles = workspace().read(|plan, today| {
        let cycles = plan.cycles_by_nearness(today);
        cycles.iter().map(|cycle| (cycle.id, cycle.span.on(today).end < today)).collect::<Vec<_>>()
    });
    let all = RwSignal::new(false);
    let shown = move || {
        let over = if all.get() { usize::MAX } else { OVER };
        cycles.with(|cycles| {
            let current = cycles.iter().filter(|(_, over)| !over);
            let over = cycles.iter().filter(|(_, over)| *over).take(over);
            current.chain(over).map(|(id, _)| *id).collect::<Vec<_>>()
        })
    };
    let more = move || !all.get() && shown().len() < cycles.with(Vec::len);
    view! {
        <For each=shown key=|id| *id children=move |id| view! { <AnyCycle id adding /> } />
        {when(
            more,
            move || view! {
                <div>
                    <button class="btn" type="button" on:click=move |_| all.set(true)>
                        {words::earlier_cycles()}
                    </button>
                </div>
            },
        )}
    }
}

/// A closed cycle is history; any other one takes objectives.
#[component]
fn AnyCycle(id: CycleId, adding: RwSignal<Adding>) -> Html {
    let closed = workspace().read(move |plan, today| plan.is_closed(id, today));
    switch(
        move || closed.get(),
        move |closed| {
            if *closed {
                view! { <ClosedCycleCard id /> }
            } else {
                view! { <CycleCard id adding /> }
            }
        },
    )
}

#[component]
fn Empty(adding: RwSignal<Adding>) -> Html {
    let workspace = workspace();
    let question = workspace.read(|plan, today| {
        let running = plan.cycle_on(today).map(|cycle| cycle.span.on(today).end).filter(|end| *end >= today);
        words::where_to_be(running.unwrap_or_else(|| plan.next_quarter(today).end))
    });
    view! {
        <div class="card empty">
            <h2>{move || question.get()}</h2>
            <p>{words::none_explained()}</p>
            <div class="acts">
                <button class="btn primary" type="button" on:click=move |_| adding.set(Adding::Objective(None))>
                    <Glyph icon=Icon::Plus />
                    {words::add_objective()}
                </button>
                <button class="btn" type="button" on:click=move |_| workspace.look_at_sample()>
                    {common::look_at_sample()}
                </button>
            </div>
        </div>
    }
}

/// The news: how many objectives there are now, and how many need someone.
fn title(plan: &Plan, today: Day) -> String {
    let course = plan.cycle_on(today).and_then(|cycle| Some((cycle, plan.course(cycle.id, today)?)));
    match course {
        Some((cycle, _)) if plan.is_closed(cycle.id, today) => {
            review::closed_title(cycle.name.as_str(), &plan.retrospect(cycle.id, today))
        }
        Some((cycle, course)) if !plan.objectives.is_empty() => {
            words::news(course.objectives.len(), cycle.name.as_str(), course.need_someone, course.is_pending())
        }
        _ if plan.objectives.is_empty() => words::none_title().to_owned(),
        _ => words::objectives().to_owned(),
    }
}

fn below(plan: &Plan, today: Day) -> String {
    let Some(cycle) = plan.cycle_on(today) else {
        let quarter = plan.next_quarter(today);
        return words::named_range(&start::quarter(quarter.start.quarter(), quarter.start.year()), &quarter);
    };
    match plan.course(cycle.id, today) {
        Some(course) if course.key_results() > 0 && !plan.is_closed(cycle.id, today) => {
            words::below(course.key_results(), plan.due_in(&course.objectives, today).len())
        }
        _ => words::named_range(cycle.name.as_str(), cycle.span.on(today)),
    }
}
