//! Where key results are heading.

use bearings_charts::{Aim, PointKind};
use bearings_plan::*;

use crate::plans::*;

/// Six check-ins in five weeks, up and down on the way.
fn heading() -> Quarter {
    let mut quarter = Quarter::new(metric(4_000.0, 8_000.0));
    for (on, value) in [
        ("2026-10-08", 4_400.0),
        ("2026-10-15", 4_500.0),
        ("2026-10-22", 5_100.0),
        ("2026-10-29", 5_000.0),
        ("2026-11-05", 5_600.0),
        ("2026-11-12", 5_799.0),
    ] {
        quarter.check_in(on, value, "");
    }
    quarter
}

fn forecast(quarter: &Quarter, on: &str) -> Forecast {
    let key_result = quarter.plan.key_results.get(quarter.key_result).unwrap();
    let report = quarter.plan.key_result_report(key_result, day(on));
    quarter.plan.forecast(key_result, &report, day(on)).unwrap()
}

#[test]
fn a_line_leads_from_the_last_value_to_the_due_day_with_a_fan_around_it() {
    let quarter = heading();
    let forecast = forecast(&quarter, "2026-11-21");
    for width in [WIDE, NARROW] {
        let drawing = quarter.draw("2026-11-21", width);
        let [line, low, high, between] = ["forecast", "low", "high", "likely"].map(|id| data(&drawing, id));
        assert_eq!(line[0], dated(&[("2026-11-12", 5_799.0)])[0]);
        assert_eq!(line.last().unwrap(), &("2026-12-31".to_owned(), Some(forecast.outlook.value)));
        assert_eq!(low.last().unwrap().1, Some(forecast.outlook.low));
        assert_eq!(high.last().unwrap().1, Some(forecast.outlook.high));
        assert!((15..=26).contains(&line.len()), "{} days", line.len());
        for (at, (on, value)) in line.iter().enumerate() {
            let expected = forecast.outlook_in(day(on).days_since(day("2026-11-12")));
            assert_eq!(*value, Some(expected.value), "{on}");
            assert_eq!((low[at].1, high[at].1), (Some(expected.low), Some(expected.high)), "{on}");
            assert_eq!(between[at].1, Some(expected.high - expected.low), "{on}");
            assert!([&low, &high, &between].iter().all(|other| other[at].0 == *on), "{on}");
        }
        let drawn = series(&drawing, "forecast").unwrap();
        assert_eq!(drawn["lineStyle"]["type"], "dashed");
        assert_eq!(drawn["lineStyle"]["color"], "#00f");
        let between = series(&drawing, "likely").unwrap();
        assert_eq!(between["areaStyle"]["color"], "#eef");
        // What the tooltip says is where it begins and ends, not how wide it is.
        assert_eq!(between["tooltip"]["trigger"], "none");
        assert_eq!((between["stack"].as_str(), between["stackStrategy"].as_str()), (Some("likely"), Some("all")));
        assert_eq!(series(&drawing, "low").unwrap()["stack"], "likely");
        assert_eq!(series(&drawing, "high").unwrap().get("stack"), None);
    }
}

#[test]
fn its_end_says_where_it_leads() {
    for (unit, expected) in [("", ""), ("visitors", ""), ("%", "%"), ("EUR", "EUR")] {
        let mut quarter = heading();
        let edit = Edit::of(quarter.key_result, KeyResultEdit::unit(Unit::new(unit).unwrap()));
        quarter.make(Change::Edit { edit, from: None });
        let value = Number::new(forecast(&quarter, "2026-11-21").readable().value).unwrap();
        let drawing = quarter.draw("2026-11-21", WIDE);
        let label = &series(&drawing, "forecast").unwrap()["endLabel"]["formatter"];
        // A word would not fit, and stands at the last value.
        assert_eq!(*label, format!("as it goes {value}{expected}"), "{unit}");
    }
}

