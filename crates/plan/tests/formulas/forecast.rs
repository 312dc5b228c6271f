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
        let found = Forecast::of(&values, day(due), Reach::default()).unwrap();
        let scale = values.iter().map(|(_, value)| value.abs()).fold(0.0, f64::max);
        for (what, found) in [
            ("value", found.outlook.value),
            ("low", found.outlook.low),
            ("high", found.outlook.high),
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
        let found = Forecast::of(&values, day(due), Reach::default()).unwrap();
        let (last, from) = *values.last().unwrap();
        assert_eq!((found.since(), found.first, found.from), (last, values[0].1, from), "{name}");
        for ahead in [1, 2, found.ahead - 1, found.ahead, found.ahead + 30].into_iter().filter(|it| *it > 0) {
            let then = Forecast::of(&values, last.plus_days(ahead), Reach::default()).unwrap();
            assert_eq!(found.outlook_in(ahead), then.outlook, "{name}: {ahead} days ahead");
        }
        for ahead in [0, -1] {
            assert_eq!(found.outlook_in(ahead), Outlook { value: from, low: from, high: from }, "{name}: {ahead}");
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
        let found = Forecast::of(&values, day(7 * (freedom + 1) + 10), Reach::default()).unwrap();
        let (ahead, behind) = (10.0, f64::from(7 * (freedom + 1)));
        let spread = found.deviation * (ahead + ahead * ahead / behind).sqrt();
        near(found.t, t, 1.0, &format!("{freedom} degrees of freedom, as a part"));
        near((found.outlook.high - found.outlook.value) / spread, t, 1.0, &format!("{freedom} degrees of freedom"));
        near(
            (found.outlook.value - found.outlook.low) / spread,
            t,
            1.0,
            &format!("{freedom} degrees of freedom, below"),
        );
    }
}

/// The forecast of a key result on day `n`.
fn forecast(world: &World, id: KeyResultId, n: i32) -> Result<Forecast, NoForecast> {
    world.plan.forecast(world.key_result_of(id), &world.report(id, n), day(n))
}

/// The points of a key result on day `n`, without its start.
fn measured(world: &World, id: KeyResultId, n: i32) -> Vec<(Day, f64)> {
    let points = world.plan.points_of(world.key_result_of(id), day(n));
    points.iter().filter(|point| point.is_measured()).map(|point| (point.day, point.value.get())).collect()
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
        assert_eq!(Forecast::of(&values, day(due), Reach::default()), Err(NoForecast::NothingAhead));
    }
    assert_eq!(Forecast::of(&values, day(29), Reach::default()).unwrap().ahead, 1);
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
    assert_eq!(measured(&world, id, 40), once.map(|(n, value)| (day(n), value)));
    // From 1.0 on day 1 to 5.0 on day 29, and 71 days more.
    close(expected.outlook.value, 5.0 + 4.0 / 28.0 * 71.0, "value");
    assert_eq!((expected.due, expected.ahead, expected.days, expected.values), (day(100), 71, 28, 5));
}

#[track_caller]
fn near_outlook(found: Outlook, expected: &Value, scale: f64, name: &str) {
    for (what, found) in [("value", found.value), ("low", found.low), ("high", found.high)] {
        near(found, expected[what].as_f64().unwrap(), scale, &format!("{name}: {what}"));
    }
}

#[test]
fn nothing_is_forecast_beyond_what_there_can_be() {
    for case in reference("clipped") {
        let (name, values, due) = (case["name"].as_str().unwrap(), course(&case), case["due"].as_i64().unwrap() as i32);
        let bounds = Reach { low: case["low"].as_f64(), high: case["high"].as_f64() };
        let found = Forecast::of(&values, day(due), bounds).unwrap();
        let scale = values.iter().map(|(_, value)| value.abs()).fold(0.0, f64::max);
        near_outlook(found.outlook, &case["expected"], scale, name);
        near_outlook(found.straight, &case["straight"], scale, name);
        for ahead in 0..=found.ahead {
            let Outlook { value, low, high } = found.outlook_in(ahead);
            let within = |it: f64| bounds.low.is_none_or(|low| it >= low) && bounds.high.is_none_or(|high| it <= high);
            assert!(low <= value && value <= high && [low, value, high].into_iter().all(within), "{name}: {ahead}");
        }
    }
    // A bound that was crossed already is none.
    let values: Vec<_> =
        [4.0, 3.0, 1.0, 0.5, -1.0].into_iter().zip(0..).map(|(value, n)| (day(7 * n), value)).collect();
    let found = Forecast::of(&values, day(60), Reach { low: Some(0.0), high: Some(2.0) }).unwrap();
    assert_eq!(found.outlook, Outlook { value: -1.0, low: -1.0, high: found.outlook.high });
}

