//! The readings as they were understood, and what becomes of each.

use bearings_plan::{
    Unit, in_order,
    paste::{Outcome, Row, Whose},
};
use leptos::prelude::{component, event_target_value};

use super::draft::{CLASHES, Draft, meant};
use crate::{
    reactive::{Memo, RwSignal},
    state::workspace,
    ui::{
        components::icon::{Mark, Shape},
        dom::{CollectHtml as _, Html, switch, view, when},
    },
    web::intl,
    words::{common, paste as words},
};

/// How many rows are shown at first, and at most: a browser draws no ten thousand rows at once.
const FIRST: usize = 100;
const MOST: usize = 1_000;

type Place = (usize, usize);

#[component]
pub fn Preview(draft: Draft) -> Html {
    let all = RwSignal::new(false);
    let count = Memo::new(move || draft.read(|pasted| pasted.rows.len()));
    let most = move || if all.get() { MOST } else { FIRST };
    // What has to be decided comes first; a choice moves nothing.
    let places = Memo::new(move || {
        let kind = |row: &Row| match (&row.whose, &row.outcome) {
            (Whose::Out, _) => 3_u8,
            (_, Outcome::Clash { .. }) => 0,
            (_, Outcome::New) => 1,
            (_, Outcome::Same | Outcome::Doubled) => 2,
        };
        draft.read(|pasted| {
            let rows = in_order(pasted.rows.iter().collect(), |a: &&Row, b| kind(a).cmp(&kind(b)));
            rows.into_iter().take(most()).map(said).collect::<Vec<_>>()
        })
    });
    let columns = [words::row(), words::kpi(), common::date(), common::value(), common::note(), words::outcome()];
    when(
        move || count.get() > 0,
        move || {
            view! {
                <div class="scroll" tabindex="0" role="region" aria-label=words::preview()>
                    <table>
                        <thead>
                            <tr>{columns.map(|column| view! { <th scope="col">{column}</th> })}</tr>
                        </thead>
                        <tbody>
                            <For
                                each=move || places.get()
                                key=|said| said.clone()
                                children=move |said| view! { <Line draft place=said.place /> }
                            />
                        </tbody>
                    </table>
                    {when(
                        move || count.get() > FIRST && !all.get(),
                        move || view! {
                            <button class="btn plain" type="button" on:click=move |_| all.set(true)>
                                {move || words::show(count.get().min(MOST))}
                            </button>
                        },
                    )}
                    {when(
                        move || all.get() && count.get() > MOST,
                        move || view! { <p>{words::more(count.get() - MOST)}</p> },
                    )}
                </div>
            }
        },
    )
}

/// What a row says, whatever becomes of it: its line stays as long as this is the same.
#[derive(Debug, Clone, PartialEq)]
struct Said {
    place: Place,
    texts: (bearings_plan::Span, bearings_plan::Number, String),
    whose: Whose,
    clashes: bool,
}

fn said(row: &Row) -> Said {
    let texts = (row.span.clone(), row.value, row.note.to_string());
    Said { place: row.place, texts, whose: row.whose, clashes: matches!(row.outcome, Outcome::Clash { .. }) }
}

#[component]
fn Line(draft: Draft, place: Place) -> Html {
    let Some(row) = draft.row(place) else { return crate::ui::dom::nothing() };
    let kpi = draft.kpi(&row);
    let unit = kpi.as_ref().map(|kpi| Unit::clone(&kpi.unit)).unwrap_or_default();
    let named = draft.read(|pasted| pasted.names.get(row.name).map(|it| it.text.clone()).unwrap_or_default());
    let name = kpi.map_or(named, |kpi| kpi.name.to_string());
    let workspace = workspace();
    let calendar = workspace.shown_now().periods(row.length, workspace.present_now());
    let is_clash = matches!(row.outcome, Outcome::Clash { .. });
    view! {
        <tr>
            <th scope="row">{row.place.0}</th>
            <td>{name}</td>
            <td>{words::stretch(&row.span, calendar)}</td>
            <td>{intl::number(row.value, &unit)}</td>
            <td>{row.note.to_string()}</td>
            <td>
                <Becomes draft place unit />
                {is_clash.then(|| view! { <Choice draft place /> })}
            </td>
        </tr>
    }
}

/// What becomes of it: a word with its shape.
#[component]
fn Becomes(draft: Draft, place: Place, unit: Unit) -> Html {
    let state = move || {
        let row = draft.row(place)?;
        Some(match &row.outcome {
            _ if row.whose == Whose::Out => ("none", Shape::Bar, words::left_out().to_owned()),
            Outcome::New if row.of_period > 1 => ("warn", Shape::Triangle, words::one_of(row.of_period)),
            Outcome::New => ("good", Shape::Disc, words::new().to_owned()),
            Outcome::Same => ("none", Shape::Tick, words::same().to_owned()),
            Outcome::Doubled => ("none", Shape::Bar, words::doubled().to_owned()),
            Outcome::Clash { was, clash, .. } => {
                let was: Vec<_> = was.iter().map(|was| intl::number(*was, &unit)).collect();
                ("warn", Shape::Triangle, words::differs(&was, *clash))
            }
        })
    };
    switch(state, |state| {
        state.clone().map(|(class, shape, word)| {
            view! {
                <span class=format!("status {class}")>
                    <Mark shape />
                    {word}
                </span>
            }
        })
    })
}

/// The choice of one row, where all the others may be decided otherwise.
#[component]
fn Choice(draft: Draft, place: Place) -> Html {
    let own = move || draft.rows.with(|rows| rows.iter().find(|(other, _)| *other == place).map(|(_, clash)| *clash));
    let option = |value: &'static str, word: &'static str| {
        let selected = move || own() == meant(&CLASHES, value);
        view! { <option value=value prop:selected=selected>{word}</option> }
    };
    let choose = move |event| {
        let clash = meant(&CLASHES, &event_target_value(&event));
        draft.rows.update(|rows| {
            rows.retain(|(other, _)| *other != place);
            rows.extend(clash.map(|clash| (place, clash)));
        });
    };
    view! {
        <select aria-label=words::of_row(place.0) on:change=choose>
            {option("", words::like_the_others())}
            {CLASHES.iter().map(|(value, clash)| option(value, words::clash_word(*clash))).collect_html()}
        </select>
    }
}
