//! Closing a cycle: one objective after the other, then the cycle as a whole, then one change.

use bearings_plan::{Change, ChangeError, Cycle, CycleId, Day, EntityId, Name, Plan, Span};
use leptos::prelude::{component, untrack};

use super::{
    Crumb,
    calibration::CalibrationCard,
    draft::{Draft, NEW},
    name_of,
    objective::ObjectiveReview,
    warnings::Warnings,
};
use crate::{
    reactive::RwSignal,
    state::{Undo, Workspace, workspace},
    ui::{
        components::{
            field::{SelectField, TextArea},
            icon::{Glyph, Icon},
            uid,
        },
        dom::{Html, switch, view},
        pages::Top,
    },
    web::page,
    words::{errors, objectives, review as words, start},
};

#[component]
pub fn Closing(id: CycleId) -> Html {
    let workspace = workspace();
    let draft = Draft::new(workspace, id);
    let name = name_of(id);
    let ids = workspace.read(move |plan, today| {
        plan.objectives_of(Some(id), today).iter().map(|objective| objective.id).collect::<Vec<_>>()
    });
    let title = workspace.read(move |plan, today| {
        let Some(cycle) = plan.cycles.get(id) else { return String::new() };
        let objectives = plan.objectives_of(Some(id), today).len();
        words::title(cycle.name.as_str(), objectives, cycle.span.on(today), today)
    });
    let below = workspace.read(move |plan, today| {
        plan.cycles.get(id).map(|cycle| words::below(cycle.span.on(today))).unwrap_or_default()
    });
    // Where what goes on goes on, as it stands in a sentence.
    let place = workspace.read(move |plan, today| {
        let next = draft.next.text.get();
        let there = next.parse().ok().and_then(|next: CycleId| plan.cycles.get(next));
        match there {
            Some(cycle) => words::in_cycle(cycle.name.as_str()),
            None if next == NEW => words::in_cycle(&next_quarter(plan, id, today)),
            None => words::in_backlog(),
        }
    });
    let nexts = workspace.read(move |plan, today| {
        let later = plan.cycles.get(id).map(|cycle| plan.cycles_after(cycle, today)).unwrap_or_default();
        let later = later.iter().map(|cycle| (cycle.id.to_string(), cycle.name.to_string()));
        let new = (NEW.to_owned(), objectives::new_cycle_option(&next_quarter(plan, id, today)));
        later.chain([new, (String::new(), words::backlog().to_owned())]).collect::<Vec<_>>()
    });
    let failed = RwSignal::new(None::<String>);
    let close = move || {
        failed.set(None);
        let made = untrack(|| changes(workspace, id, draft));
        let Some(change) = made else {
            failed.set(Some(words::not_closed().to_owned()));
            return page::focus_first_invalid();
        };
        match workspace.make(change) {
            Ok(()) => {
                workspace.say(words::is_closed(&name.get_untracked()), Some(Undo::Change));
                page::to_the_top("main");
            }
            Err(error @ ChangeError::Gone(EntityId::Cycle(_))) => {
                draft.next.error.set(Some(errors::change(error)));
                draft.next.focus();
            }
            Err(error) => failed.set(Some(errors::change(error))),
        }
    };
    let whole = uid("whole");
    view! {
        <Crumb cycle=name />
        <Top title below />
        <div class="cols">
            <div class="side stack">
                <Warnings id />
            </div>
            <div class="stack">
                <For each=move || ids.get() key=|id| *id children=move |id| view! { <ObjectiveReview id draft place /> } />
                <section class="card" aria-labelledby=whole.clone()>
                    <header>
                        <h2 id=whole.clone()>{words::whole()}</h2>
                        <small>{words::whole_explained()}</small>
                    </header>
                    <div class="body form">
                        <TextArea
                            input=draft.lookback
                            label=words::keep_and_change()
                            placeholder=words::keep_placeholder()
                            class="all"
                        />
                        <SelectField input=draft.next label=words::goes_on_in() options=nexts class="all" />
                        <div class="acts">
                            <button class="btn primary" type="button" on:click=move |_| close()>
                                <Glyph icon=Icon::Check />
                                {move || words::close(&name.get())}
                            </button>
                            <small>{words::all_told()}</small>
                        </div>
                        <div class="all" role="alert">
                            {switch(
                                move || failed.get(),
                                |text| text.clone().map(|text| view! { <p class="err">{text}</p> }),
                            )}
                        </div>
                    </div>
                </section>
            </div>
            <div class="side stack">
                <CalibrationCard />
            </div>
        </div>
    }
}

/// The change that closes it, with a new cycle where one is asked for; none where something is missing.
fn changes(workspace: Workspace, id: CycleId, draft: Draft) -> Option<Change> {
    let (decisions, lookback) = (draft.decisions(workspace), draft.lookback.prose());
    let (decisions, lookback) = (decisions?, lookback?);
    let (plan, at) = (workspace.shown_now(), workspace.at());
    let next = draft.next.text.get_untracked();
    let new = (next == NEW).then(|| {
        let quarter = quarter_after(&plan, id, at.day);
        Cycle::new(workspace.id(), Name::fitted(&start::named_quarter(&plan, &quarter)), quarter, at)
    });
    let next = new.as_ref().map_or_else(|| next.parse().ok(), |new| Some(new.id));
    let closing = plan.closing(id, &decisions, lookback, next, at, || workspace.id());
    // What goes on speaks of the cycle that it goes on in: that comes first.
    Some(Change::All(new.map(|new| Change::Add(new.into())).into_iter().chain([closing]).collect()))
}

/// The quarter that follows, where there is no cycle for it yet.
fn quarter_after(plan: &Plan, id: CycleId, today: Day) -> Span {
    plan.cycles.get(id).map_or_else(|| plan.next_quarter(today), |cycle| plan.quarter_after(cycle, today))
}

/// What it is called.
fn next_quarter(plan: &Plan, id: CycleId, today: Day) -> String {
    start::named_quarter(plan, &quarter_after(plan, id, today))
}
