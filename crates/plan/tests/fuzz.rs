//! Whatever a file, a stored text or a typed number holds, reading it ends soon, panics never, and gives a valid thing
//! or says what is wrong.
//!
//! Most of the texts are real ones with mutations: of their characters, so that JSON breaks, and of their values, so that
//! it does not. A run tries 20,000; `BEARINGS_FUZZ=1000000 cargo test --release -p bearings-plan --test fuzz` tries more.
#![allow(clippy::unwrap_used)]

#[path = "support/memory.rs"]
mod memory;

use std::{
    collections::BTreeMap,
    env,
    fmt::Debug,
    sync::LazyLock,
    time::{Duration, Instant},
};

use bearings_plan::{
    paste::{Choices, Clash, DateOrder, Decimal, Sheet},
    quantity::{self, Field, Quantity, QuantityError, Separators},
    store::{self, Key, OpenError, Record, SaveError, Store},
    *,
};
use crc::{CRC_32_ISO_HDLC, Crc};
use memory::Memory;
use proptest::{
    prelude::*,
    sample::Index,
    test_runner::{RngAlgorithm, TestCaseError, TestRng, TestRunner},
};
use serde_json::{Map, Value, json};

/// How many cases all tests here try together.
const CASES: u32 = 20_000;
/// Texts that are longer are timed.
const LARGE: usize = 1_000_000;

/// Tries `percent` of all cases.
fn fuzz<T: Debug>(percent: u32, input: impl Strategy<Value = T>, law: impl Fn(T) -> Result<(), TestCaseError>) {
    let all = env::var("BEARINGS_FUZZ").ok().map_or(CASES, |cases| cases.parse().unwrap());
    let cases = all / 100 * percent;
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let begun = Instant::now();
    // The short run tries the same cases everywhere; the long one tries new ones each time.
    let mut runner = match env::var("BEARINGS_FUZZ") {
        Ok(_) => TestRunner::new(config),
        Err(_) => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    };
    runner.run(&input, law).unwrap_or_else(|error| panic!("{error}"));
    println!("{cases} cases in {:.1?}", begun.elapsed());
}

/// What is done to a text or to a value; places and choices are taken modulo what there is.
#[derive(Debug, Clone)]
enum Mutation {
    /// Another character.
    Flip(Index, char),
    /// A span is gone.
    Cut(Index, usize),
    /// A span comes a second time, elsewhere.
    Copy(Index, usize, Index),
    /// Two spans of one length change places.
    Swap(Index, usize, Index),
    /// The rest is gone.
    End(Index),
    /// Something else is put in.
    Insert(Index, String),
    /// Another value at a place of the JSON.
    Replace(Index, Leaf),
    /// The value of another place.
    Move(Index, Index),
    /// A key becomes another one.
    Rename(Index, Index, Option<String>),
    /// A member or an element is gone.
    Remove(Index, Index),
    /// A member or an element more.
    Add(Index, String, Leaf),
    /// An element comes twice.
    Double(Index, Index),
    /// The elements are in another order.
    Turn(Index, Index),
}

