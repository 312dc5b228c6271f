//! A target that is met again and again has become easy: a stricter one, suggested and to be changed.

use bearings_plan::{KpiId, Raise, Target};
use leptos::prelude::component;

use super::{Gauge, of};
use crate::{
    reactive::{Callback, Memo},
    state::{Undo, workspace},
    ui::{
        components::{
            adder::{Adder, AdderButton},
            field::{DateField, Input, NumberField, NumberInput},
            form::EditForm,
        },
        dom::{Html, view, when},
    },
    web::page,
    words::{definition, errors, guards as words},
};

#[component]
pub fn RaiseCard(id: KpiId, gauge: Memo<Option<Gauge>>) -> Html {
    let workspace = workspace();
    let raise = of(gauge, move |gauge| {
        let raise = workspace.shown_now().raise(&gauge.kpi, &gauge.report, gauge.today)?;
        let asked = words::raise_to(&gauge.kpi, &raise, gauge.frequency());
        Some((asked, words::raise_explained(&gauge.kpi, &raise), raise))
    });
    let asked = move || raise.with(|raise| raise.as_ref().map(|(asked, ..)| asked.clone()));
    let explained = move || raise.with(|raise| raise.as_ref().map(|(_, explained, _)| explained.clone()));
    let adder = Adder::new();
    when(
        move || raise.with(Option::is_some),
        move || {
            view! {
                <div class="card tip">
                    <p><b>{asked}</b> " " {explained}</p>
                    <div class="acts">
                        <AdderButton
                            adder
                            label=words::raise()
                            form=move |close| {
                                let suggested = raise.get_untracked().map(|(_, _, raise)| raise);
                                view! { <RaiseForm id suggested close /> }
                            }
                        />
                    </div>
                </div>
            }
        },
    )
}

#[component]
fn RaiseForm(id: KpiId, suggested: Option<Raise>, close: Callback<()>) -> Html {
    let workspace = workspace();
    let unit = workspace.shown_now().kpis.get(id).map(|kpi| (*kpi.unit).clone()).unwrap_or_default();
    let number = NumberInput::new(suggested.as_ref().and_then(|raise| raise.target.bounds.only()), unit, None);
    let from = Input::new(suggested.as_ref().map(|raise| raise.from.to_string()).unwrap_or_default());
    let target = suggested.map(|raise| raise.target);
    let save = Callback::new(move |()| {
        let (value, day) = (number.number(), from.day());
        let Some(((value, day), target)) = value.zip(day).zip(target.as_ref()) else {
            return if value.is_none() { number.input.focus() } else { from.focus() };
        };
        let plan = workspace.shown_now();
        let Some(kpi) = plan.kpis.get(id) else { return close.run(()) };
        let raised = Target { bounds: target.bounds.at(value), tolerance: target.tolerance };
        match workspace.make(plan.target_set(kpi, Some(raised), day)) {
            Ok(()) => {
                close.run(());
                // The card goes with the suggestion, and the button with it.
                page::focus("main");
                workspace.say(words::raised(), Some(Undo::Change));
            }
            Err(error) => {
                number.input.error.set(Some(errors::change(error)));
                number.input.focus();
            }
        }
    });
    number.input.focus();
    view! {
        <EditForm save close confirm=words::do_raise() class="all">
            <NumberField number label=words::new_target() />
            <DateField input=from label=definition::target_from() />
        </EditForm>
    }
}
