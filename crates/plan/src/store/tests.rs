//! One store without faults; `tests/crashes.rs` has the faults.

use std::cell::RefCell;

use super::{
    keys::{VERSION_KEY, gone_key, journal_prefix, snapshot_prefix},
    seal::sealed,
    *,
};
use crate::{Actor, At, Change, Clock, Day, Edit, FrameEdit, Name, Objective, Plan, Prose, Seed, Stamp};

#[path = "../../tests/support/memory.rs"]
mod memory;

use memory::Memory;

/// The moment of the next snapshot.
fn later() -> At {
    At { stamp: Stamp::new(3, 0, Actor(1)), day: Day::new(2026, 10, 3).unwrap() }
}

struct Desk {
    store: Memory,
    plan: Plan,
    clock: Clock,
}

impl Desk {
    fn new() -> Self {
        let mut clock = Clock::new(Actor(1));
        let at = At { stamp: clock.tick(1), day: Day::new(2026, 10, 1).unwrap() };
        let seed = Seed { millis: 1, random: [1; 10] };
        let plan = Plan::new(seed.into(), Name::new("Plan").unwrap(), at);
        let store = Memory::default();
        put(&store, &plan, at).unwrap();
        Self { store, plan, clock }
    }

    fn id(&self) -> PlanId {
        self.plan.frame.id
    }

    /// The key of the only snapshot.
    fn snapshot(&self) -> String {
        let mut keys = self.store.keys(&snapshot_prefix(self.id())).unwrap();
        assert_eq!(keys.len(), 1);
        keys.remove(0)
    }

    fn make(&mut self, change: Change) {
        let at = At { stamp: self.clock.tick(1), day: Day::new(2026, 10, 2).unwrap() };
        let (plan, inverse) = self.plan.apply(&change, at).unwrap();
        save_record(&self.store, self.id(), &Record { at, change, inverse }).unwrap();
        self.plan = plan;
    }

    fn edit(&mut self, name: &str) {
        let edit = Edit::frame(FrameEdit::mission(Prose::new(name).unwrap()));
        self.make(Change::Edit { edit, from: None });
    }

    fn add(&mut self, n: u8) {
        let at = At { stamp: self.clock.tick(1), day: Day::new(2026, 10, 2).unwrap() };
        let id = Seed { millis: 2, random: [n; 10] }.into();
        self.make(Change::Add(Objective::new(id, Name::new("Go").unwrap(), None, at).into()));
    }
}

#[test]
fn what_was_saved_is_there_after_opening() {
    let mut desk = Desk::new();
    desk.add(1);
    desk.edit("first");
    desk.edit("second");
    let opened = open(&desk.store, desk.id()).unwrap();
    assert_eq!((opened.plan, opened.records.len(), opened.damaged), (desk.plan.clone(), 3, vec![]));
    assert_eq!(plans(&desk.store).unwrap(), [desk.id()]);
}

#[test]
fn a_snapshot_takes_its_records_away_and_nothing_changes() {
    let mut desk = Desk::new();
    desk.add(1);
    desk.edit("first");
    compact(&desk.store, desk.id(), later()).unwrap();
    let opened = open(&desk.store, desk.id()).unwrap();
    assert_eq!((opened.plan, opened.records), (desk.plan.clone(), vec![]));
    assert_eq!(keys_of(&desk.store, desk.id()).unwrap(), [desk.snapshot()]);
}

#[test]
fn records_that_a_snapshot_holds_are_not_applied_twice() {
    let mut desk = Desk::new();
    desk.add(1);
    let id = desk.plan.objectives.iter().next().unwrap().id;
    desk.make(Change::Delete(id.into()));
    let before: Vec<_> = desk.store.0.borrow().clone().into_iter().collect();
    compact(&desk.store, desk.id(), later()).unwrap();
    // As after a crash between writing the snapshot and removing its records.
    for (key, text) in before.into_iter().filter(|(key, _)| key.contains("/j/")) {
        desk.store.set(&key, &text).unwrap();
    }
    let opened = open(&desk.store, desk.id()).unwrap();
    assert_eq!((opened.plan, opened.records), (desk.plan.clone(), vec![]));
}

