//! Which cells of a table are dates, values, names and notes.

use super::{Refused, Skipped, Why, dates, numbers, sheet::Sheet};

/// How a table says what its values are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One column of values, one for each period.
    Values,
    /// One row for each reading: date, value and perhaps a note.
    Series,
    /// One row for each reading, with the KPI's name.
    Long,
    /// Dates down, a column for each KPI.
    Down,
    /// KPIs down, a column for each date.
    Across,
}

/// A reading to be, as it stands in the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raw<'a> {
    /// The number of its row, and the place of its value's column.
    pub row: usize,
    pub column: usize,
    /// Which of the names; none where the table has no names.
    pub name: Option<usize>,
    /// None where values only follow each other.
    pub date: Option<&'a str>,
    pub value: &'a str,
    pub note: &'a str,
    pub target: &'a str,
}

/// What a table has, before any of it is understood.
#[derive(Debug)]
pub(super) struct Table<'a> {
    pub form: Form,
    pub names: Vec<&'a str>,
    pub raw: Vec<Raw<'a>>,
    pub skipped: Vec<Skipped>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Date,
    Value,
    Note,
    Kpi,
    Target,
}

/// What columns are called, in the languages of those who asked for it.
const HEADS: [(Role, &[&str]); 5] = [
    (Role::Date, &["date", "day", "week", "month", "quarter", "year", "period", "dato", "datum", "dag", "uge", "uke"]),
    (Role::Value, &["value", "values", "reading", "actual", "number", "amount", "verdi", "værdi", "wert"]),
    (Role::Note, &["note", "notes", "comment", "comments", "remark", "kommentar", "notat"]),
    (Role::Kpi, &["kpi", "name", "kpi name", "measure", "metric", "indicator", "navn"]),
    (Role::Target, &["target", "goal", "plan", "mål"]),
];

/// How many rows tell what a column holds.
const TELLING: usize = 200;
/// How many lines above the table are taken for its title.
const TITLES: usize = 5;

/// The columns of a table with one reading in each row.
#[derive(Debug, Default)]
struct Columns {
    date: Option<usize>,
    kpi: Option<usize>,
    value: Option<usize>,
    note: Option<usize>,
    target: Option<usize>,
}

impl Columns {
    fn slot(&mut self, role: Role) -> &mut Option<usize> {
        match role {
            Role::Date => &mut self.date,
            Role::Value => &mut self.value,
            Role::Note => &mut self.note,
            Role::Kpi => &mut self.kpi,
            Role::Target => &mut self.target,
        }
    }

    fn has(&self, column: usize) -> bool {
        [self.date, self.kpi, self.value, self.note, self.target].contains(&Some(column))
    }
}

fn role(head: &str) -> Option<Role> {
    let is = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(head));
    HEADS.iter().find(|(_, names)| is(names)).map(|(role, _)| *role)
}

fn is_date(text: &str) -> bool {
    dates::read(text).is_some()
}

