//! How all dates of a table are read: what one cell leaves open, the others may tell, or the reader is asked.

use super::{
    Ask, Choices, DateOrder, MonthNumber, Remark, Why, Years,
    dates::{Date, Part, Told, When},
};
use crate::{Day, Frequency, Plan, Span};

/// A way to read dates, once it is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dating<'a> {
    plan: &'a Plan,
    today: Day,
    /// None where no date depends on it.
    pub order: Option<DateOrder>,
    /// The same.
    pub month_number: Option<MonthNumber>,
    /// The same.
    pub years: Option<Years>,
}

/// The dates of a table, each with its text.
pub(super) type Stamps<'a> = [(&'a str, Date)];

impl<'a> Dating<'a> {
    /// Decides for all dates; what they leave open is asked, and what was added to them is remarked.
    pub(super) fn of(
        plan: &'a Plan,
        dates: &Stamps<'_>,
        choices: &Choices,
        today: Day,
        asks: &mut Vec<Ask>,
        remarks: &mut Vec<Remark>,
    ) -> Self {
        let mut dating = Self { plan, today, order: None, month_number: None, years: None };
        dating.order = dating.find_order(dates, choices, asks);
        dating.month_number = dating.find_month_number(dates, choices, asks);
        dating.years = dating.find_years(dates, choices, asks);
        let is_yearless = |told: Told| match told {
            Told::Yearless(_) => true,
            Told::MonthAnd { .. } => dating.month_number == Some(MonthNumber::Day),
            _ => false,
        };
        if let Some((text, date)) = dates.iter().find(|(_, date)| is_yearless(date.told))
            && let Ok((span, _)) = dating.span(date.told)
        {
            remarks.push(Remark::Yearless { example: (*text).to_owned(), span });
        }
        if let Some((text, _)) = dates.iter().find(|(_, date)| date.zoned) {
            remarks.push(Remark::Zoned { example: (*text).to_owned() });
        }
        dating
    }

    /// The days that a date stands for, and how long that is.
    pub(super) fn span(&self, told: Told) -> Result<(Span, Frequency), Why> {
        let when = self.when(told)?;
        let span = when.span(|year| self.begins(year)).ok_or(Why::NotADate)?;
        Ok((span, when.frequency()))
    }

    fn when(&self, told: Told) -> Result<When, Why> {
        let order = self.order.unwrap_or(DateOrder::DayFirst);
        match told {
            Told::When(when) => Ok(when),
            Told::Orders(days) => days.get(order as usize).copied().flatten().map(When::Day).ok_or(Why::NotADate),
            Told::Yearless(part) => self.latest(part, order).ok_or(Why::NotADate),
            Told::MonthAnd { month, number } => match self.month_number.unwrap_or(MonthNumber::Year) {
                MonthNumber::Year => self.month_of(month, number).ok_or(Why::NotADate),
                MonthNumber::Day => self.latest(Part::Day([Some((month, number)); 2]), order).ok_or(Why::NotADate),
            },
            Told::Serial => Err(Why::Serial),
            Told::Seconds => Err(Why::Seconds),
        }
    }

    /// The last one that has begun.
    fn latest(&self, part: Part, order: DateOrder) -> Option<When> {
        // A year may be called after the one in which it ends, and a leap day may be seven years back.
        (self.today.year() - 8..=self.today.year() + 1).rev().find_map(|year| {
            let when = part.of_year(year, order == DateOrder::MonthFirst)?;
            when.span(|year| self.begins(year)).filter(|span| span.start <= self.today).map(|_| when)
        })
    }

    fn month_of(&self, month: u8, number: u8) -> Option<When> {
        let year = i32::from(number) + if number < 70 { 2000 } else { 1900 };
        Day::new(year, month, 1).ok().map(When::Month)
    }

    /// The day on which the year of a number begins.
    fn begins(&self, year: i32) -> Option<Day> {
        let fiscal_start = self.plan.periods(Frequency::Yearly, self.today).fiscal_start.get();
        match self.years.unwrap_or(Years::Begun) {
            Years::Begun => Day::new(year, fiscal_start, 1).ok(),
            Years::Ended => Day::new(year - 1, fiscal_start, 1).ok(),
            Years::Calendar => Day::new(year, 1, 1).ok(),
        }
    }

