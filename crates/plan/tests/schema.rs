//! The JSON Schema that is published beside the page describes the files that are written.
#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;

use bearings_plan::*;
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use serde_json::{Value, json};
use support::{DATED, Mix, PLAIN, World, script};

fn validator() -> jsonschema::Validator {
    jsonschema::draft202012::options().should_validate_formats(true).build(&schema()).unwrap()
}

/// The files of a few long scripts, the largest one last.
fn files() -> Vec<Value> {
    let mut runner = TestRunner::deterministic();
    let scripts = script(Mix::Everything, 150..160);
    let worlds = (0..48).map(|_| World::new(1).with(&scripts.new_tree(&mut runner).unwrap().current()));
    let mut texts: Vec<_> = worlds.map(|world| write_plan(&world.plan, world.today)).collect();
    texts.sort_by_key(String::len);
    texts.iter().map(|text| serde_json::from_str(text).unwrap()).collect()
}

#[test]
fn the_schema_is_a_schema() {
    assert_eq!(jsonschema::meta::validate(&schema()).map_err(|error| error.to_string()), Ok(()));
}

#[test]
fn full_plans_fit_the_schema_and_leave_out_no_field() {
    let (files, validator) = (files(), validator());
    for file in &files {
        let errors: Vec<_> = validator.iter_errors(file).map(|e| format!("{} {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    for (table, fields) in fields() {
        let rows = files.iter().filter_map(|file| file["plan"].get(&table)).flat_map(|table| match table {
            Value::Array(rows) => rows.as_slice(),
            frame => std::slice::from_ref(frame),
        });
        let there: BTreeSet<_> = rows.flat_map(|row| row.as_object().unwrap().keys().cloned()).collect();
        assert_eq!(there, fields, "{table}");
    }
}

/// The generator of scripts and the view of values know every field: a new one cannot stay untested in silence.
#[test]
fn the_laws_cover_every_field() {
    for (table, fields) in fields() {
        let names = |list: &[(&str, &[&str])]| -> Vec<String> {
            list.iter().filter(|(of, _)| *of == table).flat_map(|(_, names)| *names).map(ToString::to_string).collect()
        };
        let logs = ["check_ins", "readings"].map(str::to_owned).into_iter().filter(|log| fields.contains(log));
        let common = ["id", "born", "created", "edited"].map(str::to_owned);
        let known = names(PLAIN).into_iter().chain(names(DATED)).chain(logs).chain(common).collect();
        assert_eq!(fields, known, "{table}");
    }
}

#[test]
fn broken_files_do_not_fit_the_schema() {
    let (file, validator) = (files().pop().unwrap(), validator());
    let broken = |place: &str, value: Value| {
        let mut file = file.clone();
        *file.pointer_mut(place).unwrap_or_else(|| panic!("no {place}")) = value;
        assert!(!validator.is_valid(&file), "{place}");
    };
    broken("/type", json!("excalidraw"));
    broken("/version", json!(2));
    broken("/version", json!(5));
    broken("/exported", json!("soon"));
    broken("/plan", json!([]));
    broken("/plan/frame/cadence", json!("hourly"));
    broken("/plan/objectives/0/title", json!(""));
    broken("/plan/objectives/0/id", json!(7));
    broken("/plan/objectives/0/born", json!("yesterday"));
    broken("/plan/key_results/0/measure", json!({"kind": "metric", "start": 1}));
    broken("/plan/key_results/0/measure", json!([]));
    broken("/plan/key_results/0/measure", json!({"kind": "vibes"}));
    for rank in ["", "0", "i0", "I", "é", "-8", " i", &"i".repeat(2_001)] {
        broken("/plan/kpis/0/rank", json!(rank));
    }
    broken("/plan/frame/cadence", json!([{"from": "2026-01-05", "edited": "19b8d2b8c0000000000001"}]));
    broken("/plan/frame/cadence", json!([{"from": "2026-01-05", "value": "weekly", "withdrawn": false}]));
    broken("/plan/kpis", json!({}));
    let mut more = file.clone();
    more["plan"]["frame"]["mood"] = json!("sunny");
    assert!(!validator.is_valid(&more));
    // Only plain fields have their stamps there.
    let edited = |name: &str| {
        let mut file = file.clone();
        file["plan"]["frame"]["edited"] = json!({name: "19b8d2b8c0000000000001"});
        validator.is_valid(&file)
    };
    assert!(edited("name"));
    assert!(!edited("cadence"));
    let mut less = file.clone();
    less["plan"]["frame"].as_object_mut().unwrap().shift_remove("name");
    assert!(!validator.is_valid(&less));
    let row = |row: Value| {
        let mut file = file.clone();
        file["plan"]["kpis"][0]["readings"] = json!([row]);
        validator.is_valid(&file)
    };
    assert!(row(json!({"date": "2026-01-05", "by": "0000000a", "value": 5})));
    assert!(row(json!({"date": "2026-01-05", "by": "0000000a", "deleted": true})));
    assert!(!row(json!({"date": "2026-01-05", "by": "0000000a"})));
    assert!(!row(json!({"date": "2026-01-05", "by": "0000000a", "value": 5, "deleted": true})));
    assert!(!row(json!({"date": "2026-01-05", "by": "0000000a", "deleted": "yes"})));
    assert!(!row(json!({"date": "2026-01-05", "by": "0000000a", "value": 5, "n": 1_000_001})));
    assert!(!row(json!({"date": "2026-01-05", "value": 5})));
    assert!(!row(json!({"date": "2026-01-05", "by": "0000000a", "value": 1e16})));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_plan_fits_the_schema(script in script(Mix::Everything, 0..60)) {
        let world = World::new(1).with(&script);
        let file: Value = serde_json::from_str(&write_plan(&world.plan, world.today)).unwrap();
        let validator = validator();
        let errors: Vec<_> = validator.iter_errors(&file).map(|e| format!("{} {e}", e.instance_path())).collect();
        prop_assert!(errors.is_empty(), "{:#?}", errors);
    }
}

/// The fields of the frame and of each table, as the schema has them.
fn fields() -> Vec<(String, BTreeSet<String>)> {
    let schema = schema();
    let tables = schema["properties"]["plan"]["properties"].as_object().unwrap();
    let all = tables.iter().filter(|(name, _)| *name != "deleted").map(|(name, table)| {
        let entity = if name == "frame" { table } else { &table["items"] };
        (name.clone(), entity["properties"].as_object().unwrap().keys().cloned().collect())
    });
    all.collect()
}
