//! How much of the storage is used, and whether the browser may clear it.

use bearings_plan::Number;
use leptos::prelude::component;

use super::size;
use crate::{
    reactive::{Memo, Signal},
    state::workspace,
    ui::dom::{Html, view},
    web::{intl, storage},
    words::room as words,
};

#[component]
pub fn Room() -> Html {
    let workspace = workspace();
    let room = Memo::new(move || {
        let plan = workspace.plan();
        let room = workspace.room();
        let this = room.plan(plan.frame.id);
        [this, room.plans() - this, room.other]
    });
    let share = Signal::derive(move || storage::share_of_room(room.with(|room| room.iter().sum())));
    let all = Number::new(storage::ROOM_IN_MILLIONS).unwrap_or_default();
    let told = Signal::derive(move || words::of_all(&intl::percent(share.get()), &intl::bare(all)));
    let part = move |word: &'static str, at: usize| {
        view! { <div><dt>{word}</dt><dd>{move || room.with(|room| size(room[at]))}</dd></div> }
    };
    let promised = move || match workspace.upkeep.promised.get() {
        Some(true) => words::promised(),
        Some(false) => words::not_promised(),
        None => "",
    };
    view! {
        <section class="card" aria-labelledby="room">
            <header>
                <h2 id="room">{words::title()}</h2>
            </header>
            <div class="body flow">
                <meter
                    min="0"
                    max="1"
                    high=storage::CROWDED
                    optimum="0"
                    value=move || bearings_plan::digits(share.get())
                    aria-label=words::used()
                    aria-valuetext=move || told.get()
                ></meter>
                <p class="told">{move || told.get()}</p>
                <dl class="counts">
                    {part(words::this_plan(), 0)}
                    {part(words::other_plans(), 1)}
                    {part(words::rest(), 2)}
                </dl>
                <p class="told">{promised}</p>
            </div>
        </section>
    }
}
