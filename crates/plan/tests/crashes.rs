//! The promise of the store: an edit that was shown as saved survives a stop at any instant, a full disk, another tab
//! and a torn write.
//!
//! Random edits are made on a model store. At every single operation of it a fault strikes: it refuses, it writes a part
//! of the text and refuses, it writes a part and says that all is well, it writes a part or nothing or all and never
//! returns, or another tab works on the same plan right then. Then the plan is opened: every edit that was acknowledged
//! has to be there, and beyond them at most the one that was in flight.
#![allow(clippy::unwrap_used)]

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

use bearings_plan::{
    Actor, At, Change, Clock, Day, Edit, FrameEdit, Kpi, KpiEdit, KpiId, Name, Number, Plan, PlanId, Prose, Reading,
    Seed,
    store::{self, Record, SaveError, Store},
};

/// How many distinct operations and faults have to be tried.
const CUTS: usize = 100_000;
/// A journal that is longer is folded into a new snapshot: short, so that this happens often.
const LONG: usize = 6;

/// What happens at an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// Nothing is done, and the store says so.
    Refused,
    /// A part is written, and the store says that it failed.
    TornAndRefused,
    /// A part is written, and the store says that all is well.
    TornInSilence,
    /// The page is gone before the operation.
    StopBefore,
    /// The page is gone after a part of the text was written.
    StopWithin,
    /// The page is gone after the operation.
    StopAfter,
    /// Another tab saves an edit just before.
    OtherSaves,
    /// Another tab writes a new snapshot just before.
    OtherTidies,
}

const STOPS: [Fault; 3] = [Fault::StopBefore, Fault::StopWithin, Fault::StopAfter];
const OTHERS: [Fault; 5] =
    [Fault::Refused, Fault::TornAndRefused, Fault::TornInSilence, Fault::OtherSaves, Fault::OtherTidies];

type Texts = BTreeMap<String, Rc<str>>;

/// What strikes before the operation with this number.
type Strike<'a> = dyn Fn(&mut Texts, usize, Option<(&str, Option<&str>)>) -> Option<Fault> + 'a;

/// A store that counts its operations, and in which a fault strikes.
struct Model<'a> {
    texts: RefCell<Texts>,
    operations: Cell<usize>,
    strike: &'a Strike<'a>,
}

/// Why the model refuses.
#[derive(Debug, PartialEq, Eq)]
struct Refused;

/// The first half of a text, at a border between characters.
fn part(text: &str) -> &str {
    let half = (0..=text.len() / 2).rev().find(|at| text.is_char_boundary(*at));
    &text[..half.unwrap_or(0)]
}

impl Model<'_> {
    /// Counts an operation; `Err` where it is refused, and the text to write otherwise.
    fn operate<'t>(&self, key: &str, write: Option<Option<&'t str>>) -> Result<Option<&'t str>, Refused> {
        let n = self.operations.replace(self.operations.get() + 1);
        let mut texts = self.texts.borrow_mut();
        let text = write.flatten();
        match (self.strike)(&mut texts, n, write.map(|text| (key, text))) {
            Some(Fault::Refused) => Err(Refused),
            Some(Fault::TornAndRefused) if text.is_some() => {
                texts.insert(key.to_owned(), part(text.unwrap_or_default()).into());
                Err(Refused)
            }
            Some(Fault::TornInSilence) => Ok(text.map(part)),
            _ => Ok(text),
        }
    }
}

impl Store for Model<'_> {
    type Error = Refused;

    fn get(&self, key: &str) -> Result<Option<String>, Refused> {
        self.operate(key, None)?;
        Ok(self.texts.borrow().get(key).map(ToString::to_string))
    }

    fn set(&self, key: &str, text: &str) -> Result<(), Refused> {
        if let Some(text) = self.operate(key, Some(Some(text)))? {
            self.texts.borrow_mut().insert(key.to_owned(), text.into());
        }
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), Refused> {
        self.operate(key, Some(None))?;
        self.texts.borrow_mut().remove(key);
        Ok(())
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, Refused> {
        self.operate(prefix, None)?;
        Ok(self.texts.borrow().keys().filter(|key| key.starts_with(prefix)).cloned().collect())
    }
}

const DAY: &str = "2026-11-22";
const KPI: Seed = Seed { millis: 2, random: [2; 10] };

fn day() -> Day {
    DAY.parse().unwrap()
}

