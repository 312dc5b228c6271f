//! Choosing guards: KPIs that must not suffer from what is done for something.

use bearings_plan::{ChangeError, EntityId, Guards, KpiId};
use leptos::prelude::{component, event_target_checked};

use super::{
    field::{FieldError, Input},
    uid,
};
use crate::{
    reactive::RwSignal,
    state::workspace,
    ui::dom::{CollectHtml as _, Html, view},
    words::{errors, guards as words},
};

/// What is chosen. What is not shown any more, since it was deleted, stays as it is.
#[derive(Debug, Clone, Copy)]
pub struct GuardsInput {
    chosen: RwSignal<Vec<KpiId>>,
    input: Input,
}

impl GuardsInput {
    pub fn new(of: Option<&Guards>) -> Self {
        let chosen = of.map(|of| of.iter().copied().collect()).unwrap_or_default();
        Self { chosen: RwSignal::new(chosen), input: Input::new("") }
    }

    /// What is chosen; none where it is too much, which is then said.
    pub fn read(&self) -> Option<Guards> {
        match Guards::new(self.chosen.get_untracked()) {
            Ok(guards) => {
                self.input.error.set(None);
                Some(guards)
            }
            Err(invalid) => {
                self.input.error.set(Some(errors::change(ChangeError::Invalid(invalid))));
                None
            }
        }
    }

    /// What holds its error. It is the first of the boxes.
    pub const fn input(&self) -> Input {
        self.input
    }

    fn choose(&self, id: KpiId, chosen: bool) {
        self.input.error.set(None);
        self.chosen.update(|all| {
            all.retain(|other| *other != id);
            if chosen {
                all.push(id);
            }
        });
    }
}

/// A box for each KPI that may be a guard, or is one.
#[component]
pub fn GuardsField(
    guards: GuardsInput,
    /// What is guarded, if it is there already.
    of: Option<EntityId>,
) -> Html {
    let workspace = workspace();
    let (plan, today) = (workspace.shown_now(), workspace.day_now());
    let possible = plan.possible_guards(of, today);
    let before = guards.chosen.get_untracked();
    let shown = plan.kpis_in_order().into_iter();
    let shown: Vec<_> =
        shown.filter(|kpi| possible.iter().any(|it| it.id == kpi.id) || before.contains(&kpi.id)).collect();
    let none = shown.is_empty().then(|| {
        let text = if plan.kpis.is_empty() { words::no_kpis() } else { words::nothing_to_choose() };
        view! { <p class="told">{text}</p> }
    });
    let input = guards.input;
    let error = format!("{}-err", input.id());
    let boxes = shown.into_iter().enumerate().map(|(place, kpi)| {
        let id = kpi.id;
        // The first one is where the cursor goes when something is wrong.
        let field = if place == 0 { input.id() } else { uid("f") };
        let scrapped = (!kpi.is_kept(today)).then(|| view! { " " <small>{words::not_kept()}</small> });
        view! {
            <div class="check-line">
                <input
                    type="checkbox"
                    id=field.clone()
                    prop:checked=move || guards.chosen.with(|all| all.contains(&id))
                    on:change=move |event| guards.choose(id, event_target_checked(&event))
                />
                <label for=field>{kpi.name.to_string()} {scrapped}</label>
            </div>
        }
    });
    view! {
        <fieldset class="field all picks" aria-describedby=error>
            <legend>{words::guards()} " " <small>{words::what_for()}</small></legend>
            {none}
            <div class="several">{boxes.collect_html()}</div>
            <FieldError input />
        </fieldset>
    }
}