/// A value to put somewhere.
#[derive(Debug, Clone)]
enum Leaf {
    Any(Value),
    /// A number at an edge, in its own spelling.
    Number(&'static str),
    /// What many rules look at.
    Text(&'static str),
    /// So many levels of arrays.
    Deep(u8),
    /// So many elements.
    Wide(u16),
}

const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "-0.0",
    "-1",
    "1",
    "2",
    "10",
    "11",
    "0.1",
    "1.5",
    "255",
    "256",
    "1000",
    "1000.0000000000001",
    "1000001",
    "4294967295",
    "4294967296",
    "9007199254740993",
    "999999999999999.9",
    "1e15",
    "-1e15",
    "1000000000000001",
    "1.0000000000000002e15",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775809",
    "1e308",
    "1.7976931348623157e308",
    "5e-324",
    "-5e-324",
    "1e-999",
    "2.2250738585072011e-308",
];

const TEXTS: &[&str] = &[
    "",
    " ",
    "\u{0}",
    "\u{feff}",
    "\u{2028}",
    "é",
    "\u{1f9ed}",
    "null",
    "0",
    "-",
    "i",
    "0i",
    "1900-01-01",
    "2199-12-31",
    "2200-01-01",
    "1899-12-31",
    "2026-02-29",
    "2024-02-29",
    "0000-00-00",
    "2026-1-5",
    "+026-01-05",
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "019b8d2b-8c00-7909-8909-090909090909",
    "0000000000000000000000",
    "69291e07bfffffffffffff",
    "ffffffffffffffffffffff",
    "ffffffff",
    "metric",
    "stay",
    "milestones",
    "done",
    "baseline",
    "at-least",
    "at-most",
    "between",
    "weekly",
    "yearly",
    "committed",
    "all",
    "add",
    "edit",
    "withdraw",
    "delete",
    "check-in",
    "reading",
    "objective",
    "key-result",
    "kpi",
    "objectives",
    "deleted",
    "bearings/plan",
];

impl Leaf {
    fn value(&self) -> Value {
        match self {
            Self::Any(value) => value.clone(),
            Self::Number(text) => serde_json::from_str(text).unwrap_or(Value::Null),
            Self::Text(text) => (*text).into(),
            Self::Deep(levels) => (0..*levels).fold(Value::Null, |value, _| Value::Array(vec![value])),
            Self::Wide(n) => Value::Array(vec![json!({}); (*n).into()]),
        }
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(TEXTS).prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    let key = prop_oneof![prop::sample::select(TEXTS).prop_map(str::to_owned), ".{0,6}"];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn leaf() -> impl Strategy<Value = Leaf> {
    prop_oneof![
        2 => any_json().prop_map(Leaf::Any),
        4 => prop::sample::select(NUMBERS).prop_map(Leaf::Number),
        4 => prop::sample::select(TEXTS).prop_map(Leaf::Text),
        1 => any::<u8>().prop_map(Leaf::Deep),
        1 => (0_u16..2_000).prop_map(Leaf::Wide),
    ]
}

fn index() -> impl Strategy<Value = Index> {
    any::<Index>()
}

/// Mutations that break texts.
fn of_text() -> impl Strategy<Value = Mutation> {
    let char =
        prop_oneof![any::<char>(), prop::sample::select("{}[]\",:\\0-9.eE+tfn \n\u{0}".chars().collect::<Vec<_>>())];
    let insert = prop_oneof![
        ".{0,9}",
        prop::sample::select(NUMBERS).prop_map(str::to_owned),
        (1_usize..300).prop_map(|n| "[".repeat(n)),
        (1_usize..300).prop_map(|n| "{\"a\":".repeat(n)),
        Just("\\ud800".to_owned()),
    ];
    let span = || prop_oneof![1_usize..9, 1_usize..3_000];
    prop_oneof![
        4 => (index(), char).prop_map(|(at, char)| Mutation::Flip(at, char)),
        2 => (index(), span()).prop_map(|(at, n)| Mutation::Cut(at, n)),
        2 => (index(), span(), index()).prop_map(|(from, n, to)| Mutation::Copy(from, n, to)),
        2 => (index(), span(), index()).prop_map(|(from, n, to)| Mutation::Swap(from, n, to)),
        1 => index().prop_map(Mutation::End),
        2 => (index(), insert).prop_map(|(at, text)| Mutation::Insert(at, text)),
    ]
}

/// Mutations that leave JSON.
fn of_value() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        6 => (index(), leaf()).prop_map(|(at, leaf)| Mutation::Replace(at, leaf)),
        3 => (index(), index()).prop_map(|(from, to)| Mutation::Move(from, to)),
        2 => (index(), index(), prop::option::weighted(0.3, ".{0,80}"))
            .prop_map(|(at, key, name)| Mutation::Rename(at, key, name)),
        2 => (index(), index()).prop_map(|(at, child)| Mutation::Remove(at, child)),
        1 => (index(), ".{0,9}", leaf()).prop_map(|(at, key, leaf)| Mutation::Add(at, key, leaf)),
        2 => (index(), index()).prop_map(|(at, child)| Mutation::Double(at, child)),
        1 => (index(), index()).prop_map(|(at, child)| Mutation::Turn(at, child)),
    ]
}

/// Mostly few mutations: many together are mostly the first problem only.
fn few(mutation: impl Strategy<Value = Mutation> + Clone) -> impl Strategy<Value = Vec<Mutation>> {
    prop_oneof![3 => prop::collection::vec(mutation.clone(), 1..2), 2 => prop::collection::vec(mutation, 1..6)]
}

/// What is done to the text of one thing: to its values, to its characters, or to both.
fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    prop_oneof![3 => few(of_value().boxed()), 1 => few(of_text().boxed())]
}

