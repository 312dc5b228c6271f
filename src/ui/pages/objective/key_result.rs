//! A key result: where it is, where it should be, and what would bring it there.

use std::sync::Arc;

use bearings_plan::{
    Change, Day, Edit, KeyResult, KeyResultEdit, KeyResultId, KeyResultReport, KpiId, Measure, ObjectiveId, Plan,
};
use leptos::prelude::component;

use super::{
    judging::{JudgeForm, Judged},
    keep::Keep,
    key_result_form::KeyResultForm,
    milestones::Milestones,
};
use crate::{
    reactive::{Callback, Memo, RwSignal, Signal, StoredValue},
    state::workspace,
    ui::{
        Route,
        components::{
            button::{Choice, Menu, order_and_delete},
            guarded::{Guarded, OtherGuards},
            icon::Icon,
            status::{StatusMark, Tone},
            track::{Course, Track},
            uid,
        },
        dom::{CollectHtml as _, Html, switch, view},
    },
    web::page,
    words::{common, objectives as words},
};

/// What a row shows.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    key_result: Arc<KeyResult>,
    report: KeyResultReport,
    asks: String,
    stands: String,
    far: String,
    told: String,
    /// What else there is to know, a sentence each.
    notes: Vec<String>,
    /// The KPI that feeds it.
    fed_by: Option<(KpiId, String)>,
    stepwise: bool,
}

#[component]
pub fn KeyResultRow(id: KeyResultId, all: Memo<Vec<KeyResultId>>, open: bool) -> Html {
    let workspace = workspace();
    let shown = workspace.read(move |plan, today| {
        let key_result = plan.key_results.shared(id)?;
        let report = plan.key_result_report(&key_result, today);
        Some(Shown {
            asks: words::asks(&key_result, &report, plan.steps_done(id, today), today),
            stands: words::stands(&key_result, &report, today),
            far: words::far(&key_result, &report, today),
            told: words::told(plan, &key_result, &report, today),
            notes: notes(plan, &key_result, &report, today),
            fed_by: plan.feeding(&key_result, today).map(|kpi| (kpi.id, kpi.name.to_string())),
            stepwise: matches!(key_result.measure.on(today), Measure::Milestones {}),
            key_result,
            report,
        })
    });
    let text = move |part: fn(&Shown) -> &str| {
        shown.with(|shown| shown.as_ref().map(|shown| part(shown).to_owned()).unwrap_or_default())
    };
    let title = Signal::derive(move || text(|shown| shown.key_result.title.as_str()));
    let tone = move || shown.with(|shown| shown.as_ref().map(|shown| Tone::from(shown.report.status)));
    let course = Signal::derive(move || {
        shown.with(|shown| {
            let report = shown.as_ref().map(|shown| &shown.report);
            report.map(Course::from).unwrap_or_default()
        })
    });
    let editing = RwSignal::new(if open { Editing::All } else { Editing::Nothing });
    let objective = workspace.read(move |plan, today| Some(*plan.key_results.get(id)?.objective.on(today)));
    let opener = StoredValue::new(uid("more"));
    let own = [
        Choice::new(Icon::Edit, common::edit(), move || editing.set(Editing::All)),
        Choice::new(Icon::Check, words::judge(), move || editing.set(Editing::Status)),
    ];
    let choices: Vec<_> = own.into_iter().chain(move_and_delete(id, all, opener)).collect();
    let stepwise = Memo::new(move || shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.stepwise)));
    let told = move || {
        let (told, notes, fed_by) =
            shown.with(|shown| shown.as_ref().map(|it| (it.told.clone(), it.notes.clone(), it.fed_by.clone())))?;
        let lines = [told].into_iter().chain(notes).filter(|line| !line.is_empty());
        let lines: Vec<_> = lines.map(|line| view! { <p class="told">{line}</p> }).collect();
        let fed_by = fed_by.map(|(kpi, name)| {
            view! {
                <p class="told">{words::fed_by()} " " <a href=Route::Kpi(kpi).href()>{name}</a></p>
            }
        });
        Some(view! { {lines.into_iter().collect_html()} {fed_by} })
    };
    // While one edits, nothing else about it may take the form away.
    let shown_below = move || match (editing.get(), objective.get()) {
        (Editing::Nothing, _) | (_, None) => (Editing::Nothing, None, stepwise.get()),
        (editing, objective) => (editing, objective, false),
    };
    let below = move |(editing_now, objective, stepwise): &(Editing, Option<ObjectiveId>, bool)| {
        let done = move || {
            editing.set(Editing::Nothing);
            page::focus(&opener.get_value());
        };
        match (editing_now, *objective) {
            (Editing::All, Some(objective)) => {
                view! { <KeyResultForm objective existing=id close=Callback::new(move |_| done()) /> }
            }
            (Editing::Status, Some(_)) => {
                view! { <JudgeForm of=id.into() close=Callback::new(move |()| done()) /> }
            }
            _ => view! {
                {told}
                <OtherGuards of=id />
                <Keep of=id />
                {stepwise.then(|| view! { <Milestones of=id /> })}
            },
        }
    };
    view! {
        <li class=move || format!("kr {}", tone().map_or("none", |tone| tone.class))>
            <span class="name">
                {move || title.get()} <small>{move || text(|shown| &shown.asks)}</small>
            </span>
            <span class="val">
                <b>{move || text(|shown| &shown.stands)}</b>
                <small>{move || text(|shown| &shown.far)}</small>
            </span>
            {switch(tone, |tone| tone.map(|tone| view! { <StatusMark tone /> }))}
            <span><Menu of=title choices opener=opener.get_value() /></span>
            <Track course />
            <Guarded of=id full=true />
            {switch(shown_below, below)}
        </li>
    }
}

/// What of a row is being edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Editing {
    Nothing,
    All,
    Status,
}

fn notes(plan: &Plan, key_result: &KeyResult, report: &KeyResultReport, today: Day) -> Vec<String> {
    let unit = &key_result.unit;
    let judged = Judged::of(report.judged.as_ref(), report.computed).map(|judged| judged.told());
    let forecast = plan.forecast_told(key_result, report, today).map(|forecast| words::forecast(&forecast, unit));
    let name = |id: KeyResultId| plan.key_results.get(id).map(|it| it.title.to_string()).unwrap_or_default();
    let shared = plan.distribution(key_result, today).map(|shared| words::shared(&shared, name, unit));
    let marks = key_result.marks.on(today).as_ref().map(|marks| words::marks(marks, unit));
    judged.into_iter().chain(forecast).chain(shared).chain(marks).collect()
}

/// What can be done with a key result anywhere.
pub fn move_and_delete(id: KeyResultId, all: Memo<Vec<KeyResultId>>, opener: StoredValue<String>) -> [Choice; 3] {
    let workspace = workspace();
    let step = move |up: bool| {
        let Some(rank) = workspace.shown_now().key_result_moved(id, up, workspace.day_now()) else { return };
        let edit = Edit::of(id, KeyResultEdit::rank(rank));
        workspace.try_to(Change::Edit { edit, from: None });
        // A row that moves loses the cursor.
        page::focus(&opener.get_value());
    };
    let delete = move || {
        let title = workspace.shown_now().key_results.get(id).map(|it| it.title.to_string()).unwrap_or_default();
        workspace.delete(id, words::deleted(&title));
        page::focus("main");
    };
    order_and_delete(id, all, step, delete)
}
