//! What is done to get there: added, moved along, edited, deleted. None of it moves progress by itself.

use bearings_plan::{
    Change, Day, Edit, Goal, Initiative, InitiativeEdit, InitiativeId, InitiativeState, ObjectiveId, Plan,
};
use leptos::prelude::{component, event_target_value};

use crate::{
    reactive::{Callback, Memo, RwSignal, Signal, StoredValue},
    state::workspace,
    ui::{
        components::{
            adder::{Adder, AdderButton},
            button::{Choice, Menu},
            field::{DateField, Input, SelectField, TextField},
            form::EditForm,
            history::is_history,
            icon::Icon,
            owner::{OwnerField, OwnerInput},
            uid,
        },
        dom::{CollectHtml as _, Html, switch, view, when},
    },
    web::page,
    words::{common, errors, initiatives as words, objectives},
};

/// Every initiative of an objective and of its key results, those of the objective first.
fn all(plan: &Plan, objective: ObjectiveId, today: Day) -> Vec<InitiativeId> {
    let own = goals(plan, objective, today).into_iter().flat_map(|(goal, _)| plan.initiatives_of(&goal));
    own.map(|initiative| initiative.id).collect()
}

/// What an initiative may be for: the objective as a whole, or one of its key results.
fn goals(plan: &Plan, objective: ObjectiveId, today: Day) -> Vec<(Goal, String)> {
    let whole = (Goal::Objective { id: objective }, words::whole_objective().to_owned());
    let key_results = plan.key_results_of(objective, today);
    let each = key_results.iter().map(|it| (Goal::KeyResult { id: it.id }, it.title.to_string()));
    [whole].into_iter().chain(each).collect()
}

#[component]
pub fn InitiativesCard(id: ObjectiveId) -> Html {
    let all = workspace().read(move |plan, today| all(plan, id, today));
    let (heading, adder) = (uid("h"), Adder::new());
    let form = move |close| view! { <InitiativeForm of=id close /> };
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>{words::initiatives()}</h2>
                <small>{words::initiatives_explained()}</small>
            </header>
            <ul class="rows">
                <For each=move || all.get() key=|id| *id children=move |one| view! { <Row id=one of=id adder /> } />
            </ul>
            {(!is_history()).then(|| view! {
                <div class="body">
                    <AdderButton adder label=words::add() class="plain" form />
                </div>
            })}
        </section>
    }
}

#[component]
fn Row(id: InitiativeId, of: ObjectiveId, adder: Adder) -> Html {
    let workspace = workspace();
    let said = workspace.read(move |plan, today| {
        let initiative = plan.initiatives.get(id)?;
        let owner = initiative.owner.and_then(|id| plan.owners.get(id)).map(|owner| owner.name.to_string());
        let goal = match *initiative.goal {
            Goal::KeyResult { id } => plan.key_results.get(id).map(|it| it.title.to_string()),
            Goal::Objective { .. } => None,
        };
        let state = *initiative.state.on(today);
        let late = initiative.is_late(today);
        Some((initiative.title.to_string(), words::small(goal, owner, *initiative.due, late), state))
    });
    let title = Signal::derive(move || said.get().map(|(title, ..)| title).unwrap_or_default());
    let state = Memo::new(move || said.get().map_or(InitiativeState::Todo, |(.., state)| state));
    let editing = RwSignal::new(false);
    let opener = StoredValue::new(uid("more"));
    let close = Callback::new(move |()| {
        editing.set(false);
        page::focus(&opener.get_value());
    });
    let delete = move || {
        workspace.delete(id, objectives::deleted(&title.get_untracked()));
        adder.focus();
    };
    let change = move |event: leptos::ev::Event| {
        let Some(state) = InitiativeState::from_word(&event_target_value(&event)) else { return };
        workspace.try_to(Change::Edit { edit: Edit::of(id, InitiativeEdit::state(state)), from: None });
    };
    let options = move || {
        let option = |of: InitiativeState| {
            let selected = move || state.get() == of;
            view! { <option value=of.word() prop:selected=selected>{words::state(of)}</option> }
        };
        InitiativeState::ALL.iter().copied().map(option).collect_html()
    };
    let choices = move || {
        vec![
            Choice::new(Icon::Edit, common::edit(), move || editing.set(true)),
            Choice::new(Icon::Delete, common::delete(), delete).apart(),
        ]
    };
    let history = is_history();
    let acts = move || {
        if history {
            return view! { <small>{move || words::state(state.get())}</small> };
        }
        view! {
            <select aria-label=move || words::state_of(&title.get()) on:change=change>{options()}</select>
            <Menu of=title choices=choices() opener=opener.get_value() />
        }
    };
    view! {
        <li>
            {switch(move || editing.get(), move |edits| if *edits {
                view! { <InitiativeForm of existing=id close /> }
            } else {
                view! {
                    <div>
                        <h3 class:gone=move || state.get() == InitiativeState::Dropped>{move || title.get()}</h3>
                        <p>{move || said.get().map(|(_, small, _)| small)}</p>
                    </div>
                    // On paper there are no controls, and the state is no control there.
                    <small class="paper">{move || words::state(state.get())}</small>
                    <div class="acts">{acts()}</div>
                }
            })}
        </li>
    }
}

