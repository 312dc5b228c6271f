//! Targets that are split over several key results.

use bearings_plan::*;

use crate::builder::*;

/// A whole, and shares of it: start and target of each.
fn split(whole: (f64, f64), shares: &[(f64, f64)]) -> (World, KeyResultId, Vec<KeyResultId>) {
    let (mut world, id) = World::with(metric(whole.0, whole.1));
    let objective = *world.key_result_of(id).objective.on(day(0));
    let shares = shares.iter().map(|&(start, target)| {
        let share = world.key_result(objective, metric(start, target));
        world.edit_key_result(share, KeyResultEdit::part_of(Some(id)));
        share
    });
    let shares = shares.collect();
    (world, id, shares)
}

#[test]
fn the_rest_is_what_nobody_has_taken() {
    type Row = (&'static str, (f64, f64), &'static [(f64, f64)], f64, f64);
    let rows: &[Row] = &[
        // whole, shares | the way of the whole, what is left of it
        ("half of it", (0.0, 100.0), &[(0.0, 50.0)], 100.0, 50.0),
        ("all of it", (0.0, 100.0), &[(0.0, 30.0), (0.0, 70.0)], 100.0, 0.0),
        ("from other starts", (100.0, 200.0), &[(10.0, 40.0), (5.0, 25.0)], 100.0, 50.0),
        ("more than there is", (0.0, 100.0), &[(0.0, 80.0), (0.0, 45.0)], 100.0, -25.0),
        ("downwards", (200.0, 100.0), &[(90.0, 50.0), (80.0, 60.0)], -100.0, 40.0),
        ("more than there is, downwards", (10.0, 0.0), &[(9.0, 1.0), (5.0, 1.0)], -10.0, -2.0),
        ("one goes the other way", (0.0, 100.0), &[(0.0, 60.0), (50.0, 30.0)], 100.0, 60.0),
        ("below zero", (-50.0, 50.0), &[(-20.0, 20.0)], 100.0, 60.0),
    ];
    for &(name, whole, shares, way, rest) in rows {
        let (world, id, ids) = split(whole, shares);
        let found = world.plan.distribution(world.key_result_of(id), day(0)).unwrap();
        close(found.whole, way, name);
        close(found.rest, rest, name);
        let each: Vec<_> = ids.iter().zip(shares).map(|(id, (start, target))| (*id, target - start)).collect();
        assert_eq!(found.shares, each, "{name}");
        let along: f64 = found.shares.iter().map(|(_, share)| found.along(*share)).sum();
        close(found.along(found.whole) - along, rest, &format!("{name}: seen along the way"));
        assert!(found.along(found.whole) > 0.0, "{name}");
    }
}

#[test]
fn only_metrics_take_a_share_of_a_metric() {
    let (mut world, id, shares) = split((0.0, 100.0), &[(0.0, 40.0), (0.0, 20.0)]);
    let rest = |world: &World| world.plan.distribution(world.key_result_of(id), day(50)).map(|it| it.rest);
    assert_eq!(rest(&world), Some(40.0));
    world.edit_from(day(40), Edit::of(shares[0], KeyResultEdit::measure(Measure::Done {})));
    assert_eq!(rest(&world), Some(80.0));
    world.edit_from(day(40), Edit::of(shares[1], KeyResultEdit::part_of(None)));
    assert_eq!(rest(&world), None, "nobody takes a share");
    let (mut world, id, _) = split((0.0, 100.0), &[(0.0, 40.0)]);
    world.edit_key_result(id, KeyResultEdit::measure(Measure::Milestones {}));
    assert_eq!(world.plan.distribution(world.key_result_of(id), day(50)), None, "the whole is no metric");
}

#[test]
fn shares_hold_from_their_day_on() {
    let (mut world, id, shares) = split((0.0, 100.0), &[(0.0, 40.0)]);
    world.edit_from(day(30), Edit::of(shares[0], KeyResultEdit::measure(metric(0.0, 70.0))));
    world.edit_from(day(60), Edit::of(id, KeyResultEdit::measure(metric(0.0, 200.0))));
    for (n, rest) in [(29, 60.0), (30, 30.0), (60, 130.0)] {
        close(world.plan.distribution(world.key_result_of(id), day(n)).unwrap().rest, rest, &format!("day {n}"));
    }
}
