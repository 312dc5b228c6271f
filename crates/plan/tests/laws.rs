//! What holds for every plan and every edit: the specification of changes, undo, merging, files and time travel.
#![allow(clippy::unwrap_used)]

#[path = "support/memory.rs"]
mod memory;
mod support;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use bearings_plan::{
    store::{self, Store},
    *,
};
use memory::Memory;
use proptest::{prelude::*, test_runner::TestCaseError};
use serde_json::Value;
use support::{Deed, Mix, Op, World, dated_values, flatten, is_dated, script, values};

/// As many as the variable `PROPTEST_CASES` says, or so many.
fn cases(cases: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(cases);
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 20_000, ..ProptestConfig::default() }
}

/// A plan is valid if its file gives the same plan.
fn assert_valid(plan: &Plan) -> Result<(), TestCaseError> {
    let exported = Day::new(2026, 12, 31).unwrap();
    let text = write_plan(plan, exported);
    match read_plan(&text) {
        Ok(read) => prop_assert_eq!(&read, &Exported { plan: plan.clone(), exported }),
        Err(error) => prop_assert!(false, "{}: {:?}\n{}", error, error, text),
    }
    Ok(())
}

fn number() -> impl Strategy<Value = Number> {
    let any = prop_oneof![
        -1e15..=1e15_f64,
        any::<f64>(),
        Just(123_456_789.123_456_79),
        -1.0..1.0_f64,
        (-999_999..999_999).prop_map(|n| f64::from(n) / 100.0)
    ];
    any.prop_filter_map("out of range", |value| Number::new(value).ok())
}

/// Replicas of one plan that went apart: a common past, then a script each on machines of their own. The third one
/// met the first one on the way.
fn apart(past: &[Op], [a, b, c]: [&[Op]; 3]) -> [World; 4] {
    let base = World::new(1).with(past);
    let first = base.replica(2, 0).with(a);
    let second = base.replica(3, -3_600_000).with(b);
    let mut third = base.replica(4, 90_000);
    third.pull(&first);
    [base, first.clone(), second, third.with(c)]
}

