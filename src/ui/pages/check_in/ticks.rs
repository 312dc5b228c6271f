//! The steps of a key result, to be ticked. Everything else about them is on the page of its objective.

use bearings_plan::{Change, Edit, KeyResultId, MilestoneEdit, MilestoneId};
use leptos::prelude::{component, event_target_checked};

use super::draft::Draft;
use crate::{
    state::workspace,
    ui::{
        components::{field::FieldError, uid},
        dom::{Html, view},
    },
    words::{objectives, walk as words},
};

#[component]
pub fn Ticks(of: KeyResultId, draft: Draft) -> Html {
    let steps = workspace().read(move |plan, _| plan.milestones_of(of).iter().map(|step| step.id).collect::<Vec<_>>());
    let heard = move || draft.subject.with(|it| it.as_ref().map(|it| words::heard(&it.last)).unwrap_or_default());
    view! {
        <fieldset class="value">
            <legend>{words::steps()}<span class="sr">{move || words::of(&draft.name())}</span></legend>
            <ul class="ticks">
                <For each=move || steps.get() key=|id| *id children=|id| view! { <Step id /> } />
            </ul>
            <p class="read">{heard}</p>
            <FieldError input=draft.value.input />
        </fieldset>
    }
}

#[component]
fn Step(id: MilestoneId) -> Html {
    let workspace = workspace();
    let title =
        workspace.read(move |plan, _| plan.milestones.get(id).map(|it| it.title.to_string()).unwrap_or_default());
    let done = workspace.read(move |plan, today| plan.milestones.get(id).is_some_and(|it| it.done_by(today).is_some()));
    let small = workspace.read(move |plan, today| {
        let step = plan.milestones.get(id)?;
        Some(objectives::step_small(step.weight.on(today).get(), *step.due.on(today), step.done_by(today)))
    });
    let tick = move |done: bool| {
        let done = done.then(|| workspace.day_now());
        workspace.try_to(Change::Edit { edit: Edit::of(id, MilestoneEdit::done(done)), from: None });
    };
    let box_id = uid("step");
    view! {
        <li>
            <input
                type="checkbox"
                id=box_id.clone()
                prop:checked=move || done.get()
                on:change=move |event| tick(event_target_checked(&event))
            />
            <label for=box_id>{move || title.get()}</label>
            <small>{move || small.get()}</small>
        </li>
    }
}
