//! The field in which a formula is written. Names of KPIs are offered while one types: arrow keys, Enter or Tab takes
//! one with its brackets, Escape closes.

use bearings_plan::{
    Formula, Plan,
    infix::{self, Typed, typed_at},
};
use leptos::{
    ev::KeyboardEvent,
    prelude::{component, untrack},
};

use crate::{
    reactive::{RwSignal, Signal, StoredValue},
    state::workspace,
    ui::{
        components::field::{Field, Input, described, invalid},
        dom::{CollectHtml as _, Html, switch, view},
    },
    web::{intl, keys, page},
    words::formula as words,
};

/// How many names are offered at once.
const OFFERED: usize = 8;

#[derive(Debug, Clone, Copy)]
pub struct FormulaInput {
    pub input: Input,
    /// What it began with: a text that nobody touched must not change the formula, whatever was deleted since.
    given: StoredValue<Option<(String, Formula)>>,
}

impl FormulaInput {
    pub fn new(plan: &Plan, formula: Option<&Formula>) -> Self {
        let text = formula.map(|formula| infix::write(formula, &plan.kpi_names(), intl::separators()));
        let given = text.clone().zip(formula.cloned());
        Self { input: Input::new(text.unwrap_or_default()), given: StoredValue::new(given) }
    }

    /// What is written there, by the names of a plan.
    fn understood(&self, text: &str, plan: &Plan) -> Result<Formula, String> {
        let given = |given: &Option<(String, Formula)>| given.as_ref().filter(|it| it.0 == text).map(|it| it.1.clone());
        if let Some(formula) = self.given.with_value(given) {
            return Ok(formula);
        }
        infix::read(text, &plan.kpi_names(), intl::separators()).map_err(|wrong| words::wrong(&wrong))
    }

    /// The formula as far as it is understood, tracked.
    pub fn formula(&self) -> Result<Formula, String> {
        let plan = workspace().shown();
        self.input.text.with(|text| self.understood(text, &plan))
    }

    /// Reads the formula; an error is shown at the field.
    pub fn read(&self) -> Option<Formula> {
        let plan = workspace().shown_now();
        self.input.read(|text| self.understood(text, &plan))
    }
}

/// Names that are offered for the one that is being typed.
#[derive(Debug, Clone, PartialEq)]
struct Offer {
    typed: Typed,
    /// The names, and what formulas call them.
    names: Vec<(String, String)>,
    /// The one that would be taken.
    at: usize,
}

impl Offer {
    fn of(text: &str, cursor: usize, all: bool) -> Option<Self> {
        let nothing = || all.then(|| Typed { from: cursor, to: cursor, name: String::new() });
        let typed = typed_at(text, cursor).or_else(nothing)?;
        let names = workspace().shown_now().kpi_names();
        let found = names.completing(&typed.name).into_iter().take(OFFERED);
        let names: Vec<_> = found.filter_map(|(id, name)| Some((name, names.call(id)?))).collect();
        (!names.is_empty()).then_some(Self { typed, names, at: 0 })
    }
}

/// `preview` is the value that the formula gives, or why there is none.
#[component]
pub fn FormulaField(formula: FormulaInput, preview: Signal<String>, check: Signal<Option<String>>) -> Html {
    let input = formula.input;
    let offer = RwSignal::new(None::<Offer>);
    let id = input.id();
    let list = format!("{id}-list");
    let option = {
        let list = list.clone();
        move |at: usize| format!("{list}-{at}")
    };
    let take = move |at: usize| {
        let Some(Offer { typed, names, .. }) = offer.get_untracked() else { return };
        let Some((_, call)) = names.get(at) else { return };
        let text = input.text.get_untracked();
        let (before, after) = (text.chars().take(typed.from), text.chars().skip(typed.to));
        let written: String = before.chain(call.chars()).chain(after).collect();
        page::write_at(&input.id(), &written, typed.from + call.chars().count());
        input.text.set(written);
        input.error.set(None);
        offer.set(None);
    };
    let press = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let Some(key) = keys::pressed(&event) else { return };
        let step = |by: usize| {
            offer.update(|offer| {
                if let Some(offer) = offer {
                    offer.at = (offer.at + by) % offer.names.len();
                }
            });
        };
        let open = offer.with_untracked(|offer| offer.as_ref().map(|it| (it.at, it.names.len())));
        match (key.as_str(), open) {
            ("ArrowDown", Some(_)) => step(1),
            ("ArrowUp", Some((_, n))) => step(n - 1),
            ("ArrowDown", None) => {
                let cursor = page::cursor(&event).unwrap_or_default();
                offer.set(input.text.with_untracked(|text| Offer::of(text, cursor, true)));
            }
            ("Enter" | "Tab", Some((at, _))) if !event.shift_key() => take(at),
            ("Escape", Some(_)) => {
                offer.set(None);
                event.stop_propagation();
            }
            _ => return,
        }
        event.prevent_default();
    };
    let active = {
        let option = option.clone();
        move || offer.with(|offer| offer.as_ref().map(|it| option(it.at)))
    };
    let options = move |names: &[(String, String)]| {
        let one = |(at, (name, _)): (usize, &(String, String))| {
            let chosen = move || offer.with(|offer| offer.as_ref().is_some_and(|it| it.at == at));
            view! {
                <li
                    role="option"
                    id=option(at)
                    aria-selected=move || chosen().to_string()
                    // The cursor stays in the field.
                    on:mousedown=move |event| {
                        event.prevent_default();
                        take(at);
                    }
                >
                    {name.clone()}
                </li>
            }
        };
        names.iter().enumerate().map(one).collect_html()
    };
    let shown = move || offer.with(|offer| offer.as_ref().map(|it| it.names.clone()).unwrap_or_default());
    view! {
        <Field input label=words::formula() class="all" read=preview>
            <div class="suggests">
                <input
                    id=id
                    role="combobox"
                    aria-autocomplete="list"
                    aria-expanded=move || offer.with(Option::is_some).to_string()
                    aria-controls=list.clone()
                    aria-activedescendant=active
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    placeholder=words::formula_placeholder()
                    aria-invalid=invalid(input)
                    aria-describedby=described(input, true)
                    prop:value=move || input.text.get()
                    on:input=move |event| {
                        input.take(&event);
                        let cursor = page::cursor(&event).unwrap_or_default();
                        offer.set(input.text.with_untracked(|text| Offer::of(text, cursor, false)));
                    }
                    on:keydown=press
                    on:blur=move |_| offer.set(None)
                    on:change=move |_| input.error.set(untrack(|| check.get()))
                />
                <ul
                    class="suggest"
                    role="listbox"
                    id=list
                    aria-label=words::names()
                    hidden=move || offer.with(Option::is_none)
                >
                    {switch(shown, move |names| options(names))}
                </ul>
            </div>
        </Field>
    }
}
