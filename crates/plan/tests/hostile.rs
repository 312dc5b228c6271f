//! Files that are wrong, damaged or hostile: each is refused with the place of every fault, and none panics or hangs.
#![recursion_limit = "256"]
#![allow(clippy::unwrap_used)]

#[path = "support/memory.rs"]
mod memory;

use bearings_plan::{store, *};
use memory::Memory;
use proptest::prelude::*;
use serde_json::{Value, json};

const KEY_RESULT: &str = "00000000-0000-7000-8000-000000000004";
const KPI: &str = "00000000-0000-7000-8000-000000000007";
const OWNER: &str = "00000000-0000-7000-8000-000000000001";
const CYCLE: &str = "00000000-0000-7000-8000-000000000002";
const OBJECTIVE: &str = "00000000-0000-7000-8000-000000000003";
const PILLAR: &str = "00000000-0000-7000-8000-000000000009";
const NOBODY: &str = "00000000-0000-7000-8000-0000000000ff";
const STAMP: &str = "19b8d2b8c0000000000001";

/// A small plan with one of everything.
fn good() -> Value {
    let (day, rank) = ("2026-01-05", "i");
    let id = |n: u8| format!("00000000-0000-7000-8000-{n:012x}");
    let entity = |n: u8, more: Value| {
        let mut all = json!({"id": id(n), "born": STAMP, "created": day});
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    json!({
        "type": "bearings/plan",
        "version": 4,
        "source": "Bearings 0.1.0",
        "exported": "2026-06-30",
        "plan": {
            "frame": entity(0, json!({
                "name": "Ours", "mission": "Be there.\nAnd stay.", "cadence": "weekly",
                "bands": {"attention": 0.1, "off_track": 0.25}, "edited": {"name": STAMP}, "fiscal_start": 4,
            })),
            "pillars": [entity(9, json!({"name": "Growth", "perspective": "customer", "rank": rank}))],
            "owners": [entity(1, json!({"name": "Ann", "level": "person", "parent": OWNER, "rank": rank}))],
            "cycles": [entity(2, json!({
                "name": "Q1", "span": {"start": "2026-01-01", "end": "2026-03-31"}, "lookback": "Ask earlier.",
                "closed": [{"from": day, "value": false}, {"from": "2026-04-02", "value": true, "edited": STAMP}],
            }))],
            "objectives": [entity(3, json!({
                "title": "Grow", "owner": OWNER, "cycle": CYCLE, "kind": "committed", "rank": rank, "pillar": PILLAR,
                "parent": OBJECTIVE, "parent_weight": 2, "counts_aligned": true, "tags": ["b", "two words"],
                "judged": {"status": "on-track", "note": "Signed."}, "archived": true, "continues": OBJECTIVE,
                "verdict": {"score": 0.6, "outcome": "partial", "reason": "Rain.", "learned": "Ask earlier."},
            }))],
            "key_results": [
                entity(4, json!({
                    "title": "Revenue", "objective": OBJECTIVE, "unit": "EUR", "rank": rank, "owner": OWNER,
                    "measure": [
                        {"from": day, "value": {"kind": "metric", "start": 10, "target": 20}},
                        {"from": "2026-02-01", "value": {"kind": "metric", "start": 10, "target": 30}, "edited": STAMP},
                    ],
                    "fed_by": id(7), "part_of": id(5), "marks": {"commit": 15, "stretch": 40}, "bands": {"attention": 0.05, "off_track": 0.5}, "continues": id(5),
                    "goalposts": [{"from": day, "value": ""}, {"from": "2026-02-01", "value": "More orders."}],
                    "judged": {"status": "off-track", "note": "No."}, "fate": "carried",
                    "weight": 2.5, "cadence": "monthly", "dates": {"start": "2026-01-10", "due": "2026-03-01"},
                    "check_ins": [
                        {"date": "2026-01-12", "value": 11.5, "confidence": 7, "note": "Well.", "by": "0000000a"},
                        {"date": "2026-01-12", "by": "0000000a", "n": 1, "edited": STAMP, "deleted": true},
                    ],
                })),
                entity(5, json!({
                    "title": "Up", "objective": OBJECTIVE, "rank": rank,
                    "measure": {"kind": "stay", "bounds": {"kind": "between", "low": 1, "high": 2}, "share": 0.9},
                })),
            ],
            "milestones": [entity(6, json!({
                "title": "Step", "key_result": id(4), "due": "2026-02-01", "done": "2026-01-31", "rank": rank,
            }))],
            "initiatives": [entity(10, json!({
                "title": "Call them", "goal": {"kind": "key-result", "id": id(4)}, "state": "doing", "owner": OWNER,
                "due": "2026-02-15", "rank": rank,
            }))],
            "filters": [entity(11, json!({
                "name": "Ours", "rank": rank, "criteria": {
                    "cycle": CYCLE, "owner": OWNER, "pillar": PILLAR, "tag": "b", "status": "missed", "text": "grow",
                },
            }))],
            "kpis": [entity(7, json!({
                "name": "Churn", "why": "It hurts.", "frequency": "monthly", "aggregation": "mean", "rank": rank,
                "target": {"bounds": {"kind": "at-most", "value": 0.05}, "tolerance": 0.01},
                "benchmark": {"name": "Them", "value": 0.07, "source": "Their report"}, "owner": OWNER, "unit": "%",
                "question": "Do they stay?", "definition": "Who left", "source": "The books", "limits": "Late by weeks",
                "resets": true, "origin": {"kind": "formula", "formula": [KPI, 2, "/", KPI, "max 2", "ytd"]},
                "parent": KPI, "guards": [KPI], "indicator": "lagging", "pillar": PILLAR,
                "natural_bounds": {"low": 0, "high": 1}, "baselines": [{"from": "2026-01-01", "to": "2026-12-31"}],
                "scrapped": {"reason": "Nobody looked."}, "kept_from": KEY_RESULT,
                "readings": [{"date": "2026-01-31", "value": 0.06, "by": "0000000a"}],
            }))],
            "deleted": {"owners": [{"id": id(8), "at": STAMP}]},
        },
    })
}

/// The good file with one value replaced or added.
fn with(place: &str, value: Value) -> Value {
    let mut file = good();
    put(&mut file, place, value);
    file
}

fn put(file: &mut Value, place: &str, value: Value) {
    let (parent, last) = place.rsplit_once('/').unwrap();
    match file.pointer_mut(parent).unwrap_or_else(|| panic!("no {parent}")) {
        Value::Object(map) => drop(map.insert(last.to_owned(), value)),
        Value::Array(all) if last == "-" => all.push(value),
        Value::Array(all) => all[last.parse::<usize>().unwrap()] = value,
        _ => panic!("{place}"),
    }
}

fn without(place: &str) -> Value {
    let (mut file, (parent, last)) = (good(), place.rsplit_once('/').unwrap());
    file.pointer_mut(parent).unwrap().as_object_mut().unwrap().shift_remove(last).unwrap();
    file
}

/// What is wrong with a file, as a person reads it.
fn problems(file: &Value) -> Vec<String> {
    match read_plan(&file.to_string()) {
        Err(FileError::Problems { problems, more: 0 }) => problems.iter().map(ToString::to_string).collect(),
        other => panic!("expected problems: {other:?}"),
    }
}

/// Each fault gives exactly one problem, at its place, with its reason.
fn assert_faults(faults: &[(&str, Value, &str)]) {
    for (place, value, expected) in faults {
        assert_eq!(problems(&with(place, value.clone())), [*expected], "{place} = {value}");
    }
}

#[test]
fn the_good_file_is_good() {
    let text = good().to_string();
    let read = read_plan(&text).unwrap();
    assert_eq!(read_plan(&write_plan(&read.plan, read.exported)), Ok(read));
}

#[test]
fn a_byte_order_mark_in_front_is_no_fault() {
    let text = good().to_string();
    assert_eq!(read_plan(&format!("\u{feff}{text}")), read_plan(&text));
}

#[test]
fn other_versions_are_told_apart() {
    for (version, expected) in [
        (json!(5), "written by a newer Bearings (version 5; this one reads up to 4)"),
        (json!(u64::MAX), "written by a newer Bearings (version 4294967295; this one reads up to 4)"),
    ] {
        let error = read_plan(&with("/version", version).to_string()).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
    // A newer file may hold anything.
    let mut newer = with("/version", json!(5));
    newer["plan"] = json!([]);
    assert_eq!(read_plan(&newer.to_string()), Err(FileError::Newer { version: 5 }));
    let whole = "$.version: expected a whole number from 0 on";
    assert_faults(&[
        ("/version", json!(0), "$.version: expected a version from 1 on"),
        ("/version", json!(1e99), whole),
        ("/version", json!("1"), whole),
        ("/version", json!(-1), whole),
        ("/version", json!(null), whole),
    ]);
    assert_eq!(problems(&without("/version")), ["$: “version” is missing"]);
}

#[test]
fn files_of_others_are_not_plans() {
    for text in ["null", "3", "\"bearings/plan\"", "[]", "{}", r#"{"type": 1}"#, r#"{"type": "excalidraw"}"#] {
        assert_eq!(read_plan(text), Err(FileError::NotAPlan), "{text}");
    }
    for text in ["", " ", "\u{feff}", "type", "{'type': 1}", "{\"type\":\"bearings/plan\"", "{} {}", "\0"] {
        assert!(matches!(read_plan(text), Err(FileError::NotJson { .. })), "{text}");
    }
}

#[test]
fn an_id_is_there_once() {
    let twice = good().pointer("/plan/owners/0").unwrap().clone();
    assert_faults(&[
        ("/plan/owners/-", twice, "$.plan.owners[1]: is there twice"),
        ("/plan/deleted/owners/-", json!({"id": OWNER, "at": STAMP}), "$.plan.owners[0]: is there twice"),
        (
            "/plan/deleted/owners",
            json!([{"id": NOBODY, "at": STAMP}, {"id": NOBODY, "at": STAMP}]),
            "$.plan.deleted.owners[1]: is there twice",
        ),
        (
            "/plan/kpis/0/readings/-",
            json!({"date": "2026-01-31", "value": 9, "by": "0000000a", "n": 0}),
            "$.plan.kpis[0].readings[1]: is there twice",
        ),
        ("/plan/key_results/0/measure/1/from", json!("2026-01-05"), "$.plan.key_results[0].measure: is there twice"),
    ]);
}

#[test]
fn what_is_referred_to_is_there() {
    let dangling = |place: &str, path: &str| {
        let expected = format!("{path}: refers to something that is not in the plan");
        assert_eq!(problems(&with(place, json!(NOBODY))), [expected]);
        // An id of another kind will not do.
        let other = if place.ends_with("owner") || place.starts_with("/plan/owners") { CYCLE } else { OWNER };
        assert_eq!(problems(&with(place, json!(other))).len(), 1);
    };
    dangling("/plan/objectives/0/owner", "$.plan.objectives[0].owner");
    dangling("/plan/objectives/0/cycle", "$.plan.objectives[0].cycle");
    dangling("/plan/key_results/0/objective", "$.plan.key_results[0].objective");
    dangling("/plan/key_results/0/owner", "$.plan.key_results[0].owner");
    dangling("/plan/milestones/0/key_result", "$.plan.milestones[0].key_result");
    dangling("/plan/kpis/0/owner", "$.plan.kpis[0].owner");
    dangling("/plan/owners/0/parent", "$.plan.owners[0].parent");
    dangling("/plan/objectives/0/pillar", "$.plan.objectives[0].pillar");
    dangling("/plan/objectives/0/parent", "$.plan.objectives[0].parent");
    dangling("/plan/objectives/0/continues", "$.plan.objectives[0].continues");
    dangling("/plan/key_results/0/fed_by", "$.plan.key_results[0].fed_by");
    dangling("/plan/key_results/0/part_of", "$.plan.key_results[0].part_of");
    dangling("/plan/key_results/0/continues", "$.plan.key_results[0].continues");
    dangling("/plan/initiatives/0/owner", "$.plan.initiatives[0].owner");
    for (member, own) in [("goal", "id"), ("criteria", "cycle"), ("criteria", "owner"), ("criteria", "pillar")] {
        let table = if member == "goal" { "initiatives" } else { "filters" };
        let expected = format!("$.plan.{table}[0].{member}.{own}: refers to something that is not in the plan");
        for stranger in [NOBODY, OBJECTIVE] {
            assert_eq!(
                problems(&with(&format!("/plan/{table}/0/{member}/{own}"), json!(stranger))),
                [expected.as_str()]
            );
        }
    }
    // The past counts as well.
    let history = json!([{"from": "2026-01-01", "value": NOBODY}, {"from": "2026-01-02", "value": CYCLE}]);
    let expected = "$.plan.objectives[0].cycle[0].value: refers to something that is not in the plan";
    assert_faults(&[("/plan/objectives/0/cycle", history, expected)]);
    // What was deleted is still known.
    let deleted = with("/plan/objectives/0/owner", good().pointer("/plan/deleted/owners/0/id").unwrap().clone());
    assert!(read_plan(&deleted.to_string()).is_ok());
}

/// Every value of the good file, replaced by each JSON type in turn: either it is refused at that place or right
/// below or above it, or what was read exports and reads back.
#[test]
fn a_wrong_type_is_named_where_it_stands() {
    let mut places = Vec::new();
    walk(&good(), "", "$", &mut places);
    assert!(places.len() > 100, "{}", places.len());
    for (place, path) in places {
        for value in [json!(null), json!(true), json!(-7), json!(1e300), json!("x"), json!([[]]), json!({"x": {}})] {
            match read_plan(&with(&place, value.clone()).to_string()) {
                Ok(read) => assert_eq!(read_plan(&write_plan(&read.plan, read.exported)), Ok(read)),
                Err(FileError::NotAPlan) => assert_eq!(place, "/type"),
                Err(FileError::Newer { .. } | FileError::NotJson { .. } | FileError::HalfCharacter { .. }) => {
                    panic!("{place}: {value}")
                }
                Err(FileError::TooLarge { .. }) => unreachable!(),
                Err(FileError::Problems { problems, .. }) => {
                    let near = |at: &str| at.starts_with(&path) || path.starts_with(at);
                    assert!(problems.iter().all(|problem| near(&problem.path)), "{path} = {value}: {problems:?}");
                }
            }
        }
    }
}

fn walk(value: &Value, place: &str, path: &str, places: &mut Vec<(String, String)>) {
    let children: Vec<(String, String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, v)| (format!("/{key}"), format!(".{key}"), v)).collect(),
        Value::Array(all) => all.iter().enumerate().map(|(n, v)| (format!("/{n}"), format!("[{n}]"), v)).collect(),
        _ => Vec::new(),
    };
    for (step, shown, child) in children {
        let (place, path) = (place.to_owned() + &step, path.to_owned() + &shown);
        places.push((place.clone(), path.clone()));
        walk(child, &place, &path, places);
    }
}