/// The place of a character.
fn place(text: &str, at: &Index) -> usize {
    let at = at.index(text.len() + 1);
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

fn span(text: &str, from: &Index, length: usize) -> std::ops::Range<usize> {
    let from = place(text, from);
    let to = (from + length).min(text.len());
    from..(to..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(from)
}

fn mutate_text(text: &mut String, mutation: &Mutation) {
    match mutation {
        Mutation::Flip(at, char) => text.replace_range(span(text, at, 1), char.encode_utf8(&mut [0; 4])),
        Mutation::Cut(at, n) => text.replace_range(span(text, at, *n), ""),
        Mutation::Copy(from, n, to) => {
            let copy = text[span(text, from, *n)].to_owned();
            text.insert_str(place(text, to), &copy);
        }
        Mutation::Swap(from, n, to) => {
            let (a, b) = (span(text, from, *n), span(text, to, *n));
            let (a, b) = if a.start <= b.start { (a, b) } else { (b, a) };
            if a.end <= b.start {
                let (first, second) = (text[a.clone()].to_owned(), text[b.clone()].to_owned());
                text.replace_range(b, &first);
                text.replace_range(a, &second);
            }
        }
        Mutation::End(at) => text.truncate(place(text, at)),
        Mutation::Insert(at, more) => text.insert_str(place(text, at), more),
        _ => {}
    }
}

/// How many values there are in a value, itself included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(all) => all.iter().map(count).sum(),
        Value::Object(all) => all.values().map(count).sum(),
        _ => 0,
    }
}

/// The `n`th value in a value.
fn nth<'a>(value: &'a mut Value, n: &mut usize) -> Option<&'a mut Value> {
    if *n == 0 {
        return Some(value);
    }
    *n -= 1;
    match value {
        Value::Array(all) => all.iter_mut().find_map(|value| nth(value, n)),
        Value::Object(all) => all.values_mut().find_map(|value| nth(value, n)),
        _ => None,
    }
}

/// Values with values in them only.
fn inner<'a>(value: &'a mut Value, n: &mut usize) -> Option<&'a mut Value> {
    let has = match value {
        Value::Array(all) => !all.is_empty(),
        Value::Object(all) => !all.is_empty(),
        _ => false,
    };
    if !has {
        return None;
    }
    if *n == 0 {
        return Some(value);
    }
    *n -= 1;
    match value {
        Value::Array(all) => all.iter_mut().find_map(|value| inner(value, n)),
        Value::Object(all) => all.values_mut().find_map(|value| inner(value, n)),
        _ => None,
    }
}

fn count_inner(value: &Value) -> usize {
    match value {
        Value::Array(all) if !all.is_empty() => 1 + all.iter().map(count_inner).sum::<usize>(),
        Value::Object(all) if !all.is_empty() => 1 + all.values().map(count_inner).sum::<usize>(),
        _ => 0,
    }
}

fn mutate_value(root: &mut Value, mutation: &Mutation) {
    let all = count(root);
    let inners = count_inner(root).max(1);
    match mutation {
        Mutation::Replace(at, leaf) => {
            if let Some(there) = nth(root, &mut at.index(all)) {
                *there = leaf.value();
            }
        }
        Mutation::Move(from, to) => {
            let from = nth(root, &mut from.index(all)).cloned();
            // The whole within itself grows too fast.
            if let Some((there, from)) = nth(root, &mut to.index(all)).zip(from.filter(|from| count(from) < 2_000)) {
                *there = from;
            }
        }
        Mutation::Rename(at, which, name) => {
            if let Some(Value::Object(map)) = inner(root, &mut at.index(inners)) {
                let key = map.keys().nth(which.index(map.len())).cloned().unwrap_or_default();
                let name = name.clone().unwrap_or_else(|| TEXTS[which.index(TEXTS.len())].to_owned());
                if let Some(value) = map.shift_remove(&key) {
                    map.insert(name, value);
                }
            }
        }
        Mutation::Remove(at, which) => match inner(root, &mut at.index(inners)) {
            Some(Value::Object(map)) => {
                let key = map.keys().nth(which.index(map.len())).cloned().unwrap_or_default();
                map.shift_remove(&key);
            }
            Some(Value::Array(all)) => drop(all.remove(which.index(all.len()))),
            _ => {}
        },
        Mutation::Add(at, key, leaf) => match inner(root, &mut at.index(inners)) {
            Some(Value::Object(map)) => drop(map.insert(key.clone(), leaf.value())),
            Some(Value::Array(all)) => all.push(leaf.value()),
            _ => {}
        },
        Mutation::Double(at, which) => match inner(root, &mut at.index(inners)) {
            Some(Value::Array(all)) => all.push(all[which.index(all.len())].clone()),
            Some(Value::Object(map)) => {
                let value = map.values().nth(which.index(map.len())).cloned().unwrap_or_default();
                map.insert(TEXTS[which.index(TEXTS.len())].to_owned(), value);
            }
            _ => {}
        },
        Mutation::Turn(at, by) => {
            if let Some(Value::Array(all)) = inner(root, &mut at.index(inners)) {
                let by = by.index(all.len());
                all.rotate_left(by);
            }
        }
        _ => {}
    }
}

