//! Numbers of a table: a sign, digits, and what stands around them, as people, spreadsheets and accountants write.
//!
//! `1,234.5`, `-5`, `5-`, `(5)`, `$ (1,234.00)`, `1.23E+12`, `30%`, `12 EUR`, `72.4 kg`, `1.2k`; a dash may be zero.

use super::calendar;
use crate::{
    Number, Unit,
    decimal::double,
    digits,
    quantity::{self, Field, Quantity, QuantityError, Separators, is_no_unit, is_own, plain_char},
};

/// The sign before the fraction. The other one groups thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimal {
    /// `3,637,839.5`
    Point,
    /// `3.637.839,5`
    Comma,
}

/// What a letter behind a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letter {
    /// A unit: `30m` are 30 minutes.
    Unit,
    /// A multiple: `30m` are 30 million.
    Multiple,
}

/// What a dash in place of a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dash {
    /// The number zero, as accountants write it.
    Zero,
    /// No number.
    Nothing,
}

/// What one number tells about the way in which all are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tells {
    /// It is the same number both ways, or none.
    Nothing,
    /// It can only be read like this.
    This(Decimal),
    /// It is one number or another.
    Either {
        /// With a point before the fraction.
        point: Number,
        /// With a comma.
        comma: Number,
    },
}

/// A number as it stands in a cell, without what is not part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    negative: bool,
    /// Digits and the signs between them; empty for a dash.
    body: String,
    exponent: i32,
    /// The currency sign or code, the unit or the multiple around it; empty where there is none.
    pub around: String,
    /// A currency is among it.
    money: bool,
}

/// What is behind a number in texts that are none: ordinals, halves of days.
const NO_UNITS: &[&str] = &["st", "nd", "rd", "th", "am", "pm", "x"];
/// Currencies that are written with letters, small ones too.
const LETTERED: &[&str] =
    &["kr", "fr", "r$", "us$", "ca$", "a$", "nz$", "hk$", "s$", "rs", "zł", "kč", "ft", "lei", "sek", "eur"];

impl Cell {
    /// Takes a cell apart; none where it is no number in any way of writing.
    pub(super) fn of(text: &str) -> Option<Self> {
        if text.len() > 4 * quantity::MAX_CHARS {
            return None;
        }
        let plain: String = text.chars().filter_map(plain_char).map(one_dash).collect();
        let (plain, within) = without_parentheses(plain.trim())?;
        let plain = plain.trim();
        let is_digit = |c: char| c.is_ascii_digit();
        let Some(first) = plain.find(is_digit) else { return Self::dash(plain, within) };
        // ".5" begins before its first digit.
        let first = match plain.get(..first).and_then(|before| before.chars().next_back()) {
            Some(mark @ ('.' | ',' | '\u{66b}'))
                if !plain.get(..first)?.trim_end_matches(mark).ends_with(char::is_alphabetic) =>
            {
                first - mark.len_utf8()
            }
            _ => first,
        };
        let (before, rest) = plain.split_at_checked(first)?;
        let end = body_end(rest);
        let (body, after) = rest.split_at_checked(end)?;
        let (body, after) = whole_amount(body, after);
        // The signs of Arabic script say which is which.
        let body = if body.contains(['\u{66b}', '\u{66c}']) {
            body.replace('\u{66c}', "").replace('\u{66b}', ".")
        } else {
            body.to_owned()
        };
        let (exponent, after) = exponent(after);
        let mut signs = usize::from(within);
        let mut minus = within;
        let mut without_sign = |text: &str| {
            let text = text.trim();
            let bare = text.strip_prefix('-').or_else(|| text.strip_suffix('-')).or_else(|| text.strip_prefix('+'));
            let bare = bare.or_else(|| text.strip_suffix('+'));
            if let Some(bare) = bare {
                signs += 1;
                minus |= text.contains('-');
                return bare.trim().to_owned();
            }
            text.to_owned()
        };
        let (before, after) = (without_sign(before), without_sign(after));
        if signs > 1 || !(before.is_empty() || is_money(&before) || before == "%") || !may_be_around(&after) {
            return None;
        }
        let money = is_money(&before) || ends_in_money(&after);
        // "$ 5 USD": one of them says it.
        let around = if after.is_empty() { before } else { after };
        Some(Self { negative: minus, body, exponent, around, money })
    }

    /// A dash alone, or with a currency.
    fn dash(plain: &str, within: bool) -> Option<Self> {
        let around = plain.replacen('-', "", 1);
        let around = around.trim();
        let is_dash = !within && plain.contains('-') && (around.is_empty() || is_money(around));
        is_dash.then(|| Self {
            negative: false,
            body: String::new(),
            exponent: 0,
            around: around.to_owned(),
            money: !around.is_empty(),
        })
    }

    /// A dash in place of a number: zero with a currency, as accountants write it, and otherwise perhaps.
    pub(super) const fn is_dash(&self) -> bool {
        self.body.is_empty()
    }

