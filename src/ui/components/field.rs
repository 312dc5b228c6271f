//! Fields of forms: what was typed, what was understood, what is wrong.

use bearings_plan::{
    Day, Name, Number, Prose, TextError, Unit,
    quantity::{self, Quantity},
};
use leptos::prelude::{component, event_target_checked, event_target_value, untrack};

use super::uid;
use crate::{
    reactive::{Effect, RwSignal, Signal, StoredValue},
    ui::dom::{Children, CollectHtml as _, Html, switch, view},
    web::{intl, page},
    words::{common, errors},
};

/// What a field holds, and what is wrong with it once that has been looked at.
#[derive(Debug, Clone, Copy)]
pub struct Input {
    /// As typed.
    pub text: RwSignal<String>,
    /// What is wrong, for the reader.
    pub error: RwSignal<Option<String>>,
    id: StoredValue<String>,
}

impl Input {
    pub fn new(text: impl Into<String>) -> Self {
        let id = StoredValue::new(uid("f"));
        Self { text: RwSignal::new(text.into()), error: RwSignal::new(None), id }
    }

    /// The id of its element.
    pub fn id(&self) -> String {
        self.id.get_value()
    }

    /// Puts the cursor there.
    pub fn focus(&self) {
        page::focus(&self.id());
    }

    /// Takes what was typed or chosen. What was wrong before is not held against it.
    pub fn take(&self, event: &leptos::ev::Event) {
        self.text.set(event_target_value(event));
        self.error.set(None);
    }

    /// Reads it; an error is shown at the field.
    pub fn read<T>(&self, read: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let result = self.text.with_untracked(|text| read(text));
        self.error.set(result.as_ref().err().cloned());
        result.ok()
    }

    /// Reads a name, which has to be there.
    pub fn name(&self) -> Option<Name> {
        self.read(|text| match Name::new(text) {
            Err(TextError::Empty) => Err(errors::needed().to_owned()),
            result => result.map_err(errors::text),
        })
    }

    /// Reads a text, which may be empty.
    pub fn prose(&self) -> Option<Prose> {
        self.read(|text| Prose::new(text).map_err(errors::text))
    }

    /// Reads a unit.
    pub fn unit(&self) -> Option<Unit> {
        self.read(|text| Unit::new(text).map_err(errors::text))
    }

    /// Reads a day, which has to be there.
    pub fn day(&self) -> Option<Day> {
        self.read(|text| text.parse().map_err(|_| errors::pick_a_day().to_owned()))
    }

    /// Reads a day, which may be missing.
    pub fn day_if_any(&self) -> Option<Option<Day>> {
        if self.text.with_untracked(String::is_empty) { Some(None) } else { self.day().map(Some) }
    }

    /// Fills in a unit that is missing from what stands behind the first of some numbers: `12 books`.
    pub fn take_unit_from(&self, numbers: impl IntoIterator<Item = Self>) {
        let unit = |number: Self| number.text.with_untracked(|text| quantity::unit_of(text, intl::separators()));
        if let Some(unit) = numbers.into_iter().find_map(unit).filter(|_| self.text.with_untracked(String::is_empty)) {
            self.text.set(unit.to_string());
        }
    }

    /// The unit as far as it is typed; none where it is too long.
    pub fn unit_so_far(&self) -> Unit {
        self.text.with(|text| Unit::new(text).unwrap_or_default())
    }
}

/// A field for a number: understands steps from a last value, multipliers and the locale's signs.
#[derive(Debug, Clone, Copy)]
pub struct NumberInput {
    pub input: Input,
    unit: Signal<Unit>,
    last: Signal<Option<Number>>,
    /// What it began with: its text rounds, and a text that nobody touched must not change the number.
    given: StoredValue<Option<(String, Number)>>,
}

impl NumberInput {
    /// A field with a value (or empty), for numbers of `unit`, where `+5` adds to `last`.
    pub fn new(value: Option<Number>, unit: impl Into<Signal<Unit>>, last: impl Into<Signal<Option<Number>>>) -> Self {
        let text = value.map(intl::bare).unwrap_or_default();
        let given = StoredValue::new(value.map(|value| (text.clone(), value)));
        Self { input: Input::new(text), unit: unit.into(), last: last.into(), given }
    }

