//! What the table leaves open, and what was guessed: each a choice.

use bearings_plan::{
    Span,
    paste::{Ask, Form, Outcome, Pasted},
};
use leptos::prelude::component;

use super::draft::{CLASHES, DASHES, DATES, DECIMALS, Draft, LETTERS, MONTH_NUMBERS, SEPARATORS, SEVERAL, YEARS};
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
    // Not rounded: the decimals are what the question is about.
    let ways = |example: &str, ways: &[String]| words::several_ways(example, ways);
    match ask {
        Ask::Whose => words::names_nobody().to_owned(),
        Ask::Same { heading, .. } => words::same_heading(heading),
        Ask::Order { example, ways: days } => {
            ways(example, &days.iter().map(|(_, day)| intl::date_long(*day)).collect::<Vec<_>>())
        }
        Ask::MonthNumber { example, month, day } => ways(example, &[intl::month(*month), intl::date_long(*day)]),
        Ask::Years { example, ways: spans } => {
            ways(example, &spans.iter().map(|(_, span): &(_, Span)| words::months(span)).collect::<Vec<_>>())
        }
        Ask::Decimal { example, point, comma } => ways(example, &[point.to_string(), comma.to_string()]),
        Ask::BothDecimals { point, comma } => words::both_decimals(point, comma),
        Ask::Letter { example, unit, multiple } => ways(example, &[intl::bare(*unit), intl::bare(*multiple)]),
        Ask::Dash { row, column } => words::what_is_the_dash(*row, *column),
    }
}

const fn is_whose(ask: &Ask) -> bool {
    matches!(ask, Ask::Whose)
}

const fn is_order(ask: &Ask) -> bool {
    matches!(ask, Ask::Order { .. })
}

const fn is_month_number(ask: &Ask) -> bool {
    matches!(ask, Ask::MonthNumber { .. })
}

const fn is_years(ask: &Ask) -> bool {
    matches!(ask, Ask::Years { .. })
}

const fn is_sign(ask: &Ask) -> bool {
    matches!(ask, Ask::Decimal { .. } | Ask::BothDecimals { .. })
}

const fn is_letter(ask: &Ask) -> bool {
    matches!(ask, Ask::Letter { .. })
}

const fn is_dash(ask: &Ask) -> bool {
    matches!(ask, Ask::Dash { .. })
}

/// A question stands at its field until it is answered.
fn ask(draft: Draft, input: Input, is: fn(&Ask) -> bool) {
    let question = Memo::new(move || draft.read(|pasted| pasted.asks.iter().find(|ask| is(ask)).map(told)));
    Effect::run(move || input.error.set(question.get()));
}

/// A choice that matters for some tables only: its field, its words, what it was taken for, and the question.
#[component]
fn Answer<T: Copy + Send + Sync + 'static>(
    draft: Draft,
    input: Input,
    label: &'static str,
    all: &'static [(&'static str, T)],
    word: fn(T) -> &'static str,
    found: fn(&Pasted) -> Option<T>,
    is: fn(&Ask) -> bool,
) -> Html {
    ask(draft, input, is);
    // A choice stays once it was made, so that it can be made otherwise.
    let is_there = move || draft.read(|pasted| found(pasted).is_some()) || input.text.with(|text| !text.is_empty());
    let found = move || draft.read(|pasted| found(pasted).filter(|_| !pasted.asks.iter().any(is)));
    let options = options(all, word, input, found);
    when(is_there, move || view! { <SelectField input label options /> })
}

#[component]
pub fn Answers(draft: Draft) -> Html {
    let workspace = workspace();
    let kpis = workspace.read(|plan, today| {
        let kpis = plan.kpis_read(today);
        kpis.iter().map(|kpi| (kpi.id.to_string(), kpi.name.to_string())).collect::<Vec<_>>()
    });
    ask(draft, draft.whose, is_whose);
    let has_whose =
        move || draft.read(|pasted| pasted.asks.iter().any(is_whose)) || draft.whose.text.with(|text| !text.is_empty());
    let has_last = move || draft.read(|pasted| pasted.form == Form::Values);
    let has_several = move || {
        draft.read(|pasted| pasted.rows.iter().any(|row| row.of_period > 1))
            || draft.several.text.with(|said| said != "all")
    };
    let has_clash = move || draft.read(|pasted| pasted.count(|it| matches!(it, Outcome::Clash { .. })) > 0);
    let whose = Signal::derive(move || {
        let none = (String::new(), words::choose().to_owned());
        std::iter::once(none).chain(kpis.get()).collect::<Vec<_>>()
    });
    let separator = options(&SEPARATORS, words::separator_name, draft.separator, move || draft.separator_found());
    let several = Signal::derive(|| said(&SEVERAL, words::several_word));
    let clash = Signal::derive(|| said(&CLASHES, words::clash_word));
    let latest = Signal::derive(move || workspace.day().to_string());
    view! {
        <div class="form">
            {when(has_whose, move || view! {
                <SelectField input=draft.whose label=words::whose() options=whose />
            })}
            <Answer
                draft
                input=draft.dates
                label=words::dates()
                all=&DATES
                word=words::order
                found=|pasted| pasted.order
                is=is_order
            />
            <Answer
                draft
                input=draft.month_number
                label=words::month_number()
                all=&MONTH_NUMBERS
                word=words::month_number_word
                found=|pasted| pasted.month_number
                is=is_month_number
            />
            <Answer
                draft
                input=draft.years
                label=words::years()
                all=&YEARS
                word=words::years_word
                found=|pasted| pasted.years
                is=is_years
            />
            <Answer
                draft
                input=draft.decimal
                label=words::decimal()
                all=&DECIMALS
                word=words::decimal_sign
                found=|pasted| pasted.decimal
                is=is_sign
            />
            <Answer
                draft
                input=draft.letter
                label=words::letter()
                all=&LETTERS
                word=words::letter_word
                found=|pasted| pasted.letter
                is=is_letter
            />
            <Answer
                draft
                input=draft.dash
                label=words::dash()
                all=&DASHES
                word=words::dash_word
                found=|pasted| pasted.dash
                is=is_dash
            />
            {when(has_last, move || view! { <DateField input=draft.last label=words::last() max=latest /> })}
            {when(has_several, move || view! {
                <SelectField input=draft.several label=words::several() options=several />
            })}
            {when(has_clash, move || view! {
                <SelectField input=draft.clash label=words::clash() options=clash />
            })}
            <SelectField input=draft.separator label=words::separator() options=separator />
        </div>
    }
}

/// Choices of which one is always made.
fn said<T: Copy>(all: &[(&str, T)], word: fn(T) -> &'static str) -> Vec<(String, String)> {
    all.iter().map(|(value, it)| ((*value).to_owned(), word(*it).to_owned())).collect()
}
