//! The steps of a key result: ticked, edited, added, deleted.

use bearings_plan::{
    Change, ChangeError, Day, Edit, KeyResultId, Milestone, MilestoneEdit, MilestoneId, Name, Number, Unit, Weight,
};
use leptos::prelude::{component, event_target_checked};

use crate::{
    reactive::{Callback, Memo, RwSignal, Signal, StoredValue},
    state::workspace,
    ui::{
        components::{
            adder::{Adder, AdderButton},
            button::{Choice, Menu, order_and_delete},
            field::{DateField, Input, NumberField, NumberInput, TextField},
            form::EditForm,
            history::is_history,
            icon::Icon,
            uid,
        },
        dom::{Html, switch, view},
    },
    web::page,
    words::{common, errors, objectives as words},
};

#[component]
pub fn Milestones(of: KeyResultId) -> Html {
    let steps = workspace().read(move |plan, _| plan.milestones_of(of).iter().map(|step| step.id).collect::<Vec<_>>());
    let adder = Adder::new();
    let form = move |close| view! { <StepForm of close /> };
    view! {
        <ul class="ticks">
            <For each=move || steps.get() key=|id| *id children=move |id| view! { <Step id all=steps adder /> } />
            {(!is_history()).then(|| view! {
                <li><AdderButton adder label=words::add_step() class="plain" form /></li>
            })}
        </ul>
    }
}

#[component]
fn Step(id: MilestoneId, all: Memo<Vec<MilestoneId>>, adder: Adder) -> Html {
    let workspace = workspace();
    let step = workspace.read(move |plan, _| plan.milestones.shared(id));
    let small = workspace.read(move |plan, today| {
        let step = plan.milestones.get(id)?;
        Some(words::step_small(step.weight.on(today).get(), *step.due.on(today), step.done_by(today)))
    });
    let title = Signal::derive(move || step.get().map(|step| step.title.to_string()).unwrap_or_default());
    let done = workspace.read(move |plan, today| plan.milestones.get(id).is_some_and(|it| it.done_by(today).is_some()));
    let tick = move |done: bool| {
        let done = done.then(|| workspace.day_now());
        workspace.try_to(Change::Edit { edit: Edit::of(id, MilestoneEdit::done(done)), from: None });
    };
    let opener = StoredValue::new(uid("more"));
    let editing = RwSignal::new(false);
    let close = Callback::new(move |_| {
        editing.set(false);
        page::focus(&opener.get_value());
    });
    let of = workspace.read(move |plan, _| plan.milestones.get(id).map(|step| *step.key_result));
    let box_id = StoredValue::new(uid("step"));
    let row = move || {
        view! {
            <input
                type="checkbox"
                id=box_id.get_value()
                prop:checked=move || done.get()
                disabled=is_history()
                on:change=move |event| tick(event_target_checked(&event))
            />
            <label for=box_id.get_value()>{move || title.get()}</label>
            <small>{move || small.get()}</small>
            <Menu of=title choices=choices(id, all, editing, opener, adder) opener=opener.get_value() />
        }
    };
    view! {
        <li>
            {switch(
                move || if editing.get() { of.get() } else { None },
                move |edited| match *edited {
                    Some(of) => view! { <StepForm of existing=id close /> },
                    None => row(),
                },
            )}
        </li>
    }
}

fn choices(
    id: MilestoneId,
    all: Memo<Vec<MilestoneId>>,
    editing: RwSignal<bool>,
    opener: StoredValue<String>,
    adder: Adder,
) -> Vec<Choice> {
    let workspace = workspace();
    let step = move |up: bool| {
        let Some(rank) = workspace.shown_now().milestone_moved(id, up) else { return };
        workspace.try_to(Change::Edit { edit: Edit::of(id, MilestoneEdit::rank(rank)), from: None });
        // A row that moves loses the cursor.
        page::focus(&opener.get_value());
    };
    let delete = move || {
        let title = workspace.shown_now().milestones.get(id).map(|it| it.title.to_string()).unwrap_or_default();
        workspace.delete(id, words::deleted(&title));
        adder.focus();
    };
    let edit = Choice::new(Icon::Edit, common::edit(), move || editing.set(true));
    [edit].into_iter().chain(order_and_delete(id, all, step, delete)).collect()
}

