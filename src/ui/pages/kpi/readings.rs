//! Every reading, newest first.

use bearings_plan::{Change, EntryKey, KpiId};
use leptos::prelude::component;

use super::reading::EditReading;
use crate::{
    reactive::{Callback, RwSignal, StoredValue},
    state::workspace,
    ui::{
        Route,
        components::{log::LogEntry, uid},
        dom::{Html, view, when},
    },
    web::{intl, page},
    words::{kpis as words, paste},
};

/// How many are shown at first.
const LATEST: usize = 30;

#[component]
pub fn Readings(id: KpiId) -> Html {
    let all = RwSignal::new(false);
    let shown = workspace().read(move |plan, _| {
        let most = if all.get() { usize::MAX } else { LATEST };
        let kpi = plan.kpis.get(id);
        kpi.map(|kpi| kpi.readings.iter().rev().take(most).map(|(key, _)| key).collect::<Vec<_>>()).unwrap_or_default()
    });
    let count = workspace().read(move |plan, _| plan.kpis.get(id).map_or(0, |kpi| kpi.readings.iter().count()));
    let is_read = workspace().read(move |plan, today| plan.kpis.get(id).is_some_and(|kpi| kpi.is_read(today)));
    let heading = StoredValue::new(uid("readings"));
    view! {
        <section class="card" aria-labelledby=heading.get_value()>
            <header>
                <h2 id=heading.get_value() tabindex="-1">{words::readings()}</h2>
                <div class="acts">
                    <small>{move || (count.get() > 0).then(|| count.get())}</small>
                    {when(
                        move || is_read.get(),
                        move || view! {
                            <a class="btn plain" href=Route::Paste(Some(id)).href()>{paste::open()}</a>
                        },
                    )}
                </div>
            </header>
            <div class="body">
                {when(move || count.get() == 0, || view! { <p class="told">{words::no_readings()}</p> })}
                <ul class="log">
                    <For each=move || shown.get() key=|key| *key children=move |key| view! { <Entry of=id key heading /> } />
                </ul>
                {when(
                    move || count.get() > LATEST && !all.get(),
                    move || view! {
                        <button class="btn plain" type="button" on:click=move |_| {
                            all.set(true);
                            page::focus(&heading.get_value());
                        }>{move || words::show_all(count.get())}</button>
                    },
                )}
            </div>
        </section>
    }
}

#[component]
fn Entry(of: KpiId, key: EntryKey, heading: StoredValue<String>) -> Html {
    let workspace = workspace();
    let said = workspace.read(move |plan, _| {
        let kpi = plan.kpis.get(of)?;
        let reading = kpi.readings.get(&key)?;
        Some((intl::number(reading.value, &kpi.unit), reading.note.to_string()))
    });
    let editing = RwSignal::new(false);
    // With the entry goes the focus that was in it.
    let gone = move || page::focus(&heading.get_value());
    let delete = move || {
        workspace.make_and_say(Change::Reading { of, key, row: None }, words::reading_deleted());
        gone();
    };
    let moved = Callback::new(move |()| gone());
    let form = move || view! { <EditReading of key editing moved /> };
    let text = move || {
        let (value, note) = said.get()?;
        Some(view! {
            <b>{value}</b>
            {(!note.is_empty()).then(|| view! { <br /> {note} })}
        })
    };
    view! {
        <LogEntry day=key.day name=words::reading_of(key.day) editing on_delete=delete form>
            {text}
        </LogEntry>
    }
}
