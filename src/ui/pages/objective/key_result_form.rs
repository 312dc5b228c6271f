//! The form of a key result, new or not.

use std::sync::Arc;

use bearings_plan::{
    AnyEntity, At, Bounds, Change, ChangeError, Day, Edit, Invalid, KeyResult, KeyResultEdit, KeyResultId, Measure,
    Milestone, Name, Number, ObjectiveId, OwnDates, Rank, Share, Unit, Weight,
};
use leptos::{ev::SubmitEvent, prelude::*};

use crate::{
    state::{Undo, Workspace, workspace},
    ui::components::{
        field::{DateField, Input, NumberField, NumberInput, SelectField, TextArea, TextField},
        uid, units,
    },
    words::{common, errors, objectives as words},
};

/// How a key result is measured, as one chooses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Metric,
    AtLeast,
    AtMost,
    Between,
    Milestones,
    Done,
    Baseline,
}

impl Kind {
    const ALL: [Self; 7] =
        [Self::Metric, Self::AtLeast, Self::AtMost, Self::Between, Self::Milestones, Self::Done, Self::Baseline];

    const fn word(self) -> &'static str {
        match self {
            Self::Metric => "metric",
            Self::AtLeast => "at-least",
            Self::AtMost => "at-most",
            Self::Between => "between",
            Self::Milestones => "milestones",
            Self::Done => "done",
            Self::Baseline => "baseline",
        }
    }

    fn parse(word: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.word() == word).unwrap_or(Self::Metric)
    }

    const fn has_unit(self) -> bool {
        !matches!(self, Self::Milestones | Self::Done)
    }
}

impl From<&Measure> for Kind {
    fn from(measure: &Measure) -> Self {
        match measure {
            Measure::Metric { .. } => Self::Metric,
            Measure::Stay { bounds: Bounds::AtLeast { .. }, .. } => Self::AtLeast,
            Measure::Stay { bounds: Bounds::AtMost { .. }, .. } => Self::AtMost,
            Measure::Stay { bounds: Bounds::Between { .. }, .. } => Self::Between,
            Measure::Milestones {} => Self::Milestones,
            Measure::Done {} => Self::Done,
            Measure::Baseline {} => Self::Baseline,
        }
    }
}

/// The fields. What does not belong to the chosen kind stays typed, in case one changes one's mind.
#[derive(Debug, Clone, Copy)]
struct Form {
    title: Input,
    kind: Input,
    from: NumberInput,
    to: NumberInput,
    low: NumberInput,
    high: NumberInput,
    unit: Input,
    steps: Input,
    weight: NumberInput,
    start: Input,
    due: Input,
    /// What is wrong with more than one field.
    wrong: RwSignal<Option<String>>,
}

/// What was understood of them.
struct Draft {
    title: Name,
    measure: Measure,
    unit: Unit,
    steps: Vec<Name>,
    weight: Weight,
    dates: Option<OwnDates>,
}

impl Form {
    fn new(of: Option<&KeyResult>, today: Day) -> Self {
        let unit = Input::new(of.map(|of| of.unit.to_string()).unwrap_or_default());
        let measure = of.map(|of| of.measure.on(today));
        let (mut from, mut to, mut low, mut high) = (None, None, None, None);
        match measure {
            Some(Measure::Metric { start, target }) => (from, to) = (Some(*start), Some(*target)),
            Some(Measure::Stay { bounds, .. }) => match bounds {
                Bounds::AtLeast { value } => low = Some(*value),
                Bounds::AtMost { value } => high = Some(*value),
                Bounds::Between { low: least, high: most } => (low, high) = (Some(*least), Some(*most)),
            },
            _ => {}
        }
        let number = |value| NumberInput::new(value, Signal::derive(move || unit.unit_so_far()), None);
        let dates = of.and_then(|of| of.dates.on(today).as_ref());
        let day = |day: Option<Day>| Input::new(day.map(|day| day.to_string()).unwrap_or_default());
        let weight = of.map_or(Number::from(1), |of| of.weight.on(today).get());
        Self {
            title: Input::new(of.map(|of| of.title.to_string()).unwrap_or_default()),
            kind: Input::new(measure.map_or(Kind::Metric, Kind::from).word()),
            from: number(from),
            to: number(to),
            low: number(low),
            high: number(high),
            unit,
            steps: Input::new(""),
            weight: NumberInput::new(Some(weight), Unit::default(), None),
            start: day(dates.and_then(|dates| dates.start)),
            due: day(dates.and_then(|dates| dates.due)),
            wrong: RwSignal::new(None),
        }
    }

    fn kind(&self) -> Kind {
        self.kind.text.with(|word| Kind::parse(word))
    }

