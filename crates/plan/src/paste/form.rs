//! Which cells of a table are dates, values, names and notes: its direction, its headings, then its columns.

use super::{
    Refused, Why,
    dates::{Date, Dates, Part, Told, When},
    grid::{Cover, Grid, Item},
    headings::{self, Piece, Role},
    numbers::{self, Cell},
    sheet::Sheet,
    table::{Builder, Heads, Table},
};

/// How a table says what its values are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One column or row of values, one for each period.
    Values,
    /// One row for each reading: date, value and perhaps a note. Turned, one column.
    Series,
    /// The same with the KPI's name.
    Long,
    /// Dates down, a column for each KPI.
    Down,
    /// KPIs down, a column for each date.
    Across,
    /// Years down and months across, or the like.
    Crossed,
}

/// How many rows tell what a column holds.
const TELLING: usize = 200;
/// How many cells are looked at for all columns together: a table may be as wide as others are long.
const LOOKED_AT: usize = 400_000;
/// How many of the first rows and columns may hold dates.
const EDGE: usize = 12;

/// What is known when a table is read: which names are those of KPIs, and how months are called.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub dates: Dates<'a>,
    pub is_kpi: &'a dyn Fn(&str) -> bool,
}

/// The columns of a table, once its dates go down.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// One with dates, or those with their parts.
    pub dates: Vec<(usize, Piece)>,
    pub kpi: Option<usize>,
    pub values: Vec<usize>,
    pub note: Option<usize>,
    pub target: Option<usize>,
}

/// A line of dates.
#[derive(Debug, Clone, Copy)]
struct Line {
    at: usize,
    /// Where in it the dates begin.
    first: usize,
    /// How many they are.
    dates: usize,
    /// All of them are numbers and nothing else, such as years.
    bare: bool,
    /// None of them has a year.
    yearless: bool,
}

/// Reads a table of any form.
pub(super) fn read<'a>(sheet: &'a Sheet, known: Known<'_>) -> Result<Table<'a>, Refused> {
    let layout = Layout::of(sheet, known)?;
    match layout {
        Found::Values(grid, column) => Builder::new(grid, known).values(column),
        Found::Dated(mut layout) => {
            layout.find_head();
            layout.find_telling();
            layout.columns.dates = layout.dates();
            layout.read()
        }
    }
}

