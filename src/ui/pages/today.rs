//! Today: where all goals stand, what is due, what the instruments say.

use bearings_plan::{
    Course, CycleId, Day, Due, Happened, KpiCounts, Measure, ObjectiveId, ObjectiveKind, Plan, Status,
};
use leptos::prelude::component;

use super::{Top, dated, export};
use crate::{
    reactive::{Memo, Signal},
    state::workspace,
    ui::{
        Route,
        components::{
            check::{Check, DUE_HEADING},
            course::CourseAxis,
            guarded::Guarded,
            icon::{Glyph, Icon},
            instrument::{Gauges, Instrument},
            status::{StatusMark, Tone},
            track::{Course as Stands, Track},
        },
        dom::{Html, switch, view, when},
    },
    web::{intl, page},
    words::{common, course as course_words, headline as headlines, objectives, review, shell, today as words, walk},
};

/// How many instruments Today shows.
const INSTRUMENTS: usize = 6;
/// How many entries "Lately" shows.
const LATELY: usize = 6;

#[component]
pub fn Today() -> Html {
    let workspace = workspace();
    let gauges = Gauges::new();
    let courses = workspace.read(|plan, today| plan.courses(today));
    let headline = workspace.read(move |plan, today| {
        let healths = plan.kpis_kept(today).into_iter().map(|kpi| gauges.standing(kpi.id));
        let kpis = KpiCounts::of(healths);
        courses.with(|courses| plan.headline(courses, kpis, today))
    });
    let title = workspace.read(move |plan, _| headline.with(|headline| headlines::today(plan, headline)));
    let below = workspace.read(move |plan, _| headline.with(|headline| headlines::below_today(plan, headline)));
    let to_close =
        workspace.read(|plan, today| plan.cycle_to_close(today).map(|cycle| (cycle.id, cycle.name.to_string())));
    let close = |waits: &Option<(CycleId, String)>| {
        waits.as_ref().map(|(id, name)| {
            view! { <a class="btn primary" href=Route::Review(*id).href()>{review::close_it_and_learn(name)}</a> }
        })
    };
    view! {
        <Top title=dated(title) below>{switch(move || to_close.get(), close)}</Top>
        <div class="cols">
            <Courses courses />
            <div class="side stack">
                <DueCard />
                <OnlyHere />
            </div>
            <Instruments gauges />
            <div class="side stack">
                <Lately />
            </div>
        </div>
    }
}

/// The goals of all running cycles, each cycle with its own line of today.
#[component]
fn Courses(courses: Memo<Vec<Course>>) -> Html {
    let ids = Memo::new(move || courses.with(|all| all.iter().map(|course| course.cycle).collect::<Vec<_>>()));
    let empty = Memo::new(move || ids.with(Vec::is_empty));
    view! {
        {switch(move || empty.get(), move |empty| {
            if *empty {
                view! { <NoGoals /> }
            } else {
                view! {
                    <section class="card" aria-labelledby="course">
                        <header>
                            <h2 id="course">{course_words::on_course()}</h2>
                            <small>{course_words::how_to_read()}</small>
                        </header>
                        <For each=move || ids.get() key=|id| *id children=move |id| view! { <CycleCourse id courses /> } />
                    </section>
                }
            }
        })}
    }
}

#[component]
fn NoGoals() -> Html {
    let any = workspace().read(|plan, _| !plan.objectives.is_empty());
    let title = move || if any.get() { headlines::no_goals_running() } else { headlines::no_goals() };
    view! {
        <div class="card empty">
            <h2>{title}</h2>
            <p>{words::no_goals_explained()}</p>
            <div class="acts">
                <a class="btn primary" href=Route::Objectives.href()>
                    <Glyph icon=Icon::Plus />
                    {words::to_objectives()}
                </a>
            </div>
        </div>
    }
}

/// The goals of one cycle.
#[component]
fn CycleCourse(id: CycleId, courses: Memo<Vec<Course>>) -> Html {
    let workspace = workspace();
    let course = Memo::new(move || courses.with(|all| all.iter().find(|course| course.cycle == id).cloned()));
    let name = workspace.read(move |plan, _| plan.cycles.get(id).map(|it| it.name.to_string()).unwrap_or_default());
    let told = move |tell: fn(&Course, Day) -> String| {
        let today = workspace.day();
        course.with(|course| course.as_ref().map(|course| tell(course, today)).unwrap_or_default())
    };
    let range = move || told(|course, today| objectives::range(&course.span, today));
    let label = Signal::derive(move || told(|course, today| course_words::line(&course.span, course.elapsed, today)));
    let elapsed = Signal::derive(move || course.with(|course| course.as_ref().map_or(0.0, |course| course.elapsed)));
    let ids = Memo::new(move || {
        let ids = |course: &Course| course.objectives.iter().map(|report| report.id).collect::<Vec<_>>();
        course.with(|course| course.as_ref().map(ids).unwrap_or_default())
    });
    view! {
        <div class="cycle">
            <h3>{move || name.get()}</h3>
            <small>{range}</small>
        </div>
        <CourseAxis elapsed label>
            <For each=move || ids.get() key=|id| *id children=move |id| view! { <Leg id course /> } />
        </CourseAxis>
    }
}