    /// Reads every field, so that every error shows at once.
    fn read(&self, share: Share) -> Option<Draft> {
        self.wrong.set(None);
        let kind = self.kind.text.with_untracked(|word| Kind::parse(word));
        let title = self.title.name();
        let measure = self.measure(kind, share);
        let unit = if kind.has_unit() { self.unit.unit() } else { Some(Unit::default()) };
        let steps = if kind == Kind::Milestones { self.steps() } else { Some(Vec::new()) };
        let weight = self.weight();
        let (start, due) = (self.start.day_if_any(), self.due.day_if_any());
        let (start, due) = (start?, due?);
        let dates = (start.is_some() || due.is_some()).then_some(OwnDates { start, due });
        Some(Draft { title: title?, measure: measure?, unit: unit?, steps: steps?, weight: weight?, dates })
    }

    fn measure(&self, kind: Kind, share: Share) -> Option<Measure> {
        let stay = |bounds| Measure::Stay { bounds, share };
        match kind {
            Kind::Metric => {
                let (start, target) = (self.from.number(), self.to.number());
                Some(Measure::Metric { start: start?, target: target? })
            }
            Kind::AtLeast => Some(stay(Bounds::AtLeast { value: self.low.number()? })),
            Kind::AtMost => Some(stay(Bounds::AtMost { value: self.high.number()? })),
            Kind::Between => {
                let (low, high) = (self.low.number(), self.high.number());
                Some(stay(Bounds::Between { low: low?, high: high? }))
            }
            Kind::Milestones => Some(Measure::Milestones {}),
            Kind::Done => Some(Measure::Done {}),
            Kind::Baseline => Some(Measure::Baseline {}),
        }
    }

    fn steps(&self) -> Option<Vec<Name>> {
        self.steps.read(|text| {
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            lines.map(|line| Name::new(line).map_err(errors::text)).collect()
        })
    }

    fn weight(&self) -> Option<Weight> {
        let Some(number) = self.weight.number_if_any()? else { return Some(Weight::default()) };
        match Weight::new(number) {
            Ok(weight) => Some(weight),
            Err(invalid) => {
                self.say(ChangeError::Invalid(invalid));
                None
            }
        }
    }

    /// Says what the plan did not accept, at the field that caused it.
    fn say(&self, error: ChangeError) {
        let at = |input: Input, text: &str| input.error.set(Some(text.to_owned()));
        match error {
            ChangeError::Invalid(Invalid::StartIsTarget) => {
                at(self.to.input, words::same_numbers());
                self.wrong.set(Some(words::same_explained().to_owned()));
            }
            ChangeError::Invalid(Invalid::BoundsUpsideDown) => at(self.high.input, words::upside_down()),
            ChangeError::Invalid(Invalid::EndBeforeStart) => at(self.due, words::due_before_start()),
            ChangeError::Invalid(Invalid::Weight) => at(self.weight.input, &errors::change(error)),
            _ => self.wrong.set(Some(errors::change(error))),
        }
    }

    /// Puts the cursor into the first field that has an error.
    fn focus_error(&self) {
        let fields = [
            self.title,
            self.from.input,
            self.to.input,
            self.low.input,
            self.high.input,
            self.unit,
            self.steps,
            self.weight.input,
            self.start,
            self.due,
        ];
        if let Some(field) = fields.iter().find(|field| field.error.with_untracked(Option::is_some)) {
            field.focus();
        }
    }
}

impl Draft {
    /// The changes that make a new key result, with its steps.
    fn add(self, workspace: Workspace, objective: ObjectiveId, at: At) -> Change {
        let mut key_result = KeyResult::new(workspace.id(), objective, self.title, self.measure, at);
        key_result.unit = self.unit.into();
        key_result.weight = bearings_plan::Dated::new(at.day, self.weight);
        key_result.dates = bearings_plan::Dated::new(at.day, self.dates);
        let id = key_result.id;
        let added = workspace.plan_now().at_the_end(AnyEntity::from(key_result), at.day);
        let mut rank: Option<Rank> = None;
        let steps = self.steps.into_iter().map(|title| {
            let mut step = Milestone::new(workspace.id(), id, title, at);
            let next = rank.as_ref().map_or_else(Rank::default, |last| Rank::between(Some(last), None));
            rank = Some(next.clone());
            step.rank = next.into();
            Change::Add(step.into())
        });
        Change::All([Change::Add(added)].into_iter().chain(steps).collect())
    }

