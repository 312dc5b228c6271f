//! What the table leaves open, and what was guessed: each a choice.

use bearings_plan::paste::{Ask, Form, Outcome};
use leptos::prelude::component;

use super::draft::{CLASHES, DATES, DECIMALS, Draft, SEPARATORS};
use crate::{
    reactive::{Effect, Memo, Signal},
    state::workspace,
    ui::{
        components::field::{DateField, Input, SelectField},
        dom::{Html, view, when},
    },
    web::intl,
    words::paste as words,
};

/// A choice with its words; the first one stands for what was found, or for "choose".
fn options<T: Copy + 'static>(
    all: &'static [(&'static str, T)],
    word: fn(T) -> &'static str,
    input: Input,
    found: impl Fn() -> Option<T> + 'static,
) -> Signal<Vec<(String, String)>> {
    Signal::derive(move || {
        // What was said is no finding.
        let none = match found().filter(|_| input.text.with(String::is_empty)) {
            Some(found) => words::as_found(word(found)),
            None => words::choose().to_owned(),
        };
        let said = all.iter().map(|(value, it)| ((*value).to_owned(), word(*it).to_owned()));
        std::iter::once((String::new(), none)).chain(said).collect()
    })
}

/// Why something is asked.
fn told(ask: &Ask) -> String {
    match ask {
        Ask::Whose => words::names_nobody().to_owned(),
        Ask::DayFirst { example, day_first, month_first } => {
            words::two_ways(example, &intl::date_long(*day_first), &intl::date_long(*month_first))
        }
        // Not rounded: the decimals are what the question is about.
        Ask::Decimal { example, point, comma } => words::two_ways(example, &point.to_string(), &comma.to_string()),
    }
}

const fn is_whose(ask: &Ask) -> bool {
    matches!(ask, Ask::Whose)
}

const fn is_day(ask: &Ask) -> bool {
    matches!(ask, Ask::DayFirst { .. })
}

const fn is_sign(ask: &Ask) -> bool {
    matches!(ask, Ask::Decimal { .. })
}

/// A question stands at its field until it is answered.
fn ask(draft: Draft, input: Input, is: fn(&Ask) -> bool) {
    let question = Memo::new(move || draft.read(|pasted| pasted.asks.iter().find(|ask| is(ask)).map(told)));
    Effect::run(move || input.error.set(question.get()));
}

#[component]
pub fn Answers(draft: Draft) -> Html {
    let workspace = workspace();
    let kpis = workspace.read(|plan, today| {
        let kpis = plan.kpis_read(today);
        kpis.iter().map(|kpi| (kpi.id.to_string(), kpi.name.to_string())).collect::<Vec<_>>()
    });
    ask(draft, draft.whose, is_whose);
    ask(draft, draft.dates, is_day);
    ask(draft, draft.decimal, is_sign);
    let asked = move |is: fn(&Ask) -> bool| draft.read(|pasted| pasted.asks.iter().any(is));
    let said = |input: Input| input.text.with(|text| !text.is_empty());
    // A choice stays once it was made, so that it can be made otherwise.
    let has_whose = move || asked(is_whose) || said(draft.whose);
    let has_dates = move || draft.read(|pasted| pasted.day_first.is_some()) || said(draft.dates);
    let has_decimal = move || draft.read(|pasted| pasted.decimal.is_some()) || said(draft.decimal);
    let has_last = move || draft.read(|pasted| pasted.form == Form::Values);
    let has_clash = move || draft.read(|pasted| pasted.count(|it| matches!(it, Outcome::Clash { .. })) > 0);
    let whose = Signal::derive(move || {
        let none = (String::new(), words::choose().to_owned());
        std::iter::once(none).chain(kpis.get()).collect::<Vec<_>>()
    });
    let found_days = move || draft.read(|pasted| pasted.day_first.filter(|_| !pasted.asks.iter().any(is_day)));
    let found_sign = move || draft.read(|pasted| pasted.decimal.filter(|_| !pasted.asks.iter().any(is_sign)));
    let separator = options(&SEPARATORS, words::separator_name, draft.separator, move || draft.separator_found());
    let dates = options(&DATES, words::days, draft.dates, found_days);
    let decimal = options(&DECIMALS, words::decimal_sign, draft.decimal, found_sign);
    let clash = Signal::derive(|| {
        let word = |(value, it): &(&str, _)| ((*value).to_owned(), words::clash_word(*it).to_owned());
        CLASHES.iter().map(word).collect::<Vec<_>>()
    });
    let latest = Signal::derive(move || workspace.day().to_string());
    view! {
        <div class="form">
            {when(has_whose, move || view! {
                <SelectField input=draft.whose label=words::whose() options=whose />
            })}
            {when(has_dates, move || view! {
                <SelectField input=draft.dates label=words::dates() options=dates />
            })}
            {when(has_decimal, move || view! {
                <SelectField input=draft.decimal label=words::decimal() options=decimal />
            })}
            {when(has_last, move || view! { <DateField input=draft.last label=words::last() max=latest /> })}
            {when(has_clash, move || view! {
                <SelectField input=draft.clash label=words::clash() options=clash />
            })}
            <SelectField input=draft.separator label=words::separator() options=separator />
        </div>
    }
}
