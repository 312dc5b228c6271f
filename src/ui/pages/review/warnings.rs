//! What somebody should know before a cycle is closed.

use bearings_plan::{CycleId, Warning};
use leptos::prelude::component;

use crate::{
    reactive::StoredValue,
    state::workspace,
    ui::{
        Route,
        components::{
            icon::{Mark, Shape},
            uid,
        },
        dom::{Html, view, when},
    },
    words::review as words,
};

/// A warning in words, and the thing that it speaks of.
#[derive(Debug, Clone, PartialEq)]
struct Told {
    of: Option<(String, String)>,
    text: String,
}

#[component]
pub fn Warnings(id: CycleId) -> Html {
    let warnings = workspace().read(move |plan, today| {
        let Some(cycle) = plan.cycles.get(id) else { return Vec::new() };
        let told = |warning: Warning| {
            let (Warning::Silent { of } | Warning::Moved { of } | Warning::WithoutNumber { of }) = warning else {
                return Some(Told { of: None, text: words::warning(warning, None) });
            };
            let key_result = plan.key_results.get(of)?;
            let heard = plan.key_result_report(key_result, today).heard;
            let href = Route::Objective(*key_result.objective.on(today)).href();
            Some(Told { of: Some((key_result.title.to_string(), href)), text: words::warning(warning, heard) })
        };
        plan.closing_warnings(cycle, today).into_iter().filter_map(told).collect::<Vec<_>>()
    });
    let heading = StoredValue::new(uid("before"));
    let row = |Told { of, text }: Told| {
        view! {
            <li>
                <Mark shape=Shape::Triangle />
                {match of {
                    Some((title, href)) => view! { <p><a href=href>{title}</a> ": " {text} "."</p> },
                    None => view! { <p><b>{text}</b> " " {words::not_over()}</p> },
                }}
            </li>
        }
    };
    when(
        move || !warnings.with(Vec::is_empty),
        move || {
            view! {
                <section class="card" aria-labelledby=heading.get_value()>
                    <header>
                        <h2 id=heading.get_value()>{words::before()}</h2>
                    </header>
                    <ul class="body warnings warn">
                        <For each=move || warnings.get() key=Told::clone children=row />
                    </ul>
                </section>
            }
        },
    )
}
