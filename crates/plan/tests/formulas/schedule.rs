//! The schedule of a KPI's targets.

use bearings_plan::*;

use crate::builder::*;

fn at_least(value: f64) -> Option<Target> {
    Some(Target { bounds: Bounds::AtLeast { value: number(value) }, tolerance: Number::ZERO })
}

fn schedule(world: &World, kpi: KpiId) -> Vec<(String, f64)> {
    let kpi = world.plan.kpis.get(kpi).unwrap();
    let floor = |target: Option<Target>| match target.map(|target| target.bounds) {
        Some(Bounds::AtLeast { value }) => value.get(),
        _ => f64::NAN,
    };
    world.plan.targets_of(kpi).into_iter().map(|(from, _, target)| (from.to_string(), floor(target))).collect()
}

fn with_target(value: f64) -> (World, KpiId) {
    let mut world = World::new();
    let id = world.kpi(Frequency::Monthly, Aggregation::Sum);
    let change = world.plan.target_set(world.plan.kpis.get(id).unwrap(), at_least(value), day(0));
    world.apply(change);
    (world, id)
}

/// Makes a change; gives what takes it back.
fn inverse(world: &mut World, change: Change) -> Change {
    let at = world.at();
    let (_, undo) = world.plan.apply(&change, at).unwrap();
    world.apply(change);
    undo
}

#[test]
fn a_target_for_one_period_gives_way_to_what_held_before() {
    let (mut world, id) = with_target(100.0);
    let kpi = |world: &World| world.plan.kpis.get(id).unwrap().clone();
    let december = world.plan.target_set_for(&kpi(&world), at_least(300.0), date("2026-12-24"), date("2026-11-22"));
    world.apply(december);
    for (day, value) in [("2026-11-30", 100.0), ("2026-12-01", 300.0), ("2026-12-31", 300.0), ("2027-01-01", 100.0)] {
        assert_eq!(*kpi(&world).target.on(date(day)), at_least(value), "{day}");
    }
}

#[test]
fn a_target_for_one_period_leaves_later_decisions_alone_and_takes_back_those_within_it() {
    let (mut world, id) = with_target(100.0);
    let kpi = |world: &World| world.plan.kpis.get(id).unwrap().clone();
    for (from, value) in [("2026-12-10", 150.0), ("2027-01-01", 200.0)] {
        let change = world.plan.target_set(&kpi(&world), at_least(value), date(from));
        world.apply(change);
    }
    let december = world.plan.target_set_for(&kpi(&world), at_least(300.0), date("2026-12-01"), date("2026-11-22"));
    let undo = inverse(&mut world, december);
    let expected = [("2026-12-01", 300.0), ("2027-01-01", 200.0)];
    let now = schedule(&world, id);
    assert_eq!(now[now.len() - 2..], expected.map(|(from, value)| (from.to_owned(), value)));
    world.apply(undo);
    let back = schedule(&world, id);
    assert_eq!(back[back.len() - 2..], [("2026-12-10".to_owned(), 150.0), ("2027-01-01".to_owned(), 200.0)]);
}

#[test]
fn targets_of_several_periods_are_set_at_once_and_leave_the_others_as_they_were() {
    let (mut world, id) = with_target(100.0);
    let kpi = |world: &World| world.plan.kpis.get(id).unwrap().clone();
    // Decided before: a raise within February, and one for May and what follows.
    for (from, value) in [("2027-02-15", 150.0), ("2027-05-01", 200.0)] {
        let change = world.plan.target_set(&kpi(&world), at_least(value), date(from));
        world.apply(change);
    }
    let ahead = world.plan.targets_ahead(&kpi(&world), date("2026-11-22"));
    assert_eq!((ahead.len(), ahead[0].0.start, ahead[11].0.end), (12, date("2026-11-01"), date("2027-10-31")));
    let in_force = |targets: &[(Span, Option<Target>)]| targets.iter().map(|it| it.1.clone()).collect::<Vec<_>>();
    let values = |values: &[f64]| values.iter().map(|value| at_least(*value)).collect::<Vec<_>>();
    let before = [100.0, 100.0, 100.0, 150.0, 150.0, 150.0, 200.0, 200.0, 200.0, 200.0, 200.0, 200.0];
    assert_eq!(in_force(&ahead), values(&before));
    // December and January follow one another, then February, April and the last one.
    let new: Vec<_> = [(1, 110.0), (2, 120.0), (3, 130.0), (5, 140.0), (11, 250.0)]
        .map(|(place, value)| (ahead[place].0.clone(), at_least(value)))
        .into();
    let change = world.plan.targets_set_for(&kpi(&world), &new, date("2026-11-22"));
    let undo = inverse(&mut world, change);
    let after = [100.0, 110.0, 120.0, 130.0, 150.0, 140.0, 200.0, 200.0, 200.0, 200.0, 200.0, 250.0];
    let ahead = world.plan.targets_ahead(&kpi(&world), date("2026-11-22"));
    assert_eq!(in_force(&ahead), values(&after));
    assert_eq!(*kpi(&world).target.on(date("2027-02-14")), at_least(130.0), "all of February");
    assert_eq!(*kpi(&world).target.on(date("2027-11-01")), at_least(200.0), "and what follows is as it was");
    world.apply(undo);
    assert_eq!(in_force(&world.plan.targets_ahead(&kpi(&world), date("2026-11-22"))), values(&before));
    // A period without a target is one of them.
    let change = world.plan.targets_set_for(&kpi(&world), &[(ahead[2].0.clone(), None)], date("2026-11-22"));
    world.apply(change);
    let found = in_force(&world.plan.targets_ahead(&kpi(&world), date("2026-11-22")));
    assert_eq!((found[1].clone(), found[2].clone(), found[3].clone()), (at_least(100.0), None, at_least(150.0)));
}

