//! Readings from a spreadsheet.

use bearings_plan::{
    Number,
    paste::{
        Clash, Decimal, Form, MAX_BYTES, MAX_COLUMNS, MAX_NAMES, MAX_READINGS, MAX_ROWS, Outcome, Pasted, Refused,
        Separator, Skipped, Whose, Why,
    },
    quantity::QuantityError,
};

use super::{count, errors, isolated, words};
use crate::web::intl;

words! {
    title: "Paste readings";
    below: "Straight from a spreadsheet. Nothing is added before you have seen it.";
    open: "Paste readings";
    enter_due: "Enter what is due";
    table: "Your table";
    forms: "Dates and values; with the KPI’s name in each row; or a wide table with a column for each KPI or each date. A single column of values does, too.";
    here: "Paste it here";
    placeholder: "2026-11-01\t12.5\n2026-11-08\t14.1";
    choose_a_file: "Choose a CSV file";
    or_drop: "or drop one here";
    clear: "Clear";
    too_long_to_show: "Too long to be shown here.";
    unreadable: "The browser could not read this file as text (UTF-8).";
    understood: "What was understood";
    separator: "Between the cells";
    dates: "Dates";
    day_first: "the day first";
    month_first: "the month first";
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
    answer_first: "One answer is missing first: it is marked above.";
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

/// "Dates and values, 500 readings: 480 new, 15 already there, 5 of dates that have another one."
pub fn summary(pasted: &Pasted) -> String {
    let form = match pasted.form {
        Form::Values => "A column of values",
        Form::Series => "Dates and values",
        Form::Long => "Dates and values of KPIs by name",
        Form::Down => "Dates down, a column for each KPI",
        Form::Across => "KPIs down, a column for each date",
    };
    let out = pasted.rows.iter().filter(|row| row.whose == Whose::Out).count();
    let parts = [
        (pasted.count(|it| *it == Outcome::New), "new"),
        (pasted.count(|it| *it == Outcome::Same), "already there"),
        (pasted.count(|it| matches!(it, Outcome::Clash { .. })), "of dates that have another one"),
        (out, "left out"),
    ];
    let parts: Vec<_> =
        parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", number(n))).collect();
    let skipped = match pasted.skipped.len() {
        0 => String::new(),
        1 => " One thing does not come in.".to_owned(),
        n => format!(" {} things do not come in.", number(n)),
    };
    match parts.is_empty() {
        true => format!("{form}, but no reading.{skipped}"),
        false => format!("{form}, {}: {}.{skipped}", so_many(pasted.rows.len()), parts.join(", ")),
    }
}

pub fn separator_name(separator: Separator) -> &'static str {
    match separator {
        Separator::Tab => "a tab",
        Separator::Semicolon => "a semicolon",
        Separator::Comma => "a comma",
    }
}

/// "as found: a tab"
pub fn as_found(what: &str) -> String {
    format!("as found: {what}")
}

pub fn days(day_first: bool) -> &'static str {
    if day_first { self::day_first() } else { month_first() }
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
pub fn two_ways(text: &str, one: &str, other: &str) -> String {
    format!("“{text}” can be {one} or {other}.")
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

/// "What becomes of row 7"
pub fn of_row(row: usize) -> String {
    format!("{} of row {row}", of_this_row())
}

/// "Whose is “Revenue”?"
pub fn whose_is(name: &str, readings: usize) -> String {
    let name = isolated(name);
    format!("“{name}”, {}", so_many(readings))
}

/// "row 7"
pub fn in_row(row: usize) -> String {
    format!("row {row}")
}

pub fn refused(refused: Refused) -> String {
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
        Refused::NoValues => "No column with numbers was found.".to_owned(),
    }
}

pub fn why(skipped: &Skipped) -> String {
    match &skipped.why {
        Why::OpenQuote => "A quotation mark opens in this row and is never closed: the row is left out.".to_owned(),
        Why::Title => "Stands above the table.".to_owned(),
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

/// "… and 400 more."
pub fn more(n: usize) -> String {
    format!("… and {} more.", number(n))
}

/// "prices.csv · 120 KB"
pub fn file(name: &str, size: &str) -> String {
    let name = isolated(name);
    format!("{name} · {size}")
}
