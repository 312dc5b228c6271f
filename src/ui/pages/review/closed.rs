//! A closed cycle: what was decided, what was learned, what went on. It is history: nothing can be changed.

use bearings_plan::{Change, CycleEdit, CycleId, Edit, Fate, KeyResultId, ObjectiveId, Plan, Verdict};
use leptos::prelude::component;

use super::{Crumb, calibration::CalibrationCard, name_of};
use crate::{
    reactive::{Memo, Signal},
    state::{Mode, Undo, workspace},
    ui::{
        Route,
        components::{
            guarded::Guarded,
            icon::{Glyph, Icon},
            status::{StatusMark, Tone},
            uid,
            verdict::VerdictTold,
        },
        dom::{Child, CollectHtml as _, Html, view, when},
        pages::{Top, today},
    },
    web::page,
    words::{errors, objectives, review as words, shell},
};

#[component]
pub fn Closed(id: CycleId) -> Html {
    let workspace = workspace();
    let name = name_of(id);
    let ids = workspace.read(move |plan, today| {
        plan.objectives_of(Some(id), today).iter().map(|objective| objective.id).collect::<Vec<_>>()
    });
    let title = workspace.read(move |plan, today| {
        let name = plan.cycles.get(id).map(|cycle| cycle.name.to_string()).unwrap_or_default();
        words::closed_title(&name, &plan.retrospect(id, today))
    });
    let below = workspace.read(move |plan, today| {
        let below = || {
            let (cycle, closed) = (plan.cycles.get(id)?, plan.closed_on(id, today)?);
            Some(words::closed_below(cycle.span.on(today), closed, Some(&plan.retrospect(id, today))))
        };
        below().unwrap_or_default()
    });
    let lookback = workspace.read(move |plan, _| plan.cycles.get(id).map(|cycle| cycle.lookback.to_string()));
    let open = move || {
        let edit = Edit::of(id, CycleEdit::closed(false));
        workspace.make_and_say(Change::Edit { edit, from: None }, words::opened());
        page::to_the_top("main");
    };
    let heading = uid("lookback");
    view! {
        <Crumb cycle=name />
        <Top title below>
            <button class="btn" type="button" on:click=move |_| open()>
                <Glyph icon=Icon::Undo />
                {words::open_again()}
            </button>
        </Top>
        <div class="cols">
            <div class="stack">
                <section class="card" aria-labelledby=heading.clone()>
                    <header>
                        <h2 id=heading.clone()>{words::lookback()}</h2>
                    </header>
                    <div class="body">
                        {move || match lookback.get().unwrap_or_default() {
                            empty if empty.is_empty() => view! { <p class="told">{words::no_lookback()}</p> },
                            text => view! { <p class="prose">{text}</p> },
                        }}
                    </div>
                </section>
                <For each=move || ids.get() key=|id| *id children=move |of| view! { <Judged id=of cycle=id /> } />
            </div>
            <div class="side stack">
                <CalibrationCard />
                // What goes out goes out of what is kept.
                {when(move || workspace.mode() == Mode::Now, move || view! { <Archive id name /> })}
            </div>
        </div>
    }
}

/// What is told of an objective.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    title: String,
    small: String,
    verdict: Option<Verdict>,
    key_results: Vec<KeyResultTold>,
}

/// What is told of a key result.
#[derive(Debug, Clone, PartialEq)]
struct KeyResultTold {
    title: String,
    asks: String,
    stands: String,
    far: String,
    tone: Tone,
    fate: Option<Fate>,
    /// What it became, and where that is.
    became: Option<(String, String)>,
}

