//! Reading a table's rows: the names first, then how dates and numbers are written, then one after the other.

use super::{
    Ask, Choices, Dash, Decimal, Letter, Named, Outcome, Row, Whose, Why,
    dating::Dating,
    numbers::{self, Cell, Tells},
    table::{Raw, Table},
};
use crate::{Bounds, Day, Frequency, KpiId, Number, Plan, Prose, Span, Unit, quantity::QuantityError};

impl Plan {
    /// The names of a table, or the one that stands for none, with whose they are.
    pub(super) fn names(&self, table: &Table<'_>, choices: &Choices, day: Day) -> Vec<Named> {
        let read = self.kpis_read(day);
        let alike = |name: &str| read.iter().find(|kpi| kpi.name.as_str().eq_ignore_ascii_case(name)).map(|kpi| kpi.id);
        let is_same = |nth: usize| table.same.iter().any(|(_, names)| names.contains(&nth));
        let of = |nth: usize, text: &str| {
            let said = choices.names.iter().find(|(name, _)| name == text).map(|(_, whose)| *whose);
            let known = if text.is_empty() { None } else { alike(text) };
            // A single name that is none of ours, on the page of one KPI, is another word for that one.
            let takes = |id: &KpiId| read.iter().any(|kpi| kpi.id == *id);
            let meant = choices.kpi.filter(|id| known.is_none() && table.names.len() <= 1 && takes(id));
            let there = self.kpis.iter().any(|kpi| kpi.name.as_str().eq_ignore_ascii_case(text));
            let guess = match known.or(meant) {
                Some(id) => Whose::Kpi(id),
                // One of this name takes no readings: it is calculated, or not kept any more. And of several columns
                // with one heading it is asked.
                None if text.is_empty() || there || is_same(nth) => Whose::Out,
                None => Whose::New,
            };
            let whose = said.filter(|whose| !matches!(whose, Whose::Kpi(id) if self.kpis.get(*id).is_none()));
            let unit = Unit::default();
            Named { text: text.to_owned(), whose: whose.unwrap_or(guess), known: known.is_some(), readings: 0, unit }
        };
        let mut names: Vec<Named> = table.names.iter().enumerate().map(|(nth, name)| of(nth, name)).collect();
        if names.is_empty() {
            names.push(of(0, ""));
        }
        names
    }
}

/// What is asked of whose the values are.
pub(super) fn ask_whose(names: &[Named], table: &Table<'_>, choices: &Choices) -> Vec<Ask> {
    let unknown = names.iter().any(|name| name.text.is_empty() && name.whose == Whose::Out);
    let mut asks: Vec<Ask> = unknown.then_some(Ask::Whose).into_iter().collect();
    for (heading, same) in &table.same {
        let same: Vec<String> = same.iter().filter_map(|nth| table.names.get(*nth)).cloned().collect();
        if same.iter().any(|name| choices.names.iter().all(|(said, _)| said != name)) {
            asks.push(Ask::Same { heading: heading.clone(), names: same });
        }
    }
    asks
}

/// The numbers of a table, and how they are all read.
pub(super) struct Numbers {
    cells: Vec<Option<Cell>>,
    /// None where no number depends on it.
    pub decimal: Option<Decimal>,
    /// The same.
    pub letter: Option<Letter>,
    /// The same.
    pub dash: Option<Dash>,
    usual: Decimal,
    /// The units that the values under each name have to have.
    units: Vec<Units>,
}

/// The unit of the values under one name.
#[derive(Debug, Clone, Default)]
struct Units {
    /// The KPI's; empty where it has none.
    kpi: Unit,
    /// The one that most cells name, for comparing, where the KPI has none.
    most: String,
    /// Some of them are money.
    money: bool,
}

impl Numbers {
    /// Decides for all numbers, and asks what they leave open.
    pub(super) fn of(
        plan: &Plan,
        table: &Table<'_>,
        names: &mut [Named],
        choices: &Choices,
        asks: &mut Vec<Ask>,
    ) -> Self {
        let cells: Vec<Option<Cell>> = table.raw.iter().map(|raw| Cell::of(raw.value)).collect();
        let mut numbers =
            Self { cells, decimal: None, letter: None, dash: None, usual: choices.usual, units: Vec::new() };
        numbers.units = vec![Units::default(); names.len()];
        for (units, named) in numbers.units.iter_mut().zip(names.iter()) {
            if let Whose::Kpi(id) = named.whose {
                units.kpi = plan.kpis.get(id).map(|kpi| Unit::clone(&kpi.unit)).unwrap_or_default();
            }
        }
        numbers.decimal = numbers.find_decimal(table, choices, asks);
        numbers.letter = numbers.find_letter(table, choices, asks);
        numbers.find_units(table, names);
        numbers.dash = numbers.find_dash(table, choices, asks);
        numbers
    }

    fn each<'t, 'a>(&'t self, table: &'t Table<'a>) -> impl Iterator<Item = (&'t Raw<'a>, &'t Cell, &'t Units)> {
        table
            .raw
            .iter()
            .zip(&self.cells)
            .filter_map(|(raw, cell)| Some((raw, cell.as_ref()?, self.units.get(raw.name.unwrap_or(0))?)))
    }