#[test]
fn a_damaged_record_stays_and_the_others_apply() {
    let mut desk = Desk::new();
    desk.edit("first");
    let key = desk.store.keys(&journal_prefix(desk.id())).unwrap().remove(0);
    let text = desk.store.get(&key).unwrap().unwrap().replace("first", "worst");
    desk.store.set(&key, &text).unwrap();
    desk.add(1);
    let opened = open(&desk.store, desk.id()).unwrap();
    assert_eq!((opened.plan.objectives.len(), opened.damaged), (1, vec![key.clone()]));
    compact(&desk.store, desk.id(), later()).unwrap();
    assert_eq!(desk.store.get(&key).unwrap(), Some(text));
}

#[test]
fn putting_a_plan_replaces_snapshot_and_journal() {
    let mut desk = Desk::new();
    let first = desk.plan.clone();
    desk.add(1);
    put(&desk.store, &first, later()).unwrap();
    assert_eq!(open(&desk.store, desk.id()).unwrap().plan, first);
}

#[test]
fn a_damaged_snapshot_is_reported() {
    let desk = Desk::new();
    let key = desk.snapshot();
    let text = desk.store.get(&key).unwrap().unwrap();
    for damaged in [text.replace("Plan", "Plum"), text[..40].to_owned(), String::new(), "ü".repeat(9)] {
        desk.store.set(&key, &damaged).unwrap();
        assert!(matches!(open(&desk.store, desk.id()), Err(OpenError::Damaged)), "{damaged}");
    }
    desk.store.remove(&key).unwrap();
    assert!(matches!(open(&desk.store, desk.id()), Err(OpenError::Missing)));
}

#[test]
fn every_kind_of_change_reads_back_as_it_was_written() {
    let mut desk = Desk::new();
    desk.add(1);
    desk.edit("x");
    let id = desk.plan.objectives.iter().next().unwrap().id;
    desk.make(Change::All(vec![Change::Delete(id.into())]));
    for key in desk.store.keys(&journal_prefix(desk.id())).unwrap() {
        let text = desk.store.get(&key).unwrap().unwrap();
        let record = read_record(&text).unwrap();
        assert_eq!(Key::parse(&key), Some(Key::Record(desk.id(), record.at.stamp)));
        assert_eq!(sealed(&record.write().to_string()), text);
    }
}

#[test]
fn two_snapshots_written_at_once_are_merged() {
    let mut desk = Desk::new();
    desk.add(1);
    let before = desk.store.0.borrow().clone();
    compact(&desk.store, desk.id(), later()).unwrap();
    let first = desk.store.0.replace(before);
    desk.edit("second");
    let at = At { stamp: Stamp::new(4, 0, Actor(2)), ..later() };
    compact(&desk.store, desk.id(), at).unwrap();
    // Neither had seen the other.
    desk.store.0.borrow_mut().extend(first);
    assert_eq!(open(&desk.store, desk.id()).unwrap().plan, desk.plan);
    compact(&desk.store, desk.id(), At { stamp: Stamp::new(5, 0, Actor(2)), ..later() }).unwrap();
    assert_eq!(
        (keys_of(&desk.store, desk.id()).unwrap().len(), open(&desk.store, desk.id()).unwrap().plan),
        (1, desk.plan)
    );
}

#[test]
fn the_first_version_of_the_page_kept_its_snapshot_without_a_stamp() {
    let mut desk = Desk::new();
    let key = desk.snapshot();
    let text = desk.store.get(&key).unwrap().unwrap();
    desk.store.remove(&key).unwrap();
    desk.store.set(&snapshot_prefix(desk.id()), &text).unwrap();
    desk.add(1);
    assert_eq!(open(&desk.store, desk.id()).unwrap().plan, desk.plan);
    compact(&desk.store, desk.id(), later()).unwrap();
    assert_eq!(open(&desk.store, desk.id()).unwrap().plan, desk.plan);
    assert_ne!(desk.snapshot(), snapshot_prefix(desk.id()));
}

