//! Days, weeks, months, quarters and years as tables write them, cell by cell.

use super::{
    calendar::{self, Word},
    times::without_time,
};
use crate::{Day, Frequency, Span, quantity::plain_char};

/// A stretch of time that a cell names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// A day.
    Day(Day),
    /// An ISO week, by its Monday.
    Week(Day),
    /// A month, by its first day.
    Month(Day),
    /// A quarter of a year.
    Quarter(i32, u8),
    /// A year.
    Year(i32),
}

/// A stretch of time without its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A month and a day: with the day first, and with the month first. None where there is no such day.
    Day([Option<(u8, u8)>; 2]),
    Week(u8),
    Month(u8),
    Quarter(u8),
}

/// What a cell says about time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// This.
    When(When),
    /// Three numbers: with the day first, the month, or the year. None where there is no such day.
    Orders([Option<Day>; 3]),
    /// It lacks its year.
    Yearless(Part),
    /// `Nov-26`: the month of a year, or a day of a month.
    MonthAnd { month: u8, number: u8 },
    /// A count of days, as spreadsheets keep dates: which one depends on the file.
    Serial,
    /// A count of seconds, or of thousandths.
    Seconds,
}

/// A date as it stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Date {
    pub told: Told,
    /// With a time zone.
    pub zoned: bool,
    /// By the name of a month.
    pub named: bool,
    /// A number and nothing else, such as a year: it may as well be a value.
    pub bare: bool,
}

/// The whole numbers that are dates of 1954 to 2119 to a spreadsheet.
const SERIALS: std::ops::Range<u32> = 20_000..80_000;

/// The longest text that may be a date, in bytes.
const LONGEST: usize = 90;

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

    /// Its days, where the year of a number begins on the day that `begins` gives.
    pub(super) fn span(self, begins: impl Fn(i32) -> Option<Day>) -> Option<Span> {
        let months = |start: Day, months| Span { start, end: start.plus_months(months).plus_days(-1) };
        Some(match self {
            Self::Day(day) => Span { start: day, end: day },
            Self::Week(monday) => Span { start: monday, end: monday.plus_days(6) },
            Self::Month(first) => months(first, 1),
            Self::Quarter(of, quarter) => months(begins(of)?.plus_months(3 * (i32::from(quarter) - 1)), 3),
            Self::Year(of) => months(begins(of)?, 12),
        })
    }
}

impl Part {
    /// In a year.
    pub(super) fn of_year(self, year: i32, month_first: bool) -> Option<When> {
        Some(match self {
            Self::Day(ways) => {
                let (month, day) = (*ways.get(usize::from(month_first))?)?;
                When::Day(Day::new(year, month, day).ok()?)
            }
            Self::Week(number) => When::Week(week(year, number)?),
            Self::Month(month) => When::Month(Day::new(year, month, 1).ok()?),
            Self::Quarter(number) => When::Quarter(year, number),
        })
    }
}

/// Reads dates, where `own` are names of months in the reader's language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dates<'a> {
    pub own: &'a [(String, u8)],
}

/// What a cell is made of.
#[derive(Debug, Default)]
struct Tokens {
    parts: Vec<Token>,
    /// A word that is no word of dates.
    unknown: Option<String>,
    zoned: bool,
    weekday: bool,
    /// `'26` is a year.
    apostrophe: bool,
    /// `28日` is a day.
    day_marked: bool,
    /// The numbers stand between these, as in `26/11` or `26.11.`.
    parted: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Number(Digits),
    Month(u8),
    Week,
    Quarter,
    FiscalYear,
}

/// Up to eight digits, and how many they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Digits {
    value: u32,
    digits: usize,
}

