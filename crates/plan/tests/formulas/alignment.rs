//! Objectives that help others: what of them counts above.

use bearings_plan::*;

use crate::builder::*;

/// An objective of the cycle with a metric from 0 to 1 that was checked in on day 1.
fn scored(world: &mut World, cycle: CycleId, value: f64) -> ObjectiveId {
    let id = world.objective(Some(cycle));
    let key_result = world.key_result(id, metric(0.0, 1.0));
    world.value(key_result, 1, value);
    world.keep_up(key_result);
    id
}

/// An objective with key results of these weights and values, and others that help it, likewise.
fn helped(own: &[(f64, f64)], aligned: &[(f64, f64)]) -> (World, ObjectiveId, Vec<ObjectiveId>) {
    let mut world = World::new();
    let cycle = world.cycle(day(0), day(100));
    let top = world.objective(Some(cycle));
    for &(counts, value) in own {
        let id = world.weighted(top, metric(0.0, 1.0), counts);
        world.value(id, 1, value);
    }
    let mut helping = Vec::new();
    for &(counts, value) in aligned {
        let id = scored(&mut world, cycle, value);
        world.align(id, top);
        world.edit_objective(id, ObjectiveEdit::parent_weight(weight(counts)));
        helping.push(id);
    }
    (world, top, helping)
}

fn share(report: &ObjectiveReport) -> Option<f64> {
    report.progress.as_ref().map(|progress| progress.share)
}

