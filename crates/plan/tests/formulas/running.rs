//! What may be said of a period that is still running.

use Aggregation::{Last, Max, Mean, Min, Sum};
use Health::{Healthy, NoTarget, Pending, Unhealthy, Warning};
use bearings_plan::*;

use crate::builder::*;

type Readings<'a> = &'a [(&'a str, f64)];

fn monthly(aggregation: Aggregation, bounds: Option<Bounds>, readings: Readings<'_>) -> (World, KpiId) {
    let mut world = World::new();
    world.today = date("2020-01-01");
    let id = world.kpi(Frequency::Monthly, aggregation);
    if let Some(bounds) = bounds {
        world.target(id, world.today, bounds, 0.0);
    }
    world.readings(id, readings);
    (world, id)
}

fn value(period: Option<&PeriodValue>) -> Option<f64> {
    period?.value.map(Number::get)
}

#[test]
fn what_a_month_has_so_far_is_not_compared_with_a_full_one() {
    // aggregation, bounds, readings, day | value, so far, health, change
    type Row<'a> = (Aggregation, Bounds, Readings<'a>, &'a str, (f64, Option<f64>), Health, Option<f64>);
    let peak: Readings<'_> = &[("2026-10-03", 40.0), ("2026-10-20", 95.0), ("2026-11-01", 38.0)];
    let low: Readings<'_> = &[("2026-10-03", 25.0), ("2026-10-20", 12.0), ("2026-11-01", 40.0)];
    let grows: Readings<'_> = &[("2026-10-20", 10.0), ("2026-11-03", 2.0)];
    let mean: Readings<'_> = &[("2026-09-20", 8.0), ("2026-10-20", 10.0), ("2026-11-03", 2.0)];
    let rows: &[Row<'_>] = &[
        (Max, at_most(80.0), peak, "2026-11-02", (95.0, Some(38.0)), Unhealthy, None),
        (Min, at_least(20.0), low, "2026-11-02", (12.0, Some(40.0)), Unhealthy, None),
        // A maximum of 2 on the third day can still grow.
        (Max, at_least(8.0), grows, "2026-11-03", (10.0, Some(2.0)), Healthy, None),
        (Mean, at_least(8.0), mean, "2026-11-03", (10.0, Some(2.0)), Healthy, Some(2.0)),
        (Sum, at_least(8.0), mean, "2026-11-03", (10.0, Some(2.0)), Healthy, Some(2.0)),
        // The last reading is the value as it is.
        (Last, at_least(8.0), mean, "2026-11-03", (2.0, None), Unhealthy, Some(-8.0)),
    ];
    for (aggregation, bounds, readings, on, (now, so_far), health, by) in rows {
        let (world, id) = monthly(*aggregation, Some(bounds.clone()), readings);
        let report = world.kpi_report(id, on);
        let what = format!("{aggregation:?} {bounds:?}");
        assert_eq!(value(report.current.as_ref()), Some(*now), "{what}");
        assert_eq!(report.so_far.map(Number::get), *so_far, "{what}");
        assert_eq!((report.health, report.moved.map(|it| it.by)), (*health, *by), "{what}");
        assert_eq!(report.streak().map(|it| it.0), Some(*health == Healthy), "{what}");
        let hits = report.hits(12).unwrap();
        assert!(!hits.with_running, "{what}");
        let kpi = world.plan.kpis.get(id).unwrap();
        assert_eq!(world.plan.kpi_value(kpi, date(on)).map(Number::get), Some(*now), "{what}");
    }
}

#[test]
fn what_is_broken_for_good_is_off_target_at_once() {
    // aggregation, bounds, readings of November | the health on the 21st, and whether it is decided
    type Row<'a> = (&'a str, Aggregation, Bounds, &'a [f64], (Health, bool));
    let rows: &[Row<'_>] = &[
        ("a blown budget", Sum, at_most(100.0), &[160.0], (Unhealthy, true)),
        ("one that is not blown yet", Sum, at_most(100.0), &[90.0], (Healthy, false)),
        ("just met", Sum, at_most(100.0), &[60.0, 40.0], (Healthy, false)),
        ("what is returned takes it down again", Sum, at_most(100.0), &[160.0, -10.0], (Healthy, false)),
        ("losses that only add up", Sum, at_least(-100.0), &[-60.0, -60.0], (Unhealthy, true)),
        ("a sum can still grow", Sum, at_least(50.0), &[10.0], (Healthy, false)),
        ("beyond a range", Sum, between(50.0, 100.0), &[160.0], (Unhealthy, true)),
        ("not within a range yet", Sum, between(50.0, 100.0), &[10.0], (Healthy, false)),
        ("a peak", Max, at_most(100.0), &[160.0, 10.0], (Unhealthy, true)),
        ("a peak that is to be high", Max, at_least(50.0), &[10.0], (Healthy, false)),
        ("a low", Min, at_least(50.0), &[60.0, 10.0], (Unhealthy, true)),
        ("a low that is to be low", Min, at_most(100.0), &[160.0], (Healthy, false)),
        ("a low below a range", Min, between(50.0, 100.0), &[10.0], (Unhealthy, true)),
        ("a mean comes back", Mean, at_most(100.0), &[160.0], (Healthy, false)),
    ];
    for (what, aggregation, bounds, november, (health, decided)) in rows {
        // September and October meet each of these.
        let meets = if bounds == &at_least(-100.0) { -90.0 } else { 95.0 };
        let (mut world, id) =
            monthly(*aggregation, Some(bounds.clone()), &[("2026-09-03", meets), ("2026-10-20", meets)]);
        for (nth, value) in (2..).zip(*november) {
            world.reading(id, date(&format!("2026-11-{:02}", nth * 4)), *value);
        }
        let guarded = world.kpi(Frequency::Monthly, Last);
        world.edit(Edit::of(guarded, KpiEdit::guards(Guards::new([id]).unwrap())));
        let day = date("2026-11-21");
        let report = world.kpi_report(id, "2026-11-21");
        assert_eq!((report.health, report.missed_early().is_some()), (*health, *decided), "{what}");
        // The value stays that of the last completed month; what is judged, and shown, is November.
        assert_eq!(value(report.current.as_ref()), Some(meets), "{what}");
        let hits = report.hits(12).unwrap();
        let since = report.unhealthy_since().map(|since| since.start);
        if *decided {
            assert_eq!(report.judged(), report.periods.last(), "{what}");
            assert_eq!(report.streak(), Some((false, 1)), "{what}");
            assert_eq!((hits.met, hits.judged, hits.periods, hits.with_running), (2, 3, 3, true), "{what}");
            assert_eq!(since, Some(date("2026-11-01")), "{what}");
            assert_eq!(report.urgency(day, day).days, 20, "{what}");
            assert_eq!(world.plan.broken_guards(guarded.into(), day).len(), 1, "{what}");
        } else {
            assert_eq!(report.judged(), report.current.as_ref(), "{what}");
            assert_eq!(report.streak(), Some((true, 2)), "{what}");
            assert_eq!((hits.met, hits.judged, hits.periods, hits.with_running), (2, 2, 2, false), "{what}");
            assert_eq!((since, report.periods.last().unwrap().health), (None, Pending), "{what}");
            assert!(world.plan.broken_guards(guarded.into(), day).is_empty(), "{what}");
        }
        // The heat table says the same of the running month.
        let columns = world.plan.heat_columns(Frequency::Monthly, 2, day);
        let kpi = world.plan.kpis.get(id).unwrap();
        let cells = world.plan.heat_row(kpi, &report, &columns, Frequency::Monthly, day);
        assert_eq!((cells[1].so_far(), cells[1].health()), (true, decided.then_some(Unhealthy)), "{what}");
    }
    // Within the tolerance, it is near its target for good.
    let (mut world, id) = monthly(Sum, None, &[("2026-10-20", 95.0), ("2026-11-05", 103.0)]);
    world.target(id, date("2020-01-01"), at_most(100.0), 5.0);
    assert_eq!(world.kpi_report(id, "2026-11-21").health, Warning);
    // Off target come first on the board, by what they have so far.
    let (mut world, blown) = monthly(Sum, Some(at_most(100.0)), &[("2026-10-20", 95.0), ("2026-11-05", 160.0)]);
    let missed = world.kpi(Frequency::Monthly, Sum);
    world.target(missed, date("2020-01-01"), at_most(100.0), 0.0);
    world.readings(missed, &[("2026-09-20", 95.0), ("2026-10-20", 101.0), ("2026-11-05", 10.0)]);
    let day = date("2026-11-21");
    let urgency = |kpi: &Kpi| world.plan.kpi_report(kpi, day).urgency(kpi.created, day);
    assert_eq!(world.plan.by_urgency(&urgency, day), [missed, blown], "for the longer time first");
}

#[test]
fn a_running_total_is_broken_for_good_unless_it_ever_fell_within_a_period() {
    for (readings, decided) in [
        // It starts again with each month.
        (&[("2026-10-30", 95.0), ("2026-11-05", 60.0), ("2026-11-19", 120.0)][..], true),
        (&[("2026-10-05", 95.0), ("2026-10-30", 90.0), ("2026-11-19", 120.0)][..], false),
    ] {
        let (mut world, id) = monthly(Last, Some(at_most(100.0)), readings);
        world.edit(Edit::of(id, KpiEdit::resets(true)));
        let report = world.kpi_report(id, "2026-11-21");
        assert_eq!(
            (report.health, report.missed_early().is_some()),
            (if decided { Unhealthy } else { Healthy }, decided)
        );
    }
}

#[test]
fn whether_what_is_calculated_can_come_back_follows_from_its_formula() {
    let (mut world, spent) = monthly(Sum, None, &[("2026-10-20", 90.0), ("2026-11-05", 160.0)]);
    world.edit(Edit::of(spent, KpiEdit::name(Name::new("Spent").unwrap())));
    let earned = world.called("Earned");
    world.edit(Edit::of(earned, KpiEdit::aggregation(Sum)));
    world.readings(earned, &[("2026-10-20", 20.0), ("2026-11-05", 20.0)]);
    for (formula, bounds, decided) in [
        ("Spent", at_most(100.0), true),
        ("Spent * 2", at_most(200.0), true),
        ("2 * Spent", at_most(200.0), true),
        ("Spent / 10", at_most(10.0), true),
        ("Spent + 5", at_most(100.0), true),
        ("Spent + Earned", at_most(150.0), true),
        ("max(Spent, Earned)", at_most(100.0), true),
        ("ytd(Spent)", at_most(200.0), true),
        ("-Spent", at_least(-100.0), true),
        ("100 - Spent", at_least(0.0), true),
        ("Spent * -1", at_least(-100.0), true),
        // What may go either way comes back perhaps.
        ("Spent - Earned", at_most(100.0), false),
        ("Spent / Earned", at_most(5.0), false),
        ("Spent * Earned", at_most(2000.0), false),
        ("Spent", at_least(200.0), false),
        ("100 - Spent", at_most(-100.0), false),
    ] {
        let id = world.calculated("Result", formula);
        world.target(id, date("2020-01-01"), bounds, 0.0);
        let report = world.kpi_report(id, "2026-11-21");
        assert_eq!(report.missed_early().is_some(), decided, "{formula}");
        assert!(report.so_far.is_some(), "{formula}");
        world.apply(Change::Delete(id.into()));
    }
}

#[test]
fn a_share_of_the_period_is_told_only_of_what_fills_up() {
    let (mut world, orders) = monthly(Sum, None, &[("2026-09-10", 10.0), ("2026-10-10", 30.0), ("2026-11-05", 4.0)]);
    world.edit(Edit::of(orders, KpiEdit::name(Name::new("Orders").unwrap())));
    let kinds = [("Visits", Sum, false), ("Level", Last, false), ("Total", Last, true), ("Mean", Mean, true)];
    let [visits, ..] = kinds.map(|(name, aggregation, resets)| {
        let id = world.called(name);
        world.edit(Edit::of(id, KpiEdit::aggregation(aggregation)));
        world.edit(Edit::of(id, KpiEdit::resets(resets)));
        world.readings(id, &[("2026-09-10", 1000.0), ("2026-10-10", 1000.0), ("2026-11-05", 100.0)]);
        id
    });
    for (formula, accrues) in [
        ("Orders", true),
        ("Total", true),
        ("Orders + Visits", true),
        ("Visits - Orders", true),
        ("sum(Orders, Visits, Total)", true),
        ("-Orders", true),
        ("Orders * 12", true),
        ("Orders / 100", true),
        ("Orders / (50 * 2)", true),
        ("Orders / Visits * 100", false),
        ("Orders * Visits", false),
        ("100 / Orders", false),
        ("Orders + 100", false),
        ("Orders + Level", false),
        ("avg(Orders, Visits)", false),
        ("min(Orders, Visits)", false),
        ("max(Orders, Visits)", false),
        ("ytd(Orders)", false),
        ("prev(Orders)", false),
        ("Orders - prev(Orders)", false),
        ("Mean", false),
        ("Level", false),
        ("100", false),
    ] {
        let id = world.calculated("Result", formula);
        assert_eq!(world.plan.accrues(world.plan.kpis.get(id).unwrap(), date("2026-11-21")), accrues, "{formula}");
        world.apply(Change::Delete(id.into()));
    }
    // 3 % in October, 4 % so far: no share of its 5 %, however many days have gone.
    let rate = world.calculated("Conversion", "Orders / Visits * 100");
    world.target(rate, date("2020-01-01"), at_least(5.0), 0.0);
    let report = world.kpi_report(rate, "2026-11-21");
    assert_eq!((value(report.current.as_ref()), report.so_far.map(Number::get)), (Some(3.0), Some(4.0)));
    assert_eq!((report.health, report.accrual), (Unhealthy, None));
    close_or_none(report.year_to_date.map(Number::get), Some(4400.0 / 2100.0), "44 of 2,100");
    // The sum of its parts fills up if each of them does, their mean does not.
    let whole = world.called("Whole");
    [orders, visits].into_iter().for_each(|part| world.part(part, whole));
    for (gathering, accrues) in [(Gathering::Sum, true), (Gathering::Mean, false)] {
        world.gathers(whole, gathering);
        assert_eq!(world.plan.accrues(world.plan.kpis.get(whole).unwrap(), date("2026-11-21")), accrues);
    }
}

#[test]
fn ahead_of_the_time_is_a_lead_towards_a_goal_and_none_towards_a_limit() {
    for (bounds, so_far, limit, too_fast) in [
        (at_most(100.0), 90.0, true, true),
        (at_most(100.0), 60.0, true, false),
        (at_least(100.0), 90.0, false, false),
        (at_least(100.0), 60.0, false, false),
    ] {
        let (world, id) = monthly(Sum, Some(bounds), &[("2026-11-05", so_far)]);
        let accrual = world.kpi_report(id, "2026-11-21").accrual.unwrap();
        // 20 of the 29 days from the first to the last.
        assert_eq!((accrual.gone, accrual.days), (20, 29));
        close(accrual.elapsed().unwrap(), 20.0 / 29.0, "elapsed");
        assert_eq!((accrual.limit, accrual.is_too_fast()), (limit, too_fast), "{so_far}");
    }
    // Nobody knows how much of a day has gone.
    let mut world = World::new();
    let id = world.kpi(Frequency::Daily, Sum);
    world.target(id, day(0), at_least(100.0), 0.0);
    world.reading(id, date("2026-11-21"), 20.0);
    assert_eq!(world.kpi_report(id, "2026-11-21").accrual.unwrap().elapsed(), None);
}

#[test]
fn in_its_first_period_a_value_so_far_waits_for_its_verdict() {
    let readings: Readings<'_> = &[("2026-11-05", 800.0)];
    for (bounds, health) in [(Some(at_least(12_000.0)), Pending), (Some(at_most(100.0)), Unhealthy), (None, NoTarget)] {
        let (mut world, id) = monthly(Last, bounds, readings);
        world.edit(Edit::of(id, KpiEdit::resets(true)));
        let report = world.kpi_report(id, "2026-11-21");
        assert_eq!((report.health, report.stale, report.current.is_none()), (health, false, true));
        assert_eq!(report.so_far, Some(number(800.0)));
    }
}

#[test]
fn of_years_there_is_one_year_before_and_one_year_to_date() {
    let mut world = World::new();
    let id = world.kpi(Frequency::Yearly, Sum);
    world.readings(id, &[("2024-05-05", 3.0), ("2025-05-05", 5.0), ("2026-05-05", 4.0)]);
    let report = world.kpi_report(id, "2026-11-21");
    assert_eq!(report.moved.map(|it| it.by), Some(2.0));
    assert_eq!((report.year_before, report.year_to_date), (None, None));
    assert_eq!(report.so_far, Some(number(4.0)));
}

#[test]
fn there_is_no_second_year_to_date_of_what_looks_at_several_periods() {
    let mut world = World::new();
    let levels = world.called("Levels");
    let sums = world.called("Sums");
    world.edit(Edit::of(sums, KpiEdit::aggregation(Sum)));
    for (month, value) in [("07", 10.0), ("08", 20.0), ("09", 30.0), ("10", 40.0)] {
        for id in [levels, sums] {
            world.reading(id, date(&format!("2026-{month}-15")), value);
        }
    }
    for (formula, now, to_date) in [
        ("ytd(Levels)", 100.0, None),
        ("ytd(Sums)", 100.0, None),
        ("prev(Sums)", 30.0, None),
        ("Levels * 2", 80.0, None),
        ("Sums * 2", 80.0, Some(200.0)),
        ("Sums / Levels", 1.0, Some(2.5)),
    ] {
        let id = world.calculated("Result", formula);
        let report = world.kpi_report(id, "2026-10-31");
        let shown = report.so_far.or(report.current.and_then(|it| it.value));
        assert_eq!((shown.map(Number::get), report.year_to_date.map(Number::get)), (Some(now), to_date), "{formula}");
        world.apply(Change::Delete(id.into()));
    }
}

#[test]
fn a_change_is_told_in_points_as_a_share_or_as_a_difference() {
    let unit = |unit: &str| Unit::new(unit).unwrap();
    for (before, now, of, expected) in [
        (7.2, 6.9, "%", Some(Figure::Points(number(6.9 - 7.2)))),
        (4.0, 5.0, "%", Some(Figure::Points(number(1.0)))),
        (4.0, 6.0, "", Some(Figure::Difference(number(2.0)))),
        (-10.0, 5.0, "EUR", Some(Figure::Share(1.5))),
        (-100.0, -50.0, "EUR", Some(Figure::Share(0.5))),
        (-50.0, -100.0, "EUR", Some(Figure::Share(-1.0))),
        // No share of nothing, and none that shows as 0 %.
        (0.0, -100.0, "EUR", Some(Figure::Difference(number(-100.0)))),
        (1e12, 1e12 + 1.0, "EUR", Some(Figure::Difference(number(1.0)))),
        (5.0, 5.0, "EUR", None),
    ] {
        let (world, id) = monthly(Last, None, &[("2026-09-20", before), ("2026-10-20", now)]);
        let moved = world.kpi_report(id, "2026-11-01").moved.unwrap();
        assert_eq!(moved.figure(&unit(of)), expected, "{before} to {now} {of}");
    }
}

#[test]
fn a_sum_beyond_what_a_number_may_be_is_a_gap_that_says_so() {
    let (world, id) = monthly(Sum, None, &[("2026-10-05", 1e15), ("2026-10-06", 1e15)]);
    let report = world.kpi_report(id, "2026-11-21");
    assert_eq!(report.periods[0].gap, Some(Gap::TooLarge));
    assert_eq!(report.current, None);
}
