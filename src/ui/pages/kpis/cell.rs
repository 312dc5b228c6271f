//! A KPI in a period: shape, value, target; in words for those who hear it.

use std::sync::Arc;

use bearings_plan::{Fit, Health, HeatCell, Kpi, Periods};
use leptos::{ev::FocusEvent, prelude::component};

use crate::{
    reactive::{Memo, Signal},
    ui::{
        components::status::{StatusShape, Tone},
        dom::{Html, view, when},
    },
    words::{board as words, common},
};

/// A KPI in all columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub kpi: Arc<Kpi>,
    /// How often it is read.
    pub own: Periods,
    pub cells: Vec<HeatCell>,
}

#[component]
pub fn Cell(
    row: Memo<Option<Row>>,
    /// Its place among the columns.
    column: usize,
    /// The id of its link.
    link: String,
    href: String,
    tabindex: impl Fn() -> &'static str + 'static,
    on_focus: impl Fn(FocusEvent) + 'static,
) -> Html {
    let of = move |read: fn(&Row, &HeatCell) -> String| {
        row.with(|row| row.as_ref().and_then(|row| Some(read(row, row.cells.get(column)?))).unwrap_or_default())
    };
    let health = Memo::new(move || row.with(|row| row.as_ref()?.cells.get(column)?.health()));
    let valued = Memo::new(move || {
        row.with(|row| Some(row.as_ref()?.cells.get(column)?.shown.as_ref()?.value.is_some())) == Some(true)
    });
    let carried =
        Memo::new(move || row.with(|row| row.as_ref()?.cells.get(column).map(|cell| cell.fit)) == Some(Fit::Carried));
    let tone = Signal::derive(move || Tone::from(health.get().unwrap_or(Health::NoTarget)));
    let class = move || {
        let tone = if valued.get() { health.get().map_or("none", |health| Tone::from(health).class) } else { "none" };
        if carried.get() { format!("{tone} carried") } else { tone.to_owned() }
    };
    let value = move || {
        of(|row, cell| match cell.shown.as_ref().and_then(|shown| Some((shown.value?, &shown.target))) {
            Some((value, target)) => words::short(value, &row.kpi.unit, target.as_ref()),
            None => common::no_number().to_owned(),
        })
    };
    view! {
        <td class=class>
            <a id=link href=href tabindex=tabindex on:focus=on_focus>
                {when(move || valued.get() && health.get().is_some(), move || view! { <StatusShape tone /> })}
                <b aria-hidden="true">{value}</b>
                <small aria-hidden="true">{move || of(|row, cell| words::small(&row.kpi, cell, row.own))}</small>
                <span class="sr">{move || of(|row, cell| words::cell(&row.kpi, cell, row.own))}</span>
            </a>
        </td>
    }
}
