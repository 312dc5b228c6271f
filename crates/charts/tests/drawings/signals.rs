//! Signals and noise of a KPI.

use bearings_charts::Drawing;
use bearings_plan::*;

use crate::plans::*;

/// A monthly KPI from January 2025 on; its values vary by 10 ± 10.64.
fn drawn(more: &[f64], width: u32, edits: &[KpiEdit]) -> Drawing {
    let at = at(day("2025-01-01"), 0);
    let mut plan = Plan::new(seed(0).into(), name("Plan"), at);
    let kpi = Kpi::new(seed(1).into(), name("Scrap"), Prose::default(), Frequency::Monthly, at);
    let id = kpi.id;
    let mut changes = vec![Change::Add(kpi.into())];
    let usual = [8.0, 12.0].into_iter().cycle().take(10);
    for (place, value) in (0..).zip(usual.chain(more.iter().copied())) {
        let on = day("2025-01-10").plus_months(place);
        let key = EntryKey { day: on, n: 0, actor: Actor(1) };
        let row =
            Some(Reading { value: number(value), note: Prose::new(if place == 1 { "A fair" } else { "" }).unwrap() });
        changes.push(Change::Reading { of: id, key, row });
    }
    let baseline = Baseline { from: day("2025-01-01"), to: Some(day("2025-10-31")) };
    let first = KpiEdit::baselines(Baselines::new([baseline]).unwrap());
    for edit in [first].into_iter().chain(edits.iter().cloned()) {
        changes.push(Change::Edit { edit: Edit::of(id, edit), from: None });
    }
    for change in changes {
        plan = plan.apply(&change, at).unwrap().0;
    }
    let today = day("2025-11-10").plus_months(i32::try_from(more.len()).unwrap());
    bearings_charts::signals(&plan, id, today, width, &theme(), &labels()).unwrap()
}

fn from(days: &[&str]) -> KpiEdit {
    let baselines = days.iter().map(|from| Baseline { from: day(from), to: None });
    KpiEdit::baselines(Baselines::new(baselines).unwrap())
}

/// The values of a line, each once, with the day from which on it holds.
fn steps(drawing: &Drawing, id: &str) -> Vec<(String, Option<f64>)> {
    let rounded = |value: Option<f64>| value.map(|value| (value * 100.0).round() / 100.0);
    let mut steps: Vec<_> = data(drawing, id).into_iter().map(|(day, value)| (day, rounded(value))).collect();
    steps.dedup_by(|later, before| later.1 == before.1);
    steps
}

#[test]
fn limits_and_centre_are_lines_with_their_values_at_the_ends() {
    let drawing = drawn(&[11.0], WIDE, &[]);
    for (id, value, end) in
        [("upper-limit", 20.64, "upper 20.64"), ("centre", 10.0, "average 10"), ("lower-limit", -0.64, "lower -0.64")]
    {
        assert_eq!(steps(&drawing, id), dated(&[("2025-01-01", value)]), "{id}");
        let series = series(&drawing, id).unwrap();
        assert_eq!(series["step"], "end", "{id}");
        let label = series["endLabel"]["formatter"].as_str().unwrap();
        assert!(label.starts_with(&end[..end.len() - 1]), "{id}: {label}");
    }
    // The band of what is usual lies between them.
    let area = &series(&drawing, "value").unwrap()["markArea"]["data"];
    assert_eq!(area.as_array().unwrap().len(), 1);
    assert_eq!(date(&area[0][0]["xAxis"]), "2025-01-01");
    assert!(series(&drawing, "signals").is_none());
    assert_eq!(series(&drawing, "last").unwrap()["symbol"], "circle");
}

#[test]
fn signals_have_a_shape_and_a_colour_of_their_own() {
    let drawing = drawn(&[30.0, 11.0, 11.0], WIDE, &[]);
    let signals = series(&drawing, "signals").unwrap();
    assert_eq!(data(&drawing, "signals"), dated(&[("2025-11-01", 30.0)]));
    assert_eq!((signals["symbol"].as_str(), signals["itemStyle"]["color"].as_str()), (Some("diamond"), Some("#fa0")));
    // It is pointed at with the value; what people noted stays.
    let values = &series(&drawing, "value").unwrap()["data"];
    assert_eq!(values[10]["name"], "signal 2");
    assert_eq!(values[1]["name"], "A fair");
    assert!(values[11]["name"].is_null());
    let last = drawn(&[30.0], WIDE, &[]);
    let last = series(&last, "last").unwrap();
    assert_eq!((last["symbol"].as_str(), last["label"]["formatter"].as_str()), (Some("diamond"), Some("30")));
}