enum Found<'a, 'k> {
    Values(Grid<'a>, usize),
    Dated(Box<Layout<'a, 'k>>),
}

struct Layout<'a, 'k> {
    grid: Grid<'a>,
    known: Known<'k>,
    /// Rows and columns with a cell that is not blank.
    rows: Vec<usize>,
    used: Vec<usize>,
    /// The column with dates.
    date: usize,
    /// A row above with dates, too: years over months, or months beside years.
    crossed: Option<usize>,
    /// Where in `rows` what comes below the headings begins.
    body: usize,
    telling: Vec<usize>,
    /// The row with the names of the columns.
    head: Option<usize>,
    /// The row above it with what several of them belong to, where the names come more than once.
    upper: Option<usize>,
    columns: Columns,
    items: Vec<Item>,
}

impl<'a, 'k> Layout<'a, 'k> {
    fn of(sheet: &'a Sheet, known: Known<'k>) -> Result<Found<'a, 'k>, Refused> {
        let grid = Grid::new(sheet, false);
        let mut used = vec![false; grid.columns()];
        let mut rows = Vec::new();
        for row in 0..grid.rows() {
            let mut filled = false;
            for (column, _) in sheet.cells(row).enumerate().filter(|(_, cell)| !cell.is_empty()) {
                filled = true;
                if let Some(used) = used.get_mut(column) {
                    *used = true;
                }
            }
            if filled {
                rows.push(row);
            }
        }
        let used: Vec<usize> = used.iter().enumerate().filter(|(_, used)| **used).map(|(column, _)| column).collect();
        match (rows.as_slice(), used.as_slice()) {
            ([], _) | (_, []) => return Err(Refused::Nothing),
            (_, [column]) => return Ok(Found::Values(grid, *column)),
            // A single row of numbers, none of which is a date.
            ([row], cells)
                if cells
                    .iter()
                    .map(|column| grid.cell(*row, *column))
                    .all(|cell| numbers::is_number(cell) && known.dates.read(cell).is_none()) =>
            {
                return Ok(Found::Values(Grid::new(sheet, true), *row));
            }
            _ => {}
        }
        let down = lines(grid, known, &used, &rows);
        let turned = Grid::new(sheet, true);
        let across = lines(turned, known, &rows, &used);
        let first_column = used.first().copied().unwrap_or(0);
        let headed = |line: &&Line| {
            let above = rows.iter().take_while(|row| **row < line.first).last();
            above.is_some_and(|row| matches!(headings::role(grid.cell(*row, line.at)), Some(Role::Date(_))))
        };
        // A number alone may as well be a value: it is a date where it comes first or is called so.
        // A column of fewer dates than a row has is part of that row.
        let widest = across.iter().filter(|line| !line.bare).map(|line| line.dates).max().unwrap_or(0);
        let strong = down.iter().find(|line| !line.bare && (line.dates >= widest || headed(line)));
        let strong = strong.or_else(|| down.iter().find(headed));
        let weak = down.iter().find(|line| line.at == first_column);
        // A row of dates is a heading: above all rows that have dates of their own.
        let above = |column: Option<&Line>| {
            let first = column.map_or(usize::MAX, |line| line.first);
            across.iter().filter(|line| line.at < first).min_by_key(|line| (line.bare, line.at)).copied()
        };
        let column = strong.or(weak);
        let row = above(column);
        let crosses = |column: &Line, row: &Line| (column.bare && row.yearless) || (column.yearless && row.bare);
        let (grid, rows, used, date, crossed) = match (column, row) {
            (Some(column), Some(row)) if crosses(column, &row) => (grid, rows, used, column.at, Some(row.at)),
            (Some(column), None) => (grid, rows, used, column.at, None),
            (Some(column), Some(_)) if strong.is_some() => (grid, rows, used, column.at, None),
            (_, Some(row)) => (turned, used, rows, row.at, None),
            (None, None) => match down.first() {
                Some(column) => (grid, rows, used, column.at, None),
                None => return Err(no_dates(grid, known, &rows, &used)),
            },
        };
        let columns = Columns::default();
        let items = Vec::new();
        Ok(Found::Dated(Box::new(Self {
            grid,
            known,
            rows,
            used,
            date,
            crossed,
            body: 0,
            telling: Vec::new(),
            head: None,
            upper: None,
            columns,
            items,
        })))
    }

    fn date(&self, row: usize, column: usize) -> Option<Date> {
        self.known.dates.read(self.grid.cell(row, column))
    }

    fn cell(&self, row: usize, column: usize) -> &'a str {
        self.grid.cell(row, column)
    }

    /// Rows above the first with a date are headings and titles, unless they have numbers below a heading.
    fn find_head(&mut self) {
        let mut above: Vec<usize> = Vec::new();
        for (nth, row) in self.rows.iter().copied().enumerate() {
            self.body = nth;
            let label = self.cell(row, self.date);
            let filled: Vec<usize> =
                self.used.iter().copied().filter(|column| !self.cell(row, *column).is_empty()).collect();
            let is_label = headings::role(label).is_some() || headings::is_total(label);
            let below_head = above.iter().any(|row| self.count(*row) > 1);
            let numbers =
                || filled.iter().any(|column| *column != self.date && numbers::is_number(self.cell(row, *column)));
            if self.date(row, self.date).is_some_and(|date| !(date.bare && Some(row) == self.crossed))
                || (!is_label && below_head && numbers())
            {
                break;
            }
            above.push(row);
        }
        let heads: Vec<usize> =
            above.iter().copied().filter(|row| !self.is_title(*row) && Some(*row) != self.crossed).collect();
        self.head = self.names_among(&heads);
        if let Some(head) = self.head.filter(|head| !self.is_distinct(*head)) {
            self.upper = heads.into_iter().rfind(|row| *row < head && !self.is_beside(*row));
        }
        let read = [self.head, self.upper, self.crossed];
        for row in above.into_iter().filter(|row| !read.contains(&Some(*row))) {
            let column = self.used.iter().copied().find(|column| !self.cell(row, *column).is_empty()).unwrap_or(0);
            let why = match () {
                () if self.grid.turned => Why::Column,
                () if self.is_title(row) => Why::Title,
                () => Why::Heading,
            };
            self.items.push(Item { row, column, cover: Cover::Row, text: self.cell(row, column).to_owned(), why });
        }
    }

