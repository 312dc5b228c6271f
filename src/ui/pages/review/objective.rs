//! One objective of the cycle that is being closed: where it came, how that is judged, what goes on.

use bearings_plan::{Basis, KeyResultId, ObjectiveId, ObjectiveKind, ObjectiveReport, Outcome, Plan, Score};
use leptos::prelude::{component, event_target_value};

use super::{
    draft::Draft,
    judged::{Asked, Judged, suggested},
    key_result::KeyResultFate,
};
use crate::{
    reactive::{Effect, Memo, Signal, StoredValue},
    state::workspace,
    ui::{
        Route,
        components::{
            field::{Field, FieldError, TextArea, described, invalid},
            guarded::Guarded,
            status::{StatusMark, Tone},
            track::{Course, Track},
            uid,
        },
        dom::{CollectHtml as _, Html, switch, view},
        pages::today,
    },
    words::{common, explain, review as words},
};

/// What the section shows.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    title: String,
    small: String,
    stretch: bool,
    report: ObjectiveReport,
    /// Whether one of its guards is broken.
    guard_broken: bool,
}

#[component]
pub fn ObjectiveReview(id: ObjectiveId, draft: Draft, place: Memo<String>) -> Html {
    let workspace = workspace();
    let judged = draft.judged(workspace, id);
    let shown = workspace.read(move |plan, day| {
        let objective = plan.objectives.get(id)?;
        Some(Shown {
            title: objective.title.to_string(),
            small: today::small(plan, id, day),
            stretch: *objective.kind.on(day) == ObjectiveKind::Aspirational,
            report: plan.objective_report(objective, day),
            guard_broken: !plan.broken_guards(id.into(), day).is_empty(),
        })
    });
    let tone = move || shown.with(|shown| shown.as_ref().map(|shown| Tone::from(shown.report.status)));
    let course = Signal::derive(move || {
        shown.with(|shown| shown.as_ref().map(|shown| Course::from(&shown.report)).unwrap_or_default())
    });
    let share = move || course.get().said();
    let suggested = Memo::new(move || shown.with(|shown| shown.as_ref().and_then(|shown| suggested(&shown.report))));
    let outcome = Memo::new(move || {
        let score = judged.score(suggested.get());
        let computed = || shown.with(|shown| shown.as_ref().and_then(|shown| shown.report.outcome_of(score)));
        judged.outcome.get().or_else(computed)
    });
    let asked = Memo::new(move || {
        let guard_broken = shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.guard_broken));
        judged.asked(suggested.get(), outcome.get(), guard_broken)
    });
    let reason = move |asked: &Option<Asked>| {
        asked.map(|asked| view! { <TextArea input=judged.reason label=asked.label() class="all" /> })
    };
    let key_results = workspace.read(move |plan: &Plan, day| {
        plan.key_results_of(id, day).iter().map(|key_result| key_result.id).collect::<Vec<_>>()
    });
    let made_of = move || shown.with(|shown| shown.as_ref().map(made_of).unwrap_or_default());
    let heading = uid("objective");
    let row = move |id: KeyResultId| view! { <KeyResultFate id draft outcome place /> };
    view! {
        <section class=move || format!("card {}", tone().map_or("none", |tone| tone.class)) aria-labelledby=heading.clone()>
            <div class="verdict-head">
                <h2 id=heading.clone()>
                    <a href=Route::Objective(id).href()>{move || shown.with(|shown| shown.as_ref().map(|it| it.title.clone()))}</a>
                </h2>
                <span class="val">
                    <b>{share}</b>
                    {switch(tone, |tone| tone.map(|tone| view! { <StatusMark tone /> }))}
                </span>
                <small>{move || shown.with(|shown| shown.as_ref().map(|it| it.small.clone()))}</small>
                <Guarded of=id full=true />
                <Track course />
            </div>
            <div class="body form">
                <ScoreField judged suggested />
                <p class="told made-of">{made_of}</p>
                <OutcomeField judged outcome />
                {switch(move || asked.get(), reason)}
                <TextArea
                    input=judged.learned
                    label=words::learned()
                    hint=common::optional()
                    placeholder=words::learned_placeholder()
                    class="all"
                />
            </div>
            <ul class="krs">
                <For each=move || key_results.get() key=|id| *id children=row />
            </ul>
        </section>
    }
}

/// "0.62 is suggested, the mean of its key results: (55% + 43% + 88%) ÷ 3"
fn made_of(shown: &Shown) -> String {
    let Some(score) = suggested(&shown.report) else {
        let none = if shown.report.progress.is_some() { words::never_heard() } else { words::nothing_suggested() };
        return none.to_owned();
    };
    let formula = match shown.report.progress.as_ref().map(|progress| &progress.basis) {
        Some(Basis::Mean(parts)) => explain::mean(parts, |part| Some(part.progress)),
        _ => String::new(),
    };
    let told = words::suggested(score, &formula);
    if shown.stretch { format!("{told} {}", words::stretch()) } else { told }
}

/// The score as the reader writes numbers: a field of text, whose number no wheel changes.
#[component]
fn ScoreField(judged: Judged, suggested: Memo<Option<Score>>) -> Html {
    let input = judged.score;
    let take = move |event: leptos::ev::Event| {
        judged.typed.set(Some(event_target_value(&event)));
        input.error.set(None);
    };
    view! {
        <Field input label=words::score() hint=words::zero_to_one() class="score">
            // What was typed stays as it was typed: only what nobody touched follows the suggestion.
            <input
                type="text"
                inputmode="decimal"
                autocomplete="off"
                id=input.id()
                aria-invalid=invalid(input)
                aria-describedby=described(input, false)
                prop:value=move || judged.text(suggested.get())
                on:input=take
            />
        </Field>
    }
}

/// What became of it: one of five, or none yet where no number suggests one.
#[component]
fn OutcomeField(judged: Judged, outcome: Memo<Option<Outcome>>) -> Html {
    let (group, field) = (StoredValue::new(uid("outcome")), judged.outcome_field);
    // A score that is decided meanwhile suggests one.
    Effect::on_change(move || outcome.get(), move |_, _| field.error.set(None));
    let choice = move |of: Outcome| {
        let tone = Tone::from(of);
        view! {
            <label>
                <input
                    type="radio"
                    name=group.get_value()
                    prop:checked=move || outcome.get() == Some(of)
                    on:change=move |_| judged.outcome.set(Some(of))
                />
                <StatusMark tone />
            </label>
        }
    };
    view! {
        <fieldset
            class="field outcome"
            role="radiogroup"
            aria-invalid=invalid(field)
            aria-describedby=described(field, false)
        >
            <legend>{words::became()}</legend>
            <div class="choices">{Outcome::ALL.iter().copied().map(choice).collect_html()}</div>
            <FieldError input=field />
        </fieldset>
    }
}
