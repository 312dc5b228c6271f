//! What is asked about before it is saved.

use bearings_plan::quantity::{Field, Quantity, Separators, parse};
use proptest::prelude::*;
use serde_json::Value;

use super::builder::*;
use bearings_plan::*;

const ENGLISH: Separators = Separators { decimal: '.', group: ',' };

/// What is odd about a text that is typed for day `n`, and what was probably meant.
fn asked(world: &World, of: Due, n: i32, text: &str) -> Option<(OddValue, Option<f64>)> {
    let last = world.plan.last_said(of, day(n), &Written::default());
    let typed = parse(text, &Field { separators: ENGLISH, unit: Some("") }).unwrap();
    let value = typed.resolve(last.value.unwrap_or(Number::ZERO)).unwrap();
    let odd = world.plan.odd_value(of, day(n), typed, value, &Written::default())?;
    Some((odd.why, odd.likely.map(Number::get)))
}

/// The same in words and numbers.
fn why(world: &World, of: Due, text: &str) -> Option<(&'static str, f64, Option<f64>)> {
    let (why, likely) = asked(world, of, 50, text)?;
    let (word, times) = match why {
        OddValue::Negative => ("negative", 0.0),
        OddValue::Larger { times } => ("larger", times.get()),
        OddValue::Smaller { times } => ("smaller", times.get()),
        OddValue::Away => ("away", 0.0),
        OddValue::Jump => ("jump", 0.0),
    };
    Some((word, times, likely))
}

fn with_values(measure: Measure, values: &[f64]) -> (World, Due) {
    let (mut world, of) = World::with(measure);
    for (n, value) in (1..).zip(values) {
        world.value(of, n, *value);
    }
    (world, Due::KeyResult(of))
}

