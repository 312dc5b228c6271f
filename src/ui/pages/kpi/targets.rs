//! The targets of a KPI over time: each holds from a day on, or for one period.

use bearings_plan::{Day, KpiId, Target, Unit};
use leptos::prelude::component;

use super::{
    fields::{TargetFields, TargetView, focus_wrong},
    target_table::TargetTable,
};
use crate::{
    reactive::{Callback, RwSignal, Signal, StoredValue},
    state::workspace,
    ui::{
        components::{
            adder::{Adder, AdderButton},
            button::IconButton,
            field::{CheckField, DateField, Input},
            form::EditForm,
            history::is_history,
            icon::Icon,
            uid,
        },
        dom::{Html, view, when},
    },
    web::page,
    words::{common, definition as words, kpis},
};

/// A target and the days for which it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    from: Day,
    target: String,
    holds: String,
    /// The first one holds for want of another.
    first: bool,
}

#[component]
pub fn Targets(id: KpiId) -> Html {
    let rows = workspace().read(move |plan, _| {
        let Some(kpi) = plan.kpis.get(id) else { return Vec::new() };
        let all = plan.targets_of(kpi).into_iter().enumerate().map(|(place, (from, to, target))| Row {
            from,
            target: kpis::target_of(target.as_ref(), &kpi.unit),
            holds: words::holds(from, to, place == 0),
            first: place == 0,
        });
        let mut all: Vec<_> = all.collect();
        all.reverse();
        all
    });
    let heading = StoredValue::new(uid("targets"));
    let (adder, by_period) = (Adder::new(), Adder::new());
    view! {
        <section class="card" aria-labelledby=heading.get_value()>
            <header>
                <h2 id=heading.get_value() tabindex="-1">{words::targets()}</h2>
            </header>
            <div class="body">
                <ul class="log">
                    <For each=move || rows.get() key=Row::clone children=move |row| view! { <Told id row heading /> } />
                </ul>
                {(!is_history()).then(|| view! {
                    <AdderButton adder label=words::set_target() form=move |close| view! { <SetTarget id close /> } />
                    <AdderButton
                        adder=by_period
                        label=words::set_by_period()
                        form=move |close| view! { <TargetTable id close /> }
                    />
                })}
            </div>
        </section>
    }
}

#[component]
fn Told(id: KpiId, row: Row, heading: StoredValue<String>) -> Html {
    let Row { from, target, holds, first } = row;
    let withdraw = move || {
        let plan = workspace().shown_now();
        let Some(kpi) = plan.kpis.get(id) else { return };
        workspace().make_and_say(plan.target_withdrawn(kpi, from), words::target_taken_back());
        page::focus(&heading.get_value());
    };
    let label = common::delete_it(&words::target_named(from));
    view! {
        <li>
            <p><b>{target}</b> " " {holds}</p>
            {(!first).then(|| view! {
                <div class="acts"><IconButton icon=Icon::Delete label=label on_press=withdraw /></div>
            })}
        </li>
    }
}

#[component]
fn SetTarget(id: KpiId, close: Callback<()>) -> Html {
    let workspace = workspace();
    let (plan, today) = (workspace.shown_now(), workspace.day_now());
    let kpi = plan.kpis.get(id);
    let unit = kpi.map(|kpi| Unit::clone(&kpi.unit)).unwrap_or_default();
    let current: Option<Option<&Target>> = kpi.map(|kpi| kpi.target.on(today).as_ref());
    let target = TargetFields::new(current, Signal::derive(move || unit.clone()));
    let from = Input::new(today.to_string());
    let only = RwSignal::new(false);
    let save = Callback::new(move |()| {
        let (read, day) = (target.read(), from.day());
        let (Some(read), Some(day)) = (read, day) else {
            return focus_wrong(target.inputs().into_iter().chain([from]));
        };
        let plan = workspace.shown_now();
        let Some(kpi) = plan.kpis.get(id) else { return close.run(()) };
        let change = match only.get_untracked() {
            true => plan.target_set_for(kpi, read, day, today),
            false => plan.target_set(kpi, read, day),
        };
        match workspace.make(change) {
            Ok(()) => close.run(()),
            Err(error) => target.blame(error, from),
        }
    });
    // A target that was decided for a later day than the one chosen goes on from there.
    let later = workspace.read(move |plan, _| {
        let (kpi, from) = (plan.kpis.get(id)?, from.text.with(|day| day.parse::<Day>().ok())?);
        let next = kpi.target.revisions().find(|revision| revision.from > from)?;
        Some(kpis::stays_in_force(next.from, &kpis::target_of(next.value.as_ref(), &kpi.unit)))
    });
    from.focus();
    view! {
        <EditForm save close confirm=common::save()>
            <TargetView target />
            <DateField input=from label=words::target_from() />
            <CheckField checked=only label=words::only_that_period() class="all" />
            {when(
                move || later.with(Option::is_some),
                move || view! { <p class="told all">{move || later.get()}</p> },
            )}
        </EditForm>
    }
}
