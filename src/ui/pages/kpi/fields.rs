//! What every KPI has, as fields: for a new one and for one that is there.

use bearings_plan::{
    Aggregation, At, Bounds, ChangeError, Dated, Day, Frequency, Invalid, Kpi, KpiId, Name, Number, Prose, Target, Unit,
};
use leptos::prelude::component;

use super::origin::{OriginDraft, OriginFields, OriginView};

use crate::{
    reactive::{Memo, RwSignal, Signal},
    ui::{
        components::{
            field::{CheckField, DateField, Input, NumberField, NumberInput, SelectField, TextField},
            units,
        },
        dom::{Html, switch, view, when},
    },
    words::{common, definition, errors, kpis as words},
};

/// What every KPI has.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    pub why: Input,
    pub name: Input,
    pub unit: Input,
    target: TargetFields,
    pub frequency: Input,
    aggregation: Input,
    resets: RwSignal<bool>,
    pub origin: OriginFields,
}

/// What was understood of them.
pub struct Draft {
    pub why: Prose,
    pub name: Name,
    pub unit: Unit,
    pub target: Option<Target>,
    pub frequency: Frequency,
    pub aggregation: Aggregation,
    pub resets: bool,
    pub origin: OriginDraft,
}

impl Draft {
    pub fn into_kpi(self, id: KpiId, at: At) -> Kpi {
        let mut kpi = Kpi::new(id, self.name, self.why, self.frequency, at);
        kpi.unit = self.unit.into();
        kpi.aggregation = Dated::new(at.day, self.aggregation);
        kpi.resets = Dated::new(at.day, self.resets);
        kpi.target = Dated::new(at.day, self.target);
        self.origin.put(&mut kpi, at.day);
        kpi
    }
}

impl Fields {
    pub fn new(kpi: Option<&Kpi>, today: Day) -> Self {
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
            resets: RwSignal::new(kpi.is_some_and(|kpi| *kpi.resets.on(today))),
            origin: OriginFields::new(kpi, today),
        }
    }

    /// Reads all of them, so that every error is shown at once.
    pub fn read(&self) -> Option<Draft> {
        self.unit.take_unit_from(self.target.inputs());
        let (why, name, unit, target) = (self.why.prose(), self.name.name(), self.unit.unit(), self.target.read());
        let origin = self.origin.read();
        Some(Draft {
            why: why?,
            name: name?,
            unit: unit?,
            target: target?,
            frequency: self.frequency.text.with_untracked(|word| Frequency::from_word(word))?,
            aggregation: self.aggregation.text.with_untracked(|word| Aggregation::from_word(word))?,
            resets: self.resets.get_untracked(),
            origin: origin?,
        })
    }

    /// Shows why a change was refused at the field that caused it.
    pub fn blame(&self, error: ChangeError) {
        match error {
            ChangeError::Invalid(Invalid::Circle) => self.origin.blame_circle().focus(),
            _ => self.target.blame(error, self.name),
        }
    }

    pub fn inputs(&self) -> [Input; 9] {
        let [first, second, tolerance] = self.target.inputs();
        let [kind, formula, parent] = self.origin.inputs();
        [self.why, self.name, first, second, tolerance, self.unit, kind, formula, parent]
    }
}

/// Puts the cursor into the first field in which something is wrong.
pub fn focus_wrong(inputs: impl IntoIterator<Item = Input>) {
    if let Some(wrong) = inputs.into_iter().find(|input| input.error.with_untracked(Option::is_some)) {
        wrong.focus();
    }
}

/// A kind of target with its numbers. Another kind keeps what was typed.
#[derive(Debug, Clone, Copy)]
pub struct TargetFields {
    kind: Input,
    /// The one bound, or the lower one.
    first: NumberInput,
    /// The upper one of two.
    second: NumberInput,
    tolerance: NumberInput,
}

impl TargetFields {
    /// The fields of a target that is there (if any), or of a new one.
    pub fn new(target: Option<Option<&Target>>, unit: Signal<Unit>) -> Self {
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

    /// Shows why a change was refused at the field that caused it, or at `other`.
    pub fn blame(&self, error: ChangeError, other: Input) {
        let input = match error {
            ChangeError::Invalid(Invalid::BoundsUpsideDown) => self.second.input,
            ChangeError::Invalid(Invalid::Tolerance) => self.tolerance.input,
            _ => other,
        };
        input.error.set(Some(errors::change(error)));
        input.focus();
    }

    pub fn inputs(&self) -> [Input; 3] {
        [self.first.input, self.second.input, self.tolerance.input]
    }

    fn is(&self, kind: &str) -> bool {
        self.kind.text.with(|text| text == kind)
    }

    /// The target; outside none where a field is wrong, inside none for no target.
    pub fn read(&self) -> Option<Option<Target>> {
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
pub fn TargetView(target: TargetFields) -> Html {
    let kinds = [words::at_least(), words::at_most(), words::between(), words::no_target()];
    let kinds: Vec<_> = kinds.map(|kind| (kind.to_owned(), kind.to_owned())).into();
    let between = Memo::new(move || target.is(words::between()));
    let any = Memo::new(move || !target.is(words::no_target()));
    let bounds = move |between: &bool| {
        if *between {
            view! {
                <NumberField number=target.first label=words::target_low() />
                <NumberField number=target.second label=words::target_high() />
            }
        } else {
            view! { <NumberField number=target.first label=words::target_value() placeholder=words::target_example().to_owned() /> }
        }
    };
    view! {
        <SelectField input=target.kind label=words::target() options=kinds />
        {when(
            move || any.get(),
            move || view! {
                {switch(move || between.get(), bounds)}
                <NumberField number=target.tolerance label=words::tolerance() placeholder="0".to_owned() />
            },
        )}
    }
}

/// Whether readings may be running totals: where they are added up, each is a part.
fn running_totals(fields: Fields) -> bool {
    fields.aggregation.text.with(|word| Aggregation::from_word(word) != Some(Aggregation::Sum))
}

/// Target and unit, how often, how several make one; in two rows, each with room for one more field.
#[component]
pub fn Measured(
    fields: Fields,
    /// Beside the target.
    from: Option<Input>,
    /// Beside the unit.
    first: Option<NumberInput>,
) -> Html {
    let frequencies =
        Frequency::ALL.iter().map(|it| (it.word().to_owned(), common::frequency(*it).to_owned())).collect::<Vec<_>>();
    let aggregations = Aggregation::ALL
        .iter()
        .map(|it| (it.word().to_owned(), common::aggregation(*it).to_owned()))
        .collect::<Vec<_>>();
    view! {
        <div class="form all">
            <TargetView target=fields.target />
            {from.map(|from| view! { <DateField input=from label=words::in_force_from() /> })}
        </div>
        <div class="form all">
            <TextField input=fields.unit label=words::unit() hint=common::optional() placeholder="%" list=units::LIST />
            <SelectField input=fields.frequency label=words::frequency() options=frequencies />
            <SelectField
                input=fields.aggregation
                label=words::aggregation()
                options=aggregations
            />
            {when(
                move || first.is_some() && fields.origin.is_read(),
                move || first.map(|first| {
                    view! { <NumberField number=first label=words::first_reading() hint=words::for_today() /> }
                }),
            )}
            {when(
                move || running_totals(fields),
                move || view! { <CheckField checked=fields.resets label=definition::resets() class="all" /> },
            )}
        </div>
        <OriginView origin=fields.origin unit=Signal::derive(move || fields.unit.unit_so_far()) frequency=fields.frequency />
    }
}