#[test]
fn where_a_newer_version_writes_nothing_is_touched() {
    let mut desk = Desk::new();
    desk.edit("first");
    desk.store.set(VERSION_KEY, &(seal::VERSION + 1).to_string()).unwrap();
    let before = desk.store.0.borrow().clone();
    let at = later();
    let change = Change::All(Vec::new());
    let record = Record { at, change: change.clone(), inverse: change };
    assert_eq!(save_record(&desk.store, desk.id(), &record), Err(SaveError::Newer));
    assert_eq!(put(&desk.store, &desk.plan, at), Err(SaveError::Newer));
    assert_eq!(delete(&desk.store, desk.id()), Err(SaveError::Newer));
    assert!(matches!(open(&desk.store, desk.id()), Err(OpenError::Save(SaveError::Newer))));
    assert!(matches!(compact(&desk.store, desk.id(), at), Err(OpenError::Save(SaveError::Newer))));
    assert_eq!(*desk.store.0.borrow(), before);
}

#[test]
fn putting_a_plan_touches_nothing_that_cannot_be_read() {
    let mut desk = Desk::new();
    desk.edit("first");
    let (first, text) = (desk.snapshot(), desk.store.get(&desk.snapshot()).unwrap().unwrap());
    let record = desk.store.keys(&journal_prefix(desk.id())).unwrap().remove(0);
    for key in [&first, &record] {
        desk.store.set(key, "damaged").unwrap();
    }
    put(&desk.store, &desk.plan, later()).unwrap();
    for key in [&first, &record] {
        assert_eq!(desk.store.get(key).unwrap().as_deref(), Some("damaged"));
    }
    let opened = open(&desk.store, desk.id()).unwrap();
    assert_eq!((opened.plan, opened.damaged.len()), (desk.plan.clone(), 2));
    // A newer version wrote here, and what said so is lost.
    desk.store.remove(VERSION_KEY).unwrap();
    let newer = text[8..].replace("\"version\":4", "\"version\":5");
    desk.store.set(&first, &sealed(&newer)).unwrap();
    let before = desk.store.0.borrow().clone();
    assert_eq!(
        put(&desk.store, &desk.plan, At { stamp: Stamp::new(4, 0, Actor(1)), ..later() }),
        Err(SaveError::Newer)
    );
    assert_eq!(*desk.store.0.borrow(), before);
}

#[test]
fn a_deletion_that_was_interrupted_is_finished() {
    let desk = Desk::new();
    desk.store.set(&gone_key(desk.id()), "").unwrap();
    assert_eq!(plans(&desk.store).unwrap(), []);
    sweep(&desk.store).unwrap();
    assert_eq!(keys_of(&desk.store, desk.id()).unwrap(), [gone_key(desk.id())]);
    // The same plan may come again, also where a deletion was interrupted.
    desk.store.set(&gone_key(desk.id()), "").unwrap();
    put(&desk.store, &desk.plan, later()).unwrap();
    assert_eq!((plans(&desk.store).unwrap(), open(&desk.store, desk.id()).unwrap().plan), (vec![desk.id()], desk.plan));
}

#[test]
fn records_without_a_snapshot_are_a_damaged_plan() {
    let mut desk = Desk::new();
    desk.edit("first");
    desk.store.remove(&desk.snapshot()).unwrap();
    assert_eq!(plans(&desk.store).unwrap(), [desk.id()]);
    assert!(matches!(open(&desk.store, desk.id()), Err(OpenError::Missing)));
}

/// A store without room: texts can only be read and removed, until one removal too many.
struct NoRoom {
    memory: Memory,
    removals: RefCell<usize>,
}