/// A page: a plan in memory, a clock, and the changes that the store has refused so far.
#[derive(Clone)]
struct Page {
    plan: Plan,
    clock: Clock,
    pending: Vec<Record>,
    /// The plan as it was when everything in it was saved.
    saved: Plan,
}

impl Page {
    fn new(actor: u32, plan: Plan) -> Self {
        let mut clock = Clock::new(Actor(actor));
        clock.observe(plan.latest_stamp());
        Self { saved: plan.clone(), plan, clock, pending: Vec::new() }
    }

    fn id(&self) -> PlanId {
        self.plan.frame.id
    }

    fn at(&mut self) -> At {
        At { stamp: self.clock.tick(1), day: day() }
    }

    /// What the `n`th edit does: rewrites a text, writes or deletes a reading, makes or deletes a KPI.
    fn change(&mut self, n: usize, at: At) -> Change {
        let kpi: KpiId = KPI.into();
        let actor = at.stamp.actor();
        let text = || Prose::new(&format!("{actor} {n}")).unwrap();
        let edit = |edit| Change::Edit { edit, from: None };
        let Some(gauge) = self.plan.kpis.get(kpi) else {
            // Two tabs never make a thing with the same id.
            if actor != Actor(1) {
                return edit(Edit::frame(FrameEdit::mission(text())));
            }
            let name = Name::new("Visitors").unwrap();
            return Change::Add(Kpi::new(kpi, name, text(), bearings_plan::Frequency::Weekly, at).into());
        };
        match n % 7 {
            0 => edit(Edit::frame(FrameEdit::mission(text()))),
            1 => edit(Edit::of(kpi, KpiEdit::why(text()))),
            2 => {
                let key = gauge.readings.iter().next().map(|(key, _)| key);
                let key = key.unwrap_or_else(|| gauge.readings.next_key(at.day, actor));
                Change::Reading { of: kpi, key, row: None }
            }
            3 if n.is_multiple_of(3) => Change::Delete(kpi.into()),
            _ => {
                let value = Number::from(i32::try_from(n).unwrap());
                let row = Some(Reading { value, note: text() });
                Change::Reading { of: kpi, key: gauge.readings.next_key(at.day, actor), row }
            }
        }
    }

    fn edit(&mut self, n: usize) {
        let at = self.at();
        let change = self.change(n, at);
        let (plan, inverse) = self.plan.apply(&change, at).unwrap();
        self.plan = plan;
        self.pending.push(Record { at, change, inverse });
    }

    /// Saves what is pending, oldest first.
    fn save(&mut self, store: &impl Store<Error = Refused>) {
        while let Some(record) = self.pending.first() {
            match store::save_record(store, self.id(), record) {
                Ok(()) => {
                    let (saved, _) = self.saved.apply(&record.change, record.at).unwrap();
                    self.saved = saved;
                    self.pending.remove(0);
                }
                Err(SaveError::Newer) => panic!("nothing newer writes here"),
                Err(SaveError::Store(Refused) | SaveError::Torn) => return,
            }
        }
    }

    /// Tidies up where the journal has become long.
    fn tidy(&mut self, store: &impl Store<Error = Refused>) {
        let long = store::open(store, self.id()).is_ok_and(|opened| opened.records.len() > LONG);
        if long {
            let at = self.at();
            let _ = store::compact(store, self.id(), at);
        }
    }
}

/// A plan in a new store.
fn beginning() -> (Plan, Texts) {
    let mut clock = Clock::new(Actor(9));
    let at = At { stamp: clock.tick(1), day: day() };
    let seed = Seed { millis: 1, random: [1; 10] };
    let plan = Plan::new(seed.into(), Name::new("Plan").unwrap(), at);
    let quiet = Model { texts: RefCell::default(), operations: Cell::new(0), strike: &|_, _, _| None };
    store::put(&quiet, &plan, at).unwrap();
    (plan, quiet.texts.into_inner())
}