/// Reads a table of any form.
pub(super) fn read(sheet: &Sheet) -> Result<Table<'_>, Refused> {
    let mut reading = Reading { sheet, from: 0, table: Table::new() };
    if let Some(row) = sheet.open_quote {
        reading.skip(row, "", Why::OpenQuote);
    }
    let width = (0..sheet.len()).map(|row| reading.filled(row).map_or(0, |last| last + 1)).max().unwrap_or(0);
    if width == 0 {
        return Err(Refused::Nothing);
    }
    if width == 1 {
        return reading.values();
    }
    reading.pass_titles();
    let head: Vec<&str> = sheet.cells(reading.from).collect();
    let mut columns = Columns::default();
    for (place, head) in head.iter().enumerate() {
        if let Some(role) = role(head) {
            columns.slot(role).get_or_insert(place);
        }
    }
    let dates_in_head = head.iter().skip(1).filter(|head| is_date(head)).count();
    let others_in_head = head.iter().skip(1).filter(|head| !head.is_empty() && !is_date(head) && role(head).is_none());
    let names_first = !reading.mostly(0, is_date) && !reading.mostly(0, numbers::is_number);
    if dates_in_head > 0 && dates_in_head >= others_in_head.count() && names_first && columns.value.is_none() {
        return reading.across(&head);
    }
    // A head says what its columns are; its own cells are neither dates nor numbers.
    let is_data = |text: &&str| is_date(text) || numbers::is_number(text);
    let with_head = !head.iter().any(is_data);
    if with_head {
        reading.from += 1;
    } else {
        columns = Columns::default();
    }
    let Some(date) = columns.date.or_else(|| (0..width).find(|column| reading.mostly(*column, is_date))) else {
        return Err(Refused::NoDates);
    };
    columns.date = Some(date);
    let kpi = |column: &usize| {
        let free = *column != date && !columns.has(*column);
        free && *column < date && reading.mostly(*column, |text| !is_date(text) && !numbers::is_number(text))
    };
    if columns.kpi.is_none() {
        columns.kpi = (0..width).find(kpi);
    }
    if columns.value.is_none() {
        let free = (0..width).filter(|column| !columns.has(*column));
        let numbers: Vec<usize> = free.filter(|column| reading.mostly(*column, numbers::is_number)).collect();
        // Named columns are KPIs, and so are several without names, unless each row has its own.
        let named = with_head && columns.kpi.is_none() && !numbers.is_empty();
        if named || (columns.kpi.is_none() && numbers.len() > 1) {
            return reading.down(date, &numbers, columns.note, with_head.then_some(&head));
        }
        let mut numbers = numbers.into_iter();
        columns.value = numbers.next();
        if columns.kpi.is_some() && !with_head {
            columns.target = numbers.next();
        }
    }
    let Some(value) = columns.value else { return Err(Refused::NoValues) };
    if columns.note.is_none() && !with_head {
        columns.note = (value + 1..width).find(|column| !columns.has(*column));
    }
    reading.rows(&columns, value, &head, with_head)
}

impl Table<'_> {
    const fn new() -> Self {
        Self { form: Form::Values, names: Vec::new(), raw: Vec::new(), skipped: Vec::new() }
    }
}

/// A table that is being read.
struct Reading<'a> {
    sheet: &'a Sheet,
    /// The first row that is not read yet.
    from: usize,
    table: Table<'a>,
}

impl<'a> Reading<'a> {
    /// The last cell of a row that is not empty.
    fn filled(&self, row: usize) -> Option<usize> {
        self.sheet.cells(row).rposition(|cell| !cell.is_empty())
    }

    fn skip(&mut self, row: usize, text: &str, why: Why) {
        self.table.skipped.push(Skipped::new(row, text, why));
    }

    fn add(&mut self, raw: Raw<'a>) -> Result<(), Refused> {
        if self.table.raw.len() == super::MAX_READINGS {
            return Err(Refused::TooManyReadings);
        }
        self.table.raw.push(raw);
        Ok(())
    }

    /// Which of the names this is: known before, or a new one.
    fn name(&mut self, name: &'a str) -> Result<usize, Refused> {
        // Rows of one KPI mostly follow each other.
        if let Some(known) = self.table.names.iter().rposition(|known| *known == name) {
            return Ok(known);
        }
        if self.table.names.len() == super::MAX_NAMES {
            return Err(Refused::TooManyNames);
        }
        self.table.names.push(name);
        Ok(self.table.names.len() - 1)
    }

    /// Whether most cells of a column, among those that are not empty, are of a kind. The first row may be a head.
    fn mostly(&self, column: usize, is: impl Fn(&str) -> bool) -> bool {
        let cells = (self.from..self.sheet.len()).take(TELLING).map(|row| self.sheet.cell(row, column));
        let (mut all, mut of_kind, mut first) = (0, 0, true);
        for cell in cells {
            let head = std::mem::take(&mut first) && !is(cell);
            all += usize::from(!cell.is_empty() && !head);
            of_kind += usize::from(!cell.is_empty() && is(cell));
        }
        2 * of_kind > all
    }

    /// Passes over lines of one cell above a table of several.
    fn pass_titles(&mut self) {
        while self.from < TITLES
            && self.from + 1 < self.sheet.len()
            && self.filled(self.from).is_none_or(|last| last == 0)
        {
            let (number, text) = (self.sheet.number(self.from), self.sheet.cell(self.from, 0));
            // An empty row says nothing, and the first cell of a wide table may stand alone.
            if !text.is_empty() {
                self.skip(number, text, Why::Title);
            }
            self.from += 1;
        }
    }