impl Store for NoRoom {
    type Error = ();

    fn get(&self, key: &str) -> Result<Option<String>, ()> {
        self.memory.get(key).map_err(|never| match never {})
    }

    fn set(&self, _: &str, _: &str) -> Result<(), ()> {
        Err(())
    }

    fn remove(&self, key: &str) -> Result<(), ()> {
        let left = self.removals.replace_with(|left| left.saturating_sub(1));
        if left == 0 { Err(()) } else { self.memory.remove(key).map_err(|never| match never {}) }
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, ()> {
        self.memory.keys(prefix).map_err(|never| match never {})
    }
}

#[test]
fn a_plan_is_deleted_where_there_is_no_room_for_the_mark() {
    let mut desk = Desk::new();
    let mut made = vec![desk.plan.clone()];
    for name in ["first", "second"] {
        desk.edit(name);
        made.push(desk.plan.clone());
    }
    // A stop in between leaves a plan that can be opened, and deleted again.
    let (id, memory) = (desk.id(), desk.store);
    let mut full = NoRoom { memory, removals: RefCell::new(1) };
    for left in [1, 0] {
        full.removals = RefCell::new(1);
        assert_eq!(delete(&full, id), Err(SaveError::Store(())));
        assert_eq!(open(&full, id).unwrap().plan, made[left]);
    }
    full.removals = RefCell::new(9);
    assert_eq!((delete(&full, id), keys_of(&full, id)), (Ok(()), Ok(Vec::new())));
}

#[test]
fn what_builds_upon_a_damaged_record_stays_beside_it() {
    let mut desk = Desk::new();
    desk.add(1);
    let id = desk.plan.objectives.iter().next().unwrap().id;
    desk.make(Change::Delete(id.into()));
    let keys = desk.store.keys(&journal_prefix(desk.id())).unwrap();
    let text = desk.store.get(&keys[0]).unwrap().unwrap();
    desk.store.set(&keys[0], &text[..text.len() / 2]).unwrap();
    compact(&desk.store, desk.id(), later()).unwrap();
    assert_eq!(desk.store.keys(&journal_prefix(desk.id())).unwrap(), keys);
    desk.store.set(&keys[0], &text).unwrap();
    assert_eq!(open(&desk.store, desk.id()).unwrap().plan, desk.plan);
}

#[test]
fn a_label_saves_opening_a_plan() {
    let mut desk = Desk::new();
    desk.add(1);
    let first = about(&desk.store, desk.id()).unwrap();
    assert_eq!((first.name.as_str(), first.objectives, first.kpis), ("Plan", 1, 0));
    // Nothing of the plan is looked at any more.
    let (key, text) = (desk.snapshot(), desk.store.get(&desk.snapshot()).unwrap().unwrap());
    desk.store.set(&key, "damaged").unwrap();
    assert_eq!(about(&desk.store, desk.id()).unwrap(), first);
    unlabel(&desk.store, desk.id()).unwrap();
    assert!(matches!(about(&desk.store, desk.id()), Err(OpenError::Damaged)));
    desk.store.set(&key, &text).unwrap();

    assert_eq!(about(&desk.store, desk.id()).unwrap(), first);
    desk.add(2);
    assert_eq!(about(&desk.store, desk.id()).unwrap().objectives, 2);
    compact(&desk.store, desk.id(), later()).unwrap();
    assert_eq!(changed(&desk.store, desk.id()).unwrap(), Some(later().stamp));
    assert_eq!(about(&desk.store, desk.id()).unwrap().objectives, 2);
    delete(&desk.store, desk.id()).unwrap();
    assert_eq!(keys_of(&desk.store, desk.id()).unwrap(), [gone_key(desk.id())]);
}

#[test]
fn a_label_that_is_no_label_is_written_anew() {
    let desk = Desk::new();
    let key = keys::about_key(desk.id());
    for text in ["", "x", &sealed("{}"), &sealed("[1]"), "00000000{}"] {
        desk.store.set(&key, text).unwrap();
        assert_eq!(about(&desk.store, desk.id()).unwrap().name.as_str(), "Plan");
        assert_ne!(desk.store.get(&key).unwrap().as_deref(), Some(text));
    }
    assert_eq!(plans(&desk.store).unwrap(), [desk.id()]);
}

#[test]
fn room_is_counted_by_plan() {
    let desk = Desk::new();
    let id = desk.id();
    let sizes = [(format!("bearings/{id}/plan"), 5), (format!("bearings/{id}/exported"), 2)];
    let others = [("bearings/current".to_owned(), 1), ("another page".to_owned(), 40), ("bearings/x/y".to_owned(), 7)];
    let room = |all| Room::of(sizes.clone().into_iter().chain(others.clone()), all);
    assert_eq!((room(100).plan(id), room(100).plans_beside(id), room(100).other), (7, 0, 48));
    // 55 of so many.
    let shares = [110, 69, 68, 55, 20, 0].map(|all| (room(all).share() >= 0.5, room(all).is_crowded()));
    assert_eq!(shares, [(true, false), (true, false), (true, true), (true, true), (true, true), (true, true)]);
    assert!((room(110).share() - 0.5).abs() < 1e-9 && (room(20).share() - 1.0).abs() < 1e-9);
}

/// A store of so many characters that replaces texts as a whole or not at all, and that stops after some writes.
struct Small<'a> {
    store: &'a Memory,
    room: usize,
    writes: std::cell::Cell<usize>,
}

