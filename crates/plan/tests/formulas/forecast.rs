//! Forecasts, compared with values that were worked out apart from this code: see `reference/forecast.py`.

use bearings_plan::*;
use serde_json::Value;

use crate::builder::*;

const REFERENCE: &str = include_str!("../reference/forecast.json");

fn reference(list: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(REFERENCE).unwrap();
    all[list].as_array().unwrap().clone()
}

fn course(case: &Value) -> Vec<(Day, f64)> {
    let points = case["course"].as_array().unwrap().iter();
    points.map(|point| (day(point[0].as_i64().unwrap() as i32), point[1].as_f64().unwrap())).collect()
}

/// Apart by less than a billionth; from nothing, by less than a billionth of the values.
#[track_caller]
fn near(found: f64, expected: f64, scale: f64, what: &str) {
    let scale = if expected == 0.0 { scale } else { expected.abs() };
    assert!((found - expected).abs() < 1e-9 * scale, "{what}: found {found}, expected {expected}");
}

#[test]
fn forecasts_are_those_of_the_reference() {
    let cases = reference("cases");
    assert!(cases.len() >= 20);
    for case in cases {
        let (name, expected) = (case["name"].as_str().unwrap(), &case["expected"]);
        let (values, due) = (course(&case), case["due"].as_i64().unwrap() as i32);
        let found = Forecast::of(&values, day(due)).unwrap();
        let scale = values.iter().map(|(_, value)| value.abs()).fold(0.0, f64::max);
        for (what, found) in [
            ("value", found.value),
            ("low", found.low),
            ("high", found.high),
            ("drift", found.drift),
            ("deviation", found.deviation),
        ] {
            near(found, expected[what].as_f64().unwrap(), scale, &format!("{name}: {what}"));
        }
        let counts = [found.values as i64, found.days.into(), found.ahead.into()];
        assert_eq!(counts, ["values", "days", "ahead"].map(|what| expected[what].as_i64().unwrap()), "{name}");
        assert_eq!(found.due, day(due), "{name}");
    }
}

#[test]
fn on_the_way_it_is_what_it_would_be_if_that_day_were_due() {
    for case in reference("cases") {
        let (name, values, due) = (case["name"].as_str().unwrap(), course(&case), case["due"].as_i64().unwrap() as i32);
        let found = Forecast::of(&values, day(due)).unwrap();
        let (last, from) = *values.last().unwrap();
        assert_eq!((found.since(), found.first, found.from), (last, values[0].1, from), "{name}");
        for ahead in [1, 2, found.ahead - 1, found.ahead, found.ahead + 30].into_iter().filter(|it| *it > 0) {
            let then = Forecast::of(&values, last.plus_days(ahead)).unwrap();
            let expected = Outlook { value: then.value, low: then.low, high: then.high };
            assert_eq!(found.outlook(ahead), expected, "{name}: {ahead} days ahead");
        }
        for ahead in [0, -1] {
            assert_eq!(found.outlook(ahead), Outlook { value: from, low: from, high: from }, "{name}: {ahead}");
        }
    }
}

#[test]
fn the_quantiles_are_those_of_students_distribution() {
    let quantiles = reference("quantiles");
    assert_eq!(quantiles.len(), 58);
    for quantile in quantiles {
        let (freedom, t) = (quantile["freedom"].as_u64().unwrap() as i32, quantile["t"].as_f64().unwrap());
        // Two values more than degrees of freedom, a week apart, up and down in turn.
        let values: Vec<_> = (0..freedom + 2).map(|n| (day(7 * n), f64::from(n % 2))).collect();
        let found = Forecast::of(&values, day(7 * (freedom + 1) + 10)).unwrap();
        let (ahead, behind) = (10.0, f64::from(7 * (freedom + 1)));
        let spread = found.deviation * (ahead + ahead * ahead / behind).sqrt();
        near(found.t, t, 1.0, &format!("{freedom} degrees of freedom, as a part"));
        near((found.high - found.value) / spread, t, 1.0, &format!("{freedom} degrees of freedom"));
        near((found.value - found.low) / spread, t, 1.0, &format!("{freedom} degrees of freedom, below"));
    }
}

/// The forecast of a key result on day `n`.
fn forecast(world: &World, id: KeyResultId, n: i32) -> Result<Forecast, NoForecast> {
    world.plan.forecast(world.key_result_of(id), &world.report(id, n), day(n))
}

/// A metric from 0 to 50 with these check-ins.
fn checked(check_ins: &[(i32, f64)]) -> (World, KeyResultId) {
    let (mut world, id) = World::with(metric(0.0, 50.0));
    for &(n, value) in check_ins {
        world.value(id, n, value);
    }
    (world, id)
}

