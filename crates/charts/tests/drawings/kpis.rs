//! KPIs over time.

use bearings_charts::{Aim, Drawing, PointKind};
use bearings_plan::*;

use crate::plans::*;

struct Gauge {
    kpi: Kpi,
    plan: Plan,
}

fn gauge(how: Aggregation, readings: &[(&str, f64, &str)]) -> Gauge {
    let at = at(day("2026-01-01"), 0);
    let plan = Plan::new(seed(0).into(), name("Plan"), at);
    let mut kpi = Kpi::new(seed(1).into(), name("Revenue"), Prose::default(), Frequency::Monthly, at);
    kpi.aggregation = Dated::new(at.day, how);
    let plan = plan.apply(&Change::Add(kpi.clone().into()), at).unwrap().0;
    let mut gauge = Gauge { kpi, plan };
    for (on, value, note) in readings {
        let key = EntryKey { day: day(on), n: 0, actor: Actor(1) };
        let row = Some(Reading { value: number(*value), note: Prose::new(note).unwrap() });
        gauge.make(Change::Reading { of: gauge.kpi.id, key, row });
    }
    gauge
}

impl Gauge {
    fn make(&mut self, change: Change) {
        self.plan = self.plan.apply(&change, at(day("2026-01-01"), 1)).unwrap().0;
    }

    fn target(&mut self, from: &str, bounds: Bounds) {
        let target = Some(Target { bounds, tolerance: Number::ZERO });
        let edit = Edit::of(self.kpi.id, KpiEdit::target(target));
        self.make(Change::Edit { edit, from: Some(day(from)) });
    }

    fn draw(&self, width: u32) -> Drawing {
        let today = day("2026-05-20");
        bearings_charts::kpi(&self.plan, self.kpi.id, today, width, &theme(), &labels()).unwrap()
    }
}

const READINGS: &[(&str, f64, &str)] =
    &[("2026-01-31", 10.0, ""), ("2026-02-28", 12.0, "A fair"), ("2026-04-30", 15.0, ""), ("2026-05-10", 6.0, "")];

#[test]
fn values_that_a_short_text_does_not_tell_apart_are_written_out() {
    let label = |values: [f64; 3]| {
        let days = ["2026-02-10", "2026-03-10", "2026-04-10"];
        let readings: Vec<_> = days.into_iter().zip(values).map(|(on, value)| (on, value, "")).collect();
        let drawing = gauge(Aggregation::Last, &readings).draw(WIDE);
        series(&drawing, "last").unwrap()["label"]["formatter"].as_str().unwrap().to_owned()
    };
    assert_eq!(label([1e12, 1e12 + 1.0, 1e12 + 2.0]), "exactly 1000000000002");
    assert_eq!(label([4_100.0, 4_110.0, 4_120.0]), "exactly 4120");
    assert_eq!(label([4_100.0, 4_600.0, 5_200.0]), "5200");
    assert_eq!(label([99.901, 99.8779, 99.9096]), "99.9096");
    assert_eq!(label([3.4e-6, 3.1e-6, 3.6e-6]), "0.0000036");
    assert_eq!(label([0.0, 0.0, 0.0]), "0");
    assert_eq!(label([-10.0, 0.0, 1e12]), "1000000000000");
}

#[test]
fn tooltips_name_periods() {
    let drawing = gauge(Aggregation::Last, READINGS).draw(WIDE);
    let names = drawing.option["bearings"]["names"].as_object().unwrap();
    let names: Vec<_> = names.iter().map(|(at, name)| (date(&at.parse::<i64>().unwrap().into()), name)).collect();
    assert_eq!(names.len(), 5);
    assert_eq!((names[0].0.as_str(), names[0].1), ("2026-01-01", &"from 2026-01-01".into()));
}

#[test]
fn a_period_without_a_reading_is_a_gap() {
    let drawing = gauge(Aggregation::Last, READINGS).draw(WIDE);
    let values = data(&drawing, "value");
    let expected = [
        ("2026-01-01", Some(10.0)),
        ("2026-02-01", Some(12.0)),
        ("2026-03-01", None),
        ("2026-04-01", Some(15.0)),
        ("2026-05-01", Some(6.0)),
    ];
    assert_eq!(values, expected.map(|(day, value)| (day.to_owned(), value)));
    let series = series(&drawing, "value").unwrap();
    assert!(series["data"][2]["value"][1].is_null());
    assert_eq!(series["connectNulls"], false);
    assert_eq!(series["data"][1]["name"], "A fair");
    assert_eq!(drawing.points.len(), 5);
    assert_eq!(drawing.points[2].value, None);
    assert_eq!(drawing.points[4].kind, PointKind::Running);
    assert_eq!(data(&drawing, "last"), dated(&[("2026-05-01", 6.0)]));
}

#[test]
fn a_running_sum_stands_apart() {
    let drawing = gauge(Aggregation::Sum, READINGS).draw(WIDE);
    assert_eq!(data(&drawing, "value").last().unwrap(), &dated(&[("2026-04-01", 15.0)])[0]);
    assert_eq!(data(&drawing, "last"), dated(&[("2026-04-01", 15.0)]));
    assert_eq!(data(&drawing, "so-far"), dated(&[("2026-05-01", 6.0)]));
    let hollow = series(&drawing, "so-far").unwrap();
    assert_eq!(hollow["itemStyle"]["color"], "#fff");
    assert_eq!(hollow["label"]["formatter"], "so far 6");
}

