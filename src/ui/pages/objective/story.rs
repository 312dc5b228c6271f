//! What happened to an objective, newest first.

use bearings_plan::{
    Answer, Change, CheckIn, Day, EntryKey, Event, Goalpost, KeyResult, KeyResultId, Moved, Number, ObjectiveId, What,
    Written,
};
use leptos::{ev::SubmitEvent, prelude::component};

use super::check_in::{Corrected, DoneField, Entry, rewrite};
use crate::{
    reactive::{Callback, Memo, RwSignal, Signal, StoredValue},
    state::workspace,
    ui::{
        Route,
        components::{
            doubt::{Doubt, DoubtView},
            field::{DateField, Input, NumberField, NumberInput, TextArea},
            log::LogEntry,
            steps::ConfidenceField,
            uid,
        },
        dom::{Html, nothing, switch, view, when},
    },
    web::{intl, keys, page},
    words::{common, errors, objectives as words},
};

/// How much of it is shown at first.
const LATEST: usize = 30;

#[component]
pub fn StoryCard(id: ObjectiveId) -> Html {
    let events = workspace().read(move |plan, today| plan.history(id, today));
    let all = RwSignal::new(false);
    let shown = move || {
        let most = if all.get() { usize::MAX } else { LATEST };
        events.with(|events| events.iter().take(most).cloned().collect::<Vec<_>>())
    };
    let count = Memo::new(move || events.with(Vec::len));
    let heading = StoredValue::new(uid("story"));
    view! {
        <section class="card" aria-labelledby=heading.get_value()>
            <header>
                <h2 id=heading.get_value() tabindex="-1">{words::story()}</h2>
                <small>{move || (count.get() > 0).then(words::newest_first)}</small>
            </header>
            <div class="body">
                {when(move || count.get() == 0, || view! { <p class="told">{words::no_story()}</p> })}
                <ul class="log">
                    <For each=shown key=Event::clone children=move |event| view! { <Told event heading /> } />
                </ul>
                {when(
                    move || count.get() > LATEST && !all.get(),
                    move || view! {
                        <button class="btn plain" type="button" on:click=move |_| {
                            all.set(true);
                            page::focus(&heading.get_value());
                        }>{move || words::show_all(count.get())}</button>
                    },
                )}
            </div>
        </section>
    }
}

#[component]
fn Told(event: Event, heading: StoredValue<String>) -> Html {
    let Event { day, of, what } = event;
    let workspace = workspace();
    let title = workspace.read(move |plan, _| plan.key_results.get(of).map(|it| it.title.to_string()));
    match what {
        What::CheckIn(key) => view! { <CheckInEntry of key heading /> },
        What::Step(id) => {
            let step = workspace.read(move |plan, _| plan.milestones.get(id).map(|it| it.title.to_string()));
            view! {
                <li>
                    <p><b>{move || step.get()}</b> " · " {words::step_done()}</p>
                    <time datetime=day.to_string()>{intl::date(day)}</time>
                </li>
            }
        }
        What::Moved(Goalpost { moved, why, .. }) => {
            let headline = if moved == Moved::Measure { words::measure_changed() } else { words::goalpost_moved() };
            let change = workspace.read(move |plan, _| {
                plan.key_results.get(of).map(|it| words::moved(&moved, &it.unit)).unwrap_or_default()
            });
            let why = why.to_string();
            view! {
                <li>
                    <p>
                        <b>{headline}</b> " · " {move || title.get()} " " {move || change.get()}
                        {(!why.is_empty()).then(|| view! { <br /> {why} })}
                    </p>
                    <time datetime=day.to_string()>{intl::date(day)}</time>
                </li>
            }
        }
    }
}

/// What a check-in says.
#[derive(Debug, Clone, PartialEq, Default)]
struct Said {
    title: String,
    value: String,
    rest: String,
    note: String,
}

fn said(key_result: &KeyResult, row: &CheckIn, today: Day) -> Said {
    let done = |value: Number| {
        if value.is_done() { words::done_short().to_owned() } else { words::not_done_short().to_owned() }
    };
    let value = row.value.map(|value| match key_result.measure.on(today).answer() {
        Answer::Done => done(value),
        Answer::Number | Answer::Silent => words::short(value, &key_result.unit),
    });
    Said {
        title: key_result.title.to_string(),
        value: value.unwrap_or_default(),
        rest: row.confidence.map(|it| words::confidence(it.get())).unwrap_or_default(),
        note: row.note.to_string(),
    }
}

