//! The fields of a KPI, for a new one and for one that is there.

use std::sync::Arc;

use bearings_plan::{
    Aggregation, At, Benchmark, Bounds, Change, ChangeError, Dated, Day, Edit, Frequency, Invalid, Kpi, KpiEdit, KpiId,
    Name, Number, OwnerId, Prose, Reading, Target, Unit,
};
use leptos::{ev::SubmitEvent, prelude::*};

use crate::{
    state::{Undo, workspace},
    ui::components::{
        field::{DateField, Input, NumberField, NumberInput, SelectField, TextArea, TextField},
        owner::{OwnerField, OwnerInput},
        uid, units,
    },
    words::{common, errors, kpis as words},
};

/// What every KPI has.
#[derive(Debug, Clone, Copy)]
struct Fields {
    why: Input,
    name: Input,
    unit: Input,
    target: TargetFields,
    frequency: Input,
    aggregation: Input,
}

/// What was understood of them.
struct Draft {
    why: Prose,
    name: Name,
    unit: Unit,
    target: Option<Target>,
    frequency: Frequency,
    aggregation: Aggregation,
}

impl Fields {
    fn new(kpi: Option<&Kpi>, today: Day) -> Self {
        let text = |text: fn(&Kpi) -> String| Input::new(kpi.map(text).unwrap_or_default());
        let unit = text(|kpi| kpi.unit.to_string());
        let target = kpi.map(|kpi| kpi.target.on(today).as_ref());
        let frequency = kpi.map_or(Frequency::Weekly, |kpi| *kpi.frequency.on(today));
        let aggregation = kpi.map_or(Aggregation::Last, |kpi| *kpi.aggregation.on(today));
        Self {
            why: text(|kpi| kpi.why.to_string()),
            name: text(|kpi| kpi.name.to_string()),
            unit,
            target: TargetFields::new(target, Signal::derive(move || unit.unit_so_far())),
            frequency: Input::new(frequency.word()),
            aggregation: Input::new(aggregation.word()),
        }
    }

    /// Reads all of them, so that every error is shown at once.
    fn read(&self) -> Option<Draft> {
        let (why, name, unit, target) = (self.why.prose(), self.name.name(), self.unit.unit(), self.target.read());
        Some(Draft {
            why: why?,
            name: name?,
            unit: unit?,
            target: target?,
            frequency: self.frequency.text.with_untracked(|word| Frequency::from_word(word))?,
            aggregation: self.aggregation.text.with_untracked(|word| Aggregation::from_word(word))?,
        })
    }

    /// Shows why a change was refused at the field that caused it.
    fn blame(&self, error: ChangeError) {
        let input = match error {
            ChangeError::Invalid(Invalid::BoundsUpsideDown) => self.target.second.input,
            ChangeError::Invalid(Invalid::Tolerance) => self.target.tolerance.input,
            _ => self.name,
        };
        input.error.set(Some(errors::change(error)));
        input.focus();
    }

    fn inputs(&self) -> [Input; 6] {
        let TargetFields { first, second, tolerance, .. } = self.target;
        [self.why, self.name, first.input, second.input, tolerance.input, self.unit]
    }
}

/// Puts the cursor into the first field in which something is wrong.
fn focus_wrong(inputs: impl IntoIterator<Item = Input>) {
    if let Some(wrong) = inputs.into_iter().find(|input| input.error.with_untracked(Option::is_some)) {
        wrong.focus();
    }
}

/// A kind of target with its numbers. Another kind keeps what was typed.
#[derive(Debug, Clone, Copy)]
struct TargetFields {
    kind: Input,
    /// The one bound, or the lower one.
    first: NumberInput,
    /// The upper one of two.
    second: NumberInput,
    tolerance: NumberInput,
}

