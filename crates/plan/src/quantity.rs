//! Reading a number as a person types it: `1,234.5`, `1.2 k`, `€ 3m`, `30%`, `+5`.
//!
//! The rule behind all the rules: a wrong number on a chart is worse than a question, so what
//! could mean two things is an error that says how to write each of them, never a guess.
//!
//! Accepted, in this order, blanks allowed between the parts:
//!
//! 1. A sign, or the sign of a step: `-5` is a negative number, `+5` a step up from the last
//!    value; `+=5` and `-=5` are steps too, and `-=` is the only way to type a step down.
//! 2. The digits, with the decimal sign and the grouping of the reader's locale. Apostrophes and
//!    single blanks group in every locale. Groups have three digits, the first one to three and
//!    no leading zero; where the comma groups, Indian groups (`12,34,567`) are read as well.
//!    `.5` and `5.` are fine. Digits may be ASCII, full-width, Arabic-Indic, Persian, Devanagari
//!    or Bengali.
//! 3. A multiplier: `k` (thousand), `m` (million), `b` or `bn` (billion), in either case.
//!
//! A currency (a sign, or three capital letters such as `EUR`) may stand before or after; it is
//! ignored. So may `%` where the unit is per cent.

use crate::{Number, decimal::double};

/// The longest text [`parse`] looks at, in characters, without the surrounding blanks.
pub const MAX_CHARS: usize = 64;

/// The most decimals [`Quantity::resolve`] keeps.
pub const MAX_STEP_DECIMALS: usize = 12;

/// The decimal sign of Arabic script, which most of its keyboards cannot type.
const ARABIC_DECIMAL: char = '\u{66b}';

/// The zeros of the digits people type; each script's ten digits follow its zero.
const ZEROS: [char; 4] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}'];

/// Letters of a multiplier, and the power of ten.
const MULTIPLIERS: [(&str, i32); 4] = [("bn", 9), ("b", 9), ("m", 6), ("k", 3)];

/// Three capitals that are no currency. Ignoring the first row would be wrong by a factor of
/// thousands: they are multipliers in other languages.
const NOT_CURRENCIES: [&str; 13] = [
    "TSD", "MIL", "MIO", "MLN", "MLD", "MRD", "BIL", "BIO", "BLN", "TRN", //
    "PCT", "INF", "NAN",
];

/// How the reader's locale writes numbers.
///
/// If both are the same character, it is the decimal sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Separators {
    /// Between the whole and the fraction: `.` in English, `,` in German and French.
    pub decimal: char,
    /// Between groups of digits: `,` in English, `.` in German, U+202F in French, `’` in
    /// Switzerland.
    pub group: char,
}

/// What the number is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// How the reader's locale writes numbers.
    pub separators: Separators,
    /// Whether the unit is `%`, so that `30%` is 30. Elsewhere it could be 30 or 0.3.
    pub percent: bool,
}

/// A number as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// The value itself: `5`, `-5`.
    Absolute(Number),
    /// What to add to the last value: `+5`, `+=5`, `-=5`.
    Step(Number),
}

/// Why a text is no number. The texts inside are for showing back; they are in plain form: ASCII
/// digits, signs and blanks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// Nothing but blanks.
    #[error("no number was given")]
    Empty,
    /// More than [`MAX_CHARS`] characters.
    #[error("the text is longer than {MAX_CHARS} characters")]
    TooLong,
    /// Only a sign, a currency or punctuation.
    #[error("there are no digits")]
    NoDigits,
    /// Not part of a number, from the first character that was not understood to the end.
    #[error("did not expect “{0}”")]
    UnexpectedText(String),
    /// The decimal signs and groups make no number in any locale, as in `1.2.3`.
    #[error("“{0}” is not a number")]
    Malformed(String),
    /// Not a number as this locale writes it, but it is one in another.
    #[error("unclear which number is meant: write {}", write.join(" or "))]
    Ambiguous {
        /// The whole text as this locale writes it, once for each of its one or two meanings, in
        /// no particular order.
        write: Vec<String>,
    },
    /// A `%`, but the unit is not per cent.
    #[error("the unit is not %, so leave out the % sign")]
    PercentWithoutPercentUnit,
    /// Outside of the range of [`Number`], ±10¹⁵; also the sum of a step.
    #[error("the number is too large")]
    TooLarge,
}