    /// The order that reads the most of the dates, a date to come not counted.
    fn find_order(&self, dates: &Stamps<'_>, choices: &Choices, asks: &mut Vec<Ask>) -> Option<DateOrder> {
        let ways = |told: Told| match told {
            Told::Orders(days) => Some(days.map(|day| day.filter(|day| *day <= self.today))),
            Told::Yearless(Part::Day(ways)) => {
                let latest = |order| match self.latest(Part::Day(ways), order) {
                    Some(When::Day(day)) => Some(day),
                    _ => None,
                };
                Some([latest(DateOrder::DayFirst), latest(DateOrder::MonthFirst), None])
            }
            _ => None,
        };
        let all: Vec<_> = dates.iter().filter_map(|(text, date)| Some((*text, ways(date.told)?))).collect();
        let open = |days: &[Option<Day>; 3]| {
            let mut said = days.iter().flatten();
            said.next().is_some_and(|first| said.any(|other| other != first))
        };
        let matters = all.iter().any(|(_, days)| days.iter().any(Option::is_none) || open(days));
        if let Some(said) = choices.order {
            return (!all.is_empty()).then_some(said);
        }
        if !matters {
            return None;
        }
        let read = |order: DateOrder| all.iter().filter(|(_, days)| days[order as usize].is_some()).count();
        let most = DateOrder::ALL.into_iter().map(read).max().unwrap_or(0);
        let best: Vec<DateOrder> = DateOrder::ALL.into_iter().filter(|order| read(*order) == most).collect();
        let differs = |days: &[Option<Day>; 3]| {
            let mut said = best.iter().filter_map(|order| days[*order as usize]);
            said.next().is_some_and(|first| said.any(|other| other != first))
        };
        if let Some((example, days)) = all.iter().find(|(_, days)| differs(days)) {
            let ways = best.iter().filter_map(|order| Some((*order, days[*order as usize]?))).collect();
            asks.push(Ask::Order { example: (*example).to_owned(), ways });
        }
        best.first().copied()
    }

    /// Whether `Nov-26` is a month of 2026 or a day in November.
    fn find_month_number(&self, dates: &Stamps<'_>, choices: &Choices, asks: &mut Vec<Ask>) -> Option<MonthNumber> {
        let mut all = dates.iter().filter_map(|(text, date)| match date.told {
            Told::MonthAnd { month, number } => Some((*text, month, number)),
            _ => None,
        });
        let first = all.next()?;
        if let Some(said) = choices.month_number {
            return Some(said);
        }
        let (mut months, mut numbers) = (vec![first.1], vec![first.2]);
        let mut to_come = false;
        for (_, month, number) in std::iter::once(first).chain(all) {
            if !months.contains(&month) {
                months.push(month);
            }
            if !numbers.contains(&number) {
                numbers.push(number);
            }
            let year = self.month_of(month, number);
            to_come |= matches!(year, Some(When::Month(first)) if first > self.today);
        }
        let recent = |number: &u8| (0..10).contains(&(self.today.year() - 2000 - i32::from(*number)));
        // Beside other dates with day and year, or to come, it is no year.
        if to_come {
            return Some(MonthNumber::Day);
        }
        // Not more years than months, and all of them lately: this is how spreadsheets shorten months.
        if numbers.len() <= months.len()
            && numbers.iter().all(recent)
            && (numbers.len() == 1 || numbers.len() < months.len())
        {
            return Some(MonthNumber::Year);
        }
        if let (Some(When::Month(month)), Some(When::Day(day))) = (
            self.month_of(first.1, first.2),
            self.latest(Part::Day([Some((first.1, first.2)); 2]), DateOrder::DayFirst),
        ) {
            asks.push(Ask::MonthNumber { example: first.0.to_owned(), month, day });
        }
        Some(MonthNumber::Year)
    }

    /// Whose quarters and years are meant, where those of the plan are not those of the calendar.
    fn find_years(&self, dates: &Stamps<'_>, choices: &Choices, asks: &mut Vec<Ask>) -> Option<Years> {
        if self.plan.periods(Frequency::Yearly, self.today).keeps_calendar_years() {
            return None;
        }
        let depends = |told: Told| {
            matches!(told, Told::When(When::Quarter(..) | When::Year(_)) | Told::Yearless(Part::Quarter(_)))
        };
        let (example, date) = dates.iter().find(|(_, date)| depends(date.told))?;
        if let Some(said) = choices.years {
            return Some(said);
        }
        let way = |years: Years| Some((years, Self { years: Some(years), ..*self }.span(date.told).ok()?.0));
        let ways = Years::ALL.into_iter().filter_map(way).collect();
        asks.push(Ask::Years { example: (*example).to_owned(), ways });
        Some(Years::Begun)
    }
}
