//! What is typed, and the check-in that it comes to.

use super::builder::*;
use bearings_plan::*;

fn draft(value: Option<f64>, done: bool, confidence: Option<u8>, note: &str) -> Draft {
    let confidence = confidence.map(|it| Confidence::new(it).unwrap());
    Draft { value: value.map(number), done, confidence, note: prose(note) }
}

fn row(value: Option<f64>, confidence: Option<u8>, note: &str) -> CheckIn {
    let Draft { value, confidence, note, .. } = draft(value, false, confidence, note);
    CheckIn { value, confidence, note }
}

fn key_result() -> Due {
    Due::KeyResult(KeyResultId::from(Seed { millis: 1, random: [0; 10] }))
}

fn kpi() -> Due {
    Due::Kpi(KpiId::from(Seed { millis: 1, random: [0; 10] }))
}

/// What was said last: a value, and what repeats it.
fn last(value: Option<f64>) -> LastSaid {
    let unchanged = value.map(|value| row(Some(value), Some(6), ""));
    LastSaid { value: value.map(number), unchanged, ..LastSaid::default() }
}

#[test]
fn value_confidence_or_note_is_a_check_in_and_nothing_is_none() {
    use Answer::{Done, Number as ByNumber, Silent};
    use Incomplete::{NoValue, Nothing};
    let table = [
        (key_result(), ByNumber, draft(None, false, None, ""), Err(Nothing)),
        (key_result(), ByNumber, draft(Some(5.0), false, None, ""), Ok(row(Some(5.0), None, ""))),
        (key_result(), ByNumber, draft(None, false, Some(7), ""), Ok(row(None, Some(7), ""))),
        (key_result(), ByNumber, draft(None, false, None, "ill"), Ok(row(None, None, "ill"))),
        (key_result(), ByNumber, draft(Some(0.0), true, Some(7), "x"), Ok(row(Some(0.0), Some(7), "x"))),
        // Steps are ticked elsewhere.
        (key_result(), Silent, draft(None, false, None, ""), Err(Nothing)),
        (key_result(), Silent, draft(None, false, Some(3), ""), Ok(row(None, Some(3), ""))),
        (key_result(), Silent, draft(Some(5.0), true, None, "x"), Ok(row(None, None, "x"))),
        (kpi(), ByNumber, draft(None, false, None, ""), Err(NoValue)),
        (kpi(), ByNumber, draft(None, false, None, "ill"), Err(NoValue)),
        (kpi(), ByNumber, draft(Some(5.0), false, None, "x"), Ok(row(Some(5.0), None, "x"))),
        // The box shows that it is not done, as before.
        (key_result(), Done, draft(None, false, None, ""), Err(Nothing)),
        (key_result(), Done, draft(None, true, None, ""), Ok(row(Some(1.0), None, ""))),
        (key_result(), Done, draft(None, false, Some(2), ""), Ok(row(None, Some(2), ""))),
    ];
    for (of, answer, draft, expected) in table {
        assert_eq!(draft.clone().complete(of, answer, &last(None), None), expected, "{draft:?} for {of:?}, {answer:?}");
    }
    // It was done before: the box says so until it is taken out.
    let done = last(Some(1.0));
    assert_eq!(draft(None, true, None, "").complete(key_result(), Done, &done, None), Err(Nothing));
    assert_eq!(draft(None, false, None, "").complete(key_result(), Done, &done, None), Ok(row(Some(0.0), None, "")));
    // A correction of "done" may say that it is not.
    let there = Some(number(1.0));
    assert_eq!(
        draft(None, false, None, "").complete(key_result(), Done, &last(None), there),
        Ok(row(Some(0.0), None, ""))
    );
}

#[test]
fn nothing_has_changed_repeats_value_and_confidence() {
    use Answer::{Done, Number as ByNumber};
    use Incomplete::{Changed, NothingBefore};
    let table = [
        (ByNumber, draft(None, false, None, ""), Some(5.0), Ok(row(Some(5.0), Some(6), ""))),
        (ByNumber, draft(None, false, Some(3), "why"), Some(5.0), Ok(row(Some(5.0), Some(3), "why"))),
        (ByNumber, draft(Some(7.0), false, None, ""), Some(5.0), Err(Changed)),
        (ByNumber, draft(None, false, None, ""), None, Err(NothingBefore)),
        (Done, draft(None, false, None, ""), Some(0.0), Ok(row(Some(0.0), Some(6), ""))),
        (Done, draft(None, true, None, ""), Some(0.0), Err(Changed)),
        (Done, draft(None, true, None, ""), Some(1.0), Ok(row(Some(1.0), Some(6), ""))),
    ];
    for (answer, draft, before, expected) in table {
        assert_eq!(draft.clone().unchanged(answer, &last(before)), expected, "{draft:?} after {before:?}");
    }
}
