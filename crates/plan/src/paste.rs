//! Readings from a spreadsheet, pasted or from a file: what they are, and what becomes of those that are there.
//!
//! A text goes three steps, and each can be looked at. [`Sheet::read`] makes rows of cells of it. [`Plan::paste`] says
//! which cells are dates, values, notes and names of KPIs, reads them, and compares them with what the plan has. Where
//! a table can be read in two ways it [asks](Ask) and shows one of them. [`Pasted::change`] is the one change that
//! brings in what is [to come](Row::comes).
//!
//! Tables may have a head or none, in these [forms](Form): one column of values; date, value and note; with the KPI's
//! name; dates down and a column for each KPI; KPIs down and a column for each date. Dates may be days
//! (`2026-11-22`, `22.11.2026`, `11/22/2026`, `22 Nov 2026`), ISO weeks (`2026-W47`), months (`2026-11`, `Nov 2026`),
//! quarters (`2026-Q3`) and years. A reading of a longer stretch is of its last day, or of today while it runs.

mod dates;
mod form;
mod numbers;
mod rows;
mod settle;
mod sheet;

use crate::{Day, EntryKey, Frequency, Kpi, KpiId, Number, Plan, Prose, Span, quantity::QuantityError};
pub use form::Form;
pub use numbers::Decimal;
pub use settle::Clash;
pub use sheet::{Separator, Sheet};

use rows::{RowReader, day_first, decimal};

/// The longest text that is read, in bytes.
pub const MAX_BYTES: usize = 25_000_000;
/// The most rows, empty ones not counted.
pub const MAX_ROWS: usize = 100_000;
/// The most columns.
pub const MAX_COLUMNS: usize = 1_000;
/// The most readings of one table.
pub const MAX_READINGS: usize = 100_000;
/// The most KPIs of one table.
pub const MAX_NAMES: usize = 500;

/// Why nothing of a text can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// There is nothing but blanks.
    Nothing,
    /// More than [`MAX_BYTES`].
    TooLong,
    /// More than [`MAX_ROWS`].
    TooManyRows,
    /// More than [`MAX_COLUMNS`].
    TooManyColumns {
        /// In this row of the text.
        row: usize,
    },
    /// More than [`MAX_READINGS`].
    TooManyReadings,
    /// More than [`MAX_NAMES`].
    TooManyNames,
    /// Several columns, and none with dates.
    NoDates,
    /// No column with numbers.
    NoValues,
}

/// Whose readings they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Whose {
    /// A KPI that is there.
    Kpi(KpiId),
    /// A new one of that name.
    New,
    /// Nobody's: they are left out.
    #[default]
    Out,
}

/// What the reader has said about a table. The rest is read from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// The KPI of values for which the table names none.
    pub kpi: Option<KpiId>,
    /// A day of the period that the last of values without dates is of.
    pub last: Day,
    /// Whether the day comes before the month in `1/2/2026`.
    pub day_first: Option<bool>,
    /// The decimal sign.
    pub decimal: Option<Decimal>,
    /// The decimal sign to show numbers by until that is said.
    pub usual: Decimal,
    /// Whose readings the values under a name are.
    pub names: Vec<(String, Whose)>,
    /// What becomes of readings of a date that has another one.
    pub clash: Clash,
    /// The same for single rows, by [`Row::place`].
    pub rows: Vec<((usize, usize), Clash)>,
}

/// What has to be said before anything comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Whose the values are: the table names no KPI.
    Whose,
    /// Whether this is a day and a month, or a month and a day.
    DayFirst {
        /// The first date that can be read in two ways.
        example: String,
        /// With the day first.
        day_first: Day,
        /// With the month first.
        month_first: Day,
    },
    /// Which sign is the decimal one.
    Decimal {
        /// The first number that can be read in two ways.
        example: String,
        /// With a point before the fraction.
        point: Number,
        /// With a comma.
        comma: Number,
    },
}

/// Why something of a table does not come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// A quotation mark opens in this row and is never closed.
    OpenQuote,
    /// It stands above the table.
    Title,
    /// A column that is neither date, value nor note.
    Column,
    /// A target that differs from the KPI's: targets are not pasted.
    Target,
    /// The row has no name of a KPI.
    NoName,
    /// The row has no date.
    NoDate,
    /// It is no date.
    NotADate,
    /// It is the number by which a spreadsheet keeps a date.
    Serial,
    /// It is of a day to come.
    Future,
    /// The row has no value.
    NoValue,
    /// It is no number.
    NotANumber(QuantityError),
    /// A note of more than [`Prose::MAX`] characters.
    NoteTooLong,
}

/// Something that does not come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The row of the text, from 1.
    pub row: usize,
    /// What stands there, cut short.
    pub text: String,
    /// Why not.
    pub why: Why,
}

/// A name that stands for a KPI in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// As it stands there; empty where the table names nobody.
    pub text: String,
    /// Whose readings these are.
    pub whose: Whose,
    /// Whether a KPI that takes readings has this name.
    pub known: bool,
    /// How many readings there are.
    pub readings: usize,
    /// Whether its values have per cent signs.
    pub percent: bool,
}

