//! A browser that is killed takes back the last writes of local storage, at times those of many minutes, and may miss the
//! last ones of the second copy. Whatever tail each of both has lost, a plan opens as the later one of them had it.
//!
//! Random histories of edits, folds, deletions and plans put in place of others are cut at random in each copy, again and
//! again: what opening made of one crash is the beginning of the next history.
#![allow(clippy::unwrap_used)]

#[path = "support/memory.rs"]
mod memory;

use std::cell::RefCell;

use bearings_plan::{
    Actor, At, Change, Clock, Day, Edit, FrameEdit, Kpi, KpiEdit, KpiId, Name, Number, Plan, PlanId, Prose, Reading,
    Seed,
    store::{self, Key, OpenError, Record, Store, Write},
};
use memory::Memory;

/// How many crashes have to be survived.
const CRASHES: usize = 1_500;
const KPI: Seed = Seed { millis: 2, random: [2; 10] };

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// A store that notes down what is written, in order.
#[derive(Default)]
struct Noting {
    texts: Memory,
    log: RefCell<Vec<Write>>,
}

impl Store for Noting {
    type Error = std::convert::Infallible;

    fn get(&self, key: &str) -> Result<Option<String>, Self::Error> {
        self.texts.get(key)
    }

    fn set(&self, key: &str, text: &str) -> Result<(), Self::Error> {
        self.log.borrow_mut().push((key.to_owned(), Some(text.to_owned())));
        self.texts.set(key, text)
    }

    fn remove(&self, key: &str) -> Result<(), Self::Error> {
        self.log.borrow_mut().push((key.to_owned(), None));
        self.texts.remove(key)
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, Self::Error> {
        self.texts.keys(prefix)
    }
}

fn after(base: &Memory, log: &[Write]) -> Memory {
    let texts = base.clone();
    for (key, text) in log {
        match text {
            Some(text) => texts.set(key, text).unwrap(),
            None => texts.remove(key).unwrap(),
        }
    }
    texts
}

/// What is kept twice.
fn kept_twice(texts: &Memory) -> Vec<(String, String)> {
    let texts = texts.0.borrow();
    texts.iter().filter(|(key, _)| Key::parse(key).is_some()).map(|(key, text)| (key.clone(), text.clone())).collect()
}

fn day() -> Day {
    Day::new(2026, 11, 22).unwrap()
}

fn id() -> PlanId {
    Seed { millis: 1, random: [1; 10] }.into()
}

/// The plan as it opens; none where it is deleted.
fn opened(texts: &Memory) -> Option<Plan> {
    let texts = &texts.clone();
    store::sweep(texts).unwrap();
    if store::plans(texts).unwrap().is_empty() {
        return None;
    }
    match store::open(texts, id()) {
        Ok(opened) => {
            assert_eq!(opened.damaged, Vec::<String>::new());
            Some(opened.plan)
        }
        Err(OpenError::Missing) => None,
        Err(error) => panic!("{error}"),
    }
}

/// A tab at work.
struct Tab<'s> {
    store: &'s Noting,
    clock: Clock,
    /// As it was at some earlier time.
    earlier: Plan,
}