    /// The decimal sign: as said, or as the numbers tell that can be read in one way only.
    fn find_decimal(&self, table: &Table<'_>, choices: &Choices, asks: &mut Vec<Ask>) -> Option<Decimal> {
        let (mut points, mut commas, mut either) = (Vec::new(), Vec::new(), None);
        for (raw, cell, _) in self.each(table) {
            match cell.tells() {
                Tells::This(Decimal::Point) => points.push(raw.value),
                Tells::This(Decimal::Comma) => commas.push(raw.value),
                Tells::Either { point, comma } => either = either.or(Some((raw.value, point, comma))),
                Tells::Nothing => {}
            }
        }
        if let Some(said) = choices.decimal {
            return Some(said);
        }
        match (points.as_slice(), commas.as_slice(), either) {
            ([], [], None) => None,
            (some, others, _) if some.len() > others.len() => Some(Decimal::Point),
            (some, others, _) if some.len() < others.len() => Some(Decimal::Comma),
            (_, _, Some((example, point, comma))) => {
                asks.push(Ask::Decimal { example: example.to_owned(), point, comma });
                Some(choices.usual)
            }
            ([point, ..], [comma, ..], None) => {
                asks.push(Ask::BothDecimals { point: (*point).to_owned(), comma: (*comma).to_owned() });
                Some(choices.usual)
            }
            _ => None,
        }
    }

    fn find_letter(&self, table: &Table<'_>, choices: &Choices, asks: &mut Vec<Ask>) -> Option<Letter> {
        let (raw, cell, units) = self.each(table).find(|(_, cell, units)| cell.letter_is_open(&units.kpi))?;
        if choices.letter.is_none() {
            let value = |letter| cell.value(self.decimal.unwrap_or(self.usual), letter, &units.kpi).ok();
            let (Some(unit), Some(multiple)) = (value(Letter::Unit), value(Letter::Multiple)) else { return None };
            asks.push(Ask::Letter { example: raw.value.to_owned(), unit, multiple });
        }
        Some(choices.letter.unwrap_or(Letter::Unit))
    }

    fn find_units(&mut self, table: &Table<'_>, names: &mut [Named]) {
        let letter = self.letter.unwrap_or(Letter::Multiple);
        let mut counts: Vec<Vec<(String, String, usize)>> = vec![Vec::new(); names.len()];
        let mut money = vec![false; names.len()];
        for (raw, cell, units) in self.each(table) {
            let nth = raw.name.unwrap_or(0);
            if let Some(money) = money.get_mut(nth) {
                *money |= cell.is_money();
            }
            let unit = cell.unit(&units.kpi, letter);
            let Some(counts) = counts.get_mut(nth).filter(|_| !unit.is_empty()) else { continue };
            let key = numbers::canonical(unit);
            match counts.iter_mut().find(|(known, ..)| *known == key) {
                Some((.., count)) => *count += 1,
                None => counts.push((key, unit.to_owned(), 1)),
            }
        }
        for (((units, counts), money), named) in self.units.iter_mut().zip(counts).zip(money).zip(names) {
            units.money = money;
            let most = counts.iter().map(|(.., count)| *count).max().unwrap_or(0);
            if let Some((key, unit, _)) = counts.into_iter().find(|(.., count)| *count == most) {
                units.most = key;
                // A new KPI gets the unit that its numbers have.
                named.unit = Unit::new(numbers::written(&unit)).unwrap_or_default();
            }
        }
    }

    fn find_dash(&self, table: &Table<'_>, choices: &Choices, asks: &mut Vec<Ask>) -> Option<Dash> {
        let (raw, ..) = self.each(table).find(|(_, cell, units)| cell.is_bare_dash() && !units.money)?;
        if choices.dash.is_none() {
            let (row, column) = table.grid.place(raw.row, raw.column);
            asks.push(Ask::Dash { row, column });
        }
        Some(choices.dash.unwrap_or(Dash::Nothing))
    }

    /// The value of a reading, or why there is none.
    fn value(&self, nth: usize, raw: &Raw<'_>, named: &Named) -> Result<Number, Why> {
        let not_a_number = || Why::NotANumber(QuantityError::Malformed(raw.value.to_owned()));
        let cell = self.cells.get(nth).and_then(Option::as_ref).ok_or_else(not_a_number)?;
        let units = self.units.get(raw.name.unwrap_or(0)).cloned().unwrap_or_default();
        if cell.is_bare_dash() && !units.money && self.dash != Some(Dash::Zero) {
            return Err(Why::Dash);
        }
        let letter = self.letter.unwrap_or(Letter::Multiple);
        let value = cell.value(self.decimal.unwrap_or(self.usual), letter, &units.kpi);
        let value = value.map_err(Why::NotANumber)?;
        let unit = cell.unit(&units.kpi, letter);
        let is_new = named.whose == Whose::New;
        if unit == "%" && !units.kpi.is_percent() && !(is_new && units.most == "%") {
            return Err(Why::NotANumber(QuantityError::PercentWithoutPercentUnit));
        }
        let fits = match units.kpi.as_str() {
            "" => numbers::canonical(unit) == units.most,
            kpi => numbers::is_unit_of(unit, kpi),
        };
        if unit.is_empty() || fits {
            return Ok(value);
        }
        let unit = if units.kpi.as_str().is_empty() { &named.unit } else { &units.kpi };
        Err(Why::OtherUnit { unit: unit.to_string() })
    }