/// One objective on the course.
#[component]
fn Leg(id: ObjectiveId, course: Memo<Option<Course>>) -> Html {
    let names = workspace().read(move |plan, today| {
        let title = plan.objectives.get(id).map(|it| it.title.to_string());
        (title.unwrap_or_default(), small(plan, id, today))
    });
    let stands = Memo::new(move || {
        course.with(|course| {
            let report = course.as_ref()?.objectives.iter().find(|report| report.id == id)?;
            Some((report.status, Stands::from(report)))
        })
    });
    let tone = Signal::derive(move || Tone::from(stands.get().map_or(Status::Pending, |(status, _)| status)));
    let stands = Signal::derive(move || stands.get().map(|(_, stands)| stands).unwrap_or_default());
    let share = move || stands.get().said();
    view! {
        <li>
            <div class=move || format!("leg {}", tone.get().class)>
                <span class="name">
                    <a href=Route::Objective(id).href()>{move || names.get().0}</a>
                    <small>{move || names.get().1}</small>
                    <Guarded of=id />
                </span>
                <span class="lane"><Track course=stands /></span>
                <span class="pct">
                    <b>{share}</b>
                    <StatusMark tone />
                </span>
            </div>
        </li>
    }
}

/// "3 key results · Marketing · aspirational"
pub fn small(plan: &Plan, id: ObjectiveId, today: Day) -> String {
    let Some(objective) = plan.objectives.get(id) else { return String::new() };
    let owner = objective.owner.and_then(|id| plan.owners.get(id));
    let aspirational = *objective.kind.on(today) == ObjectiveKind::Aspirational;
    let counted = if *objective.counts_aligned.on(today) { plan.aligned_to(id, today).len() } else { 0 };
    words::small(plan.key_results_of(id, today).len(), counted, owner.map(|owner| owner.name.as_str()), aspirational)
}

#[component]
fn DueCard() -> Html {
    let due = workspace().read(|plan, today| plan.due(today));
    let left = move || due.with(|due| words::left(due.len()));
    view! {
        <section class="card" aria-labelledby=DUE_HEADING>
            <header>
                <h2 id=DUE_HEADING tabindex="-1">{words::due()}</h2>
                {when(
                    move || due.with(|due| !due.is_empty()),
                    move || view! { <small>{left} " · " <a href=Route::CheckIn.href()>{walk::one_by_one()}</a></small> },
                )}
            </header>
            <div class="body">
                <For each=move || due.get() key=|due| *due children=|due| view! { <Check due /> } />
                {when(
                    move || due.with(Vec::is_empty),
                    || view! { <p class="told"><b>{words::nothing_due()}</b> " " {words::nothing_due_explained()}</p> },
                )}
            </div>
        </section>
    }
}

/// Once there is something to lose, and no file of it: where it is, and what helps.
#[component]
fn OnlyHere() -> Html {
    let workspace = workspace();
    let something = workspace.read(|plan, today| !plan.lately(1, today).is_empty());
    let shown = move || something.get() && workspace.exported().is_none() && !workspace.is_sample();
    let install = page::is_safari() && !page::is_installed();
    when(shown, move || {
        view! {
            <div class="card tip">
                <p>
                    <b>{shell::only_here()}</b>
                    " "
                    {if install { shell::only_here_install() } else { shell::only_here_save() }}
                </p>
                <div class="acts">
                    <button class="btn" type="button" on:click=move |_| export(workspace, workspace.plan_now())>
                        <Glyph icon=Icon::Export />
                        {common::save_a_file()}
                    </button>
                </div>
            </div>
        }
    })
}

#[component]
fn Instruments(gauges: Gauges) -> Html {
    // Those that need attention first.
    let kpis = workspace().read(move |plan, today| plan.by_urgency(&|kpi| gauges.urgency(kpi), today));
    let shown = move || kpis.with(|kpis| kpis.iter().copied().take(INSTRUMENTS).collect::<Vec<_>>());
    let all = move || kpis.with(Vec::len);
    view! {
        <section aria-labelledby="instruments">
            <div class="section">
                <h2 id="instruments">{words::instruments()}</h2>
                {when(
                    move || all() > 0,
                    move || view! {
                        <small>
                            {move || words::some_of(shown().len(), all())} " · "
                            <a href=Route::Kpis.href()>{words::all()}</a>
                        </small>
                    },
                )}
            </div>
            {when(
                move || all() == 0,
                || view! {
                    <p class="told">
                        {words::no_kpis()} " " <a href=Route::Kpis.href()>{words::add_kpi()}</a>
                    </p>
                },
            )}
            <ul class="board">
                <For each=shown key=|id| *id children=move |id| view! { <Instrument id gauges /> } />
            </ul>
        </section>
    }
}

#[component]
fn Lately() -> Html {
    let entries = workspace().read(|plan, today| {
        let told = plan.lately(LATELY, today).into_iter().filter_map(|happened| told(plan, happened, today));
        told.collect::<Vec<_>>()
    });
    let entry = |Told { href, name, value, rest, note, happened }: Told| {
        let day = happened.key.day;
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
    when(
        move || !entries.with(Vec::is_empty),
        move || {
            view! {
                <section class="card" aria-labelledby="lately">
                    <header>
                        <h2 id="lately">{words::lately()}</h2>
                    </header>
                    <div class="body">
                        <ul class="log">
                            <For each=move || entries.get() key=Told::clone children=entry />
                        </ul>
                    </div>
                </section>
            }
        },
    )
}

/// An entry in words.
#[derive(Debug, Clone, PartialEq)]
struct Told {
    href: String,
    name: String,
    value: String,
    rest: String,
    note: String,
    happened: Happened,
}

fn told(plan: &Plan, happened: Happened, today: Day) -> Option<Told> {
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
                happened,
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
                happened,
            })
        }
    }
}
