//! The head of a KPI's page: what it is called, how it stands, what can be done with it.

use bearings_plan::{Change, Edit, KpiEdit, KpiId, Origin};
use leptos::prelude::component;

use super::{Gauge, Open, of};
use crate::{
    reactive::{Effect, Memo, Signal},
    state::workspace,
    ui::{
        Route,
        components::{
            button::{Choice, IconButton, Menu},
            guarded::Guarded,
            icon::Icon,
            instrument::health,
            status::HealthMark,
        },
        dom::{Html, switch, view},
    },
    web::page,
    words::{common, definition, formula, kpis as words, shell},
};

/// `edit` is the id of the button that opens the form.
#[component]
pub fn Head(id: KpiId, gauge: Memo<Option<Gauge>>, open: Open, edit: String) -> Html {
    let name = of(gauge, |gauge| gauge.kpi.name.to_string());
    let whole = workspace().read(move |plan, today| {
        let whole = plan.kpis.get((*plan.kpis.get(id)?.parent.on(today))?)?;
        Some((whole.id, whole.name.to_string()))
    });
    Effect::run(move || page::set_title(&shell::tab_title(&name.get())));
    view! {
        <p class="crumb">
            <a href=Route::Kpis.href()>{words::kpis()}</a>
            {switch(
                move || whole.get(),
                |whole| {
                    whole.clone().map(|(id, name)| view! { " / " <a href=Route::Kpi(id).href()>{name}</a> })
                },
            )}
        </p>
        <div class="top">
            <div>
                <h1>
                    {move || name.get()} " "
                    <IconButton
                        icon=Icon::Edit
                        label=Signal::derive(move || common::edit_it(&name.get()))
                        id=edit
                        on_press=move || open.editing.set(true)
                    />
                </h1>
                <Chips gauge />
                <Guarded of=id full=true />
            </div>
            <div class="acts">
                <HeadMenu id name gauge open />
            </div>
        </div>
    }
}

#[component]
fn Chips(gauge: Memo<Option<Gauge>>) -> Html {
    let workspace = workspace();
    let health = health(gauge);
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
            <HealthMark health />
            {move || target.get().map(chip)}
            <span class="chip">{move || frequency.get()}</span>
            {move || owner.get().map(chip)}
        </div>
    }
}

#[component]
fn HeadMenu(id: KpiId, name: Memo<String>, gauge: Memo<Option<Gauge>>, open: Open) -> Html {
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
        let (plan, today) = (workspace.shown_now(), workspace.day_now());
        let needs = plan.kpis.iter().filter(
            |kpi| matches!(kpi.origin.on(today), Origin::Formula { formula } if formula.kpis().any(|it| it == id)),
        );
        let without: Vec<_> = needs.map(|kpi| kpi.name.to_string()).collect();
        let text = formula::deleted(&words::deleted(&name.get_untracked()), &without);
        Route::Kpis.go();
        workspace.delete(id, text);
    };
    let has_above = Signal::derive(move || place.get().0.is_some_and(|index| index > 0));
    let has_below = Signal::derive(move || matches!(place.get(), (Some(index), all) if index + 1 < all));
    let kept = Signal::derive(move || gauge.with(|gauge| gauge.as_ref().is_some_and(|it| it.kpi.is_kept(it.today))));
    let choices = vec![
        Choice::new(Icon::Edit, common::edit(), move || open.editing.set(true)),
        Choice::new(Icon::Plus, formula::add_part(), move || open.parts.open()),
        Choice::new(Icon::Up, common::move_up(), move || step(true)).enabled(has_above),
        Choice::new(Icon::Down, common::move_down(), move || step(false)).enabled(has_below),
        Choice::new(Icon::Archive, definition::scrap(), move || open.scrapping.set(true)).enabled(kept).apart(),
        Choice::new(Icon::Delete, common::delete(), delete),
    ];
    view! { <Menu of=name choices /> }
}
