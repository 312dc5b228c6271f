//! Days, weeks, months, quarters and years as tables write them.

use crate::{Day, Frequency, Periods, Span};

/// A stretch of time that a cell names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// A day.
    Day(Day),
    /// An ISO week, by its Monday.
    Week(Day),
    /// A month, by its first day.
    Month(Day),
    /// A quarter of the year that begins in a calendar year.
    Quarter(i32, u8),
    /// The year that begins in a calendar year.
    Year(i32),
}

/// What a cell says about time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// This.
    When(When),
    /// Two numbers and a year: the day comes first, or the month. None where there is no such day.
    Parts {
        /// With the day first.
        day_first: Option<Day>,
        /// With the month first.
        month_first: Option<Day>,
    },
    /// A count of days, as spreadsheets keep dates: which one depends on the file.
    Serial,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The whole numbers that are dates of 1954 to 2119 to a spreadsheet.
const SERIALS: std::ops::Range<u32> = 20_000..80_000;

impl When {
    /// Its length.
    pub(super) const fn frequency(self) -> Frequency {
        match self {
            Self::Day(_) => Frequency::Daily,
            Self::Week(_) => Frequency::Weekly,
            Self::Month(_) => Frequency::Monthly,
            Self::Quarter(..) => Frequency::Quarterly,
            Self::Year(_) => Frequency::Yearly,
        }
    }

    /// Its days, where quarters and years are those of `periods`.
    pub(super) fn span(self, periods: Periods) -> Option<Span> {
        let months = |start: Day, months| Span { start, end: start.plus_months(months).plus_days(-1) };
        let year = |year| Day::new(year, periods.fiscal_start.get(), 1).ok();
        Some(match self {
            Self::Day(day) => Span { start: day, end: day },
            Self::Week(monday) => Span { start: monday, end: monday.plus_days(6) },
            Self::Month(first) => months(first, 1),
            Self::Quarter(of, quarter) => months(year(of)?.plus_months(3 * (i32::from(quarter) - 1)), 3),
            Self::Year(of) => months(year(of)?, 12),
        })
    }
}

/// Reads a date; none where it is none.
pub(super) fn read(text: &str) -> Option<Told> {
    let text = without_time(text.trim());
    // Nothing that is a date is longer, and what is read here is read for every cell.
    if text.len() > 40 || !text.is_ascii() || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let parts = parts(text);
    let told = match parts.as_slice() {
        [Part::Number(only)] => return alone(*only),
        [Part::Number(year), Part::Word(letter, number)] | [Part::Word(letter, number), Part::Number(year)] => {
            lettered(*letter, number.as_ref()?, full_year(*year)?)?
        }
        // "22 Nov" lacks its year, and so may "Nov 22"; "Nov-26" is how spreadsheets shorten a month.
        [Part::Number(year), Part::Month(month)] => When::Month(first_of(full_year(*year)?, *month)?),
        [Part::Month(month), Part::Number(year)] if text.contains(['-', '\'']) => {
            When::Month(first_of(any_year(*year)?, *month)?)
        }
        [Part::Month(month), Part::Number(year)] => When::Month(first_of(full_year(*year)?, *month)?),
        [Part::Number(a), Part::Month(month), Part::Number(b)] => {
            let (year, day) = if a.digits == 4 { (a, b) } else { (b, a) };
            When::Day(day_of(any_year(*year)?, *month, *day)?)
        }
        [Part::Month(month), Part::Number(day), Part::Number(year)] => {
            When::Day(day_of(any_year(*year)?, *month, *day)?)
        }
        [Part::Number(a), Part::Number(b)] if a.digits == 4 => When::Month(first_of(full_year(*a)?, month_of(*b)?)?),
        [Part::Number(a), Part::Number(b)] if b.digits == 4 => When::Month(first_of(full_year(*b)?, month_of(*a)?)?),
        [Part::Number(a), Part::Number(b), Part::Number(c)] if a.digits == 4 => {
            When::Day(day_of(full_year(*a)?, month_of(*b)?, *c)?)
        }
        [Part::Number(a), Part::Number(b), Part::Number(c)] => {
            let year = any_year(*c)?;
            let of = |month: Digits, day: Digits| day_of(year, month_of(month)?, day);
            let (day_first, month_first) = (of(*b, *a), of(*a, *b));
            return (day_first.is_some() || month_first.is_some()).then_some(Told::Parts { day_first, month_first });
        }
        _ => return None,
    };
    Some(Told::When(told))
}

/// Up to eight digits, and how many they are.
#[derive(Debug, Clone, Copy)]
struct Digits {
    value: u32,
    digits: usize,
}

