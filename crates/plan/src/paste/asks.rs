//! What the reader has said about a table, what has to be asked, and what is remarked.

use super::{Clash, Dash, Decimal, Letter};
use crate::{Day, Frequency, KpiId, Number, Span};

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

/// In which order day, month and year stand where all three are numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// `31/12/2026`
    DayFirst,
    /// `12/31/2026`
    MonthFirst,
    /// `26-12-31`
    YearFirst,
}

/// What `Nov-26` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthNumber {
    /// November 2026.
    Year,
    /// 26 November.
    Day,
}

/// Which years and quarters a table means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Years {
    /// The plan's fiscal years, called after the calendar year in which they begin.
    Begun,
    /// The plan's fiscal years, called after the calendar year in which they end.
    Ended,
    /// Calendar years.
    Calendar,
}

/// What becomes of several rows of the table that are of one KPI and one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Several {
    /// All of them come in.
    #[default]
    All,
    /// The first one does.
    First,
    /// The last one does.
    Last,
}

impl DateOrder {
    pub(super) const ALL: [Self; 3] = [Self::DayFirst, Self::MonthFirst, Self::YearFirst];
}

impl Years {
    pub(super) const ALL: [Self; 3] = [Self::Begun, Self::Ended, Self::Calendar];
}

/// What the reader has said about a table. The rest is read from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// The KPI of values for which the table names none.
    pub kpi: Option<KpiId>,
    /// A day of the period that the last of values without dates is of.
    pub last: Day,
    /// In which order day, month and year stand.
    pub order: Option<DateOrder>,
    /// What `Nov-26` is.
    pub month_number: Option<MonthNumber>,
    /// Which years and quarters are meant.
    pub years: Option<Years>,
    /// The decimal sign.
    pub decimal: Option<Decimal>,
    /// The decimal sign to show numbers by until that is said.
    pub usual: Decimal,
    /// What a letter behind numbers is.
    pub letter: Option<Letter>,
    /// What a dash in place of a number is.
    pub dash: Option<Dash>,
    /// Names of months in the reader's language, beside those that are known.
    pub months: Vec<(String, u8)>,
    /// Whose readings the values under a name are.
    pub names: Vec<(String, Whose)>,
    /// What becomes of several rows of one period.
    pub several: Several,
    /// What becomes of readings of a date that has another one.
    pub clash: Clash,
    /// The same for single rows, by [`Row::place`](super::Row::place).
    pub rows: Vec<((usize, usize), Clash)>,
}

/// What has to be said before anything comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Whose the values are: the table names no KPI.
    Whose,
    /// Whose the values of several columns or rows with one heading are.
    Same {
        /// The heading.
        heading: String,
        /// Their names.
        names: Vec<String>,
    },
    /// In which order the numbers of a date stand.
    Order {
        /// The first date that can be read in several ways.
        example: String,
        /// The ways, with the day that it is.
        ways: Vec<(DateOrder, Day)>,
    },
    /// Whether a number behind a month is a year or a day.
    MonthNumber {
        /// The first date that can be read in two ways.
        example: String,
        /// The first day of the month.
        month: Day,
        /// The day.
        day: Day,
    },
    /// Which years or quarters are meant.
    Years {
        /// The first one.
        example: String,
        /// The ways, with its days.
        ways: Vec<(Years, Span)>,
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
    /// As many numbers have a point before the fraction as a comma.
    BothDecimals {
        /// The first with a point.
        point: String,
        /// The first with a comma.
        comma: String,
    },
    /// Whether a letter behind a number is a unit or a multiple.
    Letter {
        /// The first one.
        example: String,
        /// Where it is a unit.
        unit: Number,
        /// Where it is a multiple.
        multiple: Number,
    },
    /// Whether a dash is zero.
    Dash {
        /// Its row.
        row: usize,
        /// Its column.
        column: usize,
    },
}

/// Something that a reader should know of what was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// Dates without a year are taken for the most recent ones.
    Yearless {
        /// The first one.
        example: String,
        /// What it was taken for.
        span: Span,
    },
    /// Dates with a time zone are taken as they are written.
    Zoned {
        /// The first one.
        example: String,
    },
    /// The table has several rows of one KPI and one period.
    Several {
        /// The first of these periods.
        span: Span,
        /// How long it is.
        length: Frequency,
        /// Which of the [names](super::Pasted::names).
        name: usize,
        /// The first of their values.
        values: Vec<Number>,
        /// How many they are.
        all: usize,
        /// What the KPI makes of them, where all are of one of its periods and come in.
        makes: Option<Number>,
        /// How many more such periods there are.
        more: usize,
    },
    /// A value is thousands of times larger than the others under its name.
    Huge {
        /// Its row of the text.
        row: usize,
        /// Its column.
        column: usize,
        /// The value.
        value: Number,
        /// The middle one of the others, in size.
        usual: Number,
    },
    /// The only negative value among whole numbers is -1: some programs write it where nothing was entered.
    MinusOne {
        /// The first row of the text with one.
        row: usize,
        /// Its column.
        column: usize,
        /// How many there are under the name.
        count: usize,
    },
}

impl Choices {
    /// Nothing said yet, for values up to `today`.
    #[must_use]
    pub fn new(kpi: Option<KpiId>, today: Day, usual: Decimal) -> Self {
        Self {
            kpi,
            last: today,
            order: None,
            month_number: None,
            years: None,
            decimal: None,
            usual,
            letter: None,
            dash: None,
            months: Vec::new(),
            names: Vec::new(),
            several: Several::All,
            clash: Clash::Keep,
            rows: Vec::new(),
        }
    }
}
