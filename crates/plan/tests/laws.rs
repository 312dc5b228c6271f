//! What holds for every plan and every edit: the specification of changes, undo, merging, files and time travel.
#![allow(clippy::unwrap_used)]

mod support;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
};

use bearings_plan::{
    store::{self, Store},
    *,
};
use proptest::{prelude::*, test_runner::TestCaseError};
use support::{Deed, Mix, Op, World, dated_values, flatten, is_dated, script, values};

fn cases(cases: u32) -> ProptestConfig {
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
    #![proptest_config(cases(128))]

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
            if reunites(&world.plan, &change, at) || edits_again(&change) {
                continue;
            }
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

    /// Taking back an edit of a value with a history writes the earlier value from that day on: two steps back over
    /// two days do not, so they are left out here.
    #[test]
    fn a_whole_script_can_be_taken_back_step_by_step(script in script(Mix::Everything, 1..25)) {
        let mut world = World::new(1);
        let mut steps = Vec::new();
        for op in &script {
            let Some((change, at)) = world.next(op) else { continue };
            if reunites(&world.plan, &change, at) || change != without(&change, is_dated) {
                continue;
            }
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
                        let back = reunites(&here.plan, &change, at) || next.apply(&inverse, here.at()).is_ok();
                        prop_assert!(back, "{:?}", change);
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

    /// An edit is lost only to a later edit of the same field (and the same first day, where it has a history), to
    /// the deletion of its entity, or to the deletion and return of its entity elsewhere.
    #[test]
    fn merging_loses_no_edit(
        past in script(Mix::Everything, 0..20),
        a in script(Mix::Everything, 0..20),
        b in script(Mix::Everything, 0..20),
    ) {
        let [base, a, b, _] = apart(&past, [&a, &b, &[]]);
        let merged = a.plan.merge(&b.plan);
        let deeds: Vec<_> = [&base, &a, &b].into_iter().flat_map(|world| &world.history).collect();
        let removed: BTreeSet<EntityId> = deeds.iter().flat_map(|deed| &deed.removed).copied().collect();
        let at = At { stamp: merged.latest_stamp(), day: a.today };
        // Making the last edit of each field again changes nothing.
        for (_, (_, edit, from)) in last_edits(&deeds) {
            if !edit.id().is_some_and(|id| removed.contains(&id)) {
                let again = Change::Edit { edit: edit.clone(), from: Some(from) };
                prop_assert_eq!(merged.apply(&again, at).map(|(_, inverse)| inverse), Ok(again));
            }
        }
        for (entry, (_, row)) in last_entries(&deeds) {
            let there = match entry {
                Written::CheckIn(of, _) if removed.contains(&of.into()) => continue,
                Written::Reading(of, _) if removed.contains(&of.into()) => continue,
                Written::CheckIn(of, key) => {
                    merged.key_results.get(of).and_then(|own| own.check_ins.get(&key).map(|row| format!("{row:?}")))
                }
                Written::Reading(of, key) => {
                    merged.kpis.get(of).and_then(|own| own.readings.get(&key).map(|row| format!("{row:?}")))
                }
            };
            prop_assert_eq!(there, row, "{:?}", entry);
        }
        for id in deeds.iter().flat_map(|deed| deed.fates.keys()) {
            prop_assert!(removed.contains(id) || merged.has(*id), "{:?}", id);
        }
    }

    /// A tab that hears of every change of another one comes to the same plan as by merging.
    #[test]
    fn hearing_of_every_change_is_as_good_as_merging(
        past in script(Mix::Everything, 0..20),
        a in script(Mix::Diary, 0..20),
        b in script(Mix::Diary, 0..20),
    ) {
        let [_, a, b, _] = apart(&past, [&a, &b, &[]]);
        let mut heard = a.plan.clone();
        for deed in &b.history {
            heard = heard.apply(&deed.change, deed.at).unwrap().0;
        }
        prop_assert_eq!(heard, a.plan.merge(&b.plan));
    }

    #[test]
    fn the_journal_gives_every_change_back(script in script(Mix::Everything, 0..40)) {
        let shelf = Shelf::default();
        let mut world = World::new(1);
        let id = world.plan.frame.id;
        store::put(&shelf, &world.plan, world.today).unwrap();
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
        prop_assert_eq!(&opened, &store::Opened { plan: world.plan.clone(), records, unread: Vec::new() });
        store::compact(&shelf, id, world.today).unwrap();
        prop_assert_eq!(shelf.0.borrow().len(), 1);
        prop_assert_eq!(store::open(&shelf, id).unwrap().plan, world.plan);
    }

    /// What went on one machine is gone after the merge, unless it came back later somewhere.
    #[test]
    fn merging_deletes_what_was_deleted(
        past in script(Mix::Everything, 5..25),
        a in script(Mix::Everything, 0..15),
        b in script(Mix::Everything, 0..15),
    ) {
        let [_, a, b, _] = apart(&past, [&a, &b, &[]]);
        let merged = a.plan.merge(&b.plan);
        let mut last: BTreeMap<EntityId, (Stamp, bool)> = BTreeMap::new();
        for deed in a.history.iter().chain(&b.history) {
            for (id, there) in &deed.fates {
                keep_last(&mut last, *id, (deed.at.stamp, *there), |all| all.0);
            }
        }
        for (id, (_, there)) in last {
            prop_assert_eq!(merged.has(id), there, "{:?}", id);
            prop_assert!(merged.knows(id));
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
        prop_assert_eq!(world.plan.as_of(Day::new(2199, 12, 31).unwrap()), world.plan);
    }

    /// Where nothing was deleted and everything was decided and entered for its own day, the past is the plan as it
    /// was at the end of that day: exactly so if no plain field was edited; otherwise (plain fields such as titles
    /// keep no history) in everything with a history, all entries, and which entities there are.
    #[test]
    fn the_past_is_the_plan_as_it_was(script in script(Mix::Diary, 1..50)) {
        let world = World::new(1).with(&script);
        let new = World::new(1).plan;
        let (mut was, mut plain, mut whole) = (new.clone(), new.clone(), new);
        let dated: Vec<_> = world.history.iter().map(|deed| without(&deed.change, |edit| !is_dated(edit))).collect();
        for (deed, change) in world.history.iter().zip(&dated) {
            whole = whole.apply(change, deed.at).unwrap().0;
        }
        for (n, (deed, change)) in world.history.iter().zip(&dated).enumerate() {
            was = was.apply(&deed.change, deed.at).unwrap().0;
            plain = plain.apply(change, deed.at).unwrap().0;
            let end_of_day = world.history.get(n + 1).is_none_or(|next| next.at.day > deed.at.day);
            if end_of_day {
                prop_assert_eq!(whole.as_of(deed.at.day), plain.clone());
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
        let (at, id) = (world.at(), KpiId::from(Seed { millis: 1, random: [1; 10] }));
        let kpi = Kpi::new(id, Name::new("A").unwrap(), Prose::default(), Frequency::Weekly, at);
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
    let (at, name) = (world.at(), || Name::new("A").unwrap());
    let seed = |n| Seed { millis: 1, random: [n; 10] };
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
    let target = |bounds, tolerance| KpiEdit::Target(Some(Target { bounds, tolerance: number(tolerance) }));
    let still = Measure::Metric { start: number(1), target: number(1) };
    let stay = Measure::Stay { bounds: upside_down.clone(), share: Share::default() };
    let dates = OwnDates { start: Some(late), due: Some(early) };
    let bands = Bands { attention: number(1), off_track: number(1) };
    for (edit, rule) in [
        (Edit::KeyResult(own, KeyResultEdit::Measure(still.clone())), Invalid::StartIsTarget),
        (Edit::KeyResult(own, KeyResultEdit::Measure(stay)), Invalid::BoundsUpsideDown),
        (Edit::KeyResult(own, KeyResultEdit::Dates(Some(dates))), Invalid::EndBeforeStart),
        (Edit::Kpi(kpi, target(upside_down, 0)), Invalid::BoundsUpsideDown),
        (Edit::Kpi(kpi, target(Bounds::AtMost { value: number(1) }, -1)), Invalid::Tolerance),
        (Edit::Cycle(cycle, CycleEdit::Span(Span { start: late, end: early })), Invalid::EndBeforeStart),
        (Edit::Frame(FrameEdit::Bands(bands)), Invalid::Bands),
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
    let edit = Edit::KeyResult(own, KeyResultEdit::Objective(unknown));
    assert_eq!(world.plan.apply(&Change::Edit { edit, from: None }, at), gone);
    assert_eq!(world.plan.apply(&Change::Delete(unknown.into()), at), gone);
}

/// Whether a change brings something back to which others belong by now: taking it back would take them along.
fn reunites(plan: &Plan, change: &Change, at: At) -> bool {
    let (mut plan, mut reunites) = (plan.clone(), false);
    flatten(change, &mut |change| {
        reunites |= matches!(change, Change::Add(entity) if match entity.id() {
            EntityId::Objective(id) => plan.key_results.iter().any(|own| *own.objective.on(at.day) == id),
            EntityId::KeyResult(id) => plan.milestones.iter().any(|own| *own.key_result == id),
            _ => false,
        });
        plan = plan.apply(change, at).unwrap().0;
    });
    reunites
}

/// A store in memory.
#[derive(Debug, Default)]
struct Shelf(RefCell<BTreeMap<String, String>>);

impl Store for Shelf {
    type Error = Infallible;

    fn get(&self, key: &str) -> Result<Option<String>, Infallible> {
        Ok(self.0.borrow().get(key).cloned())
    }

    fn set(&self, key: &str, text: &str) -> Result<(), Infallible> {
        self.0.borrow_mut().insert(key.to_owned(), text.to_owned());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), Infallible> {
        self.0.borrow_mut().remove(key);
        Ok(())
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, Infallible> {
        Ok(self.0.borrow().keys().filter(|key| key.starts_with(prefix)).cloned().collect())
    }
}

/// An entry of a key result or a KPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Written {
    CheckIn(KeyResultId, EntryKey),
    Reading(KpiId, EntryKey),
}

type Place = (Option<EntityId>, &'static str, Option<Day>);

/// The last edit of each field, or of each first day of a field with a history.
fn last_edits(deeds: &[&Deed]) -> BTreeMap<Place, (Stamp, Edit, Day)> {
    let mut last = BTreeMap::new();
    for deed in deeds {
        flatten(&deed.change, &mut |change| {
            let Change::Edit { edit, from } = change else { return };
            let from = from.unwrap_or(deed.at.day);
            keep_last(
                &mut last,
                (edit.id(), edit.field(), is_dated(edit).then_some(from)),
                (deed.at.stamp, edit.clone(), from),
                |all| all.0,
            );
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

/// Whether a batch edits the same value with a history twice, from different days on.
fn edits_again(change: &Change) -> bool {
    let (mut seen, mut again) = (BTreeSet::new(), false);
    flatten(change, &mut |change| {
        if let Change::Edit { edit, .. } = change {
            again |= is_dated(edit) && !seen.insert((edit.id(), edit.field()));
        }
    });
    again
}