#[derive(Debug, PartialEq, Eq)]
struct Full;

impl Small<'_> {
    fn used(&self) -> usize {
        self.store.0.borrow().iter().map(|(key, text)| key.len() + text.len()).sum()
    }

    fn write(&self) -> Result<(), Full> {
        let left = self.writes.get().checked_sub(1).ok_or(Full)?;
        self.writes.set(left);
        Ok(())
    }
}

impl Store for Small<'_> {
    type Error = Full;

    fn get(&self, key: &str) -> Result<Option<String>, Full> {
        Ok(self.store.get(key).unwrap())
    }

    fn set(&self, key: &str, text: &str) -> Result<(), Full> {
        self.write()?;
        let there = self.store.get(key).unwrap().map_or(0, |there| key.len() + there.len());
        if self.used() - there + key.len() + text.len() > self.room {
            return Err(Full);
        }
        self.store.set(key, text).unwrap();
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), Full> {
        self.write()?;
        self.store.remove(key).unwrap();
        Ok(())
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, Full> {
        Ok(self.store.keys(prefix).unwrap())
    }
}

#[test]
fn where_there_is_no_room_for_a_second_snapshot_the_first_takes_the_journal_in() {
    let mut desk = Desk::new();
    desk.add(1);
    for n in 0..20 {
        desk.edit(&n.to_string());
    }
    let before = desk.store.0.borrow().clone();
    // With room for all of the journal, and with room for a little of it.
    for (spare, writes) in (0..120).flat_map(|writes| [(1000, writes), (400, writes)]) {
        desk.store.0.replace(before.clone());
        let small = Small { store: &desk.store, room: 0, writes: usize::MAX.into() };
        let small = Small { room: small.used() + spare, ..small };
        assert!(matches!(compact(&small, desk.id(), later()), Err(OpenError::Save(SaveError::Store(Full)))));
        assert_eq!(*desk.store.0.borrow(), before);
        small.writes.set(writes);
        let done = compact_in_place(&small, desk.id(), later());
        // Wherever it stopped, everything is there.
        let opened = open(&desk.store, desk.id()).unwrap();
        assert_eq!(opened.plan, desk.plan, "{writes} writes");
        assert_eq!(opened.records.is_empty(), done.is_ok());
        assert!(done.is_ok() || writes < if spare == 400 { 119 } else { 1 }, "{writes} writes");
        compact(&desk.store, desk.id(), At { stamp: Stamp::new(9, 0, Actor(1)), ..later() }).unwrap();
        assert_eq!(open(&desk.store, desk.id()).unwrap().plan, desk.plan);
        assert_eq!(keys_of(&desk.store, desk.id()).unwrap(), [desk.snapshot()]);
    }
}