impl Quantity {
    /// The value meant: a number as it is, a step added to the `last` value.
    ///
    /// A sum has as many decimals as the longer of both numbers written in decimal, but no more
    /// than [`MAX_STEP_DECIMALS`]: people add decimals, and 0.1 + 0.2 is 0.3 to them, not
    /// 0.30000000000000004.
    ///
    /// # Errors
    ///
    /// [`QuantityError::TooLarge`] if the sum is beyond ±10¹⁵.
    ///
    /// # Examples
    ///
    /// ```
    /// use bearings_plan::Number;
    /// use bearings_plan::quantity::{Field, Separators, parse};
    ///
    /// let english = Separators { decimal: '.', group: ',' };
    /// let field = Field { separators: english, percent: false };
    /// let last = Number::new(0.1)?;
    /// assert_eq!(parse("+0.2", &field)?.resolve(last)?, Number::new(0.3)?);
    /// assert_eq!(parse("7", &field)?.resolve(last)?, Number::new(7.0)?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn resolve(self, last: Number) -> Result<Number, QuantityError> {
        let step = match self {
            Quantity::Absolute(value) => return Ok(value),
            Quantity::Step(step) => step.get(),
        };
        let sum = last.get() + step;
        let decimals = decimals(last.get()).max(decimals(step));
        number(rounded(sum, decimals))
    }
}

/// Reads a number as a person types it; the [module](self) has the rules.
///
/// The result is the number nearest to the decimal text, multiplier included: `1.1k` is exactly
/// 1100.
///
/// # Errors
///
/// See [`QuantityError`]; among them [`QuantityError::Ambiguous`] for a number written the way of
/// another locale.
///
/// # Examples
///
/// ```
/// use bearings_plan::Number;
/// use bearings_plan::quantity::{Field, Quantity, QuantityError, Separators, parse};
///
/// let german = Separators { decimal: ',', group: '.' };
/// let field = Field { separators: german, percent: false };
/// let value = |v| Number::new(v).map(Quantity::Absolute);
/// let step = |v| Number::new(v).map(Quantity::Step);
///
/// assert_eq!(parse("1.234,5", &field)?, value(1234.5)?);
/// assert_eq!(parse("€ 1,2 m", &field)?, value(1_200_000.0)?);
/// assert_eq!(parse("-5", &field)?, value(-5.0)?);
/// assert_eq!(parse("+5", &field)?, step(5.0)?);
/// assert_eq!(parse("-=5", &field)?, step(-5.0)?);
///
/// assert_eq!(
///     parse("1.5", &field),
///     Err(QuantityError::Ambiguous { write: vec!["1,5".to_owned()] })
/// );
/// assert_eq!(parse("30%", &field), Err(QuantityError::PercentWithoutPercentUnit));
/// assert_eq!(parse("5 days", &field), Err(QuantityError::UnexpectedText("days".to_owned())));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn parse(text: &str, field: &Field) -> Result<Quantity, QuantityError> {
    let text = text.trim();
    if text.chars().nth(MAX_CHARS).is_some() {
        return Err(QuantityError::TooLong);
    }
    let plain: String = text.chars().filter_map(plain_char).collect();
    let plain = plain.trim();
    if plain.is_empty() {
        return Err(QuantityError::Empty);
    }

    // The currency may stand on either side of the sign: "-$5", "CHF -5".
    let (mut before, rest) = take_unit(plain);
    let (sign, mut rest) = take_sign(rest);
    if before.is_none() {
        (before, rest) = take_unit(rest);
    }
    let head = plain.strip_suffix(rest).unwrap_or_default();
    let (body, tail) = split_body(rest, field.separators);
    if !body.contains(|c: char| c.is_ascii_digit()) {
        return Err(match rest {
            "" | "." | "," => QuantityError::NoDigits,
            _ => QuantityError::UnexpectedText(rest.to_owned()),
        });
    }
    let (exponent, rest) = take_multiplier(tail.trim_start());
    let (after, rest) = take_unit(rest);
    if !rest.is_empty() {
        return Err(QuantityError::UnexpectedText(rest.to_owned()));
    }
    if !field.percent && [before, after].contains(&Some(Unit::Percent)) {
        return Err(QuantityError::PercentWithoutPercentUnit);
    }

    let Some(decimal) = read(body, field.separators) else {
        return Err(unclear(head, body, tail, field.separators));
    };
    let minus = if sign.negative { "-" } else { "" };
    let Decimal { whole, fraction } = decimal;
    // The multiplier goes into the text: 1.1 * 1000.0 would be 1100.0000000000002.
    let text = match (whole.trim_start_matches('0'), fraction.as_str()) {
        ("", fraction) => format!("{minus}0.{fraction}0e{exponent}"),
        (whole, fraction) => format!("{minus}{whole}.{fraction}0e{exponent}"),
    };
    let value = double(&text).ok_or_else(|| QuantityError::Malformed(body.to_owned()))?;
    number(value).map(if sign.step { Quantity::Step } else { Quantity::Absolute })
}

