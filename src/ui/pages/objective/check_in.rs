//! Checking in on any key result of an objective, for any day up to today.

use bearings_plan::{
    Answer, Change, CheckIn, Confidence, Day, Draft, Due, EntryKey, KeyResult, KeyResultId, LastSaid, Number,
    ObjectiveId, Unit, Written,
};
use leptos::{
    ev::SubmitEvent,
    prelude::{component, event_target_checked},
};

use crate::{
    reactive::{Callback, Effect, Memo, RwSignal, Signal},
    state::{Undo, Workspace, workspace},
    ui::{
        components::{
            doubt::{Doubt, DoubtView, Doubtful, Likely},
            field::{
                DateField, Field, FieldError, Input, NumberControl, NumberInput, SelectField, TextField, described,
                invalid,
            },
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
    pub doubt: Doubt,
}

/// The check-in that is corrected, if any.
#[derive(Debug, Default)]
pub struct Corrected {
    pub written: Written,
    pub day: Option<Day>,
}

impl Entry {
    /// What was entered, with its day, where it comes to a check-in and nothing odd about it is to be asked; otherwise the
    /// field says what is wrong or missing.
    pub fn read(&self, workspace: Workspace, of: KeyResultId, corrects: &Corrected) -> Option<(Day, CheckIn)> {
        self.wrong.set(None);
        let answer = self.answer.get_untracked();
        let value = if answer == Answer::Number { self.value.number_if_any() } else { Some(None) };
        let (note, day) = (self.note.prose(), self.date.day());
        let (value, note, day) = (value?, note?, day?);
        if day > corrects.day.map_or(workspace.day_now(), |before| before.max(workspace.day_now())) {
            self.date.error.set(Some(common::not_later().to_owned()));
            return None;
        }
        let (plan, of) = (workspace.shown_now(), Due::KeyResult(of));
        let (last, there) = (plan.last_said(of, day, &corrects.written), plan.value_written(&corrects.written));
        let draft = Draft { value, done: self.done.get_untracked(), confidence: self.confidence.get_untracked(), note };
        let row = match draft.complete(of, answer, &last, there) {
            Ok(row) => row,
            Err(missing) => {
                self.first().error.set(Some(check::incomplete(missing, answer).to_owned()));
                return None;
            }
        };
        let value = self.value.typed_now().filter(|(_, value)| answer == Answer::Number && there != Some(*value));
        let what = Doubtful {
            of,
            value,
            unit: &self.value.unit_now(),
            day,
            dated: corrects.day != Some(day),
            except: &corrects.written,
        };
        self.doubt.lets_pass(&what, workspace).then_some((day, row))
    }

    /// Puts what was probably meant where it belongs.
    pub fn take(&self, likely: Likely) {
        match likely {
            Likely::Value(value) => self.value.hold(value),
            Likely::Day(day) => self.date.text.set(day.to_string()),
        }
    }

    /// The field where a check-in begins.
    fn first(&self) -> Input {
        if self.answer.get_untracked() == Answer::Silent { self.note } else { self.value.input }
    }

    /// Puts the cursor where a check-in begins, or where an error is.
    pub fn focus(&self) {
        let fields = [self.value.input, self.note, self.date];
        let wrong = fields.into_iter().find(|field| field.error.with_untracked(Option::is_some));
        wrong.unwrap_or(self.first()).focus();
    }

    fn empty(&self, today: Day) {
        for input in [self.value.input, self.note, self.date] {
            input.text.set(String::new());
            input.error.set(None);
        }
        self.date.text.set(today.to_string());
        self.confidence.set(None);
        self.doubt.end();
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
        doubt: Doubt::new(),
    };
    // The box shows what is so, until one ticks it.
    let was_done = Memo::new(move || subject.with(|subject| subject.done));
    Effect::run(move || entry.done.set(was_done.get()));
    let save = move || {
        let today = workspace.day_now();
        let Some(of_id) = chosen.get_untracked() else { return };
        let Some((day, row)) = entry.read(workspace, of_id, &Corrected::default()) else { return entry.focus() };
        match workspace.check_in(Due::KeyResult(of_id), day, row, &Written::default()) {
            Ok(_) => {
                entry.empty(today);
                entry.done.set(was_done.get_untracked());
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
    let choose = Callback::new(move |likely| {
        entry.take(likely);
        save();
    });
    let options = workspace.read(move |plan, today| {
        let all = plan.key_results_of(id, today);
        all.iter().map(|it| (it.id.to_string(), it.title.to_string())).collect::<Vec<_>>()
    });
    view! {
        // A past day is only shown; what is half typed waits.
        <section class="card" aria-labelledby=heading.clone() hidden=move || workspace.is_past()>
            <header>
                <h2 id=heading.clone()>{words::check_in()}</h2>
                <small>{words::enter_saves()}</small>
            </header>
            <div class="body">
                <form
                    class="entry"
                    novalidate
                    on:submit=move |event: SubmitEvent| {
                        event.prevent_default();
                        save();
                    }
                    on:input=move |_| entry.doubt.withdraw()
                    on:keydown=move |event| {
                        if keys::is_pressed(&event, "Escape") {
                            entry.empty(workspace.day_now());
                            entry.done.set(was_done.get_untracked());
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
                    <DoubtView doubt=entry.doubt choose />
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
                    aria-invalid=invalid(entry.value.input)
                    aria-describedby=described(entry.value.input, false)
                    on:change=move |event| entry.done.set(event_target_checked(&event))
                />
            </div>
            <FieldError input=entry.value.input />
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