/// A form for a new initiative or for an `existing` one.
#[component]
fn InitiativeForm(of: ObjectiveId, #[prop(optional)] existing: Option<InitiativeId>, close: Callback<()>) -> Html {
    let workspace = workspace();
    let before = move || existing.and_then(|id| workspace.shown_now().initiatives.shared(id));
    let now = before();
    let text = |text: fn(&Initiative) -> String| now.as_deref().map(text).unwrap_or_default();
    let (title, due) = (Input::new(text(|it| it.title.to_string())), Input::new(text(due_of)));
    let goal = Input::new(now.as_ref().map_or_else(String::new, |it| goal_word(&it.goal)));
    let owner = match &now {
        Some(before) => OwnerInput::new(*before.owner),
        None => OwnerInput::me(&workspace.shown_now()),
    };
    let goals = workspace.read(move |plan, today| goals(plan, of, today));
    let options = Memo::new(move || {
        goals.with(|goals| goals.iter().map(|(goal, name)| (goal_word(goal), name.clone())).collect::<Vec<_>>())
    });
    let save = Callback::new(move |()| {
        let at = workspace.at();
        let (name, day, carer) = (title.name(), due.day_if_any(), owner.read(workspace, at));
        let (Some(name), Some(day), Some((carer, new_owner))) = (name, day, carer) else { return title.focus() };
        let word = goal.text.get_untracked();
        let chosen = goals.with_untracked(|all| all.iter().find(|(goal, _)| goal_word(goal) == word).cloned());
        let target = chosen.map_or(Goal::Objective { id: of }, |(goal, _)| goal);
        let changes: Vec<_> = match before() {
            Some(before) => {
                let edits = [
                    (*before.title != name).then_some(InitiativeEdit::title(name)),
                    (*before.goal != target).then_some(InitiativeEdit::goal(target)),
                    (*before.owner != carer).then_some(InitiativeEdit::owner(carer)),
                    (*before.due != day).then_some(InitiativeEdit::due(day)),
                ];
                let change = |edit| Change::Edit { edit: Edit::of(before.id, edit), from: None };
                edits.into_iter().flatten().map(change).collect()
            }
            None => {
                let mut new = Initiative::new(workspace.id(), target, name, at);
                new.owner = carer.into();
                new.due = day.into();
                vec![Change::Add(workspace.shown_now().at_the_end(new, at.day))]
            }
        };
        let changes: Vec<_> = new_owner.into_iter().chain(changes).collect();
        let made = if changes.is_empty() { Ok(()) } else { workspace.make(Change::All(changes)) };
        match made {
            Ok(()) => close.run(()),
            Err(error) => title.error.set(Some(errors::change(error))),
        }
    });
    title.focus();
    let several = move || options.with(|options| options.len() > 1);
    let confirm = if existing.is_some() { common::save() } else { words::do_add() };
    view! {
        <EditForm save close confirm class="all">
            <TextField input=title label=words::what() placeholder=words::what_placeholder() class="all" />
            {when(several, move || view! { <SelectField input=goal label=words::goal() options=options /> })}
            <OwnerField owner />
            <DateField input=due label=objectives::due() hint=common::optional() />
        </EditForm>
    }
}

fn due_of(initiative: &Initiative) -> String {
    initiative.due.map(|due| due.to_string()).unwrap_or_default()
}

/// How a goal is told apart among the options: nothing for the objective as a whole.
fn goal_word(goal: &Goal) -> String {
    match goal {
        Goal::Objective { .. } => String::new(),
        Goal::KeyResult { id } => id.to_string(),
    }
}
