//! A status that somebody gives in place of the computed one, with a note.

use bearings_plan::{Change, ChangeError, Edit, EntityId, Invalid, KeyResultEdit, ObjectiveEdit, Override, Status};
use leptos::prelude::component;

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
    words::{common, errors, objectives as words},
};

/// What was judged, beside what is computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    note: String,
    computed: Status,
}

impl Judged {
    pub fn of(judged: Option<&Override>, computed: Status) -> Option<Self> {
        judged.map(|judged| Self { note: judged.note.to_string(), computed })
    }

    /// Both, in a sentence.
    pub fn told(&self) -> String {
        words::judged(self.computed, &self.note)
    }
}

/// The form for an objective or a key result.
#[component]
pub fn JudgeForm(of: EntityId, close: Callback<()>) -> Html {
    let workspace = workspace();
    let (plan, today) = (workspace.shown_now(), workspace.day_now());
    let before = match of {
        EntityId::Objective(id) => plan.objectives.get(id).and_then(|it| it.judged.on(today).clone()),
        EntityId::KeyResult(id) => plan.key_results.get(id).and_then(|it| it.judged.on(today).clone()),
        _ => None,
    };
    let status = Input::new(before.as_ref().map(|before| before.status.word()).unwrap_or_default());
    let note = Input::new(before.map(|before| before.note.to_string()).unwrap_or_default());
    let options = [(String::new(), words::as_computed().to_owned())].into_iter();
    let options: Vec<_> =
        options.chain(Status::ALL.iter().map(|it| (it.word().to_owned(), common::status(*it).to_owned()))).collect();
    let save = Callback::new(move |()| {
        let chosen = status.text.with_untracked(|word| Status::from_word(word));
        let Some(text) = note.prose() else { return note.focus() };
        let judged = chosen.map(|status| Override { status, note: text });
        let edit = match of {
            EntityId::Objective(id) => Edit::of(id, ObjectiveEdit::judged(judged)),
            EntityId::KeyResult(id) => Edit::of(id, KeyResultEdit::judged(judged)),
            _ => return close.run(()),
        };
        match workspace.make(Change::Edit { edit, from: None }) {
            Ok(()) => close.run(()),
            Err(ChangeError::Invalid(Invalid::OverrideWithoutNote)) => {
                note.error.set(Some(errors::needed().to_owned()));
                note.focus();
            }
            Err(error) => status.error.set(Some(errors::change(error))),
        }
    });
    status.focus();
    view! {
        <EditForm save close confirm=common::save()>
            <SelectField input=status label=words::judged_by() options=options />
            <TextField input=note label=words::why_so() class="all" />
        </EditForm>
    }
}