/// A text with all that was done to it: first to its values, then to its characters.
fn mutated(value: &Value, mutations: &[Mutation]) -> String {
    let mut value = value.clone();
    mutations.iter().for_each(|mutation| mutate_value(&mut value, mutation));
    let mut text = value.to_string();
    mutations.iter().for_each(|mutation| mutate_text(&mut text, mutation));
    text
}

/// Generous: no text takes longer than a second for each of its millions of bytes, at least once in five times, since
/// other things happen on the machine.
fn in_time<T>(text: &str, read: impl Fn() -> T) -> T {
    let limit = Duration::from_secs(1) * u32::try_from(text.len() / LARGE).unwrap();
    for _ in 0..5 {
        let begun = Instant::now();
        let read = read();
        if text.len() < LARGE || begun.elapsed() < limit {
            return read;
        }
    }
    panic!("{} bytes take longer than {limit:?}", text.len());
}

fn day() -> Day {
    Day::new(2026, 11, 23).unwrap()
}

/// A valid plan: its file gives it back, an edit works, and so does taking that back.
fn assert_valid(plan: &Plan) -> Result<(), TestCaseError> {
    let written = write_plan(plan, day());
    let read = read_plan(&written);
    prop_assert!(read.is_ok(), "{:?}\n{}", read, written);
    let read = read.unwrap();
    prop_assert_eq!(&read.plan, plan);
    prop_assert_eq!(write_plan(&read.plan, day()), written);
    prop_assert_eq!(plan.merge(&read.plan), plan.clone());
    let at = At { stamp: plan.latest_stamp(), day: day() };
    let edit = Edit::frame(FrameEdit::mission(Prose::new("Harmless.").unwrap()));
    let (next, back) = plan.apply(&Change::Edit { edit, from: None }, at).unwrap();
    prop_assert_eq!(next.frame.mission.as_str(), "Harmless.");
    let (undone, _) = next.apply(&back, at).unwrap();
    prop_assert_eq!(&*undone.frame.mission, &*plan.frame.mission);
    Ok(())
}

fn file_holds(text: &str) -> Result<(), TestCaseError> {
    match in_time(text, || read_plan(text)) {
        Ok(Exported { plan, exported }) => {
            prop_assert_eq!(read_plan(&write_plan(&plan, exported)).map(|read| read.exported), Ok(exported));
            assert_valid(&plan)
        }
        Err(FileError::Problems { problems, more }) => {
            prop_assert!(!problems.is_empty() && problems.len() <= 100 && (more == 0 || problems.len() == 100));
            for problem in problems {
                prop_assert!(problem.path.starts_with('$') && problem.path.len() < 5_000, "{}", problem);
                prop_assert!(problem.to_string().len() > problem.path.len());
            }
            Ok(())
        }
        Err(FileError::NotJson { line, .. } | FileError::HalfCharacter { line, .. }) => {
            prop_assert!(line > 0 || text.is_empty());
            Ok(())
        }
        Err(FileError::Newer { version }) => {
            prop_assert!(version > 2);
            Ok(())
        }
        Err(FileError::NotAPlan) => Ok(()),
        Err(error @ FileError::TooLarge { .. }) => Err(TestCaseError::fail(error.to_string())),
    }
}

const FIXTURE: &str = include_str!("fixtures/v1/plan.json");

/// The plan of the fixture.
static PLAN: LazyLock<Plan> = LazyLock::new(|| read_plan(FIXTURE).unwrap().plan);