    /// Whether a currency stands around it.
    pub(super) const fn is_money(&self) -> bool {
        self.money
    }

    /// A dash that says no more.
    pub(super) const fn is_bare_dash(&self) -> bool {
        self.is_dash() && !self.money
    }

    /// The unit that the cell names, where what stands around is all a unit.
    pub(super) fn unit(&self, kpi: &Unit, letter: Letter) -> &str {
        if self.multiple(kpi, letter) == 0 {
            &self.around
        } else {
            self.around.get(self.multiple_letters()..).unwrap_or_default().trim()
        }
    }

    /// The letter that may be a unit or a multiple, where nothing tells which.
    pub(super) fn letter_is_open(&self, kpi: &Unit) -> bool {
        kpi.as_str().is_empty() && !self.is_dash() && ["m", "M", "b", "B"].contains(&self.around.as_str())
    }

    /// The power of ten of a multiple.
    fn multiple(&self, kpi: &Unit, letter: Letter) -> i32 {
        let length = self.multiple_letters();
        let Some(letters) = self.around.get(..length).filter(|letters| !letters.is_empty()) else { return 0 };
        let rest = self.around.get(length..).unwrap_or_default().trim();
        // Where the unit begins with the letter, the letter is the unit.
        if rest.is_empty() && is_own(letters, kpi.as_str()) {
            return 0;
        }
        if rest.is_empty() && letter == Letter::Unit && self.letter_is_open(kpi) {
            return 0;
        }
        match letters.to_lowercase().as_str() {
            "k" => 3,
            "m" => 6,
            _ => 9,
        }
    }

    /// How many letters of what stands around are a multiple: alone, or before a currency.
    fn multiple_letters(&self) -> usize {
        let letters = ["bn", "k", "m", "b"].into_iter().find(|letters| {
            let Some(start) = self.around.get(..letters.len()) else { return false };
            let rest = self.around.get(letters.len()..).unwrap_or_default();
            start.eq_ignore_ascii_case(letters) && (rest.is_empty() || is_money(rest.trim()))
        });
        letters.map_or(0, str::len)
    }

    /// The number, where `kpi` is the unit that is meant.
    pub(super) fn value(&self, decimal: Decimal, letter: Letter, kpi: &Unit) -> Result<Number, QuantityError> {
        if self.is_dash() {
            return Ok(Number::ZERO);
        }
        let separators = match decimal {
            Decimal::Point => Separators { decimal: '.', group: ',' },
            Decimal::Comma => Separators { decimal: ',', group: '.' },
        };
        // With a power of ten, no program groups the digits.
        if self.exponent != 0 && self.body.contains(separators.group) {
            return Err(QuantityError::Malformed(self.body.clone()));
        }
        let Quantity::Absolute(number) = quantity::parse(&self.body, &Field { separators, unit: None })? else {
            return Err(QuantityError::Malformed(self.body.clone()));
        };
        let exponent = self.exponent + self.multiple(kpi, letter);
        let signed = if self.negative { -number.get() } else { number.get() };
        // The power goes into the text: 1.1 * 1000.0 would be 1100.0000000000002.
        let value = if exponent == 0 { Some(signed) } else { double(&format!("{}e{exponent}", digits(signed))) };
        value.and_then(|value| Number::new(value).ok()).ok_or(QuantityError::TooLarge)
    }

    pub(super) fn tells(&self) -> Tells {
        // Without a sign between its digits it is the same in all ways.
        if self.body.bytes().all(|byte| byte.is_ascii_digit()) {
            return Tells::Nothing;
        }
        let value = |decimal| self.value(decimal, Letter::Unit, &Unit::default());
        match (value(Decimal::Point), value(Decimal::Comma)) {
            (Ok(point), Ok(comma)) if point != comma => Tells::Either { point, comma },
            (Ok(_), Err(_)) => Tells::This(Decimal::Point),
            (Err(_), Ok(_)) => Tells::This(Decimal::Comma),
            _ => Tells::Nothing,
        }
    }

    /// Whether it is a number in one way or the other.
    pub(super) fn is_number(&self) -> bool {
        let value = |decimal| self.value(decimal, Letter::Unit, &Unit::default());
        // Too large is a number still.
        let is = |value| matches!(value, Ok(_) | Err(QuantityError::TooLarge));
        is(value(Decimal::Point)) || is(value(Decimal::Comma))
    }
}

/// Whether a cell is a number in one way or the other.
pub(super) fn is_number(text: &str) -> bool {
    Cell::of(text).is_some_and(|cell| cell.is_number())
}