fn named<T: Copy>(all: &[(&str, T)], name: &str) -> T {
    all.iter().find(|(word, _)| *word == name).unwrap().1
}

#[test]
fn what_a_kpi_feeds_goes_by_one_value_of_each_period() {
    let frequencies = [("weekly", Frequency::Weekly), ("monthly", Frequency::Monthly)];
    let aggregations = [
        ("last", Aggregation::Last),
        ("sum", Aggregation::Sum),
        ("mean", Aggregation::Mean),
        ("min", Aggregation::Min),
        ("max", Aggregation::Max),
    ];
    let pairs = |list: &Value| -> Vec<(Day, f64)> {
        let pairs = list.as_array().unwrap().iter();
        pairs.map(|it| (date(it[0].as_str().unwrap()), it[1].as_f64().unwrap())).collect()
    };
    let cases = reference("fed");
    assert!(cases.len() >= 10);
    for case in cases {
        let text = |what: &str| case[what].as_str().unwrap();
        let (name, asked) = (text("name"), date(text("today")));
        let mut world = World::new();
        world.today = date(text("first"));
        let cycle = world.cycle(date(text("first")), date(text("due")));
        let objective = world.objective(Some(cycle));
        let id = world.key_result(objective, metric(0.0, case["target"].as_f64().unwrap()));
        let (frequency, takes) = (named(&frequencies, text("frequency")), named(&aggregations, text("takes")));
        let kpi = world.kpi(frequency, takes);
        for (on, value) in pairs(&case["readings"]) {
            world.reading(kpi, on, value);
        }
        world.edit_key_result(id, KeyResultEdit::fed_by(Some(kpi)));
        let n = asked.days_since(day(0));
        let (found, expected) = (measured(&world, id, n), pairs(&case["points"]));
        assert_eq!(found.len(), expected.len(), "{name}");
        for ((on, value), (expected_on, expected)) in found.iter().zip(&expected) {
            assert_eq!(on, expected_on, "{name}");
            near(*value, *expected, 1.0, name);
        }
        let forecast = forecast(&world, id, n).unwrap();
        near_outlook(forecast.outlook, &case["expected"], 1.0, name);
        near_outlook(forecast.straight, &case["straight"], 1.0, name);
        assert_eq!(forecast.has_scatter(), case["straight"]["deviation"].as_f64().unwrap() > 1e-12, "{name}");
    }
}

/// A key result from 0 to 50, day 0 to 100, with a KPI that feeds it.
fn fed(frequency: Frequency, how: Aggregation, readings: &[(i32, f64)]) -> (World, KeyResultId, KpiId) {
    let (mut world, id) = World::with(metric(0.0, 50.0));
    let kpi = world.kpi(frequency, how);
    for &(n, value) in readings {
        world.reading(kpi, day(n), value);
    }
    world.edit_key_result(id, KeyResultEdit::fed_by(Some(kpi)));
    (world, id, kpi)
}

#[test]
fn points_before_the_first_day_and_own_check_ins_are_no_part_of_what_a_kpi_feeds() {
    let readings = [(-20, 3.0), (-1, 4.0), (0, 5.0), (7, 6.0), (14, 6.5), (14, 6.0), (21, 8.0), (28, 9.0), (60, 20.0)];
    let (mut world, id, _) = fed(Frequency::Weekly, Aggregation::Last, &readings);
    world.value(id, 30, 40.0);
    let way = [(0, 5.0), (7, 6.0), (14, 6.0), (21, 8.0), (28, 9.0)].map(|(n, value)| (day(n), value));
    assert_eq!(measured(&world, id, 40), way);
    let reach = Reach { low: Some(0.0), high: None };
    assert_eq!(forecast(&world, id, 40), Forecast::of(&way, day(100), reach));
}

