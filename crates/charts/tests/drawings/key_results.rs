//! Key results over time.

use bearings_charts::{Aim, PointKind};
use bearings_plan::*;
use serde_json::json;

use crate::plans::*;

fn visitors() -> Quarter {
    let mut quarter = Quarter::new(metric(4_000.0, 8_000.0));
    quarter.check_in("2026-10-15", 4_500.0, "");
    quarter.check_in("2026-11-12", 5_800.0, "");
    quarter.check_in("2026-11-12", 6_200.0, "Search carries it");
    quarter
}

#[test]
fn values_start_where_the_metric_starts_and_the_last_of_a_day_counts() {
    let drawing = visitors().draw("2026-11-21", WIDE);
    let rows = [("2026-10-01", 4_000.0), ("2026-10-15", 4_500.0), ("2026-11-12", 6_200.0)];
    assert_eq!(data(&drawing, "value"), dated(&rows));
    assert_eq!(data(&drawing, "last"), dated(&rows[2..]));
    assert_eq!(series(&drawing, "last").unwrap()["label"]["formatter"], "6200");
    let kinds: Vec<_> = drawing.points.iter().map(|point| point.kind).collect();
    assert_eq!(kinds, [PointKind::Start, PointKind::CheckIn, PointKind::CheckIn]);
    assert_eq!(drawing.points[2].note.as_str(), "Search carries it");
    assert_eq!(drawing.points[2].aim, Some(Aim::Reach(number(8_000.0))));
}

#[test]
fn expectations_are_those_of_the_plan() {
    let quarter = visitors();
    let drawing = quarter.draw("2026-11-21", WIDE);
    let key_result = quarter.plan.key_results.get(quarter.key_result).unwrap();
    for (on, value) in data(&drawing, "expected") {
        let report = quarter.plan.key_result_report(key_result, day(&on));
        assert_eq!(report.expected_value().map(Number::get), value, "{on}");
    }
    assert_eq!(data(&drawing, "expected").first().unwrap(), &dated(&[("2026-10-01", 4_000.0)])[0]);
    assert_eq!(data(&drawing, "expected").last().unwrap(), &dated(&[("2026-12-31", 8_000.0)])[0]);
    assert_eq!(series(&drawing, "expected").unwrap()["lineStyle"]["type"], "dashed");
    let checked = drawing.points.last().unwrap();
    let report = quarter.plan.key_result_report(key_result, day("2026-11-12"));
    assert_eq!(checked.expected, report.expected_value());
}

#[test]
fn a_stretch_is_expected_to_end_at_seventy_per_cent_of_the_way() {
    let mut quarter = Quarter::new(metric(0.0, 100.0));
    let edit = Edit::of(quarter.objective, ObjectiveEdit::kind(ObjectiveKind::Aspirational));
    quarter.make(Change::Edit { edit, from: None });
    let drawing = quarter.draw("2026-11-21", WIDE);
    assert_eq!(data(&drawing, "expected").last().unwrap().1, Some(70.0));
    assert_eq!(data(&drawing, "target").last().unwrap().1, Some(100.0));
    assert_eq!(series(&drawing, "expected").unwrap()["endLabel"]["formatter"], "expected");
}

#[test]
fn the_target_is_dashed_and_named_at_its_end() {
    let drawing = visitors().draw("2026-11-21", WIDE);
    let target = series(&drawing, "target").unwrap();
    assert_eq!(target["lineStyle"]["type"], "dashed");
    assert_eq!(target["step"], "end");
    assert_eq!(target["endLabel"]["formatter"], "target 8000");
    assert!(data(&drawing, "target").iter().all(|(_, value)| *value == Some(8_000.0)));
}

#[test]
fn a_moved_goalpost_is_marked_on_its_day() {
    let mut quarter = visitors();
    quarter.edit(KeyResultEdit::measure(metric(4_000.0, 7_000.0)), "2026-11-03");
    // The same aim once more is no move.
    quarter.edit(KeyResultEdit::measure(metric(4_000.0, 7_000.0)), "2026-11-05");
    let drawing = quarter.draw("2026-11-21", WIDE);
    assert_eq!(data(&drawing, "moved"), dated(&[("2026-11-03", 7_000.0)]));
    let target = data(&drawing, "target");
    assert!(target.contains(&dated(&[("2026-11-02", 8_000.0)])[0]), "{target:?}");
    assert!(target.contains(&dated(&[("2026-11-03", 7_000.0)])[0]), "{target:?}");
    let moved: Vec<_> = drawing.points.iter().filter(|point| point.kind == PointKind::Moved).collect();
    assert_eq!(moved.len(), 1);
    assert_eq!(moved[0].aim, Some(Aim::Reach(number(7_000.0))));
}

