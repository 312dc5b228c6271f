//! The head of a KPI's page: what it is called, how it stands, what can be done with it.

use bearings_plan::{Change, Edit, Health, KpiEdit, KpiId};
use leptos::prelude::component;

use super::{Gauge, of};
use crate::{
    reactive::{Effect, Memo, RwSignal, Signal},
    state::workspace,
    ui::{
        Route,
        components::{
            button::{Choice, IconButton, Menu},
            guarded::Guarded,
            icon::Icon,
            status::{StatusMark, Tone},
        },
        dom::{Html, view},
    },
    web::page,
    words::{common, kpis as words, shell},
};

/// `edit` is the id of the button that opens the form.
#[component]
pub fn Head(id: KpiId, gauge: Memo<Option<Gauge>>, editing: RwSignal<bool>, edit: String) -> Html {
    let name = of(gauge, |gauge| gauge.kpi.name.to_string());
    Effect::run(move || page::set_title(&shell::tab_title(&name.get())));
    view! {
        <p class="crumb">
            <a href=Route::Kpis.href()>{words::kpis()}</a>
        </p>
        <div class="top">
            <div>
                <h1>
                    {move || name.get()} " "
                    <IconButton
                        icon=Icon::Edit
                        label=Signal::derive(move || common::edit_it(&name.get()))
                        id=edit
                        on_press=move || editing.set(true)
                    />
                </h1>
                <Chips gauge />
                <Guarded of=id full=true />
            </div>
            <div class="acts">
                <HeadMenu id name editing />
            </div>
        </div>
    }
}

#[component]
fn Chips(gauge: Memo<Option<Gauge>>) -> Html {
    let workspace = workspace();
    let health = Memo::new(move || gauge.with(|gauge| gauge.as_ref().map_or(Health::NoData, |it| it.report.health)));
    let target =
        of(gauge, |gauge| gauge.report.target.as_ref().map(|target| words::target_of(Some(target), &gauge.kpi.unit)));
    let frequency = of(gauge, |gauge| common::frequency(gauge.frequency()));
    let owner = Memo::new(move || {
        let owner = gauge.with(|gauge| *gauge.as_ref()?.kpi.owner)?;
        workspace.shown().owners.get(owner).map(|owner| owner.name.to_string())
    });
    let chip = |text: String| view! { <span class="chip">{text}</span> };
    view! {
        <div class="chips">
            <StatusMark tone=Signal::derive(move || Tone::from(health.get())) />
            {move || target.get().map(chip)}
            <span class="chip">{move || frequency.get()}</span>
            {move || owner.get().map(chip)}
        </div>
    }
}

#[component]
fn HeadMenu(id: KpiId, name: Memo<String>, editing: RwSignal<bool>) -> Html {
    let workspace = workspace();
    let place = workspace.read(move |plan, _| {
        let all = plan.kpis_in_order();
        (all.iter().position(|kpi| kpi.id == id), all.len())
    });
    let step = move |up: bool| {
        let Some(rank) = workspace.shown_now().kpi_moved(id, up) else { return };
        let change = Change::Edit { edit: Edit::of(id, KpiEdit::rank(rank)), from: None };
        // Its place is not seen from here: say where it is now.
        let (before, all) = place.get_untracked();
        let now = before.map(|index| if up { index } else { index + 2 }).unwrap_or_default();
        workspace.make_and_say(change, words::moved_to(now, all));
    };
    let delete = move || {
        let text = words::deleted(&name.get_untracked());
        Route::Kpis.go();
        workspace.delete(id, text);
    };
    let has_above = Signal::derive(move || place.get().0.is_some_and(|index| index > 0));
    let has_below = Signal::derive(move || matches!(place.get(), (Some(index), all) if index + 1 < all));
    let choices = vec![
        Choice::new(Icon::Edit, common::edit(), move || editing.set(true)),
        Choice::new(Icon::Up, common::move_up(), move || step(true)).enabled(has_above),
        Choice::new(Icon::Down, common::move_down(), move || step(false)).enabled(has_below),
        Choice::new(Icon::Delete, common::delete(), delete).apart(),
    ];
    view! { <Menu of=name choices /> }
}