#[test]
fn a_value_of_ten_times_the_last_one_is_odd_unless_others_are_like_it() {
    // From start to target, values so far, what is typed, whether it is odd: why, how many times, what was meant.
    type Row = (f64, f64, &'static [f64], &'static str, Option<(&'static str, f64, Option<f64>)>);
    let table: &[Row] = &[
        (85.0, 78.0, &[84.0, 82.9], "828", Some(("larger", 10.0, Some(82.8)))),
        (85.0, 78.0, &[84.0, 82.9], "8.28", Some(("smaller", 10.0, Some(82.8)))),
        (85.0, 78.0, &[84.0, 82.9], "82.5", None),
        (85.0, 78.0, &[84.0, 82.9], "86", None),
        (0.0, 20.0, &[11.0], "140", Some(("larger", 13.0, Some(14.0)))),
        (0.0, 20.0, &[11.0], "5000000", Some(("larger", 454_545.0, Some(5.0)))),
        // A step is added by the page: no decimal sign was forgotten.
        (0.0, 20.0, &[11.0], "+200", Some(("larger", 19.0, None))),
        // On the way to the target, and a little beyond.
        (0.0, 1000.0, &[5.0], "60", None),
        (0.0, 8.0, &[1.0], "9", None),
        (0.0, 8.0, &[1.0], "80", Some(("larger", 80.0, Some(0.8)))),
        // Without a check-in, the target is what is known.
        (0.0, 100.0, &[], "1000", Some(("larger", 10.0, Some(100.0)))),
        (0.0, 100.0, &[], "150", None),
        (4000.0, 8000.0, &[6205.0], "62500", Some(("larger", 10.0, Some(6250.0)))),
        (4000.0, 8000.0, &[6205.0], "625", Some(("smaller", 10.0, Some(6250.0)))),
        // It was so before.
        (85.0, 78.0, &[84.0, 828.0, 82.9], "815", None),
        (0.0, 100.0, &[60.0], "0", None),
    ];
    for (start, target, values, text, expected) in table {
        let (world, of) = with_values(metric(*start, *target), values);
        assert_eq!(why(&world, of, text), *expected, "{text} after {values:?} of {start} to {target}");
    }
}

#[test]
fn the_wrong_way_by_more_than_the_whole_way_is_odd() {
    for (start, target, values, text, expected) in [
        (85.0, 78.0, &[82.9][..], "91", true),
        (85.0, 78.0, &[82.9], "89", false),
        (85.0, 78.0, &[], "93", true),
        (85.0, 78.0, &[95.0, 82.9], "92", false),
        (0.0, 10.0, &[4.0], "-7", true),
        (-10.0, 0.0, &[-5.0], "-16", true),
        (-10.0, 0.0, &[-5.0], "-14", false),
        // The right way is no question, however far.
        (0.0, 10.0, &[4.0], "25", false),
    ] {
        let (world, of) = with_values(metric(start, target), values);
        let found = why(&world, of, text).map(|(why, ..)| why);
        let word = if text == "-7" { "negative" } else { "away" };
        assert_eq!(found, expected.then_some(word), "{text} after {values:?} of {start} to {target}");
    }
}

#[test]
fn a_minus_where_nothing_was_below_zero_may_be_a_step() {
    for (start, target, values, text, expected) in [
        (0.0, 20.0, &[10.0][..], "-3", Some(Some(7.0))),
        (20.0, 0.0, &[10.0], "-3", Some(Some(7.0))),
        // The step would go below zero as well.
        (0.0, 20.0, &[10.0], "-30", Some(None)),
        (0.0, 20.0, &[], "-3", Some(None)),
        // A step that is typed as one is no other step.
        (0.0, 20.0, &[2.0], "-=3", Some(None)),
        (0.0, 20.0, &[10.0], "-=3", None),
        (0.0, 20.0, &[10.0], "+5", None),
        // Below zero is where it may be.
        (0.0, -20.0, &[10.0], "-3", None),
        (-5.0, 20.0, &[10.0], "-3", None),
        (0.0, 20.0, &[10.0, -1.0, 4.0], "-0.5", None),
    ] {
        let (world, of) = with_values(metric(start, target), values);
        let found = asked(&world, of, 50, text);
        let expected = expected.map(|likely| (OddValue::Negative, likely));
        assert_eq!(found, expected, "{text} after {values:?} of {start} to {target}");
    }
}

#[test]
fn readings_are_compared_with_readings() {
    let mut world = World::new();
    let kpi = world.kpi(Frequency::Monthly, Aggregation::Last);
    let of = Due::Kpi(kpi);
    // Nothing is known yet.
    for text in ["5", "-5", "5000000"] {
        assert_eq!(why(&world, of, text), None, "{text}");
    }
    world.reading(kpi, day(1), 82.9);
    assert_eq!(why(&world, of, "828"), Some(("larger", 10.0, Some(82.8))));
    assert_eq!(why(&world, of, "-3"), Some(("negative", 0.0, Some(79.9))));
    assert_eq!(why(&world, of, "150"), None);
    // A target says what is usual, too.
    world.target(kpi, day(-30), at_least(900.0), 0.0);
    assert_eq!(why(&world, of, "850"), None);

    // The target of a sum is none of its readings.
    let sum = world.kpi(Frequency::Monthly, Aggregation::Sum);
    world.reading(sum, day(1), 10.0);
    world.target(sum, day(-30), at_least(1000.0), 0.0);
    assert_eq!(why(&world, Due::Kpi(sum), "100"), Some(("larger", 10.0, Some(10.0))));
}

#[test]
fn what_a_kpi_feeds_is_compared_with_its_readings() {
    let (mut world, of) = World::with(metric(80.0, 90.0));
    let kpi = world.kpi(Frequency::Weekly, Aggregation::Last);
    world.edit_from(day(-30), Edit::of(of, KeyResultEdit::fed_by(Some(kpi))));
    world.reading(kpi, day(1), 82.0);
    assert_eq!(why(&world, Due::KeyResult(of), "835"), Some(("larger", 10.0, Some(83.5))));
    assert_eq!(why(&world, Due::KeyResult(of), "71"), Some(("away", 0.0, None)));
    assert_eq!(why(&world, Due::KeyResult(of), "84"), None);
}

#[test]
fn what_is_corrected_does_not_count() {
    let (mut world, of) = World::with(metric(85.0, 78.0));
    world.value(of, 1, 82.9);
    let due = Due::KeyResult(of);
    let key = world.plan.key_results.get(of).unwrap().check_ins.next_key(day(2), Actor(1));
    world.value(of, 2, 828.0);
    let typed = parse("830", &Field { separators: ENGLISH, unit: None }).unwrap();
    let odd = |except: &Written| world.plan.odd_value(due, day(2), typed, number(830.0), except).is_some();
    assert!(!odd(&Written::default()));
    assert!(odd(&Written { check_in: Some((of, key)), reading: None }));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..Default::default() })]

    #[test]
    fn what_was_so_before_is_never_odd_and_nothing_likely_is_what_is_typed(
        values in prop::collection::vec(-1e6..1e6_f64, 1..16),
        again in any::<prop::sample::Index>(),
        new in prop_oneof![-1e15..1e15_f64, -1e3..1e3_f64],
    ) {
        let (world, of) = with_values(metric(0.0, 100.0), &values);
        let odd = |value: f64| {
            let value = number(value);
            world.plan.odd_value(of, day(50), Quantity::Absolute(value), value, &Written::default())
        };
        prop_assert_eq!(odd(*again.get(&values)), None);
        if let Some(odd) = odd(new) {
            prop_assert_ne!(odd.likely, Some(number(new)));
        }
    }
}

