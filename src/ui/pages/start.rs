//! The first visit: one goal, one number, one day; then the first check-in.

use bearings_plan::{
    At, Change, Cycle, Dated, Day, Invalid, KeyResult, Level, Measure, Name, Objective, OwnDates, Owner, Rate,
    first_due, weekly,
};
use leptos::{ev::SubmitEvent, prelude::component};

use super::Top;
use crate::{
    reactive::Signal,
    state::{Workspace, workspace},
    ui::{
        Route,
        components::{
            field::{DateField, Input, NumberField, NumberInput, TextField},
            units::{LIST, UnitList},
        },
        dom::{Html, view},
    },
    web::{intl, page},
    words::{common, errors, objectives, start as words},
};

/// What the form holds.
#[derive(Clone, Copy)]
struct Form {
    objective: Input,
    key_result: Input,
    unit: Input,
    from: NumberInput,
    to: NumberInput,
    due: Input,
}

impl Form {
    fn new(workspace: Workspace) -> Self {
        let unit = Input::new("");
        let counted = Signal::derive(move || unit.unit_so_far());
        Self {
            objective: Input::new(""),
            key_result: Input::new(""),
            unit,
            from: NumberInput::new(None, counted, None),
            to: NumberInput::new(None, counted, None),
            due: Input::new(first_due(workspace.day_now()).to_string()),
        }
    }

    /// Everything that the answers make, as one change; errors are shown at their fields.
    fn change(&self, workspace: Workspace) -> Option<Change> {
        // Every field is read, so that every error shows at once.
        let (objective, key_result) = (self.objective.name(), self.key_result.name());
        self.unit.take_unit_from([self.from.input, self.to.input]);
        let (from, to, unit) = (self.from.number(), self.to.number(), self.unit.unit());
        let due = self.due.day();
        let (objective, key_result, start, target, unit, due) = (objective?, key_result?, from?, to?, unit?, due?);
        if start == target {
            self.to.input.error.set(Some(errors::change(Invalid::StartIsTarget.into())));
            return None;
        }
        let at = workspace.at();
        if due < at.day {
            self.due.error.set(Some(errors::change(Invalid::EndBeforeStart.into())));
            return None;
        }
        let me = Owner::new(workspace.id(), Name::new(common::me()).ok()?, Level::Person, at);
        let cycle = quarter(workspace, at)?;
        let mut objective = Objective::new(workspace.id(), objective, Some(cycle.id), at);
        objective.owner = Some(me.id).into();
        let measure = Measure::Metric { start, target };
        let mut key_result = KeyResult::new(workspace.id(), objective.id, key_result, measure, at);
        key_result.unit = unit.into();
        // The quarter may be half over: what is begun today is expected from today on.
        key_result.dates = Dated::new(at.day, Some(OwnDates { start: Some(at.day), due: Some(due) }));
        let all = [me.into(), cycle.into(), objective.into(), key_result.into()];
        Some(Change::All(all.into_iter().map(Change::Add).collect()))
    }
}

fn quarter(workspace: Workspace, at: At) -> Option<Cycle> {
    let plan = workspace.shown_now();
    let span = plan.quarter(at.day);
    let name = words::named_quarter(&plan, &span);
    Some(Cycle::new(workspace.id(), Name::new(&name).ok()?, span, at))
}

#[component]
pub fn Start() -> Html {
    let workspace = workspace();
    let form = Form::new(workspace);
    let begin = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(change) = form.change(workspace) else {
            page::focus_first_invalid();
            return;
        };
        match workspace.make(change) {
            Ok(()) => {
                workspace.say(words::first_check_in(), None);
                page::focus_within("form.check");
            }
            Err(error) => form.objective.error.set(Some(errors::change(error))),
        }
    };
    let told = move || {
        let (from, to) = (form.from.value()?, form.to.value()?);
        let due = form.due.text.with(|text| text.parse::<Day>().ok())?;
        let pace = weekly(from, to, workspace.day(), due)?;
        let unit = form.unit.unit_so_far();
        Some(words::told(
            &intl::bare(from),
            &intl::number(to, &unit),
            &intl::month_day(due),
            &objectives::rate(Rate::of(pace.get(), unit.counts([from.get(), to.get()])), &unit, true),
        ))
    };
    view! {
        <div class="first">
            <Top title=words::title().to_owned() below=words::below().to_owned() />
            <div class="cols">
                <form class="card form" novalidate on:submit=begin>
                    <TextField
                        input=form.objective
                        label=words::objective()
                        placeholder=words::objective_placeholder()
                        class="all q"
                    />
                    <TextField
                        input=form.key_result
                        label=words::key_result()
                        placeholder=words::key_result_placeholder()
                        class="all q"
                    />
                    <fieldset class="all">
                        <legend>{words::numbers()}</legend>
                        <div class="pair">
                            <NumberField number=form.from label=words::from() />
                            <NumberField number=form.to label=words::to() />
                            <TextField input=form.unit label=words::unit() hint=common::optional() list=LIST.to_owned() />
                        </div>
                    </fieldset>
                    <DateField input=form.due label=words::by_when() class="all q" />
                    <p class="told all">{told}</p>
                    <div class="acts">
                        <button class="btn primary">{words::begin()}</button>
                    </div>
                </form>
                <div class="side stack">
                    <div class="card tip">
                        <p><b>{words::sample_instead()}</b> " " {words::sample_explained()}</p>
                        <div class="acts">
                            <button class="btn" type="button" on:click=move |_| workspace.leave_then(move || workspace.look_at_sample())>
                                {common::look_at_sample()}
                            </button>
                        </div>
                    </div>
                    <div class="card tip">
                        <p><b>{words::have_a_file()}</b> " " {words::file_explained()}</p>
                        <div class="acts">
                            <a class="btn" href=Route::Plans.href()>{words::open_a_file()}</a>
                        </div>
                    </div>
                    <div class="tip"><p>{words::where_it_stays()}</p></div>
                </div>
            </div>
            <UnitList />
        </div>
    }
}
