//! What is pasted and said so far, and what is made of it.

use std::sync::Arc;

use bearings_plan::{
    Kpi, KpiId,
    paste::{
        Ask, Choices, Clash, Dash, DateOrder, Decimal, Letter, MonthNumber, Pasted, Refused, Row, Separator, Several,
        Sheet, Whose, Years,
    },
};

use crate::{
    reactive::{Effect, Memo, RwSignal, StoredValue},
    state::{Workspace, session},
    ui::{Route, components::field::Input},
    web::{intl, page},
};

#[derive(Debug, Clone, Copy)]
pub struct Draft {
    workspace: Workspace,
    of: Option<KpiId>,
    pub text: RwSignal<String>,
    /// Answers, as the values of their fields; empty where nothing was said.
    pub separator: Input,
    pub dates: Input,
    pub month_number: Input,
    pub years: Input,
    pub decimal: Input,
    pub letter: Input,
    pub dash: Input,
    pub several: Input,
    pub clash: Input,
    pub whose: Input,
    pub last: Input,
    pub names: RwSignal<Vec<(String, Whose)>>,
    /// The ids of the fields in which they are said.
    name_fields: StoredValue<Vec<(String, String)>>,
    pub rows: RwSignal<Vec<((usize, usize), Clash)>>,
    pub sheet: Memo<Result<Arc<Sheet>, Refused>>,
    pub pasted: Memo<Result<Arc<Pasted>, Refused>>,
}

/// What is longer than this many bytes does not outlive a reload: it comes from a file, or is copied again.
const KEPT: usize = 300_000;

pub const SEPARATORS: [(&str, Separator); 4] = [
    ("tab", Separator::Tab),
    ("semicolon", Separator::Semicolon),
    ("comma", Separator::Comma),
    ("pipe", Separator::Pipe),
];
pub const DATES: [(&str, DateOrder); 3] =
    [("day", DateOrder::DayFirst), ("month", DateOrder::MonthFirst), ("year", DateOrder::YearFirst)];
pub const MONTH_NUMBERS: [(&str, MonthNumber); 2] = [("year", MonthNumber::Year), ("day", MonthNumber::Day)];
pub const YEARS: [(&str, Years); 3] = [("begun", Years::Begun), ("ended", Years::Ended), ("calendar", Years::Calendar)];
pub const LETTERS: [(&str, Letter); 2] = [("unit", Letter::Unit), ("multiple", Letter::Multiple)];
pub const DASHES: [(&str, Dash); 2] = [("zero", Dash::Zero), ("nothing", Dash::Nothing)];
pub const SEVERAL: [(&str, Several); 3] = [("all", Several::All), ("first", Several::First), ("last", Several::Last)];
pub const DECIMALS: [(&str, Decimal); 2] = [("point", Decimal::Point), ("comma", Decimal::Comma)];
pub const CLASHES: [(&str, Clash); 3] = [("keep", Clash::Keep), ("replace", Clash::Replace), ("beside", Clash::Beside)];

/// What the value of a field stands for.
pub fn meant<T: Copy>(all: &[(&str, T)], value: &str) -> Option<T> {
    all.iter().find(|(known, _)| *known == value).map(|(_, it)| *it)
}

impl Draft {
    pub fn new(workspace: Workspace, of: Option<KpiId>) -> Self {
        let page = format!("paste/{}", workspace.shown_now().frame.id);
        let text = session::draft_of(&page).and_then(|text| text.as_str().map(str::to_owned));
        let text = RwSignal::new(text.unwrap_or_default());
        let input = || Input::new("");
        let (separator, dates, month_number, years) = (input(), input(), input(), input());
        let (decimal, letter, dash, whose) = (input(), input(), input(), input());
        let (several, clash) = (Input::new("all"), Input::new("keep"));
        let last = Input::new(workspace.day_now().to_string());
        let names = RwSignal::new(Vec::new());
        let rows = RwSignal::new(Vec::new());
        let sheet = Memo::new(move || {
            let said = separator.text.with(|said| meant(&SEPARATORS, said));
            text.with(|text| Sheet::read(text, said)).map(Arc::new)
        });
        let pasted = Memo::new(move || {
            let (sheet, day) = (sheet.get()?, workspace.day());
            let usual = if intl::separators().decimal == ',' { Decimal::Comma } else { Decimal::Point };
            let kpi = whose.text.with(|id| id.parse().ok()).or(of);
            let choices = Choices {
                last: last.text.with(|last| last.parse()).unwrap_or(day),
                order: dates.text.with(|said| meant(&DATES, said)),
                month_number: month_number.text.with(|said| meant(&MONTH_NUMBERS, said)),
                years: years.text.with(|said| meant(&YEARS, said)),
                decimal: decimal.text.with(|said| meant(&DECIMALS, said)),
                letter: letter.text.with(|said| meant(&LETTERS, said)),
                dash: dash.text.with(|said| meant(&DASHES, said)),
                months: intl::month_names(),
                several: several.text.with(|said| meant(&SEVERAL, said)).unwrap_or_default(),
                names: names.get(),
                clash: clash.text.with(|said| meant(&CLASHES, said)).unwrap_or(Clash::Keep),
                rows: rows.get(),
                ..Choices::new(kpi, day, usual)
            };
            workspace.shown().paste(&sheet, &choices, day).map(Arc::new)
        });
        // Another table, other rows. What was said of names and signs may still be meant.
        Effect::on_change(
            move || text.get(),
            move |_, now| {
                rows.set(Vec::new());
                let worth = !now.is_empty() && now.len() <= KEPT;
                session::keep_draft(&page, worth.then(|| now.as_str().into()).as_ref());
            },
        );
        Self {
            workspace,
            of,
            text,
            separator,
            dates,
            month_number,
            years,
            decimal,
            letter,
            dash,
            several,
            clash,
            whose,
            last,
            names,
            name_fields: StoredValue::new(Vec::new()),
            rows,
            sheet,
            pasted,
        }
    }

