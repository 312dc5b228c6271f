//! Metrics: progress, expectation, pace.

use bearings_plan::*;

use crate::builder::*;

#[test]
fn progress_is_the_way_made_over_the_whole_way() {
    type Row = (&'static str, (f64, f64), &'static [(i32, Option<f64>)], (f64, f64, f64));
    // start and target, check-ins (day, value or only a note) | value, raw, share on day 50
    let rows: &[Row] = &[
        ("no check-in: the start", (20.0, 80.0), &[], (20.0, 0.0, 0.0)),
        // (35 - 20) / (80 - 20) = 15 / 60
        ("up", (20.0, 80.0), &[(10, Some(35.0))], (35.0, 0.25, 0.25)),
        // (150 - 200) / (120 - 200) = -50 / -80
        ("down", (200.0, 120.0), &[(10, Some(150.0))], (150.0, 0.625, 0.625)),
        // (14 - 20) / 60 = -0.1: shown, but it counts as nothing
        ("up, below the start", (20.0, 80.0), &[(10, Some(14.0))], (14.0, -0.1, 0.0)),
        // (230 - 200) / (120 - 200) = 30 / -80
        ("down, above the start", (200.0, 120.0), &[(10, Some(230.0))], (230.0, -0.375, 0.0)),
        // (104 - 20) / 60 = 1.4: shown, but it counts as all
        ("up, beyond the target", (20.0, 80.0), &[(10, Some(104.0))], (104.0, 1.4, 1.0)),
        // (100 - 200) / -80 = 1.25
        ("down, beyond the target", (200.0, 120.0), &[(10, Some(100.0))], (100.0, 1.25, 1.0)),
        ("at the target", (200.0, 120.0), &[(10, Some(120.0))], (120.0, 1.0, 1.0)),
        // (-15 - -20) / (-10 - -20) = 5 / 10
        ("negative numbers, up", (-20.0, -10.0), &[(10, Some(-15.0))], (-15.0, 0.5, 0.5)),
        // (-12 - -10) / (-20 - -10) = -2 / -10
        ("negative numbers, down", (-10.0, -20.0), &[(10, Some(-12.0))], (-12.0, 0.2, 0.2)),
        // (-2.5 - 5) / (-5 - 5) = -7.5 / -10
        ("down through zero", (5.0, -5.0), &[(10, Some(-2.5))], (-2.5, 0.75, 0.75)),
        // (0 - 4) / (0 - 4): a value of zero is a value
        ("down to zero", (4.0, 0.0), &[(10, Some(0.0))], (0.0, 1.0, 1.0)),
        // (0.25 - 0.1) / (0.5 - 0.1) = 0.15 / 0.4
        ("decimals", (0.1, 0.5), &[(10, Some(0.25))], (0.25, 0.375, 0.375)),
        ("the largest numbers", (-1e15, 1e15), &[(10, Some(0.0))], (0.0, 0.5, 0.5)),
        ("the latest counts, not the best", (0.0, 10.0), &[(10, Some(8.0)), (20, Some(6.0))], (6.0, 0.6, 0.6)),
        ("entered late", (0.0, 10.0), &[(20, Some(6.0)), (10, Some(8.0))], (6.0, 0.6, 0.6)),
        ("the last of a day", (0.0, 10.0), &[(10, Some(8.0)), (10, Some(9.0)), (10, Some(3.0))], (3.0, 0.3, 0.3)),
        ("a note alone changes no value", (0.0, 10.0), &[(10, Some(4.0)), (20, None)], (4.0, 0.4, 0.4)),
        ("a note alone, the same day", (0.0, 10.0), &[(10, Some(4.0)), (10, None)], (4.0, 0.4, 0.4)),
        ("only a note", (2.0, 10.0), &[(10, None)], (2.0, 0.0, 0.0)),
        ("on the very day", (0.0, 10.0), &[(50, Some(4.0))], (4.0, 0.4, 0.4)),
        ("tomorrow's is not known", (0.0, 10.0), &[(50, Some(4.0)), (51, Some(9.0))], (4.0, 0.4, 0.4)),
        ("before the start", (0.0, 10.0), &[(-5, Some(1.0))], (1.0, 0.1, 0.1)),
    ];
    for &(name, (start, target), check_ins, (value, raw, share)) in rows {
        let (mut world, id) = World::with(metric(start, target));
        for &(n, value) in check_ins {
            world.check_in(id, n, value, None);
        }
        let report = world.report(id, 50);
        let progress = report.progress.unwrap();
        assert_eq!(report.value, Some(number(value)), "{name}");
        close(progress.raw, raw, name);
        close(progress.share, share, name);
        let basis = Basis::Metric { start: number(start), value: number(value), target: number(target) };
        assert_eq!(progress.basis, basis, "{name}");
    }
}

