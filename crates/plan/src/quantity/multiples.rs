//! Letters that multiply, and words that would.

use super::units::{is_currency_code, is_letter, is_same, leading_letters};

/// A letter, or two, that multiplies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Multiple {
    letters: &'static str,
    /// The power of ten.
    pub(super) exponent: i32,
    /// Where the letter is a unit as well (metres, minutes, tonnes): the letter that can only multiply.
    pub(super) clear: Option<&'static str>,
    /// Whether it is clear beside money.
    pub(super) clear_of_money: bool,
}

const MULTIPLES: [Multiple; 5] = [
    Multiple { letters: "bn", exponent: 9, clear: None, clear_of_money: true },
    Multiple { letters: "b", exponent: 9, clear: None, clear_of_money: true },
    Multiple { letters: "m", exponent: 6, clear: Some("M"), clear_of_money: true },
    Multiple { letters: "k", exponent: 3, clear: None, clear_of_money: true },
    // "T€" are thousands in German, and trillions in English.
    Multiple { letters: "t", exponent: 3, clear: Some("k"), clear_of_money: false },
];

/// Words and abbreviations that are numbers in some language. Taken for a unit or a currency, they would be wrong by a
/// factor of thousands.
const NUMBER_WORDS: [&str; 78] = [
    "hundred",
    "thousand",
    "thousands",
    "million",
    "millions",
    "billion",
    "billions",
    "trillion",
    "dozen", //
    "mil",
    "mill",
    "mio",
    "mln",
    "mn",
    "mm",
    "mld",
    "mlrd",
    "mrd",
    "mds",
    "tsd",
    "tys",
    "bil",
    "bio",
    "bln",
    "trn",
    "kk",
    "lakh",
    "lakhs",
    "lac",
    "crore",
    "crores",
    "cr",
    "hundert",
    "tausend",
    "millionen",
    "milliarde",
    "milliarden", //
    "cent",
    "mille",
    "milliers",
    "milliard",
    "milliards",
    "cien",
    "miles",
    "millón",
    "millones",
    "cem",
    "milhão",
    "milhões",
    "bilhão",
    "bilhões",
    "mila",
    "milione",
    "milioni",
    "miliardo",
    "miliardi",
    "honderd",
    "duizend",
    "miljoen",
    "miljard",
    "tusen",
    "tusind",
    "miljon",
    "miljoner",
    "millioner",
    "tuhat",
    "miljoona",
    "тыс",
    "млн",
    "млрд", //
    "百",
    "千",
    "万",
    "億",
    "亿",
    "兆",
    "ألف",
    "مليون",
];

/// Letters that are neither a currency nor a unit.
const NOT_UNITS: [&str; 3] = ["pct", "inf", "nan"];

/// The multiple at the start, and what follows. Only a whole word counts, or one before a currency or, for thousands,
/// before the field's `own` unit: "12 min" has no "m", nor has "12 MXN", but "12 mEUR" has, and "5 kWh" where "Wh" are
/// counted.
pub(super) fn take_multiple<'a>(text: &'a str, own: &str) -> (Option<Multiple>, &'a str) {
    let letters = leading_letters(text);
    for multiple in MULTIPLES {
        let Some((start, end)) = letters.split_at_checked(multiple.letters.len()) else {
            continue;
        };
        let rest = text.get(start.len()..).unwrap_or_default();
        let is_before_unit = multiple.letters == "k" && !own.is_empty() && is_same(rest, own);
        // The "m" of "m²" and "m/s" is not alone.
        let is_alone = end.is_empty() && !rest.starts_with(|c| is_letter(c) || matches!(c, '²' | '³' | '/'));
        if is_same(start, multiple.letters) && (is_alone || is_currency_code(end) || is_before_unit) {
            let clear = multiple.clear.filter(|clear| *clear != start);
            return (Some(Multiple { clear, ..multiple }), rest.trim_start());
        }
    }
    (None, text)
}

/// Whether a word is a number, or no unit for another reason.
pub(crate) fn is_no_unit(word: &str) -> bool {
    NUMBER_WORDS.iter().chain(&NOT_UNITS).any(|no| is_same(no, word))
}
