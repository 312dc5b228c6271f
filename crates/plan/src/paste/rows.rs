//! Reading a table's rows: the names first, then how dates and numbers are written, then one after the other.

use super::{
    Ask, Choices, Decimal, Named, Outcome, Row, Skipped, Whose, Why,
    dates::{self, Told, When},
    form::{Raw, Table},
    numbers::{self, Tells},
};
use crate::{Bounds, Day, Frequency, KpiId, Plan, Prose, Span};

impl Plan {
    /// The names of a table, or the one that stands for none, with whose they are.
    pub(super) fn names(&self, table: &Table<'_>, choices: &Choices, day: Day) -> Vec<Named> {
        let read = self.kpis_read(day);
        let alike = |name: &str| read.iter().find(|kpi| kpi.name.as_str().eq_ignore_ascii_case(name)).map(|kpi| kpi.id);
        let of = |text: &str| {
            let said = choices.names.iter().find(|(name, _)| name == text).map(|(_, whose)| *whose);
            let known = if text.is_empty() { None } else { alike(text) };
            // A single name that is none of ours, on the page of one KPI, is another word for that one.
            let takes = |id: &KpiId| read.iter().any(|kpi| kpi.id == *id);
            let meant = choices.kpi.filter(|id| known.is_none() && table.names.len() <= 1 && takes(id));
            let there = self.kpis.iter().any(|kpi| kpi.name.as_str().eq_ignore_ascii_case(text));
            let guess = match known.or(meant) {
                Some(id) => Whose::Kpi(id),
                // One of this name takes no readings: it is calculated, or not kept any more.
                None if text.is_empty() || there => Whose::Out,
                None => Whose::New,
            };
            let whose = said.filter(|whose| !matches!(whose, Whose::Kpi(id) if self.kpis.get(*id).is_none()));
            let percent = false;
            Named { text: text.to_owned(), whose: whose.unwrap_or(guess), known: known.is_some(), readings: 0, percent }
        };
        let mut names: Vec<Named> = table.names.iter().map(|name| of(name)).collect();
        if names.is_empty() {
            names.push(of(""));
        }
        for raw in table.raw.iter().filter(|raw| raw.value.contains('%')) {
            if let Some(named) = names.get_mut(raw.name.unwrap_or(0)) {
                named.percent = true;
            }
        }
        names
    }
}

