//! What can be said of a KPI besides how it is measured, as fields.

use bearings_plan::{At, Benchmark, Change, Edit, Indicator, Kpi, KpiEdit, OwnerId, PillarId, Prose, Unit};
use leptos::prelude::component;

use crate::{
    reactive::Signal,
    state::workspace,
    ui::{
        components::{
            field::{Input, NumberField, NumberInput, SelectField, TextArea, TextField},
            owner::{OwnerField, OwnerInput},
            pillar::{PillarField, PillarInput},
        },
        dom::{Html, view},
    },
    words::{common, definition as words, kpis},
};

/// What was understood.
pub struct Documentation {
    question: Prose,
    definition: Prose,
    source: Prose,
    limits: Prose,
    indicator: Option<Indicator>,
    benchmark: Option<Benchmark>,
    owner: Option<OwnerId>,
    pillar: Option<PillarId>,
}

#[derive(Debug, Clone, Copy)]
pub struct DocumentationFields {
    question: Input,
    definition: Input,
    source: Input,
    limits: Input,
    indicator: Input,
    benchmark: Input,
    benchmark_value: NumberInput,
    benchmark_source: Input,
    owner: OwnerInput,
    pillar: PillarInput,
}

impl DocumentationFields {
    pub fn new(kpi: Option<&Kpi>, unit: Signal<Unit>) -> Self {
        let text = |text: fn(&Kpi) -> &Prose| Input::new(kpi.map(text).map(Prose::to_string).unwrap_or_default());
        let benchmark = kpi.and_then(|kpi| kpi.benchmark.as_ref());
        let word = kpi.and_then(|kpi| *kpi.indicator).map(Indicator::word);
        Self {
            question: text(|kpi| &kpi.question),
            definition: text(|kpi| &kpi.definition),
            source: text(|kpi| &kpi.source),
            limits: text(|kpi| &kpi.limits),
            indicator: Input::new(word.unwrap_or_default()),
            benchmark: Input::new(benchmark.map(|it| it.name.to_string()).unwrap_or_default()),
            benchmark_value: NumberInput::new(benchmark.map(|it| it.value), unit, None),
            benchmark_source: Input::new(benchmark.map(|it| it.source.to_string()).unwrap_or_default()),
            owner: OwnerInput::new(kpi.and_then(|kpi| *kpi.owner)),
            pillar: PillarInput::new(kpi.and_then(|kpi| *kpi.pillar)),
        }
    }

    /// A benchmark has both a name and a value, or is not there.
    fn benchmark(&self) -> Option<Option<Benchmark>> {
        let (value, source) = (self.benchmark_value.number_if_any()?, self.benchmark_source.prose()?);
        let unnamed = self.benchmark.text.with_untracked(|name| name.trim().is_empty());
        if value.is_none() && unnamed && source.is_empty() {
            self.benchmark.error.set(None);
            return Some(None);
        }
        let (name, value) = (self.benchmark.name(), self.benchmark_value.number());
        Some(Some(Benchmark { name: name?, value: value?, source }))
    }

    /// All of it, with the changes that make a new owner and a new pillar.
    pub fn read(&self, at: At) -> Option<(Documentation, Vec<Change>)> {
        let (question, definition) = (self.question.prose(), self.definition.prose());
        let (source, limits, benchmark) = (self.source.prose(), self.limits.prose(), self.benchmark());
        let ((owner, new_owner), (pillar, new_pillar)) =
            (self.owner.read(workspace(), at)?, self.pillar.read(workspace(), at)?);
        let documentation = Documentation {
            question: question?,
            definition: definition?,
            source: source?,
            limits: limits?,
            indicator: self.indicator.text.with_untracked(|word| Indicator::from_word(word)),
            benchmark: benchmark?,
            owner,
            pillar,
        };
        Some((documentation, new_owner.into_iter().chain(new_pillar).collect()))
    }

    pub fn inputs(&self) -> impl Iterator<Item = Input> {
        let Self { question, definition, source, limits, benchmark, benchmark_value, benchmark_source, .. } = *self;
        let texts = [question, definition, source, limits, benchmark, benchmark_value.input, benchmark_source];
        texts.into_iter().chain(self.owner.inputs())
    }
}

impl Documentation {
    /// The edits of what differs from before.
    pub fn edits(self, before: &Kpi) -> impl Iterator<Item = Change> + use<> {
        let id = before.id;
        let edits = [
            (*before.question != self.question).then_some(KpiEdit::question(self.question)),
            (*before.definition != self.definition).then_some(KpiEdit::definition(self.definition)),
            (*before.source != self.source).then_some(KpiEdit::source(self.source)),
            (*before.limits != self.limits).then_some(KpiEdit::limits(self.limits)),
            (*before.indicator != self.indicator).then_some(KpiEdit::indicator(self.indicator)),
            (*before.benchmark != self.benchmark).then_some(KpiEdit::benchmark(self.benchmark)),
            (*before.owner != self.owner).then_some(KpiEdit::owner(self.owner)),
            (*before.pillar != self.pillar).then_some(KpiEdit::pillar(self.pillar)),
        ];
        edits.into_iter().flatten().map(move |edit| Change::Edit { edit: Edit::of(id, edit), from: None })
    }
}

/// The definition and whom it belongs to; the rest of the documentation below.
#[component]
pub fn DocumentationView(fields: DocumentationFields) -> Html {
    let none = (String::new(), words::not_said().to_owned());
    let all = Indicator::ALL.iter().map(|it| (it.word().to_owned(), words::indicator_explained(*it)));
    let indicators: Vec<_> = [none].into_iter().chain(all).collect();
    let prose = |input, label: &'static str, placeholder: &'static str| {
        view! { <TextArea input label hint=common::optional() placeholder class="all" /> }
    };
    view! {
        {prose(fields.definition, kpis::definition(), kpis::definition_placeholder())}
        <div class="form all">
            <OwnerField owner=fields.owner />
            <PillarField pillar=fields.pillar />
            <SelectField input=fields.indicator label=words::indicator() options=indicators />
        </div>
        <div class="form all">
            <TextField
                input=fields.benchmark
                label=kpis::benchmark_name()
                hint=common::optional()
                placeholder=kpis::benchmark_placeholder()
            />
            <NumberField number=fields.benchmark_value label=kpis::benchmark_value() />
            <TextField
                input=fields.benchmark_source
                label=words::benchmark_source()
                hint=common::optional()
                placeholder=words::benchmark_source_placeholder()
            />
        </div>
        <details class="more all">
            <summary>{words::documentation()}</summary>
            <div class="form body">
                {prose(fields.question, words::question(), words::question_placeholder())}
                {prose(fields.source, words::source(), words::source_placeholder())}
                {prose(fields.limits, words::limits(), words::limits_placeholder())}
            </div>
        </details>
    }
}
