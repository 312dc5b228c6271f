//! The people and teams: who cares for what, and who belongs to whom.

use bearings_plan::{Change, ChangeError, Edit, Invalid, Level, Owner, OwnerEdit, OwnerId, Plan};
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
pub fn OwnersCard() -> Html {
    list(Listed {
        ids: workspace().read(|plan, _| plan.owners_in_order().iter().map(|it| it.id).collect::<Vec<_>>()),
        title: words::people(),
        explained: words::people_explained(),
        add: words::add_owner(),
        small,
        moved: |plan, id, up| Some(Edit::of(id, OwnerEdit::rank(plan.owner_moved(id, up)?))),
        form: |existing, close| view! { <OwnerForm existing close /> },
    })
}

fn small(plan: &Plan, id: OwnerId) -> String {
    let team = plan.team_of(id).and_then(|id| plan.owners.get(id)).map(|team| team.name.to_string());
    plan.owners.get(id).map(|owner| words::owner_small(*owner.level, team)).unwrap_or_default()
}

/// A form for a new owner or for an `existing` one.
#[component]
fn OwnerForm(existing: Option<OwnerId>, close: Callback<()>) -> Html {
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
    let save = Callback::new(move |()| {
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
    });
    name.focus();
    let confirm = if existing.is_some() { common::save() } else { words::do_add_owner() };
    view! {
        <EditForm save close confirm>
            <TextField input=name label=objectives::name() />
            <SelectField input=level label=words::level_label() options=levels />
            <SelectField input=parent label=words::belongs_to() options=teams />
        </EditForm>
    }
}
