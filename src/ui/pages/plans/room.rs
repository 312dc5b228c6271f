//! How much of the storage is used, and whether the browser may clear it.

use bearings_plan::{Number, PlanId, store};
use leptos::prelude::component;

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
    // It counts the plan's texts, which say nothing when they change.
    let room = Memo::new(move || (workspace.plan().frame.id, workspace.room()));
    let share = Signal::derive(move || room.with(|(_, room)| room.share()));
    let told = Signal::derive(move || {
        let all = intl::bare(Number::from(i32::try_from(storage::ROOM).unwrap_or(i32::MAX)));
        words::of_all(&intl::percent(share.get()), &all)
    });
    let part = move |word: &'static str, size: fn(&store::Room, PlanId) -> usize| {
        view! { <div><dt>{word}</dt><dd>{move || room.with(|(id, room)| intl::kilobytes(size(room, *id)))}</dd></div> }
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
                    high=store::Room::CROWDED
                    optimum="0"
                    value=move || bearings_plan::digits(share.get())
                    aria-label=words::used()
                    aria-valuetext=move || told.get()
                ></meter>
                <p class="told">{move || told.get()}</p>
                <dl class="counts">
                    {part(words::this_plan(), store::Room::plan)}
                    {part(words::other_plans(), store::Room::plans_beside)}
                    {part(words::rest(), |room, _| room.other)}
                </dl>
                <p class="told">{promised}</p>
            </div>
        </section>
    }
}
