//! Key results that a KPI feeds.

use bearings_plan::*;

use crate::builder::*;

/// A key result with a weekly KPI that is read as its last reading, unless told.
fn fed(measure: Measure, frequency: Frequency, how: Aggregation, readings: &[(i32, f64)]) -> (World, KeyResultId) {
    let (mut world, id) = World::with(measure);
    let kpi = world.kpi(frequency, how);
    for &(n, value) in readings {
        world.reading(kpi, day(n), value);
    }
    world.edit_key_result(id, KeyResultEdit::fed_by(Some(kpi)));
    (world, id)
}

fn weekly(measure: Measure, readings: &[(i32, f64)]) -> (World, KeyResultId) {
    fed(measure, Frequency::Weekly, Aggregation::Last, readings)
}

#[test]
fn the_value_is_the_kpis_value() {
    let (mut world, id) = weekly(metric(4.0, 10.0), &[(-10, 7.0), (3, 5.5), (20, 8.5)]);
    world.value(id, 25, 9.9);
    // day | value, progress
    for (n, value, share) in [
        // Before the start it is where it starts.
        (-10, 4.0, 0.0),
        (-1, 4.0, 0.0),
        // (7 - 4) / 6: the value that the KPI has by then
        (0, 7.0, 0.5),
        (2, 7.0, 0.5),
        (3, 5.5, 0.25),
        (19, 5.5, 0.25),
        (20, 8.5, 0.75),
        // A check-in of its own says how sure people are, and no value.
        (25, 8.5, 0.75),
        (100, 8.5, 0.75),
    ] {
        let report = world.report(id, n);
        assert_eq!(report.value, Some(number(value)), "day {n}");
        close(report.progress.unwrap().share, share, &format!("day {n}"));
    }
    assert_eq!(world.report(id, 30).last.unwrap().1.value, Some(number(9.9)), "what was checked in is there");
}

#[test]
fn a_sum_and_a_mean_count_once_their_period_is_over() {
    // September, October (day 0 to 30), November.
    let readings = [(-16, 3.0), (4, 4.0), (20, 5.0), (40, 6.0)];
    let (world, id) = fed(metric(0.0, 10.0), Frequency::Monthly, Aggregation::Sum, &readings);
    for (n, value) in [(-1, 0.0), (0, 3.0), (30, 3.0), (31, 9.0), (60, 9.0), (61, 6.0)] {
        assert_eq!(world.report(id, n).value, Some(number(value)), "day {n}");
    }
    let (world, id) = fed(metric(0.0, 10.0), Frequency::Monthly, Aggregation::Mean, &readings);
    for (n, value) in [(0, 3.0), (30, 3.0), (31, 4.5), (60, 4.5), (61, 6.0)] {
        assert_eq!(world.report(id, n).value, Some(number(value)), "day {n}");
    }
}

#[test]
fn a_stay_goes_by_the_kpi_at_the_end_of_each_window() {
    let (world, id) = weekly(stay(at_least(6.0), 0.8), &[(-5, 9.0), (3, 6.0), (10, 5.0), (26, 8.0)]);
    use Status::{NeedsAttention, OnTrack, Pending};
    // day | kept, broken, unknown; status
    for (n, counts, status) in [
        // What was read before the start is of an earlier week.
        (0, (0, 0, 0), Pending),
        (3, (0, 0, 0), OnTrack),
        (7, (1, 0, 0), OnTrack),
        (10, (1, 0, 0), NeedsAttention),
        (14, (1, 1, 0), NeedsAttention),
        // Nothing was read since.
        (21, (1, 1, 1), NeedsAttention),
        // Within again, but the week before is not known.
        (26, (1, 1, 1), NeedsAttention),
        (28, (2, 1, 1), OnTrack),
    ] {
        let report = world.report(id, n);
        let found = match report.progress.map(|progress| progress.basis) {
            Some(Basis::Stay { kept, broken, unknown, .. }) => (kept, broken, unknown),
            None => (0, 0, 0),
            Some(other) => panic!("{other:?}"),
        };
        assert_eq!(found, counts, "day {n}");
        assert_eq!(report.status, status, "day {n}");
    }
    assert_eq!(world.report(id, -1).value, None, "before the start there is none");
}

#[test]
fn a_kpi_with_longer_periods_gives_its_latest_value_to_each_window() {
    // Read on the last days of September, October (day 30) and November (day 60); the weeks go by what is known then.
    let readings = [(-1, 7.0), (30, 5.0)];
    let (world, id) = fed(stay(at_least(6.0), 0.8), Frequency::Monthly, Aggregation::Last, &readings);
    let kept: Vec<_> = world.report(id, 70).windows.iter().map(|window| window.kept).collect();
    // Weeks 1 to 4 by September's value, 5 to 9 by October's; week 10 begins in December, when November's is missing.
    let expected = [[Some(true); 4].as_slice(), &[Some(false); 5], &[None; 2]].concat();
    assert_eq!(kept, expected);
}

