//! KPIs: period values, health, change, hit rate.

use Aggregation::{Last, Max, Mean, Min, Sum};
use Frequency::{Daily, Monthly, Quarterly, Weekly, Yearly};
use Health::*;
use bearings_plan::*;

use crate::builder::*;

type Readings<'a> = &'a [(&'a str, f64)];

fn read(frequency: Frequency, aggregation: Aggregation, readings: Readings<'_>) -> (World, KpiId) {
    let mut world = World::new();
    world.today = date("2020-01-01");
    let id = world.kpi(frequency, aggregation);
    for &(on, value) in readings {
        world.reading(id, date(on), value);
    }
    (world, id)
}

fn values(report: &KpiReport) -> Vec<Option<f64>> {
    report.periods.iter().map(|period| period.value.map(Number::get)).collect()
}

fn current(report: &KpiReport) -> Option<f64> {
    report.current.as_ref()?.value.map(Number::get)
}

#[test]
fn readings_become_one_value() {
    let positive: Readings<'_> = &[("2026-10-05", 4.0), ("2026-10-20", 10.0), ("2026-10-31", 1.0)];
    let negative: Readings<'_> = &[("2026-10-05", -4.0), ("2026-10-20", -10.0), ("2026-10-31", -1.0)];
    let entered_late: Readings<'_> = &[("2026-10-31", 1.0), ("2026-10-05", 4.0), ("2026-10-20", 10.0)];
    // Every reading of a day counts; the last of them is the last of the day.
    let same_day: Readings<'_> = &[("2026-10-20", 6.0), ("2026-10-20", 2.0), ("2026-10-20", 4.0)];
    let one: Readings<'_> = &[("2026-10-20", 7.0)];
    let decimals: Readings<'_> = &[("2026-10-05", 0.1), ("2026-10-06", 0.2)];
    // readings | last, sum, mean, min, max
    for (name, readings, expected) in [
        ("positive", positive, [1.0, 15.0, 5.0, 1.0, 10.0]),
        ("negative", negative, [-1.0, -15.0, -5.0, -10.0, -1.0]),
        ("entered late", entered_late, [1.0, 15.0, 5.0, 1.0, 10.0]),
        ("several a day", same_day, [4.0, 12.0, 4.0, 2.0, 6.0]),
        ("one", one, [7.0; 5]),
        ("decimals", decimals, [0.2, 0.3, 0.15, 0.1, 0.2]),
    ] {
        for (aggregation, expected) in [Last, Sum, Mean, Min, Max].into_iter().zip(expected) {
            let (world, id) = read(Monthly, aggregation, readings);
            let report = world.kpi_report(id, "2026-11-01");
            close_or_none(current(&report), Some(expected), &format!("{name}, {aggregation:?}"));
        }
    }
}

#[test]
fn the_value_is_that_of_the_latest_period_and_all_but_the_last_reading_waits_for_its_end() {
    let readings: Readings<'_> = &[("2026-10-05", 5.0), ("2026-10-25", 7.0), ("2026-11-10", 3.0), ("2027-01-05", 2.0)];
    // how, day | value, so far
    for (aggregation, on, value, so_far) in [
        (Sum, "2026-10-04", None, None),
        (Sum, "2026-10-05", None, Some(5.0)),
        (Sum, "2026-10-31", None, Some(12.0)),
        (Sum, "2026-11-01", Some(12.0), None),
        (Sum, "2026-11-21", Some(12.0), Some(3.0)),
        (Sum, "2026-11-30", Some(12.0), Some(3.0)),
        (Sum, "2026-12-01", Some(3.0), None),
        (Sum, "2027-01-04", Some(3.0), None),
        (Sum, "2027-01-05", Some(3.0), Some(2.0)),
        (Sum, "2027-02-01", Some(2.0), None),
        (Last, "2026-10-05", Some(5.0), None),
        (Last, "2026-10-31", Some(7.0), None),
        (Last, "2026-11-09", Some(7.0), None),
        (Last, "2026-11-10", Some(3.0), None),
        (Last, "2026-12-31", Some(3.0), None),
        (Mean, "2026-10-24", None, Some(5.0)),
        (Mean, "2026-10-25", None, Some(6.0)),
        (Mean, "2026-11-21", Some(6.0), Some(3.0)),
        (Mean, "2026-12-01", Some(3.0), None),
        (Min, "2026-11-21", Some(5.0), Some(3.0)),
        (Max, "2026-11-21", Some(7.0), Some(3.0)),
        (Max, "2026-12-01", Some(3.0), None),
    ] {
        let (world, id) = read(Monthly, aggregation, readings);
        let report = world.kpi_report(id, on);
        assert_eq!(current(&report), value, "{aggregation:?} on {on}");
        assert_eq!(report.so_far.map(Number::get), so_far, "{aggregation:?} on {on}");
    }
}

#[test]
fn periods_are_those_of_the_calendar() {
    type Row<'a> = (&'a str, Frequency, Readings<'a>, &'a str, &'a [(&'a str, &'a str, Option<f64>)]);
    // readings, day | each period and its sum
    let rows: &[Row<'_>] = &[
        (
            // 2026 has 53 weeks; its last one ends on Sunday, 2027-01-03.
            "week 53",
            Weekly,
            &[("2026-12-27", 1.0), ("2026-12-28", 2.0), ("2027-01-03", 4.0), ("2027-01-04", 8.0)],
            "2027-01-10",
            &[
                ("2026-12-21", "2026-12-27", Some(1.0)),
                ("2026-12-28", "2027-01-03", Some(6.0)),
                ("2027-01-04", "2027-01-10", Some(8.0)),
            ],
        ),
        (
            // 2025-12-29, a Monday, is in week 1 of 2026.
            "week 1",
            Weekly,
            &[("2025-12-28", 1.0), ("2025-12-29", 2.0), ("2026-01-04", 4.0)],
            "2026-01-04",
            &[("2025-12-22", "2025-12-28", Some(1.0)), ("2025-12-29", "2026-01-04", Some(6.0))],
        ),
        (
            "a leap day",
            Daily,
            &[("2024-02-28", 1.0), ("2024-02-29", 2.0), ("2024-03-01", 4.0)],
            "2024-03-01",
            &[
                ("2024-02-28", "2024-02-28", Some(1.0)),
                ("2024-02-29", "2024-02-29", Some(2.0)),
                ("2024-03-01", "2024-03-01", Some(4.0)),
            ],
        ),
        (
            "a month with a leap day",
            Monthly,
            &[("2024-01-31", 1.0), ("2024-02-01", 2.0), ("2024-02-29", 4.0), ("2024-03-01", 8.0)],
            "2024-03-31",
            &[
                ("2024-01-01", "2024-01-31", Some(1.0)),
                ("2024-02-01", "2024-02-29", Some(6.0)),
                ("2024-03-01", "2024-03-31", Some(8.0)),
            ],
        ),
        (
            "quarters, one of them empty",
            Quarterly,
            &[("2026-03-31", 1.0), ("2026-04-01", 2.0), ("2026-06-30", 4.0), ("2026-10-01", 8.0)],
            "2026-11-21",
            &[
                ("2026-01-01", "2026-03-31", Some(1.0)),
                ("2026-04-01", "2026-06-30", Some(6.0)),
                ("2026-07-01", "2026-09-30", None),
                ("2026-10-01", "2026-12-31", Some(8.0)),
            ],
        ),
        (
            "years",
            Yearly,
            &[("2025-12-31", 1.0), ("2026-01-01", 2.0), ("2026-12-31", 4.0), ("2027-01-01", 8.0)],
            "2027-01-01",
            &[
                ("2025-01-01", "2025-12-31", Some(1.0)),
                ("2026-01-01", "2026-12-31", Some(6.0)),
                ("2027-01-01", "2027-12-31", Some(8.0)),
            ],
        ),
        (
            "what comes later is not known",
            Monthly,
            &[("2026-10-05", 1.0), ("2026-10-06", 2.0), ("2026-12-01", 4.0)],
            "2026-10-05",
            &[("2026-10-01", "2026-10-31", Some(1.0))],
        ),
        ("nothing read yet", Monthly, &[("2026-10-05", 1.0)], "2026-10-04", &[]),
        ("nothing read for long", Monthly, &[("2026-10-05", 1.0)], "2025-10-04", &[]),
        ("nothing read ever", Monthly, &[], "2026-10-04", &[]),
    ];
    for &(name, frequency, readings, on, expected) in rows {
        let (world, id) = read(frequency, Sum, readings);
        let report = world.kpi_report(id, on);
        let found: Vec<_> =
            report.periods.iter().map(|period| (period.period.clone(), period.value.map(Number::get))).collect();
        let expected: Vec<_> =
            expected.iter().map(|&(start, end, value)| (span(date(start), date(end)), value)).collect();
        assert_eq!(found, expected, "{name}");
        for period in &report.periods {
            assert_eq!(period.completed, period.period.end < date(on), "{name}: over once its last day is over");
        }
    }
}

#[test]
fn health_is_meeting_the_target() {
    // bounds, tolerance, value | health
    for (bounds, tolerance, value, health) in [
        (at_least(80.0), 5.0, 100.0, Healthy),
        (at_least(80.0), 5.0, 80.0, Healthy),
        (at_least(80.0), 5.0, 79.99, Warning),
        (at_least(80.0), 5.0, 75.0, Warning),
        (at_least(1e15), 5.0, -1e15, Unhealthy),
        (at_least(80.0), 5.0, 74.99, Unhealthy),
        (at_least(80.0), 5.0, -80.0, Unhealthy),
        // The fewer, the better.
        (at_most(3.0), 0.5, 0.0, Healthy),
        (at_most(3.0), 0.5, -4.0, Healthy),
        (at_most(3.0), 0.5, 3.0, Healthy),
        (at_most(3.0), 0.5, 3.01, Warning),
        (at_most(3.0), 0.5, 3.5, Warning),
        (at_most(3.0), 0.5, 3.51, Unhealthy),
        (between(36.0, 37.5), 0.2, 36.0, Healthy),
        (between(36.0, 37.5), 0.2, 37.5, Healthy),
        // 36 - 35.8 is 0.20000000000000284 in doubles, and 0.2 for people.
        (between(36.0, 37.5), 0.2, 35.8, Warning),
        (between(36.0, 37.5), 0.2, 37.7, Warning),
        (between(36.0, 37.5), 0.2, 35.79, Unhealthy),
        (between(36.0, 37.5), 0.2, 37.71, Unhealthy),
        (between(5.0, 5.0), 0.0, 5.0, Healthy),
        (between(5.0, 5.0), 0.0, 5.01, Unhealthy),
        (between(-3.0, -1.0), 1.0, -2.0, Healthy),
        (between(-3.0, -1.0), 1.0, 0.0, Warning),
        (between(-3.0, -1.0), 1.0, 2.0, Unhealthy),
        (at_least(0.0), 0.0, 0.0, Healthy),
        (at_least(0.0), 0.0, -0.001, Unhealthy),
        // Without tolerance there is no warning.
        (at_least(80.0), 0.0, 79.99, Unhealthy),
    ] {
        let (mut world, id) = read(Monthly, Last, &[("2026-10-20", value)]);
        assert_eq!(world.kpi_report(id, "2026-11-01").health, NoTarget);
        world.target(id, date("2020-01-01"), bounds.clone(), tolerance);
        let report = world.kpi_report(id, "2026-11-01");
        assert_eq!(report.health, health, "{bounds:?} +- {tolerance}: {value}");
        assert_eq!(report.current.unwrap().health, health, "the period says the same");
    }
    // Sums and means of decimals meet the target that people see: 0.1 + 0.2 against 0.3.
    for (aggregation, most) in [(Sum, 0.3), (Mean, 0.15)] {
        let (mut world, id) = read(Monthly, aggregation, &[("2026-10-05", 0.1), ("2026-10-06", 0.2)]);
        world.target(id, date("2020-01-01"), at_most(most), 0.0);
        assert_eq!(world.kpi_report(id, "2026-11-01").health, Healthy, "{aggregation:?}");
    }
}

#[test]
fn a_target_holds_from_its_day_on() {
    let (mut world, id) =
        read(Monthly, Last, &[("2026-09-05", 15.0), ("2026-10-05", 15.0), ("2026-11-05", 15.0), ("2026-12-05", 15.0)]);
    world.target(id, date("2020-01-01"), at_least(10.0), 0.0);
    world.target(id, date("2026-10-15"), at_least(20.0), 0.0);
    world.edit_from(date("2026-12-10"), Edit::of(id, KpiEdit::target(None)));
    let report = world.kpi_report(id, "2027-01-10");
    let targets: Vec<_> = report.periods.iter().map(|each| each.target.clone().map(|target| target.bounds)).collect();
    // The target of a period is that of its last day: October's was raised in its middle, and carries forward.
    assert_eq!(targets, [Some(at_least(10.0)), Some(at_least(20.0)), Some(at_least(20.0)), None, None]);
    let health: Vec<_> = report.periods.iter().map(|period| period.health).collect();
    assert_eq!(health, [Healthy, Unhealthy, Unhealthy, NoTarget, NoData]);
    assert_eq!(report.target, None);
    // While a period runs, the target of the day counts.
    for (on, health) in [("2026-10-14", Healthy), ("2026-10-15", Unhealthy), ("2026-12-09", Unhealthy)] {
        assert_eq!(world.kpi_report(id, on).health, health, "{on}");
    }
    assert_eq!(world.kpi_report(id, "2026-12-10").health, NoTarget);
    // A sum is judged by the target of its own period, whatever has been decided since.
    world.edit_from(date("2020-01-01"), Edit::of(id, KpiEdit::aggregation(Sum)));
    let report = world.kpi_report(id, "2026-10-20");
    assert_eq!((report.health, report.target.unwrap().bounds), (Healthy, at_least(20.0)));
}

#[test]
fn a_value_is_stale_half_a_period_after_the_one_that_has_none() {
    type Row<'a> = (&'a str, Aggregation, Readings<'a>, &'a str, (Option<f64>, Health, bool));
    let rows: &[Row<'_>] = &[
        ("never read", Last, &[], "2026-11-21", (None, NoData, false)),
        ("read in the running month", Last, &[("2026-11-05", 9.0)], "2026-11-21", (Some(9.0), Healthy, false)),
        ("read last month", Last, &[("2026-10-05", 9.0)], "2026-11-30", (Some(9.0), Healthy, false)),
        // November has 30 days: its reading is late from the 16th of December on.
        ("last month is missing", Last, &[("2026-10-05", 9.0)], "2026-12-01", (Some(9.0), Healthy, false)),
        ("and may still come", Last, &[("2026-10-05", 9.0)], "2026-12-15", (Some(9.0), Healthy, false)),
        ("and is late", Last, &[("2026-10-05", 9.0)], "2026-12-16", (Some(9.0), Healthy, true)),
        ("off target, and late", Last, &[("2026-10-05", 2.0)], "2026-12-16", (Some(2.0), Unhealthy, true)),
        ("read again", Last, &[("2026-10-05", 9.0), ("2026-12-01", 2.0)], "2026-12-20", (Some(2.0), Unhealthy, false)),
        (
            "a gap long ago",
            Last,
            &[("2026-08-05", 9.0), ("2026-10-05", 9.0)],
            "2026-11-20",
            (Some(9.0), Healthy, false),
        ),
        ("two months are missing", Last, &[("2026-09-05", 9.0)], "2026-12-01", (Some(9.0), Healthy, true)),
        ("a sum that only runs", Sum, &[("2026-11-05", 9.0)], "2026-11-21", (None, Pending, false)),
        ("a sum", Sum, &[("2026-10-05", 9.0)], "2026-11-30", (Some(9.0), Healthy, false)),
        (
            "what runs does not fill the gap of a sum",
            Sum,
            &[("2026-09-05", 9.0), ("2026-11-05", 9.0)],
            "2026-11-21",
            (Some(9.0), Healthy, true),
        ),
    ];
    for &(name, aggregation, readings, on, expected) in rows {
        let (mut world, id) = read(Monthly, aggregation, readings);
        world.target(id, date("2020-01-01"), at_least(5.0), 0.0);
        let report = world.kpi_report(id, on);
        assert_eq!((current(&report), report.health, report.stale), expected, "{name}");
    }
    // How long the others wait: a day does not, a week three days, a quarter of 92 days 46, a year of 365 182.
    for (frequency, last, fresh, late) in [
        (Daily, "2026-10-05", "2026-10-06", "2026-10-07"),
        (Weekly, "2026-10-05", "2026-10-21", "2026-10-22"),
        (Quarterly, "2026-05-05", "2026-11-15", "2026-11-16"),
        (Yearly, "2024-05-05", "2026-07-01", "2026-07-02"),
    ] {
        let (world, id) = read(frequency, Last, &[(last, 1.0)]);
        let stale = [fresh, late].map(|on| world.kpi_report(id, on).stale);
        assert_eq!(stale, [false, true], "{frequency:?}");
    }
}

#[test]
fn a_change_is_judged_by_what_the_target_asks_for() {
    // before, now, bounds | by, share, better
    for (before, now, bounds, by, share, better) in [
        (12.0, 9.0, Some(at_least(10.0)), -3.0, Some(-0.25), Some(false)),
        (12.0, 15.0, Some(at_least(10.0)), 3.0, Some(0.25), Some(true)),
        // The fewer, the better: less is better although it misses, more is worse although it meets.
        (12.0, 9.0, Some(at_most(5.0)), -3.0, Some(-0.25), Some(true)),
        (2.0, 3.0, Some(at_most(5.0)), 1.0, Some(0.5), Some(false)),
        // Nearer to the range is better, from either side.
        (35.0, 36.5, Some(between(36.0, 38.0)), 1.5, Some(1.5 / 35.0), Some(true)),
        (40.0, 39.0, Some(between(36.0, 38.0)), -1.0, Some(-0.025), Some(true)),
        (37.0, 40.0, Some(between(36.0, 38.0)), 3.0, Some(3.0 / 37.0), Some(false)),
        (37.0, 36.0, Some(between(36.0, 38.0)), -1.0, Some(-1.0 / 37.0), None),
        // As far below as it was above; in doubles, 0.4 - 0.3 is a little more than 0.1 - 0.0.
        (0.4, 0.0, Some(between(0.1, 0.3)), -0.4, Some(-1.0), None),
        (12.0, 12.0, Some(at_least(10.0)), 0.0, Some(0.0), None),
        (12.0, 15.0, None, 3.0, Some(0.25), None),
        // There is no share of nothing.
        (0.0, 5.0, Some(at_least(10.0)), 5.0, None, Some(true)),
        (0.0, 0.0, Some(at_least(10.0)), 0.0, None, None),
        // From -10 to -5 is up by half of the 10.
        (-10.0, -5.0, Some(at_least(0.0)), 5.0, Some(0.5), Some(true)),
        (-10.0, 10.0, Some(at_most(0.0)), 20.0, Some(2.0), Some(false)),
        (5.0, -5.0, Some(at_least(0.0)), -10.0, Some(-2.0), Some(false)),
    ] {
        let what = format!("{before} to {now}, {bounds:?}");
        let (mut world, id) = read(Monthly, Last, &[("2026-09-20", before), ("2026-10-20", now)]);
        if let Some(bounds) = bounds {
            world.target(id, date("2020-01-01"), bounds, 0.0);
        }
        let moved = world.kpi_report(id, "2026-11-01").moved.unwrap();
        assert_eq!(moved.from, number(before), "{what}");
        close(moved.by, by, &what);
        close_or_none(moved.share, share, &what);
        assert_eq!(moved.better, better, "{what}");
    }
}

#[test]
fn a_change_is_one_between_periods_with_a_value() {
    let readings: Readings<'_> = &[("2026-08-05", 8.0), ("2026-10-05", 2.0), ("2026-10-06", 10.0), ("2026-11-05", 4.0)];
    // how, day | from, by
    for (aggregation, on, expected) in [
        (Last, "2026-08-31", None),
        // September is empty: October against August; not against the reading before.
        (Last, "2026-10-31", Some((8.0, 2.0))),
        (Last, "2026-11-21", Some((10.0, -6.0))),
        // A running sum is not compared with a whole month.
        (Sum, "2026-11-21", Some((8.0, 4.0))),
        (Sum, "2026-12-01", Some((12.0, -8.0))),
        (Sum, "2026-10-31", None),
    ] {
        let (world, id) = read(Monthly, aggregation, readings);
        let moved = world.kpi_report(id, on).moved.map(|moved| (moved.from.get(), moved.by));
        assert_eq!(moved, expected, "{aggregation:?} on {on}");
    }
}

#[test]
fn the_hit_rate_looks_back_on_twelve_periods() {
    let hits = |world: &World, id: KpiId, on: &str| {
        let rate = world.kpi_report(id, on).hits(KpiReport::HIT_PERIODS)?;
        assert!(!rate.with_running);
        Some((rate.met, rate.judged, rate.periods))
    };
    // 2025: January to December. The first three met at least 10, then every second one did.
    let met = |month: i32| month < 3 || month % 2 == 0;
    let (mut world, id) = read(Monthly, Last, &[]);
    world.target(id, date("2020-01-01"), at_least(10.0), 5.0);
    for month in 0..15 {
        // A miss within the tolerance is no hit.
        world.reading(id, date("2025-01-05").plus_months(month), if met(month) { 10.0 } else { 9.0 });
    }
    for (on, expected) in [
        ("2025-01-31", None),
        ("2025-02-01", Some((1, 1, 1))),
        ("2025-04-10", Some((3, 3, 3))),
        // January, February, March, May, July, September, November of 12.
        ("2026-01-01", Some((7, 12, 12))),
        // Without January 2025, with January 2026 (month 12): the same.
        ("2026-02-01", Some((7, 12, 12))),
        // Without February 2025, with February 2026 (month 13).
        ("2026-03-31", Some((6, 12, 12))),
    ] {
        assert_eq!(hits(&world, id, on), expected, "{on}");
    }
    // Twelve periods are twelve, also where some have no value: two readings a year apart are not the last two months.
    let (mut world, id) = read(Monthly, Last, &[("2025-10-15", 100.0), ("2026-10-15", 130.0)]);
    world.target(id, date("2020-01-01"), at_least(5.0), 0.0);
    assert_eq!(hits(&world, id, "2026-11-21"), Some((1, 1, 12)));
    // October 2025 to November 2026, without three of them: December to November are 12, of which 9 have a value.
    let (mut world, id) = read(Monthly, Last, &[]);
    world.target(id, date("2020-01-01"), at_least(10.0), 0.0);
    for month in [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 13] {
        world.reading(id, date("2025-10-05").plus_months(month), if month == 3 || month == 9 { 9.0 } else { 10.0 });
    }
    assert_eq!(hits(&world, id, "2026-12-01"), Some((7, 9, 12)));
    // Periods without a reading or without a target are not judged.
    let (mut world, id) = read(Monthly, Last, &[("2026-05-05", 9.0), ("2026-07-05", 9.0), ("2026-09-05", 9.0)]);
    assert_eq!(hits(&world, id, "2026-10-10"), None);
    world.target(id, date("2026-07-20"), at_most(9.0), 0.0);
    assert_eq!(hits(&world, id, "2026-10-10"), Some((2, 2, 5)));
    let rate = world.kpi_report(id, "2026-10-10").hits(KpiReport::HIT_PERIODS).unwrap();
    assert!(!rate.all_have_targets, "May has a value and no target");
}

#[test]
fn a_reading_is_due_when_a_period_has_gone_by_without() {
    let (mut world, id) = read(Monthly, Last, &[]);
    let due = |world: &World, on: &str| world.plan.kpi_is_due(world.plan.kpis.get(id).unwrap(), date(on));
    assert!(!due(&world, "2019-12-31"), "not made yet");
    assert!(due(&world, "2020-01-01"), "never read");
    world.reading(id, date("2026-10-31"), 1.0);
    for (on, expected) in [
        // A reading that is still to come helps nobody.
        ("2026-10-30", true),
        ("2026-10-31", false),
        ("2026-11-30", false),
        // November has gone by.
        ("2026-12-01", true),
    ] {
        assert_eq!(due(&world, on), expected, "{on}");
    }
    world.reading(id, date("2026-12-02"), 1.0);
    assert!(!due(&world, "2026-12-02"));
}

#[test]
fn other_frequencies_and_aggregations_hold_from_their_day_on() {
    let (mut world, id) = read(Monthly, Last, &[("2026-10-05", 1.0), ("2026-10-25", 3.0), ("2026-11-05", 8.0)]);
    world.edit_from(date("2026-11-21"), Edit::of(id, KpiEdit::frequency(Quarterly)));
    world.edit_from(date("2026-11-21"), Edit::of(id, KpiEdit::aggregation(Mean)));
    assert_eq!(values(&world.kpi_report(id, "2026-11-20")), [Some(3.0), Some(8.0)]);
    // (1 + 3 + 8) / 3
    assert_eq!(values(&world.kpi_report(id, "2026-11-21")), [Some(4.0)]);
}

#[test]
fn a_streak_counts_periods_of_one_kind_up_to_the_value_that_is_shown() {
    // values of June to November, 30 or more is on target | the streak on 20 November
    type Row<'a> = (&'a [Option<f64>], Aggregation, Option<(bool, usize)>);
    let rows: &[Row<'_>] = &[
        (&[Some(31.0), Some(32.0), Some(29.0), Some(28.0), Some(10.0), None], Last, Some((false, 3))),
        (&[Some(29.0), Some(30.0), Some(31.0), Some(32.0), Some(33.0), None], Last, Some((true, 4))),
        // The last reading of the running month is the value that is shown.
        (&[Some(29.0), Some(28.0), Some(27.0), Some(26.0), Some(25.0), Some(31.0)], Last, Some((true, 1))),
        (&[Some(29.0), Some(28.0), Some(31.0), Some(31.0), Some(32.0), Some(31.0)], Last, Some((true, 4))),
        // Of a sum, the last one that is over.
        (&[Some(29.0), Some(28.0), Some(27.0), Some(26.0), Some(25.0), Some(31.0)], Sum, Some((false, 5))),
        (&[Some(31.0), Some(31.0), None, Some(31.0), Some(31.0), None], Last, Some((true, 2))),
        (&[None, None, None, None, Some(29.0), None], Last, Some((false, 1))),
        // A value of September is an old one by now.
        (&[Some(31.0), Some(31.0), Some(31.0), Some(31.0), None, None], Last, None),
    ];
    for (values, aggregation, streak) in rows {
        let (mut world, id) = read(Monthly, *aggregation, &[]);
        world.target(id, date("2020-01-01"), at_least(30.0), 2.0);
        for (month, value) in (6..).zip(*values) {
            if let Some(value) = value {
                world.reading(id, date(&format!("2026-{month:02}-15")), *value);
            }
        }
        assert_eq!(world.kpi_report(id, "2026-11-20").streak(), *streak, "{values:?}");
    }
    // Nothing to be on or off.
    let (world, id) = read(Monthly, Last, &[("2026-10-15", 1.0)]);
    assert_eq!(world.kpi_report(id, "2026-11-10").streak(), None);
}

