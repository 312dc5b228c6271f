//! Who cares for something: one of those who are there, or somebody new.

use bearings_plan::{At, Change, Level, Name, Owner, OwnerId, Plan};
use leptos::prelude::component;

use super::field::{Input, SelectField, TextField};
use crate::{
    state::{Workspace, workspace},
    ui::dom::{Html, view, when},
    words::{common, objectives as words},
};

const NEW_PERSON: &str = "new-person";
const NEW_TEAM: &str = "new-team";

/// A choice of owner, with the name of a new one.
#[derive(Debug, Clone, Copy)]
pub struct OwnerInput {
    choice: Input,
    name: Input,
}

impl OwnerInput {
    pub fn new(owner: Option<OwnerId>) -> Self {
        Self { choice: Input::new(owner.map(|id| id.to_string()).unwrap_or_default()), name: Input::new("") }
    }

    /// Me, if the plan knows me.
    pub fn me(plan: &Plan) -> Self {
        Self::new(plan.owners.iter().find(|owner| owner.name.as_str() == common::me()).map(|owner| owner.id))
    }

    /// The owner, and the change that makes a new one; none where a name is missing, which the field then says.
    pub fn read(&self, workspace: Workspace, at: At) -> Option<(Option<OwnerId>, Option<Change>)> {
        let level = match self.choice.text.get_untracked().as_str() {
            NEW_PERSON => Level::Person,
            NEW_TEAM => Level::Team,
            id => return Some((id.parse().ok(), None)),
        };
        let name: Name = self.name.name()?;
        let plan = workspace.shown_now();
        if let Some(there) = plan.owners.iter().find(|owner| *owner.name == name) {
            return Some((Some(there.id), None));
        }
        let owner = Owner::new(workspace.id(), name, level, at);
        let id = owner.id;
        let owner = plan.at_the_end(owner, at.day);
        Some((Some(id), Some(Change::Add(owner))))
    }

    /// Its fields, for those who send the cursor to what is wrong.
    pub const fn inputs(&self) -> [Input; 2] {
        [self.choice, self.name]
    }

    /// Whether somebody new is asked for.
    fn is_new(&self) -> bool {
        self.choice.text.with(|choice| matches!(choice.as_str(), NEW_PERSON | NEW_TEAM))
    }
}

/// The choice, and the field for a new name while it is needed.
#[component]
pub fn OwnerField(owner: OwnerInput) -> Html {
    let options = workspace().read(|plan, _| {
        let owners = plan.owners_in_order();
        let nobody = (String::new(), common::nobody().to_owned());
        let known = owners.iter().map(|owner| (owner.id.to_string(), owner.name.to_string()));
        let new = [(NEW_PERSON, words::new_person()), (NEW_TEAM, words::new_team())];
        let new = new.map(|(value, word)| (value.to_owned(), word.to_owned()));
        [nobody].into_iter().chain(known).chain(new).collect::<Vec<_>>()
    });
    view! {
        <SelectField input=owner.choice label=words::owner() options=options />
        {when(move || owner.is_new(), move || view! { <TextField input=owner.name label=words::owner_name() /> })}
    }
}
