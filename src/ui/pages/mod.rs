//! The pages.

mod check_in;
mod kpi;
mod kpis;
mod objective;
mod objectives;
mod paste;
mod plans;
mod review;
mod settings;
mod start;
mod today;

use std::sync::Arc;

use bearings_plan::{CycleId, KpiId, ObjectiveId, Plan};
use leptos::{prelude::component, task::spawn_local};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::{
    Route,
    components::{check::fetch_saving, figure::fetch_drawing, instrument::fetch_told},
    lazy::{Arrival, Page as Arrived, first, later, soon},
    upkeep::fetch_upkeep,
};
use crate::{
    reactive::{Effect, Memo, Signal},
    state::{Mode, Workspace, workspace},
    ui::dom::{Children, Html, switch, view},
    web::{WebError, page, style},
    words::{headline, shell as words},
};

/// The page of a route.
#[component]
pub fn Page(route: Signal<Route>) -> Html {
    let workspace = workspace();
    let fresh = workspace.read(|plan, _| plan.is_blank());
    // Another plan, another page: nothing half-typed wanders from one to the other.
    let plan = workspace.read(|plan, _| plan.frame.id);
    switch(
        move || (plan.get(), route.get()),
        move |(_, route)| match *route {
            Route::Today => switch(
                move || fresh.get(),
                |fresh| {
                    if *fresh {
                        first(|| Box::pin(fetch_start_page()), || Box::pin(start_page()))
                    } else {
                        first(|| Box::pin(fetch_today_page()), || Box::pin(today_page()))
                    }
                },
            ),
            Route::Objectives => later(|| Box::pin(fetch_objectives_page()), || Box::pin(objectives_page())),
            Route::Objective(id) => later(|| Box::pin(fetch_objective_page()), move || Box::pin(objective_page(id))),
            Route::Review(id) => later(|| Box::pin(fetch_review_page()), move || Box::pin(review_page(id))),
            Route::Kpis => later(|| Box::pin(fetch_kpis_page()), || Box::pin(kpis_page())),
            Route::Kpi(id) => later(|| Box::pin(fetch_kpi_page()), move || Box::pin(kpi_page(id))),
            Route::Paste(of) => later(|| Box::pin(fetch_paste_page()), move || Box::pin(paste_page(of))),
            Route::CheckIn => later(|| Box::pin(fetch_check_in_page()), || Box::pin(check_in_page())),
            Route::Plans => later(|| Box::pin(fetch_plan_pages()), || Box::pin(plan_pages())),
            Route::Settings => later(|| Box::pin(fetch_settings_page()), || Box::pin(settings_page())),
            Route::Unknown => view! { <NotFound /> },
        },
    )
}

// Each of these is a chunk of its own, together with all that only it needs. Pages that share a lot share a chunk.

#[wasm_split(start, fallible, preload(fetch_start_page))]
fn start_page() -> Arrived {
    Ok(view! { <start::Start /> })
}

#[wasm_split(today, fallible, preload(fetch_today_page))]
fn today_page() -> Arrived {
    Ok(view! { <today::Today /> })
}

#[wasm_split(objectives, fallible, preload(fetch_objectives_page))]
fn objectives_page() -> Arrived {
    Ok(view! { <objectives::Objectives /> })
}

#[wasm_split(objective, fallible, preload(fetch_objective_page))]
fn objective_page(id: ObjectiveId) -> Arrived {
    Ok(view! { <objective::ObjectivePage id /> })
}

#[wasm_split(review, fallible, preload(fetch_review_page))]
fn review_page(id: CycleId) -> Arrived {
    Ok(view! { <review::ReviewPage id /> })
}

#[wasm_split(check_in, fallible, preload(fetch_check_in_page))]
fn check_in_page() -> Arrived {
    Ok(view! { <check_in::CheckIn /> })
}

#[wasm_split(kpis, fallible, preload(fetch_kpis_page))]
fn kpis_page() -> Arrived {
    Ok(view! { <kpis::Kpis /> })
}

#[wasm_split(kpi, fallible, preload(fetch_kpi_page))]
fn kpi_page(id: KpiId) -> Arrived {
    Ok(view! { <kpi::KpiPage id /> })
}

#[wasm_split(paste, fallible, preload(fetch_paste_page))]
fn paste_page(of: Option<KpiId>) -> Arrived {
    Ok(view! { <paste::PastePage of /> })
}

#[wasm_split(plans, fallible, preload(fetch_plan_pages))]
fn plan_pages() -> Arrived {
    Ok(view! { <plans::Plans /> })
}

#[wasm_split(settings, fallible, preload(fetch_settings_page))]
fn settings_page() -> Arrived {
    Ok(view! { <settings::Settings /> })
}

/// Fetches what the first screen did without, so that every page opens at once later on.
pub fn fetch_all() {
    style::fetch(|| {});
    spawn_local(async {
        // What does not come now is asked for again, and said, when its page is opened.
        let _: [Arrival; 16] = [
            fetch_start_page().await,
            fetch_today_page().await,
            fetch_check_in_page().await,
            fetch_objectives_page().await,
            fetch_objective_page().await,
            fetch_review_page().await,
            fetch_kpis_page().await,
            fetch_kpi_page().await,
            fetch_paste_page().await,
            fetch_plan_pages().await,
            fetch_settings_page().await,
            fetch_drawing().await,
            fetch_saving().await,
            fetch_export().await,
            fetch_told().await,
            fetch_upkeep().await,
        ];
    });
}

/// The headline of a page; where a past day is looked at, it says which.
pub fn dated(title: Memo<String>) -> Signal<String> {
    let workspace = workspace();
    Signal::derive(move || match workspace.mode() {
        Mode::Past(day) => headline::on_day(day, &title.get()),
        Mode::Now | Mode::WhatIf => title.get(),
    })
}

/// The head of a page: its title, which is also the tab's, a line below, and what can be done.
#[component]
pub fn Top(
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] below: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> Html {
    Effect::run(move || page::set_title(&words::tab_title(&title.get())));
    view! {
        <div class="top">
            <div>
                <h1>{move || title.get()}</h1>
                <p class="quiet">{move || below.get()}</p>
            </div>
            {children.map(|children| view! { <div class="acts">{children()}</div> })}
        </div>
    }
}

/// An address without a page, or of something that is gone.
#[component]
pub fn NotFound() -> Html {
    view! {
        <Top title=words::not_found().to_owned() below=words::not_found_why().to_owned() />
        <p><a class="btn" href=Route::Today.href()>{words::back_to_today()}</a></p>
    }
}

/// Hands a plan out as a file; says so if the browser refuses.
pub fn export(workspace: Workspace, plan: impl Into<Arc<Plan>>) {
    soon(hand_out(workspace, plan.into()), move |done| {
        if !matches!(done, Ok(Ok(()))) {
            workspace.say(words::export_refused(), None);
        }
    });
}

#[wasm_split(export, fallible, preload(fetch_export))]
fn hand_out(workspace: Workspace, plan: Arc<Plan>) -> Result<Result<(), WebError>, SplitLoaderError> {
    Ok(workspace.export(&plan))
}
