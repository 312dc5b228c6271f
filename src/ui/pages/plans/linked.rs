//! The file that the open plan is kept in step with.

use leptos::{prelude::component, task::spawn_local};

use crate::{
    reactive::Signal,
    state::{Chosen, Link, Synced, workspace},
    ui::dom::{Html, switch, view, when},
    web::linked::may_choose_there,
    words::linked as words,
};

#[component]
pub fn Linked() -> Html {
    let workspace = workspace();
    let link = workspace.upkeep.link;
    let name = Signal::derive(move || match link.get() {
        Link::To(name, _) => Some(name),
        Link::None => None,
    });
    let state = Signal::derive(move || match link.get() {
        Link::To(_, state) => Some(state),
        Link::None => None,
    });
    view! {
        <section class="card" aria-labelledby="linked">
            <header>
                <h2 id="linked">{words::title()}</h2>
            </header>
            <div class="body flow">
                {switch(
                    move || name.get(),
                    move |name| match name {
                        Some(name) => view! { <To name=name.clone() state /> },
                        None => {
                            let choose = move |chosen| move |_| spawn_local(workspace.link(chosen));
                            view! {
                                <p class="told">{words::why()}</p>
                                <div class="acts">
                                    <button class="btn" type="button" on:click=choose(Chosen::New)>
                                        {words::new_file()}
                                    </button>
                                    {may_choose_there()
                                        .then(|| view! {
                                            <button class="btn" type="button" on:click=choose(Chosen::There)>
                                                {words::there()}
                                            </button>
                                        })}
                                </div>
                            }
                        }
                    },
                )}
            </div>
        </section>
    }
}

/// A file, how it stands with it, and what can be done.
#[component]
fn To(name: String, state: Signal<Option<Synced>>) -> Html {
    let workspace = workspace();
    let told = move || match state.get().unwrap_or(Synced::Looking) {
        Synced::Looking => words::looking().to_owned(),
        Synced::InStep { merged: 0 } => words::in_step().to_owned(),
        Synced::InStep { merged } => format!("{} {}", words::in_step(), words::merged(merged)),
        Synced::Asking => words::asking().to_owned(),
        Synced::NotAPlan => words::not_a_plan().to_owned(),
        Synced::OtherPlan => words::other_plan().to_owned(),
        Synced::Newer => words::newer().to_owned(),
        Synced::NotWritable => words::not_writable().to_owned(),
        Synced::NotKept => words::not_kept().to_owned(),
    };
    let in_step = move || matches!(state.get(), None | Some(Synced::Looking | Synced::InStep { .. }));
    let asking = move || state.get() == Some(Synced::Asking);
    let go_on = words::go_on(&name);
    view! {
        <p><b>{name.clone()}</b></p>
        <p class="told" role="status">{told}</p>
        <div class="acts">
            {when(asking, move || {
                let go_on = go_on.clone();
                view! {
                    <button class="btn primary" type="button" on:click=move |_| spawn_local(workspace.allow_link())>
                        {go_on}
                    </button>
                }
            })}
            {when(move || !in_step() && !asking(), move || {
                view! {
                    <button class="btn" type="button" on:click=move |_| spawn_local(workspace.sync_link())>
                        {words::again()}
                    </button>
                }
            })}
            <button class="btn plain" type="button" on:click=move |_| spawn_local(workspace.unlink())>
                {words::unlink()}
            </button>
        </div>
    }
}
