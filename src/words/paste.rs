//! Readings from a spreadsheet.

use bearings_plan::{
    Number, Periods, Span,
    paste::{
        Clash, Dash, DateOrder, Decimal, Extent, Form, Letter, MAX_BYTES, MAX_COLUMNS, MAX_NAMES, MAX_READINGS,
        MAX_ROWS, MonthNumber, Outcome, Pasted, Refused, Separator, Several, Skipped, Use, Whose, Why, Years,
        column_name,
    },
    quantity::QuantityError,
};

use super::{count, errors, isolated, kpis, words};
use crate::web::intl;

words! {
    title: "Paste readings";
    below: "Straight from a spreadsheet. Nothing is added before you have seen it.";
    open: "Paste readings";
    enter_due: "Enter what is due";
    table: "Your table";
    forms: "Dates and values; with the KPI’s name in each row; or a wide table with a column for each KPI or each date. A single column of values does, too. Cells stand between tabs, semicolons, commas or pipes.";
    here: "Paste it here";
    placeholder: "2026-11-01\t12.5\n2026-11-08\t14.1";
    choose_a_file: "Choose a CSV file";
    or_drop: "or drop one here";
    clear: "Clear";
    too_long_to_show: "Too long to be shown here.";
    unreadable: "The browser could not read this file. Save it as CSV (UTF-8), and choose it again.";
    read_as_western: "Read it like this";
    not_this: "Do not read it";
    remarks: "How it was read";
    cell_by_cell: "Cell by cell";
    cells: "The cells of the table";
    used_as_heading: "heading";
    used_as_name: "name";
    used_as_date: "date";
    used_as_value: "value";
    used_as_note: "note";
    used_as_target: "target";
    not_used: "not taken";
    understood: "What was understood";
    separator: "Between the cells";
    dates: "Dates";
    day_first: "the day first";
    month_first: "the month first";
    year_first: "the year first";
    month_number: "A month and two digits";
    a_year: "the year of a month";
    a_day: "a day in a month";
    years: "Years and quarters";
    years_begun: "the plan’s, called after the year they begin in";
    years_ended: "the plan’s, called after the year they end in";
    years_calendar: "calendar years, from January on";
    letter: "A letter behind numbers";
    a_unit: "a unit";
    a_multiple: "a multiple: thousand, million, billion";
    dash: "A dash in place of a value";
    zero: "zero";
    nothing: "no value";
    several: "Several rows of one period";
    several_all: "add them all";
    several_first: "only the first";
    several_last: "only the last";
    doubled: "left out: another row of this period comes in";
    decimal: "Decimal sign";
    point: "1,234.5";
    comma: "1.234,5";
    clash: "Dates that have a reading";
    of_this_row: "What becomes of it";
    keep: "keep the old one";
    replace: "replace it";
    beside: "keep both";
    like_the_others: "like the others";
    whose: "Which KPI?";
    choose: "Choose …";
    names_nobody: "The table names no KPI.";
    last: "The last value is of";
    names: "Whose numbers are these?";
    a_new_one: "a new KPI of this name";
    left_out: "left out";
    problems: "What does not come in";
    row: "Row";
    kpi: "KPI";
    outcome: "What becomes of it";
    answer_first: "An answer is missing first: it is marked above.";
    cannot_be_added: "Nothing to add";
    preview: "The readings as a table";
    new: "new";
    same: "already there";
}

/// "Paste readings of Revenue"
pub fn title_of(name: &str) -> String {
    let name = isolated(name);
    format!("Paste readings of {name}")
}

fn number(n: usize) -> String {
    intl::bare(Number::from(i32::try_from(n).unwrap_or(i32::MAX)))
}

/// "12 readings"
fn so_many(n: usize) -> String {
    format!("{} {}", number(n), if n == 1 { "reading" } else { "readings" })
}

/// "Add 500 readings"
pub fn add(n: usize) -> String {
    format!("Add {}", so_many(n))
}

/// "500 readings added, and 1 new KPI."
pub fn added(n: usize, new: usize) -> String {
    match new {
        0 => format!("{} added.", so_many(n)),
        _ => format!("{} added, and {}.", so_many(n), count(new, "new KPI", "new KPIs")),
    }
}