#[test]
fn types_at_every_level() {
    assert_faults(&[
        ("/plan", json!([]), "$.plan: expected an object"),
        ("/exported", json!(20_260_630), "$.exported: expected a text"),
        ("/plan/frame", json!("Ours"), "$.plan.frame: expected an object"),
        ("/plan/kpis", json!({}), "$.plan.kpis: expected an array"),
        ("/plan/kpis/0", json!(null), "$.plan.kpis[0]: expected an object"),
        ("/plan/kpis/0/name", json!(null), "$.plan.kpis[0].name: expected a text"),
        ("/plan/kpis/0/readings", json!({}), "$.plan.kpis[0].readings: expected an array"),
        ("/plan/kpis/0/readings/0", json!(5), "$.plan.kpis[0].readings[0]: expected an object"),
        ("/plan/kpis/0/readings/0/value", json!("6"), "$.plan.kpis[0].readings[0].value: expected a number"),
        ("/plan/kpis/0/readings/0/n", json!(-1), "$.plan.kpis[0].readings[0].n: expected a whole number from 0 on"),
        ("/plan/kpis/0/readings/0/n", json!(1.5), "$.plan.kpis[0].readings[0].n: expected a whole number from 0 on"),
        ("/plan/kpis/0/target/bounds", json!(0.05), "$.plan.kpis[0].target.bounds: expected an object"),
        ("/plan/deleted", json!([]), "$.plan.deleted: expected an object"),
        ("/plan/frame/edited", json!(STAMP), "$.plan.frame.edited: expected an object"),
        (
            "/plan/objectives/0/kind",
            json!("moonshot"),
            "$.plan.objectives[0].kind: expected one of committed, aspirational, learning",
        ),
        (
            "/plan/key_results/1/measure/kind",
            json!("vibes"),
            "$.plan.key_results[1].measure.kind: expected one of metric, stay, milestones, done, baseline",
        ),
        ("/plan/key_results/0/measure", json!([]), "$.plan.key_results[0].measure: “value” is missing"),
    ]);
    assert_faults(&[
        ("/plan/pillars", json!({}), "$.plan.pillars: expected an array"),
        (
            "/plan/pillars/0/perspective",
            json!("sideways"),
            "$.plan.pillars[0].perspective: expected one of financial, customer, internal-process, learning-growth, \
             health, family-friends, work, money, learning, home, leisure, community",
        ),
        ("/plan/cycles/0/closed/1/value", json!("yes"), "$.plan.cycles[0].closed[1].value: expected true or false"),
        ("/plan/objectives/0/counts_aligned", json!(1), "$.plan.objectives[0].counts_aligned: expected true or false"),
        ("/plan/objectives/0/archived", json!("no"), "$.plan.objectives[0].archived: expected true or false"),
        ("/plan/objectives/0/tags", json!("b"), "$.plan.objectives[0].tags: expected an array"),
        ("/plan/objectives/0/tags/1", json!(7), "$.plan.objectives[0].tags[1]: expected a text"),
        ("/plan/objectives/0/judged", json!("on-track"), "$.plan.objectives[0].judged: expected an object"),
        (
            "/plan/objectives/0/judged/status",
            json!("fine"),
            "$.plan.objectives[0].judged.status: expected one of pending, on-track, needs-attention, off-track, \
             achieved, partly, missed",
        ),
        ("/plan/objectives/0/verdict", json!(0.6), "$.plan.objectives[0].verdict: expected an object"),
        ("/plan/objectives/0/verdict/score", json!("0.6"), "$.plan.objectives[0].verdict.score: expected a number"),
        (
            "/plan/objectives/0/verdict/outcome",
            json!("won"),
            "$.plan.objectives[0].verdict.outcome: expected one of achieved, partial, missed, postponed, cancelled",
        ),
        ("/plan/key_results/0/marks/commit", json!("15"), "$.plan.key_results[0].marks.commit: expected a number"),
        (
            "/plan/key_results/0/fate",
            json!("sold"),
            "$.plan.key_results[0].fate: expected one of carried, restarted, kept, let-go",
        ),
        ("/plan/initiatives/0/goal", json!(OBJECTIVE), "$.plan.initiatives[0].goal: expected an object"),
        (
            "/plan/initiatives/0/goal/kind",
            json!("kpi"),
            "$.plan.initiatives[0].goal.kind: expected one of objective, key-result",
        ),
        (
            "/plan/initiatives/0/state",
            json!("blocked"),
            "$.plan.initiatives[0].state: expected one of todo, doing, done, dropped",
        ),
        ("/plan/filters/0/criteria", json!([]), "$.plan.filters[0].criteria: expected an object"),
        ("/plan/filters/0/criteria/text", json!(1), "$.plan.filters[0].criteria.text: expected a text"),
    ]);
    for (place, path, field) in [
        ("/plan/objectives/0/judged/status", "$.plan.objectives[0].judged", "status"),
        ("/plan/objectives/0/verdict/outcome", "$.plan.objectives[0].verdict", "outcome"),
        ("/plan/initiatives/0/goal", "$.plan.initiatives[0]", "goal"),
        ("/plan/initiatives/0/goal/kind", "$.plan.initiatives[0].goal", "kind"),
        ("/plan/initiatives/0/state", "$.plan.initiatives[0]", "state"),
        ("/plan/filters/0/criteria", "$.plan.filters[0]", "criteria"),
    ] {
        assert_eq!(problems(&without(place)), [format!("{path}: “{field}” is missing")]);
    }
    // While an id cannot be read, nobody knows whether the references to its kind are right.
    assert_faults(&[
        ("/plan/owners", json!(null), "$.plan.owners: expected an array"),
        ("/plan/owners/0", json!([]), "$.plan.owners[0]: expected an object"),
        ("/plan/owners/0/id", json!("me"), "$.plan.owners[0].id: not an id (a UUID)"),
        ("/plan/deleted", json!([]), "$.plan.deleted: expected an object"),
    ]);
    assert_eq!(problems(&without("/plan/owners/0/id")), ["$.plan.owners[0]: “id” is missing"]);
    let mut file = with("/plan/owners/0/id", json!("me"));
    put(&mut file, "/plan/objectives/0/cycle", json!(NOBODY));
    let dangling = "$.plan.objectives[0].cycle: refers to something that is not in the plan";
    assert_eq!(problems(&file), ["$.plan.owners[0].id: not an id (a UUID)", dangling]);
    let mut file = with("/plan/objectives/0/owner", good().pointer("/plan/deleted/owners/0/id").unwrap().clone());
    put(&mut file, "/plan/deleted", json!(7));
    assert_eq!(problems(&file), ["$.plan.deleted: expected an object"]);
    assert_eq!(problems(&without("/plan")), ["$: “plan” is missing"]);
    assert_eq!(problems(&without("/exported")), ["$: “exported” is missing"]);
    assert_eq!(problems(&without("/plan/frame")), ["$.plan: “frame” is missing"]);
    assert_eq!(problems(&without("/plan/kpis/0/id")), ["$.plan.kpis[0]: “id” is missing"]);
    assert_eq!(problems(&without("/plan/kpis/0/born")), ["$.plan.kpis[0]: “born” is missing"]);
    assert_eq!(problems(&without("/plan/kpis/0/created")), ["$.plan.kpis[0]: “created” is missing"]);
    assert_eq!(problems(&without("/plan/kpis/0/readings/0/by")), ["$.plan.kpis[0].readings[0]: “by” is missing"]);
}

