//! From KPI to goal, from goal to KPI, and on to a stricter target.

use bearings_plan::*;

use crate::builder::*;

fn month(n: u8) -> Day {
    date("2026-01-10").plus_months(i32::from(n) - 1)
}

/// A monthly KPI with a reading in each month of 2026, beginning with January, and a target.
fn monthly(bounds: Bounds, tolerance: f64, values: &[f64]) -> (World, KpiId) {
    let mut world = World::new();
    world.today = date("2020-01-01");
    let kpi = world.kpi(Frequency::Monthly, Aggregation::Last);
    world.target(kpi, world.today, bounds, tolerance);
    for (n, value) in (1_u8..).zip(values) {
        world.reading(kpi, month(n), *value);
    }
    (world, kpi)
}

fn raise(world: &World, kpi: KpiId, on: &str) -> Option<Raise> {
    let it = world.plan.kpis.get(kpi).unwrap();
    world.plan.raise(it, &world.plan.kpi_report(it, date(on)), date(on))
}

#[test]
fn a_target_that_is_met_three_times_may_be_raised() {
    // bounds, the last three values | median, suggested
    for (bounds, values, median, to) in [
        (at_least(4000.0), [4100.0, 4900.0, 4380.0], 4380.0, Some(at_least(4300.0))),
        (at_least(95.0), [96.0, 98.2, 97.36], 97.36, Some(at_least(97.0))),
        (at_least(95.5), [96.0, 98.2, 97.36], 97.36, Some(at_least(97.3))),
        (at_least(0.5), [0.7, 0.6, 0.9], 0.7, Some(at_least(0.7))),
        (at_least(-10.0), [-4.0, -8.0, -5.5], -5.5, Some(at_least(-5.5))),
        (at_most(2.0), [1.62, 1.2, 1.9], 1.62, Some(at_most(1.7))),
        (at_most(0.1), [0.083, 0.09, 0.08], 0.083, Some(at_most(0.083))),
        (at_most(45.0), [38.0, 41.3, 44.0], 41.3, Some(at_most(42.0))),
        (at_most(3.0), [0.0, 0.0, 2.0], 0.0, Some(at_most(0.0))),
        (at_most(1e9), [812_345_678.0, 9e8, 7e8], 812_345_678.0, Some(at_most(820_000_000.0))),
        // Rounded, it would be the target of now.
        (at_least(99.9), [99.95, 99.9, 99.99], 99.95, None),
        (at_least(95.0), [95.0, 95.0, 99.0], 95.0, None),
        (at_most(45.0), [45.0, 44.9, 45.0], 45.0, None),
        // A range is no direction.
        (between(5.0, 8.0), [6.0, 6.0, 6.0], 6.0, None),
    ] {
        let (world, kpi) = monthly(bounds.clone(), 1.0, &values);
        let found = raise(&world, kpi, "2026-04-05");
        let what = format!("{bounds:?} {values:?}");
        assert_eq!(found.as_ref().map(|it| it.target.bounds.clone()), to, "{what}");
        if let Some(found) = found {
            assert_eq!((found.median, found.values), (number(median), values.map(number)), "{what}");
            assert_eq!(found.target.tolerance, number(1.0), "{what}");
            assert_eq!(found.from, date("2026-05-01"), "{what}");
        }
    }
}

#[test]
fn nothing_is_raised_that_is_not_met_for_good() {
    let to = |values: &[f64], on: &str| {
        let (world, kpi) = monthly(at_least(4.0), 1.0, values);
        raise(&world, kpi, on).map(|it| it.target.bounds)
    };
    let met = Some(at_least(6.0));
    assert_eq!(to(&[6.0, 6.0, 6.0], "2026-04-01"), met);
    assert_eq!(to(&[6.0, 6.0, 6.0], "2026-03-31"), None, "the third month runs");
    assert_eq!(to(&[3.0, 6.0, 6.0, 6.0], "2026-05-05"), met);
    assert_eq!(to(&[6.0, 3.0, 6.0, 6.0], "2026-05-05"), None, "near the target is not on it");
    assert_eq!(to(&[6.0, 6.0, 3.0], "2026-04-05"), None);
    assert_eq!(to(&[6.0, 6.0], "2026-03-05"), None);
    assert_eq!(to(&[6.0, 6.0, 6.0], "2026-05-05"), None, "April is missing");
    assert_eq!(to(&[6.0, 6.0, 6.0, 3.5], "2026-04-15"), None, "April begins badly");

    let base = || monthly(at_least(4.0), 0.0, &[6.0, 6.0, 6.0]);
    let (mut world, kpi) = base();
    world.target(kpi, date("2026-03-15"), at_least(5.0), 0.0);
    assert_eq!(raise(&world, kpi, "2026-04-05"), None, "another target held for two of them");
    let (mut world, kpi) = base();
    world.target(kpi, date("2026-07-01"), at_least(5.0), 0.0);
    assert_eq!(raise(&world, kpi, "2026-04-05"), None, "a stricter one is planned");
    let (mut world, kpi) = base();
    let scrapped = Some(Scrapped { reason: prose("No.") });
    world.edit_from(date("2026-04-01"), Edit::of(kpi, KpiEdit::scrapped(scrapped)));
    assert_eq!(raise(&world, kpi, "2026-04-05"), None);
    let (mut world, kpi) = base();
    world.edit_from(date("2020-01-01"), Edit::of(kpi, KpiEdit::target(None)));
    assert_eq!(raise(&world, kpi, "2026-04-05"), None);
}

