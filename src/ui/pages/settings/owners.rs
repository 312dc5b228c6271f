//! The people and teams: who cares for what, and who belongs to whom.

use bearings_plan::{Change, ChangeError, Edit, Invalid, Level, Owner, OwnerEdit, OwnerId};
use leptos::{ev::SubmitEvent, prelude::component};

use crate::{
    reactive::{Callback, Memo, RwSignal, Signal, StoredValue},
    state::workspace,
    ui::{
        components::{
            button::{Choice, Menu},
            field::{Input, SelectField, TextField},
            icon::{Glyph, Icon},
            uid,
        },
        dom::{Html, switch, view},
    },
    web::page,
    words::{common, errors, frame as words, objectives},
};

#[component]
pub fn OwnersCard() -> Html {
    let all = workspace().read(|plan, _| plan.owners_in_order().iter().map(|it| it.id).collect::<Vec<_>>());
    let adding = RwSignal::new(false);
    let (heading, adder) = (uid("h"), StoredValue::new(uid("add")));
    let close = Callback::new(move |()| {
        adding.set(false);
        page::focus(&adder.get_value());
    });
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>{words::people()}</h2>
                <small>{words::people_explained()}</small>
            </header>
            <ul class="rows">
                <For each=move || all.get() key=|id| *id children=move |id| view! { <Row id all adder /> } />
            </ul>
            <div class="body">
                {switch(
                    move || adding.get(),
                    move |adds| if *adds {
                        view! { <OwnerForm close /> }
                    } else {
                        view! {
                            <button class="btn" type="button" id=adder.get_value() on:click=move |_| adding.set(true)>
                                <Glyph icon=Icon::Plus />
                                {words::add_owner()}
                            </button>
                        }
                    },
                )}
            </div>
        </section>
    }
}

#[component]
fn Row(id: OwnerId, all: Memo<Vec<OwnerId>>, adder: StoredValue<String>) -> Html {
    let workspace = workspace();
    let said = workspace.read(move |plan, _| {
        let owner = plan.owners.get(id)?;
        let team = plan.team_of(id).and_then(|id| plan.owners.get(id)).map(|team| team.name.to_string());
        Some((owner.name.to_string(), words::owner_small(*owner.level, team)))
    });
    let name = Signal::derive(move || said.get().map(|(name, _)| name).unwrap_or_default());
    let editing = RwSignal::new(false);
    let opener = StoredValue::new(uid("more"));
    let close = Callback::new(move |()| {
        editing.set(false);
        page::focus(&opener.get_value());
    });
    let step = move |up: bool| {
        let Some(rank) = workspace.shown_now().owner_moved(id, up) else { return };
        workspace.try_to(Change::Edit { edit: Edit::of(id, OwnerEdit::rank(rank)), from: None });
        // A row that moves loses the cursor.
        page::focus(&opener.get_value());
    };
    let delete = move || {
        workspace.delete(id, objectives::deleted(&name.get_untracked()));
        page::focus(&adder.get_value());
    };
    let has_above = Signal::derive(move || all.with(|all| all.first() != Some(&id)));
    let has_below = Signal::derive(move || all.with(|all| all.last() != Some(&id)));
    let choices = move || {
        vec![
            Choice::new(Icon::Edit, common::edit(), move || editing.set(true)),
            Choice::new(Icon::Up, common::move_up(), move || step(true)).enabled(has_above),
            Choice::new(Icon::Down, common::move_down(), move || step(false)).enabled(has_below),
            Choice::new(Icon::Delete, common::delete(), delete).apart(),
        ]
    };
    view! {
        <li>
            {switch(move || editing.get(), move |edits| if *edits {
                view! { <OwnerForm existing=id close /> }
            } else {
                view! {
                    <div>
                        <h3>{move || name.get()}</h3>
                        <p>{move || said.get().map(|(_, small)| small)}</p>
                    </div>
                    <div class="acts">
                        <Menu of=name choices=choices() opener=opener.get_value() />
                    </div>
                }
            })}
        </li>
    }
}

/// A form for a new owner or for an `existing` one.
#[component]
fn OwnerForm(#[prop(optional)] existing: Option<OwnerId>, close: Callback<()>) -> Html {
    let workspace = workspace();
    let before = move || existing.and_then(|id| workspace.shown_now().owners.shared(id));
    let now = before();
    let name = Input::new(now.as_ref().map(|it| it.name.to_string()).unwrap_or_default());
    let level = Input::new(now.as_ref().map_or(Level::Person, |it| *it.level).word());
    let parent = Input::new(now.and_then(|it| *it.parent).map(|id| id.to_string()).unwrap_or_default());
    let levels: Vec<_> = Level::ALL.iter().map(|it| (it.word().to_owned(), words::level(*it).to_owned())).collect();
    let teams = workspace.read(move |plan, _| {
        let none = (String::new(), words::no_team().to_owned());
        let all = plan.owners_in_order();
        let others = all.iter().filter(|it| Some(it.id) != existing && *it.level != Level::Person);
        [none].into_iter().chain(others.map(|it| (it.id.to_string(), it.name.to_string()))).collect::<Vec<_>>()
    });
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(named) = name.name() else { return name.focus() };
        let stands_for = level.text.with_untracked(|word| Level::from_word(word)).unwrap_or(Level::Person);
        let team = parent.text.with_untracked(|id| id.parse().ok());
        let change = match before() {
            Some(before) => {
                let edits = [
                    (*before.name != named).then_some(OwnerEdit::name(named)),
                    (*before.level != stands_for).then_some(OwnerEdit::level(stands_for)),
                    (*before.parent != team).then_some(OwnerEdit::parent(team)),
                ];
                let edit = |edit| Change::Edit { edit: Edit::of(before.id, edit), from: None };
                Change::All(edits.into_iter().flatten().map(edit).collect())
            }
            None => {
                let at = workspace.at();
                let mut owner = Owner::new(workspace.id(), named, stands_for, at);
                owner.parent = team.into();
                Change::Add(workspace.shown_now().at_the_end(owner, at.day))
            }
        };
        match workspace.make(change) {
            Ok(()) => close.run(()),
            Err(error @ ChangeError::Invalid(Invalid::Circle)) => parent.error.set(Some(errors::change(error))),
            Err(error) => name.error.set(Some(errors::change(error))),
        }
    };
    name.focus();
    view! {
        <form
            class="form"
            novalidate
            on:submit=save
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    close.run(());
                }
            }
        >
            <TextField input=name label=objectives::name() />
            <SelectField input=level label=words::level_label() options=levels />
            <SelectField input=parent label=words::belongs_to() options=teams />
            <div class="acts">
                <button class="btn primary">
                    {if existing.is_some() { common::save() } else { words::do_add_owner() }}
                </button>
                <button class="btn" type="button" on:click=move |_| close.run(())>{common::cancel()}</button>
            </div>
        </form>
    }
}