proptest! {
    #![proptest_config(cases(56))]

    #[test]
    fn every_change_leaves_a_plan_that_its_file_gives_back(script in script(Mix::Everything, 1..40)) {
        let mut world = World::new(1);
        for op in &script {
            world.step(op);
            assert_valid(&world.plan)?;
        }
    }

    #[test]
    fn undo_brings_back_every_value_and_redo_takes_it_again(script in script(Mix::Everything, 1..40)) {
        let mut world = World::new(1);
        for op in &script {
            let Some((change, at)) = world.next(op) else { continue };
            let before = values(&world.plan);
            world.make(change, at);
            let (after, undo) = (values(&world.plan), world.history.last().unwrap().inverse.clone());
            let (undo_at, redo_at) = (world.at(), world.at());
            let undone = world.plan.apply(&undo, undo_at);
            prop_assert!(undone.is_ok(), "{:?} {:?}", undone, undo);
            let (undone, redo) = undone.unwrap();
            prop_assert_eq!(values(&undone), before);
            let redone = undone.apply(&redo, redo_at);
            prop_assert!(redone.is_ok(), "{:?} {:?}", redone, redo);
            prop_assert_eq!(values(&redone.unwrap().0), after);
        }
    }

    #[test]
    fn a_whole_script_can_be_taken_back_step_by_step(script in script(Mix::Everything, 1..25)) {
        let mut world = World::new(1);
        let mut steps = Vec::new();
        for op in &script {
            let Some((change, at)) = world.next(op) else { continue };
            let before = values(&world.plan);
            world.make(change, at);
            steps.push((before, world.history.last().unwrap().inverse.clone()));
        }
        for (before, undo) in steps.into_iter().rev() {
            let at = world.at();
            world.make(undo, at);
            prop_assert_eq!(values(&world.plan), before);
        }
    }

    /// The same for one value with a history, of which people change their minds: each step back is exactly one step.
    #[test]
    fn minds_are_changed_back(decisions in prop::collection::vec((-3_i32..4, 0_usize..3, 0_i32..3), 2..12)) {
        let mut world = World::new(1);
        let mut steps = Vec::new();
        for (days, cadence, later) in decisions {
            world.today = world.today.plus_days(later);
            let edit = Edit::frame(FrameEdit::cadence(Cadence::ALL[cadence % Cadence::ALL.len()]));
            let from = Some(world.today.plus_days(days));
            let before = values(&world.plan);
            let undo = make(&mut world, Change::Edit { edit, from });
            steps.push((before, values(&world.plan), undo));
        }
        let mut redos = Vec::new();
        for (before, after, undo) in steps.into_iter().rev() {
            redos.push((after, make(&mut world, undo)));
            prop_assert_eq!(values(&world.plan), before);
        }
        for (after, redo) in redos.into_iter().rev() {
            make(&mut world, redo);
            prop_assert_eq!(values(&world.plan), after);
        }
        assert_valid(&world.plan)?;
    }

    /// Changes made for one plan meet another one, which lacks what they speak of, or has it already.
    #[test]
    fn a_change_that_does_not_fit_is_an_error_and_nothing_else(
        past in script(Mix::Everything, 0..15),
        here in script(Mix::Everything, 0..15),
        there in script(Mix::Everything, 1..25),
    ) {
        let base = World::new(1).with(&past);
        let mut here = base.replica(2, 0).with(&here);
        let day = here.today;
        for deed in base.replica(3, 0).with(&there).history {
            for change in [deed.change, deed.inverse] {
                let (before, at) = (write_plan(&here.plan, day), here.at());
                match here.plan.apply(&change, at) {
                    Ok((next, inverse)) => {
                        assert_valid(&next)?;
                        let back = next.apply(&inverse, here.at());
                        prop_assert!(back.is_ok(), "{:?} {:?}", back, change);
                        prop_assert_eq!(values(&back.unwrap().0), values(&here.plan), "{:?}", change);
                    }
                    Err(error) => prop_assert!(!error.to_string().is_empty()),
                }
                prop_assert_eq!(write_plan(&here.plan, day), before);
            }
        }
    }

    #[test]
    fn a_batch_with_one_bad_change_changes_nothing(script in script(Mix::Everything, 1..20), place in any::<usize>()) {
        let mut world = World::new(1).with(&script);
        let mut changes: Vec<_> = world.history.iter().map(|deed| deed.inverse.clone()).rev().collect();
        let bad = Change::Delete(ObjectiveId::from(Seed { millis: 1, random: [0xff; 10] }).into());
        changes.insert(place % (changes.len() + 1), bad.clone());
        let (text, at) = (write_plan(&world.plan, world.today), world.at());
        prop_assert!(world.plan.apply(&Change::All(changes), at).is_err());
        prop_assert_eq!(write_plan(&world.plan, world.today), text);
    }

    #[test]
    fn merging_is_commutative_associative_and_idempotent(
        past in script(Mix::Everything, 0..20),
        a in script(Mix::Everything, 0..20),
        b in script(Mix::Everything, 0..20),
        c in script(Mix::Everything, 0..20),
    ) {
        let worlds = apart(&past, [&a, &b, &c]);
        let [base, a, b, c] = worlds.each_ref().map(|world| &world.plan);
        prop_assert_eq!(&a.merge(b), &b.merge(a));
        prop_assert_eq!(&a.merge(b).merge(c), &a.merge(&b.merge(c)));
        prop_assert_eq!(&a.merge(b).merge(c), &c.merge(b).merge(a));
        prop_assert_eq!(&a.merge(a), a);
        prop_assert_eq!(&a.merge(b).merge(b), &a.merge(b));
        prop_assert_eq!(&a.merge(base), a);
        prop_assert_eq!(&c.merge(a), c);
        assert_valid(&a.merge(b).merge(c))?;
    }

    /// An edit is lost only to a later edit of the same field (and the same first day, where it has a history), or to a
    /// deletion by somebody who knew of it.
    #[test]
    fn merging_loses_no_edit(
        past in script(Mix::Everything, 0..20),
        a in script(Mix::Everything, 0..20),
        b in script(Mix::Everything, 0..20),
    ) {
        let [base, a, b, _] = apart(&past, [&a, &b, &[]]);
        let merged = a.plan.merge(&b.plan);
        let deeds: Vec<_> = [&base, &a, &b].into_iter().flat_map(|world| &world.history).collect();
        let at = At { stamp: merged.latest_stamp(), day: a.today };
        // Making the last edit of each field again changes nothing: what takes it back is the same once more.
        for (place, (_, again)) in last_edits(&deeds) {
            if place.0.is_some_and(|id| !merged.has(id)) {
                continue;
            }
            let (next, inverse) = merged.apply(&again, at).unwrap();
            prop_assert_eq!(values(&next), values(&merged), "{:?}", again);
            match (&again, &inverse) {
                (Change::Withdraw { .. }, Change::Withdraw { .. }) => {
                    prop_assert_eq!(place_of(&inverse, at.day), Some(place));
                }
                _ => prop_assert_eq!(inverse, again),
            }
        }
        for (entry, (_, row)) in last_entries(&deeds) {
            let there = match entry {
                Written::CheckIn(of, _) if !merged.has(of.into()) => continue,
                Written::Reading(of, _) if !merged.has(of.into()) => continue,
                Written::CheckIn(of, key) => {
                    merged.key_results.get(of).and_then(|own| own.check_ins.get(&key).map(|row| format!("{row:?}")))
                }
                Written::Reading(of, key) => {
                    merged.kpis.get(of).and_then(|own| own.readings.get(&key).map(|row| format!("{row:?}")))
                }
            };
            prop_assert_eq!(there, row, "{:?}", entry);
        }
    }

    /// Whatever two people do: all that one of them has made or changed, and that nobody who knew of it has deleted, is
    /// there, and can be reached from a list.
    #[test]
    fn deleting_loses_nothing_that_others_add(
        past in script(Mix::Everything, 5..25),
        a in script(Mix::Everything, 0..20),
        b in script(Mix::Everything, 0..20),
    ) {
        let [_, a, b, _] = apart(&past, [&a, &b, &[]]);
        let merged = a.plan.merge(&b.plan);
        // Of several returns of one thing the last one counts: who deletes it again has known them all.
        let brought_back = |world: &World| {
            let mut returns = BTreeSet::new();
            for deed in &world.history {
                flatten(&deed.change, &mut |change| returns.extend(Some(change).filter(|it| is_add(it)).and_then(subject_of)));
            }
            returns
        };
        for (own, other) in [(&a, &b), (&b, &a)] {
            let (returns, others) = (brought_back(own), brought_back(other));
            let mut touched = returns.difference(&others).copied().collect::<BTreeSet<_>>();
            for deed in &own.history {
                let is_other = |change: &&Change| !is_add(change);
                flatten(&deed.change, &mut |change| touched.extend(Some(change).filter(is_other).and_then(subject_of)));
            }
            // Unless they deleted it themselves.
            for id in touched.into_iter().filter(|id| own.plan.has(*id)) {
                prop_assert!(merged.has(id), "{:?}", id);
            }
        }
        // What is there in both is there.
        for id in ids_of(&a.plan).into_iter().filter(|id| b.plan.has(*id)) {
            prop_assert!(merged.has(id), "{:?}", id);
        }
        assert_reachable(&merged)?;
        assert_reachable(&a.plan)?;
    }

    /// A tab that hears of every change of others comes to the same plan as by merging, however their changes arrive:
    /// each one's in order, but before or after the other's, and before or after its own.
    #[test]
    fn hearing_of_every_change_is_as_good_as_merging(
        past in script(Mix::Everything, 0..20),
        scripts in [script(Mix::Doubts, 0..20), script(Mix::Doubts, 0..20), script(Mix::Doubts, 0..20)],
        order in any::<u64>(),
    ) {
        let (merged, heard) = heard(&past, &scripts, order);
        prop_assert_eq!(heard.unwrap(), merged);
    }

    /// The same where things go, and come back because of what others add.
    #[test]
    fn hearing_of_deletions_is_as_good_as_merging(
        past in script(Mix::Everything, 0..20),
        scripts in [script(Mix::Farewells, 0..20), script(Mix::Farewells, 0..20), script(Mix::Farewells, 0..20)],
        order in any::<u64>(),
    ) {
        let (merged, heard) = heard(&past, &scripts, order);
        prop_assert_eq!(heard.unwrap(), merged);
    }

    /// The same for all that people do at all.
    #[test]
    fn hearing_of_everything_is_as_good_as_merging(
        past in script(Mix::Everything, 0..20),
        scripts in [script(Mix::Everything, 0..20), script(Mix::Everything, 0..20), script(Mix::Everything, 0..20)],
        order in any::<u64>(),
    ) {
        let (merged, heard) = heard(&past, &scripts, order);
        prop_assert_eq!(heard.unwrap(), merged);
    }

    #[test]
    fn the_journal_gives_every_change_back(script in script(Mix::Everything, 0..40)) {
        let shelf = Memory::default();
        let mut world = World::new(1);
        let id = world.plan.frame.id;
        let at = world.at();
        store::put(&shelf, &world.plan, at).unwrap();
        for op in &script {
            let Some((change, at)) = world.next(op) else { continue };
            world.make(change.clone(), at);
            let inverse = world.history.last().unwrap().inverse.clone();
            let record = store::Record { at, change, inverse };
            store::save_record(&shelf, id, &record).unwrap();
            let key = shelf.0.borrow().keys().find(|key| key.ends_with(&at.stamp.to_string())).cloned().unwrap();
            let text = shelf.get(&key).unwrap().unwrap();
            prop_assert_eq!(store::read_record(&text), Some(record));
        }
        let opened = store::open(&shelf, id).unwrap();
        let records: Vec<_> = world.history.iter().map(|deed| deed.at.stamp).collect();
        prop_assert_eq!((&opened.plan, &opened.records, opened.damaged), (&world.plan, &records, Vec::new()));
        store::compact(&shelf, id, world.at()).unwrap();
        prop_assert_eq!(store::keys_of(&shelf, id).unwrap().len(), 1);
        prop_assert_eq!(store::open(&shelf, id).unwrap().plan, world.plan);
    }

    /// What was deleted on one machine and not touched on the other is gone after the merge, unless something that
    /// belongs to it is there.
    #[test]
    fn merging_deletes_what_was_deleted(
        past in script(Mix::Everything, 5..25),
        a in script(Mix::Everything, 0..15),
        b in script(Mix::Everything, 0..15),
    ) {
        let [base, a, b, _] = apart(&past, [&a, &b, &[]]);
        let merged = a.plan.merge(&b.plan);
        let mut touched = BTreeSet::new();
        for deed in &b.history {
            flatten(&deed.change, &mut |change| touched.extend(subject_of(change)));
        }
        let needed: BTreeSet<_> = ids_of(&merged).into_iter().flat_map(|id| owner_of(&merged, id)).collect();
        for id in ids_of(&base.plan).into_iter().filter(|id| !a.plan.has(*id)) {
            prop_assert!(merged.knows(id));
            if !touched.contains(&id) {
                prop_assert_eq!(merged.has(id), needed.contains(&id), "{:?}", id);
            }
        }
    }

    #[test]
    fn the_past_of_the_past_is_the_earlier_past(
        script in script(Mix::Everything, 1..40), d in -500_i32..1000, e in -500_i32..1000,
    ) {
        let world = World::new(1).with(&script);
        let day = |days| Day::new(2026, 1, 5).unwrap().plus_days(days);
        let (d, e) = (day(d), day(e));
        prop_assert_eq!(world.plan.as_of(d).as_of(e), world.plan.as_of(d.min(e)));
        assert_valid(&world.plan.as_of(d))?;
        // Only what deletions knew is forgotten.
        let end = world.plan.as_of(Day::new(2199, 12, 31).unwrap());
        prop_assert_eq!(living(&end), living(&world.plan));
        let mut gone = tombstones(&world.plan);
        gone.retain(|id, _| !births(&world.plan).contains_key(id));
        prop_assert_eq!(tombstones(&end), gone);
    }

    /// Where nothing was deleted and everything was decided and entered for its own day, the past is the plan as it
    /// was at the end of that day: exactly so if no plain field was edited; otherwise (plain fields such as titles
    /// keep no history) in everything with a history, all entries, and which entities there are. What came later
    /// counts as deleted.
    #[test]
    fn the_past_is_the_plan_as_it_was(script in script(Mix::Diary, 1..50)) {
        let world = World::new(1).with(&script);
        let new = World::new(1).plan;
        let (mut was, mut plain, mut whole) = (new.clone(), new.clone(), new);
        let dated: Vec<_> = world.history.iter().map(|deed| without(&deed.change, |edit| !is_dated(edit))).collect();
        for (deed, change) in world.history.iter().zip(&dated) {
            whole = whole.apply(change, deed.at).unwrap().0;
        }
        let all = births(&whole);
        for (n, (deed, change)) in world.history.iter().zip(&dated).enumerate() {
            was = was.apply(&deed.change, deed.at).unwrap().0;
            plain = plain.apply(change, deed.at).unwrap().0;
            let end_of_day = world.history.get(n + 1).is_none_or(|next| next.at.day > deed.at.day);
            if end_of_day {
                let past = whole.as_of(deed.at.day);
                prop_assert_eq!(living(&past), living(&plain));
                let there = births(&plain);
                let later = all.iter().filter(|(id, _)| !there.contains_key(*id));
                prop_assert_eq!(tombstones(&past), later.map(|(id, born)| (id.clone(), born.clone())).collect());
                prop_assert_eq!(dated_values(&world.plan.as_of(deed.at.day)), dated_values(&was));
            }
        }
    }

    /// A clock that has observed a plan goes on after every stamp in its file, whatever the machine's clock says.
    #[test]
    fn the_latest_stamp_is_the_latest_of_all(
        script in script(Mix::Everything, 1..25), actor: u32, now in 0..4_000_000_000_000_u64,
    ) {
        let world = World::new(1).with(&script);
        let mut clock = Clock::new(Actor(actor));
        clock.observe(world.plan.latest_stamp());
        let next = clock.tick(now);
        let text = write_plan(&world.plan, world.today);
        let stamps: Vec<Stamp> = text.split('"').filter_map(|word| word.parse().ok()).collect();
        prop_assert_eq!(stamps.iter().max(), Some(&world.plan.latest_stamp()));
        prop_assert!(stamps.iter().all(|stamp| next > *stamp));
    }

    #[test]
    fn every_number_survives_its_file(numbers in prop::collection::vec(number(), 1..60)) {
        let mut world = World::new(1);
        let (at, id) = (world.at(), KpiId::from(seed(1)));
        let kpi = Kpi::new(id, name(), Prose::default(), Frequency::Weekly, at);
        let readings = numbers.iter().zip(0..).map(|(value, n)| {
            let row = Some(Reading { value: *value, note: Prose::default() });
            Change::Reading { of: id, key: EntryKey { day: at.day, n, actor: at.stamp.actor() }, row }
        });
        let all = [Change::Add(kpi.into())].into_iter().chain(readings).collect();
        world.make(Change::All(all), at);
        assert_valid(&world.plan)?;
    }

    /// Things are dragged about: between any two places there is another one, as often as anybody drags.
    #[test]
    fn between_two_ranks_there_is_always_another(moves in prop::collection::vec(any::<u8>(), 1..300)) {
        let mut order = vec![Rank::default()];
        for place in moves {
            let place = usize::from(place) * (order.len() + 1) / 256;
            let before = place.checked_sub(1).map(|before| order[before].clone());
            let rank = Rank::between(before.as_ref(), order.get(place));
            order.insert(place, rank);
            prop_assert!(order.is_sorted_by(|a, b| a < b), "{:?}", order);
        }
    }
}

