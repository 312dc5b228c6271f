use proptest::prelude::*;

use super::{steps::rounded, *};

const EN: Separators = Separators { decimal: '.', group: ',' };
const DE: Separators = Separators { decimal: ',', group: '.' };
const FR: Separators = Separators { decimal: ',', group: '\u{202f}' };
const CH: Separators = Separators { decimal: '.', group: '’' };
const AR: Separators = Separators { decimal: '\u{66b}', group: '\u{66c}' };
const ALL: [Separators; 5] = [EN, DE, FR, CH, AR];

fn plain(separators: Separators) -> Field<'static> {
    Field { separators, unit: None }
}

fn percent(separators: Separators) -> Field<'static> {
    counting("%", separators)
}

fn counting(unit: &str, separators: Separators) -> Field<'_> {
    Field { separators, unit: Some(unit) }
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
    let table: &[(&str, &[&str])] = &[("1.5", &["1,5"]), ("1.234", &["1,234", "1234"]), ("1.234.567", &["1234567"])];
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
        ("\u{2013}5", (-5.0, false)),
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
fn multiples_are_exact() {
    let table = [
        ("1.1k", 1100.0),
        ("1.2 k", 1200.0),
        ("1.2K", 1200.0),
        ("1.005M", 1_005_000.0),
        ("2.3 M", 2_300_000.0),
        ("4.35b", 4_350_000_000.0),
        ("4.35 B", 4_350_000_000.0),
        ("4.35bn", 4_350_000_000.0),
        ("4.35 Bn", 4_350_000_000.0),
        ("1,000k", 1_000_000.0),
        ("0.0000001M", 0.1),
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

/// What is typed where `unit` is counted, and the value.
#[track_caller]
fn counted(unit: &str, table: &[(&str, f64)]) {
    for &(text, value) in table {
        for separators in [EN, DE] {
            assert_eq!(typed(text, counting(unit, separators)), Ok((value, false)), "{text:?} of {unit:?}");
        }
    }
}

#[test]
fn the_own_unit_comes_before_any_multiple() {
    counted("m", &[("5 m", 5.0), ("5m", 5.0), ("5 M", 5.0), ("5k", 5000.0), ("5 k m", 5000.0), ("5 km", 5000.0)]);
    counted("min", &[("30m", 30.0), ("30 min", 30.0), ("45 MIN", 45.0)]);
    counted("km", &[("5 km", 5.0), ("5k", 5.0), ("5 K", 5.0), ("5 M", 5e6)]);
    counted("kg", &[("72 kg", 72.0), ("72kg", 72.0), ("72k", 72.0)]);
    counted("h", &[("9h", 9.0), ("9 h", 9.0), ("9 H", 9.0), ("2k h", 2000.0)]);
    counted("books", &[("12 books", 12.0), ("12 book", 12.0), ("12 Books", 12.0), ("12b", 12.0), ("2k", 2000.0)]);
    counted("book", &[("12 books", 12.0)]);
    counted("books read", &[("12 books", 12.0), ("12 books read", 12.0)]);
    counted("Paar", &[("12 Paare", 12.0)]);
    counted("visitors", &[("3 m visitors", 3e6), ("3k visitors", 3000.0), ("3M", 3e6), ("3bn", 3e9)]);
    counted("m²", &[("80 m²", 80.0), ("80 m", 80.0)]);
    counted("l/100 km", &[("6 l/100 km", 6.0), ("6 l", 6.0)]);
    counted("% of sales", &[("6%", 6.0), ("6", 6.0)]);
    counted("MB", &[("5 M", 5.0), ("5 MB", 5.0), ("5k", 5000.0)]);
    counted("Bücher", &[("12 Bücher", 12.0), ("12 bü", 12.0)]);
    counted("Wh", &[("5 kWh", 5000.0)]);
    counted("百万", &[("5 百万", 5.0)]);
}

#[test]
fn a_multiple_of_money_is_no_question() {
    counted("EUR", &[("3m", 3e6), ("3 m EUR", 3e6), ("3 M", 3e6), ("3k", 3000.0), ("3 eur", 3.0), ("3m€", 3e6)]);
    // A letter of a currency is none of its amounts.
    counted("KES", &[("5k", 5000.0), ("5 KES", 5.0)]);
    counted("MXN", &[("5m", 5e6)]);
    counted("BRL", &[("5b", 5e9)]);
    counted("k€", &[("5k", 5.0), ("5 k€", 5.0)]);
    counted("$", &[("5m", 5e6)]);
    counted("", &[("$3m", 3e6), ("3m $", 3e6)]);
}

#[test]
fn a_letter_that_may_be_a_unit_or_a_multiple_is_a_question() {
    let asks = |text: &str, unit: Option<&str>, write: &[&str]| {
        let write = write.iter().map(|&text| text.to_owned()).collect();
        let error = Err(QuantityError::Ambiguous { write });
        assert_eq!(parse(text, &Field { separators: EN, unit }), error, "{text:?} of {unit:?}");
    };
    for unit in [None, Some(""), Some("h"), Some("km"), Some("visitors")] {
        asks("30m", unit, &["30", "30M"]);
        asks("30 m", unit, &["30", "30M"]);
        asks("+1.5m", unit, &["+1.5", "+1.5M"]);
        asks("5t", unit, &["5", "5k"]);
    }
    asks("5 T", Some(""), &["5", "5k"]);
    asks("5 t", Some("EUR"), &["5", "5k"]);
    asks("1,5m", None, &["1.5", "1.5M"]);
    let french = Field { separators: FR, unit: Some("") };
    let write = ["1,234", "1,234M", "1234", "1234M"].map(str::to_owned).to_vec();
    assert_eq!(parse("1.234m", &french), Err(QuantityError::Ambiguous { write }));
}

#[test]
fn where_no_unit_is_known_any_word_is_one() {
    let table = [("12 books", 12.0), ("9h", 9.0), ("72.4 kg", 72.4), ("5 km", 5.0), ("5 km/h", 5.0), ("20 °C", 20.0)];
    for (text, value) in table {
        assert_eq!(typed(text, counting("", EN)), Ok((value, false)), "{text:?}");
    }
    counted(
        "",
        &[("3k visitors", 3000.0), ("80 m²", 80.0), ("3 m/s", 3.0), ("12 冊", 12.0), ("4k", 4000.0), ("3M", 3e6)],
    );
    for (text, unit) in [("12 books", "books"), ("9h", "h"), ("20 °C", "°C"), ("3k visits", "visits"), ("5 km", "km")]
    {
        assert_eq!(unit_of(text, EN).unwrap().as_str(), unit, "{text:?}");
    }
    for text in ["12", "4k", "3M", "12 EUR", "30m", "x", "30%"] {
        assert_eq!(unit_of(text, EN), None, "{text:?}");
    }
    for (text, rest) in [
        ("12 million", "million"),
        ("12 Mio", "Mio"),
        ("12 Mio. €", "Mio. €"),
        ("12 MIO", "MIO"),
        ("12 tausend Paare", "tausend Paare"),
        ("12 kk", "kk"),
        ("12 万", "万"),
        ("1 млн", "млн"),
        ("5½", "½"),
        ("5²", "²"),
        ("1e3", "e3"),
        ("5 books 3", "books 3"),
        ("5 days and many more hours", "days and many more hours"),
    ] {
        assert_eq!(parse(text, &counting("", EN)), Err(QuantityError::UnexpectedText(rest.to_owned())), "{text:?}");
    }
}

#[test]
fn another_unit_than_the_own_one_is_no_number() {
    for (text, typed, unit) in [
        ("5 days", "days", "books"),
        ("5 min", "min", "m"),
        ("5 mg", "mg", "g"),
        ("30 min", "min", "h"),
        ("5 bookshelves", "bookshelves", "book"),
        ("5 days", "days", "EUR"),
        ("5 k days", "days", "books"),
    ] {
        let error = QuantityError::OtherUnit { typed: typed.to_owned(), unit: unit.to_owned() };
        assert_eq!(parse(text, &counting(unit, EN)), Err(error), "{text:?} of {unit:?}");
    }
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
    for separators in ALL {
        values(separators, &[("١٬٢٣٤٫٥", 1234.5), ("٥٫٩٥", 5.95), ("-٠٫٥", -0.5)]);
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
        text in prop_oneof![any::<String>(), r"[-+=]{0,2}[$€A-Z]{0,3}[0-9., '’kmbtM%]{0,12}"],
        decimal in any::<char>(),
        group in any::<char>(),
        unit in proptest::sample::select(&[None, Some(""), Some("%"), Some("km"), Some("EUR"), Some("min")][..]),
    ) {
        let _ = parse(&text, &Field { separators: Separators { decimal, group }, unit });
        for separators in ALL {
            let field = Field { separators, unit };
            // What an error tells the person to write is read.
            if let Err(QuantityError::Ambiguous { write }) = parse(&text, &field) {
                prop_assert!((1..=4).contains(&write.len()));
                for text in write {
                    let result = parse(&text, &field);
                    let read = matches!(result, Ok(_) | Err(QuantityError::TooLarge));
                    prop_assert!(read, "{} {:?}", text, result);
                }
            }
        }
    }
}
