//! One objective: check in, see how its key results do, read its story.

mod check_in;
mod explain;
mod head;
mod initiatives;
mod intent;
mod judging;
mod keep;
mod key_result;
mod key_result_draft;
mod key_result_form;
mod key_result_more;
mod key_results;
mod milestones;
mod placing;
mod story;
mod supporters;
mod verdict;

use bearings_plan::{KeyResultId, Measure, ObjectiveId};
use leptos::prelude::component;

pub use head::{kind_of, kinds, move_and_delete};
pub use intent::{Intent, open};
pub use key_result::move_and_delete as move_and_delete_key_result;

use super::NotFound;
use crate::{
    reactive::{Memo, Signal},
    state::workspace,
    ui::{
        components::{
            figure::{Figure, Subject},
            history::{is_history, make_history},
            units::UnitList,
        },
        dom::{Html, switch, view, when},
    },
    words::objectives as words,
};
use check_in::CheckInCard;
use head::Head;
use initiatives::InitiativesCard;
use key_results::KeyResultsCard;
use story::StoryCard;
use supporters::SupportersCard;
use verdict::VerdictCard;

#[component]
pub fn ObjectivePage(id: ObjectiveId) -> Html {
    // Whether it is history, while it is there.
    let there = workspace().read(move |plan, today| plan.objectives.get(id).map(|_| plan.is_history(id.into(), today)));
    let intent = intent::take();
    switch(
        move || there.get(),
        move |there| match there {
            Some(true) => {
                make_history();
                view! { <Present id intent=None /> }
            }
            Some(false) => view! { <Present id intent /> },
            None => view! { <NotFound /> },
        },
    )
}

#[component]
fn Present(id: ObjectiveId, intent: Option<Intent>) -> Html {
    let key_results = workspace().read(move |plan, today| {
        plan.key_results_of(id, today).iter().map(|key_result| key_result.id).collect::<Vec<_>>()
    });
    let history = is_history();
    let any = Memo::new(move || key_results.with(|all| !all.is_empty()));
    let charted = workspace().read(move |plan, today| {
        let all = plan.key_results_of(id, today);
        let drawn = |measure: &Measure| matches!(measure, Measure::Metric { .. } | Measure::Stay { .. });
        all.iter().filter(|it| drawn(it.measure.on(today))).map(|it| it.id).collect::<Vec<_>>()
    });
    view! {
        <Head id intent />
        <div class="cols">
            <div class="stack">
                {is_history().then(|| view! { <VerdictCard id /> })}
                {when(move || any.get() && !history, move || view! { <CheckInCard id key_results /> })}
                <KeyResultsCard id key_results intent />
                <SupportersCard id alone=Memo::new(move || !any.get()) />
                <InitiativesCard id />
                <For each=move || charted.get() key=|id| *id children=|id| view! { <KeyResultChart id /> } />
            </div>
            <div class="side stack">
                <StoryCard id />
            </div>
        </div>
        <UnitList />
    }
}

#[component]
fn KeyResultChart(id: KeyResultId) -> Html {
    let workspace = workspace();
    let title =
        workspace.read(move |plan, _| plan.key_results.get(id).map(|it| it.title.to_string()).unwrap_or_default());
    let told = workspace.read(move |plan, today| {
        let key_result = plan.key_results.get(id)?;
        Some(words::charted(plan, key_result, &plan.key_result_report(key_result, today), today))
    });
    let told = Signal::derive(move || told.get().unwrap_or_default());
    view! { <Figure subject=Subject::KeyResult(id) title told /> }
}