#[test]
fn unknown_fields_are_named_wherever_they_stand() {
    for (parent, path) in [
        ("", "$"),
        ("/plan", "$.plan"),
        ("/plan/frame", "$.plan.frame"),
        ("/plan/frame/bands", "$.plan.frame.bands"),
        ("/plan/frame/edited", "$.plan.frame.edited"),
        ("/plan/owners/0", "$.plan.owners[0]"),
        ("/plan/cycles/0/span", "$.plan.cycles[0].span"),
        ("/plan/key_results/0", "$.plan.key_results[0]"),
        ("/plan/key_results/0/dates", "$.plan.key_results[0].dates"),
        ("/plan/key_results/0/measure/0", "$.plan.key_results[0].measure[0]"),
        ("/plan/key_results/0/measure/0/value", "$.plan.key_results[0].measure[0].value"),
        ("/plan/key_results/0/check_ins/0", "$.plan.key_results[0].check_ins[0]"),
        ("/plan/key_results/0/check_ins/1", "$.plan.key_results[0].check_ins[1]"),
        ("/plan/key_results/1/measure/bounds", "$.plan.key_results[1].measure.bounds"),
        ("/plan/kpis/0/benchmark", "$.plan.kpis[0].benchmark"),
        ("/plan/pillars/0", "$.plan.pillars[0]"),
        ("/plan/objectives/0/judged", "$.plan.objectives[0].judged"),
        ("/plan/objectives/0/verdict", "$.plan.objectives[0].verdict"),
        ("/plan/key_results/0/marks", "$.plan.key_results[0].marks"),
        ("/plan/initiatives/0/goal", "$.plan.initiatives[0].goal"),
        ("/plan/filters/0/criteria", "$.plan.filters[0].criteria"),
        ("/plan/deleted", "$.plan.deleted"),
        ("/plan/deleted/owners/0", "$.plan.deleted.owners[0]"),
    ] {
        let expected = format!("{path}.mood: unknown field (made by a newer Bearings?)");
        assert_eq!(problems(&with(&format!("{parent}/mood"), json!("sunny"))), [expected]);
    }
    // Values with a history and entries keep their stamps with them.
    for (entity, field, path) in [
        ("/plan/frame", "cadence", "$.plan.frame"),
        ("/plan/cycles/0", "span", "$.plan.cycles[0]"),
        ("/plan/cycles/0", "closed", "$.plan.cycles[0]"),
        ("/plan/objectives/0", "verdict", "$.plan.objectives[0]"),
        ("/plan/initiatives/0", "state", "$.plan.initiatives[0]"),
        ("/plan/key_results/1", "weight", "$.plan.key_results[1]"),
        ("/plan/key_results/0", "check_ins", "$.plan.key_results[0]"),
        ("/plan/key_results/1", "check_ins", "$.plan.key_results[1]"),
        ("/plan/kpis/0", "readings", "$.plan.kpis[0]"),
    ] {
        let expected = format!("{path}.edited.{field}: unknown field (made by a newer Bearings?)");
        assert_eq!(problems(&with(&format!("{entity}/edited"), json!({field: STAMP}))), [expected]);
    }
}