#[test]
fn a_change_that_breaks_a_rule_is_refused() {
    let mut world = World::new(1);
    let at = world.at();
    let (number, early, late) = (Number::from, at.day, at.day.plus_days(1));
    let (cycle, kpi, objective) = (CycleId::from(seed(1)), KpiId::from(seed(2)), ObjectiveId::from(seed(3)));
    let own = KeyResultId::from(seed(4));
    let span = Span { start: early, end: late };
    let key_result = KeyResult::new(own, objective, name(), Measure::Done {}, at);
    for entity in [
        Cycle::new(cycle, name(), span, at).into(),
        Kpi::new(kpi, name(), Prose::default(), Frequency::Daily, at).into(),
        Objective::new(objective, name(), Some(cycle), at).into(),
        key_result.clone().into(),
    ] {
        let at = world.at();
        world.make(Change::Add(entity), at);
    }
    let upside_down = Bounds::Between { low: number(2), high: number(1) };
    let target = |bounds, tolerance| KpiEdit::target(Some(Target { bounds, tolerance: number(tolerance) }));
    let still = Measure::Metric { start: number(1), target: number(1) };
    let stay = Measure::Stay { bounds: upside_down.clone(), share: Share::default() };
    let dates = OwnDates { start: Some(late), due: Some(early) };
    let bands = Bands { attention: number(1), off_track: number(1) };
    for (edit, rule) in [
        (Edit::of(own, KeyResultEdit::measure(still.clone())), Invalid::StartIsTarget),
        (Edit::of(own, KeyResultEdit::measure(stay)), Invalid::BoundsUpsideDown),
        (Edit::of(own, KeyResultEdit::dates(Some(dates))), Invalid::EndBeforeStart),
        (Edit::of(kpi, target(upside_down, 0)), Invalid::BoundsUpsideDown),
        (Edit::of(kpi, target(Bounds::AtMost { value: number(1) }, -1)), Invalid::Tolerance),
        (Edit::of(cycle, CycleEdit::span(Span { start: late, end: early })), Invalid::EndBeforeStart),
        (Edit::frame(FrameEdit::bands(bands)), Invalid::Bands),
    ] {
        let change = Change::Edit { edit, from: None };
        assert_eq!(world.plan.apply(&change, at), Err(ChangeError::Invalid(rule)), "{change:?}");
    }
    let mut bad = key_result.clone();
    (bad.id, bad.measure) = (seed(5).into(), Dated::new(early, still));
    assert_eq!(world.plan.apply(&Change::Add(bad.into()), at), Err(ChangeError::Invalid(Invalid::StartIsTarget)));
    let again = Change::Add(key_result.clone().into());
    assert_eq!(world.plan.apply(&again, at), Err(ChangeError::Exists(own.into())));
    // Nothing may speak of what the plan has never known.
    let unknown = ObjectiveId::from(seed(9));
    let gone = Err(ChangeError::Gone(unknown.into()));
    let mut stray = key_result;
    (stray.id, stray.objective) = (seed(6).into(), Dated::new(early, unknown));
    assert_eq!(world.plan.apply(&Change::Add(stray.into()), at), gone);
    let edit = Edit::of(own, KeyResultEdit::objective(unknown));
    assert_eq!(world.plan.apply(&Change::Edit { edit, from: None }, at), gone);
    assert_eq!(world.plan.apply(&Change::Delete(unknown.into()), at), gone);
}