#[test]
fn today_is_a_line_while_it_lies_on_the_axis() {
    let quarter = visitors();
    let drawing = quarter.draw("2026-11-21", WIDE);
    let line = &series(&drawing, "value").unwrap()["markLine"];
    assert_eq!(date(&line["data"][0]["xAxis"]), "2026-11-21");
    assert_eq!(line["label"]["formatter"], "today");
    assert_eq!(line["symbol"], json!(["none", "none"]));
    let later = quarter.draw("2027-02-01", WIDE);
    assert_eq!(series(&later, "value").unwrap().get("markLine"), None);
}

#[test]
fn the_word_at_the_line_of_today_keeps_off_what_stands_beside_the_plot() {
    let quarter = visitors();
    for width in [WIDE, NARROW] {
        let align = |on: &str| {
            let drawing = quarter.draw(on, width);
            series(&drawing, "value").unwrap()["markLine"]["label"].get("align").cloned()
        };
        assert_eq!(align("2026-10-01"), Some(json!("left")), "over the labels of the axis");
        assert_eq!(align("2026-12-31"), Some(json!("right")), "over those at the ends of lines");
        assert_eq!(align("2026-11-15"), None);
    }
}

#[test]
fn what_counts_things_is_drawn_on_whole_numbers() {
    for (target, unit, interval) in [(2.0, "books", 1.0), (2.0, "%", 0.5), (2.5, "h", 1.0), (10.0, "books", 5.0)] {
        let mut quarter = Quarter::new(metric(0.0, target));
        quarter.edit(KeyResultEdit::unit(Unit::new(unit).unwrap()), "2026-10-01");
        assert_eq!(quarter.draw("2026-11-21", WIDE).option["yAxis"]["interval"], interval, "{target} {unit}");
    }
}

#[test]
fn the_axis_spans_the_key_result_and_whatever_was_checked_in_outside() {
    let mut quarter = visitors();
    quarter.check_in("2026-09-20", 3_900.0, "");
    quarter.check_in("2027-01-05", 8_100.0, "");
    let drawing = quarter.draw("2026-11-21", WIDE);
    assert_eq!(drawing.span, Span { start: day("2026-09-20"), end: day("2026-12-31") });
    let drawing = quarter.draw("2027-01-10", WIDE);
    assert_eq!(date(&drawing.option["xAxis"]["min"]), "2026-09-20");
    assert_eq!(date(&drawing.option["xAxis"]["max"]), "2027-01-05");
    assert_eq!(drawing.option["xAxis"]["type"], "time");
    // What was checked in before the start is the start.
    assert!(drawing.points.iter().all(|point| point.kind == PointKind::CheckIn));
}

#[test]
fn a_check_in_without_a_value_is_a_row_but_no_point() {
    let mut quarter = visitors();
    quarter.check_in("2026-11-19", None, "Nothing to measure yet");
    let drawing = quarter.draw("2026-11-21", WIDE);
    assert_eq!(data(&drawing, "value").len(), 3);
    assert_eq!(drawing.points.len(), 4);
    assert_eq!(drawing.points[3].value, None);
}

#[test]
fn what_stays_has_a_band() {
    for (bounds, low, high, lines) in [
        (at_least(60.0), 60.0, 70.0, vec!["lower"]),
        (Bounds::AtMost { value: number(60.0) }, 55.0, 60.0, vec!["upper"]),
        (between(58.0, 62.0), 58.0, 62.0, vec!["upper", "lower"]),
    ] {
        let mut quarter = Quarter::new(stay(bounds));
        quarter.check_in("2026-10-08", 56.0, "");
        quarter.check_in("2026-10-15", 66.0, "");
        let drawing = quarter.draw("2026-11-21", WIDE);
        let band = &series(&drawing, "value").unwrap()["markArea"]["data"];
        assert_eq!(band.as_array().unwrap().len(), 1);
        assert_eq!((band[0][0]["yAxis"].as_f64(), band[0][1]["yAxis"].as_f64()), (Some(low), Some(high)));
        assert_eq!(date(&band[0][0]["xAxis"]), "2026-10-01");
        assert_eq!(date(&band[0][1]["xAxis"]), "2026-12-31");
        let drawn: Vec<_> = ["upper", "lower"].into_iter().filter(|id| series(&drawing, id).is_some()).collect();
        assert_eq!(drawn, lines);
        assert_eq!(series(&drawing, "expected"), None);
    }
}

