//! Tables of every form, made from known readings: what is taken is these readings, and each cell that holds something
//! is taken or listed.
//!
//! `BEARINGS_CASES=1000000 cargo test --release -p bearings-plan --test tables` runs many more of them.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use bearings_plan::{
    paste::{Choices, DateOrder, Decimal, MonthNumber, Pasted, Sheet, Use, Whose},
    *,
};
use proptest::{prelude::*, test_runner::RngSeed};

const TODAY: &str = "2026-11-22";

fn today() -> Day {
    TODAY.parse().unwrap()
}

/// How the dates of a table are written.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Dates {
    Iso,
    IsoTime,
    German,
    British,
    American,
    TwoDigits,
    Japanese,
    Arabic,
    Spoken,
    MonthOf(usize),
    MonthNumber,
    Week,
    Quarter,
    Year,
}

/// How its numbers are written.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Numbers {
    Plain,
    English,
    German,
    Swiss,
    Accounting,
    TrailingMinus,
    Kilograms,
    Exponent,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Form {
    /// Date and value, and perhaps a note.
    Series,
    Long,
    Down,
    Across,
    /// The date in two or three columns.
    Parts,
    /// Years over months.
    YearsOverMonths,
    /// Years down, months across.
    Crossed,
    /// Groups over names.
    Groups,
    /// Two values under each name.
    PlanAndActual,
    /// Series, turned.
    Turned,
}

/// What a table has beside its readings.
#[derive(Debug, Clone, Copy)]
struct Extras {
    title: bool,
    head: bool,
    totals: bool,
    total_column: bool,
    blank_rows: bool,
    repeated_head: bool,
    footnote: bool,
    notes: bool,
    further_column: bool,
    trailing: bool,
    twice: bool,
    bad_date: bool,
    bad_value: bool,
    future: bool,
}

#[derive(Debug, Clone)]
struct Case {
    form: Form,
    dates: Dates,
    numbers: Numbers,
    separator: char,
    extras: Extras,
    kpis: usize,
    /// The values of each period, KPI by KPI; none where a cell is blank.
    values: Vec<[Option<i64>; 3]>,
    decimals: u32,
    markdown: bool,
}

const NAMES: [&str; 3] = ["Revenue", "New leads", "Ärger, \"laut\""];

