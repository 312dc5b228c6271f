//! The board: groups, order, parts, what is not on it.

use bearings_plan::*;
use proptest::{collection::vec, prelude::*};

use crate::builder::*;

/// A plan that began long ago.
fn begun() -> World {
    let mut world = World::new();
    world.today = date("2020-01-01");
    world
}

/// KPIs by name, read every month.
fn named(world: &mut World, names: &[&str]) -> Vec<KpiId> {
    let made = names.iter().map(|name| {
        let id = world.kpi(Frequency::Monthly, Aggregation::Last);
        world.edit(Edit::of(id, KpiEdit::name(Name::new(name).unwrap())));
        id
    });
    made.collect()
}

fn part(world: &mut World, part: KpiId, whole: KpiId) {
    world.edit(Edit::of(part, KpiEdit::parent(Some(whole))));
}

fn scrap(world: &mut World, id: KpiId) {
    world.edit(Edit::of(id, KpiEdit::scrapped(Some(Scrapped { reason: prose("Nobody looked at it") }))));
}

fn pillar(world: &mut World, perspective: Option<Perspective>) -> PillarId {
    let (id, at) = (PillarId::from(world.seed()), world.at());
    world.add(Pillar::new(id, Name::new("Pillar").unwrap(), at));
    world.edit(Edit::of(id, PillarEdit::perspective(perspective)));
    id
}

/// "a >b c" of each group: `>` for each whole above.
fn told(world: &World, grouping: Grouping, sorting: Sorting, words: &str, on: &str) -> Vec<(Section, String)> {
    let day = date(on);
    let urgency = |kpi: &Kpi| world.plan.kpi_report(kpi, day).urgency(kpi.created, day);
    let groups = world.plan.board(grouping, sorting, words, &urgency, day);
    let told =
        |placed: &Placed| format!("{}{}", ">".repeat(placed.depth), *world.plan.kpis.get(placed.kpi).unwrap().name);
    groups.iter().map(|group| (group.section, group.kpis.iter().map(told).collect::<Vec<_>>().join(" "))).collect()
}

fn in_one(world: &World, sorting: Sorting, on: &str) -> String {
    told(world, Grouping::None, sorting, "", on).into_iter().map(|(_, told)| told).collect()
}

const ON: &str = "2026-11-21";

#[test]
fn groups_stand_in_the_order_of_what_they_stand_for_and_the_rest_last() {
    let mut world = begun();
    let ids = named(&mut world, &["a", "b", "c", "d", "e"]);
    let (growth, money) =
        (pillar(&mut world, Some(Perspective::Growth)), pillar(&mut world, Some(Perspective::Financial)));
    let plain = pillar(&mut world, None);
    let (team, one) = (world.owner("Team", None), world.owner("One", None));
    for (id, pillar) in [(ids[0], money), (ids[1], growth), (ids[2], plain), (ids[4], money)] {
        world.edit(Edit::of(id, KpiEdit::pillar(Some(pillar))));
    }
    for (id, owner) in [(ids[0], one), (ids[3], team)] {
        world.edit(Edit::of(id, KpiEdit::owner(Some(owner))));
    }
    for (id, indicator) in [(ids[3], Indicator::Lagging), (ids[4], Indicator::Leading)] {
        world.edit(Edit::of(id, KpiEdit::indicator(Some(indicator))));
    }
    let rows: &[(Grouping, &[(Section, &str)])] = &[
        (Grouping::None, &[(Section::Unsaid, "a b c d e")]),
        (
            Grouping::Pillar,
            &[
                (Section::Pillar(growth), "b"),
                (Section::Pillar(money), "a e"),
                (Section::Pillar(plain), "c"),
                (Section::Unsaid, "d"),
            ],
        ),
        (
            // The financial view is the first one, whatever the order of pillars.
            Grouping::Perspective,
            &[
                (Section::Perspective(Perspective::Financial), "a e"),
                (Section::Perspective(Perspective::Growth), "b"),
                (Section::Unsaid, "c d"),
            ],
        ),
        (Grouping::Owner, &[(Section::Owner(team), "d"), (Section::Owner(one), "a"), (Section::Unsaid, "b c e")]),
        (
            Grouping::Indicator,
            &[
                (Section::Indicator(Indicator::Leading), "e"),
                (Section::Indicator(Indicator::Lagging), "d"),
                (Section::Unsaid, "a b c"),
            ],
        ),
    ];
    for (grouping, expected) in rows {
        let expected: Vec<_> = expected.iter().map(|(section, told)| (*section, (*told).to_owned())).collect();
        assert_eq!(told(&world, *grouping, Sorting::ByHand, "", ON), expected, "{grouping:?}");
    }
    // What a group stands for may go: its KPIs stay.
    world.apply(Change::Delete(money.into()));
    let groups = told(&world, Grouping::Pillar, Sorting::ByHand, "", ON);
    assert_eq!(groups.last().unwrap(), &(Section::Unsaid, "a d e".to_owned()));
}

