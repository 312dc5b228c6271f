//! What a reader should know of how a table was read.

use std::sync::Arc;

use bearings_plan::{
    Day, Frequency, Plan, Unit,
    paste::{Pasted, Remark},
};
use leptos::prelude::component;

use super::draft::Draft;
use crate::{
    reactive::Memo,
    state::workspace,
    ui::dom::{CollectHtml as _, Html, switch, view},
    web::intl,
    words::paste as words,
};

#[component]
pub fn Remarks(draft: Draft) -> Html {
    let workspace = workspace();
    let remarks = Memo::new(move || {
        let (plan, day) = (workspace.shown(), workspace.day());
        draft.read(|pasted| pasted.remarks.iter().map(|it| said(it, pasted, &plan, day)).collect::<Vec<_>>())
    });
    switch(
        move || remarks.get(),
        |remarks| {
            (!remarks.is_empty()).then(|| {
                let line = |remark: &String| view! { <li>{remark.clone()}</li> };
                view! {
                    <h3>{words::remarks()}</h3>
                    <ul class="remarks">{remarks.iter().map(line).collect_html()}</ul>
                }
            })
        },
    )
}

fn said(remark: &Remark, pasted: &Pasted, plan: &Arc<Plan>, day: Day) -> String {
    match remark {
        Remark::Yearless { example, span } if span.start == span.end => {
            words::without_year(example, &intl::date_long(span.start))
        }
        Remark::Yearless { example, span } => words::without_year(example, &intl::date_range(span.start, span.end)),
        Remark::Zoned { example } => words::with_zone(example),
        Remark::Several { span, length, name, values, all, makes, more } => {
            let name = pasted.names.get(*name).map(|it| it.text.as_str()).unwrap_or_default();
            let period = match length {
                Frequency::Daily => intl::date_long(span.start),
                _ => words::stretch(span, plan.periods(*length, day)),
            };
            let values: Vec<_> = values.iter().map(|value| intl::bare(*value)).collect();
            let makes = makes.map(|value| intl::number(value, &Unit::default()));
            words::several_of_period(&period, name, &values, *all, makes.as_deref(), *more)
        }
        Remark::Huge { row, column, value, usual } => {
            words::far_off(*row, *column, &intl::bare(*value), &intl::bare(*usual))
        }
        Remark::MinusOne { row, column, count } => words::minus_one(*row, *column, *count),
    }
}