#[test]
fn limits_step_where_they_were_computed_anew() {
    let more = [28.0, 32.0, 28.0, 32.0, 28.0, 32.0];
    let drawing = drawn(&more, WIDE, &[from(&["2025-11-15"])]);
    assert_eq!(steps(&drawing, "centre"), dated(&[("2025-01-01", 10.0), ("2025-11-01", 30.0)]));
    let areas = series(&drawing, "value").unwrap()["markArea"]["data"].as_array().unwrap().clone();
    let days: Vec<_> = areas.iter().map(|area| [0, 1].map(|end| date(&area[end]["xAxis"]))).collect();
    assert_eq!(days, [["2025-01-01", "2025-11-01"], ["2025-11-01", "2026-05-31"]].map(|days| days.map(str::to_owned)));
    // Too few values for limits: the lines end.
    let short = drawn(&more[..5], WIDE, &[from(&["2025-11-15"])]);
    let expected = [("2025-01-01", Some(10.0)), ("2025-11-01", None)].map(|(day, value)| (day.to_owned(), value));
    assert_eq!(steps(&short, "centre"), expected);
    assert!(series(&short, "centre").unwrap()["endLabel"].is_null());
}

#[test]
fn limits_around_a_trend_are_sloped_and_have_no_band() {
    let drawing = drawn(&[11.0, 9.0], WIDE, &[KpiEdit::centre(Some(Centre::Trend))]);
    // Through 8, 12, 8, …: 10 / 82.5 a month, and 10 in the middle of the ten.
    let slope = 10.0 / 82.5;
    let centre: Vec<_> = data(&drawing, "centre").into_iter().map(|(_, value)| value.unwrap()).collect();
    for (place, value) in (0_i32..13).zip(&centre) {
        assert!((value - (10.0 + slope * (f64::from(place) - 4.5))).abs() < 1e-9, "{place}: {value}");
    }
    for id in ["upper-limit", "centre", "lower-limit"] {
        assert_ne!(series(&drawing, id).unwrap()["step"], "end", "{id}");
    }
    assert!(series(&drawing, "value").unwrap()["markArea"].is_null());
    let (low, high) = drawing.points[0].limits.unwrap();
    assert!((low.get() + high.get() - 2.0 * centre[0]).abs() < 1e-9, "the rows say each period's own limits");
}

#[test]
fn without_limits_there_are_only_values() {
    let drawing = drawn(&[], WIDE, &[from(&["2025-06-01"])]);
    assert_eq!(steps(&drawing, "centre"), []);
    assert_eq!(data(&drawing, "value").len(), 11);
    assert!(drawing.points.iter().all(|point| point.limits.is_none() && point.judged.is_none()));
}

#[test]
fn the_rows_say_limits_and_signals() {
    let drawing = drawn(
        &[30.0, 11.0],
        WIDE,
        &[KpiEdit::natural_bounds(Some(NaturalBounds { low: Some(Number::ZERO), high: None }))],
    );
    let point = &drawing.points[10];
    let (low, high) = point.limits.unwrap();
    assert_eq!(low, Number::ZERO);
    assert!((high.get() - 20.64).abs() < 1e-9);
    assert!(point.judged.unwrap().is_signal());
    assert!(!drawing.points[11].judged.unwrap().is_signal());
    assert_eq!(drawing.points[12].judged, None, "nothing was read yet");
    assert_eq!(drawing.points[1].note.as_str(), "A fair");
}

#[test]
fn on_a_phone_the_labels_of_the_lines_go_first() {
    let drawing = drawn(&[30.0], NARROW, &[]);
    assert!(series(&drawing, "last").is_none());
    assert_eq!(data(&drawing, "signals").len(), 1);
    assert_eq!(series(&drawing, "upper-limit").unwrap()["endLabel"]["align"], "right");
}