impl Tab<'_> {
    fn at(&mut self) -> At {
        At { stamp: self.clock.tick(1), day: day() }
    }

    fn plan(&mut self) -> Option<Plan> {
        let plan = opened(&self.store.texts)?;
        let opened = store::open(&self.store.texts, id()).unwrap();
        self.clock.observe(opened.latest_stamp());
        Some(plan)
    }

    fn edit(&mut self, n: usize, plan: &Plan) {
        let at = self.at();
        let kpi: KpiId = KPI.into();
        let text = || Prose::new(&format!("{} {n}", at.stamp)).unwrap();
        let edit = |edit| Change::Edit { edit, from: None };
        let change = match plan.kpis.get(kpi) {
            None if plan.kpis.knows(kpi) => edit(Edit::frame(FrameEdit::mission(text()))),
            None => {
                let name = Name::new("Visitors").unwrap();
                Change::Add(Kpi::new(kpi, name, text(), bearings_plan::Frequency::Weekly, at).into())
            }
            Some(gauge) => match n % 7 {
                0 => edit(Edit::frame(FrameEdit::mission(text()))),
                1 => edit(Edit::of(kpi, KpiEdit::why(text()))),
                2 if !gauge.readings.is_empty() => {
                    let key = gauge.readings.iter().next().map(|(key, _)| key).unwrap();
                    Change::Reading { of: kpi, key, row: None }
                }
                3 if n.is_multiple_of(5) => Change::Delete(kpi.into()),
                _ => {
                    let value = Number::from(i32::try_from(n % 1_000).unwrap());
                    let key = gauge.readings.next_key(at.day, at.stamp.actor());
                    Change::Reading { of: kpi, key, row: Some(Reading { value, note: text() }) }
                }
            },
        };
        let (_, inverse) = plan.apply(&change, at).unwrap();
        store::save_record(self.store, id(), &Record { at, change, inverse }).unwrap();
    }

    fn step(&mut self, dice: &mut Dice, n: usize) {
        let plan = self.plan();
        let Some(plan) = plan else {
            // Deleted: it is brought back as it was, or as it was before.
            let at = self.at();
            return store::put(self.store, &self.earlier, at).unwrap();
        };
        match dice.below(40) {
            0..=2 => {
                let at = self.at();
                store::compact(self.store, id(), at).unwrap();
            }
            3 => {
                let at = self.at();
                store::compact_in_place(self.store, id(), at).unwrap();
            }
            4 => {
                let at = self.at();
                store::put(self.store, &self.earlier, at).unwrap();
            }
            5 => store::delete(self.store, id()).unwrap(),
            6 => self.earlier = plan,
            _ => self.edit(n, &plan),
        }
    }
}

/// One life of a browser after the other; gives how many crashes there were.
fn lives(seed: u64, crashes: usize) {
    let mut dice = Dice(seed);
    let mut clock = Clock::new(Actor(9));
    let first = Plan::new(id(), Name::new("Plan").unwrap(), At { stamp: clock.tick(1), day: day() });
    let (mut disk, mut copy) = (Memory::default(), Memory::default());
    let mut latest = Clock::new(Actor(0));
    let mut expected: Option<Plan> = None;
    for crash in 0..crashes {
        // The browser opens: the store is what the disk has of it.
        let desk = Noting { texts: disk.clone(), log: RefCell::default() };
        let done = store::reconcile(&desk, &kept_twice(&copy)).unwrap();
        let reconciled = after(&copy, &done.copy);
        assert_eq!(opened(&desk.texts), expected, "seed {seed}, crash {crash}");
        assert_eq!(opened(&reconciled), expected, "seed {seed}, crash {crash}: the copy");
        let again = store::reconcile(&desk.texts.clone(), &kept_twice(&reconciled)).unwrap();
        assert_eq!(again.copy, [], "seed {seed}, crash {crash}: nothing is left to do");
        let start = desk.log.borrow().len();

        // Two tabs work by turns.
        let mut tabs = [1, 2].map(|tab| {
            let mut clock = Clock::new(Actor(u32::try_from(10 * crash + tab).unwrap()));
            clock.observe(latest.tick(1));
            Tab { store: &desk, clock, earlier: expected.clone().unwrap_or_else(|| first.clone()) }
        });
        let session_base = desk.texts.clone();
        for n in 0..dice.below(30) {
            let tab = &mut tabs[usize::from(dice.below(3) == 0)];
            tab.step(&mut dice, 31 * crash + n);
            latest.observe(tab.at().stamp);
        }

        // It is killed. Each copy has lost some tail, also what opening did.
        let log = desk.log.borrow();
        let on_disk = dice.below(log.len() + 1);
        let of_session: Vec<_> = log[start..].to_vec();
        // At times the page is gone before opening has written anything into the copy.
        let in_copy = if dice.below(4) == 0 { None } else { Some(dice.below(of_session.len() + 1)) };
        let later = in_copy.unwrap_or(0).max(on_disk.saturating_sub(start));
        expected = opened(&after(&session_base, &of_session[..later]));
        disk = after(&disk, &log[..on_disk]);
        if let Some(in_copy) = in_copy {
            let written = of_session[..in_copy].iter().filter(|(key, _)| Key::parse(key).is_some());
            copy = after(&reconciled, &written.cloned().collect::<Vec<_>>());
        }
    }
}

#[test]
fn whatever_tail_each_copy_has_lost_the_plan_is_as_the_later_one_had_it() {
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(8);
    let of_each = 50;
    std::thread::scope(|scope| {
        for thread in 0..threads {
            scope.spawn(move || {
                for seed in (thread..CRASHES / of_each).step_by(threads) {
                    lives(u64::try_from(seed).unwrap(), of_each);
                }
            });
        }
    });
}
