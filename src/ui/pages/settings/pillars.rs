//! The strategic themes.

use bearings_plan::{Change, Edit, Perspective, Pillar, PillarEdit, PillarId, Plan};
use leptos::prelude::component;

use super::list::{Listed, list};
use crate::{
    reactive::Callback,
    state::workspace,
    ui::{
        components::{
            field::{Input, SelectField, TextField},
            form::EditForm,
        },
        dom::{Html, view},
    },
    words::{common, errors, frame as words, objectives},
};

#[component]
pub fn PillarsCard() -> Html {
    list(Listed {
        ids: workspace().read(|plan, _| plan.pillars_in_order().iter().map(|it| it.id).collect::<Vec<_>>()),
        title: words::pillars(),
        explained: words::pillars_explained(),
        add: words::add_pillar(),
        small,
        moved: |plan, id, up| Some(Edit::of(id, PillarEdit::rank(plan.pillar_moved(id, up)?))),
        form: |existing, close| view! { <PillarForm existing close /> },
    })
}

fn small(plan: &Plan, id: PillarId) -> String {
    let view = plan.pillars.get(id).and_then(|pillar| *pillar.perspective);
    words::pillar_small(view, plan.served_by(id))
}

/// A form for a new pillar or for an `existing` one.
#[component]
fn PillarForm(existing: Option<PillarId>, close: Callback<()>) -> Html {
    let workspace = workspace();
    let before = move || existing.and_then(|id| workspace.shown_now().pillars.shared(id));
    let now = before();
    let name = Input::new(now.as_ref().map(|it| it.name.to_string()).unwrap_or_default());
    let view = Input::new(now.and_then(|it| *it.perspective).map(Perspective::word).unwrap_or_default());
    let none = (String::new(), words::no_perspective().to_owned());
    let options = Perspective::ALL.iter().map(|it| (it.word().to_owned(), words::perspective(*it).to_owned()));
    let options: Vec<_> = [none].into_iter().chain(options).collect();
    let save = Callback::new(move |()| {
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
    });
    name.focus();
    let confirm = if existing.is_some() { common::save() } else { words::do_add_pillar() };
    view! {
        <EditForm save close confirm>
            <TextField input=name label=objectives::name() />
            <SelectField input=view label=words::perspective_label() options=options />
        </EditForm>
    }
}