/// Real files: one with a few things, one with every kind of thing and every field, and the sample.
static FILES: LazyLock<[Value; 3]> = LazyLock::new(|| {
    let few = Memory(first_records(&STORES[0], 30).into());
    let few = store::open(&few, PLAN.frame.id).unwrap().plan;
    let sample = sample(day(), Seed { millis: 1, random: [3; 10] }, Actor(3));
    [&few, &PLAN, &sample].map(|plan| serde_json::from_str(&write_plan(plan, day())).unwrap())
});

fn a_file() -> impl Strategy<Value = &'static Value> {
    prop_oneof![12 => Just(&FILES[0]), 3 => Just(&FILES[1]), 1 => Just(&FILES[2])]
}

#[test]
fn mutated_files() {
    fuzz(30, (a_file(), mutations()), |(file, mutations)| file_holds(&mutated(file, &mutations)));
}

#[test]
fn files_that_are_anything() {
    let bytes = prop::collection::vec(any::<u8>(), 0..300).prop_map(|all| String::from_utf8_lossy(&all).into_owned());
    // Anything, where a plan or a part of one should be.
    let within = (any_json(), prop::sample::select(vec!["", "/plan", "/plan/frame", "/plan/kpis"])).prop_map(
        |(value, place)| {
            let mut file = FILES[0].clone();
            if let Some(there) = file.pointer_mut(place) {
                *there = value;
            }
            file.to_string()
        },
    );
    let large = (0_usize..2_500_000, ".{1,9}").prop_map(|(n, text)| {
        let text = text.repeat(n / text.len() + 1);
        let mut file = FILES[0].clone();
        file["plan"]["frame"]["mission"] = text.into();
        file.to_string()
    });
    let input = prop_oneof![80 => bytes, 40 => any_json().prop_map(|it| it.to_string()), 40 => within, 1 => large];
    fuzz(20, input, |text| file_holds(&text));
}

/// What lies in two real stores: snapshots, a journal with every kind of change, leftovers, a damaged record.
static STORES: LazyLock<[BTreeMap<String, String>; 2]> = LazyLock::new(|| {
    [include_str!("fixtures/v1/store.json"), include_str!("fixtures/v1/store-first.json")]
        .map(|text| serde_json::from_str(text).unwrap())
});

/// A store with only so many of its records.
fn first_records(store: &BTreeMap<String, String>, n: usize) -> BTreeMap<String, String> {
    let last = store.keys().filter(|key| key.contains("/j/")).nth(n).cloned().unwrap_or_default();
    let keep = |key: &String| !key.contains("/j/") || *key < last;
    store.iter().filter(|(key, _)| keep(key)).map(|(key, text)| (key.clone(), text.clone())).collect()
}

/// The texts of whole records.
static RECORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let records = STORES[0].iter().filter(|(key, _)| key.contains("/j/")).map(|(_, text)| text.clone());
    records.filter(|text| store::read_record(text).is_some()).collect()
});

fn sealed(text: &str) -> String {
    format!("{:08x}{text}", Crc::<u32>::new(&CRC_32_ISO_HDLC).checksum(text.as_bytes()))
}

/// A stored text with mutations, and mostly with a checksum that says that they are meant.
fn mutated_text(text: &str, mutations: &[Mutation], resealed: bool) -> String {
    match text.get(8..).and_then(|text| serde_json::from_str(text).ok()) {
        Some(value) if resealed => sealed(&mutated(&value, mutations)),
        Some(value) => text[..8].to_owned() + &mutated(&value, mutations),
        None => {
            let mut text = text.to_owned();
            mutations.iter().for_each(|mutation| mutate_text(&mut text, mutation));
            text
        }
    }
}

#[test]
fn mutated_records() {
    let input = (index(), mutations(), prop::bool::weighted(0.9));
    fuzz(20, input, |(which, mutations, resealed)| {
        let text = mutated_text(&RECORDS[which.index(RECORDS.len())], &mutations, resealed);
        let Some(record) = store::read_record(&text) else { return Ok(()) };
        // What was read is written, and read again.
        let (shelf, plan) = (Memory::default(), Seed { millis: 1, random: [1; 10] }.into());
        store::save_record(&shelf, plan, &record).unwrap();
        for (key, text) in shelf.0.into_inner() {
            prop_assert_eq!(Key::parse(&key), Some(Key::Record(plan, record.at.stamp)));
            prop_assert_eq!(store::read_record(&text), Some(record.clone()));
        }
        // Whatever it says, a plan takes it or refuses it, and is valid.
        let base = &*PLAN;
        let later = At { stamp: base.latest_stamp().max(record.at.stamp), ..record.at };
        for (change, at) in [(&record.change, record.at), (&record.change, later), (&record.inverse, later)] {
            if let Ok((next, inverse)) = base.apply(change, at) {
                assert_valid(&next)?;
                let undone = next.apply(&inverse, later);
                prop_assert!(undone.is_ok(), "{:?}\n{:?}", undone, inverse);
                assert_valid(&undone.unwrap().0)?;
            }
        }
        Ok(())
    });
}

