//! How well stated confidence has foretold what came, over all closed cycles.

use bearings_plan::{Calibration, Stated, digits};
use leptos::prelude::component;

use crate::{
    reactive::StoredValue,
    state::workspace,
    ui::{
        components::uid,
        dom::{Child, CollectHtml as _, Html, view, when},
    },
    web::intl,
    words::{common, review as words},
};

#[component]
pub fn CalibrationCard() -> Html {
    let found = workspace().read(bearings_plan::Plan::calibration);
    let heading = StoredValue::new(uid("calibration"));
    when(
        move || found.with(Option::is_some),
        move || {
            view! {
                <section class="card" aria-labelledby=heading.get_value()>
                    <header>
                        <h2 id=heading.get_value()>{words::calibration()}</h2>
                    </header>
                    {Child::html(move || found.get().map(|found| told(&found, &heading.get_value())))}
                </section>
            }
        },
    )
}

fn told(found: &Calibration, heading: &str) -> Html {
    let row = |stated: Stated| {
        view! {
            <tr>
                <th scope="row">{common::of_ten(stated.confidence)}</th>
                <td>
                    <span
                        class="track mark guess"
                        aria-hidden="true"
                        style=("--p", digits(stated.share()))
                        style=("--e", digits(stated.promised()))
                    ></span>
                </td>
                <td>{intl::percent(stated.share())}</td>
                <td>{words::of(stated.achieved, stated.key_results)}</td>
            </tr>
        }
    };
    view! {
        <div class="body flow">
            <p class="told">{words::means(found)}</p>
            <table class="guesses" aria-labelledby=heading.to_owned()>
                <thead>
                    <tr>
                        <th scope="col">{words::said()}</th>
                        <th scope="col" colspan="2">{words::came_true()}</th>
                        <th scope="col">{words::of_key_results()}</th>
                    </tr>
                </thead>
                <tbody>{found.stated.iter().copied().rev().map(row).collect_html()}</tbody>
            </table>
            <p class="told">{words::how_to_read()} " " {words::brier(found)}</p>
        </div>
    }
}