    /// The changes that make `of` what was typed; none where it is that already.
    fn edit(self, of: &KeyResult, today: Day) -> Option<Change> {
        let edits = [
            (*of.title != self.title).then_some(KeyResultEdit::Title(self.title)),
            (*of.measure.on(today) != self.measure).then_some(KeyResultEdit::Measure(self.measure)),
            (*of.unit != self.unit).then_some(KeyResultEdit::Unit(self.unit)),
            (*of.weight.on(today) != self.weight).then_some(KeyResultEdit::Weight(self.weight)),
            (*of.dates.on(today) != self.dates).then_some(KeyResultEdit::Dates(self.dates)),
        ];
        let change = |edit| Change::Edit { edit: Edit::KeyResult(of.id, edit), from: None };
        let changes: Vec<_> = edits.into_iter().flatten().map(change).collect();
        (!changes.is_empty()).then_some(Change::All(changes))
    }
}

/// A form for a new key result or for an `existing` one. `close` is told whether something was added or changed.
#[component]
pub fn KeyResultForm(
    objective: ObjectiveId,
    #[prop(optional)] existing: Option<KeyResultId>,
    close: Callback<bool>,
) -> impl IntoView {
    let workspace = workspace();
    let today = workspace.today_now();
    let before = move || existing.and_then(|id| workspace.plan_now().key_results.get(id).map(Arc::clone));
    let form = Form::new(before().as_deref(), today);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let (before, at) = (before(), workspace.at());
        let share = match before.as_ref().map(|before| before.measure.on(at.day)) {
            Some(Measure::Stay { share, .. }) => *share,
            _ => Share::default(),
        };
        let Some(draft) = form.read(share) else { return form.focus_error() };
        let change = match &before {
            Some(before) => draft.edit(before, at.day),
            None => Some(draft.add(workspace, objective, at)),
        };
        let Some(change) = change else { return close.run(false) };
        match workspace.make(change) {
            Ok(()) => {
                if before.is_none() {
                    workspace.say(words::key_result_added(), Some(Undo::Change));
                }
                close.run(true);
            }
            Err(error) => {
                form.say(error);
                form.focus_error();
            }
        }
    };
    form.title.focus();
    let wrong = StoredValue::new(uid("wrong"));
    view! {
        <form
            class="form"
            novalidate
            aria-describedby=wrong.get_value()
            on:submit=save
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    close.run(false);
                }
            }
        >
            <TextField
                input=form.title
                label=words::what_measured()
                placeholder=words::what_placeholder()
                class="all"
            />
            <KindFields form existing=existing.is_some() />
            <div class="form all">
                <NumberField number=form.weight label=words::weight() />
                <DateField input=form.start label=words::starts() hint=common::optional() />
                <DateField input=form.due label=words::due() hint=common::optional() />
            </div>
            {move || form.wrong.get().map(|text| view! { <p class="err all" id=wrong.get_value()>{text}</p> })}
            <div class="acts">
                <button class="btn primary">
                    {if existing.is_some() { common::save() } else { words::do_add_key_result() }}
                </button>
                <button class="btn" type="button" on:click=move |_| close.run(false)>{common::cancel()}</button>
            </div>
        </form>
    }
}

/// How it is measured, and the fields that this needs.
#[component]
fn KindFields(form: Form, existing: bool) -> impl IntoView {
    let kinds = Kind::ALL.map(|kind| (kind.word().to_owned(), words::measure_kind(kind.word()).to_owned())).to_vec();
    let kind = Memo::new(move |_| form.kind());
    let numbers = move || {
        let (from, to) = (form.from, form.to);
        let (low, high) = (form.low, form.high);
        match kind.get() {
            Kind::Metric => view! {
                <NumberField number=from label=words::from() />
                <NumberField number=to label=words::to() />
            }
            .into_any(),
            Kind::AtLeast => view! { <NumberField number=low label=words::at_least() /> }.into_any(),
            Kind::AtMost => view! { <NumberField number=high label=words::at_most() /> }.into_any(),
            Kind::Between => view! {
                <NumberField number=low label=words::at_least() />
                <NumberField number=high label=words::at_most() />
            }
            .into_any(),
            Kind::Milestones if !existing => view! {
                <TextArea
                    input=form.steps
                    label=words::steps()
                    hint=words::one_a_line()
                    placeholder=words::steps_placeholder()
                    class="all"
                />
            }
            .into_any(),
            Kind::Milestones | Kind::Done | Kind::Baseline => ().into_any(),
        }
    };
    let bare = move || match kind.get() {
        Kind::Milestones => existing,
        kind => !kind.has_unit(),
    };
    let unit = move || {
        kind.get().has_unit().then(|| {
            view! { <TextField input=form.unit label=words::unit() hint=common::optional() list=units::LIST /> }
        })
    };
    view! {
        <SelectField input=form.kind label=words::kind() options=Signal::stored(kinds) class="all" />
        <div class="form all" hidden=bare>{numbers} {unit}</div>
    }
}