/// "Dates and values, 500 readings: 480 new, 15 already there, 5 of dates that have another one. 3 of 1,006 cells do not
/// come in."
pub fn summary(pasted: &Pasted) -> String {
    let form = match pasted.form {
        Form::Values => "Values",
        Form::Series => "Dates and values",
        Form::Long => "Dates and values of KPIs by name",
        Form::Down => "Dates down, a column for each KPI",
        Form::Across => "KPIs down, a column for each date",
        Form::Crossed => "Dates in two parts, down and across",
    };
    let out = pasted.rows.iter().filter(|row| row.whose == Whose::Out).count();
    let parts = [
        (pasted.count(|it| *it == Outcome::New), "new"),
        (pasted.count(|it| *it == Outcome::Same), "already there"),
        (pasted.count(|it| matches!(it, Outcome::Clash { .. })), "of dates that have another one"),
        (pasted.count(|it| *it == Outcome::Doubled), "of periods that another row speaks of"),
        (out, "left out"),
    ];
    let parts: Vec<_> =
        parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", number(n))).collect();
    let skipped = not_taken(pasted);
    match parts.is_empty() {
        true => format!("{form}, but no reading.{skipped}"),
        false => format!("{form}, {}: {}.{skipped}", so_many(pasted.rows.len()), parts.join(", ")),
    }
}

/// " 3 of 40 cells do not come in: they are listed below."
fn not_taken(pasted: &Pasted) -> String {
    let (taken, listed) = (pasted.account.taken(), pasted.account.listed());
    match (listed, pasted.skipped.is_empty()) {
        (0, true) => String::new(),
        (0, false) => " What does not come in is listed below.".to_owned(),
        (1, _) => format!(" 1 of {} cells does not come in: it is listed below.", number(taken + listed)),
        (n, _) => format!(" {} of {} cells do not come in: they are listed below.", number(n), number(taken + listed)),
    }
}

pub fn separator_name(separator: Separator) -> &'static str {
    match separator {
        Separator::Tab => "a tab",
        Separator::Semicolon => "a semicolon",
        Separator::Pipe => "a pipe",
        Separator::Comma => "a comma",
    }
}

/// "as found: a tab"
pub fn as_found(what: &str) -> String {
    format!("as found: {what}")
}

pub fn order(order: DateOrder) -> &'static str {
    match order {
        DateOrder::DayFirst => day_first(),
        DateOrder::MonthFirst => month_first(),
        DateOrder::YearFirst => year_first(),
    }
}

pub fn month_number_word(is: MonthNumber) -> &'static str {
    match is {
        MonthNumber::Year => a_year(),
        MonthNumber::Day => a_day(),
    }
}

pub fn years_word(years: Years) -> &'static str {
    match years {
        Years::Begun => years_begun(),
        Years::Ended => years_ended(),
        Years::Calendar => years_calendar(),
    }
}

pub fn letter_word(letter: Letter) -> &'static str {
    match letter {
        Letter::Unit => a_unit(),
        Letter::Multiple => a_multiple(),
    }
}

pub fn dash_word(dash: Dash) -> &'static str {
    match dash {
        Dash::Zero => zero(),
        Dash::Nothing => nothing(),
    }
}

pub fn several_word(several: Several) -> &'static str {
    match several {
        Several::All => several_all(),
        Several::First => several_first(),
        Several::Last => several_last(),
    }
}

pub fn used_as(of: Use) -> &'static str {
    match of {
        Use::Heading => used_as_heading(),
        Use::Name => used_as_name(),
        Use::Date => used_as_date(),
        Use::Value => used_as_value(),
        Use::Note => used_as_note(),
        Use::Target => used_as_target(),
        Use::Listed => not_used(),
    }
}

pub fn decimal_sign(decimal: Decimal) -> &'static str {
    match decimal {
        Decimal::Point => point(),
        Decimal::Comma => comma(),
    }
}

pub fn clash_word(clash: Clash) -> &'static str {
    match clash {
        Clash::Keep => keep(),
        Clash::Replace => replace(),
        Clash::Beside => beside(),
    }
}

/// "“1/2/2026” can be 1 February or 2 January."
pub fn several_ways(text: &str, ways: &[String]) -> String {
    let ways = match ways {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => ways.join(""),
    };
    format!("“{text}” can be {ways}.")
}

pub fn both_decimals(point: &str, comma: &str) -> String {
    format!(
        "“{point}” has a point before the fraction, “{comma}” a comma. Choose one: rows of the other kind are left out."
    )
}

/// "Several columns are called “Revenue”: say of each whose numbers they are."
pub fn same_heading(heading: &str) -> String {
    let heading = isolated(heading);
    format!("Several columns are called “{heading}”: say of each whose numbers these are.")
}

