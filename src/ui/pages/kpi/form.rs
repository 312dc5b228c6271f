//! The forms of a KPI: a new one, and one that is there.

use bearings_plan::{Change, Day, Edit, Kpi, KpiEdit, KpiId, Origin, Prose, Reading};
use leptos::{ev::SubmitEvent, prelude::component};

use super::{
    documentation::{DocumentationFields, DocumentationView},
    fields::{Draft, Fields, Measured, focus_wrong},
};
use crate::{
    reactive::{Callback, Signal},
    state::{Undo, workspace},
    ui::{
        components::{
            field::{Input, NumberInput, TextArea, TextField},
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
        fields.unit.take_unit_from([first.input]);
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

/// The form of a KPI that is there.
#[component]
pub fn EditKpi(id: KpiId, close: Callback<()>) -> Html {
    let workspace = workspace();
    let today = workspace.day_now();
    let now = move || workspace.shown_now().kpis.shared(id);
    let before = now();
    let name = before.as_ref().map(|kpi| kpi.name.to_string()).unwrap_or_default();
    let fields = Fields::new(before.as_deref(), today);
    let from = Input::new(today.to_string());
    let more = DocumentationFields::new(before.as_deref(), Signal::derive(move || fields.unit.unit_so_far()));
    let heading = uid("h");
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let at = workspace.at();
        let (draft, rest, day) = (fields.read(), more.read(at), from.day());
        let (Some(draft), Some((rest, new)), Some(day)) = (draft, rest, day) else {
            return focus_wrong(fields.inputs().into_iter().chain([from]).chain(more.inputs()));
        };
        let Some(before) = now() else { return };
        let changes = new.into_iter().chain(edits(draft, &before, at.day, day)).chain(rest.edits(&before));
        let changes: Vec<_> = changes.collect();
        let made = if changes.is_empty() { Ok(()) } else { workspace.make(Change::All(changes)) };
        match made {
            Ok(()) => close.run(()),
            Err(error) => fields.blame(error),
        }
    };
    // A target that was decided for a later day than the one chosen goes on from there.
    let later = workspace.read(move |plan, _| {
        let (kpi, from) = (plan.kpis.get(id)?, from.text.with(|day| day.parse::<Day>().ok())?);
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
                <Measured fields from=Some(from) first=None />
                {switch(
                    move || later.get(),
                    |text| text.clone().map(|text| view! { <p class="told all">{text}</p> }),
                )}
                <DocumentationView fields=more />
                <div class="acts">
                    <button class="btn primary">{common::save()}</button>
                    <button class="btn" type="button" on:click=move |_| close.run(())>{common::cancel()}</button>
                </div>
            </form>
        </section>
    }
}

/// The edits of those fields that were changed; another target holds from a day on.
fn edits(draft: Draft, before: &Kpi, today: Day, from: Day) -> impl Iterator<Item = Change> + use<> {
    let id = before.id;
    let plain = [
        (*before.name != draft.name).then_some(KpiEdit::name(draft.name)),
        (*before.why != draft.why).then_some(KpiEdit::why(draft.why)),
        (*before.unit != draft.unit).then_some(KpiEdit::unit(draft.unit)),
        (*before.frequency.on(today) != draft.frequency).then_some(KpiEdit::frequency(draft.frequency)),
        (*before.aggregation.on(today) != draft.aggregation).then_some(KpiEdit::aggregation(draft.aggregation)),
        (*before.resets.on(today) != draft.resets).then_some(KpiEdit::resets(draft.resets)),
    ];
    let origin = draft.origin.edits(before, today);
    let target = (*before.target.on(from) != draft.target).then_some(KpiEdit::target(draft.target));
    let change = move |edit, from| Change::Edit { edit: Edit::of(id, edit), from };
    let plain = plain.into_iter().chain(origin).flatten().map(move |edit| change(edit, None));
    plain.chain(target.map(|edit| change(edit, Some(from))))
}
