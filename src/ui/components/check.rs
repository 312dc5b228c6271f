//! Checking in where one reads: a value, confidence, a note; Enter saves and goes on.

use bearings_plan::{
    Answer, Bounds, Confidence, Day, Draft, Due, LastSaid, Measure, Number, Unit, Written, quantity::Quantity,
};
use leptos::{
    ev::SubmitEvent,
    prelude::{component, event_target_checked},
};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::{
    doubt::{Doubt, DoubtView, Doubtful, Likely},
    field::{FieldError, Input, NumberControl, NumberInput, described, invalid},
    icon::{Glyph, Icon},
    steps::Steps,
};
use crate::{
    reactive::{Callback, Effect, Memo, RwSignal, Signal},
    state::{Undo, Workspace, workspace},
    ui::{
        dom::{Html, NodeRef, switch, view, when},
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
    /// Whether it is done, of what is done or not.
    done: bool,
}

impl Subject {
    fn of(workspace: Workspace, due: Due) -> Memo<Self> {
        workspace.read(move |plan, today| {
            let last_said = plan.last_said(due, today, &Written::default());
            let done = last_said.is_done();
            let LastSaid { value, day, heard, .. } = last_said;
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
                    Self { name: key_result.title.to_string(), aim, unit, last, last_day, answer, done }
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
                        done: false,
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
    let (note, note_open) = (Input::new(""), RwSignal::new(false));
    let doubt = Doubt::new();
    let id = value.input.id();
    let takes_confidence = matches!(due, Due::KeyResult(_));
    // The box shows what is so, until one ticks it.
    let was_done = Memo::new(move || subject.with(|subject| subject.done));
    Effect::run(move || done.set(was_done.get()));

    let empty = move || {
        for input in [value.input, note] {
            input.text.set(String::new());
            input.error.set(None);
        }
        confidence.set(None);
        done.set(was_done.get_untracked());
        note_open.set(false);
        doubt.end();
    };
    let form_ref = NodeRef::new();
    let saving = RwSignal::new(false);
    let save = move || {
        if saving.get_untracked() {
            return;
        }
        let (Some(number), Some(said)) = (value.number_if_any(), note.prose()) else { return };
        let (done, confidence) = (done.get_untracked(), confidence.get_untracked());
        let Subject { answer, unit, .. } = subject.get_untracked();
        let draft = Draft { value: number, done, confidence, note: said };
        let entry = Entry { draft, typed: value.typed_now(), answer, unit, doubt };
        // The list may lose this form with the change: note where the cursor goes before it is made.
        let next = form_ref.get().and_then(|form| page::next_field(&form, "form.check"));
        saving.set(true);
        lazy::soon(saved(entry, workspace, due), move |done| {
            saving.set(false);
            match done.unwrap_or_else(|_| Err(shell::not_fetched().to_owned())) {
                Ok(Saved::Said(text)) => {
                    empty();
                    workspace.say(text, Some(Undo::Change));
                    // Where the form was the last of its list, it may be gone: then its heading is where one goes on.
                    page::focus(next.as_deref().unwrap_or(DUE_HEADING));
                }
                Ok(Saved::Asked) => {}
                Err(error) => value.input.error.set(Some(error)),
            }
        });
    };
    let choose = Callback::new(move |likely| {
        if let Likely::Value(likely) = likely {
            value.hold(likely);
        }
        save();
    });
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
        <form
            class="check"
            novalidate
            // A past day is only shown; what is half typed waits.
            hidden=move || workspace.is_past()
            node_ref=form_ref
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                save();
            }
            on:input=move |_| doubt.withdraw()
            on:keydown=move |event| {
                if keys::is_pressed(&event, "Escape") {
                    empty();
                }
            }
        >
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
                        view! {
                            <button
                                type="button"
                                class="btn plain"
                                aria-expanded=move || note_open.get().to_string()
                                aria-controls=note.id()
                                on:click=move |_| {
                                    note_open.update(|open| *open = !*open);
                                    if note_open.get_untracked() {
                                        note.focus();
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
                id=note.id()
                rows="2"
                aria-label=move || words::note_on(&name())
                aria-invalid=invalid(note)
                aria-describedby=described(note, false)
                placeholder=common::note_placeholder()
                hidden=move || !note_open.get()
                prop:value=move || note.text.get()
                on:input=move |event| note.take(&event)
            ></textarea>
            <FieldError input=note />
            <DoubtView doubt choose />
        </form>
        {when(
            move || workspace.is_past() && !hide_name,
            move || view! { <p class="told"><b>{name}</b> " " {read}</p> },
        )}
    }
}

/// What was entered.
pub struct Entry {
    draft: Draft,
    /// The number as typed, and what it comes to.
    typed: Option<(Quantity, Number)>,
    answer: Answer,
    unit: Unit,
    doubt: Doubt,
}

/// What became of it.
pub enum Saved {
    /// It is saved; this is to be said.
    Said(String),
    /// Something about it is odd, and is asked.
    Asked,
}

/// Saves it for today, unless something about it is to be asked or is missing.
// In a chunk of its own: nobody can enter anything before the first screen is there.
#[wasm_split(save, fallible, preload(fetch_saving))]
pub fn saved(entry: Entry, workspace: Workspace, due: Due) -> Result<Result<Saved, String>, SplitLoaderError> {
    Ok(entry.save(workspace, due))
}

impl Entry {
    fn save(self, workspace: Workspace, due: Due) -> Result<Saved, String> {
        let Self { draft, typed, answer, unit, doubt } = self;
        let (day, except) = (workspace.day_now(), &Written::default());
        let last = workspace.shown_now().last_said(due, day, except);
        let row = draft
            .complete(due, answer, &last, None)
            .map_err(|missing| words::incomplete(missing, answer).to_owned())?;
        let value = typed.filter(|_| answer == Answer::Number);
        if !doubt.lets_pass(&Doubtful { of: due, value, unit: &unit, day, dated: false, except }, workspace) {
            return Ok(Saved::Asked);
        }
        workspace.check_in(due, day, row, except).map_err(errors::change)?;
        let said = if matches!(due, Due::KeyResult(_)) { words::checked_in() } else { words::read() };
        Ok(Saved::Said(said.to_owned()))
    }
}
