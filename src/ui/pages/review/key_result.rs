//! One key result of the cycle that is being closed, and what becomes of it.

use bearings_plan::{Fate, KeyResultId, KeyResultReport, Measure, Outcome, Unit};
use leptos::prelude::{component, event_target_value};

use super::draft::Draft;
use crate::{
    reactive::{Memo, Signal},
    state::workspace,
    ui::{
        Route,
        components::{
            guarded::Guarded,
            status::{StatusMark, Tone},
            track::{Course, Track},
            uid,
        },
        dom::{Child, CollectHtml as _, Html, switch, view},
    },
    words::{objectives, review as words},
};

/// What the row shows.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    title: String,
    unit: Unit,
    report: KeyResultReport,
    asks: String,
    stands: String,
    far: String,
    fate: Fate,
    possible: &'static [Fate],
    /// How it would be measured from then on.
    after: Measure,
    /// The goal or the KPI that it became already, when its cycle was closed before.
    already: Option<(String, String)>,
}

#[component]
pub fn KeyResultFate(id: KeyResultId, draft: Draft, outcome: Memo<Option<Outcome>>, place: Memo<String>) -> Html {
    let shown = workspace().read(move |plan, today| {
        let key_result = plan.key_results.get(id)?;
        let report = plan.key_result_report(key_result, today);
        let fate = draft.fate(plan, key_result, &report, outcome.get(), today);
        let became = || {
            let became =
                plan.key_result_continued_by(id).filter(|_| matches!(fate, Fate::Carried | Fate::Restarted))?;
            Some((became.title.to_string(), Route::Objective(*became.objective.on(today)).href()))
        };
        let kept = || {
            let kpi = plan.kept_as(key_result, today).filter(|_| fate == Fate::Kept);
            let made = || plan.kept_from(id).or_else(|| plan.feeding(key_result, today));
            let kpi = kpi.or_else(|| made().filter(|_| fate == Fate::Kept))?;
            Some((kpi.name.to_string(), Route::Kpi(kpi.id).href()))
        };
        Some(Shown {
            title: key_result.title.to_string(),
            unit: Unit::clone(&key_result.unit),
            asks: objectives::asks(key_result, &report, plan.steps_done(id, today), today),
            stands: objectives::stands(key_result, &report, today),
            far: objectives::far(key_result, &report, today),
            fate,
            possible: key_result.measure.on(today).fates(),
            after: plan.measure_after(key_result, fate, today),
            already: became().or_else(kept),
            report,
        })
    });
    let text = move |part: fn(&Shown) -> &str| {
        shown.with(|shown| shown.as_ref().map(|shown| part(shown).to_owned()).unwrap_or_default())
    };
    let tone = move || shown.with(|shown| shown.as_ref().map(|shown| Tone::from(shown.report.status)));
    let course = Signal::derive(move || {
        shown.with(|shown| shown.as_ref().map(|shown| Course::from(&shown.report)).unwrap_or_default())
    });
    let possible = move || shown.with(|shown| shown.as_ref().map_or(&[][..], |shown| shown.possible));
    let explained = move || {
        let Shown { fate, after, unit, already, .. } = shown.get()?;
        Some(match already {
            Some((title, href)) => view! { {words::goes_on_already()} " " <a href=href>{title}</a> },
            None => Child::html(words::fate_explained(fate, &after, &unit, &place.get())),
        })
    };
    let option = move |fate: &Fate| {
        let fate = *fate;
        let selected = move || shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.fate == fate));
        view! { <option value=fate.word() prop:selected=selected>{words::fate(fate)}</option> }
    };
    let field = uid("fate");
    view! {
        <li class=move || format!("kr {}", tone().map_or("none", |tone| tone.class))>
            <span class="name">
                {move || text(|shown| &shown.title)} <small>{move || text(|shown| &shown.asks)}</small>
            </span>
            <span class="val">
                <b>{move || text(|shown| &shown.stands)}</b>
                <small>{move || text(|shown| &shown.far)}</small>
            </span>
            {switch(tone, |tone| tone.map(|tone| view! { <StatusMark tone /> }))}
            <Track course />
            <Guarded of=id />
            <div class="fate">
                <label class="sr" for=field.clone()>{move || words::fate_of(&text(|shown| &shown.title))}</label>
                <select
                    id=field.clone()
                    aria-describedby=format!("{field}-told")
                    on:change=move |event| {
                        let word = event_target_value(&event);
                        if let Some(fate) = Fate::from_word(&word) {
                            draft.decide(id, fate);
                        }
                    }
                >
                    {switch(possible, move |all| all.iter().map(option).collect_html())}
                </select>
                <p class="told" id=format!("{field}-told")>{explained}</p>
            </div>
        </li>
    }
}