/// Whether days come first: as said, or as a part over 12 tells.
pub(super) fn day_first(raw: &[Raw<'_>], choices: &Choices) -> (Option<bool>, Option<Ask>) {
    let (mut days, mut months, mut either) = (0_usize, 0_usize, None);
    let mut before = None;
    for date in raw.iter().filter_map(|raw| raw.date) {
        // In a wide table, all of a row have one date.
        if before.replace(date) == Some(date) {
            continue;
        }
        let Some(Told::Parts { day_first, month_first }) = dates::read(date) else { continue };
        match (day_first, month_first) {
            (Some(_), None) => days += 1,
            (None, _) => months += 1,
            (Some(a), Some(b)) if a == b => {}
            (Some(a), Some(b)) => either = either.or(Some((date, a, b))),
        }
    }
    match (choices.day_first, either) {
        (Some(said), _) => (Some(said), None),
        (None, None) if days + months == 0 => (None, None),
        (None, Some((example, day_first, month_first))) if days == months => {
            (Some(true), Some(Ask::DayFirst { example: example.to_owned(), day_first, month_first }))
        }
        _ => (Some(days >= months), None),
    }
}

/// The decimal sign: as said, or as the numbers tell that can be read in one way only.
pub(super) fn decimal(raw: &[Raw<'_>], choices: &Choices) -> (Option<Decimal>, Option<Ask>) {
    let (mut points, mut commas, mut either) = (0_usize, 0_usize, None);
    for raw in raw {
        match numbers::tells(raw.value) {
            Tells::This(Decimal::Point) => points += 1,
            Tells::This(Decimal::Comma) => commas += 1,
            Tells::Either { point, comma } => either = either.or(Some((raw.value, point, comma))),
            Tells::Nothing => {}
        }
    }
    match (choices.decimal, either) {
        (Some(said), _) => (Some(said), None),
        (None, None) if points + commas == 0 => (None, None),
        (None, Some((example, point, comma))) if points == commas => {
            (Some(choices.usual), Some(Ask::Decimal { example: example.to_owned(), point, comma }))
        }
        _ if points == commas => (Some(choices.usual), None),
        _ => (Some(if points > commas { Decimal::Point } else { Decimal::Comma }), None),
    }
}

/// Reads single rows, once it is known how.
pub(super) struct RowReader<'a> {
    pub plan: &'a Plan,
    pub choices: &'a Choices,
    pub day: Day,
    pub day_first: Option<bool>,
    pub decimal: Option<Decimal>,
    /// The last row with a value.
    pub last_row: usize,
}

impl RowReader<'_> {
    /// A reading, or what stands where and why it is none.
    pub(super) fn read<'t>(&self, raw: &Raw<'t>, named: &Named) -> Result<Row, (&'t str, Why)> {
        let kpi = match named.whose {
            Whose::Kpi(id) => self.plan.kpis.get(id),
            Whose::New | Whose::Out => None,
        };
        let kept = kpi.map(|kpi| *kpi.frequency.on(self.day));
        let (span, length) = match raw.date {
            Some(date) => self.date(date, kept)?,
            None => self.nth(raw, kept.unwrap_or(Frequency::Daily)).ok_or((raw.value, Why::NotADate))?,
        };
        if span.start > self.day {
            return Err((raw.date.unwrap_or(raw.value), Why::Future));
        }
        if raw.value.is_empty() {
            return Err((raw.date.unwrap_or_default(), Why::NoValue));
        }
        let percent = kpi.map_or(named.percent, |kpi| kpi.unit.is_percent());
        let value = numbers::read(raw.value, self.decimal.unwrap_or(self.choices.usual), percent);
        let value = value.map_err(|error| (raw.value, Why::NotANumber(error)))?;
        let note = Prose::new(raw.note).map_err(|_| (raw.note, Why::NoteTooLong))?;
        let day = span.end.min(self.day);
        let place = (raw.row, raw.column + 1);
        Ok(Row { place, name: 0, whose: named.whose, span, length, day, value, note, outcome: Outcome::New })
    }

    /// The stretch that a date names, within one period of the KPI.
    fn date<'t>(&self, text: &'t str, kept: Option<Frequency>) -> Result<(Span, Frequency), (&'t str, Why)> {
        if text.is_empty() {
            return Err((text, Why::NoDate));
        }
        let when = match dates::read(text).ok_or((text, Why::NotADate))? {
            Told::When(when) => when,
            Told::Serial => return Err((text, Why::Serial)),
            Told::Parts { day_first, month_first } => {
                let day = if self.day_first.unwrap_or(true) { day_first } else { month_first };
                When::Day(day.ok_or((text, Why::NotADate))?)
            }
        };
        let span = when.span(self.plan.periods(when.frequency(), self.day)).ok_or((text, Why::NotADate))?;
        match kept {
            // What is said of a year is the value of its last week, where that is what is read.
            Some(kept) if (kept as u8) < when.frequency() as u8 => {
                let running = span.end.min(self.day.max(span.start));
                let last = self.plan.periods(kept, self.day).period(running);
                Ok((Span { start: last.start.max(span.start), end: last.end.min(span.end) }, kept))
            }
            _ => Ok((span, when.frequency())),
        }
    }

    /// The period of a value that only has its place among others.
    fn nth(&self, raw: &Raw<'_>, kept: Frequency) -> Option<(Span, Frequency)> {
        let back = i32::try_from(self.last_row.checked_sub(raw.row)?).ok()?;
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

    /// A target beside a reading that is not the KPI's.
    pub(super) fn other_target(&self, raw: &Raw<'_>, row: &Row) -> Option<Skipped> {
        if raw.target.is_empty() {
            return None;
        }
        let target = numbers::read(raw.target, self.decimal.unwrap_or(self.choices.usual), true).ok();
        let Whose::Kpi(id) = row.whose else { return Some(Skipped::new(raw.row, raw.target, Why::Target)) };
        let aim = self.plan.kpis.get(id)?.target.on(row.day);
        let same = matches!(aim.as_ref().map(|aim| &aim.bounds),
            Some(Bounds::AtLeast { value } | Bounds::AtMost { value }) if Some(*value) == target);
        (!same).then(|| Skipped::new(raw.row, raw.target, Why::Target))
    }
}