#[test]
fn a_path_shows_the_beginning_of_a_long_key() {
    for (key, shown) in [("k", 60), ("é", 60), ("\u{1f9ed}", 60)] {
        let expected = |n| format!("$.plan.{}: unknown field (made by a newer Bearings?)", key.repeat(n));
        assert_eq!(problems(&with(&format!("/plan/{}", key.repeat(90_000)), json!(1))), [expected(shown)]);
        assert_eq!(problems(&with(&format!("/plan/{}", key.repeat(59)), json!(1))), [expected(59)]);
    }
}

#[test]
fn a_deleted_entry_says_no_more_than_that() {
    let (place, path) = ("/plan/key_results/0/check_ins/1", "$.plan.key_results[0].check_ins[1]");
    for field in ["value", "confidence", "note"] {
        let expected = format!("{path}.{field}: unknown field (made by a newer Bearings?)");
        assert_eq!(problems(&with(&format!("{place}/{field}"), json!(5))), [expected]);
    }
    for no in [json!(false), json!("yes"), json!(null), json!(1), json!({})] {
        assert_eq!(problems(&with(&format!("{place}/deleted"), no)), [format!("{path}.deleted: expected true")]);
    }
}

#[test]
fn a_decision_that_was_taken_back_keeps_what_it_was() {
    let (place, path) = ("/plan/key_results/0/measure/1", "$.plan.key_results[0].measure[1]");
    for no in [json!(false), json!("yes"), json!(null), json!(1), json!({})] {
        assert_eq!(problems(&with(&format!("{place}/withdrawn"), no)), [format!("{path}.withdrawn: expected true")]);
    }
    let read = read_plan(&with(&format!("{place}/withdrawn"), json!(true)).to_string()).unwrap();
    let measure = &read.plan.key_results.iter().next().unwrap().measure;
    let first = Measure::Metric { start: 10.into(), target: 20.into() };
    assert!(measure.revisions().map(|it| it.value).eq([&first]));
    assert_eq!(measure.on(Day::new(2026, 3, 1).unwrap()), &first);
}

