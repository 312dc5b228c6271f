//! One reading: its fields, for a new one and for one that is there.

use bearings_plan::{Change, Day, Due, EntryKey, KpiId, Number, Prose, Reading, Unit, Written};
use leptos::{ev::SubmitEvent, prelude::component};

use crate::{
    reactive::{Callback, Memo, RwSignal, Signal},
    state::{Undo, Workspace, workspace},
    ui::{
        components::{
            check::Check,
            doubt::{Doubt, DoubtView, Doubtful, Likely},
            field::{DateField, Input, NumberField, NumberInput, TextArea},
            uid,
        },
        dom::{Html, view},
    },
    web::{intl, keys},
    words::{check, common, errors, kpis as words},
};

use super::Gauge;

/// The fields of a reading.
#[derive(Debug, Clone, Copy)]
struct Fields {
    value: NumberInput,
    date: Input,
    note: Input,
    doubt: Doubt,
}

impl Fields {
    /// What was entered, with its day, where nothing odd about it is to be asked; none where something is wrong, which its
    /// field then says. `corrects` is the reading that it takes the place of.
    fn read(&self, workspace: Workspace, of: KpiId, corrects: Option<EntryKey>) -> Option<(Day, Reading)> {
        let (value, day, note) = (self.value.number(), self.date.day(), self.note.prose());
        let latest = corrects.map_or(workspace.day_now(), |key| key.day.max(workspace.day_now()));
        if day.is_some_and(|day| day > latest) {
            self.date.error.set(Some(common::not_later().to_owned()));
            return None;
        }
        let (value, day, note) = (value?, day?, note?);
        let except = &Written { check_in: None, reading: corrects.map(|key| (of, key)) };
        let there = workspace.shown_now().value_written(except);
        let what = Doubtful {
            of: Due::Kpi(of),
            value: self.value.typed_now().filter(|_| there != Some(value)),
            unit: &self.value.unit_now(),
            day,
            dated: corrects.is_none_or(|key| key.day != day),
            except,
        };
        self.doubt.lets_pass(&what, workspace).then_some((day, Reading { value, note }))
    }

    /// Puts what was probably meant where it belongs.
    fn take(&self, likely: Likely) {
        match likely {
            Likely::Value(value) => self.value.hold(value),
            Likely::Day(day) => self.date.text.set(day.to_string()),
        }
    }

    /// Puts the cursor where a reading begins, or where an error is.
    fn focus(&self) {
        let fields = [self.value.input, self.date, self.note];
        fields.into_iter().find(|field| field.error.with_untracked(Option::is_some)).unwrap_or(fields[0]).focus();
    }

    fn empty(&self, today: Day) {
        for input in [self.value.input, self.date, self.note] {
            input.text.set(String::new());
            input.error.set(None);
        }
        self.date.text.set(today.to_string());
        self.doubt.end();
    }
}

#[component]
fn FieldsView(fields: Fields, save: Callback<()>, #[prop(optional, into)] placeholder: Signal<String>) -> Html {
    let workspace = workspace();
    let choose = Callback::new(move |likely| {
        fields.take(likely);
        save.run(());
    });
    view! {
        <NumberField number=fields.value label=common::value() placeholder />
        <DateField
            input=fields.date
            label=common::date()
            max=Signal::derive(move || workspace.day().to_string())
        />
        <TextArea
            input=fields.note
            label=common::note()
            hint=common::optional()
            placeholder=common::note_placeholder()
            class="all"
        />
        <DoubtView doubt=fields.doubt choose />
    }
}

/// The card that takes a new reading: for today in one row, or with its day and a note.
#[component]
pub fn NewReading(id: KpiId, gauge: Memo<Option<Gauge>>) -> Html {
    let workspace = workspace();
    let heading = uid("h");
    let when = super::of(gauge, |gauge| words::this(gauge.frequency()));
    view! {
        // A past day is only shown; what is half typed waits.
        <section class="card" aria-labelledby=heading.clone() hidden=move || workspace.is_past()>
            <header>
                <h2 id=heading.clone()>{words::new_reading()}</h2>
                <small>{move || when.get()}</small>
            </header>
            <div class="body">
                <Check due=Due::Kpi(id) />
            </div>
            <details class="more">
                <summary>{words::another_day()}</summary>
                <div class="body">
                    <AnyDay id />
                </div>
            </details>
        </section>
    }
}