#[test]
fn steps_are_progress_that_holds() {
    let mut quarter = Quarter::new(Measure::Milestones {});
    for (n, due, done) in [(10, "2026-10-31", Some("2026-11-05")), (11, "2026-11-30", None)] {
        let mut step = Milestone::new(seed(n).into(), quarter.key_result, name("Step"), at(day("2026-10-01"), 1));
        step.due = Dated::new(day("2026-10-01"), Some(day(due)));
        step.done = done.map(day).into();
        quarter.make(Change::Add(step.into()));
    }
    let drawing = quarter.draw("2026-11-21", WIDE);
    assert!(drawing.progress);
    assert_eq!(drawing.unit.as_str(), "%");
    assert_eq!(data(&drawing, "value"), dated(&[("2026-10-01", 0.0), ("2026-11-05", 50.0), ("2026-11-21", 50.0)]));
    assert_eq!(series(&drawing, "value").unwrap()["step"], "end");
    let expected = [("2026-10-01", 0.0), ("2026-10-31", 50.0), ("2026-11-30", 100.0), ("2026-12-31", 100.0)];
    assert_eq!(data(&drawing, "expected"), dated(&expected));
    assert_eq!(drawing.points.len(), 1);
    assert_eq!((drawing.points[0].kind, drawing.points[0].value), (PointKind::Step, Some(number(50.0))));
    assert_eq!(drawing.option["yAxis"]["max"], 100.0);
}

#[test]
fn done_or_not_is_all_or_nothing() {
    let mut quarter = Quarter::new(Measure::Done {});
    quarter.check_in("2026-11-05", 1.0, "");
    let drawing = quarter.draw("2026-11-21", WIDE);
    assert_eq!(data(&drawing, "value"), dated(&[("2026-10-01", 0.0), ("2026-11-05", 100.0), ("2026-11-21", 100.0)]));
    assert_eq!(data(&drawing, "target"), dated(&[("2026-10-01", 100.0), ("2026-12-31", 100.0)]));
}

#[test]
fn a_baseline_is_values_alone() {
    let mut quarter = Quarter::new(Measure::Baseline {});
    quarter.check_in("2026-11-05", 23.0, "");
    let drawing = quarter.draw("2026-11-21", WIDE);
    assert_eq!(data(&drawing, "value"), dated(&[("2026-11-05", 23.0)]));
    assert_eq!(drawing.option["series"].as_array().unwrap().len(), 2);
}

#[test]
fn a_key_result_without_days_or_check_ins_is_drawn_too() {
    let mut quarter = Quarter::new(metric(0.0, 10.0));
    let edit = Edit::of(quarter.objective, ObjectiveEdit::cycle(None));
    quarter.make(Change::Edit { edit, from: None });
    let drawing = quarter.draw("2026-10-01", WIDE);
    assert_eq!(drawing.span.days(), 2);
    assert_eq!(drawing.points, []);
    assert_eq!(data(&drawing, "target").last().unwrap().1, Some(10.0));
    let nobody: KeyResultId = seed(99).into();
    let today = day("2026-10-01");
    assert_eq!(bearings_charts::key_result(&quarter.plan, nobody, today, WIDE, &theme(), &labels()), None);
}