    /// What the text means; `None` where it is empty.
    fn understood(&self, text: &str, unit: &Unit, last: Option<Number>) -> Result<Option<(Quantity, Number)>, String> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let given = |given: &Option<(String, Number)>| given.as_ref().filter(|(given, _)| given == text).map(|it| it.1);
        if let Some(value) = self.given.with_value(given) {
            return Ok(Some((Quantity::Absolute(value), value)));
        }
        let parse = |separators| quantity::parse(text, &quantity::Field { separators, unit: Some(unit.as_str()) });
        // Money may have signs of its own, and is still understood with those of other numbers.
        let read = parse(intl::separators_of(unit)).or_else(|error| parse(intl::separators()).map_err(|_| error));
        let quantity = read.map_err(|error| errors::quantity(text, &error))?;
        let value = match (quantity, last) {
            (Quantity::Absolute(value), _) => value,
            (Quantity::Step(_), None) => return Err(errors::step_without_last().to_owned()),
            (Quantity::Step(_), Some(last)) => {
                quantity.resolve(last).map_err(|error| errors::quantity(text, &error))?
            }
        };
        Ok(Some((quantity, value)))
    }

    fn now(&self) -> Result<Option<(Quantity, Number)>, String> {
        self.input.text.with(|text| self.understood(text, &self.unit.get(), self.last.get()))
    }

    /// The number as far as it is understood, tracked.
    pub fn value(&self) -> Option<Number> {
        self.now().ok().flatten().map(|(_, value)| value)
    }

    /// The number as far as it is understood, untracked.
    pub fn value_now(&self) -> Option<Number> {
        untrack(|| self.value())
    }

    /// The number as typed and what it comes to, as far as it is understood, untracked.
    pub fn typed_now(&self) -> Option<(Quantity, Number)> {
        untrack(|| self.now().ok().flatten())
    }

    /// Whether nothing but a sign is typed so far, untracked.
    pub fn is_sign(&self) -> bool {
        self.input.text.with_untracked(|text| matches!(text.trim(), "+" | "-" | "−"))
    }

    /// What is counted, untracked.
    pub fn unit_now(&self) -> Unit {
        self.unit.get_untracked()
    }

    /// Puts a value there, as if it had begun with it.
    pub fn hold(&self, value: Number) {
        let text = intl::bare(value);
        self.given.set_value(Some((text.clone(), value)));
        self.input.text.set(text);
        self.input.error.set(None);
    }

    /// What is wrong with the text, tracked, whether or not it is shown already.
    pub fn problem(&self) -> Option<String> {
        self.now().err()
    }

    /// "= 6,205 (+5)", tracked; empty where there is nothing to say.
    pub fn preview(&self) -> String {
        let unit = self.unit.get();
        let untouched =
            |text: &String| self.given.with_value(|given| given.as_ref().is_some_and(|(given, _)| given == text));
        match self.now() {
            _ if self.input.text.with(untouched) => String::new(),
            Ok(Some((Quantity::Absolute(value), _))) => common::understood(&intl::number(value, &unit)),
            Ok(Some((Quantity::Step(step), value))) => {
                let step = intl::signed(step, &unit);
                common::understood_step(&intl::number(value, &unit), &step)
            }
            _ => String::new(),
        }
    }

    /// Reads the number, which may be missing; an error is shown at the field.
    pub fn number_if_any(&self) -> Option<Option<Number>> {
        let (unit, last) = (self.unit.get_untracked(), self.last.get_untracked());
        let read = |text: &str| self.understood(text, &unit, last).map(|found| found.map(|(_, value)| value));
        self.input.read(read)
    }

    /// Reads the number, which has to be there; an error is shown at the field.
    pub fn number(&self) -> Option<Number> {
        let number = self.number_if_any()?;
        if number.is_none() {
            self.input.error.set(Some(errors::needs_number().to_owned()));
        }
        number
    }
}

/// The frame of a field: label, the control itself, what was understood, what is wrong.
#[component]
pub fn Field(
    input: Input,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    /// Further classes: `all` takes the whole row.
    #[prop(optional, into)]
    class: String,
    /// What was understood.
    #[prop(optional, into)]
    read: Option<Signal<String>>,
    children: Children,
) -> Html {
    let id = input.id();
    view! {
        <div class=format!("field {class}")>
            <label for=id.clone()>
                {label} {(!hint.is_empty()).then(|| view! { " " <small>{hint}</small> })}
            </label>
            {children()}
            {read.map(|read| view! { <output class="read" id=format!("{id}-read") for=id.clone()>{move || read.get()}</output> })}
            <FieldError input />
        </div>
    }
}

/// What is wrong with a field, if anything is.
#[component]
pub fn FieldError(input: Input) -> Html {
    let id = format!("{}-err", input.id());
    switch(
        move || input.error.get(),
        move |error| error.clone().map(|error| view! { <p class="err" id=id.clone()>{error}</p> }),
    )
}