#[test]
fn the_moving_average_is_that_of_a_period_and_those_before_it() {
    let months = [Some(3.0), Some(6.0), Some(9.0), None, Some(1.0), Some(2.0), Some(6.0), Some(40.0)];
    let average = |aggregation: Aggregation, on: &str, n: usize| {
        let (mut world, id) = read(Monthly, aggregation, &[]);
        for (place, value) in (0..).zip(months) {
            let day = date("2026-01-10").plus_months(place);
            value.into_iter().for_each(|value| world.reading(id, day, value));
        }
        let report = world.kpi_report(id, on);
        assert_eq!(report.moving_average(n).len(), report.periods.len());
        report.moving_average(n).into_iter().map(|value| value.map(Number::get)).collect::<Vec<_>>()
    };
    let over = "2026-09-01";
    // (3 + 6 + 9) / 3, then none over the gap, (1 + 2 + 6) / 3, (2 + 6 + 40) / 3, and none for the month that began.
    let expected = [None, None, Some(6.0), None, None, None, Some(3.0), Some(16.0), None];
    assert_eq!(average(Last, over, 3), expected);
    assert_eq!(average(Sum, over, 3), expected);
    assert_eq!(average(Last, over, 1)[..8], months);
    assert_eq!(average(Last, over, 9), [None; 9]);
    assert_eq!(average(Last, over, 20), [None; 9]);
    // A running period counts, unless that is only what there is so far.
    assert_eq!(average(Last, "2026-08-20", 3).last().unwrap(), &Some(16.0));
    assert_eq!(average(Sum, "2026-08-20", 3).last().unwrap(), &None);
}

#[test]
fn how_many_periods_are_smoothed_together() {
    let found = [Daily, Weekly, Monthly, Quarterly, Yearly].map(Frequency::smoothed_over);
    assert_eq!(found, [7, 4, 3, 4, 3]);
}