/// The digits of a number, without any grouping.
struct Decimal {
    whole: String,
    fraction: String,
}

#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Currency,
    Percent,
}

struct Sign {
    negative: bool,
    step: bool,
}

/// One way to write for characters of one meaning, so that the rest need know only ASCII signs,
/// digits and blanks. Nothing for invisible marks: numbers pasted from right-to-left text have
/// them.
fn plain_char(c: char) -> Option<char> {
    Some(match c {
        '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {
            return None;
        }
        '\u{2212}' => '-',
        '\u{2019}' => '\'',
        '\u{66a}' => '%',
        '\u{ffe5}' => '¥',
        _ if c.is_whitespace() => ' ',
        // The full-width forms are ASCII, shifted.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0)?,
        _ => ZEROS
            .iter()
            .filter_map(|&zero| u32::from(c).checked_sub(u32::from(zero)))
            .find_map(|digit| char::from_digit(digit, 10))
            .unwrap_or(c),
    })
}

fn plain_separators(separators: Separators) -> (char, char) {
    let plain = |c| plain_char(c).unwrap_or(c);
    (plain(separators.decimal), plain(separators.group))
}

/// A currency or per cent sign at the start, and what follows.
fn take_unit(text: &str) -> (Option<Unit>, &str) {
    let (unit, length) = match text.chars().next() {
        Some('%') => (Unit::Percent, 1),
        // Unicode keeps all but the oldest currency signs in one block.
        Some(c @ ('$' | '£' | '¥' | '\u{20a0}'..='\u{20cf}')) => (Unit::Currency, c.len_utf8()),
        _ if is_currency_code(leading_letters(text)) => (Unit::Currency, 3),
        _ => return (None, text),
    };
    (Some(unit), text.get(length..).unwrap_or_default().trim_start())
}

fn take_sign(text: &str) -> (Sign, &str) {
    for (mark, negative, step) in [("+=", false, true), ("-=", true, true), ("+", false, true), ("-", true, false)] {
        if let Some(rest) = text.strip_prefix(mark) {
            return (Sign { negative, step }, rest.trim_start());
        }
    }
    (Sign { negative: false, step: false }, text)
}

/// The power of ten at the start, and what follows. Only a whole word counts, or one before a
/// currency: "12 min" has no "m", nor has "12 MXN", but "12 mEUR" has.
fn take_multiplier(text: &str) -> (i32, &str) {
    let letters = leading_letters(text);
    for (multiplier, exponent) in MULTIPLIERS {
        let Some((start, end)) = letters.split_at_checked(multiplier.len()) else {
            continue;
        };
        if start.eq_ignore_ascii_case(multiplier) && (end.is_empty() || is_currency_code(end)) {
            return (exponent, text.get(multiplier.len()..).unwrap_or_default().trim_start());
        }
    }
    (0, text)
}

fn leading_letters(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphabetic());
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// Only capitals, so that words such as "day" or "mio" are not taken for one.
fn is_currency_code(letters: &str) -> bool {
    letters.len() == 3 && letters.bytes().all(|b| b.is_ascii_uppercase()) && !NOT_CURRENCIES.contains(&letters)
}