#[test]
fn a_metric_needs_somewhere_to_go() {
    let (mut world, id) = World::with(metric(0.0, 10.0));
    let nowhere = Change::Edit { edit: Edit::of(id, KeyResultEdit::measure(metric(5.0, 5.0))), from: None };
    let at = world.at();
    assert_eq!(world.plan.apply(&nowhere, at).unwrap_err(), ChangeError::Invalid(Invalid::StartIsTarget));
    let objective = *world.plan.key_results.get(id).unwrap().objective.on(day(0));
    let (new, title) = (KeyResultId::from(world.seed()), Name::new("Nowhere").unwrap());
    let entity = KeyResult::new(new, objective, title, metric(0.0, -0.0), at);
    let refused = world.plan.apply(&Change::Add(entity.into()), at);
    assert_eq!(refused.unwrap_err(), ChangeError::Invalid(Invalid::StartIsTarget));
}

#[test]
fn a_new_definition_holds_from_its_day_on() {
    let (mut world, id) = World::with(metric(0.0, 10.0));
    world.value(id, 10, 5.0);
    world.edit_from(day(40), Edit::of(id, KeyResultEdit::measure(metric(0.0, 20.0))));
    // 5 / 10 until day 39, 5 / 20 from day 40 on
    for (n, share) in [(10, 0.5), (39, 0.5), (40, 0.25), (90, 0.25)] {
        close(world.report(id, n).progress.unwrap().share, share, &format!("day {n}"));
    }
}

#[test]
fn expectation_grows_with_the_days() {
    let (committed, stretch, learning) =
        (ObjectiveKind::Committed, ObjectiveKind::Aspirational, ObjectiveKind::Learning);
    // kind, day | line end x days gone / 100, days gone, value expected on the way from 200 down to 100
    for (kind, n, expected, gone, value) in [
        (committed, -1, 0.0, 0, 200.0),
        (committed, 0, 0.0, 0, 200.0),
        (committed, 1, 0.01, 1, 199.0),
        (committed, 50, 0.5, 50, 150.0),
        (committed, 100, 1.0, 100, 100.0),
        (committed, 101, 1.0, 100, 100.0),
        (learning, 50, 0.5, 50, 150.0),
        (learning, 100, 1.0, 100, 100.0),
        // 0.7 x 0.5; 200 - 100 x 0.35
        (stretch, 0, 0.0, 0, 200.0),
        (stretch, 50, 0.35, 50, 165.0),
        (stretch, 100, 0.7, 100, 130.0),
        (stretch, 300, 0.7, 100, 130.0),
    ] {
        let what = format!("{kind:?} on day {n}");
        let (mut world, id) = World::with(metric(200.0, 100.0));
        world.kind(id, kind);
        let report = world.report(id, n);
        close(report.line_end, if kind == stretch { 0.7 } else { 1.0 }, &what);
        close(report.expected.unwrap().share, expected, &what);
        assert_eq!(report.expected.unwrap().elapsed, Some((gone, 100)), "{what}");
        close(report.expected_value().unwrap().get(), value, &what);
    }
}

