//! A KPI that is off its target calls for a goal: the form of one, filled in.

use bearings_plan::{Change, ChangeError, EntityId, Invalid, KpiId, Measure, Promotion};
use leptos::prelude::component;

use super::{Gauge, of};
use crate::{
    reactive::{Callback, Memo},
    state::{Undo, workspace},
    ui::{
        Route,
        components::{
            adder::{Adder, AdderButton},
            field::{Input, NumberField, NumberInput, SelectField, TextField},
            form::EditForm,
            owner::{OwnerField, OwnerInput},
            pillar::{PillarField, PillarInput},
            uid,
        },
        dom::{Html, nothing, view, when},
    },
    web::page,
    words::{errors, guards as words, objectives},
};

#[component]
pub fn Promote(id: KpiId, gauge: Memo<Option<Gauge>>) -> Html {
    let offered =
        workspace().read(move |plan, today| plan.kpis.get(id).is_some_and(|kpi| plan.promotion(kpi, today).is_some()));
    let since =
        of(gauge, |gauge| gauge.report.unhealthy_since().map(|since| words::off_since(since, gauge.calendar())));
    let adder = Adder::new();
    when(
        move || offered.get(),
        move || {
            view! {
                <div class="card tip">
                    <p>{move || since.get()}</p>
                    <div class="acts">
                        <AdderButton
                            adder
                            label=words::promote()
                            form=move |close| view! { <PromoteForm id close /> }
                        />
                    </div>
                </div>
            }
        },
    )
}

/// The fields of the goal. What leads there is a way with two ends, or a range that has none.
#[derive(Debug, Clone, Copy)]
struct Form {
    title: Input,
    key_result: Input,
    from: NumberInput,
    to: NumberInput,
    cycle: Input,
    owner: OwnerInput,
    pillar: PillarInput,
}

#[component]
fn PromoteForm(id: KpiId, close: Callback<()>) -> Html {
    let workspace = workspace();
    let (plan, today) = (workspace.shown_now(), workspace.day_now());
    let kpi = plan.kpis.shared(id);
    let Some((kpi, given)) = kpi.and_then(|kpi| Some((kpi.clone(), plan.promotion(&kpi, today)?))) else {
        return nothing();
    };
    let (start, target) = match &given.measure {
        Measure::Metric { start, target } => (Some(*start), Some(*target)),
        _ => (None, None),
    };
    let number = |value| NumberInput::new(value, (*kpi.unit).clone(), None);
    let form = Form {
        title: Input::new(words::title_of(&given.title).to_string()),
        key_result: Input::new(given.key_result.to_string()),
        from: number(start),
        to: number(target),
        cycle: Input::new(given.cycle.map(|id| id.to_string()).unwrap_or_default()),
        owner: OwnerInput::new(given.owner),
        pillar: PillarInput::new(given.pillar),
    };
    let way = words::way(&given.measure, &kpi.unit);
    let measured = start.is_some();
    let stays = given.measure.clone();
    let save = Callback::new(move |()| {
        let at = workspace.at();
        let measure = match measured {
            true => {
                let (start, target) = (form.from.number(), form.to.number());
                start.zip(target).map(|(start, target)| Measure::Metric { start, target })
            }
            false => Some(stays.clone()),
        };
        let (title, key_result) = (form.title.name(), form.key_result.name());
        let (owner, pillar) = (form.owner.read(workspace, at), form.pillar.read(workspace, at));
        let (Some(measure), Some(title), Some(key_result), Some((owner, new_owner)), Some((pillar, new_pillar))) =
            (measure, title, key_result, owner, pillar)
        else {
            return page::focus_first_invalid();
        };
        let plan = workspace.shown_now();
        let Some(kpi) = plan.kpis.get(id) else { return };
        let cycle = form.cycle.text.with_untracked(|id| id.parse().ok());
        let promotion = Promotion { title, key_result, measure, cycle, owner, pillar };
        let (objective, change) = plan.promote(kpi, promotion, at, || workspace.seed());
        // Whom it speaks of has to be there before it.
        let before = new_owner.into_iter().chain(new_pillar);
        let change = Change::All(before.chain([change]).collect());
        match workspace.make(change) {
            Ok(()) => {
                workspace.say(words::promoted(), Some(Undo::Change));
                Route::Objective(objective).go();
            }
            Err(error) => {
                let input = match error {
                    ChangeError::Invalid(Invalid::StartIsTarget) => form.to.input,
                    ChangeError::Gone(EntityId::Cycle(_)) => form.cycle,
                    _ => form.title,
                };
                input.error.set(Some(errors::change(error)));
                input.focus();
            }
        }
    });
    let cycles = workspace.read(|plan, today| {
        let none = (String::new(), objectives::no_cycle().to_owned());
        let cycles = plan.cycles_by_nearness(today);
        let cycles = cycles.iter().filter(|it| !plan.is_closed(it.id, today));
        [none].into_iter().chain(cycles.map(|it| (it.id.to_string(), it.name.to_string()))).collect::<Vec<_>>()
    });
    form.title.focus();
    let heading = uid("h");
    let numbers = measured.then(|| {
        view! {
            <NumberField number=form.from label=objectives::from() />
            <NumberField number=form.to label=objectives::to() />
        }
    });
    view! {
        <section class="all" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{words::new_objective()}</h2>
            <EditForm save close confirm=words::do_promote()>
                <TextField input=form.title label=words::objective_title() class="all" />
                <TextField input=form.key_result label=words::key_result_title() class="all" />
                {numbers}
                <p class="told all">{way} " " {words::follows()}</p>
                <SelectField input=form.cycle label=objectives::cycle() options=cycles />
                <OwnerField owner=form.owner />
                <PillarField pillar=form.pillar />
            </EditForm>
        </section>
    }
}