impl TargetFields {
    /// The fields of a target that is there (if any), or of a new one.
    fn new(target: Option<Option<&Target>>, unit: Signal<Unit>) -> Self {
        let kind = target.map_or(words::at_least(), |target| words::target_kind(target.map(|target| &target.bounds)));
        let target = target.flatten();
        let (first, second) = match target.map(|target| &target.bounds) {
            Some(Bounds::AtLeast { value } | Bounds::AtMost { value }) => (Some(*value), None),
            Some(Bounds::Between { low, high }) => (Some(*low), Some(*high)),
            None => (None, None),
        };
        let tolerance = target.map(|target| target.tolerance).filter(|tolerance| *tolerance != Number::ZERO);
        let number = |value| NumberInput::new(value, unit, None);
        Self { kind: Input::new(kind), first: number(first), second: number(second), tolerance: number(tolerance) }
    }

    fn is(&self, kind: &str) -> bool {
        self.kind.text.with(|text| text == kind)
    }

    /// The target; outside none where a field is wrong, inside none for no target.
    fn read(&self) -> Option<Option<Target>> {
        let (kind, tolerance) = (self.kind.text.get_untracked(), || self.tolerance.number_if_any());
        let bounds = if kind == words::no_target() {
            return Some(None);
        } else if kind == words::between() {
            let (low, high) = (self.first.number(), self.second.number());
            low.zip(high).map(|(low, high)| Bounds::Between { low, high })
        } else if kind == words::at_most() {
            self.first.number().map(|value| Bounds::AtMost { value })
        } else {
            self.first.number().map(|value| Bounds::AtLeast { value })
        };
        let tolerance = tolerance()?.unwrap_or(Number::ZERO);
        Some(Some(Target { bounds: bounds?, tolerance }))
    }
}

#[component]
fn TargetView(target: TargetFields) -> impl IntoView {
    let kinds = [words::at_least(), words::at_most(), words::between(), words::no_target()];
    let kinds: Vec<_> = kinds.map(|kind| (kind.to_owned(), kind.to_owned())).into();
    let between = Memo::new(move |_| target.is(words::between()));
    let any = Memo::new(move |_| !target.is(words::no_target()));
    let bounds = move || {
        if between.get() {
            view! {
                <NumberField number=target.first label=words::target_low() />
                <NumberField number=target.second label=words::target_high() />
            }
            .into_any()
        } else {
            view! { <NumberField number=target.first label=words::target_value() placeholder=words::target_example().to_owned() /> }
                .into_any()
        }
    };
    view! {
        <SelectField input=target.kind label=words::target() options=Signal::stored(kinds) />
        {move || {
            any.get()
                .then(|| {
                    view! {
                        {bounds}
                        <NumberField number=target.tolerance label=words::tolerance() hint=common::optional() />
                    }
                })
        }}
    }
}

/// Target, unit, frequency, aggregation.
#[component]
fn Measured(fields: Fields) -> impl IntoView {
    let frequencies = Frequency::ALL.iter().map(|it| (it.word().to_owned(), common::frequency(*it).to_owned()));
    let aggregations = Aggregation::ALL.iter().map(|it| (it.word().to_owned(), common::aggregation(*it).to_owned()));
    view! {
        <TargetView target=fields.target />
        <TextField input=fields.unit label=words::unit() hint=common::optional() placeholder="%" list=units::LIST />
        <SelectField input=fields.frequency label=words::frequency() options=Signal::stored(frequencies.collect()) />
        <SelectField
            input=fields.aggregation
            label=words::aggregation()
            options=Signal::stored(aggregations.collect())
        />
    }
}