#[test]
fn mutated_stores() {
    let one = (index(), mutations(), prop::bool::weighted(0.8));
    // The second of the texts is a snapshot in the one store, and the only one in the other.
    let snapshot = (prop_oneof![Just(None), index().prop_map(Some)], mutations(), prop::bool::weighted(0.9));
    let keys = prop::collection::vec((index(), few(of_text().boxed())), 0..3);
    let input = (any::<bool>(), 0_usize..40, snapshot, prop::collection::vec(one, 0..4), keys);
    fuzz(10, input, |(first, records, snapshot, texts, keys)| {
        let mut store = first_records(&STORES[usize::from(first)], records);
        let id = store::plans(&Memory(store.clone().into())).unwrap()[0];
        let names: Vec<String> = store.keys().cloned().collect();
        if let (Some(which), mutations, resealed) = snapshot {
            let snapshots: Vec<_> = names.iter().filter(|key| key.contains("/plan")).collect();
            let key = *which.get(&snapshots);
            store.insert(key.clone(), mutated_text(&store[key], &mutations, resealed));
        }
        for (which, mutations, resealed) in texts {
            let key = which.get(&names);
            store.insert(key.clone(), mutated_text(&store[key], &mutations, resealed));
        }
        for (which, mutations) in keys {
            let mut key = which.get(&names).clone();
            let text = store.remove(&key).unwrap_or_default();
            mutations.iter().for_each(|mutation| mutate_text(&mut key, mutation));
            store.insert(key, text);
        }
        store_holds(&Memory(store.into()), id)
    });
}

/// Opening ends and writes nothing; what is opened is valid, and carried on without touching what cannot be read.
fn store_holds(shelf: &Memory, id: PlanId) -> Result<(), TestCaseError> {
    let before = shelf.clone();
    let opened = store::open(shelf, id);
    prop_assert_eq!(shelf, &before);
    let opened = match opened {
        Ok(opened) => opened,
        Err(OpenError::File(FileError::Problems { problems, .. })) => {
            prop_assert!(!problems.is_empty() && problems.iter().all(|problem| problem.path.starts_with('$')));
            return Ok(());
        }
        Err(OpenError::Save(SaveError::Newer) | OpenError::File(FileError::Newer { .. })) => {
            let at = At { stamp: Stamp::new(1_950_000_000_000, 0, Actor(7)), day: day() };
            let compacted = store::compact(shelf, id, at);
            prop_assert!(compacted.is_err());
            prop_assert_eq!(shelf, &before);
            return Ok(());
        }
        Err(OpenError::Missing | OpenError::Damaged | OpenError::File(_)) => return Ok(()),
        Err(error @ OpenError::Save(_)) => return Err(TestCaseError::fail(error.to_string())),
    };
    prop_assert_eq!(opened.plan.frame.id, id);
    assert_valid(&opened.plan)?;
    // An edit is saved, and there.
    let mut clock = Clock::new(Actor(77));
    clock.observe(opened.latest_stamp());
    let mut at = || At { stamp: clock.tick(1_900_000_000_000), day: day() };
    let edit = Edit::frame(FrameEdit::mission(Prose::new("Saved.").unwrap()));
    let (change, saved_at) = (Change::Edit { edit, from: None }, at());
    let (plan, inverse) = opened.plan.apply(&change, saved_at).unwrap();
    store::save_record(shelf, id, &Record { at: saved_at, change, inverse }).unwrap();
    prop_assert_eq!(&store::open(shelf, id).unwrap().plan, &plan);
    // So it is after tidying up, which leaves everything that cannot be read.
    store::compact(shelf, id, at()).unwrap();
    let tidy = store::open(shelf, id).unwrap();
    prop_assert_eq!(&tidy.damaged, &opened.damaged);
    if tidy.records.is_empty() {
        prop_assert_eq!(&tidy.plan, &plan);
    } else {
        // What builds upon something that cannot be read stays beside it, and may apply now. Nothing is lost by it.
        prop_assert!(!tidy.damaged.is_empty());
        prop_assert_eq!(&tidy.plan.merge(&plan), &tidy.plan);
    }
    for key in &opened.damaged {
        prop_assert_eq!(shelf.get(key), before.get(key));
    }
    Ok(())
}

