//! What earlier versions have written stays readable, and says what it always said.
//!
//! Each folder of `fixtures` was written once, by the version that it is named after, and is never written again: a file,
//! and what lay in the store (in version 1: in the stores of two pages), all of one plan in which every kind of thing,
//! every field, every kind of target and every kind of change occurs. `values.json` says in plain what that plan holds,
//! values that are left out of files included; only how it spells values may change, never a value.
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

/// What one version has left.
struct Frozen {
    version: u64,
    file: &'static str,
    values: &'static str,
    /// A snapshot, and a journal with every kind of change.
    stores: &'static [Kept],
}

/// What lay in a store.
struct Kept {
    dump: &'static str,
    records: usize,
    damaged: usize,
}

const FROZEN: [Frozen; 3] = [
    Frozen {
        version: 1,
        file: include_str!("fixtures/v1/plan.json"),
        values: "tests/fixtures/v1/values.json",
        stores: &[
            // What its snapshot superseded, as after a stop before all of that was removed; a damaged record; another
            // plan that is being deleted.
            Kept { dump: include_str!("fixtures/v1/store.json"), records: 192, damaged: 1 },
            // The layout of the first pages: one snapshot at `bearings/<plan>/plan`, two of the records that it holds.
            Kept { dump: include_str!("fixtures/v1/store-first.json"), records: 192, damaged: 0 },
        ],
    },
    Frozen {
        version: 2,
        file: include_str!("fixtures/v2/plan.json"),
        values: "tests/fixtures/v2/values.json",
        stores: &[Kept { dump: include_str!("fixtures/v2/store.json"), records: 282, damaged: 0 }],
    },
    Frozen {
        version: 3,
        file: include_str!("fixtures/v3/plan.json"),
        values: "tests/fixtures/v3/values.json",
        stores: &[
            // The last snapshot that is a file as it is.
            Kept { dump: include_str!("fixtures/v3/store.json"), records: 331, damaged: 0 },
            // The first packed snapshot, without a journal.
            Kept { dump: include_str!("fixtures/v3/store-packed.json"), records: 0, damaged: 0 },
        ],
    },
];