#[test]
fn where_not_even_the_new_text_fits_the_old_one_stays() {
    let mut desk = Desk::new();
    for n in 0..9 {
        desk.add(n);
    }
    let before = desk.store.0.borrow().clone();
    let small = Small { store: &desk.store, room: 0, writes: usize::MAX.into() };
    let small = Small { room: small.used(), ..small };
    assert!(matches!(compact_in_place(&small, desk.id(), later()), Err(OpenError::Save(SaveError::Store(Full)))));
    assert_eq!(*desk.store.0.borrow(), before);
}

#[test]
fn in_place_two_snapshots_become_one_too() {
    let mut desk = Desk::new();
    desk.add(1);
    let before = desk.store.0.borrow().clone();
    compact(&desk.store, desk.id(), later()).unwrap();
    let first = desk.store.0.replace(before);
    desk.edit("second");
    compact(&desk.store, desk.id(), At { stamp: Stamp::new(4, 0, Actor(2)), ..later() }).unwrap();
    desk.store.0.borrow_mut().extend(first);
    compact_in_place(&desk.store, desk.id(), At { stamp: Stamp::new(5, 0, Actor(2)), ..later() }).unwrap();
    assert_eq!(open(&desk.store, desk.id()).unwrap().plan, desk.plan);
    assert_eq!(keys_of(&desk.store, desk.id()).unwrap(), [desk.snapshot()]);
}

#[test]
fn what_is_known_elsewhere_is_merged_into_what_is_stored() {
    let mut desk = Desk::new();
    let mut elsewhere = desk.plan.clone();
    let at = At { stamp: Stamp::new(2, 0, Actor(2)), ..later() };
    let id = Seed { millis: 2, random: [7; 10] }.into();
    let new = Objective::new(id, Name::new("Far").unwrap(), None, at);
    elsewhere = elsewhere.apply(&Change::Add(new.into()), at).unwrap().0;
    desk.add(1);
    let merged = merge_in(&desk.store, &elsewhere, later()).unwrap();
    assert_eq!((merged.objectives.len(), open(&desk.store, desk.id()).unwrap().plan), (2, merged.clone()));
    let before = desk.store.0.borrow().clone();
    assert_eq!(merge_in(&desk.store, &elsewhere, later()).unwrap(), merged);
    assert_eq!(*desk.store.0.borrow(), before);
}

#[test]
fn damaged_texts_can_be_removed() {
    let mut desk = Desk::new();
    desk.edit("first");
    let key = desk.store.keys(&journal_prefix(desk.id())).unwrap().remove(0);
    desk.store.set(&key, "damaged").unwrap();
    let opened = open(&desk.store, desk.id()).unwrap();
    discard(&desk.store, &opened.damaged).unwrap();
    assert!(open(&desk.store, desk.id()).unwrap().damaged.is_empty());
}

#[test]
fn no_flipped_bit_makes_a_newer_version() {
    let desk = Desk::new();
    desk.store.remove(VERSION_KEY).unwrap();
    seal::claim(&desk.store).unwrap();
    let text = desk.store.get(VERSION_KEY).unwrap().unwrap();
    for bit in 0..text.len() * 8 {
        let mut bytes = text.clone().into_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let Ok(flipped) = String::from_utf8(bytes) else { continue };
        assert!(!is_newer(&flipped), "{flipped:?}");
    }
    let (ours, newer) = (seal::VERSION, seal::VERSION + 1);
    assert!(is_newer(&newer.to_string()) && is_newer(&format!("{newer}/{newer}")));
    for other in [ours.to_string(), format!("{newer}/{ours}"), format!("{newer}/")] {
        assert!(!is_newer(&other), "{other}");
    }
}