/// The fields of a step.
#[derive(Debug, Clone, Copy)]
struct Form {
    title: Input,
    weight: NumberInput,
    due: Input,
    done: Input,
}

/// What was understood of them.
struct Draft {
    title: Name,
    weight: Weight,
    due: Option<Day>,
    done: Option<Day>,
}

impl Form {
    fn new(of: Option<&Milestone>, today: Day) -> Self {
        let day = |day: Option<Day>| Input::new(day.map(|day| day.to_string()).unwrap_or_default());
        let weight = of.map_or(Number::from(1), |of| of.weight.on(today).get());
        Self {
            title: Input::new(of.map(|of| of.title.to_string()).unwrap_or_default()),
            weight: NumberInput::new(Some(weight), Unit::default(), None),
            due: day(of.and_then(|of| *of.due.on(today))),
            done: day(of.and_then(|of| *of.done)),
        }
    }

    fn read(&self, today: Day) -> Option<Draft> {
        let (title, weight) = (self.title.name(), self.weight());
        let (due, done) = (self.due.day_if_any(), self.done(today));
        Some(Draft { title: title?, weight: weight?, due: due?, done: done? })
    }

    /// What is done was done today or before.
    fn done(&self, today: Day) -> Option<Option<Day>> {
        let done = self.done.day_if_any()?;
        if done.is_some_and(|done| done > today) {
            self.done.error.set(Some(common::not_later().to_owned()));
            return None;
        }
        Some(done)
    }

    fn weight(&self) -> Option<Weight> {
        let Some(number) = self.weight.number_if_any()? else { return Some(Weight::default()) };
        let weight = Weight::new(number);
        if let Err(invalid) = weight {
            self.weight.input.error.set(Some(errors::change(ChangeError::Invalid(invalid))));
        }
        weight.ok()
    }

    fn empty(&self) {
        self.title.text.set(String::new());
        self.due.text.set(String::new());
        self.title.focus();
    }
}

/// A form for a new step, which stays for the next one, or for an `existing` one.
#[component]
fn StepForm(of: KeyResultId, #[prop(optional)] existing: Option<MilestoneId>, close: Callback<()>) -> Html {
    let workspace = workspace();
    let before = move || existing.and_then(|id| workspace.shown_now().milestones.shared(id));
    let form = Form::new(before().as_deref(), workspace.day_now());
    let save = Callback::new(move |()| {
        let Some(Draft { title, weight, due, done }) = form.read(workspace.day_now()) else { return };
        let (before, at) = (before(), workspace.at());
        let changes = match &before {
            Some(before) => {
                let edits = [
                    (*before.title != title).then_some(MilestoneEdit::title(title)),
                    (*before.weight.on(at.day) != weight).then_some(MilestoneEdit::weight(weight)),
                    (*before.due.on(at.day) != due).then_some(MilestoneEdit::due(due)),
                    (*before.done != done).then_some(MilestoneEdit::done(done)),
                ];
                let change = |edit| Change::Edit { edit: Edit::of(before.id, edit), from: None };
                edits.into_iter().flatten().map(change).collect()
            }
            None => {
                let mut step = Milestone::new(workspace.id(), of, title, at);
                step.weight = bearings_plan::Dated::new(at.day, weight);
                step.due = bearings_plan::Dated::new(at.day, due);
                vec![Change::Add(workspace.shown_now().at_the_end(step, at.day))]
            }
        };
        let made = if changes.is_empty() { Ok(()) } else { workspace.make(Change::All(changes)) };
        match made {
            Ok(()) if before.is_none() => form.empty(),
            Ok(()) => close.run(()),
            Err(error) => form.title.error.set(Some(errors::change(error))),
        }
    });
    form.title.focus();
    let confirm = if existing.is_some() { common::save() } else { words::add_step() };
    view! {
        <EditForm save close confirm>
            <TextField input=form.title label=words::step() class="all" />
            <DateField input=form.due label=words::due() hint=common::optional() />
            {existing
                .map(|_| {
                    view! { <DateField input=form.done label=words::done_on() hint=common::optional() /> }
                })}
            <NumberField number=form.weight label=words::weight() />
        </EditForm>
    }
}
