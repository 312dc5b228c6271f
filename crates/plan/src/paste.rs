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

mod asks;
mod calendar;
mod dates;
mod dating;
mod form;
mod grid;
mod headings;
mod numbers;
mod rows;
mod separator;
mod settle;
mod several;
mod sheet;
mod table;
mod times;

use crate::{Day, EntryKey, Frequency, Kpi, Number, Plan, Prose, Span, Unit, quantity::QuantityError};
pub use asks::{Ask, Choices, DateOrder, MonthNumber, Remark, Several, Whose, Years};
pub use form::Form;
pub use grid::{Account, Use};
pub use numbers::{Dash, Decimal, Letter};
pub use separator::Separator;
pub use settle::Clash;
pub use sheet::Sheet;

use dates::{Date, Dates};
use dating::Dating;
use form::Known;
use grid::{Cover, Item};
use rows::{NoReading, Numbers, RowReader};
use table::Table;

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
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// A heading, and no rows below it.
    NoRows,
    /// No column with numbers: this stands in their place.
    NoValues {
        /// The first such cell.
        text: String,
        /// Its row of the text.
        row: usize,
        /// Its column, from 1.
        column: usize,
    },
    /// Months by names that are not known: a year with some of its months would be worse than none.
    UnknownMonth {
        /// The first such cell.
        text: String,
        /// Its row of the text.
        row: usize,
    },
}

/// Why something of a table does not come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// A quotation mark opens in this row and is never closed.
    OpenQuote,
    /// It stands above the table.
    Title,
    /// It stands above the names of the columns.
    Heading,
    /// It stands between the rows, beside or below them.
    Apart,
    /// A further table.
    SecondTable,
    /// A total, or another figure that is made of the others.
    Total,
    /// A column that is neither date, value nor note.
    Column,
    /// A further column with dates.
    OtherDate,
    /// A further column with numbers, beside the one that is called the value.
    OtherValue,
    /// Values without a heading, beyond the columns that have a letter of their own.
    NoHeading,
    /// Notes beside several values.
    NoteOfSeveral,
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
    /// It is a count of seconds or thousandths, as programs keep instants.
    Seconds,
    /// It is of a day to come.
    Future,
    /// The row has no value.
    NoValue,
    /// A dash in place of a value.
    Dash,
    /// It is no number.
    NotANumber(QuantityError),
    /// It has another unit than the KPI, or than the other values.
    OtherUnit {
        /// That unit.
        unit: String,
    },
    /// A note of more than [`Prose::MAX`] characters.
    NoteTooLong,
}

/// Which cells something speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// One cell.
    Cell,
    /// What is left of a row.
    Row,
    /// What is left of a column.
    Column,
    /// A row and all that come after it.
    Rest,
}

/// Something that does not come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The row of the text, from 1.
    pub row: usize,
    /// Its column, from 1.
    pub column: usize,
    /// Which cells it speaks of.
    pub extent: Extent,
    /// How many of them are not blank and were not taken for anything else.
    pub cells: usize,
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
    /// The unit that most of its values name; empty where none does.
    pub unit: Unit,
}

/// What becomes of a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is new.
    New,
    /// The same is there already.
    Same,
    /// The table has another row of this period, and that one comes in.
    Doubled,
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
    /// All that its date says, however long.
    pub told: (Span, Frequency),
    /// The day that the reading gets.
    pub day: Day,
    /// Its value.
    pub value: Number,
    /// Its note.
    pub note: Prose,
    /// How many rows of the table are of its period, or meet it.
    pub of_period: usize,
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
    /// In which order dates are read; none where no date depends on it.
    pub order: Option<DateOrder>,
    /// What `Nov-26` is read as; none where there is nothing of that kind.
    pub month_number: Option<MonthNumber>,
    /// Which years and quarters are meant; none where no date depends on it.
    pub years: Option<Years>,
    /// The decimal sign; none where no number depends on it.
    pub decimal: Option<Decimal>,
    /// What a letter behind a number is; none where no number depends on it.
    pub letter: Option<Letter>,
    /// What a dash is; none where there is none that may be either.
    pub dash: Option<Dash>,
    /// What a reader should know of how it was read.
    pub remarks: Vec<Remark>,
    /// The names in it, in the order in which they come.
    pub names: Vec<Named>,
    /// Its readings, in the order of the table.
    pub rows: Vec<Row>,
    /// What does not come in, in the same order.
    pub skipped: Vec<Skipped>,
    /// What became of each cell.
    pub account: Account,
}

