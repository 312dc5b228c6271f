//! What must not suffer from what is done for something: broken guards stand beside its status, wherever that is shown.

use bearings_plan::{EntityId, GuardState, KpiId, Periods};
use leptos::prelude::component;

use super::icon::{Mark, Shape};
use crate::{
    reactive::Memo,
    state::workspace,
    ui::{
        Route,
        dom::{Child, CollectHtml as _, Html, view},
    },
    words::guards as words,
};

/// A guard, and how it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    pub kpi: KpiId,
    pub name: String,
    pub state: GuardState,
    calendar: Periods,
}

impl Told {
    /// How it stands, in a few words.
    pub fn words(&self) -> String {
        words::state(&self.state, self.calendar)
    }
}

/// Follows the guards of something. Other things in the plan may change without any work here.
pub fn follow(of: EntityId) -> Memo<Vec<Told>> {
    let workspace = workspace();
    // All that they go by: themselves, what their values depend on, and when years begin.
    let depend_on = workspace.read(move |plan, today| {
        let day = plan.guards_told_on(of, today);
        let guards = plan.guards_of(of, day);
        let all = guards.iter().flat_map(|guard| plan.dependencies(*guard, day));
        let kpis = all.filter_map(|id| plan.kpis.shared(id)).collect::<Vec<_>>();
        (guards, kpis, *plan.frame.fiscal_start.on(day), day)
    });
    Memo::new(move || {
        let (guards, _, _, day) = depend_on.get();
        if guards.is_empty() {
            return Vec::new();
        }
        let plan = workspace.shown_now();
        let told = plan.guards(of, day).into_iter().filter_map(|guard| {
            let kpi = plan.kpis.get(guard.kpi)?;
            let (name, calendar) = (kpi.name.to_string(), plan.periods(*kpi.frequency.on(day), day));
            Some(Told { kpi: guard.kpi, name, state: guard.state, calendar })
        });
        told.collect()
    })
}

/// Each broken guard of something, in words and with a shape of its own; nothing while none is.
#[component]
pub fn Guarded(
    #[prop(into)] of: EntityId,
    /// Says also since when.
    #[prop(optional)]
    full: bool,
    /// Without links, where the whole is one.
    #[prop(optional)]
    plain: bool,
) -> Html {
    let guards = follow(of);
    let broken = Memo::new(move || {
        let is_broken = |told: &&Told| matches!(told.state, GuardState::Broken { .. });
        guards.with(|all| all.iter().filter(is_broken).cloned().collect::<Vec<_>>())
    });
    let one = move |told: Told| {
        let off = if full { told.words() } else { words::is_off_target(None) };
        let name = match plain {
            true => Child::html(told.name),
            false => view! { <a href=Route::Kpi(told.kpi).href()>{told.name}</a> },
        };
        view! {
            <span class="guarded bad">
                <Mark shape=Shape::Shield />
                <span><b>{words::guard_broken()}</b> " " {name} " " {off}</span>
            </span>
        }
    };
    Child::html(move || broken.get().into_iter().map(one).collect_html())
}

/// The guards that are not broken, by their names; what nobody knows says so.
#[component]
pub fn OtherGuards(#[prop(into)] of: EntityId) -> Html {
    let guards = follow(of);
    let others = Memo::new(move || {
        let others = |told: &&Told| !matches!(told.state, GuardState::Broken { .. });
        guards.with(|all| all.iter().filter(others).cloned().collect::<Vec<_>>())
    });
    let one = |(place, told): (usize, Told)| {
        let comma = (place > 0).then_some(", ");
        let state = told.words();
        view! { {comma} <a href=Route::Kpi(told.kpi).href()>{told.name}</a> " (" {state} ")" }
    };
    Child::html(move || {
        let others = others.get();
        (!others.is_empty()).then(|| {
            view! { <p class="told">{words::guarded_by()} " " {others.into_iter().enumerate().map(one).collect_html()}</p> }
        })
    })
}
