//! KPIs that consist of parts: the same for each person, site or segment.

use bearings_plan::*;

use crate::builder::*;

/// A whole with parts A, B and C.
fn whole(gathering: Gathering) -> (World, KpiId, [KpiId; 3]) {
    let mut world = World::new();
    world.today = date("2015-01-01");
    let whole = world.called("Whole");
    world.gathers(whole, gathering);
    let parts = ["A", "B", "C"].map(|name| world.called(name));
    for part in parts {
        world.part(part, whole);
    }
    (world, whole, parts)
}

#[test]
fn parts_count_from_their_first_value_on() {
    for (gathering, expected) in [(Gathering::Sum, [10.0, 32.0, 66.0]), (Gathering::Mean, [10.0, 16.0, 22.0])] {
        let (mut world, whole, [a, b, c]) = whole(gathering);
        world.readings(a, &[("2026-07-31", 10.0), ("2026-08-31", 12.0), ("2026-09-30", 14.0)]);
        world.readings(b, &[("2026-08-31", 20.0), ("2026-09-30", 22.0)]);
        world.readings(c, &[("2026-09-30", 30.0)]);
        assert_eq!(world.values(whole, "2026-09-30"), expected.map(Ok), "{gathering:?}");
        // Whoever has begun is missed.
        let gap = Err(Gap::NoReading(a));
        assert_eq!(world.values(whole, "2026-10-31")[3], gap, "{gathering:?}");
    }
}

#[test]
fn parts_count_until_they_are_scrapped() {
    let (mut world, whole, [a, b, c]) = whole(Gathering::Sum);
    world.readings(a, &[("2026-07-31", 10.0), ("2026-08-31", 12.0), ("2026-09-30", 14.0)]);
    world.readings(b, &[("2026-07-31", 1.0), ("2026-08-31", 2.0)]);
    let scrapped = |reason| Some(Scrapped { reason: prose(reason) });
    world.edit_from(date("2026-09-10"), Edit::of(b, KpiEdit::scrapped(scrapped("He left."))));
    assert_eq!(world.values(whole, "2026-09-30"), [Ok(11.0), Ok(14.0), Ok(14.0)]);
    // It was kept until then.
    assert_eq!(world.values(whole, "2026-08-31"), [Ok(11.0), Ok(14.0)]);
    for part in [a, c] {
        world.edit_from(date("2026-09-10"), Edit::of(part, KpiEdit::scrapped(scrapped("Nobody looks."))));
    }
    assert_eq!(world.values(whole, "2026-09-30"), [Ok(11.0), Ok(14.0), Err(Gap::NoParts(whole))]);
}

#[test]
fn parts_come_go_and_have_parts_themselves() {
    let (mut world, whole, [a, b, c]) = whole(Gathering::Sum);
    assert_eq!(world.values(whole, "2026-09-30"), []);
    world.readings(a, &[("2026-09-30", 1.0)]);
    world.readings(b, &[("2026-09-30", 2.0)]);
    world.readings(c, &[("2026-09-30", 4.0)]);
    assert_eq!(world.values(whole, "2026-09-30"), [Ok(7.0)]);
    // C becomes part of B, whose own reading does not count once its parts do.
    world.part(c, b);
    assert_eq!(world.values(whole, "2026-09-30"), [Ok(3.0)]);
    world.gathers(b, Gathering::Mean);
    assert_eq!(world.values(whole, "2026-09-30"), [Ok(5.0)]);
    world.apply(world.plan.deletion(c.into(), world.today));
    assert_eq!(world.values(b, "2026-09-30"), []);
    // B has not begun without its part.
    assert_eq!(world.values(whole, "2026-09-30"), [Ok(1.0)]);
    let parts = |world: &World, id| world.plan.parts_of(id, world.today).map(|part| part.id).collect::<Vec<_>>();
    assert_eq!((parts(&world, whole), parts(&world, b)), (vec![a, b], vec![]));
    // A whole with readings of its own takes nothing from its parts.
    world.edit(Edit::of(whole, KpiEdit::origin(Origin::Readings {})));
    world.readings(whole, &[("2026-09-30", 40.0)]);
    assert_eq!(world.values(whole, "2026-09-30"), [Ok(40.0)]);
}

#[test]
fn a_part_is_made_like_the_whole() {
    let (mut world, whole, _) = whole(Gathering::Mean);
    world.target(whole, date("2026-01-01"), at_least(30.0), 0.5);
    for edit in [
        KpiEdit::unit(Unit::new("pairs").unwrap()),
        KpiEdit::frequency(Frequency::Weekly),
        KpiEdit::aggregation(Aggregation::Mean),
        KpiEdit::why(prose("Below 30 the gloves pile up.")),
        KpiEdit::resets(true),
    ] {
        world.edit(Edit::of(whole, edit));
    }
    let at = At { day: date("2026-10-01"), ..world.at() };
    let id = KpiId::from(world.seed());
    let part = world.plan.kpis.get(whole).unwrap().part(id, Name::new("Per specialist: Ida").unwrap(), at);
    let on = |day: &str| date(day);
    assert_eq!((part.id, part.name.as_str(), part.unit.as_str()), (id, "Per specialist: Ida", "pairs"));
    assert_eq!(*part.parent.on(at.day), Some(whole));
    assert_eq!((*part.frequency.on(at.day), *part.aggregation.on(at.day)), (Frequency::Weekly, Aggregation::Mean));
    assert!(*part.resets.on(at.day) && part.is_read(at.day) && part.readings.iter().next().is_none());
    assert_eq!(part.target.on(at.day), world.plan.kpis.get(whole).unwrap().target.on(at.day));
    assert_eq!(part.target.on(on("2026-10-01")).as_ref().unwrap().bounds, at_least(30.0));
    assert_eq!(part.why.as_str(), "Below 30 the gloves pile up.");
}
