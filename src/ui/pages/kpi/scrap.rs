//! A KPI that is not worth keeping: away with it, with the reason, and back.

use bearings_plan::{Change, Edit, KpiEdit, KpiId, Scrapped};
use leptos::prelude::component;

use crate::{
    reactive::{Callback, Memo},
    state::workspace,
    ui::{
        components::{
            field::{Input, TextArea},
            form::EditForm,
            history::is_history,
            icon::{Glyph, Icon},
            instrument::{Gauge, of},
            uid,
        },
        dom::{Html, view, when},
    },
    words::{board, definition as words, errors},
};

fn change(id: KpiId, scrapped: Option<Scrapped>) -> Change {
    Change::Edit { edit: Edit::of(id, KpiEdit::scrapped(scrapped)), from: None }
}

/// Keeps it again.
pub fn bring_back(id: KpiId) {
    let workspace = workspace();
    let Some(kpi) = workspace.shown_now().kpis.shared(id) else { return };
    workspace.make_and_say(change(id, None), board::is_back(kpi.name.as_str()));
}

/// Asks for the reason.
#[component]
pub fn Scrap(id: KpiId, close: Callback<()>) -> Html {
    let workspace = workspace();
    let reason = Input::new("");
    let save = Callback::new(move |()| {
        let Some(text) = reason.prose() else { return reason.focus() };
        let name = workspace.shown_now().kpis.get(id).map(|kpi| kpi.name.to_string()).unwrap_or_default();
        match workspace.make(change(id, Some(Scrapped { reason: text }))) {
            Ok(()) => {
                close.run(());
                workspace.say(words::scrapped(&name), Some(crate::state::Undo::Change));
            }
            Err(error) => {
                reason.error.set(Some(errors::change(error)));
                reason.focus();
            }
        }
    });
    let heading = uid("h");
    reason.focus();
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>{words::scrap_title()}</h2>
            </header>
            <div class="body">
                <p class="told">{words::scrap_explained()}</p>
                <EditForm save close confirm=words::scrap()>
                    <TextArea
                        input=reason
                        label=words::scrap_reason()
                        placeholder=words::scrap_placeholder()
                        class="all"
                    />
                </EditForm>
            </div>
        </section>
    }
}

/// Since when it is not kept, why, and the way back; nothing while it is kept.
#[component]
pub fn ScrappedBanner(id: KpiId, gauge: Memo<Option<Gauge>>) -> Html {
    let told = of(gauge, |gauge| {
        let (since, scrapped) = gauge.kpi.scrapped_on(gauge.today)?;
        Some(board::scrapped_since(since, scrapped.reason.as_str()))
    });
    when(
        move || told.with(Option::is_some),
        move || {
            view! {
                <div class="banner" role="status">
                    <Glyph icon=Icon::Archive />
                    <p>{move || told.get()}</p>
                    {(!is_history()).then(|| view! {
                        <button class="btn" type="button" on:click=move |_| bring_back(id)>{board::bring_back()}</button>
                    })}
                </div>
            }
        },
    )
}
