//! Checking in where one reads: a value, confidence, a note; Enter saves and goes on.

use bearings_plan::{Answer, Bounds, CheckIn, Confidence, Day, Due, LastSaid, Measure, Number, Prose, Unit, Written};
use leptos::{
    ev::SubmitEvent,
    prelude::{component, event_target_checked, event_target_value},
};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::{
    field::{FieldError, NumberControl, NumberInput},
    icon::{Glyph, Icon},
    steps::Steps,
};
use crate::{
    reactive::{Memo, RwSignal, Signal},
    state::{Undo, Workspace, workspace},
    ui::{
        dom::{Html, NodeRef, switch, view},
        lazy,
    },
    web::{intl, keys, page},
    words::{check as words, common, errors, shell},
};

/// What is right of the name.
#[derive(Debug, Clone, PartialEq, Default)]
enum Aim {
    #[default]
    None,
    /// "to 8,000"
    Target(Number),
    /// "at least 8,000"
    Bounds(Bounds),
}

/// What the form needs to know of the thing that is checked in. Not in words: each change of the plan asks for it anew.
#[derive(Debug, Clone, PartialEq, Default)]
struct Subject {
    name: String,
    aim: Aim,
    unit: Unit,
    last: Option<Number>,
    last_day: Option<Day>,
    /// How a value is given.
    answer: Answer,
}

impl Subject {
    fn of(workspace: Workspace, due: Due) -> Memo<Self> {
        workspace.read(move |plan, today| {
            let LastSaid { value, day, heard, .. } = plan.last_said(due, today, &Written::default());
            match due {
                Due::KeyResult(id) => {
                    let Some(key_result) = plan.key_results.get(id) else { return Self::default() };
                    let unit = Unit::clone(&key_result.unit);
                    let answer = plan.answer(key_result, today);
                    let last = value.filter(|_| answer == Answer::Number);
                    let aim = match key_result.measure.on(today) {
                        Measure::Metric { target, .. } => Aim::Target(*target),
                        Measure::Stay { bounds, .. } => Aim::Bounds(bounds.clone()),
                        _ => Aim::None,
                    };
                    let last_day = if last.is_some() { day } else { heard };
                    Self { name: key_result.title.to_string(), aim, unit, last, last_day, answer }
                }
                Due::Kpi(id) => {
                    let Some(kpi) = plan.kpis.get(id) else { return Self::default() };
                    let unit = Unit::clone(&kpi.unit);
                    let target = kpi.target.on(today).as_ref();
                    Self {
                        name: kpi.name.to_string(),
                        aim: target.map(|target| Aim::Bounds(target.bounds.clone())).unwrap_or_default(),
                        unit,
                        last: value,
                        last_day: day,
                        answer: Answer::Number,
                    }
                }
            }
        })
    }
}

/// The id of the heading above the list of what is due.
pub const DUE_HEADING: &str = "due";

