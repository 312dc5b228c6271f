//! The ultimate goal, and the rhythm in which the plan is kept.

use bearings_plan::{Bands, Cadence, Change, ChangeError, Edit, Frame, FrameEdit, Invalid, Month, Number, Unit};
use leptos::{ev::SubmitEvent, prelude::component};

use crate::{
    state::workspace,
    ui::{
        components::{
            field::{Input, NumberField, NumberInput, SelectField, TextArea, TextField},
            uid,
        },
        dom::{Html, view},
    },
    web::intl,
    words::{common, errors, frame as words, objectives},
};

/// The fields.
#[derive(Debug, Clone, Copy)]
struct Form {
    name: Input,
    mission: Input,
    cadence: Input,
    fiscal_start: Input,
    attention: NumberInput,
    off_track: NumberInput,
}

impl Form {
    fn new(frame: &Frame, today: bearings_plan::Day) -> Self {
        let percent =
            |share: Number| NumberInput::new(Some(Bands::percent(share)), Unit::new("%").unwrap_or_default(), None);
        let bands = frame.bands.on(today);
        Self {
            name: Input::new(frame.name.as_str()),
            mission: Input::new(frame.mission.as_str()),
            cadence: Input::new(frame.cadence.on(today).word()),
            fiscal_start: Input::new(frame.fiscal_start.on(today).get().to_string()),
            attention: percent(bands.attention),
            off_track: percent(bands.off_track),
        }
    }

    /// The edits of what was changed; none where something is wrong, which its field then says.
    fn read(&self, before: &Frame, today: bearings_plan::Day) -> Option<Vec<Change>> {
        let (name, mission) = (self.name.name(), self.mission.prose());
        let (attention, off_track) = (self.attention.number(), self.off_track.number());
        let cadence = self.cadence.text.with_untracked(|word| Cadence::from_word(word))?;
        let month = self.fiscal_start.text.with_untracked(|month| month.parse().ok());
        let month = month.and_then(|month| Month::new(month).ok())?;
        let (name, mission, attention, off_track) = (name?, mission?, attention?, off_track?);
        let bands = match Bands::of_percent(attention, off_track) {
            Ok(bands) => bands,
            Err(error) => {
                self.say(ChangeError::Invalid(error));
                return None;
            }
        };
        let edits = [
            (*before.name != name).then_some(FrameEdit::name(name)),
            (*before.mission != mission).then_some(FrameEdit::mission(mission)),
            (*before.cadence.on(today) != cadence).then_some(FrameEdit::cadence(cadence)),
            (*before.fiscal_start.on(today) != month).then_some(FrameEdit::fiscal_start(month)),
            (*before.bands.on(today) != bands).then_some(FrameEdit::bands(bands)),
        ];
        Some(edits.into_iter().flatten().map(|edit| Change::Edit { edit: Edit::frame(edit), from: None }).collect())
    }

    fn say(&self, error: ChangeError) {
        let input = match error {
            ChangeError::Invalid(Invalid::Bands) => self.off_track.input,
            _ => self.name,
        };
        input.error.set(Some(errors::change(error)));
        input.focus();
    }
}

#[component]
pub fn FrameCard() -> Html {
    let workspace = workspace();
    let form = Form::new(&workspace.shown_now().frame, workspace.day_now());
    let cadences: Vec<_> =
        Cadence::ALL.iter().map(|it| (it.word().to_owned(), common::cadence(*it).to_owned())).collect();
    let months: Vec<_> = (1..=12).map(|month| (month.to_string(), intl::month_name(month))).collect();
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(changes) = form.read(&workspace.shown_now().frame, workspace.day_now()) else { return };
        if changes.is_empty() {
            return;
        }
        match workspace.make(Change::All(changes)) {
            Ok(()) => workspace.say(words::saved(), Some(crate::state::Undo::Change)),
            Err(error) => form.say(error),
        }
    };
    let heading = uid("h");
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>{words::frame()}</h2>
            </header>
            <form class="form body" novalidate on:submit=save>
                <TextField input=form.name label=objectives::name() />
                <TextArea
                    input=form.mission
                    label=words::mission()
                    placeholder=words::mission_placeholder()
                    class="all"
                />
                <SelectField input=form.cadence label=words::cadence() options=cadences />
                <SelectField input=form.fiscal_start label=words::fiscal_start() options=months />
                <NumberField number=form.attention label=words::attention() />
                <NumberField number=form.off_track label=words::off_track() />
                <div class="acts">
                    <button class="btn primary">{common::save()}</button>
                </div>
            </form>
        </section>
    }
}