/// The texts that a second copy would have.
fn copied(store: &Memory) -> Vec<(String, String)> {
    store.0.borrow().clone().into_iter().collect()
}

#[test]
fn a_text_that_is_damaged_or_gone_comes_back_from_the_copy() {
    let mut desk = Desk::new();
    desk.edit("first");
    desk.edit("second");
    let copy = copied(&desk.store);
    let records = desk.store.keys(&journal_prefix(desk.id())).unwrap();
    desk.store.set(&records[0], "damaged").unwrap();
    desk.store.remove(&records[1]).unwrap();
    desk.store.set(&desk.snapshot(), "").unwrap();
    let done = reconcile(&desk.store, &copy).unwrap();
    assert_eq!(done, Reconciled { copy: Vec::new(), changed: vec![desk.id()] });
    assert_eq!(copied(&desk.store), copy);
}

#[test]
fn a_damaged_text_of_the_copy_changes_nothing_and_is_written_anew() {
    let mut desk = Desk::new();
    desk.edit("first");
    let before = copied(&desk.store);
    let mut copy = before.clone();
    copy.iter_mut().filter(|(key, _)| key.contains("/j/")).for_each(|(_, text)| text.truncate(9));
    let done = reconcile(&desk.store, &copy).unwrap();
    assert_eq!((copied(&desk.store), done.changed), (before.clone(), Vec::new()));
    let record = before.iter().find(|(key, _)| key.contains("/j/")).unwrap();
    assert_eq!(done.copy[0], (record.0.clone(), Some(record.1.clone())));
    // One that only the copy has stays there.
    desk.store.remove(&record.0).unwrap();
    assert_eq!(reconcile(&desk.store, &copy).unwrap(), Reconciled::default());
}

#[test]
fn what_the_store_has_no_room_for_stays_in_the_copy() {
    let mut desk = Desk::new();
    desk.edit("first");
    let copy = copied(&desk.store);
    desk.store.remove(&desk.store.keys(&journal_prefix(desk.id())).unwrap()[0]).unwrap();
    let before = copied(&desk.store);
    let full = NoRoom { memory: desk.store, removals: RefCell::new(9) };
    let done = reconcile(&full, &copy).unwrap();
    assert_eq!((copied(&full.memory), done.copy), (before, Vec::new()));
}

#[test]
fn nothing_is_reconciled_where_a_newer_version_writes() {
    let desk = Desk::new();
    let newer = vec![(VERSION_KEY.to_owned(), "99".to_owned())];
    assert_eq!(reconcile(&desk.store, &newer), Err(SaveError::Newer));
    desk.store.set(VERSION_KEY, "99").unwrap();
    assert_eq!(reconcile(&desk.store, &[]), Err(SaveError::Newer));
}

#[test]
fn a_deleted_plan_does_not_come_back_from_a_copy_that_did_not_hear_of_it() {
    let mut desk = Desk::new();
    desk.edit("first");
    let copy = copied(&desk.store);
    delete(&desk.store, desk.id()).unwrap();
    let done = reconcile(&desk.store, &copy).unwrap();
    assert_eq!(plans(&desk.store).unwrap(), []);
    let left: Vec<_> = done.copy.iter().filter(|(_, text)| text.is_some()).map(|(key, _)| key.as_str()).collect();
    assert_eq!(left, [&gone_key(desk.id()), VERSION_KEY]);
    // Once the copy has the mark, the store needs none.
    let copy: Vec<_> = done.copy.into_iter().filter_map(|(key, text)| Some((key, text?))).collect();
    reconcile(&desk.store, &copy).unwrap();
    assert_eq!(keys_of(&desk.store, desk.id()).unwrap(), Vec::<String>::new());
    assert_eq!(reconcile(&desk.store, &copy).unwrap(), Reconciled::default());
}

