//! The review of a cycle: closing it while it is open, looking back once it is closed.

mod calibration;
mod closed;
mod closing;
mod draft;
mod judged;
mod kept;
mod key_result;
mod objective;
mod warnings;

use bearings_plan::CycleId;
use leptos::prelude::component;

use super::NotFound;
use crate::{
    reactive::Memo,
    state::workspace,
    ui::{
        Route,
        dom::{Html, switch, view},
    },
    words::objectives,
};
use closed::Closed;
use closing::Closing;

#[component]
pub fn ReviewPage(id: CycleId) -> Html {
    let closed = workspace().read(move |plan, today| plan.cycles.get(id).map(|cycle| *cycle.closed.on(today)));
    switch(
        move || closed.get(),
        move |closed| match closed {
            Some(true) => view! { <Closed id /> },
            Some(false) => view! { <Closing id /> },
            None => view! { <NotFound /> },
        },
    )
}

/// What a cycle is called, while it is there.
fn name_of(id: CycleId) -> Memo<String> {
    workspace().read(move |plan, _| plan.cycles.get(id).map(|cycle| cycle.name.to_string()).unwrap_or_default())
}

/// Where the page belongs.
#[component]
fn Crumb(cycle: Memo<String>) -> Html {
    view! {
        <p class="crumb">
            <a href=Route::Objectives.href()>{objectives::objectives()}</a>
            " / "
            {move || cycle.get()}
        </p>
    }
}
