//! One thing that is due: what is known of it, and the fields that take what is new.

use bearings_plan::{Answer, Due, EntityId};
use leptos::{
    ev::{KeyboardEvent, SubmitEvent},
    prelude::{component, event_target_checked},
};

use super::{
    draft::Draft,
    list::Segments,
    subject::{Link, Subject},
    ticks::Ticks,
    walk::Walk,
};
use crate::{
    reactive::{Callback, Effect, Memo, Signal},
    ui::{
        components::{
            doubt::DoubtView,
            field::{Field, FieldError, NumberControl, described, invalid},
            guarded::Guarded,
            icon::{Glyph, Icon},
            status::StatusMark,
            steps::ConfidenceField,
            track::Track,
            uid,
        },
        dom::{Html, NodeRef, nothing, switch, view, when},
    },
    web::{intl, keys, page},
    words::{common, formula, walk as words},
};

#[component]
pub fn Card(walk: Walk, draft: Draft) -> Html {
    let heading = uid("h");
    let form_ref = NodeRef::new();
    // At once, not with the next frame: whoever types on while one thing follows the other loses no key.
    let focus = move || {
        if let Some(form) = form_ref.get() {
            page::focus_first_field(&form);
        }
    };
    Effect::run(focus);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        walk.save(&draft);
    };
    let choose = Callback::new(move |likely| {
        draft.take(likely);
        walk.save(&draft);
    });
    let left = move || words::title(walk.open());
    view! {
        <section class="card walk" aria-labelledby=heading.clone()>
            <header>
                <p class="quiet" role="status">
                    <b>{move || words::place(walk.place(), walk.all().len())}</b> <span class="sr">", " {left}</span>
                </p>
                <Segments walk />
            </header>
            <form
                class="body"
                novalidate
                aria-labelledby=heading.clone()
                node_ref=form_ref
                on:submit=save
                on:input=move |_| draft.doubt.withdraw()
                on:keydown=move |event| press(&walk, &draft, &event)
            >
                <About draft heading />
                <Fields draft />
                <DoubtView doubt=draft.doubt choose />
                <Buttons walk draft />
            </form>
        </section>
    }
}

/// What one key does. In the note "=" is a letter like any other, and behind a sign it is part of a step: "-=3".
fn press(walk: &Walk, draft: &Draft, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let Some(key) = keys::pressed(event) else { return };
    let in_note = page::is_target(event, "TEXTAREA");
    let in_step = draft.value.is_sign() && page::is_target(event, "INPUT");
    match key.as_str() {
        // Held down, it would say so of everything that follows.
        "=" if in_note || in_step => return,
        "=" if !event.repeat() => walk.repeat(draft),
        "Enter" if in_note && !event.shift_key() => walk.save(draft),
        "PageDown" => walk.skip(draft),
        "PageUp" => walk.back(),
        "Escape" => draft.empty(),
        _ => return,
    }
    event.prevent_default();
}

/// Where it belongs, what it asks for, how it goes.
#[component]
fn About(draft: Draft, heading: String) -> Html {
    let text = move |part: fn(&Subject) -> &str| {
        draft.subject.with(|subject| subject.as_ref().map(|it| part(it).to_owned()).unwrap_or_default())
    };
    let home = move || draft.subject.with(|subject| subject.as_ref().map(|it| it.home.clone()));
    let fed_by = move || draft.subject.with(|it| it.as_ref().and_then(|it| it.fed_by.clone()));
    let tone = move || draft.subject.with(|subject| subject.as_ref().map(|it| it.tone));
    let course = Memo::new(move || draft.subject.with(|subject| subject.as_ref().and_then(|it| it.course)));
    let shown_course = Signal::derive(move || course.get().unwrap_or_default());
    let drawn = Memo::new(move || course.get().is_some());
    view! {
        <div class=move || format!("about {}", tone().map_or("none", |tone| tone.class))>
            <p class="crumb">
                {switch(home, |home| {
                    home.clone().map(|Link { href, name }| view! { <a href=href>{name}</a> })
                })}
            </p>
            <div class="head">
                <h2 id=heading>{move || draft.name()}</h2>
                {switch(tone, |tone| tone.map(|tone| view! { <StatusMark tone /> }))}
            </div>
            <Guarded of=EntityId::from(draft.of) full=true />
            <p class="quiet">{move || text(|it| &it.asks)}</p>
            {when(move || drawn.get(), move || view! { <Track course=shown_course /> })}
            <p class="told">{move || text(|it| &it.told)}</p>
            // Above the value: between it and the confidence, a link would be in the way of Tab.
            {switch(fed_by, move |fed_by| {
                fed_by.clone().map(|Link { href, name }| {
                    let answer = draft.subject.with_untracked(|it| it.as_ref().map(|it| it.answer));
                    let said = if answer == Some(Answer::Silent) { formula::is_calculated() } else { words::as_reading_of() };
                    view! { <p class="told">{said} " " <a href=href>{name}</a></p> }
                })
            })}
        </div>
    }
}