    /// The row with the names of the columns among those above the first date: the one whose dates are called so, else
    /// the lowest that tells its columns apart.
    fn names_among(&self, heads: &[usize]) -> Option<usize> {
        let label = |row: usize| headings::role(self.cell(row, self.date));
        let labelled = heads.iter().find(|row| matches!(label(**row), Some(Role::Date(_) | Role::Kpi)));
        let names = || heads.iter().rev().filter(|row| !self.is_beside(**row));
        let filled = || names().find(|row| !self.cell(**row, self.date).is_empty() && self.is_distinct(**row));
        let distinct = || names().find(|row| self.is_distinct(**row));
        labelled.or_else(filled).or_else(distinct).or_else(|| names().next()).copied()
    }

    /// A cell alone above a table is its title; over one of its values it is a heading.
    fn is_title(&self, row: usize) -> bool {
        self.count(row) == 1 && self.used.first().is_some_and(|first| !self.cell(row, *first).is_empty())
    }

    /// Whether a row above the first date says something of the names, and is called so.
    fn is_beside(&self, row: usize) -> bool {
        matches!(headings::role(self.cell(row, self.date)), Some(Role::Unit | Role::Target | Role::Note))
    }

    fn count(&self, row: usize) -> usize {
        self.used.iter().filter(|column| !self.cell(row, **column).is_empty()).count()
    }

    /// Whether no name comes twice in a row.
    fn is_distinct(&self, row: usize) -> bool {
        let names = self.used.iter().map(|column| self.cell(row, *column)).filter(|name| !name.is_empty());
        let mut names: Vec<&str> = names.take(2 * super::MAX_NAMES).collect();
        names.sort_unstable();
        names.windows(2).all(|two| matches!(two, [a, b] if a != b))
    }