/// Two files take back what the other one holds on to: whatever there is, something is in force.
#[test]
fn merging_never_takes_the_last_decision() {
    let (early, late) = ("2026-01-05", "2026-02-01");
    let side = |first: bool| {
        let mut rows = [json!({"from": early, "value": "weekly"}), json!({"from": late, "value": "monthly"})];
        let gone = &mut rows[usize::from(!first)];
        gone["edited"] = json!(STAMP);
        gone["withdrawn"] = json!(true);
        read_plan(&with("/plan/frame/cadence", json!(rows)).to_string()).unwrap().plan
    };
    let (a, b) = (side(true), side(false));
    let merged = a.merge(&b);
    assert_eq!(merged, b.merge(&a));
    let day = Day::new(2026, 3, 1).unwrap();
    assert_eq!(*merged.frame.cadence.on(day), Cadence::Weekly);
    assert_eq!(merged.frame.cadence.revisions().count(), 1);
    assert_eq!(read_plan(&write_plan(&merged, day)).unwrap().plan, merged);
    assert_eq!(*merged.as_of(Day::new(2020, 1, 1).unwrap()).frame.cadence.on(day), Cadence::Weekly);
}

#[test]
fn numbers_are_finite_and_in_range() {
    let place = "/plan/kpis/0/readings/0/value";
    let large = "$.plan.kpis[0].readings[0].value: the number is larger than 1e15";
    assert_faults(&[(place, json!(1e16), large), (place, json!(-1e300), large), (place, json!(u64::MAX), large)]);
    let text = with(place, json!("HERE")).to_string();
    for number in ["NaN", "Infinity", "-Infinity", "1e999", "0x10", "01", "+1", ".5", "1,5"] {
        let error = read_plan(&text.replace("\"HERE\"", number));
        assert!(matches!(error, Err(FileError::NotJson { line: 1, column: 1.. })), "{number}: {error:?}");
    }
    // The nearest double, and the same one once more.
    for number in ["123456789.12345679", "0.30000000000000004", "5e-324", "5.3152704598293e-5", "900719925474099.3"] {
        let read = read_plan(&text.replace("\"HERE\"", number)).unwrap();
        let (_, reading) = read.plan.kpis.iter().next().unwrap().readings.iter().next().unwrap();
        assert_eq!(reading.value.get(), number.parse::<f64>().unwrap());
        assert_eq!(read_plan(&write_plan(&read.plan, read.exported)), Ok(read));
    }
    // There is one zero: a double has two, which are equal and yet in order.
    for zero in ["0", "-0", "-0.0e5", "1e-999", "-1e-999"] {
        let plan = read_plan(&text.replace("\"HERE\"", zero)).unwrap().plan;
        let (_, reading) = plan.kpis.iter().next().unwrap().readings.iter().next().unwrap();
        assert_eq!(reading.value.get().to_bits(), 0, "{zero}");
    }
}

#[test]
fn dates_exist() {
    for bad in [
        "2026-02-30",
        "2100-02-29",
        "0000-00-00",
        "2026-13-01",
        "1899-12-31",
        "2200-01-01",
        "26-01-01",
        "2026-1-1",
        "2026-01-01T00:00:00Z",
        " 2026-01-01",
        "+2026-01-1",
        "２０２６-０１-０１",
        "",
        "9999999999-01-01",
    ] {
        let expected = "not a date between 1900-01-01 and 2199-12-31, written like 2026-11-21";
        for (place, path) in [
            ("/exported", "$.exported"),
            ("/plan/cycles/0/span/end", "$.plan.cycles[0].span.end"),
            ("/plan/milestones/0/due", "$.plan.milestones[0].due"),
            ("/plan/kpis/0/readings/0/date", "$.plan.kpis[0].readings[0].date"),
            ("/plan/key_results/0/measure/1/from", "$.plan.key_results[0].measure[1].from"),
        ] {
            assert_eq!(problems(&with(place, json!(bad))), [format!("{path}: {expected}")]);
        }
    }
}