#[component]
fn Fields(draft: Draft) -> Html {
    let takes_confidence = matches!(draft.of, Due::KeyResult(_));
    // Its value comes by itself, and there are no steps.
    let calculated = move || draft.subject.with_untracked(|it| it.as_ref().is_some_and(|it| it.fed_by.is_some()));
    let last = Signal::derive(move || {
        let said = draft.subject.with(|it| it.as_ref().map(|it| words::stated(&it.last)));
        said.unwrap_or_default()
    });
    view! {
        <div class="answers">
            {switch(
                move || draft.answer(),
                move |answer| match answer {
                    Answer::Number => view! { <Value draft /> },
                    Answer::Done => view! { <DoneBox draft /> },
                    Answer::Silent => match draft.of {
                        Due::KeyResult(of) if !calculated() => view! { <Ticks of draft /> },
                        _ => nothing(),
                    },
                },
            )}
            {takes_confidence.then(|| view! {
                <div class="sure">
                    {switch(move || draft.name(), move |name| {
                        view! { <ConfidenceField value=draft.confidence label=common::confidence_in(name) /> }
                    })}
                    <p class="read">{move || last.get()}</p>
                </div>
            })}
            <NoteField draft />
        </div>
    }
}

/// The value as a number, with what it was and what was understood.
#[component]
fn Value(draft: Draft) -> Html {
    let number = draft.value;
    let read = Signal::derive(move || {
        let preview = number.preview();
        let was = || draft.subject.with(|it| it.as_ref().map(|it| words::was(&it.last, &it.unit))).unwrap_or_default();
        if preview.is_empty() { was() } else { preview }
    });
    let placeholder = Signal::derive(move || {
        let last = draft.subject.with(|it| it.as_ref().and_then(|it| it.last.value));
        last.map(intl::bare).unwrap_or_default()
    });
    let id = number.input.id();
    view! {
        <div class="field value">
            <label for=id.clone()>
                {common::value()} <span class="sr">{move || words::of(&draft.name())}</span>
            </label>
            <NumberControl number placeholder class="num" />
            <output class="read" id=format!("{id}-read") for=id.clone()>{move || read.get()}</output>
            <FieldError input=number.input />
        </div>
    }
}

#[component]
fn DoneBox(draft: Draft) -> Html {
    let id = draft.value.input.id();
    let heard = move || draft.subject.with(|it| it.as_ref().map(|it| words::heard(&it.last)).unwrap_or_default());
    view! {
        <div class="field value">
            <div class="check-line">
                <input
                    type="checkbox"
                    id=id.clone()
                    prop:checked=move || draft.done.get()
                    on:change=move |event| draft.done.set(event_target_checked(&event))
                />
                <label for=id>{words::done()} <span class="sr">{move || words::of(&draft.name())}</span></label>
            </div>
            <p class="read">{heard}</p>
            <FieldError input=draft.value.input />
        </div>
    }
}

#[component]
fn NoteField(draft: Draft) -> Html {
    let input = draft.note;
    view! {
        <Field input label=common::note() hint=common::optional() class="note">
            <textarea
                id=input.id()
                rows="1"
                enterkeyhint="done"
                placeholder=common::note_placeholder()
                aria-invalid=invalid(input)
                aria-describedby=described(input, false)
                prop:value=move || input.text.get()
                on:input=move |event| input.take(&event)
            ></textarea>
        </Field>
    }
}

#[component]
fn Buttons(walk: Walk, draft: Draft) -> Html {
    let no_change = move || {
        let subject = draft.subject.get();
        let row = subject.as_ref().and_then(|it| it.last.unchanged.as_ref().map(|row| (row, it)));
        row.map_or_else(|| words::no_change().to_owned(), |(row, it)| words::no_change_to(row, it.answer, &it.unit))
    };
    let key = |name: &'static str| view! { <kbd aria-hidden="true">{name}</kbd> };
    let hint = |name: &'static str, what: &'static str| view! { <span><kbd>{name}</kbd> " " {what}</span> };
    view! {
        <div class="acts">
            <button class="btn primary" aria-keyshortcuts="Enter">
                <Glyph icon=Icon::Check />
                {words::save()}
                {key(words::enter())}
            </button>
            <button
                class="btn"
                type="button"
                aria-keyshortcuts="="
                disabled=move || !draft.can_repeat(walk.is_due(draft.of))
                on:click=move |_| walk.repeat(&draft)
            >
                {no_change}
                {key(words::equals())}
            </button>
            <button class="btn plain" type="button" aria-keyshortcuts="PageDown" on:click=move |_| walk.skip(&draft)>
                {words::skip()}
                {key(words::page_down())}
            </button>
            <button
                class="btn plain"
                type="button"
                aria-keyshortcuts="PageUp"
                disabled=move || walk.place() <= 1
                on:click=move |_| walk.back()
            >
                {words::back()}
                {key(words::page_up())}
            </button>
        </div>
        <p class="keys">
            {hint(words::tab(), words::to_the_next_field())}
            {hint(words::digits(), words::for_confidence())}
            {hint(words::escape(), words::empties())}
        </p>
    }
}
