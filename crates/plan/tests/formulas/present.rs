//! The day on which a plan is asked about now: what was said where that day had begun is not lost further west.

use bearings_plan::*;

use crate::builder::*;

/// From 4,000 to 8,000, with a KPI beside it, made on day 0.
fn begun() -> (World, KeyResultId, KpiId) {
    let (mut world, key_result) = World::with(metric(4000.0, 8000.0));
    let kpi = world.kpi(Frequency::Monthly, Aggregation::Last);
    (world, key_result, kpi)
}

#[test]
fn the_day_of_the_clock_unless_the_next_one_has_begun_elsewhere() {
    type Entered = fn(&mut World, KeyResultId, KpiId);
    let rows: &[(&str, Entered, i32)] = &[
        ("nothing", |_, _, _| {}, 0),
        ("a check-in today", |world, of, _| world.value(of, 0, 6000.0), 0),
        ("a check-in tomorrow", |world, of, _| world.value(of, 1, 6000.0), 1),
        ("a reading tomorrow", |world, _, kpi| world.reading(kpi, day(1), 5.0), 1),
        ("a check-in the day after", |world, of, _| world.value(of, 2, 6000.0), 0),
        (
            "a step done tomorrow",
            |world, of, _| {
                let _ = world.milestone(of, 1.0, None, Some(1));
            },
            1,
        ),
        (
            "a step due tomorrow",
            |world, of, _| {
                let _ = world.milestone(of, 1.0, Some(1), None);
            },
            0,
        ),
        (
            "a key result made tomorrow",
            |world, of, _| {
                let objective = *world.key_result_of(of).objective.on(day(0));
                world.today = day(1);
                world.key_result(objective, Measure::Done {});
            },
            1,
        ),
        ("a target from tomorrow on", |world, _, kpi| world.target(kpi, day(1), at_least(5.0), 0.0), 0),
    ];
    for (name, enter, expected) in rows {
        let (mut world, key_result, kpi) = begun();
        enter(&mut world, key_result, kpi);
        assert_eq!(world.plan.present_day(day(0)), day(*expected), "{name}");
        assert_eq!(world.plan.as_of(day(0)).present_day(day(0)), day(0), "{name}, looking back");
    }
}

#[test]
fn what_is_said_now_is_later_than_what_was_said_further_east() {
    let (mut world, key_result, kpi) = begun();
    world.value(key_result, 61, 6000.0);
    let now = world.plan.present_day(day(60));
    let report = |world: &World| world.plan.key_result_report(world.key_result_of(key_result), now).value;
    assert_eq!(report(&world), Some(number(6000.0)));
    for (of, value) in [(Due::KeyResult(key_result), 6500.0), (Due::Kpi(kpi), 12.0)] {
        let row = CheckIn { value: Some(number(value)), confidence: None, note: Prose::default() };
        let (change, _) = world.plan.check_in(of, row, now, Actor(2), &Written::default());
        world.apply(change);
        assert_eq!(world.plan.last_said(of, now, &Written::default()).value, Some(number(value)), "{of:?}");
    }
    assert_eq!(report(&world), Some(number(6500.0)));
    // Once that day has come, and on the days after, nothing is different.
    assert_eq!(world.plan.present_day(day(61)), day(61));
    assert_eq!(world.plan.present_day(day(62)), day(62));
}
