//! JSON as text. serde_json reads it too, into whatever type is asked for and with every error in words; the page needs
//! one type and the place of an error, and this is a sixth of the size. Tests hold both to the same answers.

use serde_json::{Map, Number, Value};

use crate::double;

/// Values within values, at most: each takes room on the stack.
const MAX_DEPTH: u8 = 127;

/// Where a text stops being JSON. Both count from 1, the column in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotJson {
    pub line: usize,
    pub column: usize,
}

/// The value that a text writes.
///
/// # Errors
/// [`NotJson`] where the text is not JSON, nests values too deeply, or has a number beyond all doubles.
pub fn read(text: &str) -> Result<Value, NotJson> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(MAX_DEPTH).ok_or_else(|| reader.place())?;
    reader.space();
    if reader.at == text.len() { Ok(value) } else { Err(reader.place()) }
}

/// Each method reads something and leaves the place behind it; at `None` the place is where it went wrong.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn place(&self) -> NotJson {
        let before = self.text.as_bytes().get(..self.at).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n');
        let (line, last) = line.fold((0, 0), |(count, _), line| (count + 1, line.len()));
        NotJson { line, column: last + 1 }
    }

    fn next(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Goes past a byte if it is the next one.
    fn takes(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then(|| self.at += 1)
    }

    fn space(&mut self) {
        while matches!(self.next(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: u8) -> Option<Value> {
        self.space();
        match self.next()? {
            b'n' => self.word("null", Value::Null),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'"' => self.string().map(Value::String),
            b'[' => self.list(depth.checked_sub(1)?),
            b'{' => self.object(depth.checked_sub(1)?),
            _ => self.number(),
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        word.bytes().try_for_each(|byte| self.takes(byte))?;
        Some(value)
    }

    fn list(&mut self, depth: u8) -> Option<Value> {
        let mut list = Vec::new();
        self.items(b']', |reader| {
            list.push(reader.value(depth)?);
            Some(())
        })?;
        Some(Value::Array(list))
    }

    /// Of several values with one key, the last stays.
    fn object(&mut self, depth: u8) -> Option<Value> {
        let mut object = Map::new();
        self.items(b'}', |reader| {
            let key = reader.string()?;
            reader.space();
            reader.takes(b':')?;
            object.insert(key, reader.value(depth)?);
            Some(())
        })?;
        Some(Value::Object(object))
    }

    /// From the bracket that opens to the one that closes, with commas between the items.
    fn items(&mut self, close: u8, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        self.space();
        if self.takes(close).is_some() {
            return Some(());
        }
        loop {
            self.space();
            item(self)?;
            self.space();
            if self.takes(close).is_some() {
                return Some(());
            }
            self.takes(b',')?;
        }
    }

    fn string(&mut self) -> Option<String> {
        self.takes(b'"')?;
        let mut string = String::new();
        loop {
            let begin = self.at;
            // All that ends a run is ASCII, so a run is text.
            while self.next().is_some_and(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
                self.at += 1;
            }
            string.push_str(self.text.get(begin..self.at)?);
            if self.takes(b'"').is_some() {
                return Some(string);
            }
            self.takes(b'\\')?;
            string.push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let letter = self.next()?;
        let meant = match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.at += 1;
                return self.code();
            }
            _ => return None,
        };
        self.at += 1;
        Some(meant)
    }

    /// `00e4`, or two halves as in `d83e\udded`.
    fn code(&mut self) -> Option<char> {
        let first = self.unit()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        self.takes(b'\\')?;
        self.takes(b'u')?;
        let second = self.unit()?.checked_sub(0xdc00).filter(|second| *second < 0x400)?;
        char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + second)
    }

    fn unit(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit * 16 + char::from(self.next()?).to_digit(16)?;
            self.at += 1;
        }
        Some(unit)
    }

    /// Goes past digits and keeps them; gives how many.
    fn digits(&mut self, digits: &mut Vec<u8>) -> usize {
        let begin = self.at;
        while let Some(digit @ b'0'..=b'9') = self.next() {
            digits.push(digit);
            self.at += 1;
        }
        self.at - begin
    }

    fn number(&mut self) -> Option<Value> {
        let minus = self.takes(b'-').is_some();
        let mut digits = Vec::new();
        let zero = self.next() == Some(b'0');
        let whole = self.digits(&mut digits);
        if whole == 0 || zero && whole > 1 {
            return None;
        }
        let point = self.takes(b'.').is_some();
        let decimals = if point { Some(self.digits(&mut digits)).filter(|count| *count > 0)? } else { 0 };
        let power = matches!(self.next(), Some(b'e' | b'E'));
        let exponent = if power { self.exponent()? } else { 0 };
        if !point
            && !power
            && let Some(number) = self.whole(minus, &digits)
        {
            return Some(number);
        }
        let value = double::nearest(&digits, exponent.saturating_sub(i32::try_from(decimals).ok()?))?;
        Number::from_f64(if minus { -value } else { value }).map(Value::Number)
    }

    fn exponent(&mut self) -> Option<i32> {
        self.at += 1;
        let minus = self.takes(b'-').is_some();
        if !minus {
            let _ = self.takes(b'+');
        }
        let mut digits = Vec::new();
        if self.digits(&mut digits) == 0 {
            return None;
        }
        let digit = |digit: &u8| i32::from(digit - b'0');
        let exponent = digits.iter().fold(0_i32, |whole, it| whole.saturating_mul(10).saturating_add(digit(it)));
        Some(if minus { -exponent } else { exponent })
    }

    /// A whole number that is an integer of 64 bits; -0 is none.
    fn whole(&self, minus: bool, digits: &[u8]) -> Option<Value> {
        let mut whole = 0_u64;
        for digit in digits {
            whole = whole.checked_mul(10)?.checked_add(u64::from(digit - b'0'))?;
        }
        match minus {
            false => Some(Value::from(whole)),
            true if whole == 0 => None,
            true => 0_i64.checked_sub_unsigned(whole).map(Value::from),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// serde_json's answer is ours; how a number is written counts too. Where it stops is another matter: it may have read
    /// ahead.
    #[track_caller]
    fn agrees(text: &str) {
        match (read(text), serde_json::from_str::<Value>(text)) {
            (Ok(ours), Ok(theirs)) => {
                assert_eq!(ours, theirs, "{text:?}");
                assert_eq!(ours.to_string(), theirs.to_string(), "{text:?}");
            }
            (Err(_), Err(_)) => {}
            (ours, theirs) => panic!("{text:?}: {ours:?}, {theirs:?}"),
        }
    }

    #[test]
    fn every_part_of_the_notation_is_read() {
        for text in [
            "null",
            " true ",
            "\n\tfalse\r",
            "[]",
            "{}",
            "[ 1 , 2 ]",
            "{ \"a\" : [ { } ] }",
            "\"\"",
            "\"äöü 🧭\"",
            r#""\"\\\/\b\f\n\r\t""#,
            r#""\u00e4\uD83e\uddEDx""#,
            "0",
            "-0",
            "-0.0",
            "0.5",
            "-1.25e2",
            "1E+3",
            "1e-3",
            "18446744073709551615",
            "18446744073709551616",
            "-9223372036854775808",
            "-9223372036854775809",
            "0.30000000000000004",
            "1e308",
            "5e-324",
            "1e-999",
            "123456789012345678901234567890",
            r#"{"a":1,"b":2,"a":3}"#,
        ] {
            assert!(read(text).is_ok(), "{text}");
            agrees(text);
        }
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for text in [
            "",
            " ",
            "nul",
            "nulll",
            "True",
            "[",
            "]",
            "[1",
            "[1,",
            "[1,]",
            "[,1]",
            "[1 2]",
            "{",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,}",
            "{a:1}",
            "{\"a\" 1}",
            "{1:2}",
            "\"",
            "\"a",
            "\"\n\"",
            "\"\u{1f}\"",
            r#""\x""#,
            r#""\u12""#,
            r#""\u12g4""#,
            r#""\ud83e""#,
            r#""\ud83e\n""#,
            r#""\ud83e\u0041""#,
            r#""\uddED""#,
            "01",
            "-",
            "--1",
            "+1",
            ".5",
            "1.",
            "1.e3",
            "1e",
            "1e+",
            "1e999",
            "-1e999",
            "0x10",
            "NaN",
            "Infinity",
            "1 1",
            "\u{feff}1",
            "'a'",
            "// 1",
            "[1]]",
        ] {
            assert!(read(text).is_err(), "{text}");
            agrees(text);
        }
    }

    #[test]
    fn the_place_of_an_error_is_told() {
        assert_eq!(read("[1,\n  2,\n  x]"), Err(NotJson { line: 3, column: 3 }));
        assert_eq!(read(""), Err(NotJson { line: 1, column: 1 }));
        assert_eq!(read("[1,\n2"), Err(NotJson { line: 2, column: 2 }));
        assert_eq!(read("{}\n\n{}"), Err(NotJson { line: 3, column: 1 }));
    }

    #[test]
    fn values_nest_as_deep_as_serde_json_lets_them() {
        for depth in [1, 100, 126, 127, 128, 129, 10_000] {
            agrees(&format!("{}1{}", "[".repeat(depth), "]".repeat(depth)));
            agrees(&format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth)));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_serde_json_reads_it(text in r#"[\[\]{}:,"\\ntrue\n 0-9a-f.+Eu-]{0,24}"#) {
            agrees(&text);
        }

        #[test]
        fn any_number_is_read_as_serde_json_reads_it(text in "-?[0-9]{1,20}(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?") {
            agrees(&text);
        }

        #[test]
        fn any_string_is_read_as_serde_json_writes_it(text in any::<String>(), cut in 0usize..40) {
            let written = Value::from(vec![text]).to_string();
            agrees(&written);
            agrees(written.get(..cut).unwrap_or_default());
        }
    }
}