fn seed(n: u8) -> Seed {
    Seed { millis: 1, random: [n; 10] }
}

fn name() -> Name {
    Name::new("A").unwrap()
}

/// Does it on this machine, now.
fn make(world: &mut World, change: Change) -> Change {
    let at = world.at();
    world.make(change, at);
    world.history.last().unwrap().inverse.clone()
}

#[test]
fn edits_of_several_days_are_taken_back_in_reverse_order() {
    let mut world = World::new(1);
    let before = values(&world.plan);
    let mut undos = Vec::new();
    for (days, cadence) in
        [(0, Cadence::Monthly), (1, Cadence::Quarterly), (-30, Cadence::Monthly), (1, Cadence::Weekly)]
    {
        let from = Some(world.today.plus_days(days));
        undos.push(make(&mut world, Change::Edit { edit: Edit::frame(FrameEdit::cadence(cadence)), from }));
        world.today = world.today.plus_days(1);
    }
    let after = values(&world.plan);
    let redos: Vec<_> = undos.into_iter().rev().map(|undo| make(&mut world, undo)).collect();
    assert_eq!(values(&world.plan), before);
    for redo in redos.into_iter().rev() {
        make(&mut world, redo);
    }
    assert_eq!(values(&world.plan), after);
    assert_valid(&world.plan).unwrap();
}

