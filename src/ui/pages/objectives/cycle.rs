//! A cycle: its objectives on their course, with all that can be done with them.

use bearings_plan::{CycleId, ObjectiveId, ObjectiveReport};
use leptos::prelude::component;

use super::{
    Adding,
    cycle_form::EditCycle,
    leg::{ObjectiveLeg, choices, small},
};
use crate::{
    reactive::{Callback, Memo, RwSignal, Signal, StoredValue},
    state::workspace,
    ui::{
        Route,
        components::{
            button::{Choice, Menu},
            course::CourseAxis,
            icon::{Glyph, Icon},
            track::Course,
            uid,
        },
        dom::{Html, switch, view, when},
    },
    web::page,
    words::{common, course as course_words, objectives as words, review},
};

#[component]
pub fn CycleCard(id: CycleId, adding: RwSignal<Adding>, found: Memo<Option<Vec<ObjectiveId>>>) -> Html {
    let workspace = workspace();
    let course = workspace.read(move |plan, today| plan.course(id, today));
    let name = workspace.read(move |plan, _| plan.cycles.get(id).map(|it| it.name.to_string()).unwrap_or_default());
    let range = move || {
        let today = workspace.day();
        course.with(|course| course.as_ref().map(|course| words::range(&course.span, today)))
    };
    let elapsed = Signal::derive(move || course.with(|course| course.as_ref().map_or(0.0, |course| course.elapsed)));
    let label = Signal::derive(move || {
        let today = workspace.day();
        course.with(|course| {
            let label = |course: &bearings_plan::Course| course_words::line(&course.span, course.elapsed, today);
            course.as_ref().map(label).unwrap_or_default()
        })
    });
    let reports = Memo::new(move || {
        let all = course.with(|course| course.as_ref().map(|course| course.objectives.clone()).unwrap_or_default());
        only(all, found)
    });
    let ids = Memo::new(move || reports.with(|all| all.iter().map(|report| report.id).collect::<Vec<_>>()));
    let empty = Memo::new(move || ids.with(Vec::is_empty));
    let over = workspace.read(move |plan, today| plan.cycles.get(id).is_some_and(|it| today > it.span.on(today).end));
    let (heading, opener) = (uid("cycle"), StoredValue::new(uid("more")));
    let editing = RwSignal::new(false);
    let done = Callback::new(move |()| {
        editing.set(false);
        page::focus(&opener.get_value());
    });
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>{move || name.get()}</h2>
                <div class="acts">
                    <small>{range}</small>
                    {when(
                        move || over.get(),
                        move || view! {
                            <a
                                class="btn primary"
                                href=Route::Review(id).href()
                                aria-label=move || review::close_and_learn_of(&name.get())
                            >
                                {review::close_and_learn()}
                            </a>
                        },
                    )}
                    <CycleMenu id name editing adding opener />
                </div>
            </header>
            {when(move || editing.get(), move || view! { <EditCycle id done /> })}
            {switch(move || empty.get(), move |empty| {
                if *empty {
                    view! {
                        <div class="body flow">
                            <p class="told">{words::none_here()}</p>
                            <div class="acts">
                                <button
                                    class="btn"
                                    type="button"
                                    on:click=move |_| adding.set(Adding::Objective(Some(id)))
                                >
                                    <Glyph icon=Icon::Plus />
                                    {words::add_objective()}
                                </button>
                            </div>
                        </div>
                    }
                } else {
                    view! {
                        <CourseAxis elapsed label acting=true>
                            <For
                                each=move || ids.get()
                                key=|id| *id
                                children=move |id| view! { <ObjectiveLeg id all=ids reports /> }
                            />
                        </CourseAxis>
                    }
                }
            })}
        </section>
    }
}

#[component]
fn CycleMenu(
    id: CycleId,
    name: Memo<String>,
    editing: RwSignal<bool>,
    adding: RwSignal<Adding>,
    opener: StoredValue<String>,
) -> Html {
    let workspace = workspace();
    let delete = move || {
        let held = workspace.shown_now().objectives_of(Some(id), workspace.day_now()).len();
        let text = words::cycle_deleted(&name.get_untracked(), held);
        workspace.delete(id, text);
        page::focus("main");
    };
    let add = move || adding.set(Adding::Objective(Some(id)));
    let begun =
        workspace.read(move |plan, today| plan.cycles.get(id).is_some_and(|it| it.span.on(today).start <= today));
    let choices = vec![
        Choice::new(Icon::Edit, common::edit(), move || editing.set(true)),
        Choice::new(Icon::Plus, words::add_objective(), add),
        Choice::new(Icon::Review, review::close_and_learn(), move || Route::Review(id).go()).enabled(begun),
        Choice::new(Icon::Delete, common::delete(), delete).apart(),
    ];
    view! { <Menu of=name choices opener=opener.get_value() /> }
}

/// Those that were found, where something is looked for.
fn only(mut all: Vec<ObjectiveReport>, found: Memo<Option<Vec<ObjectiveId>>>) -> Vec<ObjectiveReport> {
    found.with(|found| all.retain(|report| found.as_ref().is_none_or(|found| found.contains(&report.id))));
    all
}

/// What waits without a cycle, if anything does.
#[component]
pub fn BacklogCard(found: Memo<Option<Vec<ObjectiveId>>>) -> Html {
    let reports = workspace().read(move |plan, today| {
        let objectives = plan.objectives_of(None, today);
        only(objectives.iter().map(|objective| plan.objective_report(objective, today)).collect(), found)
    });
    let ids = Memo::new(move || reports.with(|all| all.iter().map(|report| report.id).collect::<Vec<_>>()));
    let any = Memo::new(move || ids.with(|ids| !ids.is_empty()));
    let heading = StoredValue::new(uid("backlog"));
    when(
        move || any.get(),
        move || {
            view! {
                <section class="card" aria-labelledby=heading.get_value()>
                    <header>
                        <h2 id=heading.get_value()>{words::backlog()}</h2>
                        <small>{words::backlog_explained()}</small>
                    </header>
                    <ul class="rows">
                        <For
                            each=move || ids.get()
                            key=|id| *id
                            children=move |id| view! { <BacklogRow id all=ids reports /> }
                        />
                    </ul>
                </section>
            }
        },
    )
}

#[component]
fn BacklogRow(id: ObjectiveId, all: Memo<Vec<ObjectiveId>>, reports: Memo<Vec<ObjectiveReport>>) -> Html {
    let title =
        workspace().read(move |plan, _| plan.objectives.get(id).map(|it| it.title.to_string()).unwrap_or_default());
    let small = small(id);
    let share = Memo::new(move || {
        let course = reports.with(|all| all.iter().find(|report| report.id == id).map(Course::from));
        course.filter(|course| course.progress.is_some()).map(|course| course.said())
    });
    let opener = StoredValue::new(uid("more"));
    view! {
        <li>
            <div>
                <h3><a href=Route::Objective(id).href()>{move || title.get()}</a></h3>
                <p>{move || words::with_progress(&small.get(), share.get().as_deref())}</p>
            </div>
            <div class="acts">
                <Menu of=title choices=choices(id, all, opener) opener=opener.get_value() />
            </div>
        </li>
    }
}
