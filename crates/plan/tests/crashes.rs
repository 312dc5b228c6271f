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
    store::{self, OpenError, Record, SaveError, Store},
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
    /// Another tab folds the journal into the snapshot that is there just before.
    OtherMakesRoom,
}

const STOPS: [Fault; 3] = [Fault::StopBefore, Fault::StopWithin, Fault::StopAfter];
const OTHERS: [Fault; 3] = [Fault::OtherSaves, Fault::OtherTidies, Fault::OtherMakesRoom];

/// How a page tidies up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fold {
    /// Into a new snapshot.
    Aside,
    /// Into the snapshot that is there. It relies on what browsers promise: a text is replaced as a whole or not at
    /// all. And one tab at a time does it.
    InPlace,
}

impl Fold {
    fn run(self, store: &Model<'_>, plan: PlanId, at: At) -> Result<(), OpenError<Refused>> {
        match self {
            Self::Aside => store::compact(store, plan, at),
            Self::InPlace => store::compact_in_place(store, plan, at),
        }
    }
}

/// What goes wrong at an operation while a page goes on, by how it tidies up.
const FAULTS: [(Fold, &[Fault]); 2] =
    [(Fold::Aside, &[Fault::Refused, Fault::TornAndRefused, Fault::TornInSilence]), (Fold::InPlace, &[Fault::Refused])];

type Texts = BTreeMap<String, Rc<str>>;

/// What strikes before the operation with this number.
type Strike<'a> = dyn Fn(&mut Texts, usize, Option<(&str, Option<&str>)>) -> Option<Fault> + 'a;

/// A store that counts its operations, and in which a fault strikes.
struct Model<'a> {
    texts: RefCell<Texts>,
    operations: Cell<usize>,
    strike: &'a Strike<'a>,
    /// What the page has read already when the test begins: so many operations see these texts, up to the first write.
    before: Texts,
    reads: Cell<usize>,
}

/// Why the model refuses.
#[derive(Debug, PartialEq, Eq)]
struct Refused;

/// The first half of a text, at a border between characters.
fn part(text: &str) -> &str {
    let half = (0..=text.len() / 2).rev().find(|at| text.is_char_boundary(*at));
    &text[..half.unwrap_or(0)]
}

impl<'a> Model<'a> {
    fn new(texts: Texts, strike: &'a Strike<'a>) -> Self {
        let (operations, reads) = (Cell::new(0), Cell::new(0));
        Self { texts: RefCell::new(texts), operations, strike, before: Texts::new(), reads }
    }

    /// Without faults.
    fn quiet(texts: Texts) -> Self {
        Self::new(texts, &|_, _, _| None)
    }

    fn having_read(self, before: &Texts, reads: usize) -> Self {
        Self { before: before.clone(), reads: reads.into(), ..self }
    }

    fn read<T>(&self, read: impl FnOnce(&Texts) -> T) -> T {
        match self.reads.get().checked_sub(1) {
            Some(left) => {
                self.reads.set(left);
                read(&self.before)
            }
            None => read(&self.texts.borrow()),
        }
    }

    /// Counts an operation; `Err` where it is refused, and the text to write otherwise.
    fn operate<'t>(&self, key: &str, write: Option<Option<&'t str>>) -> Result<Option<&'t str>, Refused> {
        let n = self.operations.replace(self.operations.get() + 1);
        let mut texts = self.texts.borrow_mut();
        let text = write.flatten();
        if write.is_some() {
            self.reads.set(0);
        }
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
        Ok(self.read(|texts| texts.get(key).map(ToString::to_string)))
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
        Ok(self.read(|texts| texts.keys().filter(|key| key.starts_with(prefix)).cloned().collect()))
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
    fold: Fold,
}

