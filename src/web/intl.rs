//! Numbers and dates as text, through the browser's `Intl`.
//!
//! Signs and currencies follow the reader's locale; digits, month names and "in 3 days" follow the language of the page. The work is done in `intl.js`, which the drawings use too: one way to write a number.

use bearings_plan::{Day, Number, Unit, decimals_to_tell, percent_decimals_to_tell, quantity::Separators};

mod js {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen(module = "/src/web/intl.js")]
    extern "C" {
        pub fn number(value: f64, unit: &str) -> String;
        pub fn decimals(value: f64, unit: &str) -> u8;
        #[wasm_bindgen(js_name = numberTo)]
        pub fn number_to(value: f64, unit: &str, most: u8) -> String;
        pub fn signed(value: f64, unit: &str) -> String;
        pub fn about(value: f64, unit: &str, with_sign: bool) -> String;
        pub fn compact(value: f64, unit: &str) -> String;
        pub fn percent(share: f64, decimals: u8, with_sign: bool) -> String;
        pub fn separators(unit: &str) -> String;
        #[wasm_bindgen(js_name = dateIn)]
        pub fn date_in(style: &str, day: &str) -> String;
        pub fn date(day: &str) -> String;
        #[wasm_bindgen(js_name = monthNames)]
        pub fn month_names() -> String;
        #[wasm_bindgen(js_name = dateRange)]
        pub fn date_range(first: &str, last: &str) -> String;
        pub fn time(millis: f64) -> String;
        #[wasm_bindgen(js_name = relativeDays)]
        pub fn relative_days(days: i32) -> String;
    }
}

/// With its unit: `1,234.5 pairs`, `30%`, `€12.50`.
#[must_use]
pub fn number(value: Number, unit: &Unit) -> String {
    js::number(value.get(), unit.as_str())
}

/// With its unit, and with as many digits as tell it from the limits of its verdict: 2.9992 against 3 is `2.999`.
#[must_use]
pub fn number_against(value: Number, unit: &Unit, limits: &[f64]) -> String {
    let (value, unit) = (value.get(), unit.as_str());
    let usual = js::decimals(value, unit);
    match decimals_to_tell(value, limits, usual) {
        most if most > usual => js::number_to(value, unit, most),
        _ => js::number(value, unit),
    }
}

/// Without a unit: `1,234.5`.
#[must_use]
pub fn bare(value: Number) -> String {
    js::number(value.get(), "")
}

/// A difference, with its sign: `+12 pairs`; zero has none.
#[must_use]
pub fn signed(value: Number, unit: &Unit) -> String {
    js::signed(value.get(), unit.as_str())
}

/// A guide rather than a measurement, in three digits: 319.71 is `320 pairs`.
#[must_use]
pub fn about(value: Number, unit: &Unit) -> String {
    js::about(value.get(), unit.as_str(), false)
}

/// The same with its sign: `+320 pairs`.
#[must_use]
pub fn about_signed(value: Number, unit: &Unit) -> String {
    js::about(value.get(), unit.as_str(), true)
}

/// Short, for tight places: `4.3K`.
#[must_use]
pub fn compact(value: Number, unit: &Unit) -> String {
    js::compact(value.get(), unit.as_str())
}

/// Short, where that tells it from these other values; with as many digits as it takes otherwise: beside 1,000,000,000,001
/// no other number is `1T`.
#[must_use]
pub fn compact_against(value: Number, unit: &Unit, others: &[f64]) -> String {
    let short = |value: f64| js::compact(value, unit.as_str());
    let text = short(value.get());
    let told = |other: &f64| other.total_cmp(&value.get()).is_eq() || short(*other) != text;
    if others.iter().all(told) { text } else { number_against(value, unit, others) }
}

/// The size of a text of so many characters or bytes, rounded up: `12 KB`.
#[must_use]
pub fn kilobytes(size: usize) -> String {
    let kilobytes = i32::try_from(size.div_ceil(1000)).unwrap_or(i32::MAX);
    number(Number::from(kilobytes), &Unit::new("KB").unwrap_or_default())
}

