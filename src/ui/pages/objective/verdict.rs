//! What was decided about an objective whose cycle is closed.

use bearings_plan::{ObjectiveId, Verdict};
use leptos::prelude::component;

use crate::{
    reactive::{Memo, Signal},
    state::workspace,
    ui::{
        Route,
        components::{
            icon::{Glyph, Icon},
            uid,
            verdict::VerdictTold,
        },
        dom::{Child, Html, view},
    },
    words::review as words,
};

#[component]
pub fn VerdictCard(id: ObjectiveId) -> Html {
    let workspace = workspace();
    let verdict: Memo<Option<Verdict>> =
        workspace.read(move |plan, today| plan.objectives.get(id)?.verdict.on(today).clone());
    let cycle = workspace.read(move |plan, today| {
        let cycle = plan.objectives.get(id)?.cycle.on(today).and_then(|id| plan.cycles.get(id))?;
        Some((cycle.id, cycle.name.to_string()))
    });
    let look_back = move || {
        let (id, name) = cycle.get()?;
        Some(view! {
            <a class="btn" href=Route::Review(id).href() aria-label=words::look_back_at(&name)>
                <Glyph icon=Icon::Review />
                {words::look_back()}
            </a>
        })
    };
    let closed = move || cycle.get().map(|(_, name)| words::is_closed(&name));
    let heading = uid("verdict");
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>{words::verdict()}</h2>
                <small>{closed}</small>
            </header>
            <div class="body flow">
                <VerdictTold verdict=Signal::from(verdict) />
                <div class="acts">{Child::html(look_back)}</div>
            </div>
        </section>
    }
}