/// The longest text that is shown.
const SHOWN: usize = 60;

/// A text as it is shown.
fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// What spreadsheets call a column, counted from 0: A to Z, then AA.
#[must_use]
pub fn column_name(column: usize) -> String {
    let letter = |place: usize| "ABCDEFGHIJKLMNOPQRSTUVWXYZ".get(place..=place).unwrap_or_default();
    match column.checked_sub(26) {
        None => letter(column).to_owned(),
        Some(beyond) => format!("{}{}", column_name(beyond / 26), letter(column % 26)),
    }
}

impl Skipped {
    fn new((row, column): (usize, usize), extent: Extent, cells: usize, text: &str, why: Why) -> Self {
        Self { row, column, extent, cells, text: cut(text), why }
    }
}

impl Row {
    /// Whether it will be written.
    #[must_use]
    pub fn comes(&self) -> bool {
        match &self.outcome {
            _ if self.whose == Whose::Out => false,
            Outcome::New => true,
            Outcome::Same | Outcome::Doubled => false,
            Outcome::Clash { clash, .. } => *clash != Clash::Keep,
        }
    }
}

impl Choices {
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
        let own: Vec<_> = choices.months.iter().map(|(name, month)| (calendar::folded(name), *month)).collect();
        let dates = Dates { own: &own };
        let is_kpi = |name: &str| self.kpis.iter().any(|kpi| kpi.name.as_str().eq_ignore_ascii_case(name));
        let table = form::read(sheet, Known { dates, is_kpi: &is_kpi })?;
        months_are_known(&table, dates)?;
        let mut names = self.names(&table, choices, day);
        let mut asks = rows::ask_whose(&names, &table, choices);
        let mut remarks = Vec::new();
        let stamps: Vec<(&str, Date)> =
            table.stamps.iter().filter_map(|stamp| Some((stamp.text.as_str(), stamp.date?))).collect();
        let dating = Dating::of(self, &stamps, choices, day, &mut asks, &mut remarks);
        let numbers = Numbers::of(self, &table, &mut names, choices, &mut asks);
        let mut pasted = Pasted {
            form: table.form,
            asks,
            order: dating.order,
            month_number: dating.month_number,
            years: dating.years,
            decimal: numbers.decimal,
            letter: numbers.letter,
            dash: numbers.dash,
            remarks,
            names,
            rows: Vec::with_capacity(table.raw.len()),
            skipped: Vec::new(),
            account: Account::new(sheet),
        };
        let last = table.raw.last().map_or(0, |raw| table.grid.position(raw.row));
        let reader = RowReader { plan: self, choices, day, dating: &dating, numbers: &numbers, table: &table, last };
        pasted.read(&table, &reader);
        if let Some(row) = sheet.open_quote {
            pasted.skipped.insert(0, Skipped::new((row, 1), Extent::Row, 0, "", Why::OpenQuote));
            pasted.skipped = crate::in_order(pasted.skipped, |a, b| (a.row, a.column).cmp(&(b.row, b.column)));
        }
        pasted.rows = crate::in_order(pasted.rows, |a, b| a.place.cmp(&b.place));
        pasted.remarks.extend(several::decide(self, &mut pasted.rows, choices.several, day));
        let odd = several::odd_values(&pasted);
        pasted.remarks.extend(odd);
        settle::outcomes(self, &mut pasted.rows, |row| choices.clash_of(row));
        Ok(pasted)
    }
}