#[test]
fn what_is_taken_back_lets_the_one_before_hold_on() {
    let (mut world, id) = with_target(100.0);
    let kpi = |world: &World| world.plan.kpis.get(id).unwrap().clone();
    let change = world.plan.target_set(&kpi(&world), at_least(200.0), date("2027-06-01"));
    world.apply(change);
    let change = world.plan.target_withdrawn(&kpi(&world), date("2027-06-01"));
    let undo = inverse(&mut world, change);
    assert_eq!(*kpi(&world).target.on(date("2027-06-01")), at_least(100.0));
    world.apply(undo);
    assert_eq!(*kpi(&world).target.on(date("2027-06-01")), at_least(200.0));
}

#[test]
fn what_begins_at_zero_is_measured_against_the_target_of_its_period() {
    // readings, resets, on | so far, share, elapsed: of 30 days, 29 lie between the first and the last
    type Row<'a> = (Aggregation, bool, &'a [(&'a str, f64)], &'a str, Option<(f64, f64, f64)>);
    let rows: [Row<'_>; 6] = [
        (
            Aggregation::Sum,
            false,
            &[("2026-11-03", 30.0), ("2026-11-10", 20.0)],
            "2026-11-15",
            Some((50.0, 0.5, 14.0 / 29.0)),
        ),
        (
            Aggregation::Last,
            true,
            &[("2026-11-03", 30.0), ("2026-11-10", 50.0)],
            "2026-11-15",
            Some((50.0, 0.5, 14.0 / 29.0)),
        ),
        (Aggregation::Last, false, &[("2026-11-10", 50.0)], "2026-11-15", None),
        (Aggregation::Sum, false, &[("2026-11-30", 120.0)], "2026-11-30", Some((120.0, 1.2, 1.0))),
        (Aggregation::Sum, false, &[("2026-10-30", 120.0)], "2026-11-15", None),
        (Aggregation::Sum, false, &[("2028-02-01", 25.0)], "2028-02-29", Some((25.0, 0.25, 1.0))),
    ];
    for (how, resets, readings, on, expected) in rows {
        let mut world = World::new();
        let id = world.kpi(Frequency::Monthly, how);
        world.edit_from(day(0), Edit::of(id, KpiEdit::resets(resets)));
        world.target(id, day(0), Bounds::AtLeast { value: number(100.0) }, 0.0);
        for (day, value) in readings {
            world.reading(id, date(day), *value);
        }
        let accrual = world.kpi_report(id, on).accrual;
        assert_eq!(accrual.map(|it| (it.so_far.get(), it.share, it.elapsed().unwrap())), expected, "{how:?} {on}");
    }
}

#[test]
fn a_year_to_date_is_all_of_the_fiscal_year_as_one_period() {
    // aggregation, fiscal start | year to date
    for (how, month, expected) in [
        (Aggregation::Sum, 1, Some(60.0)),
        (Aggregation::Mean, 1, Some(30.0)),
        (Aggregation::Min, 1, Some(20.0)),
        (Aggregation::Max, 1, Some(40.0)),
        (Aggregation::Last, 1, None),
        (Aggregation::Sum, 4, Some(40.0)),
        (Aggregation::Sum, 12, Some(160.0)),
    ] {
        let mut world = World::new();
        let id = world.kpi(Frequency::Monthly, how);
        let edit = Edit::frame(FrameEdit::fiscal_start(Month::new(month).unwrap()));
        world.edit_from(day(0), edit);
        for (day, value) in [("2026-11-30", 1.0), ("2026-12-31", 100.0), ("2027-01-01", 20.0), ("2027-05-05", 40.0)] {
            world.reading(id, date(day), value);
        }
        assert_eq!(world.kpi_report(id, "2027-05-20").year_to_date.map(Number::get), expected, "{how:?} {month}");
    }
}

#[test]
fn the_same_period_a_year_before() {
    let mut world = World::new();
    let id = world.kpi(Frequency::Monthly, Aggregation::Last);
    world.target(id, day(0), Bounds::AtMost { value: number(10.0) }, 0.0);
    for (day, value) in [("2025-10-10", 8.0), ("2026-09-10", 5.0), ("2026-10-10", 6.0)] {
        world.reading(id, date(day), value);
    }
    let report = world.kpi_report(id, "2026-10-20");
    let year = report.year_before.unwrap();
    assert_eq!((year.from.get(), year.by, year.share, year.better), (8.0, -2.0, Some(-0.25), Some(true)));
    assert_eq!(report.moved.unwrap().better, Some(false));
    assert_eq!(world.kpi_report(id, "2026-09-20").year_before, None);
}