/// One thing's check-in or reading, for today. `on_saved` runs after each; by default the cursor goes to the next
/// value of the same list.
#[component]
pub fn Check(due: Due, #[prop(optional)] hide_name: bool) -> Html {
    let workspace = workspace();
    let subject = Subject::of(workspace, due);
    let unit = Signal::derive(move || subject.get().unit);
    let value = NumberInput::new(None, unit, Signal::derive(move || subject.get().last));
    let (confidence, done) = (RwSignal::new(None::<Confidence>), RwSignal::new(false));
    let (note, note_open) = (RwSignal::new(String::new()), RwSignal::new(false));
    let id = value.input.id();
    let note_id = format!("{id}-note");
    let takes_confidence = matches!(due, Due::KeyResult(_));

    let empty = move || {
        value.input.text.set(String::new());
        value.input.error.set(None);
        confidence.set(None);
        done.set(false);
        note.set(String::new());
        note_open.set(false);
    };
    let form_ref = NodeRef::new();
    let saving = RwSignal::new(false);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        if saving.get_untracked() {
            return;
        }
        let Some(number) = value.number_if_any() else { return };
        let Ok(note) = note.with_untracked(|text| Prose::new(text)) else {
            value.input.error.set(Some(errors::text(bearings_plan::TextError::TooLong { max: Prose::MAX })));
            return;
        };
        let entry = Entry { number, done: done.get_untracked(), confidence: confidence.get_untracked(), note };
        // The list may lose this form with the change: note where the cursor goes before it is made.
        let next = form_ref.get().and_then(|form| page::next_field(&form, "form.check"));
        saving.set(true);
        lazy::soon(saved(entry, workspace, due, subject.get_untracked().answer), move |done| {
            saving.set(false);
            match done.unwrap_or_else(|_| Err(shell::not_fetched().to_owned())) {
                Ok(text) => {
                    empty();
                    workspace.say(text, Some(Undo::Change));
                    // Where the form was the last of its list, it may be gone: then its heading is where one goes on.
                    page::focus(next.as_deref().unwrap_or(DUE_HEADING));
                }
                Err(error) => value.input.error.set(Some(error)),
            }
        });
    };
    let read = move || {
        let preview = value.preview();
        if !preview.is_empty() {
            return preview;
        }
        let Subject { last, last_day, unit, .. } = subject.get();
        match (last, last_day) {
            (Some(last), Some(day)) => words::was(&intl::number(last, &unit), &intl::date(day)),
            (Some(last), None) => words::starts_at(&intl::number(last, &unit)),
            (None, Some(day)) => words::last_on(&intl::date(day)),
            (None, None) => words::first_time().to_owned(),
        }
    };
    let answer = move || subject.with(|subject| subject.answer);
    let name = move || subject.with(|subject| subject.name.clone());
    let aim = move || {
        subject.with(|Subject { aim, unit, .. }| match aim {
            Aim::None => String::new(),
            Aim::Target(target) => words::to(&intl::number(*target, unit)),
            Aim::Bounds(bounds) => words::bounds(bounds, unit),
        })
    };
    let placeholder = Signal::derive(move || subject.with(|subject| subject.last.map(intl::bare)).unwrap_or_default());
    let ready = move || value.value().is_some() || confidence.get().is_some() || done.get();
    let control = {
        let id = id.clone();
        switch(answer, move |answer| match answer {
            Answer::Number => view! { <NumberControl number=value placeholder class="num" /> },
            Answer::Done => view! {
                <span class="check-line">
                    <input
                        type="checkbox"
                        id=id.clone()
                        prop:checked=move || done.get()
                        on:change=move |event| done.set(event_target_checked(&event))
                    />
                    <span>{words::done()}</span>
                </span>
            },
            Answer::Silent => view! { <input type="hidden" id=id.clone() /> },
        })
    };
    view! {
        <form class="check" novalidate node_ref=form_ref on:submit=save on:keydown=move |event| {
            if keys::is_pressed(&event, "Escape") {
                empty();
            }
        }>
            <div class="q" class:sr=hide_name>
                <label for=id.clone()>{name}</label>
                <small>{aim}</small>
            </div>
            <div class="row">
                {control}
                {takes_confidence
                    .then(|| view! { <Steps value=confidence label=common::confidence_in(&subject.get_untracked().name) /> })}
                <button
                    class="btn icon"
                    class:primary=ready
                    aria-label=move || words::save_of(&name())
                    title=words::save_hint()
                >
                    <Glyph icon=Icon::Check />
                </button>
            </div>
            <div class="below">
                <output class="read" id=format!("{id}-read") for=id.clone()>{read}</output>
                {takes_confidence
                    .then(|| {
                        let note_id = note_id.clone();
                        view! {
                            <button
                                type="button"
                                class="btn plain"
                                aria-expanded=move || note_open.get().to_string()
                                aria-controls=note_id.clone()
                                on:click=move |_| {
                                    note_open.update(|open| *open = !*open);
                                    if note_open.get_untracked() {
                                        page::focus(&note_id);
                                    }
                                }
                            >
                                <Glyph icon=Icon::Plus />
                                {words::note()}
                            </button>
                        }
                    })}
            </div>
            <FieldError input=value.input />
            <textarea
                id=note_id.clone()
                rows="2"
                aria-label=move || words::note_on(&name())
                placeholder=common::note_placeholder()
                hidden=move || !note_open.get()
                prop:value=move || note.get()
                on:input=move |event| note.set(event_target_value(&event))
            ></textarea>
        </form>
    }
}

/// What was entered.
pub struct Entry {
    number: Option<Number>,
    done: bool,
    confidence: Option<Confidence>,
    note: Prose,
}

/// Saves it for today; gives what to say.
// In a chunk of its own: nobody can enter anything before the first screen is there.
#[wasm_split(save, fallible, preload(fetch_saving))]
pub fn saved(
    entry: Entry,
    workspace: Workspace,
    due: Due,
    answer: Answer,
) -> Result<Result<String, String>, SplitLoaderError> {
    Ok(entry.save(workspace, due, answer))
}

impl Entry {
    fn save(self, workspace: Workspace, due: Due, answer: Answer) -> Result<String, String> {
        let value = match answer {
            Answer::Number => self.number,
            Answer::Done => Some(Number::from_done(self.done)),
            Answer::Silent => None,
        };
        // A reading is a number; a check-in may be a confidence or a note alone.
        let (said, enough) = match due {
            Due::KeyResult(_) => (words::checked_in(), self.confidence.is_some() || !self.note.is_empty()),
            Due::Kpi(_) => (words::read(), false),
        };
        if answer == Answer::Number && value.is_none() && !enough {
            return Err(errors::needs_number().to_owned());
        }
        let row = CheckIn { value, confidence: self.confidence, note: self.note };
        workspace.check_in(due, workspace.day_now(), row, &Written::default()).map_err(errors::change)?;
        Ok(said.to_owned())
    }
}
