//! The theme that something belongs to: one of those that are there, or a new one.

use bearings_plan::{At, Change, Name, Pillar, PillarId};
use leptos::prelude::component;

use super::field::{Input, SelectField, TextField};
use crate::{
    state::{Workspace, workspace},
    ui::dom::{Html, view, when},
    words::frame as words,
};

const NEW: &str = "new";

/// A choice of pillar, with the name of a new one.
#[derive(Debug, Clone, Copy)]
pub struct PillarInput {
    choice: Input,
    name: Input,
}

impl PillarInput {
    pub fn new(pillar: Option<PillarId>) -> Self {
        Self { choice: Input::new(pillar.map(|id| id.to_string()).unwrap_or_default()), name: Input::new("") }
    }

    /// The pillar, and the change that makes a new one; none where a name is missing, which the field then says.
    pub fn read(&self, workspace: Workspace, at: At) -> Option<(Option<PillarId>, Option<Change>)> {
        let choice = self.choice.text.get_untracked();
        if choice != NEW {
            return Some((choice.parse().ok(), None));
        }
        let name: Name = self.name.name()?;
        let plan = workspace.shown_now();
        if let Some(there) = plan.pillars.iter().find(|pillar| *pillar.name == name) {
            return Some((Some(there.id), None));
        }
        let pillar = Pillar::new(workspace.id(), name, at);
        Some((Some(pillar.id), Some(Change::Add(plan.at_the_end(pillar, at.day)))))
    }
}

/// The choice, and the field for a new name while it is needed.
#[component]
pub fn PillarField(pillar: PillarInput) -> Html {
    let options = workspace().read(|plan, _| {
        let none = (String::new(), words::no_pillar().to_owned());
        let pillars = plan.pillars_in_order();
        let known = pillars.iter().map(|pillar| (pillar.id.to_string(), pillar.name.to_string()));
        [none].into_iter().chain(known).chain([(NEW.to_owned(), words::new_pillar().to_owned())]).collect::<Vec<_>>()
    });
    let is_new = move || pillar.choice.text.with(|choice| choice == NEW);
    view! {
        <SelectField input=pillar.choice label=words::pillar() options=options />
        {when(is_new, move || view! { <TextField input=pillar.name label=words::pillar_name() /> })}
    }
}