/// The form of a new KPI: first why, then what.
#[component]
pub fn NewKpi(close: Callback<()>) -> impl IntoView {
    let workspace = workspace();
    let fields = Fields::new(None, workspace.today_now());
    let unit = Signal::derive(move || fields.unit.unit_so_far());
    let first = NumberInput::new(None, unit, None);
    let heading = uid("h");
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let (draft, reading) = (fields.read(), first.number_if_any());
        let (Some(draft), Some(reading)) = (draft, reading) else {
            return focus_wrong(fields.inputs().into_iter().chain([first.input]));
        };
        let at = workspace.at();
        let kpi = draft.into_kpi(workspace.id(), at);
        let (of, key) = (kpi.id, workspace.reading_key(kpi.id, at.day));
        let kpi = workspace.plan_now().at_the_end(kpi.into(), at.day);
        let row = reading.map(|value| Reading { value, note: Prose::default() });
        let reading = row.map(|row| Change::Reading { of, key, row: Some(row) });
        match workspace.make(Change::All([Change::Add(kpi)].into_iter().chain(reading).collect())) {
            Ok(()) => {
                close.run(());
                workspace.say(words::added(), Some(Undo::Change));
            }
            Err(error) => fields.blame(error),
        }
    };
    fields.why.focus();
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>{words::new_kpi()}</h2>
            </header>
            <form class="form body" novalidate on:submit=save>
                <TextArea
                    input=fields.why
                    label=words::why()
                    hint=common::optional()
                    placeholder=words::why_placeholder()
                    class="all"
                />
                <TextField input=fields.name label=words::name() placeholder=words::name_placeholder() class="all" />
                <Measured fields />
                <NumberField number=first label=words::first_reading() hint=words::for_today() />
                <div class="acts">
                    <button class="btn primary">{words::do_add()}</button>
                    <button class="btn" type="button" on:click=move |_| close.run(())>{common::cancel()}</button>
                </div>
            </form>
        </section>
    }
}

impl Draft {
    fn into_kpi(self, id: KpiId, at: At) -> Kpi {
        let mut kpi = Kpi::new(id, self.name, self.why, self.frequency, at);
        kpi.unit = self.unit.into();
        kpi.aggregation = Dated::new(at.day, self.aggregation);
        kpi.target = Dated::new(at.day, self.target);
        kpi
    }
}

/// What can be said of a KPI besides.
struct More {
    definition: Prose,
    benchmark: Option<Benchmark>,
    owner: Option<OwnerId>,
    /// From when on the target holds.
    from: Day,
}

#[derive(Debug, Clone, Copy)]
struct MoreFields {
    definition: Input,
    benchmark: Input,
    benchmark_value: NumberInput,
    owner: OwnerInput,
    from: Input,
}

impl MoreFields {
    fn new(kpi: Option<&Kpi>, unit: Signal<Unit>, today: Day) -> Self {
        let benchmark = kpi.and_then(|kpi| kpi.benchmark.as_ref());
        Self {
            definition: Input::new(kpi.map(|kpi| kpi.definition.to_string()).unwrap_or_default()),
            benchmark: Input::new(benchmark.map(|it| it.name.to_string()).unwrap_or_default()),
            benchmark_value: NumberInput::new(benchmark.map(|it| it.value), unit, None),
            owner: OwnerInput::new(kpi.and_then(|kpi| *kpi.owner)),
            from: Input::new(today.to_string()),
        }
    }

    /// A benchmark has both a name and a value, or is not there.
    fn benchmark(&self) -> Option<Option<Benchmark>> {
        let value = self.benchmark_value.number_if_any()?;
        if value.is_none() && self.benchmark.text.with_untracked(|name| name.trim().is_empty()) {
            self.benchmark.error.set(None);
            return Some(None);
        }
        let (name, value) = (self.benchmark.name(), self.benchmark_value.number());
        Some(Some(Benchmark { name: name?, value: value? }))
    }

    /// All of it, with the change that makes a new owner.
    fn read(&self, at: At) -> Option<(More, Option<Change>)> {
        let (definition, benchmark) = (self.definition.prose(), self.benchmark());
        let (owner, from) = (self.owner.read(workspace(), at), self.from.day());
        let (owner, new_owner) = owner?;
        Some((More { definition: definition?, benchmark: benchmark?, owner, from: from? }, new_owner))
    }
}

