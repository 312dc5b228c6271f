//! Today: where all goals stand, what is due, what the instruments say.

use bearings_plan::{Due, Happened, Measure, ObjectiveKind, ObjectiveReport, Plan};
use leptos::prelude::*;

use super::{Top, export};
use crate::{
    state::workspace,
    ui::{
        Route,
        components::{
            check::{Check, DUE_HEADING},
            course::CourseAxis,
            icon::{Glyph, Icon},
            instrument::Instrument,
            status::{StatusMark, Tone},
            track::{Course, Track},
        },
    },
    web::{intl, page},
    words::{common, course as course_words, shell, today as words},
};

/// How many instruments Today shows.
const INSTRUMENTS: usize = 6;
/// How many entries "Lately" shows.
const LATELY: usize = 6;

#[component]
pub fn Today() -> impl IntoView {
    let workspace = workspace();
    let title = workspace.read(|plan, today| {
        let Some(cycle) = plan.cycle_on(today) else { return words::what_now().to_owned() };
        let Some(course) = plan.course(cycle.id, today) else { return words::what_now().to_owned() };
        if today > course.span.end {
            return words::ended(cycle.name.as_str());
        }
        if today < course.span.start {
            let days = course.span.start.days_since(today);
            return words::begins(cycle.name.as_str(), &intl::relative_days(days));
        }
        let (week, weeks) = course.span.week(today);
        let news = match (course.objectives.len(), course.need_someone) {
            (0, _) => words::no_goals_title().to_owned(),
            (_, 0) => words::all_on_course().to_owned(),
            (_, n) => words::need_you(n),
        };
        words::week(week, weeks, &news)
    });
    let below = workspace.read(|plan, today| {
        let Some(cycle) = plan.cycle_on(today) else { return words::no_cycle().to_owned() };
        let span = cycle.span.on(today);
        words::about(cycle.name.as_str(), &intl::date_range(span.start, span.end), span.days_left(today))
    });
    view! {
        <Top title below />
        <div class="cols">
            <CourseCard />
            <div class="side stack">
                <DueCard />
                <OnlyHere />
            </div>
            <Instruments />
            <div class="side stack">
                <Lately />
            </div>
        </div>
    }
}

#[component]
fn CourseCard() -> impl IntoView {
    let workspace = workspace();
    let course = workspace.read(|plan, today| plan.course(plan.cycle_on(today)?.id, today));
    let reports = move || course.get().map(|course| course.objectives).unwrap_or_default();
    let elapsed = Signal::derive(move || course.with(|course| course.as_ref().map_or(0.0, |course| course.elapsed)));
    let label = Signal::derive(move || {
        let today = workspace.today();
        course.with(|course| {
            course.as_ref().map(|course| course_words::line(&course.span, course.elapsed, today)).unwrap_or_default()
        })
    });
    let empty = Memo::new(move |_| reports().is_empty());
    view! {
        {move || {
            if empty.get() {
                view! {
                    <div class="card empty">
                        <h2>{words::no_goals_here()}</h2>
                        <p>{words::no_goals_explained()}</p>
                        <div class="acts">
                            <a class="btn primary" href=Route::Objectives.href()>
                                <Glyph icon=Icon::Plus />
                                {words::to_objectives()}
                            </a>
                        </div>
                    </div>
                }
                    .into_any()
            } else {
                view! {
                    <section class="card" aria-labelledby="course">
                        <header>
                            <h2 id="course">{course_words::on_course()}</h2>
                            <small>{course_words::how_to_read()}</small>
                        </header>
                        <CourseAxis elapsed label>
                            <For each=reports key=|report| report.id children=move |report| view! { <Leg of=report elapsed /> } />
                        </CourseAxis>
                    </section>
                }
                    .into_any()
            }
        }}
    }
}

/// One objective on the course.
#[component]
fn Leg(of: ObjectiveReport, elapsed: Signal<f64>) -> impl IntoView {
    let id = of.id;
    let leg = workspace().read(move |plan, today| {
        let objective = plan.objectives.get(id)?;
        Some((objective.clone(), plan.objective_report(objective, today), small(plan, id, today)))
    });
    move || {
        let (objective, report, small) = leg.get()?;
        let tone = Tone::from(report.status);
        let progress = report.progress.as_ref().map(|progress| progress.share);
        let track = Course {
            progress,
            expected: report.expected,
            line_end: report.line_end,
            line_of_today: Some(elapsed.get()),
        };
        Some(view! {
            <li>
                <div class=format!("leg {}", tone.class)>
                    <span class="name">
                        <a href=Route::Objective(id).href()>{objective.title.to_string()}</a>
                        <small>{small}</small>
                    </span>
                    <span class="lane"><Track course=track /></span>
                    <span class="pct">
                        <b>{progress.map_or_else(|| common::no_number().to_owned(), intl::percent)}</b>
                        <StatusMark tone />
                    </span>
                </div>
            </li>
        })
    }
}

/// "3 key results · Marketing · aspirational"
pub fn small(plan: &Plan, id: bearings_plan::ObjectiveId, today: bearings_plan::Day) -> String {
    let Some(objective) = plan.objectives.get(id) else { return String::new() };
    let owner = objective.owner.and_then(|id| plan.owners.get(id));
    let aspirational = *objective.kind.on(today) == ObjectiveKind::Aspirational;
    words::small(plan.key_results_of(id, today).len(), owner.map(|owner| owner.name.as_str()), aspirational)
}