#[test]
fn parts_stand_below_their_whole_and_what_is_scrapped_is_not_there() {
    let mut world = begun();
    let ids = named(&mut world, &["a", "b", "c", "d", "e"]);
    let [a, b, c, d, e] = ids[..] else { unreachable!() };
    part(&mut world, a, d);
    part(&mut world, c, d);
    part(&mut world, b, c);
    assert_eq!(in_one(&world, Sorting::ByHand, ON), "d >a >c >>b e");
    // Wherever it would belong itself.
    let theme = pillar(&mut world, None);
    world.edit(Edit::of(b, KpiEdit::pillar(Some(theme))));
    world.edit(Edit::of(e, KpiEdit::pillar(Some(theme))));
    let groups = told(&world, Grouping::Pillar, Sorting::ByHand, "", ON);
    assert_eq!(groups, [(Section::Pillar(theme), "e".to_owned()), (Section::Unsaid, "d >a >c >>b".to_owned())]);

    // Without their whole, parts stand for themselves.
    world.today = date("2026-11-01");
    scrap(&mut world, d);
    assert_eq!(in_one(&world, Sorting::ByHand, ON), "a c >b e");
    assert_eq!(in_one(&world, Sorting::ByHand, "2026-10-31"), "d >a >c >>b e", "a day before, it was kept");
    assert_eq!(world.plan.kpis_scrapped(date(ON)).iter().map(|kpi| kpi.id).collect::<Vec<_>>(), [d]);
    world.edit(Edit::of(d, KpiEdit::scrapped(None)));
    assert_eq!(in_one(&world, Sorting::ByHand, ON), "d >a >c >>b e");
    world.apply(Change::Delete(c.into()));
    assert_eq!(in_one(&world, Sorting::ByHand, ON), "b d >a e");
}

#[test]
fn in_a_circle_nothing_is_part_of_anything_and_all_of_it_is_there() {
    let mut world = begun();
    let ids = named(&mut world, &["a", "b", "c"]);
    // As merging may bring about.
    part(&mut world, ids[0], ids[1]);
    part(&mut world, ids[1], ids[0]);
    part(&mut world, ids[2], ids[0]);
    assert_eq!(in_one(&world, Sorting::ByHand, ON), "a >c b");
}

#[test]
fn what_needs_attention_comes_first_the_longest_and_the_farthest_before() {
    let mut world = begun();
    let names = ["fine", "free", "empty", "stale", "near", "off1", "off3", "far3", "zero"];
    let ids = named(&mut world, &names);
    let [fine, free, _empty, stale, near, off1, off3, far3, zero] = ids[..] else { unreachable!() };
    for id in ids.iter().copied().filter(|id| *id != free) {
        world.target(id, date("2026-01-01"), at_least(100.0), 10.0);
    }
    world.target(zero, date("2026-01-01"), at_most(0.0), 0.0);
    for (id, values) in [
        (fine, [50.0, 50.0, 100.0]),
        (free, [1.0, 1.0, 1.0]),
        (near, [50.0, 50.0, 90.0]),
        (off1, [100.0, 100.0, 10.0]),
        (off3, [80.0, 80.0, 80.0]),
        (far3, [90.0, 89.0, 50.0]),
        (zero, [1.0, 1.0, 1.0]),
    ] {
        for (month, value) in ["2026-08-31", "2026-09-30", "2026-10-31"].into_iter().zip(values) {
            world.reading(id, date(month), value);
        }
    }
    world.reading(stale, date("2026-08-31"), 100.0);
    assert_eq!(in_one(&world, Sorting::Attention, ON), "zero far3 off3 off1 near stale empty free fine");
    assert_eq!(in_one(&world, Sorting::Name, ON), "empty far3 fine free near off1 off3 stale zero");

    let urgency = |id: KpiId| {
        let kpi = world.plan.kpis.get(id).unwrap();
        world.plan.kpi_report(kpi, date(ON)).urgency(kpi.created, date(ON))
    };
    // 1 Aug to 21 Nov are 112 days, 1 Oct to 21 Nov 51; 1 Sept, the first day without a value, is 81 days ago.
    for (id, days, miss) in [
        (off1, 51, 0.9),
        (off3, 112, 0.2),
        (far3, 112, 0.5),
        (near, 112, 0.1),
        (fine, 0, 0.0),
        (free, 0, 0.0),
        (stale, 81, 0.0),
        (zero, 112, f64::INFINITY),
    ] {
        let found = urgency(id);
        assert_eq!((found.days, found.miss), (days, miss), "{}", *world.plan.kpis.get(id).unwrap().name);
    }
}

