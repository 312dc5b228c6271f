//! What somebody should know before a cycle is closed.

use bearings_plan::{Cycle, CycleId, Day, Plan, Warning};
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
        dom::{CollectHtml as _, Html, view, when},
    },
    words::review as words,
};

/// A warning in words, and the things that it speaks of.
#[derive(Debug, Clone, PartialEq)]
struct Told {
    text: String,
    rest: &'static str,
    of: Vec<Thing>,
}

#[derive(Debug, Clone, PartialEq)]
struct Thing {
    title: String,
    href: String,
    small: String,
}

#[component]
pub fn Warnings(id: CycleId) -> Html {
    let warnings =
        workspace().read(move |plan, today| plan.cycles.get(id).map(|it| told(plan, it, today)).unwrap_or_default());
    let heading = StoredValue::new(uid("before"));
    let thing = |Thing { title, href, small }: Thing| {
        view! {
            <li>
                <a href=href>{title}</a>
                " "
                <small>{small}</small>
            </li>
        }
    };
    let row = move |Told { text, rest, of }: Told| {
        view! {
            <li>
                <Mark shape=Shape::Triangle />
                <div>
                    <p><b>{text}</b> " " {rest}</p>
                    <ul>{of.into_iter().map(thing).collect_html()}</ul>
                </div>
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

/// The warnings, those of a kind together.
fn told(plan: &Plan, cycle: &Cycle, today: Day) -> Vec<Told> {
    let mut all: Vec<Told> = Vec::new();
    for warning in plan.closing_warnings(cycle, today) {
        let text = words::warning(warning);
        let thing = thing(plan, warning, today);
        match all.iter_mut().find(|told| told.text == text) {
            Some(told) => told.of.extend(thing),
            None => {
                let rest = if matches!(warning, Warning::NotOver { .. }) { words::not_over() } else { "" };
                all.push(Told { text, rest, of: thing.into_iter().collect() });
            }
        }
    }
    all
}

fn thing(plan: &Plan, warning: Warning, today: Day) -> Option<Thing> {
    let (Warning::Silent { of } | Warning::Moved { of } | Warning::Guard { of } | Warning::WithoutNumber { of }) =
        warning
    else {
        return None;
    };
    let key_result = plan.key_results.get(of)?;
    let small = match warning {
        Warning::Silent { .. } => words::heard(plan.key_result_report(key_result, today).heard),
        Warning::Guard { .. } => {
            let broken = plan.broken_guards(of.into(), today).into_iter().filter_map(|it| plan.kpis.get(it.kpi));
            broken.map(|kpi| kpi.name.to_string()).collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    };
    let href = Route::Objective(*key_result.objective.on(today)).href();
    Some(Thing { title: key_result.title.to_string(), href, small })
}
