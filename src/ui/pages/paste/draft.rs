//! What is pasted and said so far, and what is made of it.

use std::sync::Arc;

use bearings_plan::{
    Kpi, KpiId,
    paste::{Ask, Choices, Clash, Decimal, Pasted, Refused, Row, Separator, Sheet, Whose},
};

use crate::{
    reactive::{Effect, Memo, RwSignal},
    state::{Workspace, session},
    ui::{Route, components::field::Input},
    web::intl,
};

#[derive(Debug, Clone, Copy)]
pub struct Draft {
    workspace: Workspace,
    of: Option<KpiId>,
    pub text: RwSignal<String>,
    /// Answers, as the values of their fields; empty where nothing was said.
    pub separator: Input,
    pub dates: Input,
    pub decimal: Input,
    pub clash: Input,
    pub whose: Input,
    pub last: Input,
    pub names: RwSignal<Vec<(String, Whose)>>,
    pub rows: RwSignal<Vec<((usize, usize), Clash)>>,
    sheet: Memo<Result<Arc<Sheet>, Refused>>,
    pub pasted: Memo<Result<Arc<Pasted>, Refused>>,
}

/// What is longer than this many bytes does not outlive a reload: it comes from a file, or is copied again.
const KEPT: usize = 300_000;

pub const SEPARATORS: [(&str, Separator); 3] =
    [("tab", Separator::Tab), ("semicolon", Separator::Semicolon), ("comma", Separator::Comma)];
pub const DATES: [(&str, bool); 2] = [("day", true), ("month", false)];
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
        let (separator, dates, decimal, clash, whose) = (input(), input(), input(), Input::new("keep"), input());
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
                day_first: dates.text.with(|said| meant(&DATES, said)),
                decimal: decimal.text.with(|said| meant(&DECIMALS, said)),
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
        Self { workspace, of, text, separator, dates, decimal, clash, whose, last, names, rows, sheet, pasted }
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
            Some(Ask::DayFirst { .. }) => self.dates.focus(),
            Some(Ask::Decimal { .. }) => self.decimal.focus(),
            None => {}
        }
    }

    /// Takes everything away that was pasted and said.
    pub fn clear(&self) {
        for input in [self.separator, self.dates, self.decimal, self.whose] {
            input.text.set(String::new());
        }
        self.names.set(Vec::new());
        self.text.set(String::new());
    }

    /// Where one came from.
    pub fn back(&self) -> Route {
        self.of.map_or(Route::Kpis, Route::Kpi)
    }
}