impl Dates<'_> {
    /// Reads a date; none where it is none.
    pub(super) fn read(self, text: &str) -> Option<Date> {
        let tokens = self.tokens(text)?;
        if tokens.unknown.is_some() {
            return None;
        }
        let told = tokens.told()?;
        let named = tokens.parts.iter().any(|part| matches!(part, Token::Month(_)));
        let bare = matches!(tokens.parts.as_slice(), [Token::Number(_)]);
        // A weekday beside a single number makes no date of it.
        (!(bare && tokens.weekday)).then_some(Date { told, zoned: tokens.zoned, named, bare })
    }

    /// The word that keeps a text from being a date: where it stands beside numbers, or alone, in place of a month.
    pub(super) fn unknown_month(self, text: &str) -> Option<String> {
        let tokens = self.tokens(text)?;
        let numbers = tokens.parts.iter().all(|part| matches!(part, Token::Number(_)));
        let has_year =
            tokens.parts.iter().any(|part| matches!(part, Token::Number(number) if full_year(*number).is_some()));
        tokens.unknown.filter(|word| numbers && has_year && word.chars().all(char::is_alphabetic))
    }

    fn tokens(self, text: &str) -> Option<Tokens> {
        if text.len() > LONGEST {
            return None;
        }
        let plain: String = text.chars().filter_map(plain_char).collect();
        if plain.len() > 30 && !plain.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut tokens = Tokens::default();
        let words = without_time(&plain);
        tokens.zoned = words.1;
        for word in words.0 {
            tokens.parted |= word.contains(['/', '-']) || (word.ends_with('.') && word.matches('.').count() == 2);
            self.add(&mut tokens, word);
            if tokens.parts.len() > 4 {
                return None;
            }
        }
        tokens.without_weekday(&plain);
        Some(tokens)
    }

    /// Adds what a word between blanks consists of.
    fn add(self, tokens: &mut Tokens, word: &str) {
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let is_digit = first.is_ascii_digit();
            let end = rest.find(|c: char| c.is_ascii_digit() != is_digit || is_mark(c)).unwrap_or(rest.len());
            let end = if is_mark(first) { first.len_utf8() } else { end };
            let (run, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            rest = after;
            match first {
                '\'' | '’' => tokens.apostrophe = true,
                '年' | '년' | '第' => {}
                '日' | '号' | '號' | '일' => tokens.day_marked = true,
                '月' | '월' => tokens.number_is(|number| {
                    u8::try_from(number.value).ok().filter(|it| (1..=12).contains(it)).map(Token::Month)
                }),
                '週' | '周' | '주' => tokens.parts.push(Token::Week),
                _ if is_mark(first) => {}
                _ if is_digit => match number(run) {
                    Some(number) => tokens.parts.push(Token::Number(number)),
                    None => tokens.is_unknown(run),
                },
                _ => self.add_word(tokens, run),
            }
        }
    }

    fn add_word(self, tokens: &mut Tokens, run: &str) {
        // "كانون الثاني" is one month.
        let joined = tokens.unknown.as_ref().map(|before| format!("{before} {run}"));
        if let Some(Word::Month(month)) = joined.map(|joined| calendar::word(&joined, self.own)) {
            tokens.unknown = None;
            return tokens.parts.push(Token::Month(month));
        }
        match calendar::word(run, self.own) {
            Word::Month(month) => tokens.parts.push(Token::Month(month)),
            Word::Weekday => tokens.weekday = true,
            Word::Week => tokens.parts.push(Token::Week),
            Word::Quarter => tokens.parts.push(Token::Quarter),
            Word::FiscalYear => tokens.parts.push(Token::FiscalYear),
            Word::Filler => {}
            Word::Unknown => tokens.is_unknown(run),
        }
    }
}

/// What stands between the parts of a date, or behind one of them.
const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '/' | '.' | '-' | '\'' | '’' | '\u{2010}'
            ..='\u{2014}'
                | '،'
                | '、'
                | '年'
                | '년'
                | '월'
                | '月'
                | '日'
                | '일'
                | '号'
                | '號'
                | '第'
                | '週'
                | '周'
                | '주'
    )
}

impl Tokens {
    /// Two unknown words are no date; the first is kept.
    fn is_unknown(&mut self, word: &str) {
        self.unknown = Some(match self.unknown.take() {
            Some(before) => format!("{before} {word}"),
            None => word.to_owned(),
        });
    }

    /// Says what the last number is.
    fn number_is(&mut self, what: impl Fn(Digits) -> Option<Token>) {
        if let Some(last) = self.parts.last_mut()
            && let Token::Number(number) = *last
            && let Some(token) = what(number)
        {
            *last = token;
        }
    }

    /// "mar. 28 nov. 2026" has a Tuesday and a month.
    fn without_weekday(&mut self, plain: &str) {
        let is_month = |part: &&Token| matches!(part, Token::Month(_));
        let first: String = plain.trim().chars().take_while(|c| c.is_alphabetic()).collect();
        if self.parts.first().as_ref().is_some_and(is_month)
            && self.parts.iter().filter(is_month).count() == 2
            && calendar::is_weekday(&first)
        {
            self.parts.remove(0);
        }
    }

