//! What goes on beside every page. It comes in a chunk of its own once the first page is there, since no first page needs
//! it.

use std::time::Duration;

use bearings_plan::store::SaveError;
use leptos::{prelude::component, task::spawn_local};
use wasm_split_helpers::wasm_split;

use super::{
    Route,
    aside::AsideBanner,
    components::icon::{Mark, Shape},
    dom::{Html, nothing, view, when},
    lazy::{Page, now},
};
use crate::{
    reactive::{Effect, RwSignal, StoredValue},
    state::{Link, Saving, Workspace, workspace},
    web::{clock, keep, page, storage},
    words::{room as words, shell},
};

/// How long after a refusal a save is tried again.
const AGAIN: Duration = Duration::from_secs(10);
/// How long after an edit what follows from it is looked at.
const SETTLED: Duration = Duration::from_secs(2);

/// What of the chunk is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All that goes on by itself, and the banners that come of it.
    Background,
    /// What helps where the storage is full.
    MakeRoom,
    /// What says that another plan is shown than that of today.
    Aside,
}

/// Gives the parts of the chunk once it is here, each while its condition holds.
pub fn upkeep_part() -> impl Fn(Part, Box<dyn Fn() -> bool>) -> Html + Copy + 'static {
    let here = RwSignal::new(false);
    clock::when_idle(move || {
        spawn_local(async move {
            // Without it the page works as ever; the next visit fetches it.
            if fetch_upkeep().await.is_ok() {
                here.set(true);
            }
        });
    });
    move |part, wanted| when(move || here.get() && wanted(), move || now(upkeep(part)).unwrap_or_else(nothing))
}

#[wasm_split(upkeep, fallible, preload(fetch_upkeep))]
pub fn upkeep(part: Part) -> Page {
    Ok(match part {
        Part::Background => view! { <Background /> },
        Part::MakeRoom => view! { <MakeRoom /> },
        Part::Aside => view! { <AsideBanner /> },
    })
}

/// Stands in the banner of a save that failed for lack of room.
#[component]
fn MakeRoom() -> Html {
    let workspace = workspace();
    view! {
        <button
            class="btn"
            type="button"
            on:click=move |_| keep::one_tab_at_a_time(move || workspace.make_room())
        >
            {words::make_room()}
        </button>
        <a class="btn" href=Route::Plans.href()>{shell::nav_plans()}</a>
    }
}

#[component]
fn Background() -> Html {
    let workspace = workspace();
    try_again(workspace);
    look_at_room(workspace);
    ask_to_keep(workspace);
    follow_link(workspace);
    // Where saving has failed already, its own banner says more.
    let crowded = move || workspace.upkeep.crowded.get() && !matches!(workspace.saving(), Saving::Failing(_));
    when(crowded, || {
        view! {
            <div class="banner warn" role="status">
                <Mark shape=Shape::Triangle />
                <p><b>{words::crowded()}</b> " " {words::crowded_explained()}</p>
                <a class="btn" href=Route::Plans.href()>{shell::nav_plans()}</a>
            </div>
        }
    })
}

/// A save that was refused is tried again after a while, and when another tab may have freed room.
fn try_again(workspace: Workspace) {
    let failing = move |saving: &Saving| matches!(saving, Saving::Failing(error) if *error != SaveError::Newer);
    let timer = StoredValue::new(None);
    Effect::run(move || {
        // Each refusal is news, also the same one again.
        let again = failing(&workspace.saving()).then(|| clock::after(AGAIN, move || workspace.retry()));
        timer.set_value(again);
    });
    let watch = storage::on_change(move |_| {
        if failing(&workspace.saving_now()) {
            workspace.retry();
        }
    });
    StoredValue::new(watch);
}

/// Whether the storage is nearly full, looked at when edits have settled.
fn look_at_room(workspace: Workspace) {
    let crowded = workspace.upkeep.crowded;
    let timer = StoredValue::new(None);
    Effect::run(move || {
        workspace.plan();
        workspace.saving();
        timer.set_value(Some(clock::after(SETTLED, move || {
            let is_crowded = workspace.room_now().is_crowded();
            if crowded.get_untracked() != is_crowded {
                crowded.set(is_crowded);
            }
        })));
    });
}

/// Asks the browser, once, not to clear what is stored: as soon as there is something that would be missed.
fn ask_to_keep(workspace: Workspace) {
    let promised = workspace.upkeep.promised;
    spawn_local(async move { promised.set(keep::is_promised().await) });
    Effect::run(move || {
        let (check_ins, readings) = workspace.plan().entries();
        let own = check_ins + readings > 0 && !workspace.is_sample() && workspace.saving() == Saving::Saved;
        let worth_it = own || workspace.exported().is_some();
        if worth_it && promised.get() == Some(false) && workspace.asks_to_keep() {
            spawn_local(async move { promised.set(keep::ask_to_keep().await) });
        }
    });
}

/// A linked file is looked at when edits have settled, and when the reader comes back from elsewhere.
fn follow_link(workspace: Workspace) {
    let timer = StoredValue::new(None);
    let looked_up = StoredValue::new(None);
    let sync = move || spawn_local(workspace.sync_link());
    Effect::run(move || {
        let id = workspace.plan().frame.id;
        if looked_up.get_value() != Some(id) {
            looked_up.set_value(Some(id));
            if workspace.look_up_link() {
                sync();
            }
        } else if workspace.upkeep.link.with_untracked(|link| *link != Link::None) {
            timer.set_value(Some(clock::after(SETTLED, sync)));
        }
    });
    StoredValue::new(page::on_return(sync));
}