#[test]
fn a_gap_neither_ends_nor_begins_the_time_off_target() {
    let mut world = begun();
    let id = named(&mut world, &["a"])[0];
    world.target(id, date("2026-01-01"), at_most(10.0), 0.0);
    for (month, value) in [("2026-05-31", 9.0), ("2026-07-31", 11.0), ("2026-10-31", 12.0)] {
        world.reading(id, date(month), value);
    }
    let urgency = world.kpi_report(id, ON).urgency(date("2026-01-01"), date(ON));
    // From 1 July on; June has no value.
    assert_eq!((urgency.health, urgency.days, urgency.miss), (Health::Unhealthy, 143, 0.2));
}

#[test]
fn a_whole_is_as_urgent_as_its_most_urgent_part() {
    let mut world = begun();
    let ids = named(&mut world, &["a", "b", "c", "d"]);
    for id in &ids {
        world.target(*id, date("2026-01-01"), at_least(100.0), 0.0);
    }
    for (id, value) in ids.iter().zip([100.0, 90.0, 100.0, 10.0]) {
        world.reading(*id, date("2026-10-31"), value);
    }
    part(&mut world, ids[0], ids[2]);
    part(&mut world, ids[3], ids[2]);
    assert_eq!(in_one(&world, Sorting::Attention, ON), "c >d >a b");
    let urgency = |kpi: &Kpi| world.plan.kpi_report(kpi, date(ON)).urgency(kpi.created, date(ON));
    let flat = world.plan.by_urgency(&urgency, date(ON));
    assert_eq!(flat, [ids[3], ids[1], ids[0], ids[2]], "on their own, each for itself");
}

#[test]
fn words_find_kpis_whatever_their_case() {
    let mut world = begun();
    let ids = named(&mut world, &["Scrap rate", "Cost", "Pairs"]);
    world.edit(Edit::of(ids[1], KpiEdit::why(prose("Scrap is dear"))));
    world.edit(Edit::of(ids[2], KpiEdit::definition(prose("All but scrap, at a rate"))));
    part(&mut world, ids[1], ids[2]);
    for (words, expected) in [
        ("", "Scrap rate Pairs >Cost"),
        ("SCRAP", "Scrap rate Pairs >Cost"),
        ("rate scrap", "Scrap rate Pairs"),
        // Without its whole it stands for itself.
        ("dear", "Cost"),
        ("nothing", ""),
    ] {
        let found: String =
            told(&world, Grouping::None, Sorting::ByHand, words, ON).into_iter().map(|(_, told)| told).collect();
        assert_eq!(found, expected, "{words}");
    }
}

#[test]
fn lead_and_lag_are_counted_without_parts() {
    use Indicator::{Lagging, Leading};
    // indicators | leading, lagging, unsaid; what is missing
    for (indicators, expected, missing) in [
        (vec![], (0, 0, 0), None),
        (vec![None, None], (0, 0, 2), None),
        (vec![Some(Leading), Some(Lagging), None], (1, 1, 1), None),
        (vec![Some(Lagging), None, Some(Lagging)], (0, 2, 1), Some(Leading)),
        (vec![Some(Leading)], (1, 0, 0), Some(Lagging)),
    ] {
        let mut world = begun();
        for indicator in &indicators {
            let id = named(&mut world, &["a"])[0];
            world.edit(Edit::of(id, KpiEdit::indicator(*indicator)));
        }
        // Neither parts nor what is scrapped count.
        let all = named(&mut world, &["part", "gone"]);
        for id in &all {
            world.edit(Edit::of(*id, KpiEdit::indicator(Some(Leading))));
        }
        scrap(&mut world, all[1]);
        match world.plan.kpis_kept(date(ON)).first().map(|kpi| kpi.id).filter(|id| *id != all[0]) {
            Some(whole) => part(&mut world, all[0], whole),
            None => scrap(&mut world, all[0]),
        }
        let found = world.plan.lead_lag(date(ON));
        assert_eq!((found.leading, found.lagging, found.unsaid), expected, "{indicators:?}");
        assert_eq!(found.missing(), missing, "{indicators:?}");
    }
}