/// The language of months, and how January to December are called in it.
const MONTHS: [[&str; 12]; 9] = [
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"],
    ["Jänner", "Februar", "Mrz", "April", "Mai", "Juni", "Juli", "Aug.", "Sep.", "Okt", "November", "Dez."],
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
    ["enero", "feb", "marzo", "abr", "mayo", "junio", "jul", "ago", "septiembre", "oct", "nov", "dic"],
    ["jan.", "fev.", "março", "abril", "maio", "jun.", "julho", "ago.", "set.", "out.", "nov.", "dez."],
    ["gennaio", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ottobre", "nov", "dic"],
    ["januari", "feb.", "mrt.", "april", "mei", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "december"],
    [
        "tammikuu",
        "helmikuuta",
        "maalis",
        "huhti",
        "touko",
        "kesäkuuta",
        "heinä",
        "elo",
        "syys",
        "loka",
        "marras",
        "joulu",
    ],
    ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"],
];

impl Dates {
    const fn length(self) -> Frequency {
        match self {
            Self::MonthOf(_) | Self::MonthNumber => Frequency::Monthly,
            Self::Week => Frequency::Weekly,
            Self::Quarter => Frequency::Quarterly,
            Self::Year => Frequency::Yearly,
            _ => Frequency::Daily,
        }
    }

    /// A date, and the day that its reading gets, so many periods back.
    fn at(self, back: usize) -> (String, Day) {
        let back = i32::try_from(back).unwrap();
        let month = |first: Day| first.plus_months(1).plus_days(-1).min(today());
        let first = today().month_start();
        // A month name needs days over 12 somewhere only where numbers are told apart: the choice is made there.
        let day = today().plus_days(-back);
        let (y, m, d) = (day.year(), day.month(), day.day());
        match self {
            Self::Iso => (day.to_string(), day),
            Self::IsoTime => (format!("{day}T23:{:02}:00Z", back % 60), day),
            Self::German => (format!("{d:02}.{m:02}.{y}"), day),
            Self::British => (format!("{d:02}/{m:02}/{y} 9:30"), day),
            Self::American => (format!("{m}/{d}/{y} 9:30:00 PM"), day),
            Self::TwoDigits => (format!("{:02}-{m:02}-{d:02}", y % 100), day),
            Self::Japanese => (format!("{y}年{m}月{d}日"), day),
            Self::Arabic => {
                let digit = |c: char| c.to_digit(10).and_then(|it| char::from_u32(0x660 + it)).unwrap_or(c);
                (day.to_string().chars().map(digit).collect(), day)
            }
            Self::Spoken => (format!("Saturday, {} {d}, {y}", MONTHS[0][usize::from(m) - 1]), day),
            Self::MonthOf(language) => {
                let start = first.plus_months(-back);
                (format!("{} {}", MONTHS[language][usize::from(start.month()) - 1], start.year()), month(start))
            }
            Self::MonthNumber => {
                let start = first.plus_months(-back);
                (format!("{:02}/{}", start.month(), start.year()), month(start))
            }
            Self::Week => {
                let monday = today().plus_days(-i32::from(today().weekday()) - 7 * back);
                let (year, week) = monday.iso_week();
                (format!("{year}-W{week:02}"), monday.plus_days(6).min(today()))
            }
            Self::Quarter => {
                let start = Day::new(2026, 10, 1).unwrap().plus_months(-3 * back);
                let end = start.plus_months(3).plus_days(-1).min(today());
                (format!("Q{} {}", (start.month() - 1) / 3 + 1, start.year()), end)
            }
            Self::Year => {
                let year = 2026 - back;
                (year.to_string(), Day::new(year, 12, 31).unwrap().min(today()))
            }
        }
    }
}

impl Numbers {
    /// A count of the smallest units as a number, and as it is written.
    fn write(self, units: i64, decimals: u32) -> (f64, String) {
        let decimals = if self == Self::Exponent { 0 } else { decimals };
        let value: f64 = format!("{units}e-{decimals}").parse().unwrap();
        let plain = value.abs().to_string();
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let grouped = |mark: &str| {
            let mut text = String::new();
            for (at, digit) in whole.chars().enumerate() {
                if at > 0 && (whole.len() - at).is_multiple_of(3) {
                    text.push_str(mark);
                }
                text.push(digit);
            }
            text
        };
        let with =
            |whole: String, mark: &str| if fraction.is_empty() { whole } else { format!("{whole}{mark}{fraction}") };
        let minus = |text: String| if value < 0.0 { format!("-{text}") } else { text };
        let text = match self {
            Self::Plain => minus(with(whole.to_owned(), ".")),
            Self::English => minus(with(grouped(","), ".")),
            Self::German => minus(with(grouped("."), ",")).replace('-', "\u{2212}"),
            Self::Swiss => minus(with(grouped("\u{2019}"), ".")),
            Self::Accounting if value == 0.0 => " $ -   ".to_owned(),
            Self::Accounting if value < 0.0 => format!("$ ({})", with(grouped(","), ".")),
            Self::Accounting => format!(" $ {} ", with(grouped(","), ".")),
            Self::TrailingMinus => {
                let text = with(grouped("."), ",");
                if value < 0.0 { format!("{text}-") } else { text }
            }
            Self::Kilograms => format!("{} kg", minus(with(whole.to_owned(), "."))),
            Self::Exponent => format!("{value:e}").replace('e', "E+").replace("E+-", "E-"),
        };
        (value, text)
    }

    const fn decimal(self) -> Decimal {
        match self {
            Self::German | Self::TrailingMinus => Decimal::Comma,
            _ => Decimal::Point,
        }
    }
}

/// A table being made: its cells, and the readings that a person would find in them.
#[derive(Default)]
struct Made {
    rows: Vec<Vec<String>>,
    readings: BTreeMap<(String, Day, String), usize>,
}

impl Made {
    fn read(&mut self, name: &str, day: Day, value: f64, note: &str) {
        *self.readings.entry((name.to_owned(), day, format!("{value} {note}"))).or_default() += 1;
    }

    fn turned(&mut self) {
        let width = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let cell = |row: &Vec<String>, column: usize| row.get(column).cloned().unwrap_or_default();
        self.rows = (0..width).map(|column| self.rows.iter().map(|row| cell(row, column)).collect()).collect();
    }
}

fn texts(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

impl Case {
    fn write(&self, units: i64) -> (f64, String) {
        self.numbers.write(units, self.decimals)
    }

    fn names(&self) -> &'static [&'static str] {
        &NAMES[..self.kpis]
    }

    fn make(&self) -> Made {
        let mut made = Made::default();
        let extras = self.extras;
        let note = |back: usize| if extras.notes && back.is_multiple_of(2) { "a note; of \"it\", yes" } else { "" };
        match self.form {
            Form::Series | Form::Turned => {
                let mut head = texts(&["Date", "Value"]);
                if extras.notes {
                    head.push("Note".into());
                }
                if extras.head || self.form == Form::Turned {
                    made.rows.push(head);
                }
                for (back, values) in self.values.iter().enumerate().rev() {
                    let Some(units) = values[0] else { continue };
                    let ((date, day), (value, text)) = (self.dates.at(back), self.write(units));
                    let mut row = vec![date, text];
                    if extras.notes {
                        row.push(note(back).into());
                    }
                    made.read("", day, value, if extras.notes { note(back) } else { "" });
                    if extras.twice && back == 0 {
                        made.rows.push(row.clone());
                        made.read("", day, value, if extras.notes { note(back) } else { "" });
                    }
                    made.rows.push(row);
                }
            }
            Form::Long => {
                let mut head = texts(&["KPI", "Date", "Value"]);
                if extras.notes {
                    head.push("Comment".into());
                }
                if extras.further_column {
                    head.push("Owner".into());
                }
                made.rows.push(head);
                for (back, values) in self.values.iter().enumerate() {
                    for (name, units) in self.names().iter().zip(values) {
                        let Some(units) = units else { continue };
                        let ((date, day), (value, text)) = (self.dates.at(back), self.write(*units));
                        let mut row = vec![(*name).to_owned(), date, text];
                        if extras.notes {
                            row.push(note(back).into());
                        }
                        if extras.further_column {
                            row.push("Ann".into());
                        }
                        made.read(name, day, value, if extras.notes { note(back) } else { "" });
                        made.rows.push(row);
                    }
                }
            }
            Form::Down | Form::Across | Form::Groups | Form::PlanAndActual => self.wide(&mut made),
            Form::Parts => self.parts(&mut made),
            Form::YearsOverMonths | Form::Crossed => self.months(&mut made),
        }
        if matches!(self.form, Form::Across | Form::Turned | Form::YearsOverMonths) {
            made.turned();
        }
        self.add_extras(&mut made);
        made
    }

    /// Dates down, a column for each KPI, or for two figures of each.
    fn wide(&self, made: &mut Made) {
        let extras = self.extras;
        let mut head = texts(&[if self.form == Form::Across { "KPI" } else { "Period" }]);
        let double = self.form == Form::PlanAndActual;
        if self.form == Form::Groups {
            let mut groups = texts(&["", "Sales"]);
            groups.resize(self.kpis, String::new());
            groups.push("Support".into());
            made.rows.push(groups);
        }
        if double {
            let mut upper = texts(&[""]);
            for name in self.names() {
                upper.extend([(*name).to_owned(), String::new()]);
                head.extend(texts(&["Forecast", "Actual"]));
            }
            made.rows.push(upper);
        } else {
            head.extend(self.names().iter().map(|name| (*name).to_owned()));
        }
        if extras.total_column && !double && self.kpis > 1 {
            head.push("Total".into());
        }
        if extras.further_column {
            head.push("Owner".into());
        }
        made.rows.push(head);
        for (back, values) in self.values.iter().enumerate() {
            let (date, day) = self.dates.at(back);
            let mut row = vec![date];
            for (name, units) in self.names().iter().zip(values) {
                let (value, text) = units.map_or((0.0, String::new()), |units| self.write(units));
                if double {
                    row.push(text.clone());
                    if units.is_some() {
                        made.read(&format!("{name} Forecast"), day, value, "");
                    }
                }
                row.push(text);
                if units.is_some() {
                    made.read(&if double { format!("{name} Actual") } else { (*name).to_owned() }, day, value, "");
                }
            }
            if extras.total_column && !double && self.kpis > 1 {
                row.push(self.write(values.iter().take(self.kpis).flatten().sum()).1);
            }
            if extras.further_column {
                row.push("Ann".into());
            }
            made.rows.push(row);
        }
    }

    /// Year, month and day, or year and week, quarter, month, in columns of their own; a year may be merged.
    fn parts(&self, made: &mut Made) {
        let merged = self.extras.trailing;
        let (head, days): (&[&str], bool) = match self.dates.length() {
            Frequency::Daily => (&["Year", "Month", "Day"], true),
            Frequency::Weekly => (&["Year", "Week"], false),
            Frequency::Quarterly => (&["Jahr", "Quartal"], false),
            _ => (&["Année", "Mois"], false),
        };
        let mut head = texts(head);
        head.extend(self.names().iter().map(|name| (*name).to_owned()));
        made.rows.push(head);
        let mut last = String::new();
        for (back, values) in self.values.iter().enumerate() {
            let (text, day) = self.dates.at(back);
            let (year, part) = match self.dates.length() {
                Frequency::Daily => (day.year().to_string(), day.month().to_string()),
                Frequency::Weekly => (text[..4].to_owned(), text[6..].to_owned()),
                Frequency::Quarterly => (text[3..].to_owned(), text[..2].to_owned()),
                _ => {
                    let month = day.month_start();
                    let name = match self.dates {
                        Dates::MonthOf(language) => MONTHS[language][usize::from(month.month()) - 1].to_owned(),
                        _ => month.month().to_string(),
                    };
                    (month.year().to_string(), name)
                }
            };
            let shown = if merged && year == last { String::new() } else { year.clone() };
            last = year;
            let mut row = vec![shown, part];
            if days {
                row.push(day.day().to_string());
            }
            for (name, units) in self.names().iter().zip(values) {
                let Some(units) = units else {
                    row.push(String::new());
                    continue;
                };
                let (value, text) = self.write(*units);
                row.push(text);
                made.read(name, day, value, "");
            }
            made.rows.push(row);
        }
    }

    /// Whole years of months: years over months with KPIs down (made turned), or years down and months across.
    fn months(&self, made: &mut Made) {
        let language = if let Dates::MonthOf(language) = self.dates { language } else { 0 };
        let of = |year: i32, month: usize| {
            let start = Day::new(year, u8::try_from(month + 1).unwrap(), 1).unwrap();
            start.plus_months(1).plus_days(-1)
        };
        let value = |year: usize, month: usize, kpi: usize| self.values[(12 * year + month) % self.values.len()][kpi];
        if self.form == Form::Crossed {
            let mut head = texts(&["Year"]);
            head.extend(MONTHS[language].iter().map(|month| (*month).to_owned()));
            if self.extras.total_column {
                head.push("Summe".into());
            }
            made.rows.push(head);
            for year in [2024, 2025] {
                let mut row = vec![year.to_string()];
                for month in 0..12 {
                    let units = value(usize::try_from(year - 2024).unwrap(), month, 0);
                    let (number, text) = units.map_or((0.0, String::new()), |units| self.write(units));
                    row.push(text);
                    if units.is_some() {
                        made.read("", of(year, month), number, "");
                    }
                }
                if self.extras.total_column {
                    row.push(self.write(17).1);
                }
                made.rows.push(row);
            }
            return;
        }
        let mut head = texts(&["", "KPI"]);
        head.extend(self.names().iter().map(|name| (*name).to_owned()));
        made.rows.push(head);
        for (nth, year) in [2024, 2025].into_iter().enumerate() {
            for (month, called) in MONTHS[language].iter().enumerate() {
                let mut row = vec![if month == 0 { year.to_string() } else { String::new() }, (*called).to_owned()];
                for (kpi, name) in self.names().iter().enumerate() {
                    let units = value(nth, month, kpi);
                    let (number, text) = units.map_or((0.0, String::new()), |units| self.write(units));
                    row.push(text);
                    if units.is_some() {
                        made.read(name, of(year, month), number, "");
                    }
                }
                made.rows.push(row);
            }
        }
    }

    /// What stands beside, above, between and below the readings.
    fn add_extras(&self, made: &mut Made) {
        let extras = self.extras;
        let turned = matches!(self.form, Form::Across | Form::Turned | Form::YearsOverMonths);
        let heads = match self.form {
            Form::Groups | Form::PlanAndActual | Form::YearsOverMonths => 2,
            Form::Series => usize::from(extras.head),
            _ => 1,
        };
        let width = made.rows.iter().map(Vec::len).max().unwrap_or(0);
        let blank = |text: &str, at: usize| {
            let mut row = vec![String::new(); width];
            row[at] = text.to_owned();
            row
        };
        let is_down = !turned && self.form != Form::Crossed;
        if extras.bad_value && is_down && made.rows.len() > heads + 3 {
            let mut row = made.rows[heads].clone();
            // A date that no other row has, and words in place of each number.
            for cell in row.iter_mut().skip(1).filter(|cell| cell.contains(|c: char| c.is_ascii_digit())) {
                *cell = "see below, please".to_owned();
            }
            if self.form == Form::Series || self.form == Form::Down {
                made.rows.push(row);
            }
        }
        if extras.bad_date && is_down && self.form != Form::Parts && made.rows.len() > heads + 3 {
            let mut row = made.rows[heads].clone();
            let at = usize::from(self.form == Form::Long);
            row[at] = "some day".to_owned();
            made.rows.push(row);
        }
        if extras.future && is_down && self.form != Form::Parts && self.dates == Dates::Iso {
            let mut row = made.rows[heads].clone();
            row[usize::from(self.form == Form::Long)] = "2031-01-01".to_owned();
            made.rows.push(row);
        }
        if extras.repeated_head && is_down && heads == 1 && made.rows.len() > heads + 2 {
            let head = made.rows[0].clone();
            made.rows.insert(heads + 2, head);
        }
        if extras.totals && self.form != Form::Turned {
            let mut total = vec!["Total".to_owned()];
            total.resize(width, self.write(99).1);
            if turned && self.form == Form::YearsOverMonths || self.form == Form::Parts {
                total.iter_mut().skip(1).take(heads).for_each(String::clear);
            }
            if self.form == Form::Long {
                total[1].clear();
            }
            // A total of fewer than two KPIs is one of them.
            if !turned || self.kpis > 1 {
                made.rows.push(total);
            }
        }
        if extras.blank_rows {
            let middle = made.rows.len() / 2;
            made.rows.insert(middle.max(1), vec![String::new(); width]);
        }
        if extras.footnote {
            made.rows.push(vec![String::new(); width]);
            made.rows.push(blank("Source: the books of all of us", 0));
        }
        if extras.title {
            made.rows.insert(0, vec![String::new(); width]);
            made.rows.insert(0, blank("Everything we know", 0));
        }
        if extras.trailing {
            made.rows.iter_mut().for_each(|row| row.extend([String::new(), String::new()]));
        }
    }

    fn text(&self, made: &Made) -> String {
        let cell = |cell: &String| {
            let quote = cell.contains(['"', '\n', self.separator]);
            if quote { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
        };
        let width = made.rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut lines: Vec<String> = Vec::new();
        for (nth, row) in made.rows.iter().enumerate() {
            if self.markdown {
                let cells = row.iter().map(|cell| cell.replace('|', "\\|")).collect::<Vec<_>>();
                lines.push(format!("| {} |", cells.join(" | ")));
                if nth == 0 {
                    lines.push(format!("|{}", " --- |".repeat(width)));
                }
                continue;
            }
            lines.push(row.iter().map(cell).collect::<Vec<_>>().join(&self.separator.to_string()));
        }
        lines.join("\r\n")
    }
}

fn cases() -> impl Strategy<Value = Case> {
    let form = prop::sample::select(vec![
        Form::Series,
        Form::Long,
        Form::Down,
        Form::Across,
        Form::Parts,
        Form::YearsOverMonths,
        Form::Crossed,
        Form::Groups,
        Form::PlanAndActual,
        Form::Turned,
    ]);
    let dates = prop_oneof![
        prop::sample::select(vec![
            Dates::Iso,
            Dates::IsoTime,
            Dates::German,
            Dates::British,
            Dates::American,
            Dates::TwoDigits,
            Dates::Japanese,
            Dates::Arabic,
            Dates::Spoken,
            Dates::MonthNumber,
            Dates::Week,
            Dates::Quarter,
            Dates::Year,
        ]),
        (0..MONTHS.len()).prop_map(Dates::MonthOf),
    ];
    let numbers = prop::sample::select(vec![
        Numbers::Plain,
        Numbers::English,
        Numbers::German,
        Numbers::Swiss,
        Numbers::Accounting,
        Numbers::TrailingMinus,
        Numbers::Kilograms,
        Numbers::Exponent,
    ]);
    let value = prop_oneof![8 => (-9_999_999_i64..10_000_000).prop_map(Some), 1 => (0_i64..3000).prop_map(Some), 1 => Just(None)];
    let values = prop::collection::vec(prop::array::uniform3(value), 2..16);
    let extras = prop::array::uniform14(prop::bool::weighted(0.25)).prop_map(
        |[
            title,
            head,
            totals,
            total_column,
            blank_rows,
            repeated_head,
            footnote,
            notes,
            further_column,
            trailing,
            twice,
            bad_date,
            bad_value,
            future,
        ]| Extras {
            title,
            head,
            totals,
            total_column,
            blank_rows,
            repeated_head,
            footnote,
            notes,
            further_column,
            trailing,
            twice,
            bad_date,
            bad_value,
            future,
        },
    );
    let separator = prop::sample::select(vec!['\t', ';', ',', '|']);
    ((form, dates, numbers, separator), extras, 1_usize..=3, values, 0_u32..3, any::<bool>()).prop_map(
        |((form, dates, numbers, separator), extras, kpis, values, decimals, markdown)| {
            let markdown = markdown && separator == '|';
            let kpis = if matches!(form, Form::Groups | Form::PlanAndActual) { kpis.max(2) } else { kpis };
            // Whole years need months.
            let dates = match (form, dates) {
                (Form::Crossed | Form::YearsOverMonths, Dates::MonthOf(_)) => dates,
                (Form::Crossed | Form::YearsOverMonths, _) => Dates::MonthOf(0),
                (Form::Parts, Dates::Year) => Dates::Week,
                _ => dates,
            };
            Case { form, dates, numbers, separator, extras, kpis, values, decimals, markdown }
        },
    )
}

/// A plan with the KPIs of the tables, and the choices of somebody who knows how they are written.
fn desk(case: &Case) -> (Plan, Choices) {
    let at = |n: u64| At { stamp: Stamp::new(1_700_000_000_000 + n, 0, Actor(1)), day: "2020-01-01".parse().unwrap() };
    let mut plan = Plan::new(Seed { millis: 1, random: [1; 10] }.into(), Name::new("Plan").unwrap(), at(0));
    let mut first = None;
    for (n, name) in (1..).zip(NAMES) {
        let id = Seed { millis: n, random: [2; 10] }.into();
        let kpi = Kpi::new(id, Name::new(name).unwrap(), Prose::default(), case.dates.length(), at(n));
        plan = plan.apply(&Change::Add(kpi.into()), at(n)).unwrap().0;
        first = first.or(Some(id));
    }
    let mut choices = Choices::new(first, today(), Decimal::Point);
    choices.decimal = Some(case.numbers.decimal());
    choices.month_number = Some(MonthNumber::Year);
    choices.order = match case.dates {
        Dates::American => Some(DateOrder::MonthFirst),
        Dates::German | Dates::British => Some(DateOrder::DayFirst),
        Dates::TwoDigits => Some(DateOrder::YearFirst),
        _ => None,
    };
    (plan, choices)
}

/// What was taken, as a person would list it.
fn taken(pasted: &Pasted) -> BTreeMap<(String, Day, String), usize> {
    let mut readings = BTreeMap::new();
    for row in &pasted.rows {
        let name = pasted.names[row.name].text.clone();
        *readings.entry((name, row.day, format!("{} {}", row.value.get(), row.note))).or_default() += 1;
    }
    readings
}

fn check(case: &Case) -> Result<(), TestCaseError> {
    let made = case.make();
    if made.readings.is_empty() {
        return Ok(());
    }
    let text = case.text(&made);
    let (plan, choices) = desk(case);
    let sheet = Sheet::read(&text, None).map_err(|refused| TestCaseError::fail(format!("{refused:?}\n{text}")))?;
    let pasted = plan.paste(&sheet, &choices, today());
    let pasted = pasted.map_err(|refused| TestCaseError::fail(format!("{refused:?}\n{text}")))?;
    prop_assert_eq!(&pasted.asks, &vec![], "{}", text);
    prop_assert_eq!(taken(&pasted), made.readings, "{}\n{:#?}", text, pasted.skipped);
    prop_assert!(pasted.names.iter().all(|name| name.whose != Whose::Out), "{}", text);
    account(&sheet, &pasted, &text)
}

/// Each cell that holds something is taken for one thing, or listed once.
fn account(sheet: &Sheet, pasted: &Pasted, text: &str) -> Result<(), TestCaseError> {
    let (mut values, mut listed, mut all) = (0, 0, 0);
    for row in 0..sheet.len() {
        for (column, cell) in sheet.cells(row).enumerate() {
            let of = pasted.account.of(sheet, row, column);
            prop_assert_eq!(of.is_some(), !cell.is_empty(), "row {} column {} of\n{}", row, column, text);
            all += usize::from(of.is_some());
            values += usize::from(of == Some(Use::Value));
            listed += usize::from(of == Some(Use::Listed));
        }
    }
    prop_assert_eq!(values, pasted.rows.len(), "each value is one reading\n{}", text);
    prop_assert_eq!(listed, pasted.skipped.iter().map(|it| it.cells).sum::<usize>(), "{}", text);
    prop_assert_eq!(pasted.account.taken() + pasted.account.listed(), all);
    Ok(())
}

/// The short run tries the same tables everywhere; the long one tries new ones each time.
fn config() -> ProptestConfig {
    let asked: Option<u32> = std::env::var("BEARINGS_CASES").ok().and_then(|cases| cases.parse().ok());
    let rng_seed = if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(1) };
    let cases = asked.unwrap_or(2_000);
    ProptestConfig { cases, rng_seed, failure_persistence: None, max_shrink_iters: 4_000, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_taken_of_a_table_is_what_it_was_made_of(case in cases()) {
        check(&case)?;
    }

    /// Whatever is given, nothing is lost without a word.
    #[test]
    fn each_cell_of_any_text_is_taken_or_listed(
        rows in prop::collection::vec(
            prop::collection::vec(
                prop_oneof![
                    prop::sample::select(vec![
                        "", "", "Date", "Value", "KPI", "Note", "Total", "Year", "Month", "Revenue", "2026-11-01", "Nov-26",
                        "Jan 2026", "1/2/2026", "2025", "46000", "Q3", "W46", "5", "1,5", "-", "(3)", "30m", "5 kg", "12 %",
                        "x", "n/a", "Jan", "26-11-18", "lis 2026", "1764288000", "2026-10",
                    ]).prop_map(str::to_owned),
                    "[a-z0-9 .,|/-]{0,8}",
                ],
                1..6,
            ),
            1..9,
        ),
        separator in prop::sample::select(vec!["\t", ";", ","]),
    ) {
        let text = rows.iter().map(|row| row.join(separator)).collect::<Vec<_>>().join("\n");
        let case = Case {
            form: Form::Series,
            dates: Dates::Iso,
            numbers: Numbers::Plain,
            separator: ',',
            extras: Extras {
                title: false, head: false, totals: false, total_column: false, blank_rows: false, repeated_head: false,
                footnote: false, notes: false, further_column: false, trailing: false, twice: false, bad_date: false,
                bad_value: false, future: false,
            },
            kpis: 1,
            values: Vec::new(),
            decimals: 0,
            markdown: false,
        };
        let (plan, mut choices) = desk(&case);
        (choices.order, choices.decimal, choices.month_number) = (None, None, None);
        let Ok(sheet) = Sheet::read(&text, None) else { return Ok(()) };
        if let Ok(pasted) = plan.paste(&sheet, &choices, today()) {
            account(&sheet, &pasted, &text)?;
        }
    }
}