#[test]
fn a_narrow_drawing_has_fewer_ticks_and_its_labels_inside() {
    let quarter = visitors();
    let (wide, narrow) = (quarter.draw("2026-11-21", WIDE), quarter.draw("2026-11-21", NARROW));
    let end = |drawing| series(drawing, "target").unwrap()["endLabel"].clone();
    assert_eq!(end(&wide).get("align"), None);
    assert_eq!(end(&narrow)["align"], "right");
    assert!(narrow.option["grid"]["right"].as_f64() < wide.option["grid"]["right"].as_f64());
    // The expected line ends where the target's label stands.
    assert_eq!(series(&narrow, "expected").unwrap().get("endLabel"), None);
    assert!(narrow.height < wide.height);
    let year = |width| {
        let mut quarter = visitors();
        quarter.edit(KeyResultEdit::dates(Some(OwnDates { start: None, due: Some(day("2027-09-30")) })), "2026-10-01");
        quarter.draw("2026-11-21", width).option["xAxis"]["axisLabel"]["customValues"].as_array().unwrap().len()
    };
    assert_eq!((year(WIDE), year(NARROW)), (6, 4));
}

#[test]
fn labels_at_the_lines_ends_do_not_touch() {
    let drawing = visitors().draw("2026-11-21", WIDE);
    let down = |id| series(&drawing, id).unwrap()["endLabel"]["offset"][1].as_f64().unwrap();
    assert_eq!(down("target"), 0.0);
    assert_eq!(down("expected"), 16.0);
}

#[test]
fn texts_of_people_stay_plain_data() {
    let mut quarter = visitors();
    quarter.check_in("2026-11-19", 6_300.0, HOSTILE);
    let note = "x".repeat(5_000);
    quarter.check_in("2026-11-20", 6_400.0, &note);
    let drawing = quarter.draw("2026-11-21", WIDE);
    let value = series(&drawing, "value").unwrap();
    assert_eq!(value["data"][3]["name"], HOSTILE);
    assert_eq!(value["data"][4]["name"].as_str().unwrap().chars().count(), 121);
    assert_eq!(drawing.points[4].note.as_str(), note);
    assert_eq!(drawing.option["tooltip"]["renderMode"], "richText");
    assert_eq!(drawing.option["tooltip"]["confine"], true);
    // No text is a template of ECharts' own.
    let labels = bearings_charts::Labels { today: "{c} {b|x}", ..labels() };
    let today = day("2026-11-21");
    let drawing = bearings_charts::key_result(&quarter.plan, quarter.key_result, today, WIDE, &theme(), &labels);
    let drawing = drawing.unwrap();
    let line = &series(&drawing, "value").unwrap()["markLine"];
    assert_eq!(line["label"]["formatter"], "{\u{2060}c} {\u{2060}b|x}");
}

#[test]
fn an_option_is_the_same_each_time_and_holds_what_the_page_needs() {
    let mut quarter = visitors();
    let unit = Edit::of(quarter.key_result, KeyResultEdit::unit(Unit::new("EUR").unwrap()));
    quarter.make(Change::Edit { edit: unit, from: None });
    let option = quarter.draw("2026-11-21", WIDE).option;
    assert_eq!(option.to_string(), quarter.draw("2026-11-21", WIDE).option.to_string());
    assert_eq!(option["bearings"], json!({"unit": "EUR", "x": "month"}));
    assert_eq!(option["aria"], json!({"enabled": true, "label": {"description": "As a sentence"}}));
    assert_eq!(option["useUTC"], true);
    assert_eq!(option["tooltip"]["trigger"], "axis");
    assert_eq!(option["yAxis"]["scale"], true);
    assert_eq!(option["yAxis"]["min"], 4_000.0);
    assert_eq!(option["yAxis"]["max"], 8_000.0);
    assert_eq!(option["yAxis"]["interval"], 1_000.0);
    assert!(option.get("legend").is_none() && option.get("dataset").is_none());
    let types: Vec<_> = option["series"].as_array().unwrap().iter().map(|series| &series["type"]).collect();
    assert!(types.iter().all(|kind| **kind == "line"));
}

#[test]
fn all_colours_are_the_pages() {
    let mut quarter = visitors();
    quarter.edit(KeyResultEdit::measure(metric(4_000.0, 7_000.0)), "2026-11-03");
    let text = quarter.draw("2026-11-21", WIDE).option.to_string();
    let known = ["#111", "#222", "#333", "#ddd", "#00f", "#eef", "#fff"];
    for colour in text.match_indices('#').map(|(start, _)| &text[start..start + 5]) {
        assert!(known.iter().any(|known| colour == format!("{known}\"")), "{colour}");
    }
}