#[test]
fn what_came_back_with_an_addition_goes_again_with_it() {
    let mut world = World::new(1);
    let (at, objective) = (world.at(), ObjectiveId::from(seed(1)));
    make(&mut world, Change::Add(Objective::new(objective, name(), None, at).into()));
    make(&mut world, Change::Delete(objective.into()));
    let before = values(&world.plan);
    let own = KeyResult::new(seed(2).into(), objective, name(), Measure::Done {}, at);
    let undo = make(&mut world, Change::Add(own.into()));
    assert!(world.plan.has(objective.into()));
    let redo = make(&mut world, undo);
    assert_eq!(values(&world.plan), before);
    make(&mut world, redo);
    // Once it was changed, it is there for its own sake.
    make(&mut world, Change::Edit { edit: Edit::of(objective, ObjectiveEdit::title(name())), from: None });
    make(&mut world, Change::Delete(KeyResultId::from(seed(2)).into()));
    assert!(world.plan.has(objective.into()));
}

#[test]
fn a_deletion_takes_along_what_belongs_and_nothing_else() {
    let mut world = World::new(1);
    let (at, today) = (world.at(), world.today);
    let (objective, other) = (ObjectiveId::from(seed(1)), ObjectiveId::from(seed(2)));
    let own = |n: u8, of| KeyResult::new(seed(n).into(), of, name(), Measure::Milestones {}, at);
    let step = |n: u8, of: u8| Milestone::new(seed(n).into(), seed(of).into(), name(), at);
    let mut moved = own(5, other);
    // Today it belongs to the first one, tomorrow no longer.
    moved.objective = Dated::new(today, objective);
    for entity in [
        Objective::new(objective, name(), None, at).into(),
        Objective::new(other, name(), None, at).into(),
        own(3, objective).into(),
        own(4, other).into(),
        moved.into(),
        step(6, 3).into(),
        step(7, 4).into(),
    ] {
        make(&mut world, Change::Add(entity));
    }
    let edit = Edit::of(seed(5).into(), KeyResultEdit::objective(other));
    make(&mut world, Change::Edit { edit, from: Some(today.plus_days(1)) });
    let before = values(&world.plan);
    let left = |plan: &Plan| {
        let own: Vec<_> = plan.key_results.iter().map(|own| own.id).collect();
        (plan.objectives.len(), own, plan.milestones.iter().map(|step| step.id).collect::<Vec<_>>())
    };
    let now = world.at();
    let (first, _) = world.plan.apply(&world.plan.deletion(objective.into(), today), now).unwrap();
    assert_eq!(left(&first), (1, vec![seed(4).into()], vec![seed(7).into()]));
    let tomorrow = world.plan.deletion(objective.into(), today.plus_days(1));
    let undo = make(&mut world, tomorrow);
    assert_eq!(left(&world.plan), (1, vec![seed(4).into(), seed(5).into()], vec![seed(7).into()]));
    make(&mut world, undo);
    assert_eq!(values(&world.plan), before);
    // What something belongs to does not go without it.
    let now = world.at();
    let alone = world.plan.apply(&Change::Delete(objective.into()), now);
    assert_eq!(alone, Err(ChangeError::Needed(objective.into())));
    assert_valid(&world.plan).unwrap();
}

#[test]
fn a_deletion_takes_away_what_it_knew_and_nothing_else() {
    let mut world = World::new(1);
    let (at, id) = (world.at(), KpiId::from(seed(1)));
    let kpi = Kpi::new(id, name(), Prose::default(), Frequency::Weekly, at);
    make(&mut world, Change::Add(kpi.into()));
    let (mut here, mut there) = (world.replica(2, 0), world.replica(3, -1000));
    let early = there.at();
    there.make(Change::Delete(id.into()), early);
    let death = there.history.last().unwrap().clone();
    let undo = make(&mut here, Change::Delete(id.into()));
    assert!(!here.plan.merge(&there.plan).has(id.into()));
    // Back again: the deletion elsewhere did not know of that, whenever it is heard of, on its own or in a batch.
    make(&mut here, undo);
    let all = Change::All(vec![death.change.clone()]);
    for change in [&death.change, &all] {
        let heard = here.plan.hear(change, &death.inverse, early).unwrap();
        assert_eq!(heard, here.plan.merge(&there.plan));
        assert!(heard.has(id.into()));
    }
    // A deletion that heard of all goes through.
    there.pull(&here);
    make(&mut there, Change::Delete(id.into()));
    assert!(!here.plan.merge(&there.plan).has(id.into()));
}