/// The form of a KPI that is there.
#[component]
pub fn EditKpi(id: KpiId, close: Callback<()>) -> impl IntoView {
    let workspace = workspace();
    let today = workspace.today_now();
    let now = move || workspace.plan_now().kpis.get(id).map(Arc::clone);
    let before = now();
    let name = before.as_ref().map(|kpi| kpi.name.to_string()).unwrap_or_default();
    let fields = Fields::new(before.as_deref(), today);
    let more = MoreFields::new(before.as_deref(), Signal::derive(move || fields.unit.unit_so_far()), today);
    let heading = uid("h");
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let at = workspace.at();
        let (draft, rest) = (fields.read(), more.read(at));
        let (Some(draft), Some((rest, new_owner))) = (draft, rest) else {
            let MoreFields { definition, benchmark, benchmark_value, from, .. } = more;
            return focus_wrong(fields.inputs().into_iter().chain([
                from,
                definition,
                benchmark,
                benchmark_value.input,
            ]));
        };
        let Some(before) = now() else { return };
        let changes: Vec<_> = new_owner.into_iter().chain(edits(draft, rest, &before, at.day)).collect();
        let made = if changes.is_empty() { Ok(()) } else { workspace.make(Change::All(changes)) };
        match made {
            Ok(()) => close.run(()),
            Err(error) => fields.blame(error),
        }
    };
    // A target that was decided for a later day than the one chosen goes on from there.
    let later = workspace.read(move |plan, _| {
        let (kpi, from) = (plan.kpis.get(id)?, more.from.text.with(|day| day.parse::<Day>().ok())?);
        let next = kpi.target.revisions().find(|revision| revision.from > from)?;
        (kpi.target.on(from) != next.value)
            .then(|| words::stays_in_force(next.from, &words::target_of(next.value.as_ref(), &kpi.unit)))
    });
    fields.name.focus();
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>{common::edit_it(&name)}</h2>
            </header>
            <form class="form body" novalidate on:submit=save>
                <TextField input=fields.name label=words::name() class="all" />
                <TextArea
                    input=fields.why
                    label=words::why()
                    hint=common::optional()
                    placeholder=words::why_placeholder()
                    class="all"
                />
                <Measured fields />
                <DateField input=more.from label=words::in_force_from() hint=words::in_force_hint() />
                {move || later.get().map(|text| view! { <p class="told all">{text}</p> })}
                <TextArea
                    input=more.definition
                    label=words::definition()
                    hint=common::optional()
                    placeholder=words::definition_placeholder()
                    class="all"
                />
                <TextField
                    input=more.benchmark
                    label=words::benchmark_name()
                    hint=common::optional()
                    placeholder=words::benchmark_placeholder()
                />
                <NumberField number=more.benchmark_value label=words::benchmark_value() />
                <OwnerField owner=more.owner />
                <div class="acts">
                    <button class="btn primary">{common::save()}</button>
                    <button class="btn" type="button" on:click=move |_| close.run(())>{common::cancel()}</button>
                </div>
            </form>
        </section>
    }
}

/// The edits of those fields that were changed.
fn edits(draft: Draft, more: More, before: &Kpi, today: Day) -> impl Iterator<Item = Change> + use<> {
    let (id, from) = (before.id, more.from);
    let plain = [
        (*before.name != draft.name).then_some(KpiEdit::Name(draft.name)),
        (*before.why != draft.why).then_some(KpiEdit::Why(draft.why)),
        (*before.definition != more.definition).then_some(KpiEdit::Definition(more.definition)),
        (*before.unit != draft.unit).then_some(KpiEdit::Unit(draft.unit)),
        (*before.frequency.on(today) != draft.frequency).then_some(KpiEdit::Frequency(draft.frequency)),
        (*before.aggregation.on(today) != draft.aggregation).then_some(KpiEdit::Aggregation(draft.aggregation)),
        (*before.benchmark != more.benchmark).then_some(KpiEdit::Benchmark(more.benchmark)),
        (*before.owner != more.owner).then_some(KpiEdit::Owner(more.owner)),
    ];
    let target = (*before.target.on(from) != draft.target).then_some(KpiEdit::Target(draft.target));
    let change = move |edit, from| Change::Edit { edit: Edit::Kpi(id, edit), from };
    let plain = plain.into_iter().flatten().map(move |edit| change(edit, None));
    plain.chain(target.map(|edit| change(edit, Some(from))))
}