#[test]
fn a_period_that_takes_all_of_its_readings_is_a_point_once_it_is_over() {
    // October is day 0 to 30, November day 31 to 60.
    let readings = [(3, 5.0), (20, 7.0), (31, 2.0), (65, 1.0)];
    let (world, id, _) = fed(Frequency::Monthly, Aggregation::Sum, &readings);
    let span = |from: i32, to: i32| PointSource::Period(span(day(from), day(to)));
    let sources = |n: i32| -> Vec<_> {
        let points = world.plan.points_of(world.key_result_of(id), day(n));
        points.into_iter().map(|it| (it.day.days_since(day(0)), it.value.get(), it.source)).collect()
    };
    // Nothing is known on the first day.
    let start = (0, 0.0, PointSource::Start);
    assert_eq!(sources(30), std::slice::from_ref(&start));
    assert_eq!(sources(31), [start.clone(), (30, 12.0, span(0, 30))]);
    assert_eq!(sources(70), [start, (30, 12.0, span(0, 30)), (60, 2.0, span(31, 60))]);
    assert_eq!(sources(-1), []);
    // Of what was read before, the value of the first day is known.
    let (world, id, _) = fed(Frequency::Weekly, Aggregation::Sum, &[(-5, 4.0), (1, 1.0)]);
    let points = world.plan.points_of(world.key_result_of(id), day(2));
    assert_eq!(points, [KeyResultPoint { day: day(0), value: number(4.0), source: PointSource::Start }]);
    // A formula over a sum waits, too.
    let mut world = World::new();
    let orders = world.called("Orders");
    world.edit(Edit::of(orders, KpiEdit::aggregation(Aggregation::Sum)));
    let twice = world.calculated("Twice", "Orders * 2");
    for (n, value) in [(3, 5.0), (20, 7.0), (31, 2.0)] {
        world.reading(orders, day(n), value);
    }
    let cycle = world.cycle(day(0), day(100));
    let objective = world.objective(Some(cycle));
    let id = world.key_result(objective, metric(0.0, 50.0));
    world.edit_key_result(id, KeyResultEdit::fed_by(Some(twice)));
    assert_eq!(measured(&world, id, 40), [(day(30), 24.0)]);
}