#[test]
fn readings_are_heard() {
    let (world, id) = weekly(metric(0.0, 10.0), &[(9, 0.5), (30, 4.0)]);
    // day | heard on, stale, is a check-in due?, status
    for (n, heard, stale, due, status) in [
        (0, None, false, true, Status::Pending),
        (6, None, false, true, Status::Pending),
        (7, None, false, true, Status::NeedsAttention),
        (9, Some(9), false, false, Status::OnTrack),
        (13, Some(9), false, false, Status::OnTrack),
        (14, Some(9), false, true, Status::OnTrack),
        (19, Some(9), false, true, Status::NeedsAttention),
        // More than a week and a half.
        (20, Some(9), true, true, Status::NeedsAttention),
        (30, Some(30), false, false, Status::OnTrack),
    ] {
        let report = world.report(id, n);
        assert_eq!(report.heard, heard.map(day), "day {n}");
        assert_eq!((report.stale, report.status), (stale, status), "day {n}");
        assert_eq!(world.plan.due(day(n)).contains(&Due::KeyResult(id)), due, "day {n}");
    }
    // A check-in is heard, too.
    let (mut world, id) = weekly(metric(0.0, 10.0), &[(9, 0.5)]);
    world.check_in(id, 15, None, Some(8));
    assert_eq!(world.report(id, 15).heard, Some(day(15)));
}

#[test]
fn pace_is_the_kpis_pace() {
    let (world, id) = weekly(metric(0.0, 10.0), &[(-3, 2.0), (10, 3.0), (40, 6.0)]);
    let pace = |world: &World, id, n| world.report(id, n).pace.unwrap();
    let a_week = |world: &World, id, n| pace(world, id, n).lately.map(|slope| slope.a_week());
    // From day 10, with 3, to day 40, with 6: 0.1 a day; 4 are missing, in 60 days.
    close_or_none(a_week(&world, id, 40), Some(0.7), "lately");
    close_or_none(pace(&world, id, 40).needed, Some(4.0 / 60.0 * 7.0), "needed");
    // Since its start, when the KPI had 2.
    close_or_none(a_week(&world, id, 14), Some(0.7), "in two weeks");
    // The value of a week is known after it: four weeks of silence begin then.
    let silent = |world: &World, id, n| pace(world, id, n).silent_since;
    assert_eq!((silent(&world, id, 74), silent(&world, id, 75)), (None, Some(day(40))));
    // Of sums, by the end of each month: 31 days. October is day 0 to 30.
    let readings = [(-16, 3.0), (4, 4.0), (20, 5.0), (40, 16.0)];
    let (world, id) = fed(metric(0.0, 50.0), Frequency::Monthly, Aggregation::Sum, &readings);
    // From 3 on the first day to 9 on day 30, and from there to 16 on day 60.
    close_or_none(a_week(&world, id, 50), Some(6.0 / 30.0 * 7.0), "in November");
    close_or_none(a_week(&world, id, 61), Some(7.0 / 30.0 * 7.0), "on the first of December");
    close_or_none(a_week(&world, id, 85), Some(7.0 / 30.0 * 7.0), "at the end of December");
    assert_eq!(silent(&world, id, 91), None);
    assert_eq!((a_week(&world, id, 119), silent(&world, id, 119)), (None, Some(day(60))));
}

#[test]
fn only_what_counts_numbers_is_fed() {
    for measure in [Measure::Done {}, Measure::Baseline {}, Measure::Milestones {}] {
        let (mut world, id) = weekly(measure.clone(), &[(3, 7.0)]);
        let report = world.report(id, 10);
        assert_eq!((report.value, report.heard), (None, None), "{measure:?}");
        world.value(id, 5, 1.0);
        assert_eq!(world.report(id, 10).heard, Some(day(5)), "{measure:?}");
    }
}

#[test]
fn it_is_fed_from_the_day_on_and_while_the_kpi_is_there() {
    let (mut world, id) = World::with(metric(0.0, 10.0));
    let kpi = world.kpi(Frequency::Weekly, Aggregation::Last);
    world.reading(kpi, day(1), 4.0);
    world.value(id, 1, 2.0);
    world.edit_from(day(20), Edit::of(id, KeyResultEdit::fed_by(Some(kpi))));
    for (n, value) in [(19, 2.0), (20, 4.0)] {
        assert_eq!(world.report(id, n).value, Some(number(value)), "day {n}");
    }
    world.apply(Change::Delete(kpi.into()));
    assert_eq!(world.report(id, 20).value, Some(number(2.0)), "its own values count again");
}

/// What is shown of the KPI, and what its key results take from it, are one number.
#[test]
fn the_kpi_itself_shows_the_same_value() {
    let readings = [(-40, 1.0), (-16, 3.0), (4, 4.0), (20, 5.0), (40, 6.0), (41, 8.0)];
    for frequency in Frequency::ALL {
        for how in Aggregation::ALL {
            let mut world = World::new();
            let kpi = world.kpi(*frequency, *how);
            for (n, value) in readings {
                world.reading(kpi, day(n), value);
            }
            let kpi = world.plan.kpis.get(kpi).unwrap();
            for n in -60..120 {
                let shown = world.plan.kpi_report(kpi, day(n)).current.and_then(|period| period.value);
                assert_eq!(world.plan.kpi_value(kpi, day(n)), shown, "{frequency:?}, {how:?}, day {n}");
            }
        }
    }
}

/// What its chart, its pace and its forecast end with is the value that stands beside them.
#[test]
fn the_last_point_is_the_value() {
    let readings = [(-40, 1.0), (-16, 3.0), (4, 4.0), (20, 5.0), (40, 6.0), (41, 8.0), (75, 2.0)];
    for frequency in Frequency::ALL {
        for how in Aggregation::ALL {
            let (world, id) = fed(metric(0.0, 10.0), *frequency, *how, &readings);
            for n in 0..120 {
                let points = world.plan.points_of(world.key_result_of(id), day(n));
                let last = points.last().map(|point| point.value);
                assert_eq!(last, world.report(id, n).value, "{frequency:?}, {how:?}, day {n}");
            }
        }
    }
}