impl Pasted {
    /// Reads the rows of a table, and accounts for each cell.
    fn read(&mut self, table: &Table<'_>, reader: &RowReader<'_>) {
        let grid = table.grid;
        let columns = &table.columns;
        let mut items = table.items.clone();
        for (nth, raw) in table.raw.iter().enumerate() {
            let name = raw.name.unwrap_or(0);
            let Some(named) = self.names.get_mut(name) else { continue };
            let row = match reader.read(nth, raw, named) {
                Ok(row) => row,
                Err(NoReading { why, of_row }) => {
                    let date =
                        columns.dates.first().map(|(column, _)| *column).filter(|_| of_row && raw.stamp.is_some());
                    let note = columns.note.filter(|_| why == Why::NoteTooLong);
                    let column = date.or(note).unwrap_or(raw.column);
                    let stamp = raw.stamp.filter(|_| of_row).and_then(|stamp| table.stamps.get(stamp));
                    let text = stamp.map_or_else(|| grid.cell(raw.row, column).to_owned(), |stamp| stamp.text.clone());
                    let cover = if of_row && table.heads.dates.is_none() { Cover::Row } else { Cover::Cell };
                    let column = if cover == Cover::Cell && note.is_none() { raw.column } else { column };
                    // What is wrong with a date is wrong with it once, however many values are beside it.
                    let again = |item: &&Item| item.row == raw.row && item.cover == Cover::Row;
                    if cover == Cover::Cell || items.last().as_ref().is_none_or(|last| !again(last)) {
                        items.push(Item { row: raw.row, column, cover, text, why });
                    }
                    continue;
                }
            };
            named.readings += 1;
            let target = columns.target.filter(|_| !raw.target.is_empty());
            if let Some(column) = target {
                if reader.has_target(raw, &row) {
                    self.account.take(grid, (raw.row, column), Use::Target);
                } else {
                    let text = raw.target.to_owned();
                    items.push(Item { row: raw.row, column, cover: Cover::Cell, text, why: Why::Target });
                }
            }
            self.account.take(grid, (raw.row, raw.column), Use::Value);
            for (column, _) in &columns.dates {
                self.account.take(grid, (raw.row, *column), Use::Date);
            }
            let beside = [(columns.kpi, Use::Name), (columns.note, Use::Note)];
            for (column, of) in beside.into_iter().filter_map(|(column, of)| Some((column?, of))) {
                self.account.take(grid, (raw.row, column), of);
            }
            self.rows.push(Row { name, ..row });
        }
        self.take_headings(table);
        self.skipped = self.account.list(grid, items);
    }

    /// Headings over what is read, and headings that come again.
    fn take_headings(&mut self, table: &Table<'_>) {
        let columns = &table.columns;
        let named = matches!(table.form, Form::Down | Form::Across | Form::Values) && !table.names.is_empty();
        let of_values = if named { Use::Name } else { Use::Heading };
        let beside = [columns.kpi, columns.note, columns.target].into_iter().flatten();
        let labels: Vec<usize> = columns.dates.iter().map(|(column, _)| *column).chain(beside).collect();
        let heads = [(table.heads.names, of_values), (table.heads.upper, of_values), (table.heads.dates, Use::Date)];
        for (head, of) in heads.into_iter().filter_map(|(head, of)| Some((head?, of))) {
            labels.iter().for_each(|column| self.account.take(table.grid, (head, *column), Use::Heading));
            columns.values.iter().for_each(|column| self.account.take(table.grid, (head, *column), of));
        }
        for row in &table.repeated {
            (0..table.grid.columns()).for_each(|column| self.account.take(table.grid, (*row, column), Use::Heading));
        }
    }
}

/// A table whose months are called in a language that is not known is refused: with one such name of many, its row is
/// listed, but a year with holes would be worse than none.
fn months_are_known(table: &Table<'_>, dates: Dates<'_>) -> Result<(), Refused> {
    let mut unknown: Vec<String> = Vec::new();
    let (mut rows, mut first) = (0, None);
    for raw in &table.raw {
        let Some(stamp) = raw.stamp.and_then(|stamp| table.stamps.get(stamp)).filter(|stamp| stamp.date.is_none())
        else {
            continue;
        };
        let Some(word) = dates.unknown_month(&stamp.text) else { continue };
        rows += 1;
        first = first.or_else(|| Some((table.grid.place(raw.row, raw.column).0, stamp.text.as_str())));
        if !unknown.contains(&word) && unknown.len() < 3 {
            unknown.push(word);
        }
    }
    match first {
        Some((row, text)) if unknown.len() > 1 || 4 * rows >= table.raw.len() => {
            Err(Refused::UnknownMonth { row, text: cut(text) })
        }
        _ => Ok(()),
    }
}
