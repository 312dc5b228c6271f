//! Readings from a spreadsheet: pasted, looked at, added.

mod answers;
mod cells;
mod draft;
mod names;
mod preview;
mod remarks;
mod source;

use bearings_plan::{KpiId, paste::Whose};
use leptos::prelude::component;

use super::{NotFound, Top};
use crate::{
    reactive::{Memo, RwSignal, Signal},
    state::{Undo, workspace},
    ui::{
        Route,
        components::icon::{Glyph, Icon},
        dom::{CollectHtml as _, Html, switch, view, when},
    },
    words::{common, errors, kpis, paste as words},
};
use answers::Answers;
use cells::Cells;
use draft::Draft;
use names::Names;
use preview::Preview;
use remarks::Remarks;
use source::Source;

/// How many of those that do not come in are listed.
const LISTED: usize = 30;

#[component]
pub fn PastePage(of: Option<KpiId>) -> Html {
    let there = workspace().read(move |plan, _| of.is_none_or(|id| plan.kpis.get(id).is_some()));
    switch(
        move || there.get(),
        move |there| {
            if *there {
                view! { <Present of /> }
            } else {
                view! { <NotFound /> }
            }
        },
    )
}

#[component]
fn Present(of: Option<KpiId>) -> Html {
    let workspace = workspace();
    let draft = Draft::new(workspace, of);
    let name = workspace.read(move |plan, _| of.and_then(|id| plan.kpis.get(id)).map(|kpi| kpi.name.to_string()));
    let title =
        Signal::derive(move || name.get().map_or_else(|| words::title().to_owned(), |name| words::title_of(&name)));
    let crumb = move || {
        let (to, text) = match (of, name.get()) {
            (Some(id), Some(name)) => (Route::Kpi(id), name),
            _ => (Route::Kpis, kpis::kpis().to_owned()),
        };
        view! { <a href=to.href()>{text}</a> }
    };
    view! {
        <p class="crumb">{crumb}</p>
        <Top title below=words::below().to_owned() />
        <div class="stack">
            <Source draft />
            {when(move || draft.is_there(), move || view! { <Understood draft /> })}
        </div>
    }
}

#[component]
fn Understood(draft: Draft) -> Html {
    let is_read = move || draft.pasted.with(Result::is_ok);
    view! {
        <section class="card paste" aria-labelledby="understood">
            <header>
                <h2 id="understood">{words::understood()}</h2>
            </header>
            <div class="body flow">
                <p role="status">
                    {move || draft.pasted.with(|pasted| match pasted {
                        Ok(pasted) => words::summary(pasted),
                        Err(refused) => words::refused(refused),
                    })}
                </p>
                <Answers draft />
                {when(is_read, move || view! {
                    <Names draft />
                    <Remarks draft />
                    <Add draft />
                    <Problems draft />
                    <Cells draft />
                })}
            </div>
            {when(is_read, move || view! { <Preview draft /> })}
        </section>
    }
}

/// The one button, and why it does nothing yet.
#[component]
fn Add(draft: Draft) -> Html {
    let workspace = workspace();
    let error = RwSignal::new(None::<String>);
    let to_come = move || draft.pasted.with(|pasted| pasted.as_ref().map_or(0, |it| it.to_come()));
    let add = move |_| {
        let Some(pasted) = draft.pasted.get_untracked().ok() else { return };
        if !pasted.asks.is_empty() {
            error.set(Some(words::answer_first().to_owned()));
            return draft.focus_on_question();
        }
        let count = pasted.to_come();
        let change = pasted.change(&workspace.shown_now(), workspace.at(), || workspace.seed());
        let fresh = pasted.names.iter().filter(|name| name.whose == Whose::New && name.readings > 0).count();
        match workspace.make(change) {
            Ok(()) => {
                draft.clear();
                draft.back().go();
                workspace.say(words::added(count, fresh), Some(Undo::Change));
            }
            Err(refused) => error.set(Some(errors::change(refused))),
        }
    };
    view! {
        <div class="acts">
            <button class="btn primary" type="button" disabled=move || to_come() == 0 on:click=add>
                <Glyph icon=Icon::Plus />
                {move || if to_come() == 0 { words::cannot_be_added().to_owned() } else { words::add(to_come()) }}
            </button>
            <a class="btn" href=draft.back().href()>{common::cancel()}</a>
        </div>
        <div role="alert">
            {switch(
                move || error.get().filter(|_| draft.asks() || error.with(|it| it.as_deref() != Some(words::answer_first()))),
                |error| error.clone().map(|error| view! { <p class="err">{error}</p> }),
            )}
        </div>
    }
}

/// What does not come in, with its rows.
#[component]
fn Problems(draft: Draft) -> Html {
    let skipped = Memo::new(move || {
        draft.pasted.with(|pasted| {
            let skipped = pasted.as_ref().map(|it| it.skipped.as_slice()).unwrap_or_default();
            let lines = skipped.iter().take(LISTED).map(|it| {
                let place = words::in_place(it.row, it.column, it.extent);
                let cells = (it.cells > 1).then(|| words::so_many_cells(it.cells));
                (place, it.text.clone(), cells, words::why(it))
            });
            (lines.collect::<Vec<_>>(), skipped.len().saturating_sub(LISTED))
        })
    });
    let line = |(place, text, cells, why): &(String, String, Option<String>, String)| {
        view! {
            <li>
                <b>{place.clone()}</b> " "
                {(!text.is_empty()).then(|| view! { <code>{text.clone()}</code> })}
                {cells.clone().map(|cells| view! { " " <small>{cells}</small> })}
                <p>{why.clone()}</p>
            </li>
        }
    };
    switch(
        move || skipped.get(),
        move |(lines, more)| {
            (!lines.is_empty()).then(|| {
                view! {
                    <h3>{words::problems()}</h3>
                    <ol class="problems">{lines.iter().map(line).collect_html()}</ol>
                    {(*more > 0).then(|| view! { <p>{words::more(*more)}</p> })}
                }
            })
        },
    )
}