#[test]
fn the_axis_holds_all_of_the_fan() {
    // Down and far up again: what is likely goes beyond the way.
    let mut quarter = Quarter::new(metric(0.0, 10.0));
    for (on, value) in
        [("2026-10-05", 9.0), ("2026-10-12", 0.0), ("2026-10-19", 8.0), ("2026-10-26", 1.0), ("2026-11-02", 9.0)]
    {
        quarter.check_in(on, value, "");
    }
    let drawing = quarter.draw("2026-11-03", WIDE);
    let forecast = forecast(&quarter, "2026-11-03");
    assert!(forecast.straight.low < 0.0 && forecast.outlook.high > 10.0, "{forecast:?}");
    // What never was below zero is not drawn there.
    assert_eq!(drawing.option["yAxis"]["min"], 0.0);
    assert_eq!(data(&drawing, "low").last().unwrap().1, Some(0.0));
    assert!(drawing.option["yAxis"]["max"].as_f64().unwrap() >= forecast.outlook.high);
}

#[test]
fn without_a_scatter_there_is_a_line_and_no_fan() {
    let mut quarter = Quarter::new(metric(0.0, 100.0));
    for (n, value) in (0..5).zip([0.0, 10.0, 20.0, 30.0, 40.0]) {
        quarter.check_in(&day("2026-10-01").plus_days(7 * n).to_string(), value, "");
    }
    let drawing = quarter.draw("2026-11-01", WIDE);
    assert!(series(&drawing, "forecast").is_some());
    for id in ["low", "high", "likely"] {
        assert_eq!(series(&drawing, id), None);
    }
    assert_eq!(drawing.points.last().unwrap().likely, None);
}

#[test]
fn the_table_says_it_too() {
    let quarter = heading();
    let (drawing, forecast) = (quarter.draw("2026-11-21", WIDE), forecast(&quarter, "2026-11-21"));
    let row = drawing.points.last().unwrap();
    assert_eq!((row.kind, row.days.clone()), (PointKind::Forecast, Span { start: forecast.due, end: forecast.due }));
    let number = |value| Number::new(value).ok();
    let Outlook { value, low, high } = forecast.readable();
    assert_eq!(row.value, number(value));
    assert_eq!(row.likely, number(low).zip(number(high)));
    assert_eq!((row.expected, row.aim.clone()), (number(8_000.0), number(8_000.0).map(Aim::Reach)));
    assert!(drawing.points.iter().rev().skip(1).all(|point| point.likely.is_none()));
}

#[test]
fn nothing_is_drawn_where_nothing_is_forecast() {
    let none = |quarter: &Quarter, on: &str, what: &str| {
        let drawing = quarter.draw(on, WIDE);
        for id in ["forecast", "low", "high", "likely"] {
            assert_eq!(series(&drawing, id), None, "{what}");
        }
        assert!(drawing.points.iter().all(|point| point.kind != PointKind::Forecast), "{what}");
    };
    let mut quarter = heading();
    assert!(series(&quarter.draw("2026-11-05", WIDE), "forecast").is_some(), "five are enough");
    none(&quarter, "2026-11-04", "four are too few");
    none(&quarter, "2026-12-31", "it is due");
    quarter.check_in("2026-11-19", 8_100.0, "");
    none(&quarter, "2026-11-21", "it is achieved");
    quarter.edit(KeyResultEdit::measure(stay(at_least(60.0))), "2026-10-01");
    none(&quarter, "2026-11-18", "it stays");
}

#[test]
fn a_past_day_is_as_it_was_seen_then() {
    let quarter = heading();
    let drawing = quarter.draw("2026-11-08", WIDE);
    let forecast = forecast(&quarter, "2026-11-08");
    assert_eq!(data(&drawing, "forecast")[0], dated(&[("2026-11-05", 5_600.0)])[0]);
    assert_eq!(data(&drawing, "forecast").last().unwrap().1, Some(forecast.outlook.value));
    assert_ne!(data(&drawing, "forecast"), data(&quarter.draw("2026-11-21", WIDE), "forecast"));
}