/// Something on a copy of these texts, where no fault strikes.
fn quiet<T>(texts: &Texts, act: impl FnOnce(&Model<'_>) -> T) -> T {
    act(&Model { texts: RefCell::new(texts.clone()), operations: Cell::new(0), strike: &|_, _, _| None })
}

fn opened(texts: &Texts, id: PlanId) -> Plan {
    quiet(texts, |store| store::open(store, id).unwrap().plan)
}

/// Whether everything that was acknowledged is there.
fn has_all(there: &Plan, acknowledged: &Plan) -> bool {
    there.merge(acknowledged) == *there
}

/// `n` edits of one page, during which it may tidy up. `watch` sees the page before each step.
fn session(page: &mut Page, store: &impl Store<Error = Refused>, first: usize, n: usize, watch: &RefCell<Page>) {
    for step in first..first + n {
        page.edit(step);
        watch.replace(page.clone());
        page.save(store);
        watch.replace(page.clone());
        page.tidy(store);
    }
}

/// The page stops at every operation: what lies in the store then is opened.
fn stops(first: usize, edits: usize) -> usize {
    let (plan, texts) = beginning();
    let mut page = Page::new(1, plan.clone());
    let (watch, cuts) = (RefCell::new(page.clone()), Cell::new(0));
    // A stop at a read leaves what the stop before has left: that is opened once.
    let last = RefCell::new((Texts::new(), plan.clone()));
    let strike = |texts: &mut Texts, n: usize, write: Option<(&str, Option<&str>)>| {
        let page = watch.borrow();
        for fault in STOPS {
            let mut left = texts.clone();
            match (fault, write) {
                (Fault::StopWithin | Fault::StopAfter, None) | (Fault::StopWithin, Some((_, None))) => continue,
                (Fault::StopWithin, Some((key, Some(text)))) => drop(left.insert(key.to_owned(), part(text).into())),
                (Fault::StopAfter, Some((key, Some(text)))) => drop(left.insert(key.to_owned(), text.into())),
                (Fault::StopAfter, Some((key, None))) => drop(left.remove(key)),
                _ => {}
            }
            let mut last = last.borrow_mut();
            if last.0 != left {
                *last = (left.clone(), opened(&left, plan.frame.id));
            }
            let there = &last.1;
            // The one that was in flight may be there or not.
            let right = *there == page.saved || *there == page.plan;
            assert!(right, "{fault:?} at operation {n}, edits from {first}:\n{there:?}\n{:?}", page.saved);
            cuts.set(cuts.get() + 1);
        }
        None
    };
    let store = Model { texts: RefCell::new(texts), operations: Cell::new(0), strike: &strike };
    session(&mut page, &store, first, edits, &watch);
    assert_eq!(opened(&store.texts.borrow(), plan.frame.id), page.plan);
    cuts.get()
}

/// A fault strikes at one operation and the page goes on; or another tab works just then.
fn faults(first: usize, edits: usize) -> usize {
    let (plan, texts) = beginning();
    let mut cuts = 0;
    for fault in OTHERS {
        for at in 0.. {
            let mut page = Page::new(1, plan.clone());
            let other = RefCell::new(Page::new(2, plan.clone()));
            let watch = RefCell::new(page.clone());
            let strike = |texts: &mut Texts, n: usize, _: Option<(&str, Option<&str>)>| {
                if n != at {
                    return None;
                }
                if matches!(fault, Fault::OtherSaves | Fault::OtherTidies) {
                    let quiet =
                        Model { texts: RefCell::new(texts.clone()), operations: Cell::new(0), strike: &|_, _, _| None };
                    let mut other = other.borrow_mut();
                    // It has heard of everything that was saved, as tabs do.
                    other.plan = opened(texts, plan.frame.id);
                    other.saved = other.plan.clone();
                    let latest = other.plan.latest_stamp();
                    other.clock.observe(latest);
                    other.edit(1000);
                    other.save(&quiet);
                    if fault == Fault::OtherTidies {
                        let at = other.at();
                        store::compact(&quiet, plan.frame.id, at).unwrap();
                    }
                    *texts = quiet.texts.into_inner();
                }
                Some(fault)
            };
            let store = Model { texts: RefCell::new(texts.clone()), operations: Cell::new(0), strike: &strike };
            session(&mut page, &store, first, edits, &watch);
            if store.operations.get() <= at {
                break;
            }
            // What was refused is tried again with the next edit, at the latest on leaving.
            page.save(&store);
            assert!(page.pending.is_empty());
            let there = quiet(&store.texts.borrow(), |store| store::open(store, plan.frame.id).unwrap());
            let (there, damaged) = (there.plan, there.damaged);
            let place = format!("{fault:?} at operation {at}, edits from {first}");
            assert!(has_all(&there, &page.saved), "{place}: an edit is lost\n{there:?}\n{:?}", page.saved);
            assert!(has_all(&there, &other.borrow().saved), "{place}: the other tab's edit is lost");
            if !matches!(fault, Fault::OtherSaves | Fault::OtherTidies) {
                assert_eq!(there, page.plan, "{place}");
                assert!(damaged.is_empty(), "{place}: {damaged:?}");
            }
            cuts += 1;
        }
    }
    cuts
}

#[test]
fn what_was_saved_survives_a_fault_at_any_operation() {
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(8);
    let mut tried = 0;
    let mut first = 0;
    while tried < CUTS {
        let runs = std::thread::scope(|scope| {
            let run = |n: usize| move || stops(first + n * 1_000, 60) + faults(first + n * 1_000, 16);
            let threads: Vec<_> = (0..threads).map(|n| scope.spawn(run(n))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum::<usize>()
        });
        first += 11;
        tried += runs;
    }
    println!("{tried} distinct operations and faults");
}

/// A page with some edits, not all of them folded into its snapshot, and what lies in its store.
fn some_edits() -> (Page, Texts) {
    let (plan, texts) = beginning();
    let mut page = Page::new(1, plan);
    let store = Model { texts: RefCell::new(texts), operations: Cell::new(0), strike: &|_, _, _| None };
    let watch = RefCell::new(page.clone());
    session(&mut page, &store, 0, 2 * LONG, &watch);
    (page, store.texts.into_inner())
}

#[test]
fn whoever_opens_a_plan_while_another_tab_tidies_up_sees_all_of_it() {
    let (page, texts) = some_edits();
    let (id, mut tidied) = (page.id(), 0);
    for at in 0.. {
        let strike = |texts: &mut Texts, n: usize, _: Option<(&str, Option<&str>)>| {
            if n == at {
                let mut other = Page::new(2, opened(texts, id));
                let at = other.at();
                *texts = quiet(texts, |store| {
                    store::compact(store, id, at).unwrap();
                    store.texts.borrow().clone()
                });
            }
            None
        };
        let store = Model { texts: RefCell::new(texts.clone()), operations: Cell::new(0), strike: &strike };
        assert_eq!(store::open(&store, id).unwrap().plan, page.plan, "operation {at}");
        if store.operations.get() <= at {
            break;
        }
        tidied += 1;
    }
    assert!(tidied > 3);
}

#[test]
fn a_plan_that_is_put_in_place_of_another_is_there_as_a_whole_or_not_at_all() {
    let (page, texts) = some_edits();
    // As it was before the edits: what was edited must not come back by merging.
    let (before, _) = beginning();
    let mut late = page.clone();
    let at = late.at();
    let cuts = Cell::new(0);
    let strike = |texts: &mut Texts, n: usize, write: Option<(&str, Option<&str>)>| {
        let there = opened(texts, page.id());
        assert!(there == page.plan || there == before, "operation {n}: {there:?}");
        if let Some((key, Some(text))) = write {
            let mut left = texts.clone();
            left.insert(key.to_owned(), part(text).into());
            assert_eq!(opened(&left, page.id()), page.plan, "within operation {n}");
        }
        cuts.set(cuts.get() + 1);
        None
    };
    let store = Model { texts: RefCell::new(texts), operations: Cell::new(0), strike: &strike };
    store::put(&store, &before, at).unwrap();
    assert_eq!(opened(&store.texts.borrow(), page.id()), before);
    assert!(cuts.get() > 8);
}

#[test]
fn a_deletion_that_stops_anywhere_is_finished_by_the_next_visit() {
    let (page, texts) = some_edits();
    let strike = |texts: &mut Texts, n: usize, _: Option<(&str, Option<&str>)>| {
        quiet(texts, |store| {
            let listed = store::plans(store).unwrap();
            let marked = texts.keys().any(|key| key.ends_with("/gone"));
            // Until the mark is there, it is whole; from then on it is not shown any more.
            assert!(if marked { listed.is_empty() } else { opened(texts, page.id()) == page.plan }, "operation {n}");
            store::sweep(store).unwrap();
            assert_eq!(store::keys_of(store, page.id()).unwrap().is_empty(), marked, "operation {n}");
        });
        None
    };
    let store = Model { texts: RefCell::new(texts), operations: Cell::new(0), strike: &strike };
    store::delete(&store, page.id()).unwrap();
    assert!(quiet(&store.texts.borrow(), |store| store::plans(store)).unwrap().is_empty());
}