/// A share of one as whole per cent: 0.57 is `57%`.
#[must_use]
pub fn percent(share: f64) -> String {
    js::percent(share, 0, false)
}

/// A share of one in per cent, with as many digits as tell it from the limits of its verdict: 0.6996 against 0.7 is
/// `69.96%`.
#[must_use]
pub fn percent_against(share: f64, limits: &[f64]) -> String {
    js::percent(share, percent_decimals_to_tell(share, limits, 0), false)
}

/// How many decimals tell a share in per cent from these limits, one or more.
#[must_use]
pub fn percent_decimals(share: f64, limits: &[f64]) -> u8 {
    percent_decimals_to_tell(share, limits, 1)
}

/// A share of one in per cent, with at most so many decimals.
#[must_use]
pub fn percent_to(share: f64, decimals: u8) -> String {
    js::percent(share, decimals, false)
}

/// The same with one decimal or more, for explanations.
#[must_use]
pub fn percent_exact_against(share: f64, limits: &[f64]) -> String {
    js::percent(share, percent_decimals_to_tell(share, limits, 1), false)
}

/// A share of one with one decimal, for explanations: 0.574 is `57.4%`.
#[must_use]
pub fn percent_exact(share: f64) -> String {
    js::percent(share, 1, false)
}

/// A difference of shares: -0.1 is `-10%`, 0.1 is `+10%`.
#[must_use]
pub fn signed_percent(share: f64) -> String {
    js::percent(share, 0, true)
}

/// How the reader writes numbers, and so how typed ones are read.
#[must_use]
pub fn separators() -> Separators {
    separators_of(&Unit::default())
}

/// How the reader writes numbers of a unit: some languages have other signs for money.
#[must_use]
pub fn separators_of(unit: &Unit) -> Separators {
    let text = js::separators(unit.as_str());
    let mut signs = text.chars();
    Separators { decimal: signs.next().unwrap_or('.'), group: signs.next().unwrap_or(' ') }
}

/// `21 Nov`, with the year unless it is the current one.
#[must_use]
pub fn date(day: Day) -> String {
    js::date(&day.to_string())
}

/// `21 November 2026`.
#[must_use]
pub fn date_long(day: Day) -> String {
    js::date_in("long", &day.to_string())
}

/// `21 Nov`, whatever the year.
#[must_use]
pub fn month_day(day: Day) -> String {
    js::date_in("monthAndDay", &day.to_string())
}

/// `November 2026`.
#[must_use]
pub fn month(day: Day) -> String {
    js::date_in("month", &day.to_string())
}

/// `Nov 2026`.
#[must_use]
pub fn month_short(day: Day) -> String {
    format!("{} {}", js::date_in("shortMonth", &day.to_string()), day.year())
}

/// `April`, from 1 to 12.
#[must_use]
pub fn month_name(month: u8) -> String {
    Day::new(2026, month, 1).map(|day| js::date_in("monthName", &day.to_string())).unwrap_or_default()
}

/// The names of months in the reader's languages, whole and shortened, with their numbers.
#[must_use]
pub fn month_names() -> Vec<(String, u8)> {
    let names = js::month_names();
    let name = |line: &str| {
        let (month, name) = line.split_once(' ')?;
        // Some languages write the number in place of a name.
        Some((name.to_owned(), month.parse().ok()?)).filter(|_| name.chars().any(|c| !c.is_numeric()))
    };
    names.lines().filter_map(name).collect()
}

/// `1 Oct – 31 Dec`, with years unless both days lie in the current one.
#[must_use]
pub fn date_range(first: Day, last: Day) -> String {
    js::date_range(&first.to_string(), &last.to_string())
}

/// `09:05`: milliseconds since 1970, UTC, on the reader's clock.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "exact for 285,000 years")]
pub fn time(millis: u64) -> String {
    js::time(millis as f64)
}

/// `yesterday`, `today`, `in 3 days`.
#[must_use]
pub fn relative_days(days: i32) -> String {
    js::relative_days(days)
}
