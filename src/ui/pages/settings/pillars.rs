//! The strategic themes.

use bearings_plan::{Change, Edit, Perspective, Pillar, PillarEdit, PillarId};
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
pub fn PillarsCard() -> Html {
    let all = workspace().read(|plan, _| plan.pillars_in_order().iter().map(|it| it.id).collect::<Vec<_>>());
    let adding = RwSignal::new(false);
    let (heading, adder) = (uid("h"), StoredValue::new(uid("add")));
    let close = Callback::new(move |()| {
        adding.set(false);
        page::focus(&adder.get_value());
    });
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>{words::pillars()}</h2>
                <small>{words::pillars_explained()}</small>
            </header>
            <ul class="rows">
                <For each=move || all.get() key=|id| *id children=move |id| view! { <Row id all adder /> } />
            </ul>
            <div class="body">
                {switch(
                    move || adding.get(),
                    move |adds| if *adds {
                        view! { <PillarForm close /> }
                    } else {
                        view! {
                            <button class="btn" type="button" id=adder.get_value() on:click=move |_| adding.set(true)>
                                <Glyph icon=Icon::Plus />
                                {words::add_pillar()}
                            </button>
                        }
                    },
                )}
            </div>
        </section>
    }
}

#[component]
fn Row(id: PillarId, all: Memo<Vec<PillarId>>, adder: StoredValue<String>) -> Html {
    let workspace = workspace();
    let said = workspace.read(move |plan, _| {
        let pillar = plan.pillars.get(id)?;
        let objectives = plan.objectives.iter().filter(|it| *it.pillar == Some(id)).count();
        Some((pillar.name.to_string(), words::pillar_small(*pillar.perspective, objectives)))
    });
    let name = Signal::derive(move || said.get().map(|(name, _)| name).unwrap_or_default());
    let editing = RwSignal::new(false);
    let opener = StoredValue::new(uid("more"));
    let close = Callback::new(move |()| {
        editing.set(false);
        page::focus(&opener.get_value());
    });
    let step = move |up: bool| {
        let Some(rank) = workspace.shown_now().pillar_moved(id, up) else { return };
        workspace.try_to(Change::Edit { edit: Edit::of(id, PillarEdit::rank(rank)), from: None });
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
                view! { <PillarForm existing=id close /> }
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

/// A form for a new pillar or for an `existing` one.
#[component]
fn PillarForm(#[prop(optional)] existing: Option<PillarId>, close: Callback<()>) -> Html {
    let workspace = workspace();
    let before = move || existing.and_then(|id| workspace.shown_now().pillars.shared(id));
    let now = before();
    let name = Input::new(now.as_ref().map(|it| it.name.to_string()).unwrap_or_default());
    let view = Input::new(now.and_then(|it| *it.perspective).map(Perspective::word).unwrap_or_default());
    let none = (String::new(), words::no_perspective().to_owned());
    let options = Perspective::ALL.iter().map(|it| (it.word().to_owned(), words::perspective(*it).to_owned()));
    let options: Vec<_> = [none].into_iter().chain(options).collect();
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(named) = name.name() else { return name.focus() };
        let perspective = view.text.with_untracked(|word| Perspective::from_word(word));
        let change = match before() {
            Some(before) => {
                let edits = [
                    (*before.name != named).then_some(PillarEdit::name(named)),
                    (*before.perspective != perspective).then_some(PillarEdit::perspective(perspective)),
                ];
                let edit = |edit| Change::Edit { edit: Edit::of(before.id, edit), from: None };
                Change::All(edits.into_iter().flatten().map(edit).collect())
            }
            None => {
                let at = workspace.at();
                let mut pillar = Pillar::new(workspace.id(), named, at);
                pillar.perspective = perspective.into();
                Change::Add(workspace.shown_now().at_the_end(pillar, at.day))
            }
        };
        match workspace.make(change) {
            Ok(()) => close.run(()),
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
            <SelectField input=view label=words::perspective_label() options=options />
            <div class="acts">
                <button class="btn primary">
                    {if existing.is_some() { common::save() } else { words::do_add_pillar() }}
                </button>
                <button class="btn" type="button" on:click=move |_| close.run(())>{common::cancel()}</button>
            </div>
        </form>
    }
}