#[test]
fn expectation_goes_by_the_key_results_own_dates() {
    // own start, own due, day | days of it, expected
    for (start, due, n, own, expected) in [
        (None, None, 50, (0, 100), 0.5),
        (Some(40), None, 50, (40, 100), 10.0 / 60.0),
        (Some(40), None, 40, (40, 100), 0.0),
        (None, Some(60), 30, (0, 60), 0.5),
        (Some(20), Some(60), 30, (20, 60), 0.25),
        // Longer than the cycle.
        (Some(-100), Some(300), 0, (-100, 300), 0.25),
        // Due on the day that it starts: all or nothing.
        (Some(50), Some(50), 49, (50, 50), 0.0),
        (Some(50), Some(50), 50, (50, 50), 1.0),
        (Some(50), Some(50), 51, (50, 50), 1.0),
        // Due before the cycle starts, and starting after it ends: there is no day between.
        (None, Some(-10), -11, (-10, -10), 0.0),
        (None, Some(-10), -10, (-10, -10), 1.0),
        (Some(120), None, 99, (100, 100), 0.0),
        (Some(120), None, 100, (100, 100), 1.0),
    ] {
        let what = format!("{start:?} to {due:?} on day {n}");
        let (mut world, id) = World::with(metric(0.0, 10.0));
        world.dates(id, start, due);
        let report = world.report(id, n);
        assert_eq!(report.span, Some(span(day(own.0), day(own.1))), "{what}");
        close(report.expected.unwrap().share, expected, &what);
    }
}

#[test]
fn without_dates_nothing_is_expected() {
    let mut world = World::new();
    let objective = world.objective(None);
    let id = world.key_result(objective, metric(0.0, 10.0));
    world.value(id, 10, 5.0);
    let report = world.report(id, 50);
    close(report.progress.unwrap().share, 0.5, "progress needs no dates");
    assert_eq!((report.span, report.expected, report.pace), (None, None, None));
    assert_eq!((report.status, report.stale), (Status::Pending, false));
    // With a due day of its own it counts from the day it was made: day -30 to day 70, so day 20 is the middle.
    world.dates(id, None, Some(70));
    let report = world.report(id, 20);
    assert_eq!(report.span, Some(span(day(-30), day(70))));
    close(report.expected.unwrap().share, 0.5, "from the day it was made");
}

#[test]
fn pace_is_what_is_needed_a_week() {
    type Row = (&'static str, (f64, f64), &'static [(i32, f64)], i32, Option<f64>);
    // check-ins, day | needed a week
    let rows: &[Row] = &[
        // 100 missing in 100 days: 7 a week.
        ("at the start", (0.0, 100.0), &[], 0, Some(7.0)),
        // 94 days left: 100 / (94 / 7)
        ("before a week has passed", (0.0, 100.0), &[], 6, Some(700.0 / 94.0)),
        // 40 missing in 50 days = 5.6 a week
        ("half of the time", (0.0, 100.0), &[(10, 20.0), (40, 60.0)], 50, Some(5.6)),
        // 200 down to 100: 60 to lose in 50 days
        ("down", (200.0, 100.0), &[(40, 160.0)], 50, Some(-8.4)),
        // -100 - 20 = -120 in 50 days
        ("the wrong way", (200.0, 100.0), &[(40, 220.0)], 50, Some(-16.8)),
        ("reached", (0.0, 100.0), &[(40, 100.0)], 50, None),
        ("more than reached", (0.0, 100.0), &[(40, 128.0)], 50, None),
        ("more than reached, down", (200.0, 100.0), &[(40, 60.0)], 50, None),
        // One day left: 40 in 1/7 week
        ("due tomorrow", (0.0, 100.0), &[(50, 60.0)], 99, Some(280.0)),
        ("due today", (0.0, 100.0), &[(50, 60.0)], 100, None),
        ("over", (0.0, 100.0), &[(50, 60.0)], 101, None),
        // Not begun: 100 in 110 days
        ("before the start", (0.0, 100.0), &[], -10, Some(700.0 / 110.0)),
    ];
    for &(name, (start, target), check_ins, n, needed) in rows {
        let (mut world, id) = World::with(metric(start, target));
        for &(n, value) in check_ins {
            world.value(id, n, value);
        }
        let pace = world.report(id, n).pace.unwrap();
        close_or_none(pace.needed, needed, name);
        assert_eq!(pace.left, 100 - n, "{name}");
    }
}

