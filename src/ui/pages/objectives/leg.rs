//! One objective on the course of its cycle, and its key results below.

use bearings_plan::{KeyResultId, KeyResultReport, ObjectiveId, ObjectiveReport};
use leptos::prelude::component;

use super::put_away::put_away;
use crate::{
    reactive::{Memo, Signal, StoredValue},
    state::workspace,
    ui::{
        Route,
        components::{
            button::{Choice, Menu},
            guarded::Guarded,
            icon::Icon,
            status::{StatusMark, Tone},
            track::{Course, Track},
            uid,
        },
        dom::{Html, switch, view, when},
        pages::{
            objective::{Intent, move_and_delete, move_and_delete_key_result, open},
            today,
        },
    },
    words::{common, objectives as words},
};

/// "3 key results · Marketing · aspirational"
pub fn small(id: ObjectiveId) -> Memo<String> {
    workspace().read(move |plan, day| today::small(plan, id, day))
}

/// What can be done with an objective.
pub fn choices(id: ObjectiveId, all: Memo<Vec<ObjectiveId>>, opener: StoredValue<String>) -> Vec<Choice> {
    let own = [
        Choice::new(Icon::Edit, common::edit(), move || open(id, Intent::Edit)),
        Choice::new(Icon::Plus, words::add_key_result(), move || open(id, Intent::AddKeyResult)),
        put_away(id),
    ];
    own.into_iter().chain(move_and_delete(id, all, opener)).collect()
}

#[component]
pub fn ObjectiveLeg(id: ObjectiveId, all: Memo<Vec<ObjectiveId>>, reports: Memo<Vec<ObjectiveReport>>) -> Html {
    let title =
        workspace().read(move |plan, _| plan.objectives.get(id).map(|it| it.title.to_string()).unwrap_or_default());
    let small = small(id);
    let report = Memo::new(move || reports.with(|all| all.iter().find(|report| report.id == id).cloned()));
    let tone = move || report.with(|report| report.as_ref().map(|report| Tone::from(report.status)));
    let course = Signal::derive(move || report.with(|report| report.as_ref().map(Course::from)).unwrap_or_default());
    let share = move || course.get().said();
    let key_results = Memo::new(move || {
        let ids = |report: &ObjectiveReport| report.key_results.iter().map(|(id, _)| *id).collect::<Vec<_>>();
        report.with(|report| report.as_ref().map(ids).unwrap_or_default())
    });
    let opener = StoredValue::new(uid("more"));
    let row = move |key_result| {
        view! { <KeyResultLeg id=key_result of=id all=key_results report /> }
    };
    view! {
        <li>
            <div class=move || format!("leg {}", tone().map_or("none", |tone| tone.class))>
                <span class="name">
                    <a href=Route::Objective(id).href()>{move || title.get()}</a>
                    <small>{move || small.get()}</small>
                    <Guarded of=id />
                </span>
                <span class="lane">
                    <Track course />
                </span>
                <span class="pct">
                    <b>{share}</b>
                    {switch(tone, |tone| tone.map(|tone| view! { <StatusMark tone /> }))}
                </span>
                <Menu of=title choices=choices(id, all, opener) opener=opener.get_value() />
            </div>
            {when(
                move || key_results.with(|all| !all.is_empty()),
                move || view! {
                    <ul>
                        <For each=move || key_results.get() key=|id| *id children=row />
                    </ul>
                },
            )}
        </li>
    }
}

/// What a key result's row says.
#[derive(Debug, Clone, PartialEq, Default)]
struct Said {
    title: String,
    asks: String,
    stands: String,
}

#[component]
fn KeyResultLeg(
    id: KeyResultId,
    of: ObjectiveId,
    all: Memo<Vec<KeyResultId>>,
    report: Memo<Option<ObjectiveReport>>,
) -> Html {
    let report = Memo::new(move || {
        let own = |report: &ObjectiveReport| Some(report.key_results.iter().find(|(own, _)| *own == id)?.1.clone());
        report.with(|report| report.as_ref().and_then(own))
    });
    let said = workspace().read(move |plan, today| {
        let said = |report: &KeyResultReport| {
            let key_result = plan.key_results.get(id)?;
            Some(Said {
                title: key_result.title.to_string(),
                asks: words::asks(key_result, report, plan.steps_done(id, today), today),
                stands: words::stands(key_result, report, today),
            })
        };
        report.with(|report| report.as_ref().and_then(said)).unwrap_or_default()
    });
    let title = Signal::derive(move || said.with(|said| said.title.clone()));
    let tone = move || report.with(|report| report.as_ref().map(|report| Tone::from(report.status)));
    let course = Signal::derive(move || report.with(|report| report.as_ref().map(Course::from)).unwrap_or_default());
    let opener = StoredValue::new(uid("more"));
    let edit = Choice::new(Icon::Edit, common::edit(), move || open(of, Intent::EditKeyResult(id)));
    let choices: Vec<_> = [edit].into_iter().chain(move_and_delete_key_result(id, all, opener)).collect();
    view! {
        <li>
            <div class=move || format!("leg sub {}", tone().map_or("none", |tone| tone.class))>
                <span class="name">
                    {move || title.get()} <small>{move || said.with(|said| said.asks.clone())}</small>
                    <Guarded of=id />
                </span>
                <span class="lane">
                    <Track course />
                </span>
                <span class="pct">
                    <b>{move || said.with(|said| said.stands.clone())}</b>
                    {switch(tone, |tone| tone.map(|tone| view! { <StatusMark tone /> }))}
                </span>
                <Menu of=title choices opener=opener.get_value() />
            </div>
        </li>
    }
}