#[test]
fn the_rules_of_the_domain_hold() {
    let (weight, share) = ("a weight is a number from 0 to 1000", "a share is a number above 0 and up to 1");
    let (score, month) = ("a score is a number from 0 to 1", "a month is a whole number from 1 to 12");
    let note = "a status of one’s own needs a note that says why";
    let confidence = "confidence is a whole number from 0 to 10";
    let bands = "the off-track gap has to be larger than the attention gap, both from 0 to 1";
    for (place, value, path, rule) in [
        (
            "key_results/0/measure/1/value/target",
            json!(10),
            "key_results[0].measure[1].value",
            "start and target are the same",
        ),
        (
            "key_results/0/measure/1/value/start",
            json!(30.0),
            "key_results[0].measure[1].value",
            "start and target are the same",
        ),
        (
            "key_results/1/measure/bounds/low",
            json!(3),
            "key_results[1].measure.bounds",
            "the lower bound is above the upper bound",
        ),
        ("key_results/1/measure/share", json!(0), "key_results[1].measure.share", share),
        ("key_results/1/measure/share", json!(1.1), "key_results[1].measure.share", share),
        ("key_results/1/measure/share", json!(-0.5), "key_results[1].measure.share", share),
        ("cycles/0/span/end", json!("2025-12-31"), "cycles[0].span", "the end is before the start"),
        ("key_results/0/dates/start", json!("2026-03-02"), "key_results[0].dates", "the end is before the start"),
        ("key_results/0/weight", json!(-1), "key_results[0].weight", weight),
        ("key_results/0/weight", json!(1000.5), "key_results[0].weight", weight),
        ("key_results/0/check_ins/0/confidence", json!(11), "key_results[0].check_ins[0].confidence", confidence),
        ("key_results/0/check_ins/0/confidence", json!(1.5), "key_results[0].check_ins[0].confidence", confidence),
        ("key_results/0/check_ins/0/confidence", json!(-1), "key_results[0].check_ins[0].confidence", confidence),
        ("key_results/0/check_ins/0/confidence", json!(256), "key_results[0].check_ins[0].confidence", confidence),
        ("kpis/0/target/tolerance", json!(-0.1), "kpis[0].target", "a tolerance is a number from 0 on"),
        ("objectives/0/parent_weight", json!(-1), "objectives[0].parent_weight", weight),
        ("objectives/0/parent_weight", json!(1001), "objectives[0].parent_weight", weight),
        ("objectives/0/judged/note", json!(" "), "objectives[0].judged", note),
        ("key_results/0/judged/note", json!(""), "key_results[0].judged", note),
        ("objectives/0/verdict/score", json!(1.01), "objectives[0].verdict.score", score),
        ("objectives/0/verdict/score", json!(-0.1), "objectives[0].verdict.score", score),
        ("frame/fiscal_start", json!(0), "frame.fiscal_start", month),
        ("frame/fiscal_start", json!(13), "frame.fiscal_start", month),
        ("frame/fiscal_start", json!(1.5), "frame.fiscal_start", month),
        ("frame/fiscal_start", json!(256), "frame.fiscal_start", month),
        ("frame/fiscal_start", json!("may"), "frame.fiscal_start", month),
        ("objectives/0/tags", json!(["b", "a", "b"]), "objectives[0].tags", "is there twice"),
        ("objectives/0/tags", json!(["a", " a "]), "objectives[0].tags", "is there twice"),
        ("objectives/0/tags/0", json!(" "), "objectives[0].tags[0]", "the text is empty"),
        ("frame/bands/off_track", json!(0.1), "frame.bands", bands),
        ("frame/bands/attention", json!(-0.1), "frame.bands", bands),
        ("frame/bands/off_track", json!(1.5), "frame.bands", bands),
    ] {
        let expected = format!("$.plan.{path}: {rule}");
        assert_eq!(problems(&with(&format!("/plan/{place}"), value)), [expected]);
    }
}

#[test]
fn tags_stand_in_any_order_and_are_written_in_theirs() {
    let read = read_plan(&with("/plan/objectives/0/tags", json!(["z", "b", " two  words"])).to_string()).unwrap();
    let tags: Vec<_> = read.plan.objectives.iter().next().unwrap().tags.iter().map(Name::to_string).collect();
    assert_eq!(tags, ["b", "two  words", "z"]);
    assert_eq!(read_plan(&write_plan(&read.plan, read.exported)), Ok(read));
    let many: Vec<_> = (0..21).map(|n| n.to_string()).collect();
    let too_many =
        vec![Problem { path: "$.plan.objectives[0].tags".to_owned(), kind: ProblemKind::TooMany { max: Tags::MAX } }];
    let refused = read_plan(&with("/plan/objectives/0/tags", json!(many)).to_string());
    assert_eq!(refused, Err(FileError::Problems { problems: too_many, more: 0 }));
    assert!(read_plan(&with("/plan/objectives/0/tags", json!(many[1..])).to_string()).is_ok());
    // As people write them.
    let words = |text: &str| Tags::parse(text).map(|tags| tags.iter().map(Name::to_string).collect::<Vec<_>>());
    assert_eq!(words(" b ,a,, b,two words,"), Ok(vec!["a".to_owned(), "b".to_owned(), "two words".to_owned()]));
    assert_eq!(words(" , "), Ok(vec![]));
    assert_eq!(words(&many.join(",")), Err(Invalid::Tags));
    assert_eq!(words(&"x".repeat(Name::MAX + 1)), Err(Invalid::Tags));
    assert_eq!(words(&["a"; 30].join(",")), Ok(vec!["a".to_owned()]));
}

#[test]
fn ranks_are_ranks() {
    let (place, longest, long) = ("/plan/owners/0/rank", "z".repeat(2_000), "i".repeat(2_001));
    for bad in [
        "",
        "0",
        "00",
        "i0",
        "I",
        "aI",
        "é",
        "éi",
        "ié",
        "０１",
        "€",
        "\u{1f9ed}",
        "-8",
        "+8",
        " i",
        "i ",
        "i\n",
        "i\u{0}",
        "1.5",
        "i_",
        "{",
        "`",
        ":",
        "/",
        &long,
        &"i".repeat(50_000),
        &"0".repeat(2_000),
    ] {
        assert_faults(&[(place, json!(bad), "$.plan.owners[0].rank: not a rank")]);
    }
    for good in ["i", "1", "z", "0i", "0001", "808", "8g", "zz", &longest] {
        let file = with(place, json!(good)).to_string();
        let read = read_plan(&file).unwrap_or_else(|error| panic!("{good}: {error:?}"));
        assert_eq!(read_plan(&write_plan(&read.plan, read.exported)), Ok(read));
    }
}

/// A file may take the clock to the end of what files may say: what is edited from there on is kept all the same.
#[test]
fn edits_after_the_latest_stamp_that_a_file_may_say_are_kept() {
    let latest = "69291e07bfffffffffffff";
    let plan = read_plan(&with("/plan/owners/0/born", json!(latest)).to_string()).unwrap().plan;
    let (shelf, mut clock) = (Memory::default(), Clock::new(Actor(7)));
    clock.observe(plan.latest_stamp());
    let mut at = || At { stamp: clock.tick(1_900_000_000_000), day: Day::new(2026, 11, 22).unwrap() };
    store::put(&shelf, &plan, at()).unwrap();
    let (change, at_edit) =
        (Change::Edit { edit: Edit::frame(FrameEdit::name(Name::fitted("Saved"))), from: None }, at());
    let (edited, inverse) = plan.apply(&change, at_edit).unwrap();
    store::save_record(&shelf, plan.frame.id, &store::Record { at: at_edit, change, inverse }).unwrap();
    assert_eq!(store::open(&shelf, plan.frame.id).unwrap().plan, edited);
    store::compact(&shelf, plan.frame.id, at()).unwrap();
    assert_eq!(store::open(&shelf, plan.frame.id).unwrap().plan, edited);
}