    /// Whether there is anything to understand, tracked.
    pub fn is_there(&self) -> bool {
        self.text.with(|text| !text.trim().is_empty())
    }

    /// What was taken for the separator, tracked.
    pub fn separator_found(&self) -> Option<Separator> {
        self.sheet.with(|sheet| sheet.as_ref().ok().map(|sheet| sheet.separator))
    }

    /// Whether something has to be answered first, tracked.
    pub fn asks(&self) -> bool {
        self.pasted.with(|pasted| pasted.as_ref().is_ok_and(|it| !it.asks.is_empty()))
    }

    /// Something of what was understood, tracked.
    pub fn read<T: Default>(&self, look: impl FnOnce(&Pasted) -> T) -> T {
        self.pasted.with(|pasted| pasted.as_ref().map(|it| look(it)).unwrap_or_default())
    }

    /// A row by its place, tracked.
    pub fn row(&self, place: (usize, usize)) -> Option<Row> {
        self.read(|pasted| {
            let found = pasted.rows.binary_search_by(|row| row.place.cmp(&place)).ok()?;
            pasted.rows.get(found).cloned()
        })
    }

    /// The KPI of a row, if it is there.
    pub fn kpi(&self, row: &Row) -> Option<Arc<Kpi>> {
        match row.whose {
            Whose::Kpi(id) => self.workspace.shown_now().kpis.shared(id),
            Whose::New | Whose::Out => None,
        }
    }

    /// Puts the cursor where something has to be said.
    pub fn focus_on_question(&self) {
        let first = self.pasted.with_untracked(|pasted| pasted.as_ref().ok().and_then(|it| it.asks.first().cloned()));
        match first {
            Some(Ask::Whose) => self.whose.focus(),
            Some(Ask::Same { names, .. }) => {
                let said = self.names.get_untracked();
                let is_open = |name: &String| names.contains(name) && said.iter().all(|(known, _)| known != name);
                let field = self.name_fields.with_value(|all| all.iter().find(|(name, _)| is_open(name)).cloned());
                if let Some((_, id)) = field {
                    page::focus(&id);
                }
            }
            Some(Ask::Order { .. }) => self.dates.focus(),
            Some(Ask::MonthNumber { .. }) => self.month_number.focus(),
            Some(Ask::Years { .. }) => self.years.focus(),
            Some(Ask::Decimal { .. } | Ask::BothDecimals { .. }) => self.decimal.focus(),
            Some(Ask::Letter { .. }) => self.letter.focus(),
            Some(Ask::Dash { .. }) => self.dash.focus(),
            None => {}
        }
    }

    /// Remembers in which field it is said whose a name is.
    pub fn has_name_field(&self, name: &str, id: &str) {
        self.name_fields.update_value(|all| {
            all.retain(|(known, _)| known != name);
            all.push((name.to_owned(), id.to_owned()));
        });
    }

    /// Takes everything away that was pasted and said.
    pub fn clear(&self) {
        let Self { separator, dates, month_number, years, decimal, letter, dash, whose, .. } = *self;
        for input in [separator, dates, month_number, years, decimal, letter, dash, whose] {
            input.text.set(String::new());
        }
        self.several.text.set("all".to_owned());
        self.names.set(Vec::new());
        self.text.set(String::new());
    }

    /// Where one came from.
    pub fn back(&self) -> Route {
        self.of.map_or(Route::Kpis, Route::Kpi)
    }
}