/// What becomes of a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is new.
    New,
    /// The same is there already.
    Same,
    /// The date has another reading, or several.
    Clash {
        /// Their values.
        was: Vec<Number>,
        /// What is done.
        clash: Clash,
        /// Those that it takes the place of.
        places: Vec<EntryKey>,
    },
}

/// A reading of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its row of the text and its column, both as they are shown: from 1.
    pub place: (usize, usize),
    /// Which of the [names](Pasted::names).
    pub name: usize,
    /// Whose it is.
    pub whose: Whose,
    /// What its date says: a day or a longer stretch, but no longer than the KPI's periods.
    pub span: Span,
    /// How long that is.
    pub length: Frequency,
    /// The day that the reading gets.
    pub day: Day,
    /// Its value.
    pub value: Number,
    /// Its note.
    pub note: Prose,
    /// What becomes of it.
    pub outcome: Outcome,
}

/// A table as it was understood, and what would come of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pasted {
    /// How it says what its values are of.
    pub form: Form,
    /// What has to be said first. Until then, rows are shown in one of the ways.
    pub asks: Vec<Ask>,
    /// The day comes before the month; none where no date depends on it.
    pub day_first: Option<bool>,
    /// The decimal sign; none where no number depends on it.
    pub decimal: Option<Decimal>,
    /// The names in it, in the order in which they come.
    pub names: Vec<Named>,
    /// Its readings, in the order of the table.
    pub rows: Vec<Row>,
    /// What does not come in, in the same order.
    pub skipped: Vec<Skipped>,
}

impl Skipped {
    /// The longest text that is shown.
    const SHOWN: usize = 60;

    fn new(row: usize, text: &str, why: Why) -> Self {
        let text = match text.char_indices().nth(Self::SHOWN) {
            Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
            None => text.to_owned(),
        };
        Self { row, text, why }
    }
}

impl Row {
    /// Whether it will be written.
    #[must_use]
    pub fn comes(&self) -> bool {
        match &self.outcome {
            _ if self.whose == Whose::Out => false,
            Outcome::New => true,
            Outcome::Same => false,
            Outcome::Clash { clash, .. } => *clash != Clash::Keep,
        }
    }
}

impl Choices {
    /// Nothing said yet, for values up to `today`.
    #[must_use]
    pub fn new(kpi: Option<KpiId>, today: Day, usual: Decimal) -> Self {
        Self {
            kpi,
            last: today,
            day_first: None,
            decimal: None,
            usual,
            names: Vec::new(),
            clash: Clash::Keep,
            rows: Vec::new(),
        }
    }

    fn clash_of(&self, row: &Row) -> Clash {
        self.rows.iter().find(|(place, _)| *place == row.place).map_or(self.clash, |(_, clash)| *clash)
    }
}

impl Pasted {
    /// How many readings will be written.
    #[must_use]
    pub fn to_come(&self) -> usize {
        self.rows.iter().filter(|row| row.comes()).count()
    }

    /// How many rows are of a kind.
    #[must_use]
    pub fn count(&self, is: impl Fn(&Outcome) -> bool) -> usize {
        self.rows.iter().filter(|row| row.whose != Whose::Out && is(&row.outcome)).count()
    }
}

impl Plan {
    /// The KPIs that take readings on a day, in order.
    #[must_use]
    pub fn kpis_read(&self, day: Day) -> Vec<std::sync::Arc<Kpi>> {
        self.kpis_kept(day).into_iter().filter(|kpi| kpi.is_read(day)).collect()
    }

    /// What a table says, and what would come of it on `day`.
    ///
    /// # Errors
    /// [`Refused`] where no form fits it, or where there is too much.
    pub fn paste(&self, sheet: &Sheet, choices: &Choices, day: Day) -> Result<Pasted, Refused> {
        let table = form::read(sheet)?;
        let (day_first, ask_day) = day_first(&table.raw, choices);
        let (decimal, ask_decimal) = decimal(&table.raw, choices);
        let names = self.names(&table, choices, day);
        let unknown = names.iter().any(|name| name.text.is_empty() && name.whose == Whose::Out);
        let asks = unknown.then_some(Ask::Whose).into_iter().chain(ask_day).chain(ask_decimal).collect();
        let mut pasted = Pasted {
            form: table.form,
            asks,
            day_first,
            decimal,
            names,
            rows: Vec::with_capacity(table.raw.len()),
            skipped: table.skipped,
        };
        let last_row = table.raw.last().map_or(0, |raw| raw.row);
        let reader = RowReader { plan: self, choices, day, day_first, decimal, last_row };
        for raw in &table.raw {
            let name = raw.name.unwrap_or(0);
            let Some(named) = pasted.names.get_mut(name) else { continue };
            match reader.read(raw, named) {
                Ok(mut row) => {
                    row.name = name;
                    named.readings += 1;
                    pasted.skipped.extend(reader.other_target(raw, &row));
                    pasted.rows.push(row);
                }
                Err((text, why)) => pasted.skipped.push(Skipped::new(raw.row, text, why)),
            }
        }
        pasted.skipped = crate::in_order(pasted.skipped, |a, b| a.row.cmp(&b.row));
        // What is wrong with a date is wrong with it once, however many values are beside it.
        pasted.skipped.dedup();
        settle::outcomes(self, &mut pasted.rows, |row| choices.clash_of(row));
        Ok(pasted)
    }
}