/// Fields that came with a version: table, field, and what it means that nothing was said.
const LATER: &[(u64, &str, &str, &str)] = &[
    (2, "frame", "fiscal_start", "Month(1)"),
    (2, "owners", "parent", "None"),
    (2, "cycles", "closed", "false"),
    (2, "cycles", "lookback", "\"\""),
    (2, "objectives", "pillar", "None"),
    (2, "objectives", "parent", "None"),
    (2, "objectives", "parent_weight", "Weight(1)"),
    (2, "objectives", "counts_aligned", "false"),
    (2, "objectives", "tags", "Tags([])"),
    (2, "objectives", "judged", "None"),
    (2, "objectives", "archived", "false"),
    (2, "objectives", "verdict", "None"),
    (2, "objectives", "continues", "None"),
    (2, "key_results", "fed_by", "None"),
    (2, "key_results", "part_of", "None"),
    (2, "key_results", "marks", "None"),
    (2, "key_results", "goalposts", "\"\""),
    (2, "key_results", "judged", "None"),
    (2, "key_results", "fate", "None"),
    (2, "key_results", "continues", "None"),
    (3, "key_results", "guards", "Guards([])"),
    (3, "kpis", "question", "\"\""),
    (3, "kpis", "source", "\"\""),
    (3, "kpis", "limits", "\"\""),
    (3, "kpis", "resets", "false"),
    (3, "kpis", "origin", "Readings"),
    (3, "kpis", "parent", "None"),
    (3, "kpis", "guards", "Guards([])"),
    (3, "kpis", "indicator", "None"),
    (3, "kpis", "pillar", "None"),
    (3, "kpis", "natural_bounds", "None"),
    (3, "kpis", "baselines", "Baselines([])"),
    (3, "kpis", "scrapped", "None"),
    (3, "kpis", "kept_from", "None"),
    (4, "key_results", "bands", "None"),
    (4, "kpis", "centre", "None"),
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

impl Frozen {
    /// Its plan, once it was found to say what it said.
    fn plan(&self) -> Exported {
        let read = read_plan(self.file).unwrap();
        let mut there = values(&read.plan);
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(self.values);
        there.retain(|place, value| {
            let came_later = LATER.iter().filter(|(with, ..)| *with > self.version).find(|(_, table, field, _)| {
                place.starts_with(&format!("{table} ")) && place.ends_with(&format!(" {field}"))
            });
            came_later.is_none_or(|(_, table, field, meaning)| {
                assert_eq!(value, meaning, "{table} {field}");
                false
            })
        });
        if env::var_os(WRITE).is_some() {
            fs::write(&file, format!("{:#}\n", serde_json::to_value(&there).unwrap())).unwrap();
        }
        let said: Values = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        for (place, value) in &said {
            assert_eq!(there.get(place), Some(value), "version {}: {place}", self.version);
        }
        assert_eq!(there.len(), said.len());
        read
    }

    /// Its file as if it were of another version.
    fn of_version(&self, version: u64) -> String {
        self.file.replacen(&format!("\"version\": {}", self.version), &format!("\"version\": {version}"), 1)
    }
}

#[test]
fn a_file_of_each_version_says_what_it_said() {
    for frozen in FROZEN {
        let Exported { plan, exported } = frozen.plan();
        assert_eq!(exported, Day::new(2026, 11, 22).unwrap());
        let again = write_plan(&plan, exported);
        assert_eq!(read_plan(&again), Ok(Exported { plan, exported }));
    }
}

#[test]
fn what_came_later_is_left_out_of_files() {
    // Stamps, tombstones and decisions that were taken back are all there.
    let [first, ..] = FROZEN;
    let Exported { plan, exported } = first.plan();
    let now = first.of_version(4);
    assert_eq!(write_plan(&plan, exported).lines().collect::<Vec<_>>(), now.lines().collect::<Vec<_>>());
}

#[test]
fn the_month_in_which_years_begin_was_without_a_history_in_version_2() {
    let [_, second, _] = FROZEN;
    let fiscal_start = second.plan().plan.frame.fiscal_start.clone();
    let revisions: Vec<_> = fiscal_start.revisions().map(|it| (it.from, *it.value)).collect();
    let frame = &second.plan().plan.frame;
    assert_eq!(revisions, [(frame.created, *fiscal_start.on(frame.created))]);
    assert_ne!(fiscal_start.on(frame.created).get(), 1);
}

/// The plan of a file with what only the journal of version 2 knows: on which days the month in which years begin was
/// chosen. Its file knows the last choice.
fn with_choices_of(stored: &Plan, mut filed: Plan) -> Plan {
    let (months, month) = (&stored.frame.fiscal_start, &filed.frame.fiscal_start);
    let last = |it: &Dated<Month>| it.revisions().next_back().map(|it| *it.value);
    assert_eq!(last(months), last(month));
    std::sync::Arc::make_mut(&mut filed.frame).fiscal_start = months.clone();
    filed
}

#[test]
fn stores_of_each_version_give_the_same_plan_and_are_carried_on() {
    for frozen in FROZEN {
        for Kept { dump, records, damaged } in frozen.stores {
            let shelf = stored(dump);
            let (id, before) = (only_plan(&shelf), shelf.clone());
            let opened = store::open(&shelf, id).unwrap();
            let filed = frozen.plan().plan;
            let filed = if frozen.version == 2 { with_choices_of(&opened.plan, filed) } else { filed };
            // What deletions knew is in the journal only. What something belongs to is there again, and what was deleted
            // and brought back has the latest of all its values, not those with which it came back.
            let mut returned = opened.plan.returned(&filed);
            let is_goal = |id: &EntityId| matches!(id, EntityId::Objective(_) | EntityId::KeyResult(_));
            assert!(returned.iter().all(is_goal), "{returned:?}");
            for text in shelf.0.borrow().iter().filter(|(key, _)| key.contains("/j/")).map(|(_, text)| text) {
                let Some(record) = store::read_record(text) else { continue };
                support::flatten(&record.change, &mut |change| {
                    if let Change::Delete(id) = change {
                        returned.push(*id);
                    }
                });
            }
            for id in &returned {
                assert!(opened.plan.has(*id) || !filed.has(*id), "{id:?}");
            }
            let is_returned = |place: &str| {
                returned
                    .iter()
                    .any(|id| format!("{id:?}").split(['(', ')']).nth(1).is_some_and(|id| place.contains(id)))
            };
            let others = |plan: &Plan| {
                let mut there = values(plan);
                there.retain(|place, _| !is_returned(place));
                there
            };
            assert_eq!(others(&opened.plan), others(&filed));
            assert_eq!((opened.records.len(), opened.damaged.len()), (*records, *damaged));
            assert_eq!(shelf, before, "opening writes nothing");
            assert!(opened.migrated);
            store::sweep(&shelf).unwrap();
            store::compact(&shelf, id, later(1_900_000_000_000)).unwrap();
            let after = store::open(&shelf, id).unwrap();
            assert_eq!((after.plan, after.records.len(), &after.damaged), (opened.plan, 0, &opened.damaged));
            assert!(!after.migrated);
            // One snapshot, the version, and what could not be read.
            assert_eq!(shelf.0.borrow().len(), 2 + damaged);
        }
    }
}

#[test]
fn every_record_of_each_version_is_read() {
    for kept in FROZEN.iter().flat_map(|frozen| frozen.stores) {
        for (key, text) in stored(kept.dump).0.into_inner() {
            if key.contains("/j/") && !text.starts_with("00000000") {
                let record = store::read_record(&text).unwrap_or_else(|| panic!("{key}"));
                assert!(key.ends_with(&record.at.stamp.to_string()));
            }
        }
    }
}

#[test]
fn what_a_newer_version_has_written_is_refused_and_stays_untouched() {
    for frozen in FROZEN {
        assert_eq!(read_plan(&frozen.of_version(5)), Err(FileError::Newer { version: 5 }));
        let shelf = stored(frozen.stores[0].dump);
        let id = only_plan(&shelf);
        shelf.set("bearings/version", "6").unwrap();
        shelf.set("bearings/00000000-0005-7505-8505-050505050505/gone", "").unwrap();
        let before = shelf.clone();
        assert!(matches!(store::open(&shelf, id), Err(OpenError::Save(store::SaveError::Newer))));
        assert!(store::compact(&shelf, id, later(1)).is_err());
        assert_eq!(store::put(&shelf, &frozen.plan().plan, later(1)), Err(store::SaveError::Newer));
        assert_eq!(store::delete(&shelf, id), Err(store::SaveError::Newer));
        assert_eq!(store::sweep(&shelf), Err(store::SaveError::Newer));
        assert_eq!(shelf, before);
    }
}