/// A quarter from October to December 2026, beside a KPI with these values in August, September and October.
fn quarter(bounds: Bounds, values: [f64; 3]) -> (World, CycleId, KpiId) {
    let (mut world, kpi) = monthly(bounds, 0.0, &[]);
    for (n, value) in (8..).zip(values) {
        world.reading(kpi, month(n), value);
    }
    let cycle = world.cycle(date("2026-10-01"), date("2026-12-31"));
    (world, cycle, kpi)
}

fn promotion(world: &World, kpi: KpiId, on: &str) -> Option<Promotion> {
    world.plan.promotion(world.plan.kpis.get(kpi).unwrap(), date(on))
}

#[test]
fn an_unhealthy_kpi_calls_for_a_goal() {
    // target, value | the way back
    for (bounds, value, expected) in [
        (at_most(2.0), 3.4, Some(metric(3.4, 2.0))),
        (at_least(95.0), 91.0, Some(metric(91.0, 95.0))),
        (between(5.0, 8.0), 9.0, Some(stay(between(5.0, 8.0), 0.8))),
        (between(5.0, 8.0), 4.0, Some(stay(between(5.0, 8.0), 0.8))),
        (at_most(2.0), 2.0, None),
    ] {
        let (world, cycle, kpi) = quarter(bounds.clone(), [9.0, 9.0, value]);
        let found = promotion(&world, kpi, "2026-11-21");
        assert_eq!(found.as_ref().map(|it| it.measure.clone()), expected, "{bounds:?} {value}");
        if let Some(found) = found {
            assert_eq!((found.cycle, found.title.as_str(), found.key_result.as_str()), (Some(cycle), "KPI", "KPI"));
        }
    }
    let (mut world, _, kpi) = quarter(at_most(2.0), [9.0, 9.0, 3.4]);
    assert!(promotion(&world, kpi, "2026-12-15").is_some(), "November's value may still come");
    assert_eq!(promotion(&world, kpi, "2026-12-16"), None, "November is missing: who knows?");
    assert_eq!(promotion(&world, kpi, "2027-01-05"), None);
    world.target(kpi, date("2026-11-01"), at_most(4.0), 0.0);
    assert_eq!(promotion(&world, kpi, "2026-11-21"), None, "by now it is where it should be");
}

#[test]
fn a_promoted_kpi_feeds_its_goal_from_that_day_on() {
    let (mut world, cycle, kpi) = quarter(at_most(2.0), [9.0, 9.0, 3.4]);
    let owner = world.owner("Ann", None);
    let pillar = PillarId::from(world.seed());
    let at = world.at();
    world.add(Pillar::new(pillar, Name::new("Quality").unwrap(), at));
    let guard = world.kpi(Frequency::Monthly, Aggregation::Last);
    for edit in [
        KpiEdit::owner(Some(owner)),
        KpiEdit::pillar(Some(pillar)),
        KpiEdit::why(prose("Returns cost us twice.")),
        KpiEdit::unit(Unit::new("%").unwrap()),
        KpiEdit::guards(Guards::new([guard]).unwrap()),
    ] {
        world.edit(Edit::of(kpi, edit));
    }
    world.today = date("2026-11-21");
    let mut found = promotion(&world, kpi, "2026-11-21").unwrap();
    assert_eq!((found.owner, found.pillar), (Some(owner), Some(pillar)));
    found.title = Name::new("No more scrap").unwrap();
    let (at, before, mut n) = (world.at(), world.plan.clone(), 0);
    let (id, change) = before.promote(before.kpis.get(kpi).unwrap(), found.clone(), at, || {
        n += 1;
        Seed { millis: 1_000_000 + n, random: [1; 10] }
    });
    let (after, inverse) = before.permitted(&change, at).unwrap();
    let objective = after.objectives.get(id).unwrap();
    assert_eq!((objective.title.as_str(), objective.why.as_str()), ("No more scrap", "Returns cost us twice."));
    assert_eq!(
        (*objective.cycle.on(at.day), *objective.owner, *objective.pillar),
        (Some(cycle), Some(owner), Some(pillar))
    );
    let own = after.key_results_of(id, at.day);
    let [own] = own.as_slice() else { panic!("one key result") };
    assert_eq!((own.unit.as_str(), *own.fed_by.on(at.day)), ("%", Some(kpi)));
    assert_eq!(own.guards.on(at.day), &Guards::new([guard]).unwrap());
    // It begins today: nothing is behind yet.
    let report = after.key_result_report(own, at.day);
    assert_eq!(report.span, Some(span(date("2026-11-21"), date("2026-12-31"))));
    assert_eq!((report.value, report.status), (Some(number(3.4)), Status::OnTrack));
    assert_eq!(after.fed_from(kpi, at.day).iter().map(|it| it.id).collect::<Vec<_>>(), [own.id]);
    // One such goal is enough.
    assert_eq!(after.promotion(after.kpis.get(kpi).unwrap(), at.day), None);
    let undone = after.apply(&inverse, world.at()).unwrap().0;
    assert!(compare::compare(&undone, &before).is_empty());
    assert_eq!(undone.promotion(undone.kpis.get(kpi).unwrap(), at.day).unwrap().measure, found.measure);

    // In a cycle that is still to come, or in none, it has no days of its own.
    let next = world.cycle(date("2027-01-01"), date("2027-03-31"));
    for chosen in [Some(next), None] {
        let promotion = Promotion { cycle: chosen, ..found.clone() };
        let (id, change) = world.plan.promote(world.plan.kpis.get(kpi).unwrap(), promotion, at, || {
            n += 1;
            Seed { millis: 1_000_000 + n, random: [1; 10] }
        });
        let after = world.plan.permitted(&change, at).unwrap().0;
        assert_eq!(*after.key_results_of(id, at.day)[0].dates.on(at.day), None);
    }
}