#[test]
fn targets_carry_forward_in_steps() {
    let mut gauge = gauge(Aggregation::Last, READINGS);
    gauge.target("2026-02-01", at_least(11.0));
    gauge.target("2026-04-15", at_least(14.0));
    let drawing = gauge.draw(WIDE);
    let expected = [
        ("2026-01-01", None),
        ("2026-02-01", Some(11.0)),
        ("2026-03-01", Some(11.0)),
        ("2026-04-01", Some(14.0)),
        ("2026-05-01", Some(14.0)),
        ("2026-05-31", Some(14.0)),
    ];
    assert_eq!(data(&drawing, "lower"), expected.map(|(day, value)| (day.to_owned(), value)));
    let target = series(&drawing, "lower").unwrap();
    assert_eq!((&target["step"], &target["lineStyle"]["type"]), (&"end".into(), &"dashed".into()));
    assert_eq!(target["endLabel"]["formatter"], "target 14");
    assert_eq!(series(&drawing, "value").unwrap().get("markArea"), None);
    assert_eq!(drawing.points[1].aim, Some(Aim::Keep(at_least(11.0))));
}

#[test]
fn two_bounds_are_a_band_in_steps() {
    let mut gauge = gauge(Aggregation::Last, READINGS);
    gauge.target("2026-01-01", between(9.0, 13.0));
    gauge.target("2026-03-15", between(10.0, 16.0));
    let drawing = gauge.draw(WIDE);
    let bands = series(&drawing, "value").unwrap()["markArea"]["data"].as_array().unwrap().clone();
    let band = |band: &serde_json::Value| {
        let corner = |n: usize| (date(&band[n]["xAxis"]), band[n]["yAxis"].as_f64().unwrap());
        (corner(0), corner(1))
    };
    let expected = [("2026-01-01", 9.0, "2026-03-01", 13.0), ("2026-03-01", 10.0, "2026-05-31", 16.0)];
    let expected = expected.map(|(x0, y0, x1, y1)| ((x0.to_owned(), y0), (x1.to_owned(), y1)));
    assert_eq!(bands.iter().map(band).collect::<Vec<_>>(), expected);
    assert_eq!(series(&drawing, "upper").unwrap()["endLabel"]["formatter"], "at most 16");
    assert_eq!(series(&drawing, "lower").unwrap()["endLabel"]["formatter"], "at least 10");
}

#[test]
fn a_benchmark_is_a_dotted_line_with_its_name() {
    let mut gauge = gauge(Aggregation::Last, READINGS);
    let benchmark = Benchmark { name: name(HOSTILE), value: number(20.0), source: Prose::default() };
    let edit = Edit::of(gauge.kpi.id, KpiEdit::benchmark(Some(benchmark)));
    gauge.make(Change::Edit { edit, from: None });
    let drawing = gauge.draw(WIDE);
    let line = series(&drawing, "benchmark").unwrap();
    assert_eq!(line["name"], HOSTILE);
    assert_eq!(line["lineStyle"]["type"], "dotted");
    assert_eq!(line["endLabel"]["formatter"], HOSTILE.replace('{', "{\u{2060}"));
    assert_eq!(line["endLabel"]["overflow"], "truncate");
    assert_eq!(data(&drawing, "benchmark"), dated(&[("2026-01-01", 20.0), ("2026-05-31", 20.0)]));
    assert_eq!(drawing.option["yAxis"]["max"], 20.0);
}

#[test]
fn nothing_read_is_nothing_drawn() {
    let empty = gauge(Aggregation::Last, &[]);
    let today = day("2026-05-20");
    assert_eq!(bearings_charts::kpi(&empty.plan, empty.kpi.id, today, WIDE, &theme(), &labels()), None);
    let drawing = gauge(Aggregation::Last, &READINGS[3..]).draw(NARROW);
    assert_eq!(data(&drawing, "value").len(), 1);
    assert_eq!(series(&drawing, "value").unwrap()["showSymbol"], true);
}

#[test]
fn a_moving_average_is_a_quiet_line_once_there_are_several() {
    let months = ["2026-01-05", "2026-02-05", "2026-03-05", "2026-04-05", "2026-05-05"];
    let readings: Vec<_> =
        months.into_iter().zip([3.0, 6.0, 9.0, 0.0, 3.0]).map(|(on, value)| (on, value, "")).collect();
    let drawing = gauge(Aggregation::Last, &readings).draw(WIDE);
    let expected = [("2026-01-01", None), ("2026-02-01", None), ("2026-03-01", Some(6.0)), ("2026-04-01", Some(5.0))];
    let expected: Vec<_> = expected.into_iter().chain([("2026-05-01", Some(4.0))]).collect();
    let expected: Vec<_> = expected.into_iter().map(|(day, value)| (day.to_owned(), value)).collect();
    assert_eq!(data(&drawing, "average"), expected);
    let average = series(&drawing, "average").unwrap();
    assert_eq!((average["name"].as_str(), average["lineStyle"]["color"].as_str()), (Some("mean of 3"), Some("#333")));
    assert_eq!(average["endLabel"]["formatter"], "mean of 3");
    assert!(series(&gauge(Aggregation::Last, &readings).draw(NARROW), "average").unwrap()["endLabel"].is_null());
    // Of a sum, the running month has no say: two means are too few.
    assert!(series(&gauge(Aggregation::Sum, &readings).draw(WIDE), "average").is_none());
    assert!(series(&gauge(Aggregation::Last, READINGS).draw(WIDE), "average").is_none());
}
