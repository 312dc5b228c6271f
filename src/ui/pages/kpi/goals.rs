//! The goals that a KPI moves and guards, and the key result that it was kept from.

use bearings_plan::{Day, EntityId, KeyResult, KpiId, Plan};
use leptos::prelude::component;

use crate::{
    state::workspace,
    ui::{
        Route,
        components::{
            guarded::Guarded,
            status::{StatusMark, Tone},
            uid,
        },
        dom::{Child, CollectHtml as _, Html, view},
    },
    words::guards as words,
};

/// A goal, or a KPI that is guarded.
#[derive(Debug, Clone, PartialEq)]
struct Linked {
    id: EntityId,
    name: String,
    href: String,
    /// Where it belongs.
    of: String,
    tone: Tone,
}

#[derive(Debug, Clone, PartialEq)]
struct Shown {
    feeds: Vec<Linked>,
    guards: Vec<Linked>,
    kept_from: Option<Linked>,
}

#[component]
pub fn Goals(id: KpiId) -> Html {
    let shown = workspace().read(move |plan, today| {
        let of_key_result = |id| plan.key_results.get(id).and_then(|it| key_result(plan, it, today));
        let guarded = |id: EntityId| match id {
            EntityId::KeyResult(id) => of_key_result(id),
            EntityId::Kpi(id) => plan.kpis.get(id).map(|kpi| Linked {
                id: id.into(),
                name: kpi.name.to_string(),
                href: Route::Kpi(id).href(),
                of: String::new(),
                tone: Tone::from(plan.kpi_report(kpi, today).health),
            }),
            _ => None,
        };
        Some(Shown {
            feeds: plan.fed_from(id, today).iter().filter_map(|it| key_result(plan, it, today)).collect(),
            guards: plan.guarded_by(id, today).into_iter().filter_map(guarded).collect(),
            kept_from: plan.kpis.get(id)?.kept_from.and_then(of_key_result),
        })
    });
    let heading = uid("h");
    let some = |label: &'static str, all: Vec<Linked>| {
        (!all.is_empty())
            .then(|| view! { <h3>{label}</h3> <ul class="links">{all.into_iter().map(row).collect_html()}</ul> })
    };
    let all = move || {
        let Shown { feeds, guards, kept_from } = shown.get()?;
        let none = feeds.is_empty() && guards.is_empty() && kept_from.is_none();
        Some(view! {
            {none.then(|| view! { <p class="told">{words::no_goals()}</p> })}
            {some(words::feeds(), feeds)}
            {some(words::guarding(), guards)}
            {some(words::came_from(), kept_from.into_iter().collect())}
        })
    };
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>{words::goals()}</h2>
            </header>
            <div class="body">{Child::html(all)}</div>
        </section>
    }
}

fn row(Linked { id, name, href, of, tone }: Linked) -> Html {
    view! {
        <li>
            <span><a href=href>{name}</a> {(!of.is_empty()).then(|| view! { " " <small>{words::part_of(&of)}</small> })}</span>
            <StatusMark tone />
            <Guarded of=id />
        </li>
    }
}

/// A key result as it was when its cycle was closed, or as it is.
fn key_result(plan: &Plan, of: &KeyResult, today: Day) -> Option<Linked> {
    let day = plan.guards_told_on(of.id.into(), today);
    let objective = plan.objectives.get(*of.objective.on(day))?;
    Some(Linked {
        id: of.id.into(),
        name: of.title.to_string(),
        href: Route::Objective(objective.id).href(),
        of: objective.title.to_string(),
        tone: Tone::from(plan.key_result_report(of, day).status),
    })
}
