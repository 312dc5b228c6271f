//! Objectives that are put away: out of all lists and numbers, and never lost.

use bearings_plan::{Change, Edit, ObjectiveEdit, ObjectiveId};
use leptos::prelude::component;

use crate::{
    reactive::StoredValue,
    state::workspace,
    ui::{
        Route,
        components::{
            button::Choice,
            icon::{Glyph, Icon},
            uid,
        },
        dom::{Html, view, when},
    },
    web::page,
    words::{objectives, review as words},
};

/// Puts an objective away, for its menu.
pub fn put_away(id: ObjectiveId) -> Choice {
    Choice::new(Icon::Archive, words::put_away(), move || move_aside(id, true))
}

/// Puts an objective away, or brings it back, and says so.
fn move_aside(id: ObjectiveId, away: bool) {
    let workspace = workspace();
    let title = workspace.shown_now().objectives.get(id).map(|it| it.title.to_string()).unwrap_or_default();
    let change = Change::Edit { edit: Edit::of(id, ObjectiveEdit::archived(away)), from: None };
    workspace.make_and_say(change, if away { words::is_put_away(&title) } else { words::is_back(&title) });
    page::focus("main");
}

#[component]
pub fn PutAwayCard() -> Html {
    let ids = workspace()
        .read(|plan, today| plan.archived_objectives(today).iter().map(|objective| objective.id).collect::<Vec<_>>());
    let heading = StoredValue::new(uid("away"));
    when(
        move || !ids.with(Vec::is_empty),
        move || {
            view! {
                <section class="card" aria-labelledby=heading.get_value()>
                    <header>
                        <h2 id=heading.get_value()>{words::put_away()}</h2>
                        <small>{words::put_away_explained()}</small>
                    </header>
                    <ul class="rows">
                        <For each=move || ids.get() key=|id| *id children=|id| view! { <PutAwayRow id /> } />
                    </ul>
                </section>
            }
        },
    )
}

#[component]
fn PutAwayRow(id: ObjectiveId) -> Html {
    let workspace = workspace();
    let title =
        workspace.read(move |plan, _| plan.objectives.get(id).map(|it| it.title.to_string()).unwrap_or_default());
    let cycle = workspace.read(move |plan, today| {
        let cycle = plan.objectives.get(id)?.cycle.on(today).and_then(|id| plan.cycles.get(id))?;
        Some((cycle.name.to_string(), plan.is_closed(cycle.id, today)))
    });
    let closed = move || cycle.with(|cycle| cycle.as_ref().is_some_and(|(_, closed)| *closed));
    let small = move || {
        cycle.with(|cycle| match cycle {
            Some((name, true)) => words::belongs_to_closed(name),
            Some((name, false)) => name.clone(),
            None => objectives::backlog().to_owned(),
        })
    };
    view! {
        <li>
            <div>
                <h3><a href=Route::Objective(id).href()>{move || title.get()}</a></h3>
                <p>{small}</p>
            </div>
            <div class="acts">
                {when(
                    move || !closed(),
                    move || view! {
                        <button
                            class="btn"
                            type="button"
                            aria-label=move || words::bring_it_back(&title.get())
                            on:click=move |_| move_aside(id, false)
                        >
                            <Glyph icon=Icon::Undo />
                            {words::bring_back()}
                        </button>
                    },
                )}
            </div>
        </li>
    }
}
