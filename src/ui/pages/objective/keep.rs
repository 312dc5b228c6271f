//! A key result that is reached may go on as a KPI: an offer, and where it went.

use bearings_plan::KeyResultId;
use leptos::prelude::component;

use crate::{
    reactive::StoredValue,
    state::workspace,
    ui::{
        Route,
        components::uid,
        dom::{Html, switch, view},
    },
    web::page,
    words::guards as words,
};

/// How it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stands {
    Offered,
    Kept { name: String, href: String },
}

#[component]
pub fn Keep(of: KeyResultId) -> Html {
    let workspace = workspace();
    let link = StoredValue::new(uid("kept"));
    let stands = workspace.read(move |plan, today| {
        if let Some(kpi) = plan.kept_from(of) {
            return Some(Stands::Kept { name: kpi.name.to_string(), href: Route::Kpi(kpi.id).href() });
        }
        plan.may_be_kept(plan.key_results.get(of)?, today).then_some(Stands::Offered)
    });
    let keep = move || {
        let (plan, at) = (workspace.shown_now(), workspace.at());
        let Some(key_result) = plan.key_results.get(of) else { return };
        let change = plan.keeping(key_result, at, workspace.id());
        if workspace.make_and_say(change, words::kept(key_result.title.as_str())) {
            // The button is gone: go on where it led.
            page::focus(&link.get_value());
        }
    };
    switch(
        move || stands.get(),
        move |stands| {
            stands.clone().map(|stands| match stands {
                Stands::Offered => view! {
                    <p class="told offer">
                        {words::reached()}
                        " "
                        <button class="btn" type="button" on:click=move |_| keep()>{words::keep()}</button>
                    </p>
                },
                Stands::Kept { name, href } => view! {
                    <p class="told">
                        {words::kept_as()} " " <a id=link.get_value() href=href>{name}</a>
                    </p>
                },
            })
        },
    )
}
