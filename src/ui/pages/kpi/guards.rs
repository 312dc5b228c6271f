//! The guards of a KPI: how they stand, and which they are.

use bearings_plan::{Change, Edit, KpiEdit, KpiId};
use leptos::prelude::component;

use crate::{
    reactive::{Callback, RwSignal, Signal, StoredValue},
    state::workspace,
    ui::{
        Route,
        components::{
            button::IconButton,
            form::EditForm,
            guarded::{Told, follow},
            guards::{GuardsField, GuardsInput},
            icon::Icon,
            uid,
        },
        dom::{CollectHtml as _, Html, switch, view},
    },
    web::page,
    words::{common, errors, guards as words},
};

#[component]
pub fn GuardsCard(id: KpiId) -> Html {
    let guards = follow(id.into());
    let editing = RwSignal::new(false);
    let (heading, edit) = (uid("h"), StoredValue::new(uid("edit")));
    let close = Callback::new(move |()| {
        editing.set(false);
        page::focus(&edit.get_value());
    });
    let row = |told: &Told| {
        let state = told.words();
        view! {
            <li>
                <a href=Route::Kpi(told.kpi).href()>{told.name.clone()}</a>
                " "
                <small>{state}</small>
            </li>
        }
    };
    let list = move |guards: &Vec<Told>| match guards.is_empty() {
        true => view! { <p class="told">{words::explained()}</p> },
        false => view! { <ul class="links">{guards.iter().map(row).collect_html()}</ul> },
    };
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>{words::guards()}</h2>
                <IconButton
                    icon=Icon::Edit
                    label=Signal::derive(|| words::choose().to_owned())
                    id=edit.get_value()
                    on_press=move || editing.set(true)
                />
            </header>
            <div class="body">
                {switch(move || editing.get(), move |edits| match edits {
                    true => view! { <Choose id close /> },
                    false => switch(move || guards.get(), list),
                })}
            </div>
        </section>
    }
}

#[component]
fn Choose(id: KpiId, close: Callback<()>) -> Html {
    let workspace = workspace();
    let before = move || workspace.shown_now().kpis.get(id).map(|kpi| kpi.guards.on(workspace.day_now()).clone());
    let guards = GuardsInput::new(before().as_ref());
    let save = Callback::new(move |()| {
        let Some(chosen) = guards.read() else { return guards.input().focus() };
        if before().as_ref() == Some(&chosen) {
            return close.run(());
        }
        let edit = Edit::of(id, KpiEdit::guards(chosen));
        match workspace.make(Change::Edit { edit, from: None }) {
            Ok(()) => close.run(()),
            Err(error) => {
                guards.input().error.set(Some(errors::change(error)));
                guards.input().focus();
            }
        }
    });
    guards.input().focus();
    view! {
        <EditForm save close confirm=common::save()>
            <GuardsField guards of=Some(id.into()) />
        </EditForm>
    }
}
