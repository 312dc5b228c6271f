//! All that was due when the walk began, and how far each is.

use leptos::prelude::component;

use super::{
    draft::Draft,
    walk::{State, Walk},
};
use crate::{
    reactive::Memo,
    ui::{
        components::{
            icon::{Mark, Shape},
            uid,
        },
        dom::{Html, switch, view},
    },
    web::page,
    words::walk as words,
};

/// A thin line of all of them, beside the text that says the same.
#[component]
pub fn Segments(walk: Walk) -> Html {
    let segment = move |draft: Draft| {
        let class = move || match walk.state(&draft) {
            State::Checked | State::Unchanged => "done",
            State::Skipped => "skipped",
            State::ToCome => "",
        };
        view! { <i class=class class:now=move || walk.at() == Some(draft.of)></i> }
    };
    view! {
        <div class="segments" aria-hidden="true">
            <For each=move || walk.all() key=|draft| draft.of children=segment />
        </div>
    }
}

#[component]
pub fn List(walk: Walk) -> Html {
    let heading = uid("h");
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>{move || words::all(walk.all().len())}</h2>
            </header>
            <ol class="body stops">
                <For each=move || walk.all() key=|draft| draft.of children=move |draft| view! { <Stop walk draft /> } />
            </ol>
        </section>
    }
}

#[component]
fn Stop(walk: Walk, draft: Draft) -> Html {
    let state = Memo::new(move || walk.state(&draft));
    let small = move || {
        let stands = draft.subject.with(|it| it.as_ref().map(|it| it.stands.clone()).unwrap_or_default());
        match state.get() {
            State::ToCome => String::new(),
            State::Skipped => words::skipped().to_owned(),
            State::Checked if stands.is_empty() => words::checked_in().to_owned(),
            State::Checked => stands,
            State::Unchanged => words::unchanged_at(&stands),
        }
    };
    let mark = move |state: &State| match state {
        State::Checked | State::Unchanged => view! { <span class="status good"><Mark shape=Shape::Tick /></span> },
        State::Skipped | State::ToCome => view! { <span class="status none"><Mark shape=Shape::Ring /></span> },
    };
    let word = move || match state.get() {
        State::Checked | State::Unchanged => words::checked_in(),
        State::Skipped => "",
        State::ToCome => words::to_come(),
    };
    let go = move || {
        walk.go_to(draft.of);
        // Where it is on the screen already, its fields are gone back to.
        page::focus_within("form.body");
    };
    view! {
        <li>
            <button
                class="stop"
                type="button"
                aria-current=move || (walk.at() == Some(draft.of)).then_some("step")
                on:click=move |_| go()
            >
                {switch(move || state.get(), mark)}
                <span class="name">{move || draft.name()} <span class="sr">{word}</span></span>
                <small>{small}</small>
            </button>
        </li>
    }
}