impl Page {
    fn new(actor: u32, plan: Plan) -> Self {
        let mut clock = Clock::new(Actor(actor));
        clock.observe(plan.latest_stamp());
        Self { saved: plan.clone(), plan, clock, pending: Vec::new(), fold: Fold::Aside }
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
    fn save(&mut self, store: &Model<'_>) {
        while let Some(record) = self.pending.first() {
            match store::save_record(store, self.id(), record) {
                Ok(()) => {
                    let (saved, _) = self.saved.apply(&record.change, record.at).unwrap();
                    self.saved = saved;
                    self.pending.remove(0);
                }
                Err(SaveError::Newer) => panic!("nothing newer writes here"),
                Err(SaveError::Taken) => panic!("no two stamps are the same"),
                Err(SaveError::Store(Refused) | SaveError::Torn) => return,
            }
        }
    }

    /// Tidies up where the journal has become long.
    fn tidy(&mut self, store: &Model<'_>) {
        let long = store::open(store, self.id()).is_ok_and(|opened| opened.records.len() > LONG);
        if long {
            let at = self.at();
            let _ = self.fold.run(store, self.id(), at);
        }
    }
}

/// A plan in a new store.
fn beginning() -> (Plan, Texts) {
    let mut clock = Clock::new(Actor(9));
    let at = At { stamp: clock.tick(1), day: day() };
    let seed = Seed { millis: 1, random: [1; 10] };
    let plan = Plan::new(seed.into(), Name::new("Plan").unwrap(), at);
    let quiet = Model::quiet(Texts::new());
    store::put(&quiet, &plan, at).unwrap();
    (plan, quiet.texts.into_inner())
}

/// Something on a copy of these texts, where no fault strikes.
fn quiet<T>(texts: &Texts, act: impl FnOnce(&Model<'_>) -> T) -> T {
    act(&Model::quiet(texts.clone()))
}

fn opened(texts: &Texts, id: PlanId) -> Plan {
    quiet(texts, |store| store::open(store, id).unwrap().plan)
}

/// Whether everything that was acknowledged is there.
fn has_all(there: &Plan, acknowledged: &Plan) -> bool {
    there.merge(acknowledged) == *there
}

/// `n` edits of one page, during which it may tidy up. `watch` sees the page before each step.
fn session(page: &mut Page, store: &Model<'_>, first: usize, n: usize, watch: &RefCell<Page>) {
    for step in first..first + n {
        page.edit(step);
        watch.replace(page.clone());
        page.save(store);
        watch.replace(page.clone());
        page.tidy(store);
    }
}

/// The page stops at every operation: what lies in the store then is opened.
fn stops(fold: Fold, first: usize, edits: usize) -> usize {
    let (plan, texts) = beginning();
    let mut page = Page { fold, ..Page::new(1, plan.clone()) };
    let (watch, cuts) = (RefCell::new(page.clone()), Cell::new(0));
    // A stop at a read leaves what the stop before has left: that is opened once.
    let last = RefCell::new((Texts::new(), plan.clone()));
    let strike = |texts: &mut Texts, n: usize, write: Option<(&str, Option<&str>)>| {
        let page = watch.borrow();
        for fault in STOPS {
            let mut left = texts.clone();
            match (fault, write) {
                (Fault::StopWithin | Fault::StopAfter, None) | (Fault::StopWithin, Some((_, None))) => continue,
                (Fault::StopWithin, _) if fold == Fold::InPlace => continue,
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
        // Where the journal is folded in place there is little room: now and then only for a part of it.
        let is_snapshot = write.is_some_and(|(key, text)| key.contains("/plan") && text.is_some());
        (fold == Fold::InPlace && is_snapshot && n.is_multiple_of(2)).then_some(Fault::Refused)
    };
    let store = Model::new(texts, &strike);
    session(&mut page, &store, first, edits, &watch);
    assert_eq!(opened(&store.texts.borrow(), plan.frame.id), page.plan);
    cuts.get()
}

/// A fault strikes at one operation and the page goes on; or another tab works just then.
fn faults(first: usize, edits: usize) -> usize {
    let own = FAULTS.into_iter().flat_map(|(fold, faults)| faults.iter().map(move |fault| (fold, *fault)));
    let others = [Fold::Aside, Fold::InPlace].into_iter().flat_map(|fold| OTHERS.map(|fault| (fold, fault)));
    // Only one tab at a time folds in place.
    let others = others.filter(|(fold, fault)| *fold != Fold::InPlace || *fault != Fault::OtherMakesRoom);
    own.chain(others).map(|(fold, fault)| strikes(fold, fault, first, edits)).sum()
}

/// One fault, at each operation in turn.
fn strikes(fold: Fold, fault: Fault, first: usize, edits: usize) -> usize {
    let (plan, texts) = beginning();
    let of_other = OTHERS.contains(&fault);
    for at in 0.. {
        let mut page = Page { fold, ..Page::new(1, plan.clone()) };
        let other = RefCell::new(Page::new(2, plan.clone()));
        let watch = RefCell::new(page.clone());
        let strike = |texts: &mut Texts, n: usize, _: Option<(&str, Option<&str>)>| {
            if n != at {
                return None;
            }
            if of_other {
                let quiet = Model::quiet(texts.clone());
                let mut other = other.borrow_mut();
                // It has heard of everything that was saved, as tabs do.
                other.plan = opened(texts, plan.frame.id);
                other.saved = other.plan.clone();
                let latest = other.plan.latest_stamp();
                other.clock.observe(latest);
                other.edit(1000);
                other.save(&quiet);
                let at = other.at();
                match fault {
                    Fault::OtherTidies => Fold::Aside.run(&quiet, plan.frame.id, at).unwrap(),
                    Fault::OtherMakesRoom => Fold::InPlace.run(&quiet, plan.frame.id, at).unwrap(),
                    _ => {}
                }
                *texts = quiet.texts.into_inner();
            }
            Some(fault)
        };
        let store = Model::new(texts.clone(), &strike);
        session(&mut page, &store, first, edits, &watch);
        if store.operations.get() <= at {
            return at;
        }
        // What was refused is tried again with the next edit, at the latest on leaving.
        page.save(&store);
        assert!(page.pending.is_empty());
        let there = quiet(&store.texts.borrow(), |store| store::open(store, plan.frame.id).unwrap());
        let (there, damaged) = (there.plan, there.damaged);
        let place = format!("{fault:?} at operation {at}, edits from {first}, {fold:?}");
        assert!(has_all(&there, &page.saved), "{place}: an edit is lost\n{there:?}\n{:?}", page.saved);
        assert!(has_all(&there, &other.borrow().saved), "{place}: the other tab's edit is lost");
        if !of_other {
            assert_eq!(there, page.plan, "{place}");
            assert!(damaged.is_empty(), "{place}: {damaged:?}");
        }
    }
    0
}

#[test]
fn what_was_saved_survives_a_fault_at_any_operation() {
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(8);
    let mut tried = 0;
    let mut first = 0;
    while tried < CUTS {
        let runs = std::thread::scope(|scope| {
            let run = |n: usize| {
                move || {
                    let first = first + n * 1_000;
                    stops(Fold::Aside, first, 60) + stops(Fold::InPlace, first, 30) + faults(first, 16)
                }
            };
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
    let store = Model::quiet(texts);
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
        let store = Model::new(texts.clone(), &strike);
        assert_eq!(store::open(&store, id).unwrap().plan, page.plan, "operation {at}");
        if store.operations.get() <= at {
            break;
        }
        tidied += 1;
    }
    assert!(tidied > 3);
}

/// Two tabs fold the same plan: one has read so much of it before the last edit was saved, the other one so much before
/// the first one goes on. It goes on to an operation; the other one goes through; then the first one goes on to its end.
#[test]
fn two_tabs_that_fold_at_once_lose_nothing() {
    let (mut page, before) = some_edits();
    let id = page.id();
    let with_edit = quiet(&before, |store| {
        page.edit(1000);
        page.save(store);
        store.texts.borrow().clone()
    });
    let at = [1, 2].map(|actor| Page::new(actor, page.plan.clone()).at());
    // Up to the first write.
    let reads = |texts: &Texts, fold: Fold| {
        let reads = Cell::new(0);
        let strike = |_: &mut Texts, n: usize, write: Option<(&str, Option<&str>)>| {
            if write.is_none() && reads.get() == n {
                reads.set(n + 1);
            }
            None
        };
        fold.run(&Model::new(texts.clone(), &strike), id, at[0]).unwrap();
        reads.get()
    };
    let mut tried = 0;
    for (first, second) in [(Fold::Aside, Fold::InPlace), (Fold::InPlace, Fold::Aside), (Fold::Aside, Fold::Aside)] {
        for (first_saw, second_saw) in [(&before, &with_edit), (&with_edit, &before)] {
            let (reads, inner) = (reads(first_saw, first), reads(second_saw, second));
            for cut in reads.. {
                let mut operations = 0;
                for (read, inner) in (0..=reads).flat_map(|read| (0..=inner).map(move |inner| (read, inner))) {
                    let strike = |texts: &mut Texts, n: usize, _: Option<(&str, Option<&str>)>| {
                        if n == cut {
                            let other = Model::quiet(texts.clone()).having_read(second_saw, inner);
                            let _ = second.run(&other, id, at[1]);
                            *texts = other.texts.into_inner();
                        }
                        None
                    };
                    let store = Model::new(with_edit.clone(), &strike).having_read(first_saw, read);
                    let _ = first.run(&store, id, at[0]);
                    operations = operations.max(store.operations.get());
                    let place =
                        format!("{first:?} up to operation {cut} after {read} early reads, {second:?} after {inner}");
                    assert!(has_all(&opened(&store.texts.borrow(), id), &page.plan), "{place}");
                    tried += 1;
                }
                if operations <= cut {
                    break;
                }
            }
        }
    }
    assert!(tried > 1_000, "{tried}");
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
    let store = Model::new(texts, &strike);
    store::put(&store, &before, at).unwrap();
    assert_eq!(opened(&store.texts.borrow(), page.id()), before);
    assert!(cuts.get() > 8);
}

/// Another plan, of another id.
fn another() -> Plan {
    let at = At { stamp: Clock::new(Actor(9)).tick(1), day: day() };
    let seed = Seed { millis: 3, random: [3; 10] };
    Plan::new(seed.into(), Name::new("Another").unwrap(), at)
}

#[test]
fn a_plan_of_another_id_that_is_put_in_place_of_one_leaves_one_of_them_whole() {
    let (mut page, texts) = some_edits();
    let (new, id, at) = (another(), page.id(), page.at());
    let cuts = Cell::new(0);
    let whole =
        |texts: &Texts, of: &Plan| quiet(texts, |store| store::open(store, of.frame.id)).is_ok_and(|it| it.plan == *of);
    let strike = |texts: &mut Texts, n: usize, write: Option<(&str, Option<&str>)>| {
        let mut left = vec![texts.clone()];
        if let Some((key, Some(text))) = write {
            let mut torn = texts.clone();
            torn.insert(key.to_owned(), part(text).into());
            left.push(torn);
        }
        for left in left {
            assert!(whole(&left, &page.plan) || whole(&left, &new), "operation {n}");
        }
        cuts.set(cuts.get() + 1);
        None
    };
    let store = Model::new(texts.clone(), &strike);
    store::replace(&store, &new, store::basis(&store, new.frame.id).unwrap(), id, at).unwrap();
    let after = store.texts.into_inner();
    assert_eq!(quiet(&after, |store| store::plans(store)), Ok(vec![new.frame.id]));
    // Where the store refuses to write, from any operation on, the old plan is there.
    for refused_from in 0..cuts.get() {
        let strike = |_: &mut Texts, n: usize, write: Option<(&str, Option<&str>)>| {
            let is_text = matches!(write, Some((_, Some(_))));
            (n >= refused_from && is_text).then_some(Fault::Refused)
        };
        let store = Model::new(texts.clone(), &strike);
        let seen = store::basis(&store, new.frame.id).unwrap_or_default();
        let done = store::replace(&store, &new, seen, id, at);
        let after = store.texts.into_inner();
        assert_eq!(whole(&after, &page.plan), done.is_err(), "refused from operation {refused_from} on");
        assert_eq!(whole(&after, &new), done.is_ok(), "refused from operation {refused_from} on");
    }
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
            let rest = store::keys_of(store, page.id()).unwrap().into_iter().filter(|key| !key.ends_with("/gone"));
            assert_eq!(rest.count() == 0, marked, "operation {n}");
        });
        None
    };
    let store = Model::new(texts, &strike);
    store::delete(&store, page.id()).unwrap();
    assert!(quiet(&store.texts.borrow(), |store| store::plans(store)).unwrap().is_empty());
}
