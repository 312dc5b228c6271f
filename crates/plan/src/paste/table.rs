//! The readings of a table as they stand in it, once it is known what its columns are.

use super::{
    Form, Refused, Why,
    dates::{Date, Part, Told, When},
    form::{Columns, Known},
    grid::{Cover, Grid, Item},
    headings::{self, Piece, Role},
    numbers,
};

/// A reading to be, as it stands in the table: its row and column in the grid.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raw<'a> {
    pub row: usize,
    pub column: usize,
    /// Which of the names; none where the table has no names.
    pub name: Option<usize>,
    /// Which of the stamps; none where values only follow each other.
    pub stamp: Option<usize>,
    pub value: &'a str,
    pub note: &'a str,
    pub target: &'a str,
}

/// A date as it stands in the table, from one cell or from several.
#[derive(Debug, Clone)]
pub(super) struct Stamp {
    pub text: String,
    pub date: Option<Date>,
}

/// The rows with headings.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Heads {
    pub names: Option<usize>,
    /// What several columns belong to.
    pub upper: Option<usize>,
    /// Dates, or their parts.
    pub dates: Option<usize>,
}

/// What a table has, before any of it is understood.
#[derive(Debug)]
pub(super) struct Table<'a> {
    pub grid: Grid<'a>,
    pub form: Form,
    pub names: Vec<String>,
    /// Names that stand for several columns with one heading: the heading, and which.
    pub same: Vec<(String, Vec<usize>)>,
    pub stamps: Vec<Stamp>,
    pub raw: Vec<Raw<'a>>,
    pub columns: Columns,
    pub heads: Heads,
    /// Rows that are headings once more.
    pub repeated: Vec<usize>,
    pub items: Vec<Item>,
}

pub(super) struct Builder<'a, 'k> {
    known: Known<'k>,
    pub items: Vec<Item>,
    table: Table<'a>,
}

impl<'a, 'k> Builder<'a, 'k> {
    pub(super) fn new(grid: Grid<'a>, known: Known<'k>) -> Self {
        let table = Table {
            grid,
            form: Form::Values,
            names: Vec::new(),
            same: Vec::new(),
            stamps: Vec::new(),
            raw: Vec::new(),
            columns: Columns::default(),
            heads: Heads::default(),
            repeated: Vec::new(),
            items: Vec::new(),
        };
        Self { known, items: Vec::new(), table }
    }

