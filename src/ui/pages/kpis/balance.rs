//! How many KPIs tell early, and how many tell what came of it.

use bearings_plan::{Indicator, LeadLag};
use leptos::prelude::component;

use crate::{
    state::workspace,
    ui::dom::{Html, view, when},
    words::{board as words, definition},
};

#[component]
pub fn Balance() -> Html {
    let balance = workspace().read(|plan, today| plan.lead_lag(today));
    let count = move |word: &'static str, of: fn(&LeadLag) -> usize| {
        view! {
            <div>
                <dt>{word}</dt>
                <dd>{move || balance.with(of).to_string()}</dd>
            </div>
        }
    };
    view! {
        <section class="card balance" aria-labelledby="balance">
            <h2 id="balance">{words::lead_lag()}</h2>
            <dl class="counts">
                {count(definition::indicator_of(Indicator::Leading), |it| it.leading)}
                {count(definition::indicator_of(Indicator::Lagging), |it| it.lagging)}
                {count(definition::not_said(), |it| it.unsaid)}
            </dl>
            {when(
                move || balance.with(|balance| balance.missing().is_some()),
                move || view! { <p class="told">{move || balance.with(words::hint)}</p> },
            )}
        </section>
    }
}