/// An objective with a key result that has a milestone and an initiative, on two machines.
fn shared() -> [World; 2] {
    let mut world = World::new(1);
    let (at, objective, own) = (world.at(), ObjectiveId::from(seed(1)), KeyResultId::from(seed(2)));
    for entity in [
        Objective::new(objective, name(), None, at).into(),
        KeyResult::new(own, objective, name(), Measure::Milestones {}, at).into(),
        Milestone::new(seed(3).into(), own, name(), at).into(),
        Initiative::new(seed(4).into(), Goal::KeyResult { id: own }, name(), at).into(),
    ] {
        make(&mut world, Change::Add(entity));
    }
    // The one who adds has a clock that is late by an hour: what counts is what was known, not when it was.
    [world.replica(2, 0), world.replica(3, -3_600_000)]
}

#[test]
fn what_is_added_to_something_that_was_deleted_elsewhere_brings_it_back() {
    let (objective, own) = (EntityId::from(ObjectiveId::from(seed(1))), EntityId::from(KeyResultId::from(seed(2))));
    let [step, initiative] = [MilestoneId::from(seed(3)).into(), EntityId::from(InitiativeId::from(seed(4)))];
    let new = |n: u8| seed(n);
    type Make<'a> = &'a dyn Fn(At) -> Change;
    let row = || Some(CheckIn { value: Some(Number::from(4)), confidence: None, note: Prose::default() });
    let key = |at: At| EntryKey { day: at.day, n: 0, actor: at.stamp.actor() };
    let edit = |edit| Change::Edit { edit, from: None };
    let title = || Name::new("Another").unwrap();
    let table: [(&str, Make<'_>, &[EntityId]); 8] = [
        ("nothing", &|_| Change::All(Vec::new()), &[]),
        (
            "a key result",
            &|at| {
                let measure = Measure::Done {};
                Change::Add(KeyResult::new(new(5).into(), seed(1).into(), name(), measure, at).into())
            },
            &[objective],
        ),
        (
            "a milestone",
            &|at| Change::Add(Milestone::new(new(5).into(), seed(2).into(), name(), at).into()),
            &[objective, own],
        ),
        (
            "an initiative of the objective",
            &|at| {
                let goal = Goal::Objective { id: seed(1).into() };
                Change::Add(Initiative::new(new(5).into(), goal, name(), at).into())
            },
            &[objective],
        ),
        ("a check-in", &|at| Change::CheckIn { of: seed(2).into(), key: key(at), row: row() }, &[objective, own]),
        ("another title", &|_| edit(Edit::of(seed(1).into(), ObjectiveEdit::title(title()))), &[objective]),
        (
            "a milestone that is done",
            &|at| edit(Edit::of(seed(3).into(), MilestoneEdit::done(Some(at.day)))),
            &[objective, own, step],
        ),
        (
            "an initiative that is begun",
            &|_| edit(Edit::of(seed(4).into(), InitiativeEdit::state(InitiativeState::Doing))),
            &[objective, own, initiative],
        ),
    ];
    for (what, change, returned) in table {
        let [mut here, mut there] = shared();
        let deletion = here.plan.deletion(objective, here.today);
        let undo = make(&mut here, deletion);
        let at = there.at();
        there.make(change(at), at);
        let merged = here.plan.merge(&there.plan);
        assert_eq!(merged.returned(&here.plan), returned, "{what}");
        assert_eq!(merged, there.plan.merge(&here.plan), "{what}");
        for id in [objective, own, step, initiative] {
            assert_eq!(merged.has(id), returned.contains(&id), "{what}: {id:?}");
        }
        assert_reachable(&merged).unwrap();
        assert_valid(&merged).unwrap();
        // A tab that hears of it, before or after its own deletion, comes to the same.
        let (death, deed) = (here.history.last().unwrap(), there.history.last().unwrap());
        let base = shared()[0].plan.clone();
        for order in [[death, deed], [deed, death]] {
            let heard = order.iter().fold(base.clone(), |plan, it| plan.hear(&it.change, &it.inverse, it.at).unwrap());
            assert_eq!(heard, merged, "{what}");
        }
        // Undone, all of it is there with what was added.
        here.pull(&there);
        let at = here.at();
        let (plan, _) = here.plan.apply(&without_those(&undo, returned), at).unwrap();
        assert!([objective, own, step, initiative].into_iter().all(|id| plan.has(id)), "{what}");
    }
}

#[test]
fn what_came_back_stays_when_what_brought_it_back_is_deleted() {
    let [mut here, mut there] = shared();
    let (objective, own) = (EntityId::from(ObjectiveId::from(seed(1))), KeyResultId::from(seed(5)));
    let deletion = here.plan.deletion(objective, here.today);
    make(&mut here, deletion);
    let at = there.at();
    make(&mut there, Change::Add(KeyResult::new(own, seed(1).into(), name(), Measure::Done {}, at).into()));
    here.pull(&there);
    let deletion = here.plan.deletion(own.into(), here.today);
    let before = values(&here.plan);
    let undo = make(&mut here, deletion);
    assert_eq!((here.plan.has(objective), here.plan.has(own.into())), (true, false));
    assert_eq!(there.plan.merge(&here.plan), here.plan);
    make(&mut here, undo);
    assert_eq!(values(&here.plan), before);
}

/// A change without the return of what is there already.
fn without_those(change: &Change, there: &[EntityId]) -> Change {
    let mut kept = Vec::new();
    flatten(change, &mut |change| match change {
        Change::Add(entity) if there.contains(&entity.id()) => {}
        change => kept.push(change.clone()),
    });
    Change::All(kept)
}

/// A deletion as earlier versions wrote it: it did not say what it knew.
#[test]
fn a_deletion_of_an_earlier_version_gives_way_to_later_edits_and_to_what_belongs_to_it() {
    let [mut here, there] = shared();
    let objective = EntityId::from(ObjectiveId::from(seed(1)));
    let deletion = here.plan.deletion(objective, here.today);
    make(&mut here, deletion);
    let mut file = file(&here.plan);
    for rows in file["plan"]["deleted"].as_object_mut().unwrap().values_mut() {
        rows.as_array_mut().unwrap().iter_mut().for_each(|row| drop(row.as_object_mut().unwrap().shift_remove("was")));
    }
    let earlier = read_plan(&file.to_string()).unwrap().plan;
    assert!(!earlier.merge(&there.plan).has(objective));
    let mut later = there.clone();
    make(
        &mut later,
        Change::Add(KeyResult::new(seed(5).into(), seed(1).into(), name(), Measure::Done {}, at_first()).into()),
    );
    let merged = earlier.merge(&later.plan);
    assert_eq!((merged.has(objective), merged.key_results.len()), (true, 1));
    assert_eq!(merged, later.plan.merge(&earlier));
    assert_reachable(&merged).unwrap();
    let mut later = here.replica(4, 1_000);
    later.plan = there.plan.clone();
    make(&mut later, Change::Edit { edit: Edit::of(seed(1).into(), ObjectiveEdit::title(name())), from: None });
    assert!(earlier.merge(&later.plan).has(objective));
}

fn at_first() -> At {
    World::new(1).at()
}

/// Several levels of batches in one another.
fn nested(levels: usize) -> Change {
    let edit = Edit::frame(FrameEdit::mission(Prose::new("deep").unwrap()));
    (0..levels).fold(Change::Edit { edit, from: None }, |inner, _| Change::All(vec![inner]))
}

#[test]
fn batches_have_a_largest_size_and_depth() {
    let mut world = World::new(1);
    let full = Err(ChangeError::Full { max: Change::MAX });
    let at = world.at();
    assert_eq!(world.plan.apply(&nested(9), at), full);
    assert_eq!(world.plan.apply(&nested(1_000), at), full);
    let (deep, inverse) = world.plan.apply(&nested(8), at).unwrap();
    assert_eq!(deep.frame.mission.as_str(), "deep");
    assert_eq!(values(&deep.apply(&inverse, world.at()).unwrap().0), values(&world.plan));
    let mut changes = vec![Change::All(Vec::new()); Change::MAX + 1];
    assert_eq!(world.plan.apply(&Change::All(changes.clone()), at), full);
    // The most that fits is made, saved and opened.
    changes.truncate(Change::MAX - 1);
    changes.push(nested(0));
    let (shelf, id) = (Memory::default(), world.plan.frame.id);
    let put = world.at();
    store::put(&shelf, &world.plan, put).unwrap();
    let change = Change::All(changes);
    let (plan, inverse) = world.plan.apply(&change, at).unwrap();
    store::save_record(&shelf, id, &store::Record { at, change, inverse }).unwrap();
    let opened = store::open(&shelf, id).unwrap();
    assert_eq!((opened.plan, opened.records, opened.damaged), (plan, vec![at.stamp], Vec::new()));
}

/// A plan that was merged from three machines, and one that heard of the same changes one by one on the first.
fn heard(past: &[Op], [a, b, c]: &[Vec<Op>; 3], mut order: u64) -> (Plan, Result<Plan, ChangeError>) {
    let base = World::new(1).with(past);
    let (a, b, c) = (base.replica(2, 0).with(a), base.replica(3, -3_600_000).with(b), base.replica(4, 90_000).with(c));
    let merged = a.plan.merge(&b.plan).merge(&c.plan);
    let mut queues = [a, b, c].map(|world| world.history.into_iter().collect::<VecDeque<_>>());
    let mut heard = base.plan;
    while queues.iter().any(|queue| !queue.is_empty()) {
        // Linear congruence: which machine is heard of next.
        order = order.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let Some(deed) = queues[(order >> 33) as usize % 3].pop_front() else { continue };
        match heard.hear(&deed.change, &deed.inverse, deed.at) {
            Ok(next) => heard = next,
            Err(error) => return (merged, Err(error)),
        }
    }
    (merged, Ok(heard))
}

/// The entity that a change speaks of, where the change leaves something there.
fn subject_of(change: &Change) -> Option<EntityId> {
    match change {
        Change::Add(entity) => Some(entity.id()),
        Change::Edit { edit, .. } | Change::Withdraw { edit, .. } => edit.id(),
        Change::CheckIn { of, .. } => Some((*of).into()),
        Change::Reading { of, .. } => Some((*of).into()),
        Change::All(_) | Change::Delete(_) => None,
    }
}

fn is_add(change: &Change) -> bool {
    matches!(change, Change::Add(_))
}

/// Every entity that is there.
fn ids_of(plan: &Plan) -> Vec<EntityId> {
    let objectives = plan.objectives.iter().map(|it| EntityId::from(it.id));
    let key_results = plan.key_results.iter().map(|it| EntityId::from(it.id));
    let milestones = plan.milestones.iter().map(|it| EntityId::from(it.id));
    let initiatives = plan.initiatives.iter().map(|it| EntityId::from(it.id));
    let kpis = plan.kpis.iter().map(|it| EntityId::from(it.id));
    let cycles = plan.cycles.iter().map(|it| EntityId::from(it.id));
    objectives.chain(key_results).chain(milestones).chain(initiatives).chain(kpis).chain(cycles).collect()
}

/// What something belongs to.
fn owner_of(plan: &Plan, id: EntityId) -> Option<EntityId> {
    match id {
        EntityId::KeyResult(id) => plan.key_results.get(id).map(|own| own.belongs_to().into()),
        EntityId::Milestone(id) => plan.milestones.get(id).map(|step| (*step.key_result).into()),
        EntityId::Initiative(id) => plan.initiatives.get(id).map(|it| match *it.goal {
            Goal::Objective { id } => id.into(),
            Goal::KeyResult { id } => id.into(),
        }),
        _ => None,
    }
}

/// Everything that is there is in a list, or belongs to something that is.
fn assert_reachable(plan: &Plan) -> Result<(), TestCaseError> {
    let end = Day::new(2199, 12, 31).unwrap();
    let cycles = plan.cycles.iter().map(|cycle| Some(cycle.id)).chain([None]);
    let listed: BTreeSet<_> = cycles.flat_map(|cycle| plan.objectives_of(cycle, end)).map(|it| it.id).collect();
    for objective in plan.objectives.iter() {
        prop_assert!(listed.contains(&objective.id) || *objective.archived.on(end), "{:?}", objective);
    }
    for id in ids_of(plan) {
        if let Some(owner) = owner_of(plan, id) {
            prop_assert!(plan.has(owner), "{:?} of {:?}", id, owner);
        }
    }
    for own in plan.key_results.iter() {
        let there = plan.key_results_of(own.belongs_to(), end);
        prop_assert!(there.iter().any(|it| it.id == own.id), "{:?}", own);
    }
    Ok(())
}

/// Everything but the tombstones, with every stamp.
fn living(plan: &Plan) -> Value {
    let mut file = file(plan);
    file["plan"].as_object_mut().unwrap().shift_remove("deleted");
    file
}

/// What was deleted, and when.
fn tombstones(plan: &Plan) -> BTreeMap<String, String> {
    let file = file(plan);
    let tables = file["plan"].get("deleted").and_then(Value::as_object);
    let rows = tables.into_iter().flatten().flat_map(|(_, rows)| rows.as_array().unwrap());
    rows.map(|row| (row["id"].to_string(), row["at"].to_string())).collect()
}

/// When what is there was made.
fn births(plan: &Plan) -> BTreeMap<String, String> {
    let file = file(plan);
    let rows = file["plan"].as_object().unwrap().values().filter_map(Value::as_array).flatten();
    rows.map(|row| (row["id"].to_string(), row["born"].to_string())).collect()
}

fn file(plan: &Plan) -> Value {
    serde_json::from_str(&write_plan(plan, Day::new(2026, 12, 31).unwrap())).unwrap()
}

/// An entry of a key result or a KPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Written {
    CheckIn(KeyResultId, EntryKey),
    Reading(KpiId, EntryKey),
}