#[derive(Debug, Clone, Copy)]
enum Part {
    Number(Digits),
    Month(u8),
    /// A letter with a number behind it: `W47`, `Q3`.
    Word(u8, Option<Digits>),
    Other,
}

/// `2026-11-22T09:30:00Z` and `22/11/2026 09:30` are days to us.
fn without_time(text: &str) -> &str {
    let Some((date, time)) = text.split_once(['T', ' ']).filter(|_| text.contains(':')) else { return text };
    // "22 Nov 2026 09:30" has its blank elsewhere.
    if time.starts_with(|c: char| c.is_ascii_digit()) && time.contains(':') && !time.contains(' ') {
        date
    } else {
        text.rsplit_once(' ').map_or(text, |(date, _)| date)
    }
}

fn parts(text: &str) -> Vec<Part> {
    let words = text.split(|c: char| "/.-, '".contains(c)).filter(|word| !word.is_empty());
    words.take(5).flat_map(|word| split_week(word).into_iter().flatten().map(part)).collect()
}

/// `2026W47` is two parts.
fn split_week(word: &str) -> [Option<&str>; 2] {
    match word.split_at_checked(4) {
        Some((year, rest)) if rest.starts_with(['W', 'w', 'Q', 'q']) && number(year).is_some() => {
            [Some(year), Some(rest)]
        }
        _ => [Some(word), None],
    }
}

fn part(word: &str) -> Part {
    if let Some(number) = number(word) {
        return Part::Number(number);
    }
    // "22nd"
    let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|end| number(word.strip_suffix(end)?));
    if let Some(day) = ordinal {
        return Part::Number(day);
    }
    match word.split_at_checked(1) {
        Some((letter, rest)) if number(rest).is_some() => {
            Part::Word(letter.as_bytes().first().map_or(b' ', u8::to_ascii_uppercase), number(rest))
        }
        _ => month_called(word).map_or(Part::Other, Part::Month),
    }
}

fn number(text: &str) -> Option<Digits> {
    let fits = (1..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let value = |text: &str| text.bytes().fold(0, |sum, byte| sum * 10 + u32::from(byte - b'0'));
    fits.then(|| Digits { value: value(text), digits: text.len() })
}

/// A month by its English name, or by its first three letters or more.
fn month_called(word: &str) -> Option<u8> {
    let is =
        |name: &str| word.len() >= 3 && name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let place = MONTHS.iter().position(|name| is(name)).or_else(|| word.eq_ignore_ascii_case("sept").then_some(8))?;
    u8::try_from(place + 1).ok()
}

fn alone(number: Digits) -> Option<Told> {
    match number.digits {
        4 => full_year(number).map(|year| Told::When(When::Year(year))),
        5 if SERIALS.contains(&number.value) => Some(Told::Serial),
        // 20261122
        8 => {
            let (year, rest) = (number.value / 10_000, number.value % 10_000);
            let year = full_year(Digits { value: year, digits: 4 })?;
            let day = day_of(year, u8::try_from(rest / 100).ok()?, Digits { value: rest % 100, digits: 2 })?;
            Some(Told::When(When::Day(day)))
        }
        _ => None,
    }
}

fn lettered(letter: u8, number: &Digits, year: i32) -> Option<When> {
    let number = u8::try_from(number.value).ok()?;
    match letter {
        b'W' if (1..=53).contains(&number) => {
            let first = Day::new(year, 1, 4).ok()?;
            let monday = first.plus_days(7 * (i32::from(number) - 1) - i32::from(first.weekday()));
            // Most years have no week 53.
            (monday.iso_week() == (year, number)).then_some(When::Week(monday))
        }
        b'Q' if (1..=4).contains(&number) => Some(When::Quarter(year, number)),
        _ => None,
    }
}

fn full_year(year: Digits) -> Option<i32> {
    let value = i32::try_from(year.value).ok()?;
    (year.digits == 4 && Day::YEARS.contains(&value)).then_some(value)
}

/// Two digits are of this century.
fn any_year(year: Digits) -> Option<i32> {
    if year.digits == 2 { i32::try_from(year.value).ok().map(|value| 2000 + value) } else { full_year(year) }
}

fn month_of(month: Digits) -> Option<u8> {
    let value = u8::try_from(month.value).ok().filter(|_| month.digits <= 2)?;
    (1..=12).contains(&value).then_some(value)
}

fn day_of(year: i32, month: u8, day: Digits) -> Option<Day> {
    Day::new(year, month, u8::try_from(day.value).ok().filter(|_| day.digits <= 2)?).ok()
}

fn first_of(year: i32, month: u8) -> Option<Day> {
    Day::new(year, month, 1).ok()
}