    fn heading(&self, column: usize) -> &'a str {
        self.head.map_or("", |row| self.cell(row, column))
    }

    fn role(&self, column: usize) -> Option<Role> {
        let role = headings::role(self.heading(column))?;
        // Below a heading over several columns, "Actual" and "Plan" are parts of names.
        (self.upper.is_none() || !matches!(role, Role::Value | Role::Target)).then_some(role)
    }

    /// The rows that tell what a column holds: no totals, no headings once more, and nothing that stands alone.
    fn find_telling(&mut self) {
        let most = TELLING.min(1 + LOOKED_AT / self.used.len().max(1));
        let tells = |row: &usize| {
            let mut filled = self.used.iter().map(|column| self.cell(*row, *column)).filter(|cell| !cell.is_empty());
            let first = filled.next().unwrap_or_default();
            let again = self.head.map_or("", |head| self.cell(head, self.date));
            let is_head = !again.is_empty() && self.cell(*row, self.date) == again;
            filled.next().is_some() && !headings::is_total_of_dates(first) && !is_head
        };
        self.telling = self.rows.iter().copied().skip(self.body).filter(tells).take(most).collect();
    }

    /// Whether most cells of a column, among those that are not blank, are of a kind.
    fn mostly(&self, column: usize, is: impl Fn(&str) -> bool) -> bool {
        let (mut all, mut of_kind) = (0, 0);
        let cells = self.telling.iter().map(|row| self.cell(*row, column));
        for cell in cells.filter(|cell| !cell.is_empty()) {
            all += 1;
            of_kind += usize::from(is(cell));
        }
        2 * of_kind > all
    }

    /// The column with dates, or those with their parts: year, month and day; year and week; year and quarter.
    fn dates(&self) -> Vec<(usize, Piece)> {
        let whole = vec![(self.date, Piece::Whole)];
        let piece = |column: usize| match self.role(column) {
            Some(Role::Date(piece)) => Some(piece),
            _ => None,
        };
        let is_year = |text: &str| {
            let date = self.known.dates.read(text);
            date.is_some_and(|date| date.bare && matches!(date.told, Told::When(When::Year(_))))
        };
        let yearless =
            |text: &str| self.known.dates.read(text).is_some_and(|date| matches!(date.told, Told::Yearless(_)));
        let others = || self.used.iter().copied().filter(|column| *column != self.date);
        let mut dates = match () {
            () if self.crossed.is_some() => return whole,
            () if self.mostly(self.date, is_year) => {
                let headed = |column: usize| {
                    let piece =
                        piece(column).filter(|piece| matches!(piece, Piece::Month | Piece::Week | Piece::Quarter))?;
                    let is_part = |text: &str| piece.number(text).is_some() || yearless(text);
                    self.mostly(column, is_part).then_some((column, piece))
                };
                let named =
                    || others().find(|column| self.mostly(*column, yearless)).map(|column| (column, Piece::Whole));
                let Some(part) = others().find_map(headed).or_else(named) else { return whole };
                vec![(self.date, Piece::Year), part]
            }
            () if self.mostly(self.date, yearless) => {
                let is_headed = |column: usize| piece(column) == Some(Piece::Year) || self.heading(column).is_empty();
                let values =
                    |year: usize| others().any(|column| column != year && self.mostly(column, numbers::is_number));
                let year = others().find(|column| self.mostly(*column, is_year) && is_headed(*column));
                let Some(year) = year.filter(|year| values(*year)) else { return whole };
                vec![(year, Piece::Year), (self.date, Piece::Whole)]
            }
            () => return whole,
        };
        let is_day = |text: &str| Piece::Day.number(text).is_some();
        let day = others().find(|column| piece(*column) == Some(Piece::Day) && self.mostly(*column, is_day));
        dates.extend(day.map(|day| (day, Piece::Day)));
        dates
    }

    /// Says of each further column what it holds, and reads the rows.
    fn read(mut self) -> Result<Table<'a>, Refused> {
        let is_date_column = |column: usize, columns: &Columns| columns.dates.iter().any(|(date, _)| *date == column);
        let others: Vec<usize> =
            self.used.iter().copied().filter(|column| !is_date_column(*column, &self.columns)).collect();
        let mut named_values = Vec::new();
        for column in others.iter().copied() {
            let is_number = self
                .mostly(column, |text| Cell::of(text).is_some_and(|cell| cell.is_number() || cell.is_dash()))
                && self.has_few_units(column);
            let dated = self.crossed.is_some_and(|row| self.known.dates.read(self.cell(row, column)).is_some());
            match self.role(column) {
                _ if dated && is_number => self.columns.values.push(column),
                _ if self.crossed.is_some() => {}
                Some(Role::Value) if named_values.is_empty() => named_values.push(column),
                Some(Role::Kpi) if !is_number => _ = self.columns.kpi.get_or_insert(column),
                Some(Role::Note) if !is_number => _ = self.columns.note.get_or_insert(column),
                Some(Role::Target) => _ = self.columns.target.get_or_insert(column),
                Some(Role::Date(_) | Role::Unit) => {}
                _ if is_number => self.columns.values.push(column),
                _ => {}
            }
        }
        let headed = self.head.is_some();
        if self.columns.kpi.is_none() && self.crossed.is_none() {
            self.columns.kpi = self.names_without_heading(&others, !headed || !named_values.is_empty());
        }
        self.without_totals();
        let form = match () {
            () if self.crossed.is_some() => Form::Crossed,
            () if self.columns.kpi.is_some() => {
                let values = std::mem::take(&mut self.columns.values);
                let mut values = named_values.into_iter().chain(values);
                self.columns.values = values.next().into_iter().collect();
                if !headed && self.columns.target.is_none() {
                    self.columns.target = values.next();
                }
                Form::Long
            }
            () if !named_values.is_empty() => {
                self.columns.values = named_values;
                Form::Series
            }
            () if headed || self.columns.values.len() > 1 => {
                if self.grid.turned {
                    Form::Across
                } else {
                    Form::Down
                }
            }
            () => Form::Series,
        };
        let Some(last) = self.columns.values.last().copied() else { return Err(self.no_values(&others)) };
        let one_name = matches!(form, Form::Series | Form::Long | Form::Crossed) || self.columns.values.len() == 1;
        if !headed && one_name && self.columns.note.is_none() {
            let free =
                |column: &usize| *column > last && self.columns.target != Some(*column) && self.is_of_words(*column);
            self.columns.note = others.iter().copied().find(free);
        }
        // A note beside several values speaks of none of them.
        if let Some(note) = self.columns.note.filter(|_| !one_name || form == Form::Crossed) {
            self.columns.note = None;
            self.leave_out(note, Why::NoteOfSeveral);
        }
        for column in others {
            let columns = &self.columns;
            let is_read =
                columns.values.contains(&column) || [columns.kpi, columns.note, columns.target].contains(&Some(column));
            let is_listed = self.items.iter().any(|item| item.cover == Cover::Column && item.column == column);
            if !is_read && !is_listed {
                let alone = || self.rows.iter().filter(|row| !self.cell(**row, column).is_empty()).nth(1).is_none();
                let why = match self.role(column) {
                    _ if self.grid.turned && alone() => {
                        if column < self.date {
                            Why::Title
                        } else {
                            Why::Apart
                        }
                    }
                    Some(Role::Date(_)) => Why::OtherDate,
                    _ if self.mostly(column, numbers::is_number) => Why::OtherValue,
                    _ => Why::Column,
                };
                self.leave_out(column, why);
            }
        }
        let heads = Heads { names: self.head, upper: self.upper, dates: self.crossed };
        let mut builder = Builder::new(self.grid, self.known);
        builder.items = self.items;
        builder.dated(form, self.columns, heads, self.rows.get(self.body..).unwrap_or_default())
    }

    /// The column with names of KPIs that is not called so: it has names that are known, or stands before the date, where
    /// the values have no name of their own.
    fn names_without_heading(&self, others: &[usize], may_be_before: bool) -> Option<usize> {
        let names_kpis = |column: usize| self.mostly(column, |text| (self.known.is_kpi)(text));
        let words = || others.iter().copied().filter(|column| self.is_of_words(*column));
        words()
            .find(|column| names_kpis(*column))
            .or_else(|| words().find(|column| may_be_before && *column < self.date))
    }

    fn is_of_words(&self, column: usize) -> bool {
        let is_word = |text: &str| self.known.dates.read(text).is_none() && !numbers::is_number(text);
        self.role(column).is_none() && self.mostly(column, is_word)
    }

    /// Columns of totals beside what they are made of.
    fn without_totals(&mut self) {
        let heading = |column: usize| self.cell(self.crossed.or(self.head).unwrap_or(0), column);
        if self.head.or(self.crossed).is_none() {
            return;
        }
        let is_total =
            |column: &usize| headings::is_total_of_dates(heading(*column)) && !(self.known.is_kpi)(heading(*column));
        let totals: Vec<usize> = self.used.iter().copied().filter(|column| is_total(column)).collect();
        let others = self.columns.values.iter().filter(|column| !totals.contains(column)).count();
        if others > 0 {
            self.columns.values.retain(|column| !totals.contains(column));
            for column in totals {
                self.leave_out(column, Why::Total);
            }
        }
    }

    fn leave_out(&mut self, column: usize, why: Why) {
        let first = self.head.or(self.crossed).filter(|row| !self.cell(*row, column).is_empty());
        let row =
            first.or_else(|| self.rows.iter().copied().find(|row| !self.cell(*row, column).is_empty())).unwrap_or(0);
        self.items.push(Item { row, column, cover: Cover::Column, text: self.cell(row, column).to_owned(), why });
    }

    /// Values of one column are of one or two units; words behind all kinds of numbers are notes.
    fn has_few_units(&self, column: usize) -> bool {
        let mut units: Vec<String> = Vec::new();
        for cell in self.telling.iter().filter_map(|row| Cell::of(self.cell(*row, column))) {
            let unit = numbers::canonical(&cell.around);
            if !unit.is_empty() && !units.contains(&unit) {
                units.push(unit);
            }
        }
        units.len() <= 3
    }

    /// Why there are no values: a head alone, or words in their place.
    fn no_values(&self, others: &[usize]) -> Refused {
        let word = self.telling.iter().find_map(|row| {
            let row = *row;
            let column = others.iter().copied().find(|column| !self.cell(row, *column).is_empty())?;
            Some((row, column))
        });
        match word {
            Some((row, column)) => {
                let (row_number, column_number) = self.grid.place(row, column);
                Refused::NoValues { row: row_number, column: column_number, text: super::cut(self.cell(row, column)) }
            }
            None => Refused::NoRows,
        }
    }
}

