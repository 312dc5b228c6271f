//! The key results of an objective, and where they lead.

use bearings_plan::{KeyResultId, ObjectiveId};
use leptos::prelude::component;

use super::{Intent, explain::Explain, key_result::KeyResultRow, key_result_form::KeyResultForm};
use crate::{
    reactive::{Callback, Memo, RwSignal, StoredValue},
    state::workspace,
    ui::{
        components::{
            history::is_history,
            icon::{Glyph, Icon},
            track::Course,
            uid,
        },
        dom::{Html, nothing, switch, view},
    },
    web::page,
    words::objectives as words,
};

#[component]
pub fn KeyResultsCard(id: ObjectiveId, key_results: Memo<Vec<KeyResultId>>, intent: Option<Intent>) -> Html {
    let workspace = workspace();
    let adding = RwSignal::new(intent == Some(Intent::AddKeyResult));
    let history = is_history();
    let bare = Memo::new(move || key_results.with(Vec::is_empty) && !adding.get() && !history);
    // A row opens its form on arrival only: a deleted one that comes back does not.
    let opened = StoredValue::new(match intent {
        Some(Intent::EditKeyResult(id)) => Some(id),
        _ => None,
    });
    let totals = workspace.read(move |plan, today| {
        let report = plan.objective_report(plan.objectives.get(id)?, today);
        let progress = Course::from(&report).said();
        report.progress.is_some().then(|| (progress, report.expected.map(words::expects).unwrap_or_default()))
    });
    let (heading, adder) = (uid("h"), StoredValue::new(uid("add")));
    let add = move |adds: &bool| {
        let close = move |added: bool| {
            adding.set(false);
            if !added || !key_results.with_untracked(Vec::is_empty) {
                page::focus(&adder.get_value());
            }
        };
        if history {
            nothing()
        } else if *adds {
            view! { <KeyResultForm objective=id close=Callback::new(close) /> }
        } else {
            view! {
                <button class="btn" type="button" id=adder.get_value() on:click=move |_| adding.set(true)>
                    <Glyph icon=Icon::Plus />
                    {words::add_key_result()}
                </button>
            }
        }
    };
    switch(
        move || bare.get(),
        move |bare| {
            if *bare {
                view! {
                    <div class="card empty">
                        <h2>{words::how_will_you_know()}</h2>
                        <p>{words::how_explained()}</p>
                        <div class="acts">
                            <button
                                class="btn primary"
                                type="button"
                                id=adder.get_value()
                                on:click=move |_| adding.set(true)
                            >
                                <Glyph icon=Icon::Plus />
                                {words::add_key_result()}
                            </button>
                        </div>
                    </div>
                }
            } else {
                let title = move || {
                    if key_results.with(Vec::is_empty) { words::how_will_you_know() } else { words::key_results() }
                };
                let row = move |id| {
                    let open = opened.try_update_value(|opened| opened.take_if(|opened| *opened == id)).flatten();
                    view! { <KeyResultRow id all=key_results open=open.is_some() /> }
                };
                view! {
                    <section class="card" aria-labelledby=heading.clone()>
                        <header>
                            <h2 id=heading.clone()>{title}</h2>
                            <small>
                                {move || totals.get().map(|(share, rest)| view! { <b>{share}</b> {rest} })}
                            </small>
                        </header>
                        <ul class="krs">
                            <For each=move || key_results.get() key=|id| *id children=row />
                        </ul>
                        <Explain id />
                        <div class="body">{switch(move || adding.get(), add)}</div>
                    </section>
                }
            }
        },
    )
}
