//! The weekly check-in: everything that is due, one thing at a time, keyboard first.

mod card;
mod draft;
mod end;
mod kept;
mod list;
mod subject;
mod ticks;
mod walk;

use bearings_plan::Day;
use leptos::prelude::component;

use super::Top;
use crate::{
    reactive::{Memo, Signal},
    state::{Mode, workspace},
    ui::{
        Route,
        dom::{Html, switch, view},
    },
    words::{today as today_words, walk as words},
};
use card::Card;
use end::End;
use list::List;
use walk::Walk;

#[component]
pub fn CheckIn() -> Html {
    let workspace = workspace();
    switch(
        move || workspace.mode(),
        |mode| match *mode {
            Mode::Past(day) => view! { <Past day /> },
            Mode::Now | Mode::WhatIf => view! { <Present /> },
        },
    )
}

#[component]
fn Present() -> Html {
    let due = workspace().read(|plan, today| plan.due(today));
    // Once it has begun it goes on to its end, when nothing is due any more.
    let mut begun = false;
    switch(
        move || {
            begun |= due.with(|due| !due.is_empty());
            begun
        },
        |begun| {
            if *begun {
                view! { <Walking /> }
            } else {
                view! { <Nothing /> }
            }
        },
    )
}

#[component]
fn Walking() -> Html {
    let workspace = workspace();
    let walk = Walk::begin(workspace);
    let title = Signal::derive(move || match walk.at() {
        Some(_) => words::title(walk.open()),
        None => words::title_at_the_end(walk.done(), walk.open()),
    });
    view! {
        <Top title below=Signal::derive(move || words::below(workspace.day())) />
        <div class="cols">
            {switch(
                move || walk.at(),
                move |at| match at.and_then(|of| walk.draft(of)) {
                    Some(draft) => view! { <Card walk draft /> },
                    None => view! { <End walk /> },
                },
            )}
            <div class="side">
                <List walk />
            </div>
        </div>
    }
}

/// Everything has been looked at before one came here, or nothing runs.
#[component]
fn Nothing() -> Html {
    let workspace = workspace();
    let next = workspace.read(|plan, today| plan.next_due(today).map(|day| words::next(day, today)));
    let runs = Memo::new(move || next.with(Option::is_some));
    let headline = move || next.get().unwrap_or_else(|| words::nothing_runs().to_owned());
    let link = |to: Route, text: &'static str| view! { <a class="btn primary" href=to.href()>{text}</a> };
    view! {
        <Top
            title=today_words::nothing_due().to_owned()
            below=Signal::derive(move || words::below(workspace.day()))
        />
        <div class="card empty">
            <h2>{headline}</h2>
            <p>
                {move || if runs.get() { today_words::nothing_due_explained() } else { words::nothing_runs_explained() }}
            </p>
            <div class="acts">
                {switch(move || runs.get(), move |runs| match *runs {
                    true => link(Route::Today, words::to_today()),
                    false => link(Route::Objectives, words::to_objectives()),
                })}
            </div>
        </div>
    }
}

/// What was cannot be checked in any more.
#[component]
fn Past(day: Day) -> Html {
    let workspace = workspace();
    view! {
        <Top title=words::past(day) />
        <div class="card empty">
            <h2>{words::only_shown()}</h2>
            <p>{words::what_was_said()}</p>
            <div class="acts">
                <button class="btn primary" type="button" on:click=move |_| workspace.come_back()>
                    {words::come_back()}
                </button>
            </div>
        </div>
    }
}
