//! All objectives, cycle by cycle.

mod address;
mod closed;
mod cycle;
mod cycle_form;
mod find;
mod leg;
mod objective_form;
mod put_away;
mod tree;

use bearings_plan::{Course, Criteria, CycleId, Day, Headline, KpiCounts, ObjectiveId, Plan};
use leptos::prelude::{component, on_cleanup};

use super::{Top, dated};
use crate::{
    reactive::{Callback, Effect, Memo, RwSignal, StoredValue},
    state::workspace,
    ui::{
        components::{
            button::{Choice, Menu},
            icon::{Glyph, Icon},
            uid,
        },
        dom::{Html, nothing, switch, view, when},
    },
    web::{page, route},
    words::{aside, common, find as find_words, headline as headlines, objectives as words},
};
use address::Shown;
use closed::ClosedCycleCard;
use cycle::{BacklogCard, CycleCard};
use cycle_form::NewCycle;
use find::{FindBar, Finder};
use objective_form::{NewObjective, quarter_name};
use put_away::PutAwayCard;
pub use put_away::put_away;
use tree::Tree;

/// Which form is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Adding {
    Nothing,
    /// An objective, in this cycle (or in the one that matters now).
    Objective(Option<CycleId>),
    Cycle,
}

/// How objectives are arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arranged {
    ByCycle,
    ByAlignment,
}

/// How many cycles that are over are shown at first.
const OVER: usize = 1;

#[component]
pub fn Objectives() -> Html {
    let workspace = workspace();
    let adding = RwSignal::new(Adding::Nothing);
    let courses = workspace.read(|plan, today| plan.courses(today));
    let headline =
        workspace.read(move |plan, today| courses.with(|courses| plan.headline(courses, KpiCounts::default(), today)));
    let title = workspace.read(move |plan, today| headline.with(|it| headlines::objectives(plan, it, today)));
    let below = workspace.read(move |plan, today| {
        courses.with(|courses| headline.with(|headline| below(plan, headline, courses, today)))
    });
    let empty = workspace.read(|plan, _| plan.objectives.is_empty());
    let arrangement = RwSignal::new(Arranged::ByCycle);
    let (finding, finder) = (RwSignal::new(false), Finder::new());
    follow_address(arrangement, finding, finder);
    let all_found = finder.found();
    // A filter that is not seen filters nothing.
    let found = Memo::new(move || if finding.get() { all_found.get() } else { None });
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
        <Top title=dated(title) below>
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
            <PageMenu />
        </Top>
        <div class="stack">
            {switch(move || adding.get(), form)}
            {when(
                move || empty.get() && adding.get() == Adding::Nothing && !workspace.is_past(),
                move || view! { <Empty adding /> },
            )}
            {when(
                move || !empty.get(),
                move || view! { <Arrangement arrangement finding /> },
            )}
            {when(move || finding.get(), move || view! { <FindBar finder found /> })}
            {switch(
                move || arrangement.get(),
                move |arrangement| match arrangement {
                    Arranged::ByCycle => view! {
                        <Cycles adding found />
                        <BacklogCard found />
                        <PutAwayCard />
                    },
                    Arranged::ByAlignment => view! { <Tree found /> },
                },
            )}
        </div>
    }
}

/// Shows what the address says, now and whenever it leads here, and keeps in it what is shown.
fn follow_address(arrangement: RwSignal<Arranged>, finding: RwSignal<bool>, finder: Finder) {
    let workspace = workspace();
    let take = move || {
        let Some(Shown { arranged, criteria }) = Shown::now(&workspace.shown_now()) else { return };
        arrangement.set(arranged);
        finding.set(criteria != Criteria::none());
        finder.take(&criteria);
    };
    take();
    let watch = StoredValue::new(route::on_change(move |_| take()));
    on_cleanup(move || watch.dispose());
    let shown = move || {
        let criteria = if finding.get() { finder.criteria() } else { Criteria::none() };
        Shown { arranged: arrangement.get(), criteria }
    };
    Effect::on_change(shown, |_, shown| shown.keep());
}

#[component]
fn Arrangement(arrangement: RwSignal<Arranged>, finding: RwSignal<bool>) -> Html {
    let choice = move |of: Arranged, word: &'static str| {
        view! {
            <button
                class="btn"
                type="button"
                aria-pressed=move || (arrangement.get() == of).to_string()
                on:click=move |_| arrangement.set(of)
            >{word}</button>
        }
    };
    view! {
        <div class="acts" role="group" aria-label=find_words::arrangement()>
            {choice(Arranged::ByCycle, find_words::as_list())}
            {choice(Arranged::ByAlignment, find_words::as_tree())}
            <button
                class="btn"
                type="button"
                aria-pressed=move || finding.get().to_string()
                on:click=move |_| finding.update(|finding| *finding = !*finding)
            >{find_words::filter()}</button>
        </div>
    }
}

/// Other ways to look at the plan.
#[component]
fn PageMenu() -> Html {
    let workspace = workspace();
    let choices = vec![
        Choice::new(Icon::Undo, aside::look_back(), move || workspace.look_back(workspace.present_now())),
        Choice::new(Icon::Kpis, aside::what_if(), move || workspace.try_out()),
    ];
    view! { <Menu of=aside::more().to_owned() choices /> }
}

#[component]
fn Cycles(adding: RwSignal<Adding>, found: Memo<Option<Vec<ObjectiveId>>>) -> Html {
    // While something is looked for, every cycle in which it is found.
    let cycles = workspace().read(move |plan, today| {
        let cycles = plan.cycles_by_nearness(today);
        let all = cycles.iter().map(|cycle| (cycle.id, cycle.span.on(today).end < today));
        found.with(|found| match found {
            None => all.collect::<Vec<_>>(),
            Some(found) => {
                let holds = |id| plan.objectives_of(Some(id), today).iter().any(|it| found.contains(&it.id));
                all.filter(|(id, _)| holds(*id)).map(|(id, _)| (id, false)).collect()
            }
        })
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
        <For each=shown key=|id| *id children=move |id| view! { <AnyCycle id adding found /> } />
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
fn AnyCycle(id: CycleId, adding: RwSignal<Adding>, found: Memo<Option<Vec<ObjectiveId>>>) -> Html {
    let closed = workspace().read(move |plan, today| plan.is_closed(id, today));
    switch(
        move || closed.get(),
        move |closed| {
            if *closed {
                view! { <ClosedCycleCard id /> }
            } else {
                view! { <CycleCard id adding found /> }
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
                <button class="btn" type="button" on:click=move |_| workspace.leave_then(move || workspace.look_at_sample())>
                    {common::look_at_sample()}
                </button>
            </div>
        </div>
    }
}

/// How many key results run, and how many of them should be checked in; without any, the days of the cycle that matters.
fn below(plan: &Plan, headline: &Headline, courses: &[Course], today: Day) -> String {
    let running = courses.iter().filter(|course| headline.running.contains(&course.cycle));
    let (mut key_results, mut due) = (0, 0);
    for course in running {
        key_results += course.key_results();
        due += plan.due_in(&course.objectives, today).len();
    }
    let Some(cycle) = plan.cycle_on(today) else {
        let quarter = plan.next_quarter(today);
        return words::named_range(&quarter_name(plan, today), &quarter);
    };
    match key_results {
        0 => words::named_range(cycle.name.as_str(), cycle.span.on(today)),
        key_results => words::below(key_results, due),
    }
}