impl Piece {
    /// The part of a date that a plain number is in such a column.
    pub(super) fn number(self, text: &str) -> Option<Part> {
        let digits = text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        let number: u8 = text.parse().ok().filter(|_| digits)?;
        match self {
            Self::Month if (1..=12).contains(&number) => Some(Part::Month(number)),
            Self::Week if (1..=53).contains(&number) => Some(Part::Week(number)),
            Self::Quarter if (1..=4).contains(&number) => Some(Part::Quarter(number)),
            Self::Day if (1..=31).contains(&number) => Some(Part::Day([Some((1, number)); 2])),
            _ => None,
        }
    }
}

/// The lines among the first ones that have more dates than numbers and as many as words, from the first date on.
fn lines(grid: Grid<'_>, known: Known<'_>, columns: &[usize], rows: &[usize]) -> Vec<Line> {
    let line = |column: &usize| {
        let (mut numbers, mut words, mut dates, mut bare, mut yearless) = (0, 0, 0, 0, 0);
        let mut first = None;
        for row in rows.iter().copied().take(TELLING) {
            let cell = grid.cell(row, *column);
            let is_heading = || matches!(headings::role(cell), Some(Role::Date(_)));
            if cell.is_empty() || headings::is_total_of_dates(cell) || is_heading() {
                continue;
            }
            match known.dates.read(cell) {
                Some(date) => {
                    first = first.or(Some(row));
                    dates += 1;
                    bare += usize::from(date.bare);
                    yearless += usize::from(matches!(date.told, Told::Yearless(_)));
                }
                None if first.is_none() => {}
                None if numbers::is_number(cell) => numbers += 1,
                None => words += 1,
            }
        }
        let first = first?;
        (dates > numbers && dates >= words).then_some(Line {
            at: *column,
            first,
            dates,
            bare: bare == dates,
            yearless: yearless == dates,
        })
    };
    columns.iter().take(EDGE).filter_map(line).collect()
}

/// Why there are no dates: a language whose months are not known, or none at all.
fn no_dates(grid: Grid<'_>, known: Known<'_>, rows: &[usize], used: &[usize]) -> Refused {
    for row in rows.iter().copied().take(TELLING) {
        for column in used.iter().copied().take(EDGE) {
            if known.dates.unknown_month(grid.cell(row, column)).is_some() {
                let (row_number, _) = grid.place(row, column);
                return Refused::UnknownMonth { row: row_number, text: super::cut(grid.cell(row, column)) };
            }
        }
    }
    let headed =
        rows.first().is_some_and(|row| used.iter().any(|column| headings::role(grid.cell(*row, *column)).is_some()));
    if headed && rows.len() == 1 { Refused::NoRows } else { Refused::NoDates }
}