#[test]
fn stamps_and_actors_are_what_they_seem() {
    // The last ones are stamps from 2199-01-01 on: they would win every merge for ever.
    for bad in [
        "",
        "19b8d2b8c000000000000",
        "19b8d2b8c00000000000011",
        "19B8D2B8C0000000000001",
        "+9b8d2b8c0000000000001",
        "19b8d2b8c00000000é0001",
        "€€€€€€€€€€€€€€€€€€€€€€",
        "fffffffffff00000000001",
        "69291e07c0000000000001",
        "699e991a80000000000001",
    ] {
        assert_faults(&[
            ("/plan/owners/0/born", json!(bad), "$.plan.owners[0].born: not an edit stamp"),
            ("/plan/deleted/owners/0/at", json!(bad), "$.plan.deleted.owners[0].at: not an edit stamp"),
            ("/plan/frame/edited/name", json!(bad), "$.plan.frame.edited.name: not an edit stamp"),
        ]);
    }
    assert!(read_plan(&with("/plan/owners/0/born", json!("69291e07bfffffffffffff")).to_string()).is_ok());
    for bad in ["", "a", "0000000A", "0000000aa", "éééé"] {
        let expected = "$.plan.kpis[0].readings[0].by: not an edit stamp";
        assert_faults(&[("/plan/kpis/0/readings/0/by", json!(bad), expected)]);
    }
    assert_faults(&[("/plan/milestones/0/id", json!("me"), "$.plan.milestones[0].id: not an id (a UUID)")]);
}

#[test]
fn texts_have_their_caps() {
    let (name, mission) = ("/plan/owners/0/name", "/plan/frame/mission");
    assert_faults(&[
        (name, json!(""), "$.plan.owners[0].name: the text is empty"),
        (name, json!(" \u{0}\n\u{a0}\u{85} "), "$.plan.owners[0].name: the text is empty"),
        (name, json!("n".repeat(301)), "$.plan.owners[0].name: the text is longer than 300 characters"),
        (mission, json!("é".repeat(10_001)), "$.plan.frame.mission: the text is longer than 10000 characters"),
        ("/plan/kpis/0/unit", json!("u".repeat(21)), "$.plan.kpis[0].unit: the text is longer than 20 characters"),
    ]);
    let read = read_plan(&with(name, json!("\u{1b}[31mAnn\u{0}\n ")).to_string()).unwrap();
    assert_eq!(read.plan.owners.iter().next().unwrap().name.as_str(), "[31mAnn");
}

#[test]
fn all_problems_are_reported_together() {
    let mut file = good();
    for (place, value) in [
        ("/exported", json!("soon")),
        ("/plan/frame/bands/off_track", json!(2)),
        ("/plan/deleted/owners/0/at", json!("soon")),
        ("/plan/deleted/owners/0/mood", json!("sunny")),
        ("/plan/deleted/kpis", json!([3])),
        ("/plan/deleted/moods", json!([])),
        ("/plan/owners/0/mood", json!("sunny")),
        ("/plan/owners/0/rank", json!("")),
        ("/plan/cycles/0/created", json!("soon")),
        ("/plan/cycles/0/name", json!(5)),
        ("/plan/objectives/0/edited", json!({"title": "soon", "mood": STAMP})),
        ("/plan/objectives/0/owner", json!(NOBODY)),
        ("/plan/objectives/0/title", json!("")),
        ("/plan/key_results/0/weight", json!(-1)),
        ("/plan/key_results/0/measure/0/value/start", json!("ten")),
        ("/plan/key_results/0/check_ins/0/date", json!("soon")),
        ("/plan/key_results/0/check_ins/0/confidence", json!(11)),
        ("/plan/milestones/0/edited", json!(STAMP)),
        ("/plan/milestones/0/born", json!("soon")),
        ("/plan/milestones/0/done", json!("soon")),
        ("/plan/milestones/0/key_result", json!(NOBODY)),
        ("/plan/kpis/0/created", json!(null)),
        ("/plan/kpis/0/name", json!("")),
    ] {
        put(&mut file, place, value);
    }
    let paths: Vec<_> = problems(&file).iter().map(|told| told.split(": ").next().unwrap().to_owned()).collect();
    assert_eq!(
        paths,
        [
            "$.exported",
            "$.plan.frame.bands",
            "$.plan.deleted.moods",
            "$.plan.deleted.owners[0].mood",
            "$.plan.deleted.owners[0].at",
            "$.plan.owners[0].mood",
            "$.plan.owners[0].rank",
            "$.plan.cycles[0].created",
            "$.plan.cycles[0].name",
            "$.plan.objectives[0].edited.mood",
            "$.plan.objectives[0].title",
            "$.plan.objectives[0].edited.title",
            "$.plan.key_results[0].measure[0].value.start",
            "$.plan.key_results[0].weight",
            "$.plan.key_results[0].check_ins[0].date",
            "$.plan.key_results[0].check_ins[0].confidence",
            "$.plan.milestones[0].born",
            "$.plan.milestones[0].edited",
            "$.plan.milestones[0].done",
            "$.plan.deleted.kpis[0]",
            "$.plan.kpis[0].created",
            "$.plan.kpis[0].name",
            "$.plan.objectives[0].owner",
            "$.plan.milestones[0].key_result",
        ]
    );
}

#[test]
fn a_hundred_problems_are_shown_and_the_rest_is_counted() {
    let owners: Vec<_> = (0..250).map(|_| json!({"mood": 1})).collect();
    let Err(error) = read_plan(&with("/plan/owners", json!(owners)).to_string()) else { panic!("read") };
    // Of each: the unknown field, and no id, no birth … at least two each.
    let FileError::Problems { problems, more } = &error else { panic!("{error}") };
    assert_eq!(problems.len(), 100);
    assert!(*more >= 400, "{more}");
    assert_eq!(error.to_string(), format!("{} problems", 100 + more));
}

#[test]
fn more_than_a_plan_holds_is_refused() {
    for (place, path, max) in [
        ("/plan/frame/cadence", "$.plan.frame.cadence", 110_000),
        ("/plan/milestones", "$.plan.milestones", 100_000),
        ("/plan/owners", "$.plan.owners", 100_000),
        ("/plan/deleted/owners", "$.plan.deleted.owners", 100_000),
        ("/plan/kpis/0/readings", "$.plan.kpis[0].readings", 1_000_000),
    ] {
        let rows = format!("[{}0]", "0,".repeat(max));
        let text = with(place, json!("HERE")).to_string().replace("\"HERE\"", &rows);
        let found = vec![Problem { path: path.to_owned(), kind: ProblemKind::TooMany { max } }];
        assert_eq!(read_plan(&text), Err(FileError::Problems { problems: found, more: 0 }), "{place}");
    }
    // Every day of the calendar fits a history.
    let (first, days) = (Day::new(1900, 1, 1).unwrap(), 109_573);
    let history: Vec<_> =
        (0..days).map(|n| json!({"from": first.plus_days(n).to_string(), "value": "weekly"})).collect();
    assert_eq!(history.last().unwrap()["from"], "2199-12-31");
    assert!(read_plan(&with("/plan/frame/cadence", json!(history)).to_string()).is_ok());
    // More things than edits make: merging brings them together.
    let owner = |n: i32| {
        let id = format!("00000000-0000-7000-9000-{n:012x}");
        json!({"id": id, "born": STAMP, "created": "2026-01-05", "name": "A", "level": "team"})
    };
    let mut owners: Vec<_> = (0..10_001).map(owner).collect();
    owners.push(good().pointer("/plan/owners/0").unwrap().clone());
    let read = read_plan(&with("/plan/owners", json!(owners)).to_string()).unwrap();
    assert_eq!(read.plan.owners.len(), 10_002);
}

