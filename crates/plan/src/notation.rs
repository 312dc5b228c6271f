//! JSON as text: what files, stores and sessions hold.
//!
//! Values are those of `serde_json`, and so is the writer. Its reader turns every number into a double as it goes, with
//! either the tables that this takes or errors of the last digit; `hifijson` leaves numbers as they are written, and
//! [`double`] does the rest.

use std::borrow::Cow;

use hifijson::{
    Error, SliceLexer, escape,
    num::LexWrite as _,
    str::{self, LexAlloc as _},
    token::{Expect, Lex as _},
};
use serde_json::{Map, Number, Value};

use crate::decimal::double;

/// How deep values may lie in each other.
const MAX_DEPTH: usize = 128;

/// Where a text is not JSON, from 1 on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotJson {
    pub line: usize,
    /// In characters.
    pub column: usize,
    /// Whether a text has one half of a character there (`\ud800` alone), which only programs write.
    pub half_character: bool,
}

/// The text of a value, without line breaks.
#[must_use]
pub fn text_of(value: &Value) -> String {
    // Its own `to_string` has the other writer in it as well.
    written(serde_json::to_string(value))
}

/// The text of a value, as people read and compare it.
pub fn lines_of(value: &Value) -> String {
    written(serde_json::to_string_pretty(value)) + "\n"
}

fn written(text: serde_json::Result<String>) -> String {
    text.unwrap_or_else(|_| unreachable!("every value can be written"))
}

/// The value of a text. Of members with the same name, the last one counts.
///
/// # Errors
/// Where the text is not JSON, or has a number in it that is larger than all doubles.
pub fn value_of(text: &str) -> Result<Value, NotJson> {
    let mut lexer = SliceLexer::new(text.as_bytes());
    let value = lexer.exactly_one(SliceLexer::ws_peek, |next, lexer| read(next, lexer, MAX_DEPTH));
    value.map_err(|error: Error| {
        let before = text.len().saturating_sub(lexer.as_slice().len());
        let before = text.as_bytes().get(..before).unwrap_or_default();
        let lines = before.split(|byte| *byte == b'\n');
        let is_first = |byte: &&u8| **byte & 0b1100_0000 != 0b1000_0000;
        let column = lines.clone().next_back().unwrap_or_default().iter().filter(is_first).count();
        use escape::Error::{ExpectedLowSurrogate, InvalidChar};
        let half_character = matches!(error, Error::Str(str::Error::Escape(InvalidChar(_) | ExpectedLowSurrogate)));
        NotJson { line: lines.count(), column: column + 1, half_character }
    })
}

/// Reads the value that begins with `next`.
fn read(next: u8, lexer: &mut SliceLexer<'_>, depth: usize) -> Result<Value, Error> {
    let depth = depth.checked_sub(1).ok_or(Error::Depth)?;
    match next {
        b'"' => Ok(Value::String(text(lexer)?)),
        b'-' | b'0'..=b'9' => number(lexer.num_string().validated()?.0),
        b'[' => {
            let mut rows = Vec::new();
            lexer.discarded().seq(b']', SliceLexer::ws_peek, |next, lexer| {
                rows.push(read(next, lexer, depth)?);
                Ok::<_, Error>(())
            })?;
            Ok(Value::Array(rows))
        }
        b'{' => {
            let mut members = Map::new();
            lexer.discarded().seq(b'}', SliceLexer::ws_peek, |next, lexer| {
                if next != b'"' {
                    Err(Expect::String)?;
                }
                let name = text(lexer)?;
                lexer.expect(SliceLexer::ws_peek, b':').ok_or(Expect::Colon)?;
                let next = lexer.ws_peek().ok_or(Expect::Value)?;
                members.insert(name, read(next, lexer, depth)?);
                Ok::<_, Error>(())
            })?;
            Ok(Value::Object(members))
        }
        b'n' | b't' | b'f' => Ok(lexer.null_or_bool().ok_or(Expect::Value)?.map_or(Value::Null, Value::Bool)),
        _ => Err(Expect::Value.into()),
    }
}

/// Reads a text from its first quotation mark on.
fn text(lexer: &mut SliceLexer<'_>) -> Result<String, Error> {
    Ok(lexer.discarded().str_string().map(Cow::into_owned)?)
}

fn number(text: &str) -> Result<Value, Error> {
    if let Ok(whole) = text.parse::<u64>() {
        return Ok(whole.into());
    }
    if let Ok(whole) = text.parse::<i64>() {
        return Ok(whole.into());
    }
    let number = double(text).and_then(Number::from_f64);
    Ok(Value::Number(number.ok_or(Expect::Value)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(5, 60, 8, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
                prop::collection::vec((any::<String>(), inner), 0..8).prop_map(Value::from_iter),
            ]
        })
    }

    /// Whether another reader takes it, too: not those that mind other depths or round numbers.
    fn is_json(text: &str) -> bool {
        serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value in values()) {
            prop_assert_eq!(value_of(&text_of(&value)), Ok(value.clone()));
            prop_assert_eq!(value_of(&serde_json::to_string_pretty(&value).unwrap()), Ok(value));
        }

        #[test]
        fn what_others_refuse_is_refused(value in values(), cut in 0.0..1.0, with in "[\\[\\]{}\":,0-9eE.+\\-\\\\u\u{0}-\u{20}a-fntr]{0,3}") {
            let mut text: Vec<char> = text_of(&value).chars().collect();
            let at = (text.len() as f64 * cut) as usize;
            text.splice(at..(at + 1).min(text.len()), with.chars());
            let text = String::from_iter(text);
            let ours = value_of(&text);
            let too_large = ours.is_err() && text.contains(['e', 'E']);
            prop_assert!(ours.is_ok() == is_json(&text) || too_large, "{text}: {ours:?}");
        }
    }

    #[test]
    fn numbers_are_what_they_say() {
        for (text, value) in [
            ("0", Value::from(0)),
            ("-0", Value::from(0)),
            ("-9223372036854775808", Value::from(i64::MIN)),
            ("18446744073709551615", Value::from(u64::MAX)),
            ("18446744073709551616", Value::from(18_446_744_073_709_551_616.0)),
            ("1.0", Value::from(1.0)),
            ("0.30000000000000004", Value::from(0.1 + 0.2)),
            ("12E-1", Value::from(1.2)),
        ] {
            assert_eq!(value_of(text), Ok(value), "{text}");
        }
    }

    #[test]
    fn where_a_text_is_not_json_is_said() {
        for (text, line, column) in [
            ("", 1, 1),
            ("  ", 1, 3),
            ("[1,\n 2,\n x]", 3, 2),
            ("{\"é\": tru}", 1, 8),
            ("[01]", 1, 3),
            ("1e999", 1, 6),
            ("{} {}", 1, 4),
            (r#"["a\ud800"]"#, 1, 10),
            (r#"["\udc00"]"#, 1, 9),
        ] {
            let half_character = text.contains("\\ud");
            assert_eq!(value_of(text), Err(NotJson { line, column, half_character }), "{text:?}");
        }
        assert!(value_of(&"[".repeat(1_000_000)).is_err());
        assert!(value_of(&format!("{}{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH))).is_ok());
    }

    #[test]
    fn the_last_member_of_a_name_counts() {
        assert_eq!(value_of(r#"{"a": 1, "b": 2, "a": 3}"#), Ok(serde_json::json!({"a": 3, "b": 2})));
    }
}