    fn cell(&self, row: usize, column: usize) -> &'a str {
        self.table.grid.cell(row, column)
    }

    fn skip(&mut self, (row, column): (usize, usize), cover: Cover, why: Why) {
        let text = self.cell(row, column).to_owned();
        self.items.push(Item { row, column, cover, text, why });
    }

    fn add(&mut self, raw: Raw<'a>) -> Result<(), Refused> {
        if self.table.raw.len() == super::MAX_READINGS {
            return Err(Refused::TooManyReadings);
        }
        self.table.raw.push(raw);
        Ok(())
    }

    /// Which of the names this is: known before, or a new one.
    fn name(&mut self, name: &str) -> Result<usize, Refused> {
        // Rows of one KPI mostly follow each other.
        if let Some(known) = self.table.names.iter().rposition(|known| known == name) {
            return Ok(known);
        }
        if self.table.names.len() == super::MAX_NAMES {
            return Err(Refused::TooManyNames);
        }
        self.table.names.push(name.to_owned());
        Ok(self.table.names.len() - 1)
    }

    /// One column of values, one for each period.
    pub(super) fn values(mut self, column: usize) -> Result<Table<'a>, Refused> {
        let grid = self.table.grid;
        let rows: Vec<usize> = (0..grid.rows()).filter(|row| !grid.cell(*row, column).is_empty()).collect();
        let head = rows.first().copied().filter(|row| !numbers::is_number(self.cell(*row, column)));
        let mut name = None;
        if let Some(row) = head {
            self.table.heads.names = Some(row);
            let head = self.cell(row, column);
            match (rows.len(), headings::role(head)) {
                (1, Some(_)) => return Err(Refused::NoRows),
                (1, None) | (_, Some(_)) => {}
                _ => name = Some(self.name(head)?),
            }
        }
        let from = usize::from(head.is_some() && rows.len() > 1);
        self.table.columns.values = vec![column];
        for row in rows.into_iter().skip(from) {
            let value = self.cell(row, column);
            self.add(Raw { row, column, name, stamp: None, value, note: "", target: "" })?;
        }
        self.finish()
    }

    /// Rows with dates.
    pub(super) fn dated(
        mut self,
        form: Form,
        columns: Columns,
        heads: Heads,
        rows: &[usize],
    ) -> Result<Table<'a>, Refused> {
        self.table.form = form;
        self.table.heads = heads;
        self.table.columns = columns;
        let names = self.names_of_columns()?;
        let mut year = "";
        let mut alone: Option<usize> = None;
        for row in rows.iter().copied() {
            let filled: Vec<usize> = self.filled(row);
            if self.is_head_again(row) {
                // With a title of its own it begins another table.
                if let Some(title) = alone {
                    self.items.retain(|item| item.row != title);
                    self.skip((title, self.first(title)), Cover::Rest, Why::SecondTable);
                    break;
                }
                self.table.repeated.push(row);
                continue;
            }
            if self.is_other_head(row) {
                let from = alone.unwrap_or(row);
                self.items.retain(|item| item.row != from);
                self.skip((from, self.first(from)), Cover::Rest, Why::SecondTable);
                break;
            }
            alone = None;
            let stamp = self.stamp(row, &mut year);
            let has_values = self.table.columns.values.iter().any(|column| !self.cell(row, *column).is_empty());
            if let Some(why) = self.apart(row, &filled, &stamp) {
                alone = (why == Why::Apart && filled.len() == 1).then_some(row);
                let at = filled.first().copied().unwrap_or(0);
                self.skip((row, at), Cover::Row, why);
                continue;
            }
            if !has_values {
                let date = self.table.columns.dates.first().map_or(0, |(column, _)| *column);
                self.skip((row, date), Cover::Row, Why::NoValue);
                continue;
            }
            self.row(row, stamp, &names)?;
        }
        self.finish()
    }

    fn filled(&self, row: usize) -> Vec<usize> {
        let grid = self.table.grid;
        (0..grid.columns()).filter(|column| !grid.cell(row, *column).is_empty()).collect()
    }

    fn first(&self, row: usize) -> usize {
        let grid = self.table.grid;
        (0..grid.columns()).find(|column| !grid.cell(row, *column).is_empty()).unwrap_or(0)
    }

    /// The readings of a row.
    fn row(&mut self, row: usize, stamp: Stamp, names: &[(usize, Option<usize>)]) -> Result<(), Refused> {
        let cell = |it: &Self, column: Option<usize>| column.map_or("", |column| it.cell(row, column));
        let (note, target) = (cell(self, self.table.columns.note), cell(self, self.table.columns.target));
        let own = match self.table.columns.kpi {
            Some(column) if self.cell(row, column).is_empty() => {
                let value = self.table.columns.values.first().copied().unwrap_or(0);
                self.skip((row, value), Cover::Row, Why::NoName);
                return Ok(());
            }
            Some(column) => Some(self.name(self.cell(row, column))?),
            None => None,
        };
        let crossed = self.table.heads.dates.map(|head| (head, stamp.clone()));
        if crossed.is_none() {
            self.table.stamps.push(stamp);
        }
        for (column, name) in names.iter().copied() {
            let value = self.cell(row, column);
            if value.is_empty() {
                continue;
            }
            if let Some((head, stamp)) = &crossed {
                let across = self.table.grid.cell(*head, column);
                let joined = crossed_stamp(self.known, stamp, across);
                self.table.stamps.push(joined);
            }
            let stamp = self.table.stamps.len().checked_sub(1);
            self.add(Raw { row, column, name: own.or(name), stamp, value, note, target })?;
        }
        Ok(())
    }

    /// The date of a row. A year that was merged over several rows stands in the first one.
    fn stamp(&self, row: usize, year: &mut &'a str) -> Stamp {
        let dates = self.known.dates;
        match self.table.columns.dates.as_slice() {
            [(column, _)] => {
                let text = self.cell(row, *column);
                Stamp { text: text.to_owned(), date: dates.read(text) }
            }
            columns => {
                let cell = |piece: &dyn Fn(Piece) -> bool| {
                    columns.iter().find(|(_, it)| piece(*it)).map(|(column, it)| (self.cell(row, *column), *it))
                };
                let own = cell(&|piece| piece == Piece::Year).map_or("", |(text, _)| text);
                if !own.is_empty() {
                    *year = own;
                }
                let (part, piece) =
                    cell(&|piece| !matches!(piece, Piece::Year | Piece::Day)).unwrap_or(("", Piece::Whole));
                let day = cell(&|piece| piece == Piece::Day).map(|(text, _)| text);
                let text = [year, part, day.unwrap_or("")]
                    .into_iter()
                    .filter(|text| !text.is_empty())
                    .collect::<Vec<_>>()
                    .join(" ");
                // A row of its own, such as a total, has no part of a date.
                let text = if part.is_empty() { own.to_owned() } else { text };
                let date = joined(self.known, year, part, piece, day);
                Stamp { text, date }
            }
        }
    }

    /// Why a row has no readings: a total, or something that stands between or below them.
    fn apart(&self, row: usize, filled: &[usize], stamp: &Stamp) -> Option<Why> {
        let columns = &self.table.columns;
        let label = columns.kpi.map_or("", |column| self.cell(row, column));
        let first = filled.first().map_or("", |column| self.cell(row, *column));
        let is_kpi = |name: &str| (self.known.is_kpi)(name);
        if headings::is_total_of_dates(&stamp.text)
            || (headings::is_total(label) && !is_kpi(label))
            || (stamp.date.is_none() && headings::is_total_of_dates(first))
        {
            return Some(Why::Total);
        }
        let numbers = || columns.values.iter().any(|column| numbers::is_number(self.cell(row, *column)));
        if stamp.date.is_some() || numbers() {
            return None;
        }
        let role = headings::role(&stamp.text);
        Some(match role {
            _ if filled.len() == 1 || stamp.text.is_empty() => Why::Apart,
            Some(_) => Why::Column,
            None => Why::NotADate,
        })
    }

    /// Whether the headings come again.
    fn is_head_again(&self, row: usize) -> bool {
        let Some(head) = self.table.heads.names.or(self.table.heads.dates) else { return false };
        let grid = self.table.grid;
        (0..grid.columns()).all(|column| grid.cell(head, column) == grid.cell(row, column))
    }

    /// Whether other headings come: the date is called a date, and there is no number.
    fn is_other_head(&self, row: usize) -> bool {
        let columns = &self.table.columns;
        let date = columns.dates.first().map_or("", |(column, _)| self.cell(row, *column));
        let words =
            |column: &usize| !numbers::is_number(self.cell(row, *column)) && !self.cell(row, *column).is_empty();
        !self.table.grid.turned
            && self.table.heads.names.is_some()
            && matches!(headings::role(date), Some(Role::Date(_)))
            && columns.values.iter().any(words)
            && !columns.values.iter().any(|column| numbers::is_number(self.cell(row, *column)))
    }

    /// The columns with values, each with its name.
    fn names_of_columns(&mut self) -> Result<Vec<(usize, Option<usize>)>, Refused> {
        let values = self.table.columns.values.clone();
        if !matches!(self.table.form, Form::Down | Form::Across) {
            return Ok(values.into_iter().map(|column| (column, None)).collect());
        }
        let turned = self.table.grid.turned;
        let mut headings: Vec<(usize, String)> = Vec::new();
        let mut upper = "";
        let mut named = Vec::new();
        for column in 0..self.table.grid.columns() {
            let above = self.table.heads.upper.map_or("", |row| self.cell(row, column));
            if !above.is_empty() {
                upper = above;
            }
            if !values.contains(&column) {
                continue;
            }
            let own = self.table.heads.names.map_or("", |row| self.cell(row, column));
            let name = if upper.is_empty() || own.is_empty() { own.to_owned() } else { format!("{upper} {own}") };
            match name.as_str() {
                "" if turned => self.skip((self.first_of(column), column), Cover::Column, Why::NoName),
                "" => match letter(column) {
                    Some(letter) => headings.push((column, letter)),
                    // Without a name of its own it would be taken for another one.
                    None => self.skip((self.first_of(column), column), Cover::Column, Why::NoHeading),
                },
                _ => headings.push((column, name)),
            }
        }
        for (column, heading) in &headings {
            let alike: Vec<usize> =
                headings.iter().filter(|(_, other)| other == heading).map(|(column, _)| *column).collect();
            // Rows with one name are several readings of it; columns with one heading are two things.
            if alike.len() == 1 || turned {
                named.push((*column, Some(self.name(heading)?)));
                continue;
            }
            let name = self.name(&format!("{heading} ({})", super::column_name(*column)))?;
            named.push((*column, Some(name)));
            match self.table.same.iter_mut().find(|(known, _)| known == heading) {
                Some((_, names)) => names.push(name),
                None => self.table.same.push((heading.clone(), vec![name])),
            }
        }
        Ok(named)
    }

    fn first_of(&self, column: usize) -> usize {
        let grid = self.table.grid;
        (0..grid.rows()).find(|row| !grid.cell(*row, column).is_empty()).unwrap_or(0)
    }

    fn finish(mut self) -> Result<Table<'a>, Refused> {
        self.table.items = self.items;
        if self.table.raw.is_empty() && self.table.items.iter().all(|item| item.cover == Cover::Column) {
            return Err(Refused::NoRows);
        }
        Ok(self.table)
    }
}