/// Compared with `reference/pace.py`.
#[test]
fn pace_lately_is_the_slope_between_the_check_ins_of_the_last_four_weeks() {
    let reference: serde_json::Value = serde_json::from_str(include_str!("../reference/pace.json")).unwrap();
    let cases = reference["cases"].as_array().unwrap();
    assert!(cases.len() >= 50);
    for case in cases {
        let (name, expected) = (case["name"].as_str().unwrap(), &case["expected"]);
        let number = |value: &serde_json::Value| value.as_f64().unwrap();
        let whole = |value: &serde_json::Value| value.as_i64().map(|it| it as i32);
        let (mut world, id) = World::with(metric(number(&case["start"]), 1e4));
        world.dates(id, None, Some(3650));
        for check_in in case["check_ins"].as_array().unwrap() {
            world.value(id, whole(&check_in[0]).unwrap(), number(&check_in[1]));
        }
        let pace = world.report(id, whole(&case["asked"]).unwrap()).pace.unwrap();
        assert_eq!(pace.silent_since, whole(&expected["silent_since"]).map(day), "{name}");
        let found = pace.lately.map(|slope| (slope.from, slope.to));
        assert_eq!(
            found,
            whole(&expected["from"]).zip(whole(&expected["to"])).map(|(a, b)| (day(a), day(b))),
            "{name}"
        );
        if let Some(slope) = pace.lately {
            let near = |found: f64, what: &str| {
                let expected = number(&expected[what]);
                assert!((found - expected).abs() < 1e-9, "{name}: {what}: found {found}, expected {expected}");
            };
            near(slope.a_week(), "a_week");
            near(slope.then, "then");
            near(slope.now, "now");
        }
    }
}

#[test]
fn what_counts_things_is_said_as_one_in_so_many_days() {
    use Rate::{AWeek, OneEvery};
    let every = |days, less| OneEvery { days, less };
    for (a_week, counts, expected) in [
        (4.75, true, AWeek(4.75)),
        (1.0, true, AWeek(1.0)),
        // 7 / 0.778 = 9.0 days
        (0.778, true, every(9, false)),
        (-0.5, true, every(14, true)),
        (0.778, false, AWeek(0.778)),
        // 7 / 0.95 = 7.4 days: that is one a week.
        (0.95, true, AWeek(0.95)),
        (0.0, true, AWeek(0.0)),
    ] {
        assert_eq!(Rate::of(a_week, counts), expected, "{a_week}");
    }
    // start, target, a value, unit | counts
    for (start, target, value, unit, counts) in [
        (0.0, 12.0, 5.0, "books", true),
        (0.0, 12.0, 5.0, "", true),
        (0.0, 12.0, 5.5, "books", false),
        (0.5, 12.0, 5.0, "", false),
        (0.0, 12.0, 5.0, "%", false),
        (0.0, 12.0, 5.0, "EUR", false),
    ] {
        let (mut world, id) = World::with(metric(start, target));
        world.edit_key_result(id, KeyResultEdit::unit(Unit::new(unit).unwrap()));
        world.value(id, 10, value);
        assert_eq!(world.report(id, 20).pace.unwrap().counts, counts, "{value} {unit}");
    }
}

#[test]
fn pace_of_a_stretch_aims_at_the_whole_target() {
    let (mut world, id) = World::with(metric(0.0, 100.0));
    world.kind(id, ObjectiveKind::Aspirational);
    world.value(id, 30, 75.0);
    // 25 missing in 50 days, although 0.75 is a success
    close(world.report(id, 50).pace.unwrap().needed.unwrap(), 3.5, "stretch");
}

#[test]
fn a_guide_has_three_digits() {
    for (value, expected) in [
        (584.41, Some(584.0)),
        (-584.51, Some(-585.0)),
        (7_862.5, Some(7_860.0)),
        (0.012_345, Some(0.0123)),
        (1e15, Some(1e15)),
        (0.0, Some(0.0)),
        (1e-310, Some(1e-310)),
        (f64::NAN, None),
        (f64::INFINITY, None),
        (1e16, None),
    ] {
        assert_eq!(rough(value).map(Number::get), expected, "{value}");
    }
}
