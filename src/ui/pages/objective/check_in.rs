//! Checking in on any key result of an objective, for any day up to today.

use bearings_plan::{
    Answer, Change, CheckIn, Confidence, Day, Due, EntryKey, KeyResult, KeyResultId, LastSaid, Number, ObjectiveId,
    Unit, Written,
};
use leptos::{
    ev::SubmitEvent,
    prelude::{component, event_target_checked},
};

use crate::{
    reactive::{Effect, Memo, RwSignal, Signal},
    state::{Undo, Workspace, workspace},
    ui::{
        components::{
            field::{DateField, Field, Input, NumberControl, NumberInput, SelectField, TextField},
            steps::ConfidenceField,
            uid,
        },
        dom::{Html, nothing, switch, view},
    },
    web::{intl, keys},
    words::{check, common, errors, objectives as words},
};

/// The fields of a check-in.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    pub answer: Signal<Answer>,
    pub value: NumberInput,
    pub done: RwSignal<bool>,
    pub confidence: RwSignal<Option<Confidence>>,
    pub note: Input,
    pub date: Input,
    pub wrong: RwSignal<Option<String>>,
}

impl Entry {
    /// What was entered, with its day; none where something is wrong, which its field then says.
    pub fn read(&self, today: Day) -> Option<(Day, CheckIn)> {
        self.wrong.set(None);
        let value = match self.answer.get_untracked() {
            Answer::Number => self.value.number_if_any(),
            Answer::Done => Some(Some(Number::from_done(self.done.get_untracked()))),
            Answer::Silent => Some(None),
        };
        let (note, day) = (self.note.prose(), self.date.day());
        let (value, note, day) = (value?, note?, day?);
        let confidence = self.confidence.get_untracked();
        if day > today {
            self.date.error.set(Some(words::not_later().to_owned()));
            return None;
        }
        if value.is_none() && confidence.is_none() && note.is_empty() {
            self.wrong.set(Some(words::nothing_entered().to_owned()));
            return None;
        }
        Some((day, CheckIn { value, confidence, note }))
    }

    /// Puts the cursor where a check-in begins, or where an error is.
    pub fn focus(&self) {
        let fields = [self.value.input, self.note, self.date];
        let wrong = fields.into_iter().find(|field| field.error.with_untracked(Option::is_some));
        let first = if self.answer.get_untracked() == Answer::Silent { self.note } else { self.value.input };
        wrong.unwrap_or(first).focus();
    }

    fn empty(&self, today: Day) {
        for input in [self.value.input, self.note, self.date] {
            input.text.set(String::new());
            input.error.set(None);
        }
        self.date.text.set(today.to_string());
        self.confidence.set(None);
        self.done.set(false);
    }
}

/// What the form needs to know of the key result that is chosen.
#[derive(Debug, Clone, PartialEq, Default)]
struct Subject {
    name: String,
    unit: Unit,
    answer: Answer,
    done: bool,
    /// The last value up to the chosen day, and when it was given.
    last: Option<Number>,
    last_day: Option<Day>,
}