/// What describes a field: its preview and its error.
pub fn described(input: Input, read: bool) -> impl Fn() -> Option<String> {
    let id = input.id();
    move || {
        let error = input.error.with(Option::is_some);
        match (read, error) {
            (true, true) => Some(format!("{id}-read {id}-err")),
            (true, false) => Some(format!("{id}-read")),
            (false, true) => Some(format!("{id}-err")),
            (false, false) => None,
        }
    }
}

/// "true" while something is wrong, for `aria-invalid`.
pub fn invalid(input: Input) -> impl Fn() -> Option<&'static str> {
    move || input.error.with(|error| error.as_ref().map(|_| "true"))
}

/// One line of text.
#[component]
pub fn TextField(
    input: Input,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] placeholder: String,
    #[prop(optional, into)] class: String,
    /// The id of a `<datalist>` with suggestions.
    #[prop(optional, into)]
    list: Option<String>,
) -> Html {
    view! {
        <Field input label hint class>
            <input
                id=input.id()
                placeholder=placeholder
                list=list
                autocomplete="off"
                aria-invalid=invalid(input)
                aria-describedby=described(input, false)
                prop:value=move || input.text.get()
                on:input=move |event| input.take(&event)
            />
        </Field>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    input: Input,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] placeholder: String,
    #[prop(optional, into)] class: String,
) -> Html {
    view! {
        <Field input label hint class>
            <textarea
                id=input.id()
                rows="2"
                placeholder=placeholder
                aria-invalid=invalid(input)
                aria-describedby=described(input, false)
                prop:value=move || input.text.get()
                on:input=move |event| input.take(&event)
            ></textarea>
        </Field>
    }
}

/// A number, with what was understood.
#[component]
pub fn NumberField(
    number: NumberInput,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] placeholder: Signal<String>,
    #[prop(optional, into)] class: String,
) -> Html {
    let input = number.input;
    view! {
        <Field input label hint class read=Signal::derive(move || number.preview())>
            <NumberControl number placeholder />
        </Field>
    }
}

/// The control of a number field, for forms that place its parts themselves.
#[component]
pub fn NumberControl(
    number: NumberInput,
    #[prop(optional, into)] placeholder: Signal<String>,
    #[prop(optional, into)] class: String,
) -> Html {
    let input = number.input;
    // The unit may come after the number: what was wrong with it may be right by then.
    Effect::on_change(
        move || number.problem(),
        move |before, now| {
            if before.is_some() && input.error.with_untracked(|error| error == before) {
                input.error.set(now.clone());
            }
        },
    );
    view! {
        <input
            class=class
            id=input.id()
            inputmode="decimal"
            autocomplete="off"
            placeholder=move || placeholder.get()
            aria-invalid=invalid(input)
            aria-describedby=described(input, true)
            prop:value=move || input.text.get()
            on:input=move |event| input.take(&event)
            on:change=move |_| input.error.set(untrack(|| number.problem()))
        />
    }
}

/// Yes or no.
#[component]
pub fn CheckField(checked: RwSignal<bool>, #[prop(into)] label: String, #[prop(optional, into)] class: String) -> Html {
    let id = uid("f");
    view! {
        <div class=format!("check-line {class}")>
            <input
                type="checkbox"
                id=id.clone()
                prop:checked=move || checked.get()
                on:change=move |event| checked.set(event_target_checked(&event))
            />
            <label for=id>{label}</label>
        </div>
    }
}

/// A day, by the browser's own picker.
#[component]
pub fn DateField(
    input: Input,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] class: String,
    #[prop(optional, into)] max: Option<Signal<String>>,
) -> Html {
    view! {
        <Field input label hint class>
            <input
                type="date"
                id=input.id()
                max=move || max.map(|max| max.get())
                aria-invalid=invalid(input)
                aria-describedby=described(input, false)
                prop:value=move || input.text.get()
                on:input=move |event| input.take(&event)
            />
        </Field>
    }
}

/// One of several. `options` are values with their words; the input holds the value.
#[component]
pub fn SelectField(
    input: Input,
    #[prop(into)] label: String,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] class: String,
) -> Html {
    let option = move |(value, word): &(String, String)| {
        let own = value.clone();
        let selected = move || input.text.with(|chosen| *chosen == own);
        view! { <option value=value.clone() prop:selected=selected>{word.clone()}</option> }
    };
    let options = switch(move || options.get(), move |options| options.iter().map(option).collect_html());
    view! {
        <Field input label hint class>
            <select
                id=input.id()
                aria-invalid=invalid(input)
                aria-describedby=described(input, false)
                on:change=move |event| input.take(&event)
            >
                {options}
            </select>
        </Field>
    }
}