    fn told(&self) -> Option<Told> {
        use Token::{FiscalYear, Month, Number, Quarter, Week};
        let when = match self.parts.as_slice() {
            [Number(only)] => return alone(*only),
            [Month(month)] => return Some(Told::Yearless(Part::Month(*month))),
            [Week, Number(number)] | [Number(number), Week] => {
                return Some(Told::Yearless(Part::Week(within(*number, 53)?)));
            }
            [Quarter, Number(number)] | [Number(number), Quarter] => {
                return Some(Told::Yearless(Part::Quarter(within(*number, 4)?)));
            }
            [FiscalYear, Number(year)] => When::Year(any_year(*year)?),
            [Week, Number(number), Number(year)] | [Number(number), Week, Number(year)] if number.digits <= 2 => {
                When::Week(week(any_year(*year)?, within(*number, 53)?)?)
            }
            [Number(year), Week, Number(number)] => When::Week(week(full_year(*year)?, within(*number, 53)?)?),
            [Quarter, Number(number), Number(year)] | [Number(number), Quarter, Number(year)] if number.digits == 1 => {
                When::Quarter(any_year(*year)?, within(*number, 4)?)
            }
            [Number(year), Quarter, Number(number)] | [Number(year), Number(number), Quarter] => {
                When::Quarter(full_year(*year)?, within(*number, 4)?)
            }
            [Number(year), Month(month)] if year.digits == 4 => When::Month(first_of(full_year(*year)?, *month)?),
            [Month(month), Number(year)] if year.digits == 4 => When::Month(first_of(full_year(*year)?, *month)?),
            [Month(month), Number(year)] if self.apostrophe => When::Month(first_of(any_year(*year)?, *month)?),
            [Month(month), Number(day)] if self.day_marked => return yearless_day(*month, *day),
            [Month(month), Number(number)] => {
                // A leap day is a day of some year.
                let is_day = Day::new(2024, *month, u8::try_from(number.value).ok()?).is_ok();
                return match (is_day, number.digits) {
                    (true, 2) => Some(Told::MonthAnd { month: *month, number: u8::try_from(number.value).ok()? }),
                    (true, 1) => yearless_day(*month, *number),
                    _ => Some(Told::When(When::Month(first_of(any_year(*number)?, *month)?))),
                };
            }
            [Number(day), Month(month)] => return yearless_day(*month, *day),
            [Number(a), Month(month), Number(b)] => {
                let (year, day) = if a.digits == 4 { (a, b) } else { (b, a) };
                When::Day(day_of(any_year(*year)?, *month, *day)?)
            }
            [Month(month), Number(day), Number(year)] => When::Day(day_of(any_year(*year)?, *month, *day)?),
            [Number(a), Number(b)] if a.digits == 4 => When::Month(first_of(full_year(*a)?, within(*b, 12)?)?),
            [Number(a), Number(b)] if b.digits == 4 => When::Month(first_of(full_year(*b)?, within(*a, 12)?)?),
            [Number(a), Number(b)] if self.parted && a.digits <= 2 && b.digits <= 2 => {
                let of = |month: Digits, day: Digits| {
                    let (month, day) = (within(month, 12)?, within(day, 31)?);
                    Day::new(2024, month, day).is_ok().then_some((month, day))
                };
                let ways = [of(*b, *a), of(*a, *b)];
                return ways.iter().any(Option::is_some).then_some(Told::Yearless(Part::Day(ways)));
            }
            [Number(a), Number(b), Number(c)] if a.digits == 4 => {
                When::Day(day_of(full_year(*a)?, within(*b, 12)?, *c)?)
            }
            [Number(a), Number(b), Number(c)] => {
                let of = |year: Digits, month: Digits, day: Digits| day_of(any_year(year)?, within(month, 12)?, day);
                let year_first = if c.digits <= 2 && a.digits == 2 { of(*a, *b, *c) } else { None };
                let orders = [of(*c, *b, *a), of(*c, *a, *b), year_first];
                return orders.iter().any(Option::is_some).then_some(Told::Orders(orders));
            }
            _ => return None,
        };
        Some(Told::When(when))
    }
}

fn yearless_day(month: u8, day: Digits) -> Option<Told> {
    let day = within(day, 31).filter(|day| Day::new(2024, month, *day).is_ok())?;
    Some(Told::Yearless(Part::Day([Some((month, day)); 2])))
}

fn number(text: &str) -> Option<Digits> {
    let fits = (1..=13).contains(&text.len());
    let value = |text: &str| {
        text.bytes().fold(0_u32, |sum, byte| sum.saturating_mul(10).saturating_add(u32::from(byte - b'0')))
    };
    fits.then(|| Digits { value: value(text), digits: text.len() })
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
        // From 2001 to 2096.
        10 if number.value >= 1_000_000_000 => Some(Told::Seconds),
        13 => Some(Told::Seconds),
        _ => None,
    }
}

/// The Monday of an ISO week. Most years have no week 53.
fn week(year: i32, number: u8) -> Option<Day> {
    let first = Day::new(year, 1, 4).ok()?;
    let monday = first.plus_days(7 * (i32::from(number) - 1) - i32::from(first.weekday()));
    (monday.iso_week() == (year, number)).then_some(monday)
}

fn full_year(year: Digits) -> Option<i32> {
    let value = i32::try_from(year.value).ok()?;
    (year.digits == 4 && Day::YEARS.contains(&value)).then_some(value)
}

/// Two digits are of the years from 1970 to 2069, as in most programs.
fn any_year(year: Digits) -> Option<i32> {
    match (year.digits, i32::try_from(year.value).ok()?) {
        (2, value) => Some(if value < 70 { 2000 + value } else { 1900 + value }),
        _ => full_year(year),
    }
}

/// A number of one or two digits, from 1.
fn within(number: Digits, most: u8) -> Option<u8> {
    let value = u8::try_from(number.value).ok().filter(|_| number.digits <= 2)?;
    (1..=most).contains(&value).then_some(value)
}

fn day_of(year: i32, month: u8, day: Digits) -> Option<Day> {
    Day::new(year, month, u8::try_from(day.value).ok().filter(|_| day.digits <= 2)?).ok()
}

fn first_of(year: i32, month: u8) -> Option<Day> {
    Day::new(year, month, 1).ok()
}