#[component]
fn Judged(id: ObjectiveId, cycle: CycleId) -> Html {
    let shown = workspace().read(move |plan, today| {
        let objective = plan.objectives.get(id)?;
        let on = plan.told_on(cycle, today);
        let key_results = plan.key_results_of(id, on);
        Some(Shown {
            title: objective.title.to_string(),
            small: today::small(plan, id, on),
            verdict: objective.verdict.on(today).clone(),
            key_results: key_results.iter().filter_map(|it| told(plan, it.id, on, today)).collect(),
        })
    });
    let title = move || shown.with(|shown| shown.as_ref().map(|shown| shown.title.clone()));
    let small = move || shown.with(|shown| shown.as_ref().map(|shown| shown.small.clone()));
    let verdict = Signal::derive(move || shown.with(|shown| shown.as_ref().and_then(|shown| shown.verdict.clone())));
    let rows = move || shown.get().map(|shown| shown.key_results.into_iter().map(row).collect_html());
    let heading = uid("objective");
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <div class="verdict-head">
                <h2 id=heading.clone()><a href=Route::Objective(id).href()>{title}</a></h2>
                <small>{small}</small>
                <Guarded of=id />
            </div>
            <div class="body">
                <VerdictTold verdict />
            </div>
            <ul class="krs">{Child::html(rows)}</ul>
        </section>
    }
}

fn told(plan: &Plan, id: KeyResultId, on: bearings_plan::Day, today: bearings_plan::Day) -> Option<KeyResultTold> {
    let key_result = plan.key_results.get(id)?;
    let report = plan.key_result_report(key_result, on);
    let became = || {
        let next = plan.key_result_continued_by(id)?;
        let objective = plan.objectives.get(*next.objective.on(today))?;
        let cycle = objective.cycle.on(today).and_then(|id| plan.cycles.get(id)).map(|cycle| cycle.name.to_string());
        Some((cycle.unwrap_or_else(|| objectives::backlog().to_owned()), Route::Objective(objective.id).href()))
    };
    let fate = *key_result.fate.on(today);
    let became = match fate {
        Some(Fate::Carried | Fate::Restarted) => became(),
        Some(Fate::Kept) => {
            plan.kept_as(key_result, today).map(|kpi| (kpi.name.to_string(), Route::Kpi(kpi.id).href()))
        }
        Some(Fate::LetGo) | None => None,
    };
    Some(KeyResultTold {
        title: key_result.title.to_string(),
        asks: objectives::asks(key_result, &report, plan.steps_done(id, on), on),
        stands: objectives::stands(key_result, &report, on),
        far: objectives::far(key_result, &report, on),
        tone: Tone::from(report.status),
        fate,
        became,
    })
}

fn row(KeyResultTold { title, asks, stands, far, tone, fate, became }: KeyResultTold) -> Html {
    let fate = fate.map(|fate| {
        let became = became.map(|(what, href)| view! { ": " <a href=href>{what}</a> });
        view! { <p class="told">{words::fate_was(fate)} {became}</p> }
    });
    view! {
        <li class=format!("kr {}", tone.class)>
            <span class="name">{title} <small>{asks}</small></span>
            <span class="val"><b>{stands}</b> <small>{far}</small></span>
            <StatusMark tone />
            {fate}
        </li>
    }
}

/// For storages that are full: the cycle goes into a file, and out of the plan.
#[component]
fn Archive(id: CycleId, name: Memo<String>) -> Html {
    let workspace = workspace();
    let archive = move || {
        let (plan, day) = (workspace.plan_now(), workspace.present_now());
        // Nothing goes that is not in a file.
        if workspace.export(&plan).is_err() {
            return workspace.say(shell::export_refused(), None);
        }
        let text = words::archived(&name.get_untracked());
        match workspace.make(plan.removal(id, day)) {
            Ok(()) => {
                workspace.say(text, Some(Undo::Change));
                Route::Objectives.go();
            }
            Err(error) => workspace.say(errors::change(error), None),
        }
    };
    view! {
        <div class="card tip">
            <p><b>{words::archive()}</b> " " {words::archive_explained()}</p>
            <div class="acts">
                <button class="btn" type="button" on:click=move |_| archive()>
                    <Glyph icon=Icon::Archive />
                    {words::archive_it()}
                </button>
            </div>
        </div>
    }
}