#[component]
fn CheckInEntry(of: KeyResultId, key: EntryKey, heading: StoredValue<String>) -> Html {
    let workspace = workspace();
    let entry = workspace.read(move |plan, today| {
        let key_result = plan.key_results.get(of)?;
        Some(said(key_result, key_result.check_ins.get(&key)?, today))
    });
    let editing = RwSignal::new(false);
    let delete = move || {
        let change = Change::CheckIn { of, key, row: None };
        workspace.make_and_say(change, words::check_in_deleted());
        page::focus(&heading.get_value());
    };
    let form = move || view! { <EntryForm of key editing /> };
    let text = move || {
        let Said { title, value, rest, note } = entry.get()?;
        Some(view! {
            <b>{title} " " {value}</b>
            {rest}
            {(!note.is_empty()).then(|| view! { <br /> {note} })}
        })
    };
    view! {
        <LogEntry day=key.day name=words::check_in_of(key.day) editing on_delete=delete form>
            {text}
        </LogEntry>
    }
}

/// The form of a check-in that is there.
#[component]
fn EntryForm(of: KeyResultId, key: EntryKey, editing: RwSignal<bool>) -> Html {
    let workspace = workspace();
    let (plan, today) = (workspace.shown_now(), workspace.day_now());
    let key_result = plan.key_results.get(of);
    let row = key_result.and_then(|it| it.check_ins.get(&key)).cloned();
    let row = row.unwrap_or_else(|| CheckIn { value: None, confidence: None, note: Default::default() });
    let answer = key_result.map(|it| it.measure.on(today).answer()).unwrap_or_default();
    let unit = key_result.map(|it| bearings_plan::Unit::clone(&it.unit)).unwrap_or_default();
    // The value of what a KPI feeds is among the KPI's readings, and edited there.
    let fed = key_result.and_then(|it| plan.feeding(it, key.day)).filter(|_| row.value.is_none());
    let fed = fed.map(|kpi| (Route::Kpi(kpi.id).href(), kpi.name.to_string()));
    // A check-in made under another kind of measure keeps its value.
    let answer = match answer {
        Answer::Number if fed.is_some() => Answer::Silent,
        Answer::Silent if row.value.is_some() => Answer::Number,
        answer => answer,
    };
    let title = key_result.map(|it| it.title.to_string()).unwrap_or_default();
    let entry = Entry {
        answer: Signal::from(answer),
        value: NumberInput::new(row.value, unit, row.value),
        done: RwSignal::new(row.value.is_some_and(Number::is_done)),
        confidence: RwSignal::new(row.confidence),
        note: Input::new(row.note.to_string()),
        date: Input::new(key.day.to_string()),
        wrong: RwSignal::new(None),
        doubt: Doubt::new(),
    };
    let written = Written { check_in: Some((of, key)), reading: None };
    let corrected = Corrected { written, day: Some(key.day) };
    let save = move || {
        let Some((day, row)) = entry.read(workspace, of, &corrected) else { return entry.focus() };
        match workspace.make(rewrite(workspace, of, key, day, row)) {
            Ok(()) => editing.set(false),
            Err(error) => entry.wrong.set(Some(errors::change(error))),
        }
    };
    let save = Callback::new(move |()| save());
    let choose = Callback::new(move |likely| {
        entry.take(likely);
        save.run(());
    });
    entry.focus();
    view! {
        <form
            class="form"
            novalidate
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                save.run(());
            }
            on:input=move |_| entry.doubt.withdraw()
            on:keydown=move |event| {
                if keys::is_pressed(&event, "Escape") {
                    editing.set(false);
                }
            }
        >
            {match answer {
                Answer::Number => view! { <NumberField number=entry.value label=common::value() /> },
                Answer::Done => view! { <DoneField entry /> },
                Answer::Silent => nothing(),
            }}
            {fed.map(|(href, name)| view! {
                <p class="told all">{words::value_is_reading()} " " <a href=href>{name}</a></p>
            })}
            <ConfidenceField value=entry.confidence label=common::confidence_in(&title) />
            <DateField
                input=entry.date
                label=common::date()
                max=Signal::derive(move || workspace.day().to_string())
            />
            <TextArea input=entry.note label=common::note() placeholder=common::note_placeholder() class="all" />
            {switch(
                move || entry.wrong.get(),
                |text| text.clone().map(|text| view! { <p class="err all" role="alert">{text}</p> }),
            )}
            <DoubtView doubt=entry.doubt choose />
            <div class="acts">
                <button class="btn primary">{common::save()}</button>
                <button class="btn" type="button" on:click=move |_| editing.set(false)>{common::cancel()}</button>
            </div>
        </form>
    }
}