/// A quarter whose key result, from 0 to 50, is fed by a weekly KPI with these readings.
fn fed(how: Aggregation, readings: &[(&str, f64)]) -> Quarter {
    let mut quarter = Quarter::new(metric(0.0, 50.0));
    let at = at(day("2026-10-01"), 900);
    let mut kpi = Kpi::new(seed(20).into(), name("Visits"), Prose::default(), Frequency::Weekly, at);
    kpi.aggregation = Dated::new(at.day, how);
    let of = kpi.id;
    quarter.make(Change::Add(kpi.into()));
    quarter.edit(KeyResultEdit::fed_by(Some(of)), "2026-10-01");
    for (on, value) in readings {
        let key = EntryKey { day: day(on), n: 0, actor: Actor(1) };
        let row = Some(Reading { value: number(*value), note: Prose::default() });
        quarter.make(Change::Reading { of, key, row });
    }
    quarter
}

const READINGS: [(&str, f64); 5] =
    [("2026-10-06", 5.0), ("2026-10-13", 8.0), ("2026-10-20", 9.0), ("2026-10-27", 14.0), ("2026-11-03", 15.0)];

#[test]
fn what_a_kpi_feeds_is_drawn_by_its_readings() {
    let mut quarter = fed(Aggregation::Last, &READINGS);
    // What was said beside a reading stands with it.
    quarter.check_in("2026-11-03", None, "The fair");
    let drawing = quarter.draw("2026-11-05", WIDE);
    assert_eq!(data(&drawing, "value")[1..], dated(&READINGS));
    assert_eq!(data(&drawing, "last"), dated(&READINGS[4..]));
    assert_eq!(data(&drawing, "forecast")[0], dated(&READINGS[4..])[0]);
    let read: Vec<_> = drawing.points.iter().filter(|point| point.kind == PointKind::Reading).collect();
    assert_eq!((read.len(), read[4].note.as_str()), (5, "The fair"));
}

#[test]
fn what_takes_all_of_a_period_is_drawn_at_its_end() {
    for how in [Aggregation::Sum, Aggregation::Mean, Aggregation::Min, Aggregation::Max] {
        let drawing = fed(how, &READINGS).draw("2026-11-05", WIDE);
        // Sundays; the week of the last reading is not over.
        let weeks = [("2026-10-11", 5.0), ("2026-10-18", 8.0), ("2026-10-25", 9.0), ("2026-11-01", 14.0)];
        assert_eq!(data(&drawing, "value")[1..], dated(&weeks), "{how:?}");
        assert_eq!(data(&drawing, "last"), dated(&weeks[3..]), "{how:?}");
        let periods: Vec<_> = drawing.points.iter().filter(|point| point.kind == PointKind::Period).collect();
        assert_eq!(periods.len(), 4, "{how:?}");
        assert_eq!(periods[0].days, Span { start: day("2026-10-05"), end: day("2026-10-11") }, "{how:?}");
        // The tooltip names the week, not the day at which it is drawn.
        let names = drawing.option["bearings"]["names"].as_object().unwrap();
        let names: Vec<_> = names.iter().map(|(at, name)| (date(&at.parse::<i64>().unwrap().into()), name)).collect();
        assert_eq!(names.len(), 4, "{how:?}");
        assert_eq!((names[0].0.as_str(), names[0].1), ("2026-10-11", &"from 2026-10-05".into()), "{how:?}");
        let expected = drawing.points.iter().find(|point| point.days.end == day("2026-10-11")).unwrap().expected;
        let on = |text: &str| data(&drawing, "expected").into_iter().find(|(it, _)| it == text).unwrap().1;
        assert_eq!(expected.map(Number::get), on("2026-10-11"), "{how:?}: what is expected at the end of the week");
    }
}
