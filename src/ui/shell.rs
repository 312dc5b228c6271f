//! The frame around every page: navigation, banners, answers.

use std::time::Duration;

use bearings_plan::store::SaveError;
use leptos::{
    ev,
    prelude::{component, on_cleanup, window_event_listener},
};

use super::{
    Route,
    components::{
        button::IconButton,
        icon::{Glyph, Icon, Mark, Shape},
    },
    pages, undone,
    upkeep::{Part, upkeep_part},
};
use crate::{
    reactive::{Effect, Memo, Signal, StoredValue},
    state::{Mode, Saving, Stored, Toast, workspace},
    ui::dom::{Html, switch, view, when},
    web::{clock, page, storage::StorageError},
    words::{common, shell as words},
};

#[component]
pub fn Shell(route: Signal<Route>) -> Html {
    // A new page begins at its top, and screen readers begin there too; the first one is where the browser put it.
    let workspace = workspace();
    Effect::on_change(
        move || route.get(),
        move |_, route| {
            page::to_the_top("main");
            // What is done with whole plans is done with those that are kept.
            if matches!(route, Route::Plans | Route::Settings) {
                workspace.come_back();
            }
        },
    );
    shortcuts();
    view! {
        <div class="app">
            <button class="skip btn" type="button" on:click=|_| page::focus("main")>{words::skip()}</button>
            <Rail route />
            <main id="main" tabindex="-1">
                <Banners />
                <pages::Page route />
            </main>
            <Toasts />
        </div>
    }
}

#[component]
fn Rail(route: Signal<Route>) -> Html {
    let workspace = workspace();
    // On a past day nothing can be checked in.
    let is_past = Memo::new(move || matches!(workspace.mode(), Mode::Past(_)));
    let due = workspace.read(move |plan, today| if is_past.get() { 0 } else { plan.due(today).len() });
    let link = move |to: Route,
                     icon: Icon,
                     text: &'static str,
                     current: fn(Route) -> bool,
                     count: Option<Memo<usize>>| {
        let count = move || count.map(|count| count.get()).filter(|count| *count > 0);
        view! {
            <a href=to.href() aria-current=move || current(route.get()).then_some("page")>
                <Glyph icon />
                <span>{text}</span>
                {switch(count, |count| {
                    count.map(|count| view! { <span class="n">{count}<span class="sr">{words::due()}</span></span> })
                })}
            </a>
        }
    };
    let saved = move || match workspace.saving() {
        Saving::Nothing => String::new(),
        Saving::Saved => words::saved_here().to_owned(),
        Saving::Failing(_) => words::not_saved().to_owned(),
    };
    let last_file = move || match workspace.exported() {
        Some(day) => words::last_file(&crate::web::intl::relative_days(day.days_since(workspace.today()))),
        None => words::no_file_yet().to_owned(),
    };
    view! {
        <nav class="rail" aria-label=words::main_navigation()>
            <span class="brand"><Glyph icon=Icon::Brand /><span>{common::bearings()}</span></span>
            {link(Route::Today, Icon::Today, words::nav_today(), |it| matches!(it, Route::Today | Route::CheckIn), Some(due))}
            {link(
                Route::Objectives,
                Icon::Objectives,
                words::nav_objectives(),
                |it| matches!(it, Route::Objectives | Route::Objective(_) | Route::Review(_)),
                None,
            )}
            {link(Route::Kpis, Icon::Kpis, words::nav_kpis(), |it| matches!(it, Route::Kpis | Route::Kpi(_) | Route::Paste(_)), None)}
            {link(Route::Plans, Icon::Plans, words::nav_plans(), |it| it == Route::Plans, None)}
            {link(Route::Settings, Icon::Settings, words::nav_settings(), |it| it == Route::Settings, None)}
            <div class="foot">
                <b>{move || workspace.plan().frame.name.to_string()}</b>
                <span>{saved} <br /> {last_file}</span>
                <div class="acts">
                    <IconButton
                        icon=Icon::Undo
                        label=Signal::derive(move || {
                            workspace.can_undo().map_or_else(|| words::nothing_to_undo().to_owned(), |it| words::undo_it(&it))
                        })
                        disabled=Signal::derive(move || workspace.can_undo().is_none())
                        on_press=move || undone::undo(workspace)
                    />
                    <IconButton
                        icon=Icon::Redo
                        label=Signal::derive(move || {
                            workspace.can_redo().map_or_else(|| words::nothing_to_redo().to_owned(), |it| words::redo_it(&it))
                        })
                        disabled=Signal::derive(move || workspace.can_redo().is_none())
                        on_press=move || undone::redo(workspace)
                    />
                </div>
            </div>
        </nav>
    }
}