/// Splits after the digits and all that could separate them; a blank only if a digit follows.
fn split_body(text: &str, separators: Separators) -> (&str, &str) {
    let (decimal, group) = plain_separators(separators);
    let marks = [decimal, group, '.', ',', '\''];
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let belongs = match c {
            ' ' => chars.peek().is_some_and(|(_, next)| next.is_ascii_digit()),
            _ => c.is_ascii_digit() || marks.contains(&c),
        };
        if !belongs {
            return text.split_at_checked(at).unwrap_or((text, ""));
        }
    }
    (text, "")
}

/// The digits as the locale means them, if it writes numbers like this.
fn read(body: &str, separators: Separators) -> Option<Decimal> {
    let (decimal, group) = plain_separators(separators);
    read_with(body, decimal, group).or_else(|| {
        // Typed on a Latin keyboard, Arabic and Persian numbers have the English signs.
        (decimal == ARABIC_DECIMAL).then(|| read_with(body, '.', ','))?
    })
}

fn read_with(body: &str, decimal: char, group: char) -> Option<Decimal> {
    let (whole, fraction) = body.split_once(decimal).unwrap_or((body, ""));
    let grouped = match whole.chars().find(|c| !c.is_ascii_digit()) {
        None => true,
        Some(mark) => [group, '\'', ' '].contains(&mark) && is_well_grouped(whole, mark),
    };
    (grouped && fraction.bytes().all(|b| b.is_ascii_digit()))
        .then(|| Decimal { whole: whole.chars().filter(char::is_ascii_digit).collect(), fraction: fraction.to_owned() })
}

fn is_well_grouped(whole: &str, mark: char) -> bool {
    // "0,001" is no way to write 1: whoever types it means the comma as a decimal sign.
    if whole.starts_with('0') {
        return false;
    }
    let groups: Vec<&str> = whole.split(mark).collect();
    if !groups.iter().all(|group| group.bytes().all(|b| b.is_ascii_digit())) {
        return false;
    }
    match groups.as_slice() {
        [first, middle @ .., last] => {
            let thousands = first.len() <= 3 && middle.iter().all(|group| group.len() == 3);
            let indian = mark == ',' && first.len() <= 2 && middle.iter().all(|g| g.len() == 2);
            !first.is_empty() && last.len() == 3 && (thousands || indian)
        }
        _ => false,
    }
}

/// The error for digits the locale does not write like this: what they are in other locales, put
/// the way of this one.
fn unclear(head: &str, body: &str, tail: &str, separators: Separators) -> QuantityError {
    let write: Vec<String> = [('.', ','), (',', '.')]
        .into_iter()
        .filter_map(|(decimal, group)| read_with(body, decimal, group))
        .map(|Decimal { whole, fraction }| {
            let whole = if whole.is_empty() { "0" } else { &whole };
            match fraction.as_str() {
                "" => format!("{head}{whole}{tail}"),
                _ => format!("{head}{whole}{}{fraction}{tail}", separators.decimal),
            }
        })
        .collect();
    if write.is_empty() { QuantityError::Malformed(body.to_owned()) } else { QuantityError::Ambiguous { write } }
}

/// The value to so many decimals, by the digits of its shortest text: multiplying and dividing by a power of ten would
/// bring in dust of its own, and the standard formatting its tables into the page.
fn rounded(value: f64, decimals: usize) -> f64 {
    let text = crate::digits(value);
    let Some((whole, fraction)) = text.split_once('.') else { return value };
    let (Some(kept), Some(next)) = (fraction.get(..decimals), fraction.as_bytes().get(decimals)) else { return value };
    // A shortest text has 17 digits at most, and one of them goes.
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("-", whole));
    let Ok(units) = format!("{whole}{kept}").parse::<u64>() else { return value };
    double(&format!("{sign}{}e-{decimals}", units + u64::from(*next >= b'5'))).unwrap_or(value)
}

/// How many decimals the shortest text of the value has.
fn decimals(value: f64) -> usize {
    let text = crate::digits(value);
    let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
    fraction.len().min(MAX_STEP_DECIMALS)
}