    /// The number of a target, which may have any unit.
    fn target(&self, text: &str) -> Option<Number> {
        let cell = Cell::of(text)?;
        cell.value(self.decimal.unwrap_or(self.usual), Letter::Multiple, &Unit::default()).ok()
    }
}

/// Reads single rows, once it is known how.
pub(super) struct RowReader<'a> {
    pub plan: &'a Plan,
    pub choices: &'a Choices,
    pub day: Day,
    pub dating: &'a Dating<'a>,
    pub numbers: &'a Numbers,
    pub table: &'a Table<'a>,
    /// Where the last row with a value stands.
    pub last: usize,
}

/// Why a row gives no reading, and whether that is about its date, and so about all of the row.
pub(super) struct NoReading {
    pub why: Why,
    pub of_row: bool,
}

impl RowReader<'_> {
    /// A reading, or why it is none.
    pub(super) fn read(&self, nth: usize, raw: &Raw<'_>, named: &Named) -> Result<Row, NoReading> {
        let of_row = |why| NoReading { why, of_row: true };
        let of_cell = |why| NoReading { why, of_row: false };
        let kpi = match named.whose {
            Whose::Kpi(id) => self.plan.kpis.get(id),
            Whose::New | Whose::Out => None,
        };
        let kept = kpi.map(|kpi| *kpi.frequency.on(self.day));
        let told = match raw.stamp.and_then(|stamp| self.table.stamps.get(stamp)) {
            Some(stamp) => {
                let no_date = || if stamp.text.is_empty() { Why::NoDate } else { Why::NotADate };
                let date = stamp.date.ok_or_else(no_date).map_err(of_row)?;
                self.dating.span(date.told).map_err(of_row)?
            }
            None => self.nth(raw, kept.unwrap_or(Frequency::Daily)).ok_or_else(|| of_row(Why::NotADate))?,
        };
        let (span, length) = self.within(told.clone(), kept);
        if span.start > self.day {
            return Err(of_row(Why::Future));
        }
        if raw.value.is_empty() {
            return Err(of_row(Why::NoValue));
        }
        let value = self.numbers.value(nth, raw, named).map_err(of_cell)?;
        let note = Prose::new(raw.note).map_err(|_| of_cell(Why::NoteTooLong))?;
        let day = span.end.min(self.day);
        let place = self.table.grid.place(raw.row, raw.column);
        let outcome = Outcome::New;
        Ok(Row { place, name: 0, whose: named.whose, span, length, told, day, value, note, of_period: 1, outcome })
    }

    /// What a date says, within one period of the KPI.
    fn within(&self, (span, length): (Span, Frequency), kept: Option<Frequency>) -> (Span, Frequency) {
        match kept {
            // What is said of a year is the value of its last week, where that is what is read.
            Some(kept) if (kept as u8) < length as u8 => {
                let running = span.end.min(self.day.max(span.start));
                let last = self.plan.periods(kept, self.day).period(running);
                (Span { start: last.start.max(span.start), end: last.end.min(span.end) }, kept)
            }
            _ => (span, length),
        }
    }

    /// The period of a value that only has its place among others.
    fn nth(&self, raw: &Raw<'_>, kept: Frequency) -> Option<(Span, Frequency)> {
        let back = i32::try_from(self.last.checked_sub(self.table.grid.position(raw.row))?).ok()?;
        let periods = self.plan.periods(kept, self.day);
        let last = periods.period(self.choices.last);
        let start = match kept {
            Frequency::Daily => last.start.plus_days(-back),
            Frequency::Weekly => last.start.plus_days(-back.checked_mul(7)?),
            Frequency::Monthly => last.start.plus_months(-back),
            Frequency::Quarterly => last.start.plus_months(-back.checked_mul(3)?),
            Frequency::Yearly => last.start.plus_months(-back.checked_mul(12)?),
        };
        // Days are held within the calendar, where rows would meet.
        (start > Day::FIRST).then(|| (periods.period(start), kept))
    }

    /// Whether the target beside a reading is the KPI's.
    pub(super) fn has_target(&self, raw: &Raw<'_>, row: &Row) -> bool {
        let Whose::Kpi(id) = row.whose else { return false };
        let Some(kpi) = self.plan.kpis.get(id) else { return false };
        let target = self.numbers.target(raw.target);
        let aim = kpi.target.on(row.day);
        matches!(aim.as_ref().map(|aim| &aim.bounds),
            Some(Bounds::AtLeast { value } | Bounds::AtMost { value }) if Some(*value) == target)
    }
}
