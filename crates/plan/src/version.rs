//! Earlier versions of what is kept: each is brought to the next by one pure step, in order, before it is read.

use std::borrow::Cow;

use serde_json::Value;

/// Brings a value to the next version. It may meet anything: what it does not know, it leaves for the reader to name.
pub type Step = fn(Value) -> Value;

/// The version that these steps, the first of which begins at version 1, lead to.
#[expect(clippy::cast_possible_truncation, reason = "a step is written by hand")]
pub const fn latest(steps: &[Step]) -> u32 {
    steps.len() as u32 + 1
}

/// A value of `version` as the latest version has it; none where it is newer, or older than all.
pub fn migrated<'a>(value: &'a Value, version: u32, steps: &[Step]) -> Option<Cow<'a, Value>> {
    let rest = steps.get(usize::try_from(version).ok()?.checked_sub(1)?..)?;
    Some(match rest {
        [] => Cow::Borrowed(value),
        _ => Cow::Owned(rest.iter().fold(value.clone(), |value, step| step(value))),
    })
}

/// Whether what says that it is of this version has to be brought to the latest one.
pub const fn is_earlier(version: u64, steps: &[Step]) -> bool {
    version < latest(steps) as u64
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_version_takes_the_steps_after_it_in_order() {
        fn first(mut value: Value) -> Value {
            value["said"] = json!("one");
            value
        }
        fn second(mut value: Value) -> Value {
            value["said"] = json!(format!("{} two", value["said"].as_str().unwrap_or("no")));
            value
        }
        let (steps, value): (&[Step], _) = (&[first, second], json!({}));
        let said = |version| migrated(&value, version, steps).map(|value| value["said"].clone());
        assert_eq!(latest(steps), 3);
        assert_eq!([1, 2, 3].map(said), [Some(json!("one two")), Some(json!("no two")), Some(Value::Null)]);
        assert_eq!([0, 4, u32::MAX].map(said), [None, None, None]);
        assert!(matches!(migrated(&value, 3, steps), Some(Cow::Borrowed(_))));
        assert_eq!([1, 2, 3, 4].map(|version| is_earlier(version, steps)), [true, true, false, false]);
    }
}