/// The value is finite: [`MAX_CHARS`] digits and a billion are far from the largest `f64`.
fn number(value: f64) -> Result<Number, QuantityError> {
    Number::new(value).map_err(|_| QuantityError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EN: Separators = Separators { decimal: '.', group: ',' };
    const DE: Separators = Separators { decimal: ',', group: '.' };
    const FR: Separators = Separators { decimal: ',', group: '\u{202f}' };
    const CH: Separators = Separators { decimal: '.', group: '’' };
    const AR: Separators = Separators { decimal: '\u{66b}', group: '\u{66c}' };
    const ALL: [Separators; 5] = [EN, DE, FR, CH, AR];

    fn plain(separators: Separators) -> Field {
        Field { separators, percent: false }
    }

    fn percent(separators: Separators) -> Field {
        Field { separators, percent: true }
    }

    /// The value, and whether it is a step.
    fn typed(text: &str, field: Field) -> Result<(f64, bool), QuantityError> {
        parse(text, &field).map(|quantity| match quantity {
            Quantity::Absolute(value) => (value.get(), false),
            Quantity::Step(step) => (step.get(), true),
        })
    }

    #[track_caller]
    fn values(separators: Separators, table: &[(&str, f64)]) {
        for &(text, value) in table {
            assert_eq!(typed(text, plain(separators)), Ok((value, false)), "{text:?}");
        }
    }

    #[track_caller]
    fn ambiguous(separators: Separators, table: &[(&str, &[&str])]) {
        for &(text, write) in table {
            let write = write.iter().map(|&s| s.to_owned()).collect();
            let error = QuantityError::Ambiguous { write };
            assert_eq!(parse(text, &plain(separators)), Err(error), "{text:?}");
        }
    }

    #[track_caller]
    fn unexpected(table: &[(&str, &str)]) {
        for &(text, rest) in table {
            let error = QuantityError::UnexpectedText(rest.to_owned());
            for separators in ALL {
                assert_eq!(parse(text, &plain(separators)), Err(error.clone()), "{text:?}");
            }
        }
    }

    #[test]
    fn english() {
        let table = [
            ("0", 0.0),
            ("007", 7.0),
            ("42", 42.0),
            ("1.5", 1.5),
            (".5", 0.5),
            ("5.", 5.0),
            ("0.001", 0.001),
            ("1234.5", 1234.5),
            ("1,234", 1234.0),
            ("1,234.5", 1234.5),
            ("123,456,789.25", 123_456_789.25),
            ("1.23456789", 1.23456789),
        ];
        values(EN, &table);
        let table: &[(&str, &[&str])] = &[
            ("1,2", &["1.2"]),
            ("1,23", &["1.23"]),
            ("1,2345", &["1.2345"]),
            ("1234,567", &["1234.567"]),
            ("0,001", &["0.001"]),
            (",5", &["0.5"]),
            ("5,", &["5"]),
            ("1.234,5", &["1234.5"]),
            ("1.234.567", &["1234567"]),
            ("-1,2 k€", &["-1.2 k€"]),
            ("+= 1,2", &["+= 1.2"]),
        ];
        ambiguous(EN, table);
    }

    #[test]
    fn german() {
        let table = [
            ("1,5", 1.5),
            (",5", 0.5),
            ("1.234", 1234.0),
            ("1.234,5", 1234.5),
            ("1.234.567,89", 1_234_567.89),
            ("12 345,6", 12345.6),
        ];
        values(DE, &table);
        let table: &[(&str, &[&str])] = &[
            ("1.5", &["1,5"]),
            (".5", &["0,5"]),
            ("0.125", &["0,125"]),
            ("1.2345", &["1,2345"]),
            ("1,234.5", &["1234,5"]),
            ("1,234,567", &["1234567"]),
        ];
        ambiguous(DE, table);
    }

    #[test]
    fn french_and_swiss() {
        let table = [("1,5", 1.5), ("1\u{202f}234,5", 1234.5), ("1\u{a0}234,5", 1234.5), ("1 234 567", 1_234_567.0)];
        values(FR, &table);
        let table: &[(&str, &[&str])] =
            &[("1.5", &["1,5"]), ("1.234", &["1,234", "1234"]), ("1.234.567", &["1234567"])];
        ambiguous(FR, table);
        values(CH, &[("1’234.5", 1234.5), ("1'234'567.5", 1_234_567.5), ("1.234", 1.234)]);
        ambiguous(CH, &[("1,5", &["1.5"]), ("1,234", &["1234", "1.234"])]);
    }

    #[test]
    fn apostrophes_and_blanks_group_in_every_locale() {
        for separators in ALL {
            for text in ["1234567", "1'234'567", "1’234’567", "1’234'567", "1 234\u{a0}567"] {
                values(separators, &[(text, 1_234_567.0)]);
            }
            for text in ["1 2", "1'5", "12 34 567", "1'234 567", "1 2345", "0 123", "1234 567"] {
                let result = parse(text, &plain(separators));
                assert!(matches!(result, Err(QuantityError::Malformed(_))), "{text} {result:?}");
            }
        }
    }

    #[test]
    fn indian_groups_where_the_comma_groups() {
        values(EN, &[("12,34,567", 1_234_567.0), ("1,23,45,678.5", 12_345_678.5)]);
        for (separators, text) in
            [(EN, "123,45,678"), (EN, "1,23,456,789"), (EN, "12,34,56"), (DE, "12.34.567"), (CH, "12’34’567")]
        {
            let result = parse(text, &plain(separators));
            assert!(matches!(result, Err(QuantityError::Malformed(_))), "{text} {result:?}");
        }
    }

    #[test]
    fn sums_are_rounded_by_their_decimal_digits() {
        for (value, decimals, expected) in [
            (0.1 + 0.2, 1, 0.3),
            (-(0.1 + 0.2), 1, -0.3),
            (0.95, 1, 1.0),
            (9.999_999, 2, 10.0),
            (-0.04, 1, 0.0),
            (1e-9, 3, 0.0),
            (0.25, 2, 0.25),
            (7.0, 0, 7.0),
            (7.5, 0, 8.0),
            (123_456_789_012.345_6, 1, 123_456_789_012.3),
        ] {
            assert_eq!(rounded(value, decimals), expected, "{value} to {decimals}");
        }
    }

    #[test]
    fn signs_and_steps() {
        let table = [
            ("5", (5.0, false)),
            ("-5", (-5.0, false)),
            ("\u{2212}5", (-5.0, false)),
            ("- 5", (-5.0, false)),
            ("-0", (0.0, false)),
            ("+5", (5.0, true)),
            ("+ 5", (5.0, true)),
            ("+=5", (5.0, true)),
            ("+= 5", (5.0, true)),
            ("-=5", (-5.0, true)),
            ("\u{2212}=5", (-5.0, true)),
            ("-=1.2k", (-1200.0, true)),
        ];
        for (text, expected) in table {
            assert_eq!(typed(text, plain(EN)), Ok(expected), "{text:?}");
        }
        assert_eq!(typed("+1,5k", plain(DE)), Ok((1500.0, true)));
    }

    #[test]
    fn blanks_around_are_ignored() {
        for text in [" 5", "5\u{a0}", "\u{202f}5\t", "\n 5 \r\n", "\u{200e}5", "\u{2003}5"] {
            for separators in ALL {
                values(separators, &[(text, 5.0)]);
            }
        }
    }

    #[test]
    fn multipliers_are_exact() {
        let table = [
            ("1.1k", 1100.0),
            ("1.2 k", 1200.0),
            ("1.2K", 1200.0),
            ("1.005m", 1_005_000.0),
            ("2.3 M", 2_300_000.0),
            ("4.35b", 4_350_000_000.0),
            ("4.35 B", 4_350_000_000.0),
            ("4.35bn", 4_350_000_000.0),
            ("4.35 Bn", 4_350_000_000.0),
            ("1,000k", 1_000_000.0),
            ("0.0000001m", 0.1),
        ];
        values(EN, &table);
        values(DE, &[("1,1k", 1100.0), ("1.000 k", 1_000_000.0)]);
        values(FR, &[("1,1\u{202f}k", 1100.0)]);
    }

    #[test]
    fn currencies_are_ignored() {
        let table = [
            ("$1m", 1e6),
            ("12 EUR", 12.0),
            ("EUR 12", 12.0),
            ("EUR12", 12.0),
            ("12EUR", 12.0),
            ("12€", 12.0),
            ("£ 12", 12.0),
            ("¥12", 12.0),
            ("￥12", 12.0),
            ("₹12", 12.0),
            ("-$5", -5.0),
            ("$-5", -5.0),
            ("CHF -5", -5.0),
            ("12 k€", 12e3),
            ("12 kEUR", 12e3),
            ("12MEUR", 12e6),
            ("12 bnEUR", 12e9),
            ("12 k EUR", 12e3),
            ("12 MXN", 12.0),
            ("12 BND", 12.0),
            ("12 KMF", 12.0),
            ("$5 USD", 5.0),
        ];
        for separators in ALL {
            values(separators, &table);
        }
        assert_eq!(typed("+ $5", plain(EN)), Ok((5.0, true)));
    }

    #[test]
    fn percent_needs_the_unit() {
        for separators in ALL {
            for text in ["30%", "30 %", "30\u{202f}%", "%30", "30٪"] {
                assert_eq!(typed(text, percent(separators)), Ok((30.0, false)), "{text}");
                let error = QuantityError::PercentWithoutPercentUnit;
                assert_eq!(parse(text, &plain(separators)), Err(error), "{text}");
            }
            assert_eq!(typed("30", percent(separators)), Ok((30.0, false)));
            assert_eq!(typed("+5%", percent(separators)), Ok((5.0, true)));
            assert_eq!(parse("%", &percent(separators)), Err(QuantityError::NoDigits));
        }
        let error = QuantityError::UnexpectedText("%".to_owned());
        assert_eq!(parse("30%%", &percent(EN)), Err(error));
    }

    #[test]
    fn digits_of_other_scripts() {
        for separators in ALL {
            for text in ["٤٢", "۴۲", "४२", "৪২", "42"] {
                values(separators, &[(text, 42.0)]);
            }
        }
        values(AR, &[("١٬٢٣٤٫٥", 1234.5), ("1,234.5", 1234.5), ("\u{61c}-٥", -5.0)]);
        ambiguous(AR, &[("1,5", &["1٫5"])]);
        values(EN, &[("1,234.5k", 1_234_500.0), ("-5", -5.0)]);
    }

    #[test]
    fn no_number() {
        for separators in ALL {
            for text in ["", " ", "\u{a0}\u{200e}"] {
                assert_eq!(parse(text, &plain(separators)), Err(QuantityError::Empty));
            }
            for text in ["+", "-", "+=", "-=", "$", "EUR", ".", ",", "- €"] {
                let result = parse(text, &plain(separators));
                assert_eq!(result, Err(QuantityError::NoDigits), "{text}");
            }
            for text in ["1.2.3", "1,2,3", "1..2", "1.,2", "1,2.3,4"] {
                let error = QuantityError::Malformed(text.to_owned());
                assert_eq!(parse(text, &plain(separators)), Err(error), "{text}");
            }
        }
    }

    #[test]
    fn unexpected_text_is_named() {
        unexpected(&[
            ("1e3", "e3"),
            ("1E3", "E3"),
            ("0x1F", "x1F"),
            ("inf", "inf"),
            ("INF", "INF"),
            ("-Infinity", "Infinity"),
            ("nan", "nan"),
            ("NaN", "NaN"),
            ("--5", "-5"),
            ("+-5", "-5"),
            ("+=-5", "-5"),
            ("=5", "=5"),
            ("1-2", "-2"),
            ("5-", "-"),
            ("(5)", "(5)"),
            ("5 days", "days"),
            ("12 min", "min"),
            ("12 eur", "eur"),
            ("12 Mio. €", "Mio. €"),
            ("12 MIO", "MIO"),
            ("12 EURO", "EURO"),
            ("12 kk", "kk"),
            ("12 EUR k", "k"),
            ("1  000", "000"),
            ("$$5", "$5"),
            ("1 млн", "млн"),
            ("½", "½"),
        ]);
    }

    #[test]
    fn limits() {
        for separators in ALL {
            values(separators, &[("1000000bn", 1e15), ("-1000000bn", -1e15)]);
            for text in ["1000001bn", "-1000000000000001", &"9".repeat(MAX_CHARS)] {
                let result = parse(text, &plain(separators));
                assert_eq!(result, Err(QuantityError::TooLarge), "{text}");
            }
            let zeros = "0".repeat(MAX_CHARS - 1) + "7";
            values(separators, &[(&zeros, 7.0), (&format!("  {zeros} "), 7.0)]);
            let result = parse(&(zeros + "0"), &plain(separators));
            assert_eq!(result, Err(QuantityError::TooLong));
        }
    }

    #[test]
    fn steps_leave_no_dust() -> Result<(), Box<dyn std::error::Error>> {
        for (last, text, expected) in [
            (0.1, "+0.2", 0.3),
            (0.3, "-=0.1", 0.2),
            (1.1, "+2.2", 3.3),
            (0.3, "-=0.3", 0.0),
            (4.35, "+100", 104.35),
            (1e14, "+0.5", 100_000_000_000_000.5),
            (0.1 + 0.2, "+0", 0.3),
            (-5.0, "+2", -3.0),
            (10.0, "-2", -2.0),
            (0.000_000_000_001, "+1", 1.000_000_000_001),
        ] {
            let value = parse(text, &plain(EN))?.resolve(Number::new(last)?)?;
            assert_eq!(value.get(), expected, "{last} {text}");
        }
        let step = parse("+1", &plain(EN))?;
        assert_eq!(step.resolve(Number::new(1e15)?), Err(QuantityError::TooLarge));
        Ok(())
    }

    #[test]
    fn errors_in_english() {
        let error = |text, separators| match parse(text, &plain(separators)) {
            Err(error) => error.to_string(),
            Ok(_) => String::new(),
        };
        assert_eq!(error("1.5", DE), "unclear which number is meant: write 1,5");
        assert_eq!(error("1.234", FR), "unclear which number is meant: write 1,234 or 1234");
        assert_eq!(error("5 days", EN), "did not expect “days”");
    }

    /// Writes plain decimal text the way of a locale.
    fn localized(text: &str, separators: Separators) -> String {
        let (sign, text) = text.strip_prefix('-').map_or(("", text), |text| ("-", text));
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let mut out = sign.to_owned();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                out.push(separators.group);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push(separators.decimal);
            out.push_str(fraction);
        }
        out
    }

    /// Numbers of all magnitudes, whole ones and such with few or many decimals.
    fn numbers() -> impl Strategy<Value = f64> {
        prop_oneof![
            -1e15..=1e15,
            -1e3..=1e3,
            (-1_000_000_000_000_000i64..=1_000_000_000_000_000).prop_map(|n| n as f64),
            (any::<i32>(), 0..=9).prop_map(|(n, e)| f64::from(n) / 10f64.powi(e)),
            proptest::num::f64::ANY.prop_filter("in range", |v| v.abs() <= 1e15),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn grouped_numbers_read_back(
            value in numbers(),
            separators in proptest::sample::select(&ALL[..]),
        ) {
            let text = localized(&value.to_string(), separators);
            let result = typed(&text, plain(separators));
            if text.chars().count() > MAX_CHARS {
                prop_assert_eq!(result, Err(QuantityError::TooLong));
            } else {
                prop_assert_eq!(result, Ok((value, false)), "{}", text);
            }
        }

        #[test]
        fn steps_have_no_more_decimals_than_typed(a in -1_000_000_000i64.., b in any::<i32>()) {
            let a = a % 1_000_000_000_000;
            let cents = |n: i64| n as f64 / 100.0;
            let last = Number::new(cents(a));
            let step = Number::new(cents(b.into())).map(Quantity::Step);
            let (Ok(last), Ok(step)) = (last, step) else { return Ok(()) };
            let sum = step.resolve(last).map(Number::get);
            prop_assert_eq!(sum, Ok(cents(a + i64::from(b))));
        }

        #[test]
        fn any_text_is_safe(
            text in prop_oneof![any::<String>(), r"[-+=]{0,2}[$€A-Z]{0,3}[0-9., '’kmb%]{0,12}"],
            decimal in any::<char>(),
            group in any::<char>(),
            percent in any::<bool>(),
        ) {
            let _ = parse(&text, &Field { separators: Separators { decimal, group }, percent });
            for separators in ALL {
                let field = Field { separators, percent };
                // What an error tells the person to write is read.
                if let Err(QuantityError::Ambiguous { write }) = parse(&text, &field) {
                    prop_assert!((1..=2).contains(&write.len()));
                    for text in write {
                        let result = parse(&text, &field);
                        let read = matches!(result, Ok(_) | Err(QuantityError::TooLarge));
                        prop_assert!(read, "{} {:?}", text, result);
                    }
                }
            }
        }
    }
}