/// Whether a unit in a cell is the one of a KPI: the same, the letters that it begins with, or a currency within it.
pub(super) fn is_unit_of(cell: &str, kpi: &str) -> bool {
    // Many currencies are called dollar, or crown.
    let is_dollar = cell == "$" && kpi.len() == 3 && kpi.ends_with('D');
    let is_crown = calendar::folded(cell) == "kr" && ["DKK", "NOK", "SEK", "ISK"].contains(&kpi);
    let within = is_money(cell) && kpi.contains(cell);
    let own = !cell.is_empty() && is_own(cell, kpi);
    own || canonical(cell) == canonical(kpi) || is_dollar || is_crown || within
}

/// The unit of a new KPI whose cells name this one.
pub(super) fn written(unit: &str) -> &str {
    match unit {
        "€" => "EUR",
        "£" => "GBP",
        _ => unit,
    }
}

/// A unit for comparing: signs of currencies as codes, small letters.
pub(super) fn canonical(unit: &str) -> String {
    let unit = unit.trim();
    match unit {
        "€" => "eur".to_owned(),
        "£" => "gbp".to_owned(),
        "$" | "US$" => "usd".to_owned(),
        "¥" => "jpy".to_owned(),
        _ => calendar::folded(unit),
    }
}

const fn one_dash(c: char) -> char {
    if matches!(c, '\u{2010}'..='\u{2015}' | '\u{fe63}' | '\u{fe58}') { '-' } else { c }
}

/// Parentheses make a number negative, as accountants write; a currency may stand outside. None where they do not match.
fn without_parentheses(text: &str) -> Option<(String, bool)> {
    if !text.contains(['(', ')']) {
        return Some((text.to_owned(), false));
    }
    let (before, rest) = text.split_once('(')?;
    let (inner, after) = rest.rsplit_once(')')?;
    let outside = [before.trim(), after.trim()];
    let fine =
        !inner.contains(['(', ')']) && outside.iter().all(|text| text.is_empty() || is_money(text) || *text == "%");
    fine.then(|| (format!("{before}{inner}{after}"), true))
}

/// Where digits and all that could separate them end; a blank only if a digit follows.
fn body_end(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let followed = chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        let belongs = match c {
            ' ' => followed,
            _ => c.is_ascii_digit() || ['.', ',', '\'', '\u{66b}', '\u{66c}'].contains(&c),
        };
        if !belongs {
            return at;
        }
    }
    text.len()
}

/// `1.234,-` is a whole amount of money.
fn whole_amount<'a>(body: &'a str, after: &'a str) -> (&'a str, &'a str) {
    match (body.strip_suffix([',', '.']), after.strip_prefix('-')) {
        (Some(whole), Some(after)) => (whole, after),
        _ => (body, after),
    }
}

/// `E+12`: a power of ten right behind the digits, and what follows.
fn exponent(after: &str) -> (i32, &str) {
    let power = after.strip_prefix(['e', 'E']).and_then(|rest| {
        let (negative, rest) = match rest.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, rest.strip_prefix('+').unwrap_or(rest)),
        };
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (power, after) = rest.split_at_checked(end).filter(|(power, _)| (1..=3).contains(&power.len()))?;
        let power = power.bytes().fold(0, |sum, byte| sum * 10 + i32::from(byte - b'0'));
        Some((if negative { -power } else { power }, after))
    });
    power.unwrap_or((0, after))
}

/// A sign, a code or letters of a currency.
fn is_money(text: &str) -> bool {
    let sign =
        text.chars().count() <= 3 && text.contains(|c: char| matches!(c, '$' | '£' | '¥' | '\u{20a0}'..='\u{20cf}'));
    let sign = sign && !text.contains(|c: char| c.is_ascii_digit() || "-+%".contains(c));
    let folded = text.trim_end_matches('.').to_lowercase();
    let code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let code = code && !is_no_unit(text);
    sign || code || LETTERED.contains(&folded.as_str())
}

/// "k EUR", "€"
fn ends_in_money(text: &str) -> bool {
    is_money(text)
        || ["bn", "k", "m", "b"].iter().any(|letters| {
            text.get(..letters.len()).is_some_and(|start| start.eq_ignore_ascii_case(letters))
                && text.get(letters.len()..).is_some_and(|rest| is_money(rest.trim()))
        })
}

/// Whether what stands behind a number may be its unit: a word or two, and no date.
fn may_be_around(text: &str) -> bool {
    if text.is_empty() || text == "%" || ends_in_money(text) {
        return true;
    }
    let folded = calendar::folded(text);
    let of_unit = |c: char| c.is_alphabetic() || " /°µ²³%$€£¥".contains(c);
    text.chars().count() <= Unit::MAX
        && text.chars().all(|c| of_unit(c) || c == '.')
        && text.chars().any(char::is_alphabetic)
        && text.split(' ').count() <= 2
        && !folded.split(' ').any(|word| is_no_unit(word) || NO_UNITS.contains(&word))
        && !folded.split(' ').any(|word| matches!(calendar::word(word, &[]), calendar::Word::Month(_)))
}
