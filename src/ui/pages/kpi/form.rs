//! The forms of a KPI: a new one, and one that is there.

use bearings_plan::{At, Benchmark, Change, Day, Edit, Kpi, KpiEdit, KpiId, Origin, OwnerId, Prose, Reading, Unit};
use leptos::{ev::SubmitEvent, prelude::component};

use super::fields::{Draft, Fields, Measured, focus_wrong};
use crate::{
    reactive::{Callback, Signal},
    state::{Undo, workspace},
    ui::{
        components::{
            field::{Input, NumberField, NumberInput, TextArea, TextField},
            owner::{OwnerField, OwnerInput},
            uid,
        },
        dom::{Html, switch, view},
    },
    words::{common, kpis as words},
};

/// The form of a new KPI: first why, then what.
#[component]
pub fn NewKpi(close: Callback<()>) -> Html {
    let workspace = workspace();
    let fields = Fields::new(None, workspace.day_now());
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
        let read = matches!(draft.origin.origin, Origin::Readings {});
        let kpi = draft.into_kpi(workspace.id(), at);
        let (of, key) = (kpi.id, workspace.reading_key(kpi.id, at.day));
        let kpi = workspace.shown_now().at_the_end(kpi, at.day);
        // What was typed before it became calculated is no reading.
        let reading = reading.filter(|_| read);
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
                <Measured fields from=None first=Some(first) />
                <div class="acts">
                    <button class="btn primary">{words::do_add()}</button>
                    <button class="btn" type="button" on:click=move |_| close.run(())>{common::cancel()}</button>
                </div>
            </form>
        </section>
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
        Some(Some(Benchmark { name: name?, value: value?, source: Prose::default() }))
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
pub fn EditKpi(id: KpiId, close: Callback<()>) -> Html {
    let workspace = workspace();
    let today = workspace.day_now();
    let now = move || workspace.shown_now().kpis.shared(id);
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
            let MoreFields { definition, benchmark, benchmark_value, owner, from } = more;
            let rest = [from, definition, benchmark, benchmark_value.input].into_iter().chain(owner.inputs());
            return focus_wrong(fields.inputs().into_iter().chain(rest));
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
                <Measured fields from=Some(more.from) first=None />
                {switch(
                    move || later.get(),
                    |text| text.clone().map(|text| view! { <p class="told all">{text}</p> }),
                )}
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
        (*before.name != draft.name).then_some(KpiEdit::name(draft.name)),
        (*before.why != draft.why).then_some(KpiEdit::why(draft.why)),
        (*before.definition != more.definition).then_some(KpiEdit::definition(more.definition)),
        (*before.unit != draft.unit).then_some(KpiEdit::unit(draft.unit)),
        (*before.frequency.on(today) != draft.frequency).then_some(KpiEdit::frequency(draft.frequency)),
        (*before.aggregation.on(today) != draft.aggregation).then_some(KpiEdit::aggregation(draft.aggregation)),
        (*before.benchmark != more.benchmark).then_some(KpiEdit::benchmark(more.benchmark)),
        (*before.owner != more.owner).then_some(KpiEdit::owner(more.owner)),
    ];
    let origin = draft.origin.edits(before, today);
    let target = (*before.target.on(from) != draft.target).then_some(KpiEdit::target(draft.target));
    let change = move |edit, from| Change::Edit { edit: Edit::of(id, edit), from };
    let plain = plain.into_iter().chain(origin).flatten().map(move |edit| change(edit, None));
    plain.chain(target.map(|edit| change(edit, Some(from))))
}
