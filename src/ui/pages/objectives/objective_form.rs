//! A new objective, in one line.

use bearings_plan::{Change, ChangeError, Cycle, CycleId, Dated, Day, EntityId, Name, Objective, Plan};
use leptos::{ev::SubmitEvent, prelude::component};

use crate::{
    reactive::Callback,
    state::{Undo, Workspace, workspace},
    ui::{
        components::{
            field::{Input, SelectField, TextField},
            owner::{OwnerField, OwnerInput},
            uid,
        },
        dom::{Html, view},
        pages::objective::{Intent, kind_of, kinds, open},
    },
    web::keys,
    words::{common, errors, objectives as words, start},
};

/// The choice of a quarter for which there is no cycle yet.
const NEW: &str = "new";

/// The name of the quarter that a further cycle may take.
pub fn quarter_name(plan: &Plan, today: Day) -> String {
    start::named_quarter(plan, &plan.next_quarter(today))
}

#[derive(Debug, Clone, Copy)]
struct Form {
    title: Input,
    cycle: Input,
    owner: OwnerInput,
    kind: Input,
}

impl Form {
    /// The changes that add it, with a new cycle or owner where one was asked for.
    fn read(&self, workspace: Workspace) -> Option<(bearings_plan::ObjectiveId, Change)> {
        let (at, plan) = (workspace.at(), workspace.shown_now());
        let (title, owner) = (self.title.name(), self.owner.read(workspace, at));
        let (title, (owner, new_owner)) = (title?, owner?);
        let cycle = self.cycle.text.get_untracked();
        let new_cycle = (cycle == NEW).then(|| {
            let name = Name::fitted(&quarter_name(&plan, at.day));
            Cycle::new(workspace.id(), name, plan.next_quarter(at.day), at)
        });
        let cycle = new_cycle.as_ref().map_or_else(|| cycle.parse().ok(), |cycle| Some(cycle.id));
        let mut objective = Objective::new(workspace.id(), title, cycle, at);
        objective.owner = owner.into();
        objective.kind = Dated::new(at.day, self.kind.text.with_untracked(|word| kind_of(word)));
        let id = objective.id;
        let objective = plan.at_the_end(objective, at.day);
        // What it speaks of has to be there before it.
        let before = new_owner.into_iter().chain(new_cycle.map(|cycle| Change::Add(cycle.into())));
        Some((id, Change::All(before.chain([Change::Add(objective)]).collect())))
    }
}

#[component]
pub fn NewObjective(cycle: Option<CycleId>, done: Callback<()>) -> Html {
    let workspace = workspace();
    let (plan, today) = (workspace.shown_now(), workspace.day_now());
    let is_open = |cycle: &&Cycle| cycle.span.on(today).end >= today && !plan.is_closed(cycle.id, today);
    let now = plan.cycle_on(today).filter(is_open).map(|cycle| cycle.id);
    let preselected = cycle.or(now).map_or_else(|| NEW.to_owned(), |id| id.to_string());
    let form = Form {
        title: Input::new(""),
        cycle: Input::new(preselected),
        owner: OwnerInput::me(&plan),
        kind: Input::new(kinds().first().map(|(kind, _)| kind.clone()).unwrap_or_default()),
    };
    let cycles = workspace.read(|plan, today| {
        let known = plan.cycles_by_nearness(today);
        let known = known.iter().filter(|it| !plan.is_closed(it.id, today));
        let known = known.map(|it| (it.id.to_string(), it.name.to_string()));
        let new = (NEW.to_owned(), words::new_cycle_option(&quarter_name(plan, today)));
        known.chain([new, (String::new(), words::no_cycle().to_owned())]).collect::<Vec<_>>()
    });
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let Some((id, change)) = form.read(workspace) else { return form.title.focus() };
        match workspace.make(change) {
            Ok(()) => {
                workspace.say(words::objective_added(), Some(Undo::Change));
                open(id, Intent::AddKeyResult);
            }
            Err(error @ ChangeError::Gone(EntityId::Cycle(_))) => form.cycle.error.set(Some(errors::change(error))),
            Err(error) => form.title.error.set(Some(errors::change(error))),
        }
    };
    let heading = uid("new");
    form.title.focus();
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>{words::new_objective()}</h2>
            </header>
            <form
                class="form body"
                novalidate
                on:submit=save
                on:keydown=move |event| {
                    if keys::is_pressed(&event, "Escape") {
                        done.run(());
                    }
                }
            >
                <TextField
                    input=form.title
                    label=words::objective_question()
                    placeholder=words::objective_placeholder()
                    class="all"
                />
                <SelectField input=form.cycle label=words::cycle() options=cycles />
                <OwnerField owner=form.owner />
                <SelectField input=form.kind label=words::kind() options=kinds() />
                <div class="acts">
                    <button class="btn primary">{words::do_add_objective()}</button>
                    <button class="btn" type="button" on:click=move |_| done.run(())>{common::cancel()}</button>
                </div>
            </form>
        </section>
    }
}