#[test]
fn a_step_far_larger_than_the_usual_ones_is_odd_as_computed_elsewhere() {
    let reference: Value = serde_json::from_str(include_str!("../reference/odd.json")).unwrap();
    let value = |text: &Value| text.as_str().unwrap().parse::<f64>().unwrap();
    for row in reference.as_array().unwrap() {
        let mut world = World::new();
        let kpi = world.kpi(Frequency::Daily, Aggregation::Last);
        for (n, text) in (1..).zip(row["values"].as_array().unwrap()) {
            world.reading(kpi, day(n), value(text));
        }
        let found = why(&world, Due::Kpi(kpi), row["new"].as_str().unwrap()).map(|(why, ..)| why);
        assert_eq!(found, row["odd"].as_bool().unwrap().then_some("jump"), "{row}");
    }
}

#[test]
fn a_day_before_the_start_or_of_another_year_is_odd() {
    let mut world = World::new();
    let cycle = world.cycle(date("2026-04-01"), date("2026-06-30"));
    let objective = world.objective(Some(cycle));
    let of = world.key_result(objective, metric(0.0, 10.0));
    let today = date("2026-06-10");
    let asked = |world: &World, of: Due, text: &str, today: Day| {
        world.plan.odd_day(of, date(text), today).map(|DoubtedDay { why, likely }| {
            let start = match why {
                OddDay::BeforeStart { start } => Some(start.to_string()),
                OddDay::OtherYear => None,
            };
            (start, likely.map(|day| day.to_string()))
        })
    };
    let starts = |likely: Option<&str>| Some((Some("2026-04-01".to_owned()), likely.map(str::to_owned)));
    for (text, expected) in [
        ("2025-05-01", starts(Some("2026-05-01"))),
        ("2025-01-01", starts(None)),
        ("2026-03-31", starts(None)),
        ("2020-06-01", starts(Some("2026-06-01"))),
        ("2026-04-01", None),
        ("2026-06-10", None),
    ] {
        assert_eq!(asked(&world, Due::KeyResult(of), text, today), expected, "{text}");
    }
    // Before it all begins, today is odd as well.
    let early = date("2026-03-01");
    assert_eq!(asked(&world, Due::KeyResult(of), "2026-03-01", early), starts(None));

    let kpi = world.kpi(Frequency::Monthly, Aggregation::Last);
    let other_year = |likely: &str| Some((None, Some(likely.to_owned())));
    for (text, expected) in [
        ("2025-06-09", other_year("2026-06-09")),
        ("2016-05-31", other_year("2026-05-31")),
        // Of another season: no slip of the hand.
        ("2025-06-11", None),
        ("2025-02-28", None),
        ("2026-02-28", None),
    ] {
        assert_eq!(asked(&world, Due::Kpi(kpi), text, today), expected, "{text}");
    }
    // Whoever fills in what was before goes month by month.
    world.reading(kpi, date("2025-05-31"), 5.0);
    assert_eq!(asked(&world, Due::Kpi(kpi), "2025-06-09", today), None);
}
