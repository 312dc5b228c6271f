//! The board as a heat table: a row for each KPI, a column for each of the last periods.
//!
//! It is one stop for Tab; arrows, Home and End go from cell to cell, and Enter opens the KPI.

use bearings_plan::{Frequency, Group, Grouping, KpiId, Placed, Section, Span};
use leptos::{ev::KeyboardEvent, prelude::component};

use super::{
    arranged::Arranged,
    cards::{keys, of, title},
    cell::{Cell, Row},
};
use crate::{
    reactive::{Effect, Memo, RwSignal, StoredValue},
    state::workspace,
    ui::{
        Route,
        components::{
            instrument::{Gauges, of as of_gauge},
            uid,
        },
        dom::{CollectHtml as _, Html, NodeRef, switch, view},
    },
    web::page,
    words::board as words,
};

/// How many columns there are: a year of months, three years of quarters, a quarter of weeks.
const COLUMNS: usize = 12;

/// A place in the table: a KPI, and its name (0) or the value in a column (from 1 on).
type Place = (KpiId, usize);

/// Where the reader is in the table.
#[derive(Debug, Clone, Copy)]
struct Walk {
    /// Every row from top to bottom.
    rows: Memo<Vec<KpiId>>,
    chosen: RwSignal<Option<Place>>,
    /// The place that Tab leads to.
    here: Memo<Option<Place>>,
    /// Tells the ids of this table's cells from others'.
    prefix: StoredValue<String>,
}

impl Walk {
    fn new(groups: Memo<Vec<Group>>) -> Self {
        let all = |groups: &Vec<Group>| -> Vec<KpiId> {
            groups.iter().flat_map(|group| group.kpis.iter().map(|it| it.kpi)).collect()
        };
        let rows = Memo::new(move || groups.with(all));
        let chosen = RwSignal::new(None::<Place>);
        let here = Memo::new(move || {
            let there = |place: &Place| rows.with(|rows| rows.contains(&place.0));
            chosen.get().filter(there).or_else(|| rows.with(|rows| Some((*rows.first()?, 0))))
        });
        Self { rows, chosen, here, prefix: StoredValue::new(uid("heat")) }
    }

    /// The column of a row that Tab leads to, if it is there.
    fn in_row(self, id: KpiId) -> Memo<Option<usize>> {
        Memo::new(move || self.here.get().filter(|here| here.0 == id).map(|here| here.1))
    }

    fn id(self, (kpi, column): Place) -> String {
        format!("{}-{kpi}-{column}", self.prefix.get_value())
    }

    fn on_key(self, event: &KeyboardEvent) {
        let Some(here) = self.here.get_untracked() else { return };
        let next = self.rows.with_untracked(|rows| {
            let row = rows.iter().position(|row| *row == here.0)?;
            let (last_row, whole) = (rows.len() - 1, event.ctrl_key());
            let (row, column) = match event.key().as_str() {
                "ArrowUp" => (row.saturating_sub(1), here.1),
                "ArrowDown" => ((row + 1).min(last_row), here.1),
                "ArrowLeft" => (row, here.1.saturating_sub(1)),
                "ArrowRight" => (row, (here.1 + 1).min(COLUMNS)),
                "Home" => (if whole { 0 } else { row }, 0),
                "End" => (if whole { last_row } else { row }, COLUMNS),
                _ => return None,
            };
            Some((rows[row], column))
        });
        if let Some(next) = next.filter(|_| !event.alt_key() && !event.meta_key()) {
            event.prevent_default();
            self.chosen.set(Some(next));
            page::focus_at_once(&self.id(next));
        }
    }
}

#[component]
pub fn HeatTable(groups: Memo<Vec<Group>>, arranged: RwSignal<Arranged>, gauges: Gauges, frequency: Frequency) -> Html {
    let walk = Walk::new(groups);
    let columns = workspace().read(move |plan, today| plan.heat_columns(frequency, COLUMNS, today));
    let caption = move || walk.rows.with(|rows| words::caption(COLUMNS, frequency, rows.len()));
    // The latest is what one looks for first.
    let place = NodeRef::new();
    Effect::run(move || {
        if let Some(place) = place.get() {
            page::scroll_to_end(place);
        }
    });
    let calendar = workspace().read(move |plan, today| plan.periods(frequency, today));
    let head = move |column: &Span| view! { <th scope="col">{words::head(column, calendar.get())}</th> };
    view! {
        <div class="card">
            <div class="heat" node_ref=place>
                <table role="grid" on:keydown=move |event| walk.on_key(&event)>
                    <caption>{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{words::kpi()}</th>
                            {switch(move || columns.get(), move |columns| columns.iter().map(head).collect_html())}
                        </tr>
                    </thead>
                    <For
                        each=move || keys(groups, arranged)
                        key=|key| *key
                        children=move |(grouping, section)| view! { <Body grouping section groups gauges columns frequency walk /> }
                    />
                </table>
            </div>
            <details class="more">
                <summary>{words::legend()}</summary>
                <ul class="legend">{words::legend_lines().map(|line| view! { <li>{line}</li> }).into_iter().collect_html()}</ul>
            </details>
        </div>
    }
}

/// The rows of a group.
#[component]
fn Body(
    grouping: Grouping,
    section: Section,
    groups: Memo<Vec<Group>>,
    gauges: Gauges,
    columns: Memo<Vec<Span>>,
    frequency: Frequency,
    walk: Walk,
) -> Html {
    let title = title(grouping, section);
    let placed = Memo::new(move || of(groups, section));
    let heading = (grouping != Grouping::None).then(|| {
        let all = (COLUMNS + 1).to_string();
        view! { <tr class="group"><th scope="rowgroup" colspan=all><span>{move || title.get()}</span></th></tr> }
    });
    view! {
        <tbody>
            {heading}
            <For
                each=move || placed.get()
                key=|placed| *placed
                children=move |placed| view! { <Line placed gauges columns frequency walk /> }
            />
        </tbody>
    }
}

/// One KPI.
#[component]
fn Line(placed: Placed, gauges: Gauges, columns: Memo<Vec<Span>>, frequency: Frequency, walk: Walk) -> Html {
    let workspace = workspace();
    let id = placed.kpi;
    let gauge = gauges.of(id);
    let name = of_gauge(gauge, |gauge| gauge.kpi.name.to_string());
    // The gauge follows all that its values are made of.
    let row = Memo::new(move || {
        let gauge = gauge.get()?;
        let plan = workspace.shown_now();
        let cells = columns.with(|all| plan.heat_row(&gauge.kpi, &gauge.report, all, frequency, gauge.today));
        Some(Row { own: gauge.calendar(), kpi: gauge.kpi, cells })
    });
    let stop = walk.in_row(id);
    let tabindex = move |column: usize| move || if stop.get() == Some(column) { "0" } else { "-1" };
    let chosen = move |column: usize| move |_| walk.chosen.set(Some((id, column)));
    let cell = move |column: usize| {
        view! {
            <Cell
                row
                column=column - 1
                link=walk.id((id, column))
                href=Route::Kpi(id).href()
                tabindex=tabindex(column)
                on_focus=chosen(column)
            />
        }
    };
    view! {
        <tr>
            <th scope="row" style=("--depth", bearings_plan::digits(f64::from(u32::try_from(placed.depth).unwrap_or(0))))>
                <a
                    id=walk.id((id, 0))
                    href=Route::Kpi(id).href()
                    tabindex=tabindex(0)
                    on:focus=chosen(0)
                >{move || name.get()}</a>
            </th>
            {(1..=COLUMNS).map(cell).collect_html()}
        </tr>
    }
}