#[test]
fn what_another_tab_saved_since_is_not_replaced() {
    let mut desk = Desk::new();
    desk.edit("before");
    let (id, old) = (desk.id(), desk.plan.clone());
    let seen = basis(&desk.store, id).unwrap();
    // Another tab saves while this one decides.
    let goal: crate::ObjectiveId = Seed { millis: 4, random: [4; 10] }.into();
    let at = At { stamp: desk.clock.tick(1), day: Day::new(2026, 10, 2).unwrap() };
    desk.make(Change::Add(Objective::new(goal, Name::new("Meanwhile").unwrap(), None, at).into()));
    desk.edit("meanwhile");
    put_over(&desk.store, &old, seen, later()).unwrap();
    let opened = open(&desk.store, id).unwrap();
    assert_eq!((opened.plan.frame.mission.as_str(), opened.records.len()), ("meanwhile", 2));
    assert!(opened.plan.objectives.get(goal).is_some());
    // What was seen is replaced.
    put(&desk.store, &old, At { stamp: Stamp::new(9, 0, Actor(1)), ..later() }).unwrap();
    let opened = open(&desk.store, id).unwrap();
    assert_eq!((opened.plan, opened.records.len()), (old, 0));
}

#[test]
fn a_record_is_never_written_over_another_one() {
    let mut desk = Desk::new();
    desk.edit("first");
    let at = At { stamp: desk.plan.latest_stamp(), day: Day::new(2026, 10, 2).unwrap() };
    let edit = Edit::frame(FrameEdit::mission(Prose::new("second").unwrap()));
    let change = Change::Edit { edit, from: None };
    let (_, inverse) = desk.plan.apply(&change, at).unwrap();
    let record = Record { at, change, inverse };
    assert_eq!(save_record(&desk.store, desk.id(), &record), Err(SaveError::Taken));
    assert_eq!(open(&desk.store, desk.id()).unwrap().plan, desk.plan);
    // The same one may be saved again, and one that is torn is written anew.
    let key = keys::record_key(desk.id(), at.stamp);
    let text = desk.store.get(&key).unwrap().unwrap();
    let first = read_record(&text).unwrap();
    assert_eq!(save_record(&desk.store, desk.id(), &first), Ok(()));
    desk.store.set(&key, &text[..text.len() / 2]).unwrap();
    assert_eq!(save_record(&desk.store, desk.id(), &first), Ok(()));
    assert_eq!(desk.store.get(&key).unwrap(), Some(text));
}

#[test]
fn a_deletion_that_did_not_know_of_an_earlier_record_leaves_it() {
    // Two tabs: the one deletes a goal, the other one adds to it before it hears of that.
    let mut desk = Desk::new();
    let goal: crate::ObjectiveId = Seed { millis: 4, random: [4; 10] }.into();
    let at = At { stamp: desk.clock.tick(1), day: Day::new(2026, 10, 2).unwrap() };
    desk.make(Change::Add(Objective::new(goal, Name::new("Go").unwrap(), None, at).into()));
    let (before, mut other) = (desk.plan.clone(), Clock::new(Actor(2)));
    other.observe(before.latest_stamp());
    let at = At { stamp: other.tick(1), ..at };
    let title = Edit::of(goal, crate::ObjectiveEdit::title(Name::new("Go on").unwrap()));
    let change = Change::Edit { edit: title, from: None };
    let (_, inverse) = before.apply(&change, at).unwrap();
    save_record(&desk.store, desk.id(), &Record { at, change, inverse }).unwrap();
    desk.make(Change::Delete(goal.into()));
    let opened = open(&desk.store, desk.id()).unwrap();
    assert!(opened.plan.objectives.get(goal).is_some_and(|it| it.title.as_str() == "Go on"));
    compact(&desk.store, desk.id(), later()).unwrap();
    assert_eq!(open(&desk.store, desk.id()).unwrap().plan, opened.plan);
}