type Place = (Option<EntityId>, &'static str, Option<Day>);

/// The last edit of each field, or of each first day of a field with a history.
/// Where an edit is made or withdrawn.
fn place_of(change: &Change, today: Day) -> Option<Place> {
    let (edit, from) = match change {
        Change::Edit { edit, from } => (edit, from.unwrap_or(today)),
        Change::Withdraw { edit, from } => (edit, *from),
        _ => return None,
    };
    Some((edit.id(), edit.field(), is_dated(edit).then_some(from)))
}

fn last_edits(deeds: &[&Deed]) -> BTreeMap<Place, (Stamp, Change)> {
    let mut last = BTreeMap::new();
    for deed in deeds {
        flatten(&deed.change, &mut |change| {
            let Some(place) = place_of(change, deed.at.day) else { return };
            let change = match change {
                Change::Edit { edit, from } => {
                    Change::Edit { edit: edit.clone(), from: Some(from.unwrap_or(deed.at.day)) }
                }
                change => change.clone(),
            };
            keep_last(&mut last, place, (deed.at.stamp, change), |all| all.0);
        });
    }
    last
}

fn last_entries(deeds: &[&Deed]) -> BTreeMap<Written, (Stamp, Option<String>)> {
    let mut last = BTreeMap::new();
    for deed in deeds {
        flatten(&deed.change, &mut |change| {
            let (entry, row) = match change {
                Change::CheckIn { of, key, row } => {
                    (Written::CheckIn(*of, *key), row.as_ref().map(|row| format!("{row:?}")))
                }
                Change::Reading { of, key, row } => {
                    (Written::Reading(*of, *key), row.as_ref().map(|row| format!("{row:?}")))
                }
                _ => return,
            };
            keep_last(&mut last, entry, (deed.at.stamp, row), |all| all.0);
        });
    }
    last
}

/// Within one batch all have the same stamp, and the last one counts.
fn keep_last<K: Ord, V>(last: &mut BTreeMap<K, V>, key: K, value: V, stamp: impl Fn(&V) -> Stamp) {
    if last.get(&key).is_none_or(|before| stamp(before) <= stamp(&value)) {
        last.insert(key, value);
    }
}

/// A change without some of its edits.
fn without(change: &Change, out: impl Fn(&Edit) -> bool) -> Change {
    let mut kept = Vec::new();
    flatten(change, &mut |change| match change {
        Change::Edit { edit, .. } if out(edit) => {}
        change => kept.push(change.clone()),
    });
    match change {
        Change::All(_) => Change::All(kept),
        _ => kept.pop().unwrap_or(Change::All(kept)),
    }
}
