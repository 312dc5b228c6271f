//! The table as it stands, with what each cell was taken for.

use std::sync::Arc;

use bearings_plan::paste::{Pasted, Sheet, Use, column_name};
use leptos::prelude::component;

use super::draft::Draft;
use crate::{
    reactive::{Memo, RwSignal},
    ui::dom::{CollectHtml as _, Html, switch, view, when},
    words::paste as words,
};

/// How many rows and columns are shown.
const ROWS: usize = 40;
const COLUMNS: usize = 30;

/// A row: its number, and the cells with what they were taken for.
type Line = (usize, Vec<(String, Option<Use>)>);

#[component]
pub fn Cells(draft: Draft) -> Html {
    let open = RwSignal::new(false);
    let toggle = move |event: web_sys::Event| {
        open.set(leptos::prelude::event_target::<web_sys::Element>(&event).has_attribute("open"))
    };
    view! {
        <details class="cells" on:toggle=toggle>
            <summary>{words::cell_by_cell()}</summary>
            {when(move || open.get(), move || view! { <Grid draft /> })}
        </details>
    }
}

#[component]
fn Grid(draft: Draft) -> Html {
    let lines = Memo::new(move || match (draft.sheet.get(), draft.pasted.get()) {
        (Ok(sheet), Ok(pasted)) => lines(&sheet, &pasted),
        _ => Vec::new(),
    });
    let more = move || draft.sheet.with(|sheet| sheet.as_ref().map_or(0, |sheet| sheet.len())).saturating_sub(ROWS);
    let cell = |(text, of): &(String, Option<Use>)| {
        let of = *of;
        view! {
            <td class:out=move || of == Some(Use::Listed)>
                {text.clone()}
                {of.map(|of| view! { <small>{words::used_as(of)}</small> })}
            </td>
        }
    };
    switch(
        move || lines.get(),
        move |lines| {
            let width = lines.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
            let heads = (0..width).map(|column| view! { <th scope="col">{column_name(column)}</th> }).collect_html();
            let row = |(number, cells): &Line| {
                view! { <tr><th scope="row">{*number}</th>{cells.iter().map(cell).collect_html()}</tr> }
            };
            view! {
                <div class="scroll" tabindex="0" role="region" aria-label=words::cells()>
                    <table>
                        <thead><tr><th scope="col">{words::row()}</th>{heads}</tr></thead>
                        <tbody>{lines.iter().map(row).collect_html()}</tbody>
                    </table>
                </div>
                {when(move || more() > 0, move || view! { <p>{move || words::more(more())}</p> })}
            }
        },
    )
}

fn lines(sheet: &Arc<Sheet>, pasted: &Arc<Pasted>) -> Vec<Line> {
    let line = |row: usize| {
        let cells = sheet.cells(row).take(COLUMNS).enumerate();
        let cells = cells.map(|(column, text)| (words::cut(text), pasted.account.of(sheet, row, column)));
        (sheet.number(row), cells.collect())
    };
    (0..sheet.len().min(ROWS)).map(line).collect()
}
