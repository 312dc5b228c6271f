//! What was decided about an objective: score, outcome, reason, lesson.

use bearings_plan::{Score, Verdict};
use leptos::prelude::component;

use super::status::{StatusMark, Tone};
use crate::{
    reactive::Signal,
    ui::dom::{Child, Html, view},
    words::{common, guards, review as words},
};

/// A score in figures; a dash where there is none.
pub fn figures(score: Option<Score>) -> String {
    score.map_or_else(|| common::no_number().to_owned(), words::in_figures)
}

/// All of a verdict, in sentences.
#[component]
pub fn VerdictTold(verdict: Signal<Option<Verdict>>) -> Html {
    Child::html(move || match verdict.get() {
        Some(verdict) => told(verdict),
        None => view! { <p class="told">{words::no_verdict()}</p> },
    })
}

fn told(Verdict { score, outcome, reason, learned }: Verdict) -> Html {
    let said = |what: &'static str, text: String| {
        (!text.is_empty()).then(|| view! { <p class="prose"><b>{what}</b> " " {text}</p> })
    };
    view! {
        <div class="verdict">
            <p class="score">
                <b>{figures(score)}</b>
                " "
                <StatusMark tone=Tone::from(outcome) />
            </p>
            {said(words::lesson(), learned.to_string())}
            {said(guards::why_judged(), reason.to_string())}
        </div>
    }
}