/// "The dash in row 4, column B, can be zero or no value."
pub fn what_is_the_dash(row: usize, column: usize) -> String {
    format!("The dash in row {row}, column {}, can be zero or no value.", column_name(column.saturating_sub(1)))
}

/// "Dates without a year are the most recent ones: “26-Nov” is 26 November 2026."
pub fn without_year(example: &str, when: &str) -> String {
    format!("Dates without a year are the most recent ones: “{example}” is {when}.")
}

/// "Times and time zones are left out: “2026-11-28T23:30Z” is of the day that it names."
pub fn with_zone(example: &str) -> String {
    format!("The day counts as it is written, whatever the time zone: “{example}”.")
}

/// "September 2026 stands in 2 rows of “Revenue”: 100, 50. The KPI makes 50 of them. So it is with 3 more periods."
pub fn several_of_period(
    period: &str,
    name: &str,
    values: &[String],
    all: usize,
    makes: Option<&str>,
    more: usize,
) -> String {
    let of = if name.is_empty() { String::new() } else { format!(" of “{}”", isolated(name)) };
    let mut shown = values.join(", ");
    if all > values.len() {
        shown.push_str(", …");
    }
    let makes = makes.map_or_else(String::new, |value| format!(" The KPI makes {value} of them."));
    let more = match more {
        0 => String::new(),
        1 => " There is 1 more such period.".to_owned(),
        n => format!(" There are {} more such periods.", number(n)),
    };
    format!("The table speaks {} times of {period}{of}: {shown}.{makes}{more}", number(all))
}

/// "Row 3, column E: -2,150,000,000 is far from the other values, which are about 1. It would flatten a chart."
pub fn far_off(row: usize, column: usize, value: &str, usual: &str) -> String {
    format!(
        "{}: {value} is far from the other values, such as {usual}. It would flatten every chart.",
        in_place(row, column, Extent::Cell),
    )
}

pub fn minus_one(row: usize, column: usize, values: usize) -> String {
    let place = in_place(row, column, Extent::Cell);
    match values {
        1 => format!("{place}: -1 is the only negative value. Some programs write it where nothing was entered."),
        n => format!(
            "{place}, and {} more: -1 is the only negative value. Some programs write it where nothing was entered.",
            number(n - 1)
        ),
    }
}

/// "Apr 2026 to Jun 2026"
pub fn months(span: &Span) -> String {
    format!("{} to {}", intl::month_short(span.start), intl::month_short(span.end))
}

/// "Apr 2026 to Jun 2026" where the plan's years do not begin in January: a quarter's number would not say which months.
pub fn stretch(span: &Span, calendar: Periods) -> String {
    use bearings_plan::Frequency::{Quarterly, Yearly};
    match calendar.frequency {
        Quarterly | Yearly if !calendar.keeps_calendar_years() => months(span),
        _ => kpis::period(span, calendar),
    }
}

/// "old: 5, 6": what becomes of a reading whose date has another one.
pub fn differs(was: &[String], clash: Clash) -> String {
    let was = was.join(", ");
    match clash {
        Clash::Keep => format!("{was} stays"),
        Clash::Replace => format!("replaces {was}"),
        Clash::Beside => format!("beside {was}"),
    }
}

/// "new, one of 2 of this period"
pub fn one_of(rows: usize) -> String {
    format!("new, one of {} of this period", number(rows))
}

/// "What becomes of row 7"
pub fn of_row(row: usize) -> String {
    format!("{} of row {row}", of_this_row())
}

/// "Whose is “Revenue”?"
pub fn whose_is(name: &str, readings: usize) -> String {
    let name = isolated(name);
    format!("“{name}”, {}", so_many(readings))
}

/// "Row 7, column B"
pub fn in_place(row: usize, column: usize, extent: Extent) -> String {
    let column = column_name(column.saturating_sub(1));
    match extent {
        Extent::Cell => format!("Row {row}, column {column}"),
        Extent::Row => format!("Row {row}"),
        Extent::Column => format!("Column {column}"),
        Extent::Rest => format!("From row {row} on"),
    }
}

/// "5 cells"
pub fn so_many_cells(n: usize) -> String {
    format!("{} {}", number(n), if n == 1 { "cell" } else { "cells" })
}