#[test]
fn bounds_are_stated_or_found() {
    let number = |it: f64| Number::new(it).unwrap();
    let bounds = |world: &World, id| {
        let points = world.plan.points_of(world.key_result_of(id), day(50));
        let found = world.plan.natural_bounds_of(world.key_result_of(id), &points, day(50));
        (found.low.map(Number::get), found.high.map(Number::get))
    };
    // start, target, values, unit | bounds
    type Row = (&'static str, (f64, f64), &'static [f64], &'static str, (Option<f64>, Option<f64>));
    let rows: &[Row] = &[
        ("hours", (9.0, 2.0), &[8.0, 4.0], "h", (Some(0.0), None)),
        ("down to nothing", (9.0, 0.0), &[0.0], "", (Some(0.0), None)),
        ("below zero at its start", (-5.0, 5.0), &[1.0], "", (None, None)),
        ("below zero at its target", (5.0, -5.0), &[1.0], "", (None, None)),
        ("below zero on the way", (5.0, 9.0), &[-1.0, 7.0], "EUR", (None, None)),
        ("a share", (20.0, 80.0), &[40.0], "%", (Some(0.0), Some(100.0))),
        ("more than a share", (20.0, 80.0), &[40.0, 104.0], "%", (Some(0.0), None)),
        ("a change in per cent", (-20.0, 80.0), &[40.0], "%", (None, Some(100.0))),
    ];
    for (name, (start, target), values, unit, expected) in rows {
        let (mut world, id) = World::with(metric(*start, *target));
        world.edit_key_result(id, KeyResultEdit::unit(Unit::new(unit).unwrap()));
        for (n, value) in (1..).zip(*values) {
            world.value(id, n, *value);
        }
        assert_eq!(bounds(&world, id), *expected, "{name}");
    }
    let (mut world, id, kpi) = fed(Frequency::Weekly, Aggregation::Last, &[(3, 5.0)]);
    assert_eq!(bounds(&world, id), (Some(0.0), None));
    for (low, high, expected) in [
        (Some(2.0), Some(60.0), (Some(2.0), Some(60.0))),
        (None, Some(60.0), (Some(0.0), Some(60.0))),
        (Some(-9.0), None, (Some(-9.0), None)),
    ] {
        let stated = Some(NaturalBounds { low: low.map(number), high: high.map(number) });
        world.edit(Edit::of(kpi, KpiEdit::natural_bounds(stated)));
        assert_eq!(bounds(&world, id), expected);
    }
}

#[test]
fn what_there_is_in_the_year_to_date_only_grows() {
    let mut world = World::new();
    let orders = world.called("Orders");
    world.edit(Edit::of(orders, KpiEdit::aggregation(Aggregation::Sum)));
    let total = world.calculated("Total", "ytd(Orders)");
    for (n, value) in (0..6).zip([9.0, 1.0, 30.0, 0.0, 40.0, 1.0]) {
        world.reading(orders, date("2026-01-10").plus_days(31 * n), value);
    }
    let start = date("2026-01-01");
    world.today = start;
    for (due, low) in [("2026-12-31", 81.0_f64), ("2027-03-31", 0.0)] {
        let cycle = world.cycle(start, date(due));
        let objective = world.objective(Some(cycle));
        let id = world.key_result(objective, metric(0.0, 300.0));
        world.edit_key_result(id, KeyResultEdit::fed_by(Some(total)));
        let asked = date("2026-07-05");
        let found = forecast(&world, id, asked.days_since(day(0))).unwrap();
        assert!(found.straight.low < low.max(1.0) || low == 0.0, "{found:?}");
        assert_eq!(found.bounds.low, Some(low), "{due}");
        assert!(found.outlook.low >= low, "{due}");
    }
    // A return takes something back.
    world.reading(orders, date("2026-06-20"), -5.0);
    let id = world.plan.key_results.iter().next().unwrap().id;
    let found = forecast(&world, id, date("2026-07-05").days_since(day(0))).unwrap();
    assert_eq!(found.bounds.low, Some(0.0));
}

#[test]
fn all_values_on_one_line_show_no_scatter() {
    let line =
        |slope: f64, from: f64| -> Vec<_> { (0..9).map(|n| (day(7 * n), from + slope * f64::from(n))).collect() };
    for (slope, from) in [(10.0 / 7.0, 12.857), (0.1, 0.3), (-1e-9, 1e-7), (1e11 / 3.0, 1e13), (0.0, 42.0), (0.0, 0.0)]
    {
        let found = Forecast::of(&line(slope, from), day(90), Reach::default()).unwrap();
        assert!(!found.has_scatter(), "{slope}, {from}: {}", found.deviation);
        assert_eq!((found.outlook.low, found.outlook.high), (found.outlook.value, found.outlook.value));
    }
    // One step in a trillion is a scatter.
    let mut values = line(1.0, 1e12);
    values[4].1 += 1.0;
    assert!(Forecast::of(&values, day(90), Reach::default()).unwrap().has_scatter());
}

#[test]
fn it_is_read_with_the_digits_that_it_is_good_for() {
    let outlook = |value, low, high| Outlook { value, low, high };
    for (exact, read) in [
        (outlook(2.1, 0.0, 4.38), outlook(2.1, 0.0, 4.4)),
        (outlook(7_412.0, 6_917.0, 7_907.0), outlook(7_410.0, 6_920.0, 7_910.0)),
        (outlook(1_260.02, 1_259.61, 1_260.43), outlook(1_260.0, 1_259.6, 1_260.4)),
        (outlook(0.012_34, 0.0091, 0.0155), outlook(0.0123, 0.0091, 0.0155)),
        (outlook(115.714, 115.714, 115.714), outlook(116.0, 116.0, 116.0)),
        (outlook(5e14, 4.1e14, 6.3e14), outlook(5e14, 4.1e14, 6.3e14)),
        (outlook(0.0, 0.0, 0.0), outlook(0.0, 0.0, 0.0)),
    ] {
        let values: Vec<_> = (0..5).map(|n| (day(7 * n), f64::from(n % 2))).collect();
        let begun = Forecast::of(&values, day(60), Reach::default()).unwrap();
        let deviation = if exact.low < exact.high { 1.0 } else { 0.0 };
        assert_eq!(Forecast { outlook: exact, deviation, ..begun }.readable(), read);
    }
}
