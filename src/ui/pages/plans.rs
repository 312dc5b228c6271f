//! Plans: which there are in this browser, and files coming in and going out.

mod backups;
mod import;

use std::sync::Arc;

use bearings_plan::{Plan, PlanId};
use leptos::{ev::SubmitEvent, prelude::component};

use super::{Top, export};
use crate::{
    reactive::{Callback, Memo, RwSignal, Signal},
    state::{Saving, Shelved, workspace},
    ui::{
        components::{
            button::{Choice, Menu},
            field::{Input, TextField},
            icon::{Glyph, Icon},
        },
        dom::{Html, switch, view, when},
    },
    words::{common, plans as words, shell},
};

#[component]
pub fn Plans() -> Html {
    let workspace = workspace();
    let shelf = Memo::new(move || workspace.shelf());
    let title = Signal::derive(move || words::title(shelf.with(Vec::len)));
    view! {
        <Top title below=words::where_short().to_owned()>
            <button class="btn primary" type="button" on:click=move |_| {
                workspace.new_plan();
                super::Route::Today.go();
            }>
                <Glyph icon=Icon::Plus />
                {words::new_plan()}
            </button>
        </Top>
        <div class="cols">
            <section class="card" aria-labelledby="shelf">
                <header>
                    <h2 id="shelf">{words::your_plans()}</h2>
                </header>
                <ul class="rows">
                    <For
                        each=move || shelf.get()
                        key=|shelved| (shelved.id, shelved.open)
                        children=move |shelved| view! { <Row id=shelved.id shelf /> }
                    />
                </ul>
            </section>
            <div class="side stack">
                <div class="card tip">
                    <p><b>{words::where_is_it()}</b> " " {words::where_explained()}</p>
                </div>
                <div class="card tip">
                    <p><b>{words::sample()}</b> " " {words::sample_explained()}</p>
                    <div class="acts">
                        <button class="btn" type="button" on:click=move |_| {
                            workspace.look_at_sample();
                            super::Route::Today.go();
                        }>{words::look_at_it()}</button>
                    </div>
                </div>
                <History />
            </div>
            <import::Import />
            <backups::Backups />
        </div>
    }
}

/// Whether the open plan is kept, and undo and redo: phones have no room for them in the frame.
#[component]
fn History() -> Html {
    let workspace = workspace();
    let kept = move || match workspace.saving() {
        Saving::Nothing => words::nothing_to_keep(),
        Saving::Saved => shell::saved_here(),
        Saving::Failing(_) => shell::not_saved(),
    };
    let step = |icon: Icon, word: &'static str, what: Signal<Option<String>>, act: Callback<()>| {
        view! {
            <button class="btn" type="button" disabled=move || what.get().is_none() on:click=move |_| act.run(())>
                <Glyph icon />
                {word}
            </button>
        }
    };
    let undo = Signal::derive(move || workspace.can_undo());
    let redo = Signal::derive(move || workspace.can_redo());
    view! {
        <div class="card tip">
            <p><b>{move || workspace.plan().frame.name.to_string()}</b> " " {kept}</p>
            <p>{move || undo.get().map(|what| shell::undo_it(&what))}</p>
            <div class="acts">
                {step(Icon::Undo, common::undo(), undo, Callback::new(move |()| workspace.undo()))}
                {step(Icon::Redo, common::redo(), redo, Callback::new(move |()| workspace.redo()))}
            </div>
        </div>
    }
}

/// One plan of the shelf.
#[component]
fn Row(id: PlanId, shelf: Memo<Vec<Shelved>>) -> Html {
    let workspace = workspace();
    let shelved = Memo::new(move || shelf.with(|shelf| shelf.iter().find(|shelved| shelved.id == id).cloned()));
    let plan = move || shelved.get().and_then(|shelved| shelved.plan.ok());
    let name = Signal::derive(move || {
        plan().map_or_else(|| words::unreadable().to_owned(), |plan| plan.frame.name.to_string())
    });
    let open = move || shelved.with(|shelved| shelved.as_ref().is_some_and(|shelved| shelved.open));
    let about = move || match plan() {
        Some(plan) => {
            let contents = words::contents(plan.objectives.len(), plan.kpis.len());
            if open() { words::open_now_and(&contents) } else { contents }
        }
        None => words::unreadable_explained().to_owned(),
    };
    let renaming = RwSignal::new(false);
    let save = move || {
        if let Some(plan) = shelved.get_untracked().and_then(|shelved| shelved.plan.ok()) {
            export(workspace, &plan);
        }
    };
    let acts = move |readable: &bool| match readable {
        true => view! {
            {when(
                move || !open(),
                move || view! {
                    <button class="btn" type="button" on:click=move |_| {
                        workspace.open_plan(id);
                        super::Route::Today.go();
                    }>{words::open()}</button>
                },
            )}
            <button class="btn" type="button" on:click=move |_| save()>
                <Glyph icon=Icon::Export />
                {common::save_a_file()}
            </button>
            <Menu
                of=name
                choices=vec![
                    Choice::new(Icon::Edit, words::rename(), move || renaming.set(true)),
                    Choice::new(Icon::Delete, common::delete(), move || workspace.delete_plan(id)),
                ]
            />
        },
        false => view! {
            <button class="btn" type="button" on:click=move |_| {
                if workspace.export_raw(id).is_err() {
                    workspace.say(shell::export_refused(), None);
                }
            }>
                <Glyph icon=Icon::Export />
                {words::save_raw()}
            </button>
        },
    };
    view! {
        <li>
            <div>
                {switch(
                    move || renaming.get(),
                    move |renames| match renames {
                        true => view! { <Rename id plan=plan() renaming /> },
                        false => view! {
                            <h3>{move || name.get()}</h3>
                            <p>{about}</p>
                        },
                    },
                )}
            </div>
            <div class="acts">{switch(move || plan().is_some(), acts)}</div>
        </li>
    }
}

#[component]
fn Rename(id: PlanId, plan: Option<Arc<Plan>>, renaming: RwSignal<bool>) -> Html {
    let workspace = workspace();
    let input = Input::new(plan.map(|plan| plan.frame.name.to_string()).unwrap_or_default());
    input.focus();
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(name) = input.name() {
            renaming.set(false);
            workspace.rename_plan(id, name);
        }
    };
    view! {
        <form class="form" novalidate on:submit=save on:keydown=move |event| {
            if event.key() == "Escape" {
                renaming.set(false);
            }
        }>
            <TextField input label=words::name() class="all" />
            <div class="acts">
                <button class="btn primary">{common::save()}</button>
                <button class="btn" type="button" on:click=move |_| renaming.set(false)>{common::cancel()}</button>
            </div>
        </form>
    }
}