#[test]
fn it_says_what_is_missing() {
    type Row = (&'static str, &'static [(i32, f64)], i32, Option<NoForecast>);
    let too_little = |values, days| Some(NoForecast::TooLittle { values, days });
    let rows: &[Row] = &[
        ("nothing", &[], 50, too_little(0, 0)),
        ("one", &[(1, 1.0)], 50, too_little(1, 0)),
        ("four", &[(1, 1.0), (8, 2.0), (15, 3.0), (40, 4.0)], 50, too_little(4, 39)),
        ("five over 20 days", &[(1, 1.0), (6, 2.0), (11, 3.0), (16, 4.0), (21, 5.0)], 50, too_little(5, 20)),
        ("five over 21 days", &[(1, 1.0), (6, 2.0), (11, 3.0), (16, 4.0), (22, 5.0)], 50, None),
        ("before the fifth", &[(1, 1.0), (6, 2.0), (11, 3.0), (16, 4.0), (60, 5.0)], 50, too_little(4, 15)),
        ("the day before the last", &[(1, 1.0), (6, 2.0), (11, 3.0), (16, 4.0), (22, 5.0)], 99, None),
        ("the due day", &[(1, 1.0), (6, 2.0), (11, 3.0), (16, 4.0), (22, 5.0)], 100, Some(NoForecast::NothingAhead)),
        ("the due day, and too little", &[(1, 1.0)], 100, Some(NoForecast::NothingAhead)),
        // Two of one day are one.
        ("five on four days", &[(1, 1.0), (8, 2.0), (15, 3.0), (40, 4.0), (40, 5.0)], 50, too_little(4, 39)),
    ];
    for (name, check_ins, n, missing) in rows {
        let (world, id) = checked(check_ins);
        assert_eq!(forecast(&world, id, *n).err(), *missing, "{name}");
    }
    // Straight from values: due on the day of the last one, or before.
    let values: Vec<_> = [0, 7, 14, 21, 28].map(|n| (day(n), f64::from(n))).into();
    for due in [28, 27, -5] {
        assert_eq!(Forecast::of(&values, day(due)), Err(NoForecast::NothingAhead));
    }
    assert_eq!(Forecast::of(&values, day(29)).unwrap().ahead, 1);
}

#[test]
fn only_metrics_head_somewhere() {
    for measure in [stay(at_least(1.0), 0.8), Measure::Milestones {}, Measure::Done {}, Measure::Baseline {}] {
        let (mut world, id) = checked(&[(1, 1.0), (8, 2.0), (15, 3.0), (22, 4.0), (29, 5.0)]);
        assert!(forecast(&world, id, 50).is_ok());
        world.edit_key_result(id, KeyResultEdit::measure(measure.clone()));
        assert_eq!(forecast(&world, id, 50), Err(NoForecast::NotAMetric), "{measure:?}");
    }
    let mut world = World::new();
    let backlog = world.objective(None);
    let id = world.key_result(backlog, metric(0.0, 1.0));
    assert_eq!(forecast(&world, id, 50), Err(NoForecast::NothingAhead), "no due day");
}

#[test]
fn the_last_value_of_a_day_counts_and_what_comes_later_does_not() {
    let once = [(1, 1.0), (8, 2.5), (15, 3.0), (22, 4.5), (29, 5.0)];
    let (world, id) = checked(&once);
    let expected = forecast(&world, id, 40).unwrap();
    let (mut world, id) =
        checked(&[(1, 9.0), (1, 1.0), (8, 2.5), (15, 0.0), (15, 7.0), (15, 3.0), (22, 4.5), (29, 5.0)]);
    // Without a number, it is not a value.
    world.check_in(id, 29, None, Some(3));
    world.check_in(id, 35, None, Some(3));
    world.value(id, 41, 50.0);
    assert_eq!(forecast(&world, id, 40), Ok(expected));
    assert_eq!(world.plan.course_of(world.key_result_of(id), day(40)), once.map(|(n, value)| (day(n), value)));
    // From 1.0 on day 1 to 5.0 on day 29, and 71 days more.
    close(expected.value, 5.0 + 4.0 / 28.0 * 71.0, "value");
    assert_eq!((expected.due, expected.ahead, expected.days, expected.values), (day(100), 71, 28, 5));
}

#[test]
fn one_that_a_kpi_feeds_goes_by_the_kpi() {
    let (mut world, id) = World::with(metric(0.0, 50.0));
    let kpi = world.kpi(Frequency::Weekly, Aggregation::Last);
    world.edit_key_result(id, KeyResultEdit::fed_by(Some(kpi)));
    // Those before its first day, and its own check-ins, are no part of its way.
    let readings = [(-20, 3.0), (-1, 4.0), (0, 5.0), (7, 6.0), (14, 6.5), (14, 6.0), (21, 8.0), (28, 9.0), (60, 20.0)];
    for (n, value) in readings {
        world.reading(kpi, day(n), value);
    }
    world.value(id, 30, 40.0);
    let way = [(0, 5.0), (7, 6.0), (14, 6.0), (21, 8.0), (28, 9.0)].map(|(n, value)| (day(n), value));
    assert_eq!(world.plan.course_of(world.key_result_of(id), day(40)), way);
    assert_eq!(forecast(&world, id, 40), Forecast::of(&way, day(100)));
    // Of a sum, the value on a day is that of the month before: 12 = 5 + 7 on day 31, the first of November.
    let kpi = world.kpi(Frequency::Monthly, Aggregation::Sum);
    for (n, value) in [(3, 5.0), (20, 7.0), (31, 2.0), (65, 1.0)] {
        world.reading(kpi, day(n), value);
    }
    world.edit_key_result(id, KeyResultEdit::fed_by(Some(kpi)));
    let way = [(31, 12.0), (65, 2.0)].map(|(n, value)| (day(n), value));
    assert_eq!(world.plan.course_of(world.key_result_of(id), day(70)), way);
}