pub fn refused(refused: &Refused) -> String {
    let number = |n: usize| number(n);
    match refused {
        Refused::Nothing => "There is nothing to read.".to_owned(),
        Refused::TooLong => format!("Too long: {} MB is the most.", MAX_BYTES / 1_000_000),
        Refused::TooManyRows => format!("Too many rows: {} is the most.", number(MAX_ROWS)),
        Refused::TooManyColumns { row } => {
            format!("Too many columns in row {row}: {} is the most.", number(MAX_COLUMNS))
        }
        Refused::TooManyReadings => format!("Too many readings: {} is the most at once.", number(MAX_READINGS)),
        Refused::TooManyNames => format!("Too many names of KPIs: {} is the most at once.", number(MAX_NAMES)),
        Refused::NoDates => {
            "No column with dates was found. Write them like 2026-11-22, 22.11.2026 or Nov 2026.".to_owned()
        }
        Refused::NoRows => "There is a heading, and no rows below it.".to_owned(),
        Refused::NoValues { text, row, column } => format!(
            "No column with numbers was found. {} has “{text}”, which is no number.",
            in_place(*row, *column, Extent::Cell),
        ),
        Refused::UnknownMonth { text, row } => format!(
            "The months are in a language that is not known here: “{text}” in row {row}. Write dates like 2026-11-22 or 2026-11. Nothing is taken until then."
        ),
    }
}

pub fn why(skipped: &Skipped) -> String {
    match &skipped.why {
        Why::OpenQuote => "A quotation mark opens in this row and is never closed: the row is left out.".to_owned(),
        Why::Title => "Stands above the table.".to_owned(),
        Why::Heading => "Stands above the names of the columns.".to_owned(),
        Why::Apart => "Stands beside, between or below the rows of the table.".to_owned(),
        Why::SecondTable => "Another table begins here. Paste it on its own.".to_owned(),
        Why::Total => "A total or an average of the others.".to_owned(),
        Why::OtherDate => "A further column with dates: one is read already.".to_owned(),
        Why::OtherValue => "A further column with numbers, beside the one that is called the value.".to_owned(),
        Why::NoHeading => "A column without a heading.".to_owned(),
        Why::NoteOfSeveral => "Notes beside several values: it is not clear which of them they speak of.".to_owned(),
        Why::Seconds => {
            "A program’s count of seconds for a date. Show the column as dates there, and copy it again.".to_owned()
        }
        Why::Dash => "A dash in place of a value.".to_owned(),
        Why::OtherUnit { unit } if unit.is_empty() => "Another unit than the other values have.".to_owned(),
        Why::OtherUnit { unit } => format!("Another unit than {unit}."),
        Why::Column => "A column that is neither date, value nor note.".to_owned(),
        Why::Target => "Another target than the KPI has. Targets are set on the KPI’s own page.".to_owned(),
        Why::NoName => "The row has no name of a KPI.".to_owned(),
        Why::NoDate => "The row has no date.".to_owned(),
        Why::NotADate => "Not a date. Write it like 2026-11-22, 22.11.2026 or Nov 2026.".to_owned(),
        Why::Serial => {
            "A spreadsheet’s number for a date. Show the column as dates there, and copy it again.".to_owned()
        }
        Why::Future => "A day to come.".to_owned(),
        Why::NoValue => "The row has no value.".to_owned(),
        Why::NotANumber(error @ (QuantityError::PercentWithoutPercentUnit | QuantityError::TooLarge)) => {
            errors::quantity(&skipped.text, error)
        }
        Why::NotANumber(_) => "Not a number.".to_owned(),
        Why::NoteTooLong => "The note is too long.".to_owned(),
    }
}

/// "Show all 500"
pub fn show(n: usize) -> String {
    format!("Show {}", number(n))
}

/// "“b.csv” is no UTF-8 text. Read as Western European (Windows-1252), it has “2026-11-18;1,5;für alle”. Is that right?"
pub fn is_western(file: &str, text: &str) -> String {
    let file = isolated(file);
    let line = text.lines().find(|line| !line.is_ascii()).unwrap_or_default();
    format!(
        "“{file}” is no UTF-8 text. Read as Western European (Windows-1252), it has “{}”. Is that right?",
        cut(line)
    )
}

/// The beginning of a long text.
pub fn cut(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// "… and 400 more."
pub fn more(n: usize) -> String {
    format!("… and {} more.", number(n))
}

/// "prices.csv · 120 KB"
pub fn file(name: &str, size: &str) -> String {
    let name = isolated(name);
    format!("{name} · {size}")
}