#[test]
fn the_place_within_a_day_has_an_end() {
    let place = "/plan/kpis/0/readings/0/n";
    let large = "$.plan.kpis[0].readings[0].n: more than 1000000 entries";
    assert_faults(&[(place, json!(1_000_001), large), (place, json!(u32::MAX), large)]);
    let plan = read_plan(&with(place, json!(1_000_000)).to_string()).unwrap().plan;
    let (kpi, day) = (plan.kpis.iter().next().unwrap(), Day::new(2026, 1, 31).unwrap());
    // An edit does not go beyond what can be read either.
    let at = At { stamp: plan.latest_stamp(), day };
    for actor in [Actor(1), Actor(10), Actor(u32::MAX)] {
        let row = Some(Reading { value: Number::ZERO, note: Prose::default() });
        let change = Change::Reading { of: kpi.id, key: kpi.readings.next_key(day, actor), row };
        assert!(matches!(plan.apply(&change, at), Err(ChangeError::Full { .. })), "{change:?}");
    }
    let key = EntryKey { n: 1_000_001, ..kpi.readings.next_key(day.plus_days(1), Actor(1)) };
    let change = Change::Reading { of: kpi.id, key, row: None };
    assert!(matches!(plan.apply(&change, at), Err(ChangeError::Full { .. })));
}

#[test]
fn deep_and_large_files_end_quickly() {
    let million = 1_000_000;
    for text in [
        "[".repeat(million),
        "{\"a\":".repeat(million),
        format!("{}{}", "[".repeat(million), "]".repeat(million)),
        good().to_string().replace("\"Ours\"", &"[".repeat(million)),
    ] {
        assert!(matches!(read_plan(&text), Err(FileError::NotJson { line: 1, .. })));
    }
    let noise: Vec<u8> = (0..20_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let mut noise = String::from_utf8_lossy(&noise).into_owned();
    assert!(noise.len() > MAX_FILE_BYTES);
    assert_eq!(read_plan(&noise), Err(FileError::TooLarge { max: MAX_FILE_BYTES }));
    noise.truncate((0..=MAX_FILE_BYTES).rev().find(|end| noise.is_char_boundary(*end)).unwrap());
    for text in [noise, "[".repeat(20_000_000), "[".repeat(MAX_FILE_BYTES)] {
        assert!(matches!(read_plan(&text), Err(FileError::NotJson { .. })));
    }
    // One byte more is not looked at, whatever it is.
    let good = good().to_string();
    let fits = good.clone() + &" ".repeat(MAX_FILE_BYTES - good.len());
    assert!(read_plan(&fits).is_ok());
    for text in [fits + " ", "[".repeat(26_000_000), " ".repeat(26_000_000)] {
        assert_eq!(read_plan(&text), Err(FileError::TooLarge { max: 25_000_000 }));
    }
    // Valid JSON of nothing but unknown fields.
    let strange = format!("{{\"type\":\"bearings/plan\",\"version\":2{}}}", ",\"a\":0".repeat(10));
    assert!(matches!(read_plan(&strange), Err(FileError::Problems { .. })));
    let many: String = (0..300_000).map(|n| format!(",\"a{n}\":0")).collect();
    let many = format!("{{\"type\":\"bearings/plan\",\"version\":2{many}}}");
    assert!(matches!(read_plan(&many), Err(FileError::Problems { more: 299_900.., .. })));
}

#[test]
fn a_truncated_file_is_no_file() {
    for (text, step) in [(good().to_string(), 1), (format!("{:#}", good()), 5)] {
        for end in (0..text.len()).step_by(step).filter(|end| text.is_char_boundary(*end)) {
            assert!(matches!(read_plan(&text[..end]), Err(FileError::NotJson { .. })), "{end}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any byte of a good file changed, removed or doubled: an error, or a plan that its own file gives back.
    #[test]
    fn a_damaged_file_never_panics(place: prop::sample::Index, byte: u8, how in 0..3) {
        let mut bytes = good().to_string().into_bytes();
        let place = place.index(bytes.len());
        match how {
            0 => bytes[place] = byte,
            1 => drop(bytes.remove(place)),
            _ => bytes.insert(place, bytes[place]),
        }
        if let Ok(read) = read_plan(&String::from_utf8_lossy(&bytes)) {
            prop_assert_eq!(read_plan(&write_plan(&read.plan, read.exported)), Ok(read));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Between any two ranks that a file may hold there is a place, and it is a rank of its own.
    #[test]
    fn between_two_ranks_of_files_there_is_always_a_place(texts in ["[0-9a-z]{0,5}[1-9a-z]", "[0z]{0,4}[1z]"]) {
        let read = |texts: &[String; 2]| {
            let owners = texts.iter().zip([OWNER, NOBODY]).map(|(rank, id)| {
                json!({"id": id, "born": STAMP, "created": "2026-01-05", "name": "A", "level": "team", "rank": rank})
            });
            let read = read_plan(&with("/plan/owners", owners.collect()).to_string()).unwrap();
            let ranks: Vec<Rank> = read.plan.owners.iter().map(|owner| (*owner.rank).clone()).collect();
            (ranks[0].clone(), ranks[1].clone(), read.plan)
        };
        let (a, b, mut plan) = read(&texts);
        prop_assert_eq!(a.cmp(&b), texts[0].cmp(&texts[1]));
        let (low, high) = (a.clone().min(b.clone()), a.max(b));
        let between = Rank::between(Some(&low), Some(&high));
        let (first, last) = (Rank::between(None, Some(&low)), Rank::between(Some(&high), None));
        prop_assert!(first < low && low < between && (between < high || low == high) && high < last);
        let at = At { stamp: plan.latest_stamp(), day: Day::new(2026, 1, 5).unwrap() };
        for rank in [between, first, last] {
            let edit = Edit::of(OWNER.parse().unwrap(), OwnerEdit::rank(rank));
            plan = plan.apply(&Change::Edit { edit, from: None }, at).unwrap().0;
            prop_assert_eq!(&read_plan(&write_plan(&plan, at.day)).unwrap().plan, &plan);
        }
    }
}