#[component]
fn DueCard() -> impl IntoView {
    let due = workspace().read(|plan, today| plan.due(today));
    let left = move || due.with(|due| if due.is_empty() { String::new() } else { words::left(due.len()) });
    view! {
        <section class="card" aria-labelledby=DUE_HEADING>
            <header>
                <h2 id=DUE_HEADING tabindex="-1">{words::due()}</h2>
                <small>{left}</small>
            </header>
            <div class="body">
                <For each=move || due.get() key=|due| *due children=|due| view! { <Check due /> } />
                {move || {
                    due.with(Vec::is_empty)
                        .then(|| view! { <p class="told"><b>{words::nothing_due()}</b> " " {words::nothing_due_explained()}</p> })
                }}
            </div>
        </section>
    }
}

/// Once there is something to lose, and no file of it: where it is, and what helps.
#[component]
fn OnlyHere() -> impl IntoView {
    let workspace = workspace();
    let something = workspace.read(|plan, today| !plan.lately(1, today).is_empty());
    let shown = move || something.get() && workspace.exported().is_none() && !workspace.is_sample();
    let install = page::is_safari() && !page::is_installed();
    move || {
        shown().then(|| {
            view! {
                <div class="card tip">
                    <p>
                        <b>{shell::only_here()}</b>
                        " "
                        {if install { shell::only_here_install() } else { shell::only_here_save() }}
                    </p>
                    <div class="acts">
                        <button class="btn" type="button" on:click=move |_| export(workspace, &workspace.plan_now())>
                            <Glyph icon=Icon::Export />
                            {common::save_a_file()}
                        </button>
                    </div>
                </div>
            }
        })
    }
}

#[component]
fn Instruments() -> impl IntoView {
    let kpis = workspace().read(|plan, _| plan.kpis_in_order().iter().map(|kpi| kpi.id).collect::<Vec<_>>());
    let shown = move || kpis.with(|kpis| kpis.iter().copied().take(INSTRUMENTS).collect::<Vec<_>>());
    let all = move || kpis.with(Vec::len);
    view! {
        <section aria-labelledby="instruments">
            <div class="section">
                <h2 id="instruments">{words::instruments()}</h2>
                {move || {
                    (all() > 0).then(|| view! {
                        <small>
                            {words::some_of(shown().len(), all())} " · " <a href=Route::Kpis.href()>{words::all()}</a>
                        </small>
                    })
                }}
            </div>
            {move || {
                (all() == 0).then(|| view! {
                    <p class="told">
                        {words::no_kpis()} " " <a href=Route::Kpis.href()>{words::add_kpi()}</a>
                    </p>
                })
            }}
            <ul class="board">
                <For each=shown key=|id| *id children=|id| view! { <Instrument id /> } />
            </ul>
        </section>
    }
}

#[component]
fn Lately() -> impl IntoView {
    let entries = workspace().read(|plan, today| {
        let told = plan.lately(LATELY, today).into_iter().filter_map(|happened| told(plan, happened, today));
        told.collect::<Vec<_>>()
    });
    let entry = |Told { href, name, value, rest, note, day }: Told| {
        view! {
            <li>
                <p>
                    <b><a href=href>{name}</a> " " {value}</b>
                    {rest}
                    {(!note.is_empty()).then(|| view! { <br /> {note} })}
                </p>
                <time datetime=day.to_string()>{intl::date(day)}</time>
            </li>
        }
    };
    move || {
        (!entries.with(Vec::is_empty)).then(|| {
            view! {
                <section class="card" aria-labelledby="lately">
                    <header>
                        <h2 id="lately">{words::lately()}</h2>
                    </header>
                    <div class="body">
                        <ul class="log">{entries.get().into_iter().map(entry).collect_view()}</ul>
                    </div>
                </section>
            }
        })
    }
}

/// An entry in words.
#[derive(Debug, Clone, PartialEq)]
struct Told {
    href: String,
    name: String,
    value: String,
    rest: String,
    note: String,
    day: bearings_plan::Day,
}

fn told(plan: &Plan, happened: Happened, today: bearings_plan::Day) -> Option<Told> {
    let day = happened.key.day;
    match happened.of {
        Due::KeyResult(id) => {
            let key_result = plan.key_results.get(id)?;
            let row = key_result.check_ins.get(&happened.key)?;
            let done = matches!(key_result.measure.on(today), Measure::Done {});
            let value = row.value.map(|value| match done {
                true => words::done(value.is_done()).to_owned(),
                false => intl::number(value, &key_result.unit),
            });
            Some(Told {
                href: Route::Objective(*key_result.objective.on(today)).href(),
                name: key_result.title.to_string(),
                value: value.unwrap_or_default(),
                rest: row.confidence.map(|it| words::confidence(it.get())).unwrap_or_default(),
                note: row.note.to_string(),
                day,
            })
        }
        Due::Kpi(id) => {
            let kpi = plan.kpis.get(id)?;
            let row = kpi.readings.get(&happened.key)?;
            Some(Told {
                href: Route::Kpi(id).href(),
                name: kpi.name.to_string(),
                value: intl::number(row.value, &kpi.unit),
                rest: String::new(),
                note: row.note.to_string(),
                day,
            })
        }
    }
}