/// What the reader has to know before anything else.
#[component]
fn Banners() -> Html {
    let workspace = workspace();
    let export = move |_| pages::export(workspace, workspace.plan_now());
    let failing = move || match workspace.saving() {
        Saving::Failing(SaveError::Store(error)) => Some(match error {
            StorageError::Blocked => words::blocked(),
            StorageError::Full => words::full(),
            StorageError::Other(_) => words::refused(),
        }),
        Saving::Failing(SaveError::Torn) => Some(words::torn()),
        Saving::Failing(SaveError::Taken) => Some(words::taken()),
        Saving::Failing(SaveError::Newer) | Saving::Nothing | Saving::Saved => None,
    };
    let upkeep = upkeep_part();
    let full = move || workspace.saving() == Saving::Failing(SaveError::Store(StorageError::Full));
    let newer = move || workspace.saving() == Saving::Failing(SaveError::Newer);
    view! {
        {switch(failing, move |text| {
            text.map(move |text| view! {
                <div class="banner warn" role="alert">
                    <Mark shape=Shape::Triangle />
                    <p><b>{text}</b> " " {words::memory_only()}</p>
                    <button class="btn" type="button" on:click=export>
                        <Glyph icon=Icon::Export />
                        {common::save_a_file()}
                    </button>
                    {upkeep(Part::MakeRoom, Box::new(full))}
                </div>
            })
        })}
        {when(
            move || workspace.asks_to_leave(),
            move || view! {
                <div class="banner warn" role="alert">
                    <Mark shape=Shape::Triangle />
                    <p><b>{move || words::only_in_this_tab(workspace.plan().frame.name.as_str())}</b></p>
                    <button class="btn" type="button" on:click=export>
                        <Glyph icon=Icon::Export />
                        {common::save_a_file()}
                    </button>
                    <button class="btn" type="button" on:click=move |_| workspace.leave_all_the_same()>
                        {words::go_on_without()}
                    </button>
                    <button class="btn" type="button" on:click=move |_| workspace.stay()>{words::stay_here()}</button>
                </div>
            },
        )}
        {upkeep(Part::Background, Box::new(|| true))}
        {upkeep(Part::Aside, Box::new(move || workspace.mode() != Mode::Now))}
        {when(newer, || {
            view! {
                <div class="banner bad" role="alert">
                    <Mark shape=Shape::Diamond />
                    <p><b>{words::newer()}</b> " " {words::newer_explained()}</p>
                    <button class="btn" type="button" on:click=|_| page::reload()>{words::reload()}</button>
                </div>
            }
        })}
        {when(
            move || workspace.stored() != Stored::Whole,
            || view! {
                <div class="banner bad" role="alert">
                    <Mark shape=Shape::Diamond />
                    <p><b>{words::unread()}</b></p>
                    <a class="btn" href=Route::Plans.href()>{words::nav_plans()}</a>
                </div>
            },
        )}
        {when(
            move || workspace.is_sample(),
            move || view! {
                <div class="banner none" role="note">
                    <Mark shape=Shape::Ring />
                    <p><b>{words::this_is_a_sample()}</b> " " {words::sample_explained()}</p>
                    <button class="btn primary" type="button" on:click=move |_| {
                        workspace.leave_then(move || {
                            workspace.start_mine();
                            Route::Today.go();
                        });
                    }>{words::start_mine()}</button>
                </div>
            },
        )}
    }
}

/// How long an answer stays.
const TOAST: Duration = Duration::from_secs(10);

#[component]
fn Toasts() -> Html {
    let workspace = workspace();
    view! {
        <div class="toasts" role="status">
            <For each=move || workspace.toasts() key=|toast| toast.id children=|toast| view! { <ToastCard toast /> } />
        </div>
    }
}

#[component]
fn ToastCard(toast: Toast) -> Html {
    let workspace = workspace();
    let id = toast.id;
    // It waits while somebody is about to press its button.
    let timer = StoredValue::new(None);
    let leave = move || timer.set_value(Some(clock::after(TOAST, move || workspace.hush(id))));
    let stay = move || timer.set_value(None);
    leave();
    let undo = toast.undo.is_some().then(|| {
        let toast = toast.clone();
        view! { <button class="btn" type="button" on:click=move |_| undone::take_back(workspace, toast.clone())>{common::undo()}</button> }
    });
    view! {
        <div
            class="toast"
            on:mouseenter=move |_| stay()
            on:focusin=move |_| stay()
            on:mouseleave=move |_| leave()
            on:focusout=move |_| leave()
        >
            <p>{toast.text.clone()}</p>
            {undo}
            <button class="btn icon" type="button" aria-label=common::close() on:click=move |_| workspace.hush(id)>
                <Glyph icon=Icon::Close />
            </button>
        </div>
    }
}

/// Ctrl Z and Ctrl Shift Z (or Ctrl Y), outside of fields, where the browser has its own.
fn shortcuts() {
    let workspace = workspace();
    let handle = window_event_listener(ev::keydown, move |event| {
        if !(event.ctrl_key() || event.meta_key()) || event.alt_key() || page::is_typing() {
            return;
        }
        match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
            ("z", false) => undone::undo(workspace),
            ("z", true) | ("y", false) => undone::redo(workspace),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || handle.remove());
}
