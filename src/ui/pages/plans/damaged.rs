//! What of the open plan cannot be read: it can be kept as a file, and removed.

use leptos::prelude::component;

use crate::{
    reactive::RwSignal,
    state::workspace,
    ui::{
        components::icon::{Glyph, Icon},
        dom::{Html, switch, view, when},
    },
    words::{common, room as words, shell},
};

#[component]
pub fn Damaged() -> Html {
    let workspace = workspace();
    let asks = RwSignal::new(false);
    let save = move |_| {
        if workspace.export_damaged().is_err() {
            workspace.say(shell::export_refused(), None);
        }
    };
    let acts = move |really: &bool| match really {
        false => view! {
            <button class="btn" type="button" on:click=save>
                <Glyph icon=Icon::Export />
                {words::save_damaged()}
            </button>
            <button class="btn" type="button" on:click=move |_| asks.set(true)>{words::remove_damaged()}</button>
        },
        true => view! {
            <p>{words::remove_explained()}</p>
            <button class="btn" type="button" on:click=move |_| {
                asks.set(false);
                workspace.remove_damaged();
            }>{words::really_remove()}</button>
            <button class="btn" type="button" on:click=move |_| asks.set(false)>{common::cancel()}</button>
        },
    };
    when(
        move || workspace.damaged() > 0,
        move || {
            view! {
                <section class="card" aria-labelledby="damaged">
                    <header>
                        <h2 id="damaged">{words::damaged()}</h2>
                    </header>
                    <div class="body flow">
                        <p>{move || words::damaged_pieces(workspace.damaged(), workspace.plan().frame.name.as_str())}</p>
                        <div class="acts">{switch(move || asks.get(), acts)}</div>
                    </div>
                </section>
            }
        },
    )
}