#[test]
fn what_helps_counts_beside_the_key_results() {
    type Row = (&'static str, &'static [(f64, f64)], &'static [(f64, f64)], Option<f64>);
    let rows: &[Row] = &[
        ("nothing at all", &[], &[], None),
        ("one that helps", &[], &[(1.0, 0.4)], Some(0.4)),
        ("one of each", &[(1.0, 0.2)], &[(1.0, 0.6)], Some(0.4)),
        // (1 x 0.2 + 3 x 0.6) / 4
        ("weights", &[(1.0, 0.2)], &[(3.0, 0.6)], Some(0.5)),
        // (2 x 0.1 + 1 x 0.4 + 5 x 0.9) / 8
        ("several", &[(2.0, 0.1)], &[(1.0, 0.4), (5.0, 0.9)], Some(0.6375)),
        ("one without weight", &[(1.0, 0.2)], &[(0.0, 1.0)], Some(0.2)),
        ("key results without weight", &[(0.0, 1.0)], &[(2.0, 0.3)], Some(0.3)),
        ("all without weight", &[(0.0, 1.0)], &[(0.0, 0.3)], None),
        // Held between 0 and 1 below: (1 + 0) / 2
        ("beyond the ends", &[(1.0, 5.0)], &[(1.0, -5.0)], Some(0.5)),
    ];
    for &(name, own, aligned, expected) in rows {
        let (world, top, helping) = helped(own, aligned);
        let report = world.objective_report(top, 50);
        close_or_none(share(&report), expected, name);
        close_or_none(report.expected, expected.map(|_| 0.5), name);
        assert_eq!(report.key_results.len(), own.len(), "{name}: its own are listed, and no others");
        if let Some(Progress { basis: Basis::Mean(parts), .. }) = report.progress {
            let weights: Vec<_> = own.iter().chain(aligned).map(|row| row.0).collect();
            assert_eq!(parts.iter().map(|part| part.weight).collect::<Vec<_>>(), weights, "{name}");
            let objectives: Vec<_> = helping.iter().map(|id| EntityId::from(*id)).collect();
            let found: Vec<_> = parts.iter().map(|part| part.id).skip(own.len()).collect();
            assert_eq!(found, objectives, "{name}");
        }
    }
}

#[test]
fn what_helps_counts_only_where_the_one_above_says_so_and_from_then_on() {
    let (mut world, top, helping) = helped(&[(1.0, 0.2)], &[(1.0, 0.6)]);
    world.edit_objective(top, ObjectiveEdit::counts_aligned(false));
    close_or_none(share(&world.objective_report(top, 50)), Some(0.2), "alignment alone moves no number");
    assert_eq!(world.plan.aligned_to(top, day(50)).len(), 1, "it helps all the same");
    world.edit_from(day(30), Edit::of(top, ObjectiveEdit::counts_aligned(true)));
    world.edit_from(day(40), Edit::of(helping[0], ObjectiveEdit::parent_weight(weight(3.0))));
    world.edit_from(day(60), Edit::of(helping[0], ObjectiveEdit::parent(None)));
    for (n, expected) in [(29, 0.2), (30, 0.4), (40, 0.5), (59, 0.5), (60, 0.2)] {
        close_or_none(share(&world.objective_report(top, n)), Some(expected), &format!("day {n}"));
    }
}

#[test]
fn what_is_put_away_does_not_count() {
    let (mut world, top, helping) = helped(&[(1.0, 0.2)], &[(1.0, 0.6), (1.0, 0.4)]);
    world.edit_from(day(30), Edit::of(helping[0], ObjectiveEdit::archived(true)));
    world.edit_from(day(70), Edit::of(helping[0], ObjectiveEdit::archived(false)));
    // (0.2 + 0.6 + 0.4) / 3, then (0.2 + 0.4) / 2
    for (n, expected, there) in [(29, 0.4, 3), (30, 0.3, 2), (69, 0.3, 2), (70, 0.4, 3)] {
        close_or_none(share(&world.objective_report(top, n)), Some(expected), &format!("day {n}"));
        let cycle = world.plan.cycle_on(day(n)).unwrap().id;
        assert_eq!(world.plan.objectives_of(Some(cycle), day(n)).len(), there, "day {n}");
        assert_eq!(world.plan.archived_objectives(day(n)).len(), 3 - there, "day {n}");
    }
    world.edit_from(day(40), Edit::of(helping[1], ObjectiveEdit::archived(true)));
    close_or_none(share(&world.objective_report(top, 50)), Some(0.2), "on its own");
    assert!(world.plan.due(day(50)).len() == 1, "nor is it asked for");
}

#[test]
fn the_gap_of_what_helps_is_judged_like_any_other() {
    // day, progress of the one that helps | status
    for (n, value, status) in [
        (50, 0.5, Status::OnTrack),
        (50, 0.4, Status::OnTrack),
        (50, 0.399, Status::NeedsAttention),
        (50, 0.25, Status::NeedsAttention),
        (50, 0.249, Status::OffTrack),
        (50, 1.0, Status::Achieved),
        (101, 0.7, Status::Partly),
        (101, 0.69, Status::Missed),
    ] {
        let (world, top, _) = helped(&[], &[(1.0, value)]);
        assert_eq!(world.objective_report(top, n).status, status, "day {n}, {value}");
    }
    // A stretch below is all of its way at 0.7: there 0.35 is half of it, here 0.5.
    for (value, share, status) in [
        (0.28, 0.4, Status::OnTrack),
        (0.279, 0.279 / 0.7, Status::NeedsAttention),
        (0.7, 1.0, Status::Achieved),
        (0.9, 1.0, Status::Achieved),
    ] {
        let (mut world, top, helping) = helped(&[], &[(1.0, value)]);
        world.edit_objective(helping[0], ObjectiveEdit::kind(ObjectiveKind::Aspirational));
        let report = world.objective_report(top, 50);
        close_or_none(report.expected, Some(0.5), "expected");
        close_or_none(report.progress.map(|progress| progress.share), Some(share), "progress");
        assert_eq!(report.status, status, "{value}");
        assert_eq!(world.objective_report(helping[0], 50).status, status, "{value}, the one that helps");
    }
}

#[test]
fn what_is_heard_far_below_is_heard_above() {
    let mut world = World::new();
    let cycle = world.cycle(day(0), day(100));
    let [top, middle] = [(); 2].map(|()| world.objective(Some(cycle)));
    let low = scored(&mut world, cycle, 0.5);
    world.align(middle, top);
    world.align(low, middle);
    for id in [top, middle, low] {
        let report = world.objective_report(id, 50);
        assert_eq!((share(&report), report.status), (Some(0.5), Status::OnTrack), "{:?}", world.plan.called(id.into()));
    }
    // Before anything was heard: pending for one cadence.
    for id in [top, middle, low] {
        assert_eq!(world.objective_report(id, 0).status, Status::Pending);
    }
}

#[test]
fn a_stay_far_below_has_to_hold_to_its_end() {
    let mut world = World::new();
    let cycle = world.cycle(day(0), day(100));
    let [top, middle, low] = [(); 3].map(|()| world.objective(Some(cycle)));
    let held = world.key_result(low, stay(at_most(10.0), 0.8));
    for week in 0..15 {
        world.value(held, week * 7, 9.0);
    }
    world.align(middle, top);
    world.align(low, middle);
    for (n, status) in [(50, Status::OnTrack), (100, Status::OnTrack), (101, Status::Achieved)] {
        for id in [top, middle, low] {
            assert_eq!(world.objective_report(id, n).status, status, "day {n}");
        }
    }
    world.edit_objective(low, ObjectiveEdit::parent_weight(weight(0.0)));
    assert_eq!(world.objective_report(top, 50).status, Status::Pending, "what counts for nothing says nothing");
}

#[test]
fn sixteen_levels_count_and_no_more() {
    for (levels, expected) in [(1, Some(0.5)), (16, Some(0.5)), (17, None)] {
        let mut world = World::new();
        let cycle = world.cycle(day(0), day(100));
        let top = world.objective(Some(cycle));
        let mut last = top;
        for _ in 1..levels {
            let next = world.objective(Some(cycle));
            world.align(next, last);
            last = next;
        }
        let lowest = scored(&mut world, cycle, 0.5);
        world.align(lowest, last);
        close_or_none(share(&world.objective_report(top, 50)), expected, &format!("{levels} levels below"));
    }
}

/// Two machines each put one thing under the other: each may, and together that is a circle.
fn merged(mut world: World, here: Edit, there: Edit) -> World {
    let at = |actor| At { stamp: Stamp::new(1_000_000, 0, Actor(actor)), day: world.today };
    let change = |edit| Change::Edit { edit, from: None };
    for (edit, actor) in [(&here, 2), (&there, 3)] {
        assert_eq!(world.plan.permitted(&change(edit.clone()), at(actor)).map(|_| ()), Ok(()));
    }
    let (a, _) = world.plan.apply(&change(here), at(2)).unwrap();
    let (b, _) = world.plan.apply(&change(there), at(3)).unwrap();
    world.plan = a.merge(&b);
    assert_eq!(world.plan, b.merge(&a));
    world
}

#[test]
fn a_circle_of_objectives_ends_and_has_numbers() {
    let mut world = World::new();
    let cycle = world.cycle(day(0), day(100));
    let [a, b, below] = [0.2, 0.6, 1.0].map(|value| scored(&mut world, cycle, value));
    for (id, parent) in [(below, a), (a, b), (b, a)] {
        world.align(id, parent);
        world.edit_objective(id, ObjectiveEdit::parent((id == below).then_some(parent)));
    }
    let world = merged(world, Edit::of(a, ObjectiveEdit::parent(Some(b))), Edit::of(b, ObjectiveEdit::parent(Some(a))));
    let parents = [a, b, below].map(|id| world.plan.parent_of(id, day(50)));
    assert_eq!(parents, [None, None, Some(a)], "nothing is above the members of the circle");
    let dropped = [a, b, below].map(|id| world.plan.parent_in_circle(id, day(50)));
    assert_eq!(dropped, [Some(b), Some(a), None], "whose alignment is not counted");
    // a: (0.2 + 1.0) / 2 with the one below; b: on its own.
    for (id, expected) in [(a, 0.6), (b, 0.6), (below, 1.0)] {
        close_or_none(share(&world.objective_report(id, 50)), Some(expected), "in a circle");
    }
    assert_eq!(world.plan.aligned_to(a, day(50)).iter().map(|it| it.id).collect::<Vec<_>>(), [below]);
    assert_eq!(world.plan.aligned_to(b, day(50)), []);
    // Whoever opens the circle may do so.
    let at = At { stamp: Stamp::new(2_000_000, 0, Actor(1)), day: day(50) };
    let open = Change::Edit { edit: Edit::of(a, ObjectiveEdit::parent(None)), from: None };
    assert_eq!(world.plan.permitted(&open, at).map(|_| ()), Ok(()));
}

#[test]
fn circles_of_key_results_and_owners_end_too() {
    let (mut world, first) = World::with(metric(0.0, 1.0));
    let objective = *world.key_result_of(first).objective.on(day(0));
    let [second, below] = [(); 2].map(|()| world.key_result(objective, metric(0.0, 1.0)));
    world.edit_key_result(below, KeyResultEdit::part_of(Some(first)));
    let part_of = |id, whole| Edit::of(id, KeyResultEdit::part_of(Some(whole)));
    let mut world = merged(world, part_of(first, second), part_of(second, first));
    assert_eq!([first, second, below].map(|id| world.plan.whole_of(id, day(0))), [None, None, Some(first)]);
    let shares = |id| world.plan.distribution(world.key_result_of(id), day(0)).map(|it| it.shares);
    assert_eq!((shares(first), shares(second)), (Some(vec![(below, 1.0)]), None));

    let [ann, ben] = ["Ann", "Ben"].map(|name| world.owner(name, None));
    let cleo = world.owner("Cleo", Some(ann));
    let under = |id, team| Edit::of(id, OwnerEdit::parent(Some(team)));
    let world = merged(world, under(ann, ben), under(ben, ann));
    assert_eq!([ann, ben, cleo].map(|id| world.plan.team_of(id)), [None, None, Some(ann)]);
    // What Cleo cares for is her team's, and not of the one that is both above and below it.
    let mut world = world;
    world.edit_objective(objective, ObjectiveEdit::owner(Some(cleo)));
    for (owner, found) in [(cleo, true), (ann, true), (ben, false)] {
        let criteria = Criteria { owner: Some(owner), ..Criteria::none() };
        let report = world.objective_report(objective, 50);
        let objective = world.plan.objectives.get(objective).unwrap();
        assert_eq!(world.plan.finds(&criteria, objective, &report, day(50)), found);
    }
}

#[test]
fn a_very_deep_tree_ends() {
    const DEEP: usize = 10_000;
    let mut world = World::new();
    let cycle = world.cycle(day(0), day(100));
    let at = world.at();
    let name = Name::new("Deep").unwrap();
    let (mut changes, mut objectives, mut key_results, mut owners) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..DEEP {
        let mut owner = Owner::new(world.seed().into(), name.clone(), Level::Team, at);
        owner.parent = owners.last().copied().into();
        owners.push(owner.id);
        let mut objective = Objective::new(world.seed().into(), name.clone(), Some(cycle), at);
        objective.parent = Dated::new(at.day, objectives.last().copied());
        objective.counts_aligned = Dated::new(at.day, true);
        objective.owner = Some(owner.id).into();
        objectives.push(objective.id);
        let mut key_result = KeyResult::new(world.seed().into(), objective.id, name.clone(), metric(0.0, 1.0), at);
        key_result.part_of = Dated::new(at.day, key_results.last().copied());
        key_results.push(key_result.id);
        changes.extend([owner.into(), objective.into(), key_result.into()].map(Change::Add));
    }
    world.apply(Change::All(changes));
    let (top, lowest) = (objectives[0], objectives[DEEP - 1]);
    assert_eq!(world.plan.parent_of(lowest, day(50)), Some(objectives[DEEP - 2]));
    assert_eq!(world.plan.whole_of(key_results[DEEP - 1], day(50)), Some(key_results[DEEP - 2]));
    assert_eq!(world.plan.team_of(owners[DEEP - 1]), Some(owners[DEEP - 2]));
    let report = world.objective_report(top, 50);
    close_or_none(share(&report), Some(0.0), "all at their start");
    // From the lowest one up to the company.
    let criteria = Criteria { owner: Some(owners[0]), ..Criteria::none() };
    let objective = world.plan.objectives.get(lowest).unwrap();
    assert!(world.plan.finds(&criteria, objective, &world.plan.objective_report(objective, day(50)), day(50)));
    // One that would close the circle is refused.
    let edit = Edit::of(top, ObjectiveEdit::parent(Some(lowest)));
    let refused = world.plan.permitted(&Change::Edit { edit, from: None }, at).map(|_| ());
    assert_eq!(refused, Err(ChangeError::Invalid(Invalid::Circle)));
}