#[test]
fn numbers_as_typed() {
    const SIGNS: &[char] = &['.', ',', '\'', ' ', '\u{202f}', '\u{a0}', '\u{2019}', '\u{66b}', '\u{66c}'];
    let near = "[-+=0-9.,' kKmMbBnN%€$EURtsd\u{660}-\u{669}\u{ff10}-\u{ff19}\u{66b}\u{202f}\u{2212}\u{966}]{0,40}";
    let text = prop_oneof![
        ".{0,70}",
        near,
        near,
        "[-+]?=?[0-9]{1,24}([.,][0-9]{1,20})?[kmbMt%]?",
        (-1e16..1e16_f64).prop_map(|number| number.to_string()),
        prop::sample::select(NUMBERS).prop_map(str::to_owned),
    ];
    let separators = (any::<Index>(), any::<Index>(), any::<char>(), prop::bool::weighted(0.95));
    let last = -1e15..=1e15_f64;
    let unit =
        prop::sample::select(&[None, Some(""), Some("%"), Some("m"), Some("kg"), Some("books"), Some("EUR")][..]);
    fuzz(14, (text, separators, unit, last), |(text, (decimal, group, other, known), unit, last)| {
        let group = if known { *group.get(SIGNS) } else { other };
        let field = Field { separators: Separators { decimal: *decimal.get(SIGNS), group }, unit };
        match quantity::parse(&text, &field) {
            Ok(quantity) => {
                let last = Number::new(last).unwrap();
                match (quantity, quantity.resolve(last)) {
                    (Quantity::Absolute(value), resolved) => prop_assert_eq!(resolved, Ok(value)),
                    (Quantity::Step(step), Ok(sum)) => {
                        let (exact, near) = (last.get() + step.get(), sum.get());
                        prop_assert!((exact - near).abs() <= 1e-9_f64.max(exact.abs() * 1e-12), "{} {}", exact, near);
                    }
                    (Quantity::Step(_), Err(error)) => prop_assert_eq!(error, QuantityError::TooLarge),
                }
            }
            Err(QuantityError::Ambiguous { write }) => {
                prop_assert!(!write.is_empty());
                // Each way to write it is clear.
                for text in write.iter().filter(|_| known) {
                    let read = quantity::parse(text, &field);
                    prop_assert!(!matches!(read, Err(QuantityError::Ambiguous { .. })), "{} of {:?}", text, field);
                }
            }
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
        Ok(())
    });
}

/// What tables of readings are made of, and what breaks them.
const CELLS: &[&str] = &[
    "Date",
    "Value",
    "Note",
    "KPI",
    "Target",
    "Revenue",
    "2026-11-22",
    "2026-11",
    "2026-W47",
    "2026-Q3",
    "2026",
    "1/2/2026",
    "13.02.2026",
    "Nov 2026",
    "46000",
    "1",
    "1,5",
    "1.234",
    "(3,637,839)",
    "5%",
    "€ 7",
    "\"",
    "\"\"",
    "",
    "a\"b",
    "\"a\nb\"",
    "\t",
    "\r",
    "\u{1}",
    "\u{feff}",
    "é",
    "#N/A",
];

#[test]
fn tables_of_readings() {
    let plan = &*PLAN;
    let cell = prop_oneof![6 => prop::sample::select(CELLS).prop_map(str::to_owned), 1 => ".{0,9}"];
    let row = prop::collection::vec(cell, 0..6);
    let mutations = prop::collection::vec(of_text(), 0..3);
    let input =
        (prop::collection::vec(row, 0..9), prop::sample::select(vec!["\t", ";", ","]), mutations, any::<[bool; 4]>());
    fuzz(4, input, |(rows, separator, mutations, [day_first, comma, said, replace])| {
        let rows: Vec<_> = rows.iter().map(|row| row.join(separator)).collect();
        let mut text = rows.join("\n");
        mutations.iter().for_each(|mutation| mutate_text(&mut text, mutation));
        let kpi = plan.kpis.iter().next().map(|kpi| kpi.id).filter(|_| said);
        let mut choices = Choices::new(kpi, day(), if comma { Decimal::Comma } else { Decimal::Point });
        let orders = [DateOrder::MonthFirst, DateOrder::DayFirst];
        choices.order = said.then(|| orders[usize::from(day_first)]);
        choices.clash = if replace { Clash::Replace } else { Clash::Beside };
        let pasted = in_time(&text, || Sheet::read(&text, None).and_then(|sheet| plan.paste(&sheet, &choices, day())));
        let Ok(pasted) = pasted else { return Ok(()) };
        let lines = text.replace("\r\n", "\n").replace('\r', "\n").lines().count();
        prop_assert!(pasted.rows.iter().all(|row| (1..=lines).contains(&row.place.0) && row.day <= day()));
        prop_assert!(pasted.skipped.iter().all(|it| (1..=lines).contains(&it.row)));
        let at = At { stamp: Stamp::new(1_790_000_000_000, 0, Actor(9)), day: day() };
        let mut millis = 0;
        let change = pasted.change(plan, at, || {
            millis += 1;
            Seed { millis, random: [3; 10] }
        });
        let before = plan.entries().1;
        let (next, inverse) = plan.permitted(&change, at).unwrap();
        assert_valid(&next)?;
        prop_assert!(next.entries().1 <= before + pasted.to_come());
        let (back, _) = next.apply(&inverse, At { stamp: Stamp::new(1_790_000_000_001, 0, Actor(9)), ..at }).unwrap();
        prop_assert_eq!(back.entries(), plan.entries());
        Ok(())
    });
}

/// What can be taken back, of all kinds of changes.
static STACKS: LazyLock<Value> = LazyLock::new(|| {
    let mut stacks = Stacks::default();
    for (n, text) in RECORDS.iter().rev().take(60).enumerate() {
        let Record { change, inverse, .. } = store::read_record(text).unwrap();
        stacks.done(
            Step {
                label: format!("step {n}"),
                left: vec![Some(change.clone())],
                change: inverse,
                millis: 10_000 * n as u64,
            },
            true,
        );
        if n % 9 == 0 {
            stacks.undone(Step { label: "back".to_owned(), left: vec![None], change, millis: u64::MAX });
        }
    }
    serde_json::from_str(&stacks.to_text()).unwrap()
});

#[test]
fn mutated_steps_to_take_back() {
    let anything = any_json().prop_map(|value| value.to_string());
    let mutated = mutations().prop_map(|mutations| mutated(&STACKS, &mutations));
    fuzz(2, prop_oneof![9 => mutated, 1 => anything], |text| {
        let Some(mut stacks) = Stacks::from_text(&text) else { return Ok(()) };
        prop_assert_eq!(Stacks::from_text(&stacks.to_text()), Some(stacks.clone()));
        let mut plan = PLAN.clone();
        let at = At { stamp: plan.latest_stamp(), day: day() };
        while let Some(step) = stacks.undo() {
            plan = plan.apply(&step.change, at).map_or(plan, |(next, _)| next);
        }
        assert_valid(&plan)
    });
}

/// Large texts, timed: of ten thousands of things, all right or all wrong.
#[test]
fn large_files_end_in_time() {
    let Value::Array(kpis) = FILES[1]["plan"]["kpis"].clone() else { panic!("no KPIs") };
    let readings = |n: i32, with: &dyn Fn(i32) -> Value| -> Value { (0..n).map(with).collect() };
    let reading = |n: i32| {
        let date = Day::new(1990, 1, 1).unwrap().plus_days(n / 4).to_string();
        json!({"date": date, "value": n, "by": "00000001", "n": n % 4})
    };
    let mut whole = Map::new();
    for (name, rows) in [
        ("right", readings(100_000, &reading)),
        ("in reverse", readings(100_000, &|n| reading(99_999 - n))),
        ("twice", readings(100_000, &|n| reading(n / 2))),
        ("wrong", readings(100_000, &|n| json!({"date": n, "mood": {"a": [n]}}))),
        ("deep", readings(20_000, &|_| Leaf::Deep(100).value())),
    ] {
        whole.insert(name.to_owned(), rows);
    }
    for (name, rows) in whole {
        let mut file = FILES[1].clone();
        let mut kpi = kpis[0].clone();
        kpi["readings"] = rows;
        file["plan"]["kpis"][0] = kpi;
        let text = file.to_string();
        assert!(text.len() > LARGE, "{name}: {}", text.len());
        let read = in_time(&text, || read_plan(&text));
        assert_eq!(read.is_ok(), name == "right" || name == "in reverse", "{name}");
    }
}