/// A date whose year and whose part of a year stand in two headings.
fn crossed_stamp(known: Known<'_>, stamp: &Stamp, across: &str) -> Stamp {
    let text = format!("{} {across}", stamp.text);
    let is_year = |date: &Date| matches!(date.told, Told::When(When::Year(_)));
    let date = match &stamp.date {
        Some(date) if is_year(date) => joined(known, &stamp.text, across, Piece::Whole, None),
        _ => joined(known, across, &stamp.text, Piece::Whole, None),
    };
    Stamp { text, date }
}

/// A date of a year, a part of it, and perhaps a day of that.
fn joined(known: Known<'_>, year: &str, part: &str, piece: Piece, day: Option<&str>) -> Option<Date> {
    let Told::When(When::Year(year)) = known.dates.read(year)?.told else { return None };
    let number = piece.number(part);
    let date = known.dates.read(part);
    let part = match (number, date.map(|date| date.told)) {
        (Some(part), _) | (None, Some(Told::Yearless(part))) => part,
        // What has its own year needs no other.
        (None, Some(Told::When(when))) if !matches!(when, When::Year(_)) => return date,
        _ => return None,
    };
    let told = match (part, day) {
        (Part::Month(month), Some(day)) => {
            let Some(Part::Day([Some((_, day)), _])) = Piece::Day.number(day) else { return None };
            Told::When(Part::Day([Some((month, day)); 2]).of_year(year, false)?)
        }
        (Part::Day([a, b]), _) if a != b => {
            let of = |way: Option<(u8, u8)>| crate::Day::new(year, way?.0, way?.1).ok();
            Told::Orders([of(a), of(b), None])
        }
        (part, _) => Told::When(part.of_year(year, false)?),
    };
    Some(Date { told, zoned: false, named: date.is_some_and(|date| date.named), bare: false })
}

/// The letter by which spreadsheets call a column without a name, where it has a single one.
fn letter(column: usize) -> Option<String> {
    (column < 26).then(|| super::column_name(column))
}
