//! Plans: which there are in this browser, and files coming in and going out.

mod backups;
mod damaged;
mod import;
mod linked;
mod room;

use bearings_plan::{Name, PlanId};
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
        undone,
    },
    web::{intl, keys, linked::is_supported},
    words::{common, plans as words, shell},
};

/// Days within which a change is said to be so many days ago; a date says more beyond.
const LATELY: i32 = 7;

#[component]
pub fn Plans() -> Html {
    let workspace = workspace();
    let shelf = Memo::new(move || workspace.shelf());
    let title = Signal::derive(move || words::title(shelf.with(Vec::len)));
    view! {
        <Top title below=words::where_short().to_owned()>
            <button class="btn primary" type="button" on:click=move |_| {
                workspace.leave_then(move || {
                    workspace.new_plan();
                    super::Route::Today.go();
                });
            }>
                <Glyph icon=Icon::Plus />
                {words::new_plan()}
            </button>
        </Top>
        <div class="cols">
            <div class="stack">
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
                <damaged::Damaged />
            </div>
            <div class="side stack">
                <room::Room />
                {is_supported().then(|| view! { <linked::Linked /> })}
                <div class="card tip">
                    <p><b>{words::where_is_it()}</b> " " {words::where_explained()}</p>
                </div>
                <div class="card tip">
                    <p><b>{words::sample()}</b> " " {words::sample_explained()}</p>
                    <div class="acts">
                        <button class="btn" type="button" on:click=move |_| {
                            workspace.leave_then(move || {
                                workspace.look_at_sample();
                                super::Route::Today.go();
                            });
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
                {step(Icon::Undo, common::undo(), undo, Callback::new(move |()| undone::undo(workspace)))}
                {step(Icon::Redo, common::redo(), redo, Callback::new(move |()| undone::redo(workspace)))}
            </div>
        </div>
    }
}

/// One plan of the shelf.
#[component]
fn Row(id: PlanId, shelf: Memo<Vec<Shelved>>) -> Html {
    let workspace = workspace();
    let shelved = Memo::new(move || shelf.with(|shelf| shelf.iter().find(|shelved| shelved.id == id).cloned()));
    let said = move || shelved.get().and_then(|shelved| shelved.about.ok());
    let name =
        Signal::derive(move || said().map_or_else(|| words::unreadable().to_owned(), |about| about.name.to_string()));
    let open = move || shelved.with(|shelved| shelved.as_ref().is_some_and(|shelved| shelved.open));
    let about = move || {
        let Some(Shelved { about: Ok(about), size: taken, changed, .. }) = shelved.get() else {
            return words::unreadable_explained().to_owned();
        };
        let contents = words::contents(about.objectives as usize, about.kpis as usize);
        let changed = changed.map(|day| match day.days_since(workspace.today()) {
            days if days > -LATELY => intl::relative_days(days),
            _ => intl::date(day),
        });
        let taken = (taken > 0).then(|| intl::kilobytes(taken));
        let about = words::about(&contents, taken.as_deref(), changed.as_deref());
        if open() { words::open_now_and(&about) } else { about }
    };
    let renaming = RwSignal::new(false);
    let save = move || match workspace.plan_of(id) {
        Some(plan) => export(workspace, plan),
        None => workspace.doubt(id),
    };
    let acts = move |readable: &bool| match readable {
        true => view! {
            {when(
                move || !open(),
                move || view! {
                    <button class="btn" type="button" on:click=move |_| {
                        workspace.leave_then(move || match workspace.open_plan(id) {
                            true => super::Route::Today.go(),
                            false => workspace.doubt(id),
                        });
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
                    Choice::new(Icon::Plus, words::duplicate(), move || workspace.duplicate(id, true)),
                    Choice::new(Icon::Plus, words::duplicate_without_history(), move || {
                        workspace.duplicate(id, false);
                    }),
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
                        true => view! { <Rename id name=said().map(|about| about.name) renaming /> },
                        false => view! {
                            <h3>{move || name.get()}</h3>
                            <p>{about}</p>
                        },
                    },
                )}
            </div>
            <div class="acts">{switch(move || said().is_some(), acts)}</div>
        </li>
    }
}

#[component]
fn Rename(id: PlanId, name: Option<Name>, renaming: RwSignal<bool>) -> Html {
    let workspace = workspace();
    let input = Input::new(name.map(|name| name.to_string()).unwrap_or_default());
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
            if keys::is_pressed(&event, "Escape") {
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
