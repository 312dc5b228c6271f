//! What earlier versions have written stays readable, and says what it always said.
//!
//! `fixtures/v1` was written once, by the version that it is named after, and is never written again: a file, and what
//! lay in the store of two pages, all of one plan in which every kind of thing, every field, every kind of target and
//! every kind of change occurs. `values.json` says in plain what that plan holds, values that are left out of files
//! included; only how it spells values may change, never a value.
#![allow(clippy::unwrap_used)]

#[path = "support/memory.rs"]
mod memory;
mod support;

use std::{cell::RefCell, env, fs, path::Path};

use bearings_plan::{
    store::{self, OpenError, Store},
    *,
};
use memory::Memory;
use support::{Values, values};

const FILE: &str = include_str!("fixtures/v1/plan.json");
/// A snapshot and what it superseded, as after a stop before all of that was removed; a journal with every kind of
/// change; a damaged record; another plan that is being deleted.
const STORE: &str = include_str!("fixtures/v1/store.json");
/// The layout of the first pages: one snapshot at `bearings/<plan>/plan`, two of the records that it holds, and the rest.
const FIRST_STORE: &str = include_str!("fixtures/v1/store-first.json");

/// Fields that came later: table, field, and what it means that nothing was said.
const LATER: &[(&str, &str, &str)] = &[
    ("frame", "fiscal_start", "Month(1)"),
    ("owners", "parent", "None"),
    ("cycles", "closed", "false"),
    ("cycles", "lookback", "\"\""),
    ("objectives", "pillar", "None"),
    ("objectives", "parent", "None"),
    ("objectives", "parent_weight", "Weight(1)"),
    ("objectives", "counts_aligned", "false"),
    ("objectives", "tags", "Tags([])"),
    ("objectives", "judged", "None"),
    ("objectives", "archived", "false"),
    ("objectives", "verdict", "None"),
    ("objectives", "continues", "None"),
    ("key_results", "fed_by", "None"),
    ("key_results", "part_of", "None"),
    ("key_results", "marks", "None"),
    ("key_results", "goalposts", "\"\""),
    ("key_results", "judged", "None"),
    ("key_results", "fate", "None"),
    ("key_results", "continues", "None"),
    ("key_results", "guards", "Guards([])"),
    ("kpis", "question", "\"\""),
    ("kpis", "source", "\"\""),
    ("kpis", "limits", "\"\""),
    ("kpis", "resets", "false"),
    ("kpis", "origin", "Readings"),
    ("kpis", "parent", "None"),
    ("kpis", "guards", "Guards([])"),
    ("kpis", "indicator", "None"),
    ("kpis", "pillar", "None"),
    ("kpis", "natural_bounds", "None"),
    ("kpis", "baselines", "Baselines([])"),
    ("kpis", "scrapped", "None"),
    ("kpis", "kept_from", "None"),
];

/// Set to spell the values anew instead of comparing them.
const WRITE: &str = "BEARINGS_WRITE";

fn stored(dump: &str) -> Memory {
    Memory(RefCell::new(serde_json::from_str(dump).unwrap()))
}

fn only_plan(shelf: &Memory) -> PlanId {
    store::plans(shelf).unwrap()[0]
}

fn later(millis: u64) -> At {
    At { stamp: Stamp::new(millis, 0, Actor(8)), day: Day::new(2026, 11, 23).unwrap() }
}

/// The plan of the fixtures, once it was found to say what it said.
fn plan() -> Exported {
    let read = read_plan(FILE).unwrap();
    let mut there = values(&read.plan);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/v1/values.json");
    there.retain(|place, value| {
        let later = LATER
            .iter()
            .find(|(table, field, _)| place.starts_with(&format!("{table} ")) && place.ends_with(&format!(" {field}")));
        later.is_none_or(|(table, field, meaning)| {
            assert_eq!(value, meaning, "{table} {field}");
            false
        })
    });
    if env::var_os(WRITE).is_some() {
        fs::write(&file, format!("{:#}\n", serde_json::to_value(&there).unwrap())).unwrap();
    }
    let said: Values = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    for (place, value) in &said {
        assert_eq!(there.get(place), Some(value), "{place}");
    }
    assert_eq!(there.len(), said.len());
    read
}

#[test]
fn a_file_of_version_1_says_what_it_said() {
    let Exported { plan, exported } = plan();
    assert_eq!(exported, Day::new(2026, 11, 22).unwrap());
    // Stamps, tombstones and decisions that were taken back are all there, and what came later is left out.
    let now = FILE.replacen("\"version\": 1", "\"version\": 3", 1);
    assert_eq!(write_plan(&plan, exported).lines().collect::<Vec<_>>(), now.lines().collect::<Vec<_>>());
}

#[test]
fn stores_of_version_1_give_the_same_plan_and_are_carried_on() {
    for (dump, records, damaged) in [(STORE, 192, 1), (FIRST_STORE, 192, 0)] {
        let shelf = stored(dump);
        let (id, before) = (only_plan(&shelf), shelf.clone());
        let opened = store::open(&shelf, id).unwrap();
        assert_eq!(opened.plan, plan().plan);
        assert_eq!((opened.records.len(), opened.damaged.len()), (records, damaged));
        assert_eq!(shelf, before, "opening writes nothing");
        // While version 1 is the latest there is nothing to migrate.
        assert_eq!(opened.migrated, !write_plan(&opened.plan, plan().exported).contains("\"version\": 1,"));
        store::sweep(&shelf).unwrap();
        store::compact(&shelf, id, later(1_900_000_000_000)).unwrap();
        let after = store::open(&shelf, id).unwrap();
        assert_eq!((after.plan, after.records.len(), &after.damaged), (opened.plan, 0, &opened.damaged));
        assert!(!after.migrated);
        // One snapshot, the version, and what could not be read.
        assert_eq!(shelf.0.borrow().len(), 2 + damaged);
    }
}

#[test]
fn every_record_of_version_1_is_read() {
    for (key, text) in stored(STORE).0.into_inner() {
        if key.contains("/j/") && !text.starts_with("00000000") {
            let record = store::read_record(&text).unwrap_or_else(|| panic!("{key}"));
            assert!(key.ends_with(&record.at.stamp.to_string()));
        }
    }
}

#[test]
fn what_a_newer_version_has_written_is_refused_and_stays_untouched() {
    let newer = FILE.replacen("\"version\": 1", "\"version\": 4", 1);
    assert_eq!(read_plan(&newer), Err(FileError::Newer { version: 4 }));
    let shelf = stored(STORE);
    shelf.set("bearings/version", "4").unwrap();
    let (id, before) = (only_plan(&shelf), shelf.clone());
    assert!(matches!(store::open(&shelf, id), Err(OpenError::Save(store::SaveError::Newer))));
    assert!(store::compact(&shelf, id, later(1)).is_err());
    assert_eq!(store::put(&shelf, &plan().plan, later(1)), Err(store::SaveError::Newer));
    assert_eq!(store::delete(&shelf, id), Err(store::SaveError::Newer));
    assert_eq!(store::sweep(&shelf), Err(store::SaveError::Newer));
    assert_eq!(shelf, before);
}