#[component]
fn AnyDay(id: KpiId) -> Html {
    let workspace = workspace();
    let date = Input::new(workspace.day_now().to_string());
    // A step adds to the last reading up to the chosen day.
    let last = workspace.read(move |plan, today| {
        let day = date.text.with(|day| day.parse()).unwrap_or(today);
        plan.kpis.get(id).and_then(|kpi| Some(kpi.readings.latest(day).next()?.1.value))
    });
    let unit = workspace.read(move |plan, _| plan.kpis.get(id).map(|kpi| Unit::clone(&kpi.unit)).unwrap_or_default());
    let fields = Fields { value: NumberInput::new(None, unit, last), date, note: Input::new(""), doubt: Doubt::new() };
    let save = Callback::new(move |()| {
        let today = workspace.day_now();
        let Some((day, row)) = fields.read(workspace, id, None) else { return fields.focus() };
        match workspace.reading(id, workspace.reading_key(id, day), Some(row)) {
            Ok(()) => {
                fields.empty(today);
                workspace.say(check::read(), Some(Undo::Change));
            }
            Err(error) => fields.value.input.error.set(Some(errors::change(error))),
        }
        fields.focus();
    });
    view! {
        <form
            class="form"
            novalidate
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                save.run(());
            }
            on:input=move |_| fields.doubt.withdraw()
        >
            <FieldsView fields save placeholder=Signal::derive(move || last.get().map(intl::bare).unwrap_or_default()) />
            <div class="acts">
                <button class="btn primary">{common::save()}</button>
            </div>
        </form>
    }
}

/// The form of a reading that is there. `moved` runs after it went to another day.
#[component]
pub fn EditReading(of: KpiId, key: EntryKey, editing: RwSignal<bool>, moved: Callback<()>) -> Html {
    let workspace = workspace();
    let there = move || workspace.shown_now().kpis.get(of).and_then(|kpi| kpi.readings.get(&key).cloned());
    let before = there().unwrap_or_else(|| Reading { value: Number::ZERO, note: Prose::default() });
    let unit = workspace.shown_now().kpis.get(of).map(|kpi| Unit::clone(&kpi.unit)).unwrap_or_default();
    let fields = Fields {
        value: NumberInput::new(Some(before.value), unit, Some(before.value)),
        date: Input::new(key.day.to_string()),
        note: Input::new(before.note.to_string()),
        doubt: Doubt::new(),
    };
    let save = Callback::new(move |()| {
        let Some((day, row)) = fields.read(workspace, of, Some(key)) else { return fields.focus() };
        let same_day = day == key.day;
        let change = match (same_day, there()) {
            (true, Some(before)) if before == row => Change::All(Vec::new()),
            (true, _) => Change::Reading { of, key, row: Some(row) },
            (false, _) => Change::All(vec![
                Change::Reading { of, key: workspace.reading_key(of, day), row: Some(row) },
                Change::Reading { of, key, row: None },
            ]),
        };
        let made = if change == Change::All(Vec::new()) { Ok(()) } else { workspace.make(change) };
        match made {
            Ok(()) if same_day => editing.set(false),
            Ok(()) => moved.run(()),
            Err(error) => fields.value.input.error.set(Some(errors::change(error))),
        }
    });
    fields.focus();
    view! {
        <form
            class="form"
            novalidate
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                save.run(());
            }
            on:input=move |_| fields.doubt.withdraw()
            on:keydown=move |event| {
                if keys::is_pressed(&event, "Escape") {
                    editing.set(false);
                }
            }
        >
            <FieldsView fields save />
            <div class="acts">
                <button class="btn primary">{common::save()}</button>
                <button class="btn" type="button" on:click=move |_| editing.set(false)>{common::cancel()}</button>
            </div>
        </form>
    }
}