    fn values(mut self) -> Result<Table<'a>, Refused> {
        self.table.form = Form::Values;
        let head = self.sheet.cell(0, 0);
        let mut name = None;
        if !numbers::is_number(head) && role(head).is_none() && self.sheet.len() > 1 {
            name = Some(self.name(head)?);
        }
        let from = usize::from(!numbers::is_number(head));
        for row in from..self.sheet.len() {
            let (number, value) = (self.sheet.number(row), self.sheet.cell(row, 0));
            self.add(Raw { row: number, column: 0, name, date: None, value, note: "", target: "" })?;
        }
        Ok(self.table)
    }

    fn across(mut self, head: &[&'a str]) -> Result<Table<'a>, Refused> {
        self.table.form = Form::Across;
        let dates: Vec<(usize, &str)> =
            head.iter().copied().enumerate().skip(1).filter(|(_, it)| is_date(it)).collect();
        self.ignore(head, |column| column == 0 || dates.iter().any(|(place, _)| *place == column));
        for row in self.from + 1..self.sheet.len() {
            let (number, name) = (self.sheet.number(row), self.sheet.cell(row, 0));
            if name.is_empty() {
                if self.filled(row).is_some() {
                    self.skip(number, "", Why::NoName);
                }
                continue;
            }
            let name = Some(self.name(name)?);
            for (column, date) in &dates {
                let value = self.sheet.cell(row, *column);
                if !value.is_empty() {
                    let date = Some(*date);
                    self.add(Raw { row: number, column: *column, name, date, value, note: "", target: "" })?;
                }
            }
        }
        Ok(self.table)
    }

    fn down(
        mut self,
        date: usize,
        values: &[usize],
        note: Option<usize>,
        head: Option<&Vec<&'a str>>,
    ) -> Result<Table<'a>, Refused> {
        self.table.form = Form::Down;
        // A note beside several values speaks of none of them.
        let note = note.filter(|_| values.len() == 1);
        if let Some(head) = head {
            self.ignore(head, |column| column == date || values.contains(&column) || note == Some(column));
        }
        let mut named = Vec::new();
        for column in values {
            let name = head.and_then(|head| head.get(*column)).copied().filter(|name| !name.is_empty());
            match name.or_else(|| letter(*column)) {
                Some(name) => named.push((*column, self.name(name)?)),
                // Without a name of its own it would be taken for another one.
                None => self.skip(self.sheet.number(0), self.sheet.cell(self.from, *column), Why::Column),
            }
        }
        for row in self.from..self.sheet.len() {
            let (number, when) = (self.sheet.number(row), self.sheet.cell(row, date));
            for (column, name) in &named {
                let value = self.sheet.cell(row, *column);
                if !value.is_empty() {
                    let note = note.map_or("", |note| self.sheet.cell(row, note));
                    let (name, date) = (Some(*name), Some(when));
                    self.add(Raw { row: number, column: *column, name, date, value, note, target: "" })?;
                }
            }
        }
        Ok(self.table)
    }

    fn rows(
        mut self,
        columns: &Columns,
        value: usize,
        head: &[&'a str],
        with_head: bool,
    ) -> Result<Table<'a>, Refused> {
        self.table.form = if columns.kpi.is_some() { Form::Long } else { Form::Series };
        if with_head {
            self.ignore(head, |column| columns.has(column) || column == value);
        }
        for row in self.from..self.sheet.len() {
            let number = self.sheet.number(row);
            if self.filled(row).is_none() {
                continue;
            }
            let cell = |column: Option<usize>| column.map_or("", |column| self.sheet.cell(row, column));
            let (date, note, target) = (Some(cell(columns.date)), cell(columns.note), cell(columns.target));
            let name = match columns.kpi.map(|column| self.sheet.cell(row, column)) {
                Some("") => {
                    self.skip(number, self.sheet.cell(row, value), Why::NoName);
                    continue;
                }
                Some(name) => Some(self.name(name)?),
                None => None,
            };
            let column = value;
            self.add(Raw { row: number, column, name, date, value: self.sheet.cell(row, value), note, target })?;
        }
        Ok(self.table)
    }

    /// Says which named columns are not read.
    fn ignore(&mut self, head: &[&'a str], read: impl Fn(usize) -> bool) {
        let number = self.sheet.number(self.from.saturating_sub(usize::from(self.table.form != Form::Across)));
        for (column, text) in head.iter().enumerate() {
            if !read(column) && !text.is_empty() {
                self.skip(number, text, Why::Column);
            }
        }
    }
}

/// The letter by which spreadsheets call a column without a name, where it has a single one.
fn letter(column: usize) -> Option<&'static str> {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ".get(column..=column)
}
