//! The pages.

mod kpi;
mod kpis;
mod objective;
mod objectives;
mod plans;
mod start;
mod today;

use bearings_plan::Plan;
use leptos::prelude::component;

use super::Route;
use crate::{
    reactive::{Effect, Signal},
    state::{Workspace, workspace},
    ui::dom::{Children, Html, switch, view},
    web::page,
    words::shell as words,
};

/// The page of a route.
#[component]
pub fn Page(route: Signal<Route>) -> Html {
    let workspace = workspace();
    let fresh = workspace.read(|plan, _| plan.objectives.is_empty() && plan.kpis.is_empty());
    // Another plan, another page: nothing half-typed wanders from one to the other.
    let plan = workspace.read(|plan, _| plan.frame.id);
    switch(
        move || (plan.get(), route.get()),
        move |(_, route)| match *route {
            Route::Today => switch(
                move || fresh.get(),
                |fresh| {
                    if *fresh {
                        view! { <start::Start /> }
                    } else {
                        view! { <today::Today /> }
                    }
                },
            ),
            Route::Objectives => view! { <objectives::Objectives /> },
            Route::Objective(id) => view! { <objective::ObjectivePage id /> },
            Route::Kpis => view! { <kpis::Kpis /> },
            Route::Kpi(id) => view! { <kpi::KpiPage id /> },
            Route::Plans => view! { <plans::Plans /> },
            Route::Unknown => view! { <NotFound /> },
        },
    )
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
pub fn export(workspace: Workspace, plan: &Plan) {
    if workspace.export(plan).is_err() {
        workspace.say(words::export_refused(), None);
    }
}