/// What there is to a KPI on a board: whose part it is, how it is grouped, whether it was scrapped, its value.
type Made = (Option<usize>, Option<usize>, Option<bool>, bool, i32);

fn made() -> impl Strategy<Value = Vec<Made>> {
    let one = (any::<Option<usize>>(), any::<Option<usize>>(), any::<Option<bool>>(), prop::bool::weighted(0.2), 0..4);
    vec(one, 0..12)
}

fn build(made: &[Made]) -> World {
    let mut world = begun();
    let names: Vec<String> = made.iter().map(|it| format!("{}", it.4 % 3)).collect();
    let ids = named(&mut world, &names.iter().map(String::as_str).collect::<Vec<_>>());
    let pillars = [pillar(&mut world, None), pillar(&mut world, Some(Perspective::Customer))];
    let owners = [world.owner("A", None), world.owner("B", None)];
    for (id, &(whole, group, leading, scrapped, value)) in ids.iter().zip(made) {
        // Circles and all.
        world.edit(Edit::of(*id, KpiEdit::parent(whole.map(|whole| ids[whole % ids.len()]))));
        world.edit(Edit::of(*id, KpiEdit::pillar(group.map(|group| pillars[group % 2]))));
        world.edit(Edit::of(*id, KpiEdit::owner(group.map(|group| owners[group % 2]))));
        let indicator = |leading| if leading { Indicator::Leading } else { Indicator::Lagging };
        world.edit(Edit::of(*id, KpiEdit::indicator(leading.map(indicator))));
        world.target(*id, date("2026-01-01"), at_least(2.0), 1.0);
        world.reading(*id, date("2026-10-31"), f64::from(value));
        if scrapped {
            scrap(&mut world, *id);
        }
    }
    world
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_kept_kpi_is_on_every_board_once_and_equal_ones_stay_in_the_order_of_the_hand(made in made()) {
        let world = build(&made);
        let day = date(ON);
        let urgency = |kpi: &Kpi| world.plan.kpi_report(kpi, day).urgency(kpi.created, day);
        let kept: Vec<KpiId> = world.plan.kpis_kept(day).iter().map(|kpi| kpi.id).collect();
        let by_hand = |id: &KpiId| kept.iter().position(|kept| kept == id);
        for grouping in Grouping::ALL {
            for sorting in Sorting::ALL {
                let groups = world.plan.board(*grouping, *sorting, "", &urgency, day);
                let all: Vec<Placed> = groups.iter().flat_map(|group| group.kpis.iter().copied()).collect();
                let mut places: Vec<_> = all.iter().map(|placed| by_hand(&placed.kpi)).collect();
                places.sort_unstable();
                prop_assert_eq!(places, (0..kept.len()).map(Some).collect::<Vec<_>>());
                for group in &groups {
                    prop_assert!(!group.kpis.is_empty());
                    // Those side by side, below the same whole.
                    for (index, first) in group.kpis.iter().enumerate() {
                        let mut beside = group.kpis[index + 1..].iter().take_while(|next| next.depth >= first.depth);
                        let Some(next) = beside.find(|next| next.depth == first.depth) else { continue };
                        prop_assert_eq!(first.whole, next.whole);
                        let (a, b) = (world.plan.kpis.get(first.kpi).unwrap(), world.plan.kpis.get(next.kpi).unwrap());
                        match sorting {
                            Sorting::ByHand => prop_assert!(by_hand(&a.id) < by_hand(&b.id)),
                            Sorting::Name => prop_assert!((&*a.name, by_hand(&a.id)) < (&*b.name, by_hand(&b.id))),
                            Sorting::Attention => {}
                        }
                    }
                    for (above, below) in group.kpis.iter().zip(&group.kpis[1..]) {
                        prop_assert!(below.depth <= above.depth + 1);
                        prop_assert_eq!(below.depth == 0, below.whole.is_none());
                    }
                }
            }
        }
        let flat = world.plan.by_urgency(&urgency, day);
        let ranks: Vec<_> = flat.iter().map(|id| (urgency(world.plan.kpis.get(*id).unwrap()), by_hand(id))).collect();
        for pair in ranks.windows(2) {
            let order = pair[0].0.compare(&pair[1].0);
            prop_assert!(order.is_lt() || order.is_eq() && pair[0].1 < pair[1].1, "total, and stable");
        }
    }
}