#[component]
pub fn CheckInCard(id: ObjectiveId, key_results: Memo<Vec<KeyResultId>>) -> Html {
    let workspace = workspace();
    let heading = uid("h");
    let of = Input::new(first_due(workspace, id).map(|id| id.to_string()).unwrap_or_default());
    let date = Input::new(workspace.day_now().to_string());
    let chosen = Memo::new(move || {
        let id: Option<KeyResultId> = of.text.with(|id| id.parse().ok());
        key_results.with(|all| id.filter(|id| all.contains(id)).or_else(|| all.first().copied()))
    });
    let subject = workspace.read(move |plan, today| {
        let subject = |key_result: &KeyResult| {
            let day = date.text.with(|day| day.parse()).map_or(today, |day: Day| day.min(today));
            let report = plan.key_result_report(key_result, day);
            let answer = plan.answer(key_result, today);
            let LastSaid { value: last, day: last_day, .. } =
                plan.last_said(Due::KeyResult(key_result.id), day, &Written::default());
            Subject {
                name: key_result.title.to_string(),
                unit: Unit::clone(&key_result.unit),
                answer,
                done: report.value.is_some_and(Number::is_done),
                last: last.filter(|_| answer == Answer::Number),
                last_day,
            }
        };
        chosen.get().and_then(|id| plan.key_results.get(id)).map(subject).unwrap_or_default()
    });
    let unit = Signal::derive(move || subject.with(|subject| subject.unit.clone()));
    let last = Signal::derive(move || subject.with(|subject| subject.last));
    let entry = Entry {
        answer: Signal::derive(move || subject.with(|subject| subject.answer)),
        value: NumberInput::new(None, unit, last),
        done: RwSignal::new(false),
        confidence: RwSignal::new(None),
        note: Input::new(""),
        date,
        wrong: RwSignal::new(None),
    };
    // The box shows what is so, until one ticks it.
    Effect::run(move || entry.done.set(subject.with(|subject| subject.done)));
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let today = workspace.day_now();
        let Some(of_id) = chosen.get_untracked() else { return };
        let Some((day, row)) = entry.read(today) else { return entry.focus() };
        match workspace.check_in(Due::KeyResult(of_id), day, row, &Written::default()) {
            Ok(_) => {
                entry.empty(today);
                // The next one that is due, if this one was.
                if let Some(next) = first_due(workspace, id).filter(|_| day == today) {
                    of.text.set(next.to_string());
                }
                workspace.say(check::checked_in(), Some(Undo::Change));
                entry.focus();
            }
            Err(error) => entry.wrong.set(Some(errors::change(error))),
        }
    };
    let options = workspace.read(move |plan, today| {
        let all = plan.key_results_of(id, today);
        all.iter().map(|it| (it.id.to_string(), it.title.to_string())).collect::<Vec<_>>()
    });
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>{words::check_in()}</h2>
                <small>{words::enter_saves()}</small>
            </header>
            <div class="body">
                <form
                    class="entry"
                    novalidate
                    on:submit=save
                    on:keydown=move |event| {
                        if keys::is_pressed(&event, "Escape") {
                            entry.empty(workspace.day_now());
                        }
                    }
                >
                    <SelectField input=of label=words::key_result() options=options />
                    <Value entry subject />
                    {switch(
                        move || subject.with(|subject| subject.name.clone()),
                        move |name| view! { <ConfidenceField value=entry.confidence label=common::confidence_in(name) /> },
                    )}
                    <TextField
                        input=entry.note
                        label=common::note()
                        hint=common::optional()
                        placeholder=common::note_placeholder()
                        class="note"
                    />
                    <DateField
                        input=entry.date
                        label=common::date()
                        max=Signal::derive(move || workspace.day().to_string())
                    />
                    <button class="btn primary">{common::save()}</button>
                    {switch(
                        move || entry.wrong.get(),
                        |text| text.clone().map(|text| view! { <p class="err" role="alert">{text}</p> }),
                    )}
                </form>
            </div>
        </section>
    }
}

/// The value, in the way in which the chosen key result takes it.
#[component]
fn Value(entry: Entry, subject: Memo<Subject>) -> Html {
    let read = Signal::derive(move || {
        let preview = entry.value.preview();
        if !preview.is_empty() {
            return preview;
        }
        let Subject { last, last_day, unit, .. } = subject.get();
        match (last, last_day) {
            (Some(last), Some(day)) => check::was(&intl::number(last, &unit), &intl::date(day)),
            (Some(last), None) => check::starts_at(&intl::number(last, &unit)),
            _ => check::first_time().to_owned(),
        }
    });
    let placeholder = Signal::derive(move || subject.with(|subject| subject.last.map(intl::bare)).unwrap_or_default());
    switch(
        move || entry.answer.get(),
        move |answer| match answer {
            Answer::Number => view! {
                <Field input=entry.value.input label=common::value() read>
                    <NumberControl number=entry.value placeholder />
                </Field>
            },
            Answer::Done => view! { <DoneField entry /> },
            Answer::Silent => nothing(),
        },
    )
}

/// Done or not.
#[component]
pub fn DoneField(entry: Entry) -> Html {
    let id = entry.value.input.id();
    view! {
        <div class="field">
            <label for=id.clone()>{words::done()}</label>
            <div class="check-line">
                <input
                    type="checkbox"
                    id=id.clone()
                    prop:checked=move || entry.done.get()
                    on:change=move |event| entry.done.set(event_target_checked(&event))
                />
            </div>
        </div>
    }
}

/// The first key result of the objective that should be checked in today.
fn first_due(workspace: Workspace, id: ObjectiveId) -> Option<KeyResultId> {
    let (plan, today) = (workspace.shown_now(), workspace.day_now());
    let report = plan.objective_report(plan.objectives.get(id)?, today);
    plan.due_in(&[report], today).first().copied()
}

/// Puts another check-in in the place of the one at `key`, on another day if that was changed.
pub fn rewrite(workspace: Workspace, of: KeyResultId, key: EntryKey, day: Day, row: CheckIn) -> Change {
    if day == key.day {
        return Change::CheckIn { of, key, row: Some(row) };
    }
    let new = Change::CheckIn { of, key: workspace.check_in_key(of, day), row: Some(row) };
    Change::All(vec![new, Change::CheckIn { of, key, row: None }])
}