#[test]
fn a_goal_that_is_reached_may_go_on_as_a_kpi_once() {
    // measure, value | is it offered?
    for (measure, value, offered) in [
        (metric(4.0, 10.0), 10.0, true),
        (metric(4.0, 10.0), 9.9, false),
        (metric(10.0, 4.0), 4.0, true),
        (Measure::Done {}, 1.0, false),
        (Measure::Baseline {}, 1.0, false),
    ] {
        let (mut world, id) = World::with(measure.clone());
        world.value(id, 9, value);
        assert_eq!(world.plan.may_be_kept(world.key_result_of(id), day(10)), offered, "{measure:?} {value}");
    }
    let (mut world, id) = World::with(metric(10.0, 4.0));
    world.today = day(20);
    world.value(id, 9, 5.0);
    world.value(id, 9, 4.8);
    world.check_in(id, 12, None, Some(7));
    world.value(id, 19, 3.5);
    let (at, seed) = (world.at(), world.seed());
    let change = world.plan.keeping(world.key_result_of(id), at, seed.into());
    let (after, inverse) = world.plan.permitted(&change, at).unwrap();
    let kpi = after.kept_from(id).unwrap();
    assert_eq!(*kpi.target.on(at.day), Some(Target { bounds: at_most(4.0), tolerance: Number::ZERO }));
    assert_eq!(after.kpi_value(kpi, at.day), Some(number(3.5)));
    // All that was checked in comes along, with days and notes; a word without a value is no reading.
    let readings: Vec<_> = kpi.readings.iter().map(|(key, row)| (key.day, row.value, row.note.as_str())).collect();
    assert_eq!(
        readings,
        [(day(9), number(5.0), "a note"), (day(9), number(4.8), "a note"), (day(19), number(3.5), "a note")]
    );
    assert!(!after.may_be_kept(after.key_results.get(id).unwrap(), at.day), "not twice");
    let undone = after.apply(&inverse, world.at()).unwrap().0;
    assert!(undone.may_be_kept(undone.key_results.get(id).unwrap(), at.day));

    // Nor when the cycle is closed.
    world.plan = after;
    let cycle = world.plan.cycles.iter().next().unwrap().id;
    let objective = *world.key_result_of(id).objective.on(at.day);
    let decided =
        Verdict { score: None, outcome: Outcome::Achieved, reason: Prose::default(), learned: Prose::default() };
    let decision = Decision { objective, verdict: decided, fates: vec![(id, Fate::Kept)] };
    let at = world.at();
    let change = world.plan.closing(cycle, &[decision], Prose::default(), None, at, || unreachable!("a second KPI"));
    world.apply(change);
    assert_eq!(world.plan.kpis.len(), 1);
    assert_eq!(world.plan.kept_as(world.key_result_of(id), at.day).map(|kpi| kpi.id), Some(seed.into()));

    // What a KPI feeds has its KPI.
    let (mut world, id) = World::with(metric(10.0, 4.0));
    let kpi = world.kpi(Frequency::Monthly, Aggregation::Last);
    world.reading(kpi, day(5), 3.0);
    world.edit_key_result(id, KeyResultEdit::fed_by(Some(kpi)));
    assert_eq!(world.report(id, 9).status, Status::Achieved);
    assert!(!world.plan.may_be_kept(world.key_result_of(id), day(9)));
}
